"""What SQL may do on a SQLCipher connection: asked once for each statement, when it is prepared.

SQLite asks the authorizer about every table, column, function and pragma of a statement. What the
signed-in person's permissions do not give them is refused, and so is whatever no operation needs:
attaching files, loading code, keys, changing the schema, reading it. It guards against SQL that
slipped into ours and against slips of our own, not against another program with the key.

Migrations, backups, restores and new keys use connections or transactions of their own.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Mapping
from typing import Any

from sqlalchemy import Connection, Engine, Table, event

from desktop_app.db.base import Base
from desktop_app.db.engine import TRANSLATE
from desktop_app.db.rights import TableAccess, access_of
from desktop_app.db.venue_limits import FENCE, Fence, fence, limited_tables
from desktop_app.kernel.access import Actor, Domain, Permission

_ALLOW, _DENY = sqlite3.SQLITE_OK, sqlite3.SQLITE_DENY
_FREE = frozenset({sqlite3.SQLITE_SELECT, sqlite3.SQLITE_TRANSACTION, sqlite3.SQLITE_SAVEPOINT})
_PRAGMAS = frozenset({"busy_timeout", "data_version", "database_list"})
_SCHEMAS = frozenset({"sqlite_master", "sqlite_schema"})
_FUNCTIONS = frozenset(
    {
        "abs", "avg", "ceil", "coalesce", "count", "date", "datetime", "floor", "folded", "glob",
        "hex", "ifnull", "instr", "json", "json_extract", "length", "like", "lower", "ltrim",
        "max", "min", "nullif", "replace", "round", "row_number", "rtrim", "sign", "strftime",
        "substr", "substring", "sum", "total", "trim", "typeof", "upper",
    }
)  # fmt: skip
_RIGHTS = "rights"


class Guard:
    """Answers SQLite for the rights of one person on one connection."""

    def __init__(self, permissions: frozenset[Permission], limits: Fence | None = None) -> None:
        self._access = access_of(permissions)
        self._keys = _key_columns(self._access)
        self._own = limits.names if limits else frozenset()
        self._views = frozenset(limited_tables()) if limits else frozenset()
        self._added: str | None = None
        """The table of the INSERT being prepared: adding to a sum reads the row it adds to."""

    def __call__(
        self, action: int, first: str | None, second: str | None, place: str | None, by: str | None
    ) -> int:
        """Tell SQLite whether a part of a statement is allowed."""
        if action in _FREE:
            if by not in self._own:  # not our trigger, but a SELECT inside or after an INSERT
                self._added = None
            return _ALLOW
        return _ALLOW if self._allows(action, first or "", second or "", place, by) else _DENY

    def _allows(
        self, action: int, first: str, second: str, place: str | None, by: str | None
    ) -> bool:
        match action:
            case sqlite3.SQLITE_READ:
                return self._reads(first, second, place, by)
            case sqlite3.SQLITE_FUNCTION:
                return second.lower() in _FUNCTIONS
            case sqlite3.SQLITE_PRAGMA:
                return first.lower() in _PRAGMAS
            case _:
                return self._writes(action, first, second, place)

    def _reads(self, table: str, column: str, place: str | None, by: str | None) -> bool:
        if table in self._own or by in self._own:
            return True
        if table in _SCHEMAS:
            return not column
        access = self._access.get(table)
        if access is None:
            return False
        if not column:
            return access.counts and (place is None or table not in self._views)
        if table in self._views and place != "temp" and table != self._added:
            return column in self._keys.get(table, ())
        return column in access.reads or column in self._keys.get(table, ())

    def _writes(self, action: int, table: str, column: str, place: str | None) -> bool:
        access = self._access.get(table)
        if access is None or place == "temp":
            return False
        match action:
            case sqlite3.SQLITE_INSERT:
                self._added = table
                return access.adds
            case sqlite3.SQLITE_UPDATE:
                return column in access.changes
            case sqlite3.SQLITE_DELETE:
                return access.removes
            case _:
                return False


def _key_columns(access: Mapping[str, TableAccess]) -> Mapping[str, frozenset[str]]:
    """Return the columns that SQLite itself reads to keep foreign keys, where somebody writes."""
    found: dict[str, set[str]] = {}
    for table in Base.metadata.sorted_tables:
        if table.name in access and access[table.name].writes:
            found.setdefault(table.name, set()).update(table.primary_key.columns.keys())
        for key in table.foreign_keys:
            parent: Table = key.column.table
            if any(one.name in access and access[one.name].writes for one in (table, parent)):
                found.setdefault(table.name, set()).add(key.parent.name)
                found.setdefault(parent.name, set()).add(key.column.name)
    return {name: frozenset(columns) for name, columns in found.items()}


def install(engine: Engine, who: Callable[[], Actor]) -> None:
    """Hold every transaction of an engine to the rights that `who` has when it begins.

    On a server each person has an account of their own; it is told only the venue chosen.
    """
    if engine.dialect.name != "sqlite":
        event.listen(engine, "begin", lambda connection: _tell_venue(connection, who()))
        return
    # Before the transaction: views made inside it would end with it.
    event.listen(engine, "engine_connect", lambda connection: _enter(connection, who()))


def _tell_venue(connection: Connection, actor: Actor) -> None:
    """Say on a server which venue is worked in, for as long as the transaction lasts."""
    if actor.here is not None:
        chosen = f"SELECT set_config('clopos.venue', '{int(actor.here)}', true)"
        connection.exec_driver_sql(chosen)


def _enter(connection: Connection, actor: Actor) -> None:
    options = connection.get_execution_options()
    driver: Any = connection.connection.driver_connection
    info = connection.info
    ours = options.get("audited", True)
    rights = (actor.permissions, actor.within) if ours else None
    if _RIGHTS not in info or info[_RIGHTS] != rights:
        _hold(driver, info, actor if ours else None)
        info[_RIGHTS] = rights


def _hold(driver: Any, info: dict[Any, Any], actor: Actor | None) -> None:
    """Give a connection the limits and the authorizer of an actor, or take both away."""
    driver.set_authorizer(None)
    old: Fence | None = info.pop(FENCE, None)
    for statement in old.undo if old else ():
        driver.execute(statement)
    if actor is None:
        return
    limits = None
    if actor.within is not None:
        limits = fence(actor.within, access_of(actor.permissions), _opened(driver))
    for statement in limits.statements if limits else ():
        driver.execute(statement)
    if limits:
        info[FENCE] = limits
    driver.set_authorizer(Guard(actor.permissions, limits))


def _opened(driver: Any) -> frozenset[Domain]:
    names = {row[1] for row in driver.execute("PRAGMA database_list").fetchall()}
    return frozenset(domain for domain in Domain if TRANSLATE[domain.value] in names)
