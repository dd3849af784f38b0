"""A million orders in memory, answered by worker threads; stands in for the database."""

from collections.abc import Callable, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from functools import partial
from typing import Any

from PySide6.QtCore import QObject

from desktop_app.gui.bridge import Bridge
from desktop_app.gui.format import money
from desktop_app.gui.text import language, tr
from desktop_app.gui.widgets.badge import Mood
from desktop_app.gui.widgets.records.column import Column
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
from desktop_app.kernel.access import Role
from desktop_app.kernel.roles import BUILT_IN

PEOPLE = ("Murad S.", "Nigar Ə.", "Leyla İ.", "Aysel M.", "Tural H.", "Rəşad Q.")
STATES = ("Paid", "Open", "Refunded", "Cancelled")
TONES = {"Paid": "ok", "Open": "info", "Refunded": "warn", "Cancelled": "bad"}


@dataclass(frozen=True, slots=True)
class Order:
    id: int
    state: str
    table: int
    server: str
    items: int
    minor: int


def order(number: int) -> Order:
    mixed = number * 2_654_435_761 % 2**32
    state = STATES[0] if mixed % 7 else STATES[mixed // 7 % 4]
    return Order(
        number, state, 1 + mixed % 36, PEOPLE[mixed % 6], 1 + mixed % 9, 500 + mixed % 9000
    )


def order_columns() -> list[Column[Order]]:
    return [
        Column(tr("Order"), lambda row: f"N{row.id}", 104, "strong", sort="id"),
        Column(
            tr("Time"), lambda row: f"23 Dec, {row.id // 60 % 24:02}:{row.id % 60:02}", 132, "dim"
        ),
        Column(
            tr("Status"),
            lambda row: row.state,
            136,
            "badge",
            mood=lambda row: Mood(row.state, TONES[row.state]),
        ),
        Column(tr("Table"), lambda row: str(row.table), 72, "number"),
        Column(tr("Served by"), lambda row: row.server, 150, stretch=True),
        Column(tr("Items"), lambda row: str(row.items), 72, "number"),
        Column(
            tr("Total"),
            lambda row: money(row.minor, "AZN", language()),
            130,
            "money",
            raw=lambda row: f"{row.minor / 100:.2f}",
            sort="total",
        ),
    ]


class Million(QObject):
    """Rows are numbered down from `count`; the filter is a multiple that ids must have."""

    def __init__(self, count: int = 1_000_000) -> None:
        super().__init__()
        self.count = count
        self.lane = ThreadPoolExecutor(2, "query")
        self.pages_asked: list[int] = []
        self.bridge = Bridge(Idle())
        self.closed = False

    def open(self, request: Request[int], answer: Answer[Opening[Order]]) -> None:
        total = self.count // request.filter
        capped = total if total <= COUNT_CAP else None
        self._run(lambda: Opening(self._rows(request.filter, 0, PAGE), capped), answer)

    def page(self, request: Request[int], place: Place, answer: Answer[Sequence[Order]]) -> None:
        first = (0 if place.after is None else place.after) + place.skip
        self.pages_asked.append(first)
        self._run(partial(self._rows, request.filter, first, place.limit), answer)

    def anchors(self, request: Request[int], answer: Answer[Anchors]) -> None:
        total = self.count // request.filter
        keys = range(ANCHOR_STEP, total, ANCHOR_STEP)
        self._run(lambda: Anchors(total, tuple(keys)), answer)

    def _rows(self, step: int, first: int, limit: int) -> list[Order]:
        last = min(self.count // step, first + limit)
        return [order(self.count - at * step) for at in range(first, last)]

    def _run(self, work: Callable[[], Any], answer: Answer[Any]) -> None:
        if self.closed:  # an answer that was on its way made the table ask for more
            return
        future: Future[Any] = self.lane.submit(work)
        self.bridge.follow(self, future, answer.then, answer.failed)

    def close(self) -> None:
        self.closed = True
        self.lane.shutdown(wait=True, cancel_futures=True)


class Idle:
    """A session that is asked nothing."""

    actor: Any = BUILT_IN[Role.OWNER].actor("Aysel")
    on_change: Any = None

    def start(self, op: Any, /, *args: Any, **kwargs: Any) -> Any:
        raise AssertionError(op, args, kwargs)

    def close(self) -> None:
        """Nothing to close."""
