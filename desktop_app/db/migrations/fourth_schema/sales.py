"""What the fourth schema adds to sales: tills, notes that leave a finding open, receipts edited."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from desktop_app.db.migrations.widening import widen

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def create() -> None:
    """Let shifts belong to a till and findings stay open; keep what a source edited later."""
    yes, empty = sa.text("true"), sa.text("''")
    widen("ops", "gap_mark", sa.Column("closes", sa.Boolean(), nullable=False, server_default=yes))
    widen(
        "ops",
        "cash_shift",
        sa.Column("terminal", sa.String(100), nullable=False, server_default=empty),
    )
    op.create_table(
        "receipt_edit",
        sa.Column("id", ID, primary_key=True, autoincrement=False),
        sa.Column("order_id", sa.BigInteger(), nullable=False),
        sa.Column("venue_id", sa.BigInteger(), nullable=False),
        sa.Column("business_date", sa.Integer(), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("total_minor", sa.BigInteger(), nullable=False),
        sa.Column("lines", sa.Integer(), nullable=False),
        sa.Column("status", sa.String(32), nullable=False),
        sa.ForeignKeyConstraint(
            ["order_id"], ["ops.pos_order.id"], name="fk_receipt_edit_order_id_pos_order"
        ),
        schema="ops",
    )
    op.create_index(
        "ix_receipt_edit_venue_id_business_date",
        "receipt_edit",
        ["venue_id", "business_date"],
        schema="ops",
    )
