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
    Answer,
    Opening,
    Place,
    Request,
)
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


def sort_of(order: OrderSort) -> Sort:
    """Return how the heading row shows an order."""
    return _HEADINGS[order]


def order_of(sort: Sort | None) -> OrderSort:
    """Return which order the heading row asks for."""
    return _SORTS.get(sort, OrderSort.NEWEST) if sort else OrderSort.NEWEST


def filter_of(request: Asked) -> OrderFilter:
    """Return the filter with the order that the heading row asks for."""
    return replace(request.filter, sort=order_of(request.sort))


class OrderSource(QObject):
    """Asks the orders slice; only the newest search for anchors goes on."""

    def __init__(self, bridge: Bridge, parent: QObject) -> None:
        super().__init__(parent)
        self._bridge = bridge
        self._searching: Running[Sequence[Cursor]] | None = None

    def open(self, request: Asked, answer: Answer[Opening[OrderRow]]) -> None:
        """Read the first page and the capped count."""
        self._stop()
        wanted = filter_of(request)

        def opened(page: OrderPage) -> None:
            if page.next is None:
                answer.then(Opening(page.rows, len(page.rows)))
                return

            def counted(count: int) -> None:
                answer.then(Opening(page.rows, count if count <= COUNT_CAP else None))

            self._bridge.ask_or(
                self, counted, answer.failed, count_orders, wanted, cap=COUNT_CAP + 1
            )

        self._bridge.ask_or(self, opened, answer.failed, list_orders, wanted, limit=PAGE)

    def page(self, request: Asked, place: Place, answer: Answer[Sequence[OrderRow]]) -> None:
        """Read one page."""
        self._bridge.ask_or(
            self, answer.then, answer.failed, orders_from,
            filter_of(request), place.after, place.skip, place.limit,
        )  # fmt: skip

    def recount(self, request: Asked, then: Callable[[int], None]) -> None:
        """Say how many orders there are now."""
        self._bridge.ask(self, then, count_orders, filter_of(request), cap=None)

    def anchors(self, request: Asked, answer: Answer[Anchors]) -> None:
        """Read the exact count and the sparse keys."""
        wanted = filter_of(request)

        def counted(keys: Sequence[Cursor], count: int) -> None:
            # Orders that came in between the two readings: the keys say the least there is.
            answer.then(Anchors(max(count, len(keys) * ANCHOR_STEP), keys))

        def found(keys: Sequence[Cursor]) -> None:
            self._searching = None
            self._bridge.ask_or(
                self, partial(counted, keys), answer.failed, count_orders, wanted, cap=None
            )

        self._stop()
        # Not for the job bar: nobody waits for it, and another filter stops it.
        running = self._bridge.app.start(find_anchors, wanted, every=ANCHOR_STEP)
        self._searching = running
        self._bridge.follow(self, running.future, found, answer.failed)

    def _stop(self) -> None:
        if self._searching is not None:
            self._searching.progress.cancel()
            self._searching = None
