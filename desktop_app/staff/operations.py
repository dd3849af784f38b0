"""What can be done with staff."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import select

from desktop_app.db.operation import query
from desktop_app.db.transaction import Transaction
from desktop_app.kernel.access import Permission
from desktop_app.staff.records import EmployeeRow
from desktop_app.staff.tables import Employee


@query(Permission.STAFF_READ)
def list_employees(tx: Transaction) -> Sequence[EmployeeRow]:
    """Return everybody who works or worked here, by name."""
    found = select(Employee.id, Employee.name, Employee.position, Employee.active)
    return [EmployeeRow(*row) for row in tx.rows(found.order_by(Employee.name))]
