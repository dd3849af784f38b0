"""Menu and sales, as of migration 0001."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def create() -> None:
    """Create the menu, the orders and their sums."""
    op.create_table(
        "category",
        sa.Column("id", ID, primary_key=True, autoincrement=False),
        sa.Column("venue_id", sa.BigInteger(), nullable=False),
        sa.Column("name", sa.String(200), nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.UniqueConstraint("venue_id", "name", name="uq_category_venue_id_name"),
        schema="ops",
    )
    op.create_table(
        "sales_day_category",
        sa.Column("venue_id", sa.BigInteger(), primary_key=True, autoincrement=False),
        sa.Column("business_date", sa.Integer(), primary_key=True, autoincrement=False),
        sa.Column("category_id", sa.BigInteger(), primary_key=True, autoincrement=False),
        sa.Column("orders", sa.BigInteger(), nullable=False),
        sa.Column("quantity", sa.BigInteger(), nullable=False),
        sa.Column("total_minor", sa.BigInteger(), nullable=False),
        schema="ops",
        sqlite_with_rowid=False,
    )
    op.create_table(
        "sales_day_item",
        sa.Column("venue_id", sa.BigInteger(), primary_key=True, autoincrement=False),
        sa.Column("business_date", sa.Integer(), primary_key=True, autoincrement=False),
        sa.Column("product_id", sa.BigInteger(), primary_key=True, autoincrement=False),
        sa.Column("orders", sa.BigInteger(), nullable=False),
        sa.Column("quantity", sa.BigInteger(), nullable=False),
        sa.Column("total_minor", sa.BigInteger(), nullable=False),
        schema="ops",
        sqlite_with_rowid=False,
    )
    op.create_table(
        "sales_day_payment",
        sa.Column("venue_id", sa.BigInteger(), primary_key=True, autoincrement=False),
        sa.Column("business_date", sa.Integer(), primary_key=True, autoincrement=False),
        sa.Column("method", sa.String(32), primary_key=True, autoincrement=False),
        sa.Column("orders", sa.BigInteger(), nullable=False),
        sa.Column("total_minor", sa.BigInteger(), nullable=False),
        schema="ops",
        sqlite_with_rowid=False,
    )
    op.create_table(
        "sales_hour",
        sa.Column("venue_id", sa.BigInteger(), primary_key=True, autoincrement=False),
        sa.Column("business_date", sa.Integer(), primary_key=True, autoincrement=False),
        sa.Column("hour", sa.Integer(), primary_key=True, autoincrement=False),
        sa.Column("orders", sa.BigInteger(), nullable=False),
        sa.Column("refunds", sa.BigInteger(), nullable=False),
        sa.Column("items", sa.BigInteger(), nullable=False),
        sa.Column("discount_minor", sa.BigInteger(), nullable=False),
        sa.Column("tax_minor", sa.BigInteger(), nullable=False),
        sa.Column("refunded_minor", sa.BigInteger(), nullable=False),
        sa.Column("total_minor", sa.BigInteger(), nullable=False),
        schema="ops",
        sqlite_with_rowid=False,
    )
    op.create_table(
        "sales_month_item",
        sa.Column("venue_id", sa.BigInteger(), primary_key=True, autoincrement=False),
        sa.Column("month", sa.Integer(), primary_key=True, autoincrement=False),
        sa.Column("product_id", sa.BigInteger(), primary_key=True, autoincrement=False),
        sa.Column("orders", sa.BigInteger(), nullable=False),
        sa.Column("quantity", sa.BigInteger(), nullable=False),
        sa.Column("total_minor", sa.BigInteger(), nullable=False),
        schema="ops",
        sqlite_with_rowid=False,
    )
    op.create_table(
        "pos_order",
        sa.Column("id", ID, primary_key=True, autoincrement=False),
        sa.Column("venue_id", sa.BigInteger(), nullable=False),
        sa.Column("import_id", sa.BigInteger()),
        sa.Column("source", sa.String(64), nullable=False),
        sa.Column("reference", sa.String(200), nullable=False),
        sa.Column("number", sa.String(64), nullable=False),
        sa.Column("opened_at", sa.BigInteger(), nullable=False),
        sa.Column("closed_at", sa.BigInteger()),
        sa.Column("business_date", sa.Integer(), nullable=False),
        sa.Column("hour", sa.Integer(), nullable=False),
        sa.Column("status", sa.String(32), nullable=False),
        sa.Column("sale_type", sa.String(64), nullable=False),
        sa.Column("table_name", sa.String(64), nullable=False),
        sa.Column("guests", sa.Integer(), nullable=False),
        sa.Column("customer_id", sa.BigInteger()),
        sa.Column("employee_id", sa.BigInteger()),
        sa.Column("terminal", sa.String(100), nullable=False),
        sa.Column("payment", sa.String(32), nullable=False),
        sa.Column("items", sa.BigInteger(), nullable=False),
        sa.Column("gross_minor", sa.BigInteger(), nullable=False),
        sa.Column("discount_minor", sa.BigInteger(), nullable=False),
        sa.Column("tax_minor", sa.BigInteger(), nullable=False),
        sa.Column("service_minor", sa.BigInteger(), nullable=False),
        sa.Column("total_minor", sa.BigInteger(), nullable=False),
        sa.Column("note", sa.String(1000), nullable=False),
        sa.ForeignKeyConstraint(["venue_id"], ["ops.venue.id"], name="fk_pos_order_venue_id_venue"),
        schema="ops",
    )
    op.create_index(
        "ix_pos_order_customer",
        "pos_order",
        ["customer_id", "business_date", "opened_at", "id"],
        unique=False,
        schema="ops",
    )
    op.create_index(
        "ix_pos_order_newest",
        "pos_order",
        ["business_date", "opened_at", "id"],
        unique=False,
        schema="ops",
    )
    op.create_index(
        "ix_pos_order_number", "pos_order", ["number", "id"], unique=False, schema="ops"
    )
    op.create_index(
        "ix_pos_order_status",
        "pos_order",
        ["status", "business_date", "opened_at", "id"],
        unique=False,
        schema="ops",
    )
    op.create_index(
        "ix_pos_order_total", "pos_order", ["total_minor", "id"], unique=False, schema="ops"
    )
    op.create_index(
        "ix_pos_order_venue_id_source_reference",
        "pos_order",
        ["venue_id", "source", "reference"],
        unique=True,
        schema="ops",
    )
    op.create_table(
        "product",
        sa.Column("id", ID, primary_key=True, autoincrement=False),
        sa.Column("venue_id", sa.BigInteger(), nullable=False),
        sa.Column("category_id", sa.BigInteger()),
        sa.Column("name", sa.String(300), nullable=False),
        sa.Column("reference", sa.String(100), nullable=False),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.UniqueConstraint("venue_id", "name", name="uq_product_venue_id_name"),
        sa.ForeignKeyConstraint(
            ["category_id"], ["ops.category.id"], name="fk_product_category_id_category"
        ),
        schema="ops",
    )
    op.create_index(
        "ix_product_category_id", "product", ["category_id"], unique=False, schema="ops"
    )
    op.create_table(
        "order_line",
        sa.Column("order_id", sa.BigInteger(), primary_key=True, autoincrement=False),
        sa.Column("line_no", sa.Integer(), primary_key=True, autoincrement=False),
        sa.Column("product_id", sa.BigInteger()),
        sa.Column("kind", sa.String(32), nullable=False),
        sa.Column("name", sa.String(300), nullable=False),
        sa.Column("variant", sa.String(100), nullable=False),
        sa.Column("category", sa.String(200), nullable=False),
        sa.Column("modifiers", sa.String(1000), nullable=False),
        sa.Column("note", sa.String(1000), nullable=False),
        sa.Column("quantity", sa.BigInteger(), nullable=False),
        sa.Column("unit_price_minor", sa.BigInteger(), nullable=False),
        sa.Column("gross_minor", sa.BigInteger(), nullable=False),
        sa.Column("discount_minor", sa.BigInteger(), nullable=False),
        sa.Column("tax_minor", sa.BigInteger(), nullable=False),
        sa.Column("total_minor", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(
            ["order_id"], ["ops.pos_order.id"], name="fk_order_line_order_id_pos_order"
        ),
        schema="ops",
        sqlite_with_rowid=False,
    )
    op.create_table(
        "payment",
        sa.Column("order_id", sa.BigInteger(), primary_key=True, autoincrement=False),
        sa.Column("line_no", sa.Integer(), primary_key=True, autoincrement=False),
        sa.Column("method", sa.String(32), nullable=False),
        sa.Column("amount_minor", sa.BigInteger(), nullable=False),
        sa.Column("card_brand", sa.String(32), nullable=False),
        sa.Column("card_last4", sa.String(4), nullable=False),
        sa.Column("reference", sa.String(100), nullable=False),
        sa.ForeignKeyConstraint(
            ["order_id"], ["ops.pos_order.id"], name="fk_payment_order_id_pos_order"
        ),
        schema="ops",
        sqlite_with_rowid=False,
    )
    op.create_table(
        "product_variant",
        sa.Column("product_id", sa.BigInteger(), primary_key=True, autoincrement=False),
        sa.Column("name", sa.String(100), primary_key=True, autoincrement=False),
        sa.Column("price_minor", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(
            ["product_id"], ["ops.product.id"], name="fk_product_variant_product_id_product"
        ),
        schema="ops",
        sqlite_with_rowid=False,
    )
