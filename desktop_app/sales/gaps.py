"""The gap radar: holes in numbers, receipts that came late, corrections to look at twice."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta

from sqlalchemy import case, func, select
from sqlalchemy.orm import aliased

from desktop_app.db.operation import command, query
from desktop_app.db.transaction import Transaction
from desktop_app.kernel.access import Permission
from desktop_app.kernel.card_words import refuse_cards
from desktop_app.kernel.clock import as_date, as_number
from desktop_app.kernel.errors import InvalidError
from desktop_app.kernel.text import clean
from desktop_app.kernel.words import Message, msg, msgs
from desktop_app.orders.sums import COUNTED
from desktop_app.orders.tables import Order, ReceiptCounter
from desktop_app.sales.operations import DESK
from desktop_app.sales.records import CorrectionKind, Gap, GapKind
from desktop_app.sales.rules import check_reason, holes
from desktop_app.sales.sums import revenue_between
from desktop_app.sales.tables import CashShift, Correction, GapMark, ZReport
from desktop_app.venue.operations import the_venue
from desktop_app.venue.records import VenueCard

MOST_DAYS = 366
RECENT = timedelta(days=92)
_ROW_NUMBER = re.compile(r"\b\d{19}\b")
SOON = timedelta(minutes=10)
"""A void so soon after payment is looked at twice: the guest may have paid and left."""


@query(Permission.ORDERS_READ)
def find_gaps(tx: Transaction, first_day: int, last_day: int) -> Sequence[Gap]:
    """Return what the radar finds between two business days, the newest day first.

    InvalidError for more than a year at once.
    """
    if not 0 <= (as_date(last_day) - as_date(first_day)).days < MOST_DAYS:
        raise InvalidError(
            msg("The radar looks at 1 to {most} days at once.", most=MOST_DAYS), field="period"
        )
    return gaps_between(tx, first_day, last_day)


def gaps_between(tx: Transaction, first_day: int, last_day: int) -> list[Gap]:
    """Return what the radar finds, the newest day first."""
    venue = the_venue(tx)
    days = (first_day, last_day)
    there = _by_day(tx, venue, days)
    found = [
        *_holes(tx, venue, days),
        *_removed(tx, venue, days, there),
        *_tills(tx, venue, days, there),
        *_corrections(tx, venue, days),
    ]
    marks = _marks(tx, venue, days)
    seen = [_with_mark(gap, marks.get((gap.kind, gap.key))) for gap in found]
    return sorted(seen, key=lambda gap: (-gap.day, gap.kind, gap.key))


@query(Permission.ORDERS_READ)
def recent_gaps(tx: Transaction) -> Sequence[Gap]:
    """Return what the radar finds in the last three months."""
    today = the_venue(tx).time.business_date(tx.at)
    return gaps_between(tx, as_number(as_date(today) - RECENT), today)


@command(Permission.SHIFTS_CLOSE)
def mark_gap(tx: Transaction, day: int, kind: GapKind, key: str, note: str) -> None:
    """Say that something the radar found was looked at, and what it was; earlier notes stay."""
    tidy = check_reason(note)
    if not key or len(key) > 200 or clean(key) != key:  # noqa: PLR2004 - as long as the column
        raise InvalidError(msg("This is nothing that the radar finds."), field="key")
    refuse_cards("key", _ROW_NUMBER.sub("", key))
    tx.add(
        GapMark(
            id=tx.ids.one(),
            venue_id=the_venue(tx).id,
            business_date=day,
            kind=kind,
            mark_key=key,
            note=tidy,
            at=tx.at,
            made_by=tx.actor.name,
        )
    )
    tx.about(f"gap {kind} {key}")


def _holes(tx: Transaction, venue: VenueCard, days: tuple[int, int]) -> Iterator[Gap]:
    """Yield numbers that the tills left out, by source."""
    by_source: dict[str, list[tuple[int, int]]] = defaultdict(list)
    for group in _groups(tx, venue, days):
        by_source[group.source].extend((number, group.day) for number in _numbers(tx, venue, group))
    for source, numbers in by_source.items():
        for first, last, day in holes(numbers):
            key = f"{source}:{day}:{first}-{last}"
            yield Gap(day, GapKind.HOLE, key, _missing(first, last))


@dataclass(frozen=True, slots=True)
class _Group:
    """The numbers of one length, day and source: the least, the greatest, how many there are."""

    source: str
    day: int
    length: int
    least: str
    greatest: str
    count: int


def _groups(tx: Transaction, venue: VenueCard, days: tuple[int, int]) -> list[_Group]:
    """Return the numbers by day; of the same length, the order of texts is that of numbers."""
    length = func.length(Order.number)
    rows = tx.rows(
        select(
            Order.source, Order.business_date, length, func.min(Order.number),
            func.max(Order.number), func.count(Order.number.distinct()),
        )
        .where(
            Order.venue_id == venue.id, Order.business_date.between(*days), Order.source != DESK
        )
        .group_by(Order.source, Order.business_date, length)
    )  # fmt: skip
    return [_Group(*row) for row in rows]


def _numbers(tx: Transaction, venue: VenueCard, group: _Group) -> Sequence[int]:
    """Return the numbers of a group; they are read only where some are missing between its ends."""
    if _is_number(group.least) and _is_number(group.greatest):
        whole = range(int(group.least), int(group.greatest) + 1)
        if len(whole) == group.count:
            return whole
    rows = tx.rows(
        select(Order.number).where(
            Order.venue_id == venue.id,
            Order.business_date == group.day,
            Order.source == group.source,
            func.length(Order.number) == group.length,
        )
    )
    return [int(number) for (number,) in rows if _is_number(number)]


def _is_number(text: str) -> bool:
    return text.isascii() and text.isdigit()


def _missing(first: int, last: int) -> Message:
    if first == last:
        return msg("Receipt number {number} is missing.", number=first)
    return msg("Receipt numbers {first} to {last} are missing.", first=first, last=last)


def _by_day(
    tx: Transaction, venue: VenueCard, days: tuple[int, int]
) -> Mapping[int, tuple[int, int]]:
    """Return how many numbered receipts each day has, and what they come to."""
    rows = tx.rows(
        select(
            Order.business_date,
            func.sum(case((Order.daily_no > 0, 1), else_=0)),
            func.sum(case((Order.status.in_(COUNTED), Order.total_minor), else_=0)),
        )
        .where(Order.venue_id == venue.id, Order.business_date.between(*days))
        .group_by(Order.business_date)
    )
    return {day: (int(count), int(total)) for day, count, total in rows}


def _removed(
    tx: Transaction,
    venue: VenueCard,
    days: tuple[int, int],
    there: Mapping[int, tuple[int, int]],
) -> Iterator[Gap]:
    """Yield days that have fewer receipts than numbers were given out."""
    given = tx.pairs(
        select(ReceiptCounter.span, ReceiptCounter.newest_no).where(
            ReceiptCounter.venue_id == venue.id, ReceiptCounter.span.between(*days)
        )
    )
    for day, numbers in given.items():
        missing = numbers - there.get(day, (0, 0))[0]
        if missing > 0:
            what = msgs(
                "{n} receipt of this day is no longer there: somebody removed it around the"
                " program.",
                "{n} receipts of this day are no longer there: somebody removed them around the"
                " program.",
                missing,
            )
            yield Gap(day, GapKind.REMOVED, f"{day}:{missing}", what)


def _tills(
    tx: Transaction,
    venue: VenueCard,
    days: tuple[int, int],
    there: Mapping[int, tuple[int, int]],
) -> Iterator[Gap]:
    """Yield what came into a shift after its Z, and cash that was not as it should be.

    Where the Z reports of a day are what the day came to, nothing can have come late.
    """
    shifts = tx.rows(
        select(
            ZReport.number,
            ZReport.business_date,
            CashShift.opened_at,
            ZReport.closed_at,
            ZReport.total_minor,
            ZReport.difference_minor,
        )
        .join(CashShift, CashShift.id == ZReport.shift_id)
        .where(ZReport.venue_id == venue.id, ZReport.business_date.between(*days))
    )
    told: dict[int, int] = defaultdict(int)
    for _number, day, _opened, _closed, total, _difference in shifts:
        told[day] += total
    for number, day, opened, closed, total, difference in shifts:
        fits = told[day] == there.get(day, (0, 0))[1]
        until = closed + timedelta(milliseconds=1)
        now = total if fits else revenue_between(tx, venue, opened, until)
        if now != total:
            what = msg("Since Z report {number}, receipts of its time have come in.", number=number)
            yield Gap(day, GapKind.LATE, f"z{number}:{now - total}", what, now - total)
        if difference:
            what = (
                msg("Cash was missing at Z report {number}.", number=number)
                if difference < 0
                else msg("There was too much cash at Z report {number}.", number=number)
            )
            yield Gap(day, GapKind.CASH, f"z{number}", what, difference)


def _corrections(tx: Transaction, venue: VenueCard, days: tuple[int, int]) -> Iterator[Gap]:
    """Yield corrections that are often made for the wrong reason."""
    original = aliased(Order)
    rows = tx.rows(
        select(
            Correction.order_id,
            Correction.kind,
            Correction.business_date,
            Correction.at,
            Correction.amount_minor,
            Correction.made_by,
            original.number,
            original.business_date,
            func.coalesce(original.closed_at, original.opened_at).label("closed_at"),
            original.total_minor,
        )
        .join(original, original.id == Correction.original_id)
        .where(Correction.venue_id == venue.id, Correction.business_date.between(*days))
    )
    for entry, kind, day, at, amount, who, number, sold_on, closed, total in rows:
        said = {"number": number, "name": who}
        key = str(entry)
        if kind is CorrectionKind.PAYMENT:
            what = msg("{name} changed how receipt {number} was paid.", **said)
            yield Gap(day, GapKind.FLIP, key, what, total, entry)
        elif kind is CorrectionKind.VOID and at - closed <= SOON:
            what = msg("{name} voided receipt {number} right after it was paid.", **said)
            yield Gap(day, GapKind.SOON, key, what, -amount, entry)
        if kind is not CorrectionKind.PAYMENT and sold_on < day:
            what = msg("{name} took receipt {number} back after its day was over.", **said)
            yield Gap(day, GapKind.AFTER, key, what, -amount, entry)


def _marks(
    tx: Transaction, venue: VenueCard, days: tuple[int, int]
) -> Mapping[tuple[GapKind, str], GapMark]:
    """Return the newest mark of each finding."""
    wanted = (
        select(GapMark)
        .where(GapMark.venue_id == venue.id, GapMark.business_date.between(*days))
        .order_by(GapMark.at, GapMark.id)
    )
    return {(mark.kind, mark.mark_key): mark for mark in tx.objects(wanted)}


def _with_mark(gap: Gap, mark: GapMark | None) -> Gap:
    if mark is None:
        return gap
    return replace(gap, seen_by=mark.made_by, seen_at=mark.at, note=mark.note)
