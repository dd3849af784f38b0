"""Entering money, moving it, taking an entry back, and what accounts and categories are called."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QWidget
from typing_extensions import override

from desktop_app.finance.kinds import ACCOUNT_KINDS, DIRECTIONS, AccountKind, Direction
from desktop_app.finance.records import (
    AccountForm,
    AccountRow,
    CategoryForm,
    CategoryRow,
    EntryRow,
    NewEntry,
)
from desktop_app.gui.fonts import font
from desktop_app.gui.format import bare, money
from desktop_app.gui.text import language, say, tr
from desktop_app.gui.widgets.ask_dialog import DAY, AskDialog, choose, typed_amount, typed_day
from desktop_app.gui.widgets.button import button
from desktop_app.kernel.errors import InvalidError
from desktop_app.kernel.words import msg

_NO_TRANSFER = 9


def _accounts(found: Sequence[AccountRow]) -> list[tuple[str, str]]:
    return [(str(one.id), one.title) for one in found if one.active]


class EntryDialog(AskDialog):
    """Enters income or an expense; `asked(entry)`."""

    asked = Signal(object)

    def __init__(
        self,
        accounts: Sequence[AccountRow],
        categories: Sequence[CategoryRow],
        today: date,
        currency: str,
        parent: QWidget | None,
        title: str = "",
    ) -> None:
        super().__init__(
            title or tr("Enter money"),
            tr("Nobody changes an entry later: what was wrong is taken back by a new one."),
            tr("Enter"),
            parent,
        )
        self._currency = currency
        self._categories = [
            one for one in categories if one.active and not (one.system and one.id == _NO_TRANSFER)
        ]
        self.direction = self.add_choice(
            "direction",
            tr("Which way"),
            [(one.value, say(DIRECTIONS[one])) for one in (Direction.EXPENSE, Direction.INCOME)],
        )
        self.category = self.add_choice("category", tr("Category"), [])
        self.account = self.add_choice("account", tr("Account"), _accounts(accounts))
        self.amount = self.add_line("amount", tr("Amount ({currency})", currency=currency))
        self.day = self.add_line("day", tr("Day"), f"{today:{DAY}}")
        self.note = self.add_line("note", tr("Note"))
        self.direction.currentIndexChanged.connect(self._offer)
        self._offer()
        self.amount.setFocus()

    @override
    def send(self) -> None:
        """Send the entry."""
        self.asked.emit(self.typed())

    def typed(self) -> NewEntry:
        """Return the entry, with the sign of its direction; InvalidError names the field."""
        amount = typed_amount(self.amount.text(), self._currency)
        if amount <= 0:
            raise InvalidError(msg("Write more than nothing, without a minus."), field="amount")
        day = typed_day(self.day.text(), "day")
        if day is None:
            raise InvalidError(msg("Write the day."), field="day")
        out = self.direction.currentData() == Direction.EXPENSE.value
        return NewEntry(
            int(self.account.currentData() or 0), int(self.category.currentData() or 0), day,
            -amount if out else amount, self.note.text(),
        )  # fmt: skip

    def _offer(self, *_: object) -> None:
        """Offer the categories whose money goes that way, the restaurant's own first."""
        wanted = Direction(self.direction.currentData())
        self.category.clear()
        for one in sorted(self._categories, key=lambda one: one.system):
            if one.direction in {wanted, Direction.BOTH}:
                self.category.addItem(say(one.title), str(one.id))


class InsteadDialog(EntryDialog):
    """Asks what is right instead of an entry, and why; `corrected(entry, reason)`."""

    corrected = Signal(object, str)

    def __init__(
        self,
        accounts: Sequence[AccountRow],
        categories: Sequence[CategoryRow],
        entry: EntryRow,
        currency: str,
        parent: QWidget | None,
    ) -> None:
        title = tr("What is right instead")
        super().__init__(accounts, categories, entry.day, currency, parent, title)
        way = Direction.EXPENSE if entry.amount_minor < 0 else Direction.INCOME
        choose(self.direction, way.value)
        choose(self.category, str(entry.category_id))
        choose(self.account, str(entry.account_id))
        self.amount.setText(bare(abs(entry.amount_minor), currency, language()))
        self.note.setText(entry.note)
        self.reason = self.add_line("reason", tr("Why"))

    @override
    def send(self) -> None:
        """Send what is right and why."""
        self.corrected.emit(self.typed(), self.reason.text())


class TransferDialog(AskDialog):
    """Moves money; `asked(from, to, entry)`."""

    asked = Signal(object, object, object)

    def __init__(
        self, accounts: Sequence[AccountRow], today: date, currency: str, parent: QWidget | None
    ) -> None:
        super().__init__(
            tr("Move money"),
            tr("From one account to another: two entries that add up to nothing."),
            tr("Move"),
            parent,
        )
        self._currency = currency
        self.source = self.add_choice("source", tr("From"), _accounts(accounts))
        self.target = self.add_choice("target", tr("To"), _accounts(accounts))
        self.target.setCurrentIndex(min(1, self.target.count() - 1))
        self.amount = self.add_line("amount", tr("Amount ({currency})", currency=currency))
        self.day = self.add_line("day", tr("Day"), f"{today:{DAY}}")
        self.note = self.add_line("note", tr("Note"))
        self.amount.setFocus()

    @override
    def send(self) -> None:
        """Send what is to be moved."""
        day = typed_day(self.day.text(), "day")
        if day is None:
            raise InvalidError(msg("Write the day."), field="day")
        amount = typed_amount(self.amount.text(), self._currency)
        source = int(self.source.currentData() or 0)
        new = NewEntry(source, 0, day, amount, self.note.text())
        self.asked.emit(source, int(self.target.currentData() or 0), new)


class CorrectDialog(AskDialog):
    """Takes an entry back; `asked(reason)`, `instead_wanted` to enter what is right as well."""

    asked = Signal(str)
    instead_wanted = Signal()

    def __init__(self, entry: EntryRow, currency: str, parent: QWidget | None) -> None:
        super().__init__(
            tr("Take an entry back"),
            tr("{category}, {amount} on {day}. A new entry takes it back and points at it; both "
               "stay in the books.",
               category=say(entry.title), amount=money(entry.amount_minor, currency, language()),
               day=f"{entry.day:{DAY}}"),
            tr("Take it back"),
            parent,
        )  # fmt: skip
        self.reason = self.add_line("reason", tr("Why"))
        self.instead = button(
            tr("Enter the right one instead…"), "pencil", "ghost", on_click=self.instead_wanted
        )
        self.instead.setVisible(not entry.document)  # a transfer is entered anew
        self.buttons.insertWidget(0, self.instead)
        self.reason.setFocus()

    @override
    def send(self) -> None:
        """Send the reason."""
        self.asked.emit(self.reason.text())


class AccountDialog(AskDialog):
    """Opens or changes an account; `asked(form, opening)`."""

    asked = Signal(object, object)

    def __init__(self, row: AccountRow | None, currency: str, parent: QWidget | None) -> None:
        super().__init__(
            row.name if row else tr("Open an account"),
            tr("Its balance is the sum of its entries."),
            tr("Save"),
            parent,
        )
        self._currency, self._is_new = currency, row is None
        self.name = self.add_line("name", tr("Name"), row.name if row else "")
        kinds = [(kind.value, say(words)) for kind, words in ACCOUNT_KINDS.items()]
        self.kind = self.add_choice("kind", tr("Kind"), kinds)
        if row is not None:
            choose(self.kind, row.kind.value)
        self.opening = self.add_line(
            "opening", tr("What lies in it already ({currency})", currency=currency), "0"
        )
        self.form.row("opening").setVisible(row is None)
        self.active = QCheckBox(tr("In use"))
        self.active.setFont(font(13))
        self.active.setChecked(row is None or row.active)
        self.active.setVisible(row is not None)
        self.form.add("active", "", self.active)
        self.name.setFocus()

    @override
    def send(self) -> None:
        """Send what is typed."""
        opening = typed_amount(self.opening.text(), self._currency, "opening")
        form = AccountForm(
            self.name.text(), AccountKind(self.kind.currentData()), self.active.isChecked()
        )
        self.asked.emit(form, opening)


class CategoryDialog(AskDialog):
    """Adds or changes a category of the restaurant's own; `asked(form)`."""

    asked = Signal(object)

    def __init__(
        self, row: CategoryRow | None, others: Sequence[CategoryRow], parent: QWidget | None
    ) -> None:
        super().__init__(
            say(row.title) if row else tr("Add a category"),
            tr("Categories say what money came for and went for."),
            tr("Save"),
            parent,
        )
        self.name = self.add_line("name", tr("Name"), say(row.title) if row else "")
        self.direction = self.add_choice(
            "direction", tr("Which way"), [(key.value, say(one)) for key, one in DIRECTIONS.items()]
        )
        around = [("", tr("None"))]
        around += [(str(one.id), say(one.title)) for one in others if not row or one.id != row.id]
        self.parent_box = self.add_choice("parent", tr("Inside of"), around)
        self.active = QCheckBox(tr("In use"))
        self.active.setFont(font(13))
        self.active.setChecked(row is None or row.active)
        self.form.add("active", "", self.active)
        if row is not None:
            choose(self.direction, row.direction.value)
            choose(self.parent_box, str(row.parent_id or ""))
        self.name.setFocus()

    @override
    def send(self) -> None:
        """Send what is typed."""
        above = self.parent_box.currentData()
        self.asked.emit(
            CategoryForm(
                self.name.text(), Direction(self.direction.currentData()),
                int(above) if above else None, self.active.isChecked(),
            )
        )  # fmt: skip
