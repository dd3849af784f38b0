"""The line above a card that says which other cards of the same person are kept under it."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QFrame

from desktop_app.customers.records import JoinedRow
from desktop_app.gui.format import day
from desktop_app.gui.text import language, tr
from desktop_app.gui.widgets.button import button
from desktop_app.gui.widgets.labels import IconLabel, label
from desktop_app.gui.widgets.layout import row
from desktop_app.venue.records import VenueCard


class Joined(QFrame):
    """Says what was put together, by whom and when; `button` takes the last one apart."""

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("card")
        self.text = label("", 13, wrap=True)
        self.button = button(tr("Take apart"), "rotate-ccw")
        line = row(IconLabel("link"), gap=10, margins=(18, 8, 12, 8))
        line.addWidget(self.text, 1)
        line.addWidget(self.button)
        self.setLayout(line)
        self.hide()

    def show_cards(self, joined: Sequence[JoinedRow], venue: VenueCard) -> None:
        """Show the cards kept under this one; nothing where there are none."""
        said = [
            tr("Put together with the card of {name} on {day} by {who}.",
               name=one.name, day=day(venue.time.local(one.at), language()), who=one.made_by)
            for one in joined
        ]  # fmt: skip
        self.text.setText("\n".join(said))
        self.setVisible(bool(said))
