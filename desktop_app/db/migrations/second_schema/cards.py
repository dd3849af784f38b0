"""Scans for card numbers and texts that were said to be none, as of migration 0002."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def create() -> None:
    """Create the tables of the card-number tripwire."""
    op.create_table(
        "card_scan",
        sa.Column("id", ID, primary_key=True, autoincrement=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("actor", sa.String(200), nullable=False),
        sa.Column("tables", sa.BigInteger(), nullable=False),
        sa.Column("rows", sa.BigInteger(), nullable=False),
        sa.Column("cells", sa.BigInteger(), nullable=False),
        sa.Column("found", sa.BigInteger(), nullable=False),
        sa.Column("masked", sa.BigInteger(), nullable=False),
        sa.Column("allowed", sa.BigInteger(), nullable=False),
        sa.Column("closed_tables", sa.BigInteger(), nullable=False),
        schema="ops",
    )
    op.create_table(
        "card_allowance",
        sa.Column("table_name", sa.String(64), primary_key=True, autoincrement=False),
        sa.Column("column_name", sa.String(64), primary_key=True, autoincrement=False),
        sa.Column("row_id", sa.String(200), primary_key=True, autoincrement=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("actor", sa.String(200), nullable=False),
        schema="ops",
        sqlite_with_rowid=False,
    )
