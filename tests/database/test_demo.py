"""The demonstration in a real store."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import func, select

from desktop_app.access.operations import verify_trail
from desktop_app.access.users import get_rights, list_users
from desktop_app.app import App
from desktop_app.backup.operations import list_targets, verify_backups
from desktop_app.customers.duplicates import list_apart, list_duplicates
from desktop_app.customers.operations import (
    find_customers,
    get_customer,
    list_birthdays,
    list_groups,
)
from desktop_app.customers.records import Account
from desktop_app.customers.tables import BalanceEntry, Consent, Customer
from desktop_app.db.base import Base, Holds
from desktop_app.db.operation import Kind, Operation
from desktop_app.db.transaction import Transaction
from desktop_app.demo.operations import LEADER, LEADERS, OWNER, PASSWORD, fill, fill_year
from desktop_app.demo.paying import BONUS_PERCENT
from desktop_app.demo.plates import PLATES
from desktop_app.demo.records import DemoReport
from desktop_app.demo.writing import KEPT_TWICE, RELATIVES
from desktop_app.exports.operations import list_exports
from desktop_app.exports.records import What
from desktop_app.finance.kinds import SystemCategory
from desktop_app.finance.operations import get_cash_flow, list_accounts
from desktop_app.kernel.access import Permission, Role
from desktop_app.kernel.clock import as_date
from desktop_app.kernel.errors import ConflictError, InvalidError, StoppedError
from desktop_app.kernel.job import Progress
from desktop_app.menu.photos import get_photo, list_thumbnails
from desktop_app.orders.tables import Order, OrderLine, SalesDayItem, SalesDayPayment, SalesHour
from desktop_app.reports.operations import newest_day, sales_by
from desktop_app.reports.records import Dimension, Period
from desktop_app.sales.gap_records import GapKind
from desktop_app.sales.gaps import find_gaps
from desktop_app.sales.shifts import list_shifts
from desktop_app.sheets.records import Protection
from desktop_app.sign_in import Reception
from desktop_app.staff.clock import list_clock, list_labour
from desktop_app.staff.operations import list_employees
from desktop_app.vault.cost import KdfCost
from tests.support.sold import by_size_on_receipts, sizes_on_receipts, sold_by_size, sold_sizes

UNTIL = datetime(2026, 11, 20, 15, 40, tzinfo=UTC)
ORDERS = 300
# What is about this run and not about the restaurant.
OTHER = {
    "audit_event",
    "audit_counts",
    "trail_session",
    "backup_target",
    "backup_run",
    "desk_session",
    "row_count",
    "venue",
}


def filled(folder: Path, *, seed: int = 1, backups: Path | None = None) -> DemoReport:
    reception = Reception(folder, keyring=False)
    return fill(
        reception, seed=seed, orders=ORDERS, until=UNTIL, backups=backups, cost=KdfCost.FLOOR
    )


def ask(app: App, body: Any) -> Any:
    return app.call(Operation("test.ask", Permission.ANYONE, Kind.QUERY, body))


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("demo")


@pytest.fixture(scope="module")
def report(place: Path) -> DemoReport:
    return filled(place / "store", backups=place / "usb")


@pytest.fixture(scope="module")
def demo(place: Path, report: DemoReport) -> Iterator[App]:
    assert report.orders == ORDERS
    with Reception(place / "store", keyring=False).sign_in(OWNER, PASSWORD) as app:
        yield app


def contents(tx: Transaction) -> dict[str, Sequence[Any]]:
    """Return every table without row numbers and other technical columns."""
    found: dict[str, Sequence[Any]] = {}
    for mapper in Base.registry.mappers:
        table = mapper.class_.__table__
        columns = [
            column
            for column in table.columns
            if column.info["holds"] is not Holds.TECHNICAL
            and not column.name.endswith("_id")
            and column.name not in ("anchor", "mark_key")  # the trail's, and row numbers
        ]
        if columns and table.name not in OTHER:
            found[table.name] = sorted(tx.rows(select(*columns)), key=repr)
    return found


def test_the_same_seed_fills_two_stores_alike_and_another_seed_differently(
    demo: App, tmp_path: Path
) -> None:
    first = ask(demo, contents)
    stores = []
    for seed in (1, 2):
        folder = tmp_path / str(seed)
        filled(folder, seed=seed)
        with Reception(folder, keyring=False).sign_in(OWNER, PASSWORD) as app:
            stores.append(ask(app, contents))
    assert {name for name, rows in first.items() if rows} >= {
        *("pos_order", "order_line", "payment", "customer", "customer_contact", "consent"),
        *("communication", "customer_tag", "balance_entry", "recipient", "salary", "employee"),
        *("product", "product_variant", "category", "sales_hour"),
        *("cash_shift", "cash_move", "z_report", "z_payment"),
        *("product_package", "supply_draft", "supply_draft_line"),
        *("clock_entry", "tip_share", "money_entry", "money_category", "employee_contact"),
    }
    assert first == stores[0]
    assert first != stores[1]


def test_the_report_says_what_is_in_the_store(demo: App, report: DemoReport) -> None:
    def count(tx: Transaction) -> list[int]:
        return [
            tx.scalar(select(func.count()).select_from(Order)),
            tx.scalar(select(func.count()).select_from(Customer)),
            tx.scalar(select(func.sum(SalesHour.total_minor))),
        ]

    assert ask(demo, count) == [report.orders, report.customers, report.revenue_minor]
    assert len(demo.call(list_employees)) == report.employees == 14
    assert 20261115 < demo.call(newest_day) <= report.last_day <= 20261120
    assert 20251121 <= report.first_day < 20251128
    assert report.recovery_code_text not in repr(report)


def test_the_sums_equal_what_the_orders_add_up_to(demo: App) -> None:
    def sums(tx: Transaction) -> None:
        counted = Order.status.in_(("closed", "refunded"))
        revenue, items = tx.rows(
            select(func.sum(Order.total_minor), func.sum(Order.items)).where(counted)
        )[0]
        assert tx.scalar(select(func.sum(SalesHour.total_minor))) == revenue
        assert tx.scalar(select(func.sum(SalesHour.items))) == items
        assert tx.scalar(select(func.sum(SalesDayItem.total_minor))) == revenue
        assert tx.scalar(select(func.sum(SalesDayPayment.total_minor))) == revenue
        lines = select(func.sum(OrderLine.total_minor)).join(Order, Order.id == OrderLine.order_id)
        assert tx.scalar(lines.where(counted)) == revenue
        assert sold_sizes(tx) == sizes_on_receipts(tx)
        assert sold_by_size(tx) == by_size_on_receipts(tx)

    ask(demo, sums)


def test_some_dishes_have_a_photo(demo: App) -> None:
    found = demo.call(list_thumbnails)
    assert len(found) == len(PLATES)
    assert all(demo.call(get_photo, product_id) for product_id in found)


def test_every_balance_is_the_sum_of_its_entries(demo: App) -> None:
    def balances(tx: Transaction) -> None:
        kept = {Account.BALANCE: Customer.balance_minor, Account.BONUS: Customer.bonus_minor}
        for account, column in kept.items():
            stored = tx.pairs(select(Customer.id, column).where(column != 0))
            entries = tx.pairs(
                select(BalanceEntry.customer_id, func.sum(BalanceEntry.amount_minor))
                .where(BalanceEntry.account == account)
                .group_by(BalanceEntry.customer_id)
            )
            assert stored
            assert stored == {number: amount for number, amount in entries.items() if amount}

    ask(demo, balances)


def test_files_were_handed_out_and_one_is_overdue(demo: App) -> None:
    lines = demo.call(list_exports)
    assert {line.what for line in lines} >= {What.CUSTOMERS, What.PAY, What.REPORT, What.AUDIT}
    assert all(line.protection is not Protection.NONE for line in lines if line.personal)
    now = UNTIL
    late = [one for one in lines if one.destroyed_at is None and one.expires_at < now]
    assert len(late) == 1
    assert all(one.at <= now for one in lines)


def test_some_guests_are_kept_twice_and_found(demo: App) -> None:
    found = demo.call(list_duplicates)
    assert len([one for one in found if one.second.reference.startswith("T")]) == KEPT_TWICE
    assert len(found) <= KEPT_TWICE + 3  # about a dozen: a list that somebody works through
    assert len({one.why[0] for one in found}) >= 3
    apart = demo.call(list_apart)
    assert len(apart) == RELATIVES
    loyal = next(one for one in demo.call(list_groups) if one.earns_from)
    assert loyal.bonus_bp == 100 * BONUS_PERCENT
    assert {one.discount_bp for one in demo.call(list_groups)} == {0, 500, 700, 1000}
    assert demo.call(list_birthdays)


def test_nobody_under_18_has_a_marketing_consent(demo: App) -> None:
    def minors(tx: Transaction) -> tuple[int, int]:
        young = Customer.birth_date > as_date(20081120)
        all_of_them = select(func.count()).select_from(Customer).where(young)
        with_consent = (
            select(func.count())
            .select_from(Consent)
            .join(Customer, Customer.id == Consent.customer_id)
            .where(young, Consent.purpose == "marketing")
        )
        return tx.scalar(all_of_them), tx.scalar(with_consent)

    found, with_consent = ask(demo, minors)
    assert found >= 5
    assert with_consent == 0


def test_a_regular_is_found_by_name_and_has_everything_on_the_card(demo: App) -> None:
    cards = [
        demo.call(get_customer, row.id) for row in demo.call(find_customers, "", limit=600).rows
    ]
    full = [
        card
        for card in cards
        if card.contacts and card.consents and card.communications and card.balance and card.tags
    ]
    assert full
    assert full[0].row.name in {
        row.name for row in demo.call(find_customers, full[0].row.name).rows
    }
    assert all(card.created_at < UNTIL for card in cards)


def test_manager_and_staff_can_sign_in_and_the_trail_is_whole(place: Path, demo: App) -> None:
    for name, role in (("aysel", Role.MANAGER), ("elvin", Role.STAFF)):
        with Reception(place / "store", keyring=False).sign_in(name, PASSWORD) as app:
            assert app.actor.role == role
    assert demo.call(verify_trail).ok


def test_the_first_backup_is_made_and_sound(demo: App) -> None:
    (target,) = demo.call(list_targets)
    assert target.name == "USB"
    assert target.last_run_ok
    found = demo.call(verify_backups, full=True)
    assert found.snapshots == 1
    assert not found.problems


def test_a_folder_with_a_store_is_refused_and_stays_as_it_was(place: Path, demo: App) -> None:
    before = sorted((place / "store").rglob("*"))
    with pytest.raises(ConflictError):
        filled(place / "store")
    assert sorted((place / "store").rglob("*")) == before
    with pytest.raises(ConflictError):
        demo.call(fill_year, 1, ORDERS, UNTIL)


@pytest.mark.parametrize("orders", [0, -1, 1_000_001])
def test_too_few_or_too_many_orders_are_refused(tmp_path: Path, orders: int) -> None:
    with pytest.raises(InvalidError):
        fill(Reception(tmp_path / "store", keyring=False), orders=orders, cost=KdfCost.FLOOR)
    assert not list(tmp_path.iterdir())


def test_a_filling_that_is_stopped_leaves_only_what_lay_there_before(tmp_path: Path) -> None:
    class Impatient(Progress):
        def advance(self, steps: int = 1) -> None:
            self.cancel()
            super().advance(steps)

    for name, others in (("fresh", []), ("used", ["window.ini"])):
        folder = tmp_path / name
        for other in others:
            folder.mkdir()
            (folder / other).write_text("mine")
        reception = Reception(folder, keyring=False)
        with pytest.raises(StoppedError):
            fill(reception, orders=ORDERS, until=UNTIL, progress=Impatient(), cost=KdfCost.FLOOR)
        assert not reception.has_store()
        assert folder.exists() == bool(others)
        assert [path.name for path in folder.glob("*")] == others


def test_there_are_people_of_every_role_and_of_one_of_the_restaurants_own(demo: App) -> None:
    people = {user.name: user for user in demo.call(list_users)}
    assert {user.role for user in people.values()} == {*Role, LEADERS.id}
    assert people[LEADER].venues is not None
    assert demo.call(get_rights, LEADER).limits == LEADERS.limits


def test_a_year_was_worked_and_paid_for(demo: App) -> None:
    first, last = date(2025, 11, 20), date(2026, 11, 20)
    clocked = demo.call(list_clock, first, last)
    spells: dict[int, list[Any]] = {}
    for row in clocked:
        if row.counts:
            spells.setdefault(row.employee_id, []).append(row.spell)
    for some in spells.values():
        ordered = sorted(some, key=lambda one: one.started_at)
        assert all(a.ended_at <= b.started_at for a, b in pairwise(ordered))
    assert len(spells) == 14
    assert any(not row.counts for row in clocked)
    cost = sum(row.cost_minor or 0 for row in demo.call(list_labour, first, last))
    flow = demo.call(get_cash_flow, first, last)
    held = demo.call(list_accounts)
    assert flow.closing == sum(row.balance_minor for row in held)
    wages = next(row for row in flow.expense if row.category_id == SystemCategory.WAGES)
    assert 0.7 < cost / -wages.total < 1.4


def test_the_shifts_of_three_months_add_up_to_their_days(demo: App) -> None:
    shifts = demo.call(list_shifts)
    assert [row.number for row in shifts] == list(range(len(shifts), 0, -1))
    days = [row.business_date for row in shifts]
    report = demo.call(sales_by, Dimension.DAY, Period(days[-1], days[0]))
    by_day = {row.key: row.revenue_minor for row in report.rows}
    loose = {
        gap.day: gap.amount_minor
        for gap in demo.call(find_gaps, days[-1], days[0])
        if gap.kind is GapKind.LOOSE  # a shift was closed while guests were still paying
    }
    assert len(loose) <= 1
    for row in shifts:
        if row.closed_at is not None:
            day = as_date(row.business_date).isoformat()
            assert row.total_minor == by_day[day] - loose.get(row.business_date, 0)
    kinds = {gap.kind for gap in demo.call(find_gaps, days[-1], days[0])}
    assert GapKind.LATE not in kinds
    assert GapKind.REMOVED not in kinds
    assert GapKind.CLOCK not in {
        gap.kind for gap in demo.call(find_gaps, days[-1], days[0]) if "trail:" not in gap.key
    }
