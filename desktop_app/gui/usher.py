"""Asks the person at the screen for what a deed still needs, so that screens need not."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QApplication, QWidget

from desktop_app.gui.bridge import Bridge
from desktop_app.gui.later import Later
from desktop_app.gui.text import say, tr
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
            tr("Good for this one act, within five minutes."),
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


class WindowUsher(QObject):
    """Opens the dialogs over whatever is in front."""

    def __init__(self, bridge: Bridge) -> None:
        super().__init__(bridge)
        self._bridge = bridge

    def ask_password(self, later: Later, error: ConfirmationNeededError) -> None:
        """Ask for the password; `later` goes on with it, and is refused without."""
        PasswordAgainDialog(self._bridge, later, error).open()

    def ask_second_person(self, later: Later, error: ApprovalNeededError) -> None:
        """Say that a second person has to agree."""


def parent_for(bridge: Bridge) -> QWidget | None:
    """Return what lies in front: a dialog that asked, or the window."""
    front = QApplication.activeModalWidget()
    if front is not None:
        return front
    window = bridge.parent()
    return window if isinstance(window, QWidget) else None
