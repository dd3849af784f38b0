"""What makes a good technical card. Pure: values in, values or InvalidError out.

Quantities are whole thousandths of a unit; inside, shares are exact fractions, so that the
cost of a recipe tree is the cost of its ingredients to the last digit.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import lcm

from desktop_app.kernel.errors import InvalidError
from desktop_app.kernel.text import clean
from desktop_app.kernel.words import msg

LIMIT_PRICE_MINOR = 100_000_000
"""A price above a million is a typing error."""
LIMIT_QUANTITY = 10**12
FULL_BP = 10_000
_FREE = Fraction(0)
_GTIN_LENGTHS = {8, 12, 13, 14}


@dataclass(frozen=True, slots=True)
class Part:
    """One line of a technical card."""

    ingredient_id: int
    net: int
    gross: int


@dataclass(frozen=True, slots=True)
class Recipe:
    """What makes `output` thousandths of a product."""

    output: int
    parts: Sequence[Part]


Recipes = Mapping[int, Recipe]


def loop_through(recipes: Recipes, product_id: int, parts: Iterable[Part]) -> Sequence[int]:
    """Return the way on which a product would contain itself, back to it; or nothing."""
    seen: set[int] = set()
    waiting: list[tuple[int, tuple[int, ...]]] = [
        (part.ingredient_id, (product_id,)) for part in parts
    ]
    while waiting:
        current, way = waiting.pop()
        if current == product_id:
            return [*way, current]
        if current in seen:
            continue
        seen.add(current)
        recipe = recipes.get(current)
        if recipe:
            waiting.extend((part.ingredient_id, (*way, current)) for part in recipe.parts)
    return []


def flatten(
    recipes: Recipes, product_id: int, *, stops: frozenset[int] = frozenset()
) -> Mapping[int, Fraction]:
    """Return how much of each ingredient one thousandth of a product takes, through every level.

    What is in `stops` is taken as it is although it has a recipe of its own (it was made ahead). A
    product without a recipe is its own ingredient.
    """
    found: dict[int, Fraction] = {}
    waiting = [(product_id, Fraction(1), True)]
    while waiting:
        current, share, is_top = waiting.pop()
        recipe = recipes.get(current)
        if recipe is None or not recipe.parts or (current in stops and not is_top):
            found[current] = found.get(current, Fraction(0)) + share
            continue
        waiting.extend(
            (part.ingredient_id, share * part.gross / recipe.output, False) for part in recipe.parts
        )
    return found


def tree_cost(
    recipes: Recipes,
    costs: Mapping[int, Fraction],
    product_id: int,
    known: dict[int, Fraction] | None = None,
) -> Fraction:
    """Return what one thousandth of a product costs in minor units, level by level.

    What was found is kept in `known`: whoever asks for many products of the same recipes gives the
    same one each time.
    """
    kept = {} if known is None else known

    def cost(current: int) -> Fraction:
        found = kept.get(current)
        if found is None:
            recipe = recipes.get(current)
            if recipe is None or not recipe.parts:
                found = costs.get(current, _FREE)
            else:
                found = recipe_cost(recipe, cost)
            kept[current] = found
        return found

    return cost(product_id)


def recipe_cost(recipe: Recipe, cost: Callable[[int], Fraction]) -> Fraction:
    """Return what one thousandth of what a recipe makes costs, by the cost of its ingredients.

    The sum is exact, over one common denominator: one gcd a card.
    """
    parts = [(part.gross, cost(part.ingredient_id)) for part in recipe.parts]
    output = recipe.output
    common = lcm(*(cost.denominator for _, cost in parts))
    total = sum(gross * cost.numerator * (common // cost.denominator) for gross, cost in parts)
    return Fraction(total, common * output)


def flat_cost(recipes: Recipes, costs: Mapping[int, Fraction], product_id: int) -> Fraction:
    """Return the same cost from the flattened recipe; a test holds one against the other."""
    return sum(
        (
            share * costs.get(ingredient, Fraction(0))
            for ingredient, share in flatten(recipes, product_id).items()
        ),
        Fraction(0),
    )


def tax_of(amount_minor: int, tax_bp: int, *, included: bool) -> tuple[int, int]:
    """Return (net, tax) of an amount at a rate of `tax_bp` hundredths of a per cent.

    `included` says that the amount has the tax inside. Net and tax always add up to what is paid.
    """
    if not tax_bp:
        return amount_minor, 0
    if included:
        tax = rounded(amount_minor * tax_bp, FULL_BP + tax_bp)
        return amount_minor - tax, tax
    return amount_minor, rounded(amount_minor * tax_bp, FULL_BP)


def rounded(amount: int, parts: int) -> int:
    """Return an amount divided by `parts` (above 0), a half to the even side, as round() does.

    Without a Fraction in between: a menu of thousands asks for three of them a product.
    """
    whole, rest = divmod(amount, parts)
    return whole + (2 * rest > parts or (2 * rest == parts and whole % 2 == 1))


def margin_bp(price_net_minor: int, cost_minor: Fraction, times: int = 1) -> int | None:
    """Return the gross margin in hundredths of a per cent of the price; None without a price.

    What is sold costs `times` what is given.
    """
    if price_net_minor <= 0:
        return None
    parts = cost_minor.denominator
    left = price_net_minor * parts - cost_minor.numerator * times
    return rounded(left * FULL_BP, price_net_minor * parts)


def least_price(prices: Iterable[int]) -> int | None:
    """Return the price a margin is said for: the least above nothing; None where there is none."""
    known = list(prices)
    return min((one for one in known if one > 0), default=0) if known else None


def check_name(name: str) -> str:
    """Return the name as it will be stored."""
    cleaned = clean(name)
    if not cleaned:
        raise InvalidError(msg("It needs a name."), field="name")
    if len(cleaned) > 300:  # noqa: PLR2004 - the column's width
        raise InvalidError(msg("A name has at most 300 letters."), field="name")
    return cleaned


def check_price(price_minor: int, field: str = "price") -> int:
    """Return a price that can be one."""
    if price_minor < 0:
        raise InvalidError(
            msg("A price cannot be negative."),
            field=field,
            hint=msg("To give money back, refund the receipt."),
        )
    if price_minor > LIMIT_PRICE_MINOR:
        raise InvalidError(
            msg("This price is above a million."),
            field=field,
            hint=msg("Check the decimal point."),
        )
    return price_minor


def check_tax(tax_bp: int) -> int:
    """Return a tax rate between nothing and a hundred per cent."""
    if not 0 <= tax_bp <= FULL_BP:
        raise InvalidError(msg("A tax is between 0 and 100 per cent."), field="tax")
    return tax_bp


def check_barcode(barcode: str) -> str:
    """Return a barcode without blanks; one of the GTIN lengths must have the right check digit.

    Shorter and other codes are a restaurant's own. Source: GS1 General Specifications, 7.9.
    """
    code = "".join(barcode.split())
    if not code:
        return ""
    if len(code) > 64 or not code.isascii() or not code.isprintable():  # noqa: PLR2004 - the column
        raise InvalidError(msg("This is not a barcode."), field="barcode")
    if code.isdigit() and len(code) in _GTIN_LENGTHS and _gtin_digit(code[:-1]) != int(code[-1]):
        raise InvalidError(
            msg("The last digit of the barcode does not fit the others."),
            field="barcode",
            hint=msg("One of its digits was read or typed wrongly; scan it again."),
        )
    return code


def _gtin_digit(digits: str) -> int:
    total = sum(int(d) * (3 if n % 2 == 0 else 1) for n, d in enumerate(reversed(digits)))
    return -total % 10


def check_parts(parts: Sequence[Part]) -> None:
    """Raise InvalidError where a line of a technical card cannot be."""
    for number, part in enumerate(parts, 1):
        if not 0 < part.gross <= LIMIT_QUANTITY:
            raise InvalidError(
                msg("Line {number}: the gross quantity must be above nothing.", number=number),
                field="recipe",
            )
        if not 0 <= part.net <= part.gross:
            raise InvalidError(
                msg("Line {number}: net is at most gross.", number=number),
                field="recipe",
                hint=msg("Gross is what is taken from the storage, net what is left of it."),
            )
    ids = [part.ingredient_id for part in parts]
    if len(set(ids)) != len(ids):
        raise InvalidError(
            msg("An ingredient stands in the card twice."),
            field="recipe",
            hint=msg("Put both quantities into one line."),
        )


def check_choice(min_select: int, max_select: int, choices: int) -> None:
    """Raise InvalidError where nobody could choose so."""
    if not 0 <= min_select <= max_select:
        raise InvalidError(
            msg(
                "At least {least} and at most {most} cannot both be.",
                least=min_select,
                most=max_select,
            ),
            field="max_select",
        )
    if min_select > choices:
        raise InvalidError(
            msg(
                "There are {count} choices, and at least {least} are asked for.",
                count=choices,
                least=min_select,
            ),
            field="min_select",
        )
