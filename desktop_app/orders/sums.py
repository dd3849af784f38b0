"""Roll-ups: what a batch of orders adds to the sums that reports are made of. Pure.

A void order adds nothing; a refund adds its negative amounts. `total_minor` is revenue: after
discounts, before tax that is added on top.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from operator import itemgetter
from typing import NamedTuple, TypeVar

from desktop_app.orders.records import OrderStatus, PaymentMethod

Key = tuple[int | str, ...]
AnyKey = TypeVar("AnyKey")
COUNTED = frozenset({OrderStatus.CLOSED, OrderStatus.REFUNDED})


class Sold(NamedTuple):
    """What one line of a receipt sells; `size` is empty where there is none, `category` then 0."""

    product: int
    size: str
    category: int
    quantity: int
    total: int


_Sale = tuple[int, OrderStatus, int, str, PaymentMethod | None]
"""Hour, status, who served, sale type and method of payment; no method where there are several."""


@dataclass(slots=True)
class _Day:
    """What was sold on one business day of a venue, before it is spread over the roll-ups."""

    sales: dict[_Sale, list[int]] = field(default_factory=dict)
    sold: dict[int, tuple[Sold, list[int]]] = field(default_factory=dict)
    """How often each `Sold` object was sold, by its identity: readers use one for equal lines."""
    products: dict[int, int] = field(default_factory=dict)
    categories: dict[int, int] = field(default_factory=dict)
    """In how many orders."""
    payments: dict[PaymentMethod, list[int]] = field(default_factory=dict)
    """Those of orders that were paid in several ways."""


@dataclass(slots=True)
class Sums:
    """Collects the orders of one transaction; `spread` says what they add to the roll-ups.

    Few things are done for each order and each line, since an import has a million of them.
    """

    _days: dict[tuple[int, int], _Day] = field(default_factory=dict)

    def add_order(
        self,
        key: tuple[int, int, int],
        status: OrderStatus,
        by: tuple[int, str],
        amounts: tuple[int, int, int, int, int],
        sold: Sequence[Sold],
        payments: Sequence[tuple[PaymentMethod, int]],
    ) -> None:
        """Add one order.

        `key` is venue, business date and hour; `by` is who served (0 for nobody) and the sale type;
        `amounts` guests, quantity, discount, tax and total; `payments` method and amount.
        """
        if status not in COUNTED:
            return
        venue, date, hour = key
        day = self._days.get((venue, date))
        if day is None:
            day = self._days[venue, date] = _Day()
        guests, quantity, discount, tax, total = amounts
        sale = (hour, status, *by, _paid(day, total, payments))
        found = day.sales.get(sale)
        if found is None:
            day.sales[sale] = [1, guests, quantity, discount, tax, total]
        else:
            found[0] += 1
            found[1] += guests
            found[2] += quantity
            found[3] += discount
            found[4] += tax
            found[5] += total
        _add_sold(day, sold)

    def spread(self) -> Spread:
        """Return what all of these orders add to each of the roll-ups, nearly in their order."""
        spread = Spread()
        sizes: _Sizes = {}
        for (venue, date), day in sorted(self._days.items(), key=itemgetter(0)):
            _spread_sales(spread, venue, date, day)
            _spread_sold(spread, sizes, (venue, date), day)
        for size in sorted(sizes):
            spread.day_sizes.update(sizes[size])
        return spread


_Sizes = dict[tuple[int, str], list[tuple[Key, list[int]]]]
"""The sums of each size of a product, day by day."""


@dataclass(slots=True)
class Spread:
    """What a batch of orders adds to the roll-ups, by the keys of their tables."""

    hours: dict[Key, list[int]] = field(default_factory=dict)
    day_items: dict[Key, list[int]] = field(default_factory=dict)
    day_sizes: dict[Key, list[int]] = field(default_factory=dict)
    day_categories: dict[Key, list[int]] = field(default_factory=dict)
    day_payments: dict[Key, list[int]] = field(default_factory=dict)
    day_services: dict[Key, list[int]] = field(default_factory=dict)
    month_items: dict[Key, list[int]] = field(default_factory=dict)


def apportioned(
    total: int, payments: Sequence[tuple[PaymentMethod, int]]
) -> list[tuple[PaymentMethod, int]]:
    """Share an order's revenue among its payments, in proportion to what each brought in.

    The shares add up to the total to the cent. Payments may exceed it by tax and tips; where they
    say nothing (none, or all zero) the first method, or an unknown one, has the whole.
    """
    if len(payments) == 1:
        return [(payments[0][0], total)]
    if not payments:
        return [(PaymentMethod.UNKNOWN, total)]
    paid = sum(amount for _method, amount in payments)
    if paid == 0:
        return [(payments[0][0], total)]
    shares: list[tuple[PaymentMethod, int]] = []
    seen = given = 0
    for method, amount in payments:
        seen += amount
        upto = total * seen // paid
        shares.append((method, upto - given))
        given = upto
    return shares


def _paid(
    day: _Day, total: int, payments: Sequence[tuple[PaymentMethod, int]]
) -> PaymentMethod | None:
    """Return how an order was paid; several ways are added to the day at once, for None."""
    if not payments:
        return PaymentMethod.UNKNOWN
    if len(payments) == 1:
        return payments[0][0]
    for method, amount in apportioned(total, payments):
        _add(day.payments, method, (1, amount))
    return None


def _add_sold(day: _Day, sold: Sequence[Sold]) -> None:
    times, products, categories = day.sold, day.products, day.categories
    for one in sold:
        found = times.get(id(one))
        if found is None:
            times[id(one)] = one, [1]
        else:
            found[1][0] += 1
    if len(sold) == 1:  # two orders of three
        product, _, category, _, _ = sold[0]
        products[product] = products.get(product, 0) + 1
        categories[category] = categories.get(category, 0) + 1
        return
    for product in {one[0] for one in sold}:
        products[product] = products.get(product, 0) + 1
    for category in {one[2] for one in sold}:
        categories[category] = categories.get(category, 0) + 1


def _spread_sales(spread: Spread, venue: int, date: int, day: _Day) -> None:
    for (hour, status, served, kind, method), sums in day.sales.items():
        orders, guests, quantity, discount, tax, total = sums
        sales, refunds, refunded = (orders, 0, 0)
        if status is not OrderStatus.CLOSED:
            sales, refunds, guests, refunded = 0, orders, 0, total
        both = (sales, refunds)
        _add(spread.hours, (venue, date, hour), (*both, quantity, discount, tax, refunded, total))
        service = (venue, date, served, kind)
        _add(spread.day_services, service, (*both, guests, quantity, refunded, total))
        if method is not None:
            _add(spread.day_payments, (venue, date, str(method)), (orders, total))
    for method, sums in day.payments.items():
        _add(spread.day_payments, (venue, date, str(method)), sums)


def _spread_sold(spread: Spread, sizes: _Sizes, place: tuple[int, int], day: _Day) -> None:
    venue, date = place
    items = {product: [orders, 0, 0] for product, orders in sorted(day.products.items())}
    categories = {category: [orders, 0, 0] for category, orders in day.categories.items()}
    sized: dict[tuple[int, str], list[int]] = {}
    for (product, size, category, quantity, total), (times,) in day.sold.values():
        much, amount = times * quantity, times * total
        sums = items[product]
        sums[1] += much
        sums[2] += amount
        sums = categories[category]
        sums[1] += much
        sums[2] += amount
        if size:
            found = sized.get((product, size))
            if found is None:
                sized[product, size] = [much, amount]
            else:
                found[0] += much
                found[1] += amount
    for product, sums in items.items():
        spread.day_items[venue, date, product] = sums
        _add(spread.month_items, (venue, date // 100, product), sums)
    for category, sums in categories.items():
        spread.day_categories[venue, date, category] = sums
    for key, sums in sized.items():
        sizes.setdefault(key, []).append(((*key, date, venue), sums))


def _add(sums: dict[AnyKey, list[int]], key: AnyKey, values: Sequence[int]) -> None:
    found = sums.get(key)
    if found is None:
        sums[key] = list(values)
        return
    for index, value in enumerate(values):
        found[index] += value
