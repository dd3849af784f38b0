"""What a technical card comes to while it is being typed: the stored one's rules, in memory."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from fractions import Fraction

from desktop_app.kernel.quantity import ONE
from desktop_app.menu.kinds import Unit
from desktop_app.menu.records import Ingredients, ProductForm
from desktop_app.menu.rules import FULL_BP, Part, Recipe, margin_bp, tax_of
from desktop_app.menu.sizes import SizeCard, sized


@dataclass(frozen=True, slots=True)
class Figures:
    """What a card comes to.

    `batch_minor` is what one recipe costs, `whole_minor` a kilogram, litre or piece of what it
    makes. `gross` and `net` add up what is weighed or measured, pieces left out. `price_minor` is
    the price without tax; without one there is no margin and no share of the cost.
    """

    batch_minor: int
    whole_minor: int
    gross: int
    net: int
    price_minor: int
    margin_bp: int | None
    cost_bp: int | None

    @property
    def yield_bp(self) -> int | None:
        """Return how much of what is taken lies in the dish; None where nothing is weighed."""
        return round(Fraction(self.net * FULL_BP, self.gross)) if self.gross else None


@dataclass(frozen=True, slots=True)
class Branch:
    """A part of a preparation, for the quantity of it that a card takes."""

    ingredient_id: int
    depth: int
    gross: Fraction
    cost_minor: Fraction


def figures(known: Ingredients, form: ProductForm, price_minor: int | None) -> Figures:
    """Return what a product comes to by its form, as the store would say once it is stored."""
    if form.recipe:
        batch = sum((line_cost(known, part) for part in form.recipe), Fraction(0))
        one = batch / form.output
    else:
        one = Fraction(form.cost_minor, form.unit.whole)
        batch = one * form.output
    weighed = [part for part in form.recipe if _is_weighed(known, part)]
    net_price, margin, share = 0, None, None
    if price_minor is not None:
        net_price, _ = tax_of(price_minor, form.tax_bp, included=form.tax_included)
        margin = margin_bp(net_price, one * 1000)
        share = None if margin is None else FULL_BP - margin
    return Figures(
        round(batch),
        round(one * form.unit.whole),
        sum(part.gross for part in weighed),
        sum(part.net for part in weighed),
        net_price,
        margin,
        share,
    )


def size_figures(
    known: Ingredients, form: ProductForm, size: SizeCard, price_minor: int | None
) -> Figures:
    """Return what a size comes to by the form and what is said of the size."""
    if form.recipe or size.own:
        card = sized(Recipe(form.output, form.recipe), size)
        whole = replace(form, recipe=card.parts, output=card.output, cost_minor=0)
        return figures(known, whole, price_minor)
    cost = round(Fraction(form.cost_minor * size.factor, ONE))
    return figures(known, replace(form, recipe=(), cost_minor=cost), price_minor)


def line_cost(known: Ingredients, part: Part) -> Fraction:
    """Return what a line of a card costs, in minor units."""
    return known.costs.get(part.ingredient_id, Fraction(0)) * part.gross


def branches(known: Ingredients, part: Part) -> Sequence[Branch]:
    """Return of what a preparation in a card is made, level by level, from the top downwards."""
    found: list[Branch] = []

    def follow(product_id: int, taken: Fraction, depth: int) -> None:
        recipe = known.recipes.get(product_id)
        if recipe is None:
            return
        for inner in recipe.parts:
            gross = taken * inner.gross / recipe.output
            cost = gross * known.costs.get(inner.ingredient_id, Fraction(0))
            found.append(Branch(inner.ingredient_id, depth, gross, cost))
            follow(inner.ingredient_id, gross, depth + 1)

    follow(part.ingredient_id, Fraction(part.gross), 0)
    return found


def _is_weighed(known: Ingredients, part: Part) -> bool:
    return known.units.get(part.ingredient_id, Unit.PIECE) is not Unit.PIECE
