"""A password field: shows what was typed on demand and warns of Caps Lock."""

from __future__ import annotations

import ctypes
import sys

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAction, QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QLineEdit, QWidget
from typing_extensions import override

from desktop_app.gui.fonts import font
from desktop_app.gui.icons import icon
from desktop_app.gui.text import tr
from desktop_app.gui.widgets.labels import IconLabel, label
from desktop_app.gui.widgets.layout import column, row
from desktop_app.gui.widgets.search_box import name_actions

_VK_CAPITAL = 0x14


class PasswordEdit(QWidget):
    """A field whose text is hidden; `entered` on Enter."""

    entered = Signal()

    def __init__(self, name: str, *, large: bool = False) -> None:
        super().__init__()
        self.setAccessibleName(name)
        self.field = _Field(name)
        self.field.setFont(font(15))
        self.field.setProperty("kind", "large" if large else "")
        self._eye = QAction(icon("eye", "text3"), tr("Show the password"), self)
        self._eye.setCheckable(True)
        self._eye.toggled.connect(self._reveal)
        self.field.addAction(self._eye, QLineEdit.ActionPosition.TrailingPosition)
        name_actions(self.field)
        self._caps = QWidget()
        self._caps.setLayout(
            row(
                IconLabel("triangle-alert", "warn", 14), label(tr("Caps Lock is on"), 12, 500), None
            )
        )
        self._caps.hide()
        self.setLayout(column(self.field, self._caps, gap=6))
        self.setFocusProxy(self.field)
        self.field.returnPressed.connect(self.entered)
        self.field.caps_lock.connect(self._caps.setVisible)

    def text(self) -> str:
        """Return what was typed."""
        return self.field.text()

    def show_text(self, text: str) -> None:
        """Put a text in and show it."""
        self.field.setText(text)
        self._eye.setChecked(True)

    def clear(self) -> None:
        """Empty the field and hide its text again."""
        self.field.clear()
        self._eye.setChecked(False)

    def _reveal(self, shown: bool) -> None:  # noqa: FBT001 - Qt's signature
        mode = QLineEdit.EchoMode.Normal if shown else QLineEdit.EchoMode.Password
        self.field.setEchoMode(mode)
        self._eye.setIcon(icon("eye-off" if shown else "eye", "text3"))
        self._eye.setText(tr("Hide the password") if shown else tr("Show the password"))
        name_actions(self.field)


class _Field(QLineEdit):
    caps_lock = Signal(bool)

    def __init__(self, name: str) -> None:
        super().__init__()
        self.setAccessibleName(name)
        self.setPlaceholderText(name)
        self.setEchoMode(QLineEdit.EchoMode.Password)
        self._capital = False

    @override
    def keyPressEvent(self, arg__1: QKeyEvent) -> None:
        if arg__1.key() == Qt.Key.Key_CapsLock:
            self._tell(capital=not self._capital)
        elif len(arg__1.text()) == 1 and arg__1.text().isalpha():
            shift = bool(arg__1.modifiers() & Qt.KeyboardModifier.ShiftModifier)
            upper = arg__1.text() != arg__1.text().lower()
            if arg__1.text().lower() != arg__1.text().upper():
                self._tell(capital=upper != shift)
        super().keyPressEvent(arg__1)

    @override
    def focusInEvent(self, arg__1: QFocusEvent) -> None:
        super().focusInEvent(arg__1)
        if sys.platform == "win32":
            state = ctypes.windll.user32.GetKeyState(_VK_CAPITAL)
            self._tell(capital=bool(state & 1))

    def _tell(self, *, capital: bool) -> None:
        if capital != self._capital:
            self._capital = capital
            self.caps_lock.emit(capital)
