"""The audit trail screen: who did what and when, and the proof that nothing was taken out."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from typing_extensions import override

from desktop_app.access.operations import get_changes
from desktop_app.access.records import ChangeRow, EventFilter, EventRow, UserRow
from desktop_app.access.users import list_users
from desktop_app.exports.shown import export_shown_trail
from desktop_app.gui.format import moment
from desktop_app.gui.lists.handing_out import hand_out_of
from desktop_app.gui.lists.page import ListLook, ListPage
from desktop_app.gui.navigation import Screen, Shell
from desktop_app.gui.screens.audit.event_dialog import EventDialog
from desktop_app.gui.screens.audit.filter_bar import FilterBar
from desktop_app.gui.screens.audit.proof import Proof
from desktop_app.gui.screens.audit.source import EventSource
from desktop_app.gui.screens.audit.wording import about, outcome_mood, role, what
from desktop_app.gui.text import language, ntr, tr
from desktop_app.gui.widgets.empty_state import EmptyState
from desktop_app.gui.widgets.layout import column, frame
from desktop_app.gui.widgets.records.column import Column
from desktop_app.kernel.access import Permission
from desktop_app.venue.operations import get_today
from desktop_app.venue.records import Today

_LEAST_HEIGHT = 90  # an alarm above needs the room in a small window


class AuditList(ListPage[EventRow, EventFilter]):
    """The list of events; whatever is done in the store concerns it."""

    def __init__(self, shell: Shell, today: Today) -> None:
        self.filters = FilterBar(today)
        super().__init__(shell, _look(today), self.filters, EventSource(shell.bridge, shell))
        self.middle.setMinimumHeight(_LEAST_HEIGHT)

    @override
    def _changed(self, touched: frozenset[str]) -> None:
        self.note_change()


class AuditScreen(Screen):
    """Shows the trail. A target is a text to search for: the beginning of a name or operation."""

    def __init__(self, shell: Shell) -> None:
        super().__init__(shell)
        self.list: AuditList | None = None
        self.dialog: EventDialog | None = None
        self._today: Today | None = None
        self._target = ""
        self.proof = Proof(self.bridge)
        above = frame(column(self.proof, margins=(28, 4, 28, 8)), "clear")
        self._body = column(above, gap=0)
        self._body.addStretch(1)
        self.setLayout(self._body)
        self.proof.told.connect(shell.tell)
        self.bridge.ask(self, self._begin, get_today)

    @override
    def show_target(self, target: object) -> None:
        if isinstance(target, str):
            self._target = target
            if self.list is not None:
                self.list.show_filter(EventFilter(target))

    def _begin(self, today: Today) -> None:
        self._today = today
        self.proof.begin(today)
        made = AuditList(self.shell, today)
        self._body.takeAt(1)
        self._body.addWidget(made, 1)
        made.opened.connect(self.open_event)
        made.filters.show_people(one.name for one in self.bridge.app.who_may(Permission.ANYONE))
        if self.bridge.app.actor.can(Permission.USERS_MANAGE):
            self.bridge.ask(self, self._show_people, list_users)
        self.list = made
        if self._target:
            made.show_filter(EventFilter(self._target))
        else:
            made.begin()

    def open_event(self, event: EventRow) -> None:
        """Show what an event changed."""
        self.bridge.ask(self, partial(self._show_event, event), get_changes, event.seq)

    def _show_people(self, found: Sequence[UserRow]) -> None:
        if self.list is not None:
            self.list.filters.show_people(one.name for one in found)

    def _show_event(self, event: EventRow, changes: Sequence[ChangeRow]) -> None:
        if self._today is None:
            return
        self.dialog = EventDialog(event, changes, self._today.venue, self)
        if changes:
            table = self.dialog.changes
            hand_out_of(self.shell, self.dialog, table, export_shown_trail, "changes")
        self.dialog.open()


def _look(today: Today) -> ListLook[EventRow]:
    return ListLook(
        "trail",
        tr("Audit trail"),
        _columns(today),
        frozenset(),
        EmptyState(
            "scroll-text",
            tr("No event fits"),
            tr("There are events, but none with all that is chosen above."),
            tr("Show all events"),
        ),
        EmptyState("scroll-text", tr("No event fits"), ""),
        lambda n, shown: ntr("{shown} event", "{shown} events", n, shown=shown),
        lambda _: tr("newest first"),
        shown=export_shown_trail,
    )


def _columns(today: Today) -> list[Column[EventRow]]:
    local, spoken = today.venue.time.local, language()
    return [
        Column(
            tr("When"),
            lambda one: moment(local(one.at), spoken),
            168,
            "dim",
            raw=lambda one: local(one.at).strftime("%Y-%m-%d %H:%M:%S"),
            key="when",
        ),
        Column(tr("Who"), lambda one: one.actor, 100, "strong", key="who"),
        Column(tr("Role"), role, 88, "dim", key="role"),
        Column(tr("What"), what, 240, stretch=True, key="what"),
        Column(
            tr("Outcome"), lambda one: outcome_mood(one).text, 124, mood=outcome_mood, key="outcome"
        ),
        Column(tr("Concerns"), about, 180, key="about"),
        Column(
            tr("Changes"),
            lambda one: str(one.changes) if one.changes else "–",
            112,
            "number",
            raw=lambda one: str(one.changes),
            key="changes",
        ),
    ]
