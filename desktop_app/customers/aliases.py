"""One person under several numbers: cards that were put together."""

from __future__ import annotations

from collections.abc import Collection

from sqlalchemy import select

from desktop_app.customers.tables import CustomerAlias
from desktop_app.db.transaction import Transaction

_CHUNK = 500


def persons(tx: Transaction, customer_id: int) -> list[int]:
    """Return a customer's number and those of all cards kept under it, however deep."""
    found = [customer_id]
    layer = found
    while layer:
        wanted = select(CustomerAlias.gone_id).where(CustomerAlias.kept_id.in_(layer))
        layer = [gone for (gone,) in tx.rows(wanted.order_by(CustomerAlias.gone_id))]
        found = found + layer
    return found


def chain(tx: Transaction, customer_id: int) -> list[int]:
    """Return a number and the cards above it, the one in use last."""
    found = [customer_id]
    while (alias := tx.find(CustomerAlias, found[-1])) is not None:
        found.append(alias.kept_id)
    return found


def kept_of(tx: Transaction, customer_id: int) -> int:
    """Return the number of the card that stands for this one: itself, where it was not joined."""
    return chain(tx, customer_id)[-1]


def kept_of_all(tx: Transaction, customer_ids: Collection[int]) -> dict[int, int]:
    """Return `kept_of` of each of many numbers."""
    found = {one: one for one in customer_ids}
    layer = set(found)
    while layer:
        above: dict[int, int] = {}
        numbers = sorted(layer)
        for start in range(0, len(numbers), _CHUNK):
            some = CustomerAlias.gone_id.in_(numbers[start : start + _CHUNK])
            above.update(tx.pairs(select(CustomerAlias.gone_id, CustomerAlias.kept_id).where(some)))
        found = {one: above.get(kept, kept) for one, kept in found.items()}
        layer = set(above.values())
    return found


def note_edited(tx: Transaction, customer_id: int, fields: Collection[str]) -> None:
    """Remember that somebody changed fields of a card, where those were taken from another one."""
    if not fields:
        return
    under = select(CustomerAlias).where(CustomerAlias.kept_id == customer_id)
    for alias in tx.objects(under):
        edited = {*words_of(alias.edited), *(words_of(alias.swapped) & set(fields))}
        if edited != words_of(alias.edited):
            alias.edited = ",".join(sorted(edited))


def words_of(text: str) -> set[str]:
    """Return the words of a list that is kept as text."""
    return set(text.split(",")) - {""}
