"""ABC and menu engineering: pure decisions about what sells. Amounts in minor units."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction

from desktop_app.kernel.words import Message, msg

A_UP_TO = Fraction(80, 100)
B_UP_TO = Fraction(95, 100)
POPULAR = Fraction(70, 100)
"""A dish is popular that sells at least 70 % of what the average dish sells (Kasavana, Smith)."""


class Dish(StrEnum):
    """The four fields of menu engineering."""

    STAR = "star"
    PLOUGH_HORSE = "plough-horse"
    PUZZLE = "puzzle"
    DOG = "dog"


DISHES: Mapping[Dish, Message] = {
    Dish.STAR: msg("Star"),
    Dish.PLOUGH_HORSE: msg("Plough horse"),
    Dish.PUZZLE: msg("Puzzle"),
    Dish.DOG: msg("Dog"),
}


@dataclass(frozen=True, slots=True)
class Sold:
    """What was sold of a product: thousandths, and what it brought beyond its cost."""

    quantity: int
    margin_minor: int


def abc(amounts: Sequence[int]) -> list[str]:
    """Return A, B or C for amounts that fall: A brings the first 80 %, B the next 15 %.

    The product that passes a bound still belongs to the class before it; what brings nothing is C.
    """
    whole = sum(amount for amount in amounts if amount > 0)
    found: list[str] = []
    before = 0
    for amount in amounts:
        share = Fraction(before, whole) if whole else Fraction(1)
        if amount <= 0:
            found.append("C")
            continue
        found.append("A" if share < A_UP_TO else "B" if share < B_UP_TO else "C")
        before += amount
    return found


def engineered(dishes: Sequence[Sold]) -> list[Dish]:
    """Return the field of each dish: how often it sells against what one portion brings."""
    quantity = sum(dish.quantity for dish in dishes)
    margin = sum(dish.margin_minor for dish in dishes)
    if quantity <= 0:
        return [Dish.DOG for _ in dishes]
    popular = POPULAR * Fraction(quantity, len(dishes))
    mean = Fraction(margin, quantity)
    return [_field(dish, popular, mean) for dish in dishes]


def _field(dish: Sold, popular: Fraction, mean: Fraction) -> Dish:
    often = dish.quantity >= popular
    rich = dish.quantity > 0 and Fraction(dish.margin_minor, dish.quantity) >= mean
    if often:
        return Dish.STAR if rich else Dish.PLOUGH_HORSE
    return Dish.PUZZLE if rich else Dish.DOG


def share(part: int, whole: int) -> int:
    """Return a part of a whole in hundredths of a percent."""
    return round(part * 10_000 / whole) if whole else 0
