"""Sums: what a batch adds does not depend on how it was cut, and shares add up to the cent."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from desktop_app.orders.records import OrderStatus, PaymentMethod
from desktop_app.orders.sums import COUNTED, Sums, apportioned

METHODS = st.sampled_from(PaymentMethod)
PAYMENTS = st.lists(st.tuples(METHODS, st.integers(-(10**6), 10**7)), max_size=6)
ORDER = st.tuples(
    st.tuples(st.just(1), st.sampled_from([20260131, 20260201]), st.integers(0, 23)),
    st.sampled_from(OrderStatus),
    st.tuples(*[st.integers(-(10**6), 10**6)] * 4),
    st.dictionaries(
        st.integers(1, 4), st.tuples(st.integers(-5000, 5000), st.integers(-(10**5), 10**5))
    ),
    PAYMENTS,
)


@given(st.integers(-(10**9), 10**9), PAYMENTS)
def test_shares_add_up_to_the_total(
    total: int, payments: Sequence[tuple[PaymentMethod, int]]
) -> None:
    shares = apportioned(total, payments)
    assert sum(amount for _method, amount in shares) == total
    assert {method for method, _ in shares} <= {m for m, _ in payments} | {PaymentMethod.UNKNOWN}
    assert len(shares) <= max(1, len(payments))


@given(
    st.integers(0, 10**9),
    st.lists(st.tuples(METHODS, st.integers(1, 10**7)), min_size=1, max_size=6),
)
def test_every_share_is_within_a_cent_of_its_part(
    total: int, payments: list[tuple[PaymentMethod, int]]
) -> None:
    paid = sum(amount for _method, amount in payments)
    for (_, share), (_, amount) in zip(apportioned(total, payments), payments, strict=True):
        assert share >= 0
        assert abs(share * paid - total * amount) < 2 * paid


@given(st.integers(-(10**9), 10**9))
def test_without_payments_the_whole_is_unknown(total: int) -> None:
    assert apportioned(total, []) == [(PaymentMethod.UNKNOWN, total)]
    assert apportioned(total, [(PaymentMethod.CASH, 0), (PaymentMethod.CARD, 0)]) == [
        (PaymentMethod.CASH, total)
    ]


def test_what_was_paid_in_full_is_shared_as_paid() -> None:
    paid = [(PaymentMethod.CARD, 700), (PaymentMethod.CASH, 300)]
    assert apportioned(1000, paid) == paid
    assert apportioned(-1000, [(m, -a) for m, a in paid]) == [(m, -a) for m, a in paid]


def _summed(orders: Sequence[Any]) -> Sums:
    sums = Sums()
    for key, status, amounts, items, payments in orders:
        categories = {product: product % 2 for product in items}
        sums.add_order(key, status, amounts, items, categories, apportioned(amounts[3], payments))
    return sums


def _joined(*parts: dict[Any, list[int]]) -> dict[Any, list[int]]:
    found: dict[Any, list[int]] = {}
    for part in parts:
        for key, values in part.items():
            before = found.get(key, [0] * len(values))
            found[key] = [a + b for a, b in zip(before, values, strict=True)]
    return found


@given(st.lists(ORDER, max_size=20), st.integers(0, 20))
def test_two_batches_add_what_one_would_have(orders: list[Any], cut: int) -> None:
    whole, first, second = _summed(orders), _summed(orders[:cut]), _summed(orders[cut:])
    for name in ("hours", "day_items", "day_categories", "day_payments"):
        assert getattr(whole, name) == _joined(getattr(first, name), getattr(second, name))
    assert whole.month_items() == _joined(first.month_items(), second.month_items())


@given(st.lists(ORDER, max_size=20))
def test_hours_and_payments_agree_and_only_sales_count(orders: list[Any]) -> None:
    sums = _summed(orders)
    counted = [order for order in orders if order[1] in COUNTED]
    total = sum(amounts[3] for _key, _status, amounts, _items, _payments in counted)
    assert sum(values[-1] for values in sums.hours.values()) == total
    assert sum(values[-1] for values in sums.day_payments.values()) == total
    assert sum(values[0] + values[1] for values in sums.hours.values()) == len(counted)
    amounts = [values[1:] for values in sums.day_items.values()]
    for parts in (sums.month_items(), sums.day_categories):
        kept = [values[1:] for values in parts.values()]
        assert [sum(column) for column in zip(*kept, strict=True)] == [
            sum(column) for column in zip(*amounts, strict=True)
        ]


def test_an_order_with_two_dishes_of_a_category_is_one_order_there() -> None:
    sums = Sums()
    items = {1: (1000, 500), 2: (2000, 700), 3: (1000, 100)}
    sums.add_order(
        (1, 20260131, 12), OrderStatus.CLOSED, (4000, 0, 0, 1300), items, {1: 7, 2: 7, 3: 8}, []
    )
    assert sums.day_categories == {
        (1, 20260131, 7): [1, 3000, 1200],
        (1, 20260131, 8): [1, 1000, 100],
    }
