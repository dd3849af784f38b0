"""The list of orders: filter, table, and a line that counts and adds up."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QStackedWidget, QWidget

from desktop_app.gui.bridge import Bridge
from desktop_app.gui.format import money
from desktop_app.gui.screens.orders.columns import order_columns
from desktop_app.gui.screens.orders.filter_bar import FilterBar
from desktop_app.gui.screens.orders.source import OrderSource, filter_of, sort_of
from desktop_app.gui.text import language, ntr, tr
from desktop_app.gui.widgets.banner import Banner
from desktop_app.gui.widgets.empty_state import EmptyState
from desktop_app.gui.widgets.labels import label, rule
from desktop_app.gui.widgets.layout import column, frame, row
from desktop_app.gui.widgets.records.column import Sort
from desktop_app.gui.widgets.records.record_table import RecordTable
from desktop_app.orders.operations import count_orders, list_sale_types
from desktop_app.orders.records import OrderFilter, OrderRow, OrderSort
from desktop_app.venue.records import Today

REST_MS = 800
_SUM_CAP = 5_000


class OrderList(QWidget):
    """Emits `opened(row)` with the number of a row, `import_wanted` where the store is empty."""

    opened = Signal(int)
    import_wanted = Signal()

    def __init__(self, bridge: Bridge, today: Today) -> None:
        super().__init__()
        self._bridge = bridge
        self._currency = today.venue.currency
        self._stale = False
        self._sort: Sort | None = None
        self.filter = FilterBar(today.day)
        self.source = OrderSource(bridge, self)
        self.table: RecordTable[OrderRow, OrderFilter] = RecordTable(
            tr("Orders"), order_columns(today.venue), self.source.queries
        )
        self.news = Banner()
        self.count = label(tr("Reading…"), 12, tone="muted", tabular=True)
        self.sum = label("", 12, 500, "soft", tabular=True)
        self._rest = QTimer(self, singleShot=True, interval=REST_MS)
        self._lay_out()
        self._connect()
        bridge.ask(self, self._show_kinds, list_sale_types)

    def show_filter(self, wanted: OrderFilter) -> None:
        """List what a filter finds, in its order."""
        self._sort = sort_of(wanted.sort)
        self.filter.show_filter(wanted)

    def note_change(self) -> None:
        """Take notice that orders were added or changed; rows in sight do not jump."""
        self._stale = True
        if not self._rest.isActive() and self.isVisible():
            self._rest.start()

    def catch_up(self) -> None:
        """Look at what changed while the list was out of sight."""
        if self._stale:
            self._rest.start(0)

    # --- building

    def _lay_out(self) -> None:
        self.nothing = EmptyState(
            "list-filter",
            tr("No order fits"),
            tr("There are orders, but none with this number, status, period and type."),
            tr("Show all orders"),
        )
        self.empty = EmptyState(
            "receipt-text",
            tr("No orders yet"),
            tr("Take them over from your till's files; you see first what would come in."),
            tr("Import sales"),
            "upload",
        )
        self.middle = QStackedWidget()
        for page in (self.table, self.nothing, self.empty):
            self.middle.addWidget(page)
        inside = column(gap=0)
        inside.addWidget(self.filter)
        self._news_place = frame(row(self.news, margins=(16, 0, 16, 12)), "clear")
        self._news_place.hide()
        inside.addWidget(self._news_place)
        inside.addWidget(rule())
        inside.addWidget(self.middle, 1)
        inside.addWidget(rule())
        inside.addLayout(row(self.count, None, self.sum, margins=(16, 10, 16, 10)))
        self.setLayout(column(frame(inside, "card"), margins=(28, 4, 28, 24)))

    def _connect(self) -> None:
        self.filter.changed.connect(self._ask)
        self.table.counted.connect(self._counted)
        self.table.picked_changed.connect(self._add_up)
        self.table.activated_row.connect(self.opened)
        self.table.failed.connect(self._bridge.failed)
        self.news.chosen.connect(self._show_news)
        self.news.closed.connect(self._news_place.hide)
        self.nothing.chosen.connect(self.filter.clear)
        self.empty.chosen.connect(self.import_wanted)
        self._rest.timeout.connect(self._look_again)

    # --- reactions

    def _show_kinds(self, kinds: Sequence[str]) -> None:
        self.filter.show_kinds(kinds)

    def _ask(self, wanted: OrderFilter) -> None:
        self._news_place.hide()
        self._stale = False
        self.count.setText(tr("Reading…"))
        self.table.scrollToTop()
        sort, self._sort = self._sort, None
        self.table.show_request(wanted, sort)

    def _counted(self, text: str) -> None:
        request = self.table.records.request
        if request is None:
            return
        rows = self.table.records.rowCount()
        all_wanted = replace(request.filter, sort=OrderSort.NEWEST) == OrderFilter()
        page: QWidget = self.table if rows else self.empty if all_wanted else self.nothing
        self.middle.setCurrentWidget(page)
        shown = ntr("{n} order", "{n} orders", rows)
        if not self.table.records.exact or rows >= 1000:  # noqa: PLR2004 - with separators
            shown = tr("{count} orders", count=text)
        self.count.setText(f"{shown} · {_order_text(filter_of(request).sort)}")

    def _add_up(self) -> None:
        picked = len(self.table.picked())
        if not picked:
            self.sum.setText("")
            return
        parts = [ntr("{n} selected", "{n} selected", picked)]
        if picked <= _SUM_CAP:
            records = self.table.picked_records(_SUM_CAP)
            if len(records) == picked:
                total = sum(record.total_minor for record in records)
                parts.append(money(total, self._currency, language()))
        self.sum.setText(" · ".join(parts) + "    " + tr("Ctrl+C copies"))

    def _look_again(self) -> None:
        """Read again where that moves nothing, else offer it."""
        request = self.table.records.request
        if request is None or not self._stale:
            return
        self._stale = False
        at_top = self.table.verticalScrollBar().value() == 0 and not len(self.table.picked())
        if at_top or not self.table.records.exact:
            self.table.refresh()
            return
        self._bridge.ask(self, self._compare, count_orders, filter_of(request), cap=None)

    def _compare(self, count: int) -> None:
        new = count - self.table.records.rowCount()
        if new > 0:
            self._news_place.show()
            self.news.tell("info", ntr("{n} new order", "{n} new orders", new), "", tr("Show"))
        else:
            self.table.refresh()

    def _show_news(self) -> None:
        self._news_place.hide()
        self.table.scrollToTop()
        self.table.refresh()


def _order_text(sort: OrderSort) -> str:
    return {
        OrderSort.NEWEST: tr("newest first"),
        OrderSort.OLDEST: tr("oldest first"),
        OrderSort.LARGEST: tr("largest first"),
        OrderSort.SMALLEST: tr("smallest first"),
    }[sort]
