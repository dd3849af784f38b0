"""A curve over time, filled, against a dashed one to compare with."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QMargins, QPointF, QRectF, Qt
from PySide6.QtGui import QFontMetricsF, QLinearGradient, QPainter, QPainterPath, QPen
from typing_extensions import override

from desktop_app.gui.fonts import font
from desktop_app.gui.theme import colour
from desktop_app.gui.tokens import Role
from desktop_app.gui.widgets.charts.chart import Chart
from desktop_app.gui.widgets.charts.curve import nice_top, smooth
from desktop_app.gui.widgets.charts.grid import draw_grid, draw_names
from desktop_app.gui.widgets.charts.hint import HintLine, draw_hint

_LABEL_WIDTH = 56


@dataclass(frozen=True, slots=True)
class Line:
    """A named series; `None` where there is no value (the hours still to come)."""

    name: str
    values: Sequence[float | None]
    role: Role = "text3"


class LineChart(Chart):
    """Shows a series against another one, by the same labels."""

    def __init__(self, name: str, text: Callable[[float], str], *, named: bool = True) -> None:
        super().__init__(name)
        self._named = named  # whether it says itself which line is which
        self._text = text
        self._labels: Sequence[str] = ()
        self._now = Line("", ())
        self._then = Line("", ())
        self._top = 1.0
        self.setMinimumHeight(220)

    def show_lines(self, labels: Sequence[str], now: Line, then: Line | None = None) -> None:
        """Show `now` as an area and `then` as a dashed line."""
        self._labels, self._now = labels, now
        self._then = then or Line("", [None] * len(labels))
        known = [value for line in (self._now, self._then) for value in line.values if value]
        self._top = nice_top(max(known, default=0.0))
        self.describe(
            "; ".join(
                f"{label} {self._text(value)}"
                for label, value in zip(labels, now.values, strict=True)
                if value is not None
            )
        )

    @override
    def length(self) -> int:
        return len(self._labels)

    @override
    def point_at(self, x: float, y: float) -> int:
        if not self._labels:
            return -1
        area = self._area()
        share = (x - area.left()) / max(1.0, area.width())
        return max(0, min(self.length() - 1, round(share * (self.length() - 1))))

    @override
    def draw(self, painter: QPainter) -> None:
        area = self._area()
        self._draw_grid(painter, area)
        if not self._labels:
            return
        self._draw_then(painter, area)
        self._draw_now(painter, area)
        if self._has_names:
            names: list[tuple[Role, str]] = [
                ("accent", self._now.name), (self._then.role, self._then.name)
            ]  # fmt: skip
            draw_names(painter, area.right(), names)
        if self.hovered >= 0:
            self._draw_hovered(painter, area)
        self.draw_focus(painter)

    @property
    def _has_names(self) -> bool:
        return self._named and bool(self._then.name)

    def _area(self) -> QRectF:
        above = 24 if self._has_names else 10
        return QRectF(self.rect().marginsRemoved(QMargins(_LABEL_WIDTH, above, 28, 26)))

    def _place(self, area: QRectF, at: int, value: float) -> QPointF:
        x = area.left() + area.width() * at / max(1, self.length() - 1)
        return QPointF(x, area.bottom() - area.height() * value / self._top)

    def _points(self, area: QRectF, line: Line) -> list[QPointF]:
        return [
            self._place(area, at, value)
            for at, value in enumerate(line.values)
            if value is not None
        ]

    def _draw_grid(self, painter: QPainter, area: QRectF) -> None:
        draw_grid(painter, area, self._top)
        painter.setFont(font(11, tabular=True))
        painter.setPen(colour("text3"))
        measure = QFontMetricsF(font(11, tabular=True))
        room = max((measure.horizontalAdvance(text) for text in self._labels), default=1.0) + 10
        every = max(1, math.ceil(len(self._labels) * room / max(1.0, area.width())))
        for at, text in enumerate(self._labels):
            if at % every == 0:
                x = self._place(area, at, 0).x()
                place = QRectF(x - 40, area.bottom() + 8, 80, 16)
                painter.drawText(place, Qt.AlignmentFlag.AlignCenter, text)

    def _draw_then(self, painter: QPainter, area: QRectF) -> None:
        points = self._points(area, self._then)
        if not points:
            return
        pen = QPen(colour(self._then.role, 0.75), 1.5 if self._then.role == "text3" else 2.5)
        pen.setCapStyle(Qt.PenCapStyle.FlatCap)
        pen.setDashPattern([3.5, 3.5])
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(pen)
        painter.drawPath(smooth(points))

    def _draw_now(self, painter: QPainter, area: QRectF) -> None:
        points = self._points(area, self._now)
        if not points:
            return
        curve = smooth(points)
        ground = QPainterPath(curve)
        ground.lineTo(points[-1].x(), area.bottom())
        ground.lineTo(points[0].x(), area.bottom())
        ground.closeSubpath()
        fade = QLinearGradient(0, area.top(), 0, area.bottom())
        fade.setColorAt(0, colour("accent", 0.24))
        fade.setColorAt(1, colour("accent", 0.01))
        painter.fillPath(ground, fade)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(colour("accent"), 2.25, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap))
        painter.drawPath(curve)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(colour("accent", 0.18))
        painter.drawEllipse(points[-1], 8, 8)
        self._draw_dot(painter, points[-1], "accent")

    def _draw_dot(self, painter: QPainter, at: QPointF, role: Role) -> None:
        painter.setPen(QPen(colour("surface"), 2))
        painter.setBrush(colour(role))
        painter.drawEllipse(at, 4.5, 4.5)

    def _draw_hovered(self, painter: QPainter, area: QRectF) -> None:
        at = self.hovered
        x = self._place(area, at, 0).x()
        painter.setPen(QPen(colour("border_strong"), 1))
        painter.drawLine(QPointF(x, area.top()), QPointF(x, area.bottom()))
        lines: list[HintLine] = []
        series: tuple[tuple[Line, Role], ...] = (
            (self._now, "accent"),
            (self._then, self._then.role),
        )
        for line, role in series:
            value = line.values[at]
            if value is not None:
                self._draw_dot(painter, self._place(area, at, value), role)
                lines.append(HintLine(role, line.name, self._text(value)))
        draw_hint(painter, area, x, self._labels[at], lines)
