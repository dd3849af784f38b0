"""Sums: what a batch adds does not depend on how it was cut, and shares add up to the cent."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import fields
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from desktop_app.orders.records import OrderStatus, PaymentMethod
from desktop_app.orders.sums import COUNTED, Sold, Spread, Sums, apportioned

METHODS = st.sampled_from(PaymentMethod)
PAYMENTS = st.lists(st.tuples(METHODS, st.integers(-(10**6), 10**7)), max_size=6)
MENU = [
    Sold(product, size, product % 2, quantity, total)
    for product in range(1, 5)
    for size in ("", "L")
    for quantity, total in ((1000, 500), (2000, 700), (-1000, -500))
]
ORDER = st.tuples(
    st.tuples(st.just(1), st.sampled_from([20260131, 20260201]), st.integers(0, 23)),
    st.sampled_from(OrderStatus),
    st.tuples(st.integers(0, 2), st.sampled_from(["", "zal"])),
    st.tuples(st.integers(0, 9), *[st.integers(-(10**6), 10**6)] * 4),
    st.lists(st.sampled_from(MENU) | st.sampled_from(MENU).map(lambda one: Sold(*one)), max_size=5),
    PAYMENTS,
)
ROLL_UPS = [one.name for one in fields(Spread)]


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


def _summed(orders: Sequence[Any]) -> Spread:
    sums = Sums()
    for order in orders:
        sums.add_order(*order)
    return sums.spread()


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
    for name in ROLL_UPS:
        assert getattr(whole, name) == _joined(getattr(first, name), getattr(second, name))


@given(st.lists(ORDER, max_size=20))
def test_a_batch_is_the_sum_of_its_orders(orders: list[Any]) -> None:
    whole = _summed(orders)
    alone = [_summed([order]) for order in orders]
    for name in ROLL_UPS:
        assert getattr(whole, name) == _joined(*(getattr(one, name) for one in alone))


@given(st.lists(ORDER, max_size=20))
def test_hours_and_payments_agree_and_only_sales_count(orders: list[Any]) -> None:
    sums = _summed(orders)
    counted = [order for order in orders if order[1] in COUNTED]
    total = sum(order[3][-1] for order in counted)
    for found in (sums.hours, sums.day_services, sums.day_payments):
        assert sum(values[-1] for values in found.values()) == total
    for found in (sums.hours, sums.day_services):
        assert sum(values[0] + values[1] for values in found.values()) == len(counted)
    refunds = [order for order in counted if order[1] is OrderStatus.REFUNDED]
    assert sum(values[1] for values in sums.hours.values()) == len(refunds)
    sold = [one for order in counted for one in order[4]]
    for parts in (sums.day_items, sums.month_items, sums.day_categories):
        assert sum(values[1] for values in parts.values()) == sum(one.quantity for one in sold)
        assert sum(values[2] for values in parts.values()) == sum(one.total for one in sold)
    assert sum(values[0] for values in sums.day_items.values()) == sum(
        len({one.product for one in order[4]}) for order in counted
    )
    sized = sum(one.total for one in sold if one.size)
    assert sum(values[1] for values in sums.day_sizes.values()) == sized


def test_an_order_with_two_dishes_of_a_category_is_one_order_there() -> None:
    sold = [Sold(1, "", 7, 1000, 500), Sold(2, "L", 7, 2000, 700), Sold(3, "", 8, 1000, 100)]
    day = (1, 20260131, 12)
    sums = _summed([(day, OrderStatus.CLOSED, (5, "zal"), (2, 4000, 0, 0, 1300), sold, [])])
    assert sums.day_categories == {
        (1, 20260131, 7): [1, 3000, 1200],
        (1, 20260131, 8): [1, 1000, 100],
    }
    assert sums.hours == {day: [1, 0, 4000, 0, 0, 0, 1300]}
    assert sums.day_services == {(1, 20260131, 5, "zal"): [1, 0, 2, 4000, 0, 1300]}
    assert sums.day_payments == {(1, 20260131, "unknown"): [1, 1300]}
    assert sums.day_sizes == {(2, "L", 20260131, 1): [2000, 700]}
