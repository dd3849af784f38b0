"""What lies in a storage and what it is worth: the moving average, worked out by hand."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop_app.kernel.errors import InvalidError
from desktop_app.stock import rules
from desktop_app.stock.rules import Level

SOME = st.integers(1, 10**9)
MONEY = st.integers(0, 10**9)


def test_an_average_moves_with_what_comes_and_not_with_what_goes() -> None:
    level, revalued = rules.added(Level(), 10_000, 1000)
    assert (level, revalued) == (Level(10_000, 1000, 10_000, 1000), 0)
    level, revalued = rules.added(level, 10_000, 2000)
    assert (level.quantity, level.value_minor, revalued) == (20_000, 3000, 0)
    assert level.unit_cost == Fraction(3, 20)
    level, cost = rules.taken(level, 5000)
    assert (level.quantity, level.value_minor, cost) == (15_000, 2250, 750)
    assert level.unit_cost == Fraction(3, 20)


def test_the_last_of_it_takes_all_its_value() -> None:
    level, cost = rules.taken(Level(3000, 1000), 3000)
    assert (level.quantity, level.value_minor, cost) == (0, 0, 1000)
    assert level.unit_cost == Fraction(1000, 3000)


def test_less_than_nothing_is_worth_what_it_cost_last_until_more_comes() -> None:
    level, cost = rules.taken(Level(1000, 200), 3000)
    assert (level.quantity, level.value_minor, cost) == (-2000, -400, 600)
    level, cost = rules.taken(level, 1000)
    assert (level.quantity, level.value_minor, cost) == (-3000, -600, 200)
    level, revalued = rules.added(level, 5000, 1500)
    assert (level.quantity, level.value_minor, revalued) == (2000, 600, -300)
    assert level.unit_cost == Fraction(3, 10)


def test_what_never_came_costs_nothing() -> None:
    level, cost = rules.taken(Level(), 1000)
    assert (level.quantity, level.value_minor, cost, level.unit_cost) == (-1000, 0, 0, 0)


def test_what_fills_a_hole_to_the_brim_leaves_no_value() -> None:
    level, revalued = rules.added(Level(-2000, -400, 1000, 200), 2000, 500)
    assert (level.quantity, level.value_minor, revalued) == (0, 0, -100)
    assert level.unit_cost == Fraction(500, 2000)


def test_what_comes_back_is_worth_what_it_was_taken_for() -> None:
    level, revalued = rules.put_back(Level(1000, 150, 1000, 150), 1000, 250)
    assert (level, revalued) == (Level(2000, 400, 1000, 150), 0)
    level, revalued = rules.put_back(Level(-1000, -90, 1000, 90), 1000, 100)
    assert (level.quantity, level.value_minor, revalued) == (0, 0, -10)


@given(st.lists(st.tuples(st.booleans(), SOME, MONEY), max_size=20))
def test_the_value_is_the_sum_of_the_moves(moves: list[tuple[bool, int, int]]) -> None:
    level, much, worth = Level(), 0, 0
    for comes, quantity, amount in moves:
        if comes:
            level, revalued = rules.added(level, quantity, amount)
            much, worth = much + quantity, worth + amount + revalued
        else:
            level, cost = rules.taken(level, quantity)
            much, worth = much - quantity, worth - cost
        assert (level.quantity, level.value_minor) == (much, worth)
        if not level.quantity:
            assert level.value_minor == 0


@pytest.mark.parametrize(
    ("price", "much", "cost"),
    [(100, 1000, 100), (1, 500, 1), (1, 499, 0), (250, 333, 83), (7, 0, 0)],
)
def test_a_price_for_one_is_rounded_half_up(price: int, much: int, cost: int) -> None:
    assert rules.priced(price, much) == cost


def test_what_a_unit_costs() -> None:
    assert rules.unit_cost(1000, 4000, 1000) == 250
    assert rules.unit_cost(1000, 3000, 1000) == 333
    assert rules.unit_cost(1000, 0, 1000) == 0


def test_sums_of_a_line_of_a_supply() -> None:
    plain = rules.line_sums(10_000, 1000, 1800, included=False)
    assert (plain.discount_minor, plain.net_minor, plain.tax_minor) == (1000, 9000, 1620)
    assert plain.total_minor == 10_620
    held = rules.line_sums(11_800, 0, 1800, included=True)
    assert (held.net_minor, held.tax_minor, held.total_minor) == (10_000, 1800, 11_800)


@pytest.mark.parametrize("quantity", [-1, 0, rules.LIMIT_QUANTITY])
def test_a_quantity_that_cannot_be_is_refused(quantity: int) -> None:
    with pytest.raises(InvalidError):
        rules.check_quantity(quantity)


def test_quantities_and_amounts_are_let_in_up_to_their_bounds() -> None:
    assert rules.check_quantity(1) == 1
    assert rules.check_quantity(0, zero=True) == 0
    assert rules.check_quantity(rules.LIMIT_QUANTITY - 1) == rules.LIMIT_QUANTITY - 1
    assert rules.check_amount(0) == 0
    assert rules.check_amount(rules.LIMIT_MINOR - 1) == rules.LIMIT_MINOR - 1
    assert [rules.check_share(one, "tax") for one in (0, 10_000)] == [0, 10_000]
    for amount in (-1, rules.LIMIT_MINOR):
        with pytest.raises(InvalidError):
            rules.check_amount(amount)
    for share in (-1, 10_001):
        with pytest.raises(InvalidError):
            rules.check_share(share, "tax")


def test_a_paper_has_lines_and_names_a_product_once() -> None:
    rules.check_lines([1, 2])
    rules.check_lines([1, 1], once=False)
    for products, once in (([], True), ([], False), ([1, 2, 1], True)):
        with pytest.raises(InvalidError):
            rules.check_lines(products, once=once)


def test_whole_pieces_take_whole_thousandths_each() -> None:
    third = Fraction(1, 3)
    assert rules.portions(third, 1000) == 333
    assert rules.portions(third, 3000) == 999
    assert rules.portions(third, -3000) == -999
    assert rules.portions(third, 1500) == 500
    assert rules.share_of(1000, 3, 3) == 1000
    assert rules.share_of(1000, 1, 3) == 333
