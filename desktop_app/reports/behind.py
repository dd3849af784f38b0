"""The orders behind a number of a report: what it is made of, newest first."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, func, select

from desktop_app.db.transaction import Transaction
from desktop_app.kernel.clock import as_date, as_number
from desktop_app.kernel.errors import InvalidError
from desktop_app.kernel.words import Message, msg
from desktop_app.menu.tables import Category, Product, Station
from desktop_app.orders.records import OrderStatus, PaymentMethod
from desktop_app.orders.sums import COUNTED, apportioned
from desktop_app.orders.tables import Order, OrderLine, Payment, SalesDayItem, SalesHour
from desktop_app.reports.records import Dimension, Period
from desktop_app.reports.shapes import Trail
from desktop_app.reports.sums import within
from desktop_app.sales.reading import moved_by
from desktop_app.staff.tables import Employee

_CHUNK = 500


@dataclass(frozen=True, slots=True)
class BehindRow:
    """One row behind a number, and how much of the number is in it.

    Of an order its id, else 0. `number` is what the row is called: an order's number, a storage, an
    account, a guest. `kind` and `note` say more where there is more.
    """

    order_id: int
    number: str
    opened_at: datetime
    quantity: int
    amount_minor: int
    note: str = ""
    kind: Message | None = None


@dataclass(frozen=True, slots=True)
class Behind:
    """The newest rows behind a number; `more` where there are others. No `trail`: orders sold."""

    rows: Sequence[BehindRow]
    more: bool
    trail: Trail | None = None


def orders_behind(
    tx: Transaction, dimension: Dimension, key: str, period: Period, limit: int
) -> Behind:
    """Return the orders behind a row of sales by a dimension."""
    if dimension in (Dimension.ITEM, Dimension.CATEGORY, Dimension.STATION):
        return _with_lines(tx, dimension, key, period, limit)
    # who changes how a receipt was paid moves its revenue on the day they do it
    statuses = COUNTED | ({OrderStatus.CHANGED} if dimension is Dimension.PAYMENT else set())
    wanted: Any = select(
        Order.id, Order.number, Order.opened_at, Order.items, Order.total_minor
    ).where(Order.status.in_(statuses), *_conditions(tx, dimension, key, period))
    if dimension is Dimension.STAFF:
        wanted = wanted.outerjoin(Employee, Employee.id == Order.employee_id)
    found = tx.rows(_newest(wanted).limit(limit + 1))
    rows = [BehindRow(*row) for row in found]
    if dimension is Dimension.PAYMENT:
        rows = _shares(tx, rows, PaymentMethod(key))
    return Behind(rows[:limit], len(rows) > limit)


def _conditions(
    tx: Transaction, dimension: Dimension, key: str, period: Period
) -> list[ColumnElement[bool]]:
    match dimension:
        case Dimension.HOUR:
            return [Order.hour == _number(key), *within(Order.business_date, period)]
        case Dimension.WEEKDAY:
            days = select(SalesHour.business_date).distinct()
            inside = [
                day
                for (day,) in tx.rows(days.where(*within(SalesHour.business_date, period)))
                if as_date(day).isoweekday() == _number(key)
            ]
            return [Order.business_date.in_(inside)]
        case Dimension.STAFF:
            return [func.coalesce(Employee.name, "") == key, *within(Order.business_date, period)]
        case Dimension.SALE_TYPE:
            return [Order.sale_type == key, *within(Order.business_date, period)]
        case Dimension.PAYMENT:
            return [_paid(PaymentMethod(key)), *within(Order.business_date, period)]
        case _:
            inside_ = _met(_days(dimension, key), period)
            return list(within(Order.business_date, inside_))


def _with_lines(
    tx: Transaction, dimension: Dimension, key: str, period: Period, limit: int
) -> Behind:
    named = {
        Dimension.ITEM: Product.name,
        Dimension.CATEGORY: func.coalesce(Category.name, ""),
        Dimension.STATION: func.coalesce(Station.name, ""),
    }[dimension]
    products: Any = (
        select(Product.id)
        .outerjoin(Category, Category.id == Product.category_id)
        .outerjoin(Station, Station.id == Product.station_id)
        .where(named == key)
    )
    ids = [id_ for (id_,) in tx.rows(products)]
    wanted: Any = (
        select(
            Order.id, Order.number, Order.opened_at,
            func.sum(OrderLine.quantity), func.sum(OrderLine.total_minor),
        )
        .join(OrderLine, OrderLine.order_id == Order.id)
        .where(
            Order.status.in_(COUNTED),
            OrderLine.product_id.in_(ids),
            *within(Order.business_date, _last_days(tx, ids, period, limit + 1)),
        )
        .group_by(Order.id, Order.number, Order.opened_at, Order.business_date)
    )  # fmt: skip
    found = tx.rows(_newest(wanted).limit(limit + 1))
    rows = [
        BehindRow(id_, number, at, int(quantity), int(total))
        for id_, number, at, quantity, total in found
    ]
    return Behind(rows[:limit], len(rows) > limit)


def _last_days(tx: Transaction, ids: Sequence[int], period: Period, enough: int) -> Period:
    """Return the last days of a period on which `enough` orders had one of these products.

    So many had the one of them that most had, by the sums: no lines of other days are read.
    """
    day = SalesDayItem.business_date
    wanted = (
        select(day, func.max(SalesDayItem.orders))
        .where(SalesDayItem.product_id.in_(ids), *within(day, period))
        .group_by(SalesDayItem.venue_id, day)
        .order_by(day.desc())
    )
    for last, orders in tx.rows(wanted):
        enough -= int(orders)
        if enough <= 0:
            return replace(period, first=last)
    return period


def _paid(method: PaymentMethod) -> Any:
    paid = select(Payment.order_id).where(Payment.order_id == Order.id)
    named = paid.where(Payment.method == method).exists()
    return named | ~paid.exists() if method is PaymentMethod.UNKNOWN else named


def _shares(tx: Transaction, rows: Sequence[BehindRow], method: PaymentMethod) -> list[BehindRow]:
    """Return how much of each order was paid this way, as the sums share it out."""
    payments: dict[int, list[tuple[PaymentMethod, int]]] = {}
    ids = [row.order_id for row in rows]
    for start in range(0, len(ids), _CHUNK):
        wanted = (
            select(Payment.order_id, Payment.method, Payment.amount_minor)
            .where(Payment.order_id.in_(ids[start : start + _CHUNK]))
            .order_by(Payment.order_id, Payment.line_no)
        )
        for order_id, way, amount in tx.rows(wanted):
            payments.setdefault(order_id, []).append((way, amount))
    changed = {
        order_id
        for start in range(0, len(ids), _CHUNK)
        for (order_id,) in tx.rows(
            select(Order.id).where(
                Order.id.in_(ids[start : start + _CHUNK]), Order.status == OrderStatus.CHANGED
            )
        )
    }
    found: list[BehindRow] = []
    for row in rows:
        if row.order_id in changed:
            share = moved_by(tx, tx.get(Order, row.order_id)).get(method, 0)
        else:
            parts = apportioned(row.amount_minor, payments.get(row.order_id, []))
            share = sum(part for way, part in parts if way is method)
        found.append(replace(row, amount_minor=share))
    return found


def _newest(wanted: Any) -> Any:
    return wanted.order_by(Order.business_date.desc(), Order.opened_at.desc(), Order.id.desc())


def _days(dimension: Dimension, key: str) -> Period:
    """Return the days of a day, a week or a month."""
    try:
        if dimension is Dimension.DAY:
            first = last = date.fromisoformat(key)
        elif dimension is Dimension.WEEK:
            first = date.fromisoformat(f"{key}-1")
            last = first + timedelta(days=6)
        else:
            first = date.fromisoformat(f"{key}-01")
            last = (first + timedelta(days=31)).replace(day=1) - timedelta(days=1)
    except ValueError:
        raise InvalidError(msg("“{key}” is no row of this report.", key=key)) from None
    return Period(as_number(first), as_number(last))


def _met(one: Period, other: Period) -> Period:
    firsts = [day for day in (one.first, other.first) if day is not None]
    lasts = [day for day in (one.last, other.last) if day is not None]
    return Period(max(firsts, default=None), min(lasts, default=None))


def _number(key: str) -> int:
    if not key.isdigit():
        raise InvalidError(msg("“{key}” is no row of this report.", key=key))
    return int(key)
