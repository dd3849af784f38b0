"""Who reads the reports about stock, staff, money and loyalty."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from typing import Any

from sqlalchemy import case, func, select

from desktop_app.customers.records import Account
from desktop_app.customers.tables import BalanceEntry
from desktop_app.customers.wording import ACCOUNTS
from desktop_app.db.transaction import Transaction
from desktop_app.finance.kinds import SYSTEM, SystemCategory
from desktop_app.finance.operations import leaves_the_accounts
from desktop_app.finance.tables import MoneyCategory, MoneyEntry
from desktop_app.kernel.clock import as_date, as_number
from desktop_app.kernel.words import Message
from desktop_app.menu.tables import Product
from desktop_app.orders.tables import SalesHour
from desktop_app.reports.analysis import share
from desktop_app.reports.records import Period
from desktop_app.reports.shapes import NONE, Line
from desktop_app.reports.sums import totals, within
from desktop_app.sales.tables import Correction
from desktop_app.staff.clock import list_labour
from desktop_app.stock.kinds import MoveKind
from desktop_app.stock.reading import stock_at
from desktop_app.stock.tables import StockMove
from desktop_app.venue.operations import the_venue

_USED = (MoveKind.SALE, MoveKind.REVALUED)
MS_A_THOUSANDTH = 3_600
_LONG_AGO, _FAR_AWAY = 20000101, 20991231


def stock_turnover(tx: Transaction, period: Period) -> list[Line]:
    """Return what each product of the stock was worth, what was used, and how long it lasts."""
    first, last = days_of(tx, period)
    opening = _values(tx, as_number(first - timedelta(days=1)))
    closing = _values(tx, as_number(last))
    moved = _moved(tx, period)
    days = (last - first).days + 1
    names = tx.pairs(select(Product.id, Product.name))
    found: list[Line] = []
    for id_ in opening.keys() | closing.keys() | moved.keys():
        before, after = opening.get(id_, 0), closing.get(id_, 0)
        kinds = moved.get(id_, {})
        used = -sum(kinds.get(kind, 0) for kind in _USED)
        mean = before + after
        values = (
            before, kinds.get(MoveKind.SUPPLY, 0), used, -kinds.get(MoveKind.WRITE_OFF, 0), after,
            round(used * 2000 / mean) if mean > 0 else 0,
            round(after * days / used) if used > 0 else 0,
        )  # fmt: skip
        if any(values):
            name = names.get(id_, "")
            found.append(Line(name or str(id_), name or NONE, values))
    return sorted(found, key=lambda line: (-int(str(line.values[2])), line.key))


def cost_of_sales(tx: Transaction, period: Period) -> list[Line]:
    """Return what went out of the stock for sales, beside the revenue, month by month."""
    sold: Any = (
        select(SalesHour.business_date, func.sum(SalesHour.total_minor))
        .where(*within(SalesHour.business_date, period))
        .group_by(SalesHour.business_date)
    )
    used: Any = (
        select(StockMove.business_date, StockMove.kind, func.sum(StockMove.cost_minor))
        .where(*within(StockMove.business_date, period))
        .group_by(StockMove.business_date, StockMove.kind)
    )
    months: dict[str, list[int]] = {}
    for day, total in tx.rows(sold):
        months.setdefault(_month(day), [0, 0, 0, 0])[0] += int(total)
    places = {MoveKind.SALE: 1, MoveKind.REVALUED: 1, MoveKind.WRITE_OFF: 2, MoveKind.COUNT: 3}
    for day, kind, cost in tx.rows(used):
        if kind in places:
            months.setdefault(_month(day), [0, 0, 0, 0])[places[kind]] -= int(cost)
    return [
        Line(
            name, name,
            (revenue, cost, share(cost, revenue), wasted, lost, revenue - cost - wasted - lost),
        )
        for name, (revenue, cost, wasted, lost) in sorted(months.items())
    ]  # fmt: skip


def staff_cost(tx: Transaction, period: Period) -> list[Line]:
    """Return hours and what they cost, person by person, the dearest first."""
    first, last = days_of(tx, period)
    people: dict[str, list[int]] = {}
    for row in list_labour.body(tx, first, last):
        found = people.setdefault(row.name, [0, 0])
        found[0] += row.worked_ms
        found[1] += row.cost_minor or 0
    revenue = totals(tx, period).revenue_minor
    return [
        Line(
            name, name or NONE,
            (
                round(worked / MS_A_THOUSANDTH), cost,
                round(cost * 1000 * MS_A_THOUSANDTH / worked) if worked else 0,
                share(cost, revenue),
            ),
        )
        for name, (worked, cost) in sorted(people.items(), key=lambda one: (-one[1][1], one[0]))
    ]  # fmt: skip


def cash_flow(tx: Transaction, period: Period) -> list[Line]:
    """Return what came in and went out by category; money that only changes its place is none."""
    amount = MoneyEntry.amount_minor
    conditions: list[Any] = [
        MoneyEntry.category_id != int(SystemCategory.OPENING), leaves_the_accounts(),
    ]  # fmt: skip
    if period.first is not None:
        conditions.append(MoneyEntry.business_date >= as_date(period.first))
    if period.last is not None:
        conditions.append(MoneyEntry.business_date <= as_date(period.last))
    wanted: Any = (
        select(
            MoneyEntry.category_id,
            func.sum(case((amount > 0, amount), else_=0)),
            func.sum(case((amount < 0, amount), else_=0)),
        )
        .where(*conditions)
        .group_by(MoneyEntry.category_id)
    )
    own = tx.pairs(select(MoneyCategory.id, MoneyCategory.name))
    found = []
    for id_, income, spent in tx.rows(wanted):
        label: Message | str = own.get(id_) or str(id_)
        if id_ in SYSTEM:
            label = SYSTEM[SystemCategory(id_)].title
        values = (int(income), -int(spent), int(income) + int(spent))
        found.append(Line(str(id_), label, values))
    return sorted(found, key=lambda line: (-int(str(line.values[2])), line.key))


def loyalty(tx: Transaction, period: Period) -> list[Line]:
    """Return what customers were given and what they used, by account."""
    at, amount = BalanceEntry.at, BalanceEntry.amount_minor
    begin, end = moments_of(tx, period)
    wanted: Any = (
        select(
            BalanceEntry.account,
            func.count(func.distinct(BalanceEntry.customer_id)),
            func.count(),
            func.sum(case((amount > 0, amount), else_=0)),
            func.sum(case((amount < 0, amount), else_=0)),
        )
        .where(at >= begin, at < end)
        .group_by(BalanceEntry.account)
        .order_by(BalanceEntry.account)
    )
    return [
        Line(
            Account(account).value, ACCOUNTS[Account(account)],
            (int(people), int(count), int(given), -int(used), int(given) + int(used)),
        )
        for account, people, count, given, used in tx.rows(wanted)
    ]  # fmt: skip


def corrections(tx: Transaction, period: Period) -> list[Line]:
    """Return why receipts were corrected, the most money first."""
    amount = func.sum(func.abs(Correction.amount_minor))
    wanted: Any = (
        select(Correction.reason, func.count(), amount)
        .where(*within(Correction.business_date, period))
        .group_by(Correction.reason)
        .order_by(amount.desc(), Correction.reason)
    )
    return [
        Line(reason, reason or NONE, (int(count), int(total)))
        for reason, count, total in tx.rows(wanted)
    ]


def _values(tx: Transaction, day: int) -> dict[int, int]:
    sums: dict[int, int] = {}
    for (_, product), (_, value) in stock_at(tx, day).items():
        sums[product] = sums.get(product, 0) + value
    return sums


def _moved(tx: Transaction, period: Period) -> dict[int, dict[MoveKind, int]]:
    wanted: Any = (
        select(StockMove.product_id, StockMove.kind, func.sum(StockMove.cost_minor))
        .where(*within(StockMove.business_date, period))
        .group_by(StockMove.product_id, StockMove.kind)
    )
    found: dict[int, dict[MoveKind, int]] = {}
    for product, kind, cost in tx.rows(wanted):
        found.setdefault(product, {})[kind] = int(cost)
    return found


def days_of(tx: Transaction, period: Period) -> tuple[date, date]:
    """Return the first and the last day of a period; open ends are those of what was sold."""
    ends: Sequence[Any] = tx.rows(
        select(func.min(SalesHour.business_date), func.max(SalesHour.business_date))
    )[0]
    today = the_venue(tx).time.business_date(tx.at)
    first = period.first or ends[0] or today
    last = period.last or max(ends[1] or today, today)
    return as_date(min(first, last)), as_date(last)


def moments_of(tx: Transaction, period: Period) -> tuple[datetime, datetime]:
    """Return the first moment of a period, and the first one after it."""
    venue = the_venue(tx).time
    opening = time(venue.opening.hour, venue.opening.minute)
    first = as_date(period.first or _LONG_AGO)
    last = as_date(period.last or _FAR_AWAY) + timedelta(days=1)
    return (
        venue.from_local(datetime.combine(first, opening)),
        venue.from_local(datetime.combine(last, opening)),
    )


def _month(day: int) -> str:
    return f"{as_date(day):%Y-%m}"
