"""What several operations of staff ask the tables."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy import exists, select
from sqlalchemy.orm import aliased

from desktop_app.db.transaction import Transaction
from desktop_app.kernel.clock import as_date
from desktop_app.kernel.errors import NotFoundError
from desktop_app.kernel.words import msg
from desktop_app.staff.records import PayHistory, PayRow, Spell
from desktop_app.staff.tables import ClockEntry, Employee, Salary
from desktop_app.venue.operations import the_venue


def employee_of(tx: Transaction, employee_id: int) -> Employee:
    """Return somebody who works or worked here; NotFoundError where there is nobody."""
    found = tx.find(Employee, employee_id)
    if found is None:
        raise NotFoundError(msg("There is nobody {number} among the staff.", number=employee_id))
    return found


def counting() -> Any:
    """Return the condition under which an entry of the clock counts."""
    later = aliased(ClockEntry)
    corrected = exists().where(later.corrects == ClockEntry.id)
    return ~ClockEntry.void & ~corrected


def open_since(tx: Transaction) -> dict[int, datetime]:
    """Return who is at work now, and since when."""
    return tx.pairs(
        select(ClockEntry.employee_id, ClockEntry.started_at).where(
            ClockEntry.ended_at.is_(None), counting()
        )
    )


def open_entry(tx: Transaction, employee_id: int) -> ClockEntry | None:
    """Return the entry that is open for somebody, or None."""
    found = tx.objects(
        select(ClockEntry).where(
            ClockEntry.employee_id == employee_id, ClockEntry.ended_at.is_(None), counting()
        )
    )
    return found[0] if found else None


def spells_of(
    tx: Transaction, employee_id: int, around: Spell, now: datetime, leave_out: Iterable[int] = ()
) -> Sequence[Spell]:
    """Return when somebody was at work about a time, without some entries."""
    rows = tx.rows(
        select(ClockEntry.id, ClockEntry.started_at, ClockEntry.ended_at).where(
            ClockEntry.employee_id == employee_id,
            ClockEntry.started_at < (around.ended_at or now),
            (ClockEntry.ended_at > around.started_at) | ClockEntry.ended_at.is_(None),
            counting(),
        )
    )
    out = frozenset(leave_out)
    return [Spell(start, end) for id_, start, end in rows if id_ not in out]


def pay_history(tx: Transaction) -> PayHistory:
    """Return what everybody earned, oldest first."""
    found: dict[int, list[PayRow]] = {}
    rows = select(
        Employee.id, Employee.name, Employee.position, Salary.since, Salary.monthly_minor,
        Salary.month_hours, Salary.basis,
    ).join(Salary, Salary.employee_id == Employee.id)  # fmt: skip
    for row in tx.rows(rows.order_by(Salary.employee_id, Salary.since)):
        found.setdefault(row[0], []).append(PayRow(*row))
    return found


def today_of(tx: Transaction) -> date:
    """Return the business day that is running."""
    return as_date(the_venue(tx).time.business_date(tx.at))
