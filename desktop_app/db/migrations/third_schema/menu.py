"""The whole menu: recipes, choices, price lists, stop list, as of migration 0003."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from desktop_app.db.migrations.widening import widen

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
_EMPTY = sa.text("''")


def create() -> None:
    """Widen what there is, and create what comes to it."""
    _widen_category()
    _widen_product()
    _create_cards()
    _create_prices()
    _create_choices()


def _widen_category() -> None:
    widen(
        "ops",
        "category",
        sa.Column("parent_id", sa.BigInteger(), nullable=True),
        sa.Column("color", sa.String(16), nullable=False, server_default=_EMPTY),
    )


def _widen_product() -> None:
    none, one, yes, no = (sa.text(word) for word in ("0", "1", "true", "false"))
    whole = sa.BigInteger()
    widen(
        "ops",
        "product",
        sa.Column("kind", sa.String(32), nullable=False, server_default=sa.text("'dish'")),
        sa.Column("unit", sa.String(32), nullable=False, server_default=sa.text("'pcs'")),
        sa.Column("output", whole, nullable=False, server_default=sa.text("1000")),
        sa.Column("barcode", sa.String(64), nullable=False, server_default=_EMPTY),
        sa.Column("station_id", whole, nullable=True),
        sa.Column("cost_minor", whole, nullable=False, server_default=none),
        sa.Column("tax_bp", sa.Integer(), nullable=False, server_default=none),
        sa.Column("tax_included", sa.Boolean(), nullable=False, server_default=yes),
        sa.Column("service_charge", sa.Boolean(), nullable=False, server_default=yes),
        sa.Column("discountable", sa.Boolean(), nullable=False, server_default=yes),
        sa.Column("made_ahead", sa.Boolean(), nullable=False, server_default=no),
        sa.Column("low_stock", whole, nullable=True),
        sa.Column("allergens", sa.String(500), nullable=False, server_default=_EMPTY),
        sa.Column("note", sa.String(10_000), nullable=False, server_default=_EMPTY),
        sa.Column("version", sa.Integer(), nullable=False, server_default=one),
    )
    op.create_index("ix_product_barcode", "product", ["barcode"], schema="ops")


def _create_cards() -> None:
    op.create_table(
        "station",
        sa.Column("id", ID, primary_key=True, autoincrement=False),
        sa.Column("venue_id", sa.BigInteger(), nullable=False),
        sa.Column("name", sa.String(200), nullable=False),
        sa.UniqueConstraint("venue_id", "name", name="uq_station_venue_id_name"),
        schema="ops",
    )
    op.create_table(
        "recipe_line",
        sa.Column("product_id", sa.BigInteger(), primary_key=True, autoincrement=False),
        sa.Column("line_no", sa.Integer(), primary_key=True, autoincrement=False),
        sa.Column("ingredient_id", sa.BigInteger(), nullable=False),
        sa.Column("net", sa.BigInteger(), nullable=False),
        sa.Column("gross", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(
            ["ingredient_id"], ["ops.product.id"], name="fk_recipe_line_ingredient_id_product"
        ),
        sa.ForeignKeyConstraint(
            ["product_id"], ["ops.product.id"], name="fk_recipe_line_product_id_product"
        ),
        schema="ops",
        sqlite_with_rowid=False,
    )
    op.create_index("ix_recipe_line_ingredient_id", "recipe_line", ["ingredient_id"], schema="ops")
    op.create_table(
        "stop_entry",
        sa.Column("product_id", ID, primary_key=True, autoincrement=False),
        sa.Column("remaining", sa.BigInteger(), nullable=False),
        sa.Column("since", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(
            ["product_id"], ["ops.product.id"], name="fk_stop_entry_product_id_product"
        ),
        schema="ops",
    )


def _create_prices() -> None:
    op.create_table(
        "price_change",
        sa.Column("id", ID, primary_key=True, autoincrement=False),
        sa.Column("product_id", sa.BigInteger(), nullable=False),
        sa.Column("variant", sa.String(100), nullable=False),
        sa.Column("list_id", sa.BigInteger(), nullable=True),
        sa.Column("old_minor", sa.BigInteger(), nullable=True),
        sa.Column("new_minor", sa.BigInteger(), nullable=True),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(
            ["product_id"], ["ops.product.id"], name="fk_price_change_product_id_product"
        ),
        schema="ops",
    )
    op.create_index(
        "ix_price_change_product_id_at", "price_change", ["product_id", "at"], schema="ops"
    )
    op.create_table(
        "price_list",
        sa.Column("id", ID, primary_key=True, autoincrement=False),
        sa.Column("venue_id", sa.BigInteger(), nullable=False),
        sa.Column("name", sa.String(200), nullable=False),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.UniqueConstraint("venue_id", "name", name="uq_price_list_venue_id_name"),
        schema="ops",
    )
    op.create_table(
        "list_price",
        sa.Column("list_id", sa.BigInteger(), primary_key=True, autoincrement=False),
        sa.Column("product_id", sa.BigInteger(), primary_key=True, autoincrement=False),
        sa.Column("variant", sa.String(100), primary_key=True, autoincrement=False),
        sa.Column("price_minor", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(
            ["list_id"], ["ops.price_list.id"], name="fk_list_price_list_id_price_list"
        ),
        sa.ForeignKeyConstraint(
            ["product_id"], ["ops.product.id"], name="fk_list_price_product_id_product"
        ),
        schema="ops",
        sqlite_with_rowid=False,
    )


def _create_choices() -> None:
    op.create_table(
        "modifier_group",
        sa.Column("id", ID, primary_key=True, autoincrement=False),
        sa.Column("venue_id", sa.BigInteger(), nullable=False),
        sa.Column("name", sa.String(200), nullable=False),
        sa.Column("min_select", sa.Integer(), nullable=False),
        sa.Column("max_select", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.UniqueConstraint("venue_id", "name", name="uq_modifier_group_venue_id_name"),
        schema="ops",
    )
    op.create_table(
        "modifier",
        sa.Column("group_id", sa.BigInteger(), primary_key=True, autoincrement=False),
        sa.Column("line_no", sa.Integer(), primary_key=True, autoincrement=False),
        sa.Column("name", sa.String(200), nullable=False),
        sa.Column("price_minor", sa.BigInteger(), nullable=False),
        sa.Column("ingredient_id", sa.BigInteger(), nullable=True),
        sa.Column("quantity", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(
            ["group_id"], ["ops.modifier_group.id"], name="fk_modifier_group_id_modifier_group"
        ),
        sa.ForeignKeyConstraint(
            ["ingredient_id"], ["ops.product.id"], name="fk_modifier_ingredient_id_product"
        ),
        schema="ops",
        sqlite_with_rowid=False,
    )
    op.create_table(
        "product_modifiers",
        sa.Column("product_id", sa.BigInteger(), primary_key=True, autoincrement=False),
        sa.Column("group_id", sa.BigInteger(), primary_key=True, autoincrement=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["group_id"],
            ["ops.modifier_group.id"],
            name="fk_product_modifiers_group_id_modifier_group",
        ),
        sa.ForeignKeyConstraint(
            ["product_id"], ["ops.product.id"], name="fk_product_modifiers_product_id_product"
        ),
        schema="ops",
        sqlite_with_rowid=False,
    )
