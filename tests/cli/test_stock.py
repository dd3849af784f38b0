"""The stock on the command line, from end to end."""

import pytest

from desktop_app.menu.editing import add_product
from desktop_app.menu.kinds import ProductKind, Unit
from desktop_app.menu.records import ProductForm
from desktop_app.menu.rules import Part
from desktop_app.sign_in import Reception
from tests.cli import shop


@pytest.fixture
def goods(run):
    """Give the numbers of flour, dough and water in a store that has no storage yet."""
    with Reception(run.folder, keyring=False).sign_in(shop.OWNER, shop.PASSWORD) as app:
        flour = app.call(add_product, ProductForm("Un", ProductKind.INGREDIENT, Unit.GRAM))
        dough = app.call(
            add_product,
            ProductForm(
                "Xəmir", ProductKind.PREPARATION, Unit.GRAM, output=1_500_000,
                recipe=[Part(flour, 1_000_000, 1_000_000)],
            ),
        )  # fmt: skip
        water = app.call(add_product, ProductForm("Su", ProductKind.GOODS))
    return {"flour": flour, "dough": dough, "water": water}


def test_a_month_of_the_stock(run, goods):

    def done(*words, user=shop.OWNER):
        said = run(*words, "--json", user=user)
        assert said.code == 0, said.err
        return said.json

    kitchen = done("storages", "add", "Mətbəx", "--sells")["id"]
    bar = done("storages", "add", "Bar")["id"]
    mill = done("suppliers", "add", "Dəyirman MMC", "--days-to-pay", "14")["id"]
    done("suppliers", "edit", mill, "--phone", "+994501234567")
    paper = done(
        "stock", "supply", "--storage", kitchen, "--supplier", mill, "--invoice", "EQF-1",
        "--line", f"{goods['flour']}:25kg:30.00", "--line", f"{goods['water']}:12:6.00",
        "--tax", "18", "--tax-added",
    )["id"]  # fmt: skip
    assert done("stock", "show", paper)["total"] == "42.48"
    assert done("stock", "pay", paper, "40")["owed"] == "2.48"
    assert done("suppliers", "list")["rows"][0]["unpaid"] == "2.48"
    assert done("stock", "unpay", paper, "--reason", "x")["owed"] == "42.48"
    flour = f"{goods['flour']}:1kg"
    done("stock", "write-off", "--storage", kitchen, "--line", flour, "--reason", "Xarab olub")
    done("stock", "transfer", "--storage", kitchen, "--to", bar, "--line", flour)
    done("stock", "produce", "--storage", kitchen, f"{goods['dough']}:1.5kg")
    rows = {row["name"]: row for row in done("stock", "list")["rows"]}
    assert (rows["Un"]["quantity"], rows["Xəmir"]["quantity"]) == ("23000", "1500")
    assert done("stock", "list", "--negative")["rows"] == []
    assert [row["name"] for row in done("stock", "list", "xəm")["rows"]] == ["Xəmir"]
    assert done("stock", "value")["total"] == "41.06"
    assert done("stock", "value", "--at", "2020-01-01")["total"] == "0.00"
    assert len(done("stock", "papers")["rows"]) == 4
    page = done("stock", "moves", "--limit", "3")
    assert len(page["rows"]) == 3
    assert len(done("stock", "moves", "--after", page["next"])["rows"]) == 4
    count = done("stock", "count", "--storage", kitchen, "--line", f"{goods['water']}:10")
    (row,) = done("stock", "variance", count["id"])["rows"]
    assert (row["counted"], row["expected"], row["difference"]) == ("10", "12", "-2")
    assert run("stock", "approve", count["id"]).code == 3
    done("stock", "approve", count["id"], user=shop.MANAGER)
    assert [row["state"] for row in done("stock", "counts")["rows"]] == ["approved"]
    assert "Mətbəx" in run("stock", "value").out
    assert "Dəyirman" in run("stock", "papers").out


def test_packages_are_added_listed_and_removed(run, goods):
    flour = str(goods["flour"])
    sack = run("stock", "package", "add", flour, "Kisə", "25kg", "--json").json["id"]
    again = run("stock", "package", "add", flour, "Kisə", "50kg", "--json").json["id"]
    assert again == sack
    (row,) = run("stock", "package", "list", "--product", flour, "--json").json["rows"]
    assert (row["product"], row["name"], row["quantity"], row["unit"]) == (
        "Un", "Kisə", "50000", "g",
    )  # fmt: skip
    assert "Kisə" in run("stock", "package", "list").out
    for much in ("0", "-1", "x"):
        assert run("stock", "package", "add", flour, "Qutu", "--", much, "--json").code == 2
    assert run("stock", "package", "add", flour, " ", "1").code == 2
    assert run("stock", "package", "add", "7", "Qutu", "1").code == 4
    assert run("stock", "package", "remove", sack).code == 0
    assert run("stock", "package", "remove", sack).code == 4
    assert run("stock", "package", "list", "--json").json["rows"] == []


def test_a_supply_is_entered_first_and_received_later(run, goods):
    kitchen = run("storages", "add", "Mətbəx", "--json").json["id"]
    line = ("--storage", kitchen, "--line", f"{goods['flour']}:25kg:30.00", "--draft")
    assert run("stock", "supply", *line, "--paid").code == 2
    draft = run("stock", "supply", *line, "--invoice", "EQF-1", "--json").json["id"]
    other = run("stock", "supply", *line, "--json").json["id"]
    assert run("stock", "papers", "--json").json["rows"] == []
    assert run("stock", "draft", "drop", other).code == 0
    (row,) = run("stock", "draft", "list", "--json").json["rows"]
    assert (row["id"], row["invoice"], row["lines"]) == (draft, "EQF-1", 1)
    assert "EQF-1" in run("stock", "draft", "list").out
    paper = run("stock", "draft", "receive", draft, "--json").json["id"]
    assert run("stock", "show", paper, "--json").json["total"] == "30.00"
    assert run("stock", "draft", "receive", draft).code == 4
    assert run("stock", "draft", "drop", draft).code == 4


def test_an_entered_supply_is_shown_and_changed(run, goods):
    flour = goods["flour"]
    kitchen = run("storages", "add", "Mətbəx", "--json").json["id"]
    run("stock", "package", "add", str(flour), "Kisə", "25kg")
    line = ("--line", f"{flour}:2 kisə:60.00")
    draft = run(
        "stock", "supply", "--storage", kitchen, *line, "--tax", "18", "--draft", "--json"
    ).json["id"]
    shown = run("stock", "draft", "show", draft, "--json").json
    assert [(one["quantity"], one["package"], one["amount"]) for one in shown["lines"]] == [
        ("2", "kisə", "60.00")
    ]
    assert run("stock", "draft", "change", draft, "--invoice", "EQF-9", "--json").code == 0
    again = run("stock", "draft", "show", draft, "--json").json
    assert again == {**shown, "invoice": "EQF-9"}
    run("stock", "draft", "change", draft, "--line", f"{flour}:10kg:12.00", "--tax-added", "yes")
    again = run("stock", "draft", "show", draft, "--json").json
    assert (again["total"], again["tax_included"]) == ("14.16", False)
    assert [(one["quantity"], one["tax"]) for one in again["lines"]] == [("10000", "18")]
    assert "EQF-9" in run("stock", "draft", "show", draft).out
    assert run("stock", "draft", "change", "7", "--note", "x").code == 4
    assert run("stock", "draft", "receive", draft, "--paid", "--json").code == 0
    assert run("stock", "papers", "--json").json["rows"][0]["unpaid"] == "0.00"


def test_a_package_counts_and_a_wrong_unit_is_refused(run, goods):
    flour, water = goods["flour"], goods["water"]
    kitchen = run("storages", "add", "Mətbəx", "--json").json["id"]
    run("stock", "package", "add", str(flour), "Kisə", "25kg")
    bought = ("stock", "supply", "--storage", kitchen, "--line")
    paper = run(*bought, f"{flour}:2 x Kisə:60.00", "--json").json["id"]
    (line,) = run("stock", "show", paper, "--json").json["lines"]
    assert (line["quantity"], line["package"]) == ("50000", "Kisə")
    said = run(*bought, f"{flour}:2 qutu:60.00", "--json")
    assert (said.code, "Kisə" in said.err) == (2, True)
    for wrong in (f"{flour}:5l:1.00", f"{flour}:5pcs:1.00", f"{water}:5kg:1.00"):
        assert run(*bought, wrong, "--json").code == 2
    off = ("stock", "write-off", "--storage", kitchen, "--reason", "x", "--line")
    assert run(*off, f"{flour}:1l", "--json").code == 2
    assert run(*off, f"{flour}:1 kisə", "--json").code == 2
    assert run("stock", "count", "--storage", kitchen, "--line", f"{water}:1kg").code == 2
    assert run("stock", "package", "add", str(water), "Qutu", "12kg").code == 2
    assert len(run("stock", "papers", "--json").json["rows"]) == 1


@pytest.mark.parametrize(
    "line",
    ["1", "1:2:3:4", "x:1:1", "FLOUR:1.000000001:1", "FLOUR:-1:1", "FLOUR:1:-1", "FLOUR:1stone:1",
     "FLOUR:1:0.001", "FLOUR:99999999999999:1", "FLOUR:0:1"],
)  # fmt: skip
def test_bad_lines_change_nothing(run, goods, line):
    kitchen = run("storages", "add", "Mətbəx", "--json").json["id"]
    typed = line.replace("FLOUR", str(goods["flour"]))
    said = run("stock", "supply", "--storage", kitchen, "--line", typed, "--json")
    assert said.code == 2, said.out
    assert run("stock", "papers", "--json").json["rows"] == []


def test_what_is_not_there_is_said(run, goods):
    line = ("--line", f"{goods['flour']}:1", "--reason", "x")
    assert run("stock", "write-off", "--storage", "7", *line, "--json").code == 4
    assert run("stock", "show", "7").code == 4
    assert run("suppliers", "edit", "7", "--name", "x").code == 4
    assert run("stock", "reverse", "7", "--reason", "x").code == 4


def test_what_is_running_out_is_listed_and_ordered(run):
    add = ("--json", "menu", "add", "Zəfəran", "--kind", "ingredient", "--unit", "g")
    saffron = run(*add, "--low-stock", "50", "--wished-stock", "250").json["id"]
    place = run("--json", "storages", "add", "Anbar").json["id"]
    row = {one["id"]: one for one in run("--json", "stock", "order").json["rows"]}[saffron]
    assert (row["quantity"], row["order"], row["supplier"]) == ("0", "300", "")
    assert "Zəfəran" in run("stock", "order").out
    assert run("--json", "stock", "order", "--enter").code == 2
    said = run("--json", "stock", "order", "--storage", place, "--enter").json
    assert said["drafts"]
    after = run("--json", "stock", "order", "--storage", place).json["rows"]
    assert saffron not in {one["id"] for one in after}


def test_a_storage_is_renamed_and_put_away(run):
    bar = run("--json", "storages", "add", "Bar", "--sells").json["id"]
    edit = ("--json", "storages", "edit", bar)
    assert run(*edit, "--name", "Terras", "--sells", "no").code == 0
    (row,) = [one for one in run("--json", "storages", "list").json["rows"] if one["id"] == bar]
    assert (row["name"], row["sells"]) == ("Terras", False)
    assert run(*edit, "--active", "no", "--sells", "yes").code == 2
    assert run(*edit, "--active", "no").code == 0
    assert bar not in {one["id"] for one in run("--json", "storages", "list").json["rows"]}
    assert run("--json", "storages", "edit", "1", "--name", "x").code == 4
