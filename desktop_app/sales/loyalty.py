"""What a receipt means for its customer's bonus and cashback, through the customers' ledger.

Whoever sells or takes back without the right to touch bonus, and so without the key of customers,
leaves the receipt in `loyalty_due`; the next with the right settles it first.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import func, select

from desktop_app.customers import ledger
from desktop_app.customers.records import Account, Cause, Movement
from desktop_app.customers.tables import BalanceEntry
from desktop_app.db.operation import command, query
from desktop_app.db.transaction import Transaction
from desktop_app.kernel.access import Permission
from desktop_app.kernel.errors import InvalidError, NotAllowedError
from desktop_app.kernel.words import msg
from desktop_app.orders.earning import Receipt, document_of, earn, reason_of
from desktop_app.orders.records import IncomingOrder, OrderStatus, PaymentMethod
from desktop_app.orders.tables import Order, Payment
from desktop_app.sales import reading
from desktop_app.sales.records import CorrectionKind
from desktop_app.sales.rules import taken_share
from desktop_app.sales.tables import Correction, LoyaltyDue

_AT_ONCE = 500


@dataclass(frozen=True, slots=True)
class _Moved:
    """What a receipt did to one account, on which card, without what was reversed by hand."""

    card: int
    given_minor: int
    taken_minor: int


def check_bonus(tx: Transaction, customer_id: int | None, spent_minor: int) -> None:
    """Raise where bonus cannot be spent: nobody is named, or the right to touch it is missing."""
    if not spent_minor:
        return
    if customer_id is None:
        raise InvalidError(msg("Bonus belongs to a customer: say whose it is."), field="customer")
    _need(tx)


def after_sale(tx: Transaction, order_id: int, sale: IncomingOrder) -> None:
    """Take the bonus that was spent, and give what the receipt earns by the customer's group."""
    customer = sale.customer_id
    if customer is None:
        return
    if not tx.actor.can(Permission.CUSTOMERS_BONUS):
        _leave(tx, order_id, customer)
        return
    _settle(tx)
    spent = _of(sale, PaymentMethod.BONUS)
    if spent:
        ledger.enter(
            tx, customer, Account.BONUS, -spent, reason_of(Account.BONUS, sale.number),
            document_of(order_id), cause=Cause.SPENT,
        )  # fmt: skip
    paid = sum(one.amount_minor for one in sale.payments) - spent
    day = tx.get(Order, order_id).business_date
    earn(tx, [Receipt(order_id, sale.number, customer, day, paid)], imported=False)


def after_return(tx: Transaction, original: Order, entry_id: int, entry: IncomingOrder) -> None:
    """Give back bonus that was spent here, and take back what the receipt earned, in proportion.

    Of bonus only what this program entered for the receipt is given back. What is taken back may
    leave the account below nothing.
    """
    customer = original.customer_id
    if customer is None:
        return
    back = -_of(entry, PaymentMethod.BONUS)
    if not tx.actor.can(Permission.CUSTOMERS_BONUS):
        if back:
            _need(tx)
        _leave(tx, entry_id, customer)
        return
    _settle(tx)
    _give_back(tx, original.id, entry_id, entry.number, back)
    _take_back(tx, original, entry_id, entry.number)


@query(Permission.CUSTOMERS_BONUS)
def count_loyalty_due(tx: Transaction) -> int:
    """Return how many receipts wait for their bonus and cashback."""
    return int(tx.scalar(select(func.count(LoyaltyDue.at))))


@command(Permission.CUSTOMERS_BONUS)
def settle_loyalty(tx: Transaction) -> int:
    """Enter the bonus and cashback of receipts that wait for it; return how many were settled."""
    settled = _settle(tx)
    tx.about("receipts that waited for their bonus", receipts=settled)
    tx.sign()
    return settled


def _settle(tx: Transaction) -> int:
    """Settle what waits, the oldest first: what a return takes back was given before it."""
    oldest = select(LoyaltyDue).order_by(LoyaltyDue.at, LoyaltyDue.order_id)
    settled = 0
    while due := tx.objects(oldest.limit(_AT_ONCE)):
        for one in due:
            order, corrected = tx.get(Order, one.order_id), tx.find(Correction, one.order_id)
            if corrected is not None:
                original = tx.get(Order, corrected.original_id)
                _take_back(tx, original, order.id, order.number)
            elif order.status is OrderStatus.CLOSED and order.customer_id is not None:
                earn(tx, [_receipt(tx, order, order.customer_id)], imported=False)
            tx.remove(one)
            settled += 1
    return settled


def _receipt(tx: Transaction, order: Order, customer_id: int) -> Receipt:
    paid = select(func.coalesce(func.sum(Payment.amount_minor), 0)).where(
        Payment.order_id == order.id, Payment.method != PaymentMethod.BONUS
    )
    return Receipt(order.id, order.number, customer_id, order.business_date, int(tx.scalar(paid)))


def _leave(tx: Transaction, order_id: int, customer_id: int) -> None:
    tx.add(LoyaltyDue(order_id=order_id, customer_id=customer_id, at=tx.at))


def _give_back(tx: Transaction, original_id: int, entry_id: int, number: str, back: int) -> None:
    """Give bonus back that the receipt was paid with, at most what of it is not back yet."""
    moved = _moved(tx, original_id, Account.BONUS, Cause.SPENT, Cause.GIVEN)
    if moved is None:
        return
    amount = min(back, -moved.given_minor - moved.taken_minor)
    if amount > 0:
        move = Movement(
            moved.card, Account.BONUS, amount, reason_of(Account.BONUS, number),
            document_of(entry_id), Cause.GIVEN,
        )  # fmt: skip
        ledger.enter_for_receipts(tx, [move])


def _take_back(tx: Transaction, original: Order, entry_id: int, number: str) -> None:
    """Take back what the receipt earned, in proportion to the money that went back until here."""
    paid = reading.sold_of(tx, original, ()).paid_minor
    returned = _returned(tx, original.id, entry_id)
    for account in (Account.BONUS, Account.CASHBACK):
        moved = _moved(tx, original.id, account, Cause.EARNED, Cause.TAKEN)
        if moved is None:
            continue
        amount = taken_share(moved.given_minor, returned, paid) + moved.taken_minor
        if amount > 0:
            move = Movement(
                moved.card, account, -amount, reason_of(account, number),
                document_of(entry_id), Cause.TAKEN,
            )  # fmt: skip
            ledger.enter_for_receipts(tx, [move])


def _returned(tx: Transaction, original_id: int, entry_id: int) -> int:
    """Return the money that went back by the corrections of a receipt, up to one of them."""
    total = 0
    for one in reading.correction_rows(tx, original_id):
        if one.kind is not CorrectionKind.PAYMENT:
            total += one.amount_minor
        if one.order_id == entry_id:
            break
    return total


def _moved(
    tx: Transaction, original_id: int, account: Account, first: Cause, back: Cause
) -> _Moved | None:
    """Return what a receipt, and what took it back, did to an account; None for nothing."""
    own = document_of(original_id)
    entries = [one.order_id for one in reading.correction_rows(tx, original_id)]
    wanted = select(BalanceEntry).where(
        BalanceEntry.document.in_([own, *map(document_of, entries)]),
        BalanceEntry.account == account,
    )
    lines = _standing(tx.objects(wanted))
    given = [one for one in lines if one.document == own and _did(one, first)]
    if not given:
        return None
    taken = [one for one in lines if _did(one, back)]
    return _Moved(
        given[0].customer_id,
        sum(one.amount_minor for one in given),
        sum(one.amount_minor for one in taken),
    )


def _standing(lines: Sequence[BalanceEntry]) -> list[BalanceEntry]:
    """Return lines without those that were taken back by hand, and what did so."""
    reversed_ = {(one.customer_id, one.corrects) for one in lines}
    return [
        one
        for one in lines
        if one.corrects is None and (one.customer_id, one.line_no) not in reversed_
    ]


def _did(line: BalanceEntry, cause: Cause) -> bool:
    """Tell whether a line has a cause; lines of earlier programs say it by account and sign."""
    if line.cause is not None:
        return line.cause is cause
    earned = line.account is Account.CASHBACK
    if cause in (Cause.EARNED, Cause.GIVEN):
        return line.amount_minor > 0 and earned is (cause is Cause.EARNED)
    return line.amount_minor < 0 and earned is (cause is Cause.TAKEN)


def _of(entry: IncomingOrder, method: PaymentMethod) -> int:
    return sum(one.amount_minor for one in entry.payments if one.method is method)


def _need(tx: Transaction) -> None:
    if not tx.actor.can(Permission.CUSTOMERS_BONUS):
        raise NotAllowedError(
            msg("Your role does not allow touching a customer's bonus."),
            lacking=Permission.CUSTOMERS_BONUS,
        )
