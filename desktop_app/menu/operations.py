"""What can be done with the menu."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby

from sqlalchemy import select

from desktop_app.db.operation import query
from desktop_app.db.transaction import Transaction
from desktop_app.kernel.access import Permission
from desktop_app.menu.records import ProductRow, VariantRow
from desktop_app.menu.tables import Category, Product, ProductVariant


@query(Permission.MENU_READ)
def list_products(tx: Transaction) -> Sequence[ProductRow]:
    """Return the menu by category and name, with every variant's price."""
    found = tx.rows(
        select(
            Product.id,
            Product.name,
            Category.name,
            Product.active,
            ProductVariant.name,
            ProductVariant.price_minor,
        )
        .outerjoin(Category, Category.id == Product.category_id)
        .join(ProductVariant, ProductVariant.product_id == Product.id)
        .order_by(Category.place, Category.name, Product.name, Product.id, ProductVariant.name)
    )
    return [
        ProductRow(
            id_,
            name,
            category or "",
            active,
            [VariantRow(row[4], row[5]) for row in rows],
        )
        for (id_, name, category, active), rows in groupby(
            found, key=lambda row: (row[0], row[1], row[2], row[3])
        )
    ]
