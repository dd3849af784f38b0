"""What every chart has: a name, a summary for screen readers, a hovered point, a focus ring."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QRectF, Qt
from PySide6.QtGui import QFocusEvent, QKeyEvent, QMouseEvent, QPainter, QPen
from PySide6.QtWidgets import QSizePolicy
from typing_extensions import override

from desktop_app.gui.theme import colour
from desktop_app.gui.widgets.labels import Painted


class Chart(Painted):
    """A chart that the mouse and the arrow keys can walk through."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self.hovered = -1
        self.setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setAccessibleName(name)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)

    def length(self) -> int:
        """Return how many points there are to hover over."""
        return 0

    def point_at(self, x: float, y: float) -> int:
        """Return the point nearest to a place, or -1."""
        del x, y
        return -1

    def describe(self, summary: str) -> None:
        """Set the summary that a screen reader reads, and repaint."""
        self.setAccessibleDescription(summary)
        self.hover(-1)
        self.update()

    def hover(self, point: int) -> None:
        """Point at one value; -1 at none."""
        if point != self.hovered:
            self.hovered = point
            self.update()

    def draw_focus(self, painter: QPainter) -> None:
        """Paint the focus ring where the keyboard is here."""
        if self.hasFocus():
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(colour("focus"), 2))
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), 8, 8)

    @override
    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        place = event.position()
        self.hover(self.point_at(place.x(), place.y()))

    @override
    def leaveEvent(self, event: QEvent) -> None:
        self.hover(-1)

    @override
    def focusOutEvent(self, event: QFocusEvent) -> None:
        self.hover(-1)
        super().focusOutEvent(event)
        self.update()

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        steps = {
            Qt.Key.Key_Left: -1,
            Qt.Key.Key_Up: -1,
            Qt.Key.Key_Right: 1,
            Qt.Key.Key_Down: 1,
        }
        step = steps.get(Qt.Key(event.key()))
        if step is None or not self.length():
            super().keyPressEvent(event)
            return
        self.hover(max(0, min(self.length() - 1, self.hovered + step)))
