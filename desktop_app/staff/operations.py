"""What can be asked about staff, and their pay; what changes them is in `editing` and `clock`."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from sqlalchemy import func, select

from desktop_app.db.operation import command, query
from desktop_app.db.transaction import Transaction
from desktop_app.kernel.access import Permission
from desktop_app.kernel.errors import ConflictError, NotFoundError
from desktop_app.kernel.words import msg
from desktop_app.staff.reading import employee_of, open_since
from desktop_app.staff.records import (
    MONTH_HOURS,
    EmployeeCard,
    EmployeeForm,
    EmployeeRow,
    PayBasis,
    PayRow,
    PayTerms,
    PositionRow,
)
from desktop_app.staff.rules import check_pay
from desktop_app.staff.tables import (
    Employee,
    EmployeeContact,
    EmployeeToken,
    Salary,
    StaffPosition,
)
from desktop_app.venue.operations import telling_venues


@query(Permission.STAFF_READ)
def list_employees(tx: Transaction) -> Sequence[EmployeeRow]:
    """Return everybody who works or worked here, by name."""
    since = open_since(tx)
    found = select(
        Employee.id, Employee.name, Employee.position, Employee.active, Employee.hired_on,
        Employee.left_on, Employee.venue_id,
    )  # fmt: skip
    rows = tx.rows(found.order_by(Employee.name))
    venues = telling_venues(tx)
    return [EmployeeRow(*row[:6], since.get(row[0]), venues.get(row[6], "")) for row in rows]


@query(Permission.STAFF_READ)
def get_employee(tx: Transaction, employee_id: int) -> EmployeeCard:
    """Return everything about somebody but the pay; of PIN and card, whether they are set."""
    row = employee_of(tx, employee_id)
    reach = tx.find(EmployeeContact, row.id) or EmployeeContact(phone="", email="", note="")
    kinds = tx.rows(select(EmployeeToken.kind).where(EmployeeToken.employee_id == row.id))
    return EmployeeCard(
        row.id, row.version,
        EmployeeForm(
            row.name, row.position, reach.phone, reach.email, row.hired_on, row.left_on, row.tips,
            reach.note,
        ),
        row.active, frozenset(kind for (kind,) in kinds), open_since(tx).get(row.id),
    )  # fmt: skip


@query(Permission.STAFF_READ)
def list_positions(tx: Transaction) -> Sequence[PositionRow]:
    """Return the positions by name, with how many people have each."""
    people = tx.pairs(
        select(Employee.position, func.count()).where(Employee.active).group_by(Employee.position)
    )
    rows = tx.rows(select(StaffPosition.id, StaffPosition.name).order_by(StaffPosition.name))
    return [PositionRow(id_, name, people.get(name, 0)) for id_, name in rows]


@query(Permission.SALARIES_READ)
def list_pay(tx: Transaction) -> Sequence[PayRow]:
    """Return what everybody earns by name, for each the newest first."""
    found = select(
        Employee.id, Employee.name, Employee.position, Salary.since, Salary.monthly_minor,
        Salary.month_hours, Salary.basis,
    ).join(Salary, Salary.employee_id == Employee.id)  # fmt: skip
    return [PayRow(*row) for row in tx.rows(found.order_by(Employee.name, Salary.since.desc()))]


@command(Permission.SALARIES_EDIT)
def set_pay(
    tx: Transaction,
    employee_id: int,
    since: date,
    monthly_minor: int,
    month_hours: int = MONTH_HOURS,
    *,
    basis: PayBasis = PayBasis.HOURS,
    was: PayTerms | None = None,
) -> PayTerms | None:
    """Write down what somebody earns from a day on; what was before that day stays.

    Returns what was written down for that very day before, None where nothing was. NotFoundError
    for somebody who does not work here, InvalidError for less than nothing, ConflictError where
    that day does not say what it `was`.
    """
    terms = PayTerms(monthly_minor, month_hours, basis)
    check_pay(terms, since)
    employee = employee_of(tx, employee_id)
    known = tx.find(Salary, (employee.id, since))
    before = None if known is None else _terms(known)
    _check_was(was, before)
    if known is None:
        known = tx.add(Salary(employee_id=employee.id, since=since, monthly_minor=0))
    known.monthly_minor, known.month_hours, known.basis = monthly_minor, month_hours, basis
    tx.about(f"employee {employee.id}")
    return before


@command(Permission.SALARIES_EDIT)
def remove_pay(
    tx: Transaction, employee_id: int, since: date, was: PayTerms | None = None
) -> PayTerms:
    """Take away what was written down by mistake for a day; the pay before it holds on.

    Returns what it said. NotFoundError where nothing is written down for that day, ConflictError
    where it does not say what it `was`.
    """
    employee = employee_of(tx, employee_id)
    known = tx.find(Salary, (employee.id, since))
    if known is None:
        raise NotFoundError(
            msg("No pay of {name} is written down for {day}.",
                name=employee.name, day=since.isoformat()),
            hint=msg("The list of pay shows the days."),
        )  # fmt: skip
    before = _terms(known)
    _check_was(was, before)
    tx.remove(known)
    tx.about(f"employee {employee.id}")
    return before


def _terms(row: Salary) -> PayTerms:
    return PayTerms(row.monthly_minor, row.month_hours, row.basis)


def _check_was(was: PayTerms | None, now: PayTerms | None) -> None:
    if was is not None and was != now:
        raise ConflictError(
            msg("Somebody else changed this pay meanwhile."), hint=msg("Open it again and look.")
        )
