"""The lines behind a chart, with what they stand for at the left, and the names of its series."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QFontMetricsF, QPainter, QPen

from desktop_app.gui.fonts import font
from desktop_app.gui.format import number
from desktop_app.gui.text import language
from desktop_app.gui.theme import colour
from desktop_app.gui.tokens import Role

_PARTS = 4
_SIDE = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter


def draw_grid(painter: QPainter, area: QRectF, top: float) -> None:
    """Paint five lines from nothing to `top`."""
    painter.setFont(font(11, tabular=True))
    for part in range(_PARTS + 1):
        y = area.bottom() - area.height() * part / _PARTS
        painter.setPen(QPen(colour("grid"), 1))
        painter.drawLine(
            QPointF(area.left(), round(y) + 0.5), QPointF(area.right(), round(y) + 0.5)
        )
        painter.setPen(colour("text3"))
        value = top * part / _PARTS
        shown = number(round(value), language()) if top >= _PARTS else f"{value:.2f}"
        painter.drawText(QRectF(0, y - 9, area.left() - 10, 18), _SIDE, shown)


def draw_names(painter: QPainter, right: float, names: Sequence[tuple[Role, str]]) -> None:
    """Paint what the colours stand for, above a chart, ending at `right`."""
    used = font(11, 500)
    measure = QFontMetricsF(used)
    painter.setFont(used)
    for role, name in reversed(names):
        width = measure.horizontalAdvance(name)
        place = QRectF(right - width, 0, width + 1, 16)
        painter.setPen(colour("text2"))
        painter.drawText(place, _LEFT, name)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(colour(role))
        painter.drawRoundedRect(QRectF(place.left() - 15, 4, 9, 9), 2.5, 2.5)
        right = place.left() - 30
