"""Where a table gets its records, page by page, without ever waiting.

Terms: a *request* is a filter and an order. *Opening* it gives the first page and a capped count.
The *anchors* are the key of every `step`-th record, read in the background; with them any row is at
most `step` rows away from a known key, so the scroll bar may jump anywhere. A *place* is "so many
rows after this key".
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any, Generic, Protocol, TypeVar

from desktop_app.gui.widgets.records.column import Column, Sort
from desktop_app.kernel.errors import AppError

R = TypeVar("R")
F = TypeVar("F")
T = TypeVar("T")

PAGE = 256
COUNT_CAP = 10_000
ANCHOR_STEP = 1_000


@dataclass(frozen=True, slots=True)
class Request(Generic[F]):
    """What to list: the screen's filter and the order."""

    filter: F
    sort: Sort | None = None


@dataclass(frozen=True, slots=True)
class Opening(Generic[R]):
    """The first page and how many records there are; `None` means more than `COUNT_CAP`."""

    rows: Sequence[R]
    count: int | None


@dataclass(frozen=True, slots=True)
class Place:
    """A page: up to `limit` rows, `skip` rows after the row with the key `after`.

    `after` is None for the beginning. `skip` is below `ANCHOR_STEP` once the anchors are known.
    """

    after: Any
    skip: int
    limit: int = PAGE


@dataclass(frozen=True, slots=True)
class Anchors:
    """The exact count and the keys of rows `step`, `2 × step`, … (counted from one)."""

    count: int
    keys: Sequence[Any] = ()
    step: int = ANCHOR_STEP

    def place(self, row: int, limit: int = PAGE) -> Place:
        """Return where the page that begins with `row` (counted from zero) is found."""
        at = min(row // self.step, len(self.keys))
        return Place(self.keys[at - 1] if at else None, row - at * self.step, limit)


@dataclass(frozen=True, slots=True)
class Answer(Generic[T]):
    """Where an answer goes, on the GUI thread: exactly one of the two is called, later."""

    then: Callable[[T], None]
    failed: Callable[[AppError], None]


class PageSource(Protocol[R, F]):
    """Reads pages for a table; every method returns at once and answers later."""

    def open(self, request: Request[F], answer: Answer[Opening[R]]) -> None:
        """Read the first page and the capped count."""
        ...

    def page(self, request: Request[F], place: Place, answer: Answer[Sequence[R]]) -> None:
        """Read one page."""
        ...

    def anchors(self, request: Request[F], answer: Answer[Anchors]) -> None:
        """Read the exact count and the sparse keys; asked only where the count was capped."""
        ...


@dataclass(slots=True)
class QuerySource(Generic[R, F]):
    """A source made of three functions that start App queries through the bridge.

    Each is called as `ask(request, …, then, failed)` and passes the last two on to `bridge.ask`.
    """

    ask_open: Callable[[Request[F], Callable[[Opening[R]], None], Callable[[AppError], None]], None]
    ask_page: Callable[
        [Request[F], Place, Callable[[Sequence[R]], None], Callable[[AppError], None]], None
    ]
    ask_anchors: Callable[[Request[F], Callable[[Anchors], None], Callable[[AppError], None]], None]

    def open(self, request: Request[F], answer: Answer[Opening[R]]) -> None:
        """Read the first page and the capped count."""
        self.ask_open(request, answer.then, answer.failed)

    def page(self, request: Request[F], place: Place, answer: Answer[Sequence[R]]) -> None:
        """Read one page."""
        self.ask_page(request, place, answer.then, answer.failed)

    def anchors(self, request: Request[F], answer: Answer[Anchors]) -> None:
        """Read the exact count and the sparse keys."""
        self.ask_anchors(request, answer.then, answer.failed)


@dataclass(slots=True)
class RowsSource(Generic[R]):
    """A source for short lists that are all in memory; it answers at once and sorts itself."""

    columns: Sequence[Column[R]]
    rows: Sequence[R] = field(default_factory=tuple)

    def open(self, request: Request[None], answer: Answer[Opening[R]]) -> None:
        """Give the first page."""
        found = self._sorted(request.sort)
        answer.then(Opening(found[:PAGE], len(found)))

    def page(self, request: Request[None], place: Place, answer: Answer[Sequence[R]]) -> None:
        """Give one page."""
        answer.then(self._sorted(request.sort)[place.skip : place.skip + place.limit])

    def anchors(self, request: Request[None], answer: Answer[Anchors]) -> None:
        """Give the count."""
        del request
        answer.then(Anchors(len(self.rows)))

    def _sorted(self, sort: Sort | None) -> list[R]:
        for column in self.columns:
            if sort and column.sort == sort.by and column.sort_value:
                return sorted(self.rows, key=column.sort_value, reverse=sort.descending)
        return list(self.rows)
