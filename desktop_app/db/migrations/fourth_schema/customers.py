"""What the fourth schema adds to customers: what receipts earn, pairs apart, dated consents."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from desktop_app.db.migrations.widening import widen

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def create() -> None:
    """Widen what there is, and create the pairs apart and the receipts that wait."""
    none, empty = sa.text("0"), sa.text("''")
    widen(
        "people",
        "customer_group",
        sa.Column("bonus_bp", sa.Integer(), nullable=False, server_default=none),
        sa.Column("earns_from", sa.Integer(), nullable=True),
    )
    widen(
        "people",
        "consent",
        sa.Column("recorded_at", sa.BigInteger(), nullable=True),
        sa.Column("recorded_by", sa.String(200), nullable=False, server_default=empty),
    )
    widen("people", "balance_entry", sa.Column("cause", sa.String(32), nullable=True))
    op.create_index(
        "ix_balance_entry_cause",
        "balance_entry",
        ["document", "account", "cause"],
        unique=True,
        schema="people",
    )
    widen(
        "ops",
        "customer_alias",
        sa.Column("edited", sa.String(300), nullable=False, server_default=empty),
        sa.Column("place", sa.Integer(), nullable=False, server_default=none),
    )
    _apart()
    op.create_table(
        "loyalty_due",
        sa.Column("order_id", ID, primary_key=True, autoincrement=False),
        sa.Column("customer_id", sa.BigInteger(), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(
            ["order_id"], ["ops.pos_order.id"], name="fk_loyalty_due_order_id_pos_order"
        ),
        schema="ops",
    )


def _apart() -> None:
    op.create_table(
        "customer_apart",
        sa.Column("customer_id", sa.BigInteger(), primary_key=True, autoincrement=False),
        sa.Column("other_id", sa.BigInteger(), primary_key=True, autoincrement=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("made_by", sa.String(200), nullable=False),
        sa.ForeignKeyConstraint(
            ["customer_id"], ["people.customer.id"], name="fk_customer_apart_customer_id_customer"
        ),
        schema="people",
        sqlite_with_rowid=False,
    )
