"""The glue between the table and the customers slice: the list is walked by position."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import QObject

from desktop_app.customers.operations import count_customers, customer_page_at, find_customers
from desktop_app.customers.records import CustomerPage, CustomerRow
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

MOST = 10_000_000
Asked = Request[str]
Failed = Callable[[AppError], None]


class CustomerSource(QObject):
    """Asks the customers slice; a request is what was typed."""

    def __init__(self, bridge: Bridge, parent: QObject) -> None:
        super().__init__(parent)
        self._bridge = bridge
        self.queries: QuerySource[CustomerRow, str] = QuerySource(
            self._open, self._page, self._anchors
        )

    def _open(
        self, request: Asked, then: Callable[[Opening[CustomerRow]], None], failed: Failed
    ) -> None:
        answer = partial(self._opened, request.filter, then, failed)
        self._bridge.ask_or(self, answer, failed, find_customers, request.filter, limit=PAGE)

    def _opened(
        self,
        text: str,
        then: Callable[[Opening[CustomerRow]], None],
        failed: Failed,
        page: CustomerPage,
    ) -> None:
        if page.next is None:
            then(Opening(page.rows, len(page.rows)))
            return

        def counted(count: int) -> None:
            then(Opening(page.rows, count if count <= COUNT_CAP else None))

        self._bridge.ask_or(self, counted, failed, count_customers, text, cap=COUNT_CAP + 1)

    def _page(
        self,
        request: Asked,
        place: Place,
        then: Callable[[Sequence[CustomerRow]], None],
        failed: Failed,
    ) -> None:
        self._bridge.ask_or(
            self, then, failed, customer_page_at, request.filter, place.skip, place.limit
        )

    def _anchors(self, request: Asked, then: Callable[[Anchors], None], failed: Failed) -> None:
        def counted(count: int) -> None:
            then(Anchors(count))  # without keys, a place is a position

        self._bridge.ask_or(self, counted, failed, count_customers, request.filter, cap=MOST)
