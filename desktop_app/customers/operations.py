"""What can be done with customers."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import timedelta
from typing import Any

from sqlalchemy import Integer, Select, and_, func, or_, select, tuple_, type_coerce

from desktop_app.customers.aliases import kept_of, kept_of_all, persons
from desktop_app.customers.records import (
    BalanceRow,
    BirthdayRow,
    CommunicationRow,
    ConsentRow,
    ContactKind,
    ContactRow,
    CustomerCard,
    CustomerFilter,
    CustomerKind,
    CustomerPage,
    CustomerRow,
    CustomerState,
    GroupRow,
    JoinedRow,
    MoneyState,
)
from desktop_app.customers.rules import next_birthday, typed_words
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
from desktop_app.kernel.clock import as_date, as_number
from desktop_app.venue.operations import the_venue

_YEAR, _MONTH_AND_DAY, _LEAP_DAY = 366, 10_000, 229
_LAST = "\U0010ffff"


@query(Permission.CUSTOMERS_READ)
def find_customers(
    tx: Transaction, text: str | CustomerFilter, *, after: int | None = None, limit: int = 50
) -> CustomerPage:
    """Return customers whose words begin with every word of `text`, all of them for no text.

    A filter says more: whether they are put away, their group, a tag, what they owe.

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
    wanted: str | CustomerFilter = "",
    *,
    cap: int = 10_001,
) -> int:
    """Return how many customers match, at most `cap`."""
    inner = select(Customer.id).where(*_matching(wanted)).limit(cap).subquery()
    return int(tx.scalar(select(func.count()).select_from(inner)))


@query(Permission.CUSTOMERS_READ)
def customer_page_at(
    tx: Transaction,
    wanted: str | CustomerFilter,
    position: int,
    limit: int,
) -> Sequence[CustomerRow]:
    """Return the customers from a position of the list on; for jumps with the scroll bar.

    The way there is through an index alone: no row is read that is not shown.
    """
    order = Customer.sort_name, Customer.id
    there = select(Customer.id).where(*_matching(wanted)).order_by(*order)
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
            ConsentRow(
                c.purpose,
                c.given_at,
                c.withdrawn_at,
                c.channel,
                c.language,
                c.wording,
                c.customer_id,
                c.line_no,
                c.recorded_at,
                c.recorded_by,
            )
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


@query(Permission.CUSTOMERS_READ)
def list_groups(tx: Transaction) -> Sequence[GroupRow]:
    """Return the groups by name, each with how many cards in use are in it."""
    used = (
        select(Customer.group_id, func.count())
        .where(Customer.group_id.is_not(None), Customer.state == CustomerState.ACTIVE)
        .group_by(Customer.group_id)
    )
    counts = tx.pairs(used)
    groups = tx.objects(select(CustomerGroup).order_by(CustomerGroup.name, CustomerGroup.id))
    return [
        GroupRow(
            one.id, one.version, one.name, one.discount_bp, one.cashback_bp,
            int(counts.get(one.id, 0)), one.bonus_bp, one.earns_from,
        )
        for one in groups
    ]  # fmt: skip


@query(Permission.CUSTOMERS_READ)
def list_tags(tx: Transaction) -> Sequence[str]:
    """Return every tag that somebody was given."""
    wanted = select(CustomerTag.tag).distinct().order_by(CustomerTag.tag)
    return [tag for (tag,) in tx.rows(wanted)]


@query(Permission.CUSTOMERS_READ)
def list_birthdays(tx: Transaction, days: int = 30, limit: int = 500) -> Sequence[BirthdayRow]:
    """Return whose birthday is today or within so many days, the next one first.

    Dates that are not certain are left out. `may_greet` says who agreed to offers: nobody else is
    to be written to.
    """
    today = as_date(the_venue(tx).time.business_date(tx.at))
    last = today + timedelta(days=min(days, _YEAR))
    ahead = range((last - today).days + 1)
    wanted = {as_number(today + timedelta(days=n)) % _MONTH_AND_DAY for n in ahead}
    wanted |= {_LEAP_DAY} if _LEAP_DAY - 1 in wanted else set()
    people = tx.rows(
        select(Customer.id, Customer.name, Customer.birth_date).where(
            Customer.state == CustomerState.ACTIVE,
            Customer.kind == CustomerKind.PERSON,
            Customer.birth_date.is_not(None),
            Customer.birth_date_ambiguous.is_(False),
            (type_coerce(Customer.birth_date, Integer) % _MONTH_AND_DAY).in_(wanted),
        )
    )
    coming = [
        (next_birthday(born, today), name, id_, born) for id_, name, born in people
        if born is not None and next_birthday(born, today) <= last
    ]  # fmt: skip
    coming = sorted(coming)[:limit]
    rows = {row.id: row for row in rows_of(tx, [id_ for _, _, id_, _ in coming])}
    in_force = select(Consent.customer_id).where(
        Consent.purpose.in_(("marketing", "birthday")), Consent.withdrawn_at.is_(None)
    )
    agreed = set(kept_of_all(tx, {id_ for (id_,) in tx.rows(in_force)}).values())
    return [
        BirthdayRow(id_, name, rows[id_].phone, day, day.year - born.year, id_ in agreed)
        for day, name, id_, born in coming
    ]


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


def _matching(wanted: str | CustomerFilter) -> list[Any]:
    """Return the conditions for a search; a text alone is asked of the cards in use.

    Each typed word is the beginning of a stored one.
    """
    if isinstance(wanted, str):
        wanted = CustomerFilter(wanted)
    found = [Customer.state == wanted.state, *_beginning(wanted.text)]
    if wanted.group_id is not None:
        found.append(Customer.group_id == wanted.group_id)
    if wanted.tag:
        tagged = select(CustomerTag.customer_id).where(CustomerTag.tag == wanted.tag)
        above = select(CustomerAlias.kept_id).where(CustomerAlias.gone_id.in_(tagged))
        found.append(or_(Customer.id.in_(tagged), Customer.id.in_(above)))
    match wanted.money:
        case MoneyState.OWES:
            found.append(Customer.balance_minor < 0)
        case MoneyState.HAS:
            found.append(Customer.balance_minor > 0)
        case MoneyState.BONUS:
            found.append(or_(Customer.bonus_minor > 0, Customer.cashback_minor > 0))
        case None:
            pass
    return found


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


def rows_of(tx: Transaction, ids: Sequence[int]) -> Sequence[CustomerRow]:
    """Return customers as lines of a list, in no particular order."""
    return [_row(row) for row in tx.rows(_rows_of([Customer.id.in_(ids)]))]


def _row(row: Any) -> CustomerRow:
    return CustomerRow(*row)
