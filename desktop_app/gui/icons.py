"""Lucide icons, tinted with the theme in force when they are painted."""

from __future__ import annotations

from functools import cache, lru_cache
from typing import cast

from PySide6.QtCore import QByteArray, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QIcon, QIconEngine, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer
from typing_extensions import override

from desktop_app.gui.theme import theme
from desktop_app.gui.tokens import Role
from desktop_app.kernel.resources import resource

_STROKE = "1.75"


@cache
def _drawing(name: str) -> str:
    return resource("icons", f"{name}.svg").read_text("utf-8")


@lru_cache(maxsize=512)
def _picture(name: str, tint: str, width: int, height: int) -> QPixmap:
    drawing = _drawing(name).replace("currentColor", tint)
    drawing = drawing.replace('stroke-width="2"', f'stroke-width="{_STROKE}"')
    picture = QPixmap(width, height)
    picture.fill(Qt.GlobalColor.transparent)
    painter = QPainter(picture)
    QSvgRenderer(QByteArray(drawing.encode())).render(painter, QRectF(0, 0, width, height))
    painter.end()
    return picture


def _tint(role: Role) -> str:
    return cast("str", getattr(theme.tokens, role))


class _TintedEngine(QIconEngine):
    """Draws one icon in the colour its state asks for; keeps no colour of its own."""

    def __init__(self, name: str, role: Role) -> None:
        super().__init__()
        self._name = name
        self._role: Role = role

    @override
    def clone(self) -> QIconEngine:
        return _TintedEngine(self._name, self._role)

    @override
    def paint(self, painter: QPainter, rect: QRect, mode: QIcon.Mode, state: QIcon.State) -> None:
        scale = painter.device().devicePixelRatioF()
        painter.drawPixmap(rect, self.scaledPixmap(rect.size(), mode, state, scale))

    @override
    def pixmap(self, size: QSize, mode: QIcon.Mode, state: QIcon.State) -> QPixmap:
        return self.scaledPixmap(size, mode, state, 1.0)

    @override
    def scaledPixmap(
        self, size: QSize, mode: QIcon.Mode, state: QIcon.State, scale: float
    ) -> QPixmap:
        role: Role = "text3" if mode == QIcon.Mode.Disabled else self._role
        width, height = (max(1, round(side * scale)) for side in (size.width(), size.height()))
        picture = QPixmap(_picture(self._name, _tint(role), width, height))
        picture.setDevicePixelRatio(scale)
        return picture


def icon(name: str, role: Role = "text2") -> QIcon:
    """Return an icon that follows the theme."""
    return QIcon(_TintedEngine(name, role))


def picture(name: str, role: Role, pixels: int, scale: float) -> QPixmap:
    """Return an icon as a picture for own painting; `scale` is the screen's pixel ratio."""
    side = max(1, round(pixels * scale))
    made = QPixmap(_picture(name, _tint(role), side, side))
    made.setDevicePixelRatio(scale)
    return made
