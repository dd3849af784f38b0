"""What a price becomes when many are changed together. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from desktop_app.kernel.errors import InvalidError
from desktop_app.kernel.words import msg
from desktop_app.menu.rules import FULL_BP, LIMIT_PRICE_MINOR

MOST_BP = 10 * FULL_BP
"""Ten times as much again is a typing error."""


@dataclass(frozen=True, slots=True)
class RepriceTerms:
    """By how much: hundredths of a per cent, then an amount; and to what prices are rounded.

    Both may be below nothing. With `from_menu` the prices of a price list are worked out from those
    of the menu, also where the list has none yet; else from its own.
    """

    percent_bp: int = 0
    amount_minor: int = 0
    step_minor: int = 1
    from_menu: bool = False


@dataclass(frozen=True, slots=True)
class PriceStep:
    """One price before and after, in the menu or in a price list; None where it has none there."""

    product_id: int
    name: str
    variant: str
    list_id: int | None
    old_minor: int | None
    new_minor: int | None

    @property
    def back(self) -> PriceStep:
        """Return the step that takes this one back."""
        return PriceStep(
            self.product_id, self.name, self.variant, self.list_id, self.new_minor, self.old_minor
        )


def repriced(price_minor: int, terms: RepriceTerms) -> int:
    """Return a price by these terms: to the nearest step, halves up, never below nothing.

    What costs nothing goes on costing nothing; what costs something costs at least one step.
    """
    if price_minor <= 0:
        return price_minor
    exact = Fraction(price_minor * (FULL_BP + terms.percent_bp), FULL_BP) + terms.amount_minor
    steps = (exact / terms.step_minor * 2 + 1) // 2
    return max(int(steps), 1) * terms.step_minor


def check_terms(terms: RepriceTerms) -> RepriceTerms:
    """Return terms that change something; InvalidError names the field that cannot be."""
    if not -FULL_BP < terms.percent_bp <= MOST_BP:
        raise InvalidError(
            msg("Prices change by more than -100 and at most 1000 per cent."), field="percent"
        )
    if abs(terms.amount_minor) > LIMIT_PRICE_MINOR:
        raise InvalidError(msg("This price is above a million."), field="amount")
    if not 1 <= terms.step_minor <= LIMIT_PRICE_MINOR:
        raise InvalidError(msg("Prices are rounded to more than nothing."), field="step")
    if terms == RepriceTerms():
        raise InvalidError(
            msg("Say by how much the prices change."),
            field="percent",
            hint=msg("Per cent, an amount, or to what they are rounded."),
        )
    return terms
