"""Where most lists get their rows: two operations for a long list, one for a short one."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, Generic, Protocol, TypeVar

from PySide6.QtCore import QObject

from desktop_app.db.operation import Operation
from desktop_app.gui.bridge import Bridge
from desktop_app.gui.widgets.records.column import Column
from desktop_app.gui.widgets.records.source import (
    COUNT_CAP,
    PAGE,
    Anchors,
    Answer,
    Opening,
    PageSource,
    Place,
    Request,
    RowsSource,
)
from desktop_app.kernel.errors import AppError
from desktop_app.kernel.text import fold

R = TypeVar("R")
F = TypeVar("F")

MOST = 10_000_000


class ListSource(PageSource[R, F], Protocol[R, F]):
    """A source that can also count again what it lists."""

    def recount(self, request: Request[F], then: Callable[[int], None]) -> None:
        """Say how many rows there are now."""
        ...


class PagedQuery(QObject, Generic[R, F]):
    """A long list, read by position.

    `page(wanted, skip, limit)` gives rows and `count(wanted, cap=…)` counts them; `wanted` makes
    the slice's own filter, with its order, of what the bar and the heading row ask for.
    """

    def __init__(
        self,
        bridge: Bridge,
        parent: QObject,
        page: Operation[..., Sequence[R]],
        count: Operation[..., int],
        wanted: Callable[[Request[F]], Any],
    ) -> None:
        super().__init__(parent)
        self._bridge, self._wanted = bridge, wanted
        self._read, self._count = page, count

    def open(self, request: Request[F], answer: Answer[Opening[R]]) -> None:
        """Read the first page and the capped count."""
        wanted = self._wanted(request)

        def opened(rows: Sequence[R]) -> None:
            if len(rows) < PAGE:
                answer.then(Opening(rows, len(rows)))
                return

            def counted(count: int) -> None:
                answer.then(Opening(rows, count if count <= COUNT_CAP else None))

            self._ask_count(wanted, COUNT_CAP + 1, counted, answer.failed)

        self._bridge.ask_or(self, opened, answer.failed, self._read, wanted, 0, PAGE)

    def page(self, request: Request[F], place: Place, answer: Answer[Sequence[R]]) -> None:
        """Read one page."""
        self._bridge.ask_or(
            self, answer.then, answer.failed,
            self._read, self._wanted(request), place.skip, place.limit,
        )  # fmt: skip

    def anchors(self, request: Request[F], answer: Answer[Anchors]) -> None:
        """Read the exact count; without keys, a place is a position."""

        def counted(count: int) -> None:
            answer.then(Anchors(count))

        self._ask_count(self._wanted(request), MOST, counted, answer.failed)

    def recount(self, request: Request[F], then: Callable[[int], None]) -> None:
        """Say how many rows there are now."""
        self._ask_count(self._wanted(request), MOST, then, self._bridge.failed.emit)

    def _ask_count(
        self, wanted: Any, cap: int, then: Callable[[int], None], failed: Callable[[AppError], None]
    ) -> None:
        self._bridge.ask_or(self, then, failed, self._count, wanted, cap=cap)


class WholeQuery(QObject, Generic[R, F]):
    """A short list (a few thousand rows): read at once, filtered and sorted in the window.

    `fits(row, filter)` tells what is listed; columns sort by their `sort_value`. `args` are what
    the operation is called with, `of(filter)` those that come from the filter.
    """

    def __init__(
        self,
        bridge: Bridge,
        parent: QObject,
        columns: Sequence[Column[R]],
        read: Operation[..., Sequence[R]],
        fits: Callable[[R, F], bool],
        *args: Any,
        of: Callable[[F], Sequence[Any]] = lambda _: (),
    ) -> None:
        super().__init__(parent)
        self._bridge, self._read, self._fits, self._args = bridge, read, fits, args
        self._of = of
        self._rows: RowsSource[R] = RowsSource(columns)

    @property
    def shown(self) -> Sequence[R]:
        """Return the rows that are listed now."""
        return self._rows.rows

    def open(self, request: Request[F], answer: Answer[Opening[R]]) -> None:
        """Read everything, and give the first page."""

        def arrived(rows: Sequence[R]) -> None:
            self._rows.rows = [row for row in rows if self._fits(row, request.filter)]
            self._rows.open(Request(None, request.sort), answer)

        args = (*self._args, *self._of(request.filter))
        self._bridge.ask_or(self, arrived, answer.failed, self._read, *args)

    def page(self, request: Request[F], place: Place, answer: Answer[Sequence[R]]) -> None:
        """Give one page."""
        self._rows.page(Request(None, request.sort), place, answer)

    def anchors(self, request: Request[F], answer: Answer[Anchors]) -> None:
        """Give the count."""
        self._rows.anchors(Request(None, request.sort), answer)

    def recount(self, request: Request[F], then: Callable[[int], None]) -> None:
        """Say how many rows there are now."""

        def arrived(rows: Sequence[R]) -> None:
            then(sum(self._fits(row, request.filter) for row in rows))

        self._bridge.ask(self, arrived, self._read, *self._args, *self._of(request.filter))


def matches(text: str, *fields: str) -> bool:
    """Tell whether every word of a text stands in one of some fields, however it is spelled."""
    folded = [fold(one) for one in fields]
    return all(any(word in one for one in folded) for word in fold(text).split())
