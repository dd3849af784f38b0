"""Card numbers in the store: the last search, a new one, and masking what it found."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtWidgets import QWidget

from desktop_app.gui.bridge import Bridge, Running
from desktop_app.gui.format import moment, number
from desktop_app.gui.text import language, ntr, tr
from desktop_app.gui.widgets.badge import Badge, Mood
from desktop_app.gui.widgets.button import allow, button
from desktop_app.gui.widgets.card import Card
from desktop_app.gui.widgets.dialog import ConfirmDialog
from desktop_app.gui.widgets.labels import label
from desktop_app.gui.widgets.layout import clear, column, row
from desktop_app.kernel.words import msg
from desktop_app.security.operations import last_card_scan, mask_cards, scan_cards
from desktop_app.security.records import CardScanReport, CardScanRow, FoundCard
from desktop_app.venue.operations import get_today
from desktop_app.venue.records import Today

_SHOWN = 6


class CardNumbersCard(Card):
    """Says whether a full card number lies anywhere in the store, and since when that is known."""

    def __init__(self, bridge: Bridge, tell: Callable[[str], None]) -> None:
        super().__init__(tr("Card numbers"), tr("Full card numbers must not be kept anywhere"))
        self._bridge, self._tell = bridge, tell
        self._today: Today | None = None
        self._running: Running[CardScanReport] | None = None
        self.badge = Badge(Mood(tr("Not searched yet"), "mute", "credit-card"))
        self.facts = label("", 12, tone="muted", wrap=True, tabular=True)
        self.places = column(gap=4)
        self.mask_all = button(tr("Mask all"), "eye-off", on_click=self._ask_mask)
        self.search = button(tr("Search now"), "file-search", on_click=self._scan)
        self.body.addLayout(row(self.badge, None, self.mask_all, self.search, gap=8))
        self.add(self.facts)
        self.body.addLayout(self.places)
        self.mask_all.hide()
        self.facts.hide()
        allow(self.search, bridge.why_not(scan_cards))
        if bridge.can(last_card_scan):
            bridge.changed.connect(self._changed)
            bridge.ask(self, self._begin, get_today)
        else:
            self._say(bridge.why_not(scan_cards))

    def _begin(self, today: Today) -> None:
        self._today = today
        self._bridge.ask(self, self._show, last_card_scan)

    def _changed(self, touched: frozenset[str]) -> None:
        if "card_scan" in touched:
            self._bridge.ask(self, self._show, last_card_scan)

    def _scan(self) -> None:
        if self._is_free():
            title = msg("Looking for card numbers")
            self._running = self._bridge.start(self, self._found, title, scan_cards)

    def _is_free(self) -> bool:
        return self._running is None or self._running.future.done()

    def _found(self, report: CardScanReport) -> None:
        self._show(report.summary)
        self._list(report.places)
        if not report.summary.left:
            self._tell(tr("No card number was found."))

    def _ask_mask(self) -> None:
        dialog = ConfirmDialog(
            tr("Mask all card numbers?"),
            tr(
                "Only the last four digits stay. This cannot be taken back; every change is "
                "entered into the audit trail."
            ),
            tr("Mask all"),
            parent=self,
        )
        dialog.confirmed.connect(self._mask)
        dialog.open()

    def _mask(self) -> None:
        if self._is_free():
            title = msg("Masking card numbers")
            self._running = self._bridge.start(self, self._masked, title, mask_cards)

    def _masked(self, report: CardScanReport) -> None:
        self._show(report.summary)
        self._list(report.places)
        self._tell(ntr("{n} text was masked.", "{n} texts were masked.", report.summary.masked))

    def _show(self, summary: CardScanRow | None) -> None:
        if summary is None:
            self.badge.show_mood(Mood(tr("Not searched yet"), "warn", "triangle-alert"))
            self._say(tr("Search once after the installation and after every large import."))
            return
        left = summary.left
        self.badge.show_mood(
            Mood(ntr("{n} text with card data", "{n} texts with card data", left), "bad",
                 "shield-alert")
            if left
            else Mood(tr("None found"), "ok", "shield-check")
        )  # fmt: skip
        self.mask_all.setVisible(bool(left))
        allow(self.mask_all, self._bridge.why_not(mask_cards))
        self._say(self._facts(summary))
        if not left:
            clear(self.places)

    def _facts(self, summary: CardScanRow) -> str:
        at = self._today.venue.time.local(summary.at) if self._today else summary.at
        text = tr(
            "Searched {when} by {who}: {rows} rows in {tables} tables.",
            when=moment(at, language()), who=summary.actor,
            rows=number(summary.rows, language()), tables=number(summary.tables, language()),
        )  # fmt: skip
        if summary.closed_tables:
            text += " " + tr("Parts this role does not open were not searched.")
        return text

    def _say(self, text: str) -> None:
        self.facts.setText(text)
        self.facts.show()

    def _list(self, found: Sequence[FoundCard]) -> None:
        clear(self.places)
        for place in found[:_SHOWN]:
            self.places.addWidget(_line(place))
        if len(found) > _SHOWN:
            more = ntr("and {n} more", "and {n} more", len(found) - _SHOWN)
            self.places.addWidget(label(more, 12, tone="muted"))


def _line(place: FoundCard) -> QWidget:
    text = f"{place.masked}  ·  {place.table}.{place.column}  ·  {place.row_id}"
    return label(text, 12, tone="soft", tabular=True, wrap=True)
