"""What can be done with customers."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Select, and_, func, or_, select, tuple_

from desktop_app.customers.records import (
    BalanceRow,
    CommunicationRow,
    ConsentRow,
    ContactKind,
    ContactRow,
    CustomerCard,
    CustomerPage,
    CustomerRow,
)
from desktop_app.customers.rules import typed_words
from desktop_app.customers.tables import (
    BalanceEntry,
    Communication,
    Consent,
    Customer,
    CustomerContact,
    CustomerGroup,
    CustomerTag,
    CustomerToken,
)
from desktop_app.db.operation import query
from desktop_app.db.transaction import Transaction
from desktop_app.kernel.access import Permission

_LAST = "\U0010ffff"


@query(Permission.CUSTOMERS_READ)
def find_customers(
    tx: Transaction, text: str, *, after: int | None = None, limit: int = 50
) -> CustomerPage:
    """Return customers whose words begin with every word of `text`, all of them for no text.

    Names in any of our scripts and spellings, phone number endings, e-mail beginnings, codes.
    """
    wanted = _rows_of(_matching(text))
    if after is not None:
        last = tx.get(Customer, after)
        wanted = wanted.where(tuple_(Customer.sort_name, Customer.id) > (last.sort_name, last.id))
    found = tx.rows(wanted.order_by(Customer.sort_name, Customer.id).limit(limit + 1))
    rows = [_row(row) for row in found[:limit]]
    return CustomerPage(rows, rows[-1].id if len(found) > limit else None)


@query(Permission.CUSTOMERS_READ)
def count_customers(tx: Transaction, text: str = "", *, cap: int = 10_001) -> int:
    """Return how many customers match, at most `cap`."""
    inner = select(Customer.id).where(*_matching(text)).limit(cap).subquery()
    return int(tx.scalar(select(func.count()).select_from(inner)))


@query(Permission.CUSTOMERS_READ)
def customer_page_at(
    tx: Transaction, text: str, position: int, limit: int
) -> Sequence[CustomerRow]:
    """Return the customers from a position of the list on; for jumps with the scroll bar."""
    wanted = _rows_of(_matching(text)).order_by(Customer.sort_name, Customer.id)
    return [_row(row) for row in tx.rows(wanted.offset(position).limit(limit))]


@query(Permission.CUSTOMERS_READ)
def get_customer(tx: Transaction, customer_id: int) -> CustomerCard:
    """Return everything on a customer's card, without the orders."""
    one = tx.get(Customer, customer_id)
    row = _row(tx.rows(_rows_of([Customer.id == customer_id]))[0])
    return CustomerCard(
        row,
        one.birth_date,
        one.birth_date_ambiguous,
        one.tax_id,
        one.tax_id_state,
        one.note,
        one.created_at,
        one.source,
        [
            ContactRow(c.kind, c.value, c.preferred)
            for c in _lines(tx, CustomerContact, customer_id)
        ],
        [
            ConsentRow(c.purpose, c.given_at, c.withdrawn_at, c.channel, c.language, c.wording)
            for c in _lines(tx, Consent, customer_id)
        ],
        [
            CommunicationRow(c.at, c.direction, c.channel, c.subject, c.text)
            for c in _lines(tx, Communication, customer_id)
        ],
        [BalanceRow(b.at, b.amount_minor, b.reason) for b in _lines(tx, BalanceEntry, customer_id)],
        [
            tag
            for (tag,) in tx.rows(
                select(CustomerTag.tag)
                .where(CustomerTag.customer_id == customer_id)
                .order_by(CustomerTag.tag)
            )
        ],
    )


def _lines(tx: Transaction, table: Any, customer_id: int) -> Sequence[Any]:
    return tx.objects(select(table).where(table.customer_id == customer_id).order_by(table.line_no))


def _matching(text: str) -> list[Any]:
    """Return the conditions for a search: each typed word is the beginning of a stored one."""
    return [
        Customer.id.in_(
            select(CustomerToken.customer_id).where(
                or_(
                    *(
                        and_(CustomerToken.token >= word, CustomerToken.token < word + _LAST)
                        for word in sorted(beginnings)
                    )
                )
            )
        )
        for beginnings in typed_words(text)
    ]


def _contact(kind: ContactKind) -> Any:
    return (
        select(func.min(CustomerContact.value))
        .where(CustomerContact.customer_id == Customer.id, CustomerContact.kind == kind)
        .correlate(Customer)
        .scalar_subquery()
    )


def _rows_of(conditions: Sequence[Any]) -> Select[Any]:
    return (
        select(
            Customer.id,
            Customer.name,
            Customer.kind,
            func.coalesce(_contact(ContactKind.PHONE), ""),
            func.coalesce(_contact(ContactKind.EMAIL), ""),
            func.coalesce(CustomerGroup.name, ""),
            Customer.balance_minor,
            Customer.reference,
        )
        .outerjoin(CustomerGroup, CustomerGroup.id == Customer.group_id)
        .where(*conditions)
    )


def _row(row: Any) -> CustomerRow:
    return CustomerRow(*row)
