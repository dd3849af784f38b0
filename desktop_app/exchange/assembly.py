"""Putting orders together from rows of one or more files, and in the order of business days."""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Iterable, Iterator
from datetime import time
from functools import lru_cache
from typing import TypeVar

from desktop_app.kernel.clock import VenueTime, millis
from desktop_app.kernel.errors import InvalidError
from desktop_app.kernel.words import Message, msg, msgs
from desktop_app.orders.records import IncomingOrder

Row = TypeVar("Row", bound=Hashable)


def by_business_day(orders: Iterable[IncomingOrder], venue: VenueTime) -> Iterator[IncomingOrder]:
    """Give orders by business day, then by time, then as they stood in the files."""
    found = list(orders)
    times = [order.opened_at for order in found]
    days = [day for day, _hour in venue.business_days_of(map(millis, times))]
    for place, order in enumerate(found):
        if order.zone:
            days[place] = _time_of(order.zone, venue.opening).business_date(order.opened_at)
    places = list(zip(days, times, strict=True))
    return iter([found[place] for place in sorted(range(len(found)), key=places.__getitem__)])


@lru_cache
def _time_of(zone: str, opening: time) -> VenueTime:
    return VenueTime(zone, opening)


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
