"""Roll-ups: whatever mix of orders comes in, they equal the sums of the rows."""

from __future__ import annotations

from collections import defaultdict
from datetime import UTC, datetime, timedelta
from itertools import count
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from desktop_app.menu.catalogue import Catalogue
from desktop_app.menu.tables import Product
from desktop_app.orders.records import (
    IncomingLine,
    IncomingOrder,
    IncomingPayment,
    LineKind,
    OrderStatus,
    PaymentMethod,
)
from desktop_app.orders.storing import Batch, store_orders
from desktop_app.orders.tables import (
    Order,
    OrderLine,
    Payment,
    SalesDayCategory,
    SalesDayItem,
    SalesDayPayment,
    SalesDayService,
    SalesDaySize,
    SalesHour,
    SalesMonthItem,
)
from desktop_app.reports.operations import sales_by
from desktop_app.reports.records import Dimension, Period
from desktop_app.venue.operations import get_venue
from tests.database.shop import Shop, a_query, command, order, sell

SALES = (OrderStatus.CLOSED, OrderStatus.REFUNDED)
DISHES = ("Plov", "Dolma", "Çay", "Qutab")
BEGIN = datetime(2026, 1, 30, 20, tzinfo=UTC)
_numbers = count()


@st.composite
def lines(draw: st.DrawFn, sign: int) -> IncomingLine:
    quantity = draw(st.integers(1, 5000))
    gross = draw(st.integers(0, 100_000))
    discount = draw(st.integers(0, gross))
    return IncomingLine(
        draw(st.sampled_from(DISHES)),
        sign * quantity,
        sign * (gross - discount),
        category=draw(st.sampled_from(["", "İsti", "Soyuq"])),
        variant=draw(st.sampled_from(["", "L"])),
        unit_price_minor=gross,
        gross_minor=sign * gross,
        discount_minor=sign * discount,
        tax_minor=sign * draw(st.integers(0, 5000)),
        kind=LineKind.SALE if sign > 0 else LineKind.REFUND,
    )


@st.composite
def orders(draw: st.DrawFn) -> IncomingOrder:
    status = draw(st.sampled_from(OrderStatus))
    sold = draw(st.lists(lines(-1 if status is OrderStatus.REFUNDED else 1), max_size=4))
    paid = draw(
        st.lists(
            st.builds(IncomingPayment, st.sampled_from(PaymentMethod), st.integers(-5000, 200_000)),
            max_size=3,
        )
    )
    return IncomingOrder(
        f"H{next(_numbers)}",
        BEGIN + timedelta(minutes=draw(st.integers(0, 60 * 24 * 4))),
        sold,
        paid,
        status=status,
        sale_type=draw(st.sampled_from(["", "Zal", "Götürmə"])),
        staff_name=draw(st.sampled_from(["", "Rauf", "Lalə"])),
        guests=draw(st.integers(0, 9)),
        zone=draw(st.sampled_from(["", "America/New_York"])),
    )


@settings(max_examples=30, suppress_health_check=list(HealthCheck))
@given(st.lists(orders(), min_size=1, max_size=25))
def _check(shop: Shop, some: list[IncomingOrder]) -> None:
    before = _everything(shop)
    counts = sell(shop.app, some)
    assert counts.orders_added == len(some)
    assert counts.revenue_minor == _everything(shop) - before
    _compare(shop)


def test_sums_equal_the_rows_after_any_mix_of_orders(shop: Shop) -> None:
    _check(shop)
    shop.check_counts()
    shop.check_trail()


def _everything(shop: Shop) -> int:
    return sum(row["total_minor"] for row in shop.rows(Order) if row["status"] in SALES)


def _compare(shop: Shop) -> None:
    sold = {row["id"]: row for row in shop.rows(Order) if row["status"] in SALES}
    hours: dict[Any, list[int]] = defaultdict(lambda: [0] * 7)
    for row in sold.values():
        refund = row["status"] is OrderStatus.REFUNDED
        values = (
            not refund, refund, row["items"], row["discount_minor"], row["tax_minor"],
            row["total_minor"] if refund else 0, row["total_minor"],
        )  # fmt: skip
        found = hours[row["business_date"], row["hour"]]
        for place, value in enumerate(values):
            found[place] += value
    assert _kept(shop, SalesHour, 3) == hours
    _compare_items(shop, sold)
    _compare_payments(shop, sold)
    _compare_services(shop, sold)
    total = sum(row["total_minor"] for row in sold.values())
    for dimension in Dimension:
        report = shop.app.call(sales_by, dimension, Period())
        assert report.total.revenue_minor == total, dimension
        assert sum(row.revenue_minor for row in report.rows) == total, dimension


def _compare_items(shop: Shop, sold: dict[int, dict[str, Any]]) -> None:
    days: dict[Any, list[int]] = defaultdict(lambda: [0, 0, 0])
    months: dict[Any, list[int]] = defaultdict(lambda: [0, 0, 0])
    seen: set[tuple[int, int]] = set()
    for line in shop.rows(OrderLine):
        order = sold.get(line["order_id"])
        if order is None:
            continue
        fresh = (line["order_id"], line["product_id"]) not in seen
        seen.add((line["order_id"], line["product_id"]))
        date = order["business_date"]
        for found in (days[date, line["product_id"]], months[date // 100, line["product_id"]]):
            found[0] += fresh
            found[1] += line["quantity"]
            found[2] += line["total_minor"]
    assert _kept(shop, SalesDayItem, 3) == days
    _compare_categories(shop, sold)
    _compare_sizes(shop, sold)
    assert _kept(shop, SalesMonthItem, 3) == months


def _compare_sizes(shop: Shop, sold: dict[int, dict[str, Any]]) -> None:
    expected: dict[Any, list[int]] = defaultdict(lambda: [0, 0])
    for line in shop.rows(OrderLine):
        order = sold.get(line["order_id"])
        if order is not None and line["variant"]:
            key = (line["product_id"], line["variant"], order["business_date"])
            expected[key][0] += line["quantity"]
            expected[key][1] += line["total_minor"]
    kept = {
        (row["product_id"], row["variant"], row["business_date"]): [
            row["quantity"], row["total_minor"],
        ]
        for row in shop.rows(SalesDaySize)
    }  # fmt: skip
    assert kept == expected


def _compare_categories(shop: Shop, sold: dict[int, dict[str, Any]]) -> None:
    category = {row["id"]: row["category_id"] or 0 for row in shop.rows(Product)}
    days: dict[Any, list[int]] = defaultdict(lambda: [0, 0, 0])
    seen: set[tuple[int, int]] = set()
    for line in shop.rows(OrderLine):
        if line["order_id"] not in sold:
            continue
        group = category[line["product_id"]]
        found = days[sold[line["order_id"]]["business_date"], group]
        found[0] += (line["order_id"], group) not in seen
        seen.add((line["order_id"], group))
        found[1] += line["quantity"]
        found[2] += line["total_minor"]
    assert _kept(shop, SalesDayCategory, 3) == days


def _compare_payments(shop: Shop, sold: dict[int, dict[str, Any]]) -> None:
    kept = _kept(shop, SalesDayPayment, 3)
    by_day: dict[int, int] = defaultdict(int)
    for one in sold.values():
        by_day[one["business_date"]] += one["total_minor"]
    found: dict[int, int] = defaultdict(int)
    for (date, _method), (_orders, total) in kept.items():
        found[date] += total
    assert {d: t for d, t in found.items() if t} == {d: t for d, t in by_day.items() if t}
    methods = {row["method"] for row in shop.rows(Payment)} | {PaymentMethod.UNKNOWN}
    assert {method for _date, method in kept} <= methods


def _compare_services(shop: Shop, sold: dict[int, dict[str, Any]]) -> None:
    days: dict[Any, list[int]] = defaultdict(lambda: [0] * 6)
    for row in sold.values():
        refund = row["status"] is OrderStatus.REFUNDED
        found = days[row["business_date"], row["employee_id"] or 0, row["sale_type"]]
        values = (
            not refund, refund, 0 if refund else row["guests"], row["items"],
            row["total_minor"] if refund else 0, row["total_minor"],
        )  # fmt: skip
        for place, value in enumerate(values):
            found[place] += value
    assert _kept(shop, SalesDayService, 4) == days


def _kept(shop: Shop, mapped: Any, keys: int) -> dict[Any, list[int]]:
    names = [column.name for column in mapped.__table__.columns]
    return {
        tuple(row[name] for name in names[1:keys]): [row[name] for name in names[keys:]]
        for row in shop.rows(mapped)
    }


def test_an_order_split_over_two_cards_is_shared_to_the_cent(shop: Shop) -> None:
    line = IncomingLine("Plov", 1000, 1000)
    paid = [IncomingPayment(PaymentMethod.CARD, 334), IncomingPayment(PaymentMethod.CASH, 667)]
    sell(shop.app, [IncomingOrder("S1", BEGIN, [line], paid)])
    rows = shop.app.call(sales_by, Dimension.PAYMENT, Period()).rows
    assert {row.key: row.revenue_minor for row in rows} == {"cash": 667, "card": 333}


def test_a_void_order_is_listed_and_not_counted(shop: Shop) -> None:
    sell(
        shop.app,
        [IncomingOrder("V", BEGIN, [IncomingLine("Plov", 1000, 1000)], status=OrderStatus.VOID)],
    )
    assert shop.app.call(sales_by, Dimension.DAY, Period()).total.revenue_minor == 0
    assert len(shop.rows(Order)) == 1


def test_a_period_takes_only_its_days(shop: Shop) -> None:
    line = IncomingLine("Plov", 1000, 1000)
    sell(
        shop.app,
        [IncomingOrder(f"D{n}", BEGIN + timedelta(days=n), [line]) for n in range(5)],
    )
    for dimension in Dimension:
        report = shop.app.call(sales_by, dimension, Period(20260131, 20260202))
        assert report.total.revenue_minor == 3000
        assert sum(row.revenue_minor for row in report.rows) == 3000, dimension


def test_two_imports_that_read_the_menu_before_either_wrote_share_its_products(shop: Shop) -> None:
    """As two programs do that import at once: each has the menu of its own beginning in mind."""
    app = shop.app
    venue = app.call(get_venue)
    read = a_query(lambda tx: Catalogue.read(tx, venue.id))
    menus = [app.call(read) for _ in range(2)]
    for number, menu in enumerate(menus):
        batch = Batch(venue, f"till {number}", None, menu)
        store = command(lambda tx, batch=batch: store_orders(tx, batch, [order(1)]))
        assert app.call(store).orders_added == 1
    names = a_query(lambda tx: [name for (name,) in tx.rows(select(Product.name))])
    found = app.call(names)
    assert len(found) == len(set(found))
    shop.check_counts()
