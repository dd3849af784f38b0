"""What a receipt means for its customer's bonus and cashback, through the customers' ledger."""

from __future__ import annotations

from sqlalchemy import func, select

from desktop_app.customers import ledger
from desktop_app.customers.records import Account
from desktop_app.customers.tables import BalanceEntry, Customer, CustomerGroup
from desktop_app.db.transaction import Transaction
from desktop_app.kernel.access import Permission
from desktop_app.kernel.errors import InvalidError, NotAllowedError
from desktop_app.kernel.words import msg
from desktop_app.orders.records import IncomingOrder, PaymentMethod
from desktop_app.orders.tables import Order
from desktop_app.sales.rules import share


def check_bonus(tx: Transaction, customer_id: int | None, spent_minor: int) -> None:
    """Raise where bonus cannot be spent: nobody is named, or the right to touch it is missing."""
    if not spent_minor:
        return
    if customer_id is None:
        raise InvalidError(msg("Bonus belongs to a customer: say whose it is."), field="customer")
    _need(tx)


def after_sale(tx: Transaction, order_id: int, sale: IncomingOrder) -> None:
    """Take the bonus that was spent, and give the cashback of the customer's group."""
    customer = sale.customer_id
    if customer is None or not tx.actor.can(Permission.CUSTOMERS_BONUS):
        return
    document, number = f"order:{order_id}", sale.number
    spent = _of(sale, PaymentMethod.BONUS)
    if spent:
        ledger.enter(tx, customer, Account.BONUS, -spent, f"Bonus: {number}", document)
    rate = tx.scalar(
        select(CustomerGroup.cashback_bp)
        .join(Customer, Customer.group_id == CustomerGroup.id)
        .where(Customer.id == customer)
    )
    paid = sum(one.amount_minor for one in sale.payments) - spent
    earned = share(paid, int(rate or 0))
    if earned:
        ledger.enter(tx, customer, Account.CASHBACK, earned, f"Cashback: {number}", document)


def after_return(tx: Transaction, original: Order, entry: IncomingOrder, paid_minor: int) -> None:
    """Give back bonus that was spent here, and take back the cashback that was earned by it.

    Only what this program entered for the receipt; of cashback at most what is still there.
    """
    customer = original.customer_id
    back = -_of(entry, PaymentMethod.BONUS)
    document = f"order:{original.id}"
    if customer is None or not tx.actor.can(Permission.CUSTOMERS_BONUS):
        if back and customer is not None:
            _need(tx)
        return
    spent, earned = (-_entered(tx, document, one) for one in (Account.BONUS, Account.CASHBACK))
    back = min(back, spent)
    if back > 0:
        ledger.enter(tx, customer, Account.BONUS, back, f"Bonus: {entry.number}", document)
    money = -sum(one.amount_minor for one in entry.payments)
    whole = paid_minor or 1
    due = min(-earned, -(-_given(tx, document) * money // whole))
    due = min(due, ledger.balances(tx, customer).of(Account.CASHBACK))
    if due > 0:
        ledger.enter(tx, customer, Account.CASHBACK, -due, f"Cashback: {entry.number}", document)


def _of(entry: IncomingOrder, method: PaymentMethod) -> int:
    return sum(one.amount_minor for one in entry.payments if one.method is method)


def _need(tx: Transaction) -> None:
    if not tx.actor.can(Permission.CUSTOMERS_BONUS):
        raise NotAllowedError(
            msg("Your role does not allow touching a customer's bonus."),
            lacking=Permission.CUSTOMERS_BONUS,
        )


def _entered(tx: Transaction, document: str, account: Account) -> int:
    """Return what all movements of a receipt come to in an account."""
    wanted = select(func.coalesce(func.sum(BalanceEntry.amount_minor), 0)).where(
        BalanceEntry.document == document, BalanceEntry.account == account
    )
    return int(tx.scalar(wanted))


def _given(tx: Transaction, document: str) -> int:
    """Return the cashback that a receipt earned at first."""
    wanted = select(func.coalesce(func.sum(BalanceEntry.amount_minor), 0)).where(
        BalanceEntry.document == document,
        BalanceEntry.account == Account.CASHBACK,
        BalanceEntry.amount_minor > 0,
    )
    return int(tx.scalar(wanted))
