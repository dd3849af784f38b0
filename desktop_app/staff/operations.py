"""What can be done with staff."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from sqlalchemy import select

from desktop_app.db.operation import command, query
from desktop_app.db.transaction import Transaction
from desktop_app.kernel.access import Permission
from desktop_app.kernel.errors import InvalidError
from desktop_app.kernel.words import msg
from desktop_app.staff.records import EmployeeRow, PayRow
from desktop_app.staff.tables import Employee, Salary


@query(Permission.STAFF_READ)
def list_employees(tx: Transaction) -> Sequence[EmployeeRow]:
    """Return everybody who works or worked here, by name."""
    found = select(Employee.id, Employee.name, Employee.position, Employee.active)
    return [EmployeeRow(*row) for row in tx.rows(found.order_by(Employee.name))]


@query(Permission.SALARIES_READ)
def list_pay(tx: Transaction) -> Sequence[PayRow]:
    """Return what everybody earns by name, for each the newest first. Minor units a month."""
    found = select(
        Employee.id, Employee.name, Employee.position, Salary.since, Salary.monthly_minor
    ).join(Salary, Salary.employee_id == Employee.id)
    return [PayRow(*row) for row in tx.rows(found.order_by(Employee.name, Salary.since.desc()))]


@command(Permission.SALARIES_EDIT)
def set_pay(tx: Transaction, employee_id: int, since: date, monthly_minor: int) -> None:
    """Write down what somebody earns a month from a day on; what was before that day stays.

    Raises NotFoundError for somebody who does not work here, InvalidError for less than nothing.
    """
    if monthly_minor < 0:
        raise InvalidError(msg("Nobody earns less than nothing."), field="amount")
    employee = tx.get(Employee, employee_id)
    known = tx.find(Salary, (employee.id, since))
    if known is None:
        tx.add(Salary(employee_id=employee.id, since=since, monthly_minor=monthly_minor))
    else:
        known.monthly_minor = monthly_minor
    tx.about(f"employee {employee.id}")
