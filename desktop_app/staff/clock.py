"""The time clock: coming, going, corrections that keep what was, hours and what they cost."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import aliased

from desktop_app.db.operation import command, query
from desktop_app.db.transaction import Transaction
from desktop_app.kernel.access import Permission
from desktop_app.kernel.clock import as_date
from desktop_app.kernel.errors import ConflictError, InvalidError, NotFoundError
from desktop_app.kernel.words import msg
from desktop_app.staff.reading import (
    counting,
    employee_of,
    open_entry,
    pay_history,
    spells_of,
    today_of,
)
from desktop_app.staff.records import (
    Clocked,
    ClockRow,
    HoursRow,
    PayBasis,
    PayRow,
    Spell,
)
from desktop_app.staff.rules import (
    LONGEST_SPELL,
    by_day,
    check_reason,
    check_spell,
    cost_of,
    pay_on,
)
from desktop_app.staff.tables import ClockEntry, Employee
from desktop_app.venue.operations import the_venue


@command(Permission.STAFF_CLOCK)
def clock_in(tx: Transaction, employee_id: int, at: datetime | None = None) -> Clocked:
    """Write down that somebody came to work, now or at a time that has passed.

    ConflictError where they are at work already; InvalidError for somebody who has left.
    """
    return _come(tx, employee_of(tx, employee_id), at or tx.at)


@command(Permission.STAFF_CLOCK)
def clock_out(tx: Transaction, employee_id: int, at: datetime | None = None) -> Clocked:
    """Write down that somebody went; ConflictError where they are not at work."""
    return _go(tx, employee_of(tx, employee_id), at or tx.at)


@command(Permission.STAFF_CLOCK)
def enter_hours(
    tx: Transaction, employee_id: int, started_at: datetime, ended_at: datetime, reason: str
) -> int:
    """Enter time at work that nobody clocked, and return the number of the entry."""
    row = employee_of(tx, employee_id)
    spell = Spell(started_at, ended_at)
    _check(tx, row, spell)
    return _add(tx, row, spell, reason=check_reason(reason)).id


@command(Permission.STAFF_CLOCK)
def correct_clock(
    tx: Transaction,
    entry_id: int,
    started_at: datetime | None,
    ended_at: datetime | None,
    reason: str,
) -> int:
    """Let a new entry stand for one that was wrong, and return its number.

    Both times empty: the entry does not count at all. The old one stays as it was. ConflictError
    where it was corrected already: correct the correction.
    """
    why = check_reason(reason)
    old = tx.find(ClockEntry, entry_id)
    if old is None:
        raise NotFoundError(msg("There is no entry {number}.", number=entry_id))
    if tx.scalar(select(func.count()).where(ClockEntry.corrects == old.id)):
        raise ConflictError(
            msg("This entry has been corrected already."),
            hint=msg("Correct the newer entry instead."),
        )
    row = employee_of(tx, old.employee_id)
    if started_at is None:
        if ended_at is not None:
            raise InvalidError(msg("Work that ends has begun as well."), field="started")
        gone = Spell(old.started_at, old.ended_at or old.started_at)
        return _add(tx, row, gone, reason=why, corrects=old.id, void=True).id
    spell = Spell(started_at, ended_at)
    _check(tx, row, spell, leave_out=old.id)
    return _add(tx, row, spell, reason=why, corrects=old.id).id


@query(Permission.STAFF_READ)
def list_clock(
    tx: Transaction, first: date, last: date, employee_id: int | None = None
) -> Sequence[ClockRow]:
    """Return what was clocked on some business days, newest first, corrected entries too."""
    start, end = _bounds(tx, first, last)
    later = aliased(ClockEntry)
    found: Any = (
        select(
            ClockEntry.id, ClockEntry.employee_id, Employee.name, ClockEntry.started_at,
            ClockEntry.ended_at, ClockEntry.corrects, ClockEntry.void, ClockEntry.reason,
            ClockEntry.entered_at, later.id.is_(None) & ~ClockEntry.void,
        )
        .join(Employee, Employee.id == ClockEntry.employee_id)
        .outerjoin(later, later.corrects == ClockEntry.id)
        .where(ClockEntry.started_at >= start, ClockEntry.started_at < end)
    )  # fmt: skip
    if employee_id is not None:
        found = found.where(ClockEntry.employee_id == employee_id)
    rows = tx.rows(found.order_by(ClockEntry.started_at.desc(), ClockEntry.id.desc()))
    return [ClockRow(*row) for row in rows]


@query(Permission.STAFF_READ)
def list_hours(tx: Transaction, first: date, last: date) -> Sequence[HoursRow]:
    """Return how long everybody was at work on each business day.

    An open entry counts until now, for a day at most: nobody works longer, somebody forgot to go.
    """
    return _hours(tx, first, last)


@query(Permission.SALARIES_READ)
def list_labour(tx: Transaction, first: date, last: date) -> Sequence[HoursRow]:
    """Return the same hours with what they cost, by the pay that held on each day.

    Who is paid by the month, whatever they work, has a row for each day until today, too.
    """
    pay = pay_history(tx)
    worked = _worked(tx, first, last)
    days_of: dict[int, set[date]] = {}
    for day, employee_id in worked.times:
        days_of.setdefault(employee_id, set()).add(day)
    found = []
    for row in tx.objects(select(Employee)):
        own = pay.get(row.id, ())
        days = days_of.get(row.id, set()) | set(_paid_days(tx, row, own, first, last))
        for day in days:
            key = day, row.id
            spent = worked.times.get(key, 0)
            cost = cost_of(spent, day, own, came=key in worked.came)
            found.append(HoursRow(row.id, row.name, row.position, day, spent, cost))
    return sorted(found, key=_place)


@dataclass(frozen=True, slots=True)
class _Worked:
    """How long people were at work, by day and person, and on which days they came."""

    times: Mapping[tuple[date, int], int]
    came: frozenset[tuple[date, int]]


def _paid_days(
    tx: Transaction, row: Employee, pay: Sequence[PayRow], first: date, last: date
) -> Iterator[date]:
    """Return the days of a period that cost a part of somebody's month, until today."""
    if all(one.basis is not PayBasis.MONTH for one in pay):
        return
    if not row.active and row.left_on is None:
        return
    begin = max(first, pay[0].since, row.hired_on or first)
    end = min(last, today_of(tx), row.left_on or last)
    for ahead in range((end - begin).days + 1):
        day = begin + timedelta(days=ahead)
        held = pay_on(day, pay)
        if held is not None and held.basis is PayBasis.MONTH:
            yield day


def _hours(tx: Transaction, first: date, last: date) -> list[HoursRow]:
    people = {row[0]: row for row in tx.rows(select(Employee.id, Employee.name, Employee.position))}
    found = [
        HoursRow(employee_id, people[employee_id][1], people[employee_id][2], day, length)
        for (day, employee_id), length in _worked(tx, first, last).times.items()
        if employee_id in people
    ]
    return sorted(found, key=_place)


def _place(row: HoursRow) -> tuple[date, str, int]:
    return row.day, row.name, row.employee_id


def _worked(tx: Transaction, first: date, last: date) -> _Worked:
    start, end = _bounds(tx, first, last)
    at = the_venue(tx).time
    rows = tx.rows(
        select(ClockEntry.employee_id, ClockEntry.started_at, ClockEntry.ended_at).where(
            ClockEntry.started_at >= start - LONGEST_SPELL, ClockEntry.started_at < end, counting()
        )
    )
    worked: dict[tuple[date, int], int] = {}
    came = set()
    for employee_id, started, ended in rows:
        came.add((as_date(at.business_date(started)), employee_id))
        over = ended or min(tx.at, started + LONGEST_SPELL)
        for day, length in by_day(Spell(started, ended), over, at):
            if first <= day <= last:
                key = day, employee_id
                worked[key] = worked.get(key, 0) + length
    return _Worked(worked, frozenset(came))


def _bounds(tx: Transaction, first: date, last: date) -> tuple[datetime, datetime]:
    """Return when the first business day begins and the one after the last."""
    if last < first:
        raise InvalidError(msg("The last day is before the first one."), field="to")
    at = the_venue(tx).time
    opening = time(at.opening.hour, at.opening.minute)
    return (
        at.from_local(datetime.combine(first, opening)),
        at.from_local(datetime.combine(last + timedelta(days=1), opening)),
    )


def toggle(tx: Transaction, row: Employee) -> Clocked:
    """Clock somebody in, or out where they are in."""
    return _come(tx, row, tx.at) if open_entry(tx, row.id) is None else _go(tx, row, tx.at)


def _come(tx: Transaction, row: Employee, at: datetime) -> Clocked:
    if open_entry(tx, row.id) is not None:
        raise ConflictError(
            msg("{name} is at work already.", name=row.name),
            hint=msg("Clock them out first, or correct the entry."),
        )
    spell = Spell(at, None)
    _check(tx, row, spell)
    _add(tx, row, spell)
    return Clocked(row.id, row.name, at, came=True)


def _go(tx: Transaction, row: Employee, at: datetime) -> Clocked:
    entry = open_entry(tx, row.id)
    if entry is None:
        raise ConflictError(msg("{name} is not at work.", name=row.name))
    spell = Spell(entry.started_at, at)
    others = spells_of(tx, row.id, spell, tx.at, (entry.id,))
    check_spell(spell, others, tx.at)
    entry.ended_at = at
    tx.about(f"employee {row.id}")
    return Clocked(row.id, row.name, at, came=False)


def _check(tx: Transaction, row: Employee, spell: Spell, *, leave_out: int = 0) -> None:
    venue = the_venue(tx)
    if row.left_on is not None or not row.active:
        day = as_date(venue.time.business_date(spell.started_at))
        if row.left_on is None or day > row.left_on:
            raise InvalidError(
                msg("{name} does not work here any more.", name=row.name), field="employee"
            )
    if spell.ended_at is None and leave_out:
        still = open_entry(tx, row.id)
        if still is not None and still.id != leave_out:
            raise ConflictError(msg("{name} is at work already.", name=row.name))
    others = spells_of(tx, row.id, spell, tx.at, (leave_out,) if leave_out else ())
    check_spell(spell, others, tx.at)


def _add(
    tx: Transaction,
    row: Employee,
    spell: Spell,
    *,
    reason: str = "",
    corrects: int | None = None,
    void: bool = False,
) -> ClockEntry:
    tx.about(f"employee {row.id}")
    return tx.add(
        ClockEntry(
            id=tx.ids.one(), venue_id=row.venue_id, employee_id=row.id,
            started_at=spell.started_at, ended_at=spell.ended_at, corrects=corrects, void=void,
            entered_at=tx.at, reason=reason,
        )
    )  # fmt: skip
