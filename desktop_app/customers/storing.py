"""Customers as an import meets them: known by source and reference, added where they are new."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from sqlalchemy import select

from desktop_app.customers.records import (
    Account,
    ContactKind,
    CustomerKind,
    CustomerState,
    IncomingCustomer,
)
from desktop_app.customers.tables import (
    BalanceEntry,
    Customer,
    CustomerContact,
    CustomerGroup,
    CustomerToken,
)
from desktop_app.db.transaction import Transaction
from desktop_app.kernel.clock import as_number, millis
from desktop_app.kernel.text import fold, phone_tokens, tokens

_CHUNK = 500
_CUSTOMER = (
    "id", "kind", "name", "sort_name", "birth_date", "birth_date_ambiguous", "tax_id",
    "tax_id_state", "group_id", "note", "balance_minor", "source", "reference", "created_at",
    "version", "bonus_minor", "cashback_minor", "state",
)  # fmt: skip


def known_customers(tx: Transaction, source: str, references: Iterable[str]) -> dict[str, int]:
    """Return the numbers of the customers that a source's references already have."""
    wanted = list(dict.fromkeys(references))
    found: dict[str, int] = {}
    for start in range(0, len(wanted), _CHUNK):
        query = select(Customer.reference, Customer.id).where(
            Customer.source == source, Customer.reference.in_(wanted[start : start + _CHUNK])
        )
        found.update(tx.pairs(query))
    return found


def named_customers(
    tx: Transaction, source: str, names: Mapping[str, str]
) -> tuple[dict[str, int], int]:
    """Return the numbers of customers by reference, adding the new ones under their names.

    The second value is how many were added.
    """
    known = known_customers(tx, source, names)
    fresh = [
        IncomingCustomer(reference, name or reference)
        for reference, name in names.items()
        if reference not in known
    ]
    known.update(store_customers(tx, source, fresh))
    return known, len(fresh)


def store_customers(
    tx: Transaction, source: str, incoming: Sequence[IncomingCustomer]
) -> dict[str, int]:
    """Add customers that are not known yet and return their numbers by reference."""
    ids = tx.ids.take(len(incoming))
    groups = _groups(tx, {one.group for one in incoming if one.group})
    tx.import_rows(
        Customer,
        _CUSTOMER,
        [_row(tx, source, id_, one, groups) for id_, one in zip(ids, incoming, strict=True)],
    )
    contacts: list[tuple[Any, ...]] = []
    words: set[tuple[str, int]] = set()
    balances: list[tuple[Any, ...]] = []
    for id_, one in zip(ids, incoming, strict=True):
        contacts.extend(
            (id_, number, str(kind), value, number == 1)
            for number, (kind, value) in enumerate(_contacts(one), 1)
        )
        words.update((word, id_) for word in search_words(one))
        if one.balance_minor:
            balances.append(
                (
                    id_,
                    1,
                    millis(tx.at),
                    one.balance_minor,
                    f"import {source}",
                    Account.BALANCE.value,
                    "",
                )
            )
    tx.import_rows(
        CustomerContact, ("customer_id", "line_no", "kind", "value", "preferred"), contacts
    )
    tx.import_rows(CustomerToken, ("token", "customer_id"), sorted(words))
    tx.import_rows(
        BalanceEntry,
        ("customer_id", "line_no", "at", "amount_minor", "reason", "account", "document"),
        balances,
    )
    return {one.reference: id_ for id_, one in zip(ids, incoming, strict=True)}


def search_words(one: IncomingCustomer) -> set[str]:
    """Return the folded words and number endings by which a customer is found."""
    words = set(tokens(one.name)) | set(tokens(one.reference))
    if one.phone:
        words |= set(phone_tokens(one.phone))
    if one.email:
        words.add(one.email.casefold())
    if one.tax_id:
        words.add(one.tax_id)
    return {word[:64] for word in words if word}


def _contacts(one: IncomingCustomer) -> list[tuple[ContactKind, str]]:
    return [
        (kind, value)
        for kind, value in (
            (ContactKind.PHONE, one.phone),
            (ContactKind.EMAIL, one.email),
            (ContactKind.ADDRESS, one.address),
        )
        if value
    ]


def _row(
    tx: Transaction, source: str, id_: int, one: IncomingCustomer, groups: Mapping[str, int]
) -> tuple[Any, ...]:
    birth = as_number(one.birth_date) if one.birth_date else None
    state = str(one.tax_id_state) if one.tax_id_state else None
    return (
        id_, str(CustomerKind(one.kind)), one.name, fold(one.name), birth,
        one.birth_date_ambiguous, one.tax_id, state, groups.get(one.group), one.note,
        one.balance_minor, source, one.reference, millis(tx.at), 1,
        0, 0, CustomerState.ACTIVE.value,
    )  # fmt: skip


def _groups(tx: Transaction, names: set[str]) -> dict[str, int]:
    if not names:
        return {}
    named = select(CustomerGroup.name, CustomerGroup.id).where(CustomerGroup.name.in_(names))
    found = tx.pairs(named)
    for name in sorted(names - found.keys()):
        found[name] = tx.add(CustomerGroup(id=tx.ids.one(), name=name)).id
    return found
