"""One request: what exactly is asked, by whom, why and until when; and what can be done with it."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QWidget

from desktop_app.access.request_records import RequestSheet, State
from desktop_app.access.request_words import argument_words
from desktop_app.gui.fonts import font
from desktop_app.gui.format import moment
from desktop_app.gui.screens.approvals.wording import mood_of
from desktop_app.gui.text import language, say, tr
from desktop_app.gui.widgets.badge import Badge
from desktop_app.gui.widgets.dialog import Dialog
from desktop_app.gui.widgets.form import FormRow
from desktop_app.gui.widgets.labels import label, rule
from desktop_app.gui.widgets.layout import row
from desktop_app.kernel.asking import LIMITS
from desktop_app.kernel.errors import AppError
from desktop_app.kernel.words import Message
from desktop_app.venue.records import Today

_WIDE = 150


class RequestDialog(Dialog):
    """Shows a request; its signals say what the person chose. What is shown is what is signed.

    `approved(reason)`, `refused(reason)`, `wanted` to carry it out, `taken_back`.
    """

    approved = Signal(str)
    refused = Signal(str)
    wanted = Signal()
    taken_back = Signal()

    def __init__(self, sheet: RequestSheet, today: Today, parent: QWidget) -> None:
        super().__init__(say(sheet.what), "", parent)
        self.setMinimumWidth(560)
        self._today = today
        self.reason = QLineEdit()
        self.reason.setFont(font(13))
        self.answer = FormRow(
            tr("What you say to it"), self.reason, tr("Needed for a refusal; the other reads it.")
        )
        self._facts(sheet)
        self._buttons(sheet)

    def show_error(self, error: AppError) -> None:
        """Say why it did not work; nothing was changed."""
        hint = say(error.hint) if error.hint else ""
        self.banner.tell("bad", say(error.message), hint)

    def _facts(self, sheet: RequestSheet) -> None:
        request = sheet.row
        self.body.addLayout(row(Badge(mood_of(request)), None))
        if sheet.readable:
            lines = [(say(argument_words(name)), value) for name, value in sheet.arguments]
            lines += [
                (tr("Up to"), say(Message(LIMITS[limit].text, {"value": value})))
                for limit, value in sheet.limits.items()
            ]
            for name, value in lines:
                self.body.addLayout(_line(name, value))
            self.body.addWidget(rule())
            self.body.addLayout(_line(tr("Reason"), sheet.reason))
        else:
            text = tr("What exactly is asked was not addressed to you.")
            self.body.addWidget(label(text, tone="muted", wrap=True))
        self.body.addLayout(_line(tr("Asked by"), request.requester))
        local = self._today.venue.time.local
        self.body.addLayout(_line(tr("Asked"), moment(local(request.asked_at), language())))
        self.body.addLayout(_line(tr("Ends"), moment(local(request.expires_at), language())))
        if request.decided_by:
            self.body.addLayout(_line(tr("Decided by"), request.decided_by))
        if sheet.answer:
            self.body.addLayout(_line(tr("Answer"), sheet.answer))

    def _buttons(self, sheet: RequestSheet) -> None:
        request = sheet.row
        close = self.add_button(tr("Close"))
        close.clicked.connect(self.reject)
        if request.for_me:
            self.body.addWidget(self.answer)
            self.refuse = self.add_button(tr("Refuse"), "danger")
            self.refuse.clicked.connect(self._refuse)
            self.approve = self.add_button(tr("Agree"), "primary")
            self.approve.clicked.connect(self._approve)
        if request.mine and request.state in (State.WAITING, State.APPROVED):
            self.take_back = self.add_button(tr("Take back"))
            self.take_back.clicked.connect(self.taken_back)
        if request.mine and request.state is State.APPROVED:
            self.carry_out = self.add_button(tr("Do it now"), "primary")
            self.carry_out.clicked.connect(self.wanted)

    def _approve(self) -> None:
        self.approved.emit(self.reason.text().strip())

    def _refuse(self) -> None:
        said = self.reason.text().strip()
        self.answer.set_error("" if said else tr("Say why."))
        if said:
            self.refused.emit(said)


def _line(name: str, value: str) -> QHBoxLayout:
    title = label(name, 12, tone="muted")
    title.setFixedWidth(_WIDE)
    made = row(title, gap=12)
    made.addWidget(label(value, 13, 500, wrap=True), 1)
    return made
