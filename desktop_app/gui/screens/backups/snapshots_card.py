"""The list of backups, newest first."""

from __future__ import annotations

from desktop_app.backup.records import SnapshotList, SnapshotRow
from desktop_app.gui.format import moment, number
from desktop_app.gui.restore.wording import size
from desktop_app.gui.text import language, ntr, say, tr
from desktop_app.gui.widgets.badge import Mood
from desktop_app.gui.widgets.banner import Banner
from desktop_app.gui.widgets.card import Card
from desktop_app.gui.widgets.records.column import Column, Sort
from desktop_app.gui.widgets.records.record_table import RecordTable
from desktop_app.venue.records import VenueCard

_LEAST_HEIGHT = 300


class SnapshotsCard(Card):
    """Shows what can be restored; a place that does not answer is named above the list."""

    def __init__(self, venue: VenueCard) -> None:
        super().__init__(tr("Backups"), tr("Reading the places…"))
        self.silent = Banner()
        self.table: RecordTable[SnapshotRow, None] = RecordTable(
            tr("Backups"), snapshot_columns(venue)
        )
        self.table.setMinimumHeight(_LEAST_HEIGHT)
        self.add(self.silent)
        self.add(self.table, stretch=1)
        self._first = True

    def show_list(self, found: SnapshotList) -> None:
        """Show the backups."""
        rows = list(reversed(found.rows))
        self.table.show_records(rows)
        if self._first:
            self._first = False
            self.table.show_request(None, Sort("at", descending=True))
        added = size(sum(row.bytes for row in rows))
        self.tell(ntr("{n} backup, {size}", "{n} backups, {size}", len(rows), size=added))
        if found.unreachable:
            reasons = " ".join(say(message) for message in found.unreachable)
            self.silent.tell("warn", tr("Not every place answers"), reasons)
        else:
            self.silent.hide()


def snapshot_columns(venue: VenueCard) -> list[Column[SnapshotRow]]:
    """Return the columns of the list."""
    spoken, local = language(), venue.time.local
    return [
        Column(
            tr("Time"),
            lambda row: moment(local(row.at), spoken),
            180,
            "strong",
            raw=lambda row: local(row.at).strftime("%Y-%m-%d %H:%M"),
            sort="at",
            sort_value=lambda row: row.at,
        ),
        Column(
            tr("Place"),
            lambda row: row.target,
            160,
            sort="target",
            sort_value=lambda row: row.target,
        ),
        Column(
            tr("Added"),
            lambda row: size(row.bytes),
            120,
            "number",
            raw=lambda row: str(row.bytes),
            sort="bytes",
            sort_value=lambda row: row.bytes,
        ),
        Column(
            tr("Rows"),
            lambda row: number(row.rows, spoken),
            120,
            "number",
            raw=lambda row: str(row.rows),
            sort="rows",
            sort_value=lambda row: row.rows,
        ),
        Column(
            tr("Kind"),
            lambda row: tr("Whole") if row.base else tr("Changes"),
            140,
            "badge",
            mood=lambda row: (
                Mood(tr("Whole"), "accent") if row.base else Mood(tr("Changes"), "mute")
            ),
        ),
        Column(tr("Computer"), lambda row: row.device, 160, "dim", stretch=True),
        Column(tr("Number"), lambda row: row.id, 220, "dim"),
    ]
