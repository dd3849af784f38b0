"""The places of sale: what is printed of each, and opening another one."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtWidgets import QWidget

from desktop_app.gui.bridge import Bridge
from desktop_app.gui.screens.settings.venue_dialog import VenueDialog
from desktop_app.gui.text import tr
from desktop_app.gui.widgets.button import allow, button
from desktop_app.gui.widgets.card import Card
from desktop_app.gui.widgets.labels import label, rule
from desktop_app.gui.widgets.layout import clear, column, frame, row
from desktop_app.venue.operations import change_venue, list_venues, open_venue
from desktop_app.venue.records import NewVenue, VenueCard, VenueProfile


class VenuesCard(Card):
    """Lists the venues in sight, and has them changed or a new one opened."""

    def __init__(self, bridge: Bridge, tell: Callable[[str], None]) -> None:
        self.new_button = button(tr("Open a venue"), "plus", on_click=self._open_new)
        super().__init__(
            tr("Venues"), tr("Their addresses, and when their business day begins"), self.new_button
        )
        self._bridge, self._tell = bridge, tell
        self._venues: Sequence[VenueCard] = ()
        self.lines: dict[int, QWidget] = {}
        self._rows = column(gap=0)
        self.body.addLayout(self._rows)
        self._why_not = bridge.why_not(open_venue)
        allow(self.new_button, self._why_not or tr("The venues are being read."))
        bridge.changed.connect(self._changed)
        self._look()

    def _look(self) -> None:
        self._bridge.ask(self, self._show, list_venues)

    def _changed(self, touched: frozenset[str]) -> None:
        if "venue" in touched:
            self._look()

    def _show(self, found: Sequence[VenueCard]) -> None:
        self._venues = found
        clear(self._rows)
        self.lines = {}
        for at, one in enumerate(found):
            if at:
                self._rows.addWidget(rule())
            self.lines[one.id] = self._line(one)
            self._rows.addWidget(self.lines[one.id])
        first = tr("Choose “All venues” above the screens first.")
        narrowed = self._bridge.app.actor.here is not None
        allow(self.new_button, self._why_not or (first if narrowed else ""))

    def _line(self, one: VenueCard) -> QWidget:
        opens = tr("opens at {time}", time=f"{one.opening:%H:%M}")
        facts = f"{one.address} · {opens}" if one.address else opens
        who = column(label(one.name, 13, 500), label(facts, 12, tone="muted"), gap=2)
        line = row(gap=10, margins=(0, 7, 0, 7))
        line.addLayout(who, 1)
        edit = button("", "pencil", "ghost", tip=tr("Change {name}", name=one.name))
        edit.clicked.connect(partial(self._open_one, one))
        allow(edit, self._why_not)
        line.addWidget(edit)
        return frame(line, "clear")

    def _open_new(self) -> None:
        dialog = VenueDialog(None, self)
        dialog.asked.connect(partial(self._asked, dialog, None))
        dialog.open()

    def _open_one(self, one: VenueCard, _: bool = False) -> None:  # noqa: FBT001, FBT002 - Qt
        dialog = VenueDialog(one, self)
        dialog.asked.connect(partial(self._asked, dialog, one))
        dialog.open()

    def _asked(self, dialog: VenueDialog, one: VenueCard | None, said: VenueProfile) -> None:
        done = partial(self._done, dialog)
        if one is not None:
            self._bridge.ask_or(
                dialog, done, dialog.refuse, change_venue, one.id, said, one.profile
            )
            return
        like = self._venues[0]
        new = NewVenue(
            said.name, like.currency, like.timezone, said.opening, like.country, said.legal_name,
            said.tax_id, said.email, said.phone, said.address,
        )  # fmt: skip
        self._bridge.ask_or(dialog, done, dialog.refuse, open_venue, new)

    def _done(self, dialog: VenueDialog, _: object) -> None:
        dialog.accept()
        self._tell(tr("The venue is saved."))
