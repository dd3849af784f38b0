"""Who is signed in where, as of migration 0002."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def create() -> None:
    """Create the list of sessions."""
    op.create_table(
        "desk_session",
        sa.Column("id", ID, primary_key=True, autoincrement=False),
        sa.Column("user_id", sa.String(32), nullable=False),
        sa.Column("user_name", sa.String(200), nullable=False),
        sa.Column("way", sa.String(32), nullable=False),
        sa.Column("device", sa.String(100), nullable=False),
        sa.Column("program", sa.String(100), nullable=False),
        sa.Column("started_at", sa.BigInteger(), nullable=False),
        sa.Column("last_seen_at", sa.BigInteger(), nullable=False),
        sa.Column("ended_at", sa.BigInteger(), nullable=True),
        sa.Column("ended_by", sa.String(32), nullable=False),
        schema="ops",
    )
    op.create_index(
        "ix_desk_session_user_id_started_at",
        "desk_session",
        ["user_id", "started_at"],
        unique=False,
        schema="ops",
    )
