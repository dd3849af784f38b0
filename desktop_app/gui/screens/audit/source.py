"""The glue between the table and the trail: pages count back from the newest event at opening."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import QObject

from desktop_app.access.operations import count_events, list_events
from desktop_app.access.records import EventFilter, EventRow
from desktop_app.gui.bridge import Bridge
from desktop_app.gui.widgets.records.source import (
    COUNT_CAP,
    PAGE,
    Anchors,
    Answer,
    Opening,
    Place,
    Request,
)
from desktop_app.kernel.errors import AppError

Wanted = EventFilter
Asked = Request[Wanted]
Failed = Callable[[AppError], None]


class EventSource(QObject):
    """Asks the access slice. Events that come in later do not shift the list that is shown."""

    def __init__(self, bridge: Bridge, parent: QObject) -> None:
        super().__init__(parent)
        self._bridge = bridge
        self._before: int | None = None

    def open(self, request: Asked, answer: Answer[Opening[EventRow]]) -> None:
        """Read the first page and the capped count."""
        wanted = request.filter
        opened = partial(self._opened, wanted, answer.then, answer.failed)
        self._bridge.ask_or(self, opened, answer.failed, list_events, wanted, limit=PAGE)

    def _opened(
        self,
        wanted: Wanted,
        then: Callable[[Opening[EventRow]], None],
        failed: Failed,
        rows: Sequence[EventRow],
    ) -> None:
        self._before = rows[0].seq + 1 if rows else None
        if len(rows) < PAGE:
            then(Opening(rows, len(rows)))
            return

        def counted(count: int) -> None:
            then(Opening(rows, count if count <= COUNT_CAP else None))

        self._count(wanted, counted, failed, COUNT_CAP + 1)

    def page(self, request: Asked, place: Place, answer: Answer[Sequence[EventRow]]) -> None:
        """Read one page."""
        wanted, before, skip = request.filter, self._before, place.skip
        if wanted.everything and before is not None:
            # Numbers have no gaps, so a row's number follows from its place.
            before, skip = before - skip, 0
        self._bridge.ask_or(
            self, answer.then, answer.failed, list_events, wanted,
            before=before, skip=skip, limit=place.limit,
        )  # fmt: skip

    def anchors(self, request: Asked, answer: Answer[Anchors]) -> None:
        """Read the exact count; without keys, a place is a position."""

        def counted(count: int) -> None:
            answer.then(Anchors(count))

        self._count(request.filter, counted, answer.failed, None)

    def recount(self, request: Asked, then: Callable[[int], None]) -> None:
        """Say how many events there are now."""
        self._count(request.filter, then, self._bridge.failed.emit, None)

    def _count(
        self, wanted: Wanted, then: Callable[[int], None], failed: Failed, cap: int | None
    ) -> None:
        self._bridge.ask_or(self, then, failed, count_events, wanted, cap=cap)
