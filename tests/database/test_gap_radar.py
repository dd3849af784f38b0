"""The radar over whole days: an intact store has nothing to find, and each planted fault shows."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from desktop_app.db.transaction import Transaction
from desktop_app.exchange.operations import import_files
from desktop_app.kernel.job import Progress
from desktop_app.menu.catalogue import Catalogue
from desktop_app.orders.records import IncomingOrder, OrderStatus, PaymentMethod
from desktop_app.orders.storing import Batch, store_orders
from desktop_app.orders.tables import Order
from desktop_app.sales.edits import note_edits
from desktop_app.sales.gap_records import Gap, GapKind, Sure
from desktop_app.sales.gaps import find_gaps, mark_gap
from desktop_app.sales.operations import change_payment, refund, void
from desktop_app.sales.records import SalePayment
from desktop_app.sales.shifts import close_shift, open_shift, x_report
from desktop_app.sales.tables import ReceiptEdit
from desktop_app.sales.wording import ADVICE, GAPS, SURE
from desktop_app.venue.operations import get_venue, open_venue, the_venue
from desktop_app.venue.records import NewVenue
from tests.database.shop import Shop, command, order, sell

FIRST, LAST = 20261101, 20261230
CASH, CARD = PaymentMethod.CASH, PaymentMethod.CARD
SHIPPED = ("Rauf", "Nigar", "Elvin")


def found(shop: Shop) -> list[Gap]:
    """Return what is found, but for the clock of the template, which was made in the present."""
    gaps = shop.app.call(find_gaps, FIRST, LAST)
    return [one for one in gaps if not one.key.startswith("trail:")]


def kinds(shop: Shop) -> set[GapKind]:
    return {one.kind for one in found(shop)}


def loose(shop: Shop) -> list[Gap]:
    return [one for one in found(shop) if one.kind is GapKind.LOOSE]


def at(shop: Shop, number: int, **more: object) -> IncomingOrder:
    """Return the receipt of a till that was closed now and opened ten minutes ago."""
    now = shop.clock.now()
    told = {"opened_at": now - timedelta(minutes=10), "closed_at": now, "number": str(number)}
    return order(number, **(told | more))


def worked_days(shop: Shop, days: int, receipts: int = 3, number: int = 100) -> list[int]:
    """Open a shift each morning, sell, and close it with the cash that has to be there."""
    made = number
    for _day in range(days):
        shop.app.call(open_shift, 1000)
        for _receipt in range(receipts):
            shop.clock.at += timedelta(minutes=7)
            sell(shop.app, [at(shop, made, staff_name=SHIPPED[made % 3])])
            made += 1
        shop.clock.at += timedelta(minutes=20)
        shop.app.call(close_shift, shop.app.call(x_report).expected_minor)
        shop.clock.at += timedelta(days=1) - timedelta(minutes=7 * receipts + 20)
    return [int(row["id"]) for row in shop.rows(Order, Order.opened_at)]


def test_an_intact_store_has_nothing_to_find(shop: Shop) -> None:
    worked_days(shop, 3)
    assert found(shop) == []


def _hole(shop: Shop) -> None:
    worked_days(shop, 1, number=900)


def _loose(shop: Shop) -> None:
    sell(shop.app, [at(shop, 109)])


def _late(shop: Shop) -> None:
    sell(shop.app, [at(shop, 109)._replace(opened_at=_inside(shop), closed_at=_inside(shop))])


def _inside(shop: Shop) -> datetime:
    """Return a moment of the last shift."""
    return shop.clock.now() - timedelta(days=1) + timedelta(minutes=25)


def _cash(shop: Shop) -> None:
    shop.app.call(open_shift, 1000)
    shop.clock.at += timedelta(minutes=5)
    shop.app.call(close_shift, 900)


def _newest(shop: Shop) -> int:
    return int(shop.rows(Order, Order.opened_at)[-1]["id"])


def _in_a_shift(shop: Shop, deed: Callable[[int], object], *, now: bool = False) -> None:
    number = 0 if now else _newest(shop)
    shop.app.call(open_shift, 1000)
    if now:
        shop.clock.at += timedelta(minutes=11)
        sell(shop.app, [at(shop, 209)])
        number = _newest(shop)
    shop.clock.at += timedelta(minutes=1)
    deed(number)
    shop.clock.at += timedelta(minutes=1)
    shop.app.call(close_shift, shop.app.call(x_report).expected_minor)


def _flip(shop: Shop) -> None:
    card = [SalePayment(CARD, 250)]
    _in_a_shift(shop, lambda number: shop.app.call(change_payment, number, card, "slip"))


def _soon(shop: Shop) -> None:
    _in_a_shift(shop, lambda number: shop.app.call(void, number, "walked out"), now=True)


def _after(shop: Shop) -> None:
    _in_a_shift(shop, lambda number: shop.app.call(refund, number, "cold"))


def _clock(shop: Shop) -> None:
    back = shop.clock.now() - timedelta(hours=3)
    shop.app.call(open_shift, 1000)
    sell(shop.app, [at(shop, 109)._replace(closed_at=shop.clock.now())])
    sell(shop.app, [at(shop, 110)._replace(opened_at=back, closed_at=back)])


def _edited(shop: Shop) -> None:
    def body(tx: Transaction) -> None:
        less = order(100)._replace(lines=(), number="100")
        assert note_edits(tx, the_venue(tx), "test", [less]) == 1
        assert note_edits(tx, the_venue(tx), "test", [less]) == 0

    shop.app.call(command(body))


PLANTED = {
    GapKind.HOLE: _hole,
    GapKind.LOOSE: _loose,
    GapKind.LATE: _late,
    GapKind.CASH: _cash,
    GapKind.FLIP: _flip,
    GapKind.SOON: _soon,
    GapKind.AFTER: _after,
    GapKind.CLOCK: _clock,
    GapKind.EDITED: _edited,
}


@pytest.mark.parametrize("kind", PLANTED)
def test_each_planted_fault_is_found(shop: Shop, kind: GapKind) -> None:
    worked_days(shop, 3)
    PLANTED[kind](shop)
    assert kind in kinds(shop)
    (gap,) = [one for one in found(shop) if one.kind is kind]
    assert str(gap.what)
    assert {gap.kind} <= GAPS.keys() & ADVICE.keys()
    assert gap.sure in SURE


@given(faults=st.sets(st.sampled_from([GapKind.LOOSE, GapKind.CASH, GapKind.SOON]), max_size=3))
@settings(
    max_examples=8, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
def test_what_was_planted_is_found_and_nothing_else(
    new_sqlcipher: Callable[[], Shop], faults: set[GapKind]
) -> None:
    shop = new_sqlcipher()
    worked_days(shop, 2)
    for kind in sorted(faults):
        PLANTED[kind](shop)
        shop.clock.at += timedelta(hours=1)
    assert kinds(shop) - {GapKind.HOLE} == faults


def test_cash_taken_out_of_a_receipt_after_its_z_is_certain(shop: Shop) -> None:
    shop.app.call(open_shift, 0)
    shop.clock.at += timedelta(minutes=30)
    sell(shop.app, [at(shop, 1)])
    shop.app.call(close_shift, shop.app.call(x_report).expected_minor)
    shop.clock.at += timedelta(minutes=1)
    shop.app.call(change_payment, _newest(shop), [SalePayment(CARD, 250)], "slip")
    (flip,) = [one for one in found(shop) if one.kind is GapKind.FLIP]
    paid_by_cash = flip.amount_minor == -250
    assert flip.sure is (Sure.CERTAIN if paid_by_cash else Sure.MAYBE)


def test_a_void_after_the_z_of_the_same_day_is_found(shop: Shop) -> None:
    shop.app.call(open_shift, 0)
    shop.clock.at += timedelta(minutes=30)
    sell(shop.app, [at(shop, 1)])
    shop.app.call(close_shift, shop.app.call(x_report).expected_minor)
    shop.clock.at += timedelta(minutes=1)
    shop.app.call(open_shift, 0)
    shop.clock.at += timedelta(hours=1)
    shop.app.call(void, _newest(shop), "why not")
    (after,) = [one for one in found(shop) if one.kind is GapKind.AFTER]
    assert str(after.what) == "Aysel took receipt 1 back after its Z report."


def test_whose_receipts_are_taken_back_far_more_often(shop: Shop) -> None:
    some = [at(shop, n, staff_name="Rauf" if n % 4 else "Elvin") for n in range(1, 121)]
    back = [at(shop, n, staff_name="Elvin", status=OrderStatus.REFUNDED) for n in range(121, 133)]
    sell(shop.app, some + back)
    (gap,) = [one for one in found(shop) if one.kind is GapKind.OFTEN]
    assert "12 of 30 receipts of Elvin" in str(gap.what)
    assert gap.sure is Sure.LIKELY


def test_a_finding_is_noted_and_left_open_then_closed(shop: Shop) -> None:
    worked_days(shop, 1)
    _loose(shop)
    (gap,) = loose(shop)
    shop.app.call(mark_gap, gap.day, gap.kind, gap.key, "asked Rauf", closes=False)
    (noted,) = loose(shop)
    assert (noted.noted, noted.seen, noted.note) == (True, False, "asked Rauf")
    shop.clock.at += timedelta(minutes=1)
    shop.app.call(mark_gap, gap.day, gap.kind, gap.key, "he forgot to open it")
    (closed,) = loose(shop)
    assert (closed.noted, closed.seen) == (False, True)


def test_days_before_the_first_shift_are_no_findings(shop: Shop) -> None:
    sell(shop.app, [at(shop, 1), at(shop, 2)])
    assert found(shop) == []
    shop.clock.at += timedelta(days=1)
    worked_days(shop, 1, number=3)
    assert found(shop) == []


@pytest.mark.parametrize(("zone", "seen"), [("Europe/Berlin", False), ("Asia/Baku", True)])
def test_the_hour_that_comes_twice_is_no_clock_set_back(shop: Shop, zone: str, seen: bool) -> None:
    there = NewVenue("Filial", currency="USD", timezone=zone)
    shop.app.work_at(shop.app.call(open_venue, there))
    venue = shop.app.call(get_venue)
    late = datetime(2026, 10, 25, 0, 50, tzinfo=UTC)  # 02:50 in Berlin, and then 02:10 again
    some = [
        order(n, number=str(n), opened_at=moment, closed_at=moment)
        for n, moment in ((1, late), (2, late - timedelta(minutes=40)))
    ]

    def body(tx: Transaction) -> None:
        store_orders(tx, Batch(venue, "test", None, Catalogue.read(tx, venue.id)), some)

    shop.app.call(command(body))
    days = (20261001, 20261031)
    assert (GapKind.CLOCK in {one.kind for one in shop.app.call(find_gaps, *days)}) is seen


def test_a_receipt_edited_at_its_source_is_found_when_it_comes_again(
    shop: Shop, tmp_path: Path
) -> None:
    head = "id,date,time,name,size,type,price\n"
    plov, soup = (
        "7,2026-11-02,12:00:00,plov,M,classic,10.00\n",
        "8,2026-11-02,12:10:00,şorba,M,classic,5.00\n",
    )
    file = tmp_path / "sales.csv"
    file.write_text(head + 2 * plov + soup, encoding="utf-8")
    shop.app.call_watched(Progress(), import_files, [file])
    assert shop.rows(ReceiptEdit) == []
    file.write_text(head + plov + soup, encoding="utf-8")
    shop.app.call_watched(Progress(), import_files, [file])
    (gap,) = [one for one in found(shop) if one.kind is GapKind.EDITED]
    assert (gap.day, gap.amount_minor, gap.sure) == (20261102, -1000, Sure.CERTAIN)
    shop.app.call_watched(Progress(), import_files, [file])
    assert len(shop.rows(ReceiptEdit)) == 1
