"""The lines above a card that say which other cards of the same person are kept under it."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QPushButton

from desktop_app.customers.records import JoinedRow
from desktop_app.gui.format import day
from desktop_app.gui.text import language, tr
from desktop_app.gui.widgets.button import allow, button
from desktop_app.gui.widgets.labels import IconLabel, label
from desktop_app.gui.widgets.layout import clear, column, row
from desktop_app.venue.records import VenueCard


class Joined(QFrame):
    """Says what was put together, by whom and when; `part_wanted(JoinedRow)` for one of them."""

    part_wanted = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("card")
        self.buttons: list[QPushButton] = []
        self.why_not = ""
        self._lines = column(gap=6, margins=(18, 8, 12, 8))
        self.setLayout(self._lines)
        self.hide()

    def show_cards(self, joined: Sequence[JoinedRow], venue: VenueCard) -> None:
        """Show the cards kept under this one, each with its button; hide where there are none."""
        clear(self._lines)
        self.buttons = []
        for one in joined:
            said = tr(
                "Put together with the card of {name} on {day} by {who}.",
                name=one.name, day=day(venue.time.local(one.at), language()), who=one.made_by,
            )  # fmt: skip
            made = button(
                tr("Take apart"), "rotate-ccw", on_click=partial(self.part_wanted.emit, one)
            )
            made.setAccessibleName(f"{tr('Take apart')}: {one.name}")
            allow(made, self.why_not)
            line = row(IconLabel("link"), gap=10)
            line.addWidget(label(said, 13, wrap=True), 1)
            line.addWidget(made)
            self._lines.addLayout(line)
            self.buttons.append(made)
        self.setVisible(bool(joined))
