"""The words by which a customer is found, made again whenever their card changes."""

from __future__ import annotations

from sqlalchemy import select

from desktop_app.customers.aliases import chain, persons
from desktop_app.customers.records import ContactKind
from desktop_app.customers.tables import Customer, CustomerContact, CustomerToken
from desktop_app.db.transaction import Transaction
from desktop_app.kernel.text import fold, phone_tokens, tokens

_LONGEST = 64


def index_words(tx: Transaction, customer_id: int) -> None:
    """Make the search words of a card, and of those it is kept under, what they now hold.

    A card is also found by the words of the cards that are kept under it.
    """
    for number in chain(tx, customer_id):
        wanted = _words(tx, number)
        stored = tx.objects(select(CustomerToken).where(CustomerToken.customer_id == number))
        there = {row.token: row for row in stored}
        for word in there.keys() - wanted:
            tx.remove(there[word])
        tx.add_all(
            [CustomerToken(token=word, customer_id=number)
             for word in sorted(wanted - there.keys())]
        )  # fmt: skip


def _words(tx: Transaction, customer_id: int) -> set[str]:
    ids = persons(tx, customer_id)
    found: set[str] = set()
    cards = select(Customer.name, Customer.reference, Customer.tax_id).where(Customer.id.in_(ids))
    for name, reference, tax_id in tx.rows(cards):
        found |= tokens(name) | tokens(reference) | {fold(reference), tax_id}
    contacts = select(CustomerContact.kind, CustomerContact.value).where(
        CustomerContact.customer_id.in_(ids)
    )
    for kind, value in tx.rows(contacts):
        if kind is ContactKind.PHONE:
            found |= phone_tokens(value)
        elif kind is ContactKind.EMAIL:
            found.add(value.casefold())
    return {word[:_LONGEST] for word in found if word}
