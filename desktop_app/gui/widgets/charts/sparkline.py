"""A trend without axes."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QLinearGradient, QPainter, QPainterPath, QPen
from typing_extensions import override

from desktop_app.gui.theme import colour
from desktop_app.gui.tokens import Role
from desktop_app.gui.widgets.charts.curve import smooth
from desktop_app.gui.widgets.labels import Painted


class Sparkline(Painted):
    """Shows how a number went; an ornament, so it has no name of its own."""

    def __init__(self, values: Sequence[float] = (), role: Role = "accent") -> None:
        super().__init__()
        self._values = values
        self._role: Role = role
        self.setFixedHeight(34)

    def show_values(self, values: Sequence[float], role: Role = "accent") -> None:
        """Show another trend."""
        self._values, self._role = values, role
        self.update()

    @override
    def draw(self, painter: QPainter) -> None:
        if len(self._values) < 2:  # noqa: PLR2004 - one point is no trend
            return
        area = QRectF(self.rect()).adjusted(3, 5, -5, -5)
        low, high = min(self._values), max(self._values)
        step = area.width() / (len(self._values) - 1)
        points = [
            QPointF(
                area.left() + at * step,
                area.bottom() - (value - low) / ((high - low) or 1) * area.height(),
            )
            for at, value in enumerate(self._values)
        ]
        curve = smooth(points)
        ground = QPainterPath(curve)
        ground.lineTo(points[-1].x(), self.height())
        ground.lineTo(points[0].x(), self.height())
        ground.closeSubpath()
        fade = QLinearGradient(0, 0, 0, self.height())
        fade.setColorAt(0, colour(self._role, 0.2))
        fade.setColorAt(1, colour(self._role, 0))
        painter.fillPath(ground, fade)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(
            QPen(colour(self._role), 1.75, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap)
        )
        painter.drawPath(curve)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(colour(self._role))
        painter.drawEllipse(points[-1], 3, 3)
