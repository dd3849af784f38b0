"""What a price becomes when many are changed together."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop_app.kernel.errors import InvalidError
from desktop_app.menu.repricing import PriceStep, RepriceTerms, check_terms, repriced


@pytest.mark.parametrize(
    ("price", "terms", "becomes"),
    [
        (100, RepriceTerms(1000), 110), (115, RepriceTerms(1000, step_minor=10), 130),
        (113, RepriceTerms(step_minor=10), 110), (115, RepriceTerms(step_minor=10), 120),
        (100, RepriceTerms(-1000), 90), (100, RepriceTerms(amount_minor=-30), 70),
        (100, RepriceTerms(amount_minor=-300), 1), (0, RepriceTerms(5000), 0),
        (3, RepriceTerms(step_minor=10), 10), (333, RepriceTerms(1500, 5), 388),
    ],
)  # fmt: skip
def test_prices_go_up_and_down_to_the_nearest_step(
    price: int, terms: RepriceTerms, becomes: int
) -> None:
    assert repriced(price, terms) == becomes


TERMS = st.builds(
    RepriceTerms, st.integers(-9_999, 100_000), st.integers(-10**6, 10**6),
    st.sampled_from([1, 5, 10, 50, 100, 1000]),
)  # fmt: skip


@given(st.integers(1, 10**7), TERMS)
def test_a_price_is_what_a_calculator_says(price: int, terms: RepriceTerms) -> None:
    exact = Decimal(price) * (10_000 + terms.percent_bp) / 10_000 + terms.amount_minor
    rounded = (exact / terms.step_minor).quantize(Decimal(1), ROUND_HALF_UP) * terms.step_minor
    found = repriced(price, terms)
    assert found % terms.step_minor == 0
    assert found == (rounded if exact > 0 and rounded > 0 else terms.step_minor)


@given(st.integers(1, 10**7), st.integers(1, 10**7), TERMS)
def test_what_is_dearer_stays_at_least_as_dear(one: int, other: int, terms: RepriceTerms) -> None:
    low, high = sorted((one, other))
    assert repriced(low, terms) <= repriced(high, terms)


@pytest.mark.parametrize(
    ("terms", "field"),
    [
        (RepriceTerms(), "percent"), (RepriceTerms(-10_000), "percent"),
        (RepriceTerms(100_001), "percent"), (RepriceTerms(0, 10**9), "amount"),
        (RepriceTerms(100, step_minor=0), "step"), (RepriceTerms(100, step_minor=10**9), "step"),
    ],
)  # fmt: skip
def test_terms_that_cannot_be_name_their_field(terms: RepriceTerms, field: str) -> None:
    with pytest.raises(InvalidError) as refused:
        check_terms(terms)
    assert refused.value.field == field


def test_terms_that_only_round_or_only_copy_change_something() -> None:
    for terms in (RepriceTerms(step_minor=10), RepriceTerms(from_menu=True)):
        assert check_terms(terms) is terms


@given(st.integers(0, 100), st.integers(0, 100))
def test_a_step_back_and_back_again_is_the_step(old: int, new: int) -> None:
    step = PriceStep(1, "Çay", "", None, old, new)
    assert step.back.back == step
    assert (step.back.old_minor, step.back.new_minor) == (new, old)
