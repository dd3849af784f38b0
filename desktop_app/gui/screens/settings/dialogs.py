"""The dialogs of the users card: a new user, and the one-time code that lets somebody in."""

from __future__ import annotations

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QComboBox, QLineEdit, QWidget

from desktop_app.gui.fonts import font
from desktop_app.gui.text import say, tr
from desktop_app.gui.widgets.button import retitle
from desktop_app.gui.widgets.dialog import Dialog
from desktop_app.gui.widgets.form import Form
from desktop_app.gui.widgets.labels import label
from desktop_app.kernel.access import Role
from desktop_app.kernel.errors import AppError, InvalidError
from desktop_app.kernel.roles import TITLES
from desktop_app.vault.one_time import OneTimeCode

_COPIED_MS = 30_000


class UserDialog(Dialog):
    """Asks for a new user's name and role; `asked(name, role)`.

    The role comes as its word: Qt makes plain text of a StrEnum.
    """

    asked = Signal(str, str)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(
            tr("Add a user"),
            tr("They get a one-time code from you and choose a password that only they know."),
            parent,
        )
        self.form = Form()
        self.name = QLineEdit()
        self.name.setFont(font(13))
        self.role = QComboBox()
        self.role.setFont(font(13))
        for role in (Role.STAFF, Role.MANAGER, Role.ACCOUNTANT, Role.AUDITOR, Role.OWNER):
            self.role.addItem(say(TITLES[role]), role.value)
        self.form.add("name", tr("Name"), self.name)
        self.form.add("role", tr("Role"), self.role)
        self.body.addWidget(self.form)
        self.add_cancel()
        self.done_button = self.add_button(tr("Make the code"), "primary")
        self.done_button.clicked.connect(self._send)
        self.name.setFocus()

    def refuse(self, error: AppError) -> None:
        """Say why it did not work; nothing was changed."""
        self.done_button.setEnabled(True)
        if isinstance(error, InvalidError) and self.form.show_error(error):
            return
        self.banner.tell("bad", say(error.message), say(error.hint) if error.hint else "")

    def _send(self) -> None:
        self.form.clear_errors()
        self.done_button.setEnabled(False)
        self.asked.emit(self.name.text(), self.role.currentData())


class CodeDialog(Dialog):
    """Shows a one-time code, this once."""

    def __init__(self, code: OneTimeCode, parent: QWidget) -> None:
        super().__init__(
            tr("One-time code for {name}", name=code.user),
            tr(
                "Give it to them in person or by telephone. They sign in with it instead of a "
                "password, within 24 hours, and choose a password of their own."
            ),
            parent,
        )
        self._code = code
        self.shown = label(code.text, 26, 600, tabular=True)
        self.shown.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.shown.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.shown.setAccessibleName(tr("One-time code"))
        self.body.addSpacing(6)
        self.body.addWidget(self.shown)
        self.body.addSpacing(2)
        note = label(
            tr("It is shown only now. O and 0, I, L and 1 may be taken for each other."),
            12,
            tone="muted",
            wrap=True,
        )
        self.body.addWidget(note)
        self.copy = self.add_button(tr("Copy"), icon_name="copy")
        self.copy.clicked.connect(self._copy)
        close = self.add_button(tr("Close"), "primary")
        close.clicked.connect(self.accept)
        close.setFocus()

    def _copy(self) -> None:
        QGuiApplication.clipboard().setText(self._code.text)
        retitle(self.copy, tr("Copied for half a minute"))
        QTimer.singleShot(_COPIED_MS, _Forgetting(self._code.text))


class _Forgetting:
    """Empties the clipboard, unless something else lies there by now."""

    def __init__(self, text: str) -> None:
        self._text = text

    def __call__(self) -> None:
        clipboard = QGuiApplication.clipboard()
        if clipboard.text() == self._text:
            clipboard.clear()
