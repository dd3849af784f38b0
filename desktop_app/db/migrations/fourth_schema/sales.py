"""What the fourth schema adds to sales: tills, findings left open, edited receipts, sizes."""

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
    op.create_table(
        "line_service",
        sa.Column("order_id", sa.BigInteger(), primary_key=True, autoincrement=False),
        sa.Column("line_no", sa.Integer(), primary_key=True, autoincrement=False),
        sa.Column("service_minor", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(
            ["order_id"], ["ops.pos_order.id"], name="fk_line_service_order_id_pos_order"
        ),
        schema="ops",
        sqlite_with_rowid=False,
    )
    op.create_table(
        "receipt_draft",
        sa.Column("user_id", sa.String(32), primary_key=True),
        sa.Column("venue_id", sa.BigInteger(), primary_key=True, autoincrement=False),
        sa.Column("customer_id", sa.BigInteger(), nullable=True),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("content", sa.Text(), nullable=False),
        schema="ops",
        sqlite_with_rowid=False,
    )
    op.create_table(
        "till",
        sa.Column("venue_id", sa.BigInteger(), primary_key=True, autoincrement=False),
        sa.Column("name", sa.String(100), primary_key=True),
        sa.Column("title", sa.String(100), nullable=False),
        sa.Column("active", sa.Boolean(), nullable=False),
        schema="ops",
        sqlite_with_rowid=False,
    )
    _count_sizes()
    _add_up_sizes()


def _count_sizes() -> None:
    """Create the sizes that were sold, of the receipts that are there."""
    target = ("product_id", "variant", "lines")
    op.create_table(
        "sold_size",
        sa.Column("product_id", sa.BigInteger(), primary_key=True, autoincrement=False),
        sa.Column("variant", sa.String(100), primary_key=True, autoincrement=False),
        sa.Column("lines", sa.BigInteger(), nullable=False),
        schema="ops",
        sqlite_with_rowid=False,
    )
    lines, sizes = (
        sa.Table(name, sa.MetaData(), *(sa.Column(one) for one in columns), schema="ops")
        for name, columns in (("order_line", target[:2]), ("sold_size", target))
    )
    counted = (
        sa.select(lines.c.product_id, lines.c.variant, sa.func.count())
        .where(lines.c.product_id.is_not(None))
        .group_by(lines.c.product_id, lines.c.variant)
    )
    op.execute(sizes.insert().from_select(target, counted))


def _add_up_sizes() -> None:
    """Create the sums by size, of the receipts that are there."""
    keys = ("product_id", "variant", "business_date", "venue_id")
    op.create_table(
        "sales_day_size",
        sa.Column("product_id", sa.BigInteger(), primary_key=True, autoincrement=False),
        sa.Column("variant", sa.String(100), primary_key=True, autoincrement=False),
        sa.Column("business_date", sa.Integer(), primary_key=True, autoincrement=False),
        sa.Column("venue_id", sa.BigInteger(), primary_key=True, autoincrement=False),
        sa.Column("quantity", sa.BigInteger(), nullable=False),
        sa.Column("total_minor", sa.BigInteger(), nullable=False),
        schema="ops",
        sqlite_with_rowid=False,
    )
    lines, orders, sums = (
        sa.Table(name, sa.MetaData(), *(sa.Column(one) for one in columns), schema="ops")
        for name, columns in (
            ("order_line", ("order_id", "product_id", "variant", "quantity", "total_minor")),
            ("pos_order", ("id", "venue_id", "business_date", "status")),
            ("sales_day_size", (*keys, "quantity", "total_minor")),
        )
    )
    of_keys = (lines.c.product_id, lines.c.variant, orders.c.business_date, orders.c.venue_id)
    added = (
        sa.select(*of_keys, sa.func.sum(lines.c.quantity), sa.func.sum(lines.c.total_minor))
        .join_from(lines, orders, orders.c.id == lines.c.order_id)
        .where(
            lines.c.product_id.is_not(None),
            lines.c.variant != "",
            orders.c.status.in_(["closed", "refunded"]),
        )
        .group_by(*of_keys)
    )
    op.execute(sums.insert().from_select((*keys, "quantity", "total_minor"), added))
