"""The dialogs of the users card."""

from __future__ import annotations

from collections.abc import Callable, Collection

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QLineEdit, QWidget
from typing_extensions import override

from desktop_app.gui.fonts import font
from desktop_app.gui.new_password import NewPassword
from desktop_app.gui.text import say, tr
from desktop_app.gui.widgets.dialog import Dialog
from desktop_app.gui.widgets.form import Form
from desktop_app.kernel.access import Role
from desktop_app.kernel.errors import AppError
from desktop_app.kernel.roles import TITLES

_Context = Callable[[], Collection[str]]


class _WithPassword(Dialog):
    """Ends with a new password and the button that stores it."""

    def __init__(
        self, title: str, sentence: str, action: str, context: _Context, parent: QWidget
    ) -> None:
        super().__init__(title, sentence, parent)
        self.form = Form()
        self.password = NewPassword(context)
        self.body.addWidget(self.form)
        self.body.addWidget(self.password)
        self.add_cancel()
        self.done_button = self.add_button(action, "primary")
        self.done_button.clicked.connect(self._check)

    def refuse(self, error: AppError) -> None:
        """Say why it did not work; nothing was changed."""
        hint = say(error.hint) if error.hint else ""
        self.banner.tell("bad", say(error.message), hint)
        self.done_button.setEnabled(True)

    def _check(self) -> None:
        if self.password.ready():
            self.done_button.setEnabled(False)
            self._send()

    def _send(self) -> None:
        raise NotImplementedError


class UserDialog(_WithPassword):
    """Asks for a new user's name, role and first password; `asked(name, role, password)`.

    The role comes as its word: Qt makes plain text of a StrEnum.
    """

    asked = Signal(str, str, str)

    def __init__(self, parent: QWidget) -> None:
        name = QLineEdit()
        super().__init__(
            tr("Add a user"),
            tr("Tell them the password in person; they can change it after signing in."),
            tr("Add"),
            lambda: (name.text(),),
            parent,
        )
        self.name = name
        self.name.setFont(font(13))
        self.role = QComboBox()
        self.role.setFont(font(13))
        for role in (Role.STAFF, Role.MANAGER, Role.ACCOUNTANT, Role.AUDITOR, Role.OWNER):
            self.role.addItem(say(TITLES[role]), role.value)
        self.form.add("name", tr("Name"), self.name)
        self.form.add("role", tr("Role"), self.role)
        self.name.setFocus()

    @override
    def _send(self) -> None:
        self.asked.emit(self.name.text(), self.role.currentData(), self.password.text())


class PasswordDialog(_WithPassword):
    """Asks for a new password for somebody; `asked(password)`."""

    asked = Signal(str)

    def __init__(self, name: str, parent: QWidget) -> None:
        super().__init__(
            tr("New password for {name}", name=name),
            tr("The old one stops working at once."),
            tr("Set the password"),
            lambda: (name,),
            parent,
        )

    @override
    def _send(self) -> None:
        self.asked.emit(self.password.text())
