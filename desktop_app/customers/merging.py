"""Cards of one person: found, put together, and taken apart again.

Putting together moves nothing. The card that goes is kept under the other one (`customer_alias`),
and whatever reads that one reads both; fields that are taken from it change places with the other
card's. So nothing is lost, receipts stay as they are, and taking apart is the same way back.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import combinations, groupby
from typing import Any

from sqlalchemy import func, select

from desktop_app.customers.aliases import chain
from desktop_app.customers.ledger import balances, resum
from desktop_app.customers.likeness import ENOUGH, Traits, likenesses, score
from desktop_app.customers.operations import rows_of
from desktop_app.customers.records import (
    ContactKind,
    CustomerState,
    DuplicateRow,
    Likeness,
    MergeWish,
)
from desktop_app.customers.tables import Customer, CustomerAlias, CustomerContact
from desktop_app.customers.tokens import index_words
from desktop_app.db.operation import command, query
from desktop_app.db.transaction import Transaction
from desktop_app.kernel.access import Permission
from desktop_app.kernel.errors import ConflictError, InvalidError, NotFoundError
from desktop_app.kernel.words import msg

FIELDS: dict[str, tuple[str, ...]] = {
    "kind": ("kind",),
    "name": ("name", "sort_name"),
    "birth_date": ("birth_date", "birth_date_ambiguous"),
    "tax_id": ("tax_id", "tax_id_state"),
    "group": ("group_id",),
    "note": ("note",),
}
"""What can be taken from the card that goes, and the columns that belong to it."""
_MOST_ALIKE, _CHUNK, _SHOWN = 40, 500, 200
_WAS_AWAY = "archived"


@query(Permission.CUSTOMERS_READ)
def list_duplicates(tx: Transaction, limit: int = _SHOWN) -> Sequence[DuplicateRow]:
    """Return pairs of cards in use that may be one person's, the surest first."""
    pairs = set(_pairs(tx))
    known = _traits(tx, sorted({id_ for pair in pairs for id_ in pair}))
    found: list[tuple[int, tuple[int, int], Sequence[Likeness]]] = []
    for pair in pairs:
        why = likenesses(known[pair[0]], known[pair[1]])
        if score(why) >= ENOUGH:
            found.append((score(why), pair, why))
    found.sort(key=lambda one: (-one[0], one[1]))
    shown = found[:limit]
    rows = {row.id: row for row in rows_of(tx, [id_ for _, pair, _ in shown for id_ in pair])}
    return [
        DuplicateRow(rows[first], rows[second], sure, why) for sure, (first, second), why in shown
    ]


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
    taken = [
        name for name, columns in FIELDS.items()
        if name in wish.take and getattr(kept, columns[0]) != getattr(gone, columns[0])
    ]  # fmt: skip
    _swap(kept, gone, taken)
    was_away = [_WAS_AWAY] if gone.state is CustomerState.ARCHIVED else []
    tx.add(
        CustomerAlias(
            gone_id=gone.id, kept_id=kept.id, at=tx.at, made_by=tx.actor.name,
            swapped=",".join(taken + was_away),
        )
    )  # fmt: skip
    gone.state = CustomerState.JOINED
    kept.version, gone.version = kept.version + 1, gone.version + 1
    _settle(tx, kept.id, gone.id)
    tx.about(f"customer {kept.id}", joined=str(gone.id))
    tx.sign()
    return kept.version


@command(Permission.CUSTOMERS_MERGE)
def unmerge_customers(tx: Transaction, gone_id: int) -> int:
    """Take a card out from under the one it is kept under; return the number of that one.

    Each has again what it had; what came since then stays with the one that was kept. ConflictError
    where bonus of the card that leaves was spent meanwhile.
    """
    alias = tx.find(CustomerAlias, gone_id)
    if alias is None:
        raise NotFoundError(
            msg("Customer {number} is not kept under another card.", number=gone_id)
        )
    kept, gone = tx.get(Customer, alias.kept_id), tx.get(Customer, gone_id)
    words = alias.swapped.split(",")
    _swap(kept, gone, [name for name in FIELDS if name in words])
    gone.state = CustomerState.ARCHIVED if _WAS_AWAY in words else CustomerState.ACTIVE
    kept.version, gone.version = kept.version + 1, gone.version + 1
    tx.remove(alias)
    for number in (kept.id, gone.id):
        has = balances(tx, number)
        if min(has.bonus_minor, has.cashback_minor) < 0:
            raise ConflictError(
                msg("Bonus that one of these cards brought was spent by the other one since."),
                hint=msg("Correct the bonus first, then take the cards apart."),
            )
    _settle(tx, kept.id, gone.id)
    tx.about(f"customer {kept.id}", parted=str(gone_id))
    tx.sign()
    return kept.id


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


def _pairs(tx: Transaction) -> Iterator[tuple[int, int]]:
    """Return pairs that share something; what very many share says nothing."""
    active = Customer.state == CustomerState.ACTIVE
    value = func.lower(CustomerContact.value)
    contact = (
        select(value, CustomerContact.customer_id)
        .join(Customer, Customer.id == CustomerContact.customer_id)
        .where(active, CustomerContact.kind.in_((ContactKind.PHONE, ContactKind.EMAIL)))
    )
    twice = (
        select(value)
        .where(CustomerContact.kind.in_((ContactKind.PHONE, ContactKind.EMAIL)))
        .group_by(value)
        .having(func.count() > 1)
    )
    yield from _within(tx, contact.where(value.in_(twice)))
    for column in (Customer.tax_id, Customer.reference):
        several = select(column).where(active, column != "").group_by(column)
        wanted = column.in_(several.having(func.count() > 1))
        yield from _within(tx, select(column, Customer.id).where(active, wanted))
    born = Customer.birth_date
    days = select(born).where(active, born.is_not(None)).group_by(born).having(func.count() > 1)
    yield from _within(tx, select(born, Customer.id).where(active, born.in_(days)))


def _within(tx: Transaction, wanted: Any) -> Iterator[tuple[int, int]]:
    rows = sorted((str(key), id_) for key, id_ in tx.rows(wanted))
    for _, group in groupby(rows, key=lambda row: row[0]):
        ids = sorted({id_ for _, id_ in group})
        if len(ids) <= _MOST_ALIKE:
            yield from combinations(ids, 2)


def _traits(tx: Transaction, ids: Sequence[int]) -> dict[int, Traits]:
    found: dict[int, Traits] = {}
    for start in range(0, len(ids), _CHUNK):
        some = ids[start : start + _CHUNK]
        contacts: dict[tuple[int, ContactKind], set[str]] = {}
        for id_, kind, value in tx.rows(
            select(CustomerContact.customer_id, CustomerContact.kind, CustomerContact.value).where(
                CustomerContact.customer_id.in_(some)
            )
        ):
            contacts.setdefault((id_, kind), set()).add(value.lower())
        for id_, name, tax_id, code, born in tx.rows(
            select(
                Customer.id, Customer.name, Customer.tax_id, Customer.reference,
                Customer.birth_date,
            ).where(Customer.id.in_(some))
        ):  # fmt: skip
            phones, emails = (
                frozenset(contacts.get((id_, kind), ()))
                for kind in (ContactKind.PHONE, ContactKind.EMAIL)
            )
            found[id_] = Traits(name, phones, emails, tax_id, code, born)
    return found
