"""The list of customers: search as one types, hidden contacts."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from typing_extensions import override

from desktop_app.customers.operations import (
    count_customers,
    customer_page_at,
    list_groups,
    list_tags,
)
from desktop_app.customers.records import (
    CustomerFilter,
    CustomerRow,
    CustomerState,
    GroupRow,
    MoneyState,
)
from desktop_app.exports.operations import export_customers
from desktop_app.exports.shown import export_shown_customers
from desktop_app.gui.icons import icon
from desktop_app.gui.lists.bar import Asked, Choice, FilterBar
from desktop_app.gui.lists.handing_out import LongExport
from desktop_app.gui.lists.page import ListLook, ListPage
from desktop_app.gui.lists.queries import PagedQuery
from desktop_app.gui.navigation import Shell
from desktop_app.gui.screens.customers.columns import customer_columns
from desktop_app.gui.screens.customers.masking import Reveal
from desktop_app.gui.text import ntr, tr
from desktop_app.gui.widgets.button import button, retitle
from desktop_app.gui.widgets.empty_state import EmptyState
from desktop_app.gui.widgets.records.source import Request

_PEOPLE = frozenset(
    {"customer", "customer_contact", "consent", "communication", "customer_tag", "balance_entry"}
)


class CustomerList(ListPage[CustomerRow, Asked]):
    """Shows customers; telephone and e-mail for half a minute at a time."""

    def __init__(self, shell: Shell, currency: str) -> None:
        reveal = Reveal(shell)
        show_contacts = button("", "eye", on_click=reveal.turn)
        self.add = button(tr("New customer"), "user-plus", "primary")
        self.duplicates = button("", "git-compare", tip=tr("Customers kept twice"))
        self.groups = button("", "users", tip=tr("Groups of customers"))
        self.birthdays = button("", "cake", tip=tr("Birthdays of the next 30 days"))
        state = Choice("state", tr("State"), [("archived", tr("In the archive"))])
        bar = _Bar(
            tr("Name, telephone, e-mail or code"),
            [
                state,
                Choice("group", tr("Group"), everything=tr("All groups")),
                Choice("tag", tr("Tag"), everything=tr("All tags")),
                Choice("money", tr("Balance"), everything=tr("Any balance")),
            ],
            width=260,
        )
        super().__init__(
            shell,
            _look(currency, reveal, bar),
            bar,
            PagedQuery(shell.bridge, shell, customer_page_at, count_customers, _wanted),
            [
                show_contacts,
                self.duplicates,
                self.groups,
                self.birthdays,
                self.add,
            ],
        )
        self.reveal, self.show_contacts, self._filters = reveal, show_contacts, bar
        reveal.setParent(self)
        reveal.changed.connect(self._show_reveal)
        self._show_reveal()
        bar.offer("money", _money())
        shell.bridge.changed.connect(self._offer_again)
        self._offer()

    def _offer(self) -> None:
        """Offer the groups and tags that there are."""
        self.shell.bridge.ask(self, self._offer_groups, list_groups)
        self.shell.bridge.ask(self, self._offer_tags, list_tags)

    def _offer_again(self, touched: frozenset[str]) -> None:
        if touched & {"customer_group", "customer_tag"}:
            self._offer()

    def _offer_groups(self, found: Sequence[GroupRow]) -> None:
        self._filters.offer("group", [(str(one.id), one.name) for one in found])

    def _offer_tags(self, found: Sequence[str]) -> None:
        self._filters.offer("tag", [(one, one) for one in found])

    def _show_reveal(self) -> None:
        on = self.reveal.on
        if on:
            retitle(self.show_contacts, self.reveal.text)
        else:
            retitle(self.show_contacts, "", tr("Show contacts for 30 seconds"))
        self.show_contacts.setIcon(icon("eye-off" if on else "eye"))
        self.table.repaint_rows()


class _Bar(FilterBar):
    """The filters of the list; a tag says something of people, so it is not remembered."""

    @override
    def state(self) -> Mapping[str, str]:
        return {key: one for key, one in super().state().items() if key != "tag"}


def _wanted(request: Request[Asked]) -> CustomerFilter:
    return _filter(request.filter)


def _filter(asked: Asked) -> CustomerFilter:
    away = asked.of("state") == "archived"
    state = CustomerState.ARCHIVED if away else CustomerState.ACTIVE
    group, money = asked.of("group"), asked.of("money")
    return CustomerFilter(
        asked.text, state, int(group) if group else None, asked.of("tag"),
        MoneyState(money) if money else None,
    )  # fmt: skip


def _money() -> list[tuple[str, str]]:
    return [
        (MoneyState.OWES.value, tr("Owe us")),
        (MoneyState.HAS.value, tr("Have a balance")),
        (MoneyState.BONUS.value, tr("Have bonus")),
    ]


def _look(currency: str, reveal: Reveal, bar: FilterBar) -> ListLook[CustomerRow]:
    return ListLook(
        "customers",
        tr("Customers"),
        customer_columns(currency, lambda: reveal.on),
        _PEOPLE,
        EmptyState(
            "search",
            tr("Nobody found"),
            tr("Try fewer letters, the last digits of the telephone, or another spelling."),
            tr("Show all customers"),
        ),
        EmptyState(
            "contact",
            tr("No customers yet"),
            tr("Take them over from a file of your till; you see first who would come in."),
            tr("Import customers"),
            "upload",
        ),
        lambda n, shown: ntr("{shown} customer", "{shown} customers", n, shown=shown),
        lambda _: tr("by name"),
        shown=export_shown_customers,
        long=LongExport(export_customers, lambda: {"wanted": _filter(bar.wanted)}),
    )
