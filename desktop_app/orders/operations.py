"""What can be done with orders."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from sqlalchemy import case, func, select

from desktop_app.customers.aliases import kept_of, persons
from desktop_app.db.operation import Job, query, task
from desktop_app.db.transaction import Transaction
from desktop_app.kernel.access import Permission
from desktop_app.kernel.clock import millis
from desktop_app.kernel.words import msg
from desktop_app.orders import listing
from desktop_app.orders.records import (
    Cursor,
    CustomerSales,
    LineRow,
    OrderCard,
    OrderFilter,
    OrderPage,
    OrderRow,
    OrderStatus,
    PaymentRow,
    ReceiptNumbers,
)
from desktop_app.orders.sums import COUNTED
from desktop_app.orders.tables import Order, OrderLine, Payment
from desktop_app.staff.tables import Employee

COUNT_CAP = 10_001
ANCHOR_EVERY = 1000
SALE_TYPES_AMONG = 10_000


@query(Permission.ORDERS_READ)
def list_orders(
    tx: Transaction, wanted: OrderFilter, *, after: Cursor | None = None, limit: int = 50
) -> OrderPage:
    """Return the orders after a key, in the order the filter asks for."""
    found = [_row(row) for row in tx.rows(listing.page(with_cards(tx, wanted), after, limit + 1))]
    rows = found[:limit]
    more = len(found) > limit
    key = listing.key_of(rows[-1], wanted.sort, millis(rows[-1].opened_at)) if more else None
    return OrderPage(rows, key)


@query(Permission.ORDERS_READ)
def orders_from(
    tx: Transaction, wanted: OrderFilter, anchor: Cursor | None, skip: int, limit: int
) -> Sequence[OrderRow]:
    """Return the orders `skip` rows after an anchor; `skip` is below the anchors' distance."""
    statement = listing.page(with_cards(tx, wanted), anchor, limit).offset(skip)
    return [_row(row) for row in tx.rows(statement)]


@query(Permission.ORDERS_READ)
def count_orders(tx: Transaction, wanted: OrderFilter, *, cap: int | None = COUNT_CAP) -> int:
    """Return how many orders fit the filter, at most `cap`."""
    return int(tx.scalar(listing.counted(with_cards(tx, wanted), cap)))


@task(Permission.ORDERS_READ)
def find_anchors(job: Job, wanted: OrderFilter, *, every: int = ANCHOR_EVERY) -> Sequence[Cursor]:
    """Return the key of every `every`-th order of the list, so that any row is a short step away.

    Reads in short transactions, so that nobody waits for it; may be stopped at any time.
    """
    job.progress.stage(msg("Counting orders"))
    anchors: list[Cursor] = []
    edge: Cursor | None = None
    while True:
        with job.reading() as tx:
            found = tx.rows(listing.anchor_after(with_cards(tx, wanted), edge, every))
        if not found:
            return anchors
        edge = tuple(found[0])
        anchors.append(edge)
        job.progress.advance()


def with_cards(tx: Transaction, wanted: OrderFilter) -> OrderFilter:
    """Return a filter that also finds what was sold under other numbers of the same customer."""
    if wanted.customer_id is None:
        return wanted
    return replace(wanted, cards=tuple(_cards(tx, wanted.customer_id)))


def _cards(tx: Transaction, customer_id: int) -> Sequence[int]:
    return persons(tx, kept_of(tx, customer_id))


@query(Permission.ORDERS_READ)
def list_sale_types(tx: Transaction) -> Sequence[str]:
    """Return the ways of selling among the newest orders; reading them all would take seconds."""
    newest = listing.page(OrderFilter(), None, SALE_TYPES_AMONG).subquery()
    found = tx.rows(select(newest.c.sale_type).distinct())
    return sorted(kind for (kind,) in found if kind)


@query(Permission.ORDERS_READ)
def customer_sales(tx: Transaction, customer_id: int) -> CustomerSales:
    """Return how often a customer bought, for how much less what came back, and when.

    What came back is no purchase: it lessens what was spent, and is not counted.
    """
    bought = Order.status == OrderStatus.CLOSED
    wanted = select(
        func.coalesce(func.sum(case((bought, 1), else_=0)), 0),
        func.coalesce(func.sum(Order.total_minor), 0),
        func.min(case((bought, Order.opened_at))),
        func.max(case((bought, Order.opened_at))),
    ).where(Order.customer_id.in_(_cards(tx, customer_id)), Order.status.in_(COUNTED))
    orders, spent, first, last = tx.rows(wanted)[0]
    return CustomerSales(int(orders), int(spent), first, last)


@query(Permission.ORDERS_READ)
def get_order(tx: Transaction, order_id: int) -> OrderCard:
    """Return everything about one order."""
    order = tx.get(Order, order_id)
    staff = tx.find(Employee, order.employee_id) if order.employee_id else None
    lines = select(OrderLine).where(OrderLine.order_id == order_id).order_by(OrderLine.line_no)
    paid = select(Payment).where(Payment.order_id == order_id).order_by(Payment.line_no)
    return OrderCard(
        OrderRow(
            order.id, order.number, order.opened_at, order.business_date, order.status,
            order.sale_type, order.table_name, staff.name if staff else "", order.customer_id,
            order.items, order.total_minor, order.payment,
        ),
        order.reference,
        order.source,
        order.closed_at,
        order.guests,
        order.terminal,
        order.note,
        order.gross_minor,
        order.discount_minor,
        order.tax_minor,
        order.service_minor,
        [_line(line) for line in tx.objects(lines)],
        [
            PaymentRow(p.line_no, p.method, p.amount_minor, p.card_brand, p.card_last4)
            for p in tx.objects(paid)
        ],
        ReceiptNumbers(order.running_no, order.daily_no, order.monthly_no),
    )  # fmt: skip


def _row(row: Any) -> OrderRow:
    return OrderRow(*row)


def _line(line: OrderLine) -> LineRow:
    return LineRow(
        line.line_no, line.name, line.variant, line.category, line.modifiers, line.note, line.kind,
        line.quantity, line.unit_price_minor, line.discount_minor, line.tax_minor,
        line.total_minor,
    )  # fmt: skip
