"""Corrections are entries of their own; closed receipts stay as they were, whoever asks."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import delete, func, select, update
from sqlalchemy.exc import DBAPIError

from desktop_app.access.override import Override
from desktop_app.kernel.access import Permission, Role
from desktop_app.kernel.asking import ApprovalNeededError
from desktop_app.kernel.errors import InvalidError, NotAllowedError
from desktop_app.kernel.job import Progress
from desktop_app.orders.operations import get_order
from desktop_app.orders.records import IncomingLine, IncomingPayment, OrderStatus, PaymentMethod
from desktop_app.orders.tables import Order, OrderLine, Payment, SalesDayPayment, SalesHour
from desktop_app.orders.tables import SalesDayService as Served
from desktop_app.reports.operations import sales_by
from desktop_app.reports.records import Dimension, Period
from desktop_app.sales.operations import change_payment, corrections_of, refund, void
from desktop_app.sales.records import CorrectionKind, Disposal, SalePayment
from desktop_app.sales.tables import Correction, CorrectionLine
from desktop_app.stock.tables import StockLevel
from tests.database.pantry import KG, stocked, take
from tests.database.shop import PASSWORD, PEOPLE, Shop, a_query, order, sell

PLOV = IncomingLine("Plov", 2000, 2000, "İsti", unit_price_minor=1000, gross_minor=2000)
TEA = IncomingLine(
    "Çay", 1000, 150, "İçki", unit_price_minor=250, gross_minor=250, discount_minor=100
)
SPLIT = (
    IncomingPayment(PaymentMethod.CASH, 1000),
    IncomingPayment(PaymentMethod.CARD, 1365, "Visa", "4242"),
)


def receipt(shop: Shop, **more: Any) -> int:
    """Sell two lines for 21.50 and 10 % service, paid in two ways; return its number."""
    values = {"payments": SPLIT, "service_minor": 215, "staff_name": "Rauf"} | more
    sell(shop.app, [order(1, PLOV, TEA, **values)])
    return int(shop.rows(Order)[-1]["id"])


def total(shop: Shop, dimension: Dimension = Dimension.DAY) -> int:
    return shop.app.call(sales_by, dimension, Period()).total.revenue_minor


def test_a_whole_refund_is_an_entry_that_points_at_the_receipt(shop: Shop) -> None:
    number = receipt(shop)
    before = shop.app.call(get_order, number)
    done = shop.app.call(refund, number, "cold")
    assert done.amount_minor == 2365
    assert shop.app.call(get_order, number) == before
    entry = shop.app.call(get_order, done.order_id)
    assert (entry.row.status, entry.row.total_minor, entry.service_minor) == (
        OrderStatus.REFUNDED, -2150, -215,
    )  # fmt: skip
    assert (entry.row.number, entry.row.staff_name, entry.source) == ("R1-R1", "Rauf", "desk")
    assert [(p.method, p.amount_minor) for p in entry.payments] == [
        (PaymentMethod.CARD, -1365), (PaymentMethod.CASH, -1000),
    ]  # fmt: skip
    (row,) = shop.app.call(corrections_of, number).rows
    assert (row.order_id, row.kind, row.reason) == (done.order_id, CorrectionKind.REFUND, "cold")
    assert shop.app.call(corrections_of, done.order_id).original == row
    for dimension in Dimension:
        assert total(shop, dimension) == 0, dimension
    served = shop.rows(Served)
    assert sum(row["total_minor"] for row in served) == 0
    assert len({row["employee_id"] for row in served}) == 1
    assert shop.events()[-1]["subject"] == f"order {number}"
    shop.check_counts()
    shop.check_trail()


def test_refunds_by_line_come_to_what_was_paid_and_no_more(shop: Shop) -> None:
    number = receipt(shop)
    given = [
        shop.app.call(refund, number, "half", lines={1: 1000}, method=PaymentMethod.CASH),
        shop.app.call(refund, number, "tea", lines={2: 1000}),
        shop.app.call(refund, number, "rest", lines={1: 1000}),
    ]
    assert [one.number for one in given] == ["R1-R1", "R1-R2", "R1-R3"]
    assert sum(one.amount_minor for one in given) == 2365
    with pytest.raises(InvalidError, match="taken back already"):
        shop.app.call(refund, number, "again")
    with pytest.raises(InvalidError, match="more than is left"):
        shop.app.call(refund, number, "again", lines={1: 1})
    assert total(shop) == 0
    found = shop.app.call(corrections_of, number)
    assert (found.left, found.left_minor) == ([], 0)
    assert found.why_not is not None
    services = [row["service_minor"] for row in shop.rows(Order)]
    assert sum(services) == 0


def test_a_void_takes_everything_back_and_says_what_became_of_it(shop: Shop) -> None:
    number = receipt(shop)
    done = shop.app.call(void, number, "wrong table", disposal=Disposal.WASTE)
    (row,) = shop.app.call(corrections_of, number).rows
    assert (row.kind, row.disposal, row.number) == (
        CorrectionKind.VOID, Disposal.WASTE, "R1-V1",
    )  # fmt: skip
    assert total(shop) == 0
    for again in (refund, void):
        with pytest.raises(InvalidError):
            shop.app.call(again, number, "again")
    with pytest.raises(InvalidError, match="refund itself"):
        shop.app.call(refund, done.order_id, "refund of a refund")
    assert len(shop.rows(Correction)) == 1
    assert [r["quantity"] for r in shop.rows(CorrectionLine)] == [2000, 1000]


def test_a_receipt_refunded_in_part_cannot_be_voided(shop: Shop) -> None:
    number = receipt(shop)
    shop.app.call(refund, number, "tea", lines={2: 1000})
    with pytest.raises(InvalidError, match="refunded already"):
        shop.app.call(void, number, "all of it")


def test_another_payment_moves_the_revenue_and_sells_nothing(shop: Shop) -> None:
    number = receipt(shop)
    hours = shop.rows(SalesHour)
    shop.app.call(change_payment, number, [SalePayment(PaymentMethod.CARD, 2365)], "slip found")
    assert shop.rows(SalesHour) == hours
    by_method = {
        row.key: row.revenue_minor
        for row in shop.app.call(sales_by, Dimension.PAYMENT, Period()).rows
    }
    assert {key: value for key, value in by_method.items() if value} == {"card": 2150}
    found = shop.app.call(corrections_of, number)
    assert found.payments == [(PaymentMethod.CARD, 2365)]
    back = shop.app.call(refund, number, "all")
    entry = shop.app.call(get_order, back.order_id)
    assert [(p.method, p.amount_minor) for p in entry.payments] == [(PaymentMethod.CARD, -2365)]
    assert {row["method"]: 0 for row in shop.rows(SalesDayPayment)} == {
        row["method"]: total(shop, Dimension.PAYMENT) for row in shop.rows(SalesDayPayment)
    }


@pytest.mark.parametrize(
    "payments",
    [
        [SalePayment(PaymentMethod.CARD, 2364)],
        [SalePayment(PaymentMethod.CARD, 3000), SalePayment(PaymentMethod.CASH, -635)],
        [SalePayment(PaymentMethod.CARD, 1365), SalePayment(PaymentMethod.CASH, 1000)],
        [],
    ],
)
def test_a_payment_that_does_not_fit_changes_nothing(
    files: Shop, payments: list[SalePayment]
) -> None:
    number = receipt(files)
    with pytest.raises(InvalidError):
        files.app.call(change_payment, number, payments, "why not")
    assert len(files.rows(Order)) == 1


def test_open_and_void_orders_are_not_corrected_here(files: Shop) -> None:
    for status in (OrderStatus.OPEN, OrderStatus.VOID):
        number = receipt(files, status=status, payments=(), number=status.value)
        with pytest.raises(InvalidError):
            files.app.call(refund, number, "why not")
        files.app.call(corrections_of, number)
        sell(files.app, [], "other")
        break


def test_a_reason_is_needed_and_holds_no_card_number(files: Shop) -> None:
    number = receipt(files)
    for reason in ("", " ", "card 4111 1111 1111 1111"):
        with pytest.raises(InvalidError):
            files.app.call(refund, number, reason)
    assert len(files.rows(Order)) == 1


def test_a_manager_refunds_up_to_the_limit_and_asks_above_it(shop: Shop) -> None:
    dear = IncomingLine("Banket", 1000, 20_001)
    sell(shop.app, [order(5, dear)])
    number = int(shop.rows(Order)[-1]["id"])
    manager = shop.as_role(Role.MANAGER)
    with pytest.raises(ApprovalNeededError):
        manager.call(refund, number, "too loud")
    assert len(shop.rows(Order)) == 1
    small = receipt(shop)
    assert manager.call(refund, small, "cold").amount_minor == 2365


def test_staff_refund_with_a_manager_beside_them(shop: Shop) -> None:
    number = receipt(shop)
    staff = shop.as_role(Role.STAFF)
    with pytest.raises(NotAllowedError):
        staff.call(refund, number, "cold")
    if shop.is_postgres:
        return  # a server holds people to accounts of their own
    wish = Override(PEOPLE[Role.MANAGER], PASSWORD, "guest was right")
    assert staff.call_overridden(Progress(), wish, refund, number, "cold").amount_minor == 2365


@pytest.mark.parametrize("role", [Role.OWNER, Role.MANAGER])
@pytest.mark.parametrize(
    "statement",
    [
        update(Order).values(total_minor=1),
        update(Order).values(status=OrderStatus.VOID),
        update(OrderLine).values(quantity=1),
        update(Payment).values(method=PaymentMethod.CASH),
        update(Correction).values(amount_minor=1),
        delete(Order),
        delete(OrderLine),
        delete(Payment),
        delete(Correction),
        delete(CorrectionLine),
    ],
    ids=str,
)
def test_nobody_edits_or_deletes_a_receipt_not_even_with_sql(
    shop: Shop, role: Role, statement: Any
) -> None:
    number = receipt(shop)
    shop.app.call(refund, number, "cold", lines={2: 1000})
    before = [shop.rows(one) for one in (Order, OrderLine, Payment, Correction, CorrectionLine)]
    engine = shop.as_role(role)._store.engine
    with pytest.raises(DBAPIError), engine.begin() as connection:
        connection.execute(statement)
    after = [shop.rows(one) for one in (Order, OrderLine, Payment, Correction, CorrectionLine)]
    assert after == before


def test_receipts_are_numbered_without_holes_by_day_and_month(shop: Shop) -> None:
    sell(shop.app, [order(n) for n in range(1, 4)])
    sell(shop.app, [order(60 * 24 * n + 7) for n in range(1, 3)], "other")
    number = int(shop.rows(Order)[0]["id"])
    shop.app.call(refund, number, "cold")
    found = [(r["running_no"], r["daily_no"], r["monthly_no"]) for r in shop.rows(Order)]
    assert sorted(n for n, _day, _month in found) == [1, 2, 3, 4, 5, 6]
    assert sorted(n for _n, _day, n in found) == [1, 2, 3, 4, 5, 6]
    by_day: dict[int, list[int]] = {}
    for row in shop.rows(Order):
        by_day.setdefault(row["business_date"], []).append(row["daily_no"])
    assert all(sorted(some) == list(range(1, len(some) + 1)) for some in by_day.values())
    shop.check_trail()


def test_the_sums_of_a_venue_are_the_sum_of_its_entries(shop: Shop) -> None:
    numbers = []
    for place in range(1, 6):
        sell(shop.app, [order(place, PLOV, TEA, payments=SPLIT)])
        numbers.append(int(shop.rows(Order)[-1]["id"]))
    shop.app.call(refund, numbers[0], "a", lines={1: 333})
    shop.app.call(void, numbers[1], "b")
    shop.app.call(change_payment, numbers[2], [SalePayment(PaymentMethod.CASH, 2365)], "c")
    shop.app.call(refund, numbers[2], "d", lines={2: 500})
    counted = (OrderStatus.CLOSED, OrderStatus.REFUNDED)
    whole = a_query(
        lambda tx: tx.scalar(select(func.sum(Order.total_minor)).where(Order.status.in_(counted)))
    )
    expected = int(shop.app.call(whole))
    for dimension in Dimension:
        report = shop.app.call(sales_by, dimension, Period())
        assert sum(row.revenue_minor for row in report.rows) == expected, dimension


def test_a_right_that_is_missing_is_said(files: Shop) -> None:
    number = receipt(files)
    with pytest.raises(NotAllowedError) as caught:
        files.as_role(Role.ACCOUNTANT).call(void, number, "why not")
    assert caught.value.lacking == Permission.ORDERS_VOID


@pytest.mark.parametrize("disposal", Disposal)
def test_a_sale_and_its_void_with_return_move_nothing(shop: Shop, disposal: Disposal) -> None:
    kitchen = stocked(shop.app)
    take(shop.app, kitchen.main, kitchen.flour, 7 * KG, 1_001)
    before = levels(shop)
    sell(shop.app, [kitchen.order(1, bread=3)])
    after = levels(shop)
    assert after != before
    number = int(shop.rows(Order)[-1]["id"])
    shop.clock.at += timedelta(days=1)
    if disposal is Disposal.WASTE:
        shop.app.call(void, number, "burnt", disposal=disposal)
    else:
        shop.app.call(refund, number, "part", lines={1: 1000}, disposal=disposal)
        shop.app.call(refund, number, "rest", disposal=disposal)
    assert levels(shop) == (before if disposal is Disposal.RETURN else after)


def levels(shop: Shop) -> list[tuple[int, int]]:
    return [(row["quantity"], row["value_minor"]) for row in shop.rows(StockLevel)]


def test_a_receipt_with_a_line_below_nothing_is_refunded_by_line(shop: Shop) -> None:
    bottle = IncomingLine("Şüşə", -1000, -500, unit_price_minor=500, gross_minor=-500)
    paid = (IncomingPayment(PaymentMethod.CASH, 1650),)
    sell(shop.app, [order(1, PLOV, TEA, bottle, payments=paid)])
    number = int(shop.rows(Order)[-1]["id"])
    with pytest.raises(InvalidError, match="more than was paid"):
        shop.app.call(refund, number, "cold", lines={1: 2000})
    first = shop.app.call(refund, number, "cold", lines={1: 2000, 3: 1000})
    second = shop.app.call(refund, number, "cold", lines={2: 1000})
    assert (first.amount_minor, second.amount_minor) == (1500, 150)
    entry = shop.app.call(get_order, first.order_id)
    assert [(line.quantity, line.total_minor) for line in entry.lines] == [
        (-2000, -2000), (1000, 500),
    ]  # fmt: skip
    for dimension in Dimension:
        assert total(shop, dimension) == 0, dimension
