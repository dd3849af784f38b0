"""Walk the data map: every table about customers, by its own path, whoever added it.

There is no list of tables to forget: what says `Person.CUSTOMER` is searched and printed.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import Select, func, inspect, select

from desktop_app.db.base import Base, Holds, Person
from desktop_app.db.transaction import Transaction
from desktop_app.privacy.labels import TABLES


def tables_about(person: Person) -> list[type[Base]]:
    """Return the mapped classes whose rows are about a kind of person, in dependency order."""
    place = {table.name: number for number, table in enumerate(Base.metadata.sorted_tables)}
    mapped = [mapper.class_ for mapper in Base.registry.mappers]
    about = [one for one in mapped if one.__about__.person is person]
    return sorted(about, key=lambda one: place[one.__tablename__])


def rows_about(table: type[Base], numbers: Sequence[int]) -> Select[Any]:
    """Return the statement for a person's rows of a table; `numbers` are all of theirs."""
    mapped: Any = table
    path = table.__about__.path
    column, _, parent_name = path.partition(">")
    if not parent_name:
        return select(mapped).where(getattr(mapped, column).in_(numbers))
    parent = _by_name(parent_name)
    key = parent.__table__.primary_key.columns[0]
    owner = parent.__about__.path
    wanted = select(key).where(getattr(parent, owner).in_(numbers))
    return select(mapped).where(getattr(mapped, column).in_(wanted))


def count_about(tx: Transaction, table: type[Base], numbers: Sequence[int]) -> int:
    """Return how many rows of a table are about a person."""
    found = rows_about(table, numbers).subquery()
    return int(tx.scalar(select(func.count()).select_from(found)))


def told_columns(table: type[Base]) -> Sequence[str]:
    """Return the columns that a copy tells, in the table's order: all but the program's own.

    `created_at` is told although it is technical: people ask since when they are known.
    """
    label = TABLES.get(table.__tablename__)
    named: Mapping[str, Any] = label.columns if label else {}
    return [
        attribute.key
        for attribute in inspect(table).column_attrs
        if attribute.columns[0].info["holds"] is not Holds.TECHNICAL or attribute.key in named
    ]


def _by_name(name: str) -> Any:
    for mapper in Base.registry.mappers:
        if mapper.class_.__tablename__ == name:
            return mapper.class_
    message = f"the data map names a table {name} that does not exist"
    raise LookupError(message)
