"""The kitchen of the demonstration: every dish has a card, and nobody sells below cost."""

from __future__ import annotations

from fractions import Fraction

from desktop_app.demo.cards import items, questions, stations
from desktop_app.demo.menu import dishes
from desktop_app.menu.kinds import ProductKind
from desktop_app.menu.rules import Part, Recipe, check_parts, loop_through, margin_bp, tree_cost

NUMBERS = {one.name: at for at, one in enumerate(items())}
RECIPES = {
    NUMBERS[one.name]: Recipe(
        one.output, [Part(NUMBERS[part.name], part.net, part.gross) for part in one.parts]
    )
    for one in items()
    if one.parts
}


def test_every_dish_and_preparation_has_a_card_that_can_be() -> None:
    for one in items():
        assert bool(one.parts) == one.kind.has_recipe, one.name
        recipe = RECIPES.get(NUMBERS[one.name])
        if recipe is not None:
            check_parts(recipe.parts)
            assert not loop_through(RECIPES, NUMBERS[one.name], recipe.parts)


def test_the_margins_are_those_of_a_restaurant() -> None:
    costs = {NUMBERS[one.name]: Fraction(one.cost_minor, one.unit.whole) for one in items()}
    for dish in dishes():
        first = dish.portions[0]
        cost = tree_cost(RECIPES, costs, NUMBERS[first.name]) * 1000
        least = min(one.price_minor for one in dish.portions)
        margin = margin_bp(least * 100 // 118, cost)
        assert margin is not None
        assert 4_000 < margin < 9_800, first.name


def test_nothing_is_named_that_is_not_there() -> None:
    categories = {one.category for one in items()}
    named = {name for some in stations().values() for name in some}
    assert named <= categories
    sold = {one.name for one in items() if one.kind.is_sold}
    for question in questions():
        assert question.of <= categories | sold
        assert question.least <= question.most <= len(question.answers)
    assert len(NUMBERS) == len(items())
    assert {one.kind for one in items()} == set(ProductKind) - {ProductKind.TIMED}
