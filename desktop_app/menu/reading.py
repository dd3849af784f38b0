"""Reading the menu's rows into what is shown of them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from sqlalchemy import select
from sqlalchemy.orm import aliased

from desktop_app.db.transaction import Transaction
from desktop_app.menu.kinds import Unit
from desktop_app.menu.recipes import CardBook
from desktop_app.menu.records import PartRow, PriceRow, ProductForm, Used, VariantRow
from desktop_app.menu.rules import Part, margin_bp, tax_of
from desktop_app.menu.tables import (
    PriceChange,
    PriceList,
    Product,
    ProductModifiers,
    ProductVariant,
    RecipeLine,
)


def form_of(tx: Transaction, row: Product) -> ProductForm:
    """Return a stored product as the form that would make it."""
    parts = [
        Part(*line)
        for line in tx.rows(
            select(RecipeLine.ingredient_id, RecipeLine.net, RecipeLine.gross)
            .where(RecipeLine.product_id == row.id)
            .order_by(RecipeLine.line_no)
        )
    ]
    groups = tx.rows(
        select(ProductModifiers.group_id)
        .where(ProductModifiers.product_id == row.id)
        .order_by(ProductModifiers.place)
    )
    return ProductForm(
        row.name, row.kind, row.unit, row.category_id, row.station_id, row.barcode,
        row.cost_minor, row.tax_bp, row.tax_included, row.service_charge, row.discountable,
        row.made_ahead, row.low_stock, tuple(word for word in row.allergens.split(", ") if word),
        row.note, row.active, row.output, tuple(parts), tuple(one for (one,) in groups),
    )  # fmt: skip


def variants_of(tx: Transaction, product_id: int) -> Sequence[VariantRow]:
    """Return the sizes of a product, the plain one first."""
    return [
        VariantRow(name, price)
        for name, price in tx.rows(
            select(ProductVariant.name, ProductVariant.price_minor)
            .where(ProductVariant.product_id == product_id)
            .order_by(ProductVariant.name)
        )
    ]


def parts_of(tx: Transaction, product_id: int, book: CardBook) -> Sequence[PartRow]:
    """Return the lines of a technical card with names and costs."""
    ingredient = aliased(Product)
    return [
        PartRow(
            one, name, unit, net, gross, float(book.cost(one) * gross),
            bool(book.recipes.get(one)),
        )
        for one, name, unit, net, gross in tx.rows(
            select(
                RecipeLine.ingredient_id, ingredient.name, ingredient.unit, RecipeLine.net,
                RecipeLine.gross,
            )
            .join(ingredient, ingredient.id == RecipeLine.ingredient_id)
            .where(RecipeLine.product_id == product_id)
            .order_by(RecipeLine.line_no)
        )
    ]  # fmt: skip


def users_of(tx: Transaction, product_id: int) -> Sequence[Used]:
    """Return the products whose technical card takes this one."""
    return [
        Used(id_, name)
        for id_, name in tx.rows(
            select(Product.id, Product.name)
            .join(RecipeLine, RecipeLine.product_id == Product.id)
            .where(RecipeLine.ingredient_id == product_id)
            .order_by(Product.name, Product.id)
        )
    ]


def history_of(tx: Transaction, product_id: int) -> Sequence[PriceRow]:
    """Return how the prices of a product became what they are, the newest first."""
    return [
        PriceRow(at, variant, name or "", old, new)
        for at, variant, name, old, new in tx.rows(
            select(
                PriceChange.at, PriceChange.variant, PriceList.name, PriceChange.old_minor,
                PriceChange.new_minor,
            )
            .outerjoin(PriceList, PriceList.id == PriceChange.list_id)
            .where(PriceChange.product_id == product_id)
            .order_by(PriceChange.at.desc(), PriceChange.id.desc())
        )
    ]  # fmt: skip


def costs_and_margins(
    tx: Transaction, book: CardBook, prices: Mapping[int, int]
) -> Mapping[int, tuple[int, int | None]]:
    """Return the cost of a whole unit and the margin (of `prices`, by product) of each product."""
    found: dict[int, tuple[int, int | None]] = {}
    for id_, unit, tax_bp, included in tx.rows(
        select(Product.id, Product.unit, Product.tax_bp, Product.tax_included)
    ):
        found[id_] = cost_and_margin(book, id_, unit, prices.get(id_), (tax_bp, included))
    return found


def cost_and_margin(
    book: CardBook, product_id: int, unit: Unit, price_minor: int | None, tax: tuple[int, bool]
) -> tuple[int, int | None]:
    """Return what a whole unit of a product costs, and the margin of its price without tax."""
    cost = book.cost(product_id)
    whole = cost * unit.whole
    if price_minor is None:
        return round(whole), None
    net, _ = tax_of(price_minor, tax[0], included=tax[1])
    return round(whole), margin_bp(net, cost * 1000)
