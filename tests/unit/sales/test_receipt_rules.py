"""Receipts and refunds add up: whatever the numbers, nothing is lost and nothing too much given."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop_app.kernel.errors import InvalidError
from desktop_app.orders.records import PaymentMethod
from desktop_app.sales import refunding, rules
from desktop_app.sales.records import (
    NewSale,
    SaleLine,
    SalePayment,
    Sold,
    SoldLine,
    Taken,
)

RATES = st.integers(0, 10_000)


@st.composite
def sales(draw: st.DrawFn) -> tuple[NewSale, list[int]]:
    lines = draw(
        st.lists(
            st.builds(
                SaleLine,
                st.just(1),
                st.integers(1, 50_000),
                discount_bp=RATES,
                gift=st.booleans(),
            ),
            min_size=1,
            max_size=6,
        )
    )
    prices = draw(st.lists(st.integers(0, 10**6), min_size=len(lines), max_size=len(lines)))
    sale = NewSale(
        lines, (), draw(RATES), draw(RATES), draw(st.integers(0, 3000)), draw(st.booleans())
    )
    return sale, prices


@given(sales())
def test_every_line_and_the_receipt_add_up(some: tuple[NewSale, list[int]]) -> None:
    sale, prices = some
    sums = rules.sums_of(sale, prices)
    for line, made in zip(sums.lines, sale.lines, strict=True):
        assert line.gross_minor - line.discount_minor == line.total_minor
        assert line.total_minor >= 0
        assert line.tax_minor >= 0
        if made.gift:
            assert line.total_minor == line.tax_minor == 0
    assert sums.gross_minor - sums.discount_minor == sums.total_minor
    assert sums.due_minor == sums.total_minor + sums.tax_minor + sums.service_minor


TERMS = st.builds(
    rules.LineTerms, st.integers(0, 3000), st.booleans(), st.booleans(), st.booleans()
)


@given(sales(), st.data())
def test_each_line_has_the_terms_of_its_product(
    some: tuple[NewSale, list[int]], data: st.DataObject
) -> None:
    """One by one, lines come to what they come to together; only the whole's discount is shared."""
    sale, prices = replace(some[0], tax_bp=None), some[1]
    terms = [data.draw(TERMS) for _ in sale.lines]
    sums = rules.sums_of(sale, prices, terms)
    alone = replace(sale, discount_bp=0)
    for line, price, own, got in zip(sale.lines, prices, terms, sums.lines, strict=True):
        (single,) = rules.sums_of(replace(alone, lines=[line]), [price], [own]).lines
        if own.discountable and sale.discount_bp:
            assert got.discount_minor >= single.discount_minor
        else:
            assert replace(got, service_minor=0) == replace(single, service_minor=0)
        if not own.service_charge:
            assert got.service_minor == 0
    assert sum(line.service_minor for line in sums.lines) == sums.service_minor
    if not any(own.service_charge for own in terms):
        assert sums.service_minor == 0
    assert sums.due_minor == sums.total_minor + sums.tax_minor + sums.service_minor
    whole = replace(sale, tax_bp=0)  # one tax for all takes the place of the menu's
    assert rules.sums_of(whole, prices, terms).tax_minor == 0


@given(sales(), st.integers(0, 3000))
def test_tax_included_or_added_comes_to_the_same_price(
    some: tuple[NewSale, list[int]], rate: int
) -> None:
    """What an included price holds, put on top of what is left, is the price again."""
    sale, prices = some
    plain = rules.sums_of(_taxed(sale, 0, included=True), prices)
    held = rules.sums_of(_taxed(sale, rate, included=True), prices)
    assert [one.total_minor + one.tax_minor for one in held.lines] == [
        one.total_minor for one in plain.lines
    ]
    for one in held.lines:
        assert abs(rules.share(one.total_minor, rate) - one.tax_minor) <= 1


def _taxed(sale: NewSale, rate: int, *, included: bool) -> NewSale:
    return NewSale(sale.lines, (), sale.discount_bp, 0, rate, included)


@given(st.integers(-(10**9), 10**9), st.lists(st.integers(0, 10**6), min_size=1))
def test_what_is_spread_adds_up(amount: int, weights: list[int]) -> None:
    parts = rules.spread(amount, weights)
    assert sum(parts) == (amount if sum(weights) else 0)
    if 0 <= amount <= sum(weights):
        assert all(0 <= part <= weight for part, weight in zip(parts, weights, strict=True))


@st.composite
def receipts(draw: st.DrawFn) -> Sold:
    lines = []
    for number in range(1, draw(st.integers(1, 5)) + 1):
        gross = draw(st.integers(0, 10**6))
        discount = draw(st.integers(0, gross))
        sign = draw(st.sampled_from((1, 1, 1, -1)))  # a line of its own may take off or come back
        tax = draw(st.integers(0, 9999))
        quantity = draw(st.integers(0, 9000)) * draw(st.sampled_from((1, sign)))
        amounts = (sign * one for one in (gross, discount, tax, gross - discount))
        lines.append(SoldLine(number, quantity, *amounts))
    service = draw(st.integers(0, 9999))
    if draw(st.booleans()):  # an entered receipt says which lines bore it
        weights = [draw(st.sampled_from((0, 1, 7))) for _ in lines]
        parts = rules.spread(service, weights)
        lines = [replace(line, service_minor=part) for line, part in zip(lines, parts, strict=True)]
        service = sum(parts)
    due = sum(line.total_minor + line.tax_minor for line in lines) + service
    paid = due if due >= 0 and draw(st.booleans()) else draw(st.integers(0, 10**7))
    return Sold(lines, service, paid)


@given(receipts(), st.data())
def test_refunds_never_exceed_what_was_paid_and_the_last_one_gives_back_the_rest(
    sold: Sold, data: st.DataObject
) -> None:
    taken, money, service = Taken(), 0, 0
    sums = [0, 0, 0, 0]
    quantities: dict[int, int] = {}
    while any(left := refunding.left_of(sold, taken).values()):
        wanted = {
            number: data.draw(st.integers(1, most))
            for number, most in refunding.left_of(sold, taken).items()
            if most and data.draw(st.booleans())
        }
        try:
            found = refunding.refund_of(sold, taken, wanted or None)
        except InvalidError:  # these lines alone come to less than nothing, or to more than all
            assert any(line.total_minor < 0 for line in sold.lines)
            found = refunding.refund_of(sold, taken, None)
        assert 0 <= found.money_minor <= sold.paid_minor - money
        if sold.fits and all(line.total_minor > 0 for line in sold.lines):
            parts = found.total_minor + sum(line.sums.tax_minor for line in found.lines)
            assert found.money_minor == parts + found.service_minor
        if sold.knows_service:
            assert found.service_minor == sum(line.sums.service_minor for line in found.lines)
        money += found.money_minor
        service += found.service_minor
        for line in found.lines:
            quantities[line.line_no] = quantities.get(line.line_no, 0) + line.quantity
            assert line.sums.gross_minor - line.sums.discount_minor == line.sums.total_minor
            for place, value in enumerate(
                (line.sums.gross_minor, line.sums.discount_minor, line.sums.tax_minor)
            ):
                sums[place] += value
            sums[3] += line.sums.total_minor
        taken = Taken(dict(quantities), money, service)
    assert not any(left)
    assert (money, service) == (sold.paid_minor, sold.service_minor)
    assert sums == [
        sum(line.gross_minor for line in sold.lines),
        sum(line.discount_minor for line in sold.lines),
        sum(line.tax_minor for line in sold.lines),
        sum(line.total_minor for line in sold.lines),
    ]
    with pytest.raises(InvalidError, match="taken back already"):
        refunding.refund_of(sold, taken, None)


def test_lines_below_nothing_are_taken_back_with_what_they_belong_to() -> None:
    plov, tea = SoldLine(1, 1000, 1000, 0, 0, 1000), SoldLine(2, 1000, 1000, 0, 0, 1000)
    bottle = SoldLine(3, -1000, -500, 0, 0, -500)
    sold = Sold([plov, tea, bottle], 0, 1500)
    first = refunding.refund_of(sold, Taken(), {1: 1000})
    assert first.money_minor == 1000
    taken = Taken({1: 1000}, 1000)
    with pytest.raises(InvalidError, match="more than was paid"):
        refunding.refund_of(sold, taken, {2: 1000})
    with pytest.raises(InvalidError, match="cost the guest money"):
        refunding.refund_of(sold, taken, {3: 1000})
    assert refunding.refund_of(sold, taken, {2: 1000, 3: 1000}).money_minor == 500
    half = refunding.refund_of(sold, taken, {2: 500, 3: 500})
    assert (half.money_minor, half.lines[1].sums.total_minor) == (250, -250)


WAYS = st.dictionaries(st.sampled_from(sorted(PaymentMethod)), st.integers(0, 10**6), min_size=1)


@given(WAYS, st.data())
def test_money_goes_back_the_way_it_came_and_never_more_of_one_than_came(
    paid: dict[PaymentMethod, int], data: st.DataObject
) -> None:
    left = dict(paid)
    while sum(left.values()):
        back = data.draw(st.integers(1, sum(left.values())))
        parts = rules.spread(back, list(left.values()))
        assert sum(parts) == back
        left = {way: left[way] - part for way, part in zip(left, parts, strict=True)}
        assert min(left.values()) >= 0


@pytest.mark.parametrize("wanted", [{9: 1}, {1: 2001}, {1: 0}, {1: -5}])
def test_more_than_there_is_cannot_be_taken_back(wanted: dict[int, int]) -> None:
    sold = Sold([SoldLine(1, 2000, 500, 0, 0, 500)], 0, 500)
    with pytest.raises(InvalidError):
        refunding.refund_of(sold, Taken(), wanted)


@pytest.mark.parametrize(
    "line",
    [
        SaleLine(1, 0),
        SaleLine(1, -1000),
        SaleLine(1, 10**10),
        SaleLine(1, discount_bp=10_001),
        SaleLine(1, discount_bp=-1),
    ],
)
def test_absurd_lines_are_refused(line: SaleLine) -> None:
    with pytest.raises(InvalidError):
        rules.sums_of(NewSale([line], ()), [100])


@pytest.mark.parametrize("price", [-1, 10**12])
def test_absurd_prices_are_refused(price: int) -> None:
    with pytest.raises(InvalidError, match="absurd"):
        rules.sums_of(NewSale([SaleLine(1)], ()), [price])


def test_a_price_below_the_menus_is_a_discount() -> None:
    sale = NewSale([SaleLine(1, unit_price_minor=800, discount_bp=1000)], ())
    assert rules.discount_percent(sale, [800], [1000]) == 28
    assert rules.discount_percent(NewSale([SaleLine(1, gift=True)], ()), [1], [1]) == 100
    assert rules.discount_percent(NewSale([SaleLine(1)], ()), [1000], [1000]) == 0
    assert rules.discount_percent(NewSale([SaleLine(1)], (), 1), [1000], [1000]) == 1


@pytest.mark.parametrize("reason", ["", "  \n", "x" * 501])
def test_a_reason_is_needed_and_is_no_novel(reason: str) -> None:
    with pytest.raises(InvalidError):
        rules.check_reason(reason)


PAID = st.lists(
    st.builds(SalePayment, st.sampled_from(PaymentMethod), st.integers(0, 10**6)), max_size=5
)


@given(st.integers(0, 10**6), PAID)
def test_what_stays_and_the_rest_come_to_what_is_due(due: int, typed: list[SalePayment]) -> None:
    given_ = sum(one.amount_minor for one in typed)
    cash = sum(one.amount_minor for one in typed if one.method is PaymentMethod.CASH)
    if given_ - cash > due:
        with pytest.raises(InvalidError, match="only cash gives change"):
            rules.settle(due, typed)
        return
    made = rules.settle(due, typed)
    kept = sum(one.amount_minor for one in made.kept)
    assert kept + made.rest_minor == due
    assert kept + made.change_minor == given_
    assert made.rest_minor >= 0 <= made.change_minor <= cash
    assert not (made.rest_minor and made.change_minor)
    assert all(one.amount_minor > 0 for one in made.kept)
    for method in set(PaymentMethod) - {PaymentMethod.CASH}:
        before, after = (
            sum(one.amount_minor for one in some if one.method is method)
            for some in (typed, made.kept)
        )
        assert before == after


def test_a_payment_is_not_negative() -> None:
    with pytest.raises(InvalidError, match="more than nothing"):
        rules.settle(100, [SalePayment(PaymentMethod.CASH, -1)])
