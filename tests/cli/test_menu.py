"""The menu on the command line: products, cards, prices, the stop list."""

import pytest

from desktop_app.cli.tree_menu import KINDS, UNITS
from desktop_app.menu.kinds import ProductKind, Unit
from tests.database.test_photos import picture


def test_the_words_typed_are_those_of_the_menu():
    assert tuple(kind.value for kind in ProductKind) == KINDS
    assert tuple(unit.value for unit in Unit) == UNITS


def add(run, name, *words):
    return run("--json", "menu", "add", name, *words).json["id"]


@pytest.fixture
def bread(run):
    flour = add(run, "Un", "--kind", "ingredient", "--unit", "g", "--cost", "1.20")
    dough = add(run, "Xəmir", "--kind", "preparation", "--unit", "g")
    said = run("--json", "menu", "recipe", dough, "--part", f"{flour}=1000", "--output", "1500")
    assert said.code == 0, said
    made = add(run, "Çörək", "--price", "1.18", "--tax", "18")
    assert run("--json", "menu", "recipe", made, "--part", f"{dough}=300/280").code == 0
    return {"flour": flour, "dough": dough, "bread": made}


def test_a_dish_is_made_of_what_was_added(run, bread):
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


def test_the_list_is_filtered(run, bread):
    rows = run("--json", "menu", "list", "--kind", "ingredient").json["rows"]
    assert [(row["name"], row["cost"], row["margin_percent"]) for row in rows] == [
        ("Un", "1.20", None)
    ]
    assert [r["id"] for r in run("--json", "menu", "list", "--text", "corek").json["rows"]] == [
        bread["bread"]
    ]
    assert "Çörək" in run("menu", "list").out


def test_prices_and_the_stop_list_change(run, bread):
    assert run("--json", "menu", "price", bread["bread"], "1.30").json["price"] == "1.30"
    assert run("--json", "menu", "stop", bread["bread"], "--left", "4").json["left"] == "4"
    (row,) = run("--json", "menu", "list", "--stopped").json["rows"]
    assert (row["left"], row["variants"][0]["price"]) == ("4", "1.30")
    assert run("--json", "menu", "unstop", bread["bread"]).code == 0
    assert run("--json", "menu", "list", "--stopped").json["rows"] == []


def test_a_product_is_changed_archived_and_kept_where_it_is_used(run, bread):
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


def test_what_cannot_be_is_refused_and_changes_nothing(run, bread):
    before = run("--json", "menu", "list").json
    for words, said in REFUSED:
        filled = [word.format(**bread) for word in words]
        behind = ["--"] if "-1" in filled else []  # else it would be taken for an option
        refused = run("--json", "menu", filled[0], *behind, *filled[1:])
        assert refused.code != 0, words
        assert said in refused.error["message"]
    assert run("--json", "menu", "list").json == before


def test_categories_are_added_and_listed(run):
    top = run("--json", "menu", "category", "add", "Mətbəx").json["id"]
    run("--json", "menu", "category", "add", "Çörəklər", "--parent", top)
    rows = run("--json", "menu", "category", "list").json["rows"]
    assert {"Mətbəx", "Çörəklər"} <= {row["name"] for row in rows}
    assert next(row for row in rows if row["name"] == "Çörəklər")["parent_id"] == top
    assert "Çörəklər" in run("menu", "category", "list").out


@pytest.fixture
def done(run):
    def call(*words):
        said = run("--json", "menu", *words)
        assert said.code == 0, said
        return said.json

    return call


def test_price_lists_are_kept(run, bread, done):
    number = bread["bread"]
    done("price", number, "2", "--variant", "böyük")
    lists = "pricelist"
    happy = done(lists, "add", "Xoş saat", "--days", "mon,fri", "--hours", "17:00-19:00")["id"]
    sent = done(lists, "add", "Çatdırılma", "--sale-type", "Çatdırılma")["id"]
    done(lists, "edit", sent, "--tables", "Zal, VIP", "--name", "Zal")
    done(lists, "order", sent, happy)
    rows = done(lists, "list")["rows"]
    assert [(one["name"], one["tables"], one["hours"]) for one in rows] == [
        ("Zal", ["Zal", "VIP"], ""), ("Xoş saat", [], "17:00-19:00"),
    ]  # fmt: skip
    assert rows[1]["days"] == ["mon", "fri"]
    done("price", number, "1.50", "--list", sent)
    asked = ("price-for", number, "--sale-type", "çatdırılma", "--table", "VIP 2")
    assert (done(*asked)["price"], done(*asked)["price_list"]) == ("1.50", "Zal")
    assert done("price-for", number, "--variant", "böyük")["price"] == "2.00"
    for words in (("--days", "xyz"), ("--hours", "9"), ("--hours", "25:00-26:00")):
        assert run("menu", lists, "edit", happy, *words).code == 2
    assert run("menu", lists, "remove", sent).code == 5
    assert done(lists, "edit", sent, "--active", "no")
    done(lists, "remove", happy)


def test_sizes_stations_time_and_photos_are_kept(run, bread, done, tmp_path):
    number = bread["bread"]
    done("price", number, "2", "--variant", "böyük")
    done("size", "set", number, "böyük", "--factor", "2", "--part", f"{bread['flour']}=5")
    shown = done("show", number)
    assert shown["sizes"] == [
        {"name": "böyük", "factor": "2", "own": [{"id": bread["flour"], "gross": "5"}]}
    ]
    assert [one["cost"] for one in shown["variants"]] == ["0.24", "0.49"]
    done("size", "rename", number, "böyük", "Grande")
    done("size", "sell", number, "Grande", "no")
    done("size", "remove", number, "Grande")
    assert run("menu", "size", "remove", number, "").code == 5

    station = done("station", "add", "Təndir")["id"]
    done("station", "rename", station, "Ocaq")
    assert [one["name"] for one in done("station", "list")["rows"]] == ["Ocaq"]
    done("station", "remove", station)
    assert done("choices", "list")["rows"] == []

    game = add(run, "Bilyard", "--kind", "timed", "--price", "6", "--step", "15", "--least", "30")
    assert done("show", game)["minutes"] == {"interval": 60, "step": 15, "least": 30}
    sold = run("--json", "orders", "enter", "--line", f"{game}=31min", "--payment", "cash=4.50")
    assert (sold.code, sold.json["due"]) == (0, "4.50")

    done("photo", "set", number, str(picture(tmp_path / "a.jpg")))
    done("photo", "save", number, str(tmp_path / "b.jpg"))
    assert (tmp_path / "b.jpg").read_bytes().startswith(b"\xff\xd8\xff")
    assert run("menu", "photo", "save", number, str(tmp_path / "b.jpg")).code != 0
    done("photo", "remove", number)
    assert run("menu", "photo", "save", number, str(tmp_path / "c.jpg")).code == 4


def test_a_category_is_renamed_moved_and_removed(run):
    hot = run("--json", "menu", "category", "add", "Qaynar yeməklər").json["id"]
    soup = run("--json", "menu", "category", "add", "Şorba").json["id"]
    said = run("--json", "menu", "category", "edit", soup, "--name", "Şorbalar", "--parent", hot)
    assert said.code == 0
    rows = {row["id"]: row for row in run("--json", "menu", "category", "list").json["rows"]}
    assert (rows[soup]["name"], rows[soup]["parent_id"]) == ("Şorbalar", hot)
    assert run("--json", "menu", "category", "remove", hot).code == 5
    assert run("--json", "menu", "category", "edit", soup, "--top").code == 0
    assert run("--json", "menu", "category", "remove", hot).code == 0
    assert run("--json", "menu", "category", "edit", hot, "--name", "x").code == 4


def test_many_prices_change_after_a_preview(run, bread):
    words = ("menu", "reprice", "çörək", "--percent", "10", "--round", "0.10")
    said = run("--json", *words, "--preview").json
    assert (said["changed"], said["preview"]) == (0, True)
    (row,) = said["rows"]
    assert (row["before"], row["after"]) == ("1.18", "1.30")
    assert "1.30" in run(*words, "--preview").out
    assert run("--json", *words).json["changed"] == 1
    (back,) = run("--json", "menu", "reprice", "çörək", "--percent=-10", "--preview").json["rows"]
    assert back["before"] == "1.30"
    for wrong in (("--percent", "x"), ("--percent", "0.001"), ("--round", "0"), ()):
        assert run("--json", "menu", "reprice", "çörək", *wrong).code == 2


def test_products_move_and_are_archived_together(run, bread):
    hot = run("--json", "menu", "category", "add", "Qaynar yeməklər").json["id"]
    assert run("--json", "menu", "move", *bread.values(), "--category", hot).json["moved"] == 3
    assert run("--json", "menu", "archive", bread["flour"]).code == 5
    assert run("--json", "menu", "archive", *bread.values()).json["changed"] == 3
    assert run("--json", "menu", "archive", bread["bread"], "--restore").code == 2
    assert run("--json", "menu", "archive", *bread.values(), "--restore").json["changed"] == 3


def test_choices_are_added_changed_and_offered(run, bread):
    words = ("--choice", f"Acı=0.50:{bread['flour']}:20g", "--choice", "Sadə")
    group = run("--json", "menu", "choices", "add", "Sous", *words, "--most", "2").json["id"]
    edit = ("--json", "menu", "choices", "edit", group)
    assert run(*edit, "--follow-size", "yes", "--least", "1").code == 0
    rows = {row["id"]: row for row in run("--json", "menu", "choices", "list").json["rows"]}
    assert (rows[group]["least"], rows[group]["most"], rows[group]["follows_size"]) == (1, 2, True)
    assert rows[group]["choices"][0] == {
        "name": "Acı", "price": "0.50", "takes_id": bread["flour"], "quantity": "20",
    }  # fmt: skip
    assert run("--json", "menu", "edit", bread["bread"], "--choices", group).code == 0
    assert run("--json", "menu", "show", bread["bread"]).json["choices"] == [group]
    assert run("--json", "menu", "edit", bread["bread"], "--choices", "").code == 0
    for wrong in ("Acı=x", f"Acı=1:{bread['flour']}", f"Acı=1:{bread['flour']}:2pcs"):
        assert run(*edit, "--choice", wrong).code == 2
    assert run("--json", "menu", "choices", "edit", "1", "--name", "x").code == 4
