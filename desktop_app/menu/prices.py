"""Prices and their history, price lists, and the stop list.

A receipt keeps the price it was sold at; a change here never touches it.
"""

from __future__ import annotations

from desktop_app.db.operation import command
from desktop_app.db.transaction import Transaction
from desktop_app.kernel.access import Permission
from desktop_app.kernel.errors import InvalidError, NotFoundError
from desktop_app.kernel.text import clean
from desktop_app.kernel.words import msg
from desktop_app.menu.rules import LIMIT_QUANTITY, check_price
from desktop_app.menu.tables import (
    ListPrice,
    PriceChange,
    PriceList,
    Product,
    ProductVariant,
    StopEntry,
)

_VARIANT_LETTERS = 100


def write_price(
    tx: Transaction, product_id: int, variant: str, price_minor: int, *, history: bool = True
) -> None:
    """Write a price of the menu and, with `history`, that it became so. Nothing where it was so."""
    row = tx.find(ProductVariant, (product_id, variant))
    old = row.price_minor if row else None
    if old == price_minor:
        return
    if row:
        row.price_minor = price_minor
    else:
        tx.add(ProductVariant(product_id=product_id, name=variant, price_minor=price_minor))
    if history:
        remember_price(tx, product_id, variant, None, (old, price_minor))


def remember_price(
    tx: Transaction, product_id: int, variant: str, list_id: int | None,
    became: tuple[int | None, int | None],
) -> None:  # fmt: skip
    """Write into the history how a price became what it is: before and after, None for nothing."""
    tx.add(
        PriceChange(
            id=tx.ids.one(), product_id=product_id, variant=variant, list_id=list_id,
            old_minor=became[0], new_minor=became[1], at=tx.at,
        )
    )  # fmt: skip


def check_size_name(variant: str) -> str:
    """Return the name of a size as it is stored; the plain one has none."""
    name = clean(variant)
    if len(name) > _VARIANT_LETTERS:
        raise InvalidError(msg("A size has at most 100 letters."), field="variant")
    return name


@command(Permission.MENU_PRICES)
def set_price(
    tx: Transaction, product_id: int, price_minor: int, variant: str = "",
    list_id: int | None = None,
) -> None:  # fmt: skip
    """Give a variant its price, in the menu or in a price list; a new name makes a new variant."""
    product = tx.find(Product, product_id)
    if product is None:
        raise NotFoundError(msg("There is no product {number}.", number=product_id))
    if not product.kind.is_sold:
        raise InvalidError(
            msg("“{name}” is not sold and has no price.", name=product.name),
            field="price",
            hint=msg("Enter what it costs in its card."),
        )
    name = check_size_name(variant)
    price = check_price(price_minor)
    if list_id is None:
        write_price(tx, product_id, name, price)
        return
    if tx.get(PriceList, list_id).venue_id != product.venue_id:
        raise InvalidError(
            msg("“{name}” is of another venue than this price list.", name=product.name),
            field="list",
        )
    if tx.find(ProductVariant, (product_id, name)) is None:
        raise InvalidError(
            msg("“{name}” has no variant “{variant}”.", name=product.name, variant=name),
            field="variant",
            hint=msg("Give it a price in the menu first."),
        )
    row = tx.find(ListPrice, (list_id, product_id, name))
    old = row.price_minor if row else None
    if old == price:
        return
    if row:
        row.price_minor = price
    else:
        tx.add(ListPrice(list_id=list_id, product_id=product_id, variant=name, price_minor=price))
    remember_price(tx, product_id, name, list_id, (old, price))


@command(Permission.MENU_PRICES)
def drop_list_price(tx: Transaction, list_id: int, product_id: int, variant: str = "") -> None:
    """Let the menu's own price hold again in a price list."""
    row = tx.find(ListPrice, (list_id, product_id, variant))
    if row is None:
        raise NotFoundError(msg("This price list has no price of its own for it."))
    remember_price(tx, product_id, variant, list_id, (row.price_minor, None))
    tx.remove(row)


@command(Permission.MENU_STOP)
def stop_product(tx: Transaction, product_id: int, remaining: int = 0) -> None:
    """Put a product on the stop list; `remaining` thousandths of it may still be sold."""
    if tx.find(Product, product_id) is None:
        raise NotFoundError(msg("There is no product {number}.", number=product_id))
    if not 0 <= remaining <= LIMIT_QUANTITY:
        raise InvalidError(msg("What is left cannot be below nothing."), field="remaining")
    row = tx.find(StopEntry, product_id)
    if row:
        row.remaining = remaining
    else:
        tx.add(StopEntry(product_id=product_id, remaining=remaining, since=tx.at))


@command(Permission.MENU_STOP)
def release_product(tx: Transaction, product_id: int) -> None:
    """Take a product off the stop list."""
    row = tx.find(StopEntry, product_id)
    if row is None:
        raise NotFoundError(msg("It is not on the stop list."))
    tx.remove(row)
