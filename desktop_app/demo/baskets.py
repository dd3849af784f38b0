"""What a party orders: portions and how many of each."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from random import Random

from desktop_app.demo.chance import Wheel
from desktop_app.demo.menu import Portion, offered
from desktop_app.demo.seasons import Part, Season, is_ramazan, season_of
from desktop_app.demo.texts import people
from desktop_app.kernel.quantity import ONE
from desktop_app.orders.records import IncomingLine

PARTIES = Wheel.of([(1, 17), (2, 45), (3, 16), (4, 14), (5, 3), (6, 3), (8, 1.4), (12, 0.4)])
TAKEN_AWAY = Wheel.of([(1, 55), (2, 32), (3, 10), (5, 3)])
_TRIES = 6
# How many of each course a guest has, by part of the day.
_APPETITE = {
    Part.BREAKFAST: {"breakfast": 1.0, "bread": 0.4, "hot": 0.9, "drink": 0.25},
    Part.LUNCH: {
        "main": 0.7, "soup": 0.3, "starter": 0.25, "side": 0.15, "bread": 0.45, "drink": 0.55,
        "hot": 0.3,
    },
    Part.AFTERNOON: {"dessert": 0.65, "hot": 0.75, "starter": 0.25, "side": 0.5, "drink": 0.3},
    Part.DINNER: {
        "main": 0.9, "soup": 0.1, "starter": 0.4, "side": 0.3, "bread": 0.45, "drink": 0.6,
        "bar": 0.2, "hot": 0.35, "dessert": 0.18,
    },
}  # fmt: skip
_AT_TABLE_ONLY = frozenset({"hot", "bar"})


@dataclass(slots=True)
class Basket:
    """Portions with their numbers, in the order they were asked for."""

    portions: dict[int, tuple[Portion, int]] = field(default_factory=dict)

    def add(self, portion: Portion, number: int = 1) -> None:
        """Add some of a portion."""
        found = self.portions.get(id(portion))
        self.portions[id(portion)] = (portion, number + (found[1] if found else 0))

    def lines(self, rng: Random, discount_percent: int) -> list[IncomingLine]:
        """Return the lines of the order, each with its part of the discount."""
        return [
            _line(rng, portion, number, discount_percent)
            for portion, number in self.portions.values()
        ]


def basket(rng: Random, day: date, part: Part, guests: int, *, at_table: bool) -> Basket:
    """Return what so many guests order."""
    season, fasting = season_of(day), is_ramazan(day)
    chosen = Basket()
    for course, each in _APPETITE[part].items():
        if not at_table and course in _AT_TABLE_ONLY:
            continue
        wanted = guests * each * (0.3 if fasting and course == "bar" else 1.0)
        number = int(wanted + rng.random())
        if number:
            _course(rng, chosen, (course, part, season), number)
    if not chosen.portions:
        _course(rng, chosen, ("bread", part, season), 1)
    return chosen


def _course(rng: Random, chosen: Basket, course: tuple[str, Part, Season], number: int) -> None:
    wheel = offered(*course)
    left = number if wheel else 0
    for _ in range(_TRIES * number):
        if left <= 0 or wheel is None:
            return
        portion = wheel.turn(rng).portion(rng, left)
        if portion is not None:
            chosen.add(portion)
            left -= portion.serves


def _line(rng: Random, portion: Portion, number: int, discount_percent: int) -> IncomingLine:
    gross = portion.price_minor * number
    discount = (gross * discount_percent + 50) // 100
    chance = rng.random()
    modifier = ""
    if portion.modifiers and chance < 0.12:  # noqa: PLR2004 - about one in eight asks
        modifier = rng.choice(portion.modifiers)
    return IncomingLine(
        name=portion.name,
        quantity=number * ONE,
        total_minor=gross - discount,
        category=portion.category,
        variant=portion.variant,
        unit_price_minor=portion.price_minor,
        gross_minor=gross,
        discount_minor=discount,
        modifiers=modifier,
        note=rng.choice(people("order notes")) if chance > 0.996 else "",  # noqa: PLR2004
    )
