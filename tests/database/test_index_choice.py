"""What is asked of some days is found by the day, and never by reading every receipt of a venue."""

from __future__ import annotations

import random
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import event, select

from desktop_app.app import App
from desktop_app.db.choosing import has_value
from desktop_app.kernel.access import Role
from desktop_app.orders.operations import count_orders, list_orders, list_sale_types
from desktop_app.orders.records import OrderFilter, OrderSort, OrderStatus
from desktop_app.orders.tables import Order
from desktop_app.sales.gaps import find_gaps, recent_gaps
from desktop_app.sales.shifts import close_shift, open_shift, x_report
from desktop_app.sales.tills import list_tills
from desktop_app.venue.operations import get_venue, open_venue
from desktop_app.venue.records import NewVenue
from tests.database.shop import MORNING, Shop, a_query, order, sell

ASKED: dict[str, Any] = {
    "gaps": lambda app: app.call(find_gaps, 20261101, 20261130),
    "recent gaps": lambda app: app.call(recent_gaps),
    "x report": lambda app: app.call(x_report),
    "tills": lambda app: app.call(list_tills, seen=True),
    "newest": lambda app: app.call(list_orders, OrderFilter()),
    "largest": lambda app: app.call(list_orders, OrderFilter(sort=OrderSort.LARGEST)),
    "by number": lambda app: app.call(list_orders, OrderFilter(number="12")),
    "void": lambda app: app.call(list_orders, OrderFilter(status=OrderStatus.VOID)),
    "a week": lambda app: app.call(
        count_orders, OrderFilter(first_day=20261101, last_day=20261107)
    ),
    "sale types": lambda app: app.call(list_sale_types),
}
BY_VENUE = "ix_pos_order_venue_id_source_reference (venue_id=?)"


@contextmanager
def plans(app: App) -> Iterator[list[str]]:
    """Gather what the files say of how each statement is answered."""
    found: list[str] = []

    def explain(_conn: Any, cursor: Any, statement: str, values: Any, *_more: Any) -> None:
        if "pos_order" in statement and statement.lstrip().startswith("SELECT"):
            rows = cursor.connection.execute(f"EXPLAIN QUERY PLAN {statement}", values)
            found.extend(str(row[3]) for row in rows)

    event.listen(app._store.engine, "before_cursor_execute", explain)
    try:
        yield found
    finally:
        event.remove(app._store.engine, "before_cursor_execute", explain)


def some_days(shop: Shop, seed: int) -> None:
    """Sell on some days, with holes, clocks set back, and a shift that missed some."""
    chance = random.Random(seed)  # noqa: S311 - not for secrets
    number, orders = 100, []
    for day in range(5):
        for _receipt in range(chance.randint(3, 12)):
            number += chance.choice((1, 1, 1, 3))
            at = MORNING + timedelta(days=day, minutes=chance.randint(0, 600))
            orders.append(
                order(
                    number, number=str(number), opened_at=at, closed_at=at,
                    terminal=chance.choice(("", "Kassa 2")),
                    status=chance.choice((OrderStatus.CLOSED, OrderStatus.VOID)),
                )
            )  # fmt: skip
    sell(shop.app, orders)


@pytest.mark.parametrize("limited", [False, True])
def test_receipts_are_never_looked_for_by_the_venue_alone(files: Shop, limited: bool) -> None:
    some_days(files, 1)
    files.app.call(open_shift, 1000)
    app = files.app
    if limited:
        app = files.newcomer(Role.MANAGER, venues=(app.call(get_venue).id,))
    for name, asked in ASKED.items():
        with plans(app) as found:
            asked(app)
        assert found, name
        assert [one for one in found if BY_VENUE in one] == [], name


def test_what_is_tested_is_what_is_equal(shop: Shop) -> None:
    shop.app.call(open_venue, NewVenue("Second", currency="USD"))
    some_days(shop, 2)
    venue = shop.app.call(get_venue).id
    for one in (venue, venue + 1, 0):
        plain, other = (
            select(Order.id).where(which, Order.business_date >= 20261103).order_by(Order.id)
            for which in (Order.venue_id == one, has_value(Order.venue_id, one))
        )
        numbers = shop.app.call(a_query(lambda tx, wanted=plain: tx.rows(wanted)))
        assert shop.app.call(a_query(lambda tx, wanted=other: tx.rows(wanted))) == numbers
        assert bool(numbers) is (one == venue)


@pytest.mark.parametrize("seed", range(3))
def test_somebody_limited_to_the_only_venue_finds_what_the_owner_finds(
    files: Shop, seed: int
) -> None:
    files.app.call(open_shift, 1000)
    files.clock.at += timedelta(hours=12)
    files.app.call(close_shift, 900)
    some_days(files, seed)
    limited = files.newcomer(Role.MANAGER, venues=(files.app.call(get_venue).id,))
    findings = files.app.call(find_gaps, 20261101, 20261130)
    assert len(findings) > 3
    assert limited.call(find_gaps, 20261101, 20261130) == findings
