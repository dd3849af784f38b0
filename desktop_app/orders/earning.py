"""What receipts earn their members: bonus and cashback at the rates of their group.

Of what was paid, without what was paid with bonus; halves are rounded up to the coin. Each receipt
earns once: the ledger takes a second entry of the same receipt from nobody.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select

from desktop_app.customers.aliases import kept_of_all
from desktop_app.customers.ledger import enter_for_receipts
from desktop_app.customers.records import Account, Cause, Movement
from desktop_app.customers.tables import BalanceEntry, Customer, CustomerGroup
from desktop_app.db.card_guard import without_cards
from desktop_app.db.transaction import Transaction
from desktop_app.kernel.clock import as_date
from desktop_app.kernel.money import share

_CHUNK = 500
_TITLES = {Account.BONUS: "Bonus", Account.CASHBACK: "Cashback"}


@dataclass(frozen=True, slots=True)
class Receipt:
    """A closed receipt of a customer; `paid_minor` without what was paid with bonus."""

    order_id: int
    number: str
    customer_id: int
    business_date: int
    paid_minor: int


@dataclass(frozen=True, slots=True)
class _Rates:
    rates: Mapping[Account, int]
    earns_from: date | None


def document_of(order_id: int) -> str:
    """Return how the ledger names a receipt."""
    return f"order:{order_id}"


def reason_of(account: Account, number: str) -> str:
    """Return what the ledger says of a receipt; a number that looks like a card is masked."""
    return f"{_TITLES[account]}: {without_cards(number)}"


def earn(tx: Transaction, receipts: Sequence[Receipt], *, imported: bool) -> int:
    """Enter what receipts earn, in this transaction; return how many earned something.

    Imported ones earn where their customer's group says so, from the day it says on.
    """
    if not receipts:
        return 0
    groups = _groups(tx, imported=imported)
    if not groups:
        return 0
    group_of = _groups_of(tx, {one.customer_id for one in receipts}, groups)
    receipts = [one for one in receipts if one.customer_id in group_of and one.paid_minor > 0]
    known = _earned_before(tx, [document_of(one.order_id) for one in receipts])
    moves = [
        move
        for one in receipts
        if document_of(one.order_id) not in known
        for move in _moves(one, group_of[one.customer_id], imported=imported)
    ]
    if moves:
        enter_for_receipts(tx, moves)
    return len({move.document for move in moves})


def _moves(one: Receipt, group: _Rates, *, imported: bool) -> list[Movement]:
    since = group.earns_from
    if imported and (since is None or as_date(one.business_date) < since):
        return []
    return [
        Movement(
            one.customer_id, account, earned, reason_of(account, one.number),
            document_of(one.order_id), Cause.EARNED,
        )
        for account, rate in group.rates.items()
        if (earned := share(one.paid_minor, rate))
    ]  # fmt: skip


def _groups(tx: Transaction, *, imported: bool) -> dict[int, _Rates]:
    """Return the groups whose receipts earn something."""
    wanted = select(
        CustomerGroup.id, CustomerGroup.bonus_bp, CustomerGroup.cashback_bp,
        CustomerGroup.earns_from,
    ).where((CustomerGroup.bonus_bp > 0) | (CustomerGroup.cashback_bp > 0))  # fmt: skip
    if imported:
        wanted = wanted.where(CustomerGroup.earns_from.is_not(None))
    return {
        id_: _Rates({Account.BONUS: bonus, Account.CASHBACK: cashback}, since)
        for id_, bonus, cashback, since in tx.rows(wanted)
    }


def _groups_of(
    tx: Transaction, customers: set[int], groups: Mapping[int, _Rates]
) -> dict[int, _Rates]:
    """Return the group of each customer who earns: that of the card that stands for them."""
    kept = kept_of_all(tx, customers)
    cards = sorted(set(kept.values()))
    theirs: dict[int, int] = {}
    for start in range(0, len(cards), _CHUNK):
        wanted = select(Customer.id, Customer.group_id).where(
            Customer.id.in_(cards[start : start + _CHUNK]), Customer.group_id.in_(groups)
        )
        theirs.update((id_, group) for id_, group in tx.rows(wanted) if group is not None)
    return {one: groups[theirs[card]] for one, card in kept.items() if card in theirs}


def _earned_before(tx: Transaction, documents: Sequence[str]) -> set[str]:
    found: set[str] = set()
    for start in range(0, len(documents), _CHUNK):
        wanted = select(BalanceEntry.document).where(
            BalanceEntry.document.in_(documents[start : start + _CHUNK]),
            BalanceEntry.cause == Cause.EARNED,
        )
        found.update(document for (document,) in tx.rows(wanted))
    return found
