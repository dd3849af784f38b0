"""The orders screen: the list, and one order in its place."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QItemSelectionModel
from PySide6.QtWidgets import QStackedWidget
from typing_extensions import override

from desktop_app.customers.operations import get_customer
from desktop_app.gui.format import moment
from desktop_app.gui.navigation import Screen, Shell
from desktop_app.gui.screens.orders.order_list import OrderList
from desktop_app.gui.screens.orders.order_page import OrderPage
from desktop_app.gui.screens.orders.receipt_page import ReceiptPage
from desktop_app.gui.text import language, tr
from desktop_app.gui.widgets.layout import column
from desktop_app.orders.operations import get_order
from desktop_app.orders.records import OrderCard, OrderFilter
from desktop_app.venue.operations import get_today
from desktop_app.venue.records import Today

_ONE_ROW = QItemSelectionModel.SelectionFlag.ClearAndSelect | QItemSelectionModel.SelectionFlag.Rows


class OrdersScreen(Screen):
    """Shows orders. A target is an OrderFilter, or the id of one order."""

    def __init__(self, shell: Shell) -> None:
        super().__init__(shell)
        self.list: OrderList | None = None
        self.order: OrderPage | None = None
        self.receipt: ReceiptPage | None = None
        self._pages = QStackedWidget()
        self._target: object = None
        self._row = -1
        self._today: Today | None = None
        self.setLayout(column(self._pages))
        self.bridge.ask(self, self._begin, get_today)

    @override
    def show_target(self, target: object) -> None:
        if self.list is None:
            self._target = target
        elif isinstance(target, OrderFilter):
            self._show_list()
            self.list.show_orders(target)
        elif isinstance(target, int):
            self._row = -1
            self._ask_order(target)

    def _begin(self, today: Today) -> None:
        self._today = today
        self.list = OrderList(self.shell, today)
        self.order = OrderPage(
            self.shell, today.venue, why_not_customers=self.bridge.why_not(get_customer)
        )
        self._pages.addWidget(self.list)
        self._pages.addWidget(self.order)
        self.list.table.activated_row.connect(self._open_row)
        self.list.new_receipt.clicked.connect(self._begin_receipt)
        self.list.empty.chosen.connect(partial(self.shell.go, "exchange"))
        self.list.table.records.loaded.connect(self._page_arrived)
        self.order.back.connect(self._show_list)
        self.order.stepped.connect(self._step)
        self.order.customer_wanted.connect(partial(self.shell.go, "customers"))
        self.order.correcting.changed.connect(self._ask_order)
        self.order.correcting.wanted.connect(self._ask_other)
        target, self._target = self._target, None
        if not isinstance(target, OrderFilter):
            self.list.begin()
        if target is not None:
            self.show_target(target)

    # --- a receipt by hand

    def _begin_receipt(self) -> None:
        """Show the page that asks for a receipt; it is made when somebody wants it first."""
        if self._today is None:
            return
        if self.receipt is None:
            self.receipt = ReceiptPage(self.shell, self._today.venue)
            self.receipt.back.connect(self._show_list)
            self._pages.addWidget(self.receipt)
        self._pages.setCurrentWidget(self.receipt)
        self.set_heading(tr("New receipt"), tr("It counts as closed now, and gets its numbers."))
        self.receipt.begin()

    # --- one order

    def _open_row(self, at: int) -> None:
        """Open a row of the list; where it is still being read, open it when it is here."""
        if self.list is None:
            return
        self._row = at
        table = self.list.table
        table.selectionModel().setCurrentIndex(table.records.index(at, 0), _ONE_ROW)
        record = table.records.record(at)
        if record is not None:
            self._ask_order(record.id)

    def _page_arrived(self, _: int) -> None:
        if self._row >= 0 and self.order is not None and self.list is not None:
            record = self.list.table.record(self._row)
            shown = self.order.card
            waits = self._pages.currentWidget() is self.order
            if waits and record is not None and shown is not None and record.id != shown.row.id:
                self._ask_order(record.id)

    def _ask_order(self, order_id: int) -> None:
        self.bridge.ask(self, partial(self._show_order, self._row), get_order, order_id)

    def _ask_other(self, order_id: int) -> None:
        """Show a receipt that a correction points at, or the other way round."""
        self._row = -1
        self._ask_order(order_id)

    def _show_order(self, at: int, card: OrderCard) -> None:
        if at != self._row or self.order is None or self.list is None or self._today is None:
            return
        last = self.list.table.records.rowCount() - 1
        self.order.show_card(card, above=at > 0, below=0 <= at < last)
        if self._pages.currentWidget() is not self.order:
            self._pages.setCurrentWidget(self.order)
            self.order.back_button.setFocus()
        opened = self._today.venue.time.local(card.row.opened_at)
        self.set_heading(tr("Order {number}", number=card.row.number), moment(opened, language()))

    def _step(self, step: int) -> None:
        if self.list is not None and 0 <= self._row + step < self.list.table.records.rowCount():
            self._open_row(self._row + step)

    def _show_list(self) -> None:
        if self.list is not None:
            self._pages.setCurrentWidget(self.list)
            self.set_heading("")
            if self._row >= 0:
                self.list.table.setFocus()
        self._row = -1
