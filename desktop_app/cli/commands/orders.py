"""Orders: the list and one order."""

from __future__ import annotations

from typing import Any

from desktop_app.cli.call import Call, Desk
from desktop_app.cli.output import Answer, Column, Facts, Table
from desktop_app.cli.values import at_most, check_days, cursor, cursor_text
from desktop_app.kernel import quantity
from desktop_app.kernel.clock import as_date
from desktop_app.kernel.errors import InvalidError
from desktop_app.kernel.words import msg
from desktop_app.orders import operations as orders
from desktop_app.orders.records import Cursor, OrderCard, OrderFilter, OrderRow, OrderSort
from desktop_app.orders.records import OrderStatus as Status
from desktop_app.orders.wording import METHODS, STATUSES

_KEY_PARTS = {OrderSort.NEWEST: 3, OrderSort.OLDEST: 3, OrderSort.LARGEST: 2, OrderSort.SMALLEST: 2}


def list_orders(call: Call, desk: Desk) -> Answer:
    """List orders, a page at a time."""
    options = call.options
    check_days(options.first, options.last)
    wanted = OrderFilter(
        options.first,
        options.last,
        Status(options.status) if options.status else None,
        options.sale_type,
        options.customer,
        options.number,
        OrderSort(options.sort),
    )
    after = _after(options.after, wanted.sort)
    page = desk.do(orders.list_orders, wanted, after=after, limit=at_most(options.limit))
    return Answer(
        {"rows": [_row(desk, row) for row in page.rows], "next": cursor_text(page.next)},
        [_table(call, desk, page.rows)],
    )


def _after(text: str | None, sort: OrderSort) -> Cursor | None:
    place = cursor(text)
    if place is not None and len(place) != _KEY_PARTS[sort]:
        raise InvalidError(
            msg("“{text}” is not a place in a list.", text=text),
            hint=msg("Take it from “next” of the answer before."),
        )
    return place


def _row(desk: Desk, row: OrderRow) -> dict[str, Any]:
    return {
        "id": str(row.id),
        "number": row.number,
        "opened_at": desk.iso(row.opened_at),
        "business_date": as_date(row.business_date).isoformat(),
        "status": row.status.value,
        "sale_type": row.sale_type,
        "table": row.table,
        "staff": row.staff_name,
        "customer_id": None if row.customer_id is None else str(row.customer_id),
        "items": quantity.plain(row.items),
        "total": desk.plain(row.total_minor),
        "currency": desk.venue.currency,
        "payment": row.payment.value,
    }


def _table(call: Call, desk: Desk, rows: Any) -> Table:
    return Table(
        [
            Column(msg("Id"), right=True),
            Column(msg("Number")),
            Column(msg("Time")),
            Column(msg("State")),
            Column(msg("Staff")),
            Column(msg("Quantity"), right=True),
            Column(msg("Total"), right=True),
            Column(msg("Payment")),
        ],
        [
            [
                str(row.id),
                row.number,
                desk.when(row.opened_at),
                call.words.of(STATUSES[row.status]),
                row.staff_name,
                call.quantity(row.items),
                desk.money(row.total_minor),
                call.words.of(METHODS[row.payment]),
            ]
            for row in rows
        ],
    )


def show(call: Call, desk: Desk) -> Answer:
    """Show one order with its lines and payments."""
    card = desk.do(orders.get_order, call.options.id)
    return Answer(_document(desk, card), [_head(call, desk, card), *_tables(call, desk, card)])


def _document(desk: Desk, card: OrderCard) -> dict[str, Any]:
    return {
        **_row(desk, card.row),
        "reference": card.reference,
        "source": card.source,
        "closed_at": desk.iso(card.closed_at),
        "guests": card.guests,
        "terminal": card.terminal,
        "note": card.note,
        "gross": desk.plain(card.gross_minor),
        "discount": desk.plain(card.discount_minor),
        "tax": desk.plain(card.tax_minor),
        "service": desk.plain(card.service_minor),
        "lines": [
            {
                "line": line.line_no,
                "name": line.name,
                "variant": line.variant,
                "category": line.category,
                "modifiers": line.modifiers,
                "note": line.note,
                "kind": line.kind.value,
                "quantity": quantity.plain(line.quantity),
                "unit_price": desk.plain(line.unit_price_minor),
                "discount": desk.plain(line.discount_minor),
                "tax": desk.plain(line.tax_minor),
                "total": desk.plain(line.total_minor),
            }
            for line in card.lines
        ],
        "payments": [
            {
                "method": paid.method.value,
                "amount": desk.plain(paid.amount_minor),
                "card_brand": paid.card_brand,
                "card_last4": paid.card_last4,
            }
            for paid in card.payments
        ],
    }


def _head(call: Call, desk: Desk, card: OrderCard) -> Facts:
    row = card.row
    return Facts(
        [
            (msg("Number"), row.number),
            (msg("Time"), desk.when(row.opened_at)),
            (msg("State"), call.words.of(STATUSES[row.status])),
            (msg("Table"), row.table),
            (msg("Staff"), row.staff_name),
            (msg("Discount"), desk.money(card.discount_minor)),
            (msg("Total"), desk.money(row.total_minor)),
            (msg("Note"), card.note),
        ]
    )


def _tables(call: Call, desk: Desk, card: OrderCard) -> list[Table]:
    lines = Table(
        [
            Column(msg("Product")),
            Column(msg("Variant")),
            Column(msg("Quantity"), right=True),
            Column(msg("Price"), right=True),
            Column(msg("Total"), right=True),
        ],
        [
            [
                line.name,
                line.variant,
                call.quantity(line.quantity),
                desk.money(line.unit_price_minor),
                desk.money(line.total_minor),
            ]
            for line in card.lines
        ],
    )
    payments = Table(
        [Column(msg("Payment")), Column(msg("Card")), Column(msg("Amount"), right=True)],
        [
            [
                call.words.of(METHODS[paid.method]),
                f"{paid.card_brand} {paid.card_last4}".strip(),
                desk.money(paid.amount_minor),
            ]
            for paid in card.payments
        ],
    )
    return [lines, payments]
