"""Reports agree with each other, and every number is the sum of the orders behind it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

import pytest

from desktop_app.kernel.access import Role
from desktop_app.kernel.errors import InvalidError, NotAllowedError, NotFoundError
from desktop_app.orders.records import (
    IncomingLine,
    IncomingOrder,
    IncomingPayment,
    LineKind,
    OrderStatus,
    PaymentMethod,
)
from desktop_app.reports.catalogue import REPORTS
from desktop_app.reports.records import Dimension, Period
from desktop_app.reports.running import list_reports, rows_behind, run_report
from desktop_app.reports.shapes import Report, Unit
from tests.database.shop import Shop, sell

BEGIN = datetime(2026, 1, 28, 9, tzinfo=UTC)
ALL = Period(20260101, 20261231)
OF_OTHERS = {"cash-flow", "corrections", "loyalty", "staff-cost", "stock-turnover"}
DISHES = (("Plov", "İsti", 1200), ("Çay", "İçki", 300), ("Dolma", "İsti", 900), ("Su", "", 100))
WAYS = (PaymentMethod.CASH, PaymentMethod.CARD, PaymentMethod.BONUS)


def some_orders() -> Sequence[IncomingOrder]:
    found = []
    for n in range(60):
        status = (
            OrderStatus.REFUNDED if n % 17 == 5 else OrderStatus.VOID if n % 19 == 7
            else OrderStatus.CLOSED
        )  # fmt: skip
        sign = -1 if status is OrderStatus.REFUNDED else 1
        lines = [
            IncomingLine(
                name, sign * 1000 * (1 + n % 3), sign * price * (1 + n % 3), category,
                unit_price_minor=price, gross_minor=sign * (price * (1 + n % 3) + n),
                discount_minor=sign * n, tax_minor=sign * (n % 7),
                kind=LineKind.SALE if sign > 0 else LineKind.REFUND,
            )
            for name, category, price in (DISHES[n % 4], DISHES[(n * n + 1) % 4])
        ]  # fmt: skip
        total = sum(line.total_minor for line in lines)
        paid = [IncomingPayment(WAYS[n % 3], total - total // 3)]
        if n % 4:
            paid.append(IncomingPayment(WAYS[(n + 1) % 3], total // 3))
        found.append(
            IncomingOrder(
                f"R{n}", BEGIN + timedelta(hours=7 * n), lines, paid if n % 11 else (),
                status=status, sale_type=("", "Zal", "Götürmə")[n % 3], guests=n % 5,
                staff_name=("", "Rauf", "Lalə")[n % 3],
            )
        )  # fmt: skip
    return found


def column(report: Report, key: str) -> list[int]:
    at = [one.key for one in report.facts.columns].index(key)
    return [int(str(row.values[at])) for row in report.rows]


def test_sales_by_every_dimension_are_one_total_and_made_of_their_orders(shop: Shop) -> None:
    sell(shop.app, some_orders())
    total = shop.app.call(run_report, "sales-day", ALL).totals[2]
    assert total
    for dimension in Dimension:
        key = f"sales-{dimension}"
        report = shop.app.call(run_report, key, ALL)
        revenue = column(report, "revenue")
        assert sum(revenue) == total, dimension
        for row, amount in zip(report.rows, revenue, strict=True):
            behind = shop.app.call(rows_behind, key, row.key, ALL)
            assert not behind.more
            newest = shop.app.call(rows_behind, key, row.key, ALL, limit=2)
            assert list(newest.rows) == list(behind.rows[:2])
            assert newest.more == (len(behind.rows) > len(newest.rows))
            assert sum(one.amount_minor for one in behind.rows) == amount, (dimension, row.key)
            if "quantity" in [one.key for one in report.facts.columns]:
                quantity = column(report, "quantity")[list(report.rows).index(row)]
                assert sum(one.quantity for one in behind.rows) == quantity, (dimension, row.key)
    assert sum(column(shop.app.call(run_report, "abc", ALL), "revenue")) == total
    for key in ("average-check", "average-check-waiter", "discounts", "taxes", "food-cost"):
        assert sum(column(shop.app.call(run_report, key, ALL), "revenue")) == total, key


def test_orders_are_counted_alike(shop: Shop) -> None:
    sell(shop.app, some_orders())
    counted = {
        key: sum(column(shop.app.call(run_report, key, ALL), "orders"))
        for key in ("sales-day", "sales-staff", "sales-sale-type", "average-check", "discounts")
    }
    assert len(set(counted.values())) == 1, counted


def test_refunds_and_voids_are_found(shop: Shop) -> None:
    sell(shop.app, some_orders())
    report = shop.app.call(run_report, "refunds", ALL)
    statuses = [one.status for one in some_orders()]
    assert sum(column(report, "refunds")) == statuses.count(OrderStatus.REFUNDED)
    assert sum(column(report, "voids")) == statuses.count(OrderStatus.VOID)
    assert all(amount <= 0 for amount in column(report, "refunded"))


def test_every_report_reads_an_empty_store_and_one_with_sales(shop: Shop) -> None:
    for key in REPORTS:
        assert shop.app.call(run_report, key, ALL, ALL).rows == []
    sell(shop.app, some_orders())
    for key, facts in REPORTS.items():
        report = shop.app.call(run_report, key, ALL, Period(20250101, 20251231))
        assert report.rows or key in OF_OTHERS, key
        for row in report.rows:
            assert len(row.values) == len(facts.columns)
            for value, one in zip(row.values, facts.columns, strict=True):
                assert isinstance(value, int) is (one.unit is not Unit.WORD), (key, one.key)
        same = shop.app.call(run_report, key, ALL, ALL)
        assert [row.before for row in same.rows] == [
            row.values[facts.main_at] for row in same.rows
        ], key


def test_days_lie_beside_the_days_of_the_period_before(shop: Shop) -> None:
    sell(shop.app, some_orders())
    report = shop.app.call(
        run_report, "sales-day", Period(20260202, 20260204), Period(20260130, 20260201)
    )
    before = shop.app.call(run_report, "sales-day", Period(20260130, 20260201))
    assert [row.before for row in report.rows] == column(before, "revenue")
    assert report.total_before == before.totals[2]


def test_costs_are_for_those_who_may_see_them(shop: Shop) -> None:
    manager = shop.as_role(Role.MANAGER)
    assert {facts.key for facts in manager.call(list_reports)} == set(REPORTS) - {"staff-cost"}
    with pytest.raises(NotAllowedError):
        manager.call(run_report, "staff-cost", ALL)
    with pytest.raises(NotAllowedError):
        shop.as_role(Role.STAFF).call(run_report, "sales-day", ALL)


def test_what_is_no_report_or_no_row_is_refused(shop: Shop) -> None:
    with pytest.raises(NotFoundError):
        shop.app.call(run_report, "weather", ALL)
    assert shop.app.call(rows_behind, "refunds", "Rauf", ALL).rows == []
    for key, row in (
        ("loyalty", "gold"), ("cash-flow", "cash"), ("sales-day", "yesterday"),
        ("sales-hour", "noon"), ("sales-week", "x"),
    ):  # fmt: skip
        with pytest.raises(InvalidError):
            shop.app.call(rows_behind, key, row, ALL)
