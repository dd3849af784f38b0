"""Stations, and groups of choices."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import Select, select

from desktop_app.db.operation import command
from desktop_app.db.transaction import Transaction
from desktop_app.kernel.access import Permission
from desktop_app.kernel.errors import ConflictError, InvalidError, NotFoundError
from desktop_app.kernel.text import fold
from desktop_app.kernel.words import msg
from desktop_app.menu.names import free_name
from desktop_app.menu.records import ChoiceForm
from desktop_app.menu.rules import LIMIT_QUANTITY, check_choice, check_name, check_price
from desktop_app.menu.tables import (
    Modifier,
    ModifierGroup,
    Product,
    ProductModifiers,
    Station,
)
from desktop_app.venue.operations import the_venue

_NAMED = 5
_LETTERS = 200


@command(Permission.MENU_EDIT)
def add_station(tx: Transaction, name: str) -> int:
    """Add a place where dishes are made, and return its number."""
    venue_id = the_venue(tx).id
    cleaned = free_name(tx, Station, venue_id, name, None)
    return tx.add(Station(id=tx.ids.one(), venue_id=venue_id, name=cleaned)).id


@command(Permission.MENU_EDIT)
def rename_station(tx: Transaction, station_id: int, name: str) -> None:
    """Give a place where dishes are made another name; its dishes stay."""
    row = _station(tx, station_id)
    row.name = free_name(tx, Station, row.venue_id, name, row.id)


@command(Permission.MENU_EDIT)
def save_choices(
    tx: Transaction,
    group_id: int | None,
    name: str,
    limits: tuple[int, int],
    choices: Sequence[ChoiceForm],
    *,
    follows_size: bool = False,
    version: int | None = None,
) -> int:
    """Add a group of choices, or change it, and return its number.

    Where it `follows_size`, a size takes its factor of what a choice takes.
    ConflictError where somebody changed it since `version` was read.
    """
    venue_id = the_venue(tx).id
    cleaned = free_name(tx, ModifierGroup, venue_id, name, group_id)
    check_choice(*limits, len(choices))
    for choice in choices:
        _check_taken(tx, choice)
    _refuse_twins(choices)
    if group_id is None:
        row = ModifierGroup(
            id=tx.ids.one(), venue_id=venue_id, name=cleaned, min_select=limits[0],
            max_select=limits[1],
        )  # fmt: skip
        tx.add(row)
    else:
        row = tx.get(ModifierGroup, group_id)
        if version not in (None, row.version):
            raise ConflictError(
                msg("Somebody else has changed “{name}” meanwhile.", name=row.name),
                hint=msg("Open it again to see what it is now, then make your change."),
            )
        row.name, (row.min_select, row.max_select) = cleaned, limits
        row.version += 1
    row.follows_size = follows_size
    _write_choices(tx, row.id, choices)
    return row.id


def _write_choices(tx: Transaction, group_id: int, choices: Sequence[ChoiceForm]) -> None:
    rows = tx.objects(
        select(Modifier).where(Modifier.group_id == group_id).order_by(Modifier.line_no)
    )
    for number, choice in enumerate(choices, 1):
        row = rows[number - 1] if number <= len(rows) else None
        if row is None:
            row = Modifier(group_id=group_id, line_no=number)
        row.name, row.price_minor = check_name(choice.name), choice.price_minor
        row.ingredient_id, row.quantity = choice.ingredient_id, choice.quantity
        if number > len(rows):
            tx.add(row)
    for row in rows[len(choices) :]:
        tx.remove(row)


def _check_taken(tx: Transaction, choice: ChoiceForm) -> None:
    name = check_name(choice.name)
    if len(name) > _LETTERS:
        raise InvalidError(msg("A name has at most 200 letters."), field="choices")
    check_price(choice.price_minor)
    if choice.ingredient_id is None:
        return
    taken = tx.find(Product, choice.ingredient_id)
    if taken is None:
        raise NotFoundError(msg("There is no product {number}.", number=choice.ingredient_id))
    if not taken.active:
        raise InvalidError(
            msg("“{name}” is archived.", name=taken.name),
            field="choices",
            hint=msg("Restore it first, or let the choice take something else."),
        )
    if not 0 <= choice.quantity <= LIMIT_QUANTITY:
        raise InvalidError(
            msg("“{name}”: what it takes cannot be below nothing.", name=name), field="choices"
        )


def _refuse_twins(choices: Sequence[ChoiceForm]) -> None:
    """Refuse two choices of one name: a receipt says them by name."""
    seen: set[str] = set()
    for choice in choices:
        name = fold(" ".join(choice.name.split()))
        if name in seen:
            raise InvalidError(
                msg("“{name}” stands in the group twice.", name=choice.name), field="choices"
            )
        seen.add(name)


@command(Permission.MENU_EDIT)
def remove_station(tx: Transaction, station_id: int) -> None:
    """Remove a station that no product is made at; ConflictError names those that are."""
    row = _station(tx, station_id)
    _refuse_used(
        tx, row.name, select(Product.name).where(Product.station_id == station_id),
    )  # fmt: skip
    tx.remove(row)


@command(Permission.MENU_EDIT)
def remove_choices(tx: Transaction, group_id: int) -> None:
    """Remove a group of choices that no product offers; ConflictError names those that do."""
    row = tx.find(ModifierGroup, group_id)
    if row is None:
        raise NotFoundError(msg("There is no group of choices {number}.", number=group_id))
    _refuse_used(
        tx, row.name,
        select(Product.name)
        .join(ProductModifiers, ProductModifiers.product_id == Product.id)
        .where(ProductModifiers.group_id == group_id),
    )  # fmt: skip
    for choice in tx.objects(select(Modifier).where(Modifier.group_id == group_id)):
        tx.remove(choice)
    tx.remove(row)


def _refuse_used(tx: Transaction, name: str, users: Select[str]) -> None:
    found = [one for (one,) in tx.rows(users.order_by(Product.name).limit(_NAMED))]
    if found:
        raise ConflictError(
            msg("“{name}” is used by {dishes}.", name=name, dishes=", ".join(found)),
            hint=msg("Take it out of their cards first."),
        )


def _station(tx: Transaction, station_id: int) -> Station:
    row = tx.find(Station, station_id)
    if row is None:
        raise NotFoundError(msg("There is no station {number}.", number=station_id))
    return row
