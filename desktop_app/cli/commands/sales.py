"""Receipts after they are closed, receipts entered by hand, and the gap radar."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from decimal import Decimal, InvalidOperation
from typing import Any

from desktop_app.cli.call import Call, Desk
from desktop_app.cli.output import Answer, Column, Table
from desktop_app.cli.values import check_days, row_id
from desktop_app.kernel import quantity
from desktop_app.kernel.clock import as_date, as_number
from desktop_app.kernel.errors import InvalidError
from desktop_app.kernel.money import minor
from desktop_app.kernel.words import msg
from desktop_app.orders.records import PaymentMethod
from desktop_app.sales import operations as sales
from desktop_app.sales.entering import enter_sale
from desktop_app.sales.gap_records import Gap, GapKind
from desktop_app.sales.gaps import find_gaps, mark_gap
from desktop_app.sales.records import (
    Corrected,
    CorrectionRow,
    Disposal,
    NewSale,
    SaleLine,
    SalePayment,
)
from desktop_app.sales.wording import ADVICE, DISPOSALS, GAPS, KINDS, SURE
from desktop_app.venue.operations import get_today

_WINDOW = timedelta(days=29)


def refund(call: Call, desk: Desk) -> Answer:
    """Refund a receipt or some of its lines."""
    asked = call.options
    lines = dict(_line_wanted(text) for text in asked.line) if asked.line else None
    if lines is not None and any(most is None for most in lines.values()):
        left = {one.line_no: one.quantity for one in desk.do(sales.corrections_of, asked.id).left}
        lines = {number: most or left.get(number, 0) for number, most in lines.items()}
    exact = None if lines is None else {number: most or 0 for number, most in lines.items()}
    done = desk.do(
        sales.refund,
        asked.id,
        asked.reason,
        lines=exact,
        disposal=Disposal(asked.goods),
        method=PaymentMethod(asked.method) if asked.method else None,
    )
    return _corrected(desk, done)


def void(call: Call, desk: Desk) -> Answer:
    """Take a whole receipt back."""
    asked = call.options
    return _corrected(
        desk, desk.do(sales.void, asked.id, asked.reason, disposal=Disposal(asked.goods))
    )


def change_payment(call: Call, desk: Desk) -> Answer:
    """Say that a receipt was paid in another way."""
    asked = call.options
    done = desk.do(sales.change_payment, asked.id, _payments(call, desk), asked.reason)
    return _corrected(desk, done)


def enter(call: Call, desk: Desk) -> Answer:
    """Enter a receipt by hand."""
    asked = call.options
    if asked.tax_on_top and asked.tax is None:
        raise InvalidError(msg("--tax-on-top goes with --tax."), field="tax-on-top")
    sale = NewSale(
        [
            *(_sale_line(desk, text, gift=False) for text in asked.line),
            *(_sale_line(desk, text, gift=True) for text in asked.gift),
        ],
        _payments(call, desk),
        _rate(asked.discount),
        _rate(asked.service),
        None if asked.tax is None else _rate(asked.tax),
        not asked.tax_on_top,
        asked.customer,
        asked.waiter,
        asked.sale_type,
        asked.table,
        asked.guests,
        asked.note,
        asked.price_list,
        asked.till,
    )
    done = desk.do(enter_sale, sale)
    return Answer(
        {
            "id": str(done.order_id),
            "number": done.number,
            "total": desk.plain(done.total_minor),
            "due": desk.plain(done.due_minor),
            "currency": desk.venue.currency,
        },
        [msg("Receipt {number}: {due}.", number=done.number, due=desk.money(done.due_minor))],
    )


def corrections(call: Call, desk: Desk) -> Answer:
    """Show how a receipt was corrected."""
    found = desk.do(sales.corrections_of, call.options.id)
    document = {
        "rows": [_correction(desk, row) for row in found.rows],
        "original_id": None if found.original is None else str(found.original.original_id),
        "left": [
            {"line": one.line_no, "name": one.name, "quantity": quantity.plain(one.quantity)}
            for one in found.left
        ],
        "left_amount": desk.plain(found.left_minor),
        "currency": desk.venue.currency,
    }
    table = Table(
        [
            Column(msg("Time")),
            Column(msg("Number")),
            Column(msg("Kind")),
            Column(msg("Amount"), right=True),
            Column(msg("Goods")),
            Column(msg("Made by")),
            Column(msg("Reason")),
        ],
        [
            [
                desk.when(row.at),
                row.number,
                call.words.of(KINDS[row.kind]),
                desk.money(row.amount_minor),
                call.words.of(DISPOSALS[row.disposal]),
                row.made_by,
                row.reason,
            ]
            for row in found.rows
        ],
    )
    return Answer(document, [table, *([found.why_not] if found.why_not else [])])


def gaps(call: Call, desk: Desk) -> Answer:
    """Look for holes and for corrections to look at twice; the last 30 days if none are named."""
    asked = call.options
    check_days(asked.first, asked.last)
    last = asked.last or as_number(desk.do(get_today).day)
    first = asked.first or as_number(as_date(last) - _WINDOW)
    found = [one for one in desk.do(find_gaps, first, last) if not (asked.new and one.seen)]
    table = Table(
        [
            Column(msg("Day")),
            Column(msg("Kind")),
            Column(msg("Amount"), right=True),
            Column(msg("How sure")),
            Column(msg("Looked at by")),
            Column(msg("What")),
        ],
        [
            [
                call.day(one.day),
                call.words.of(GAPS[one.kind]),
                desk.money(one.amount_minor) if one.amount_minor else "",
                call.words.of(SURE[one.sure]),
                one.seen_by,
                call.words.of(one.what),
            ]
            for one in found
        ],
    )
    rows = [_gap(call, desk, one) for one in found]
    return Answer({"rows": rows, "next": None}, [table])


def gap_seen(call: Call, desk: Desk) -> Answer:
    """Say that something was looked at."""
    asked = call.options
    kind, closes = GapKind(asked.kind), not asked.leave_open
    desk.do(mark_gap, asked.day, kind, asked.key, asked.note, closes=closes)
    return Answer({"kind": asked.kind, "key": asked.key, "closed": closes}, [msg("Noted.")])


def _corrected(desk: Desk, done: Corrected) -> Answer:
    return Answer(
        {
            "id": str(done.order_id),
            "number": done.number,
            "amount": desk.plain(done.amount_minor),
            "currency": desk.venue.currency,
        },
        [
            msg(
                "Entered as {number}; {amount} given back.",
                number=done.number,
                amount=desk.money(done.amount_minor),
            )
        ],
    )


def _correction(desk: Desk, row: CorrectionRow) -> dict[str, Any]:
    return {
        "id": str(row.order_id),
        "number": row.number,
        "kind": row.kind.value,
        "goods": row.disposal.value,
        "reason": row.reason,
        "amount": desk.plain(row.amount_minor),
        "at": desk.iso(row.at),
        "made_by": row.made_by,
    }


def _gap(call: Call, desk: Desk, one: Gap) -> dict[str, Any]:
    return {
        "day": as_date(one.day).isoformat(),
        "kind": one.kind.value,
        "key": one.key,
        "what": call.words.of(one.what),
        "sure": one.sure.value,
        "advice": call.words.of(ADVICE[one.kind]),
        "amount": desk.plain(one.amount_minor),
        "currency": desk.venue.currency,
        "order_id": None if one.order_id is None else str(one.order_id),
        "seen_by": one.seen_by,
        "seen_at": desk.iso(one.seen_at),
        "note": one.note,
        "closed": one.closed,
    }


def _line_wanted(text: str) -> tuple[int, int | None]:
    number, _, most = text.partition("=")
    return row_id(number), quantity.thousandths(most) if most else None


def _sale_line(desk: Desk, text: str, *, gift: bool) -> SaleLine:
    rest, _, price = text.partition("@")
    product, _, count = rest.partition("=")
    product, *choices = product.split("+")
    number, _, variant = product.partition("/")
    minutes = count.removesuffix("min") if count.endswith("min") else None
    return SaleLine(
        row_id(number),
        quantity.thousandths(count) if count and minutes is None else quantity.ONE,
        variant,
        minor(price, desk.venue.currency) if price else None,
        gift=gift,
        choices=choices,
        minutes=None if minutes is None else _minutes(minutes),
    )


def _minutes(text: str) -> int:
    if not (text.isascii() and text.isdigit() and len(text) <= 6):  # noqa: PLR2004 - over a year
        raise InvalidError(msg("“{text}” is no time in whole minutes.", text=text), field="line")
    return int(text)


def _payments(call: Call, desk: Desk) -> Sequence[SalePayment]:
    return [_payment(desk, text) for text in call.options.payment]


def _payment(desk: Desk, text: str) -> SalePayment:
    name, _, amount = text.partition("=")
    try:
        method = PaymentMethod(name)
    except ValueError:
        raise InvalidError(
            msg("“{text}” is no way to pay.", text=text),
            field="payment",
            hint=msg("Write it like cash=12.50 or card=7."),
        ) from None
    return SalePayment(method, minor(amount, desk.venue.currency))


def _rate(text: str) -> int:
    """Return a percentage as basis points."""
    try:
        points = Decimal(text) * 100
        whole = int(points)
    except (InvalidOperation, ValueError, OverflowError):
        whole, points = -1, Decimal(0)
    if whole != points:
        raise InvalidError(
            msg("“{text}” is no percentage with at most two decimals.", text=text), field="rate"
        )
    return whole
