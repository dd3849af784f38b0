"""Buttons: one place for their look, their names and the ampersand."""

from __future__ import annotations

from collections.abc import Callable
from typing import Literal

from PySide6.QtCore import QSize, Qt, SignalInstance
from PySide6.QtWidgets import QPushButton, QWidget

from desktop_app.gui.fonts import font
from desktop_app.gui.icons import icon
from desktop_app.gui.tokens import Role

Kind = Literal["", "primary", "hero", "danger", "ghost", "segment", "nav", "find", "choice"]
_ON_COLOUR: dict[str, Role] = {"primary": "on_accent", "hero": "on_accent", "danger": "on_bad"}
_TIP, _REFUSED = "tip", "refused"


def button(
    text: str,
    icon_name: str = "",
    kind: Kind = "",
    *,
    tip: str = "",
    on_click: Callable[[], object] | SignalInstance | None = None,
) -> QPushButton:
    """Return a button; without `text` the `tip` is its name for everybody."""
    made = QPushButton()
    made.setFont(font(13, 500))
    if kind:
        made.setProperty("kind", kind)
    if icon_name:
        made.setIcon(icon(icon_name, _ON_COLOUR.get(kind, "text2")))
        made.setIconSize(QSize(16, 16))
    retitle(made, text, tip)
    made.setCursor(Qt.CursorShape.PointingHandCursor)
    if on_click is not None:
        made.clicked.connect(on_click)
    return made


def retitle(made: QPushButton, text: str, tip: str = "") -> None:
    """Give a button another text and tip."""
    gap = " " if text and not made.icon().isNull() else ""
    # An ampersand in a name ("Staff & roles") is no keyboard mnemonic.
    made.setText(gap + text.replace("&", "&&"))
    made.setToolTip(tip)
    made.setProperty(_TIP, tip)
    made.setAccessibleName(text or tip)
    if text:
        made.setAccessibleDescription(tip)


def allow(made: QWidget, why_not: str = "", *, tip: str = "") -> None:
    """Enable a control, or disable it and say why it is not available (`Bridge.why_not`).

    Without a `tip`, an enabled button has the one it was made with.
    """
    usual = tip or str(made.property(_TIP) or "")
    made.setEnabled(not why_not)
    made.setToolTip(why_not or usual)
    if why_not:
        made.setAccessibleDescription(why_not)
    elif made.property(_REFUSED):
        made.setAccessibleDescription("" if usual == made.accessibleName() else usual)
    made.setProperty(_REFUSED, bool(why_not))
