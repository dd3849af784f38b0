"""The menu on the command line: products, cards, prices, the stop list."""

import pytest

from desktop_app.cli.tree_menu import KINDS, UNITS
from desktop_app.menu.kinds import ProductKind, Unit


def test_the_words_typed_are_those_of_the_menu():
    assert tuple(kind.value for kind in ProductKind) == KINDS
    assert tuple(unit.value for unit in Unit) == UNITS


def add(run, name, *words):
    return run("--json", "menu", "add", name, *words).json["id"]


@pytest.fixture
def bread(run_copy):
    run = run_copy
    flour = add(run, "Un", "--kind", "ingredient", "--unit", "g", "--cost", "1.20")
    dough = add(run, "Xəmir", "--kind", "preparation", "--unit", "g")
    said = run("--json", "menu", "recipe", dough, "--part", f"{flour}=1000", "--output", "1500")
    assert said.code == 0, said
    made = add(run, "Çörək", "--price", "1.18", "--tax", "18")
    assert run("--json", "menu", "recipe", made, "--part", f"{dough}=300/280").code == 0
    return {"flour": flour, "dough": dough, "bread": made}


def test_a_dish_is_made_of_what_was_added(run_copy, bread):
    run = run_copy
    found = run("--json", "menu", "show", bread["bread"]).json
    assert (found["cost"], found["margin_percent"]) == ("0.24", 76.0)
    assert found["recipe"] == [
        {"id": bread["dough"], "name": "Xəmir", "unit": "g", "gross": "300", "net": "280"}
    ]
    assert found["prices"][0]["after"] == "1.18"
    (taken,) = run("--json", "menu", "recipe", bread["bread"]).json["rows"]
    assert taken == {"id": bread["flour"], "name": "Un", "unit": "g", "gross": "200"}
    people = run("menu", "show", bread["bread"]).out
    assert "Xəmir" in people
    assert "76%" in people


def test_the_list_is_filtered(run_copy, bread):
    run = run_copy
    rows = run("--json", "menu", "list", "--kind", "ingredient").json["rows"]
    assert [(row["name"], row["cost"], row["margin_percent"]) for row in rows] == [
        ("Un", "1.20", None)
    ]
    assert [r["id"] for r in run("--json", "menu", "list", "--text", "corek").json["rows"]] == [
        bread["bread"]
    ]
    assert "Çörək" in run("menu", "list").out


def test_prices_and_the_stop_list_change(run_copy, bread):
    run = run_copy
    assert run("--json", "menu", "price", bread["bread"], "1.30").json["price"] == "1.30"
    assert run("--json", "menu", "stop", bread["bread"], "--left", "4").json["left"] == "4"
    (row,) = run("--json", "menu", "list", "--stopped").json["rows"]
    assert (row["left"], row["variants"][0]["price"]) == ("4", "1.30")
    assert run("--json", "menu", "unstop", bread["bread"]).code == 0
    assert run("--json", "menu", "list", "--stopped").json["rows"] == []


def test_a_product_is_changed_archived_and_kept_where_it_is_used(run_copy, bread):
    run = run_copy
    assert run("--json", "menu", "edit", bread["bread"], "--note", "isti").json["version"] == 3
    used = run("--json", "menu", "edit", bread["flour"], "--active", "no")
    assert used.code == 5
    assert "Xəmir" in used.error["message"]
    assert run("--json", "menu", "edit", bread["bread"], "--active", "no").code == 0
    (row,) = run("--json", "menu", "list", "--archived").json["rows"]
    assert row["name"] == "Çörək"


REFUSED = (
    (("price", "{bread}", "-1"), "negative"),
    (("price", "{bread}", "1.005"), "more decimals"),
    (("price", "{flour}", "1"), "is not sold"),
    (("stop", "{bread}", "--left", "0.123456789"), "three decimals"),
    (("recipe", "{dough}", "--part", "{bread}=1"), "Xəmir → Çörək → Xəmir"),
    (("recipe", "{bread}", "--part", "{dough}"), "not a part of a card"),
    (("edit", "{bread}", "--barcode", "4006381333932"), "last digit"),
    (("edit", "{bread}", "--note", "ü" * 10_001), "10000 letters"),
    (("edit", "{bread}", "--tax", "101"), "between 0 and 100"),
)


def test_what_cannot_be_is_refused_and_changes_nothing(run_copy, bread):
    run = run_copy
    before = run("--json", "menu", "list").json
    for words, said in REFUSED:
        filled = [word.format(**bread) for word in words]
        behind = ["--"] if "-1" in filled else []  # else it would be taken for an option
        refused = run("--json", "menu", filled[0], *behind, *filled[1:])
        assert refused.code != 0, words
        assert said in refused.error["message"]
    assert run("--json", "menu", "list").json == before


def test_categories_are_added_and_listed(run_copy):
    run = run_copy
    top = run("--json", "menu", "category", "add", "Mətbəx").json["id"]
    run("--json", "menu", "category", "add", "Çörəklər", "--parent", top)
    rows = run("--json", "menu", "category", "list").json["rows"]
    assert {"Mətbəx", "Çörəklər"} <= {row["name"] for row in rows}
    assert next(row for row in rows if row["name"] == "Çörəklər")["parent_id"] == top
    assert "Çörəklər" in run("menu", "category", "list").out
