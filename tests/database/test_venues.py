"""Several venues in one store, and the one that somebody works in."""

from __future__ import annotations

import zipfile
from datetime import time
from pathlib import Path

import pytest

from desktop_app.app import App
from desktop_app.exports.operations import export_menu, list_exports
from desktop_app.exports.records import FileFormat, Handover
from desktop_app.finance.editing import add_account, transfer
from desktop_app.finance.operations import get_cash_flow, list_accounts
from desktop_app.finance.records import AccountForm, NewEntry
from desktop_app.kernel.access import Role
from desktop_app.kernel.clock import as_number
from desktop_app.kernel.errors import (
    ConflictError,
    InvalidError,
    NotAllowedError,
    NotFoundError,
)
from desktop_app.menu.editing import add_product
from desktop_app.menu.operations import list_products
from desktop_app.menu.records import ProductForm
from desktop_app.orders.operations import count_orders, list_orders
from desktop_app.orders.records import OrderFilter
from desktop_app.reports.operations import sales_by
from desktop_app.reports.records import Dimension, Period
from desktop_app.reports.running import run_report
from desktop_app.staff.editing import add_employee, set_card
from desktop_app.staff.operations import list_employees
from desktop_app.staff.records import EmployeeForm
from desktop_app.staff.tapping import clock_by_card
from desktop_app.venue.operations import change_venue, get_today, get_venue, list_venues, open_venue
from desktop_app.venue.records import NewVenue, VenueProfile
from tests.database.shop import Shop, order, sell

FIRST, SECOND = "Qız Qalası", "İçəri Şəhər"
PERIOD = Period(20261101, 20261130)


@pytest.fixture
def second(app: App) -> int:
    """Open a second venue; one order is sold in the first and two in the second."""
    sell(app, [order(1)])
    number = app.call(open_venue, NewVenue(SECOND, "USD"))
    app.work_at(number)
    sell(app, [order(2), order(3)])
    app.work_at(None)
    return number


def test_the_venue_chosen_is_all_there_is(app: App, shop: Shop, second: int) -> None:
    assert {one.name for one in app.call(list_venues)} == {FIRST, SECOND}
    (first,) = (one for one in app.venues() if one.name == FIRST)
    assert app.call(count_orders, OrderFilter()) == 3
    app.work_at(second)
    assert app.call(get_venue).name == SECOND
    assert [one.name for one in app.call(list_venues)] == [SECOND]
    assert {one.name for one in app.venues()} == {FIRST, SECOND}  # to choose another
    assert app.call(count_orders, OrderFilter()) == 2
    assert app.call(sales_by, Dimension.DAY, PERIOD).total.orders == 2
    hidden = app.call(add_product, ProductForm("Yalnız burada"))
    app.work_at(first.id)
    assert app.call(count_orders, OrderFilter()) == 1
    assert hidden not in {row.id for row in app.call(list_products)}
    app.work_at(None)
    assert len(app.call(list_orders, OrderFilter()).rows) == 3
    shop.check_trail()
    shop.check_counts()


def test_sales_by_venue_are_the_sales_of_all(app: App, second: int) -> None:
    whole = app.call(sales_by, Dimension.DAY, PERIOD).total
    parts = []
    for venue in app.venues():
        app.work_at(venue.id)
        parts.append(app.call(sales_by, Dimension.DAY, PERIOD).total)
    app.work_at(None)
    assert sum(part.orders for part in parts) == whole.orders == 3
    assert sum(part.revenue_minor for part in parts) == whole.revenue_minor


def test_a_venue_that_is_not_there_cannot_be_chosen(app: App, second: int) -> None:
    with pytest.raises(NotFoundError):
        app.work_at(second + 1)
    assert app.call(count_orders, OrderFilter()) == 3


def test_what_a_venue_is_called_and_when_it_opens(app: App, second: int) -> None:
    profile = VenueProfile("Köhnə Şəhər", time(9, 30), "Dad MMC", address="Bakı, İçəri Şəhər 5")
    app.call(change_venue, second, profile)
    card = next(one for one in app.venues() if one.id == second)
    assert (card.name, card.opening, card.address) == (
        "Köhnə Şəhər", time(9, 30), "Bakı, İçəri Şəhər 5",
    )  # fmt: skip
    with pytest.raises(ConflictError, match="Köhnə"):
        app.call(open_venue, NewVenue(" Köhnə  Şəhər", "USD"))
    with pytest.raises(InvalidError) as refused:
        app.call(open_venue, NewVenue("Tbilisi", currency="GEL"))
    assert refused.value.field == "currency"
    with pytest.raises(InvalidError):
        app.call(change_venue, second, VenueProfile("  "))


def test_staff_open_no_venue(shop: Shop) -> None:
    staff = shop.as_role(Role.STAFF)
    with pytest.raises(NotAllowedError):
        staff.call(open_venue, NewVenue("Yox"))
    with pytest.raises(NotAllowedError):
        staff.call(change_venue, 1, VenueProfile("Yox"))


def test_lists_of_several_venues_say_whose_a_row_is(app: App, second: int) -> None:
    """Two tills are called alike: which is which must not be guessed."""
    for venue in app.venues():
        app.work_at(venue.id)
        app.call(add_account, AccountForm("Kassa"))
        who = app.call(add_employee, EmployeeForm("Nigar"))
        app.call(set_card, who, f"000{venue.id % 1000}-77001")
        (account,) = (one for one in app.call(list_accounts) if one.name == "Kassa")
        assert (account.venue, account.title) == ("", "Kassa")
        assert not app.call(get_today).several
    app.work_at(None)
    assert app.call(get_today).several
    titles = {one.title for one in app.call(list_accounts) if one.name == "Kassa"}
    assert titles == {f"Kassa · {FIRST}", f"Kassa · {SECOND}"}
    staff = {one.venue for one in app.call(list_employees) if one.name == "Nigar"}
    assert staff == {FIRST, SECOND}
    for venue in app.venues():  # the clock knows the cards of each
        assert app.call(clock_by_card, f"000{venue.id % 1000}-77001").came


def test_a_file_and_the_register_say_whose_rows_they_hold(
    app: App, second: int, tmp_path: Path
) -> None:
    to = Handover(FileFormat.XLSX, "Audit MMC")
    app.call(export_menu, tmp_path / "all.xlsx", to)
    app.work_at(second)
    app.call(export_menu, tmp_path / "one.xlsx", to)
    app.work_at(None)
    whose = {row.file: set(row.venues.split(", ")) for row in app.call(list_exports)}
    assert whose == {"all.xlsx": {FIRST, SECOND}, "one.xlsx": {SECOND}}
    texts = [zipfile.ZipFile(tmp_path / name).read("xl/worksheets/sheet2.xml").decode()
             for name in ("all.xlsx", "one.xlsx")]  # fmt: skip
    assert [FIRST in text for text in texts] == [True, False]
    assert all(SECOND in text for text in texts)


def test_money_that_goes_to_another_venue_leaves_the_books_of_the_first(
    app: App, second: int
) -> None:
    """Of all venues it only changes its place; of one, its balance and its cash flow agree."""
    day = app.call(get_today).day
    tills = {}
    for venue in app.venues():
        app.work_at(venue.id)
        tills[venue.id] = app.call(add_account, AccountForm(f"Kassa {venue.name}"))
        other = app.call(add_account, AccountForm(f"Bank {venue.name}"))
        app.call(transfer, tills[venue.id], other, NewEntry(tills[venue.id], 0, day, 400))
    app.work_at(None)
    (first,) = (number for number in tills if number != second)
    app.call(transfer, tills[first], tills[second], NewEntry(tills[first], 0, day, 1_000))

    def flow() -> tuple[int, int, int]:
        found = app.call(get_cash_flow, day, day)
        held = sum(one.balance_minor for one in app.call(list_accounts))
        return sum(found.net), found.closing, held

    assert flow() == (0, 0, 0)
    app.work_at(first)
    assert flow() == (-1_000, -1_000, -1_000)
    report = app.call(run_report, "cash-flow", Period(as_number(day), as_number(day)))
    assert [row.values for row in report.rows] == [(0, 1_000, -1_000)]
    app.work_at(second)
    assert flow() == (1_000, 1_000, 1_000)
