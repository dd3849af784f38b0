"""What corrections and refunds read of a receipt."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import func, select

from desktop_app.db.transaction import Transaction
from desktop_app.kernel.words import Message, msg
from desktop_app.orders.records import OrderStatus, PaymentMethod
from desktop_app.orders.sums import apportioned
from desktop_app.orders.tables import Order, OrderLine, Payment
from desktop_app.sales.records import CorrectionKind, CorrectionRow, Sold, SoldLine, Taken
from desktop_app.sales.tables import Correction, CorrectionLine, LineService

WHY_NOT: dict[OrderStatus, Message] = {
    OrderStatus.OPEN: msg("This order is still open: it is changed at the till."),
    OrderStatus.VOID: msg("This receipt is void."),
    OrderStatus.REFUNDED: msg("This is a refund itself."),
    OrderStatus.CHANGED: msg("This is a correction itself."),
}


def lines_of(tx: Transaction, order_id: int) -> Sequence[OrderLine]:
    """Return the lines of a receipt in their order."""
    wanted = select(OrderLine).where(OrderLine.order_id == order_id).order_by(OrderLine.line_no)
    return tx.objects(wanted)


def sold_of(tx: Transaction, order: Order, lines: Sequence[OrderLine]) -> Sold:
    """Return a receipt as the rules of refunds see it."""
    paid = select(func.count(), func.coalesce(func.sum(Payment.amount_minor), 0)).where(
        Payment.order_id == order.id
    )
    payments, money = tx.rows(paid)[0]
    if not payments:  # the source says nothing about payment: then what it came to was paid
        money = order.total_minor + order.tax_minor + order.service_minor
    bore = tx.pairs(
        select(LineService.line_no, LineService.service_minor).where(
            LineService.order_id == order.id
        )
    )
    return Sold(
        [
            SoldLine(
                line.line_no, line.quantity, line.gross_minor, line.discount_minor,
                line.tax_minor, line.total_minor, bore.get(line.line_no),
            )
            for line in lines
        ],
        order.service_minor,
        int(money),
    )  # fmt: skip


def taken_of(tx: Transaction, order_id: int) -> Taken:
    """Return what was taken back of a receipt before."""
    quantities = tx.pairs(
        select(CorrectionLine.original_line_no, func.sum(CorrectionLine.quantity))
        .join(Correction, Correction.order_id == CorrectionLine.order_id)
        .where(Correction.original_id == order_id)
        .group_by(CorrectionLine.original_line_no)
    )
    money, service = tx.rows(
        select(
            func.coalesce(func.sum(Correction.amount_minor), 0),
            func.coalesce(func.sum(Order.service_minor), 0),
        )
        .join(Order, Order.id == Correction.order_id)
        .where(Correction.original_id == order_id, Correction.kind != CorrectionKind.PAYMENT)
    )[0]
    return Taken(
        {number: int(quantity) for number, quantity in quantities.items()},
        int(money),
        -int(service),
    )


def paid_now(tx: Transaction, order_id: int) -> dict[PaymentMethod, int]:
    """Return how a receipt is paid, by method, after everything that was corrected."""
    entries = select(Correction.order_id).where(Correction.original_id == order_id)
    wanted = (
        select(Payment.method, func.sum(Payment.amount_minor))
        .where((Payment.order_id == order_id) | Payment.order_id.in_(entries))
        .group_by(Payment.method)
        .order_by(Payment.method)
    )
    return {method: int(amount) for method, amount in tx.rows(wanted) if amount}


def revenue_by_method(
    tx: Transaction, order: Order, before: int | None = None
) -> dict[PaymentMethod, int]:
    """Return how the revenue of a receipt lies among the methods in the sums of days.

    Every entry shares its revenue among its own payments; another payment shares all that there
    was until then anew. `before` names the correction to stop at.
    """
    found: dict[PaymentMethod, int] = {}
    entries = [order, *(tx.get(Order, one.order_id) for one in correction_rows(tx, order.id))]
    for entry in entries:
        if entry.id == before:
            break
        lines = select(Payment).where(Payment.order_id == entry.id).order_by(Payment.line_no)
        ways = [(one.method, one.amount_minor) for one in tx.objects(lines)]
        if entry.status is OrderStatus.CHANGED:
            new = [(method, amount) for method, amount in ways if amount > 0]
            found = _added({}, apportioned(sum(found.values()), new))
        else:
            found = _added(found, apportioned(entry.total_minor, ways))
    return found


def moved_by(tx: Transaction, entry: Order) -> dict[PaymentMethod, int]:
    """Return what an entry of another payment moved between the methods; it comes to nothing."""
    original = correction_itself(tx, entry.id)
    if original is None:
        return {}
    old = revenue_by_method(tx, tx.get(Order, original.original_id), before=entry.id)
    lines = select(Payment).where(Payment.order_id == entry.id).order_by(Payment.line_no)
    new = [(one.method, one.amount_minor) for one in tx.objects(lines) if one.amount_minor > 0]
    return _added(
        {way: -amount for way, amount in old.items()}, apportioned(sum(old.values()), new)
    )


def _added(
    sums: dict[PaymentMethod, int], parts: Sequence[tuple[PaymentMethod, int]]
) -> dict[PaymentMethod, int]:
    for method, amount in parts:
        sums[method] = sums.get(method, 0) + amount
    return sums


def correction_rows(tx: Transaction, order_id: int) -> list[CorrectionRow]:
    """Return the corrections of a receipt, the oldest first."""
    return _rows(tx, Correction.original_id == order_id)


def correction_itself(tx: Transaction, order_id: int) -> CorrectionRow | None:
    """Return what an entry corrects, where it is a correction."""
    found = _rows(tx, Correction.order_id == order_id)
    return found[0] if found else None


def _rows(tx: Transaction, which: object) -> list[CorrectionRow]:
    wanted = (
        select(
            Correction.order_id, Correction.original_id, Order.number, Correction.kind,
            Correction.disposal, Correction.reason, Correction.amount_minor, Correction.at,
            Correction.made_by,
        )
        .join(Order, Order.id == Correction.order_id)
        .where(which)  # type: ignore[arg-type]
        .order_by(Correction.at, Correction.order_id)
    )  # fmt: skip
    return [CorrectionRow(*row) for row in tx.rows(wanted)]
