"""Asks the person at the screen for what a deed still needs, so that screens need not."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QApplication, QLineEdit, QWidget

from desktop_app.access.approvals import list_approvals, request_approval
from desktop_app.access.request_records import Filed, RequestRow, State
from desktop_app.access.request_words import wish_words
from desktop_app.gui.bridge import Bridge
from desktop_app.gui.fonts import font
from desktop_app.gui.format import moment
from desktop_app.gui.later import Later
from desktop_app.gui.manager_dialog import ManagerDialog
from desktop_app.gui.text import language, say, tr
from desktop_app.gui.widgets.dialog import Dialog
from desktop_app.gui.widgets.form import FormRow
from desktop_app.gui.widgets.labels import label
from desktop_app.gui.widgets.password_edit import PasswordEdit
from desktop_app.kernel import deeds
from desktop_app.kernel.asking import ApprovalNeededError, ConfirmationNeededError
from desktop_app.kernel.errors import AppError


class PasswordAgainDialog(Dialog):
    """Says what is about to be done and asks for the password; good for this one act."""

    def __init__(self, bridge: Bridge, later: Later, error: ConfirmationNeededError) -> None:
        super().__init__(
            tr("Your password again"),
            tr("Before this is done, we make sure that it is you."),
            parent_for(bridge),
        )
        self._bridge, self._later, self._error = bridge, later, error
        self.body.addWidget(label(say(deeds.ABOUT[error.deed].text), 15, 600, wrap=True))
        self.password = PasswordEdit(tr("Password"))
        self.row = FormRow(
            tr("Password of {name}", name=bridge.app.actor.name),
            self.password,
            tr("Good for this one act, within five minutes.")
            if error.password_only
            else tr("Good for this one act. Your PIN will do where it was unlocked here today."),
        )
        self.body.addWidget(self.row)
        self.add_cancel()
        self.confirm = self.add_button(tr("Go on"), "primary")
        self.confirm.clicked.connect(self._confirm)
        self.password.entered.connect(self._confirm)
        self.rejected.connect(partial(later.refuse, error))
        self.password.setFocus()

    def _confirm(self) -> None:
        if not self.password.text():
            self.row.set_error(tr("Type your password."))
            return
        self.confirm.setEnabled(False)
        self.row.set_error("")
        asked = self._bridge.app.start_confirming(self._later.op, self.password.text())
        self._bridge.follow(self, asked.future, self._confirmed, self._refused)

    def _confirmed(self, _: None) -> None:
        self.password.clear()
        self.accept()
        self._later.go_on()

    def _refused(self, error: AppError) -> None:
        self.confirm.setEnabled(True)
        self.password.clear()
        self.row.set_error(say(error.message))
        self.password.setFocus()


class SecondPersonDialog(Dialog):
    """Says that a second person has to agree, and asks why it is wanted; `filed(Filed)`."""

    filed = Signal(object)

    def __init__(self, bridge: Bridge, later: Later, error: ApprovalNeededError) -> None:
        super().__init__(
            tr("A second person has to agree"),
            tr("Nothing was done yet. Ask for it: they see exactly what you want, and why."),
            parent_for(bridge),
        )
        self._bridge, self._later, self._error = bridge, later, error
        self.body.addWidget(label(say(wish_words(later.op.name)), 15, 600, wrap=True))
        self.reason = QLineEdit()
        self.reason.setFont(font(13))
        self.row = FormRow(tr("Why it is wanted"), self.reason, tr("They read it, and so do you."))
        self.body.addWidget(self.row)
        self.add_cancel()
        self.ask = self.add_button(tr("Ask for it"), "primary")
        self.ask.clicked.connect(self._ask)
        self.reason.setFocus()

    def _ask(self) -> None:
        args, kwargs = self._later.arguments
        limit = self._error.limit
        self.ask.setEnabled(False)
        self.row.set_error("")
        self._bridge.ask_or(
            self, self._filed, self._refused, request_approval, self._later.op.name, args, kwargs,
            self.reason.text(), None if limit is None else {limit: self._error.value},
        )  # fmt: skip

    def _filed(self, filed: Filed) -> None:
        self.filed.emit(filed)
        self.accept()

    def _refused(self, error: AppError) -> None:
        self.ask.setEnabled(True)
        self.row.set_error(say(error.message))
        self.reason.setFocus()


class WindowUsher(QObject):
    """Opens the dialogs over whatever is in front; `told` what the person should know now.

    It also keeps the number of requests that wait for the person (`waiting`), and says when one
    of their own has been decided.
    """

    told = Signal(str)
    waiting = Signal(int)

    def __init__(self, bridge: Bridge) -> None:
        super().__init__(bridge)
        self._bridge = bridge
        self._open: frozenset[int] = frozenset()

    def watch(self) -> None:
        """Look at the requests now, and whenever one changes."""
        self._bridge.changed.connect(self._changed)
        self._look()

    def ask_password(self, later: Later, error: ConfirmationNeededError) -> None:
        """Ask for the password; `later` goes on with it, and is refused without."""
        PasswordAgainDialog(self._bridge, later, error).open()

    def ask_manager(self, later: Later) -> None:
        """Ask for a manager at this desk; `later` goes on with them, and stops without."""
        ManagerDialog(self._bridge, later, parent_for(self._bridge)).open()

    def ask_second_person(self, later: Later, error: ApprovalNeededError) -> None:
        """Say that a second person has to agree, and offer to ask for it."""
        dialog = SecondPersonDialog(self._bridge, later, error)
        dialog.filed.connect(self._filed)
        dialog.open()

    def _filed(self, filed: Filed) -> None:
        names = ", ".join(filed.approvers[:3])
        until = moment(filed.expires_at.astimezone(), language())
        self.told.emit(tr("Asked for. Waits for {names} until {until}.", names=names, until=until))

    def _changed(self, touched: frozenset[str]) -> None:
        if "approval_request" in touched:
            self._look()

    def _look(self) -> None:
        self._bridge.ask_or(self, self._show, lambda _: None, list_approvals)

    def _show(self, rows: Sequence[RequestRow]) -> None:
        self.waiting.emit(sum(1 for one in rows if one.for_me))
        for one in rows:
            if one.id in self._open and one.state in (State.APPROVED, State.REFUSED):
                what = say(wish_words(one.operation))
                if one.state is State.APPROVED:
                    text = tr("{name} has agreed: {what}.", name=one.decided_by, what=what)
                else:
                    text = tr("{name} has refused: {what}.", name=one.decided_by, what=what)
                self.told.emit(text)
        self._open = frozenset(one.id for one in rows if one.mine and one.state is State.WAITING)


def parent_for(bridge: Bridge) -> QWidget | None:
    """Return what lies in front: a dialog that asked, or the window."""
    front = QApplication.activeModalWidget()
    if front is not None:
        return front
    window = bridge.parent()
    return window if isinstance(window, QWidget) else None
