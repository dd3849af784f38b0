"""Points between two scales, cut into four fields by two lines: what is popular, what is rich."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QMargins, QPointF, QRectF, Qt
from PySide6.QtGui import QFontMetricsF, QPainter, QPen
from typing_extensions import override

from desktop_app.gui.fonts import font
from desktop_app.gui.theme import colour
from desktop_app.gui.tokens import Role
from desktop_app.gui.widgets.charts.chart import Chart
from desktop_app.gui.widgets.charts.hint import HintLine, draw_hint

_NEAR = 18.0
_NAMED = 8
_CENTRE = Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignVCenter


@dataclass(frozen=True, slots=True)
class Point:
    """One point: its name, its place (both not below nothing), its field and that one's colour."""

    name: str
    x: float
    y: float
    field: str
    role: Role


class MapChart(Chart):
    """Shows points; the largest have their names beside them, every one when pointed at.

    Scales are of square roots: a few points sell ten times as often as all others.
    """

    def __init__(
        self, name: str, x_text: Callable[[float], str], y_text: Callable[[float], str]
    ) -> None:
        super().__init__(name)
        self._x_text, self._y_text = x_text, y_text
        self._points: Sequence[Point] = ()
        self._titles = ("", "")
        self._far = (1.0, 1.0)
        self._cuts: tuple[float | None, float | None] = (None, None)
        self.setMinimumHeight(220)

    def show_points(
        self,
        points: Sequence[Point],
        titles: tuple[str, str],
        cuts: tuple[float | None, float | None],
    ) -> None:
        """Show points over two scales with these titles, cut there."""
        self._points, self._titles, self._cuts = points, titles, cuts
        self._far = (
            max((one.x for one in points), default=0.0) * 1.06 or 1.0,
            max((one.y for one in points), default=0.0) * 1.1 or 1.0,
        )
        self.describe("; ".join(f"{one.name}: {one.field}" for one in points))

    @override
    def length(self) -> int:
        return len(self._points)

    @override
    def point_at(self, x: float, y: float) -> int:
        area, mouse = self._area(), QPointF(x, y)
        far = [
            ((self._place(area, one) - mouse).manhattanLength(), at)
            for at, one in enumerate(self._points)
        ]
        nearest = min(far, default=(_NEAR + 1, -1))
        return nearest[1] if nearest[0] <= _NEAR else -1

    @override
    def draw(self, painter: QPainter) -> None:
        area = self._area()
        self._draw_frame(painter, area)
        for at, one in enumerate(self._points):
            self._draw_point(painter, area, one, hovered=at == self.hovered)
        self._draw_names(painter, area)
        if 0 <= self.hovered < self.length():
            one = self._points[self.hovered]
            lines = [
                HintLine(one.role, self._titles[0], self._x_text(one.x)),
                HintLine(one.role, self._titles[1], self._y_text(one.y)),
            ]
            title = f"{one.name} · {one.field}"
            draw_hint(painter, area, self._place(area, one).x(), title, lines)
        self.draw_focus(painter)

    def _area(self) -> QRectF:
        return QRectF(self.rect().marginsRemoved(QMargins(26, 8, 12, 24)))

    def _place(self, area: QRectF, one: Point) -> QPointF:
        return QPointF(
            area.left() + area.width() * _share(one.x, self._far[0]),
            area.bottom() - area.height() * _share(one.y, self._far[1]),
        )

    def _draw_frame(self, painter: QPainter, area: QRectF) -> None:
        painter.setPen(QPen(colour("grid"), 1))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRoundedRect(area, 6, 6)
        pen = QPen(colour("text3", 0.6), 1)
        pen.setDashPattern([4, 4])
        painter.setPen(pen)
        x, y = self._cuts
        if x is not None:
            at = area.left() + area.width() * _share(x, self._far[0])
            painter.drawLine(QPointF(at, area.top()), QPointF(at, area.bottom()))
        if y is not None:
            at = area.bottom() - area.height() * _share(y, self._far[1])
            painter.drawLine(QPointF(area.left(), at), QPointF(area.right(), at))
        painter.setFont(font(11, 500))
        painter.setPen(colour("text3"))
        below = QRectF(area.left(), area.bottom() + 5, area.width(), 16)
        painter.drawText(below, _CENTRE, f"{self._titles[0]} →")
        painter.save()
        painter.translate(area.left() - 13, area.center().y())
        painter.rotate(-90)
        room = area.height()
        painter.drawText(QRectF(-room / 2, -9, room, 16), _CENTRE, f"{self._titles[1]} →")
        painter.restore()

    def _draw_point(self, painter: QPainter, area: QRectF, one: Point, *, hovered: bool) -> None:
        painter.setPen(QPen(colour("surface"), 1.5))
        painter.setBrush(colour(one.role, 1.0 if hovered else 0.82))
        size = 7.5 if hovered else 5.5
        painter.drawEllipse(self._place(area, one), size, size)

    def _draw_names(self, painter: QPainter, area: QRectF) -> None:
        """Name the largest points, where the name covers no other name."""
        used = font(11)
        measure = QFontMetricsF(used)
        painter.setFont(used)
        painter.setPen(colour("text2"))
        taken: list[QRectF] = []
        weight = [(one.x / self._far[0] + one.y / self._far[1], one) for one in self._points]
        for _, one in sorted(weight, key=lambda pair: -pair[0]):
            place = self._place(area, one)
            width = measure.horizontalAdvance(one.name)
            left = place.x() + 9 if place.x() + 9 + width < area.right() else place.x() - 9 - width
            box = QRectF(left, place.y() - 8, width + 1, 16)
            if len(taken) < _NAMED and not any(box.intersects(other) for other in taken):
                painter.drawText(box, Qt.AlignmentFlag.AlignVCenter, one.name)
                taken.append(box)


def _share(value: float, far: float) -> float:
    return min(1.0, math.sqrt(max(0.0, value) / far))
