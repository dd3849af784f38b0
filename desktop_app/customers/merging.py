"""Cards of one person: put together, and taken apart again.

Putting together moves nothing. The card that goes is kept under the other one (`customer_alias`),
and whatever reads that one reads both; fields that are taken from it change places with the other
card's. So nothing is lost, receipts stay as they are, and taking apart is the same way back.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import func, or_, select

from desktop_app.customers.aliases import chain, note_edited, words_of
from desktop_app.customers.duplicates import is_apart
from desktop_app.customers.ledger import balances, resum
from desktop_app.customers.records import Account, Balances, CustomerState, MergeWish
from desktop_app.customers.tables import Customer, CustomerAlias
from desktop_app.customers.tokens import index_words
from desktop_app.db.operation import command
from desktop_app.db.transaction import Transaction
from desktop_app.kernel.access import Permission
from desktop_app.kernel.errors import ConflictError, InvalidError, NotFoundError
from desktop_app.kernel.words import msg


class EditedSinceError(ConflictError):
    """What one card took from the other (`fields`) was changed since; they can be parted anyway."""

    def __init__(self, fields: set[str]) -> None:
        self.fields = [name for name in FIELDS if name in fields]
        super().__init__(
            msg("What the card that stays took from the other one was changed since: {fields}.",
                fields=", ".join(self.fields)),
            hint=msg("Taken apart anyway, the other card has it as it was changed."),
        )  # fmt: skip


FIELDS: dict[str, tuple[str, ...]] = {
    "kind": ("kind",),
    "name": ("name", "sort_name"),
    "birth_date": ("birth_date", "birth_date_ambiguous"),
    "tax_id": ("tax_id", "tax_id_state"),
    "group": ("group_id",),
    "note": ("note",),
}
"""What can be taken from the card that goes, and the columns that belong to it."""
_WAS_AWAY = "archived"


@command(Permission.CUSTOMERS_MERGE)
def merge_customers(tx: Transaction, wish: MergeWish) -> int:
    """Keep one card under another one of the same person; the new version of that is returned.

    ConflictError where either was changed meanwhile or is kept under another one already;
    InvalidError for a card with itself and for a field that cannot be taken.
    """
    if wish.kept_id == wish.gone_id:
        raise InvalidError(msg("Choose two different cards."), field="gone")
    unknown = set(wish.take) - FIELDS.keys()
    if unknown:
        raise InvalidError(
            msg("“{name}” cannot be taken over.", name=min(unknown)),
            field="take",
            hint=msg("There are: {names}.", names=", ".join(FIELDS)),
        )
    kept, gone = _open(tx, wish.kept_id), _open(tx, wish.gone_id)
    if (kept.version, gone.version) != (wish.kept_version, wish.gone_version):
        raise ConflictError(
            msg("Somebody else has changed one of the two cards meanwhile."),
            hint=msg("Look at both again, then put them together."),
        )
    if is_apart(tx, kept.id, gone.id):
        raise ConflictError(
            msg("Somebody marked these cards as two people's."),
            hint=msg("Take that mark away first, then put them together."),
        )
    taken = [
        name for name, columns in FIELDS.items()
        if name in wish.take and getattr(kept, columns[0]) != getattr(gone, columns[0])
    ]  # fmt: skip
    _swap(kept, gone, taken)
    was_away = [_WAS_AWAY] if gone.state is CustomerState.ARCHIVED else []
    tx.add(
        CustomerAlias(
            gone_id=gone.id, kept_id=kept.id, at=tx.at, made_by=tx.actor.name,
            swapped=",".join(taken + was_away), edited="", place=_next_place(tx),
        )
    )  # fmt: skip
    gone.state = CustomerState.JOINED
    kept.version, gone.version = kept.version + 1, gone.version + 1
    _settle(tx, kept.id, gone.id)
    tx.about(f"customer {kept.id}", joined=str(gone.id))
    tx.sign()
    return kept.version


@command(Permission.CUSTOMERS_MERGE)
def unmerge_customers(tx: Transaction, gone_id: int, *, anyway: bool = False) -> int:
    """Take a card out from under the one it is kept under; return the number of that one.

    Any of them, not only the newest. Each has again what it had; what came since then stays with
    the one that was kept. ConflictError where what was taken from the card was taken from another
    one since, and where bonus of the card that leaves was spent meanwhile; EditedSinceError where
    somebody changed what was taken: `anyway`, the card that leaves has it as it was changed.
    """
    alias = tx.find(CustomerAlias, gone_id)
    if alias is None:
        raise NotFoundError(
            msg("Customer {number} is not kept under another card.", number=gone_id)
        )
    words = words_of(alias.swapped)
    _check_newest(tx, alias, words)
    edited = words_of(alias.edited)
    if edited and not anyway:
        raise EditedSinceError(edited)
    kept, gone = tx.get(Customer, alias.kept_id), tx.get(Customer, gone_id)
    before = {number: balances(tx, number) for number in chain(tx, kept.id)}
    _swap(kept, gone, [name for name in FIELDS if name in words])
    gone.state = CustomerState.ARCHIVED if _WAS_AWAY in words else CustomerState.ACTIVE
    kept.version, gone.version = kept.version + 1, gone.version + 1
    above = chain(tx, kept.id)
    tx.remove(alias)
    note_edited(tx, gone.id, edited)
    for number in (gone.id, *above):
        _check_spent(balances(tx, number), before.get(number, before[kept.id]))
    _settle(tx, kept.id, gone.id)
    tx.about(f"customer {kept.id}", parted=str(gone_id), anyway=bool(edited))
    tx.sign()
    return kept.id


def _check_newest(tx: Transaction, alias: CustomerAlias, words: set[str]) -> None:
    """Raise ConflictError where a later putting together moved the same fields on."""
    others = tx.objects(
        select(CustomerAlias).where(
            or_(CustomerAlias.kept_id == alias.kept_id, CustomerAlias.gone_id == alias.kept_id),
            CustomerAlias.gone_id != alias.gone_id,
        )
    )
    for other in sorted(others, key=_when, reverse=True):
        if _when(other) > _when(alias) and words & words_of(other.swapped) & FIELDS.keys():
            raise ConflictError(
                msg("What this card gave was taken from another one since, with card {number}.",
                    number=other.gone_id),
                hint=msg("Take card {number} apart first.", number=other.gone_id),
            )  # fmt: skip


def _check_spent(has: Balances, before: Balances) -> None:
    """Raise ConflictError where parting alone would leave bonus or cashback below nothing."""
    for account in (Account.BONUS, Account.CASHBACK):
        if has.of(account) < min(0, before.of(account)):
            raise ConflictError(
                msg("Bonus that one of these cards brought was spent by the other one since."),
                hint=msg("Correct the bonus first, then take the cards apart."),
            )


def _when(alias: CustomerAlias) -> tuple[datetime, int]:
    return alias.at, alias.place


def _next_place(tx: Transaction) -> int:
    return int(tx.scalar(select(func.max(CustomerAlias.place))) or 0) + 1


def _open(tx: Transaction, customer_id: int) -> Customer:
    row = tx.find(Customer, customer_id)
    if row is None:
        raise NotFoundError(msg("There is no customer {number}.", number=customer_id))
    if row.state is CustomerState.JOINED:
        raise ConflictError(
            msg("Customer {number} is kept under another card already.", number=customer_id)
        )
    return row


def _swap(kept: Customer, gone: Customer, names: Sequence[str]) -> None:
    for name in names:
        for column in FIELDS[name]:
            here, there = getattr(kept, column), getattr(gone, column)
            setattr(kept, column, there)
            setattr(gone, column, here)


def _settle(tx: Transaction, kept_id: int, gone_id: int) -> None:
    """Make sums and search words those of the cards as they now lie."""
    for number in dict.fromkeys([*chain(tx, gone_id), *chain(tx, kept_id)]):
        resum(tx, number)
    index_words(tx, gone_id)
    index_words(tx, kept_id)
