"""Many products at once: prices, category, the archive. All of it, or nothing."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence

from sqlalchemy import select

from desktop_app.db.operation import command, query
from desktop_app.db.transaction import Transaction
from desktop_app.kernel.access import Permission
from desktop_app.kernel.errors import ConflictError, InvalidError, NotFoundError
from desktop_app.kernel.words import msg
from desktop_app.menu.editing import refuse_archived, refuse_used
from desktop_app.menu.prices import remember_price, write_price
from desktop_app.menu.repricing import PriceStep, RepriceTerms, check_terms, repriced
from desktop_app.menu.rules import check_price
from desktop_app.menu.tables import (
    Category,
    ListPrice,
    PriceList,
    Product,
    ProductVariant,
    RecipeLine,
    SizePart,
)

_CHUNK = 500
MOST = 20_000
"""A menu has no more."""


@query(Permission.MENU_READ)
def preview_prices(
    tx: Transaction, product_ids: Sequence[int], terms: RepriceTerms, list_id: int | None = None
) -> Sequence[PriceStep]:
    """Return what prices of these products become by the terms, those that change, by name.

    Of the menu, or of a price list: there its own prices, or those of the menu with `from_menu`.
    """
    check_terms(terms)
    if list_id is None and terms.from_menu:
        raise InvalidError(msg("Only prices of a price list come from the menu."), field="list_id")
    if list_id is not None and tx.find(PriceList, list_id) is None:
        raise NotFoundError(msg("There is no price list {number}.", number=list_id))
    steps = []
    own = _list_prices(tx, list_id)
    for id_, name, size, usual in _prices(tx, product_ids):
        old: int | None = usual if list_id is None else own.get((id_, size))
        base = usual if terms.from_menu else old
        if base is None:
            continue
        new = repriced(base, terms)
        if new != old:
            steps.append(PriceStep(id_, name, size, list_id, old, new))
    return steps


@command(Permission.MENU_PRICES)
def change_prices(tx: Transaction, steps: Sequence[PriceStep]) -> int:
    """Change many prices, and return how many.

    ConflictError where one is not what the step says it was: somebody changed it meanwhile.
    """
    _check_many(steps)
    for step in steps:
        _refuse_other(tx, step)
        if step.list_id is None:
            write_price(tx, step.product_id, step.variant, check_price(step.new_minor or 0))
        else:
            _write_list_price(tx, step, step.list_id)
    tx.about(f"{len(steps)} prices", prices=len(steps))
    return len(steps)


@command(Permission.MENU_EDIT)
def move_products(tx: Transaction, places: Sequence[tuple[int, int | None]]) -> int:
    """Put products into other categories (None for none); return how many went elsewhere."""
    _check_many(places)
    for wanted in {place for _, place in places if place is not None}:
        if tx.find(Category, wanted) is None:
            raise NotFoundError(msg("There is no category {number}.", number=wanted))
    moved = 0
    for product_id, category_id in places:
        row = _product(tx, product_id)
        if row.category_id != category_id:
            row.category_id = category_id
            row.version += 1
            moved += 1
    return moved


@command(Permission.MENU_EDIT)
def archive_products(tx: Transaction, product_ids: Sequence[int], *, archived: bool) -> int:
    """Put products into the archive, or take them out of it; return how many were not there.

    ConflictError where one stands in the card of a product that stays, or takes one that does.
    """
    _check_many(product_ids)
    rows = [_product(tx, one) for one in dict.fromkeys(product_ids)]
    changed = [row for row in rows if row.active == archived]
    for row in changed:
        row.active = not archived
        row.version += 1
    tx.add_all(())  # what is looked at below is as it will be
    for row in changed:
        if archived:
            refuse_used(tx, row, msg("Take it out of these technical cards first."))
        else:
            refuse_archived(tx, _parts(tx, row.id))
    return len(changed)


def _parts(tx: Transaction, product_id: int) -> Collection[int]:
    found: set[int] = set()
    for table in (RecipeLine, SizePart):
        lines = select(table.ingredient_id).where(table.product_id == product_id)
        found.update(one for (one,) in tx.rows(lines))
    return found


def _check_many(some: Sequence[object]) -> None:
    if not some:
        raise InvalidError(msg("Nothing is chosen."), hint=msg("Choose products in the list."))
    if len(some) > MOST:
        raise InvalidError(msg("At most {most} at once.", most=MOST))


def _product(tx: Transaction, product_id: int) -> Product:
    row = tx.find(Product, product_id)
    if row is None:
        raise NotFoundError(msg("There is no product {number}.", number=product_id))
    return row


def _prices(tx: Transaction, product_ids: Sequence[int]) -> Iterator[tuple[int, str, str, int]]:
    """Yield number, name, size and the menu's price of what is sold of these."""
    found: list[tuple[int, str, str, int]] = []
    numbers = sorted(set(product_ids))
    for start in range(0, len(numbers), _CHUNK):
        rows = tx.rows(
            select(
                Product.id, Product.name, Product.kind, ProductVariant.name,
                ProductVariant.price_minor,
            )
            .join(ProductVariant, ProductVariant.product_id == Product.id)
            .where(Product.id.in_(numbers[start : start + _CHUNK]))
        )  # fmt: skip
        found += [(id_, name, size, price) for id_, name, kind, size, price in rows if kind.is_sold]
    yield from sorted(found, key=lambda one: (one[1], one[0], one[2]))


def _list_prices(tx: Transaction, list_id: int | None) -> dict[tuple[int, str], int]:
    if list_id is None:
        return {}
    rows = tx.rows(
        select(ListPrice.product_id, ListPrice.variant, ListPrice.price_minor).where(
            ListPrice.list_id == list_id
        )
    )
    return {(id_, size): price for id_, size, price in rows}


def _refuse_other(tx: Transaction, step: PriceStep) -> None:
    usual = tx.find(ProductVariant, (step.product_id, step.variant))
    if usual is None:
        raise NotFoundError(
            msg("“{name}” has no variant “{variant}”.", name=step.name, variant=step.variant)
        )
    now: int | None = usual.price_minor
    if step.list_id is not None:
        row = tx.find(ListPrice, (step.list_id, step.product_id, step.variant))
        now = row.price_minor if row else None
    if now != step.old_minor:
        raise ConflictError(
            msg("The price of “{name}” was changed meanwhile.", name=step.name),
            hint=msg("Nothing was changed. Look at the new prices again."),
        )


def _write_list_price(tx: Transaction, step: PriceStep, list_id: int) -> None:
    if tx.get(PriceList, list_id).venue_id != _product(tx, step.product_id).venue_id:
        raise InvalidError(
            msg("“{name}” is of another venue than this price list.", name=step.name),
            field="list",
        )
    row = tx.find(ListPrice, (list_id, step.product_id, step.variant))
    if step.new_minor is None:
        if row is not None:
            tx.remove(row)
    elif row is not None:
        row.price_minor = check_price(step.new_minor)
    else:
        tx.add(
            ListPrice(
                list_id=list_id, product_id=step.product_id, variant=step.variant,
                price_minor=check_price(step.new_minor),
            )
        )  # fmt: skip
    remember_price(tx, step.product_id, step.variant, list_id, (step.old_minor, step.new_minor))
