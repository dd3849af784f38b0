"""Entering wages into the books: what the hours of a month cost is offered, somebody decides."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Sequence
from datetime import date, timedelta
from functools import partial

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from desktop_app.finance.editing import add_entry, correct_entry
from desktop_app.finance.kinds import SystemCategory
from desktop_app.finance.operations import list_accounts, list_entries
from desktop_app.finance.records import AccountRow, EntryFilter, EntryRow, NewEntry
from desktop_app.gui.format import bare, money
from desktop_app.gui.navigation import Shell
from desktop_app.gui.text import language, tr
from desktop_app.gui.widgets.ask_dialog import DAY, AskDialog, typed_amount, typed_day
from desktop_app.gui.widgets.labels import label
from desktop_app.kernel.errors import InvalidError
from desktop_app.kernel.words import msg
from desktop_app.printing.format import month as month_name
from desktop_app.staff.clock import list_labour
from desktop_app.staff.records import HoursRow
from desktop_app.venue.records import Today

_MONTHS = 12
_MOST = 10_000
_FACTS_HIGH = 52


class WagesDialog(AskDialog):
    """Asks for the wages of a month; `asked(NewEntry)`, `month_chosen(first day)`."""

    asked = Signal(object)
    month_chosen = Signal(object)

    def __init__(self, accounts: Sequence[AccountRow], today: Today, parent: QWidget) -> None:
        super().__init__(
            tr("Enter wages"),
            tr("One sum for everybody goes into the books, so that nobody reads there what one of "
               "them earns."),
            tr("Enter"),
            parent,
        )  # fmt: skip
        self._currency = today.venue.currency
        months = [_months_ago(today.day, ago) for ago in range(_MONTHS + 1)]
        named = [(str(place), _named(one)) for place, one in enumerate(months)]
        self.month = self.add_choice("month", tr("Month"), named)
        self._months = months
        self.facts = label("", 12, tone="muted", wrap=True)
        self.facts.setMinimumHeight(_FACTS_HIGH)
        self.facts.setAlignment(Qt.AlignmentFlag.AlignTop)
        self.form.add("facts", tr("What is known"), self.facts)
        self.account = self.add_choice(
            "account", tr("Account"), [(str(one.id), one.title) for one in accounts if one.active]
        )
        self.amount = self.add_line("amount", tr("Amount ({currency})", currency=self._currency))
        self.day = self.add_line("day", tr("Paid on"), f"{today.day:{DAY}}")
        self.note = self.add_line("note", tr("Note"))
        self.month.currentIndexChanged.connect(self._chosen)
        self.month.setCurrentIndex(1)

    @property
    def first(self) -> date:
        """Return the first day of the month that is chosen."""
        return self._months[max(0, self.month.currentIndex())]

    def show_cost(self, rows: Sequence[HoursRow], entered: Sequence[EntryRow]) -> None:
        """Offer what the month cost, and say what was entered as wages since it began."""
        cost = sum(row.cost_minor or 0 for row in rows)
        without = len({row.employee_id for row in rows if row.cost_minor is None})
        paid = -sum(row.amount_minor for row in entered)
        said = [
            tr("By hours and pay: {amount}.", amount=self._money(cost)),
            tr("Entered as wages since {day}: {amount}.",
               day=f"{self.first:{DAY}}", amount=self._money(paid)),
        ]  # fmt: skip
        if without:
            said.append(tr("People at work whose pay is not written down: {n}.", n=without))
        self.facts.setText(" ".join(said))
        self.amount.setText(bare(cost, self._currency, language()) if cost else "")
        self.note.setText(tr("Wages of {month}", month=_named(self.first)))

    @override
    def send(self) -> None:
        """Send the entry: money goes out."""
        amount = typed_amount(self.amount.text(), self._currency)
        if amount <= 0:
            raise InvalidError(msg("Write more than nothing, without a minus."), field="amount")
        day = typed_day(self.day.text(), "day")
        if day is None:
            raise InvalidError(msg("Write the day."), field="day")
        account = self.account.currentData()
        if account is None:
            raise InvalidError(msg("Open an account first, under Finance."), field="account")
        wages = int(SystemCategory.WAGES)
        self.asked.emit(NewEntry(int(account), wages, day, -amount, self.note.text()))

    def _chosen(self, *_: object) -> None:
        self.month_chosen.emit(self.first)

    def _money(self, amount: int) -> str:
        return money(amount, self._currency, language())


class WagesDeeds(QObject):
    """Shows the dialog, reads what a month cost, enters what somebody says."""

    def __init__(self, shell: Shell, over: QWidget, today: Today) -> None:
        super().__init__(over)
        self._shell, self._over, self._today = shell, over, today
        self._bridge = shell.bridge
        self.dialog: WagesDialog | None = None

    def why_not(self) -> str:
        """Return why somebody cannot enter wages; empty where they can."""
        needed = (list_labour, list_accounts, list_entries, add_entry)
        return next((why for op in needed if (why := self._bridge.why_not(op))), "")

    def ask(self) -> None:
        """Ask for the wages of a month."""
        self._bridge.ask(self, self._open, list_accounts)

    def _open(self, accounts: Sequence[AccountRow]) -> None:
        dialog = WagesDialog(accounts, self._today, self._over)
        dialog.asked.connect(partial(self._enter, dialog))
        dialog.month_chosen.connect(partial(self._look, dialog))
        self.dialog = dialog
        self._look(dialog, dialog.first)
        dialog.open()

    def _look(self, dialog: WagesDialog, first: date) -> None:
        last = first.replace(day=monthrange(first.year, first.month)[1])
        then = partial(self._with_cost, dialog, first)
        self._bridge.ask(dialog, then, list_labour, first, last)

    def _with_cost(self, dialog: WagesDialog, first: date, rows: Sequence[HoursRow]) -> None:
        def show(entered: Sequence[EntryRow]) -> None:
            if dialog.first == first:  # another month may have been chosen meanwhile
                dialog.show_cost(rows, entered)

        wanted = EntryFilter(first=first, category_id=int(SystemCategory.WAGES))
        self._bridge.ask(dialog, show, list_entries, wanted, 0, _MOST)

    def _enter(self, dialog: WagesDialog, new: NewEntry) -> None:
        self._bridge.ask_or(dialog, partial(self._entered, dialog), dialog.refuse, add_entry, new)

    def _entered(self, dialog: WagesDialog, entry: int) -> None:
        dialog.accept()

        def back() -> None:
            why = tr("Entered by mistake")
            self._bridge.ask(self, self._told, correct_entry, entry, why)

        self._shell.tell(tr("The wages are in the books."), back)

    def _told(self, _: object) -> None:
        self._shell.tell(tr("It was taken back by an entry of its own"))


def _months_ago(today: date, ago: int) -> date:
    found = today.replace(day=1)
    for _ in range(ago):
        found = (found - timedelta(days=1)).replace(day=1)
    return found


def _named(first: date) -> str:
    return f"{month_name(first.month, language())} {first.year}"
