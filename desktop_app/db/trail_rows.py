"""Events of the trail as the driver gives them.

A row object costs as much as the hash of its event, and the trail may have a million of them.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Protocol

from sqlalchemy import Connection, Select

Row = tuple[int, int, bytes, bytes, bytes, bytes, bytes, bytes | None]
"""seq, at, session, sealed, content_hash, previous, hash, signature."""
_COLUMNS = "seq, at, session, sealed, content_hash, previous, hash, signature"


class TrailSource(Protocol):
    """What reading the trail needs of a transaction."""

    def head(self) -> int:
        """Return the number of the newest event."""
        ...

    def trail_rows(self, first: int, last: int) -> list[Row]:
        """Return the events with these numbers, oldest first."""
        ...

    def rest(self) -> None:
        """Let writers through."""
        ...

    def objects(self, query: Select[Any]) -> Sequence[Any]:
        """Run a SELECT of one mapped class."""
        ...


def between(connection: Connection, first: int, last: int) -> list[Row]:
    """Return the events with the numbers `first` to `last`, oldest first."""
    return _rows(connection, "WHERE seq BETWEEN ? AND ? ORDER BY seq", (first, last))


def after(connection: Connection, first: int, limit: int) -> list[Row]:
    """Return `limit` events from the number `first` on, oldest first."""
    return _rows(connection, "WHERE seq >= ? ORDER BY seq LIMIT ?", (first, limit))


def page(connection: Connection, below: int, skip: int, limit: int) -> list[Row]:
    """Return `limit` events with numbers under `below`, newest first, after `skip` of them."""
    where = "WHERE seq < ? ORDER BY seq DESC LIMIT ? OFFSET ?"
    return _rows(connection, where, (below, limit, skip))


def numbered(connection: Connection, numbers: Sequence[int]) -> list[Row]:
    """Return the events with these numbers, in no order."""
    if not numbers:
        return []
    marks = ", ".join("?" * len(numbers))
    return _rows(connection, f"WHERE seq IN ({marks})", tuple(numbers))


def heads(connection: Connection, numbers: Sequence[int]) -> dict[int, tuple[bytes, int]]:
    """Return hash and time of the events with these numbers."""
    found: dict[int, tuple[bytes, int]] = {}
    for at in range(0, len(numbers), 500):
        some = tuple(numbers[at : at + 500])
        where = f"WHERE seq IN ({', '.join('?' * len(some))})"
        rows = _rows(connection, where, some, "seq, hash, at")
        found.update((row[0], (row[1], row[2])) for row in rows)
    return found


def tail(connection: Connection, limit: int) -> list[Row]:
    """Return the newest events without their contents, which not everybody may read; newest first.

    Emptied ones look the same: the chain is checked, the contents are not.
    """
    nothing = "x''" if connection.dialect.name == "sqlite" else "''::bytea"
    columns = _COLUMNS.replace("sealed", nothing)
    return _rows(connection, "ORDER BY seq DESC LIMIT ?", (limit,), columns)


def newest(connection: Connection) -> tuple[int, bytes, int] | None:
    """Return number, hash and time of the newest event."""
    place = "main" if connection.dialect.name == "sqlite" else "ops"
    sql = f"SELECT seq, hash, at FROM {place}.audit_event ORDER BY seq DESC LIMIT 1"  # noqa: S608
    found = connection.exec_driver_sql(sql).first()
    return None if found is None else (found[0], found[1], found[2])


def _rows(
    connection: Connection, where: str, values: tuple[Any, ...], columns: str = _COLUMNS
) -> list[Any]:
    sqlite = connection.dialect.name == "sqlite"
    place, how = ("main", where) if sqlite else ("ops", where.replace("?", "%s"))
    found = connection.exec_driver_sql(f"SELECT {columns} FROM {place}.audit_event {how}", values)  # noqa: S608
    try:
        cursor: Any = found.cursor
        return list(cursor.fetchall())
    finally:
        found.close()
