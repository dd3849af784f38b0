"""What the accounts of a server should be allowed: privileges, and the policies of rows.

Computed from the same table of rights as the authorizer of the files. A privilege is a plain value
so that what should be and what is can be compared.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass

from sqlalchemy import Table

from desktop_app.db.base import Base
from desktop_app.db.rights import TableAccess, access_of
from desktop_app.db.venue_limits import limited_tables
from desktop_app.kernel.access import Domain, Permission, domains_of

ACCESS = "access"
"""The schema of what the server itself needs (see migration 0002)."""


@dataclass(frozen=True, slots=True, order=True)
class Privilege:
    """A privilege that somebody has: on the database, a schema, a table, or one of its columns."""

    kind: str
    schema: str
    table: str
    column: str
    action: str


@dataclass(frozen=True, slots=True)
class Policy:
    """Which rows of a table an account sees and writes; its name tells its text."""

    schema: str
    table: str
    condition: str

    @property
    def name(self) -> str:
        """Return the name, which changes when the condition does."""
        return f"venues_{hashlib.sha256(self.condition.encode()).hexdigest()[:12]}"


def privileges_of(permissions: frozenset[Permission]) -> frozenset[Privilege]:
    """Return everything that holders of these permissions may do on the server."""
    found = {
        Privilege("database", "", "", "", "CONNECT"),
        Privilege("schema", ACCESS, "", "", "USAGE"),
        Privilege("table", ACCESS, "turn", "", "UPDATE"),
        Privilege("table", Domain.OPS.value, "alembic_version", "", "SELECT"),
    }
    domains = domains_of(permissions)
    found |= {Privilege("schema", domain.value, "", "", "USAGE") for domain in domains}
    access = access_of(permissions)
    for table in Base.metadata.sorted_tables:
        if table.name in access:
            found.update(_on(table, access[table.name]))
    return frozenset(found)


def _on(table: Table, access: TableAccess) -> Iterator[Privilege]:
    schema = table.schema or ""
    key = frozenset({next(iter(table.primary_key.columns)).name})
    reads = access.reads or (key if access.counts else frozenset())
    every = frozenset(table.columns.keys())
    for columns, action in ((reads, "SELECT"), (access.changes, "UPDATE")):
        if columns == every:
            yield Privilege("table", schema, table.name, "", action)
        else:
            for column in columns:
                yield Privilege("column", schema, table.name, column, action)
    if access.adds:
        yield Privilege("table", schema, table.name, "", "INSERT")
    if access.removes:
        yield Privilege("table", schema, table.name, "", "DELETE")


def policies() -> list[Policy]:
    """Return the policy of every table whose rows belong to a venue."""
    places = {domain: domain.value for domain in Domain}
    return [
        Policy(
            limited.domain.value,
            limited.name,
            "(SELECT access.sees_all()) OR "
            + limited.condition(
                f'{limited.domain.value}."{limited.name}"',
                "= ANY ((SELECT access.my_venues())::bigint[])",
                places,
            ),
        )
        for limited in limited_tables().values()
    ]
