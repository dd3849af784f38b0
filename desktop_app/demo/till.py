"""The till of the demonstration: a shift a day, its Z report, and whose refund is whose."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from random import Random

from sqlalchemy import func, select

from desktop_app.access.anchors import newest_anchor
from desktop_app.db.choosing import has_value
from desktop_app.db.transaction import Transaction
from desktop_app.demo.chance import stream
from desktop_app.demo.crew import cashier
from desktop_app.finance.kinds import AccountKind, SystemCategory
from desktop_app.finance.posting import account_for, post
from desktop_app.finance.records import Entry
from desktop_app.kernel.clock import as_date, as_number
from desktop_app.orders.records import OrderStatus
from desktop_app.orders.tables import Order, OrderLine
from desktop_app.sales.books import post_cash, post_takings
from desktop_app.sales.gap_records import GapKind
from desktop_app.sales.records import CashKind, CorrectionKind, Disposal
from desktop_app.sales.shifts import read_report, z_row
from desktop_app.sales.tables import (
    CashMove,
    CashShift,
    Correction,
    CorrectionLine,
    GapMark,
    ZPayment,
)
from desktop_app.venue.records import VenueCard

DAYS = 92
_OPENING = 15_000
_EARLY, _HURRY = 9, timedelta(minutes=75)
"""So many days ago somebody closed the shift while guests were still paying."""
_SMALL = (("Çörək və göyərti", 1_200, 3_400), ("Taksi", 400, 900), ("Buz", 600, 1_500))
_MANAGER = "Aysel Məmmədova"
_SEEN = "Kassada çek kağızı ilişmişdi, nömrə boş keçib"


@dataclass(frozen=True, slots=True)
class _Day:
    """A business day with its first and last moment at the till."""

    number: int
    first: datetime
    last: datetime


def write_till(tx: Transaction, venue: VenueCard, seed: int, until: datetime) -> None:
    """Add the shifts of the last three months; that of the running day stays open."""
    today = venue.time.business_date(until)
    since = as_number(as_date(today) - timedelta(days=DAYS))
    bank = account_for(tx, venue.id, AccountKind.BANK)
    cash = account_for(tx, venue.id, AccountKind.CASH)
    shifts = 0
    early = as_number(as_date(today) - timedelta(days=_EARLY))
    for number, whole in enumerate(_days(tx, venue.id, since), 1):
        one = replace(whole, last=whole.last - _HURRY) if whole.number == early else whole
        shift = _opened(tx, venue, number, one)
        shifts += 1
        if one.number < today:
            rng = stream(seed, "till", as_date(one.number))
            _closed(tx, venue, shift, one, rng)
            _carried(tx, venue, (cash, bank), shift)
    tx.about("demonstration", shifts=shifts)


def link_refunds(tx: Transaction, venue: VenueCard) -> None:
    """Say of each refund which receipt it is for; its note begins with that one's number."""
    refunds = tx.objects(select(Order).where(Order.status == OrderStatus.REFUNDED))
    numbers = {one.id: one.note.partition(":")[0] for one in refunds}
    originals = tx.pairs(
        select(Order.number, Order.id).where(
            Order.venue_id == venue.id, Order.number.in_(sorted(set(numbers.values())))
        )
    )
    corrections: list[Correction] = []
    lines: list[CorrectionLine] = []
    for refund in refunds:
        original = originals.get(numbers[refund.id])
        if original is None:
            continue
        sold = list(tx.objects(select(OrderLine).where(OrderLine.order_id == original)))
        taken = list(_refunded(tx, refund.id, sold))
        corrections.append(_correction(refund, original, whole=len(taken) == len(sold)))
        lines.extend(taken)
    tx.add_all(corrections)
    tx.add_all(lines)
    tx.about("demonstration", corrections=len(corrections))


def note_gaps(
    tx: Transaction, venue: VenueCard, at: datetime, found: Sequence[tuple[int, GapKind, str]]
) -> None:
    """Let the manager have looked at the older half of what the radar finds."""
    for day, kind, key in found[len(found) // 2 :]:
        tx.add(
            GapMark(
                id=tx.ids.one(), venue_id=venue.id, business_date=day, kind=kind, mark_key=key,
                note=_SEEN if kind is GapKind.HOLE else "Sayılıb, düzgündür", at=at,
                made_by=_MANAGER,
            )
        )  # fmt: skip


def _days(tx: Transaction, venue_id: int, since: int) -> Iterator[_Day]:
    closed = func.coalesce(Order.closed_at, Order.opened_at)
    rows = tx.rows(
        select(Order.business_date, func.min(Order.opened_at), func.max(closed))
        .where(
            has_value(Order.venue_id, venue_id),
            Order.business_date >= since,
            Order.status != OrderStatus.OPEN,
        )
        .group_by(Order.business_date)
        .order_by(Order.business_date)
    )
    for day, first, last in rows:
        yield _Day(day, first - timedelta(minutes=20), last + timedelta(minutes=10))


def _opened(tx: Transaction, venue: VenueCard, number: int, one: _Day) -> CashShift:
    return tx.add(
        CashShift(
            id=tx.ids.one(), venue_id=venue.id, number=number, business_date=one.number,
            opened_at=one.first, opened_by=cashier(as_date(one.number)), opening_minor=_OPENING,
            note="",
        )
    )  # fmt: skip


def _closed(tx: Transaction, venue: VenueCard, shift: CashShift, one: _Day, rng: Random) -> None:
    for reason, least, most in _SMALL:
        if rng.random() < 0.3:  # noqa: PLR2004 - every third day
            at = one.first + (one.last - one.first) * rng.uniform(0.2, 0.8)
            _move(tx, venue, shift, at, -(rng.randrange(least, most) // 10 * 10), reason)
    report = read_report(tx, shift.id, None, until=one.last)
    # Each third week somebody miscounts, by a few coins.
    wrong = rng.choice((-500, -200, -50, 100)) if rng.random() < 0.05 else 0  # noqa: PLR2004
    counted = max(0, report.expected_minor + wrong)
    z = z_row(shift, report, (tx.ids.one(), shift.number), (one.last, shift.opened_by), counted)
    z.note = "Yenidən sayıldı" if wrong else ""
    z.anchor = str(newest_anchor(tx))
    tx.add(z)
    tx.add_all(
        [
            ZPayment(z_id=z.id, method=method, payments=count, amount_minor=amount)
            for method, count, amount in report.sums.payments
        ]
    )
    post_takings(tx, venue, read_report(tx, shift.id, None))


def _move(
    tx: Transaction, venue: VenueCard, shift: CashShift, at: datetime, amount: int, reason: str
) -> None:
    tx.add(
        CashMove(
            id=tx.ids.one(), shift_id=shift.id, venue_id=venue.id, at=at,
            made_by=shift.opened_by, kind=CashKind.IN if amount > 0 else CashKind.OUT,
            amount_minor=amount, reason=reason,
        )
    )  # fmt: skip
    post_cash(tx, venue, (shift.id, shift.business_date), amount, reason)


def _carried(
    tx: Transaction, venue: VenueCard, accounts: tuple[int, int], shift: CashShift
) -> None:
    """Carry the cash above what the till needs for change to the bank, in the books."""
    counted = read_report(tx, shift.id, None).shift.counted_minor or 0
    amount = counted - _OPENING
    if amount <= 0:
        return
    day: date = as_date(shift.business_date)
    for account, signed in zip(accounts, (-amount, amount), strict=True):
        category = int(SystemCategory.TRANSFERS)
        document = f"transfer:{shift.id}"
        post(tx, Entry(venue.id, account, category, day, signed, "İnkassasiya", document))


def _correction(refund: Order, original_id: int, *, whole: bool) -> Correction:
    """Return what an entry corrects; who takes all of a receipt back at the till voids it."""
    reason = refund.note.partition(": ")[2] or refund.note
    return Correction(
        order_id=refund.id, original_id=original_id, venue_id=refund.venue_id,
        kind=CorrectionKind.VOID if whole else CorrectionKind.REFUND,
        disposal=Disposal.WASTE, reason=reason[:500],
        amount_minor=-(refund.total_minor + refund.service_minor), at=refund.opened_at,
        business_date=refund.business_date, made_by=_MANAGER,
    )  # fmt: skip


def _refunded(
    tx: Transaction, refund_id: int, lines: Sequence[OrderLine]
) -> Iterator[CorrectionLine]:
    """Yield which line of the receipt each line of a refund takes back."""
    sold = list(lines)
    for line in tx.objects(select(OrderLine).where(OrderLine.order_id == refund_id)):
        for one in sold:
            if (one.product_id, one.quantity, one.total_minor) == (
                line.product_id, -line.quantity, -line.total_minor,
            ):  # fmt: skip
                yield CorrectionLine(
                    order_id=refund_id, line_no=line.line_no, original_line_no=one.line_no,
                    quantity=one.quantity,
                )  # fmt: skip
                sold.remove(one)
                break
