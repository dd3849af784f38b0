"""The audit trail screen: who did what and when, and the proof that nothing was taken out."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import QTimer
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QComboBox, QStackedWidget, QWidget
from typing_extensions import override

from desktop_app.access.operations import get_changes, verify_trail
from desktop_app.access.records import ChangeRow, EventRow, TrailReport
from desktop_app.access.wording import OPERATIONS, OUTCOMES
from desktop_app.db.operation import REGISTRY, Kind
from desktop_app.gui.bridge import Running
from desktop_app.gui.fonts import font
from desktop_app.gui.format import clock, moment
from desktop_app.gui.navigation import Screen, Shell
from desktop_app.gui.screens.audit.event_dialog import EventDialog
from desktop_app.gui.screens.audit.source import EventSource, Wanted
from desktop_app.gui.screens.audit.wording import about, outcome_mood, role, verdict_mood, what
from desktop_app.gui.text import language, ntr, say, tr
from desktop_app.gui.widgets.badge import Badge, Mood
from desktop_app.gui.widgets.banner import Banner
from desktop_app.gui.widgets.button import button
from desktop_app.gui.widgets.empty_state import EmptyState
from desktop_app.gui.widgets.labels import label, rule
from desktop_app.gui.widgets.layout import column, frame, row
from desktop_app.gui.widgets.records.column import Column
from desktop_app.gui.widgets.records.copying import copied_text
from desktop_app.gui.widgets.records.record_table import RecordTable
from desktop_app.gui.widgets.search_box import SearchBox
from desktop_app.gui.widgets.segmented import Segmented
from desktop_app.gui.widgets.turning import Turning
from desktop_app.kernel.words import msg
from desktop_app.venue.operations import get_today
from desktop_app.venue.records import Today

REST_MS = 800
POLL_MS = 200
_ONE_LINE = 800  # in the longest language
_MANY = 1000


class AuditScreen(Screen):
    """Shows the trail. A target is a text to search for: the beginning of a name or operation."""

    def __init__(self, shell: Shell) -> None:
        super().__init__(shell)
        self.table: RecordTable[EventRow, Wanted] | None = None
        self.dialog: EventDialog | None = None
        self._running: Running[TrailReport] | None = None
        self._stale = False
        self._today: Today | None = None
        self.search = SearchBox(tr("Beginning of a name or operation"), tr("Search the trail"), 300)
        self.outcome = Segmented(
            tr("Outcome"), [("", tr("All")), *((key, say(text)) for key, text in OUTCOMES.items())]
        )
        self.operation = _operations()
        self.verify = button(tr("Verify"), "shield-check", "primary", on_click=self.start_verify)
        self.verdict = Badge(Mood(tr("Not checked since you came"), "mute", "shield-check"))
        self.banner = Banner()
        self.count = label(tr("Reading…"), 12, tone="muted", tabular=True)
        self._poll = QTimer(self, interval=POLL_MS)
        self._rest = QTimer(self, singleShot=True, interval=REST_MS)
        self._lay_out()
        self._poll.timeout.connect(self._look_at_running)
        self._rest.timeout.connect(self._look_again)
        self.bridge.ask(self, self._begin, get_today)

    @property
    def wanted(self) -> Wanted:
        """Return the filter in force."""
        text = self.search.text().strip()
        return Wanted(text, str(self.operation.currentData() or ""), self.outcome.key)

    @override
    def show_target(self, target: object) -> None:
        if isinstance(target, str):
            self.search.setText(target)

    def start_verify(self) -> None:
        """Compute the whole trail again."""
        self.verify.setEnabled(False)
        self.banner.hide()
        title = msg("Verifying the audit trail")
        self._running = self.bridge.start(self, self._verified, title, verify_trail)
        self._poll.start()

    # --- building

    def _lay_out(self) -> None:
        self.nothing = EmptyState(
            "scroll-text",
            tr("No event fits"),
            tr("There are events, but none with this beginning, operation and outcome."),
            tr("Show all events"),
        )
        self.middle = QStackedWidget()
        self.middle.addWidget(QWidget())
        self.middle.addWidget(self.nothing)
        self.nothing.chosen.connect(self._show_all)
        inside = column(gap=0)
        kinds = row(self.operation, None)
        bar = Turning(row(self.search, self.outcome), kinds, least=_ONE_LINE, gap=8, even=False)
        inside.addLayout(column(bar, margins=(16, 14, 16, 14)))
        inside.addWidget(rule())
        inside.addWidget(self.middle, 1)
        inside.addWidget(rule())
        inside.addLayout(row(self.count, None, margins=(16, 10, 16, 10)))
        proof = row(self.verdict, None, self.verify)
        layout = column(proof, self.banner, gap=12, margins=(28, 4, 28, 24))
        layout.addWidget(frame(inside, "card"), 1)
        self.setLayout(layout)

    def _begin(self, today: Today) -> None:
        self._today = today
        source = EventSource(self.bridge, self)
        self.table = RecordTable(tr("Audit trail"), _columns(today), source.queries)
        self.middle.insertWidget(0, self.table)
        self.middle.setCurrentWidget(self.table)
        self.table.counted.connect(self._counted)
        self.table.activated_row.connect(self._open_row)
        self.table.failed.connect(self.bridge.failed)
        self.table.copied.connect(self._copied)
        self.search.searched.connect(self._ask)
        self.outcome.chosen.connect(self._ask)
        self.operation.currentIndexChanged.connect(self._ask)
        self.bridge.changed.connect(self._changed)
        self._ask()

    # --- the list

    def _ask(self, *_: object) -> None:
        if self.table is not None:
            self._stale = False
            self.table.scrollToTop()
            self.table.show_request(self.wanted)

    def _show_all(self) -> None:
        self.operation.setCurrentIndex(0)
        self.outcome.choose("")
        self.search.clear()
        self._ask()

    def _counted(self, text: str) -> None:
        if self.table is None:
            return
        rows = self.table.records.rowCount()
        self.middle.setCurrentWidget(self.table if rows else self.nothing)
        shown = ntr("{n} event", "{n} events", rows)
        if not self.table.records.exact or rows >= _MANY:
            shown = tr("{count} events", count=text)
        self.count.setText(f"{shown} · " + tr("newest first"))

    def _open_row(self, at: int) -> None:
        record = None if self.table is None else self.table.record(at)
        if record is not None:
            self.bridge.ask(self, partial(self._show_event, record), get_changes, record.seq)

    def _show_event(self, event: EventRow, changes: Sequence[ChangeRow]) -> None:
        if self._today is not None:
            self.dialog = EventDialog(event, changes, self._today.venue.time, self)
            self.dialog.open()

    def _copied(self, rows: int, left_out: int) -> None:
        self.shell.tell(copied_text(rows, left_out))

    # --- the proof

    def _verified(self, report: TrailReport) -> None:
        self.bridge.ask(self, partial(self._show_verdict, report), get_today)

    def _show_verdict(self, report: TrailReport, today: Today) -> None:
        self.verdict.show_mood(verdict_mood(report, clock(today.local)))
        if not report.ok:
            self.banner.tell(
                "bad",
                tr("The trail was changed outside the program, or it is damaged."),
                tr(
                    "Do not work on in this store. Keep it as it is, and compare it with the last "
                    "verified backup."
                ),
            )

    def _look_at_running(self) -> None:
        """Free the button also where the check failed or was stopped."""
        if self._running is None or self._running.future.done():
            self._poll.stop()
            self._running = None
            self.verify.setEnabled(True)

    # --- keeping up

    def _changed(self, _: frozenset[str]) -> None:
        self._stale = True
        if self.isVisible() and not self._rest.isActive():
            self._rest.start()

    def _look_again(self) -> None:
        """Follow what happens where the newest rows are in sight; never move those being read."""
        if self.table is None or not self._stale:
            return
        if self.table.verticalScrollBar().value() == 0 and not len(self.table.picked()):
            self._stale = False
            self.table.refresh()

    @override
    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self._stale:
            self._rest.start(0)


def _operations() -> QComboBox:
    made = QComboBox()
    made.setFont(font(13))
    made.setAccessibleName(tr("Operation"))
    made.addItem(tr("All operations"), "")
    writing = {name for name, op in REGISTRY.items() if op.kind is not Kind.QUERY}
    named = ((say(text), name) for name, text in OPERATIONS.items() if name in writing)
    for text, name in sorted(named, key=lambda one: one[0].casefold()):
        made.addItem(text, name)
    return made


def _columns(today: Today) -> list[Column[EventRow]]:
    local, spoken = today.venue.time.local, language()
    return [
        Column(
            tr("When"),
            lambda one: moment(local(one.at), spoken),
            168,
            "dim",
            raw=lambda one: local(one.at).strftime("%Y-%m-%d %H:%M:%S"),
        ),
        Column(tr("Who"), lambda one: one.actor, 100, "strong"),
        Column(tr("Role"), role, 88, "dim"),
        Column(tr("What"), what, 240, stretch=True),
        Column(tr("Outcome"), lambda one: outcome_mood(one).text, 124, mood=outcome_mood),
        Column(tr("Concerns"), about, 180),
        Column(tr("Changes"), lambda one: str(one.changes) if one.changes else "–", 112, "number"),
    ]
