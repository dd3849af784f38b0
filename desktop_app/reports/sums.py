"""Reading the roll-ups: statements and small sums. A year of one venue is some thousand rows."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from sqlalchemy import func, literal, select

from desktop_app.db.transaction import Transaction
from desktop_app.kernel.clock import as_date
from desktop_app.menu.tables import Category, Product, Station
from desktop_app.orders.tables import (
    SalesDayCategory,
    SalesDayItem,
    SalesDayPayment,
    SalesDayService,
    SalesHour,
)
from desktop_app.reports.records import Dimension, HourSales, Period, SalesRow, Totals
from desktop_app.staff.tables import Employee


def within(column: Any, period: Period) -> list[Any]:
    """Return the conditions that keep a business date inside a period."""
    found = []
    if period.first is not None:
        found.append(column >= period.first)
    if period.last is not None:
        found.append(column <= period.last)
    return found


def totals(tx: Transaction, period: Period) -> Totals:
    """Return the sums of a period."""
    columns = (
        SalesHour.orders, SalesHour.refunds, SalesHour.items, SalesHour.discount_minor,
        SalesHour.tax_minor, SalesHour.refunded_minor, SalesHour.total_minor,
    )  # fmt: skip
    wanted = select(*(func.sum(column) for column in columns))
    found = tx.rows(wanted.where(*within(SalesHour.business_date, period)))[0]
    return Totals(*(int(value or 0) for value in found))


def by_hour_of_day(tx: Transaction, period: Period) -> list[HourSales]:
    """Return revenue by hour on the clock, the hours with sales only."""
    wanted = (
        select(SalesHour.hour, func.sum(SalesHour.total_minor))
        .where(*within(SalesHour.business_date, period))
        .group_by(SalesHour.hour)
        .order_by(SalesHour.hour)
    )
    return [HourSales(hour, int(total)) for hour, total in tx.rows(wanted)]


_TIMES: Mapping[Dimension, Callable[[date, int], str]] = {
    Dimension.HOUR: lambda _day, hour: f"{hour:02d}",
    Dimension.DAY: lambda day, _hour: day.isoformat(),
    Dimension.WEEK: lambda day, _hour: _week(day),
    Dimension.MONTH: lambda day, _hour: f"{day:%Y-%m}",
    Dimension.WEEKDAY: lambda day, _hour: str(day.isoweekday()),
}


def rows_by(tx: Transaction, dimension: Dimension, period: Period) -> Sequence[SalesRow]:
    """Return sales by one dimension: times in their order, all else by falling revenue."""
    if dimension in _TIMES:
        return _by_time(tx, period, _TIMES[dimension])
    if dimension is Dimension.PAYMENT:
        return _by_payment(tx, period)
    if dimension is Dimension.STAFF:
        return _by_service(tx, func.coalesce(Employee.name, ""), period)
    if dimension is Dimension.SALE_TYPE:
        return _by_service(tx, SalesDayService.sale_type, period)
    if dimension is Dimension.STATION:
        return _by_station(tx, period)
    return by_category(tx, period) if dimension is Dimension.CATEGORY else by_product(tx, period)


def by_product(tx: Transaction, period: Period, *, limit: int | None = None) -> Sequence[SalesRow]:
    """Return sales by product, the best first."""
    revenue = func.sum(SalesDayItem.total_minor)
    wanted: Any = (
        select(
            Product.name, func.sum(SalesDayItem.orders), func.sum(SalesDayItem.quantity), revenue
        )
        .join(Product, Product.id == SalesDayItem.product_id)
        .where(*within(SalesDayItem.business_date, period))
        .group_by(Product.name)
        .order_by(revenue.desc(), Product.name)
        .limit(limit)
    )
    return _sales_rows(tx.rows(wanted))


def by_category(tx: Transaction, period: Period) -> Sequence[SalesRow]:
    """Return sales by category, the best first; an order counts once in each of its categories."""
    sums = SalesDayCategory
    revenue = func.sum(sums.total_minor)
    label = func.coalesce(Category.name, "")
    wanted: Any = (
        select(label, func.sum(sums.orders), func.sum(sums.quantity), revenue)
        .select_from(sums)
        .outerjoin(Category, Category.id == sums.category_id)
        .where(*within(sums.business_date, period))
        .group_by(label)
        .order_by(revenue.desc(), label)
    )
    return _sales_rows(tx.rows(wanted))


def _by_payment(tx: Transaction, period: Period) -> Sequence[SalesRow]:
    revenue = func.sum(SalesDayPayment.total_minor)
    wanted: Any = (
        select(SalesDayPayment.method, func.sum(SalesDayPayment.orders), literal(0), revenue)
        .where(*within(SalesDayPayment.business_date, period))
        .group_by(SalesDayPayment.method)
        .order_by(revenue.desc(), SalesDayPayment.method)
    )
    return _sales_rows(tx.rows(wanted))


def _by_service(tx: Transaction, label: Any, period: Period) -> Sequence[SalesRow]:
    sums = SalesDayService
    revenue = func.sum(sums.total_minor)
    wanted: Any = (
        select(label, func.sum(sums.orders), func.sum(sums.items), revenue)
        .select_from(sums)
        .outerjoin(Employee, Employee.id == sums.employee_id)
        .where(*within(sums.business_date, period))
        .group_by(label)
        .order_by(revenue.desc(), label)
    )
    return _sales_rows(tx.rows(wanted))


def _by_station(tx: Transaction, period: Period) -> Sequence[SalesRow]:
    """Return sales by where dishes are made; an order counts once for each product of it."""
    sums = SalesDayItem
    revenue = func.sum(sums.total_minor)
    label = func.coalesce(Station.name, "")
    wanted: Any = (
        select(label, func.sum(sums.orders), func.sum(sums.quantity), revenue)
        .select_from(sums)
        .join(Product, Product.id == sums.product_id)
        .outerjoin(Station, Station.id == Product.station_id)
        .where(*within(sums.business_date, period))
        .group_by(label)
        .order_by(revenue.desc(), label)
    )
    return _sales_rows(tx.rows(wanted))


def _sales_rows(found: Iterable[Any]) -> list[SalesRow]:
    return [
        SalesRow(str(key), int(orders), int(quantity), int(revenue))
        for key, orders, quantity, revenue in found
    ]


def _by_time(
    tx: Transaction, period: Period, key: Callable[[date, int], str]
) -> Sequence[SalesRow]:
    wanted = (
        select(
            SalesHour.business_date,
            SalesHour.hour,
            func.sum(SalesHour.orders),
            func.sum(SalesHour.items),
            func.sum(SalesHour.total_minor),
        )
        .where(*within(SalesHour.business_date, period))
        .group_by(SalesHour.business_date, SalesHour.hour)
    )
    sums: dict[str, list[int]] = {}
    for day, hour, orders, quantity, revenue in tx.rows(wanted):
        found = sums.setdefault(key(as_date(day), hour), [0, 0, 0])
        found[0] += int(orders)
        found[1] += int(quantity)
        found[2] += int(revenue)
    return [SalesRow(name, *values) for name, values in sorted(sums.items())]


def _week(day: date) -> str:
    year, week, _ = day.isocalendar()
    return f"{year}-W{week:02d}"
