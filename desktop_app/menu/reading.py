"""Reading the menu's rows into what is shown of them."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import aliased

from desktop_app.db.transaction import Transaction
from desktop_app.kernel.quantity import ONE
from desktop_app.menu.kinds import Unit
from desktop_app.menu.recipes import CardBook, size_cards, whole_cost
from desktop_app.menu.records import (
    PartRow,
    PriceRow,
    ProductForm,
    SizeCost,
    Used,
    VariantRow,
)
from desktop_app.menu.rules import Part, margin_bp, rounded, tax_of
from desktop_app.menu.tables import (
    PriceChange,
    PriceList,
    Product,
    ProductModifiers,
    ProductVariant,
    RecipeLine,
    SizePart,
)
from desktop_app.menu.timed import TimedTerms


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
        tuple(size_cards(tx, row.id).get(row.id, ())),
        TimedTerms(row.interval_minutes, row.step_minutes, row.least_minutes),
        row.wished_stock, row.gov_code, row.shelf_days, row.cooking_minutes,
    )  # fmt: skip


def variants_of(tx: Transaction, product_id: int) -> Sequence[VariantRow]:
    """Return the sizes of a product, the plain one first."""
    return [
        VariantRow(*found)
        for found in tx.rows(
            select(
                ProductVariant.name, ProductVariant.price_minor, ProductVariant.factor,
                ProductVariant.active,
            )
            .where(ProductVariant.product_id == product_id)
            .order_by(ProductVariant.name)
        )
    ]  # fmt: skip


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


def users_of(tx: Transaction, product_id: int, *, active: bool = False) -> Sequence[Used]:
    """Return the products whose technical card, or that of a size, takes this one."""
    found: dict[int, str] = {}
    for table in (RecipeLine, SizePart):
        wanted = (
            select(Product.id, Product.name)
            .join(table, table.product_id == Product.id)
            .where(table.ingredient_id == product_id)
        )
        found |= tx.pairs(wanted.where(Product.active) if active else wanted)
    return sorted((Used(*one) for one in found.items()), key=lambda one: (one.name, one.id))


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


def cost_and_margin(
    book: CardBook, product_id: int, unit: Unit, sold: VariantRow | None, tax: tuple[int, bool]
) -> tuple[int, int | None]:
    """Return what a whole unit of a product costs, and the margin of a size without tax."""
    whole = whole_cost(book, product_id, unit)
    if sold is None:
        return whole, None
    net, _ = tax_of(sold.price_minor, tax[0], included=tax[1])
    return whole, margin_bp(net, book.cost(product_id, sold.name), ONE)


def least_size(sizes: Sequence[VariantRow]) -> VariantRow | None:
    """Return the size a margin is said for: the cheapest above nothing that is still sold."""
    sold = [one for one in sizes if one.active] or sizes
    priced = [one for one in sold if one.price_minor > 0] or sold
    return min(priced, key=lambda one: one.price_minor, default=None)


def size_cost(book: CardBook, product_id: int, sold: VariantRow, tax: tuple[int, bool]) -> SizeCost:
    """Return what one of a size costs, and its margin."""
    cost = book.cost(product_id, sold.name)
    net, _ = tax_of(sold.price_minor, tax[0], included=tax[1])
    whole = rounded(cost.numerator * ONE, cost.denominator)
    return SizeCost(sold.name, whole, margin_bp(net, cost, ONE))
