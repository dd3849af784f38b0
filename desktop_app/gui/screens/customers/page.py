"""The customers screen: the list, and one customer in its place."""

from __future__ import annotations

from functools import partial
from typing import Any

from PySide6.QtCore import QTimer
from PySide6.QtGui import QHideEvent
from PySide6.QtWidgets import QStackedWidget
from typing_extensions import override

from desktop_app.customers.editing import add_customer, add_message, change_customer
from desktop_app.customers.ledger import correct_balance
from desktop_app.customers.merging import unmerge_customers
from desktop_app.customers.operations import find_customers, get_customer
from desktop_app.customers.records import BalanceRow, ConsentRow, CustomerCard, CustomerRow
from desktop_app.gui.bridge import Running
from desktop_app.gui.navigation import Screen, Shell
from desktop_app.gui.screens.customers.card_page import CardPage
from desktop_app.gui.screens.customers.columns import name_of
from desktop_app.gui.screens.customers.copy_dialog import CopyDialog, CopyWish
from desktop_app.gui.screens.customers.customer_list import CustomerList
from desktop_app.gui.screens.customers.deeds import Deeds
from desktop_app.gui.text import tr
from desktop_app.gui.widgets.button import allow
from desktop_app.gui.widgets.empty_state import EmptyState
from desktop_app.gui.widgets.layout import column
from desktop_app.kernel.words import msg
from desktop_app.orders.operations import count_orders, customer_sales, list_orders
from desktop_app.orders.records import CustomerSales, OrderFilter, OrderPage
from desktop_app.privacy.operations import HandedFile, next_copy_number, write_copy
from desktop_app.venue.operations import get_today
from desktop_app.venue.records import Today

NEWEST = 200


class CustomersScreen(Screen):
    """Shows customers. A target is a customer's id, or a text to search for."""

    def __init__(self, shell: Shell) -> None:
        super().__init__(shell)
        self.list: CustomerList | None = None
        self.card: CardPage | None = None
        self.dialog: CopyDialog | None = None
        self.locked: EmptyState | None = None
        self.deeds: Deeds | None = None
        self._pages = QStackedWidget()
        self._target: object = None
        self._wanted = 0
        self._writing: Running[HandedFile] | None = None
        self.bridge.ended.connect(self._ended)
        self.setLayout(column(self._pages))
        if self.bridge.can(find_customers):
            self.bridge.ask(self, self._begin, get_today)
        else:
            self._show_locked()

    @override
    def show_target(self, target: object) -> None:
        if self.locked is not None:
            return
        if self.list is None or self.card is None:
            self._target = target
        elif isinstance(target, int):
            self._ask_card(target)
        elif isinstance(target, str):
            self._show_list()
            self.list.bar.search.setText(target)

    # --- building

    def _show_locked(self) -> None:
        self.locked = EmptyState(
            "lock",
            tr("Customers are locked for your role"),
            tr("There are customers here, sealed by a key that your role does not have.")
            + f"\n{self.bridge.why_not(find_customers)}",
        )
        self._pages.addWidget(self.locked)

    def _begin(self, today: Today) -> None:
        self.list = CustomerList(self.shell, today.venue.currency)
        self._pages.addWidget(self.list)
        self.list.opened.connect(self._open)
        self.list.empty.chosen.connect(partial(self.shell.go, "exchange"))
        self.deeds = deeds = Deeds(self.shell, self, today.venue, self._ask_card)
        self.list.add.clicked.connect(deeds.add)
        self.list.duplicates.clicked.connect(deeds.pairs.duplicates)
        self.list.groups.clicked.connect(deeds.groups)
        self.list.birthdays.clicked.connect(deeds.birthdays)
        allow(self.list.add, self.bridge.why_not(add_customer))
        self.list.begin()
        deeds.settle()
        if self.isVisible():
            self.list.bar.search.setFocus()
        # Later: list and card in one event would hold the event loop for 50 ms.
        QTimer.singleShot(0, self, partial(self._make_card, today))

    def _make_card(self, today: Today) -> None:
        self.card = CardPage(today.venue, why_not_copy=self.bridge.why_not(write_copy))
        self._pages.addWidget(self.card)
        self.card.back.connect(self._show_list)
        self.card.copy_wanted.connect(self._ask_number)
        self.card.orders_wanted.connect(self._show_orders)
        self.card.order_wanted.connect(partial(self.shell.go, "orders"))
        self._connect_deeds(self.card)
        target, self._target = self._target, None
        if target is not None:
            self.show_target(target)

    def _connect_deeds(self, card: CardPage) -> None:
        if self.deeds is None:
            return
        card.edit_wanted.connect(self._edit)
        card.archive_wanted.connect(self.deeds.archive)
        card.part_wanted.connect(self.deeds.pairs.part)
        card.consents.give_wanted.connect(self._give)
        card.consents.withdraw_wanted.connect(self._withdraw)
        card.history.write_wanted.connect(self._write_down)
        card.history.correct_wanted.connect(self._correct)
        card.history.back_wanted.connect(self._take_back)
        card.allow_deeds(
            self.bridge.why_not(change_customer), self.bridge.why_not(unmerge_customers)
        )
        allow(card.history.write, self.bridge.why_not(add_message))
        for made in (card.history.correct, card.history.take_back):
            allow(made, self.bridge.why_not(correct_balance))

    def _edit(self, card: CustomerCard) -> None:
        if self.deeds is not None:
            self.deeds.edit(card.row.id)

    def _correct(self) -> None:
        if self.deeds is not None and self.card is not None and self.card.card is not None:
            self.deeds.correct(self.card.card)

    def _write_down(self) -> None:
        if self.deeds is not None and self.card is not None and self.card.card is not None:
            self.deeds.write(self.card.card)

    def _give(self) -> None:
        if self.deeds is not None and self.card is not None and self.card.card is not None:
            self.deeds.give(self.card.card)

    def _withdraw(self, one: ConsentRow) -> None:
        if self.deeds is not None:
            self.deeds.withdraw(self._wanted, one)

    def _take_back(self, line: BalanceRow) -> None:
        if self.deeds is not None:
            self.deeds.take_back(self._wanted, line)

    # --- one customer

    def _open(self, row: CustomerRow) -> None:
        self._ask_card(row.id)

    def _ask_card(self, customer_id: int) -> None:
        self._wanted = customer_id
        self.bridge.ask(self, partial(self._show_card, customer_id), get_customer, customer_id)

    def _show_card(self, customer_id: int, card: CustomerCard) -> None:
        if customer_id != self._wanted or self.card is None:
            return
        self.card.show_card(card)
        if self._pages.currentWidget() is not self.card:
            self._pages.setCurrentWidget(self.card)
            self.card.history.orders.setFocus()
        if self.list is not None:
            self.list.reveal.hide()
        self.set_heading("", name_of(card.row))
        if self.bridge.can(list_orders):
            self._ask_orders(customer_id)

    def _ask_orders(self, customer_id: int) -> None:
        """Ask once the card is there: queries run side by side and may overtake each other."""
        wanted = OrderFilter(customer_id=customer_id)
        self.bridge.ask(self, partial(self._show_sales, customer_id), customer_sales, customer_id)
        self.bridge.ask(
            self, partial(self._found_orders, customer_id), list_orders, wanted, limit=NEWEST
        )

    def _show_sales(self, customer_id: int, sales: CustomerSales) -> None:
        if customer_id == self._wanted and self.card is not None:
            self.card.show_sales(sales)

    def _found_orders(self, customer_id: int, page: OrderPage) -> None:
        if customer_id != self._wanted:
            return
        if page.next is None:
            self._counted_orders(customer_id, page, len(page.rows))
            return
        then = partial(self._counted_orders, customer_id, page)
        wanted = OrderFilter(customer_id=customer_id)
        self.bridge.ask(self, then, count_orders, wanted, cap=None)

    def _counted_orders(self, customer_id: int, page: OrderPage, count: int) -> None:
        if customer_id == self._wanted and self.card is not None:
            self.card.show_orders(page, count)

    def _show_orders(self) -> None:
        self.shell.go("orders", OrderFilter(customer_id=self._wanted))

    def _show_list(self) -> None:
        if self.list is None or self.card is None:
            return
        self._wanted = 0
        self.card.contacts.reveal.hide()
        self._pages.setCurrentWidget(self.list)
        self.set_heading("")
        self.list.table.setFocus()

    # --- the copy of their data

    def _ask_number(self) -> None:
        if self.card is not None and self.card.card is not None:
            then = partial(self._open_dialog, self.card.card)
            self.bridge.ask(self, then, next_copy_number)

    def _open_dialog(self, card: CustomerCard, number: str) -> None:
        self.dialog = CopyDialog(name_of(card.row), number, self)
        self.dialog.wished.connect(partial(self._write, card.row.id))
        self.dialog.open()

    def _write(self, customer_id: int, wish: CopyWish) -> None:
        if self.card is None:
            return
        self.card.result.hide()
        self.card.show_writing(busy=True)
        self._writing = self.bridge.start(
            self, partial(self._written, customer_id), msg("Writing a copy of somebody's data"),
            write_copy, customer_id, wish.path, language=wish.language, password=wish.password,
        )  # fmt: skip

    def _written(self, customer_id: int, file: HandedFile) -> None:
        self.shell.tell(tr("Copy {number} is written", number=file.number))
        if self.card is not None and customer_id == self._wanted:
            self.card.result.show_file(file)

    def _ended(self, running: Running[Any]) -> None:
        """Free the button, also where the copy failed or was stopped."""
        if running is not self._writing:
            return
        self._writing = None
        if self.card is not None:
            self.card.show_writing(busy=False)

    # --- hiding

    @override
    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        if self.list is not None and self.card is not None:
            self.list.reveal.hide()
            self.card.contacts.reveal.hide()
