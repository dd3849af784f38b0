"""Somebody who may see one venue sees a store that has no other."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
import sqlcipher3.dbapi2
from sqlalchemy import func, select

from desktop_app.app import App
from desktop_app.db.base import Base
from desktop_app.db.operation import REGISTRY, Kind
from desktop_app.db.venue_limits import VENUE_ID, limited_tables
from desktop_app.exchange.tables import ImportedFile, ImportRun
from desktop_app.finance.kinds import AccountKind, SystemCategory
from desktop_app.finance.posting import post
from desktop_app.finance.records import Entry
from desktop_app.finance.tables import MoneyAccount
from desktop_app.kernel.access import Role
from desktop_app.kernel.errors import NotAllowedError, NotFoundError
from desktop_app.menu.catalogue import Catalogue
from desktop_app.menu.editing import add_product
from desktop_app.menu.groups import add_station, save_choices
from desktop_app.menu.kinds import ProductKind
from desktop_app.menu.operations import get_product, list_products, takes_of
from desktop_app.menu.photos import write_photo
from desktop_app.menu.price_lists import add_price_list
from desktop_app.menu.records import ChoiceForm, ProductForm
from desktop_app.orders.operations import (
    count_orders,
    find_anchors,
    get_order,
    list_orders,
)
from desktop_app.orders.records import OrderFilter
from desktop_app.orders.storing import Batch, store_orders
from desktop_app.orders.tables import Order, OrderLine, SalesHour
from desktop_app.reports.catalogue import REPORTS
from desktop_app.reports.operations import newest_day, overview
from desktop_app.reports.records import Dimension, Period
from desktop_app.sales.operations import corrections_of
from desktop_app.sales.shifts import close_shift, find_z, list_shifts, open_shift, shift_report
from desktop_app.staff.clock import list_labour
from desktop_app.staff.operations import get_employee, list_employees, list_pay, set_pay
from desktop_app.staff.tables import ClockEntry, Employee, StaffPosition
from desktop_app.staff.tips import add_tip, list_tips
from desktop_app.stock.counting import hand_in_count
from desktop_app.stock.places import save_package, save_storage
from desktop_app.stock.records import Amount, StorageForm, SupplyForm, SupplyLine
from desktop_app.stock.supplies import receive_supply, save_draft
from desktop_app.venue.operations import get_today, get_venue, list_venues, open_venue
from desktop_app.venue.records import NewVenue, VenueCard
from tests.database.shop import Shop, a_query, command, order

FIRST, SECOND = "Qız Qalası", "Canary House"
PERIOD = Period(20261101, 20261130)


def _venues(shop: Shop) -> dict[str, VenueCard]:
    return {venue.name: venue for venue in shop.app.call(list_venues)}


def _sell_at(app: App, venue: VenueCard, *places: int, canary: str = "") -> None:
    def body(tx: Any) -> None:
        run = tx.add(_run(tx, venue.id))
        tx.add(ImportedFile(import_id=run.id, file_no=1, name=f"{canary}.csv", size=1, sha256="0"))
        batch = Batch(venue, "test", run.id, Catalogue.read(tx, venue.id))
        store_orders(tx, batch, [_order(place, canary) for place in places])
        _clock_at(tx, venue.id, canary)
        _post_at(tx, venue.id, f"{canary} {places[0]}")

    app.call(command(body))


def _clock_at(tx: Any, venue_id: int, canary: str) -> None:
    name = f"{canary} Rəşad"
    who = select(Employee.id).where(Employee.venue_id == venue_id, Employee.name == name)
    start = tx.at - timedelta(days=20, hours=tx.scalar(select(func.count(ClockEntry.id))) * 2 + 2)
    known = select(func.count()).where(StaffPosition.venue_id == venue_id)
    if not tx.scalar(known):
        tx.add(StaffPosition(id=tx.ids.one(), venue_id=venue_id, name=f"{canary} ofisiant"))
    tx.add(
        ClockEntry(
            id=tx.ids.one(), venue_id=venue_id, employee_id=tx.scalar(who), started_at=start,
            ended_at=start + timedelta(minutes=60 + len(canary)), entered_at=tx.at,
        )
    )  # fmt: skip


def _post_at(tx: Any, venue_id: int, canary: str) -> None:
    account = MoneyAccount(
        id=tx.ids.one(), venue_id=venue_id, name=f"{canary} till", kind=AccountKind.CASH
    )
    amount = 100 + len(canary)
    entry = Entry(
        venue_id, tx.add(account).id, SystemCategory.SALES, date(2026, 11, 2), amount, canary
    )
    post(tx, entry)


def _equip(app: App, venue: VenueCard, canary: str) -> None:
    """Add what only the menu's own screens add."""
    app.work_at(venue.id)
    app.call(add_station, f"{canary} kitchen")
    app.call(add_price_list, f"{canary} terrace")
    app.call(save_choices, None, f"{canary} sauce", (0, 1), [ChoiceForm(f"{canary} garlic")])
    app.call(open_shift, 5000, f"{canary} till")
    _stock(app, canary)
    app.work_at(None)


def _stock(app: App, canary: str) -> None:
    """Add a storage with a supply, one not received yet, a package and a stock-take."""
    low = ProductForm(f"{canary} water", ProductKind.GOODS, low_stock=100_000)
    water = app.call(add_product, low)
    photo = b"\xff\xd8\xff" + canary.encode()
    app.call(command(lambda tx: write_photo(tx, water, photo, photo)))
    storage = app.call(save_storage, None, StorageForm(f"{canary} cellar"))
    form = SupplyForm(storage, [SupplyLine(water, 1000 * len(canary), 100)], invoice=canary)
    app.call(receive_supply, form)
    app.call(save_draft, None, form)
    app.call(save_package, water, f"{canary} box", 12_000)
    app.call(hand_in_count, storage, [Amount(water, 1000)])


def _order(place: int, canary: str) -> Any:
    made = order(place, staff_name=f"{canary} Rəşad", sale_type=f"{canary} hall")
    lines = tuple(replace(line, name=f"{canary} {line.name}") for line in made.lines)
    return made._replace(reference=f"{canary}R{place}", lines=lines)


def _run(tx: Any, venue_id: int) -> ImportRun:
    return ImportRun(
        id=tx.ids.one(), venue_id=venue_id, at=tx.at, actor="Aysel", source="test", orders_added=1,
        lines_added=1, customers_added=0, products_added=1, already_known=0, rejected=0,
        revenue_minor=1, finished=True,
    )  # fmt: skip


def _limited(shop: Shop, role: Role, *names: str) -> App:
    """Sign somebody in who may see some venues only, with an account of their own."""
    venues = tuple(_venues(shop)[name].id for name in names)
    return shop.newcomer(role, venues=venues)


def _two(shop: Shop) -> None:
    shop.app.call(open_venue, NewVenue(SECOND, currency="USD"))
    _sell_at(shop.app, _venues(shop)[FIRST], 1, 2, 130, canary="own")
    _sell_at(shop.app, _venues(shop)[SECOND], 1, 7, 9, canary="canary")
    for name, canary in ((FIRST, "own"), (SECOND, "canary")):
        _equip(shop.app, _venues(shop)[name], canary)


QUERIES: dict[str, tuple[tuple[Any, ...], ...]] = {
    "venue.get_venue": ((),),
    "venue.get_today": ((),),
    "venue.list_venues": ((),),
    "menu.list_products": ((),),
    "menu.list_categories": ((),),
    "menu.list_ingredients": ((),),
    "menu.list_stations": ((),),
    "menu.list_price_lists": ((),),
    "menu.list_choices": ((),),
    "menu.get_sale_menu": ((),),
    "menu.list_thumbnails": ((),),
    "menu.show_price_lists": ((),),
    "menu.find_products": (("Çay",),),
    "menu.get_workbench": ((),),
    "sales.count_loyalty_due": ((),),
    "sales.get_counter": ((),),
    "sales.list_shifts": ((),),
    "sales.list_tills": ((),),
    "sales.x_report": ((),),
    "sales.find_gaps": ((20261101, 20261130),),
    "sales.recent_gaps": ((),),
    "staff.list_employees": ((),),
    "staff.list_clock": ((date(2000, 1, 1), date(2100, 1, 1)),),
    "staff.list_hours": ((date(2000, 1, 1), date(2100, 1, 1)),),
    "staff.list_positions": ((),),
    "finance.list_accounts": ((),),
    "finance.list_entries": ((),),
    "finance.count_entries": ((),),
    "finance.get_cash_flow": ((date(2026, 11, 1), date(2026, 11, 30)),),
    "stock.list_storages": ((),),
    "stock.list_station_storages": ((),),
    "stock.list_stock": ((),),
    "stock.list_to_buy": ((),),
    "stock.stock_value": ((),),
    "stock.list_moves": ((),),
    "stock.list_packages": ((),),
    "stock.list_drafts": ((),),
    "stock.list_papers": ((),),
    "stock.count_papers": ((),),
    "stock.count_places": ((),),
    "stock.list_counts": ((),),
    "exchange.list_imports": ((),),
    "orders.list_orders": ((OrderFilter(),), (OrderFilter(sale_type="canary hall"),)),
    "orders.count_orders": ((OrderFilter(),), (OrderFilter(number="canary"),)),
    "orders.orders_from": ((OrderFilter(), None, 0, 50),),
    "orders.list_sale_types": ((),),
    "orders.customer_sales": ((1,),),
    "reports.newest_day": ((),),
    "reports.overview": ((PERIOD, PERIOD),),
    "reports.sales_by": tuple((dimension, PERIOD) for dimension in Dimension),
    "reports.run_report": tuple(
        (key, PERIOD, PERIOD) for key in REPORTS if key.startswith("sales-")
    ),
    "reports.rows_behind": (("sales-sale-type", "canary hall", PERIOD),),
}
ONE_ROW = {
    *(
        "orders.get_order",
        "sales.corrections_of",
        "menu.get_product",
        "menu.takes_of",
        "menu.price_for",
        "menu.preview_prices",
        "menu.get_photo",
    ),
    *("stock.show_paper", "stock.show_variance", "sales.shift_report", "sales.find_z"),
    *("sales.quote_sale", "sales.quote_refund"),
}
"""They are asked for by number; tests of their own hold that another venue's is not found."""
STORE_WIDE = {
    "staff.get_employee": "one person, by number; a test of its own",
    "staff.list_labour": "a test of its own, as of list_pay",
    "staff.list_tips": "a test of its own, as of list_pay",
    "staff.list_pay": "a test of its own: managers may not see it at all",
    "exchange.list_readers": "says what the program can read",
    "finance.list_money_categories": "one tree of categories for all venues",
    "stock.list_suppliers": "suppliers serve every venue; what was bought is of those seen",
    "sales.my_draft": "one's own, kept by the venue worked in; a test of its own",
    "reports.list_reports": "says what can be asked",
    "venue.get_settings": "settings are the store's",
}
"""The trail, reviews, sessions, backups, customers and requests belong to the whole store."""


def test_every_query_shows_somebody_limited_what_a_store_of_that_venue_alone_would_show(
    new_shop: Any,
) -> None:
    alone, both = new_shop(), new_shop()
    _sell_at(alone.app, _venues(alone)[FIRST], 1, 2, 130, canary="own")
    _two(both)
    _equip(alone.app, _venues(alone)[FIRST], "own")
    limited = _limited(both, Role.MANAGER, FIRST)
    for name, calls in QUERIES.items():
        for args in calls:
            expected = alone.app.call(REGISTRY[name], *args)
            found = limited.call(REGISTRY[name], *args)
            assert _plain(found) == _plain(expected), (name, args)
            assert "canary" not in repr(found).lower()
            assert (
                "canary" in repr(both.app.call(REGISTRY[name], *args)).lower()
                or (_plain(both.app.call(REGISTRY[name], *args)) != _plain(expected))
                or name
                in (
                    "orders.customer_sales",
                    "venue.get_today",
                    "venue.get_venue",
                    "reports.newest_day",
                    "sales.count_loyalty_due",  # none waits at either
                    "sales.list_tills",  # of the venue that is worked in, and so is the next
                    "sales.x_report",
                    "sales.find_gaps",
                    "sales.recent_gaps",
                )
            ), name
    assert len(limited.call(find_anchors, OrderFilter(), every=1)) == 3


def _plain(found: Any) -> str:
    """Return what was found without the numbers of rows, which differ from store to store."""
    text = repr(found)
    return re.sub(
        r"\b(id|next|anchor|import_id|employee_id|account_id|venue_id)=[^,)]*[,)]|\d{12,}", "", text
    )


def test_every_query_about_a_venue_is_held_against_a_store_of_that_venue_alone() -> None:
    slices = {"reports"} | {
        mapper.class_.__module__.split(".")[1]
        for mapper in Base.registry.mappers
        if mapper.class_.__tablename__ in limited_tables()
    }
    queries = {
        name
        for name, op in REGISTRY.items()
        if op.kind is Kind.QUERY and name.split(".")[0] in slices and name not in ONE_ROW
    }
    assert queries - set(QUERIES) - set(STORE_WIDE) == set()


def test_an_order_of_another_venue_is_not_there(shop: Shop) -> None:
    _two(shop)
    limited = _limited(shop, Role.STAFF, FIRST)
    rows = shop.rows(Order)
    second = _venues(shop)[SECOND].id
    for row in rows:
        if row["venue_id"] == second:
            for asked in (get_order, corrections_of):
                with pytest.raises(NotFoundError):
                    limited.call(asked, row["id"])
        else:
            assert limited.call(get_order, row["id"]).lines


def test_a_product_of_another_venue_is_not_there(shop: Shop) -> None:
    _two(shop)
    limited = _limited(shop, Role.STAFF, FIRST)
    for row in shop.app.call(list_products):
        if row.name.startswith("canary"):
            for asked in (get_product, takes_of):
                with pytest.raises(NotFoundError):
                    limited.call(asked, row.id)
        else:
            assert limited.call(get_product, row.id).form.name == row.name


def test_a_shift_of_another_venue_is_not_there(shop: Shop) -> None:
    _two(shop)
    limited = _limited(shop, Role.MANAGER, FIRST)
    shop.app.work_at(_venues(shop)[SECOND].id)
    (other,) = shop.app.call(list_shifts)
    with pytest.raises(NotFoundError):
        limited.call(shift_report, other.id)
    shop.app.call(close_shift, 5000)
    with pytest.raises(NotFoundError):
        limited.call(find_z, 1)


def test_children_are_reached_through_their_parent_only(shop: Shop) -> None:
    _two(shop)
    limited = _limited(shop, Role.MANAGER, FIRST)
    for table in (OrderLine, ImportedFile):
        count = select(func.count()).select_from(table)
        whole = shop.app.call(a_query(lambda tx, count=count: tx.scalar(count)))
        seen = limited.call(a_query(lambda tx, count=count: tx.scalar(count)))
        assert 0 < seen < whole


def test_pay_is_seen_for_the_own_venue_only(shop: Shop) -> None:
    _two(shop)
    for employee in shop.app.call(list_employees):
        shop.app.call(set_pay, employee.id, date(2026, 11, 1), 100)
    limited = _limited(shop, Role.ACCOUNTANT, FIRST)
    assert len(shop.app.call(list_pay)) == 2
    assert [row.name for row in limited.call(list_pay)] == ["own Rəşad"]
    for employee in shop.app.call(list_employees):
        shop.app.call(add_tip, employee.id, shop.app.call(get_today).day, 100)
    always = date(2000, 1, 1), date(2100, 1, 1)
    assert {row.name for row in limited.call(list_labour, *always)} == {"own Rəşad"}
    assert {row.name for row in limited.call(list_tips, *always)} == {"own Rəşad"}


def test_somebody_of_another_venue_is_not_there(shop: Shop) -> None:
    _two(shop)
    limited = _limited(shop, Role.MANAGER, FIRST)
    for row in shop.app.call(list_employees):
        if row.name.startswith("own"):
            assert limited.call(get_employee, row.id).form.name == row.name
        else:
            with pytest.raises(NotFoundError):
                limited.call(get_employee, row.id)


def test_with_no_venue_there_is_nothing(shop: Shop) -> None:
    _two(shop)
    limited = _limited(shop, Role.MANAGER)
    assert limited.call(list_venues) == []
    assert limited.call(list_orders, OrderFilter()).rows == []
    assert limited.call(list_products) == []
    assert limited.call(list_employees) == []
    assert limited.call(newest_day) is None
    with pytest.raises(NotFoundError):
        limited.call(get_venue)


def test_both_venues_given_are_both_seen(shop: Shop) -> None:
    _two(shop)
    limited = _limited(shop, Role.MANAGER, FIRST, SECOND)
    assert limited.call(count_orders, OrderFilter()) == 6
    assert {venue.name for venue in limited.call(list_venues)} == {FIRST, SECOND}


def test_a_limited_manager_works_at_the_own_venue(shop: Shop) -> None:
    _two(shop)
    limited = _limited(shop, Role.MANAGER, SECOND)
    assert limited.call(get_venue).name == SECOND
    assert limited.call(get_today).venue.name == SECOND
    _sell_at(limited, _venues(shop)[SECOND], 300, 301, canary="canary")
    assert limited.call(count_orders, OrderFilter()) == 5
    assert limited.call(overview, PERIOD, PERIOD).currency == "USD"
    shop.check_counts()
    shop.check_trail()


def _write_row(tx: Any, venue: int) -> None:
    tx.add(Employee(id=tx.ids.one(), venue_id=venue, name="Intruder"))


def _write_bulk(tx: Any, venue: int) -> None:
    columns = ("id", "venue_id", "name", "position", "active")
    tx.import_rows(Employee, columns, [(tx.ids.one(), venue, "Intruder", "", True)])


def _write_sums(tx: Any, venue: int) -> None:
    tx.add_to_sums(SalesHour, {(venue, 20261102, 12): (1, 0, 1, 0, 0, 0, 1)})


def _write_driver(tx: Any, venue: int) -> None:
    place = "main" if tx._session.connection().dialect.name == "sqlite" else "ops"
    tx._session.connection().exec_driver_sql(f"UPDATE {place}.product SET venue_id = {venue}")


@pytest.mark.parametrize("write", [_write_row, _write_bulk, _write_sums, _write_driver])
def test_a_row_of_another_venue_cannot_be_written_by_any_way(shop: Shop, write: Any) -> None:
    _two(shop)
    limited = _limited(shop, Role.MANAGER, FIRST)
    second = _venues(shop)[SECOND].id
    before = {
        t.name: shop.rows(t) for t in Base.metadata.sorted_tables if t.name in limited_tables()
    }
    with pytest.raises(NotAllowedError, match="not for your role or your venues"):
        limited.call(command(lambda tx: write(tx, second)))
    after = {
        t.name: shop.rows(t) for t in Base.metadata.sorted_tables if t.name in limited_tables()
    }
    assert after == before


def test_a_child_cannot_be_hung_on_another_venues_row(shop: Shop) -> None:
    _two(shop)
    limited = _limited(shop, Role.MANAGER, FIRST)
    second = _venues(shop)[SECOND].id
    theirs = next(row["id"] for row in shop.rows(ImportRun) if row["venue_id"] == second)
    with pytest.raises(NotAllowedError):
        limited.call(
            command(
                lambda tx: tx.import_rows(
                    ImportedFile,
                    ("import_id", "file_no", "name", "size", "sha256"),
                    [(theirs, 2, "x", 1, "0")],
                )
            )
        )


def test_opening_a_venue_is_for_whoever_sees_them_all(shop: Shop) -> None:
    limited = _limited(shop, Role.MANAGER, FIRST)
    with pytest.raises(NotAllowedError):
        limited.call(open_venue, NewVenue("Third", "USD"))
    assert len(_venues(shop)) == 1


def test_smuggled_sql_does_not_reach_another_venue(files: Shop) -> None:
    _two(files)
    limited = _limited(files, Role.MANAGER, FIRST)
    refused = (
        "SELECT name FROM main.product",
        "SELECT count(*) FROM main.pos_order",
        "SELECT total_minor FROM main.sales_hour",
        "SELECT name FROM main.venue",
        "SELECT sql FROM temp.sqlite_master",
        "SELECT sql FROM sqlite_temp_master",
        "DROP VIEW temp.product",
        "INSERT INTO temp.product SELECT * FROM product",
        "WITH product AS (SELECT * FROM main.product) SELECT * FROM product",
        "INSERT INTO main.sales_hour SELECT * FROM main.sales_hour WHERE 1 ON CONFLICT DO NOTHING",
    )

    def smuggle(tx: Any) -> None:
        run = tx._session.connection().connection.driver_connection.execute
        for statement in refused:
            with pytest.raises(sqlcipher3.dbapi2.DatabaseError) as told:
                run(statement)
            assert "prohibited" in str(told.value) or "authorized" in str(told.value), statement
        assert all("canary" not in str(row) for row in run("SELECT * FROM product").fetchall())

    limited.call(command(smuggle))


def test_limits_given_and_taken_hold_at_the_next_call(files: Shop) -> None:
    _two(files)
    limited = _limited(files, Role.MANAGER, FIRST)
    second = _venues(files)[SECOND].id
    for venues, orders in (((second,), 3), (None, 6), ((), 0)):
        name = limited.actor.name
        files.app._store.keys.unlocked.change_user(name, Role.MANAGER, venues)
        assert limited.call(count_orders, OrderFilter()) == orders


def test_every_table_with_a_venue_is_limited() -> None:
    tables = {table.name: table for table in Base.metadata.sorted_tables}
    with_venue = {name for name, table in tables.items() if VENUE_ID in table.columns}
    assert with_venue <= set(limited_tables())
    assert {"venue", "order_line", "payment", "product_variant", "imported_file", "salary"} <= set(
        limited_tables()
    )
    assert len(tables) == len({table.name for table in tables.values()}), "found by name alone"
