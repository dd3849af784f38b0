"""A search field that waits until the typing pauses."""

from __future__ import annotations

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QAction, QKeyEvent
from PySide6.QtWidgets import QLineEdit, QToolButton
from typing_extensions import override

from desktop_app.gui.fonts import font
from desktop_app.gui.icons import icon
from desktop_app.gui.text import tr

PAUSE_MS = 200


class SearchBox(QLineEdit):
    """Emits `searched(text)` once typing pauses, at once on Enter and on clearing."""

    searched = Signal(str)

    def __init__(self, placeholder: str, name: str = "", width: int = 270) -> None:
        super().__init__()
        self.setPlaceholderText(placeholder)
        self.setAccessibleName(name or placeholder)
        self.setFont(font(13))
        self.setMinimumWidth(width)
        self._last = ""
        self.addAction(icon("search", "text3"), QLineEdit.ActionPosition.LeadingPosition)
        self._clear = QAction(icon("x", "text3"), tr("Clear the search"), self)
        self._clear.triggered.connect(self.clear)
        self.addAction(self._clear, QLineEdit.ActionPosition.TrailingPosition)
        self._clear.setVisible(False)
        name_actions(self)
        self._pause = QTimer(self, singleShot=True, interval=PAUSE_MS)
        self._pause.timeout.connect(self._search)
        self.textChanged.connect(self._typed)
        self.returnPressed.connect(self._search)

    def _typed(self, text: str) -> None:
        self._clear.setVisible(bool(text))
        if text:
            self._pause.start()
        else:
            self._search()

    def _search(self) -> None:
        self._pause.stop()
        wanted = self.text().strip()
        if wanted != self._last:
            self._last = wanted
            self.searched.emit(wanted)

    @override
    def keyPressEvent(self, arg__1: QKeyEvent) -> None:
        if arg__1.key() == Qt.Key.Key_Escape and self.text():
            self.clear()
        else:
            super().keyPressEvent(arg__1)


def name_actions(field: QLineEdit) -> None:
    """Give the small buttons inside a field the names of their actions."""
    for made in field.findChildren(QToolButton):
        action = made.defaultAction()
        if action is not None:
            made.setAccessibleName(action.text() or field.accessibleName())
            made.setFocusPolicy(Qt.FocusPolicy.NoFocus)
