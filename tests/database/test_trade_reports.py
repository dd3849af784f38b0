"""Reports about stock, staff, money and loyalty say what their own ledgers say."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from sqlalchemy import select

from desktop_app.app import App
from desktop_app.customers.ledger import correct_balance
from desktop_app.customers.records import Account, IncomingCustomer
from desktop_app.exports import operations as exports
from desktop_app.exports.records import FileFormat, Handover
from desktop_app.finance.editing import add_account, add_entry, transfer
from desktop_app.finance.kinds import SystemCategory
from desktop_app.finance.operations import list_accounts
from desktop_app.finance.records import AccountForm, NewEntry
from desktop_app.kernel.access import Permission, Role
from desktop_app.kernel.errors import NotAllowedError
from desktop_app.orders.operations import list_orders
from desktop_app.orders.records import OrderFilter
from desktop_app.reports.behind import BehindRow
from desktop_app.reports.records import Period
from desktop_app.reports.running import rows_behind, run_report
from desktop_app.reports.shapes import Report, Trail
from desktop_app.sales.operations import void
from desktop_app.sales.records import Disposal
from desktop_app.staff.clock import enter_hours
from desktop_app.staff.operations import set_pay
from desktop_app.staff.tables import Employee
from desktop_app.stock.operations import stock_value
from desktop_app.stock.records import StockFilter
from tests.database.pantry import KG, Pantry, stocked, take
from tests.database.shop import Shop, a_query, enter, order, sell

ALL = Period(20261101, 20261130)


@pytest.fixture
def pantry(app: App) -> Pantry:
    return stocked(app)


def values(report: Report) -> dict[str, dict[str, object]]:
    names = [one.key for one in report.facts.columns]
    return {row.key: dict(zip(names, row.values, strict=True)) for row in report.rows}


def behind(app: App, key: str, row: str, of: Trail) -> Sequence[BehindRow]:
    """Return what is behind a row, all of it."""
    found = app.call(rows_behind, key, row, ALL)
    assert (found.more, found.trail) == (False, of)
    shown = app.call(rows_behind, key, row, ALL, limit=1)
    assert list(shown.rows) == list(found.rows)[:1]
    assert shown.more == (len(found.rows) > 1)
    return found.rows


def test_stock_turnover_and_cost_of_sales_are_what_the_moves_say(app: App, pantry: Pantry) -> None:
    take(app, pantry.main, pantry.flour, 10 * KG, 1_200)
    take(app, pantry.main, pantry.water, 24_000, 2_400)
    sell(app, [pantry.order(1, bread=2, water=1), pantry.order(2, bread=1)])
    report = app.call(run_report, "stock-turnover", ALL)
    found = values(report)
    assert found["Un"]["used"] == 72
    assert found["Un"]["bought"] == 1_200
    for row in found.values():
        assert row["closing"] == int(str(row["opening"])) + int(str(row["bought"])) - int(
            str(row["used"])
        ) - int(str(row["wasted"]))
    for name, row in found.items():
        moves = behind(app, "stock-turnover", name, Trail.MOVES)
        gained = int(str(row["closing"])) - int(str(row["opening"]))
        assert sum(one.amount_minor for one in moves) == gained
    assert sum(one.quantity for one in behind(app, "stock-turnover", "Un", Trail.MOVES)) == (
        10_000 - 600
    )
    closing = report.totals[4]
    assert closing == app.call(stock_value).total_minor
    (month,) = app.call(run_report, "cost-of-sales", ALL).rows
    assert month.values[1] == 172


def test_staff_cost_is_hours_times_pay(app: App) -> None:
    sell(app, [order(1, staff_name="Rauf")])
    one = a_query(lambda tx: tx.scalar(select(Employee.id)))
    person = app.call(one)
    app.call(set_pay, person, date(2026, 1, 1), 160_000, 160)
    begin, end = datetime(2026, 11, 2, 6, tzinfo=UTC), datetime(2026, 11, 2, 7, 30, tzinfo=UTC)
    app.call(enter_hours, person, begin, end, "forgotten")
    found = values(app.call(run_report, "staff-cost", ALL))
    assert (found["Rauf"]["hours"], found["Rauf"]["cost"], found["Rauf"]["hour"]) == (
        1_500, 1_500, 1_000,
    )  # fmt: skip
    (day,) = behind(app, "staff-cost", "Rauf", Trail.HOURS)
    assert (day.quantity, day.amount_minor) == (1_500, 1_500)


def test_cash_flow_is_what_the_accounts_gained(app: App) -> None:
    till = app.call(add_account, AccountForm("Kassa"), 5_000)
    bank = app.call(add_account, AccountForm("Bank"))
    day = date(2026, 11, 2)
    app.call(add_entry, NewEntry(till, SystemCategory.CASH_IN, day, 7_000))
    app.call(add_entry, NewEntry(till, SystemCategory.CASH_OUT, day, -1_500))
    app.call(transfer, till, bank, NewEntry(till, SystemCategory.TRANSFERS, day, 2_000))
    report = app.call(run_report, "cash-flow", ALL)
    assert report.totals == [7_000, 1_500, 5_500]
    for row in report.rows:
        entries = behind(app, "cash-flow", row.key, Trail.MONEY)
        assert sum(one.amount_minor for one in entries) == row.values[2]
    held = sum(one.balance_minor for one in app.call(list_accounts))
    assert held == 5_500 + 5_000


def test_loyalty_is_what_the_ledger_sums_to(shop: Shop) -> None:
    known = enter(shop.app, IncomingCustomer("C1", "Aynur"))
    shop.app.call(correct_balance, known["C1"], Account.BONUS, 900, "gift")
    shop.app.call(correct_balance, known["C1"], Account.BONUS, -400, "spent")
    found = values(shop.app.call(run_report, "loyalty", Period()))
    assert found["bonus"] == {
        "customers": 1, "movements": 2, "given": 900, "used": 400, "left": 500,
    }  # fmt: skip
    for row, one in found.items():
        lines = shop.app.call(rows_behind, "loyalty", row, Period()).rows
        assert sum(line.amount_minor for line in lines) == one["left"]
        assert len(lines) == one["movements"]
        assert {line.number for line in lines} == {"Aynur"}
    accountant = shop.as_role(Role.ACCOUNTANT)
    assert not accountant.actor.can(Permission.CUSTOMERS_READ)
    with pytest.raises(NotAllowedError):
        accountant.call(rows_behind, "loyalty", "bonus", Period())


def test_a_void_is_counted_as_one_with_its_reason(app: App, pantry: Pantry) -> None:
    sell(app, [pantry.order(1, bread=2)])
    (row,) = app.call(list_orders, OrderFilter()).rows
    app.call(void, row.id, "wrong table", disposal=Disposal.WASTE)
    (line,) = app.call(run_report, "refunds", ALL).rows
    assert line.values[:4] == (0, 0, 1, row.total_minor)
    found = values(app.call(run_report, "corrections", ALL))
    assert found["wrong table"] == {"corrections": 1, "amount": row.total_minor}
    (one,) = behind(app, "refunds", line.key, Trail.REFUNDS)
    assert (one.amount_minor, one.note, str(one.kind)) == (
        -row.total_minor, "wrong table", "Void receipt",
    )  # fmt: skip
    (one,) = behind(app, "corrections", "wrong table", Trail.CORRECTIONS)
    assert (one.order_id, one.amount_minor) == (row.id, row.total_minor)


def test_stock_is_exported_with_its_value_for_those_who_may_see_it(
    app: App, pantry: Pantry, tmp_path: Path
) -> None:
    take(app, pantry.main, pantry.flour, 10 * KG, 1_200)
    out = tmp_path / "stock.csv"
    app.call(exports.export_stock, out, Handover(FileFormat.CSV, "Nərgiz"))
    rows = list(csv.DictReader(io.StringIO(out.read_text("utf-8-sig"), newline="")))
    (flour,) = [row for row in rows if row["Name"] == "Un"]
    assert flour["Quantity"] == "10.000"
    assert "12.00" in flour.values()
    before, long_ago = tmp_path / "before.csv", datetime(2020, 1, 1, tzinfo=UTC)
    app.call(
        exports.export_stock, before, Handover(FileFormat.CSV, "x"), wanted=StockFilter(at=long_ago)
    )
    assert "10.000" not in before.read_text("utf-8-sig")
    made = app.call(
        exports.export_menu, tmp_path / "menu.csv",
        Handover(FileFormat.CSV, "x", columns=("price", "name")),
    )  # fmt: skip
    head, first = (tmp_path / "menu.csv").read_text("utf-8-sig").splitlines()[:2]
    assert head.startswith('"Price, ')
    assert head.endswith('",Name')
    assert made.rows
    assert first.count(",") == 1
    day = tmp_path / "day.csv"
    app.call(
        exports.export_stock, day, Handover(FileFormat.CSV, "x", columns=("quantity",)),
        wanted=StockFilter(day=20200101),
    )  # fmt: skip
    assert set(day.read_text("utf-8-sig").split()) <= {"Quantity", "0.000"}
