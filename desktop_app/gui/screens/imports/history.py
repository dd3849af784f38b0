"""The imports so far, and the formats we read."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtWidgets import QStackedWidget

from desktop_app.exchange.reports import ImportRow, ReaderRow
from desktop_app.gui.format import moment, money, number
from desktop_app.gui.screens.imports.wording import names_text, source_text
from desktop_app.gui.text import language, ntr, say, tr
from desktop_app.gui.widgets.badge import Mood
from desktop_app.gui.widgets.card import Card
from desktop_app.gui.widgets.empty_state import EmptyState
from desktop_app.gui.widgets.labels import label, rule
from desktop_app.gui.widgets.layout import clear, column
from desktop_app.gui.widgets.records.column import Column
from desktop_app.gui.widgets.records.record_table import RecordTable
from desktop_app.kernel.words import Message
from desktop_app.venue.records import VenueCard

_LEAST = 260


class HistoryCard(Card):
    """Shows the imports, newest first."""

    def __init__(self, venue: VenueCard, titles: Mapping[str, Message]) -> None:
        super().__init__(tr("Imports so far"), " ")
        self.table: RecordTable[ImportRow, None] = RecordTable(
            tr("Imports so far"), _columns(venue, titles)
        )
        self.empty = EmptyState(
            "history", tr("Nothing was imported yet"), tr("What you import is listed here.")
        )
        self._pages = QStackedWidget()
        self._pages.addWidget(self.table)
        self._pages.addWidget(self.empty)
        self._pages.setMinimumHeight(_LEAST)
        self.add(self._pages, stretch=1)

    def show_imports(self, rows: Sequence[ImportRow]) -> None:
        """Show these imports."""
        self.table.show_records(rows)
        self._pages.setCurrentWidget(self.table if rows else self.empty)
        self.tell(ntr("{n} import, newest first", "{n} imports, newest first", len(rows)))


class FormatsCard(Card):
    """Says what we read and how its files are known."""

    def __init__(self) -> None:
        super().__init__(tr("What we read"), tr("Recognised by its contents, not by its name"))

    def show_readers(self, readers: Sequence[ReaderRow]) -> None:
        """Show the formats."""
        clear(self.body)
        for at, reader in enumerate(readers):
            if at:
                self.add(rule())
            title = label(say(reader.title), 13, 600, wrap=True)
            looks = label(say(reader.looks_for), 12, tone="muted", wrap=True)
            self.body.addLayout(column(title, looks, gap=2))
        self.body.addStretch(1)


def _columns(venue: VenueCard, titles: Mapping[str, Message]) -> list[Column[ImportRow]]:
    spoken, local, currency = language(), venue.time.local, venue.currency
    return [
        Column(tr("When"), lambda one: moment(local(one.at), spoken), 172, "dim"),
        Column(tr("Format"), lambda one: source_text(one.source, titles), 200, "strong"),
        Column(tr("Files"), lambda one: names_text(one.files), 140, stretch=True),
        Column(tr("Orders"), lambda one: number(one.orders_added, spoken), 90, "number"),
        Column(tr("Customers"), lambda one: number(one.customers_added, spoken), 104, "number"),
        Column(tr("Left out"), lambda one: number(one.rejected, spoken), 126, "number"),
        Column(tr("Revenue"), lambda one: money(one.revenue_minor, currency, spoken), 134, "money"),
        Column(tr("State"), _state, 120, mood=_state_mood),
    ]


def _state(one: ImportRow) -> str:
    return tr("Whole") if one.finished else tr("Stopped")


def _state_mood(one: ImportRow) -> Mood:
    return Mood(_state(one), "ok" if one.finished else "warn")
