"""Columns for tables that are there already."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from alembic import op

from desktop_app.db.engine import TRANSLATE


def widen(schema: str, table: str, *columns: sa.Column[Any]) -> None:
    """Add columns; ALTER TABLE is the one statement that does not translate its schema."""
    on_files = op.get_bind().dialect.name == "sqlite"
    place = TRANSLATE.get(schema, schema) if on_files else schema
    for column in columns:
        op.add_column(table, column, schema=place)
