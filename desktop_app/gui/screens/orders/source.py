"""The glue between the table and the orders slice: pages by key, anchors, counts."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial

from PySide6.QtCore import QObject

from desktop_app.gui.bridge import Bridge, Running
from desktop_app.gui.widgets.records.column import Sort
from desktop_app.gui.widgets.records.source import (
    ANCHOR_STEP,
    COUNT_CAP,
    PAGE,
    Anchors,
    Opening,
    Place,
    QuerySource,
    Request,
)
from desktop_app.kernel.errors import AppError
from desktop_app.orders.operations import count_orders, find_anchors, list_orders, orders_from
from desktop_app.orders.records import Cursor, OrderFilter, OrderPage, OrderRow, OrderSort

BY_TIME, BY_TOTAL = "time", "total"
_SORTS = {
    Sort(BY_TIME, descending=True): OrderSort.NEWEST,
    Sort(BY_TIME): OrderSort.OLDEST,
    Sort(BY_TOTAL, descending=True): OrderSort.LARGEST,
    Sort(BY_TOTAL): OrderSort.SMALLEST,
}
_HEADINGS = {order: sort for sort, order in _SORTS.items()}

Asked = Request[OrderFilter]
Failed = Callable[[AppError], None]


def sort_of(order: OrderSort) -> Sort:
    """Return how the heading row shows an order."""
    return _HEADINGS[order]


def filter_of(request: Asked) -> OrderFilter:
    """Return the filter with the order that the heading row asks for."""
    order = _SORTS.get(request.sort, OrderSort.NEWEST) if request.sort else OrderSort.NEWEST
    return replace(request.filter, sort=order)


class OrderSource(QObject):
    """Asks the orders slice; only the newest search for anchors goes on."""

    def __init__(self, bridge: Bridge, parent: QObject) -> None:
        super().__init__(parent)
        self._bridge = bridge
        self._searching: Running[Sequence[Cursor]] | None = None
        self.queries: QuerySource[OrderRow, OrderFilter] = QuerySource(
            self._open, self._page, self._anchors
        )

    def _open(
        self, request: Asked, then: Callable[[Opening[OrderRow]], None], failed: Failed
    ) -> None:
        self._stop()
        wanted = filter_of(request)
        answer = partial(self._opened, wanted, then, failed)
        self._bridge.ask_or(self, answer, failed, list_orders, wanted, limit=PAGE)

    def _opened(
        self,
        wanted: OrderFilter,
        then: Callable[[Opening[OrderRow]], None],
        failed: Failed,
        page: OrderPage,
    ) -> None:
        if page.next is None:
            then(Opening(page.rows, len(page.rows)))
            return

        def counted(count: int) -> None:
            then(Opening(page.rows, count if count <= COUNT_CAP else None))

        self._bridge.ask_or(self, counted, failed, count_orders, wanted, cap=COUNT_CAP + 1)

    def _page(
        self,
        request: Asked,
        place: Place,
        then: Callable[[Sequence[OrderRow]], None],
        failed: Failed,
    ) -> None:
        self._bridge.ask_or(
            self, then, failed, orders_from,
            filter_of(request), place.after, place.skip, place.limit,
        )  # fmt: skip

    def _anchors(self, request: Asked, then: Callable[[Anchors], None], failed: Failed) -> None:
        wanted = filter_of(request)

        def counted(keys: Sequence[Cursor], count: int) -> None:
            # Orders that came in between the two readings: the keys say the least there is.
            then(Anchors(max(count, len(keys) * ANCHOR_STEP), keys))

        def found(keys: Sequence[Cursor]) -> None:
            self._searching = None
            self._bridge.ask_or(
                self, partial(counted, keys), failed, count_orders, wanted, cap=None
            )

        self._stop()
        # Not for the job bar: nobody waits for it, and another filter stops it.
        running = self._bridge.app.start(find_anchors, wanted, every=ANCHOR_STEP)
        self._searching = running
        self._bridge.follow(self, running.future, found, failed)

    def _stop(self) -> None:
        if self._searching is not None:
            self._searching.progress.cancel()
            self._searching = None
