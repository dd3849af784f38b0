"""Pairs of cards marked as two people's, and parting what was changed since."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from desktop_app.customers.merging import EditedSinceError
from desktop_app.customers.records import ApartRow, JoinedRow
from desktop_app.gui.format import day
from desktop_app.gui.screens.customers.wording import FIELD_TITLES
from desktop_app.gui.text import language, say, tr
from desktop_app.gui.widgets.button import allow
from desktop_app.gui.widgets.dialog import Dialog
from desktop_app.gui.widgets.empty_state import EmptyState
from desktop_app.gui.widgets.labels import label
from desktop_app.gui.widgets.records.column import Column
from desktop_app.gui.widgets.records.record_table import RecordTable
from desktop_app.kernel.errors import AppError
from desktop_app.venue.records import VenueCard

_WIDE, _HIGH = 760, 420


class ApartDialog(Dialog):
    """Lists pairs marked as two people's; `undone(ApartRow)` to take a mark away."""

    undone = Signal(object)

    def __init__(
        self, rows: Sequence[ApartRow], venue: VenueCard, parent: QWidget | None, *, why_not: str
    ) -> None:
        super().__init__(
            tr("Marked as two people"),
            tr("They look like one person's cards; somebody knows that they are not."),
            parent,
        )
        self.resize(_WIDE, _HIGH)
        self.table: RecordTable[ApartRow, None] = RecordTable(
            tr("Marked as two people"),
            [
                Column(tr("Name"), lambda one: one.first.name, 190, "strong", stretch=True),
                Column(tr("Other name"), lambda one: one.second.name, 190),
                Column(tr("Marked by"), lambda one: one.made_by, 130, "dim"),
                Column(
                    tr("Day"), lambda one: day(venue.time.local(one.at), language()), 110, "dim"
                ),
            ],
        )
        self.table.show_records(rows)
        if rows:
            self.body.addWidget(self.table, 1)
        else:
            self.body.addWidget(
                EmptyState(
                    "circle-check",
                    tr("No pair is marked"),
                    tr("In the list of customers kept twice, “Two people” marks a pair."),
                )
            )
        close = self.add_button(tr("Close"))
        close.clicked.connect(self.accept)
        if rows:
            self.undo_button = self.add_button(tr("Take the mark away"))
            self.undo_button.clicked.connect(self._undo)
            allow(self.undo_button, why_not)

    def _undo(self) -> None:
        row = self.table.current_record() or self.table.record(0)
        if row is not None:
            self.undone.emit(row)


class PartDialog(Dialog):
    """Says what was changed since two cards were put together; `asked()` to part them anyway."""

    asked = Signal()

    def __init__(self, card: JoinedRow, error: EditedSinceError, parent: QWidget | None) -> None:
        said = tr(
            "What the card that stays took from the other one was changed since: {fields}.",
            fields=", ".join(say(FIELD_TITLES[name]) for name in error.fields),
        )
        super().__init__(tr("Take apart anyway?"), said, parent)
        self.body.addWidget(label(say(error.hint) if error.hint else "", 13, wrap=True))
        self.body.addWidget(
            label(tr("The other card is that of {name}.", name=card.name), 13, wrap=True)
        )
        self.add_cancel()
        self.done_button = self.add_button(tr("Take apart anyway"), "primary")
        self.done_button.clicked.connect(self.asked)

    def refuse(self, error: AppError) -> None:
        """Say why they were not parted."""
        self.banner.tell("bad", say(error.message), say(error.hint) if error.hint else "")
