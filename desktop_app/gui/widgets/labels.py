"""Words, icons and small marks that nobody clicks."""

from __future__ import annotations

from typing import Literal

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QLabel, QSizePolicy, QWidget
from typing_extensions import override

from desktop_app.gui.fonts import font
from desktop_app.gui.icons import picture
from desktop_app.gui.theme import colour, theme
from desktop_app.gui.tokens import Role

Tone = Literal["", "muted", "soft", "bad", "warn", "ok", "accent"]


def label(
    text: str = "",
    pixels: int = 13,
    weight: int = 400,
    tone: Tone = "",
    *,
    tabular: bool = False,
    wrap: bool = False,
) -> QLabel:
    """Return plain text in a size, weight and tone."""
    made = QLabel(text)
    made.setTextFormat(Qt.TextFormat.PlainText)
    made.setFont(font(pixels, weight, tabular=tabular))
    made.setWordWrap(wrap)
    made.setProperty("tone", tone)
    return made


def set_tone(made: QLabel, tone: Tone) -> None:
    """Change the tone of a label."""
    made.setProperty("tone", tone)
    made.style().unpolish(made)
    made.style().polish(made)


def keycap(text: str) -> QLabel:
    """Return the picture of a key."""
    made = label(text, 11, 500)
    made.setObjectName("keycap")
    made.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
    return made


def rule() -> QFrame:
    """Return a thin horizontal line."""
    made = QFrame()
    made.setObjectName("rule")
    made.setFixedHeight(1)
    return made


class Painted(QWidget):
    """A widget that paints itself from the tokens, and again when they change."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        theme.changed.connect(self.update)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self.draw(painter)
        painter.end()

    def draw(self, painter: QPainter) -> None:
        """Paint the widget; the painter is smooth and ends by itself."""
        raise NotImplementedError


class IconLabel(Painted):
    """An icon in the colour of a role; with `bubble`, on a soft rounded ground."""

    def __init__(
        self, name: str, role: Role = "text3", pixels: int = 16, bubble: Role | None = None
    ) -> None:
        super().__init__()
        self._name = name
        self._role: Role = role
        self._pixels = pixels
        self._bubble: Role | None = bubble
        side = pixels * 2 if bubble else pixels
        self.setFixedSize(side, side)

    def show_icon(self, name: str, role: Role) -> None:
        """Show another icon."""
        self._name, self._role = name, role
        self.update()

    @override
    def draw(self, painter: QPainter) -> None:
        if self._bubble:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(colour(self._bubble))
            painter.drawRoundedRect(QRectF(self.rect()), 10, 10)
        at = (self.width() - self._pixels) // 2
        made = picture(self._name, self._role, self._pixels, self.devicePixelRatioF())
        painter.drawPixmap(at, at, made)


class Avatar(Painted):
    """A person's initials on a soft disc."""

    def __init__(self, name: str, pixels: int = 34, role: Role = "accent") -> None:
        super().__init__()
        self._initials = initials(name)
        self._pixels = pixels
        self._role: Role = role
        self.setFixedSize(pixels, pixels)

    @override
    def draw(self, painter: QPainter) -> None:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(colour(self._role, 0.16))
        painter.drawEllipse(self.rect())
        painter.setPen(colour(self._role))
        painter.setFont(font(round(self._pixels * 0.38), 600))
        painter.drawText(self.rect(), Qt.AlignmentFlag.AlignCenter, self._initials)


def initials(name: str) -> str:
    """Return up to two first letters of a person's name."""
    words = name.split()
    chosen = words if len(words) < 2 else [words[0], words[-1]]  # noqa: PLR2004 - first and last
    return "".join(word[0] for word in chosen)


class Mark(Painted):
    """The sign of the program: a chef's hat on a rounded square."""

    def __init__(self, pixels: int = 32) -> None:
        super().__init__()
        self.setFixedSize(pixels, pixels)

    @override
    def draw(self, painter: QPainter) -> None:
        side = self.width()
        inner = round(side * 0.56)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(colour("accent"))
        painter.drawRoundedRect(QRectF(self.rect()), side * 0.28, side * 0.28)
        at = (side - inner) // 2
        hat = picture("chef-hat", "on_accent", inner, self.devicePixelRatioF())
        painter.drawPixmap(at, at, hat)
