"""Commands that read: the JSON of the contract, and text for people."""

import csv
import hashlib
import re
from datetime import datetime
from decimal import Decimal

import pytest

from tests.cli import shop

ID = re.compile(r"\d{15,19}")


def assert_rows_have_ids(document):
    assert document["rows"]
    assert all(isinstance(row["id"], str) and row["id"] for row in document["rows"])
    assert "next" in document


def test_status_without_a_password_says_what_the_folder_holds(run):
    said = run.raw("--json", "status", "--data", run.folder)
    assert said.code == 0
    found = said.json
    assert found["store"] == str(run.folder)
    assert found["engine"] == "sqlcipher"
    assert {"name": shop.STAFF, "role": "staff"} in found["users"]
    assert found["bytes"] > 100_000
    assert "orders" not in found


def test_status_with_a_password_counts(run):
    found = run("--json", "status").json
    assert (found["orders"], found["customers"]) == (5, 2)
    assert found["venue"] == shop.VENUE
    assert found["last_backup"] is None


def test_status_tells_staff_nothing_about_customers(run):
    found = run("--json", "status", user=shop.STAFF).json
    assert found["orders"] == 5
    assert found["customers"] is None


def test_the_sum_of_a_report_is_the_same_by_everything(run):
    totals = set()
    for by in ("day", "week", "month", "hour", "weekday", "item", "category", "payment", "staff",
               "sale-type"):  # fmt: skip
        found = run("report", "sales", "--by", by, "--json").json
        assert found["currency"] == "AZN"
        assert sum(Decimal(row["revenue"]) for row in found["rows"]) == Decimal(shop.REVENUE), by
        assert {"key", "orders", "quantity", "revenue"} <= set(found["rows"][0])
        totals.add((found["total"]["orders"], found["total"]["revenue"]))
    assert totals == {(5, shop.REVENUE)}


def test_a_report_takes_business_days(run):
    found = run("report", "sales", "--by", "day", "--json", "--to", "2026-11-02").json
    keys = [(row["key"], row["orders"]) for row in found["rows"]]
    assert keys == [("2026-11-02", 3)]  # the one at ten past three in the night belongs to it


def test_a_report_goes_to_a_spreadsheet_without_formulas(run, tmp_path):
    out = tmp_path / "sales.csv"
    found = run("report", "sales", "--by", "item", "--out", out, "--json").json
    assert found["file"] == str(out)
    assert found["sha256"] == hashlib.sha256(out.read_bytes()).hexdigest()
    rows = list(csv.reader(out.read_text("utf-8-sig").splitlines()))
    assert rows[0] == ["Product", "Orders with it", "Quantity", "Revenue, AZN", "Share"]
    assert sum(Decimal(row[3]) for row in rows[1:]) == Decimal(shop.REVENUE)
    assert any(row[0].startswith("'=") for row in rows)
    assert not any(row[0].startswith("=") for row in rows)


def test_orders_come_in_pages_that_join_without_a_gap(run):
    whole = run("orders", "list", "--json").json
    assert_rows_have_ids(whole)
    assert whole["next"] is None
    joined, after = [], []
    while True:
        page = run("orders", "list", "--json", "--limit", "2", *after).json
        joined += page["rows"]
        if page["next"] is None:
            break
        after = ["--after", page["next"]]
    assert joined == whole["rows"]


def test_an_order_has_times_with_offset_and_money_as_text(run):
    row = run("orders", "list", "--json", "--sort", "oldest", "--limit", "1").json["rows"][0]
    assert row["opened_at"] == "2026-11-02T11:38:36+04:00"
    assert row["total"] == "15.25"
    assert row["currency"] == "AZN"
    assert row["items"] == "2"
    card = run("orders", "show", row["id"], "--json").json
    assert [line["name"] for line in card["lines"]] == ["Plov", "Çay"]
    assert {key: card[key] for key in row} == row


def test_orders_are_filtered(run):
    found = run("orders", "list", "--json", "--from", "2026-11-04", "--to", "2026-11-04").json
    assert len(found["rows"]) == 2
    found = run("orders", "list", "--json", "--status", "void").json
    assert found == {"rows": [], "next": None}
    found = run("orders", "list", "--json", "--number", "A-2").json
    assert [row["total"] for row in found["rows"]] == ["20.50"]


@pytest.mark.parametrize("text", ["hesenov", "Əli", "4567", "ali@ex", "C1"])
def test_a_customer_is_found_in_any_spelling(run, text):
    found = run("customers", "find", text, "--json").json
    assert [row["name"] for row in found["rows"]] == ["Əli Həsənov"]
    assert found["rows"][0]["balance"] == "12.50"


def test_words_of_a_search_may_stand_around_options(run):
    found = run("customers", "find", "--limit", "5", "Əli", "--json", "Həs").json
    assert len(found["rows"]) == 1
    assert_rows_have_ids(found)


def test_customers_come_in_pages(run):
    first = run("customers", "find", "--limit", "1", "--json").json
    second = run("customers", "find", "--limit", "1", "--json", "--after", first["next"]).json
    names = {row["name"] for row in first["rows"] + second["rows"]}
    assert names == {"Əli Həsənov", "Нонна Князева"}
    assert second["next"] is None


def test_a_card_says_how_to_reach_the_customer(run):
    one = run("customers", "find", "Əli", "--json").json["rows"][0]["id"]
    card = run("customers", "show", one, "--json").json
    assert card["birth_date"] == "1990-02-03"
    assert {"kind": "phone", "value": "+994501234567"} in [
        {"kind": c["kind"], "value": c["value"]} for c in card["contacts"]
    ]


def test_the_menu_has_variants_with_prices(run):
    found = run("menu", "list", "--json", user=shop.STAFF).json
    assert_rows_have_ids(found)
    plov = next(row for row in found["rows"] if row["name"] == "Plov")
    assert plov["category"] == "Əsas"
    assert plov["variants"] == [{"name": "M", "price": "13.25", "currency": "AZN"}]


def test_the_trail_is_listed_newest_first_and_goes_on(run):
    first = run("audit", "list", "--limit", "2", "--json").json
    assert_rows_have_ids(first)
    second = run("audit", "list", "--limit", "2", "--json", "--after", first["next"]).json
    numbers = [int(row["id"]) for row in first["rows"] + second["rows"]]
    assert numbers == sorted(numbers, reverse=True)
    assert len(set(numbers)) == 4
    assert datetime.fromisoformat(first["rows"][0]["at"]).utcoffset() is not None


def test_the_trail_is_verified(run):
    said = run("audit", "verify", "--json")
    assert said.code == 0
    assert said.json["ok"] is True
    assert said.json["events"] > 3
    assert len(said.json["head"]) == 64


def test_imports_remember_files_and_sums(run):
    found = run("imports", "--json").json
    assert_rows_have_ids(found)
    row = found["rows"][0]
    assert set(row["files"]) == {"sales.csv", "customers.csv"}
    assert (row["orders_added"], row["revenue"], row["finished"]) == (5, shop.REVENUE, True)


def test_readers_are_listed_for_anybody(run):
    found = run.raw("import", "--list", "--json").json
    assert {"pizzaplace", "maven", "square-items"} <= {row["id"] for row in found["rows"]}


def test_the_data_map_says_everything_about_every_column(run):
    rows = run.raw("privacy", "map", "--json").json["rows"]
    name = next(row for row in rows if row["id"] == "people.customer.name")
    assert name["holds"] == "identity"
    assert name["person"] == "customer"
    for word in ("table", "column", "holds", "purpose", "basis", "retention"):
        assert all(row[word] for row in rows), word


def test_users_and_settings_are_listed(run):
    users = run("users", "list", "--json").json
    assert [row["role"] for row in users["rows"]] == ["owner", "manager", "staff"]
    settings = run("settings", "list", "--json").json
    assert_rows_have_ids(settings)
    assert {"documents.language": "az"}.items() <= {
        row["name"]: row["value"] for row in settings["rows"]
    }.items()


PEOPLE = {
    ("en", "status"): "Free space",
    ("az", "status"): "Boş yer",
    ("en", "report", "sales", "--by", "weekday"): "Monday",
    ("az", "report", "sales", "--by", "weekday"): "Həftənin günü",
    ("en", "orders", "list"): "₼15.25",
    ("az", "orders", "list"): "15,25\u00a0₼",
    ("en", "audit", "verify"): "The audit trail is whole",
    ("az", "audit", "verify"): "Audit jurnalı bütövdür",
    ("en", "settings", "list"): "Meaning",
    ("az", "settings", "list"): "Mənası",
    ("az", "menu", "list"): "Kateqoriya",
    ("az", "customers", "find", "Əli"): "+994501234567",
    ("az", "import", "--list"): "Nəyə görə tanıyır",
    ("az", "backup", "targets"): "Son yoxlama",
    ("az", "imports"): "Bitib",
    ("az", "users", "list"): "İstifadəçi",
    ("az", "audit", "list"): "Nəticə",
    ("en", "audit", "list"): "Signed in",
}


@pytest.mark.parametrize(("arguments", "text"), PEOPLE.items(), ids=lambda v: " ".join(v[:4]))
def test_people_read_their_language(run, arguments, text):
    language, *words = arguments
    said = run(*words, "--lang", language)
    assert said.code == 0
    assert said.err == ""
    assert text in said.out
    assert max(len(line) for line in said.out.splitlines()) < 240


def test_numbers_stand_in_a_column(run):
    lines = run("report", "sales", "--by", "category", "--lang", "en").out.splitlines()
    ends = {len(line) for line in lines if "₼" in line}
    assert len(ends) == 1


def test_help_speaks_azerbaijani(run):
    said = run.raw("--lang", "az", "backup", "restore", "--help")
    assert said.code == 0
    assert "İstifadə: clopos-desk backup restore" in said.out
    assert "Ehtiyat nüsxələr olan qovluq." in said.out


def test_without_a_command_the_window_opens(run):
    assert run.raw("--data", run.folder).code == 0
    assert run.raw("open", "--data", run.folder, "--lang", "az").code == 0
    assert run.opened == [(run.folder, ""), (run.folder, "az")]
