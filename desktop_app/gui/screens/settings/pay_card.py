"""What people earn: the newest of each, for who holds the key; a sentence for everybody else."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from functools import partial

from PySide6.QtWidgets import QWidget

from desktop_app.gui.bridge import Bridge
from desktop_app.gui.format import day, money
from desktop_app.gui.screens.settings.pay_dialog import PayDialog
from desktop_app.gui.text import language, say, tr
from desktop_app.gui.widgets.button import allow, button
from desktop_app.gui.widgets.card import Card
from desktop_app.gui.widgets.labels import IconLabel, label, rule
from desktop_app.gui.widgets.layout import clear, column, frame, row
from desktop_app.staff.operations import list_employees, list_pay, set_pay
from desktop_app.staff.records import BASES, EmployeeRow, PayBasis, PayRow, PayTerms
from desktop_app.venue.operations import get_today
from desktop_app.venue.records import Today


class PayCard(Card):
    """Lists the pay of everybody by name, and has a new one written down."""

    def __init__(self, bridge: Bridge, tell: Callable[[str], None]) -> None:
        self.write = button(tr("Write down"), "pencil", on_click=self._open)
        super().__init__(tr("Pay"), tr("What people earn, sealed by a key"), self.write)
        self._bridge, self._tell = bridge, tell
        self._today: Today | None = None
        self._employees: Sequence[EmployeeRow] = ()
        self._pay: dict[int, PayRow] = {}
        self.lines: dict[int, QWidget] = {}
        self._rows = column(gap=0)
        self.body.addLayout(self._rows)
        why_not = bridge.why_not(set_pay) or bridge.why_not(list_employees)
        allow(self.write, why_not or tr("The staff are being read."))
        self._may_write = not why_not
        self.locked = bridge.why_not(list_pay)
        if self.locked:
            line = row(IconLabel("lock", "text3", 18, "mute_soft"), gap=12)
            line.addWidget(label(self.locked, 12, tone="muted", wrap=True), 1)
            self._rows.addLayout(line)
        else:
            bridge.changed.connect(self._changed)
            self._look()

    def _look(self) -> None:
        self._bridge.ask(self, self._begin, get_today)

    def _changed(self, touched: frozenset[str]) -> None:
        if touched & {"salary", "employee"}:
            self._look()

    def _begin(self, today: Today) -> None:
        self._today = today
        if self._may_write:
            self._bridge.ask(self, self._know_employees, list_employees)
        else:
            self._bridge.ask(self, self._show, list_pay)

    def _know_employees(self, found: Sequence[EmployeeRow]) -> None:
        self._employees = found
        allow(self.write, "" if found else tr("Nobody is entered as staff yet."))
        self._bridge.ask(self, self._show, list_pay)

    def _show(self, found: Sequence[PayRow]) -> None:
        self._pay = {one.employee_id: one for one in reversed(found)}  # newest first: the last wins
        newest = sorted(self._pay.values(), key=lambda one: one.name)
        clear(self._rows)
        self.lines = {}
        for at, one in enumerate(newest):
            if at:
                self._rows.addWidget(rule())
            self.lines[one.employee_id] = self._line(one)
            self._rows.addWidget(self.lines[one.employee_id])
        if not newest:
            self._rows.addWidget(label(tr("No pay is written down yet."), 12, tone="muted"))

    def _line(self, one: PayRow) -> QWidget:
        since = tr("since {day}", day=day(one.since, language()))
        facts = f"{one.position} · {since}" if one.position else since
        if one.basis is not PayBasis.HOURS:
            facts = f"{facts} · {say(BASES[one.basis])}"
        who = column(label(one.name, 13, 500), label(facts, 12, tone="muted"), gap=2)
        line = row(gap=10, margins=(0, 7, 0, 7))
        line.addLayout(who, 1)
        line.addWidget(label(money(one.monthly_minor, self._currency, language()), 13, 600,
                             tabular=True))  # fmt: skip
        if self._may_write:
            tip = tr("Write down the pay of {name}", name=one.name)
            line.addWidget(
                button("", "pencil", "ghost", tip=tip, on_click=partial(self._open_for, one))
            )
        return frame(line, "clear")

    @property
    def _currency(self) -> str:
        return self._today.venue.currency if self._today else ""

    # --- writing down

    def _open(self) -> None:
        self._dialog().open()

    def _open_for(self, one: PayRow) -> None:
        dialog = self._dialog()
        dialog.choose(one.employee_id)
        dialog.open()

    def _dialog(self) -> PayDialog:
        now = {one.employee_id: one.monthly_minor for one in self._pay.values()}
        today = self._today.day if self._today else date.min
        dialog = PayDialog(self._employees, now, self._currency, today, self)
        dialog.asked.connect(partial(self._asked, dialog))
        return dialog

    def _asked(self, dialog: PayDialog, employee_id: int, since: date, amount: int) -> None:
        known = self._pay.get(employee_id)
        terms = known.terms if known is not None else PayTerms(amount)
        self._bridge.ask_or(
            dialog, partial(self._written, dialog), dialog.refuse, set_pay, employee_id, since,
            amount, terms.month_hours, basis=terms.basis,
        )  # fmt: skip

    def _written(self, dialog: PayDialog, _: object) -> None:
        dialog.accept()
        self._tell(tr("The pay is written down."))
