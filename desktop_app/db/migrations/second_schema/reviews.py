"""When rights were used, and the reviews of who has access, as of migration 0002."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def create() -> None:
    """Create the use of rights and the reviews in ops, what was decided in office."""
    op.create_table(
        "access_review",
        sa.Column("id", ID, primary_key=True, autoincrement=False),
        sa.Column("opened_at", sa.BigInteger(), nullable=False),
        sa.Column("opened_by", sa.String(32), nullable=False),
        sa.Column("closed_at", sa.BigInteger(), nullable=True),
        sa.Column("closed_by", sa.String(32), nullable=False),
        sa.Column("people", sa.BigInteger(), nullable=False),
        sa.Column("removed", sa.BigInteger(), nullable=False),
        sa.Column("sha256", sa.String(64), nullable=False),
        sa.Column("signature", sa.String(200), nullable=False),
        schema="ops",
    )
    op.create_table(
        "permission_use",
        sa.Column("user_id", sa.String(32), primary_key=True, autoincrement=False),
        sa.Column("permission", sa.String(64), primary_key=True, autoincrement=False),
        sa.Column("held_since", sa.BigInteger(), nullable=False),
        sa.Column("last_used_at", sa.BigInteger(), nullable=True),
        schema="ops",
        sqlite_with_rowid=False,
    )
    op.create_table(
        "review_decision",
        sa.Column("review_id", sa.BigInteger(), primary_key=True, autoincrement=False),
        sa.Column("user_id", sa.String(32), primary_key=True, autoincrement=False),
        sa.Column("decision", sa.String(32), nullable=False),
        sa.Column("reason", sa.String(1000), nullable=False),
        sa.Column("decided_at", sa.BigInteger(), nullable=False),
        sa.Column("decided_by", sa.String(32), nullable=False),
        schema="office",
        sqlite_with_rowid=False,
    )
    op.create_table(
        "review_paper",
        sa.Column("review_id", sa.BigInteger(), primary_key=True, autoincrement=False),
        sa.Column("user_id", sa.String(32), nullable=False),
        sa.Column("document", sa.Text(), nullable=False),
        schema="office",
        sqlite_with_rowid=False,
    )
