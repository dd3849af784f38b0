"""What can be done with customers."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from sqlalchemy import Select, and_, func, or_, select, tuple_

from desktop_app.customers.aliases import kept_of, persons
from desktop_app.customers.records import (
    BalanceRow,
    CommunicationRow,
    ConsentRow,
    ContactKind,
    ContactRow,
    CustomerCard,
    CustomerPage,
    CustomerRow,
    CustomerState,
    JoinedRow,
)
from desktop_app.customers.rules import typed_words
from desktop_app.customers.tables import (
    BalanceEntry,
    Communication,
    Consent,
    Customer,
    CustomerAlias,
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
def count_customers(
    tx: Transaction,
    text: str = "",
    *,
    cap: int = 10_001,
    state: CustomerState = CustomerState.ACTIVE,
) -> int:
    """Return how many customers match, at most `cap`."""
    inner = select(Customer.id).where(*_matching(text, state)).limit(cap).subquery()
    return int(tx.scalar(select(func.count()).select_from(inner)))


@query(Permission.CUSTOMERS_READ)
def customer_page_at(
    tx: Transaction,
    text: str,
    position: int,
    limit: int,
    state: CustomerState = CustomerState.ACTIVE,
) -> Sequence[CustomerRow]:
    """Return the customers from a position of the list on; for jumps with the scroll bar.

    The way there is through an index alone: no row is read that is not shown.
    """
    order = Customer.sort_name, Customer.id
    there = select(Customer.id).where(*_matching(text, state)).order_by(*order)
    ids = [id_ for (id_,) in tx.rows(there.offset(position).limit(limit))]
    found = tx.rows(_rows_of([Customer.id.in_(ids)]).order_by(*order))
    return [_row(row) for row in found]


@query(Permission.CUSTOMERS_READ)
def get_customer(tx: Transaction, customer_id: int) -> CustomerCard:
    """Return everything on a customer's card, without the orders.

    Of a card that is kept under another one, the other; with what all of their cards hold.
    """
    customer_id = kept_of(tx, customer_id)
    one = tx.get(Customer, customer_id)
    ids = persons(tx, customer_id)
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
        _once(ContactRow(c.kind, c.value, c.preferred) for c in _lines(tx, CustomerContact, ids)),
        [
            ConsentRow(c.purpose, c.given_at, c.withdrawn_at, c.channel, c.language, c.wording)
            for c in _lines(tx, Consent, ids)
        ],
        sorted(
            (
                CommunicationRow(c.at, c.direction, c.channel, c.subject, c.text)
                for c in _lines(tx, Communication, ids)
            ),
            key=lambda row: row.at,
        ),
        movements(_lines(tx, BalanceEntry, ids)),
        sorted(
            {
                tag
                for (tag,) in tx.rows(
                    select(CustomerTag.tag).where(CustomerTag.customer_id.in_(ids))
                )
            }
        ),
        one.version,
        one.group_id,
        _joined(tx, customer_id),
    )


def movements(lines: Sequence[BalanceEntry]) -> Sequence[BalanceRow]:
    """Return the lines of a ledger, oldest first, each with whether it was taken back."""
    back = {(line.customer_id, line.corrects) for line in lines}
    return [
        BalanceRow(
            line.at, line.amount_minor, line.reason, line.account, line.document,
            line.customer_id, line.line_no, line.corrects,
            (line.customer_id, line.line_no) in back,
        )
        for line in sorted(lines, key=lambda one: (one.at, one.customer_id, one.line_no))
    ]  # fmt: skip


def _once(contacts: Iterable[ContactRow]) -> Sequence[ContactRow]:
    """Return contacts without repetitions; the preferred one of the first card stays it."""
    found: dict[tuple[ContactKind, str], ContactRow] = {}
    for one in contacts:
        preferred = one.preferred and not any(other.preferred for other in found.values())
        found.setdefault((one.kind, one.value), ContactRow(one.kind, one.value, preferred))
    return list(found.values())


def _joined(tx: Transaction, customer_id: int) -> Sequence[JoinedRow]:
    wanted = (
        select(Customer.id, Customer.name, CustomerAlias.at, CustomerAlias.made_by)
        .join(CustomerAlias, CustomerAlias.gone_id == Customer.id)
        .where(CustomerAlias.kept_id == customer_id)
        .order_by(CustomerAlias.at, Customer.id)
    )
    return [JoinedRow(*row) for row in tx.rows(wanted)]


def _lines(tx: Transaction, table: Any, ids: Sequence[int]) -> Sequence[Any]:
    place = {id_: at for at, id_ in enumerate(ids)}
    found = tx.objects(select(table).where(table.customer_id.in_(ids)))
    return sorted(found, key=lambda row: (place[row.customer_id], row.line_no))


def _matching(text: str, state: CustomerState = CustomerState.ACTIVE) -> list[Any]:
    """Return the conditions for a search among the cards in use.

    Each typed word is the beginning of a stored one.
    """
    return [
        Customer.state == state,
        *_beginning(text),
    ]


def _beginning(text: str) -> list[Any]:
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
            Customer.bonus_minor,
            Customer.cashback_minor,
            Customer.state,
        )
        .outerjoin(CustomerGroup, CustomerGroup.id == Customer.group_id)
        .where(*conditions)
    )


def _row(row: Any) -> CustomerRow:
    return CustomerRow(*row)
