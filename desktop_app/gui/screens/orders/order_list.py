"""The list of orders."""

from __future__ import annotations

from collections.abc import Sequence

from desktop_app.exports.operations import export_orders
from desktop_app.exports.shown import export_shown_orders
from desktop_app.gui.format import money
from desktop_app.gui.lists.handing_out import LongExport
from desktop_app.gui.lists.page import ListLook, ListPage
from desktop_app.gui.navigation import Shell
from desktop_app.gui.screens.orders.columns import order_columns
from desktop_app.gui.screens.orders.filter_bar import FilterBar
from desktop_app.gui.screens.orders.source import OrderSource, order_of, sort_of
from desktop_app.gui.text import language, ntr, tr
from desktop_app.gui.widgets.button import allow, button
from desktop_app.gui.widgets.empty_state import EmptyState
from desktop_app.gui.widgets.records.column import Sort
from desktop_app.orders.operations import list_sale_types
from desktop_app.orders.records import OrderFilter, OrderRow, OrderSort
from desktop_app.sales.entering import enter_sale
from desktop_app.venue.records import Today

_ORDERS = "pos_order"


class OrderList(ListPage[OrderRow, OrderFilter]):
    """Shows orders; `show_orders` also takes the order a filter asks for."""

    def __init__(self, shell: Shell, today: Today) -> None:
        bar = FilterBar(today.day)
        source = OrderSource(shell.bridge, shell)
        self.new_receipt = button(tr("New receipt…"), "plus", "primary")
        allow(self.new_receipt, shell.bridge.why_not(enter_sale))
        super().__init__(shell, _look(today, bar), bar, source, [self.new_receipt])
        self.filter = bar
        shell.bridge.ask(self, bar.show_kinds, list_sale_types)

    def show_orders(self, wanted: OrderFilter) -> None:
        """List what a filter finds, in its order."""
        self.show_filter(wanted, sort_of(wanted.sort))


def _look(today: Today, bar: FilterBar) -> ListLook[OrderRow]:
    currency = today.venue.currency

    def total(records: Sequence[OrderRow]) -> str:
        return money(sum(one.total_minor for one in records), currency, language())

    return ListLook(
        "orders",
        tr("Orders"),
        order_columns(today.venue),
        frozenset({_ORDERS}),
        EmptyState(
            "list-filter",
            tr("No order fits"),
            tr("There are orders, but none with this number, status, period and type."),
            tr("Show all orders"),
        ),
        EmptyState(
            "receipt-text",
            tr("No orders yet"),
            tr("Take them over from your till's files; you see first what would come in."),
            tr("Import sales"),
            "upload",
        ),
        lambda n, shown: ntr("{shown} order", "{shown} orders", n, shown=shown),
        _order_text,
        sort_of(OrderSort.NEWEST),
        total,
        lambda n: ntr("{n} new order", "{n} new orders", n),
        shown=export_shown_orders,
        long=LongExport(export_orders, lambda: {"wanted": bar.wanted}),
    )


def _order_text(sort: Sort | None) -> str:
    return {
        OrderSort.NEWEST: tr("newest first"),
        OrderSort.OLDEST: tr("oldest first"),
        OrderSort.LARGEST: tr("largest first"),
        OrderSort.SMALLEST: tr("smallest first"),
    }[order_of(sort)]
