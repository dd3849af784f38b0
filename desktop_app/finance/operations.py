"""What can be asked of the books; what enters into them is in `editing`."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from sqlalchemy import func, or_, select
from sqlalchemy.orm import aliased

from desktop_app.db.below import below
from desktop_app.db.folding import has_words
from desktop_app.db.operation import query
from desktop_app.db.transaction import Transaction
from desktop_app.finance.kinds import SYSTEM, SystemCategory
from desktop_app.finance.records import (
    AccountRow,
    CashFlow,
    CategoryRow,
    EntryFilter,
    EntryRow,
)
from desktop_app.finance.rules import cash_flow, months_between
from desktop_app.finance.tables import MoneyAccount, MoneyCategory, MoneyEntry
from desktop_app.kernel.access import Permission
from desktop_app.kernel.errors import InvalidError
from desktop_app.kernel.words import msg
from desktop_app.venue.operations import telling_venues

_EVERYTHING = EntryFilter()
_MOST_MONTHS = 120


@query(Permission.FINANCE_READ)
def list_money_categories(tx: Transaction) -> Sequence[CategoryRow]:
    """Return the program's own categories, then those of the restaurant by name."""
    fixed = [
        CategoryRow(int(id_), 0, id_.name.lower(), facts.direction, None, True, True)  # noqa: FBT003
        for id_, facts in SYSTEM.items()
    ]
    own = tx.objects(select(MoneyCategory).order_by(MoneyCategory.name, MoneyCategory.id))
    return fixed + [
        CategoryRow(
            row.id, row.version, row.name, row.direction, row.parent_id, row.active, system=False
        )
        for row in own
    ]


@query(Permission.FINANCE_READ)
def list_accounts(tx: Transaction, on: date | None = None) -> Sequence[AccountRow]:
    """Return the accounts with what lay in them at the end of a day; now, where none is given."""
    sums = select(MoneyEntry.account_id, func.sum(MoneyEntry.amount_minor), func.count())
    if on is not None:
        sums = sums.where(MoneyEntry.business_date <= on)
    held = {
        id_: (int(amount), int(count))
        for id_, amount, count in tx.rows(sums.group_by(MoneyEntry.account_id))
    }
    rows = tx.objects(select(MoneyAccount).order_by(MoneyAccount.name, MoneyAccount.id))
    venues = telling_venues(tx)
    return [
        AccountRow(
            row.id,
            row.version,
            row.name,
            row.kind,
            row.active,
            *held.get(row.id, (0, 0)),
            venues.get(row.venue_id, ""),
        )
        for row in rows
    ]


@query(Permission.FINANCE_READ)
def list_entries(
    tx: Transaction, wanted: EntryFilter = _EVERYTHING, skip: int = 0, limit: int = 1000
) -> Sequence[EntryRow]:
    """Return entries of the books, newest first."""
    later = aliased(MoneyEntry)
    found: Any = (
        select(
            MoneyEntry.id, MoneyEntry.business_date, MoneyEntry.at, MoneyEntry.account_id,
            MoneyAccount.name, MoneyEntry.category_id, func.coalesce(MoneyCategory.name, ""),
            MoneyEntry.amount_minor, MoneyEntry.note, MoneyEntry.document, MoneyEntry.corrects,
            MoneyEntry.instead_of, later.id.is_not(None),
        )
        .join(MoneyAccount, MoneyAccount.id == MoneyEntry.account_id)
        .outerjoin(MoneyCategory, MoneyCategory.id == MoneyEntry.category_id)
        .outerjoin(later, later.corrects == MoneyEntry.id)
        .order_by(MoneyEntry.business_date.desc(), MoneyEntry.at.desc(), MoneyEntry.id.desc())
    )  # fmt: skip
    rows: Sequence[Any] = tx.rows(_matching(tx, found, wanted).offset(skip).limit(limit))
    return [EntryRow(*row) for row in rows]


@query(Permission.FINANCE_READ)
def count_entries(tx: Transaction, wanted: EntryFilter = _EVERYTHING, *, cap: int = 10_001) -> int:
    """Return how many entries match, at most `cap`."""
    inner = _matching(tx, select(MoneyEntry.id), wanted).limit(cap).subquery()
    return int(tx.scalar(select(func.count()).select_from(inner)))


def _matching(tx: Transaction, found: Any, wanted: EntryFilter) -> Any:
    if wanted.after is not None:
        found = found.where(below(tx.get(MoneyEntry, wanted.after)))
    if wanted.first is not None:
        found = found.where(MoneyEntry.business_date >= wanted.first)
    if wanted.last is not None:
        found = found.where(MoneyEntry.business_date <= wanted.last)
    if wanted.account_id is not None:
        found = found.where(MoneyEntry.account_id == wanted.account_id)
    if wanted.category_id is not None:
        found = found.where(MoneyEntry.category_id == wanted.category_id)
    if wanted.document:
        found = found.where(MoneyEntry.document == wanted.document)
    if wanted.text:
        found = found.where(has_words(MoneyEntry.note, wanted.text))
    return found


@query(Permission.FINANCE_READ)
def get_cash_flow(
    tx: Transaction, first: date, last: date, account_id: int | None = None
) -> CashFlow:
    """Return what came in and went out by category and month, between two days.

    Over all accounts, transfers between them are left out: not those to another venue's account,
    where one venue is looked at alone. The opening balance is what lay in the accounts before the
    first day.
    """
    months = months_between(first, last)
    if len(months) > _MOST_MONTHS:
        raise InvalidError(msg("At most ten years at once."), field="from")
    day = MoneyEntry.business_date
    before = select(func.coalesce(func.sum(MoneyEntry.amount_minor), 0)).where(day < first)
    came = MoneyEntry.amount_minor > 0
    sums = (
        select(MoneyEntry.category_id, day, came, func.sum(MoneyEntry.amount_minor))
        .where(day >= first, day <= last)
        .group_by(MoneyEntry.category_id, day, came)
    )
    if account_id is None:
        sums = sums.where(leaves_the_accounts())
    else:
        before = before.where(MoneyEntry.account_id == account_id)
        sums = sums.where(MoneyEntry.account_id == account_id)
    by_month: dict[tuple[int, int, bool], int] = {}
    for category, on, positive, amount in tx.rows(sums):
        key = category, on.year * 100 + on.month, bool(positive)
        by_month[key] = by_month.get(key, 0) + int(amount)
    names = tx.pairs(select(MoneyCategory.id, MoneyCategory.name))
    return cash_flow(months, int(tx.scalar(before)), by_month, names)


def leaves_the_accounts() -> Any:
    """Return the condition for money that does more than move between the accounts in sight.

    Both halves of a transfer add up to nothing, unless one of them is another venue's.
    """
    crossing = (
        select(MoneyEntry.document)
        .where(MoneyEntry.category_id == int(SystemCategory.TRANSFERS))
        .group_by(MoneyEntry.document)
        .having(func.sum(MoneyEntry.amount_minor) != 0)
    )
    return or_(
        MoneyEntry.category_id != int(SystemCategory.TRANSFERS),
        MoneyEntry.document.in_(crossing),
    )
