"""Sizes: the cost of a tree is the cost of what it takes, in every size; property tests."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop_app.kernel.errors import InvalidError
from desktop_app.menu.recipes import CardBook
from desktop_app.menu.rules import Part, Recipe
from desktop_app.menu.sizes import SizeCard, check_sizes, sized

quantities = st.integers(1, 10**9)


@st.composite
def books(draw: st.DrawFn) -> tuple[CardBook, SizeCard]:
    """Make cards without loops (1 may take 2…, 2 may take 3…), and a size of product 1."""
    recipes: dict[int, Recipe] = {}
    for product in range(1, 5):
        inside = draw(st.lists(st.integers(product + 1, 8), max_size=4, unique=True))
        if inside:
            parts = [Part(one, 0, draw(quantities)) for one in inside]
            recipes[product] = Recipe(draw(quantities), parts)
    costs = {one: Fraction(draw(st.integers(0, 10**6)), 1000) for one in range(1, 9)}
    own = draw(st.lists(st.integers(2, 8), max_size=3, unique=True))
    size = SizeCard(
        "böyük", draw(st.integers(1, 10**6)),
        tuple(Part(one, 0, draw(st.integers(0, 10**9))) for one in own),
    )  # fmt: skip
    if 1 in recipes or size.own:
        cards = {(1, "böyük"): sized(recipes.get(1, Recipe(1000, ())), size)}
        return CardBook(recipes, costs, frozenset(), cards), size
    return CardBook(recipes, costs, frozenset(), {}, {(1, "böyük"): size.factor}), size


@given(books())
def test_a_sizes_cost_is_the_cost_of_all_it_takes(made: tuple[CardBook, SizeCard]) -> None:
    book, _ = made
    for name in ("", "böyük"):
        taken = book.takes(1, name)
        assert book.cost(1, name) == sum(book.costs[one] * share for one, share in taken.items())


@given(books())
def test_what_a_size_does_not_say_goes_by_its_factor(made: tuple[CardBook, SizeCard]) -> None:
    book, size = made
    if 1 not in book.recipes:
        return
    own = {part.ingredient_id: part for part in size.own}
    got = {part.ingredient_id: part for part in book.sizes[1, "böyük"].parts}
    output = book.sizes[1, "böyük"].output
    for part in book.recipes[1].parts:
        share = Fraction(part.gross, book.recipes[1].output) * size.factor / 1000
        if part.ingredient_id in own:
            share = Fraction(own[part.ingredient_id].gross, book.recipes[1].output)
        found = got.get(part.ingredient_id)
        assert (Fraction(found.gross, output) if found else 0) == share
    assert set(got) <= {part.ingredient_id for part in book.recipes[1].parts} | set(own)


@given(books())
def test_a_size_of_factor_one_is_the_product(made: tuple[CardBook, SizeCard]) -> None:
    book, _ = made
    if 1 not in book.recipes:
        return
    plain = SizeCard("x")
    same = CardBook(
        book.recipes, book.costs, frozenset(), {(1, "x"): sized(book.recipes[1], plain)}
    )
    assert same.takes(1, "x") == same.takes(1)
    assert same.cost(1, "x") == same.cost(1)


def test_a_large_coffee_takes_the_same_coffee_more_milk_and_another_cup() -> None:
    coffee, milk, cup, large_cup = 2, 3, 4, 5
    recipe = Recipe(
        1000, [Part(coffee, 18_000, 18_000), Part(milk, 150_000, 150_000), Part(cup, 1000, 1000)]
    )
    large = SizeCard(
        "böyük", 2000, (Part(coffee, 18_000, 18_000), Part(cup, 0, 0), Part(large_cup, 1000, 1000))
    )
    book = CardBook({1: recipe}, {}, frozenset(), {(1, "böyük"): sized(recipe, large)})
    assert book.takes(1, "böyük") == {coffee: 18, milk: 300, large_cup: 1}


@pytest.mark.parametrize(
    "sizes",
    [
        [SizeCard("a", 0)], [SizeCard("a", -1)], [SizeCard("a", 1_000_001)],
        [SizeCard("a"), SizeCard("a", 2)], [SizeCard("a", 1000, (Part(1, 2, 1),))],
        [SizeCard("a", 1000, (Part(1, 0, 1), Part(1, 0, 2)))],
        [SizeCard("a", 1000, (Part(1, -1, 1),))], [SizeCard("a", 1000, (Part(1, 0, 10**13),))],
    ],
)  # fmt: skip
def test_a_size_that_cannot_be_is_refused(sizes: list[SizeCard]) -> None:
    with pytest.raises(InvalidError) as told:
        check_sizes(sizes)
    assert told.value.field == "sizes"


def test_sizes_that_differ_in_nothing_are_not_kept() -> None:
    assert check_sizes([SizeCard("b", 500), SizeCard("a", 1000)]) == [SizeCard("b", 500)]
