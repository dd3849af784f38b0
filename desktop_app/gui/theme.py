"""The theme in force: palette and style sheet on Fusion, switched while the program runs."""

from __future__ import annotations

from pathlib import Path
from typing import cast

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QColor, QPalette
from PySide6.QtWidgets import QApplication, QStyleFactory

from desktop_app.gui.style_sheet import style_sheet
from desktop_app.gui.tokens import DARK, LIGHT, Role, Tokens
from desktop_app.kernel.resources import resource


class Theme(QObject):
    """Holds the tokens in force and tells painters when they change."""

    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.tokens: Tokens = LIGHT


theme = Theme()
# The icons of the style sheet: the role that tints them, and how thick their lines are.
IN_SHEETS: dict[str, tuple[Role, str]] = {
    "chevron-down": ("text3", "2"),
    "check": ("on_accent", "3"),
}


def colour(role: Role, alpha: float = 1.0) -> QColor:
    """Return the colour of a role in the theme in force."""
    found = QColor(cast("str", getattr(theme.tokens, role)))
    found.setAlphaF(alpha)
    return found


def apply(tokens: Tokens) -> None:
    """Dress the whole application in a theme."""
    application = cast("QApplication", QApplication.instance())
    theme.tokens = tokens
    if application.style().name() != "fusion":
        application.setStyle(QStyleFactory.create("Fusion"))
    application.setPalette(_palette(tokens))
    application.setStyleSheet(
        style_sheet(
            tokens,
            tinted_file("chevron-down", tokens),
            tinted_file("check", tokens),
        )
    )
    theme.changed.emit()


def switch() -> Tokens:
    """Change between light and dark; return the theme now in force."""
    apply(DARK if theme.tokens.name == LIGHT.name else LIGHT)
    return theme.tokens


def _palette(tokens: Tokens) -> QPalette:
    role = QPalette.ColorRole
    palette = QPalette()
    for name, value in (
        (role.Window, tokens.bg),
        (role.Base, tokens.surface),
        (role.AlternateBase, tokens.sunken),
        (role.Text, tokens.text),
        (role.WindowText, tokens.text),
        (role.ButtonText, tokens.text),
        (role.Button, tokens.surface),
        (role.Highlight, tokens.accent_soft),
        (role.HighlightedText, tokens.text),
        (role.PlaceholderText, tokens.text3),
        (role.ToolTipBase, tokens.text),
        (role.ToolTipText, tokens.surface),
        (role.Link, tokens.accent),
        (role.Accent, tokens.accent),
        (role.Light, tokens.surface),
        (role.Midlight, tokens.border),
        (role.Mid, tokens.border),
        (role.Dark, tokens.border_strong),
        (role.BrightText, tokens.bad),
    ):
        palette.setColor(name, QColor(value))
    for name in (role.Text, role.WindowText, role.ButtonText):
        palette.setColor(QPalette.ColorGroup.Disabled, name, QColor(tokens.text3))
    return palette


def tinted_file(name: str, tokens: Tokens) -> Path:
    """Return the file of an icon in the tint that the style sheet of a theme gives it.

    A style sheet takes images from files only. They are bundled, one for each theme, and hold what
    `tinted` draws: the program writes no file for its look, so it leaves none behind.
    """
    return resource("icons", "themed", f"{name}-{tokens.name}.svg")


def tinted(name: str, tokens: Tokens) -> str:
    """Return the drawing of an icon of the style sheet, tinted."""
    role, stroke = IN_SHEETS[name]
    tint = cast("str", getattr(tokens, role))
    drawing = resource("icons", f"{name}.svg").read_text("utf-8").replace("currentColor", tint)
    return drawing.replace('stroke-width="2"', f'stroke-width="{stroke}"')
