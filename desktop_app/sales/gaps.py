"""The gap radar: holes in numbers, receipts that came late, corrections to look at twice."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import timedelta

from sqlalchemy import select

from desktop_app.db.operation import command, query
from desktop_app.db.transaction import Transaction
from desktop_app.kernel.access import Permission
from desktop_app.kernel.card_words import refuse_cards
from desktop_app.kernel.clock import as_date, as_number
from desktop_app.kernel.errors import InvalidError
from desktop_app.kernel.text import clean
from desktop_app.kernel.words import msg
from desktop_app.sales.gap_numbers import in_numbers, in_the_trail, removed
from desktop_app.sales.gap_people import concentrations, corrections, edits
from desktop_app.sales.gap_records import Gap, GapKind
from desktop_app.sales.gap_tills import at_the_tills, by_day, outside, shifts_of, spells_of
from desktop_app.sales.rules import check_reason
from desktop_app.sales.tables import GapMark
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
    there, shifts = by_day(tx, venue, days), shifts_of(tx, venue)
    numbered = {day: sums.numbered for day, sums in there.items()}
    found = [
        *in_numbers(tx, venue, days),
        *removed(tx, venue, days, numbered),
        *in_the_trail(tx, venue, days),
        *at_the_tills(tx, venue, days, shifts, there),
        *outside(tx, venue, shifts, there),
        *corrections(tx, venue, days, spells_of(shifts), SOON),
        *edits(tx, venue, days),
        *concentrations(tx, venue, days),
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
def mark_gap(
    tx: Transaction, day: int, kind: GapKind, key: str, note: str, *, closes: bool = True
) -> None:
    """Note what something the radar found is, and close it or leave it open; earlier notes stay."""
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
            closes=closes,
        )
    )
    tx.about(f"gap {kind} {key}", closed=closes)


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
    return replace(gap, seen_by=mark.made_by, seen_at=mark.at, note=mark.note, closed=mark.closes)
