"""A state as a word with a dot or an icon; never colour alone."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from PySide6.QtCore import QRect, QRectF, Qt
from PySide6.QtGui import QFontMetrics, QPainter
from typing_extensions import override

from desktop_app.gui.fonts import font
from desktop_app.gui.icons import picture
from desktop_app.gui.theme import colour
from desktop_app.gui.tokens import Role
from desktop_app.gui.widgets.labels import Painted

BadgeTone = Literal["ok", "warn", "bad", "info", "mute", "accent"]
GROUND: dict[BadgeTone, Role] = {
    "ok": "ok_soft",
    "warn": "warn_soft",
    "bad": "bad_soft",
    "info": "info_soft",
    "mute": "mute_soft",
    "accent": "accent_soft",
}
INK: dict[BadgeTone, Role] = {
    "ok": "ok",
    "warn": "warn",
    "bad": "bad",
    "info": "info",
    "mute": "text2",
    "accent": "accent",
}


@dataclass(frozen=True, slots=True)
class Mood:
    """What a badge says and how serious it is."""

    text: str
    tone: BadgeTone = "mute"
    icon: str = ""


class Badge(Painted):
    """Shows a mood."""

    def __init__(self, mood: Mood) -> None:
        super().__init__()
        self._mood = mood
        self.show_mood(mood)

    @property
    def mood(self) -> Mood:
        """Return what is shown."""
        return self._mood

    def show_mood(self, mood: Mood) -> None:
        """Show another state."""
        self._mood = mood
        self.setAccessibleName(mood.text)
        # Measured with the same figures as painted, else the last glyph is clipped.
        width = QFontMetrics(font(12, 500, tabular=True)).horizontalAdvance(mood.text)
        self.setFixedSize(width + (40 if mood.icon else 34), 24)
        self.update()

    @override
    def draw(self, painter: QPainter) -> None:
        ink, ground = colour(INK[self._mood.tone]), colour(GROUND[self._mood.tone])
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(ground)
        painter.drawRoundedRect(QRectF(self.rect()), 12, 12)
        if self._mood.icon:
            scale = self.devicePixelRatioF()
            made = picture(self._mood.icon, INK[self._mood.tone], 14, scale)
            painter.drawPixmap(9, 5, made)
        else:
            painter.setBrush(ink)
            painter.drawEllipse(QRectF(10, 9, 6, 6))
        painter.setPen(ink)
        painter.setFont(font(12, 500, tabular=True))
        left = 28 if self._mood.icon else 22
        place = QRect(left, 0, self.width() - left, self.height())
        painter.drawText(place, Qt.AlignmentFlag.AlignVCenter, self._mood.text)
