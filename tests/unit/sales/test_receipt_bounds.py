"""Where the rules of a receipt draw the line: halves, nothing, and the last number let in."""

from __future__ import annotations

import pytest

from desktop_app.kernel.errors import InvalidError
from desktop_app.orders.records import PaymentMethod
from desktop_app.sales import rules
from desktop_app.sales.records import NewSale, SaleLine, SalePayment


def due(quantity: int, price: int) -> int:
    return rules.sums_of(NewSale([SaleLine(1, quantity)], ()), [price]).due_minor


@pytest.mark.parametrize(
    ("quantity", "price", "amount"),
    [(500, 1, 1), (499, 1, 0), (1500, 1, 2), (333, 100, 33), (335, 100, 34), (1000, 0, 0)],
)
def test_half_a_coin_is_rounded_up(quantity: int, price: int, amount: int) -> None:
    assert due(quantity, price) == amount


@pytest.mark.parametrize(("quantity", "price"), [(0, 100), (-1, 100), (1000, -1), (10**9 + 1, 1)])
def test_a_line_is_of_something_and_costs_no_less_than_nothing(quantity: int, price: int) -> None:
    with pytest.raises(InvalidError, match="Line 1"):
        due(quantity, price)


def test_the_largest_line_is_let_in_and_no_larger_one() -> None:
    assert due(10**9, 10**5) == 10**11
    assert due(1000, 10**11) == 10**11
    for quantity, price in ((10**9, 10**5 + 1), (1000, 10**11 + 1), (1, 10**11 + 1)):
        with pytest.raises(InvalidError, match="absurd"):
            due(quantity, price)


@pytest.mark.parametrize("count", [0, 1001])
def test_a_receipt_has_from_one_to_a_thousand_lines(count: int) -> None:
    with pytest.raises(InvalidError, match="from 1 to 1000 lines"):
        rules.check_sale(NewSale([SaleLine(1)] * count, ()), [100] * count)
    rules.check_sale(NewSale([SaleLine(1)] * 1000, ()), [100] * 1000)


@pytest.mark.parametrize("amount", [0, -1])
def test_a_payment_is_more_than_nothing(amount: int) -> None:
    with pytest.raises(InvalidError, match="more than nothing"):
        rules.payment_of(SalePayment(PaymentMethod.CASH, amount))
    assert rules.payment_of(SalePayment(PaymentMethod.CASH, 1)).amount_minor == 1


@pytest.mark.parametrize("digits", ["123", "12345", "12a4", "٤٣٢١", "    ", "4111111111111111"])
def test_of_a_card_exactly_four_digits_are_kept(digits: str) -> None:
    with pytest.raises(InvalidError, match="last four digits"):
        rules.payment_of(SalePayment(PaymentMethod.CARD, 100, "Visa", digits))
    kept = rules.payment_of(SalePayment(PaymentMethod.CARD, 100, "Visa", "0042"))
    assert kept.card_last4 == "0042"


def test_cash_of_a_till_is_from_nothing_to_what_it_can_hold() -> None:
    assert rules.check_cash(0, "cash") == 0
    assert rules.check_cash(10**11, "cash") == 10**11
    assert rules.check_cash(1, "cash", nothing=False) == 1
    for amount, nothing in ((-1, True), (10**11 + 1, True), (0, False), (-1, False)):
        with pytest.raises(InvalidError, match="till"):
            rules.check_cash(amount, "cash", nothing=nothing)


@pytest.mark.parametrize(
    ("given", "returned", "paid", "back"),
    [
        (0, 50, 100, 0),
        (10, 0, 100, 0),
        (10, 1, 100, 1),
        (10, 10, 100, 1),
        (10, 11, 100, 2),
        (10, 100, 100, 10),
        (10, 500, 100, 10),
        (10, 0, 0, 0),
        (10, 1, 1, 10),
    ],
)
def test_what_was_earned_goes_back_in_proportion_rounded_up(
    given: int, returned: int, paid: int, back: int
) -> None:
    assert rules.taken_share(given, returned, paid) == back


@pytest.mark.parametrize(
    ("line", "price", "whole", "discountable", "percent"),
    [
        (SaleLine(1), 100, 0, True, 0),
        (SaleLine(1, discount_bp=1000), 100, 0, True, 10),
        (SaleLine(1, discount_bp=1001), 100, 0, True, 11),
        (SaleLine(1, discount_bp=5000), 100, 5000, True, 75),
        (SaleLine(1), 100, 2000, True, 20),
        (SaleLine(1), 100, 2000, False, 0),
        (SaleLine(1), 90, 0, True, 10),
        (SaleLine(1), 110, 0, True, 0),
        (SaleLine(1, gift=True), 100, 0, True, 100),
    ],
)
def test_the_discount_that_a_limit_is_held_against(
    line: SaleLine, price: int, whole: int, discountable: bool, percent: int
) -> None:
    terms = [rules.LineTerms(discountable=discountable)]
    sale = NewSale([line], (), whole)
    assert rules.discount_percent(sale, [price], [100], terms) == percent


def test_service_is_shared_by_lines_that_bear_it_tax_on_top_left_out() -> None:
    sale = NewSale([SaleLine(1), SaleLine(2), SaleLine(3)], (), service_bp=1000)
    terms = [
        rules.LineTerms(tax_bp=1800, tax_included=True),
        rules.LineTerms(tax_bp=1800, tax_included=False),
        rules.LineTerms(service_charge=False),
    ]
    sums = rules.sums_of(sale, [1180, 1000, 5000], terms)
    assert [one.tax_minor for one in sums.lines] == [180, 180, 0]
    assert sums.service_minor == 218
    assert sums.due_minor == 1180 + 1180 + 5000 + 218
