"""One person under several numbers: cards that were put together."""

from __future__ import annotations

from sqlalchemy import select

from desktop_app.customers.tables import CustomerAlias
from desktop_app.db.transaction import Transaction


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
