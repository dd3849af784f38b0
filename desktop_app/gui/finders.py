"""What Ctrl+K finds in the store: customers by name, orders by number, products by name."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import QObject

from desktop_app.customers.operations import find_customers
from desktop_app.customers.records import CustomerPage, CustomerRow
from desktop_app.gui.format import day, money
from desktop_app.gui.navigation import Shell
from desktop_app.gui.palette import Provider
from desktop_app.gui.palette_list import Entry
from desktop_app.gui.text import language, say, tr
from desktop_app.kernel.clock import as_date
from desktop_app.kernel.errors import AppError
from desktop_app.kernel.text import masked_email, masked_phone
from desktop_app.menu.kinds import KIND_TITLES
from desktop_app.menu.operations import find_products
from desktop_app.menu.records import FoundProduct
from desktop_app.orders.operations import list_orders
from desktop_app.orders.records import OrderFilter, OrderPage
from desktop_app.venue.operations import get_today
from desktop_app.venue.records import Today

LIMIT = 6
_Then = Callable[[Sequence[Entry]], None]


class Finders(QObject):
    """Finds people, orders and products for the palette of a window, as far as the role may."""

    def __init__(self, shell: Shell) -> None:
        super().__init__(shell)
        self._shell = shell
        self._currency = ""
        shell.bridge.ask(self, self._keep, get_today)

    @property
    def providers(self) -> tuple[Provider, ...]:
        """Return the searches, for `Window.show_commands`."""
        bridge = self._shell.bridge
        found: list[Provider] = []
        if bridge.can(find_customers):
            found.append(self._customers)
        if bridge.can(list_orders):
            found.append(self._orders)
        if bridge.can(find_products):
            found.append(self._products)
        return tuple(found)

    def _keep(self, today: Today) -> None:
        self._currency = today.venue.currency

    def _customers(self, text: str, then: _Then) -> None:
        answer = partial(self._found_customers, then)
        self._shell.bridge.ask_or(self, answer, _nothing, find_customers, text, limit=LIMIT)

    def _orders(self, text: str, then: _Then) -> None:
        answer = partial(self._found_orders, then)
        wanted = OrderFilter(number=text)
        self._shell.bridge.ask_or(self, answer, _nothing, list_orders, wanted, limit=LIMIT)

    def _products(self, text: str, then: _Then) -> None:
        answer = partial(self._found_products, then)
        self._shell.bridge.ask_or(self, answer, _nothing, find_products, text, limit=LIMIT)

    def _found_products(self, then: _Then, found: Sequence[FoundProduct]) -> None:
        group = tr("Menu")
        then(
            [
                Entry(
                    group,
                    one.name,
                    "utensils",
                    partial(self._shell.go, "menu", one.id),
                    say(KIND_TITLES[one.kind]),
                )
                for one in found
            ]
        )

    def _found_customers(self, then: _Then, page: CustomerPage) -> None:
        group = tr("Customers")
        then(
            [
                Entry(
                    group,
                    one.name or one.reference,
                    "user-round",
                    partial(self._shell.go, "customers", one.id),
                    _contact(one),
                )
                for one in page.rows
            ]
        )

    def _found_orders(self, then: _Then, page: OrderPage) -> None:
        group = tr("Orders")
        then(
            [
                Entry(
                    group,
                    one.number,
                    "receipt-text",
                    partial(self._shell.go, "orders", one.id),
                    f"{day(as_date(one.business_date), language())} · "
                    + money(one.total_minor, self._currency, language()),
                )
                for one in page.rows
            ]
        )


def _nothing(_: AppError) -> None:
    """Find nothing: a search that fails must not cover the page with an error."""


def _contact(one: CustomerRow) -> str:
    """Return how somebody can be reached, masked: the palette opens in front of guests."""
    if one.phone:
        return masked_phone(one.phone)
    return masked_email(one.email) if one.email else ""
