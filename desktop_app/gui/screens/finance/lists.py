"""The lists of the finance screen: entries, accounts, categories."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QWidget

from desktop_app.exports.shown import export_shown_money
from desktop_app.finance.kinds import ACCOUNT_KINDS, DIRECTIONS
from desktop_app.finance.operations import (
    count_entries,
    list_accounts,
    list_entries,
    list_money_categories,
)
from desktop_app.finance.records import AccountRow, CategoryRow, EntryFilter, EntryRow
from desktop_app.gui.format import day, money
from desktop_app.gui.lists.bar import Asked, Choice, FilterBar
from desktop_app.gui.lists.page import ListLook, ListPage
from desktop_app.gui.lists.queries import PagedQuery, WholeQuery, matches
from desktop_app.gui.navigation import Shell
from desktop_app.gui.text import language, ntr, say, tr
from desktop_app.gui.widgets.badge import Mood
from desktop_app.gui.widgets.empty_state import EmptyState
from desktop_app.gui.widgets.records.column import Column, Sort
from desktop_app.gui.widgets.records.source import Request
from desktop_app.kernel.money import major
from desktop_app.kernel.text import fold
from desktop_app.venue.records import Today

_BOOKS = frozenset({"money_entry", "money_account", "money_category"})


def entries_list(
    shell: Shell, today: Today, actions: Sequence[QWidget]
) -> ListPage[EntryRow, Asked]:
    """Return the list of entries, newest first."""
    spoken, currency = language(), today.venue.currency
    columns: list[Column[EntryRow]] = [
        Column(tr("Day"), lambda r: day(r.day, spoken), 130, key="day"),
        Column(tr("Category"), lambda r: say(r.title), 240, "strong", stretch=True, key="category"),
        Column(tr("Account"), lambda r: r.account, 160, key="account"),
        Column(tr("State"), lambda r: _state(r).text, 140, "badge", mood=_state, key="state"),
        Column(tr("Note"), lambda r: r.note, 220, "dim", key="note"),
        Column(tr("Amount"), lambda r: money(r.amount_minor, currency, spoken), 150, "money",
               raw=lambda r: major(r.amount_minor, currency), key="amount"),
    ]  # fmt: skip
    bar = FilterBar(
        tr("Search in notes"),
        [
            Choice("account", tr("Account"), everything=tr("All accounts")),
            Choice("category", tr("Category"), everything=tr("All categories")),
        ],
        today.day,
        "month",
    )
    look = ListLook(
        "money", tr("Entries"), columns, _BOOKS,
        EmptyState("search", tr("No entries found"), tr("Choose another period or filter."),
                   tr("Show everything")),
        EmptyState("wallet", tr("Nothing in the books yet"),
                   tr("Open an account, then enter what came in and what went out."),
                   tr("Open an account"), "plus"),
        lambda n, shown: ntr("{shown} entry", "{shown} entries", n, shown=shown),
        lambda _: tr("newest first"),
        total=lambda rows: money(sum(r.amount_minor for r in rows), currency, spoken),
        shown=export_shown_money,
    )  # fmt: skip
    source = PagedQuery(shell.bridge, shell, list_entries, count_entries, _wanted)
    return ListPage(shell, look, bar, source, actions)


def _wanted(request: Request[Asked]) -> EntryFilter:
    asked = request.filter
    account, category = asked.of("account"), asked.of("category")
    return EntryFilter(
        asked.first, asked.last, int(account) if account else None,
        int(category) if category else None, asked.text,
    )  # fmt: skip


def _state(row: EntryRow) -> Mood:
    if row.corrected:
        return Mood(tr("Taken back"), "mute")
    if row.corrects:
        return Mood(tr("Takes back"), "warn")
    if row.instead_of:
        return Mood(tr("Correction"), "warn")
    return Mood(tr("In the books"), "mute")


def accounts_list(
    shell: Shell, today: Today, actions: Sequence[QWidget]
) -> ListPage[AccountRow, Asked]:
    """Return the list of accounts with their balances."""
    spoken, currency = language(), today.venue.currency
    columns: list[Column[AccountRow]] = [
        Column(tr("Name"), lambda r: r.name, 260, "strong", stretch=True, sort="name",
               sort_value=lambda r: fold(r.name)),
        Column(tr("Kind"), lambda r: say(ACCOUNT_KINDS[r.kind]), 160, sort="kind",
               sort_value=lambda r: r.kind.value),
        Column(tr("State"), lambda r: _open(r).text, 120, "badge", mood=_open, key="state"),
        Column(tr("Entries"), lambda r: str(r.entries), 110, "number", sort="entries",
               sort_value=lambda r: r.entries),
        Column(tr("Balance"), lambda r: money(r.balance_minor, currency, spoken), 170, "money",
               sort="balance", sort_value=lambda r: r.balance_minor,
               raw=lambda r: major(r.balance_minor, currency)),
    ]  # fmt: skip
    if today.several:
        columns.insert(
            1,
            Column(tr("Venue"), lambda r: r.venue, 180, sort="venue",
                   sort_value=lambda r: fold(r.venue)),
        )  # fmt: skip
    look = ListLook(
        "accounts", tr("Accounts"), columns, _BOOKS,
        EmptyState("search", tr("No account found"), tr("Try fewer letters."), tr("Show all")),
        EmptyState("wallet", tr("No accounts yet"),
                   tr("The till, the bank, the card terminal: wherever money lies."),
                   tr("Open an account"), "plus"),
        lambda n, shown: ntr("{shown} account", "{shown} accounts", n, shown=shown),
        sort=Sort("name"),
        total=lambda rows: money(sum(r.balance_minor for r in rows), currency, spoken),
        shown=export_shown_money,
    )  # fmt: skip
    source: WholeQuery[AccountRow, Asked] = WholeQuery(
        shell.bridge, shell, columns, list_accounts, lambda r, asked: matches(asked.text, r.title)
    )
    return ListPage(shell, look, FilterBar(tr("Name")), source, actions)


def _open(row: AccountRow) -> Mood:
    return Mood(tr("In use"), "ok") if row.active else Mood(tr("Closed"), "mute")


def categories_list(shell: Shell, actions: Sequence[QWidget]) -> ListPage[CategoryRow, Asked]:
    """Return the list of categories; the program's own have a lock."""
    columns: list[Column[CategoryRow]] = [
        Column(tr("Name"), lambda r: say(r.title), 280, "strong", stretch=True, sort="name",
               sort_value=lambda r: fold(say(r.title))),
        Column(tr("Which way"), lambda r: say(DIRECTIONS[r.direction]), 200, sort="way",
               sort_value=lambda r: r.direction.value),
        Column(tr("State"), lambda r: _lock(r).text, 160, "badge", mood=_lock, key="state"),
    ]  # fmt: skip
    look = ListLook(
        "money-categories", tr("Categories"), columns, _BOOKS,
        EmptyState("search", tr("No category found"), tr("Try fewer letters."), tr("Show all")),
        EmptyState("tag", tr("No categories yet"), tr("Add what your money comes and goes for.")),
        lambda n, shown: ntr("{shown} category", "{shown} categories", n, shown=shown),
        shown=export_shown_money,
    )  # fmt: skip
    source: WholeQuery[CategoryRow, Asked] = WholeQuery(
        shell.bridge, shell, columns, list_money_categories,
        lambda r, asked: matches(asked.text, say(r.title)),
    )  # fmt: skip
    return ListPage(shell, look, FilterBar(tr("Name")), source, actions)


def _lock(row: CategoryRow) -> Mood:
    if row.system:
        return Mood(tr("Of the program"), "mute", "lock")
    return Mood(tr("In use"), "ok") if row.active else Mood(tr("Not used"), "mute")
