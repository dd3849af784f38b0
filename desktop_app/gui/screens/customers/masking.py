"""Personal values that are hidden until somebody asks, and for half a minute only."""

from __future__ import annotations

from PySide6.QtCore import QObject, QTimer, Signal

from desktop_app.customers.records import ContactKind
from desktop_app.gui.text import tr
from desktop_app.kernel.text import masked_email, masked_phone

SHOWN_S = 30
_DOTS = "•••••"


class Reveal(QObject):
    """Whether hidden values may be seen now; `changed` on both turns and every second between."""

    changed = Signal()

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.left_s = 0
        self._tick = QTimer(self, interval=1000)
        self._tick.timeout.connect(self._count_down)

    @property
    def on(self) -> bool:
        """Tell whether values are in sight."""
        return self.left_s > 0

    @property
    def text(self) -> str:
        """Return what the button says."""
        if self.on:
            return tr("Hide again ({n} s)", n=self.left_s)
        return tr("Show for {n} seconds", n=SHOWN_S)

    def turn(self) -> None:
        """Show for half a minute, or hide at once."""
        if self.on:
            self.hide()
            return
        self.left_s = SHOWN_S
        self._tick.start()
        self.changed.emit()

    def hide(self) -> None:
        """Hide, where something is shown."""
        self._tick.stop()
        if self.on:
            self.left_s = 0
            self.changed.emit()

    def _count_down(self) -> None:
        if self.left_s <= 1:
            self.hide()
        else:
            self.left_s -= 1
            self.changed.emit()


def masked(kind: ContactKind | None, value: str) -> str:
    """Return a value with only so much of it that the person can be told from others."""
    if not value:
        return ""
    if kind is ContactKind.PHONE:
        return masked_phone(value)
    if kind is ContactKind.EMAIL:
        return masked_email(value)
    return _DOTS
