"""What can be asked about staff, and their pay; what changes them is in `editing` and `clock`."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from sqlalchemy import func, select

from desktop_app.db.operation import command, query
from desktop_app.db.transaction import Transaction
from desktop_app.kernel.access import Permission
from desktop_app.staff.reading import employee_of, open_since
from desktop_app.staff.records import (
    MONTH_HOURS,
    EmployeeCard,
    EmployeeForm,
    EmployeeRow,
    PayRow,
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


@query(Permission.STAFF_READ)
def list_employees(tx: Transaction) -> Sequence[EmployeeRow]:
    """Return everybody who works or worked here, by name."""
    since = open_since(tx)
    found = select(
        Employee.id, Employee.name, Employee.position, Employee.active, Employee.hired_on,
        Employee.left_on,
    )  # fmt: skip
    rows = tx.rows(found.order_by(Employee.name))
    return [EmployeeRow(*row, since=since.get(row[0])) for row in rows]


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
    """Return what everybody earns by name, for each the newest first. Minor units a month."""
    found = select(
        Employee.id, Employee.name, Employee.position, Salary.since, Salary.monthly_minor,
        Salary.month_hours,
    ).join(Salary, Salary.employee_id == Employee.id)  # fmt: skip
    return [PayRow(*row) for row in tx.rows(found.order_by(Employee.name, Salary.since.desc()))]


@command(Permission.SALARIES_EDIT)
def set_pay(
    tx: Transaction,
    employee_id: int,
    since: date,
    monthly_minor: int,
    month_hours: int = MONTH_HOURS,
) -> None:
    """Write down what somebody earns a month from a day on; what was before that day stays.

    Raises NotFoundError for somebody who does not work here, InvalidError for less than nothing.
    """
    check_pay(monthly_minor, month_hours)
    employee = employee_of(tx, employee_id)
    known = tx.find(Salary, (employee.id, since))
    if known is None:
        tx.add(
            Salary(
                employee_id=employee.id, since=since, monthly_minor=monthly_minor,
                month_hours=month_hours,
            )
        )  # fmt: skip
    else:
        known.monthly_minor, known.month_hours = monthly_minor, month_hours
    tx.about(f"employee {employee.id}")
