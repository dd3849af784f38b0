from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop_app.exchange.amounts import Amount, read_amount
from desktop_app.kernel.errors import InvalidError


@pytest.mark.parametrize(
    ("text", "value", "currency"),
    [
        ("1 783,95 ₼", "1783.95", "AZN"),
        ("1\u00a0783,95\u00a0₼", "1783.95", "AZN"),
        ("1\u202f234\u202f567,8", "1234567.8", ""),
        ("₼2080.90", "2080.90", "AZN"),
        ("4827.82 AZN", "4827.82", "AZN"),
        ("12 man.", "12", "AZN"),
        ("-$1.24", "-1.24", "USD"),
        ("$-1.24", "-1.24", "USD"),
        ("(5.00)", "-5.00", ""),
        ("($5.00)", "-5.00", "USD"),
        ("5,00-", "-5.00", ""),
        ("\u22125", "-5", ""),
        ("1.234,56 €", "1234.56", "EUR"),
        ("1,234,567", "1234567", ""),
        ("1'234.50", "1234.50", ""),
        ("0,125", "0.125", ""),
        ("1234,567", "1234.567", ""),
        (".5", "0.5", ""),
        ("１２,５０", "12.50", ""),
        ("16", "16", ""),
    ],
)
def test_amounts_are_read_as_people_write_them(text, value, currency):
    assert read_amount(text) == Amount(Decimal(value), currency)


@pytest.mark.parametrize("text", ["1,234", "1.234", "12.345 AZN", "₼999,000"])
def test_an_amount_that_can_mean_two_is_refused(text):
    with pytest.raises(InvalidError, match="could mean two amounts"):
        read_amount(text)


def test_where_the_point_is_known_for_decimals_commas_are_thousands():
    assert read_amount("$1,234", point_is_decimal=True).value == 1234
    assert read_amount("-$1,234.56", point_is_decimal=True).value == Decimal("-1234.56")
    assert read_amount("1.234", point_is_decimal=True).value == Decimal("1.234")


@pytest.mark.parametrize(
    "text",
    [
        *("", " ", "-", "abc", "NaN", "Infinity", "1e5", "0x10", "1_000", "1,23,456", "12 34"),
        *(
            "(5",
            "5)",
            "--5",
            "-(5)",
            "-5-",
            "$5 AZN",
            "5 apples each",
            "=1+1",
            "٣",
            "5²",
            "½",
            "1.2.3",
            "1" * 41,
        ),
    ],
)
def test_what_is_no_amount_is_refused(text):
    with pytest.raises(InvalidError):
        read_amount(text)


@given(st.text())
def test_any_text_is_an_exact_amount_or_refused(text):
    try:
        amount = read_amount(text)
    except InvalidError:
        return
    assert amount.value.is_finite()
    digits = "".join(c for c in text if c.isdecimal())
    assert int(digits) == int("".join(map(str, amount.value.as_tuple().digits)))


@given(
    st.integers(-(10**12), 10**12),
    st.sampled_from([" ", "\u00a0", "'", ",", "."]),
    st.sampled_from(["", " AZN", "₼", "$"]),
)
def test_every_amount_survives_every_usual_spelling(minor, between, currency):
    mark = "." if between in ", '" else ","
    whole, part = divmod(abs(minor), 100)
    text = f"{whole:,}".replace(",", between) + f"{mark}{part:02d}"
    sign = "-" if minor < 0 else ""
    spelled = f"{sign}{currency}{text}" if currency in "₼$" else f"{sign}{text}{currency}"
    assert read_amount(spelled).value == Decimal(minor) / 100
