from datetime import date, datetime

import pytest

from desktop_app.printing import format as written

MONEY = {
    "az": "4.812,40\u00a0₼",
    "en": "₼4,812.40",
    "ru": "4\u00a0812,40\u00a0₼",
    "tr": "₼4.812,40",
}


@pytest.mark.parametrize(("language", "text"), MONEY.items())
def test_money_is_written_as_the_language_writes_it(language, text):
    assert written.money(481_240, "AZN", language) == text


def test_a_refund_has_its_minus_in_front():
    assert written.money(-500, "AZN", "az") == "−5,00\u00a0₼"
    assert written.money(-500, "USD", "en") == "−$5.00"


def test_currencies_have_their_own_decimals_and_codes_where_there_is_no_sign():
    assert written.money(1_234_567, "JPY", "en") == "JPY\u00a01,234,567"
    assert written.money(1_234_567, "KWD", "az") == "1.234,567\u00a0KWD"


def test_numbers_quantities_and_shares():
    assert written.number(-12_480, "az") == "−12.480"
    assert written.quantity(1500, "az") == "1,5"
    assert written.quantity(-2000, "en") == "−2"
    assert written.percent(1250, "en") == "12.5%"
    assert written.percent(1250, "ru") == "12,5\u00a0%"


@pytest.mark.parametrize(
    ("hundredths", "az", "en"),
    [(6770, "67,7\u00a0%", "67.7%"), (7300, "73,0\u00a0%", "73.0%"),
     (-1250, "−12,5\u00a0%", "−12.5%"), (0, "0,0\u00a0%", "0.0%"), (-4, "0,0\u00a0%", "0.0%"),
     (996, "10,0\u00a0%", "10.0%")],
)  # fmt: skip
def test_shares_of_a_column_all_have_one_decimal(hundredths, az, en):
    assert (written.share(hundredths, "az"), written.share(hundredths, "en")) == (az, en)


def test_an_amount_in_a_field_has_the_decimal_sign_and_no_groups():
    assert written.bare(481_240, "AZN", "az") == "4812,40"
    assert written.bare(481_240, "AZN", "en") == "4812.40"
    assert written.pointed("9.45", "az") == "9,45"


@pytest.mark.parametrize("language", ["az", "ru", "tr"])
def test_days_are_written_with_dots(language):
    assert written.day(date(2026, 1, 3), language) == "03.01.2026"


def test_english_days_have_the_month_in_letters():
    assert written.moment(datetime(2026, 11, 3, 9, 5), "en") == "3 Nov 2026, 09:05"  # noqa: DTZ001
    assert written.month(2, "az") == "fevral"
    assert written.month(12, "de") == "December"
