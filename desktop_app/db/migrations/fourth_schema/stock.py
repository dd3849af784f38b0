"""What the fourth schema adds to stock: which station takes from which storage."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op


def create() -> None:
    """Create it."""
    op.create_table(
        "station_storage",
        sa.Column("station_id", sa.BigInteger(), primary_key=True, autoincrement=False),
        sa.Column("storage_id", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(
            ["storage_id"], ["ops.storage.id"], name="fk_station_storage_storage_id_storage"
        ),
        schema="ops",
        sqlite_with_rowid=False,
    )
