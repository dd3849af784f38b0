"""The sizes of a product: what they take, their names, and those that are sold no more."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from sqlalchemy import Select, select

from desktop_app.db.operation import command
from desktop_app.db.transaction import Transaction
from desktop_app.kernel.access import Permission
from desktop_app.kernel.errors import ConflictError, InvalidError, NotFoundError
from desktop_app.kernel.quantity import ONE
from desktop_app.kernel.words import msg
from desktop_app.menu.prices import check_size_name, remember_price
from desktop_app.menu.records import ProductForm
from desktop_app.menu.rules import Part
from desktop_app.menu.sizes import check_sizes
from desktop_app.menu.tables import ListPrice, PriceList, ProductVariant, SizePart

HAS_SOLD: list[Callable[[Transaction, int, str], bool]] = []
"""Asked before a size goes: the orders, which lie above, say whether receipts have it."""


def write_sizes(tx: Transaction, product_id: int, form: ProductForm) -> None:
    """Write what the sizes of a product take; InvalidError for a size that it does not have."""
    sizes = {size.name: size for size in check_sizes(form.sizes)}
    rows = tx.objects(select(ProductVariant).where(ProductVariant.product_id == product_id))
    missing = sorted(set(sizes) - {row.name for row in rows})
    if missing:
        raise InvalidError(
            msg("“{name}” has no variant “{variant}”.", name=form.name, variant=missing[0]),
            field="sizes",
        )
    if any(size.own for size in sizes.values()) and not form.kind.has_recipe:
        raise InvalidError(
            msg("Only dishes, timed items and preparations have a technical card."),
            field="sizes",
        )
    for row in rows:
        factor = sizes[row.name].factor if row.name in sizes else ONE
        if row.factor != factor:
            row.factor = factor
    _write_own(
        tx,
        product_id,
        {(name, part.ingredient_id): part for name, size in sizes.items() for part in size.own},
    )


def _write_own(tx: Transaction, product_id: int, wanted: Mapping[tuple[str, int], Part]) -> None:
    left = dict(wanted)
    for row in tx.objects(select(SizePart).where(SizePart.product_id == product_id)):
        part = left.pop((row.variant, row.ingredient_id), None)
        if part is None:
            tx.remove(row)
        elif (row.net, row.gross) != (part.net, part.gross):
            row.net, row.gross = part.net, part.gross
    for (name, ingredient_id), part in left.items():
        tx.add(
            SizePart(
                product_id=product_id, variant=name, ingredient_id=ingredient_id, net=part.net,
                gross=part.gross,
            )
        )  # fmt: skip


@command(Permission.MENU_PRICES)
def rename_size(tx: Transaction, product_id: int, size: str, name: str) -> None:
    """Give a size another name, in price lists and cards too; receipts keep the one they have."""
    row = _size(tx, product_id, size)
    wanted = check_size_name(name)
    if wanted == size:
        return
    if tx.find(ProductVariant, (product_id, wanted)) is not None:
        raise ConflictError(msg("“{name}” is there already.", name=wanted))
    tx.add(
        ProductVariant(
            product_id=product_id, name=wanted, price_minor=row.price_minor, factor=row.factor,
            active=row.active,
        )
    )  # fmt: skip
    remember_price(tx, product_id, size, None, (row.price_minor, None))
    remember_price(tx, product_id, wanted, None, (None, row.price_minor))
    for part in tx.objects(_parts(product_id, size)):
        tx.add(
            SizePart(
                product_id=product_id, variant=wanted, ingredient_id=part.ingredient_id,
                net=part.net, gross=part.gross,
            )
        )  # fmt: skip
        tx.remove(part)
    for price in tx.objects(_prices(product_id, size)):
        tx.add(
            ListPrice(
                list_id=price.list_id, product_id=product_id, variant=wanted,
                price_minor=price.price_minor,
            )
        )  # fmt: skip
        remember_price(tx, product_id, size, price.list_id, (price.price_minor, None))
        remember_price(tx, product_id, wanted, price.list_id, (None, price.price_minor))
        tx.remove(price)
    tx.remove(row)


@command(Permission.MENU_PRICES)
def offer_size(tx: Transaction, product_id: int, size: str, *, offered: bool) -> None:
    """Sell a size again, or no more: it keeps its price and its card. The last one stays."""
    row = _size(tx, product_id, size)
    if not offered:
        _refuse_last(tx, row)
    row.active = offered


@command(Permission.MENU_PRICES)
def remove_size(tx: Transaction, product_id: int, size: str) -> None:
    """Remove a size that was never sold and is in no price list; ConflictError says what has it."""
    row = _size(tx, product_id, size)
    _refuse_last(tx, row)
    lists = tx.rows(
        select(PriceList.name)
        .join(ListPrice, ListPrice.list_id == PriceList.id)
        .where(ListPrice.product_id == product_id, ListPrice.variant == size)
        .order_by(PriceList.name)
    )
    if lists:
        raise ConflictError(
            msg("This size has prices in {lists}.", lists=", ".join(name for (name,) in lists)),
            hint=msg("Take these prices out of it first, or put it away."),
        )
    if any(sold(tx, product_id, size) for sold in HAS_SOLD):
        raise ConflictError(
            msg("This size stands on receipts."),
            hint=msg("Put it away: it is not sold then, and receipts can still be taken back."),
        )
    for part in tx.objects(_parts(product_id, size)):
        tx.remove(part)
    remember_price(tx, product_id, size, None, (row.price_minor, None))
    tx.remove(row)


def _parts(product_id: int, size: str) -> Select[SizePart]:
    return select(SizePart).where(SizePart.product_id == product_id, SizePart.variant == size)


def _prices(product_id: int, size: str) -> Select[ListPrice]:
    return select(ListPrice).where(ListPrice.product_id == product_id, ListPrice.variant == size)


def _size(tx: Transaction, product_id: int, size: str) -> ProductVariant:
    row = tx.find(ProductVariant, (product_id, size))
    if row is None:
        raise NotFoundError(msg("There is no such size of it: “{size}”.", size=size))
    return row


def _refuse_last(tx: Transaction, row: ProductVariant) -> None:
    others = select(ProductVariant.name).where(
        ProductVariant.product_id == row.product_id,
        ProductVariant.name != row.name,
        ProductVariant.active,
    )
    if not tx.rows(others.limit(1)):
        raise ConflictError(
            msg("It is the last size that is sold."),
            hint=msg("Archive the product, or put it on the stop list."),
        )
