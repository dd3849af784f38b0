"""Technical cards: loops, flattening and cost, taxes, barcodes."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop_app.kernel.errors import InvalidError
from desktop_app.menu.rules import (
    Part,
    Recipe,
    Recipes,
    check_barcode,
    check_choice,
    check_parts,
    check_price,
    flat_cost,
    flatten,
    loop_through,
    margin_bp,
    rounded,
    tax_of,
    tree_cost,
)

QUANTITY = st.integers(1, 5_000_000)


@st.composite
def books(draw: st.DrawFn) -> tuple[Recipes, dict[int, Fraction]]:
    """Return recipes over products 0..n in which everything is made of what stands before it."""
    count = draw(st.integers(2, 9))
    recipes: dict[int, Recipe] = {}
    for number in range(1, count):
        used = draw(st.lists(st.integers(0, number - 1), unique=True, max_size=4))
        if used:
            parts = [Part(one, 0, draw(QUANTITY)) for one in used]
            recipes[number] = Recipe(draw(QUANTITY), parts)
    costs = {n: Fraction(draw(st.integers(0, 10**6)), 1_000_000) for n in range(count)}
    return recipes, costs


@given(books())
def test_the_cost_of_the_tree_is_the_cost_of_what_it_takes(
    book: tuple[Recipes, dict[int, Fraction]],
) -> None:
    recipes, costs = book
    for product in range(len(costs)):
        assert tree_cost(recipes, costs, product) == flat_cost(recipes, costs, product)


@given(books(), st.data())
def test_a_loop_is_found_where_one_is_made_and_nowhere_else(
    book: tuple[Recipes, dict[int, Fraction]], data: st.DataObject
) -> None:
    recipes, costs = book
    for product, recipe in recipes.items():
        assert list(loop_through(recipes, product, recipe.parts)) == []
    top = data.draw(st.integers(0, len(costs) - 1))
    for inside in flatten(recipes, top):
        if inside != top:
            way = loop_through(recipes, inside, [Part(top, 1, 1)])
            assert (way[0], way[1], way[-1]) == (inside, top, inside)


def test_the_way_of_a_loop_is_named_in_its_order() -> None:
    recipes = {1: Recipe(1000, [Part(2, 1, 1)]), 2: Recipe(1000, [Part(3, 1, 1)])}
    assert list(loop_through(recipes, 3, [Part(1, 1, 1)])) == [3, 1, 2, 3]
    assert list(loop_through(recipes, 3, [Part(3, 1, 1)])) == [3, 3]


def test_what_was_made_ahead_is_taken_as_it_is() -> None:
    recipes = {1: Recipe(1000, [Part(2, 100, 150)]), 2: Recipe(3000, [Part(3, 1000, 6000)])}
    assert flatten(recipes, 1) == {3: Fraction(3, 10)}
    assert flatten(recipes, 1, stops=frozenset({2})) == {2: Fraction(3, 20)}
    assert flatten(recipes, 2, stops=frozenset({2})) == {3: Fraction(2)}  # making it takes flour


@given(st.integers(-(10**12), 10**12), st.integers(0, 10_000))
def test_tax_inside_a_price_and_on_top_of_it_meet_again(amount: int, rate: int) -> None:
    net, tax = tax_of(amount, rate, included=True)
    assert net + tax == amount
    again, on_top = tax_of(net, rate, included=False)
    assert again == net
    assert abs(on_top - tax) <= 1  # half a minor unit of the net price, taxed
    gross = net + on_top
    assert tax_of(gross, rate, included=True)[0] in {net - 1, net, net + 1}


@given(st.integers(0, 10**12), st.integers(0, 10_000))
def test_a_price_with_its_tax_on_top_round_trips(net: int, rate: int) -> None:
    _, tax = tax_of(net, rate, included=False)
    assert tax_of(net + tax, rate, included=True) == (net, tax)


def test_vat_of_azerbaijan() -> None:
    assert tax_of(11_800, 1800, included=True) == (10_000, 1_800)
    assert tax_of(10_000, 1800, included=False) == (10_000, 1_800)


def test_a_margin_is_of_the_price() -> None:
    assert margin_bp(1000, Fraction(250)) == 7500
    assert margin_bp(0, Fraction(250)) is None
    assert margin_bp(100, Fraction(250)) == -15_000


@pytest.mark.parametrize("code", ["12345", " 4006381333931 ", "AB-17", ""])
def test_good_and_own_barcodes(code: str) -> None:
    assert check_barcode(code) == code.strip()


@pytest.mark.parametrize("code", ["4760081234561", "x" * 65, "штрих"])
def test_a_barcode_that_was_read_wrongly_is_refused(code: str) -> None:
    with pytest.raises(InvalidError) as refused:
        check_barcode(code)
    assert refused.value.field == "barcode"


@pytest.mark.parametrize("price", [-1, 100_000_001])
def test_an_absurd_price_is_refused(price: int) -> None:
    with pytest.raises(InvalidError) as refused:
        check_price(price)
    assert refused.value.field == "price"
    assert refused.value.hint is not None


@pytest.mark.parametrize(
    "parts",
    [[Part(1, 0, 0)], [Part(1, 5, 4)], [Part(1, -1, 4)], [Part(1, 1, 1), Part(1, 2, 2)]],
)
def test_a_line_that_cannot_be_is_refused(parts: list[Part]) -> None:
    with pytest.raises(InvalidError) as refused:
        check_parts(parts)
    assert refused.value.field == "recipe"


@pytest.mark.parametrize("limits", [(2, 1, 5), (3, 3, 2), (-1, 1, 5)])
def test_a_choice_nobody_could_make_is_refused(limits: tuple[int, int, int]) -> None:
    with pytest.raises(InvalidError):
        check_choice(*limits)


@given(st.integers(-(10**12), 10**12), st.integers(1, 10**7))
def test_an_amount_is_rounded_as_python_rounds(amount: int, parts: int) -> None:
    assert rounded(amount, parts) == round(Fraction(amount, parts))
    assert rounded(2 * amount + 1, 2) == round(Fraction(2 * amount + 1, 2))
