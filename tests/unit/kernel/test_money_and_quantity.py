"""Money and quantities: exact, whole, never a float."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop_app.kernel.errors import InvalidError
from desktop_app.kernel.money import LIMIT_MINOR, Money, decimals, major, minor, rounded
from desktop_app.kernel.quantity import LIMIT, plain, thousandths

CURRENCIES = st.sampled_from(["AZN", "USD", "JPY", "KWD", "TRY"])
AMOUNTS = st.integers(-LIMIT_MINOR + 1, LIMIT_MINOR - 1)


@given(AMOUNTS, CURRENCIES)
def test_an_amount_survives_being_written_and_read(amount: int, currency: str) -> None:
    written = major(amount, currency)
    assert minor(written, currency) == amount
    assert minor(Decimal(written), currency) == amount
    assert len(written.partition(".")[2]) == decimals(currency)


@given(AMOUNTS, AMOUNTS, CURRENCIES)
def test_adding_and_taking_away_are_exact(one: int, other: int, currency: str) -> None:
    first, second = Money(one, currency), Money(other, currency)
    assert first + second - second == first
    assert (-first).minor == -one
    assert (first + second).minor == one + other
    assert (first < second) == (one < other)


def test_amounts_of_two_currencies_do_not_mix() -> None:
    with pytest.raises(ValueError, match="cannot mix"):
        Money(1, "AZN") + Money(1, "USD")
    with pytest.raises(ValueError, match="cannot mix"):
        Money(1, "AZN") - Money(1, "USD")


@pytest.mark.parametrize(
    ("amount", "currency", "text"),
    [
        (81786005, "USD", "817860.05"), (5, "AZN", "0.05"), (-5, "AZN", "-0.05"),
        (0, "AZN", "0.00"), (-123, "JPY", "-123"), (1, "KWD", "0.001"),
    ],
)  # fmt: skip
def test_amounts_are_written_plainly(amount: int, currency: str, text: str) -> None:
    assert major(amount, currency) == text
    assert Money(amount, currency).major == text
    assert str(Money(amount, currency)) == f"{text} {currency}"


@pytest.mark.parametrize(
    "text",
    ["", "x", "1.005", "NaN", "Infinity", "-inf", "sNaN", "1e30", str(LIMIT_MINOR), "1,5", "0x10"],
)
def test_what_is_no_amount_is_refused_and_quoted(text: str) -> None:
    with pytest.raises(InvalidError) as told:
        minor(text, "AZN")
    assert f"“{text}”" in str(told.value)


@given(st.text(max_size=20))
def test_any_text_is_an_amount_or_refused(text: str) -> None:
    for read in (lambda: minor(text, "AZN"), lambda: thousandths(text)):
        try:
            assert isinstance(read(), int)
        except InvalidError:
            continue


def test_halves_are_rounded_to_the_even_neighbour() -> None:
    values = ["0.5", "1.5", "2.5", "-0.5", "-1.5", "2.51"]
    assert [rounded(Decimal(value)) for value in values] == [0, 2, 2, 0, -2, 3]


@given(st.integers(-LIMIT + 1, LIMIT - 1))
def test_a_quantity_survives_being_written_and_read(quantity: int) -> None:
    written = plain(quantity)
    assert thousandths(written) == quantity
    assert not (written.endswith("0") and "." in written)


@pytest.mark.parametrize("text", ["", "x", "0.0001", "NaN", "Infinity", "1e10", "1e-4"])
def test_what_is_no_quantity_is_refused(text: str) -> None:
    with pytest.raises(InvalidError):
        thousandths(text)


def test_quantities_are_written_as_short_as_they_are() -> None:
    assert [plain(q) for q in (1500, 2000, -250, 1, 0)] == ["1.5", "2", "-0.25", "0.001", "0"]
