"""What the radar finds at the tills: late receipts, cash that is not there, sales of no shift."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import case, func, select

from desktop_app.db.choosing import has_value
from desktop_app.db.transaction import Transaction
from desktop_app.kernel.words import msg, msgs
from desktop_app.orders.records import OrderStatus
from desktop_app.orders.sums import COUNTED
from desktop_app.orders.tables import Order
from desktop_app.sales.gap_records import Gap, GapKind
from desktop_app.sales.gap_rules import Spell, Spells
from desktop_app.sales.sums import revenue_between
from desktop_app.sales.tables import CashShift, ZReport
from desktop_app.venue.records import VenueCard

Days = tuple[int, int]
_INSTANT = timedelta(milliseconds=1)


@dataclass(frozen=True, slots=True)
class DaySums:
    """What a day has: numbered receipts, everything that was closed, and the revenue."""

    numbered: int = 0
    closed: int = 0
    revenue_minor: int = 0


@dataclass(frozen=True, slots=True)
class Shift:
    """A shift with what its Z report said, where there is one."""

    day: int
    till: str
    opened: datetime
    closed: datetime | None
    z_number: int = 0
    total_minor: int = 0
    difference_minor: int = 0
    entries: int = 0


def by_day(tx: Transaction, venue: VenueCard, days: Days) -> Mapping[int, DaySums]:
    """Return what each day has."""
    rows = tx.rows(
        select(
            Order.business_date,
            func.sum(case((Order.daily_no > 0, 1), else_=0)),
            func.sum(case((Order.status != OrderStatus.OPEN, 1), else_=0)),
            func.sum(case((Order.status.in_(COUNTED), Order.total_minor), else_=0)),
        )
        .where(has_value(Order.venue_id, venue.id), Order.business_date.between(*days))
        .group_by(Order.business_date)
    )
    return {day: DaySums(*(int(value) for value in values)) for day, *values in rows}


def shifts_of(tx: Transaction, venue: VenueCard) -> list[Shift]:
    """Return all shifts of a venue, the oldest first."""
    z = ZReport
    entries = z.receipts + z.refunds + z.voids + z.changes
    rows = tx.rows(
        select(
            CashShift.business_date, CashShift.terminal, CashShift.opened_at, z.closed_at,
            func.coalesce(z.number, 0), func.coalesce(z.total_minor, 0),
            func.coalesce(z.difference_minor, 0), func.coalesce(entries, 0),
        )
        .outerjoin(z, z.shift_id == CashShift.id)
        .where(CashShift.venue_id == venue.id)
        .order_by(CashShift.opened_at, CashShift.id)
    )  # fmt: skip
    return [Shift(*row) for row in rows]


def spells_of(shifts: Sequence[Shift]) -> Mapping[str, Spells]:
    """Return when a shift was open, by till."""
    found: dict[str, list[Spell]] = defaultdict(list)
    for one in shifts:
        found[one.till].append(Spell(one.opened, one.closed))
    return {till: Spells(spells) for till, spells in found.items()}


def shift_at(spells: Mapping[str, Spells], till: str, moment: datetime) -> Spell | None:
    """Return the shift to which something belongs that was closed at a till at a moment.

    What comes from a till that has no shifts of its own belongs to the venue's own one.
    """
    own = spells.get(till)
    since = own.since if own is not None else None
    if own is not None and since is not None and (not till or since <= moment):
        return own.at(moment)
    return spells[""].at(moment) if "" in spells else None


def at_the_tills(
    tx: Transaction,
    venue: VenueCard,
    days: Days,
    shifts: Sequence[Shift],
    there: Mapping[int, DaySums],
) -> Iterator[Gap]:
    """Yield what came into a shift after its Z, and cash that was not as it should be.

    Where the Z reports of a day are what the day came to, nothing can have come late.
    """
    told: dict[int, int] = defaultdict(int)
    for one in shifts:
        told[one.day] += one.total_minor
    for one in shifts:
        if one.closed is None or not days[0] <= one.day <= days[1]:
            continue
        fits = told[one.day] == there.get(one.day, DaySums()).revenue_minor
        total, until = one.total_minor, one.closed + _INSTANT
        now = total if fits else revenue_between(tx, venue, one.opened, until, one.till)
        number = one.z_number
        if now != total:
            what = msg("Since Z report {number}, receipts of its time have come in.", number=number)
            yield Gap(one.day, GapKind.LATE, f"z{number}:{now - total}", what, now - total)
        if one.difference_minor:
            what = (
                msg("Cash was missing at Z report {number}.", number=number)
                if one.difference_minor < 0
                else msg("There was too much cash at Z report {number}.", number=number)
            )
            yield Gap(one.day, GapKind.CASH, f"z{number}", what, one.difference_minor)


def outside(
    tx: Transaction,
    venue: VenueCard,
    shifts: Sequence[Shift],
    there: Mapping[int, DaySums],
) -> Iterator[Gap]:
    """Yield what was closed on a day while no shift was open, from the first shift on.

    Where the Z reports of a day have as many receipts as the day, none can be missing.
    """
    if not shifts:
        return
    since = min(one.opened for one in shifts)
    spells = spells_of(shifts)
    told: dict[int, int] = defaultdict(int)
    for one in shifts:
        told[one.day] += one.entries
    suspects = [
        day
        for day, sums in there.items()
        if day >= venue.time.business_date(since) and sums.closed != told[day]
    ]
    for day in suspects:
        loose = [
            (order_id, total)
            for order_id, till, closed, total in _closed_on(tx, venue, day)
            if closed >= since and shift_at(spells, till, closed) is None
        ]
        if loose:
            amount = sum(total for _id, total in loose)
            what = msgs(
                "{n} receipt was closed while no shift was open.",
                "{n} receipts were closed while no shift was open.",
                len(loose),
            )
            key, one_id = f"{day}:{len(loose)}:{amount}", loose[0][0]
            only = one_id if len(loose) == 1 else None
            yield Gap(day, GapKind.LOOSE, key, what, amount, only)


def _closed_on(
    tx: Transaction, venue: VenueCard, day: int
) -> Iterator[tuple[int, str, datetime, int]]:
    closed = func.coalesce(Order.closed_at, Order.opened_at)
    counted = case((Order.status.in_(COUNTED), Order.total_minor), else_=0)
    rows = tx.rows(
        select(Order.id, Order.terminal, closed, counted)
        .where(
            has_value(Order.venue_id, venue.id),
            Order.business_date == day,
            Order.status != OrderStatus.OPEN,
        )
        .order_by(closed, Order.id)
    )
    for id_, till, at, total in rows:
        yield id_, till, at, int(total)
