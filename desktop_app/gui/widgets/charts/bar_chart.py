"""Horizontal bars: name, share, amount."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QFontMetricsF, QPainter, QPen
from typing_extensions import override

from desktop_app.gui.fonts import font
from desktop_app.gui.format import percent
from desktop_app.gui.text import language
from desktop_app.gui.theme import colour
from desktop_app.gui.widgets.charts.chart import Chart

_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
_ROW = 44


class BarChart(Chart):
    """Shows parts of a whole, largest first as given."""

    def __init__(self, name: str, text: Callable[[float], str]) -> None:
        super().__init__(name)
        self._text = text
        self._parts: Sequence[tuple[str, float]] = ()
        self._whole = 0.0
        self._before: Sequence[float | None] = ()

    def show_parts(
        self,
        parts: Sequence[tuple[str, float]],
        whole: float = 0.0,
        before: Sequence[float | None] = (),
    ) -> None:
        """Show named amounts; `whole` where they are the largest of more.

        `before` are what they are held against: a mark on each bar.
        """
        self._parts, self._whole, self._before = parts, whole, before
        self.setMinimumHeight(_ROW * max(1, len(parts)))
        self.describe("; ".join(f"{name} {self._text(value)}" for name, value in parts))

    @override
    def length(self) -> int:
        return len(self._parts)

    @override
    def point_at(self, x: float, y: float) -> int:
        at = int(y // (self.height() / max(1, self.length())))
        return at if 0 <= at < self.length() else -1

    @override
    def draw(self, painter: QPainter) -> None:
        if not self._parts:
            return
        known = [value for value in self._before if value is not None]
        highest = max([value for _, value in self._parts] + known) or 1
        whole = self._whole or sum(value for _, value in self._parts) or 1
        measure = QFontMetricsF(font(13, 600, tabular=True))
        amount_width = max(measure.horizontalAdvance(self._text(value)) for _, value in self._parts)
        height = self.height() / self.length()
        for at, (name, value) in enumerate(self._parts):
            top = at * height + (height - 34) / 2
            place = QRectF(2, top, self.width() - 4, 18)
            painter.setPen(colour("text"))
            painter.setFont(font(13, 600, tabular=True))
            painter.drawText(place, _RIGHT, self._text(value))
            painter.setFont(font(12, tabular=True))
            painter.setPen(colour("text3"))
            share = place.adjusted(0, 0, -amount_width - 10, 0)
            painter.drawText(share, _RIGHT, percent(round(value / whole * 100) * 100, language()))
            self._draw_name(painter, share.adjusted(0, 0, -42, 0), name)
            self._draw_bar(painter, at, top + 24, value / highest)
            then = self._before[at] if at < len(self._before) else None
            if then is not None:
                self._draw_mark(painter, top + 24, then / highest)
        self.draw_focus(painter)

    def _draw_name(self, painter: QPainter, place: QRectF, name: str) -> None:
        used = font(13, 500)
        painter.setFont(used)
        painter.setPen(colour("text"))
        shown = QFontMetricsF(used).elidedText(name, Qt.TextElideMode.ElideRight, place.width())
        painter.drawText(place, _LEFT, shown)

    def _draw_bar(self, painter: QPainter, at: int, top: float, share: float) -> None:
        width = self.width() - 4
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(colour("mute_soft"))
        painter.drawRoundedRect(QRectF(2, top, width, 7), 3.5, 3.5)
        strength = 1.0 if at in (0, self.hovered) else max(0.3, 0.78 - 0.11 * at)
        painter.setBrush(colour("accent", strength))
        painter.drawRoundedRect(QRectF(2, top, max(7.0, width * share), 7), 3.5, 3.5)

    def _draw_mark(self, painter: QPainter, top: float, share: float) -> None:
        """Paint where another period was."""
        width = self.width() - 4
        painter.setPen(QPen(colour("surface"), 1.5))
        painter.setBrush(colour("text2"))
        left = 2 + min(width - 5, max(0.0, width * share - 2.5))
        painter.drawRoundedRect(QRectF(left, top - 4, 5, 15), 2.5, 2.5)
