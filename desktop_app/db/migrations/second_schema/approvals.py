"""Requests for a second person, as of migration 0002."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def create() -> None:
    """Create the requests."""
    op.create_table(
        "approval_request",
        sa.Column("id", ID, primary_key=True, autoincrement=False),
        sa.Column("operation", sa.String(100), nullable=False),
        sa.Column("deed", sa.String(32), nullable=False),
        sa.Column("digest", sa.String(64), nullable=False),
        sa.Column("letter", sa.Text(), nullable=False),
        sa.Column("requester", sa.String(32), nullable=False),
        sa.Column("asked_at", sa.BigInteger(), nullable=False),
        sa.Column("expires_at", sa.BigInteger(), nullable=False),
        sa.Column("asked_signature", sa.String(100), nullable=False),
        sa.Column("state", sa.String(32), nullable=False),
        sa.Column("decided_by", sa.String(32), nullable=False),
        sa.Column("decided_at", sa.BigInteger(), nullable=True),
        sa.Column("answer", sa.Text(), nullable=False),
        sa.Column("decision_signature", sa.String(100), nullable=False),
        sa.Column("done_at", sa.BigInteger(), nullable=True),
        schema="ops",
    )
    op.create_index(
        "ix_approval_request_requester_state",
        "approval_request",
        ["requester", "state"],
        unique=False,
        schema="ops",
    )
