"""Cards that may be one person's, and pairs of them that somebody knows to be two people.

Candidates are made set by set: who shares a telephone, an e-mail, a tax id, a code; of those born
on one day only names that are alike remain. Then each pair is weighed.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import combinations

from sqlalchemy import Integer, func, select, type_coerce

from desktop_app.customers.aliases import kept_of, kept_of_all
from desktop_app.customers.likeness import ENOUGH, NameBook, Traits, likenesses, score
from desktop_app.customers.operations import rows_of
from desktop_app.customers.records import (
    ApartRow,
    ContactKind,
    CustomerState,
    DuplicateRow,
    Likeness,
)
from desktop_app.customers.tables import Customer, CustomerApart, CustomerContact
from desktop_app.db.operation import command, query
from desktop_app.db.transaction import Transaction
from desktop_app.kernel.access import Permission
from desktop_app.kernel.errors import ConflictError, InvalidError, NotFoundError
from desktop_app.kernel.words import msg

_MOST_ALIKE, _CHUNK, _SHOWN = 40, 500, 200
_REACHED = (ContactKind.PHONE, ContactKind.EMAIL)


@query(Permission.CUSTOMERS_READ)
def list_duplicates(
    tx: Transaction, limit: int = _SHOWN, *, after: tuple[int, int, int] | None = None
) -> Sequence[DuplicateRow]:
    """Return pairs of cards in use that may be one person's, the surest first.

    Without those that somebody marked as two people's. `after` is a place in the list, by how sure
    it is and the two cards: pairs below it are returned, also where that pair is gone by now.
    """
    pairs = set(_pairs(tx)) - _known_apart(tx)
    known = _traits(tx, sorted({id_ for pair in pairs for id_ in pair}))
    found: list[tuple[int, tuple[int, int], Sequence[Likeness]]] = []
    for pair in pairs:
        why = likenesses(known[pair[0]], known[pair[1]])
        if score(why) >= ENOUGH:
            found.append((score(why), pair, why))
    found.sort(key=_place)
    if after is not None:
        sure, *pair_before = after
        found = [one for one in found if _place(one) > (-sure, tuple(pair_before))]
    shown = found[:limit]
    ids = [id_ for _, pair, _ in shown for id_ in pair]
    rows = {row.id: row for some in _chunks(ids) for row in rows_of(tx, some)}
    return [
        DuplicateRow(rows[first], rows[second], sure, why) for sure, (first, second), why in shown
    ]


@query(Permission.CUSTOMERS_READ)
def list_apart(tx: Transaction) -> Sequence[ApartRow]:
    """Return the pairs of cards that somebody marked as two people's, the newest first."""
    marks = tx.objects(
        select(CustomerApart)
        .where(CustomerApart.customer_id < CustomerApart.other_id)
        .order_by(CustomerApart.at.desc(), CustomerApart.customer_id, CustomerApart.other_id)
    )
    ids = sorted({id_ for one in marks for id_ in (one.customer_id, one.other_id)})
    rows = {row.id: row for some in _chunks(ids) for row in rows_of(tx, some)}
    return [
        ApartRow(rows[one.customer_id], rows[one.other_id], one.at, one.made_by) for one in marks
    ]


@command(Permission.CUSTOMERS_MERGE)
def mark_apart(tx: Transaction, one: int, other: int) -> bool:
    """Remember that two cards are two people's: they are not shown as one any more.

    Returns whether that is new. InvalidError for a card with itself, ConflictError where both are
    kept as one person now.
    """
    if one == other:
        raise InvalidError(msg("Choose two different cards."), field="other")
    for number in (one, other):
        if tx.find(Customer, number) is None:
            raise NotFoundError(msg("There is no customer {number}.", number=number))
    if kept_of(tx, one) == kept_of(tx, other):
        raise ConflictError(
            msg("These two cards are kept as one person's now."),
            hint=msg("Take them apart first."),
        )
    tx.about(f"customer {one}", apart=str(other))
    if is_apart(tx, one, other):
        return False
    for first, second in ((one, other), (other, one)):
        mark = CustomerApart(
            customer_id=first, other_id=second, at=tx.at, made_by=tx.actor.name[:200]
        )
        tx.add(mark)
    return True


@command(Permission.CUSTOMERS_MERGE)
def unmark_apart(tx: Transaction, one: int, other: int) -> None:
    """Take back that two cards are two people's; NotFoundError where nobody said so."""
    marks = [
        mark
        for pair in ((one, other), (other, one))
        if (mark := tx.find(CustomerApart, pair)) is not None
    ]
    if not marks:
        raise NotFoundError(
            msg("Customers {one} and {other} are not marked as two people.", one=one, other=other)
        )
    for mark in marks:
        tx.remove(mark)
    tx.about(f"customer {one}", together=str(other))


def is_apart(tx: Transaction, one: int, other: int) -> bool:
    """Tell whether two cards themselves are marked as two people's."""
    return tx.find(CustomerApart, (one, other)) is not None


def _known_apart(tx: Transaction) -> set[tuple[int, int]]:
    """Return the pairs marked apart, by the cards that stand for them now; smaller first."""
    marks = tx.rows(
        select(CustomerApart.customer_id, CustomerApart.other_id).where(
            CustomerApart.customer_id < CustomerApart.other_id
        )
    )
    kept = kept_of_all(tx, {id_ for mark in marks for id_ in mark})
    pairs = [sorted((kept[one], kept[other])) for one, other in marks]
    return {(first, second) for first, second in pairs}


def _pairs(tx: Transaction) -> Iterator[tuple[int, int]]:
    """Return pairs of cards in use that share something, the smaller number first.

    What very many share says nothing. One pass over the cards and one over what reaches them: it
    is measured (`bench_duplicates`).
    """
    tax_ids: dict[str, list[int]] = {}
    codes: dict[str, list[int]] = {}
    days: dict[int | None, list[tuple[int, str]]] = {}
    used = set()
    cards = select(
        Customer.id, Customer.name, Customer.tax_id, Customer.reference,
        type_coerce(Customer.birth_date, Integer),
    ).where(Customer.state == CustomerState.ACTIVE)  # fmt: skip
    for id_, name, tax_id, code, born in tx.rows(cards.order_by(Customer.id)):
        used.add(id_)
        codes.setdefault(code, []).append(id_)
        if tax_id:
            tax_ids.setdefault(tax_id, []).append(id_)
        if born is not None:
            days.setdefault(born, []).append((id_, name))
    codes.pop("", None)
    for shared in (_reached_alike(tx, used), tax_ids.values(), codes.values()):
        for ids in shared:
            if 1 < len(ids) <= _MOST_ALIKE:
                yield from combinations(ids, 2)
    yield from _born_alike(days.values())


def _reached_alike(tx: Transaction, used: set[int]) -> Iterable[Sequence[int]]:
    """Return the cards in use that share a telephone or an e-mail."""
    value = func.lower(CustomerContact.value)
    reached = CustomerContact.kind.in_(_REACHED)
    twice = select(value).where(reached).group_by(value).having(func.count() > 1)
    wanted = select(value, CustomerContact.customer_id).where(reached, value.in_(twice))
    found: dict[str, set[int]] = {}
    for key, id_ in tx.rows(wanted):
        if id_ in used:
            found.setdefault(key, set()).add(id_)
    return map(sorted, found.values())


def _born_alike(days: Iterable[Sequence[tuple[int, str]]]) -> Iterator[tuple[int, int]]:
    """Return pairs born on one day whose names are alike."""
    book = NameBook()
    for some in days:
        if 1 < len(some) <= _MOST_ALIKE:
            for (one, name), (other, other_name) in combinations(some, 2):
                if book.alike(name, other_name):
                    yield one, other


def _traits(tx: Transaction, ids: Sequence[int]) -> dict[int, Traits]:
    found: dict[int, Traits] = {}
    for some in _chunks(ids):
        contacts: dict[tuple[int, ContactKind], set[str]] = {}
        for id_, kind, value in tx.rows(
            select(CustomerContact.customer_id, CustomerContact.kind, CustomerContact.value).where(
                CustomerContact.customer_id.in_(some), CustomerContact.kind.in_(_REACHED)
            )
        ):
            contacts.setdefault((id_, kind), set()).add(value.lower())
        for id_, name, tax_id, code, born in tx.rows(
            select(
                Customer.id, Customer.name, Customer.tax_id, Customer.reference,
                Customer.birth_date,
            ).where(Customer.id.in_(some))
        ):  # fmt: skip
            phones, emails = (frozenset(contacts.get((id_, kind), ())) for kind in _REACHED)
            found[id_] = Traits(name, phones, emails, tax_id, code, born)
    return found


def _place(found: tuple[int, tuple[int, int], object]) -> tuple[int, tuple[int, ...]]:
    return -found[0], found[1]


def _chunks(ids: Sequence[int]) -> Iterable[Sequence[int]]:
    return (ids[start : start + _CHUNK] for start in range(0, len(ids), _CHUNK))
