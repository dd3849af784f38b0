"""One event: who did what, and every change it made, without personal values."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QLabel, QWidget

from desktop_app.access.records import ChangeRow, EventRow
from desktop_app.access.wording import action_words
from desktop_app.gui.fonts import mono
from desktop_app.gui.format import moment, number
from desktop_app.gui.screens.audit.record_words import fields_text, record_words
from desktop_app.gui.screens.audit.wording import (
    about,
    detail_lines,
    outcome_mood,
    role,
    what,
)
from desktop_app.gui.text import language, ntr, say, tr
from desktop_app.gui.widgets.badge import Badge, BadgeTone, Mood
from desktop_app.gui.widgets.dialog import Dialog
from desktop_app.gui.widgets.labels import label
from desktop_app.gui.widgets.layout import row
from desktop_app.gui.widgets.records.column import Column
from desktop_app.gui.widgets.records.record_table import RecordTable
from desktop_app.venue.records import VenueCard

_LONGEST = 240
_LONGEST_TIP = 2_000
_TONES: dict[str, BadgeTone] = {"add": "ok", "import": "ok", "change": "info", "remove": "bad"}


class EventDialog(Dialog):
    """Shows an event."""

    def __init__(
        self, event: EventRow, changes: Sequence[ChangeRow], venue: VenueCard, parent: QWidget
    ) -> None:
        self._venue = venue
        when = moment(venue.time.local(event.at), language())
        title = tr("Event {number}", number=number(event.seq, language()))
        super().__init__(title, f"{what(event)} · {when}", parent)
        self.setMinimumSize(860, 540)
        self.changes: RecordTable[ChangeRow, None] = RecordTable(tr("Changes"), _columns(venue))
        self.raw = _quiet("")
        self._show_facts(event)
        if changes:
            self.body.addWidget(label(ntr("{n} change", "{n} changes", len(changes)), 13, 600))
            self.changes.show_records(changes)
            self.body.addWidget(self.changes, 1)
            self.body.addWidget(self.raw)
            self.changes.picked_changed.connect(self._show_raw)
            note = tr("Values that tell something about a person are not kept in the trail.")
            self.body.addWidget(label(note, 12, tone="muted"))
        else:
            self.changes.setParent(self)
            self.changes.hide()
            self.body.addWidget(label(tr("This event changed nothing in the store."), 13))
            self.body.addStretch(1)
        self.add_button(tr("Close"), "primary").clicked.connect(self.accept)

    def _show_facts(self, event: EventRow) -> None:
        grid = QGridLayout()
        grid.setHorizontalSpacing(18)
        grid.setVerticalSpacing(6)
        grid.setColumnStretch(1, 1)
        facts = [
            (tr("Who"), f"{event.actor} · {role(event)}"),
            (tr("Concerns"), about(event)),
            *detail_lines(event.detail, self._venue),
        ]
        shown = [(name, value) for name, value in facts if value]
        for at, (name, value) in enumerate(shown):
            grid.addWidget(label(name, 12, tone="muted"), at, 0)
            grid.addWidget(_short(value), at, 1)
        grid.addWidget(label(tr("Checksum"), 12, tone="muted"), len(shown), 0)
        grid.addWidget(_quiet(event.hash), len(shown), 1)
        self.body.addLayout(row(Badge(outcome_mood(event)), None))
        self.body.addLayout(grid)

    def _show_raw(self) -> None:
        """Show what the store itself calls the record that is picked."""
        picked = self.changes.picked_records(1)
        self.raw.setText(f"{picked[0].table} {picked[0].row_id}".strip() if picked else "")


def _short(text: str) -> QLabel:
    """Return a text that says the rest of itself when it is pointed at."""
    shown = text if len(text) <= _LONGEST else text[: _LONGEST - 1] + "…"
    made = label(shown, 13, tabular=True, wrap=True)
    if shown != text:
        made.setToolTip(text[:_LONGEST_TIP])
    return made


def _quiet(text: str) -> QLabel:
    made = label(text, 12, tone="muted", wrap=True)
    made.setFont(mono(12))
    made.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    return made


def _columns(venue: VenueCard) -> list[Column[ChangeRow]]:
    return [
        Column(tr("Kind of record"), lambda one: record_words(one.table), 220, "strong"),
        Column(
            tr("What was done"),
            lambda one: say(action_words(one.action)),
            150,
            mood=lambda one: Mood(say(action_words(one.action)), _TONES.get(one.action, "mute")),
        ),
        Column(tr("Fields"), lambda one: fields_text(one, venue), 260, stretch=True),
    ]
