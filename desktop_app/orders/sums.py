"""Roll-ups: what a batch of orders adds to the sums that reports are made of. Pure.

A void order adds nothing; a refund adds its negative amounts. `total_minor` is revenue: after
discounts, before tax that is added on top.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from desktop_app.orders.records import OrderStatus, PaymentMethod

Key = tuple[int | str, ...]
COUNTED = frozenset({OrderStatus.CLOSED, OrderStatus.REFUNDED})


@dataclass(slots=True)
class Sums:
    """Growing sums of one transaction, by the keys of the roll-up tables."""

    hours: dict[Key, list[int]] = field(default_factory=dict)
    day_items: dict[Key, list[int]] = field(default_factory=dict)
    day_categories: dict[Key, list[int]] = field(default_factory=dict)
    day_sizes: dict[Key, list[int]] = field(default_factory=dict)
    day_payments: dict[Key, list[int]] = field(default_factory=dict)
    day_services: dict[Key, list[int]] = field(default_factory=dict)

    def add_order(
        self,
        key: tuple[int, int, int],
        status: OrderStatus,
        amounts: tuple[int, int, int, int],
        items: Mapping[int, Sequence[int]],
        categories: Mapping[int, int],
        payments: Sequence[tuple[PaymentMethod, int]],
    ) -> None:
        """Add one order.

        `key` is venue, business date and hour; `amounts` quantity, discount, tax and total;
        `items` quantity and total by product, `categories` those products' categories; `payments`
        method and share of the total.
        """
        if status not in COUNTED:
            return
        venue, date, _hour = key
        sale = status is OrderStatus.CLOSED
        _add_hour(self.hours, key, amounts, sale=sale)
        day_items, day_categories = self.day_items, self.day_categories
        if len(items) == 1:  # two orders of three
            ((product, (sold, amount)),) = items.items()
            _add_sale(day_items, (venue, date, product), sold, amount)
            _add_sale(day_categories, (venue, date, categories[product]), sold, amount)
        else:
            for product, (sold, amount) in items.items():
                _add_sale(day_items, (venue, date, product), sold, amount)
            for category, (sold, amount) in _by_category(items, categories).items():
                _add_sale(day_categories, (venue, date, category), sold, amount)
        for method, amount in payments:
            _add_payment(self.day_payments, (venue, date, str(method)), amount)

    def add_size(self, key: Key, sold: int, amount: int) -> None:
        """Add a line of an order that counts; `key` is product, size, business date and venue."""
        found = self.day_sizes.get(key)
        if found is None:
            self.day_sizes[key] = [sold, amount]
        else:
            found[0] += sold
            found[1] += amount

    def add_service(
        self,
        key: tuple[int, int, int, str],
        status: OrderStatus,
        amounts: tuple[int, int, int],
    ) -> None:
        """Add one order to who served and how it was sold.

        `key` is venue, business date, employee (0 for nobody) and sale type; `amounts` guests,
        quantity and total.
        """
        if status not in COUNTED:
            return
        guests, quantity, total = amounts
        sale = status is OrderStatus.CLOSED
        found = self.day_services.get(key)
        if found is None:
            found = self.day_services[key] = [0] * 6
        if sale:
            found[0] += 1
            found[2] += guests
        else:
            found[1] += 1
            found[4] += total
        found[3] += quantity
        found[5] += total

    def month_items(self) -> dict[Key, list[int]]:
        """Return the sums of products by month (yyyymm), out of those by day."""
        months: dict[Key, list[int]] = {}
        for (venue, date, product), values in self.day_items.items():
            _add(months, (venue, int(date) // 100, product), values)
        return months


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


def _by_category(
    items: Mapping[int, Sequence[int]], categories: Mapping[int, int]
) -> Mapping[int, Sequence[int]]:
    found: dict[int, list[int]] = {}
    for product, (sold, amount) in items.items():
        category = categories[product]
        sums = found.get(category)
        if sums is None:
            found[category] = [sold, amount]
        else:
            sums[0] += sold
            sums[1] += amount
    return found


# The sums of a million receipts: each of these is written out, as a loop takes twice as long.


def _add_hour(
    sums: dict[Key, list[int]], key: Key, amounts: tuple[int, int, int, int], *, sale: bool
) -> None:
    quantity, discount, tax, total = amounts
    found = sums.get(key)
    if found is None:
        found = sums[key] = [0] * 7
    if sale:
        found[0] += 1
    else:
        found[1] += 1
        found[5] += total
    found[2] += quantity
    found[3] += discount
    found[4] += tax
    found[6] += total


def _add_sale(sums: dict[Key, list[int]], key: Key, sold: int, amount: int) -> None:
    found = sums.get(key)
    if found is None:
        sums[key] = [1, sold, amount]
        return
    found[0] += 1
    found[1] += sold
    found[2] += amount


def _add_payment(sums: dict[Key, list[int]], key: Key, amount: int) -> None:
    found = sums.get(key)
    if found is None:
        sums[key] = [1, amount]
        return
    found[0] += 1
    found[1] += amount


def _add(sums: dict[Key, list[int]], key: Key, values: Sequence[int]) -> None:
    found = sums.get(key)
    if found is None:
        sums[key] = list(values)
        return
    for index, value in enumerate(values):
        found[index] += value
