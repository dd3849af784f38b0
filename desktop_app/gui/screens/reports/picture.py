"""The picture of a report: a curve over time, or the largest as bars."""

from __future__ import annotations

from datetime import date

from PySide6.QtWidgets import QStackedWidget

from desktop_app.gui.format import money
from desktop_app.gui.text import language, say, tr
from desktop_app.gui.widgets.charts.bar_chart import BarChart
from desktop_app.gui.widgets.charts.line_chart import Line, LineChart
from desktop_app.kernel.money import decimals
from desktop_app.kernel.words import words
from desktop_app.reports.records import Dimension
from desktop_app.reports.shapes import Picture, Report, ReportRow, as_number
from desktop_app.reports.showing import row_label

_BARS = 6
_HEIGHT = 268


class ReportPicture(QStackedWidget):
    """Draws the main column of a report, and of what it is held against."""

    def __init__(self) -> None:
        super().__init__()
        self._currency, self._scale = "AZN", 100
        self.curve = LineChart(tr("Curve of the report"), self._text)
        self.bars = BarChart(tr("Bars of the report"), self._text)
        self.addWidget(self.curve)
        self.addWidget(self.bars)
        self.setFixedHeight(_HEIGHT)

    def show_report(self, report: Report) -> None:
        """Draw a report; nothing where there is nothing to draw."""
        self._currency = report.currency
        self._scale = 10 ** decimals(report.currency)
        main = report.facts.main_at
        drawn = report.facts.picture is Picture.CURVE and len(report.rows) > 1
        self.setVisible(bool(report.rows))
        if drawn:
            self._draw_curve(report, main)
        else:
            self._draw_bars(report, main)
        self.setCurrentWidget(self.curve if drawn else self.bars)

    def _draw_curve(self, report: Report, main: int) -> None:
        now = Line(
            say(report.facts.columns[main].title),
            [self._major(abs(as_number(row.values[main]))) for row in report.rows],
        )
        then = None
        if report.against is not None:
            then = Line(
                tr("Before"),
                [
                    None if row.before is None else self._major(abs(row.before))
                    for row in report.rows
                ],
            )
        self.curve.show_lines([_short(report, row) for row in report.rows], now, then)

    def _draw_bars(self, report: Report, main: int) -> None:
        spoken = words(language())
        parts = [
            (row_label(report, row, spoken), self._major(abs(as_number(row.values[main]))))
            for row in report.rows
        ]
        parts.sort(key=lambda part: -part[1])
        adds = report.facts.columns[main].total
        whole = sum(value for _, value in parts) if adds else 0.0
        self.bars.show_parts(parts[:_BARS], whole)
        self.bars.setMinimumHeight(0)

    def _major(self, minor: int) -> float:
        return minor / self._scale

    def _text(self, value: float) -> str:
        return money(round(value * self._scale), self._currency, language())


def _short(report: Report, row: ReportRow) -> str:
    if report.facts.behind is Dimension.DAY:
        return f"{date.fromisoformat(row.key):%d.%m}"
    if report.facts.behind is Dimension.MONTH:
        return f"{date.fromisoformat(f'{row.key}-01'):%m.%Y}"
    return row_label(report, row, words(language()))[:10]
