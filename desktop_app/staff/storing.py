"""People at work as an import meets them: known by name, added where they are new."""

from __future__ import annotations

from collections.abc import Collection

from sqlalchemy import select

from desktop_app.db.transaction import Transaction
from desktop_app.staff.tables import Employee


def employee_numbers(tx: Transaction, venue_id: int, names: Collection[str]) -> dict[str, int]:
    """Return the numbers of employees by name, adding the new ones."""
    if not names:
        return {}
    named = select(Employee.name, Employee.id).where(
        Employee.venue_id == venue_id, Employee.name.in_(names)
    )
    found = tx.pairs(named)
    for name in sorted(set(names) - found.keys()):
        found[name] = tx.add(Employee(id=tx.ids.one(), venue_id=venue_id, name=name)).id
    return found
