"""Inserts and roll-ups at driver speed, the same on both engines.

The unit of work costs 6 to 8 times more and per-row RETURNING 60 times (storage.md, 11).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any

from sqlalchemy import Connection, Table

from desktop_app.db.engine import TRANSLATE


def insert_rows(
    connection: Connection, table: Table, columns: Sequence[str], rows: Sequence[tuple[Any, ...]]
) -> None:
    """Insert rows whose values are given as stored."""
    sql = _insert(connection.dialect.name, table, tuple(columns))
    connection.exec_driver_sql(sql, rows if isinstance(rows, list) else list(rows))


def upsert_sums(
    connection: Connection, table: Table, sums: Mapping[tuple[Any, ...], Sequence[int]]
) -> None:
    """Insert rows, or add to those that exist, in their order; key columns come first."""
    connection.exec_driver_sql(
        _upsert(connection.dialect.name, table),
        sorted([(*k, *values) for k, values in sums.items()]),
    )


def _name(dialect: str, table: Table) -> str:
    domain = table.schema or ""
    return f'{TRANSLATE[domain] if dialect == "sqlite" else domain}."{table.name}"'


@cache
def _insert(dialect: str, table: Table, columns: tuple[str, ...]) -> str:
    mark = "?" if dialect == "sqlite" else "%s"
    names = ", ".join(f'"{table.columns[name].name}"' for name in columns)
    marks = ", ".join([mark] * len(columns))
    return f"INSERT INTO {_name(dialect, table)} ({names}) VALUES ({marks})"  # noqa: S608


@cache
def _upsert(dialect: str, table: Table) -> str:
    keys = [column.name for column in table.primary_key.columns]
    rest = [column.name for column in table.columns if column.name not in keys]
    insert = _insert(dialect, table, (*keys, *rest))
    target = ", ".join(f'"{name}"' for name in keys)
    update = ", ".join(f'"{name}" = "{table.name}"."{name}" + excluded."{name}"' for name in rest)
    return f"{insert} ON CONFLICT ({target}) DO UPDATE SET {update}"
