"""The gap radar finds what should be looked at, and remembers who looked."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from desktop_app.kernel.access import Role
from desktop_app.kernel.errors import InvalidError, NotAllowedError
from desktop_app.orders.records import PaymentMethod
from desktop_app.orders.tables import Order
from desktop_app.sales.gap_records import Gap, GapKind
from desktop_app.sales.gaps import find_gaps, mark_gap
from desktop_app.sales.operations import change_payment, refund, void
from desktop_app.sales.records import SalePayment
from desktop_app.sales.shifts import close_shift, open_shift
from tests.database.shop import MORNING, Shop, order, sell, sql

DAY, LAST = 20261101, 20261130


def gaps(shop: Shop, kind: GapKind) -> list[Gap]:
    return [one for one in shop.app.call(find_gaps, DAY, LAST) if one.kind is kind]


def numbered(*numbers: int, **more: Any) -> list[Any]:
    return [order(number, number=str(number), **more) for number in numbers]


def test_holes_in_the_numbers_of_a_till_are_found(shop: Shop) -> None:
    sell(shop.app, numbered(101, 102, 104, 108, 5000))
    assert [str(one.what) for one in gaps(shop, GapKind.HOLE)] == [
        "Receipt number 103 is missing.",
        "Receipt numbers 105 to 107 are missing.",
    ]
    sell(shop.app, numbered(103, 105, 106, 107), "other")
    assert len(gaps(shop, GapKind.HOLE)) == 3


def test_a_till_that_begins_anew_every_day_is_looked_at_by_day(files: Shop) -> None:
    for day in range(3):
        some = [
            order(
                1 + number + 10 * day, number=str(number), opened_at=MORNING + timedelta(days=day)
            )
            for number in (1, 2, 3 + (day == 1))
        ]
        sell(files.app, some)
    (gap,) = gaps(files, GapKind.HOLE)
    assert gap.day == 20261103
    assert str(gap.what) == "Receipt number 3 is missing."


def test_a_receipt_removed_around_the_program_is_found(shop: Shop) -> None:
    sell(shop.app, numbered(1, 2, 3))
    assert gaps(shop, GapKind.REMOVED) == []
    number = shop.rows(Order)[-1]["id"]
    with shop.around(write=True) as connection:
        for table, column in (("payment", "order_id"), ("order_line", "order_id")):
            sql(connection, f"DELETE FROM ops.{table} WHERE {column} = :n", n=number)
        sql(connection, "DELETE FROM ops.pos_order WHERE id = :n", n=number)
    assert len(gaps(shop, GapKind.REMOVED)) == 1


def test_receipts_that_come_after_their_z_and_cash_that_is_missing(shop: Shop) -> None:
    shop.app.call(open_shift, 1000)
    shop.clock.at += timedelta(hours=1)
    shop.app.call(close_shift, 900)
    assert gaps(shop, GapKind.LATE) == []
    assert [one.amount_minor for one in gaps(shop, GapKind.CASH)] == [-100]
    late = shop.clock.now() - timedelta(minutes=10)
    sell(shop.app, [order(1, opened_at=late, closed_at=late)])
    assert [one.amount_minor for one in gaps(shop, GapKind.LATE)] == [250]


def test_corrections_to_look_at_twice(shop: Shop) -> None:
    for place in (1, 2, 3):
        shop.clock.at += timedelta(minutes=1)
        sell(shop.app, [order(place, opened_at=shop.clock.now(), closed_at=shop.clock.now())])
    first, second, third = (int(row["id"]) for row in shop.rows(Order, Order.opened_at))
    shop.app.call(change_payment, first, [SalePayment(PaymentMethod.CARD, 250)], "slip")
    shop.app.call(void, second, "walked out")
    assert len(gaps(shop, GapKind.FLIP)) == len(gaps(shop, GapKind.SOON)) == 1
    assert gaps(shop, GapKind.AFTER) == []
    shop.clock.at += timedelta(days=1)
    shop.app.call(refund, third, "found out")
    (after,) = gaps(shop, GapKind.AFTER)
    assert (after.day, after.amount_minor) == (20261104, -250)
    assert "Aysel" in str(after.what)


def test_who_looked_is_remembered_and_what_they_said(shop: Shop) -> None:
    sell(shop.app, numbered(1, 3))
    (gap,) = gaps(shop, GapKind.HOLE)
    assert not gap.seen
    manager = shop.as_role(Role.MANAGER)
    manager.call(mark_gap, gap.day, gap.kind, gap.key, "the till was restarted")
    (seen,) = gaps(shop, GapKind.HOLE)
    assert (seen.seen_by, seen.note) == ("Rauf", "the till was restarted")
    shop.clock.at += timedelta(minutes=1)
    shop.app.call(mark_gap, gap.day, gap.kind, gap.key, "checked")
    assert gaps(shop, GapKind.HOLE)[0].note == "checked"
    with pytest.raises(NotAllowedError):
        shop.as_role(Role.ACCOUNTANT).call(mark_gap, gap.day, gap.kind, gap.key, "x")
    with pytest.raises(InvalidError):
        shop.app.call(mark_gap, gap.day, gap.kind, gap.key, " ")
    found = shop.as_role(Role.AUDITOR).call(find_gaps, DAY, LAST)
    assert [one.seen for one in found if one.kind is GapKind.HOLE] == [True]
    shop.check_counts()


@pytest.mark.parametrize("days", [(LAST, DAY), (20240101, 20261130)])
def test_a_period_is_a_year_at_most(files: Shop, days: tuple[int, int]) -> None:
    with pytest.raises(InvalidError):
        files.app.call(find_gaps, *days)
