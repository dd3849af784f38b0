"""Real files, imported for real: totals to the cent, and a second time adds nothing."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from desktop_app.app import App
from desktop_app.customers.operations import count_customers, find_customers, get_customer
from desktop_app.customers.records import ContactKind
from desktop_app.customers.tables import Customer
from desktop_app.exchange.operations import import_files, list_imports, preview_import
from desktop_app.kernel.clock import as_number
from desktop_app.kernel.errors import InvalidError, NotFoundError
from desktop_app.orders.operations import count_orders
from desktop_app.orders.records import OrderFilter
from desktop_app.orders.tables import Order, Payment
from desktop_app.reports.operations import newest_day, overview, sales_by
from desktop_app.reports.records import Dimension, Period
from desktop_app.venue.tables import Venue
from tests.database.shop import Shop, command

pytestmark = pytest.mark.shared_data
TRUTH = "GROUND_TRUTH.json"
SQUARE = "formats/square/items_detail_csv"


def _cents(amount: str) -> int:
    return int(Decimal(amount) * 100)


@dataclass(frozen=True)
class Sales:
    """A set of files and what is known of it."""

    files: Sequence[str]
    entries: Sequence[str]
    orders: Callable[[Sequence[Mapping[str, Any]]], int]
    revenue: Callable[[Mapping[str, Any]], str] = lambda truth: truth["revenue"]
    by: Mapping[Dimension, str] = field(default_factory=dict)


SETS = {
    "pizzaplace": Sales(
        ["datasets/pizzaplace/pizzaplace.csv"],
        ["pizzaplace/pizzaplace.csv"],
        lambda truths: truths[0]["orders"],
        by={Dimension.MONTH: "revenue_by_month", Dimension.CATEGORY: "revenue_by_type"},
    ),
    "maven": Sales(
        [
            "datasets/maven_restaurant_orders/menu_items.csv",
            "datasets/maven_restaurant_orders/order_details.csv",
        ],
        ["maven_restaurant_orders"],
        lambda truths: truths[0]["orders"],
        by={Dimension.MONTH: "revenue_by_month", Dimension.CATEGORY: "revenue_by_category"},
    ),
    "coffee": Sales(
        ["datasets/coffee_vending/index_1.csv", "datasets/coffee_vending/index_2.csv"],
        ["coffee_vending/index_1.csv", "coffee_vending/index_2.csv"],
        lambda truths: sum(truth["good_rows"] for truth in truths),
        by={Dimension.MONTH: "revenue_by_month", Dimension.PAYMENT: "revenue_by_payment"},
    ),
    "square": Sales(
        [f"{SQUARE}/*.csv"],
        [SQUARE],
        lambda truths: truths[0]["transactions"],
        lambda truth: truth["totals"]["net"],
        by={Dimension.MONTH: "net_by_month", Dimension.DAY: "net_by_day"},
    ),
}


def _open_at_midnight(shop: Shop) -> None:
    """Let business days be calendar days, as in the files' own figures."""

    def body(tx) -> None:
        tx.objects(select(Venue))[0].opening_minute = 0

    shop.app.call(command(body))


def _paths(shared_data: Path, sales: Sales) -> list[Path]:
    return [path for name in sales.files for path in sorted(shared_data.glob(name))]


def _truths(shared_data: Path, sales: Sales) -> list[dict[str, Any]]:
    known = json.loads((shared_data / TRUTH).read_text(encoding="utf-8"))
    return [known[entry] for entry in sales.entries]


def _rows(app: App, dimension: Dimension) -> dict[str, int]:
    rows = app.call(sales_by, dimension, Period()).rows
    return {row.key: row.revenue_minor for row in rows if row.revenue_minor}


def _added(truths: Sequence[Mapping[str, Any]], name: str) -> dict[str, int]:
    sums: dict[str, int] = {}
    for truth in truths:
        for key, amount in truth[name].items():
            sums[key] = sums.get(key, 0) + _cents(amount)
    return sums


@pytest.mark.parametrize("name", SETS)
def test_an_import_is_right_to_the_cent_and_adds_nothing_twice(
    shop: Shop, shared_data: Path, name: str
) -> None:
    sales = SETS[name]
    truths, paths = _truths(shared_data, sales), _paths(shared_data, sales)
    _open_at_midnight(shop)
    app = shop.app
    preview = app.call(preview_import, paths)
    assert app.call(count_orders, OrderFilter()) == 0
    report = app.call(import_files, paths)
    revenue = sum(_cents(sales.revenue(truth)) for truth in truths)
    assert report.revenue_minor == revenue
    assert report.orders_added == sales.orders(truths)
    assert (preview.orders_added, preview.lines_added, preview.revenue_minor) == (
        report.orders_added,
        report.lines_added,
        report.revenue_minor,
    )
    assert (preview.products_added, preview.rejected) == (report.products_added, report.rejected)
    assert app.call(count_orders, OrderFilter(), cap=None) == report.orders_added
    for dimension, figures in sales.by.items():
        assert _rows(app, dimension) == _added(truths, figures), dimension
    for dimension in Dimension:
        found = app.call(sales_by, dimension, Period())
        assert sum(row.revenue_minor for row in found.rows) == revenue, dimension
        assert found.total.revenue_minor == revenue
    before = shop.real_counts()
    again = app.call(import_files, paths)
    assert (again.orders_added, again.lines_added, again.customers_added) == (0, 0, 0)
    assert again.already_known == report.orders_added + report.customers_added
    after = shop.real_counts()
    changed = {table for table in after if after[table] != before[table]}
    assert changed <= {"import_run", "imported_file", "audit_event", "trail_session"}
    assert [run.orders_added for run in app.call(list_imports)] == [0, report.orders_added]
    shop.check_counts()
    shop.check_trail()


def test_pizzaplace_has_its_days_best_sellers_and_hours(
    new_sqlcipher: Callable[[], Shop], shared_data: Path
) -> None:
    shop = new_sqlcipher()
    _open_at_midnight(shop)
    (truth,) = _truths(shared_data, SETS["pizzaplace"])
    report = shop.app.call(import_files, _paths(shared_data, SETS["pizzaplace"]))
    first, last = (as_number(date.fromisoformat(truth[f"date_{end}"])) for end in ("min", "max"))
    assert (report.first_day, report.last_day) == (first, last)
    assert shop.app.call(newest_day) == last
    assert report.lines_added == truth["file_rows"]
    assert report.products_added == truth["distinct_items"]
    items = shop.app.call(sales_by, Dimension.ITEM, Period()).rows
    assert [[row.key, row.revenue_minor] for row in items[:5]] == [
        [name, _cents(amount)] for name, amount in truth["top5_by_revenue"]
    ]
    by_quantity = sorted(items, key=lambda row: -row.quantity)
    assert [[row.key, row.quantity // 1000] for row in by_quantity[:5]] == truth["top5_by_qty"]
    days = shop.app.call(sales_by, Dimension.DAY, Period()).rows
    assert len(days) == truth["distinct_days"]
    months = shop.app.call(sales_by, Dimension.MONTH, Period()).rows
    assert {row.key: row.orders for row in months} == truth["orders_by_month"]
    shown = shop.app.call(overview, Period(20150101, 20150131), Period(20141201, 20141231))
    assert shown.totals.revenue_minor == _cents(truth["revenue_by_month"]["2015-01"])
    assert shown.totals_before.revenue_minor == 0
    assert sum(hour.revenue_minor for hour in shown.hours) == shown.totals.revenue_minor
    assert sum(row.revenue_minor for row in shown.categories) == shown.totals.revenue_minor
    assert sum(day.revenue_minor for day in shown.trend) == shown.totals.revenue_minor


def test_square_keeps_tax_discounts_customers_and_the_refund(shop: Shop, shared_data: Path) -> None:
    _open_at_midnight(shop)
    (truth,) = _truths(shared_data, SETS["square"])
    report = shop.app.call(import_files, _paths(shared_data, SETS["square"]))
    assert report.lines_added == truth["rows"]
    orders = shop.rows(Order)
    assert sum(row["tax_minor"] for row in orders) == _cents(truth["totals"]["tax"])
    assert abs(sum(row["discount_minor"] for row in orders)) == -_cents(
        truth["totals"]["discounts"]
    )
    assert sum(1 for row in orders if row["status"].value == "refunded") == truth["refund_rows"]
    assert report.customers_added == truth["customers"]
    assert sum(row["items"] for row in orders) == int(Decimal(truth["units"]) * 1000)


def test_the_junk_line_of_the_coffee_machine_is_told_with_file_line_and_reason(
    shop: Shop, shared_data: Path
) -> None:
    truths = _truths(shared_data, SETS["coffee"])
    report = shop.app.call(import_files, _paths(shared_data, SETS["coffee"]))
    bad = {(p.file, p.line) for p in report.problems if p.rejected}
    assert bad == {("index_2.csv", truths[1]["bad_rows"][0][0])}
    assert report.rejected == 1
    assert all(str(problem.message) for problem in report.problems)


def test_cards_of_the_coffee_machine_are_customers_and_never_card_numbers(
    shop: Shop, shared_data: Path
) -> None:
    truth = _truths(shared_data, SETS["coffee"])[0]
    report = shop.app.call(import_files, _paths(shared_data, SETS["coffee"])[:1])
    assert report.customers_added == truth["distinct_cards"]
    spent: dict[int, int] = {}
    for row in shop.rows(Order):
        if row["customer_id"]:
            spent[row["customer_id"]] = spent.get(row["customer_id"], 0) + row["total_minor"]
    names = {row["id"]: row["reference"] for row in shop.rows(Customer)}
    best = sorted(((total, names[id_]) for id_, total in spent.items()), reverse=True)[:5]
    assert [[name, total] for total, name in best] == [
        [name, _cents(amount)] for name, amount in truth["top5_customers_by_spend"]
    ]
    assert {row["card_last4"] for row in shop.rows(Payment)} == {""}


def test_customers_come_in_to_the_field(shop: Shop, shared_data: Path) -> None:
    expected = json.loads(
        (shared_data / "people/customers_az_ru_tr.expected.json").read_text(encoding="utf-8")
    )
    report = shop.app.call(import_files, [shared_data / "people/customers_az_ru_tr.csv"])
    assert report.customers_added == expected["rows"]
    assert shop.app.call(count_customers) == expected["rows"]
    by_code = {row["reference"]: row for row in shop.rows(Customer)}
    assert sum(r["balance_minor"] for r in by_code.values()) == expected["balance_total_minor"]
    for one in expected["customers"]:
        card = shop.app.call(get_customer, by_code[one["code"]]["id"])
        born = card.birth_date.isoformat() if card.birth_date else None
        assert (card.row.name, born, card.birth_date_ambiguous) == (
            one["name"], one["dob"], one["dob_ambiguous"],
        )  # fmt: skip
        assert (card.row.balance_minor, card.note) == (one["balance_minor"], one["note"])
        assert bool(card.tax_id) == bool(one["voen"])
        if one["voen_state"] != "valid but leading zero lost (9 digits)":
            assert card.tax_id == (one["voen"] or "")
        phones = [c.value for c in card.contacts if c.kind is ContactKind.PHONE]
        if one["possible"]:
            assert phones == [one["e164"]]
        assert sum(entry.amount_minor for entry in card.balance) == one["balance_minor"]
    emails = [c for c in shop.app.call(find_customers, "", limit=500).rows if c.email]
    assert len(emails) == expected["with_email"]
    again = shop.app.call(import_files, [shared_data / "people/customers_az_ru_tr.csv"])
    assert (again.customers_added, again.already_known) == (0, expected["rows"])
    shop.check_counts()


def test_everything_can_come_in_at_once(shop: Shop, shared_data: Path) -> None:
    paths = [
        path for name in ("maven", "coffee", "square") for path in _paths(shared_data, SETS[name])
    ]
    paths.append(shared_data / "people/customers_az_ru_tr.csv")
    report = shop.app.call(import_files, paths)
    revenue = sum(
        _cents(SETS[name].revenue(truth))
        for name in ("maven", "coffee", "square")
        for truth in _truths(shared_data, SETS[name])
    )
    assert report.revenue_minor == revenue
    assert shop.app.call(sales_by, Dimension.PAYMENT, Period()).total.revenue_minor == revenue
    shop.check_counts()


def test_a_file_nobody_knows_is_told_with_what_was_looked_for(shop: Shop, tmp_path: Path) -> None:
    strange = tmp_path / "strange.csv"
    strange.write_text("a,b\n1,2\n")
    before = shop.events()
    with pytest.raises(InvalidError, match=r"strange\.csv") as told:
        shop.app.call(import_files, [strange])
    assert "Looked for" in str(told.value.hint)
    with pytest.raises(NotFoundError):
        shop.app.call(import_files, [strange], source="nothing")
    assert shop.events() == before
