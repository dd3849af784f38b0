"""Lists: pages put together are the whole list, for every sort and filter."""

from __future__ import annotations

from datetime import timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from desktop_app.app import App
from desktop_app.kernel.errors import NotFoundError
from desktop_app.menu.operations import list_products
from desktop_app.orders.operations import (
    count_orders,
    find_anchors,
    get_order,
    list_orders,
    orders_from,
)
from desktop_app.orders.records import (
    IncomingLine,
    OrderFilter,
    OrderRow,
    OrderSort,
    OrderStatus,
    PaymentMethod,
)
from desktop_app.staff.operations import list_employees
from tests.database.shop import MORNING, Shop, order, sell

TYPES = ("Zal", "Götürmə", "")


def _fill(app: App) -> list[OrderRow]:
    """Sell 150 orders with many equal keys; return them as the list shows them."""
    sell(
        app,
        [
            order(
                n,
                IncomingLine("Plov", 1000, (n % 4) * 100),
                opened_at=MORNING + timedelta(hours=7 * (n % 20)),
                number=f"{n % 30:03d}",
                status=list(OrderStatus)[n % 4],
                sale_type=TYPES[n % 3],
                staff_name="Rauf" if n % 2 else "",
                customer_ref=f"C{n % 5}" if n % 3 else "",
            )
            for n in range(150)
        ],
    )
    return list(app.call(list_orders, OrderFilter(), limit=1000).rows)


def _key(row: OrderRow, sort: OrderSort) -> tuple[object, ...]:
    if sort in (OrderSort.NEWEST, OrderSort.OLDEST):
        return (row.business_date, row.opened_at, row.id)
    return (row.total_minor, row.id)


def _expected(rows: list[OrderRow], wanted: OrderFilter) -> list[OrderRow]:
    kept = [
        row
        for row in rows
        if (wanted.first_day is None or row.business_date >= wanted.first_day)
        and (wanted.last_day is None or row.business_date <= wanted.last_day)
        and (wanted.status is None or row.status == wanted.status)
        and (wanted.sale_type is None or row.sale_type == wanted.sale_type)
        and (wanted.customer_id is None or row.customer_id == wanted.customer_id)
        and row.number.startswith(wanted.number)
    ]
    down = wanted.sort in (OrderSort.NEWEST, OrderSort.LARGEST)
    return sorted(kept, key=lambda row: _key(row, wanted.sort), reverse=down)


def _pages(app: App, wanted: OrderFilter, limit: int) -> list[OrderRow]:
    rows: list[OrderRow] = []
    after = None
    while True:
        page = app.call(list_orders, wanted, after=after, limit=limit)
        rows += page.rows
        assert len(page.rows) <= limit
        if page.next is None:
            return rows
        assert len(page.rows) == limit
        after = page.next


def test_pages_put_together_are_the_whole_list(shop: Shop) -> None:
    app = shop.app
    everything = _fill(app)
    assert len(everything) == 150
    days = sorted({row.business_date for row in everything})
    people = sorted({row.customer_id for row in everything if row.customer_id})
    filters = st.builds(
        OrderFilter,
        first_day=st.none() | st.sampled_from(days),
        last_day=st.none() | st.sampled_from(days),
        status=st.none() | st.sampled_from(OrderStatus),
        sale_type=st.none() | st.sampled_from(TYPES),
        customer_id=st.none() | st.sampled_from(people),
        number=st.sampled_from(["", "0", "01", "029", "x"]),
        sort=st.sampled_from(OrderSort),
    )

    @settings(max_examples=40, suppress_health_check=list(HealthCheck))
    @given(filters, st.sampled_from([1, 7, 50, 200]))
    def check(wanted: OrderFilter, limit: int) -> None:
        whole = _expected(everything, wanted)
        assert app.call(count_orders, wanted) == len(whole)
        if limit > 1 or len(whole) < 20:
            assert _pages(app, wanted, limit) == whole

    check()


@pytest.mark.parametrize("sort", OrderSort)
def test_from_an_anchor_any_row_is_a_short_step_away(shop: Shop, sort: OrderSort) -> None:
    everything = _fill(shop.app)
    wanted = OrderFilter(sort=sort, sale_type="Zal")
    whole = _expected(everything, wanted)
    anchors = shop.app.call(find_anchors, wanted, every=8)
    assert len(anchors) == len(whole) // 8
    for position in range(0, len(whole), 5):
        anchor = anchors[position // 8 - 1] if position >= 8 else None
        rows = shop.app.call(orders_from, wanted, anchor, position % 8, 6)
        assert list(rows) == whole[position : position + 6], position


def test_an_order_that_comes_in_later_does_not_move_the_next_page(shop: Shop) -> None:
    everything = _expected(_fill(shop.app), OrderFilter())
    first = shop.app.call(list_orders, OrderFilter(), limit=40)
    sell(shop.app, [order(999, opened_at=MORNING + timedelta(days=90))])
    second = shop.app.call(list_orders, OrderFilter(), after=first.next, limit=40)
    assert list(second.rows) == everything[40:80]


def test_counting_stops_at_its_cap(shop: Shop) -> None:
    _fill(shop.app)
    assert shop.app.call(count_orders, OrderFilter(), cap=10) == 10
    assert shop.app.call(count_orders, OrderFilter(), cap=None) == 150


def test_an_order_is_shown_as_it_came_in(shop: Shop) -> None:
    came = order(
        5,
        IncomingLine("Plov", 1500, 900, category="İsti", variant="L", unit_price_minor=600,
                     gross_minor=1000, discount_minor=100, tax_minor=50, modifiers="duzsuz"),
        IncomingLine("Çay", 1000, 100),
        table="7", guests=2, note="pəncərə yanı", staff_name="Rauf", terminal="T1",
        sale_type="Zal", closed_at=MORNING + timedelta(hours=1), service_minor=30,
    )  # fmt: skip
    sell(shop.app, [came])
    row = shop.app.call(list_orders, OrderFilter()).rows[0]
    card = shop.app.call(get_order, row.id)
    assert card.row == row
    assert (row.number, row.table, row.staff_name, row.total_minor) == ("R5", "7", "Rauf", 1000)
    assert (row.items, row.payment, row.opened_at) == (2500, PaymentMethod.CASH, came.opened_at)
    assert (card.guests, card.note, card.terminal, card.service_minor) == (
        2, "pəncərə yanı", "T1", 30,
    )  # fmt: skip
    assert (card.gross_minor, card.discount_minor, card.tax_minor) == (1000, 100, 50)
    assert card.closed_at == came.closed_at
    assert [(line.name, line.quantity, line.total_minor) for line in card.lines] == [
        ("Plov", 1500, 900), ("Çay", 1000, 100),
    ]  # fmt: skip
    assert (card.lines[0].modifiers, card.lines[0].category) == ("duzsuz", "İsti")
    assert [(p.method, p.amount_minor) for p in card.payments] == [(PaymentMethod.CASH, 1000)]
    with pytest.raises(NotFoundError):
        shop.app.call(get_order, 1)


def test_the_menu_and_the_staff_grow_with_what_was_sold(shop: Shop) -> None:
    sell(
        shop.app,
        [
            order(1, IncomingLine("Plov", 1000, 900, category="İsti", unit_price_minor=900),
                  staff_name="Rauf"),
            order(2, IncomingLine("Plov", 1000, 1200, category="İsti", variant="L",
                                  unit_price_minor=1200), staff_name="Lalə"),
            order(3, IncomingLine("Çay", 1000, 100, unit_price_minor=100)),
        ],
    )  # fmt: skip
    menu = {row.name: row for row in shop.app.call(list_products)}
    assert {name: row.category for name, row in menu.items()} == {"Plov": "İsti", "Çay": ""}
    assert [(v.name, v.price_minor) for v in menu["Plov"].variants] == [("", 900), ("L", 1200)]
    assert [row.name for row in shop.app.call(list_employees)] == ["Lalə", "Rauf"]
    shop.check_counts()


def test_business_days_and_hours_are_the_venues(shop: Shop) -> None:
    # 01:30 in Baku, an hour before and after the day's opening at 06:00
    late, early = MORNING.replace(hour=21, minute=30), MORNING.replace(hour=2, minute=30)
    sell(shop.app, [order(1, opened_at=late), order(2, opened_at=early)])
    found = {
        row.number: row.business_date for row in shop.app.call(list_orders, OrderFilter()).rows
    }
    assert found == {"R1": 20261102, "R2": 20261102}
    before = MORNING.replace(hour=1, minute=59)
    sell(shop.app, [order(3, opened_at=before)])
    rows = shop.app.call(list_orders, OrderFilter(last_day=20261101)).rows
    assert [row.number for row in rows] == ["R3"]
