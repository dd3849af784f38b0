"""Tips, entered by hand; a part of what somebody earns, so they lie beside the pay."""

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
from desktop_app.staff.tables import Employee, TipEntry


@command(Permission.SALARIES_EDIT)
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


@command(Permission.SALARIES_EDIT)
def correct_tip(tx: Transaction, entry_id: int, reason: str) -> int:
    """Take tips back that were entered wrongly, by an entry that points at them."""
    why = check_reason(reason)
    old = tx.find(TipEntry, entry_id)
    if old is None:
        raise NotFoundError(msg("There is no entry {number}.", number=entry_id))
    taken = tx.scalar(select(func.count()).where(TipEntry.corrects == old.id))
    if taken or old.corrects is not None:
        raise ConflictError(msg("This entry has been corrected already."))
    return _add(
        tx,
        old.employee_id,
        old.venue_id,
        old.business_date,
        -old.amount_minor,
        reason=why,
        corrects=old.id,
    ).id


@query(Permission.SALARIES_READ)
def list_tips(tx: Transaction, first: date, last: date) -> Sequence[TipRow]:
    """Return tips between two days, newest first; those taken back too."""
    if last < first:
        raise InvalidError(msg("The last day is before the first one."), field="to")
    later = aliased(TipEntry)
    rows = tx.rows(
        select(
            TipEntry.id, TipEntry.employee_id, Employee.name, TipEntry.business_date,
            TipEntry.amount_minor, TipEntry.reason, TipEntry.corrects, later.id.is_not(None),
        )
        .join(Employee, Employee.id == TipEntry.employee_id)
        .outerjoin(later, later.corrects == TipEntry.id)
        .where(TipEntry.business_date >= first, TipEntry.business_date <= last)
        .order_by(TipEntry.business_date.desc(), TipEntry.id.desc())
    )  # fmt: skip
    return [TipRow(*row) for row in rows]


def _add(
    tx: Transaction,
    employee_id: int,
    venue_id: int,
    day: date,
    amount_minor: int,
    *,
    reason: str = "",
    corrects: int | None = None,
) -> TipEntry:
    tx.about(f"employee {employee_id}")
    return tx.add(
        TipEntry(
            id=tx.ids.one(), venue_id=venue_id, employee_id=employee_id, business_date=day,
            amount_minor=amount_minor, corrects=corrects, entered_at=tx.at, reason=reason,
        )
    )  # fmt: skip
