"""Receipts that come in again and are not the same: their source let somebody edit them."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import func, select

from desktop_app.db.transaction import Transaction
from desktop_app.orders.records import IncomingOrder, OrderStatus
from desktop_app.orders.tables import Order, OrderLine
from desktop_app.sales.tables import ReceiptEdit
from desktop_app.venue.records import VenueCard

_CHUNK = 500
_Said = tuple[int, int, OrderStatus]


def note_edits(
    tx: Transaction, venue: VenueCard, source: str, again: Sequence[IncomingOrder]
) -> int:
    """Keep what a source says of receipts that were closed here otherwise; return how many.

    What came open may be closed since, and is no edit. The same edit is kept once.
    """
    found = 0
    for start in range(0, len(again), _CHUNK):
        some = {one.reference: one for one in again[start : start + _CHUNK]}
        rows = _known(tx, venue.id, source, sorted(some))
        told = _told(tx, [row[1] for row in rows])
        for reference, order_id, day, status, total, lines in rows:
            now = _says(some[reference])
            if status is OrderStatus.OPEN or now in ((total, lines, status), told.get(order_id)):
                continue
            found += 1
            tx.add(
                ReceiptEdit(
                    id=tx.ids.one(), order_id=order_id, venue_id=venue.id, business_date=day,
                    at=tx.at, total_minor=now[0], lines=now[1], status=now[2],
                )
            )  # fmt: skip
    return found


def _says(order: IncomingOrder) -> _Said:
    return sum(line.total_minor for line in order.lines), len(order.lines), order.status


def _known(
    tx: Transaction, venue_id: int, source: str, references: Sequence[str]
) -> Sequence[tuple[str, int, int, OrderStatus, int, int]]:
    lines = (
        select(func.count())
        .select_from(OrderLine)
        .where(OrderLine.order_id == Order.id)
        .scalar_subquery()
    )
    rows = tx.rows(
        select(
            Order.reference, Order.id, Order.business_date, Order.status, Order.total_minor, lines
        ).where(Order.venue_id == venue_id, Order.source == source, Order.reference.in_(references))
    )
    return [tuple(row) for row in rows]


def _told(tx: Transaction, orders: Sequence[int]) -> dict[int, _Said]:
    """Return the newest that was kept of each order."""
    rows = tx.rows(
        select(ReceiptEdit.order_id, ReceiptEdit.total_minor, ReceiptEdit.lines, ReceiptEdit.status)
        .where(ReceiptEdit.order_id.in_(orders))
        .order_by(ReceiptEdit.at, ReceiptEdit.id)
    )
    return {order_id: (int(total), int(lines), status) for order_id, total, lines, status in rows}
