"""Keep somebody who may see some venues only to their rows, in the database itself.

Tables with a `venue_id`, the venues, and what hangs on them by a foreign key are limited. On a
server row policies do it. On SQLCipher a limited session reads views of its own connection that
stand in the place of the tables, and triggers of its own refuse rows of other venues.
"""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from sqlalchemy import Table, event

from desktop_app.db.base import Base
from desktop_app.db.engine import TRANSLATE
from desktop_app.db.failures import REFUSAL
from desktop_app.db.rights import TableAccess
from desktop_app.db.transaction import AuditedSession
from desktop_app.kernel.access import Domain

if TYPE_CHECKING:
    from sqlalchemy.orm import ORMExecuteState

VENUE, VENUE_ID = "venue", "venue_id"
NO_VENUE = 0
FENCE = "fence"
_VIEWS: Mapping[str, str] = dict.fromkeys(TRANSLATE, "temp")
"""The translation of schemas under which a limited session reads: the views of its connection."""
_SOFT = {"salary": ("employee_id", "employee")}
"""Children whose parent lies in another domain, where there can be no foreign key."""


@dataclass(frozen=True, slots=True)
class LimitedTable:
    """A table whose rows belong to a venue: by a column, or through a parent's row."""

    name: str
    domain: Domain
    column: str
    parent: str | None = None

    def is_order_of(self, table: Table) -> bool:
        """Tell whether rows are best found by the condition: otherwise nearly all fulfil it.

        The files keep no counts of values, and would take an index that begins with the venue.
        """
        return self.parent is not None or next(iter(table.primary_key)).name == self.column

    def condition(self, row: str, within: str, places: Mapping[Domain, str]) -> str:
        """Return SQL that is true for rows of some venues.

        `row` names the row; `within` follows the number of a venue.
        """
        if self.parent is None:
            return f'{row}."{self.column}" {within}'
        parent = limited_tables()[self.parent]
        above = f"its_{parent.name}"
        return (
            f'EXISTS (SELECT 1 FROM {places[parent.domain]}."{parent.name}" {above} '  # noqa: S608
            f'WHERE {above}.id = {row}."{self.column}" '
            f"AND {parent.condition(above, within, places)})"
        )


@cache
def limited_tables() -> dict[str, LimitedTable]:
    """Return the limited tables by name, parents before children."""
    found: dict[str, LimitedTable] = {}
    for table in Base.metadata.sorted_tables:
        limited = _limited(table, found)
        if limited is not None:
            found[table.name] = limited
    for name, (column, parent) in _SOFT.items():
        table = next(t for t in Base.metadata.sorted_tables if t.name == name)
        found[name] = LimitedTable(name, Domain(table.schema or ""), column, parent)
    return found


def _limited(table: Table, found: dict[str, LimitedTable]) -> LimitedTable | None:
    domain = Domain(table.schema or "")
    if table.name == VENUE:
        return LimitedTable(VENUE, domain, "id")
    if VENUE_ID in table.columns:
        return LimitedTable(table.name, domain, VENUE_ID)
    for key in sorted(table.foreign_keys, key=lambda one: one.parent.name):
        parent = key.column.table.name
        if parent in found and parent != VENUE and not key.parent.nullable:
            return LimitedTable(table.name, domain, key.parent.name, parent)
    return None


@dataclass(frozen=True, slots=True)
class Fence:
    """What a connection of a limited session is given: SQL to run, SQL to undo it, and its names.

    The names are random: the authorizer knows a view by its name, which a `WITH` can take too.
    """

    statements: tuple[str, ...]
    undo: tuple[str, ...]
    names: frozenset[str]


def fence(
    venues: frozenset[int], access: Mapping[str, TableAccess], open_domains: frozenset[Domain]
) -> Fence:
    """Return the views and triggers of a session that may see these venues only."""
    within = f"IN ({', '.join(str(int(venue)) for venue in sorted(venues)) or NO_VENUE})"
    limited = limited_tables()
    parts = [
        _walled(table, limited[table.name], within, access[table.name])
        if table.name in limited
        else _open(table, access[table.name])
        for table in Base.metadata.sorted_tables
        if table.name in access and Domain(table.schema or "") in open_domains
    ]
    return Fence(
        tuple(one for part in parts for one in part.statements),
        tuple(one for part in parts for one in part.undo),
        frozenset().union(*(part.names for part in parts)),
    )


def _place(table: Table) -> str:
    return f'{TRANSLATE[table.schema or ""]}."{table.name}"'


def _seen(access: TableAccess) -> str:
    return ", ".join(f'"{name}"' for name in sorted(access.reads)) or "1"


def _open(table: Table, access: TableAccess) -> Fence:
    """Let a table without venues be found where the views are."""
    if not access.counts:
        return Fence((), (), frozenset())
    made = f'CREATE TEMP VIEW "{table.name}" AS SELECT {_seen(access)} FROM {_place(table)}'  # noqa: S608
    return Fence((made,), (f'DROP VIEW temp."{table.name}"',), frozenset())


def _walled(table: Table, limited: LimitedTable, within: str, access: TableAccess) -> Fence:
    """Show a table's rows of some venues only, and refuse to touch others."""
    places = {domain: TRANSLATE[domain.value] for domain in Domain}
    tested = "" if limited.is_order_of(table) else "+"
    view, *triggers = (f"v_{secrets.token_hex(16)}" for _ in range(4))
    own, old, new = (limited.condition(row, within, places) for row in ("own", "OLD", "NEW"))
    done = [
        f"CREATE TEMP VIEW {view} AS SELECT * FROM {_place(table)} own WHERE {tested}{own}",  # noqa: S608
        f'CREATE TEMP VIEW "{table.name}" AS SELECT {_seen(access)} FROM temp.{view}',  # noqa: S608
    ]
    undo = [f'DROP VIEW temp."{table.name}"', f"DROP VIEW temp.{view}"]
    touching = (("INSERT", new), ("UPDATE", f"{old} AND {new}"), ("DELETE", old))
    for trigger, (what, inside) in zip(triggers, touching, strict=True):
        done.append(
            f"CREATE TEMP TRIGGER {trigger} BEFORE {what} ON {_place(table)} "
            f"WHEN ({inside}) IS NOT TRUE BEGIN SELECT RAISE(ABORT, '{REFUSAL}'); END"
        )
        undo.append(f"DROP TRIGGER temp.{trigger}")
    return Fence(tuple(done), tuple(undo), frozenset((view, *triggers)))


@event.listens_for(AuditedSession, "do_orm_execute")
def _read_views(state: ORMExecuteState) -> None:
    """Let a limited session of SQLCipher find the views; by their schema it would miss them."""
    if state.session.connection().info.get(FENCE):
        state.update_execution_options(schema_translate_map=_VIEWS)
