"""Columns that stand beside each other: a few series by the same labels."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QMargins, QRectF, Qt
from PySide6.QtGui import QFontMetricsF, QPainter, QPainterPath
from typing_extensions import override

from desktop_app.gui.fonts import font
from desktop_app.gui.theme import colour
from desktop_app.gui.tokens import Role
from desktop_app.gui.widgets.charts.chart import Chart
from desktop_app.gui.widgets.charts.curve import nice_top
from desktop_app.gui.widgets.charts.grid import draw_grid, draw_names
from desktop_app.gui.widgets.charts.hint import HintLine, draw_hint

_LABEL_WIDTH = 56
_WIDEST = 46.0
_BETWEEN = 3.0


@dataclass(frozen=True, slots=True)
class Series:
    """One colour of columns; None where there is no value."""

    name: str
    values: Sequence[float | None]
    role: Role = "accent"


class ColumnChart(Chart):
    """Shows up to three series of amounts that are not below nothing."""

    def __init__(self, name: str, text: Callable[[float], str]) -> None:
        super().__init__(name)
        self._text = text
        self._labels: Sequence[str] = ()
        self._series: Sequence[Series] = ()
        self._top = 1.0
        self.setMinimumHeight(220)

    def show_series(self, labels: Sequence[str], series: Sequence[Series]) -> None:
        """Show series, each with a value for each label."""
        self._labels, self._series = labels, series
        known = [value for one in series for value in one.values if value]
        self._top = nice_top(max(known, default=0.0))
        parts = [
            f"{label} {one.name} {self._text(value)}"
            for at, label in enumerate(labels)
            for one in series
            for value in [one.values[at]]
            if value is not None
        ]
        self.describe("; ".join(parts))

    @override
    def length(self) -> int:
        return len(self._labels)

    @override
    def point_at(self, x: float, y: float) -> int:
        area = self._area()
        if not self._labels or not area.left() <= x <= area.right():
            return -1
        return min(self.length() - 1, int((x - area.left()) / area.width() * self.length()))

    @override
    def draw(self, painter: QPainter) -> None:
        area = self._area()
        draw_grid(painter, area, self._top)
        if not self._labels:
            return
        self._draw_labels(painter, area)
        for at in range(self.length()):
            for place, one in enumerate(self._series):
                self._draw_column(painter, area, at, place, one)
        if len(self._series) > 1:
            names = [(one.role, one.name) for one in self._series]
            draw_names(painter, area.right(), names)
        if self.hovered >= 0:
            self._draw_hovered(painter, area)
        self.draw_focus(painter)

    def _area(self) -> QRectF:
        above = 24 if len(self._series) > 1 else 10
        return QRectF(self.rect().marginsRemoved(QMargins(_LABEL_WIDTH, above, 8, 26)))

    def _room(self, area: QRectF) -> float:
        return area.width() / max(1, self.length())

    def _draw_labels(self, painter: QPainter, area: QRectF) -> None:
        used = font(11, tabular=True)
        measure, room = QFontMetricsF(used), self._room(area)
        painter.setFont(used)
        painter.setPen(colour("text3"))
        for at, text in enumerate(self._labels):
            shown = measure.elidedText(text, Qt.TextElideMode.ElideRight, room - 6)
            place = QRectF(area.left() + at * room, area.bottom() + 8, room, 16)
            painter.drawText(place, Qt.AlignmentFlag.AlignCenter, shown)

    def _draw_column(
        self, painter: QPainter, area: QRectF, at: int, place: int, one: Series
    ) -> None:
        value = one.values[at]
        if not value:
            return
        room, count = self._room(area), len(self._series)
        width = min(_WIDEST, (room * 0.68 - _BETWEEN * (count - 1)) / count)
        whole = width * count + _BETWEEN * (count - 1)
        left = area.left() + at * room + (room - whole) / 2 + place * (width + _BETWEEN)
        height = max(2.0, area.height() * value / self._top)
        strength = 1.0 if self.hovered in (-1, at) else 0.45
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(colour(one.role, strength))
        painter.drawPath(_rounded(QRectF(left, area.bottom() - height, width, height)))

    def _draw_hovered(self, painter: QPainter, area: QRectF) -> None:
        lines = [
            HintLine(one.role, one.name, self._text(value))
            for one in self._series
            for value in [one.values[self.hovered]]
            if value is not None
        ]
        x = area.left() + self._room(area) * (self.hovered + 0.5)
        draw_hint(painter, area, x, self._labels[self.hovered], lines)


def _rounded(box: QRectF) -> QPainterPath:
    """Return a column that is round on top and stands flat on the ground."""
    path = QPainterPath()
    radius = min(4.0, box.width() / 2, box.height())
    path.moveTo(box.bottomLeft())
    path.lineTo(box.left(), box.top() + radius)
    path.quadTo(box.topLeft(), box.topLeft() + type(box.topLeft())(radius, 0))
    path.lineTo(box.right() - radius, box.top())
    path.quadTo(box.topRight(), box.topRight() + type(box.topRight())(0, radius))
    path.lineTo(box.bottomRight())
    path.closeSubpath()
    return path
