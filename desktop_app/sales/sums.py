"""What came together between two moments: the sums of X and Z reports."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, case, func, or_, select

from desktop_app.db.choosing import has_value
from desktop_app.db.transaction import Transaction
from desktop_app.kernel.clock import as_date, as_number
from desktop_app.orders.records import OrderStatus
from desktop_app.orders.sums import COUNTED
from desktop_app.orders.tables import Order, Payment
from desktop_app.sales.records import CorrectionKind, ShiftSums
from desktop_app.sales.tables import CashShift, Correction
from desktop_app.venue.records import VenueCard

_MONEY = COUNTED | {OrderStatus.CHANGED}
_LONGEST_STAY = timedelta(days=1)
"""An order that is closed in a shift was opened at most so long before."""


def sums_between(
    tx: Transaction, venue: VenueCard, opened: datetime, until: datetime, till: str = ""
) -> ShiftSums:
    """Return the sums of what was closed at a till from `opened` on and before `until`."""
    within = _within(tx, venue, opened, until, till)
    counted = Order.status.in_(COUNTED)
    receipts, refunds, voids, changes, first, last = tx.rows(
        select(
            _count(Order.status == OrderStatus.CLOSED),
            _count(Order.status == OrderStatus.REFUNDED),
            _count(Order.status == OrderStatus.VOID),
            _count(Order.status == OrderStatus.CHANGED),
            func.min(case((Order.running_no > 0, Order.running_no))),
            func.max(Order.running_no),
        ).where(*within)
    )[0]
    money = tx.rows(
        select(
            _sum(Order.gross_minor),
            _sum(Order.discount_minor),
            _sum(Order.service_minor),
            _sum(Order.tax_minor),
            _sum(Order.total_minor),
            _sum(case((Order.status == OrderStatus.REFUNDED, Order.total_minor), else_=0)),
        ).where(*within, counted)
    )[0]
    gross, discount, service, tax, total, refunded = (int(value) for value in money)
    voided = int(
        tx.scalar(
            select(func.count())
            .select_from(Correction)
            .join(Order, Order.id == Correction.order_id)
            .where(*within, Correction.kind == CorrectionKind.VOID)
        )
    )
    return ShiftSums(
        int(receipts), int(refunds) - voided, int(voids) + voided, int(changes),
        gross, discount, service, tax, total, refunded, int(first or 0), int(last or 0),
        _payments(tx, within),
    )  # fmt: skip


def _payments(tx: Transaction, within: list[ColumnElement[bool]]) -> list[tuple[Any, int, int]]:
    found = tx.rows(
        select(Payment.method, func.count(), _sum(Payment.amount_minor))
        .join(Order, Order.id == Payment.order_id)
        .where(*within, Order.status.in_(_MONEY))
        .group_by(Payment.method)
        .order_by(Payment.method)
    )
    return [(method, int(count), int(amount)) for method, count, amount in found]


def _within(
    tx: Transaction, venue: VenueCard, opened: datetime, until: datetime, till: str
) -> list[ColumnElement[bool]]:
    """Return what a receipt of the shift fulfils; the business days let the index be used."""
    first = as_date(venue.time.business_date(opened)) - _LONGEST_STAY
    last = as_date(venue.time.business_date(until)) + timedelta(days=1)  # of another time zone
    closed = func.coalesce(Order.closed_at, Order.opened_at)
    return [
        has_value(Order.venue_id, venue.id),
        Order.business_date >= as_number(first),
        Order.business_date <= as_number(last),
        closed >= opened,
        closed < until,
        Order.status != OrderStatus.OPEN,
        *_of_till(tx, venue, until, till, closed),
    ]


def _of_till(
    tx: Transaction, venue: VenueCard, until: datetime, till: str, closed: Any
) -> list[ColumnElement[bool]]:
    """Return what a receipt of a till fulfils.

    The venue's own till takes what comes from tills that had no shift of their own until then.
    """
    if till:
        return [Order.terminal == till]
    others = tx.rows(
        select(CashShift.terminal, func.min(CashShift.opened_at))
        .where(
            CashShift.venue_id == venue.id, CashShift.terminal != "", CashShift.opened_at < until
        )
        .group_by(CashShift.terminal)
    )
    return [or_(Order.terminal != name, closed < since) for name, since in others]


def _count(which: ColumnElement[bool]) -> Any:
    return func.coalesce(func.sum(case((which, 1), else_=0)), 0)


def _sum(what: Any) -> Any:
    return func.coalesce(func.sum(what), 0)


def revenue_between(
    tx: Transaction, venue: VenueCard, opened: datetime, until: datetime, till: str = ""
) -> int:
    """Return the revenue of the receipts that were closed at a till in a time."""
    within = _within(tx, venue, opened, until, till)
    return int(tx.scalar(select(_sum(Order.total_minor)).where(*within, Order.status.in_(COUNTED))))
