"""What the kitchen of the demonstration buys, prepares and sells, as its file says."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from desktop_app.demo.menu import CURRENCY, Dish, dishes
from desktop_app.demo.texts import sections
from desktop_app.kernel.money import minor
from desktop_app.kernel.quantity import thousandths
from desktop_app.menu.kinds import ProductKind, Unit

_FILE = "recipes.txt"
BOUGHT, PREPARED = "Xammal", "Yarımfabrikatlar"


@dataclass(frozen=True, slots=True)
class Taken:
    """A part of a card: what is taken, how much, and what is left of it."""

    name: str
    gross: int
    net: int


@dataclass(frozen=True, slots=True)
class Item:
    """A product of the demonstration, named as on receipts."""

    name: str
    kind: ProductKind
    category: str
    unit: Unit = Unit.PIECE
    cost_minor: int = 0
    output: int = 1000
    parts: Sequence[Taken] = ()
    allergens: str = ""


@dataclass(frozen=True, slots=True)
class Question:
    """A group of choices, and the categories and dishes it belongs to."""

    name: str
    least: int
    most: int
    answers: Sequence[tuple[str, int]]
    of: frozenset[str]


@cache
def items() -> Sequence[Item]:
    """Return every product: what is bought, what is prepared, and the menu in its order."""
    return [*_bought(), *_prepared(), *map(_sold, dishes())]


@cache
def questions() -> Sequence[Question]:
    """Return the groups of choices."""
    return [_question(line) for line in sections(_FILE)["Modifikatorlar"]]


@cache
def stations() -> Mapping[str, Sequence[str]]:
    """Return the stations and the categories that are made there."""
    fields = (_fields(line) for line in sections(_FILE)["Stansiyalar"])
    return {name: _listed(categories) for name, categories in fields}


def _bought() -> list[Item]:
    found = []
    for line in sections(_FILE)[BOUGHT]:
        name, unit, price, *allergens = _fields(line)
        cost = minor(price, CURRENCY)
        found.append(
            Item(
                name, ProductKind.INGREDIENT, BOUGHT, Unit(unit), cost,
                allergens=allergens[0] if allergens else "",
            )
        )  # fmt: skip
    return found


def _prepared() -> list[Item]:
    found = []
    for line in sections(_FILE)[PREPARED]:
        name, unit, output, parts = _fields(line)
        found.append(
            Item(
                name, ProductKind.PREPARATION, PREPARED, Unit(unit),
                output=thousandths(output), parts=_parts(parts),
            )
        )  # fmt: skip
    return found


def _sold(dish: Dish) -> Item:
    first = dish.portions[0]
    cost = _goods().get(first.name)
    if cost is not None:
        return Item(first.name, ProductKind.GOODS, first.category, cost_minor=cost)
    parts = _cards().get(first.name, ())
    return Item(first.name, ProductKind.DISH, first.category, parts=parts)


@cache
def _cards() -> Mapping[str, Sequence[Taken]]:
    fields = (_fields(line) for line in sections(_FILE)["Kartlar"])
    return {name: _parts(parts) for name, parts in fields}


@cache
def _goods() -> Mapping[str, int]:
    fields = (_fields(line) for line in sections(_FILE)["Mallar"])
    return {name: minor(cost, CURRENCY) for name, cost in fields}


def _question(line: str) -> Question:
    name, least, most, answers, of = _fields(line)
    priced = (one.partition("=") for one in _listed(answers))
    return Question(
        name, int(least), int(most),
        [(answer, minor(price or "0", CURRENCY)) for answer, _, price in priced],
        frozenset(_listed(of)),
    )  # fmt: skip


def _parts(text: str) -> Sequence[Taken]:
    found = []
    for one in _listed(text):
        name, _, amount = one.rpartition(" ")
        gross, _, net = amount.partition("/")
        found.append(Taken(name, thousandths(gross), thousandths(net or gross)))
    return found


def _fields(line: str) -> list[str]:
    return [one.strip() for one in line.split("|")]


def _listed(text: str) -> list[str]:
    return [one.strip() for one in text.split(";")]
