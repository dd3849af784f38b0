"""What the radar finds in numbers and clocks: holes, receipts removed, time that runs backwards."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from sqlalchemy import func, select

from desktop_app.db.audit_tables import AuditEvent
from desktop_app.db.choosing import has_value
from desktop_app.db.transaction import Transaction
from desktop_app.kernel.clock import VenueTime, as_date
from desktop_app.kernel.words import Message, msg, msgs
from desktop_app.orders.tables import Order, ReceiptCounter
from desktop_app.sales.gap_records import Gap, GapKind
from desktop_app.sales.gap_rules import Stamp, set_back
from desktop_app.sales.operations import DESK
from desktop_app.sales.rules import holes
from desktop_app.venue.records import VenueCard

Days = tuple[int, int]
_HOUR = timedelta(minutes=61)
_TRAIL_BACK = timedelta(minutes=10)
"""Programs on several computers write one trail, and their clocks differ a little."""
_EVENTS = 20_000


@dataclass(frozen=True, slots=True)
class Group:
    """The numbers of one length, day and source: the least, the greatest, how many there are."""

    source: str
    day: int
    length: int
    least: str
    greatest: str
    count: int

    @property
    def is_series(self) -> bool:
        """Tell whether these are numbers that are counted up, and not ids of some kind."""
        if not (_is_number(self.least) and _is_number(self.greatest)):
            return False
        return self.count > 1 and self._span <= 2 * self.count

    @property
    def is_whole(self) -> bool:
        """Tell whether none is missing between its ends."""
        numbers = _is_number(self.least) and _is_number(self.greatest)
        return numbers and self._span == self.count

    @property
    def _span(self) -> int:
        return int(self.greatest) - int(self.least) + 1


def in_numbers(tx: Transaction, venue: VenueCard, days: Days) -> Iterator[Gap]:
    """Yield numbers that the tills left out, and where their clocks were set back."""
    groups = _groups(tx, venue, days)
    by_source: dict[str, list[tuple[int, int, int]]] = defaultdict(list)
    for group in groups:
        by_source[group.source].extend(_runs(tx, venue, group))
    for source, runs in by_source.items():
        for first, last, day in holes(runs):
            key = f"{source}:{day}:{first}-{last}"
            yield Gap(day, GapKind.HOLE, key, _missing(first, last))
    yield from _clocks(tx, venue, days, [group for group in groups if group.is_series])


def _groups(tx: Transaction, venue: VenueCard, days: Days) -> list[Group]:
    """Return the numbers by day; of the same length, the order of texts is that of numbers."""
    length = func.length(Order.number)
    rows = tx.rows(
        select(
            Order.source, Order.business_date, length, func.min(Order.number),
            func.max(Order.number), func.count(Order.number.distinct()),
        )
        .where(
            has_value(Order.venue_id, venue.id),
            Order.business_date.between(*days),
            Order.source != DESK,
        )
        .group_by(Order.source, Order.business_date, length)
    )  # fmt: skip
    return [Group(*row) for row in rows]


def _runs(tx: Transaction, venue: VenueCard, group: Group) -> list[tuple[int, int, int]]:
    """Return the numbers of a group as runs (first, last, day).

    They are read one by one only where some are missing between its ends.
    """
    if group.is_whole:
        return [(int(group.least), int(group.greatest), group.day)]
    rows = tx.rows(
        select(Order.number).where(
            has_value(Order.venue_id, venue.id),
            Order.business_date == group.day,
            Order.source == group.source,
            func.length(Order.number) == group.length,
        )
    )
    return [(int(number), int(number), group.day) for (number,) in rows if _is_number(number)]


def _is_number(text: str) -> bool:
    return text.isascii() and text.isdigit()


def _missing(first: int, last: int) -> Message:
    if first == last:
        return msg("Receipt number {number} is missing.", number=first)
    return msg("Receipt numbers {first} to {last} are missing.", first=first, last=last)


def _clocks(
    tx: Transaction, venue: VenueCard, days: Days, series: Sequence[Group]
) -> Iterator[Gap]:
    """Yield the first receipt of a till and day that is dated before what came before it."""
    known = {(group.source, group.day, group.length) for group in series}
    if not known:
        return
    length, closed = func.length(Order.number), func.coalesce(Order.closed_at, Order.opened_at)
    before = (
        func.max(Order.opened_at)
        .over(
            partition_by=[Order.source, Order.business_date, Order.terminal, length],
            order_by=Order.number,
            rows=(None, -1),
        )
        .label("before")
    )
    each = (
        select(
            Order.id, Order.source, Order.business_date, length.label("length"), Order.terminal,
            Order.number, Order.opened_at, closed.label("closed"), before,
        )
        .where(
            has_value(Order.venue_id, venue.id),
            Order.business_date.between(*days),
            Order.source.in_(sorted({source for source, _day, _length in known})),
        )
        .subquery()
    )  # fmt: skip
    found = tx.rows(
        select(
            each.c.id, each.c.source, each.c.business_date, each.c.length, each.c.terminal,
            each.c.number, each.c.opened_at, each.c.closed, each.c.before,
        ).where(each.c.before > each.c.closed)
    )  # fmt: skip
    by_till: dict[tuple[str, int, str], dict[Stamp, tuple[int, datetime]]] = defaultdict(dict)
    for id_, source, day, digits, till, number, opened, shut, newest in found:
        if (source, day, digits) in known and _is_number(number):
            by_till[source, day, till][Stamp(int(number), opened, shut)] = id_, newest
    for (source, day, _till), stamps in sorted(by_till.items()):
        for stamp in sorted(stamps, key=lambda one: one.number):
            id_, newest = stamps[stamp]
            back = set_back([Stamp(-1, newest, newest), stamp])
            if back is None or (back[1] <= _HOUR and _turns(venue.time, day)):
                continue
            yield _dated_back(source, day, stamp, back[1], id_)
            break


def _dated_back(source: str, day: int, stamp: Stamp, back: timedelta, order_id: int) -> Gap:
    what = msg(
        "Receipt {number} is dated {minutes} minutes before one with a lower number.",
        number=stamp.number,
        minutes=_minutes(back),
    )
    return Gap(day, GapKind.CLOCK, f"{source}:{day}:{stamp.number}", what, 0, order_id)


def _turns(at: VenueTime, day: int) -> bool:
    """Tell whether clocks change on a business day, so that an hour of it comes twice."""
    noon = datetime.combine(as_date(day), datetime.min.time(), UTC)
    around = (noon - timedelta(hours=12), noon + timedelta(hours=48))
    first, last = (at.local(one).utcoffset() for one in around)
    return first != last


def _minutes(back: timedelta) -> int:
    return int(back.total_seconds()) // 60


def removed(
    tx: Transaction, venue: VenueCard, days: Days, there: Mapping[int, int]
) -> Iterator[Gap]:
    """Yield days that have fewer receipts than numbers were given out; `there` are those left."""
    given = tx.pairs(
        select(ReceiptCounter.span, ReceiptCounter.newest_no).where(
            ReceiptCounter.venue_id == venue.id, ReceiptCounter.span.between(*days)
        )
    )
    for day, numbers in given.items():
        missing = numbers - there.get(day, 0)
        if missing > 0:
            what = msgs(
                "{n} receipt of this day is no longer there: somebody removed it around the"
                " program.",
                "{n} receipts of this day are no longer there: somebody removed them around the"
                " program.",
                missing,
            )
            yield Gap(day, GapKind.REMOVED, f"{day}:{missing}", what)


def in_the_trail(tx: Transaction, venue: VenueCard, days: Days) -> Iterator[Gap]:
    """Yield where the trail's own time runs backwards, among its newest events."""
    newest = select(AuditEvent.seq, AuditEvent.at).order_by(AuditEvent.seq.desc()).limit(_EVENTS)
    before: tuple[int, datetime] | None = None  # the event that follows, for they come backwards
    for seq, at in tx.rows(newest):
        if before is not None and at - before[1] > _TRAIL_BACK:
            day = venue.time.business_date(before[1])
            if days[0] <= day <= days[1]:
                what = msg(
                    "The computer's clock went back by {minutes} minutes at event {number} of the"
                    " trail.",
                    minutes=_minutes(at - before[1]),
                    number=before[0],
                )
                yield Gap(day, GapKind.CLOCK, f"trail:{before[0]}", what)
        before = seq, at
