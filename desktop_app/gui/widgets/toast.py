"""A short confirmation at the bottom that goes away by itself, with Undo where there is one."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, QTimer
from PySide6.QtWidgets import QFrame, QWidget
from typing_extensions import override

from desktop_app.gui.text import tr
from desktop_app.gui.widgets.button import button, retitle
from desktop_app.gui.widgets.labels import IconLabel, label
from desktop_app.gui.widgets.layout import row

SHOWN_MS = 4_000
WITH_UNDO_MS = 8_000


class Toast(QFrame):
    """Belongs to a window and floats above it."""

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._window = window
        self.setObjectName("toast")
        self._text = label("", 13, 500)
        self._undo: Callable[[], None] | None = None
        self._button = button(tr("Undo"), on_click=self._undone)
        icon = IconLabel("circle-check", "surface", 16)
        self.setLayout(row(icon, self._text, self._button, gap=10, margins=(14, 10, 14, 10)))
        self._timer = QTimer(self, singleShot=True)
        self._timer.timeout.connect(self.hide)
        window.installEventFilter(self)
        self.hide()

    def tell(self, text: str, undo: Callable[[], None] | None = None) -> None:
        """Say something; `undo` takes it back as long as the toast is there."""
        self._undo = undo
        self._text.setText(text)
        self._button.setVisible(undo is not None)
        retitle(self._button, tr("Undo"))
        self.setAccessibleName(text)
        self._place()
        self.show()
        self.raise_()
        self._timer.start(WITH_UNDO_MS if undo else SHOWN_MS)

    def _undone(self) -> None:
        self.hide()
        if self._undo is not None:
            self._undo()
            self._undo = None

    def _place(self) -> None:
        self.adjustSize()
        window = self._window
        self.move((window.width() - self.width()) // 2, window.height() - self.height() - 28)

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Resize and self.isVisible():
            self._place()
        return False
