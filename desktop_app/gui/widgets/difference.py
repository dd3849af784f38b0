"""Two people changed one thing: what is stored now beside what was typed."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QScrollArea, QWidget

from desktop_app.gui.format import day
from desktop_app.gui.text import language, tr
from desktop_app.gui.widgets.dialog import Dialog
from desktop_app.gui.widgets.labels import label
from desktop_app.gui.widgets.layout import column, frame

_SIZE = (760, 460)
_LONG = 300
Difference = tuple[str, str, str]
"""A field in words, what is stored of it, and what was typed."""


class DifferenceDialog(Dialog):
    """Shows both; `theirs` and `mine` when one of them is to hold."""

    theirs = Signal()
    mine = Signal()

    def __init__(self, name: str, lines: Sequence[Difference], parent: QWidget) -> None:
        super().__init__(
            tr("Somebody else has changed “{name}” meanwhile", name=name),
            tr("Nothing of yours is stored yet. These fields differ:"),
            parent,
        )
        self.resize(*_SIZE)
        self.lines = lines
        grid = QGridLayout()
        grid.setHorizontalSpacing(20)
        grid.setVerticalSpacing(10)
        for at, title in enumerate((tr("Field"), tr("Stored now"), tr("What you typed"))):
            grid.addWidget(label(title, 12, tone="muted"), 0, at)
            grid.setColumnStretch(at, 1 if at == 0 else 2)
        for line, words in enumerate(lines, 1):
            for at, text in enumerate(words):
                shown = label(text, 13, 500 if at == 0 else 400, wrap=True, tabular=True)
                grid.addWidget(shown, line, at, Qt.AlignmentFlag.AlignTop)
        if not lines:
            same = tr("Both say the same: there is nothing left to store.")
            grid.addWidget(label(same, tone="muted"), 1, 0, 1, 3)
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setFrameShape(scroll.Shape.NoFrame)
        scroll.setWidget(frame(column(grid, None), "clear"))
        self.body.addWidget(scroll, 1)
        self.add_cancel()
        self.theirs_button = self.add_button(tr("Take what is stored"))
        self.mine_button = self.add_button(tr("Store mine over it"), "primary")
        self.theirs_button.clicked.connect(self._take)
        self.mine_button.clicked.connect(self._keep)

    def _take(self) -> None:
        self.theirs.emit()
        self.accept()

    def _keep(self) -> None:
        self.mine.emit()
        self.accept()


def field_differences(
    stored: object, typed: object, titles: Mapping[str, str]
) -> Sequence[Difference]:
    """Return the attributes in which two forms differ; `titles` say what they are called."""
    found = [(title, getattr(stored, name), getattr(typed, name)) for name, title in titles.items()]
    return [
        (title, shortened(words_of(theirs)), shortened(words_of(mine)))
        for title, theirs, mine in found
        if theirs != mine
    ]


def shortened(text: str) -> str:
    """Return a text that a line of the difference can hold; a dash for none."""
    return (text if len(text) <= _LONG else f"{text[:_LONG]}…") or "–"


def words_of(value: object) -> str:
    """Return a value as the difference says it."""
    if isinstance(value, bool):
        return tr("yes") if value else tr("no")
    if isinstance(value, date):
        return day(value, language())
    return "" if value is None else str(value)


def show_difference(
    parent: QWidget,
    name: str,
    lines: Sequence[Difference],
    *,
    mine: Callable[[], None],
    theirs: Callable[[], None],
) -> DifferenceDialog:
    """Open the difference over an editor; `mine` stores what was typed, `theirs` lets go of it."""
    made = DifferenceDialog(name, lines, parent)
    made.mine.connect(mine)
    made.theirs.connect(theirs)
    made.open()
    return made
