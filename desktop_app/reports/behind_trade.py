"""What is behind the numbers of the reports about control, stock, staff, money and loyalty."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime, time
from typing import Any

from sqlalchemy import or_, select

from desktop_app.customers.records import Account
from desktop_app.customers.tables import BalanceEntry, Customer
from desktop_app.db.transaction import Transaction
from desktop_app.finance.operations import leaves_the_accounts
from desktop_app.finance.tables import MoneyAccount, MoneyEntry
from desktop_app.kernel.clock import as_date
from desktop_app.kernel.errors import InvalidError
from desktop_app.kernel.words import msg
from desktop_app.menu.tables import Product
from desktop_app.orders.records import OrderStatus
from desktop_app.orders.tables import Order
from desktop_app.orders.wording import STATUSES
from desktop_app.reports.behind import Behind, BehindRow
from desktop_app.reports.records import Period
from desktop_app.reports.shapes import Trail
from desktop_app.reports.sums import within
from desktop_app.reports.trade import MS_A_THOUSANDTH, days_of, moments_of
from desktop_app.sales.records import CorrectionKind
from desktop_app.sales.tables import Correction
from desktop_app.sales.wording import KINDS
from desktop_app.staff.clock import list_labour
from desktop_app.staff.tables import Employee
from desktop_app.stock.kinds import MOVES
from desktop_app.stock.tables import StockMove, Storage
from desktop_app.venue.operations import the_venue

_COUNTED = (OrderStatus.REFUNDED, OrderStatus.VOID)


def trail_behind(tx: Transaction, trail: Trail, key: str, period: Period, limit: int) -> Behind:
    """Return the newest rows behind a row of a report that is not of orders sold."""
    rows = _READ[trail](tx, key, period, limit + 1)
    return Behind(rows[:limit], len(rows) > limit, trail)


def _refunds(tx: Transaction, key: str, period: Period, limit: int) -> list[BehindRow]:
    """Give refunds and voids of a waiter; what was voided by an entry says so."""
    wanted: Any = (
        select(
            Order.id, Order.number, Order.opened_at, Order.total_minor, Order.status,
            Correction.kind, Correction.reason,
        )
        .outerjoin(Employee, Employee.id == Order.employee_id)
        .outerjoin(Correction, Correction.order_id == Order.id)
        .where(
            Order.status.in_(_COUNTED),
            Employee.name == key if key else or_(Employee.name.is_(None), Employee.name == ""),
            *within(Order.business_date, period),
        )
        .order_by(Order.business_date.desc(), Order.opened_at.desc(), Order.id.desc())
        .limit(limit)
    )  # fmt: skip
    return [
        BehindRow(
            id_, number, at, 0, total, reason or "",
            KINDS[CorrectionKind(kind)] if kind else STATUSES[OrderStatus(status)],
        )
        for id_, number, at, total, status, kind, reason in tx.rows(wanted)
    ]  # fmt: skip


def _corrections(tx: Transaction, key: str, period: Period, limit: int) -> list[BehindRow]:
    wanted: Any = (
        select(
            Correction.original_id,
            Order.number,
            Correction.at,
            Correction.amount_minor,
            Correction.made_by,
            Correction.kind,
        )
        .join(Order, Order.id == Correction.original_id)
        .where(Correction.reason == key, *within(Correction.business_date, period))
        .order_by(Correction.at.desc(), Correction.order_id.desc())
        .limit(limit)
    )
    return [
        BehindRow(id_, number, at, 0, abs(amount), by, KINDS[CorrectionKind(kind)])
        for id_, number, at, amount, by, kind in tx.rows(wanted)
    ]


def _moves(tx: Transaction, key: str, period: Period, limit: int) -> list[BehindRow]:
    named = [id_ for (id_,) in tx.rows(select(Product.id).where(Product.name == key))]
    wanted: Any = (
        select(
            StockMove.at,
            StockMove.kind,
            StockMove.quantity,
            StockMove.cost_minor,
            Storage.name,
            Product.unit,
        )
        .join(Storage, Storage.id == StockMove.storage_id)
        .join(Product, Product.id == StockMove.product_id)
        .where(StockMove.product_id.in_(named), *within(StockMove.business_date, period))
        .order_by(StockMove.business_date.desc(), StockMove.id.desc())
        .limit(limit)
    )
    return [
        BehindRow(0, storage, at, round(much * 1000 / unit.whole), cost, "", MOVES[kind])
        for at, kind, much, cost, storage, unit in tx.rows(wanted)
    ]


def _hours(tx: Transaction, key: str, period: Period, limit: int) -> list[BehindRow]:
    found = [row for row in list_labour.body(tx, *days_of(tx, period)) if row.name == key]
    found.sort(key=lambda row: row.day, reverse=True)
    local = the_venue(tx).time.from_local
    return [
        BehindRow(
            0, row.name, local(datetime.combine(row.day, time(12))),
            round(row.worked_ms / MS_A_THOUSANDTH), row.cost_minor or 0, row.position,
        )
        for row in found[:limit]
    ]  # fmt: skip


def _ledger(tx: Transaction, key: str, period: Period, limit: int) -> list[BehindRow]:
    try:
        account = Account(key)
    except ValueError:
        raise InvalidError(msg("“{key}” is no row of this report.", key=key)) from None
    begin, end = moments_of(tx, period)
    wanted: Any = (
        select(
            Customer.name,
            Customer.reference,
            BalanceEntry.at,
            BalanceEntry.amount_minor,
            BalanceEntry.reason,
        )
        .join(Customer, Customer.id == BalanceEntry.customer_id)
        .where(BalanceEntry.account == account, BalanceEntry.at >= begin, BalanceEntry.at < end)
        .order_by(BalanceEntry.at.desc(), BalanceEntry.customer_id, BalanceEntry.line_no.desc())
        .limit(limit)
    )
    return [
        BehindRow(0, name or reference, at, 0, amount, reason)
        for name, reference, at, amount, reason in tx.rows(wanted)
    ]


def _money(tx: Transaction, key: str, period: Period, limit: int) -> list[BehindRow]:
    if not key.isdigit():
        raise InvalidError(msg("“{key}” is no row of this report.", key=key))
    conditions: list[Any] = [MoneyEntry.category_id == int(key), leaves_the_accounts()]
    if period.first is not None:
        conditions.append(MoneyEntry.business_date >= as_date(period.first))
    if period.last is not None:
        conditions.append(MoneyEntry.business_date <= as_date(period.last))
    wanted: Any = (
        select(MoneyAccount.name, MoneyEntry.at, MoneyEntry.amount_minor, MoneyEntry.note)
        .join(MoneyAccount, MoneyAccount.id == MoneyEntry.account_id)
        .where(*conditions)
        .order_by(MoneyEntry.business_date.desc(), MoneyEntry.id.desc())
        .limit(limit)
    )
    return [
        BehindRow(0, account, at, 0, amount, note) for account, at, amount, note in tx.rows(wanted)
    ]


_READ: Mapping[Trail, Callable[[Transaction, str, Period, int], list[BehindRow]]] = {
    Trail.REFUNDS: _refunds,
    Trail.CORRECTIONS: _corrections,
    Trail.MOVES: _moves,
    Trail.HOURS: _hours,
    Trail.LEDGER: _ledger,
    Trail.MONEY: _money,
}
