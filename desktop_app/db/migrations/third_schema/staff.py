"""People at work, their time and their tips, as of migration 0003."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import sqlalchemy as sa
from alembic import op

from desktop_app.db.migrations.widening import widen

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def create() -> None:
    """Widen what there is, and create what comes to it."""
    widen(
        "ops",
        "employee",
        sa.Column("hired_on", sa.Integer(), nullable=True),
        sa.Column("left_on", sa.Integer(), nullable=True),
        sa.Column("tips", sa.Boolean(), nullable=False, server_default=sa.text("true")),
        sa.Column("version", sa.Integer(), nullable=False, server_default=sa.text("1")),
    )
    widen(
        "office",
        "salary",
        sa.Column("month_hours", sa.Integer(), nullable=False, server_default=sa.text("173")),
    )
    op.create_table(
        "staff_position",
        sa.Column("id", ID, primary_key=True, autoincrement=False),
        sa.Column("venue_id", sa.BigInteger(), nullable=False),
        sa.Column("name", sa.String(100), nullable=False),
        sa.UniqueConstraint("venue_id", "name", name="uq_staff_position_venue_id_name"),
        schema="ops",
    )
    _of_employee(
        "employee_contact",
        sa.Column("employee_id", ID, primary_key=True, autoincrement=False),
        sa.Column("phone", sa.String(64), nullable=False),
        sa.Column("email", sa.String(200), nullable=False),
        sa.Column("note", sa.String(10_000), nullable=False),
    )
    _of_employee(
        "employee_token",
        sa.Column("employee_id", sa.BigInteger(), primary_key=True, autoincrement=False),
        sa.Column("kind", sa.String(32), primary_key=True),
        sa.Column("hash", sa.String(128), nullable=False),
        sa.Column("set_at", sa.BigInteger(), nullable=False),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_employee_token_hash", "employee_token", ["hash"], schema="ops")
    _of_employee(
        "clock_entry",
        sa.Column("id", ID, primary_key=True, autoincrement=False),
        sa.Column("venue_id", sa.BigInteger(), nullable=False),
        sa.Column("employee_id", sa.BigInteger(), nullable=False),
        sa.Column("started_at", sa.BigInteger(), nullable=False),
        sa.Column("ended_at", sa.BigInteger(), nullable=True),
        sa.Column("corrects", sa.BigInteger(), nullable=True),
        sa.Column("void", sa.Boolean(), nullable=False),
        sa.Column("entered_at", sa.BigInteger(), nullable=False),
        sa.Column("reason", sa.String(1000), nullable=False),
        sa.UniqueConstraint("corrects", name="uq_clock_entry_corrects"),
    )
    _index("clock_entry", "ix_clock_entry_employee", ["employee_id", "started_at"])
    _index("clock_entry", "ix_clock_entry_started", ["started_at"])
    op.create_table(
        "tip_entry",
        sa.Column("id", ID, primary_key=True, autoincrement=False),
        sa.Column("venue_id", sa.BigInteger(), nullable=False),
        sa.Column("employee_id", sa.BigInteger(), nullable=False),
        sa.Column("business_date", sa.Integer(), nullable=False),
        sa.Column("amount_minor", sa.BigInteger(), nullable=False),
        sa.Column("corrects", sa.BigInteger(), nullable=True),
        sa.Column("entered_at", sa.BigInteger(), nullable=False),
        sa.Column("reason", sa.String(1000), nullable=False),
        sa.UniqueConstraint("corrects", name="uq_tip_entry_corrects"),
        schema="office",
    )
    op.create_index(
        "ix_tip_entry_day", "tip_entry", ["business_date", "employee_id"], schema="office"
    )


def _of_employee(table: str, *parts: Any, **options: Any) -> None:
    key = sa.ForeignKeyConstraint(
        ["employee_id"], ["ops.employee.id"], name=f"fk_{table}_employee_id_employee"
    )
    op.create_table(table, *parts, key, schema="ops", **options)


def _index(table: str, name: str, columns: Iterable[str]) -> None:
    op.create_index(name, table, list(columns), schema="ops")
