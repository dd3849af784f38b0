"""The menu of the demonstration, and what guests choose from it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from random import Random

from desktop_app.demo.chance import Wheel
from desktop_app.demo.seasons import Part, Season
from desktop_app.demo.texts import sections
from desktop_app.kernel.money import minor

CURRENCY = "AZN"
_SHARED = " nəfərlik"


@dataclass(frozen=True, slots=True)
class Portion:
    """A dish in one of its sizes. `serves` is how many guests share it."""

    category: str
    name: str
    variant: str
    price_minor: int
    serves: int
    modifiers: Sequence[str]


@dataclass(frozen=True, slots=True)
class Dish:
    """One line of the menu."""

    course: str
    parts: str
    season: Season
    weight: float
    portions: Sequence[Portion]

    def portion(self, rng: Random, guests: int) -> Portion | None:
        """Return a size that suits so many guests, None where even the smallest is too much."""
        if self.portions[-1].serves == 1:
            return self.portions[int(len(self.portions) * rng.random() ** 1.6)]
        fitting = [one for one in self.portions if one.serves <= guests]
        return fitting[-1] if fitting else None


@cache
def dishes() -> Sequence[Dish]:
    """Return the whole menu."""
    return [
        _dish(category, line) for category, lines in sections("menu.txt").items() for line in lines
    ]


@cache
def offered(course: str, part: Part, season: Season) -> Wheel[Dish] | None:
    """Return the dishes of a course at a time, None where there are none."""
    found = [
        (dish, dish.weight)
        for dish in dishes()
        if dish.course == course and part in dish.parts and dish.season in (Season.ALWAYS, season)
    ]
    return Wheel.of(found) if found else None


def _dish(category: str, line: str) -> Dish:
    how, name, sizes, *more = (field.strip() for field in line.split("|"))
    course, parts, season, weight = how.split()
    modifiers = [word.strip() for word in more[0].split(",")] if more else []
    portions = [_portion(category, name, size, modifiers) for size in sizes.split(";")]
    return Dish(course, parts, Season(season), float(weight), portions)


def _portion(category: str, name: str, size: str, modifiers: Sequence[str]) -> Portion:
    variant, _, price = size.strip().rpartition("=")
    serves = int(variant.split()[0]) if variant.endswith(_SHARED) else 1
    return Portion(category, name, variant, minor(price, CURRENCY), serves, modifiers)
