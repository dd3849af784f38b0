"""Sums by who served and how it was sold, and the register of exports, as of migration 0003."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
_COUNTED = ("closed", "refunded")


def create() -> None:
    """Create both; the sums are computed of the orders that are there."""
    whole = sa.BigInteger()
    op.create_table(
        "sales_day_service",
        sa.Column("venue_id", whole, primary_key=True, autoincrement=False),
        sa.Column("business_date", sa.Integer(), primary_key=True, autoincrement=False),
        sa.Column("employee_id", whole, primary_key=True, autoincrement=False),
        sa.Column("sale_type", sa.String(64), primary_key=True, autoincrement=False),
        sa.Column("orders", whole, nullable=False),
        sa.Column("refunds", whole, nullable=False),
        sa.Column("guests", whole, nullable=False),
        sa.Column("items", whole, nullable=False),
        sa.Column("refunded_minor", whole, nullable=False),
        sa.Column("total_minor", whole, nullable=False),
        schema="ops",
        sqlite_with_rowid=False,
    )
    _add_up()
    op.create_table(
        "export_run",
        sa.Column("id", ID, primary_key=True, autoincrement=False),
        sa.Column("at", whole, nullable=False),
        sa.Column("actor", sa.String(200), nullable=False),
        sa.Column("what", sa.String(64), nullable=False),
        sa.Column("format", sa.String(32), nullable=False),
        sa.Column("protection", sa.String(32), nullable=False),
        sa.Column("personal", sa.Boolean(), nullable=False),
        sa.Column("rows", whole, nullable=False),
        sa.Column("size", whole, nullable=False),
        sa.Column("sha256", sa.String(64), nullable=False),
        sa.Column("file", sa.String(300), nullable=False),
        sa.Column("recipient", sa.String(300), nullable=False),
        sa.Column("reason", sa.String(1000), nullable=False),
        sa.Column("expires_at", whole, nullable=False),
        sa.Column("destroyed_at", whole, nullable=True),
        schema="ops",
    )


def _add_up() -> None:
    names = (
        *("venue_id", "business_date", "employee_id", "sale_type", "status", "guests", "items"),
        "total_minor",
    )
    orders = sa.Table(
        "pos_order", sa.MetaData(), *(sa.Column(name) for name in names), schema="ops"
    )
    target = (
        *("venue_id", "business_date", "employee_id", "sale_type", "orders", "refunds", "guests"),
        *("items", "refunded_minor", "total_minor"),
    )
    sums = sa.Table(
        "sales_day_service", sa.MetaData(), *(sa.Column(name) for name in target), schema="ops"
    )
    served_by = sa.func.coalesce(orders.c.employee_id, sa.text("0"))
    keys = (orders.c.venue_id, orders.c.business_date, served_by, orders.c.sale_type)
    sold = orders.c.status == "closed"
    op.execute(
        sums.insert().from_select(
            target,
            sa.select(
                *keys,
                sa.func.sum(sa.case((sold, 1), else_=0)),
                sa.func.sum(sa.case((sold, 0), else_=1)),
                sa.func.sum(sa.case((sold, orders.c.guests), else_=0)),
                sa.func.sum(orders.c["items"]),
                sa.func.sum(sa.case((sold, 0), else_=orders.c.total_minor)),
                sa.func.sum(orders.c.total_minor),
            )
            .where(orders.c.status.in_(_COUNTED))
            .group_by(*keys),
        )
    )
