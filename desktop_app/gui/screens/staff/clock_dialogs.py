"""Clocking by card or PIN, correcting what was clocked, entering what was not, and tips."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLineEdit, QWidget
from typing_extensions import override

from desktop_app.gui.text import tr
from desktop_app.gui.widgets.ask_dialog import (
    DAY,
    TIME,
    AskDialog,
    typed_amount,
    typed_day,
    typed_time,
)
from desktop_app.gui.widgets.button import button
from desktop_app.kernel.clock import VenueTime
from desktop_app.kernel.errors import InvalidError
from desktop_app.kernel.words import msg
from desktop_app.staff.records import ClockRow, EmployeeRow


class TapDialog(AskDialog):
    """Clocks whoever holds a card to the reader, or types their PIN; `card(text)`, `pin(id, …)`."""

    card = Signal(str)
    pin = Signal(object, str)

    def __init__(self, people: Sequence[EmployeeRow], parent: QWidget | None) -> None:
        super().__init__(
            tr("Time clock"),
            tr("Hold a card to the reader, or choose a name and type the PIN. Who is in goes out."),
            tr("Clock"),
            parent,
        )
        options = [("", tr("By card"))]
        options += [(str(one.id), one.name) for one in people if one.active]
        self.who = self.add_choice("employee", tr("Who"), options)
        self.secret = self.add_line("card", tr("Card or PIN"))
        self.secret.setEchoMode(QLineEdit.EchoMode.Password)
        self.secret.setFocus()

    def told(self, sentence: str) -> None:
        """Say what came of it, and be ready for the next one."""
        self.banner.tell("ok", sentence, "")
        self.done_button.setEnabled(True)
        self.secret.clear()
        self.secret.setFocus()

    @override
    def send(self) -> None:
        """Send the card or the PIN."""
        who = self.who.currentData()
        if who:
            self.pin.emit(int(who), self.secret.text())
        else:
            self.card.emit(self.secret.text())


class CorrectDialog(AskDialog):
    """Corrects an entry; `asked(start, end, reason)`, both None where nothing counts instead."""

    asked = Signal(object, object, str)

    def __init__(self, entry: ClockRow, time: VenueTime, parent: QWidget | None) -> None:
        super().__init__(
            tr("Correct the hours of {name}", name=entry.name),
            tr("A new entry stands for this one. What was clocked stays in the list."),
            tr("Correct"),
            parent,
        )
        self._time = time
        end = f"{time.local(entry.ended_at):{TIME}}" if entry.ended_at else ""
        self.start = self.add_line("started", tr("Came"), f"{time.local(entry.started_at):{TIME}}")
        self.end = self.add_line("ended", tr("Went"), end, tr("Empty while still at work"))
        self.reason = self.add_line("reason", tr("Why"))
        self.void = button(tr("Does not count"), "x", "ghost", on_click=self._void)
        self.buttons.insertWidget(0, self.void)
        self.reason.setFocus()

    @override
    def send(self) -> None:
        """Send both times and the reason."""
        start, end = typed_time(self.start.text(), "started"), typed_time(self.end.text(), "ended")
        if start is None:
            raise InvalidError(msg("Write when the work began."), field="started")
        self.asked.emit(
            self._time.from_local(start),
            None if end is None else self._time.from_local(end),
            self.reason.text(),
        )

    def _void(self) -> None:
        self.form.clear_errors()
        self.asked.emit(None, None, self.reason.text())


class EnterDialog(AskDialog):
    """Enters time nobody clocked; `asked(employee id, start, end, reason)`."""

    asked = Signal(object, object, object, str)

    def __init__(
        self, people: Sequence[EmployeeRow], today: date, time: VenueTime, parent: QWidget | None
    ) -> None:
        super().__init__(
            tr("Enter working hours"),
            tr("For time that nobody clocked. It shows in the list with its reason."),
            tr("Enter"),
            parent,
        )
        self._time = time
        self.who = self.add_choice(
            "employee", tr("Who"), [(str(one.id), one.name) for one in people]
        )
        self.start = self.add_line("started", tr("Came"), f"{today:{DAY}} 10:00")
        self.end = self.add_line("ended", tr("Went"), f"{today:{DAY}} 19:00")
        self.reason = self.add_line("reason", tr("Why"))

    @override
    def send(self) -> None:
        """Send who, when and why."""
        start, end = typed_time(self.start.text(), "started"), typed_time(self.end.text(), "ended")
        if start is None:
            raise InvalidError(msg("Write when the work began."), field="started")
        if end is None:
            raise InvalidError(msg("Write when the work ended."), field="ended")
        self.asked.emit(
            int(self.who.currentData() or 0), self._time.from_local(start),
            self._time.from_local(end), self.reason.text(),
        )  # fmt: skip


class TipDialog(AskDialog):
    """Enters tips; `asked(employee id, day, minor units)`."""

    asked = Signal(object, object, object)

    def __init__(
        self, people: Sequence[EmployeeRow], today: date, currency: str, parent: QWidget | None
    ) -> None:
        super().__init__(
            tr("Enter tips"),
            tr("Tips are a part of what somebody earns: only those who may see pay see them."),
            tr("Enter"),
            parent,
        )
        self._currency = currency
        working = [(str(one.id), one.name) for one in people if one.active]
        self.who = self.add_choice("employee", tr("Who"), working)
        self.day = self.add_line("day", tr("Day"), f"{today:{DAY}}")
        self.amount = self.add_line("amount", tr("Amount ({currency})", currency=currency))
        self.amount.setFocus()

    @override
    def send(self) -> None:
        """Send who, when and how much."""
        day = typed_day(self.day.text(), "day")
        if day is None:
            raise InvalidError(msg("Write the day."), field="day")
        amount = typed_amount(self.amount.text(), self._currency)
        self.asked.emit(int(self.who.currentData() or 0), day, amount)
