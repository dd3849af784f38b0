"""What a customer has with us: movements nobody changes, and sums kept with them.

Other slices call `enter` for what a receipt earns or is paid with; the operations are for people.
"""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import func, select

from desktop_app.customers.aliases import chain, kept_of, kept_of_all, persons
from desktop_app.customers.records import Account, Balances, Cause, Movement
from desktop_app.customers.rules import check_movement, check_reason
from desktop_app.customers.tables import BalanceEntry, Customer
from desktop_app.db.operation import command
from desktop_app.db.transaction import Transaction
from desktop_app.kernel.access import Permission
from desktop_app.kernel.clock import millis
from desktop_app.kernel.errors import ConflictError, NotFoundError
from desktop_app.kernel.words import msg

_CHUNK = 500
_ROW = (
    "customer_id", "line_no", "at", "amount_minor", "reason", "account", "document", "cause",
)  # fmt: skip
_SUMS = {
    Account.BALANCE: "balance_minor",
    Account.BONUS: "bonus_minor",
    Account.CASHBACK: "cashback_minor",
}


def enter(
    tx: Transaction,
    customer_id: int,
    account: Account,
    amount_minor: int,
    reason: str,
    document: str = "",
    *,
    cause: Cause | None = None,
) -> int:
    """Enter a movement and return its line.

    `document` is what it belongs to (`order:5`), `cause` what that did, once for each account.
    A card that was joined to another one is entered at that. InvalidError for nothing, for more
    than there is of bonus or cashback, and without a reason; a balance may become a debt.
    """
    kept = kept_of(tx, customer_id)
    _known(tx, kept)
    check_movement(account, amount_minor, balances(tx, kept).of(account))
    return _write(tx, kept, account, amount_minor, check_reason(reason), document, cause=cause)


def enter_for_receipts(tx: Transaction, moves: Sequence[Movement]) -> None:
    """Enter what receipts did, each on the card that stands for its customer, all at once.

    What is taken back may leave an account below nothing: what is earned next makes up for it.
    """
    kept = kept_of_all(tx, {move.customer_id for move in moves})
    lines = _newest_lines(tx, sorted(set(kept.values())))
    rows = []
    sums: dict[tuple[int, Account], int] = {}
    for move in moves:
        card = kept[move.customer_id]
        lines[card] = lines.get(card, 0) + 1
        key = card, move.account
        sums[key] = sums.get(key, 0) + move.amount_minor
        rows.append(
            (
                card, lines[card], millis(tx.at), move.amount_minor, check_reason(move.reason),
                move.account.value, move.document, move.cause.value,
            )
        )  # fmt: skip
    tx.import_rows(BalanceEntry, _ROW, rows)
    for (card, account), amount in sums.items():
        name = _SUMS[account]
        row = tx.get(Customer, card)
        setattr(row, name, getattr(row, name) + amount)


def _newest_lines(tx: Transaction, cards: Sequence[int]) -> dict[int, int]:
    """Return the newest line of each card, and have the cards at hand."""
    found: dict[int, int] = {}
    for start in range(0, len(cards), _CHUNK):
        some = cards[start : start + _CHUNK]
        tx.objects(select(Customer).where(Customer.id.in_(some)))
        newest = select(BalanceEntry.customer_id, func.max(BalanceEntry.line_no)).where(
            BalanceEntry.customer_id.in_(some)
        )
        found.update(tx.pairs(newest.group_by(BalanceEntry.customer_id)))
    return found


def balances(tx: Transaction, customer_id: int) -> Balances:
    """Return what a customer has: the sum of all movements of all of their cards."""
    sums = tx.pairs(
        select(BalanceEntry.account, func.sum(BalanceEntry.amount_minor))
        .where(BalanceEntry.customer_id.in_(persons(tx, customer_id)))
        .group_by(BalanceEntry.account)
    )
    return Balances(*(int(sums.get(account, 0)) for account in Account))


def reverse(tx: Transaction, customer_id: int, line_no: int, reason: str) -> int:
    """Take a movement back by another one that points at it; return the new line.

    ConflictError where it was taken back before, InvalidError where what it gave is spent already.
    """
    entry = tx.find(BalanceEntry, (customer_id, line_no))
    if entry is None:
        raise NotFoundError(
            msg("There is no movement {line} of customer {number}.",
                line=line_no, number=customer_id)
        )  # fmt: skip
    again = select(func.count()).where(
        BalanceEntry.customer_id == customer_id, BalanceEntry.corrects == line_no
    )
    if entry.corrects is not None or tx.scalar(again):
        raise ConflictError(
            msg("This movement was taken back already, or takes another one back."),
            hint=msg("Enter a new movement instead."),
        )
    has = balances(tx, kept_of(tx, customer_id)).of(entry.account)
    check_movement(entry.account, -entry.amount_minor, has)
    return _write(
        tx, customer_id, entry.account, -entry.amount_minor, check_reason(reason),
        entry.document, corrects=line_no,
    )  # fmt: skip


def resum(tx: Transaction, customer_id: int) -> None:
    """Make the sums on a card those of its movements."""
    card, has = tx.get(Customer, customer_id), balances(tx, customer_id)
    card.balance_minor = has.balance_minor
    card.bonus_minor = has.bonus_minor
    card.cashback_minor = has.cashback_minor


@command(Permission.CUSTOMERS_BONUS)
def correct_balance(
    tx: Transaction, customer_id: int, account: Account, amount_minor: int, reason: str
) -> int:
    """Enter a movement by hand, signed, and return its line."""
    line = enter(tx, customer_id, account, amount_minor, reason)
    tx.about(f"customer {kept_of(tx, customer_id)}")
    tx.sign()
    return line


@command(Permission.CUSTOMERS_BONUS)
def take_back_movement(tx: Transaction, customer_id: int, line_no: int, reason: str) -> int:
    """Take a movement back, signed, and return the line of the one that does."""
    line = reverse(tx, customer_id, line_no, reason)
    tx.about(f"customer {kept_of(tx, customer_id)}")
    tx.sign()
    return line


def _known(tx: Transaction, customer_id: int) -> None:
    if tx.find(Customer, customer_id) is None:
        raise NotFoundError(msg("There is no customer {number}.", number=customer_id))


def _write(
    tx: Transaction,
    customer_id: int,
    account: Account,
    amount_minor: int,
    reason: str,
    document: str,
    *,
    corrects: int | None = None,
    cause: Cause | None = None,
) -> int:
    newest = select(func.max(BalanceEntry.line_no)).where(BalanceEntry.customer_id == customer_id)
    line = int(tx.scalar(newest) or 0) + 1
    tx.add(
        BalanceEntry(
            customer_id=customer_id, line_no=line, at=tx.at, amount_minor=amount_minor,
            reason=reason, account=account, document=document, corrects=corrects,
            cause=cause,
        )
    )  # fmt: skip
    for number in chain(tx, customer_id):
        resum(tx, number)
    return line
