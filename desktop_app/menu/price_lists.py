"""Price lists, and what a sale asks of them."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from sqlalchemy import func, select

from desktop_app.db.operation import command, query
from desktop_app.db.transaction import Transaction
from desktop_app.kernel.access import Permission
from desktop_app.kernel.errors import ConflictError, NotFoundError
from desktop_app.kernel.words import msg
from desktop_app.menu.kinds import ProductKind
from desktop_app.menu.names import free_name
from desktop_app.menu.pricing import ListCard, ListTerms, PriceBook, check_list_terms
from desktop_app.menu.records import ChoiceGroup, LinePrice, SaleProduct, VariantRow
from desktop_app.menu.selling import SaleMenu
from desktop_app.menu.shelf import choices_of
from desktop_app.menu.tables import (
    Category,
    ListPrice,
    PriceChange,
    PriceList,
    Product,
    ProductModifiers,
    ProductVariant,
    StopEntry,
)
from desktop_app.menu.timed import TimedTerms
from desktop_app.venue.operations import the_venue

_EVER = ListTerms()


@query(Permission.MENU_READ)
def get_sale_menu(tx: Transaction) -> SaleMenu:
    """Return everything that a receipt entered by hand asks of the menu."""
    return sale_menu(tx)


@query(Permission.MENU_READ)
def price_for(
    tx: Transaction,
    product_id: int,
    size: str = "",
    *,
    sale_type: str = "",
    table: str = "",
    at: datetime | None = None,
    list_id: int | None = None,
    chosen: Sequence[str] = (),
) -> LinePrice:
    """Return what one of a product costs on an occasion, now where no moment is named."""
    menu = sale_menu(tx, [product_id])
    occasion = menu.occasion(at or tx.at, sale_type, table)
    return menu.price(product_id, occasion, size, chosen, list_id)


def sale_menu(tx: Transaction, only: Collection[int] | None = None) -> SaleMenu:
    """Return what can be sold at the venue; of some products, where only these are asked for."""
    venue = the_venue(tx)
    sizes: dict[int, list[VariantRow]] = {}
    variants = select(
        ProductVariant.product_id, ProductVariant.name, ProductVariant.price_minor,
        ProductVariant.factor,
    ).where(ProductVariant.active)  # fmt: skip
    if only is not None:
        variants = variants.where(ProductVariant.product_id.in_(only))
    for id_, name, price, factor in tx.rows(variants.order_by(ProductVariant.name)):
        sizes.setdefault(id_, []).append(VariantRow(name, price, factor))
    groups = _groups(tx)
    products = {
        row[0]: _product(row, sizes.get(row[0], ()), groups.get(row[0], ()))
        for row in _sold(tx, venue.id, only)
    }
    return SaleMenu(products, _book(tx, venue.id, sizes, only), venue.time)


def _sold(
    tx: Transaction, venue_id: int, only: Collection[int] | None
) -> Sequence[tuple[Any, ...]]:
    found = (
        select(
            Product.id, Product.name, Product.kind, Product.unit, func.coalesce(Category.name, ""),
            Product.barcode, Product.tax_bp, Product.tax_included, Product.service_charge,
            Product.discountable, StopEntry.remaining, Product.interval_minutes,
            Product.step_minutes, Product.least_minutes,
        )
        .outerjoin(Category, Category.id == Product.category_id)
        .outerjoin(StopEntry, StopEntry.product_id == Product.id)
        .where(
            Product.venue_id == venue_id,
            Product.active,
            Product.kind.in_([kind for kind in ProductKind if kind.is_sold]),
        )
        .order_by(Product.name, Product.id)
    )  # fmt: skip
    return list(tx.rows(found if only is None else found.where(Product.id.in_(only))))


def _product(
    row: tuple[Any, ...], sizes: Sequence[VariantRow], choices: Sequence[ChoiceGroup]
) -> SaleProduct:
    kind, left, terms = row[2], row[10], row[11:]
    found = SaleProduct(*row[:10], sizes, choices, left)  # type: ignore[call-arg]
    return replace(found, terms=TimedTerms(*terms)) if kind is ProductKind.TIMED else found


def _groups(tx: Transaction) -> Mapping[int, Sequence[ChoiceGroup]]:
    known = {group.id: group for group in choices_of(tx)}
    found: dict[int, list[ChoiceGroup]] = {}
    wanted = select(ProductModifiers.product_id, ProductModifiers.group_id)
    for product_id, group_id in tx.rows(wanted.order_by(ProductModifiers.place)):
        if group_id in known:
            found.setdefault(product_id, []).append(known[group_id])
    return found


def _book(
    tx: Transaction, venue_id: int, sizes: Mapping[int, Sequence[VariantRow]],
    only: Collection[int] | None,
) -> PriceBook:  # fmt: skip
    lists = [one for one in price_list_cards(tx) if one.active]
    own = select(
        ListPrice.list_id, ListPrice.product_id, ListPrice.variant, ListPrice.price_minor
    ).where(ListPrice.list_id.in_(select(PriceList.id).where(PriceList.venue_id == venue_id)))
    if only is not None:
        own = own.where(ListPrice.product_id.in_(only))
    return PriceBook(
        {(id_, one.name): one.price_minor for id_, some in sizes.items() for one in some},
        lists,
        {(list_id, id_, size): price for list_id, id_, size, price in tx.rows(own)},
    )


def price_list_cards(tx: Transaction) -> Sequence[ListCard]:
    """Return the price lists in the order in which they are asked, those put away among them."""
    return [
        ListCard(row.id, row.name, _terms(row), row.active, row.place)
        for row in tx.objects(select(PriceList).order_by(PriceList.place, PriceList.id))
    ]


def _terms(row: PriceList) -> ListTerms:
    halls = tuple(one for one in row.halls.split(", ") if one)
    return ListTerms(row.sale_type, halls, row.weekdays, row.from_minute, row.until_minute)


@query(Permission.MENU_READ)
def show_price_lists(tx: Transaction) -> Sequence[ListCard]:
    """Return the price lists with when they hold, in the order in which they are asked."""
    return price_list_cards(tx)


@command(Permission.MENU_PRICES)
def add_price_list(tx: Transaction, name: str, terms: ListTerms = _EVER) -> int:
    """Add a price list behind the others and return its number.

    Without terms it holds where somebody chooses it.
    """
    venue_id = the_venue(tx).id
    cleaned = free_name(tx, PriceList, venue_id, name, None)
    places = select(func.max(PriceList.place)).where(PriceList.venue_id == venue_id)
    row = PriceList(
        id=tx.ids.one(), venue_id=venue_id, name=cleaned, place=(tx.scalar(places) or 0) + 1
    )
    _keep_terms(row, terms)
    return tx.add(row).id


@command(Permission.MENU_PRICES)
def change_price_list(
    tx: Transaction, list_id: int, name: str, terms: ListTerms, *, active: bool = True
) -> None:
    """Rename a price list, say when it holds, or put it away."""
    row = _list(tx, list_id)
    row.name = free_name(tx, PriceList, row.venue_id, name, row.id)
    row.active = active
    _keep_terms(row, terms)


@command(Permission.MENU_PRICES)
def order_price_lists(tx: Transaction, list_ids: Sequence[int]) -> None:
    """Say in which order price lists are asked: the first that fits counts."""
    for place, list_id in enumerate(dict.fromkeys(list_ids), 1):
        _list(tx, list_id).place = place


@command(Permission.MENU_PRICES)
def remove_price_list(tx: Transaction, list_id: int) -> None:
    """Remove a price list that never had a price; ConflictError tells what it has.

    One that had prices is in the history of these: it can be put away.
    """
    row = _list(tx, list_id)
    names = tx.rows(
        select(Product.name)
        .join(ListPrice, ListPrice.product_id == Product.id)
        .where(ListPrice.list_id == list_id)
        .distinct()
        .order_by(Product.name)
        .limit(5)
    )
    if names:
        raise ConflictError(
            msg(
                "“{name}” has prices of {products}.",
                name=row.name,
                products=", ".join(name for (name,) in names),
            ),
            hint=msg("Take these prices out of it first, or put it away."),
        )
    if tx.scalar(select(PriceChange.id).where(PriceChange.list_id == list_id).limit(1)):
        raise ConflictError(
            msg("“{name}” is in the history of prices.", name=row.name),
            hint=msg("Put it away: it is not asked then."),
        )
    tx.remove(row)


def _list(tx: Transaction, list_id: int) -> PriceList:
    row = tx.find(PriceList, list_id)
    if row is None:
        raise NotFoundError(msg("There is no price list {number}.", number=list_id))
    return row


def _keep_terms(row: PriceList, terms: ListTerms) -> None:
    kept = check_list_terms(terms)
    row.sale_type, row.halls, row.weekdays = kept.sale_type, ", ".join(kept.halls), kept.weekdays
    row.from_minute, row.until_minute = kept.from_minute, kept.until_minute
