"""Cash flow of a year: a curve, where money went, and the figures by category and month."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QComboBox, QGridLayout, QScrollArea, QWidget
from typing_extensions import override

from desktop_app.finance.operations import get_cash_flow
from desktop_app.finance.records import CashFlow, FlowRow
from desktop_app.gui.fonts import font
from desktop_app.gui.format import amount, money
from desktop_app.gui.format import month as month_name
from desktop_app.gui.navigation import Shell
from desktop_app.gui.text import language, say, tr
from desktop_app.gui.widgets.card import Card
from desktop_app.gui.widgets.charts.bar_chart import BarChart
from desktop_app.gui.widgets.charts.line_chart import Line, LineChart
from desktop_app.gui.widgets.labels import label
from desktop_app.gui.widgets.layout import clear, column, frame, row
from desktop_app.gui.widgets.tile import Figure, Tile
from desktop_app.kernel.money import decimals
from desktop_app.venue.records import Today

_MOST_BARS = 7
_LAST_YEAR = "last12"
_WIDE = 1000


class FlowPage(QWidget):
    """Shows what came in and went out; it looks again when the books change."""

    def __init__(self, shell: Shell, today: Today) -> None:
        super().__init__()
        self._bridge, self._today = shell.bridge, today
        self._currency, self._spoken = today.venue.currency, language()
        self._unit = 10 ** decimals(self._currency)
        self.flow: CashFlow | None = None
        self.period = QComboBox()
        self.period.setFont(font(13))
        self.period.setAccessibleName(tr("Period"))
        self.period.addItem(tr("The last twelve months"), _LAST_YEAR)
        for year in range(today.day.year, today.day.year - 5, -1):
            self.period.addItem(str(year), str(year))
        self.period.currentIndexChanged.connect(self.look)
        self.came = Tile(tr("Came in"), "arrow-down-right")
        self.went = Tile(tr("Went out"), "arrow-up-right")
        self.left = Tile(tr("What is left"), "scale")
        self.lies = Tile(tr("Lies in the accounts"), "wallet")
        self.curve = LineChart(tr("Came in and went out by month"), self._money_of)
        self.bars = BarChart(tr("What money went for"), self._money_of)
        self.figures = QGridLayout()
        self.figures.setHorizontalSpacing(18)
        self.figures.setVerticalSpacing(8)
        self._lay_out()
        self._bridge.changed.connect(self._changed)
        self.look()

    def look(self, *_: object) -> None:
        """Read the period that is chosen."""
        first, last = self._days()
        self._bridge.ask(self, self.show_flow, get_cash_flow, first, last)

    def show_flow(self, flow: CashFlow) -> None:
        """Show a cash flow."""
        self.flow = flow
        came, went = (sum(side.total for side in rows) for rows in (flow.income, flow.expense))
        into, out = self._sums(flow.income), [-value for value in self._sums(flow.expense)]
        lies = [*self._major(flow.opening[1:]), *self._major([flow.closing])]
        for tile, value, trend in (
            (self.came, came, into), (self.went, -went, out),
            (self.left, came + went, self._major(flow.net)), (self.lies, flow.closing, lies),
        ):  # fmt: skip
            text = money(value, self._currency, self._spoken)
            tile.show_figure(Figure(text, trend=trend))
        names = [month_name(month % 100, self._spoken) for month in flow.months]
        self.curve.show_lines(names, Line(tr("Came in"), into), Line(tr("Went out"), out))
        self.bars.show_parts(
            [(say(one.title), self._major([-one.total])[0]) for one in flow.expense[:_MOST_BARS]]
        )
        self._show_figures(flow, names)

    def _changed(self, touched: frozenset[str]) -> None:
        if touched & {"money_entry", "money_category"}:
            self.look()

    def _days(self) -> tuple[date, date]:
        today = self._today.day
        chosen = str(self.period.currentData())
        if chosen == _LAST_YEAR:
            month = today.month % 12 + 1
            return date(today.year - (month != 1), month, 1), today
        year = int(chosen)
        return date(year, 1, 1), min(date(year, 12, 31), today)

    def _money_of(self, value: float) -> str:
        return money(round(value * self._unit), self._currency, self._spoken)

    def _lay_out(self) -> None:
        inside = column(gap=16, margins=(28, 4, 28, 24))
        inside.addLayout(row(self.period, None))
        self._tiles, self._charts = QGridLayout(), QGridLayout()
        for grid in (self._tiles, self._charts):
            grid.setSpacing(14)
        inside.addLayout(self._tiles)
        curve = Card(tr("By month"), tr("What came in; the dashed line is what went out"))
        curve.add(self.curve)
        bars = Card(tr("What money went for"), tr("The largest categories of the period"))
        bars.add(self.bars)
        self._drawn = (curve, bars)
        inside.addLayout(self._charts)
        table = Card(tr("By category and month"), tr("Everything adds up to what is left"))
        sheet = QScrollArea()
        sheet.setWidgetResizable(True)
        sheet.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAsNeeded)
        sheet.setWidget(frame(self.figures, "clear"))
        sheet.setMinimumHeight(300)
        table.add(sheet)
        inside.addWidget(table)
        inside.addStretch(1)
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setWidget(frame(inside, "clear"))
        self.setLayout(column(area))
        self._narrow = False
        self._fit()

    def _fit(self) -> None:
        """Arrange tiles and charts for a wide or a narrow window."""
        across = 2 if self._narrow else 4
        for at, tile in enumerate((self.came, self.went, self.left, self.lies)):
            self._tiles.addWidget(tile, at // across, at % across)
        for at in range(4):
            self._tiles.setColumnStretch(at, 1 if at < across else 0)
        for at, chart in enumerate(self._drawn):
            self._charts.addWidget(chart, *((at, 0) if self._narrow else (0, at)))
        self._charts.setColumnStretch(0, 3)
        self._charts.setColumnStretch(1, 0 if self._narrow else 2)

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        narrow = event.size().width() < _WIDE
        if narrow != self._narrow:
            self._narrow = narrow
            self._fit()

    def _show_figures(self, flow: CashFlow, names: Sequence[str]) -> None:
        clear(self.figures)
        self._line(0, tr("Category"), [*names, tr("Total")], strong=True)
        at = 1
        for rows in (flow.income, flow.expense):
            for one in rows:
                self._line(at, say(one.title), [*map(self._plain, one.months),
                                                self._plain(one.total)])  # fmt: skip
                at += 1
        net = [*map(self._plain, flow.net), self._plain(sum(flow.net))]
        self._line(at, tr("What is left"), net, strong=True)
        self._line(at + 1, tr("Opening balance"), [*map(self._plain, flow.opening), ""])

    def _line(self, at: int, name: str, cells: Sequence[str], *, strong: bool = False) -> None:
        weight = 600 if strong else 400
        self.figures.addWidget(label(name, 12, weight), at, 0)
        for place, text in enumerate(cells, 1):
            cell = label(text, 12, weight, tabular=True)
            cell.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
            self.figures.addWidget(cell, at, place)

    def _sums(self, rows: Sequence[FlowRow]) -> list[float]:
        """Return what rows add up to, month by month."""
        months = len(self.flow.months) if self.flow else 0
        return self._major([sum(row.months[place] for row in rows) for place in range(months)])

    def _major(self, amounts: Sequence[int]) -> list[float]:
        return [value / self._unit for value in amounts]

    def _plain(self, minor: int) -> str:
        return amount(minor, self._currency, self._spoken) if minor else "–"
