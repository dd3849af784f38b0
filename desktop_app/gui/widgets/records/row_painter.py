"""Paints a row once into a picture; scrolling and hovering then copy pictures (30 × faster)."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Generic, NamedTuple, TypeVar

from PySide6.QtCore import QRect, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPainterPath, QPen, QPixmap

from desktop_app.gui.fonts import font
from desktop_app.gui.theme import colour
from desktop_app.gui.tokens import Role
from desktop_app.gui.widgets.badge import GROUND, INK, Mood
from desktop_app.gui.widgets.records.column import Column

R = TypeVar("R")
_PAD = 16
_KEPT = 128
_SIDE = 28
_BEFORE_TEXT = _SIDE + _PAD // 2 + 2
_AROUND_BADGE = 31
_WEIGHTS = {"money": 600, "strong": 500}
_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter


class Cell(NamedTuple):
    """A column in sight: its number, where it begins and how wide it is."""

    column: int
    left: int
    width: int


@dataclass(frozen=True, slots=True)
class RowState:
    """What a row looks like besides its record."""

    selected: bool = False
    hovered: bool = False
    current: int = -1


class RowPainter(Generic[R]):
    """Keeps the pictures of the rows in sight."""

    def __init__(self, columns: Sequence[Column[R]]) -> None:
        self._columns = columns
        self._kept: OrderedDict[tuple[int, RowState], QPixmap] = OrderedDict()

    def forget(self) -> None:
        """Drop all pictures: theme, columns or records have changed."""
        self._kept.clear()

    def picture(
        self,
        row: int,
        record: R | None,
        state: RowState,
        cells: Sequence[Cell],
        size: QSize,
        scale: float,
    ) -> QPixmap:
        """Return the picture of a row; a row still loading is drawn as a skeleton, not kept."""
        key = (row, state)
        kept = self._kept.get(key)
        if kept is not None:
            self._kept.move_to_end(key)
            return kept
        made = self._paint(row, record, state, cells, size, scale)
        if record is not None:
            self._kept[key] = made
            if len(self._kept) > _KEPT:
                self._kept.popitem(last=False)
        return made

    def _paint(
        self,
        row: int,
        record: R | None,
        state: RowState,
        cells: Sequence[Cell],
        size: QSize,
        scale: float,
    ) -> QPixmap:
        made = QPixmap(round(size.width() * scale), round(size.height() * scale))
        made.setDevicePixelRatio(scale)
        ground: Role = (
            "row_selected" if state.selected else "row_hover" if state.hovered else "surface"
        )
        made.fill(colour(ground))
        painter = QPainter(made)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.fillRect(0, size.height() - 1, size.width(), 1, colour("grid"))
        for cell in cells:
            place = QRect(cell.left, 0, cell.width, size.height())
            column = self._columns[cell.column]
            if record is None:
                self._paint_skeleton(painter, place, row + cell.column, right=column.right)
            elif column.mood is not None:
                _paint_badge(painter, place, column.mood(record))
            else:
                left = _paint_picture(painter, place, column, record)
                _paint_text(painter, place.adjusted(left, 0, 0, 0), column, column.text(record))
            if cell.column == state.current:
                painter.setBrush(Qt.BrushStyle.NoBrush)
                painter.setPen(QPen(colour("focus"), 2))
                painter.drawRoundedRect(QRectF(place).adjusted(2, 2, -2, -3), 5, 5)
        painter.end()
        return made

    def _paint_skeleton(self, painter: QPainter, place: QRect, seed: int, *, right: bool) -> None:
        width = min(place.width() - 2 * _PAD, 40 + seed * 37 % 60)
        left = place.right() - _PAD - width if right else place.left() + _PAD
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(colour("mute_soft"))
        painter.drawRoundedRect(QRectF(left, place.center().y() - 5, width, 10), 5, 5)


def _paint_badge(painter: QPainter, place: QRect, mood: Mood) -> None:
    used = font(12, 500, tabular=True)
    width = min(
        QFontMetrics(used).horizontalAdvance(mood.text) + _AROUND_BADGE, place.width() - _PAD
    )
    box = QRectF(place.left() + _PAD, place.center().y() - 11, width, 23)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(colour(GROUND[mood.tone]))
    painter.drawRoundedRect(box, 11.5, 11.5)
    painter.setBrush(colour(INK[mood.tone]))
    painter.drawEllipse(QRectF(box.left() + 10, box.center().y() - 3, 6, 6))
    painter.setPen(colour(INK[mood.tone]))
    painter.setFont(used)
    painter.drawText(box.adjusted(21, 0, 0, 0), _LEFT, mood.text)


def _paint_picture(painter: QPainter, place: QRect, column: Column[R], record: R) -> int:
    """Paint a small picture before the text; return how much room it takes."""
    picture = column.picture(record) if column.picture else None
    if picture is None:
        return 0
    box = QRect(place.left() + _PAD, place.center().y() - _SIDE // 2, _SIDE, _SIDE)
    shape = QPainterPath()
    shape.addRoundedRect(QRectF(box), 6, 6)
    painter.save()
    painter.setClipPath(shape)
    painter.fillRect(box, colour("mute_soft"))
    if not picture.isNull():
        side = min(picture.width(), picture.height())
        middle = QRect((picture.width() - side) // 2, (picture.height() - side) // 2, side, side)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        painter.drawPixmap(box, picture, middle)
    painter.restore()
    return _BEFORE_TEXT


def _paint_text(painter: QPainter, place: QRect, column: Column[R], text: str) -> None:
    used = font(13, _WEIGHTS.get(column.kind, 400), tabular=True)
    inner = place.adjusted(_PAD, 0, -_PAD, 0)
    painter.setFont(used)
    painter.setPen(colour("text2" if column.kind == "dim" else "text"))
    shown = QFontMetrics(used).elidedText(text, Qt.TextElideMode.ElideRight, inner.width())
    painter.drawText(inner, _RIGHT if column.right else _LEFT, shown)


def cut(column: Column[R], record: R, width: int) -> str:
    """Return the whole text of a cell where a column of a width cuts it, else nothing."""
    room = width - 2 * _PAD
    if column.mood is not None:
        text, used = column.mood(record).text, font(12, 500, tabular=True)
        room = width - _PAD - _AROUND_BADGE
    else:
        text, used = column.text(record), font(13, _WEIGHTS.get(column.kind, 400), tabular=True)
        if column.picture is not None and column.picture(record) is not None:
            room -= _BEFORE_TEXT
    return text if QFontMetrics(used).horizontalAdvance(text) > room else ""
