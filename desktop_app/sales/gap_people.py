"""What the radar finds in what people did: corrections, edits at the source, concentrations."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from datetime import timedelta

from sqlalchemy import func, select
from sqlalchemy.orm import aliased

from desktop_app.db.transaction import Transaction
from desktop_app.kernel.words import msg
from desktop_app.orders.records import OrderStatus, PaymentMethod
from desktop_app.orders.tables import Order, Payment, SalesDayService
from desktop_app.sales.gap_records import Gap, GapKind, Sure
from desktop_app.sales.gap_rules import Served, Spells, crowded
from desktop_app.sales.gap_tills import shift_at
from desktop_app.sales.records import CorrectionKind
from desktop_app.sales.tables import Correction, ReceiptEdit
from desktop_app.staff.tables import Employee
from desktop_app.venue.records import VenueCard

Days = tuple[int, int]
_CHUNK = 500


def corrections(
    tx: Transaction, venue: VenueCard, days: Days, spells: Mapping[str, Spells], soon: timedelta
) -> Iterator[Gap]:
    """Yield corrections that are often made for the wrong reason; `soon` is soon after payment."""
    original = aliased(Order)
    rows = tx.rows(
        select(
            Correction.order_id, Correction.kind, Correction.business_date, Correction.at,
            Correction.amount_minor, Correction.made_by, original.number, original.business_date,
            func.coalesce(original.closed_at, original.opened_at).label("closed_at"),
            original.total_minor, original.terminal,
        )
        .join(original, original.id == Correction.original_id)
        .where(Correction.venue_id == venue.id, Correction.business_date.between(*days))
    )  # fmt: skip
    changed = [row[0] for row in rows if row[1] is CorrectionKind.PAYMENT]
    cash = _cash_of(tx, changed)
    for entry, kind, day, at, amount, who, number, sold_on, closed, total, till in rows:
        said, key = {"number": number, "name": who}, str(entry)
        shift = shift_at(spells, till, closed)
        after = shift is not None and shift.closed is not None and shift.closed < at
        if kind is CorrectionKind.PAYMENT:
            yield _changed(day, key, said, (total, cash.get(entry, 0)), entry, after=after)
            continue
        if kind is CorrectionKind.VOID and at - closed <= soon:
            what = msg("{name} voided receipt {number} right after it was paid.", **said)
            yield Gap(day, GapKind.SOON, key, what, -amount, entry)
        if sold_on < day:
            what = msg("{name} took receipt {number} back after its day was over.", **said)
            yield Gap(day, GapKind.AFTER, key, what, -amount, entry)
        elif after:
            what = msg("{name} took receipt {number} back after its Z report.", **said)
            yield Gap(day, GapKind.AFTER, key, what, -amount, entry)


def _changed(
    day: int,
    key: str,
    said: Mapping[str, str],
    money: tuple[int, int],
    entry: int,
    *,
    after: bool,
) -> Gap:
    """Return the finding of another payment; `money` is the receipt's total and its cash."""
    total, cash = money
    if cash >= 0:
        what = msg("{name} changed how receipt {number} was paid.", **said)
        return Gap(day, GapKind.FLIP, key, what, total, entry, Sure.MAYBE)
    if after:
        what = msg("{name} took the cash out of receipt {number} after its Z report.", **said)
        return Gap(day, GapKind.FLIP, key, what, cash, entry, Sure.CERTAIN)
    what = msg("{name} changed receipt {number} from cash to another payment.", **said)
    return Gap(day, GapKind.FLIP, key, what, cash, entry)


def _cash_of(tx: Transaction, entries: Sequence[int]) -> dict[int, int]:
    """Return what each entry says of cash; negative where cash went to other payments."""
    found: dict[int, int] = {}
    for start in range(0, len(entries), _CHUNK):
        wanted = (
            select(Payment.order_id, func.sum(Payment.amount_minor))
            .where(
                Payment.order_id.in_(entries[start : start + _CHUNK]),
                Payment.method == PaymentMethod.CASH,
            )
            .group_by(Payment.order_id)
        )
        found.update({order_id: int(amount) for order_id, amount in tx.rows(wanted)})
    return found


def edits(tx: Transaction, venue: VenueCard, days: Days) -> Iterator[Gap]:
    """Yield closed receipts that came in again and were not the same."""
    rows = tx.rows(
        select(
            ReceiptEdit.id, ReceiptEdit.order_id, Order.number, Order.business_date,
            Order.total_minor, ReceiptEdit.total_minor, ReceiptEdit.status,
        )
        .join(Order, Order.id == ReceiptEdit.order_id)
        .where(ReceiptEdit.venue_id == venue.id, ReceiptEdit.business_date.between(*days))
    )  # fmt: skip
    for id_, order_id, number, day, before, now, status in rows:
        said = {"number": number}
        amount = (0 if status is OrderStatus.VOID else now) - before
        if status is OrderStatus.VOID:
            what = msg("Receipt {number} came in again as void: it was closed and paid.", **said)
        else:
            what = msg("Receipt {number} came in again and is not as it was closed.", **said)
        yield Gap(day, GapKind.EDITED, str(id_), what, amount, order_id)


def concentrations(tx: Transaction, venue: VenueCard, days: Days) -> Iterator[Gap]:
    """Yield whose receipts were taken back far more often than the others', by whole months."""
    first, last = days[0] // 100 * 100, days[1] // 100 * 100 + 99
    rows = tx.rows(
        select(
            SalesDayService.business_date, SalesDayService.employee_id,
            func.sum(SalesDayService.orders), func.sum(SalesDayService.refunds),
            func.sum(SalesDayService.refunded_minor),
        )
        .where(
            SalesDayService.venue_id == venue.id,
            SalesDayService.business_date.between(first, last),
            SalesDayService.employee_id != 0,
        )
        .group_by(SalesDayService.business_date, SalesDayService.employee_id)
    )  # fmt: skip
    months: dict[int, dict[int, list[int]]] = defaultdict(dict)
    for day, who, receipts, taken, amount in rows:
        known = months[day // 100].setdefault(who, [0, 0, 0, 0])
        known[0] += int(receipts)
        known[1] += int(taken)
        known[2] += int(amount)
        known[3] = max(known[3], day if taken else 0)
    for number, people in months.items():
        suspects = crowded({who: Served(one[0], one[1]) for who, one in people.items()})
        names = _names(tx, suspects)
        for who, surely in suspects.items():
            receipts, taken, amount, day = people[who]
            if not days[0] <= day <= days[1]:
                continue
            what = msg(
                "{taken} of {receipts} receipts of {name} were taken back this month, far more"
                " than the others'.",
                taken=taken, receipts=receipts, name=names.get(who, str(who)),
            )  # fmt: skip
            sure = Sure.LIKELY if surely else Sure.MAYBE
            yield Gap(day, GapKind.OFTEN, f"{who}:{number}:{taken}", what, amount, None, sure)


def _names(tx: Transaction, people: Mapping[int, bool]) -> dict[int, str]:
    if not people:
        return {}
    return tx.pairs(select(Employee.id, Employee.name).where(Employee.id.in_(sorted(people))))
