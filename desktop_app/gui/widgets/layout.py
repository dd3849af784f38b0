"""Rows and columns of widgets without ceremony."""

from __future__ import annotations

from PySide6.QtWidgets import QBoxLayout, QFrame, QHBoxLayout, QLayout, QVBoxLayout, QWidget

Margins = tuple[int, int, int, int]
Item = QWidget | QLayout | int | None
_NONE: Margins = (0, 0, 0, 0)


def row(*items: Item, gap: int = 8, margins: Margins = _NONE) -> QHBoxLayout:
    """Return items side by side; `None` is a spring, a number a fixed space."""
    made = QHBoxLayout()
    _fill(made, items, gap, margins)
    return made


def column(*items: Item, gap: int = 8, margins: Margins = _NONE) -> QVBoxLayout:
    """Return items one below the other; `None` is a spring, a number a fixed space."""
    made = QVBoxLayout()
    _fill(made, items, gap, margins)
    return made


def frame(content: QLayout, name: str = "", parent: QWidget | None = None) -> QFrame:
    """Return a frame around a layout; `name` picks its look in the style sheet."""
    made = QFrame(parent)
    made.setObjectName(name)
    made.setLayout(content)
    return made


def clear(layout: QLayout) -> None:
    """Remove and delete everything in a layout."""
    while (item := layout.takeAt(0)) is not None:
        widget, inner = item.widget(), item.layout()
        if widget is not None:
            widget.hide()
            widget.deleteLater()
        elif inner is not None:
            clear(inner)


def _fill(layout: QBoxLayout, items: tuple[Item, ...], gap: int, margins: Margins) -> None:
    layout.setContentsMargins(*margins)
    layout.setSpacing(gap)
    for item in items:
        if item is None:
            layout.addStretch(1)
        elif isinstance(item, int):
            layout.addSpacing(item)
        elif isinstance(item, QLayout):
            layout.addLayout(item)
        else:
            layout.addWidget(item)
