"""What can be done with receipts after they are closed: refunds, voids, other payments."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import select

from desktop_app.db.operation import command, query
from desktop_app.db.transaction import Transaction
from desktop_app.kernel.access import Limit, Permission
from desktop_app.kernel.errors import InvalidError
from desktop_app.kernel.words import msg
from desktop_app.menu.catalogue import Catalogue
from desktop_app.orders.records import (
    IncomingLine,
    IncomingOrder,
    IncomingPayment,
    LineKind,
    OrderStatus,
    PaymentMethod,
)
from desktop_app.orders.storing import Batch, store_orders
from desktop_app.orders.sums import apportioned
from desktop_app.orders.tables import Order, OrderLine, SalesDayPayment
from desktop_app.sales import reading, refunding, rules
from desktop_app.sales.loyalty import after_return
from desktop_app.sales.records import (
    Corrected,
    CorrectionKind,
    Corrections,
    Disposal,
    LeftLine,
    LineSums,
    Refund,
    SalePayment,
)
from desktop_app.sales.tables import Correction, CorrectionLine
from desktop_app.venue.operations import venue_card

DESK = "desk"
"""The source of entries that are made here."""
_LETTERS = {CorrectionKind.REFUND: "R", CorrectionKind.VOID: "V", CorrectionKind.PAYMENT: "P"}


@dataclass(frozen=True, slots=True)
class _How:
    kind: CorrectionKind
    disposal: Disposal
    reason: str


@query(Permission.ORDERS_READ)
def corrections_of(tx: Transaction, order_id: int) -> Corrections:
    """Return how a receipt was corrected, and what can still be taken back."""
    order = tx.get(Order, order_id)
    lines = reading.lines_of(tx, order_id)
    sold, taken = reading.sold_of(tx, order, lines), reading.taken_of(tx, order_id)
    left = refunding.left_of(sold, taken)
    why_not = reading.WHY_NOT.get(order.status)
    if why_not is None and not any(left.values()):
        why_not = msg("All of this receipt was taken back already.")
    return Corrections(
        reading.correction_rows(tx, order_id),
        reading.correction_itself(tx, order_id),
        [
            LeftLine(line.line_no, line.name, left[line.line_no], line.total_minor)
            for line in lines
            if left[line.line_no]
        ],
        max(0, sold.paid_minor - taken.money_minor),
        sorted(reading.paid_now(tx, order_id).items()),
        why_not,
    )


@command(Permission.ORDERS_REFUND, overridable=True, limit=Limit.REFUND_MINOR)
def refund(
    tx: Transaction,
    order_id: int,
    reason: str,
    *,
    lines: Mapping[int, int] | None = None,
    disposal: Disposal = Disposal.NONE,
    method: PaymentMethod | None = None,
) -> Corrected:
    """Give back a receipt, or quantities (thousandths) of its lines, as an entry of its own.

    Without `method` the money goes back the way it came; what was paid with bonus always goes back
    as bonus. InvalidError for more than is left, for what is no closed receipt, and without a
    reason; ApprovalNeededError above the actor's limit.
    """
    tidy = rules.check_reason(reason)
    refunding.check_way_back(method)
    order, sold_lines = _closed(tx, order_id)
    sold, taken = reading.sold_of(tx, order, sold_lines), reading.taken_of(tx, order_id)
    found = refunding.refund_of(sold, taken, lines)
    how = _How(CorrectionKind.REFUND, disposal, tidy)
    return _take_back(tx, order, found, how, method)


@query(Permission.ORDERS_READ)
def quote_refund(tx: Transaction, order_id: int, lines: Mapping[int, int] | None = None) -> Refund:
    """Return what a refund of these lines (all that is left without them) would take back.

    InvalidError as `refund`.
    """
    order, sold_lines = _closed(tx, order_id)
    sold, taken = reading.sold_of(tx, order, sold_lines), reading.taken_of(tx, order_id)
    return refunding.refund_of(sold, taken, lines)


@command(Permission.ORDERS_VOID, overridable=True, limit=Limit.REFUND_MINOR)
def void(
    tx: Transaction, order_id: int, reason: str, *, disposal: Disposal = Disposal.RETURN
) -> Corrected:
    """Take a whole closed receipt back, as an entry of its own that points at it.

    InvalidError where a part of it was refunded already: then the rest is refunded.
    """
    tidy = rules.check_reason(reason)
    order, sold_lines = _closed(tx, order_id)
    sold, taken = reading.sold_of(tx, order, sold_lines), reading.taken_of(tx, order_id)
    if taken.quantities or taken.money_minor:
        raise InvalidError(
            msg("A part of this receipt was refunded already."),
            hint=msg("Refund the rest of it."),
        )
    found = refunding.refund_of(sold, taken, None)
    return _take_back(tx, order, found, _How(CorrectionKind.VOID, disposal, tidy), None)


@command(Permission.ORDERS_REFUND, overridable=True)
def change_payment(
    tx: Transaction, order_id: int, payments: Sequence[SalePayment], reason: str
) -> Corrected:
    """Say that a receipt was paid in another way than was entered; the sum stays the same."""
    tidy = rules.check_reason(reason)
    order, _lines = _closed(tx, order_id)
    now = reading.paid_now(tx, order_id)
    new: dict[PaymentMethod, int] = {}
    given = [rules.payment_of(payment) for payment in payments]
    for payment in given:
        new[payment.method] = new.get(payment.method, 0) + payment.amount_minor
    if sum(new.values()) != sum(now.values()):
        raise InvalidError(
            msg("The payments must come to the same sum as before."), field="payments"
        )
    if new == now:
        raise InvalidError(msg("This is how it was paid already."), field="payments")
    if new.get(PaymentMethod.BONUS, 0) != now.get(PaymentMethod.BONUS, 0):
        raise InvalidError(
            msg("What was paid with bonus stays so, and nothing else becomes bonus."),
            field="payments",
            hint=msg("Refund the receipt and enter it again: then the customer's bonus follows."),
        )
    if any(amount < 0 for amount in now.values()):
        raise InvalidError(
            msg("More was given back one way than was paid that way; this stays as it is."),
            field="payments",
        )
    old = reading.revenue_by_method(tx, order)
    back = [IncomingPayment(method, -amount) for method, amount in now.items()]
    entry = _entry(tx, order, OrderStatus.CHANGED, CorrectionKind.PAYMENT, [
        *back,
        *given,
    ])  # fmt: skip
    stored = _store(tx, order, entry, _How(CorrectionKind.PAYMENT, Disposal.NONE, tidy), 0)
    _move_day_payments(tx, stored.order_id, old, [(p.method, p.amount_minor) for p in payments])
    return stored


def _closed(tx: Transaction, order_id: int) -> tuple[Order, Sequence[OrderLine]]:
    """Return a closed receipt with its lines; InvalidError for what cannot be corrected."""
    order = tx.get(Order, order_id)
    why_not = reading.WHY_NOT.get(order.status)
    if why_not is not None:
        raise InvalidError(why_not, field="order")
    return order, reading.lines_of(tx, order_id)


def _take_back(
    tx: Transaction,
    order: Order,
    found: Refund,
    how: _How,
    method: PaymentMethod | None,
) -> Corrected:
    tx.check_limit(Limit.REFUND_MINOR, max(found.money_minor, found.total_minor))
    by_number = {line.line_no: line for line in reading.lines_of(tx, order.id)}
    lines = [_back(by_number[one.line_no], one.quantity, one.sums) for one in found.lines]
    entry = _entry(tx, order, OrderStatus.REFUNDED, how.kind, _money_back(tx, order, found, method))
    entry = entry._replace(lines=lines, service_minor=-found.service_minor)
    stored = _store(tx, order, entry, how, found.money_minor)
    after_return(tx, order, stored.order_id, entry)
    tx.add_all(
        [
            CorrectionLine(
                order_id=stored.order_id,
                line_no=number,
                original_line_no=one.line_no,
                quantity=one.quantity,
            )
            for number, one in enumerate(found.lines, 1)
        ]
    )
    return stored


def _back(line: OrderLine, quantity: int, sums: LineSums) -> IncomingLine:
    sign = -1 if line.quantity >= 0 else 1
    return IncomingLine(
        line.name,
        sign * quantity if line.quantity else 0,
        -sums.total_minor,
        line.category,
        line.variant,
        "",
        line.unit_price_minor,
        -sums.gross_minor,
        -sums.discount_minor,
        -sums.tax_minor,
        line.modifiers,
        "",
        LineKind.REFUND,
        line.product_id,
    )


def _money_back(
    tx: Transaction, order: Order, found: Refund, method: PaymentMethod | None
) -> list[IncomingPayment]:
    if not found.money_minor:
        return []
    paid = reading.paid_now(tx, order.id)
    if sum(paid.values()) <= 0:  # nothing is known of its payment, or the source is odd
        paid = {order.payment: found.money_minor}
    back = refunding.ways_back(found.money_minor, paid, method)
    return [IncomingPayment(one, -amount) for one, amount in back.items()]


def _entry(
    tx: Transaction,
    order: Order,
    status: OrderStatus,
    kind: CorrectionKind,
    payments: Sequence[IncomingPayment],
) -> IncomingOrder:
    before = sum(one.kind is kind for one in reading.correction_rows(tx, order.id))
    return IncomingOrder(
        f"{kind}/{tx.ids.one()}",
        tx.at,
        (),
        payments,
        closed_at=tx.at,
        number=f"{order.number[:56]}-{_LETTERS[kind]}{before + 1}",
        status=status,
        sale_type=order.sale_type,
        table=order.table_name,
        terminal=order.terminal,
        customer_id=order.customer_id,
        employee_id=order.employee_id,
    )


def _store(
    tx: Transaction,
    order: Order,
    entry: IncomingOrder,
    how: _How,
    money_minor: int,
) -> Corrected:
    venue = venue_card(tx, order.venue_id)
    batch = Batch(
        venue, DESK, None, Catalogue.read(tx, venue.id),
        how.disposal is Disposal.RETURN, order.business_date,
    )  # fmt: skip
    order_id = stored_sale(tx, batch, entry)
    tx.add(
        Correction(
            order_id=order_id,
            original_id=order.id,
            venue_id=venue.id,
            kind=how.kind,
            disposal=how.disposal,
            reason=how.reason,
            amount_minor=money_minor,
            at=tx.at,
            business_date=venue.time.business_date(tx.at),
            made_by=tx.actor.name,
        )
    )
    tx.about(
        f"order {order.id}", entry=str(order_id), kind=how.kind.value, amount_minor=money_minor
    )
    tx.sign()
    return Corrected(order_id, entry.number, money_minor)


def stored_sale(tx: Transaction, batch: Batch, entry: IncomingOrder) -> int:
    """Store one entry in this transaction and return its number in the store."""
    store_orders(tx, batch, [entry])
    wanted = select(Order.id).where(
        Order.venue_id == batch.venue.id,
        Order.source == batch.source,
        Order.reference == entry.reference,
    )
    return int(tx.scalar(wanted))


def _move_day_payments(
    tx: Transaction,
    entry_id: int,
    old: Mapping[PaymentMethod, int],
    new: Sequence[tuple[PaymentMethod, int]],
) -> None:
    """Let the day's revenue by payment follow: what leaves one method comes to another."""
    entry = tx.get(Order, entry_id)
    moved = {method: [-1, -amount] for method, amount in old.items()}
    for method, amount in apportioned(sum(old.values()), new):
        found = moved.setdefault(method, [0, 0])
        found[0] += 1
        found[1] += amount
    tx.add_to_sums(
        SalesDayPayment,
        {
            (entry.venue_id, entry.business_date, str(method)): tuple(values)
            for method, values in moved.items()
            if any(values)
        },
    )
