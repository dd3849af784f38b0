"""Finance: the entries of the books, the cash flow, accounts and categories."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import Any

from PySide6.QtWidgets import QStackedWidget, QWidget
from typing_extensions import override

from desktop_app.finance.editing import (
    add_account,
    add_entry,
    add_money_category,
    change_account,
    change_money_category,
    correct_entry,
    transfer,
)
from desktop_app.finance.operations import list_accounts, list_entries, list_money_categories
from desktop_app.finance.records import (
    AccountForm,
    AccountRow,
    CategoryForm,
    CategoryRow,
    EntryFilter,
    EntryRow,
    NewEntry,
)
from desktop_app.gui.lists.bar import Asked, FilterBar
from desktop_app.gui.lists.page import ListPage
from desktop_app.gui.navigation import Screen, Shell
from desktop_app.gui.screens.finance.dialogs import (
    AccountDialog,
    CategoryDialog,
    CorrectDialog,
    EntryDialog,
    InsteadDialog,
    TransferDialog,
)
from desktop_app.gui.screens.finance.difference import account_differences, category_differences
from desktop_app.gui.screens.finance.flow_page import FlowPage
from desktop_app.gui.screens.finance.lists import accounts_list, categories_list, entries_list
from desktop_app.gui.text import say, tr
from desktop_app.gui.widgets.button import allow, button
from desktop_app.gui.widgets.dialog import Dialog
from desktop_app.gui.widgets.difference import DifferenceDialog, show_difference
from desktop_app.gui.widgets.layout import column, row
from desktop_app.gui.widgets.segmented import Segmented
from desktop_app.kernel.errors import AppError, ConflictError
from desktop_app.venue.operations import get_today
from desktop_app.venue.records import Today

ENTRIES, FLOW, ACCOUNTS, CATEGORIES = "entries", "flow", "accounts", "categories"


class FinanceScreen(Screen):
    """Four parts; a target names one, or says which entries to list."""

    def __init__(self, shell: Shell) -> None:
        super().__init__(shell)
        self.tabs = Segmented(
            tr("Part of the page"),
            [
                (ENTRIES, tr("Entries")), (FLOW, tr("Cash flow")), (ACCOUNTS, tr("Accounts")),
                (CATEGORIES, tr("Categories")),
            ],
        )  # fmt: skip
        self.parts: dict[str, QWidget] = {}
        self.entries: ListPage[EntryRow, Asked] | None = None
        self.dialog: Any = None
        self.difference: DifferenceDialog | None = None
        self._today: Today | None = None
        self._target: object = None
        self._stack = QStackedWidget()
        layout = column(row(self.tabs, None, margins=(28, 4, 28, 12)), gap=0)
        layout.addWidget(self._stack, 1)
        self.setLayout(layout)
        self.tabs.chosen.connect(self.show_part)
        self.bridge.ask(self, self._begin, get_today)

    @override
    def show_target(self, target: object) -> None:
        if self._today is None:
            self._target = target
        elif isinstance(target, Asked) and self.entries is not None:
            self.tabs.choose(ENTRIES)
            self.entries.show_filter(target)
        elif target in self.tabs.keys:
            self.tabs.choose(str(target))

    def show_part(self, key: str) -> None:
        """Show one of the parts, made when it is first wanted."""
        if self._today is None:
            return
        if key not in self.parts:
            makers: dict[str, Callable[[Today], QWidget]] = {
                ENTRIES: self._entries, FLOW: partial(FlowPage, self.shell),
                ACCOUNTS: self._accounts, CATEGORIES: self._categories,
            }  # fmt: skip
            made = makers[key](self._today)
            self.parts[key] = made
            self._stack.addWidget(made)
            if isinstance(made, ListPage):
                made.begin()
        self._stack.setCurrentWidget(self.parts[key])

    # --- building

    def _begin(self, today: Today) -> None:
        self._today = today
        self.show_part(self.tabs.key)
        self.bridge.changed.connect(self._changed)
        self._offer()
        target, self._target = self._target, None
        if target is not None:
            self.show_target(target)

    def _changed(self, touched: frozenset[str]) -> None:
        if touched & {"money_account", "money_category"}:
            self._offer()

    def _offer(self) -> None:
        self.bridge.ask(self, self._offer_accounts, list_accounts)
        self.bridge.ask(self, self._offer_categories, list_money_categories)

    def _offer_accounts(self, found: Sequence[AccountRow]) -> None:
        if self.entries is not None and isinstance(self.entries.bar, FilterBar):
            self.entries.bar.offer("account", [(str(one.id), one.title) for one in found])

    def _offer_categories(self, found: Sequence[CategoryRow]) -> None:
        if self.entries is not None and isinstance(self.entries.bar, FilterBar):
            titles = [(str(one.id), say(one.title)) for one in found]
            self.entries.bar.offer("category", titles)

    def _entries(self, today: Today) -> QWidget:
        enter = button(tr("Enter money"), "plus", "primary", on_click=self.ask_entry)
        move = button(tr("Move money"), "arrow-left-right", on_click=self.ask_transfer)
        allow(enter, self.bridge.why_not(add_entry))
        allow(move, self.bridge.why_not(transfer))
        self.entries = entries_list(self.shell, today, [move, enter])
        self.entries.opened.connect(self.correct)
        self.entries.empty.chosen.connect(partial(self.ask_account, None))
        return self.entries

    def _accounts(self, today: Today) -> QWidget:
        add = button(
            tr("Open an account"), "plus", "primary", on_click=partial(self.ask_account, None)
        )
        allow(add, self.bridge.why_not(add_account))
        made = accounts_list(self.shell, today, [add])
        made.opened.connect(self.ask_account)
        made.empty.chosen.connect(partial(self.ask_account, None))
        return made

    def _categories(self, _: Today) -> QWidget:
        add = button(
            tr("Add a category"), "plus", "primary", on_click=partial(self.ask_category, None)
        )
        allow(add, self.bridge.why_not(add_money_category))
        made = categories_list(self.shell, [add])
        made.opened.connect(self.ask_category)
        return made

    # --- entries

    def ask_entry(self) -> None:
        """Ask for an entry."""
        self.bridge.ask(self, self._with_accounts, list_accounts)

    def _with_accounts(self, accounts: Sequence[AccountRow]) -> None:
        then = partial(self._show_entry, accounts)
        self.bridge.ask(self, then, list_money_categories)

    def _show_entry(self, accounts: Sequence[AccountRow], found: Sequence[CategoryRow]) -> None:
        if self._today is None:
            return
        today = self._today
        dialog = EntryDialog(accounts, found, today.day, today.venue.currency, self)
        dialog.asked.connect(partial(self._enter, dialog))
        self._open(dialog)

    def _enter(self, dialog: EntryDialog, new: NewEntry) -> None:
        done = partial(self._entered, dialog, tr("Entered"))
        self.bridge.ask_or(dialog, done, dialog.refuse, add_entry, new)

    def _entered(self, dialog: Dialog, said: str, entry: int) -> None:
        """Say that money was entered; an entry of its own takes it back at once."""
        dialog.accept()
        undo = None if self.bridge.why_not(correct_entry) else partial(self._take_back, entry)
        self.shell.tell(said, undo)

    def _take_back(self, entry: int) -> None:
        told = partial(self._told, tr("It was taken back by an entry of its own"))
        self.bridge.ask(self, told, correct_entry, entry, tr("Entered by mistake"))

    def _told(self, sentence: str, _: object = None) -> None:
        self.shell.tell(sentence)

    def ask_transfer(self) -> None:
        """Ask what is to be moved."""
        self.bridge.ask(self, self._show_transfer, list_accounts)

    def _show_transfer(self, accounts: Sequence[AccountRow]) -> None:
        if self._today is None:
            return
        dialog = TransferDialog(accounts, self._today.day, self._today.venue.currency, self)
        dialog.asked.connect(partial(self._move, dialog))
        self._open(dialog)

    def _move(self, dialog: TransferDialog, source: int, target: int, new: NewEntry) -> None:
        done = partial(self._moved, dialog)
        self.bridge.ask_or(dialog, done, dialog.refuse, transfer, source, target, new)

    def _moved(self, dialog: Dialog, number: int) -> None:
        """Say that money was moved; both halves are taken back together at once."""
        dialog.accept()

        def found(halves: Sequence[EntryRow]) -> None:
            if halves:
                self._take_back(halves[0].id)

        def back() -> None:
            halves = EntryFilter(document=f"transfer:{number}")
            self.bridge.ask(self, found, list_entries, halves)

        self.shell.tell(tr("Moved"), None if self.bridge.why_not(correct_entry) else back)

    def correct(self, entry: EntryRow) -> None:
        """Ask why an entry is taken back."""
        if self._today is None:
            return
        dialog = CorrectDialog(entry, self._today.venue.currency, self)
        why_not = self.bridge.why_not(correct_entry)
        if entry.corrected:
            why_not = why_not or tr("This entry has been taken back already.")
        allow(dialog.done_button, why_not)
        allow(dialog.instead, why_not)
        dialog.asked.connect(partial(self._correct, dialog, entry.id))
        dialog.instead_wanted.connect(partial(self._ask_instead, dialog, entry))
        self._open(dialog)

    def _ask_instead(self, over: Dialog, entry: EntryRow) -> None:
        over.reject()

        def with_accounts(accounts: Sequence[AccountRow]) -> None:
            then = partial(self._show_instead, entry, accounts)
            self.bridge.ask(self, then, list_money_categories)

        self.bridge.ask(self, with_accounts, list_accounts)

    def _show_instead(
        self, entry: EntryRow, accounts: Sequence[AccountRow], found: Sequence[CategoryRow]
    ) -> None:
        if self._today is None:
            return
        dialog = InsteadDialog(accounts, found, entry, self._today.venue.currency, self)
        dialog.corrected.connect(partial(self._put_right, dialog, entry.id))
        self._open(dialog)

    def _put_right(self, dialog: InsteadDialog, entry_id: int, new: NewEntry, why: str) -> None:
        done = partial(self._done, dialog, tr("Corrected"))
        self.bridge.ask_or(dialog, done, dialog.refuse, correct_entry, entry_id, why, new)

    def _correct(self, dialog: CorrectDialog, entry_id: int, why: str) -> None:
        done = partial(self._done, dialog, tr("Taken back"))
        self.bridge.ask_or(dialog, done, dialog.refuse, correct_entry, entry_id, why)

    # --- accounts and categories

    def ask_account(self, found: AccountRow | None) -> None:
        """Ask what an account is called."""
        if self._today is None:
            return
        dialog = AccountDialog(found, self._today.venue.currency, self)
        allow(dialog.done_button, self.bridge.why_not(add_account))
        dialog.asked.connect(partial(self._store_account, dialog, found))
        self._open(dialog)

    def _store_account(
        self, dialog: AccountDialog, found: AccountRow | None, form: AccountForm, opening: int
    ) -> None:
        done = partial(self._done, dialog, tr("Stored"))
        if found is None:
            self.bridge.ask_or(dialog, done, dialog.refuse, add_account, form, opening)
            return
        before = AccountForm(found.name, found.kind, found.active)
        stored = partial(
            self._stored, dialog, lambda version: (change_account, found.id, version, before)
        )
        failed = partial(self._account_refused, dialog, found, form)
        self.bridge.ask_or(dialog, stored, failed, change_account, found.id, found.version, form)

    def _account_refused(
        self, dialog: AccountDialog, found: AccountRow, form: AccountForm, error: AppError
    ) -> None:
        dialog.refuse(error)

        def now(rows: Sequence[AccountRow]) -> None:
            for one in rows:
                if one.id == found.id and one.version != found.version:
                    dialog.banner.hide()
                    stored = AccountForm(one.name, one.kind, one.active)
                    self.difference = show_difference(
                        dialog, one.name, account_differences(stored, form),
                        mine=partial(self._store_account, dialog, one, form, 0),
                        theirs=partial(self._again, dialog, self.ask_account, one),
                    )  # fmt: skip

        if isinstance(error, ConflictError):
            self.bridge.ask(dialog, now, list_accounts)

    def _again(self, dialog: Dialog, show: Callable[[Any], None], row: Any) -> None:
        dialog.reject()
        show(row)

    def _stored(self, dialog: Dialog, back: Callable[[int], tuple[Any, ...]], version: int) -> None:
        """Say that it is stored; it can be made what it was before at once."""
        dialog.accept()
        told = partial(self._told, tr("It is as it was before"))
        self.shell.tell(tr("Stored"), lambda: self.bridge.ask(self, told, *back(version)))

    def ask_category(self, found: CategoryRow | None) -> None:
        """Ask what a category is called."""
        self.bridge.ask(self, partial(self._show_category, found), list_money_categories)

    def _show_category(self, found: CategoryRow | None, others: Sequence[CategoryRow]) -> None:
        dialog = CategoryDialog(found, others, self)
        why_not = self.bridge.why_not(add_money_category)
        if found is not None and found.system:
            why_not = why_not or tr("This category is the program's own and stays as it is.")
        allow(dialog.done_button, why_not)
        dialog.asked.connect(partial(self._store_category, dialog, found))
        self._open(dialog)

    def _store_category(
        self, dialog: CategoryDialog, found: CategoryRow | None, form: CategoryForm
    ) -> None:
        done = partial(self._done, dialog, tr("Stored"))
        if found is None:
            self.bridge.ask_or(dialog, done, dialog.refuse, add_money_category, form)
            return
        before = CategoryForm(found.name, found.direction, found.parent_id, found.active)
        stored = partial(
            self._stored,
            dialog,
            lambda version: (change_money_category, found.id, version, before),
        )
        failed = partial(self._category_refused, dialog, found, form)
        self.bridge.ask_or(
            dialog, stored, failed, change_money_category, found.id, found.version, form
        )

    def _category_refused(
        self, dialog: CategoryDialog, found: CategoryRow, form: CategoryForm, error: AppError
    ) -> None:
        dialog.refuse(error)

        def now(rows: Sequence[CategoryRow]) -> None:
            for one in rows:
                if one.id == found.id and one.version != found.version:
                    dialog.banner.hide()
                    stored = CategoryForm(one.name, one.direction, one.parent_id, one.active)
                    self.difference = show_difference(
                        dialog, one.name, category_differences(stored, form, rows),
                        mine=partial(self._store_category, dialog, one, form),
                        theirs=partial(self._again, dialog, self.ask_category, one),
                    )  # fmt: skip

        if isinstance(error, ConflictError):
            self.bridge.ask(dialog, now, list_money_categories)

    def _open(self, dialog: Dialog) -> None:
        self.dialog = dialog
        dialog.open()

    def _done(self, dialog: Dialog, sentence: str, _: object = None) -> None:
        dialog.accept()
        self.shell.tell(sentence)
