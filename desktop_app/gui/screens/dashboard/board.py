"""The figures of a period: tiles, sales by hour, by category, best sellers."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget
from typing_extensions import override

from desktop_app.gui.format import quantity
from desktop_app.gui.screens.dashboard import figures
from desktop_app.gui.screens.dashboard.figures import View
from desktop_app.gui.screens.dashboard.wording import amount, short_title
from desktop_app.gui.text import language, tr
from desktop_app.gui.theme import colour
from desktop_app.gui.widgets.card import Card
from desktop_app.gui.widgets.charts.bar_chart import BarChart
from desktop_app.gui.widgets.charts.line_chart import LineChart
from desktop_app.gui.widgets.labels import Painted, label, rule
from desktop_app.gui.widgets.layout import clear, column, frame, row
from desktop_app.gui.widgets.tile import Tile
from desktop_app.gui.widgets.turning import Turning
from desktop_app.kernel.money import decimals
from desktop_app.orders.records import OrderFilter, OrderSort, OrderStatus
from desktop_app.reports.records import SalesRow

BEST = 4
_FOUR = 860  # room for the four tiles in one line


class Board(QWidget):
    """Shows a view; `opened(OrderFilter)` when somebody wants the orders behind a figure."""

    opened = Signal(object)

    def __init__(self, beside_best: QWidget) -> None:
        super().__init__()
        self._view: View | None = None
        self._currency = "AZN"
        self.tiles = _tiles()
        self.line = LineChart(tr("Sales by hour"), self._whole_amount, named=False)
        self.bars = BarChart(tr("Sales by category"), self._amount)
        self._key = ChartKey()
        self.hours = Card(tr("Sales by hour"), "…", self._key)
        self.hours.add(self.line, stretch=1)
        self._idle = label(tr("No sales in this period."), tone="muted")
        self._idle.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.hours.add(self._idle, stretch=1)
        self._idle.hide()
        self.categories = Card(tr("Sales by category"), tr("Share of the sales of the period"))
        self.categories.add(self.bars)
        self.categories.body.addStretch(1)
        self.best = Card(tr("Best sellers"), tr("By revenue in the period"))
        self._rows = column(gap=0)
        self.best.body.addLayout(self._rows)
        self.best.body.addStretch(1)
        self._lay_out(beside_best)
        for name, tile in self.tiles.items():
            tile.opened.connect(lambda name=name: self._open(name))

    def show_view(self, view: View) -> None:
        """Show the figures of a period."""
        self._view = view
        self._currency = view.overview.currency
        self.tiles["sales"].show_figure(figures.sales(view))
        self.tiles["orders"].show_figure(figures.orders(view))
        self.tiles["average"].show_figure(figures.average(view))
        self.tiles["refunds"].show_figure(figures.refunds(view))
        self._show_hours(view)
        self.bars.show_parts(figures.shares(view))
        self._show_best(view.overview.best_sellers[:BEST])

    def show_figures(self, *, there: bool) -> None:
        """Show or hide everything but what stands beside the best sellers."""
        for part in (*self.tiles.values(), self.hours, self.categories, self.best):
            part.setVisible(there)

    def _show_hours(self, view: View) -> None:
        found = figures.curves(view)
        self.line.setVisible(found is not None)
        self._idle.setVisible(found is None)
        self.hours.tell(tr("Net of refunds, {zone}", zone=view.today.venue.timezone))
        self._key.show_names(
            short_title(view.span, view.today.day) if found else "",
            found.then.name if found and found.then else "",
        )
        if found:
            self.line.show_lines(found.labels, found.now, found.then)

    def _show_best(self, sellers: Sequence[SalesRow]) -> None:
        clear(self._rows)
        for at, seller in enumerate(sellers, 1):
            if at > 1:
                self._rows.addWidget(rule())
            self._rows.addWidget(self._seller(at, seller))
        if not sellers:
            self._rows.addWidget(label(tr("Nothing was sold."), tone="muted"))

    def _seller(self, at: int, seller: SalesRow) -> QWidget:
        sold = tr("{quantity} sold", quantity=quantity(seller.quantity, language()))
        money = self._amount(seller.revenue_minor)
        made = row(label(str(at), 12, 600, "muted", tabular=True), gap=12, margins=(0, 9, 0, 9))
        made.addWidget(Elided(seller.key), 1)
        made.addWidget(label(sold, 12, tone="muted", tabular=True))
        made.addWidget(label(money, 13, 600, tabular=True))
        shown = frame(made, "clear")
        shown.setAccessibleName(f"{at}. {seller.key}, {sold}, {money}")
        return shown

    def _lay_out(self, beside_best: QWidget) -> None:
        pairs = []
        tiles = list(self.tiles.values())
        for at in range(0, len(tiles), 2):
            pair = row(gap=16)
            for tile in tiles[at : at + 2]:
                pair.addWidget(tile, 1)
            pairs.append(pair)
        charts, lower = row(gap=16), row(gap=16)
        for layout, wide, narrow in (
            (charts, self.hours, self.categories),
            (lower, beside_best, self.best),
        ):
            # Two to one, whatever the contents would like.
            for card, share in ((wide, 2), (narrow, 1)):
                card.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
                layout.addWidget(card, share)
        self.setLayout(column(Turning(*pairs, least=_FOUR), charts, lower, gap=16))

    def _open(self, name: str) -> None:
        if self._view is None:
            return
        period = self._view.span.period
        self.opened.emit(
            OrderFilter(
                period.first,
                period.last,
                status=OrderStatus.REFUNDED if name == "refunds" else None,
                sort=OrderSort.LARGEST if name == "average" else OrderSort.NEWEST,
            )
        )

    def _amount(self, minor: float) -> str:
        return amount(minor, self._currency)

    def _whole_amount(self, value: float) -> str:
        return self._amount(value * 10 ** decimals(self._currency))


class ChartKey(Painted):
    """Says which line is which: a full stroke and a dashed one."""

    def __init__(self) -> None:
        super().__init__()
        self._now = label("", 12, tone="muted")
        self._then = label("", 12, tone="muted")
        self.setLayout(row(22, self._now, 30, self._then, gap=0))
        self.setFixedHeight(20)

    def show_names(self, now: str, then: str) -> None:
        """Name the lines; an empty name hides its stroke."""
        for shown, name in ((self._now, now), (self._then, then)):
            shown.setText(name)
            shown.setVisible(bool(name))
        self.update()

    @override
    def draw(self, painter: QPainter) -> None:
        y = self.height() // 2
        pen = painter.pen()
        if self._now.text():
            pen.setColor(colour("accent"))
            pen.setWidthF(2.25)
            painter.setPen(pen)
            painter.drawLine(self._now.x() - 22, y, self._now.x() - 6, y)
        if self._then.text():
            pen.setColor(colour("text3"))
            pen.setWidthF(1.5)
            pen.setDashPattern([3, 2])
            painter.setPen(pen)
            painter.drawLine(self._then.x() - 22, y, self._then.x() - 6, y)


class Elided(QLabel):
    """A line of text that ends in … where there is no room; the whole is in its tip."""

    def __init__(self, text: str) -> None:
        plain = label(text, 13, 500)
        super().__init__(text)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setFont(plain.font())
        self.setToolTip(text)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)

    @override
    def paintEvent(self, arg__1: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setPen(colour("text"))
        room = self.width()
        text = self.fontMetrics().elidedText(self.text(), Qt.TextElideMode.ElideRight, room)
        painter.drawText(self.rect(), Qt.AlignmentFlag.AlignVCenter, text)
        painter.end()


def _tiles() -> dict[str, Tile]:
    return {
        "sales": Tile(tr("Sales"), "banknote", opens=tr("Show these orders")),
        "orders": Tile(tr("Orders"), "receipt-text", opens=tr("Show these orders")),
        "average": Tile(
            tr("Average check"), "wallet", opens=tr("Show these orders, the largest first")
        ),
        "refunds": Tile(tr("Refunds"), "rotate-ccw", opens=tr("Show the refunded orders")),
    }
