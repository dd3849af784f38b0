"""The picture of a report: a curve over time, columns, the largest as bars, or a map of dishes."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from PySide6.QtWidgets import QStackedWidget

from desktop_app.gui.format import money, quantity
from desktop_app.gui.text import language, say, tr
from desktop_app.gui.tokens import Role
from desktop_app.gui.widgets.charts.bar_chart import BarChart
from desktop_app.gui.widgets.charts.column_chart import ColumnChart, Series
from desktop_app.gui.widgets.charts.line_chart import Line, LineChart
from desktop_app.gui.widgets.charts.map_chart import MapChart, Point
from desktop_app.kernel.money import decimals
from desktop_app.kernel.words import words
from desktop_app.reports.analysis import DISHES, POPULAR, Dish
from desktop_app.reports.records import Dimension
from desktop_app.reports.shapes import Picture, Report, ReportRow, as_number
from desktop_app.reports.showing import row_label

_BARS = 6
_COLUMNS = 24
_HEIGHT = 268
_LONG, _WEEK = 45, 7
_ROLES: Sequence[Role] = ("accent", "second", "warn")
_FIELDS: dict[Dish, Role] = {
    Dish.STAR: "ok", Dish.PLOUGH_HORSE: "info", Dish.PUZZLE: "warn", Dish.DOG: "bad",
}  # fmt: skip


class ReportPicture(QStackedWidget):
    """Draws what a report is about, and what it is held against."""

    def __init__(self) -> None:
        super().__init__()
        self._currency, self._scale = "AZN", 100
        self.curve = LineChart(tr("Curve of the report"), self._text)
        self.bars = BarChart(tr("Bars of the report"), self._text)
        self.columns = ColumnChart(tr("Columns of the report"), self._text)
        self.map = MapChart(tr("Map of the dishes"), _portions, self._text)
        for chart in (self.curve, self.bars, self.columns, self.map):
            self.addWidget(chart)
        self.setFixedHeight(_HEIGHT)

    def show_report(self, report: Report) -> None:
        """Draw a report; nothing where there is nothing to draw."""
        self._currency = report.currency
        self._scale = 10 ** decimals(report.currency)
        self.setVisible(bool(report.rows))
        match report.facts.picture:
            case Picture.CURVE if len(report.rows) > 1:
                self._draw_curve(report)
            case Picture.COLUMNS if len(report.rows) > 1:
                self._draw_columns(report)
            case Picture.MAP if len(report.rows) > 1:
                self._draw_map(report)
            case _:
                self._draw_bars(report)

    def _draw_curve(self, report: Report) -> None:
        values = [self._main(report, row) for row in report.rows]
        then = None
        if report.against is not None:
            then = Line(tr("Before"), [self._before(row) for row in report.rows])
        elif len(values) > _LONG and report.facts.behind is Dimension.DAY:
            then = Line(tr("Mean of 7 days"), means(values, _WEEK), "second")
        now = Line(say(report.facts.columns[report.facts.main_at].title), values)
        self.curve.show_lines([_short(report, row) for row in report.rows], now, then)
        self.setCurrentWidget(self.curve)

    def _draw_columns(self, report: Report) -> None:
        facts = report.facts
        places = facts.drawn_at
        rows = list(report.rows)
        if not facts.times and facts.behind not in (Dimension.HOUR, Dimension.WEEKDAY):
            rows.sort(key=lambda row: -max(abs(as_number(row.values[at])) for at in places))
            rows = rows[:_WEEK]
        rows = rows[-_COLUMNS:]
        series = [
            Series(
                say(facts.columns[at].title),
                [self._major(abs(as_number(row.values[at]))) for row in rows], role,
            )
            for at, role in zip(places, _ROLES, strict=False)
        ]  # fmt: skip
        if report.against is not None and facts.main_at in places:
            series.append(Series(tr("Before"), [self._before(row) for row in rows], "text3"))
        self.columns.show_series([_short(report, row) for row in rows], series)
        self.setCurrentWidget(self.columns)

    def _draw_bars(self, report: Report) -> None:
        spoken = words(language())
        rows = sorted(report.rows, key=lambda row: -self._main(report, row))
        parts = [(row_label(report, row, spoken), self._main(report, row)) for row in rows[:_BARS]]
        adds = report.facts.columns[report.facts.main_at].total
        whole = sum(self._main(report, row) for row in rows) if adds else 0.0
        then = [self._before(row) for row in rows[:_BARS]] if report.against is not None else ()
        self.bars.show_parts(parts, whole, then)
        self.bars.setMinimumHeight(0)
        self.setCurrentWidget(self.bars)

    def _draw_map(self, report: Report) -> None:
        """Draw how often a dish sells against what a portion brings, cut as the fields are."""
        facts, spoken = report.facts, words(language())
        much, margin, portion, kind = (
            facts.place_of(key) for key in ("quantity", "margin", "portion", "class")
        )
        fields = {str(said): _FIELDS[dish] for dish, said in DISHES.items()}
        rows = [row for row in report.rows if as_number(row.values[much]) > 0]
        sold = sum(as_number(row.values[much]) for row in rows)
        earned = sum(as_number(row.values[margin]) for row in rows)
        points = [
            Point(
                row_label(report, row, spoken), as_number(row.values[much]) / 1000,
                max(0.0, self._major(as_number(row.values[portion]))),
                spoken.of(found), fields[str(found)],
            )
            for row in rows
            for found in [row.values[kind]]
            if not isinstance(found, int | str | None)
        ]  # fmt: skip
        popular = float(POPULAR) * sold / 1000 / len(rows) if rows else None
        rich = self._major(round(earned * 1000 / sold)) if sold else None
        titles = (say(facts.columns[much].title), say(facts.columns[portion].title))
        self.map.show_points(points, titles, (popular, rich))
        self.setCurrentWidget(self.map)

    def _main(self, report: Report, row: ReportRow) -> float:
        return self._major(abs(as_number(row.values[report.facts.main_at])))

    def _before(self, row: ReportRow) -> float | None:
        return None if row.before is None else self._major(abs(row.before))

    def _major(self, minor: int) -> float:
        return minor / self._scale

    def _text(self, value: float) -> str:
        return money(round(value * self._scale), self._currency, language())


def means(values: Sequence[float], over: int) -> list[float | None]:
    """Return the mean of the last few values at each place; None before there are so many."""
    return [
        sum(values[at + 1 - over : at + 1]) / over if at + 1 >= over else None
        for at in range(len(values))
    ]


def _portions(value: float) -> str:
    return quantity(round(value * 1000), language())


def _short(report: Report, row: ReportRow) -> str:
    if report.facts.behind is Dimension.DAY:
        return f"{date.fromisoformat(row.key):%d.%m}"
    if report.facts.behind is Dimension.MONTH:
        return f"{date.fromisoformat(f'{row.key}-01'):%m.%Y}"
    said = row_label(report, row, words(language()))
    return said[:10] if report.facts.times else said
