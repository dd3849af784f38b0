"""Receipt numbers, corrections, shifts and the gap radar, as of migration 0003."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from desktop_app.db.migrations.widening import widen

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def create() -> None:
    """Give receipts their numbers; create corrections, shifts, Z reports and what was seen."""
    numbers = ("running_no", "daily_no", "monthly_no")
    widen("ops", "pos_order", *(_number(name) for name in numbers))
    _numbers_and_corrections()
    _till()


def _number(name: str) -> sa.Column[int]:
    return sa.Column(name, sa.BigInteger(), nullable=False, server_default="0")


def _numbers_and_corrections() -> None:
    op.create_table(
        "receipt_counter",
        sa.Column("venue_id", sa.BigInteger(), primary_key=True, autoincrement=False),
        sa.Column("span", sa.Integer(), primary_key=True, autoincrement=False),
        sa.Column("newest_no", sa.BigInteger(), nullable=False),
        schema="ops",
        sqlite_with_rowid=False,
    )
    op.create_table(
        "correction",
        sa.Column("order_id", ID, primary_key=True, autoincrement=False),
        sa.Column("original_id", sa.BigInteger(), nullable=False),
        sa.Column("venue_id", sa.BigInteger(), nullable=False),
        sa.Column("kind", sa.String(32), nullable=False),
        sa.Column("disposal", sa.String(32), nullable=False),
        sa.Column("reason", sa.String(500), nullable=False),
        sa.Column("amount_minor", sa.BigInteger(), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("business_date", sa.Integer(), nullable=False),
        sa.Column("made_by", sa.String(200), nullable=False),
        sa.ForeignKeyConstraint(
            ["order_id"], ["ops.pos_order.id"], name="fk_correction_order_id_pos_order"
        ),
        sa.ForeignKeyConstraint(
            ["original_id"], ["ops.pos_order.id"], name="fk_correction_original_id_pos_order"
        ),
        schema="ops",
    )
    op.create_index("ix_correction_original_id", "correction", ["original_id"], schema="ops")
    op.create_index(
        "ix_correction_venue_id_business_date",
        "correction",
        ["venue_id", "business_date"],
        schema="ops",
    )
    op.create_table(
        "correction_line",
        sa.Column("order_id", sa.BigInteger(), primary_key=True, autoincrement=False),
        sa.Column("line_no", sa.Integer(), primary_key=True, autoincrement=False),
        sa.Column("original_line_no", sa.Integer(), nullable=False),
        sa.Column("quantity", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(
            ["order_id"], ["ops.pos_order.id"], name="fk_correction_line_order_id_pos_order"
        ),
        schema="ops",
        sqlite_with_rowid=False,
    )


def _till() -> None:
    op.create_table(
        "cash_shift",
        sa.Column("id", ID, primary_key=True, autoincrement=False),
        sa.Column("venue_id", sa.BigInteger(), nullable=False),
        sa.Column("number", sa.BigInteger(), nullable=False),
        sa.Column("business_date", sa.Integer(), nullable=False),
        sa.Column("opened_at", sa.BigInteger(), nullable=False),
        sa.Column("opened_by", sa.String(200), nullable=False),
        sa.Column("opening_minor", sa.BigInteger(), nullable=False),
        sa.Column("note", sa.String(500), nullable=False),
        sa.UniqueConstraint("venue_id", "number", name="uq_cash_shift_venue_id_number"),
        schema="ops",
    )
    op.create_table(
        "cash_move",
        sa.Column("id", ID, primary_key=True, autoincrement=False),
        sa.Column("shift_id", sa.BigInteger(), nullable=False),
        sa.Column("venue_id", sa.BigInteger(), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("made_by", sa.String(200), nullable=False),
        sa.Column("kind", sa.String(32), nullable=False),
        sa.Column("amount_minor", sa.BigInteger(), nullable=False),
        sa.Column("reason", sa.String(500), nullable=False),
        sa.ForeignKeyConstraint(
            ["shift_id"], ["ops.cash_shift.id"], name="fk_cash_move_shift_id_cash_shift"
        ),
        schema="ops",
    )
    op.create_index("ix_cash_move_shift_id", "cash_move", ["shift_id"], schema="ops")
    op.create_table(
        "z_report",
        sa.Column("id", ID, primary_key=True, autoincrement=False),
        sa.Column("shift_id", sa.BigInteger(), nullable=False),
        sa.Column("venue_id", sa.BigInteger(), nullable=False),
        sa.Column("number", sa.BigInteger(), nullable=False),
        sa.Column("business_date", sa.Integer(), nullable=False),
        sa.Column("closed_at", sa.BigInteger(), nullable=False),
        sa.Column("closed_by", sa.String(200), nullable=False),
        sa.Column("receipts", sa.BigInteger(), nullable=False),
        sa.Column("refunds", sa.BigInteger(), nullable=False),
        sa.Column("voids", sa.BigInteger(), nullable=False),
        sa.Column("changes", sa.BigInteger(), nullable=False),
        sa.Column("gross_minor", sa.BigInteger(), nullable=False),
        sa.Column("discount_minor", sa.BigInteger(), nullable=False),
        sa.Column("service_minor", sa.BigInteger(), nullable=False),
        sa.Column("tax_minor", sa.BigInteger(), nullable=False),
        sa.Column("total_minor", sa.BigInteger(), nullable=False),
        sa.Column("refunded_minor", sa.BigInteger(), nullable=False),
        sa.Column("first_no", sa.BigInteger(), nullable=False),
        sa.Column("last_no", sa.BigInteger(), nullable=False),
        sa.Column("expected_minor", sa.BigInteger(), nullable=False),
        sa.Column("counted_minor", sa.BigInteger(), nullable=False),
        sa.Column("difference_minor", sa.BigInteger(), nullable=False),
        sa.Column("grand_total_minor", sa.BigInteger(), nullable=False),
        sa.Column("note", sa.String(500), nullable=False),
        sa.Column("anchor", sa.String(100), nullable=False),
        sa.ForeignKeyConstraint(
            ["shift_id"], ["ops.cash_shift.id"], name="fk_z_report_shift_id_cash_shift"
        ),
        sa.UniqueConstraint("shift_id", name="uq_z_report_shift_id"),
        sa.UniqueConstraint("venue_id", "number", name="uq_z_report_venue_id_number"),
        schema="ops",
    )
    op.create_table(
        "z_payment",
        sa.Column("z_id", sa.BigInteger(), primary_key=True, autoincrement=False),
        sa.Column("method", sa.String(32), primary_key=True, autoincrement=False),
        sa.Column("payments", sa.BigInteger(), nullable=False),
        sa.Column("amount_minor", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(["z_id"], ["ops.z_report.id"], name="fk_z_payment_z_id_z_report"),
        schema="ops",
        sqlite_with_rowid=False,
    )
    op.create_table(
        "gap_mark",
        sa.Column("id", ID, primary_key=True, autoincrement=False),
        sa.Column("venue_id", sa.BigInteger(), nullable=False),
        sa.Column("business_date", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(32), nullable=False),
        sa.Column("mark_key", sa.String(200), nullable=False),
        sa.Column("note", sa.String(1000), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("made_by", sa.String(200), nullable=False),
        schema="ops",
    )
    op.create_index(
        "ix_gap_mark_venue_id_business_date",
        "gap_mark",
        ["venue_id", "business_date"],
        schema="ops",
    )
