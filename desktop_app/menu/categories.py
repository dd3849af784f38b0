"""The groups of the menu: adding, moving, ordering, and removing those that are empty."""

from __future__ import annotations

import re
from collections.abc import Sequence

from sqlalchemy import func, select

from desktop_app.db.operation import command
from desktop_app.db.transaction import Transaction
from desktop_app.kernel.access import Permission
from desktop_app.kernel.errors import ConflictError, InvalidError, NotFoundError
from desktop_app.kernel.words import msg
from desktop_app.menu.names import free_name
from desktop_app.menu.tables import Category, Product
from desktop_app.venue.operations import the_venue

_NAMED = 5
_LAST_PLACE = 1_000_000
_COLOR = re.compile(r"#[0-9a-fA-F]{6}")


@command(Permission.MENU_EDIT)
def add_category(tx: Transaction, name: str, parent_id: int | None = None, color: str = "") -> int:
    """Add a group of the menu, inside `parent_id` or at the top, behind the others."""
    venue_id = the_venue(tx).id
    cleaned = free_name(tx, Category, venue_id, name, None)
    if parent_id is not None:
        tx.get(Category, parent_id)
    places = select(func.count()).where(Category.venue_id == venue_id)
    row = Category(
        id=tx.ids.one(), venue_id=venue_id, name=cleaned, place=tx.scalar(places),
        parent_id=parent_id, color=_color(color),
    )  # fmt: skip
    return tx.add(row).id


@command(Permission.MENU_EDIT)
def change_category(
    tx: Transaction, category_id: int, name: str, parent_id: int | None, color: str, place: int
) -> None:
    """Rename, move, colour or reorder a group of the menu. It cannot lie inside itself."""
    row = tx.get(Category, category_id)
    row.name = free_name(tx, Category, row.venue_id, name, row.id)
    parents = tx.pairs(select(Category.id, Category.parent_id))
    above = parent_id
    while above is not None:
        if above == category_id:
            raise InvalidError(msg("A category cannot lie inside itself."), field="parent")
        if above not in parents:
            raise NotFoundError(msg("There is no category {number}.", number=above))
        above = parents[above]
    if not 0 <= place <= _LAST_PLACE:
        raise InvalidError(msg("There is no such place among the categories."), field="place")
    row.parent_id, row.color, row.place = parent_id, _color(color), place


@command(Permission.MENU_EDIT)
def order_categories(tx: Transaction, category_ids: Sequence[int]) -> None:
    """Put groups of the menu into this order, at the places they have among the others."""
    rows = [tx.get(Category, one) for one in dict.fromkeys(category_ids)]
    taken = sorted(row.place for row in rows)
    for at, row in enumerate(rows):
        # Places may be equal in a menu that was imported: each is then made larger than the last.
        row.place = max(taken[at], rows[at - 1].place + 1) if at else taken[0]


@command(Permission.MENU_EDIT)
def remove_category(tx: Transaction, category_id: int) -> None:
    """Remove a group of the menu in which nothing lies; ConflictError names what does."""
    row = tx.find(Category, category_id)
    if row is None:
        raise NotFoundError(msg("There is no category {number}.", number=category_id))
    products = select(Product.name).where(Product.category_id == category_id)
    inside = select(Category.name).where(Category.parent_id == category_id)
    names = [name for (name,) in tx.rows(inside.order_by(Category.name).limit(_NAMED))]
    names += [name for (name,) in tx.rows(products.order_by(Product.name).limit(_NAMED))]
    if names:
        raise ConflictError(
            msg("In “{name}” lie {names}.", name=row.name, names=", ".join(names[:_NAMED])),
            hint=msg("Move them to another category first."),
        )
    tx.remove(row)


def _color(color: str) -> str:
    if color and not _COLOR.fullmatch(color):
        raise InvalidError(msg("A colour is written as #RRGGBB."), field="color")
    return color.lower()
