"""Who reads the rows of each report. Everything comes from the sums; nothing scans the orders."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from sqlalchemy import func, select

from desktop_app.db.transaction import Transaction
from desktop_app.kernel.clock import as_date
from desktop_app.menu.recipes import CardBook
from desktop_app.menu.tables import Category, Product
from desktop_app.orders.records import OrderStatus
from desktop_app.orders.tables import (
    Order,
    SalesDayItem,
    SalesDayService,
    SalesDaySize,
    SalesHour,
)
from desktop_app.reports import sums
from desktop_app.reports.analysis import DISHES, Sold, abc, engineered, share
from desktop_app.reports.records import Dimension, Period
from desktop_app.reports.shapes import NONE, Line, Value
from desktop_app.reports.wording import label_of
from desktop_app.sales.records import CorrectionKind
from desktop_app.sales.tables import Correction
from desktop_app.staff.tables import Employee

_CHUNK = 500
_PARTS = (Dimension.ITEM, Dimension.CATEGORY, Dimension.STATION)


def sales(tx: Transaction, period: Period, *, dimension: Dimension) -> list[Line]:
    """Return sales by one dimension."""
    rows = sums.rows_by(tx, dimension, period)
    whole = sum(row.revenue_minor for row in rows)
    found: list[Line] = []
    for row in rows:
        values: list[Value] = [row.orders]
        if dimension is not Dimension.PAYMENT:
            values.append(row.quantity)
        values += [row.revenue_minor, share(row.revenue_minor, whole)]
        if dimension not in (*_PARTS, Dimension.PAYMENT):
            values.append(_each(row.revenue_minor, row.orders))
        found.append(Line(row.key, label_of(dimension, row.key), values))
    return found


def abc_of_products(tx: Transaction, period: Period) -> list[Line]:
    """Return products with their class, the best first."""
    rows = sums.by_product(tx, period)
    whole = sum(row.revenue_minor for row in rows if row.revenue_minor > 0)
    classes = abc([row.revenue_minor for row in rows])
    found: list[Line] = []
    upto = 0
    for row, letter in zip(rows, classes, strict=True):
        upto += max(row.revenue_minor, 0)
        values = (
            letter, row.quantity, row.revenue_minor,
            share(row.revenue_minor, whole), share(upto, whole),
        )  # fmt: skip
        found.append(Line(row.key, row.key or NONE, values))
    return found


def menu_engineering(tx: Transaction, period: Period) -> list[Line]:
    """Return products with the field they fall into, the richest first."""
    rows = [row for row in _with_costs(tx, period) if row[2] > 0]
    fields = engineered([Sold(quantity, revenue - cost) for _, _, quantity, revenue, cost in rows])
    found = [
        Line(
            name,
            name or NONE,
            (
                DISHES[field], quantity, revenue, cost, revenue - cost,
                _each((revenue - cost) * 1000, quantity),
            ),
        )
        for (name, _, quantity, revenue, cost), field in zip(rows, fields, strict=True)
    ]  # fmt: skip
    return sorted(found, key=lambda line: -int(str(line.values[4])))


def food_cost(tx: Transaction, period: Period) -> list[Line]:
    """Return what the ingredients of each category cost, the dearest first."""
    groups: dict[str, list[int]] = {}
    for _, category, _, revenue, cost in _with_costs(tx, period):
        found = groups.setdefault(category, [0, 0])
        found[0] += revenue
        found[1] += cost
    return [
        Line(name, name or NONE, (revenue, cost, share(cost, revenue), revenue - cost))
        for name, (revenue, cost) in sorted(groups.items(), key=lambda one: -one[1][1])
    ]


def checks_by_month(tx: Transaction, period: Period) -> list[Line]:
    """Return orders, guests and what each brings, month by month."""
    wanted = _services(period, SalesDayService.business_date)
    months: dict[str, list[int]] = {}
    for day, orders, guests, revenue in tx.rows(wanted):
        found = months.setdefault(_month(as_date(day)), [0, 0, 0])
        for at, value in enumerate((orders, guests, revenue)):
            found[at] += int(value)
    return [Line(name, name, _check(*values)) for name, values in sorted(months.items())]


def checks_by_waiter(tx: Transaction, period: Period) -> list[Line]:
    """Return orders, guests and what each brings, by who served."""
    name = func.coalesce(Employee.name, "")
    wanted = _services(period, name).outerjoin(Employee, Employee.id == SalesDayService.employee_id)
    found = [
        Line(waiter, waiter or NONE, _check(int(orders), int(guests), int(revenue)))
        for waiter, orders, guests, revenue in tx.rows(wanted)
    ]
    return sorted(found, key=lambda line: -int(str(line.values[3])))


def refunds(tx: Transaction, period: Period) -> list[Line]:
    """Return what was given back or voided, by who served; the most first."""
    name = func.coalesce(Employee.name, "")
    sums_ = SalesDayService
    wanted: Any = (
        select(
            name, func.sum(sums_.refunds), func.sum(sums_.refunded_minor),
            func.sum(sums_.total_minor),
        )
        .select_from(sums_)
        .outerjoin(Employee, Employee.id == sums_.employee_id)
        .where(*sums.within(sums_.business_date, period))
        .group_by(name)
    )  # fmt: skip
    people = {one: [int(n), int(back), 0, 0, int(all_)] for one, n, back, all_ in tx.rows(wanted)}
    voids: Any = (
        select(name, func.count(), func.sum(Order.total_minor))
        .select_from(Order)
        .outerjoin(Employee, Employee.id == Order.employee_id)
        .where(Order.status == OrderStatus.VOID, *sums.within(Order.business_date, period))
        .group_by(name)
    )
    for one, number, total in tx.rows(voids):
        found = people.setdefault(one, [0, 0, 0, 0, 0])
        found[2], found[3] = int(number), int(total)
    _move_voids(tx, period, name, people)
    rows = [(one, values) for one, values in people.items() if values[0] or values[2]]
    return [
        Line(one, one or NONE, (n, back, voided, lost, share(-back + lost, all_ - back)))
        for one, (n, back, voided, lost, all_) in sorted(
            rows, key=lambda row: (row[1][1] - row[1][3], row[0])
        )
    ]


def _move_voids(tx: Transaction, period: Period, name: Any, people: dict[str, list[int]]) -> None:
    """Count as voids what a void has taken back: it is entered as a negative receipt."""
    voided: Any = (
        select(name, func.count(), func.sum(Order.total_minor))
        .select_from(Correction)
        .join(Order, Order.id == Correction.order_id)
        .outerjoin(Employee, Employee.id == Order.employee_id)
        .where(
            Correction.kind == CorrectionKind.VOID,
            Order.status == OrderStatus.REFUNDED,
            *sums.within(Order.business_date, period),
        )
        .group_by(name)
    )
    for one, number, total in tx.rows(voided):
        found = people.setdefault(one, [0, 0, 0, 0, 0])
        found[0] -= int(number)
        found[1] -= int(total)
        found[2] += int(number)
        found[3] -= int(total)


def discounts(tx: Transaction, period: Period) -> list[Line]:
    """Return what was taken off, month by month."""
    found = _months(tx, period, SalesHour.orders, SalesHour.discount_minor, SalesHour.total_minor)
    return [
        Line(name, name, (orders, total + taken, taken, share(taken, total + taken), total))
        for name, (orders, taken, total) in found.items()
    ]


def taxes(tx: Transaction, period: Period) -> list[Line]:
    """Return tax, month by month."""
    found = _months(tx, period, SalesHour.orders, SalesHour.total_minor, SalesHour.tax_minor)
    return [Line(name, name, values) for name, values in found.items()]


def _months(tx: Transaction, period: Period, *columns: Any) -> dict[str, list[int]]:
    wanted: Any = (
        select(SalesHour.business_date, *(func.sum(column) for column in columns))
        .where(*sums.within(SalesHour.business_date, period))
        .group_by(SalesHour.business_date)
        .order_by(SalesHour.business_date)
    )
    months: dict[str, list[int]] = {}
    for day, *values in tx.rows(wanted):
        found = months.setdefault(_month(as_date(day)), [0] * len(columns))
        for at, value in enumerate(values):
            found[at] += int(value)
    return months


def _services(period: Period, label: Any) -> Any:
    found = SalesDayService
    return (
        select(label, func.sum(found.orders), func.sum(found.guests), func.sum(found.total_minor))
        .select_from(found)
        .where(*sums.within(found.business_date, period))
        .group_by(label)
    )


def _check(orders: int, guests: int, revenue: int) -> Sequence[int]:
    return (orders, guests, revenue, _each(revenue, orders), _each(revenue, guests))


def _with_costs(tx: Transaction, period: Period) -> list[tuple[str, str, int, int, int]]:
    """Return name, category, quantity, revenue and cost by the card of every product sold."""
    found, group = SalesDayItem, func.coalesce(Category.name, "")
    wanted: Any = (
        select(
            found.product_id, Product.name, group,
            func.sum(found.quantity), func.sum(found.total_minor),
        )
        .select_from(found)
        .join(Product, Product.id == found.product_id)
        .outerjoin(Category, Category.id == Product.category_id)
        .where(*sums.within(found.business_date, period))
        .group_by(found.product_id, Product.name, group)
        .order_by(Product.name)
    )  # fmt: skip
    costs = _Costs(tx, period)
    return [
        (name, category, int(quantity), int(revenue), costs.of(id_, int(quantity)))
        for id_, name, category, quantity, revenue in tx.rows(wanted)
    ]


class _Costs:
    """What was sold cost by the technical cards, each size by its own."""

    def __init__(self, tx: Transaction, period: Period) -> None:
        self._book = CardBook.read(tx)
        self._sizes: dict[int, list[tuple[str, int]]] = {}
        found = SalesDaySize
        other = sorted({id_ for id_, _ in (*self._book.sizes, *self._book.factors)})
        for start in range(0, len(other), _CHUNK):
            wanted: Any = (
                select(found.product_id, found.variant, func.sum(found.quantity))
                .where(
                    found.product_id.in_(other[start : start + _CHUNK]),
                    *sums.within(found.business_date, period),
                )
                .group_by(found.product_id, found.variant)
            )
            for id_, size, quantity in tx.rows(wanted):
                self._sizes.setdefault(id_, []).append((size, int(quantity)))

    def of(self, product_id: int, quantity: int) -> int:
        """Return what a quantity of a product cost, rounded once."""
        sized = self._sizes.get(product_id, ())
        plain = quantity - sum(much for _, much in sized)
        cost = self._book.cost(product_id) * plain
        for size, much in sized:
            cost += self._book.cost(product_id, size) * much
        return round(cost)


def _each(amount: int, number: int) -> int:
    return round(amount / number) if number else 0


def _month(day: date) -> str:
    return f"{day:%Y-%m}"
