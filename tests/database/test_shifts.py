"""Shifts: opened once, cash counted, X at any time, Z once for all; their sums add up."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pypdfium2
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import delete, update
from sqlalchemy.exc import DBAPIError

from desktop_app.access.anchors import check_anchor
from desktop_app.access.operations import verify_trail
from desktop_app.finance.tables import MoneyEntry
from desktop_app.kernel.access import Role
from desktop_app.kernel.errors import (
    ConflictError,
    InvalidError,
    NotAllowedError,
    NotFoundError,
    UnavailableError,
)
from desktop_app.orders.records import IncomingLine, IncomingPayment, OrderStatus, PaymentMethod
from desktop_app.orders.tables import Order
from desktop_app.reports.operations import sales_by
from desktop_app.reports.records import Dimension, Period
from desktop_app.sales.gap_records import GapKind
from desktop_app.sales.gaps import find_gaps
from desktop_app.sales.handing import draw_shift_report, write_shift_report
from desktop_app.sales.operations import change_payment, refund, void
from desktop_app.sales.records import CashKind, PaperSize, SalePayment, TillRow
from desktop_app.sales.shifts import (
    close_shift,
    find_z,
    list_shifts,
    move_cash,
    open_shift,
    shift_report,
    x_report,
)
from desktop_app.sales.tables import CashMove, CashShift, ZPayment, ZReport
from desktop_app.sales.tills import list_tills
from tests.database.shop import Shop, order, sell, sql

CASH, CARD = PaymentMethod.CASH, PaymentMethod.CARD


def paid(place: int, at: datetime, amount: int, method: PaymentMethod = CASH) -> Any:
    line = IncomingLine("Plov", 1000, amount, gross_minor=amount)
    payment = IncomingPayment(method, amount)
    opened = at - timedelta(minutes=20)
    return order(place, line, opened_at=opened, closed_at=at, payments=(payment,))


def sold(shop: Shop, place: int, amount: int, method: PaymentMethod = CASH) -> int:
    shop.clock.at += timedelta(minutes=1)
    sell(shop.app, [paid(place, shop.clock.now(), amount, method)])
    return max(int(row["id"]) for row in shop.rows(Order))


def test_a_shift_from_opening_to_z(shop: Shop) -> None:
    app = shop.app
    number = app.call(open_shift, 5000)
    first = sold(shop, 1, 1000)
    sold(shop, 2, 700, CARD)
    second = sold(shop, 3, 300)
    app.call(move_cash, CashKind.IN, 2000, "change from the bank")
    app.call(move_cash, CashKind.OUT, 450, "bread")
    app.call(refund, first, "cold")
    app.call(void, second, "wrong table")
    x = app.call(x_report)
    assert (x.sums.receipts, x.sums.refunds, x.sums.voids) == (3, 1, 1)
    assert (x.sums.total_minor, x.sums.refunded_minor) == (700, -1300)
    assert (x.sums.cash_minor, x.expected_minor) == (0, 6550)
    assert (x.in_minor, x.out_minor) == (2000, 450)
    shop.clock.at += timedelta(minutes=1)
    z = app.call(close_shift, 6500, "50 missing")
    assert z.sums == x.sums
    assert (z.shift.z_number, z.shift.difference_minor, z.shift.note) == (1, -50, "50 missing")
    assert z.grand_total_minor == 700
    assert app.call(shift_report, number) == app.call(find_z, 1) == z
    assert app.call(check_anchor, z.anchor).fits
    booked = [row["amount_minor"] for row in shop.rows(MoneyEntry)]
    assert sorted(booked) == sorted([2000, -450, 700, -50])
    with pytest.raises(ConflictError, match="No shift is open"):
        app.call(x_report)
    with pytest.raises(NotFoundError):
        app.call(find_z, 2)
    shop.check_counts()
    shop.check_trail()


def test_the_z_stays_as_it_was_whatever_comes_later(shop: Shop) -> None:
    shop.app.call(open_shift, 0)
    number = sold(shop, 1, 1000)
    z = shop.app.call(close_shift, 1000)
    sell(shop.app, [paid(2, shop.clock.now() - timedelta(seconds=30), 999)])
    shop.clock.at += timedelta(minutes=5)
    shop.app.call(refund, number, "late")
    assert shop.app.call(find_z, 1) == z
    shop.clock.at += timedelta(minutes=1)
    shop.app.call(open_shift, 1000)
    shop.clock.at += timedelta(minutes=5)
    second = shop.app.call(close_shift, 1000)
    assert (second.shift.number, second.shift.z_number, second.grand_total_minor) == (2, 2, 1000)
    assert [row.number for row in shop.app.call(list_shifts)] == [2, 1]
    assert [row.number for row in shop.app.call(list_shifts, before=2)] == [1]


def test_one_shift_is_open_at_a_time(files: Shop) -> None:
    files.app.call(open_shift, 0)
    with pytest.raises(ConflictError, match="open already"):
        files.app.call(open_shift, 0)
    files.app.call(close_shift, 0)
    for call in ((close_shift, 0), (move_cash, CashKind.IN, 5, "x")):
        with pytest.raises(ConflictError, match="No shift"):
            files.app.call(*call)


@pytest.mark.parametrize("amount", [-1, 10**12])
def test_absurd_cash_is_refused(files: Shop, amount: int) -> None:
    with pytest.raises(InvalidError):
        files.app.call(open_shift, amount)
    files.app.call(open_shift, 0)
    for call in ((close_shift, amount), (move_cash, CashKind.IN, amount, "x")):
        with pytest.raises(InvalidError):
            files.app.call(*call)
    with pytest.raises(InvalidError):
        files.app.call(move_cash, CashKind.OUT, 0, "nothing")
    with pytest.raises(InvalidError, match="Say why"):
        files.app.call(move_cash, CashKind.OUT, 10, " ")


def test_who_may_do_what_with_the_till(shop: Shop) -> None:
    staff = shop.as_role(Role.STAFF)
    staff.call(open_shift, 0)
    for call in ((x_report,), (close_shift, 0), (move_cash, CashKind.IN, 5, "x"), (list_shifts,)):
        with pytest.raises(NotAllowedError):
            staff.call(*call)
    assert shop.as_role(Role.AUDITOR).call(x_report).shift.number == 1
    assert shop.as_role(Role.ACCOUNTANT).call(list_shifts)[0].closed_at is None
    manager = shop.as_role(Role.MANAGER)
    manager.call(move_cash, CashKind.IN, 5, "x")
    assert manager.call(close_shift, 5).shift.difference_minor == 0


@pytest.mark.parametrize("table", [CashShift, CashMove, ZReport, ZPayment])
def test_nobody_changes_or_removes_what_the_till_has_written(shop: Shop, table: Any) -> None:
    shop.app.call(open_shift, 100)
    sold(shop, 1, 500)
    shop.app.call(move_cash, CashKind.IN, 5, "x")
    shop.app.call(close_shift, 0)
    column = {"cash_shift": "opening_minor", "z_payment": "amount_minor"}.get(
        table.__tablename__, "amount_minor" if table is CashMove else "total_minor"
    )
    for statement in (update(table).values({column: 1}), delete(table)):
        with pytest.raises(DBAPIError), shop.app._store.engine.begin() as connection:
            connection.execute(statement)


def test_a_z_report_changed_around_us_is_found(files: Shop) -> None:
    files.app.call(open_shift, 0)
    sold(files, 1, 500)
    files.app.call(close_shift, 500)
    with files.around(write=True) as connection:
        sql(connection, "UPDATE ops.z_report SET total_minor = 1")
    from desktop_app.access.operations import verify_trail

    assert not files.app.call(verify_trail, full=True).ok


STEPS = st.lists(
    st.tuples(
        st.sampled_from(["sell", "refund", "void", "change", "in", "out", "z"]),
        st.integers(1, 5000),
    ),
    min_size=4,
    max_size=14,
)


def _at_the_till(shop: Shop, what: str, amount: int) -> None:
    if what != "z":
        shop.app.call(move_cash, CashKind(what), amount, "till")
        return
    shop.app.call(close_shift, max(0, shop.app.call(x_report).expected_minor))
    shop.app.call(open_shift, 0)


def _corrected(shop: Shop, what: str, number: int, amount: int) -> None:
    if what == "refund":
        shop.app.call(refund, number, "r", lines={1: min(amount, 1000)})
    elif what == "void":
        shop.app.call(void, number, "v")
    else:
        money = next(r["total_minor"] for r in shop.rows(Order) if r["id"] == number)
        shop.app.call(change_payment, number, [SalePayment(PaymentMethod.OTHER, money)], "p")


@settings(max_examples=8, suppress_health_check=list(HealthCheck))
@given(steps=STEPS)
def _add_up(shop: Shop, numbers: list[int], steps: list[tuple[str, int]]) -> None:
    """Do some business; then the Z reports together are the sales of the days."""
    app = shop.app
    receipts: list[int] = []
    for what, amount in steps:
        shop.clock.at += timedelta(minutes=31)
        if what == "sell":
            numbers[0] += 1
            receipts.append(sold(shop, numbers[0], amount, (CASH, CARD)[amount % 2]))
        elif what in ("in", "out", "z"):
            _at_the_till(shop, what, amount)
        elif receipts:
            _corrected(shop, what, receipts.pop(), amount)
    x = app.call(x_report)
    shifts = [app.call(shift_report, row.id) for row in app.call(list_shifts)]
    whole = app.call(sales_by, Dimension.DAY, Period()).total.revenue_minor
    assert sum(one.sums.total_minor for one in shifts) == whole
    assert x.grand_total_minor + x.sums.total_minor == whole
    for one in shifts:
        sums = one.sums
        assert sums.gross_minor - sums.discount_minor == sums.total_minor
        assert sums.paid_minor == sums.total_minor
        assert one.shift.counted_minor in (None, max(0, one.expected_minor))
    money = sum(one.sums.cash_minor for one in shifts)
    rows = app.call(sales_by, Dimension.PAYMENT, Period()).rows
    assert money == sum(row.revenue_minor for row in rows if row.key == "cash")


def test_the_shifts_together_are_the_days(shop: Shop) -> None:
    shop.app.call(open_shift, 0)
    _add_up(shop, [0])
    shop.check_trail()


def test_the_business_day_and_a_clock_change_inside_a_shift(shop: Shop) -> None:
    """In Berlin on 25 October 2026 three o'clock comes twice; the shift counts real time."""
    with shop.around(write=True) as connection:
        sql(connection, "UPDATE ops.venue SET timezone = 'Europe/Berlin', opening_minute = 360")
    shop.clock.at = datetime(2026, 10, 24, 20, tzinfo=UTC)
    shop.app.call(open_shift, 0)
    twice = [datetime(2026, 10, 25, hour, 30, tzinfo=UTC) for hour in (0, 1)]
    for place, at in enumerate(twice, 1):
        shop.clock.at = at
        sell(shop.app, [paid(place, at, 100 * place)])
    shop.clock.at = datetime(2026, 10, 25, 4, 59, tzinfo=UTC)
    z = shop.app.call(close_shift, 300)
    assert (z.sums.receipts, z.sums.total_minor) == (2, 300)
    assert z.shift.business_date == 20261024
    assert {row["business_date"] for row in shop.rows(Order)} == {20261024}
    assert {row["hour"] for row in shop.rows(Order)} == {2}
    shop.clock.at = datetime(2026, 10, 25, 5, tzinfo=UTC)
    number = shop.app.call(open_shift, 0)
    assert shop.app.call(shift_report, number).shift.business_date == 20261025
    assert {row["status"] for row in shop.rows(Order)} == {OrderStatus.CLOSED}


@pytest.mark.parametrize("size", PaperSize)
@pytest.mark.parametrize("language", ["en", "az"])
def test_x_and_z_are_printed_on_a_roll_and_on_a4(
    files: Shop, tmp_path: Path, size: PaperSize, language: str
) -> None:
    files.app.call(open_shift, 5000)
    sold(files, 1, 123_456)
    files.app.call(move_cash, CashKind.OUT, 450, "çörək və süd, bazardan " * 4)
    out = tmp_path / "x.pdf"
    x = files.app.call(write_shift_report, out, language, size=size)
    text = _text(out, size)
    trail = "Trail" if language == "en" else "Jurnal"
    assert (x.shift.z_number, x.anchor.replace("Trail", trail) in text) == (0, True)
    files.app.call(close_shift, 128_000, "yoxlandı")
    z = files.app.call(write_shift_report, out, language, z_number=1, size=size)
    text = _text(out, size)
    line = z.anchor.replace("Trail", trail)
    for needed in (line, "yoxlandı", "1,234.56" if language == "en" else "1.234,56", "Qız"):
        assert needed in text
    paper = files.app.call(draw_shift_report, language, shift_id=z.shift.id, size=size)
    (tmp_path / "paper.pdf").write_bytes(paper)
    assert "yoxlandı" in _text(tmp_path / "paper.pdf", size)
    assert files.app.call(check_anchor, line).fits
    assert list(tmp_path.glob("*.part")) == []


def _text(path: Path, size: PaperSize) -> str:
    with pypdfium2.PdfDocument(path.read_bytes()) as document:
        assert len(document) == 1
        width = round(document[0].get_width() / 72 * 25.4)
        assert width == (80 if size is PaperSize.ROLL else 210)
        return " ".join(document[0].get_textpage().get_text_bounded().split())


def test_a_report_that_cannot_be_written_is_said(files: Shop, tmp_path: Path) -> None:
    files.app.call(open_shift, 0)
    with pytest.raises(UnavailableError):
        files.app.call(write_shift_report, tmp_path / "none" / "x.pdf", "en")
    with pytest.raises(NotFoundError):
        files.app.call(write_shift_report, tmp_path / "z.pdf", "en", z_number=7)


def test_each_till_has_its_shift_and_the_venues_own_takes_the_rest(shop: Shop) -> None:
    app = shop.app
    app.call(open_shift, 1000)
    sold_at(shop, 1, 300, "Bar")  # before the bar has a shift of its own
    shop.clock.at += timedelta(minutes=1)
    app.call(open_shift, 500, till="Bar")
    with pytest.raises(ConflictError):
        app.call(open_shift, 500, till="Bar")
    sold_at(shop, 2, 700, "Bar")
    sold_at(shop, 3, 200, "Terras")
    app.call(move_cash, CashKind.OUT, 100, "buz", till="Bar")
    with pytest.raises(ConflictError):
        app.call(x_report, till="Terras")
    shop.clock.at += timedelta(minutes=1)
    bar = app.call(close_shift, 1100, till="Bar")
    assert (bar.shift.till, bar.sums.total_minor, bar.expected_minor) == ("Bar", 700, 1100)
    own = app.call(close_shift, 1500)
    assert (own.shift.till, own.sums.total_minor, own.expected_minor) == ("", 500, 1500)
    assert own.grand_total_minor == 1200
    assert [one.kind for one in app.call(find_gaps, 20261101, 20261130)] == [GapKind.CLOCK]
    sold_at(shop, 4, 50, "Bar")
    kinds = {one.kind for one in app.call(find_gaps, 20261101, 20261130)}
    assert GapKind.LOOSE in kinds
    assert app.call(verify_trail, full=True).ok


def test_tills_are_those_that_had_a_shift_and_those_on_receipts(shop: Shop) -> None:
    app = shop.app
    assert app.call(list_tills) == [TillRow("")]
    sold_at(shop, 1, 300, "Terras")
    app.call(open_shift, 0)
    app.call(open_shift, 0, till="Bar")
    assert app.call(list_tills) == [TillRow("", 1), TillRow("Bar", 2)]
    assert app.call(list_tills, seen=True) == [TillRow("", 1), TillRow("Bar", 2), TillRow("Terras")]
    shop.clock.at += timedelta(minutes=1)
    app.call(close_shift, 0, till="Bar")
    assert app.call(list_tills) == [TillRow("", 1), TillRow("Bar")]
    shop.clock.at += timedelta(minutes=1)
    app.call(open_shift, 0, till="Bar")
    assert app.call(list_tills) == [TillRow("", 1), TillRow("Bar", 3)]
    with pytest.raises(NotAllowedError):
        shop.as_role(Role.STAFF).call(list_tills)
    shop.clock.at += timedelta(days=60)
    assert app.call(list_tills, seen=True) == [TillRow("", 1), TillRow("Bar", 3)]


def sold_at(shop: Shop, place: int, amount: int, till: str) -> None:
    shop.clock.at += timedelta(minutes=1)
    sell(shop.app, [paid(place, shop.clock.now(), amount)._replace(terminal=till)])


def test_a_shift_over_midnight_and_over_the_opening_hour_is_one_shift(shop: Shop) -> None:
    """Its business day is that of its opening; its receipts are of their own days."""
    app = shop.app
    shop.clock.at = datetime(2026, 11, 3, 18, 0, tzinfo=UTC)  # 22:00 in Baku
    app.call(open_shift, 0)
    total = 0
    for place, hours in enumerate((0, 3, 6, 12, 14), 1):  # up to noon: the day began meanwhile
        shop.clock.at = datetime(2026, 11, 3, 18, 5, tzinfo=UTC) + timedelta(hours=hours)
        sell(app, [paid(place, shop.clock.now(), 100 * place)])
        total += 100 * place
    shop.clock.at += timedelta(minutes=1)
    z = app.call(close_shift, total)
    assert (z.sums.receipts, z.sums.total_minor, z.shift.business_date) == (5, total, 20261103)
    days = {row["business_date"] for row in shop.rows(Order)}
    assert days == {20261103, 20261104}
    assert app.call(sales_by, Dimension.DAY, Period()).total.revenue_minor == total
    kinds = {one.kind for one in app.call(find_gaps, 20261101, 20261130)}
    assert kinds <= {GapKind.CLOCK}


def test_what_is_sold_after_the_shift_closed_belongs_to_none_and_is_found(shop: Shop) -> None:
    app = shop.app
    app.call(open_shift, 0)
    sold(shop, 1, 100)
    z = app.call(close_shift, 100)
    sold(shop, 2, 900)
    assert app.call(find_z, z.shift.z_number).sums.total_minor == 100
    (loose,) = [one for one in app.call(find_gaps, 20261101, 20261130) if one.kind is GapKind.LOOSE]
    assert loose.amount_minor == 900
    shop.clock.at += timedelta(minutes=1)
    app.call(open_shift, 100)
    assert app.call(x_report).sums.receipts == 0
