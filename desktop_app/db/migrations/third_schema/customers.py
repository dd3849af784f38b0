"""Groups with rates, the accounts of the ledger, cards put together, as of migration 0003."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from desktop_app.db.migrations.widening import widen

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def create() -> None:
    """Widen what there is, and create the names of cards that were put together."""
    none, one, empty = (sa.text(word) for word in ("0", "1", "''"))
    widen(
        "people",
        "customer_group",
        sa.Column("discount_bp", sa.Integer(), nullable=False, server_default=none),
        sa.Column("cashback_bp", sa.Integer(), nullable=False, server_default=none),
        sa.Column("version", sa.Integer(), nullable=False, server_default=one),
    )
    widen(
        "people",
        "customer",
        sa.Column("bonus_minor", sa.BigInteger(), nullable=False, server_default=none),
        sa.Column("cashback_minor", sa.BigInteger(), nullable=False, server_default=none),
        sa.Column("state", sa.String(32), nullable=False, server_default=sa.text("'active'")),
    )
    op.create_index("ix_customer_state", "customer", ["state", "sort_name", "id"], schema="people")
    widen(
        "people",
        "balance_entry",
        sa.Column("account", sa.String(32), nullable=False, server_default=sa.text("'balance'")),
        sa.Column("document", sa.String(64), nullable=False, server_default=empty),
        sa.Column("corrects", sa.Integer(), nullable=True),
    )
    op.create_index(
        "ix_balance_entry_corrects",
        "balance_entry",
        ["customer_id", "corrects"],
        unique=True,
        schema="people",
    )
    op.create_table(
        "customer_alias",
        sa.Column("gone_id", ID, primary_key=True, autoincrement=False),
        sa.Column("kept_id", sa.BigInteger(), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("made_by", sa.String(200), nullable=False),
        sa.Column("swapped", sa.String(300), nullable=False),
        schema="ops",
    )
    op.create_index("ix_customer_alias_kept_id", "customer_alias", ["kept_id"], schema="ops")
