"""Who has chosen a PIN that somebody else has too, as of migration 0002."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op


def create() -> None:
    """Create the list of PINs that two people have."""
    op.create_table(
        "pin_twin",
        sa.Column("user_id", sa.String(32), primary_key=True, autoincrement=False),
        sa.Column("kind", sa.String(32), primary_key=True, autoincrement=False),
        sa.Column("other_id", sa.String(32), primary_key=True, autoincrement=False),
        sa.Column("found_at", sa.BigInteger(), nullable=False),
        sa.Column("over_at", sa.BigInteger(), nullable=True),
        schema="ops",
        sqlite_with_rowid=False,
    )
