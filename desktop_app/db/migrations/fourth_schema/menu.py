"""What the fourth schema adds to menu: sizes with cards, price lists with terms, photos."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from desktop_app.db.migrations.widening import widen

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def create() -> None:
    """Create it."""
    _widen_products()
    _widen_price_lists()
    _create_size_parts()
    _create_photos()


def _number(name: str, default: str) -> sa.Column[int]:
    return sa.Column(name, sa.Integer(), nullable=False, server_default=sa.text(default))


def _widen_products() -> None:
    yes = sa.text("true")
    widen(
        "ops",
        "product",
        _number("interval_minutes", "60"),
        _number("step_minutes", "1"),
        _number("least_minutes", "0"),
        sa.Column("wished_stock", sa.BigInteger(), nullable=True),
        sa.Column("gov_code", sa.String(64), nullable=False, server_default=sa.text("''")),
        _number("shelf_days", "0"),
        _number("cooking_minutes", "0"),
    )
    widen(
        "ops",
        "product_variant",
        sa.Column("factor", sa.BigInteger(), nullable=False, server_default=sa.text("1000")),
        sa.Column("active", sa.Boolean(), nullable=False, server_default=yes),
    )
    widen(
        "ops",
        "modifier_group",
        sa.Column("follows_size", sa.Boolean(), nullable=False, server_default=sa.text("false")),
    )


def _widen_price_lists() -> None:
    empty = sa.text("''")
    widen(
        "ops",
        "price_list",
        _number("place", "0"),
        sa.Column("sale_type", sa.String(64), nullable=False, server_default=empty),
        sa.Column("halls", sa.String(500), nullable=False, server_default=empty),
        _number("weekdays", "0"),
        _number("from_minute", "0"),
        _number("until_minute", "0"),
    )


def _create_size_parts() -> None:
    op.create_table(
        "size_part",
        sa.Column("product_id", sa.BigInteger(), primary_key=True, autoincrement=False),
        sa.Column("variant", sa.String(100), primary_key=True, autoincrement=False),
        sa.Column("ingredient_id", sa.BigInteger(), primary_key=True, autoincrement=False),
        sa.Column("net", sa.BigInteger(), nullable=False),
        sa.Column("gross", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(
            ["ingredient_id"], ["ops.product.id"], name="fk_size_part_ingredient_id_product"
        ),
        sa.ForeignKeyConstraint(
            ["product_id"], ["ops.product.id"], name="fk_size_part_product_id_product"
        ),
        schema="ops",
        sqlite_with_rowid=False,
    )
    op.create_index("ix_size_part_ingredient_id", "size_part", ["ingredient_id"], schema="ops")


def _create_photos() -> None:
    op.create_table(
        "product_photo",
        sa.Column("product_id", ID, primary_key=True, autoincrement=False),
        sa.Column("image", sa.LargeBinary(), nullable=False),
        sa.Column("small", sa.LargeBinary(), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(
            ["product_id"], ["ops.product.id"], name="fk_product_photo_product_id_product"
        ),
        schema="ops",
    )
