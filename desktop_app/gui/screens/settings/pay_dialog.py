"""Writes down what somebody earns a month from a day on."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from PySide6.QtCore import QDate, Qt, Signal
from PySide6.QtWidgets import QComboBox, QDateEdit, QLineEdit, QWidget

from desktop_app.gui.fonts import font
from desktop_app.gui.format import bare
from desktop_app.gui.text import language, say, tr
from desktop_app.gui.widgets.dialog import Dialog
from desktop_app.gui.widgets.form import Form
from desktop_app.kernel.errors import AppError, InvalidError
from desktop_app.kernel.money import minor
from desktop_app.staff.records import EmployeeRow


class PayDialog(Dialog):
    """Asks who, how much and from when; `asked(employee id, day, minor units)`."""

    asked = Signal(object, object, object)

    def __init__(
        self,
        employees: Sequence[EmployeeRow],
        now: Mapping[int, int],
        currency: str,
        today: date,
        parent: QWidget | None,
    ) -> None:
        super().__init__(
            tr("Write down pay"),
            tr("What was before that day stays. The amounts are sealed: only those who may see "
               "salaries have the key."),
            parent,
        )  # fmt: skip
        self._now, self._currency = now, currency
        self.who = QComboBox()
        self.who.setFont(font(13))
        for one in sorted(employees, key=lambda one: not one.active):
            name = one.name if one.active else tr("{name} (left)", name=one.name)
            # As text: Qt's numbers have 32 bits, and ours 63.
            self.who.addItem(f"{name} · {one.position}" if one.position else name, str(one.id))
        self.amount = QLineEdit()
        self.amount.setFont(font(13, tabular=True))
        self.since = QDateEdit(QDate(today.year, today.month, 1))
        self.since.setDisplayFormat("dd.MM.yyyy")
        self.since.setCalendarPopup(True)
        self.since.setFont(font(13, tabular=True))
        self.since.calendarWidget().setFirstDayOfWeek(Qt.DayOfWeek.Monday)
        self.form = Form()
        self.form.add("employee", tr("Who"), self.who)
        self.form.add("amount", tr("Pay, in {currency}", currency=currency), self.amount)
        self.form.add("since", tr("From this day on"), self.since)
        self.body.addWidget(self.form)
        self.add_cancel()
        self.done_button = self.add_button(tr("Write it down"), "primary")
        self.done_button.clicked.connect(self._done)
        self.who.currentIndexChanged.connect(self._begin)
        self._begin()
        self.amount.setFocus()

    def choose(self, employee_id: int) -> None:
        """Begin with somebody."""
        self.who.setCurrentIndex(self.who.findData(str(employee_id)))

    def refuse(self, error: AppError) -> None:
        """Say why it was not written down."""
        self.done_button.setEnabled(True)
        if not (isinstance(error, InvalidError) and self.form.show_error(error)):
            self.form.row("amount").set_error(say(error.message))

    def _begin(self, *_: object) -> None:
        known = self._now.get(int(self.who.currentData() or 0))
        self.amount.setText("" if known is None else bare(known, self._currency, language()))
        self.amount.selectAll()

    def _done(self) -> None:
        self.form.clear_errors()
        typed = self.amount.text().strip().replace(" ", "").replace(",", ".")
        if not typed:
            self.form.row("amount").set_error(tr("Write an amount."))
            return
        try:
            amount = minor(typed, self._currency)
        except InvalidError as error:
            self.form.row("amount").set_error(say(error.message))
            return
        day = self.since.date()
        self.done_button.setEnabled(False)
        self.asked.emit(
            int(self.who.currentData()), date(day.year(), day.month(), day.day()), amount
        )
