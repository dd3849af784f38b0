"""The laws of the moving average, of the lines of a supply, and of what recipes take."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop_app.kernel.errors import InvalidError
from desktop_app.stock.rules import (
    Level,
    added,
    check_amount,
    check_lines,
    check_quantity,
    check_reason,
    check_share,
    check_text,
    line_sums,
    packed,
    portions,
    put_back,
    share_of,
    split,
    taken,
)

QUANTITIES = st.integers(1, 10**9)
COSTS = st.integers(0, 10**9)
LEVELS = st.builds(Level, QUANTITIES, COSTS, QUANTITIES, COSTS)


def test_what_goes_out_takes_its_share_of_the_value() -> None:
    level, _ = added(Level(), 10_000, 1000)
    level, _ = added(level, 10_000, 2000)
    level, cost = taken(level, 5_000)
    assert (level.quantity, level.value_minor, cost) == (15_000, 2250, 750)


@given(LEVELS, QUANTITIES)
def test_nothing_of_the_value_is_lost_or_made(level: Level, quantity: int) -> None:
    left, cost = taken(level, quantity)
    assert left.quantity == level.quantity - quantity
    assert left.value_minor + cost == level.value_minor


@given(LEVELS)
def test_no_quantity_has_no_value(level: Level) -> None:
    left, cost = taken(level, level.quantity)
    assert (left.quantity, left.value_minor, cost) == (0, 0, level.value_minor)


@given(LEVELS, QUANTITIES)
def test_a_sale_that_is_put_back_leaves_everything_as_it_was(level: Level, sold: int) -> None:
    left, cost = taken(level, sold)
    again, revalued = put_back(left, sold, cost)
    assert (again.quantity, again.value_minor) == (level.quantity, level.value_minor)
    assert revalued == 0


@given(st.integers(-(10**9), -1), st.integers(-(10**9), 0), QUANTITIES, COSTS)
def test_what_was_sold_before_it_was_bought_gets_the_price_it_was_bought_at(
    short: int, value: int, quantity: int, cost: int
) -> None:
    level, revalued = added(Level(short, value, 1, 1), quantity, cost)
    assert level.value_minor == value + cost + revalued
    assert level.value_minor == round(Fraction(cost * (short + quantity), quantity))


@given(LEVELS, QUANTITIES, COSTS)
def test_what_comes_to_some_is_not_revalued(level: Level, quantity: int, cost: int) -> None:
    more, revalued = added(level, quantity, cost)
    assert revalued == 0
    assert more.value_minor == level.value_minor + cost


@given(COSTS, st.integers(0, 10_000), st.integers(0, 10_000), st.booleans())
def test_the_lines_of_a_supply_add_up(amount: int, off: int, tax: int, included: bool) -> None:
    sums = line_sums(amount, off, tax, included=included)
    if included:
        assert sums.total_minor == amount - sums.discount_minor
    else:
        assert sums.net_minor == amount - sums.discount_minor
    assert sums.net_minor + sums.tax_minor == sums.total_minor


@given(st.fractions(0, 10**6), st.integers(-1000, 1000), st.integers(-1000, 1000))
def test_whole_portions_cancel_however_they_are_put_together(
    share: Fraction, one: int, other: int
) -> None:
    together = portions(share, (one + other) * 1000)
    assert portions(share, one * 1000) + portions(share, other * 1000) == together


@given(st.fractions(0, 10**6), st.integers(-(10**6), 10**6))
def test_any_sale_and_its_return_cancel(share: Fraction, sold: int) -> None:
    assert portions(share, sold) + portions(share, -sold) == 0


@given(st.integers(-(10**9), 10**9), st.lists(st.integers(1, 10**6), min_size=1, max_size=20))
def test_shares_add_up_to_the_whole(amount: int, weights: list[int]) -> None:
    assert sum(split(amount, weights)) == amount


def test_all_of_it_is_all_of_its_cost() -> None:
    assert share_of(101, 7, 7) == 101
    assert share_of(100, 1, 3) == 33


def test_packages_hold_whole_thousandths() -> None:
    assert packed(2_500, 12_000) == 30_000
    with pytest.raises(InvalidError, match="no whole thousandth"):
        packed(333, 7)


@pytest.mark.parametrize(
    ("check", "value"),
    [
        (check_quantity, -1),
        (check_quantity, 0),
        (check_quantity, 10**12),
        (check_amount, -1),
        (check_amount, 10**12),
        (check_reason, "  "),
        (check_reason, "x" * 301),
        (lambda v: check_share(v, "tax"), 10_001),
        (lambda v: check_share(v, "tax"), -1),
        (lambda v: check_text(v, 10_000, "note"), "🍕" * 10_001),
        (check_lines, []),
        (check_lines, [1, 1]),
    ],
)
def test_what_breaks_a_rule_is_refused_with_its_field(check, value) -> None:
    with pytest.raises(InvalidError) as refused:
        check(value)
    assert refused.value.field


def test_nothing_may_be_counted_and_long_notes_fit() -> None:
    assert check_quantity(0, zero=True) == 0
    assert check_text("ə" * 10_000, 10_000, "note")
