"""What stock is worth, and what a paper must be like. Pure: values in, values or InvalidError out.

The cost is the moving average: what goes out takes its share of the value of what lies there.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction

from desktop_app.kernel.checks import check_text
from desktop_app.kernel.errors import InvalidError
from desktop_app.kernel.words import msg
from desktop_app.menu.rules import FULL_BP, rounded, tax_of

LIMIT_QUANTITY = 10**12
LIMIT_MINOR = 10**12
LONGEST_NOTE = 10_000
LONGEST_REASON = 300


@dataclass(frozen=True, slots=True)
class Level:
    """What lies in a storage: quantity and value, and what it cost when there was some."""

    quantity: int = 0
    value_minor: int = 0
    last_quantity: int = 0
    last_minor: int = 0

    @property
    def unit_cost(self) -> Fraction:
        """Return what one thousandth of the unit costs now."""
        if self.quantity > 0:
            return Fraction(self.value_minor, self.quantity)
        return Fraction(self.last_minor, self.last_quantity) if self.last_quantity else Fraction(0)


def taken(level: Level, quantity: int) -> tuple[Level, int]:
    """Return the level without `quantity` (above 0), and what that was worth.

    There can be less than nothing: it is valued at what the product cost last, until more comes.
    """
    last = (
        (level.quantity, level.value_minor)
        if level.quantity > 0
        else (level.last_quantity, level.last_minor)
    )
    if quantity == level.quantity:
        cost = level.value_minor
    else:
        cost = rounded(last[1] * quantity, last[0]) if last[0] else 0
    return Level(level.quantity - quantity, level.value_minor - cost, *last), cost


def added(level: Level, quantity: int, cost_minor: int) -> tuple[Level, int]:
    """Return the level with `quantity` (above 0) more at a cost, and what has to be revalued.

    Where there was less than nothing, what had gone out gets the price of what came.
    """
    whole = level.quantity + quantity
    value = level.value_minor + cost_minor
    revalued = 0
    if level.quantity < 0:
        revalued = round(Fraction(cost_minor * whole, quantity)) - value
    elif whole == 0:
        revalued = -value
    value += revalued
    last = (whole, value) if whole > 0 else (quantity, cost_minor)
    return Level(whole, value, *last), revalued


def put_back(level: Level, quantity: int, cost_minor: int) -> tuple[Level, int]:
    """Return the level with `quantity` (above 0) back at what it was taken for; and the revaluing.

    Nothing is revalued but a value that would be left with no quantity.
    """
    whole, value = level.quantity + quantity, level.value_minor + cost_minor
    revalued = -value if whole == 0 else 0
    return Level(whole, value + revalued, level.last_quantity, level.last_minor), revalued


@dataclass(frozen=True, slots=True)
class LineSums:
    """What a line of a supply comes to. `net + tax == total`."""

    discount_minor: int
    net_minor: int
    tax_minor: int

    @property
    def total_minor(self) -> int:
        """Return what is paid for the line."""
        return self.net_minor + self.tax_minor


def line_sums(amount_minor: int, discount_bp: int, tax_bp: int, *, included: bool) -> LineSums:
    """Return what a line of a supply comes to, after its discount."""
    discount = round(Fraction(amount_minor * discount_bp, FULL_BP))
    net, tax = tax_of(amount_minor - discount, tax_bp, included=included)
    return LineSums(discount, net, tax)


def priced(price_minor: int, much: int) -> int:
    """Return what `much` thousandths cost at a price for one, halves rounded up."""
    return (price_minor * much + 500) // 1000


def unit_cost(amount_minor: int, quantity: int, unit: int) -> int:
    """Return what a `unit` of thousandths costs where `quantity` of them cost an amount."""
    return round(Fraction(amount_minor * unit, quantity)) if quantity else 0


def check_quantity(quantity: int, *, zero: bool = False, field: str = "quantity") -> int:
    """Return a quantity that can be one: above nothing, or from nothing on with `zero`."""
    if quantity < 0:
        raise InvalidError(
            msg("A quantity cannot be negative."),
            field=field,
            hint=msg("What goes out is a write-off; a mistake is taken back as a whole."),
        )
    if quantity == 0 and not zero:
        raise InvalidError(msg("A quantity of nothing moves nothing."), field=field)
    if quantity >= LIMIT_QUANTITY:
        raise InvalidError(msg("This quantity is too large to be one."), field=field)
    return quantity


def check_amount(amount_minor: int, field: str = "amount") -> int:
    """Return an amount of money that can stand on an invoice."""
    if amount_minor < 0:
        raise InvalidError(msg("An amount cannot be negative."), field=field)
    if amount_minor >= LIMIT_MINOR:
        raise InvalidError(msg("This amount is too large to be one."), field=field)
    return amount_minor


def check_share(share_bp: int, field: str) -> int:
    """Return a discount or a tax in hundredths of a per cent, from nothing to all."""
    if not 0 <= share_bp <= FULL_BP:
        raise InvalidError(msg("Per cent go from 0 to 100."), field=field)
    return share_bp


def check_reason(reason: str) -> str:
    """Return why something was done; it has to be said."""
    cleaned = check_text(reason, LONGEST_REASON, "reason")
    if not cleaned:
        raise InvalidError(msg("Say why."), field="reason")
    return cleaned


def check_lines(products: Sequence[int], *, once: bool = True) -> None:
    """Refuse a paper without lines, and one that names a product twice."""
    if not products:
        raise InvalidError(msg("There is no line yet."), field="lines")
    if once and len(set(products)) != len(products):
        raise InvalidError(
            msg("A product stands in two lines."),
            field="lines",
            hint=msg("Put them together into one."),
        )


def packed(packages: int, factor: int) -> int:
    """Return the quantity of `packages` (thousandths) that hold `factor` thousandths each."""
    whole, rest = divmod(packages * factor, 1000)
    if rest:
        raise InvalidError(
            msg("This part of a package is no whole thousandth of the unit."), field="quantity"
        )
    return whole


def packages_for(much: int, factor: int) -> int:
    """Return how many whole packages of `factor` thousandths it takes to have `much`."""
    return max(0, -(-much // factor))


def lasting(there: int, used: int, days: int) -> int | None:
    """Return for how many whole days there is enough, as `used` went in `days`; None for nobody."""
    return max(0, there) * days // used if used > 0 else None


def portions(share: Fraction, sold: int) -> int:
    """Return how much of an ingredient goes with `sold` thousandths of a product.

    Whole pieces take a whole number of thousandths each, so that a sale and its return cancel.
    """
    if sold % 1000 == 0:
        return round(share * 1000) * (sold // 1000)
    return round(share * sold)


def share_of(amount: int, part: int, whole: int) -> int:
    """Return the part of an amount that belongs to `part` of `whole`; all of it for all."""
    return amount if part == whole else round(Fraction(amount * part, whole))


def split(amount: int, weights: Iterable[int]) -> list[int]:
    """Share an amount out by weights; the parts add up to it. The last takes what is left."""
    some = list(weights)
    whole = sum(some)
    parts: list[int] = []
    seen = given = 0
    for weight in some:
        seen += weight
        upto = amount if seen == whole else round(Fraction(amount * seen, whole or 1))
        parts.append(upto - given)
        given = upto
    return parts
