"""What the fourth schema adds to staff: tips beside the till, counted wrong PINs, bases of pay."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from desktop_app.db.migrations.widening import widen

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def create() -> None:
    """Create it; tips that were entered before stay where they are."""
    op.create_table(
        "clock_miss",
        sa.Column("employee_id", ID, primary_key=True, autoincrement=False),
        sa.Column("misses", sa.Integer(), nullable=False),
        sa.Column("until", sa.BigInteger(), nullable=False),
        _of_employee("clock_miss"),
        schema="ops",
    )
    op.create_table(
        "card_miss",
        sa.Column("venue_id", ID, primary_key=True, autoincrement=False),
        sa.Column("misses", sa.Integer(), nullable=False),
        sa.Column("until", sa.BigInteger(), nullable=False),
        schema="ops",
    )
    op.create_table(
        "tip_share",
        sa.Column("id", ID, primary_key=True, autoincrement=False),
        sa.Column("venue_id", sa.BigInteger(), nullable=False),
        sa.Column("employee_id", sa.BigInteger(), nullable=False),
        sa.Column("business_date", sa.Integer(), nullable=False),
        sa.Column("amount_minor", sa.BigInteger(), nullable=False),
        sa.Column("corrects", sa.BigInteger(), nullable=True),
        sa.Column("entered_at", sa.BigInteger(), nullable=False),
        sa.Column("reason", sa.String(1000), nullable=False),
        sa.UniqueConstraint("corrects", name="uq_tip_share_corrects"),
        _of_employee("tip_share"),
        schema="ops",
    )
    widen(
        "office",
        "salary",
        sa.Column("basis", sa.String(32), nullable=False, server_default=sa.text("'hours'")),
    )
    op.create_index("ix_tip_share_day", "tip_share", ["business_date", "employee_id"], schema="ops")


def _of_employee(table: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(
        ["employee_id"], ["ops.employee.id"], name=f"fk_{table}_employee_id_employee"
    )
