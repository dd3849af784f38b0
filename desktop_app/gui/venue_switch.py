"""Chooses the venue that one works in, where a store has several."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import QPoint, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QVBoxLayout, QWidget

from desktop_app.gui.text import tr
from desktop_app.gui.widgets.button import button
from desktop_app.venue.records import VenueCard


class VenueSwitch(QWidget):
    """A small button with the list of venues; `chosen(venue id)`, None for all of them.

    It is not in sight where there is nothing to choose.
    """

    chosen = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self.venues: Sequence[VenueCard] = ()
        self.here: int | None = None
        tip = tr("Choose the venue to work in")
        self.open_button = button("", "chevron-down", "ghost", tip=tip, on_click=self._open)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.open_button)
        self.menu = QMenu(self)
        self.hide()

    def show_venues(self, venues: Sequence[VenueCard], here: int | None) -> None:
        """Offer these venues; `here` is the one that is worked in now."""
        self.venues, self.here = venues, here
        self.menu.clear()
        self._offer(tr("All venues"), None)
        for venue in venues:
            self._offer(venue.name.replace("&", "&&"), venue.id)
        self.setVisible(len(venues) > 1)

    def _offer(self, title: str, venue_id: int | None) -> None:
        action = QAction(title, self.menu)
        action.setCheckable(True)
        action.setChecked(venue_id == self.here)
        action.triggered.connect(partial(self._choose, venue_id))
        self.menu.addAction(action)

    def _choose(self, venue_id: int | None, _: bool = False) -> None:  # noqa: FBT001, FBT002 - Qt
        self.chosen.emit(venue_id)

    def _open(self) -> None:
        self.menu.popup(self.open_button.mapToGlobal(QPoint(0, self.open_button.height())))
