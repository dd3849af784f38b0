"""Customers and pay, as of migration 0001."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def create() -> None:
    """Create everything about customers, and pay."""
    op.create_table(
        "customer_group",
        sa.Column("id", ID, primary_key=True, autoincrement=False),
        sa.Column("name", sa.String(200), nullable=False),
        sa.UniqueConstraint("name", name="uq_customer_group_name"),
        schema="people",
    )
    op.create_table(
        "recipient",
        sa.Column("id", ID, primary_key=True, autoincrement=False),
        sa.Column("name", sa.String(200), nullable=False),
        sa.Column("purpose", sa.String(300), nullable=False),
        sa.Column("country", sa.String(2), nullable=False),
        sa.Column("safeguard", sa.String(300), nullable=False),
        sa.UniqueConstraint("name", name="uq_recipient_name"),
        schema="people",
    )
    op.create_table(
        "customer",
        sa.Column("id", ID, primary_key=True, autoincrement=False),
        sa.Column("kind", sa.String(32), nullable=False),
        sa.Column("name", sa.String(300), nullable=False),
        sa.Column("sort_name", sa.String(300), nullable=False),
        sa.Column("birth_date", sa.Integer()),
        sa.Column("birth_date_ambiguous", sa.Boolean(), nullable=False),
        sa.Column("tax_id", sa.String(32), nullable=False),
        sa.Column("tax_id_state", sa.String(32)),
        sa.Column("group_id", sa.BigInteger()),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("balance_minor", sa.BigInteger(), nullable=False),
        sa.Column("source", sa.String(64), nullable=False),
        sa.Column("reference", sa.String(200), nullable=False),
        sa.Column("created_at", sa.BigInteger(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["group_id"], ["people.customer_group.id"], name="fk_customer_group_id_customer_group"
        ),
        schema="people",
    )
    op.create_index(
        "ix_customer_sort_name_id", "customer", ["sort_name", "id"], unique=False, schema="people"
    )
    op.create_index(
        "ix_customer_source_reference",
        "customer",
        ["source", "reference"],
        unique=True,
        schema="people",
    )
    op.create_table(
        "balance_entry",
        sa.Column("customer_id", sa.BigInteger(), primary_key=True, autoincrement=False),
        sa.Column("line_no", sa.Integer(), primary_key=True, autoincrement=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("amount_minor", sa.BigInteger(), nullable=False),
        sa.Column("reason", sa.String(200), nullable=False),
        sa.ForeignKeyConstraint(
            ["customer_id"], ["people.customer.id"], name="fk_balance_entry_customer_id_customer"
        ),
        schema="people",
        sqlite_with_rowid=False,
    )
    op.create_table(
        "communication",
        sa.Column("customer_id", sa.BigInteger(), primary_key=True, autoincrement=False),
        sa.Column("line_no", sa.Integer(), primary_key=True, autoincrement=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("direction", sa.String(8), nullable=False),
        sa.Column("channel", sa.String(32), nullable=False),
        sa.Column("subject", sa.String(300), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["customer_id"], ["people.customer.id"], name="fk_communication_customer_id_customer"
        ),
        schema="people",
        sqlite_with_rowid=False,
    )
    op.create_table(
        "consent",
        sa.Column("customer_id", sa.BigInteger(), primary_key=True, autoincrement=False),
        sa.Column("line_no", sa.Integer(), primary_key=True, autoincrement=False),
        sa.Column("purpose", sa.String(64), nullable=False),
        sa.Column("wording", sa.Text(), nullable=False),
        sa.Column("language", sa.String(8), nullable=False),
        sa.Column("channel", sa.String(32), nullable=False),
        sa.Column("given_at", sa.BigInteger(), nullable=False),
        sa.Column("withdrawn_at", sa.BigInteger()),
        sa.ForeignKeyConstraint(
            ["customer_id"], ["people.customer.id"], name="fk_consent_customer_id_customer"
        ),
        schema="people",
        sqlite_with_rowid=False,
    )
    op.create_table(
        "customer_contact",
        sa.Column("customer_id", sa.BigInteger(), primary_key=True, autoincrement=False),
        sa.Column("line_no", sa.Integer(), primary_key=True, autoincrement=False),
        sa.Column("kind", sa.String(32), nullable=False),
        sa.Column("value", sa.String(500), nullable=False),
        sa.Column("preferred", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["customer_id"], ["people.customer.id"], name="fk_customer_contact_customer_id_customer"
        ),
        schema="people",
        sqlite_with_rowid=False,
    )
    op.create_table(
        "customer_tag",
        sa.Column("customer_id", sa.BigInteger(), primary_key=True, autoincrement=False),
        sa.Column("tag", sa.String(64), primary_key=True, autoincrement=False),
        sa.ForeignKeyConstraint(
            ["customer_id"], ["people.customer.id"], name="fk_customer_tag_customer_id_customer"
        ),
        schema="people",
        sqlite_with_rowid=False,
    )
    op.create_table(
        "customer_token",
        sa.Column("token", sa.String(64), primary_key=True, autoincrement=False),
        sa.Column("customer_id", sa.BigInteger(), primary_key=True, autoincrement=False),
        sa.ForeignKeyConstraint(
            ["customer_id"], ["people.customer.id"], name="fk_customer_token_customer_id_customer"
        ),
        schema="people",
        sqlite_with_rowid=False,
    )
    op.create_index(
        "ix_customer_token_customer_id",
        "customer_token",
        ["customer_id"],
        unique=False,
        schema="people",
    )
    op.create_table(
        "handed_copy",
        sa.Column("id", ID, primary_key=True, autoincrement=False),
        sa.Column("customer_id", sa.BigInteger(), nullable=False),
        sa.Column("number", sa.String(64), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("actor", sa.String(200), nullable=False),
        sa.Column("language", sa.String(8), nullable=False),
        sa.Column("sha256", sa.String(64), nullable=False),
        sa.UniqueConstraint("number", name="uq_handed_copy_number"),
        sa.ForeignKeyConstraint(
            ["customer_id"], ["people.customer.id"], name="fk_handed_copy_customer_id_customer"
        ),
        schema="people",
    )
    op.create_index(
        "ix_handed_copy_customer_id", "handed_copy", ["customer_id"], unique=False, schema="people"
    )
    op.create_table(
        "salary",
        sa.Column("employee_id", sa.BigInteger(), primary_key=True, autoincrement=False),
        sa.Column("since", sa.Integer(), primary_key=True, autoincrement=False),
        sa.Column("monthly_minor", sa.BigInteger(), nullable=False),
        schema="office",
        sqlite_with_rowid=False,
    )
