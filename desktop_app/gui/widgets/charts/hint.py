"""The small box beside a hovered point."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QFontMetricsF, QPainter, QPen

from desktop_app.gui.fonts import font
from desktop_app.gui.theme import colour
from desktop_app.gui.tokens import Role

_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter


@dataclass(frozen=True, slots=True)
class HintLine:
    """One value in the box: the dot's colour, a name, the number."""

    role: Role
    name: str
    value: str


def draw_hint(
    painter: QPainter, area: QRectF, x: float, title: str, lines: Sequence[HintLine]
) -> None:
    """Paint the box left of `x`, or right of it where there is no room."""
    if not lines:
        return
    measure = QFontMetricsF(font(12, 600, tabular=True))
    width = 54 + max(
        measure.horizontalAdvance(line.name) + measure.horizontalAdvance(line.value)
        for line in lines
    )
    left = x - 14 - width if x - 14 - width > area.left() + 4 else x + 14
    box = QRectF(left, max(4.0, area.top() + 4), width, 34 + 20 * len(lines))
    painter.setPen(QPen(colour("border_strong"), 1))
    painter.setBrush(colour("raised"))
    painter.drawRoundedRect(box, 8, 8)
    painter.setFont(font(11, 600))
    painter.setPen(colour("text3"))
    painter.drawText(box.adjusted(12, 7, -12, 0), Qt.AlignmentFlag.AlignTop, title)
    for at, line in enumerate(lines):
        _draw_line(painter, QRectF(left, box.top() + 26 + 20 * at, width, 18), line)


def _draw_line(painter: QPainter, place: QRectF, line: HintLine) -> None:
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(colour(line.role))
    painter.drawEllipse(QPointF(place.left() + 16, place.center().y()), 4, 4)
    text = place.adjusted(26, 0, -12, 0)
    painter.setPen(colour("text2"))
    painter.setFont(font(12))
    painter.drawText(text, _LEFT, line.name)
    painter.setPen(colour("text"))
    painter.setFont(font(12, 600, tabular=True))
    painter.drawText(text, _RIGHT, line.value)
