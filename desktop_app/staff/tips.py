"""Tips of guests, handed out by whoever keeps the hours and written down by hand.

What earlier programs entered beside the pay stays there and is shown with the others.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from sqlalchemy import func, select
from sqlalchemy.orm import aliased

from desktop_app.db.operation import command, query
from desktop_app.db.transaction import Transaction
from desktop_app.kernel.access import Permission
from desktop_app.kernel.errors import ConflictError, InvalidError, NotFoundError
from desktop_app.kernel.money import LIMIT_MINOR
from desktop_app.kernel.words import msg
from desktop_app.staff.reading import employee_of, today_of
from desktop_app.staff.records import TipRow
from desktop_app.staff.rules import check_reason
from desktop_app.staff.tables import Employee, TipEntry, TipShare

Kind = type[TipShare] | type[TipEntry]


@command(Permission.STAFF_CLOCK)
def add_tip(tx: Transaction, employee_id: int, day: date, amount_minor: int) -> int:
    """Write down tips that somebody was given on a day, and return the number of the entry."""
    row = employee_of(tx, employee_id)
    if not row.tips:
        raise InvalidError(
            msg("{name} is not given tips.", name=row.name),
            field="employee",
            hint=msg("The card of that person says so."),
        )
    if day > today_of(tx):
        raise InvalidError(msg("{day} has not come yet.", day=day.isoformat()), field="day")
    if not 0 < amount_minor < LIMIT_MINOR:
        raise InvalidError(msg("Tips are more than nothing."), field="amount")
    return _add(tx, row.id, row.venue_id, day, amount_minor).id


@command(Permission.STAFF_CLOCK)
def correct_tip(tx: Transaction, entry_id: int, reason: str) -> int:
    """Take tips back that were entered wrongly, by an entry that points at them."""
    why = check_reason(reason)
    old = _find(tx, entry_id)
    kind = type(old)
    taken = tx.scalar(select(func.count()).where(kind.corrects == old.id))
    if taken or old.corrects is not None:
        raise ConflictError(msg("This entry has been corrected already."))
    return _add(
        tx, old.employee_id, old.venue_id, old.business_date, -old.amount_minor,
        reason=why, corrects=old.id, kind=kind,
    ).id  # fmt: skip


@query(Permission.STAFF_READ)
def list_tips(tx: Transaction, first: date, last: date) -> Sequence[TipRow]:
    """Return tips between two days, newest first; those taken back too.

    What earlier programs entered beside the pay is for whoever may read the pay.
    """
    if last < first:
        raise InvalidError(msg("The last day is before the first one."), field="to")
    kinds: list[Kind] = [TipShare]
    if tx.actor.can(Permission.SALARIES_READ):
        kinds.append(TipEntry)
    rows = [row for kind in kinds for row in _between(tx, kind, first, last)]
    return sorted(rows, key=lambda row: (row.day, row.id), reverse=True)


def _between(tx: Transaction, kind: Kind, first: date, last: date) -> Sequence[TipRow]:
    later = aliased(kind)
    rows = tx.rows(
        select(
            kind.id, kind.employee_id, Employee.name, kind.business_date,
            kind.amount_minor, kind.reason, kind.corrects, later.id.is_not(None),
        )
        .join(Employee, Employee.id == kind.employee_id)
        .outerjoin(later, later.corrects == kind.id)
        .where(kind.business_date >= first, kind.business_date <= last)
    )  # fmt: skip
    return [TipRow(*row) for row in rows]


def _find(tx: Transaction, entry_id: int) -> TipShare | TipEntry:
    found: TipShare | TipEntry | None = tx.find(TipShare, entry_id)
    if found is None and tx.actor.can(Permission.SALARIES_EDIT):
        found = tx.find(TipEntry, entry_id)
    if found is None:
        raise NotFoundError(msg("There is no entry {number}.", number=entry_id))
    return found


def _add(
    tx: Transaction,
    employee_id: int,
    venue_id: int,
    day: date,
    amount_minor: int,
    *,
    reason: str = "",
    corrects: int | None = None,
    kind: Kind = TipShare,
) -> TipShare | TipEntry:
    tx.about(f"employee {employee_id}")
    return tx.add(
        kind(
            id=tx.ids.one(), venue_id=venue_id, employee_id=employee_id, business_date=day,
            amount_minor=amount_minor, corrects=corrects, entered_at=tx.at, reason=reason,
        )
    )  # fmt: skip
