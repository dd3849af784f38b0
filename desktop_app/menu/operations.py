"""What can be asked of the menu; what changes it is in `editing` and `prices`."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import select

from desktop_app.db.operation import query
from desktop_app.db.transaction import Transaction
from desktop_app.kernel.access import Permission
from desktop_app.kernel.errors import NotFoundError
from desktop_app.kernel.text import fold
from desktop_app.kernel.words import msg
from desktop_app.menu.costing import CostBook
from desktop_app.menu.reading import (
    cost_and_margin,
    form_of,
    history_of,
    least_size,
    parts_of,
    size_cost,
    users_of,
    variants_of,
)
from desktop_app.menu.recipes import CardBook
from desktop_app.menu.records import (
    CategoryRow,
    ChoiceGroup,
    FoundProduct,
    Ingredients,
    MenuFilter,
    NamedRow,
    ProductCard,
    ProductRow,
    TakenRow,
    VariantRow,
    Workbench,
)
from desktop_app.menu.shelf import (
    categories_of,
    choices_of,
    ingredients_of,
    price_lists_of,
    stations_of,
)
from desktop_app.menu.sold import SoldBook
from desktop_app.menu.tables import (
    Category,
    ListPrice,
    Product,
    ProductVariant,
    Station,
    StopEntry,
)

_EVERYTHING = MenuFilter()


@query(Permission.MENU_READ)
def list_products(tx: Transaction, wanted: MenuFilter = _EVERYTHING) -> Sequence[ProductRow]:
    """Return the menu by category and name, with every variant's price, cost and margin."""
    found = tx.rows(
        select(
            Product.id, Product.name, Category.name, Product.active, Product.kind, Product.unit,
            StopEntry.remaining, Product.barcode, Station.name, Product.category_id,
            Product.output, Product.cost_minor, Product.made_ahead, Product.tax_bp,
            Product.tax_included,
        )
        .outerjoin(Category, Category.id == Product.category_id)
        .outerjoin(Station, Station.id == Product.station_id)
        .outerjoin(StopEntry, StopEntry.product_id == Product.id)
        .order_by(Category.place, Category.name, Product.name, Product.id)
    )  # fmt: skip
    sizes: dict[int, list[VariantRow]] = {}
    variants = select(
        ProductVariant.product_id, ProductVariant.name, ProductVariant.price_minor,
        ProductVariant.factor,
    )  # fmt: skip
    for id_, size, price, factor in tx.rows(
        variants.where(ProductVariant.active).order_by(
            ProductVariant.product_id, ProductVariant.name
        )
    ):
        sizes.setdefault(id_, []).append(VariantRow(size, price, factor))
    book = CostBook.of(tx, [(row[0], row[10], row[11], row[5], row[12]) for row in found])
    rows = []
    for row in found:
        id_, name, category, active, kind, unit, remaining, barcode, station, place, *_, tax = row
        if not _matches(wanted, row):
            continue
        some = sizes.get(id_, [])
        costs = book.cost_and_margin(id_, unit, least_size(some), (row[13], tax))
        rows.append(
            ProductRow(
                id_, name, category or "", active, some, kind, unit, *costs, remaining, barcode,
                station or "", place,
            )
        )  # fmt: skip
    return rows


@query(Permission.MENU_READ)
def find_products(tx: Transaction, text: str, *, limit: int = 50) -> Sequence[FoundProduct]:
    """Return products in use whose name or barcode has the words of a text, those sold first."""
    asked = fold(text).split()
    rows = tx.rows(
        select(Product.id, Product.name, Product.kind, Product.barcode)
        .where(Product.active)
        .order_by(Product.name, Product.id)
    )
    fitting = [
        FoundProduct(id_, name, kind)
        for id_, name, kind, barcode in rows
        if all(word in fold(f"{name} {barcode}") for word in asked)
    ]
    return sorted(fitting, key=lambda one: not one.kind.is_sold)[:limit]


def _matches(wanted: MenuFilter, row: Any) -> bool:
    _, name, category, active, kind, _, remaining, barcode, _, category_id, *_ = row
    if wanted.kinds and kind not in wanted.kinds:
        return False
    if wanted.category_id is not None and category_id != wanted.category_id:
        return False
    if wanted.only_stopped and remaining is None:
        return False
    if wanted.archived and active:
        return False
    if not wanted.text:
        return True
    asked = fold(wanted.text).split()
    inside = fold(f"{name} {category or ''} {barcode}")
    return all(word in inside for word in asked)


@query(Permission.MENU_READ)
def get_product(tx: Transaction, product_id: int) -> ProductCard:
    """Return everything about one product; NotFoundError where there is none."""
    row = tx.find(Product, product_id)
    if row is None:
        raise NotFoundError(msg("There is no product {number}.", number=product_id))
    book = CardBook.read(tx)
    variants = variants_of(tx, row.id)
    tax = (row.tax_bp, row.tax_included)
    cost, margin = cost_and_margin(book, row.id, row.unit, least_size(variants), tax)
    stop = tx.find(StopEntry, row.id)
    return ProductCard(
        row.id, row.version, form_of(tx, row), variants, parts_of(tx, row.id, book),
        history_of(tx, row.id), users_of(tx, row.id), cost, margin,
        stop.remaining if stop else None,
        [
            (list_id, variant, price_minor)
            for list_id, variant, price_minor in tx.rows(
                select(ListPrice.list_id, ListPrice.variant, ListPrice.price_minor).where(
                    ListPrice.product_id == row.id
                )
            )
        ],
        [size_cost(book, row.id, one, tax) for one in variants],
    )  # fmt: skip


@query(Permission.MENU_READ)
def takes_of(
    tx: Transaction, product_id: int, size: str = "", said: str = ""
) -> Sequence[TakenRow]:
    """Return what a kilogram, litre or piece of a product takes from the storage, by name.

    In a size, and with what was chosen as a receipt says it.
    """
    row = tx.find(Product, product_id)
    if row is None:
        raise NotFoundError(msg("There is no product {number}.", number=product_id))
    taken = SoldBook.read(tx).takes(product_id, size, said)
    names = tx.rows(
        select(Product.id, Product.name, Product.unit)
        .where(Product.id.in_(taken))
        .order_by(Product.name, Product.id)
    )
    return [
        TakenRow(id_, name, unit, round(taken[id_] * row.unit.whole)) for id_, name, unit in names
    ]


@query(Permission.MENU_READ)
def list_ingredients(tx: Transaction) -> Ingredients:
    """Return what an editor of technical cards needs to compute as one types."""
    return ingredients_of(tx)


@query(Permission.MENU_READ)
def list_categories(tx: Transaction) -> Sequence[CategoryRow]:
    """Return the groups of the menu in their order, with how much lies in each."""
    return categories_of(tx)


@query(Permission.MENU_READ)
def list_stations(tx: Transaction) -> Sequence[NamedRow]:
    """Return the places where dishes are made."""
    return stations_of(tx)


@query(Permission.MENU_READ)
def list_price_lists(tx: Transaction) -> Sequence[NamedRow]:
    """Return the price lists."""
    return price_lists_of(tx)


@query(Permission.MENU_READ)
def list_choices(tx: Transaction) -> Sequence[ChoiceGroup]:
    """Return the groups of choices with what is in them."""
    return choices_of(tx)


@query(Permission.MENU_READ)
def get_workbench(tx: Transaction) -> Workbench:
    """Return everything an editor of products offers to choose from."""
    return Workbench(
        ingredients_of(tx), categories_of(tx), stations_of(tx), choices_of(tx), price_lists_of(tx)
    )
