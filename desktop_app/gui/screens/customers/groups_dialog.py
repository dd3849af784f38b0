"""Groups of customers with their rates, and the coming birthdays."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal, InvalidOperation

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLineEdit, QWidget

from desktop_app.customers.records import BirthdayRow, GroupForm, GroupRow
from desktop_app.gui.fonts import font
from desktop_app.gui.format import day
from desktop_app.gui.screens.customers.days import typed_day, written
from desktop_app.gui.text import language, say, tr
from desktop_app.gui.widgets.dialog import Dialog
from desktop_app.gui.widgets.empty_state import EmptyState
from desktop_app.gui.widgets.form import Form
from desktop_app.gui.widgets.layout import column, row
from desktop_app.gui.widgets.records.column import Column
from desktop_app.gui.widgets.records.record_table import RecordTable
from desktop_app.kernel.errors import AppError, InvalidError
from desktop_app.kernel.text import masked_phone

_WIDE, _HIGH, _GROUPS_HIGH = 820, 460, 660
_TABLE_HIGH = 180
_BP = 100


class GroupsDialog(Dialog):
    """Lists groups; `changed(GroupRow or None, GroupForm)` to store one, `removed(GroupRow)`."""

    changed = Signal(object, object)
    removed = Signal(object)

    def __init__(self, rows: Sequence[GroupRow], parent: QWidget | None, *, why_not: str) -> None:
        super().__init__(
            tr("Groups of customers"), tr("What they pay less, and what they get back."), parent
        )
        self.resize(_WIDE, _GROUPS_HIGH)
        self._row: GroupRow | None = None
        self.table: RecordTable[GroupRow, None] = RecordTable(
            tr("Groups of customers"),
            [
                Column(tr("Name"), lambda one: one.name, 220, "strong", stretch=True),
                Column(tr("Discount"), lambda one: f"{percent(one.discount_bp)} %", 100, "number"),
                Column(tr("Cashback"), lambda one: f"{percent(one.cashback_bp)} %", 90, "number"),
                Column(tr("Bonus"), lambda one: f"{percent(one.bonus_bp)} %", 90, "number"),
                Column(
                    tr("Imports from"),
                    lambda one: day(one.earns_from, language()) if one.earns_from else "–",
                    120,
                ),
                Column(tr("Customers"), lambda one: str(one.customers), 110, "number"),
            ],
        )
        self.name, self.discount, self.cashback = QLineEdit(), QLineEdit(), QLineEdit()
        self.bonus, self.earns_from = QLineEdit(), QLineEdit()
        self.earns_from.setPlaceholderText("01.10.2026")
        self._edits = (self.name, self.discount, self.cashback, self.bonus, self.earns_from)
        for field in self._edits:
            field.setFont(font(13))
        self.form, self.more = Form(), Form()
        self.form.add("name", tr("Name"), self.name)
        self.form.add("discount", tr("Discount, %"), self.discount)
        self.more.add("cashback", tr("Cashback, %"), self.cashback)
        self.more.add("bonus", tr("Bonus, %"), self.bonus)
        self.more.add(
            "earns_from", tr("Imported receipts earn from"), self.earns_from,
            tr("Empty: only receipts entered here earn. Paid with bonus earns nothing."),
        )  # fmt: skip
        self.table.activated_row.connect(self._edit)
        self.table.setMinimumHeight(_TABLE_HIGH)
        self.body.addWidget(self.table, 1)
        both = row(gap=24)
        for form in (self.form, self.more):
            side = column(form, gap=0)
            side.addStretch(1)
            both.addLayout(side, 1)
        self.body.addLayout(both)
        self.fresh = self.add_button(tr("New group"))
        self.fresh.clicked.connect(self._begin_new)
        self.remove = self.add_button(tr("Remove"))
        self.remove.clicked.connect(self._remove)
        close = self.add_button(tr("Close"))
        close.clicked.connect(self.accept)
        self.done_button = self.add_button(tr("Save"), "primary")
        self.done_button.clicked.connect(self._done)
        for made in (self.fresh, self.remove, self.done_button):
            made.setEnabled(not why_not)
            made.setToolTip(why_not)
        self.show_rows(rows)

    def show_rows(self, rows: Sequence[GroupRow]) -> None:
        """Show the groups as they are now; a new one can be typed."""
        self.banner.hide()
        self.table.show_records(rows)
        self._begin_new()

    def refuse(self, error: AppError) -> None:
        """Say why it was not done."""
        forms = (self.form, self.more)
        if not (isinstance(error, InvalidError) and any(one.show_error(error) for one in forms)):
            self.banner.tell("bad", say(error.message), say(error.hint) if error.hint else "")

    def _begin_new(self) -> None:
        self._row = None
        for field in self._edits:
            field.clear()
        self.form.clear_errors()
        self.more.clear_errors()
        self.name.setFocus()

    def _edit(self, at: int) -> None:
        group = self.table.record(at)
        if group is None:
            return
        self._row = group
        self.form.clear_errors()
        self.more.clear_errors()
        self.name.setText(group.name)
        self.discount.setText(percent(group.discount_bp))
        self.cashback.setText(percent(group.cashback_bp))
        self.bonus.setText(percent(group.bonus_bp))
        self.earns_from.setText(written(group.earns_from))
        self.name.setFocus()

    def _remove(self) -> None:
        row = self.table.current_record()
        if row is not None:
            self.removed.emit(row)

    def _done(self) -> None:
        self.form.clear_errors()
        self.more.clear_errors()
        rates = []
        for fields, field, edit in (
            (self.form, "discount", self.discount),
            (self.more, "cashback", self.cashback),
            (self.more, "bonus", self.bonus),
        ):
            rate = basis_points(edit.text())
            if rate is None:
                fields.row(field).set_error(tr("Write a percentage, such as 5 or 7.5."))
                return
            rates.append(rate)
        try:
            earns_from = typed_day(self.earns_from.text())
        except ValueError:
            self.more.row("earns_from").set_error(
                tr("Write a day that exists, such as 28.02.1990.")
            )
            return
        discount, cashback, bonus = rates
        form = GroupForm(self.name.text(), discount, cashback, bonus, earns_from)
        self.changed.emit(self._row, form)


class BirthdaysDialog(Dialog):
    """Lists whose birthday comes; `opened(customer id)` on Enter."""

    opened = Signal(object)

    def __init__(self, rows: Sequence[BirthdayRow], parent: QWidget | None) -> None:
        super().__init__(
            tr("Birthdays of the next 30 days"),
            tr("Write only to those who agreed to offers."),
            parent,
        )
        self.resize(_WIDE, _HIGH)
        self.table: RecordTable[BirthdayRow, None] = RecordTable(
            tr("Birthdays of the next 30 days"),
            [
                Column(
                    tr("Day"),
                    lambda one: day(one.day, language()),
                    120,
                    "strong",
                    raw=lambda one: f"{one.day:%Y-%m-%d}",
                ),
                Column(tr("Name"), lambda one: one.name, 200, stretch=True),
                Column(tr("Turns the age of"), lambda one: str(one.turns), 140),
                Column(
                    tr("Telephone"),
                    lambda one: masked_phone(one.phone),
                    150,
                    filed=lambda one: one.phone,
                ),
                Column(
                    tr("May be written to"),
                    lambda one: tr("Agreed to offers") if one.may_greet else tr("No"),
                    150,
                    "dim",
                ),
            ],
        )
        self.table.show_records(rows)
        self.table.activated_row.connect(self._open)
        if rows:
            self.body.addWidget(self.table, 1)
        else:
            self.body.addWidget(EmptyState("cake", tr("No birthdays"), tr("Nobody's is near.")))
        close = self.add_button(tr("Close"), "primary")
        close.clicked.connect(self.accept)

    def _open(self, at: int) -> None:
        row = self.table.record(at)
        if row is not None:
            self.opened.emit(row.id)
            self.accept()


def percent(bp: int) -> str:
    """Return basis points as a percentage without needless zeros."""
    return f"{Decimal(bp) / _BP:f}"


def basis_points(text: str) -> int | None:
    """Return what somebody typed as basis points; None where it is no percentage."""
    typed = text.strip().rstrip("%").strip().replace(",", ".") or "0"
    try:
        rate = Decimal(typed) * _BP
        return int(rate) if rate == int(rate) else None
    except (InvalidOperation, ValueError, OverflowError):
        return None
