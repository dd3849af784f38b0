"""The books of the demonstration: sales, rent, bills and wages of a year."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import func, select

from desktop_app.db.transaction import Transaction
from desktop_app.demo.chance import stream
from desktop_app.demo.crew import CREW, salaries
from desktop_app.finance.kinds import AccountKind, Direction, SystemCategory
from desktop_app.finance.posting import account_for
from desktop_app.finance.tables import MoneyCategory, MoneyEntry
from desktop_app.kernel.clock import as_date, as_number, millis
from desktop_app.orders.records import PaymentMethod
from desktop_app.orders.tables import SalesDayPayment
from desktop_app.venue.records import VenueCard

_DAYS = 365
_OPENING_CASH, _OPENING_BANK = 120_000, 1_850_000
_BANKED = 7
_LEFT_IN_TILL = 60_000
_COLUMNS = (
    "id", "venue_id", "account_id", "category_id", "business_date", "at", "amount_minor",
    "document", "corrects", "instead_of", "note",
)  # fmt: skip
_BILLS: tuple[tuple[str, int, int, float], ...] = (
    ("İcarə", 1, 420_000, 0.0),
    ("Kommunal xərclər", 8, 96_000, 0.25),
    ("Vergi və sosial ödənişlər", 15, 185_000, 0.1),
    ("İnternet və rabitə", 10, 7_500, 0.0),
    ("Reklam", 18, 45_000, 0.5),
    ("Təmir və avadanlıq", 22, 38_000, 0.9),
)
"""What is paid every month: for what, on which day, about how much, and how much that varies."""


@dataclass(frozen=True, slots=True)
class _Money:
    day: date
    account: int
    category: int
    minor: int
    note: str = ""
    document: str = ""


def write_money(tx: Transaction, venue: VenueCard, seed: int, until: datetime) -> None:
    """Add a year of the books; the sales of days that a shift has posted already are left to it."""
    today = as_date(venue.time.business_date(until))
    first = today - timedelta(days=_DAYS)
    cash = account_for(tx, venue.id, AccountKind.CASH)
    bank = account_for(tx, venue.id, AccountKind.BANK)
    own: dict[str, int] = {}
    for name, *_ in _BILLS:
        own[name] = tx.ids.one()
        tx.add(MoneyCategory(id=own[name], name=name, direction=Direction.EXPENSE, parent_id=None))
    entries = [
        _Money(first, cash, SystemCategory.OPENING, _OPENING_CASH),
        _Money(first, bank, SystemCategory.OPENING, _OPENING_BANK),
        *_bills(seed, first, today, own, bank),
        *_wages(first, today, bank),
    ]
    by_hand = list(_sales(tx, venue.id, cash, bank))
    entries += by_hand
    entries += _banked(tx, by_hand, cash, bank)
    entries.sort(key=lambda one: (one.day, one.category, one.account))
    rows: list[tuple[Any, ...]] = [
        (
            tx.ids.one(), venue.id, one.account, int(one.category), as_number(one.day),
            millis(until), one.minor, one.document, None, None, one.note,
        )
        for one in entries
        if one.minor
    ]  # fmt: skip
    tx.import_rows(MoneyEntry, _COLUMNS, rows)
    tx.about("demonstration", money_entries=len(rows))


def _bills(seed: int, first: date, today: date, own: dict[str, int], bank: int) -> Iterator[_Money]:
    for month in _months(first, today):
        for name, day, about, varies in _BILLS:
            due = month.replace(day=day)
            if first < due <= today:
                rng = stream(seed, "bill", name, due.toordinal())
                amount = int(about * (1 + varies * (rng.random() - 0.5))) // 100 * 100
                yield _Money(due, bank, own[name], -amount)


def _wages(first: date, today: date, bank: int) -> Iterator[_Money]:
    for month in _months(first, today):
        due = month.replace(day=5)
        if not first < due <= today:
            continue
        last = month.replace(day=1) - timedelta(days=1)
        total = 0
        for worker in CREW:
            left = None if worker.left is None else today - timedelta(days=worker.left)
            known = [pay for since, pay in salaries(worker, today) if since <= last]
            if known and (left is None or left > last):
                total += known[-1]
        yield _Money(due, bank, SystemCategory.WAGES, -total, f"{last:%m.%Y}")


def _sales(tx: Transaction, venue_id: int, cash: int, bank: int) -> Iterator[_Money]:
    posted = {
        day
        for (day,) in tx.rows(
            select(MoneyEntry.business_date)
            .where(MoneyEntry.category_id == int(SystemCategory.SALES))
            .distinct()
        )
    }
    sums = (
        select(
            SalesDayPayment.business_date, SalesDayPayment.method,
            func.sum(SalesDayPayment.total_minor),
        )
        .where(SalesDayPayment.venue_id == venue_id)
        .group_by(SalesDayPayment.business_date, SalesDayPayment.method)
        .order_by(SalesDayPayment.business_date, SalesDayPayment.method)
    )  # fmt: skip
    for number, method, total in tx.rows(sums):
        day = as_date(number)
        if method is not PaymentMethod.BONUS and day not in posted and int(total) > 0:
            account = cash if method is PaymentMethod.CASH else bank
            yield _Money(day, account, SystemCategory.SALES, int(total))


def _banked(tx: Transaction, sales: list[_Money], cash: int, bank: int) -> Iterator[_Money]:
    """Carry the week's cash to the bank each Monday, but for what the till needs for change."""
    held = _OPENING_CASH
    for one in sales:
        if one.account != cash:
            continue
        if one.day.toordinal() % _BANKED == 1 and held > _LEFT_IN_TILL:
            document, amount = f"transfer:{tx.ids.one()}", held - _LEFT_IN_TILL
            for account, signed in ((cash, -amount), (bank, amount)):
                yield _Money(
                    one.day, account, SystemCategory.TRANSFERS, signed, "İnkassasiya", document
                )
            held = _LEFT_IN_TILL
        held += one.minor


def _months(first: date, last: date) -> Iterator[date]:
    month = first.replace(day=1)
    while month <= last:
        yield month
        month = (month + timedelta(days=32)).replace(day=1)
