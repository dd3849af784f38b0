"""The audit trail screen: who did what and when, and the proof that nothing was taken out."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import QTimer
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QStackedWidget, QWidget
from typing_extensions import override

from desktop_app.access.operations import get_changes
from desktop_app.access.records import ChangeRow, EventRow, UserRow
from desktop_app.access.users import list_users
from desktop_app.exports.shown import export_shown_trail
from desktop_app.gui.format import moment
from desktop_app.gui.lists.handing_out import hand_out_of
from desktop_app.gui.navigation import Screen, Shell
from desktop_app.gui.screens.audit.event_dialog import EventDialog
from desktop_app.gui.screens.audit.filter_bar import FilterBar
from desktop_app.gui.screens.audit.proof import Proof
from desktop_app.gui.screens.audit.source import EventSource, Wanted
from desktop_app.gui.screens.audit.wording import about, outcome_mood, role, what
from desktop_app.gui.text import language, ntr, tr
from desktop_app.gui.widgets.empty_state import EmptyState
from desktop_app.gui.widgets.labels import label, rule
from desktop_app.gui.widgets.layout import column, frame, row
from desktop_app.gui.widgets.records.column import Column
from desktop_app.gui.widgets.records.copying import copied_text
from desktop_app.gui.widgets.records.record_table import RecordTable
from desktop_app.kernel.access import Permission
from desktop_app.venue.operations import get_today
from desktop_app.venue.records import Today

REST_MS = 800
_MANY = 1000
_LEAST_HEIGHT = 90  # an alarm above needs the room in a small window


class AuditScreen(Screen):
    """Shows the trail. A target is a text to search for: the beginning of a name or operation."""

    def __init__(self, shell: Shell) -> None:
        super().__init__(shell)
        self.table: RecordTable[EventRow, Wanted] | None = None
        self.dialog: EventDialog | None = None
        self._stale = False
        self._today: Today | None = None
        self.bar = FilterBar()
        self.proof = Proof(self.bridge)
        self.count = label(tr("Reading…"), 12, tone="muted", tabular=True)
        self._rest = QTimer(self, singleShot=True, interval=REST_MS)
        self._lay_out()
        self.proof.told.connect(shell.tell)
        self._rest.timeout.connect(self._look_again)
        self.bridge.ask(self, self._begin, get_today)

    @property
    def wanted(self) -> Wanted:
        """Return the filter in force."""
        return self.bar.wanted

    @override
    def show_target(self, target: object) -> None:
        if isinstance(target, str):
            self.bar.search.setText(target)

    # --- building

    def _lay_out(self) -> None:
        self.nothing = EmptyState(
            "scroll-text",
            tr("No event fits"),
            tr("There are events, but none with all that is chosen above."),
            tr("Show all events"),
        )
        self.middle = QStackedWidget()
        self.middle.setMinimumHeight(_LEAST_HEIGHT)
        self.middle.addWidget(QWidget())
        self.middle.addWidget(self.nothing)
        self.nothing.chosen.connect(self._show_all)
        inside = column(gap=0)
        inside.addWidget(self.bar)
        inside.addWidget(rule())
        inside.addWidget(self.middle, 1)
        inside.addWidget(rule())
        inside.addLayout(row(self.count, None, margins=(16, 10, 16, 10)))
        layout = column(self.proof, gap=12, margins=(28, 4, 28, 24))
        layout.addWidget(frame(inside, "card"), 1)
        self.setLayout(layout)

    def _begin(self, today: Today) -> None:
        self._today = today
        self.proof.begin(today)
        source = EventSource(self.bridge, self)
        self.table = RecordTable(tr("Audit trail"), _columns(today), source.queries)
        self.middle.insertWidget(0, self.table)
        self.middle.setCurrentWidget(self.table)
        self.table.counted.connect(self._counted)
        self.table.activated_row.connect(self._open_row)
        self.table.failed.connect(self.bridge.failed)
        self.table.copied.connect(self._copied)
        self.bar.begin(today)
        self.bar.show_people(one.name for one in self.bridge.app.who_may(Permission.ANYONE))
        if self.bridge.app.actor.can(Permission.USERS_MANAGE):
            self.bridge.ask(self, self._show_people, list_users)
        self.bar.changed.connect(self._ask)
        self.bridge.changed.connect(self._changed)
        self._ask()

    # --- the list

    def _ask(self, *_: object) -> None:
        if self.table is not None:
            self._stale = False
            self.table.scrollToTop()
            self.table.show_request(self.wanted)

    def _show_all(self) -> None:
        self.bar.clear()

    def _show_people(self, found: Sequence[UserRow]) -> None:
        self.bar.show_people(one.name for one in found)

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
            self.dialog = EventDialog(event, changes, self._today.venue, self)
            if changes:
                hand_out_of(
                    self.shell, self.dialog, self.dialog.changes, export_shown_trail, "changes"
                )
            self.dialog.open()

    def _copied(self, rows: int, left_out: int) -> None:
        self.shell.tell(copied_text(rows, left_out))

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
