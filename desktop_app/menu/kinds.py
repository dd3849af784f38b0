"""The words of the menu: what a product is, and in what it is measured."""

from __future__ import annotations

from enum import StrEnum

from desktop_app.kernel.errors import InvalidError
from desktop_app.kernel.words import Message, msg


class ProductKind(StrEnum):
    """What a product is. Everything that is sold or stocked is one."""

    DISH = "dish"
    """Made by a recipe (its technical card) when it is sold."""
    GOODS = "goods"
    """Bought and sold as it is: a bottle of water."""
    TIMED = "timed"
    """Sold by the minute: a billiard table."""
    PREPARATION = "preparation"
    """Made by a recipe ahead of time and used in others: a sauce."""
    INGREDIENT = "ingredient"
    """Bought, and used in recipes."""

    @property
    def is_sold(self) -> bool:
        """Tell whether it has a price and stands on receipts."""
        return self in {ProductKind.DISH, ProductKind.GOODS, ProductKind.TIMED}

    @property
    def has_recipe(self) -> bool:
        """Tell whether it is made of other products."""
        return self in {ProductKind.DISH, ProductKind.PREPARATION, ProductKind.TIMED}

    @property
    def is_stocked(self) -> bool:
        """Tell whether it lies in a storage."""
        return self in {ProductKind.GOODS, ProductKind.PREPARATION, ProductKind.INGREDIENT}


class Unit(StrEnum):
    """In what a product is measured. Quantities are whole thousandths of it."""

    GRAM = "g"
    MILLILITRE = "ml"
    PIECE = "pcs"

    @property
    def whole(self) -> int:
        """Return the thousandths of a kilogram, a litre or a piece: what costs are said for."""
        return 1000 if self is Unit.PIECE else 1_000_000

    @property
    def least(self) -> int:
        """Return the thousandths of the least that one buys loose: 100 g or ml, a piece."""
        return 1000 if self is Unit.PIECE else 100_000


KIND_TITLES: dict[ProductKind, Message] = {
    ProductKind.DISH: msg("Dish"),
    ProductKind.GOODS: msg("Goods"),
    ProductKind.TIMED: msg("Timed item"),
    ProductKind.PREPARATION: msg("Preparation"),
    ProductKind.INGREDIENT: msg("Ingredient"),
}

UNIT_TITLES: dict[Unit, Message] = {
    Unit.GRAM: msg("g"),
    Unit.MILLILITRE: msg("ml"),
    Unit.PIECE: msg("pcs"),
}

WHOLE_TITLES: dict[Unit, Message] = {
    Unit.GRAM: msg("kg"),
    Unit.MILLILITRE: msg("l"),
    Unit.PIECE: msg("piece"),
}

_MEASURED: dict[Unit, Message] = {
    Unit.GRAM: msg("It is measured in g or kg."),
    Unit.MILLILITRE: msg("It is measured in ml or l."),
    Unit.PIECE: msg("It is counted in pieces: pcs."),
}


def check_unit(name: str, own: Unit, typed: Unit | None, field: str = "line") -> None:
    """Raise InvalidError where a product is measured in another unit than was typed with it."""
    if typed not in (None, own):
        raise InvalidError(
            msg("“{name}” is not measured in this unit.", name=name),
            field=field,
            hint=_MEASURED[own],
        )
