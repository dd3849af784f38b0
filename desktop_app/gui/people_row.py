"""The people who may come back to this window with a PIN, as buttons with their initials."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget
from typing_extensions import override

from desktop_app.gui.desk import KnownUser
from desktop_app.gui.text import tr
from desktop_app.gui.widgets.labels import Avatar, label
from desktop_app.gui.widgets.layout import column, row

MOST = 5
_WIDTH, _HEIGHT = 76, 82


class PersonButton(QPushButton):
    """One person: initials, and the first name below."""

    def __init__(self, user: KnownUser) -> None:
        super().__init__()
        shown = user.shown or user.name
        self.setProperty("kind", "segment")
        self.setCheckable(True)
        self.setAutoExclusive(True)
        self.setAccessibleName(shown)
        self.setToolTip(shown)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        picture = Avatar(shown, 40)
        name = label(shown.split()[0], 12, 500)
        name.setAlignment(Qt.AlignmentFlag.AlignCenter)
        inside = column(row(None, picture, None), name, gap=6, margins=(6, 8, 6, 6))
        for part in (picture, name):
            part.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setLayout(inside)

    @override
    def sizeHint(self) -> QSize:
        return QSize(_WIDTH, _HEIGHT)


class PeopleRow(QWidget):
    """`chosen(name)` when somebody presses their button."""

    chosen = Signal(str)

    def __init__(self, users: Sequence[KnownUser]) -> None:
        super().__init__()
        self.setAccessibleName(tr("Who is there?"))
        self.buttons: dict[str, PersonButton] = {}
        line = row(None, gap=8)
        for user in users[:MOST]:
            made = PersonButton(user)
            made.clicked.connect(partial(self.chosen.emit, user.name))
            self.buttons[user.name] = made
            line.addWidget(made)
        line.addStretch(1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 4)
        layout.addLayout(line)

    def show_chosen(self, name: str) -> None:
        """Mark who is chosen; nobody where they have no button."""
        for one, made in self.buttons.items():
            made.setAutoExclusive(False)
            made.setChecked(one == name)
            made.setAutoExclusive(True)
