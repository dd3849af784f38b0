"""The theme in force: palette and style sheet on Fusion, switched while the program runs."""

from __future__ import annotations

import tempfile
from functools import cache
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
            _tinted("chevron-down", tokens.text3),
            _tinted("check", tokens.on_accent, stroke="3"),
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


@cache
def _tinted(name: str, tint: str, stroke: str = "2") -> Path:
    # A style sheet takes images only from files, and the tint is not known before run time.
    drawing = resource("icons", f"{name}.svg").read_text("utf-8").replace("currentColor", tint)
    drawing = drawing.replace('stroke-width="2"', f'stroke-width="{stroke}"')
    path = Path(tempfile.mkdtemp(prefix="clopos-desk-")) / f"{name}-{tint[1:]}.svg"
    path.write_text(drawing, "utf-8")
    return path
