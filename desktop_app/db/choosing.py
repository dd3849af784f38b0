"""Which index a query takes: the files keep no counts of their values, and would guess wrongly."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Boolean, ColumnElement
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.functions import GenericFunction


class tested_only(GenericFunction[bool]):  # noqa: N801 - it is called as a function
    """Whether a column has a value, asked of rows that were found by something else."""

    type = Boolean()
    inherit_cache = True


def has_value(column: Any, value: int) -> ColumnElement[bool]:
    """Return that a column has a value, by which no index is chosen in the files.

    For what nearly all rows have, such as the venue, beside what few have, such as the day. A
    server knows how many rows a value has, and is asked plainly.
    """
    return tested_only(column, value)


@compiles(tested_only, "sqlite")
def _in_files(element: tested_only, compiler: Any, **kw: Any) -> str:
    column, value = element.clauses
    return f"(+{compiler.process(column, **kw)} = {compiler.process(value, **kw)})"


@compiles(tested_only, "postgresql")
def _on_server(element: tested_only, compiler: Any, **kw: Any) -> str:
    column, value = element.clauses
    return f"({compiler.process(column, **kw)} = {compiler.process(value, **kw)})"
