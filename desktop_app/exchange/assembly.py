"""Putting orders together from rows of one or more files, and in the order of business days."""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Iterable, Iterator
from datetime import datetime
from functools import lru_cache
from typing import TypeVar

from desktop_app.kernel.clock import VenueTime
from desktop_app.kernel.errors import InvalidError
from desktop_app.kernel.words import Message, msg, msgs
from desktop_app.orders.records import IncomingOrder

Row = TypeVar("Row", bound=Hashable)


def by_business_day(orders: Iterable[IncomingOrder], venue: VenueTime) -> Iterator[IncomingOrder]:
    """Give orders by business day, then by time, then as they stood in the files."""

    @lru_cache
    def time_of(zone: str) -> VenueTime:
        return VenueTime(zone, venue.opening)

    def place(order: IncomingOrder) -> tuple[int, datetime]:
        at, zone = order.opened_at, order.zone
        return (time_of(zone) if zone else venue).business_date(at), at

    return iter(sorted(orders, key=place))


def united(first: list[Row], second: list[Row]) -> list[Row]:
    """Return the rows of one order that stands in two files.

    Overlapping exports repeat a row that was sold once; a row that stands twice in one file was
    sold twice. So each row counts as often as in the file that has it most.
    """
    missing = Counter(second) - Counter(first)
    return [*first, *missing.elements()]


def same_time(earlier: tuple[str, ...], now: tuple[str, ...]) -> None:
    """Refuse a row whose order had another date or time before: numbers were used twice."""
    if earlier != now:
        raise InvalidError(
            msg(
                "An earlier row of the same order has another time: {time}.", time=" ".join(earlier)
            ),
            field="time",
        )


def repeated_notice(count: int) -> list[Message]:
    """Return what to tell about orders that stand in more than one of the files."""
    if not count:
        return []
    return [
        msgs(
            "{n} order stands in more than one of the files; it is taken once.",
            "{n} orders stand in more than one of the files; each is taken once.",
            count,
        )
    ]
