"""Accounts, categories and entries of money, as of migration 0003."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def create() -> None:
    """Create them; the categories of the program itself stand in no table."""
    op.create_table(
        "money_account",
        sa.Column("id", ID, primary_key=True, autoincrement=False),
        sa.Column("venue_id", sa.BigInteger(), nullable=False),
        sa.Column("name", sa.String(200), nullable=False),
        sa.Column("kind", sa.String(32), nullable=False),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.UniqueConstraint("venue_id", "name", name="uq_money_account_venue_id_name"),
        schema="ops",
    )
    op.create_table(
        "money_category",
        sa.Column("id", ID, primary_key=True, autoincrement=False),
        sa.Column("name", sa.String(200), nullable=False),
        sa.Column("direction", sa.String(32), nullable=False),
        sa.Column("parent_id", sa.BigInteger(), nullable=True),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.UniqueConstraint("name", name="uq_money_category_name"),
        schema="ops",
    )
    op.create_table(
        "money_entry",
        sa.Column("id", ID, primary_key=True, autoincrement=False),
        sa.Column("venue_id", sa.BigInteger(), nullable=False),
        sa.Column("account_id", sa.BigInteger(), nullable=False),
        sa.Column("category_id", sa.BigInteger(), nullable=False),
        sa.Column("business_date", sa.Integer(), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("amount_minor", sa.BigInteger(), nullable=False),
        sa.Column("document", sa.String(64), nullable=False),
        sa.Column("corrects", sa.BigInteger(), nullable=True),
        sa.Column("instead_of", sa.BigInteger(), nullable=True),
        sa.Column("note", sa.String(1000), nullable=False),
        sa.ForeignKeyConstraint(
            ["account_id"], ["ops.money_account.id"], name="fk_money_entry_account_id_money_account"
        ),
        sa.UniqueConstraint("corrects", name="uq_money_entry_corrects"),
        schema="ops",
    )
    for name, columns in (
        ("ix_money_entry_day", ["business_date", "account_id", "category_id", "amount_minor"]),
        ("ix_money_entry_account", ["account_id", "business_date", "amount_minor"]),
        ("ix_money_entry_document", ["document"]),
    ):
        op.create_index(name, "money_entry", columns, schema="ops")
