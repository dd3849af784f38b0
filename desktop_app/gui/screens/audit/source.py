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
    Opening,
    Place,
    QuerySource,
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
        self.queries: QuerySource[EventRow, Wanted] = QuerySource(
            self._open, self._page, self._anchors
        )

    def _open(
        self, request: Asked, then: Callable[[Opening[EventRow]], None], failed: Failed
    ) -> None:
        wanted = request.filter
        answer = partial(self._opened, wanted, then, failed)
        self._bridge.ask_or(self, answer, failed, list_events, wanted, limit=PAGE)

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

    def _page(
        self,
        request: Asked,
        place: Place,
        then: Callable[[Sequence[EventRow]], None],
        failed: Failed,
    ) -> None:
        wanted, before, skip = request.filter, self._before, place.skip
        if wanted.everything and before is not None:
            # Numbers have no gaps, so a row's number follows from its place.
            before, skip = before - skip, 0
        self._bridge.ask_or(
            self, then, failed, list_events, wanted, before=before, skip=skip, limit=place.limit
        )

    def _anchors(self, request: Asked, then: Callable[[Anchors], None], failed: Failed) -> None:
        def counted(count: int) -> None:
            then(Anchors(count))  # without keys, a place is a position

        self._count(request.filter, counted, failed, None)

    def _count(
        self, wanted: Wanted, then: Callable[[int], None], failed: Failed, cap: int | None
    ) -> None:
        self._bridge.ask_or(self, then, failed, count_events, wanted, cap=cap)
