"""Notices that nobody is there: no key, no click for some minutes."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QTimer, Signal
from PySide6.QtGui import QGuiApplication, QWindow
from typing_extensions import override

_SIGNS = frozenset(
    {
        *(QEvent.Type.KeyPress, QEvent.Type.MouseButtonPress, QEvent.Type.Wheel),
        *(QEvent.Type.TouchBegin, QEvent.Type.TabletPress),
    }
)
_MINUTE_MS = 60_000


class IdleWatch(QObject):
    """Emits `idle` when nobody has touched our windows for as long as `wait` says.

    It listens at the windows of the system, where each key and click passes once, and not at the
    application, where it would be called for every event of every widget.
    """

    idle = Signal()

    def __init__(self, application: QGuiApplication, parent: QObject) -> None:
        super().__init__(parent)
        self._timer = QTimer(self, singleShot=True)
        self._timer.timeout.connect(self.idle)
        application.focusWindowChanged.connect(self._listen)
        self._listen(application.focusWindow())

    def wait(self, minutes: float) -> None:
        """Begin to wait; 0 ends it."""
        if minutes:
            self._timer.start(int(minutes * _MINUTE_MS))
        else:
            self._timer.stop()

    def wait_again(self) -> None:
        """Wait as long once more."""
        self._timer.start()

    def _listen(self, window: QWindow | None) -> None:
        if window is not None:
            window.removeEventFilter(self)  # never twice
            window.installEventFilter(self)

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in _SIGNS and self._timer.isActive():
            self._timer.start()
        return False
