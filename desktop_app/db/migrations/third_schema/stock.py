"""Storages, papers, counts, moves and what they add up to, as of migration 0003."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def create() -> None:
    """Create everything about stock; all of it is new."""
    _create_places()
    _create_papers()
    _create_counts()
    _create_moves()


def _create_places() -> None:
    op.create_table(
        "storage",
        sa.Column("id", ID, primary_key=True, autoincrement=False),
        sa.Column("venue_id", sa.BigInteger(), nullable=False),
        sa.Column("name", sa.String(200), nullable=False),
        sa.Column("sells", sa.Boolean(), nullable=False),
        sa.Column("since", sa.Integer(), nullable=False),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.UniqueConstraint("venue_id", "name", name="uq_storage_venue_id_name"),
        schema="ops",
    )
    op.create_table(
        "supplier",
        sa.Column("id", ID, primary_key=True, autoincrement=False),
        sa.Column("name", sa.String(300), nullable=False),
        sa.Column("tax_id", sa.String(32), nullable=False),
        sa.Column("phone", sa.String(64), nullable=False),
        sa.Column("email", sa.String(200), nullable=False),
        sa.Column("address", sa.String(500), nullable=False),
        sa.Column("days_to_pay", sa.Integer(), nullable=False),
        sa.Column("note", sa.String(10_000), nullable=False),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.UniqueConstraint("name", name="uq_supplier_name"),
        schema="ops",
    )
    op.create_table(
        "product_package",
        sa.Column("id", ID, primary_key=True, autoincrement=False),
        sa.Column("product_id", sa.BigInteger(), nullable=False),
        sa.Column("name", sa.String(100), nullable=False),
        sa.Column("factor", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(
            ["product_id"], ["ops.product.id"], name="fk_product_package_product_id_product"
        ),
        sa.UniqueConstraint("product_id", "name", name="uq_product_package_product_id_name"),
        schema="ops",
    )


def _create_papers() -> None:
    op.create_table(
        "supply_draft",
        sa.Column("id", ID, primary_key=True, autoincrement=False),
        sa.Column("venue_id", sa.BigInteger(), nullable=False),
        sa.Column("storage_id", sa.BigInteger(), nullable=False),
        sa.Column("supplier_id", sa.BigInteger(), nullable=True),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("invoice", sa.String(100), nullable=False),
        sa.Column("due_date", sa.Integer(), nullable=True),
        sa.Column("tax_included", sa.Boolean(), nullable=False),
        sa.Column("tax_reclaimed", sa.Boolean(), nullable=False),
        sa.Column("note", sa.String(10_000), nullable=False),
        sa.Column("entered_by", sa.String(32), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["storage_id"], ["ops.storage.id"], name="fk_supply_draft_storage_id_storage"
        ),
        sa.ForeignKeyConstraint(
            ["supplier_id"], ["ops.supplier.id"], name="fk_supply_draft_supplier_id_supplier"
        ),
        schema="ops",
    )
    op.create_table(
        "supply_draft_line",
        sa.Column("draft_id", sa.BigInteger(), primary_key=True, autoincrement=False),
        sa.Column("line_no", sa.Integer(), primary_key=True, autoincrement=False),
        sa.Column("product_id", sa.BigInteger(), nullable=False),
        sa.Column("quantity", sa.BigInteger(), nullable=False),
        sa.Column("package", sa.String(100), nullable=False),
        sa.Column("factor", sa.BigInteger(), nullable=False),
        sa.Column("amount_minor", sa.BigInteger(), nullable=False),
        sa.Column("discount_bp", sa.Integer(), nullable=False),
        sa.Column("tax_bp", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["draft_id"], ["ops.supply_draft.id"], name="fk_supply_draft_line_draft_id_supply_draft"
        ),
        sa.ForeignKeyConstraint(
            ["product_id"], ["ops.product.id"], name="fk_supply_draft_line_product_id_product"
        ),
        schema="ops",
        sqlite_with_rowid=False,
    )
    op.create_table(
        "stock_document",
        sa.Column("id", ID, primary_key=True, autoincrement=False),
        sa.Column("venue_id", sa.BigInteger(), nullable=False),
        sa.Column("kind", sa.String(32), nullable=False),
        sa.Column("serial", sa.BigInteger(), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("business_date", sa.Integer(), nullable=False),
        sa.Column("storage_id", sa.BigInteger(), nullable=False),
        sa.Column("target_id", sa.BigInteger(), nullable=True),
        sa.Column("supplier_id", sa.BigInteger(), nullable=True),
        sa.Column("product_id", sa.BigInteger(), nullable=True),
        sa.Column("quantity", sa.BigInteger(), nullable=False),
        sa.Column("invoice", sa.String(100), nullable=False),
        sa.Column("due_date", sa.Integer(), nullable=True),
        sa.Column("net_minor", sa.BigInteger(), nullable=False),
        sa.Column("tax_minor", sa.BigInteger(), nullable=False),
        sa.Column("total_minor", sa.BigInteger(), nullable=False),
        sa.Column("cost_minor", sa.BigInteger(), nullable=False),
        sa.Column("reverses_id", sa.BigInteger(), nullable=True),
        sa.Column("count_id", sa.BigInteger(), nullable=True),
        sa.Column("reason", sa.String(300), nullable=False),
        sa.Column("note", sa.String(10_000), nullable=False),
        sa.Column("entered_at", sa.BigInteger(), nullable=False),
        sa.Column("entered_by", sa.String(32), nullable=False),
        sa.ForeignKeyConstraint(
            ["storage_id"], ["ops.storage.id"], name="fk_stock_document_storage_id_storage"
        ),
        schema="ops",
    )
    op.create_index(
        "ix_stock_document_business_date_at_id",
        "stock_document",
        ["business_date", "at", "id"],
        schema="ops",
    )
    op.create_index(
        "ix_stock_document_reverses_id", "stock_document", ["reverses_id"], schema="ops"
    )
    op.create_index(
        "ix_stock_document_supplier_id_business_date",
        "stock_document",
        ["supplier_id", "business_date"],
        schema="ops",
    )
    op.create_index(
        "ix_stock_document_venue_id_kind_serial",
        "stock_document",
        ["venue_id", "kind", "serial"],
        schema="ops",
        unique=True,
    )
    op.create_table(
        "stock_document_line",
        sa.Column("document_id", sa.BigInteger(), primary_key=True, autoincrement=False),
        sa.Column("line_no", sa.Integer(), primary_key=True, autoincrement=False),
        sa.Column("product_id", sa.BigInteger(), nullable=False),
        sa.Column("quantity", sa.BigInteger(), nullable=False),
        sa.Column("package", sa.String(100), nullable=False),
        sa.Column("factor", sa.BigInteger(), nullable=False),
        sa.Column("amount_minor", sa.BigInteger(), nullable=False),
        sa.Column("discount_minor", sa.BigInteger(), nullable=False),
        sa.Column("tax_bp", sa.Integer(), nullable=False),
        sa.Column("tax_minor", sa.BigInteger(), nullable=False),
        sa.Column("cost_minor", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(
            ["document_id"],
            ["ops.stock_document.id"],
            name="fk_stock_document_line_document_id_stock_document",
        ),
        schema="ops",
        sqlite_with_rowid=False,
    )
    op.create_index(
        "ix_stock_document_line_product_id", "stock_document_line", ["product_id"], schema="ops"
    )
    op.create_table(
        "supply_payment",
        sa.Column("document_id", sa.BigInteger(), primary_key=True, autoincrement=False),
        sa.Column("line_no", sa.Integer(), primary_key=True, autoincrement=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("amount_minor", sa.BigInteger(), nullable=False),
        sa.Column("entry_id", sa.BigInteger(), nullable=True),
        sa.Column("note", sa.String(300), nullable=False),
        sa.Column("entered_by", sa.String(32), nullable=False),
        sa.ForeignKeyConstraint(
            ["document_id"],
            ["ops.stock_document.id"],
            name="fk_supply_payment_document_id_stock_document",
        ),
        schema="ops",
        sqlite_with_rowid=False,
    )


def _create_counts() -> None:
    op.create_table(
        "stock_count",
        sa.Column("id", ID, primary_key=True, autoincrement=False),
        sa.Column("venue_id", sa.BigInteger(), nullable=False),
        sa.Column("storage_id", sa.BigInteger(), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("business_date", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(32), nullable=False),
        sa.Column("note", sa.String(10_000), nullable=False),
        sa.Column("counted_by", sa.String(32), nullable=False),
        sa.Column("decided_at", sa.BigInteger(), nullable=True),
        sa.Column("decided_by", sa.String(32), nullable=False),
        sa.ForeignKeyConstraint(
            ["storage_id"], ["ops.storage.id"], name="fk_stock_count_storage_id_storage"
        ),
        schema="ops",
    )
    op.create_index("ix_stock_count_state_at", "stock_count", ["state", "at"], schema="ops")
    op.create_table(
        "stock_count_line",
        sa.Column("count_id", sa.BigInteger(), primary_key=True, autoincrement=False),
        sa.Column("product_id", sa.BigInteger(), primary_key=True, autoincrement=False),
        sa.Column("counted", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(
            ["count_id"], ["ops.stock_count.id"], name="fk_stock_count_line_count_id_stock_count"
        ),
        sa.ForeignKeyConstraint(
            ["product_id"], ["ops.product.id"], name="fk_stock_count_line_product_id_product"
        ),
        schema="ops",
        sqlite_with_rowid=False,
    )


def _create_moves() -> None:
    op.create_table(
        "stock_move",
        sa.Column("id", ID, primary_key=True, autoincrement=False),
        sa.Column("venue_id", sa.BigInteger(), nullable=False),
        sa.Column("storage_id", sa.BigInteger(), nullable=False),
        sa.Column("product_id", sa.BigInteger(), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("business_date", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(32), nullable=False),
        sa.Column("document_id", sa.BigInteger(), nullable=True),
        sa.Column("quantity", sa.BigInteger(), nullable=False),
        sa.Column("cost_minor", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(
            ["product_id"], ["ops.product.id"], name="fk_stock_move_product_id_product"
        ),
        sa.ForeignKeyConstraint(
            ["storage_id"], ["ops.storage.id"], name="fk_stock_move_storage_id_storage"
        ),
        schema="ops",
    )
    op.create_index(
        "ix_stock_move_business_date_storage_id_product_id",
        "stock_move",
        ["business_date", "storage_id", "product_id"],
        schema="ops",
    )
    op.create_index("ix_stock_move_document_id", "stock_move", ["document_id"], schema="ops")
    op.create_index(
        "ix_stock_move_product_id_business_date_id",
        "stock_move",
        ["product_id", "business_date", "id"],
        schema="ops",
    )
    op.create_table(
        "stock_level",
        sa.Column("storage_id", sa.BigInteger(), primary_key=True, autoincrement=False),
        sa.Column("product_id", sa.BigInteger(), primary_key=True, autoincrement=False),
        sa.Column("quantity", sa.BigInteger(), nullable=False),
        sa.Column("value_minor", sa.BigInteger(), nullable=False),
        sa.Column("last_quantity", sa.BigInteger(), nullable=False),
        sa.Column("last_minor", sa.BigInteger(), nullable=False),
        sa.Column("counted_at", sa.BigInteger(), nullable=False),
        sa.Column("counted_date", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(
            ["storage_id"], ["ops.storage.id"], name="fk_stock_level_storage_id_storage"
        ),
        schema="ops",
        sqlite_with_rowid=False,
    )
    op.create_index("ix_stock_level_product_id", "stock_level", ["product_id"], schema="ops")
    op.create_table(
        "stock_month",
        sa.Column("storage_id", sa.BigInteger(), primary_key=True, autoincrement=False),
        sa.Column("product_id", sa.BigInteger(), primary_key=True, autoincrement=False),
        sa.Column("month", sa.Integer(), primary_key=True, autoincrement=False),
        sa.Column("quantity", sa.BigInteger(), nullable=False),
        sa.Column("value_minor", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(
            ["storage_id"], ["ops.storage.id"], name="fk_stock_month_storage_id_storage"
        ),
        schema="ops",
        sqlite_with_rowid=False,
    )
    op.create_table(
        "stock_day",
        sa.Column("storage_id", sa.BigInteger(), primary_key=True, autoincrement=False),
        sa.Column("product_id", sa.BigInteger(), primary_key=True, autoincrement=False),
        sa.Column("business_date", sa.Integer(), primary_key=True, autoincrement=False),
        sa.Column("quantity", sa.BigInteger(), nullable=False),
        sa.Column("value_minor", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(
            ["storage_id"], ["ops.storage.id"], name="fk_stock_day_storage_id_storage"
        ),
        schema="ops",
        sqlite_with_rowid=False,
    )
    op.create_index("ix_stock_day_business_date", "stock_day", ["business_date"], schema="ops")
