"""Card numbers on the command line: found, masked, never echoed, never written out."""

import json

import pikepdf
import pytest
from sqlalchemy import text

from desktop_app.sign_in import Reception
from tests.cli import shop

PAN = "4242 4242 4242 4242"
PLAIN = PAN.replace(" ", "")


@pytest.fixture
def tainted(run):
    """Give a store into which an older program let a card number."""
    reception = Reception(run.folder, keyring=False)
    with reception.sign_in(shop.OWNER, shop.PASSWORD) as app:
        engine = app._store.engine.execution_options(audited=False)
        with engine.begin() as connection:
            renamed = "UPDATE main.category SET name = :t WHERE name = 'Əsas'"
            connection.execute(text(renamed), {"t": PAN})
            connection.execute(text("UPDATE main.order_line SET name = :t"), {"t": f"Plov {PAN}"})
            connection.execute(text("UPDATE people.customer SET note = :t"), {"t": f"kart {PLAIN}"})
    return run


def test_a_clean_store_is_said_to_be_clean(run):
    assert run("cards", "status", "--json").json == {"at": None}
    said = run("cards", "scan")
    assert (said.code, "No card number was found." in said.out) == (0, True)
    status = run("cards", "status", "--json").json
    assert (status["found"], status["left"], status["actor"]) == (0, 0, shop.OWNER)


def test_what_is_found_is_listed_without_its_digits_and_ends_with_seven(tainted):
    said = tainted("cards", "scan", "--json")
    assert said.code == 7
    assert said.json["left"] == said.json["found"] == len(said.json["places"]) > 3
    assert {one["masked"] for one in said.json["places"]} == {"•••• 4242"}
    shown = tainted("cards", "scan")
    assert shown.code == 7
    assert "customer" in shown.out
    for one in (said, shown):
        assert PAN not in one.out
        assert PLAIN not in one.out


def test_masking_leaves_nothing_to_find(tainted):
    said = tainted("cards", "scan", "--mask", "--json")
    assert (said.code, said.json["left"], said.json["places"]) == (0, 0, [])
    assert said.json["masked"] == said.json["found"] > 3
    again = tainted("cards", "scan", "--json")
    assert (again.code, again.json["found"]) == (0, 0)


def test_the_status_says_when_the_store_was_searched_and_what_is_left(tainted):
    assert tainted("status", "--json").json["card_scan"] is None
    left = tainted("cards", "scan", "--json").json["left"]
    assert tainted("status", "--json").json["card_scan"]["left"] == left
    tainted("cards", "scan", "--mask")
    assert tainted("status", "--json").json["card_scan"]["left"] == 0
    assert tainted("status", "--json", user=shop.STAFF).json["card_scan"] is None


def test_staff_may_not_scan(run):
    assert run("cards", "scan", user=shop.STAFF).code == 3


def test_a_report_and_a_copy_hold_no_card_number(tainted, tmp_path):
    sheet, paper = tmp_path / "sales.csv", tmp_path / "copy.pdf"
    assert tainted("report", "sales", "--by", "category", "--out", sheet).code == 0
    assert "•••• 4242" in sheet.read_text("utf-8-sig")
    found = tainted("customers", "find", "Həsənov", "--json").json["rows"]
    assert tainted("privacy", "copy", "--customer", found[0]["id"], "--out", paper).code == 0
    with pikepdf.open(paper) as pdf:
        data = pdf.attachments["data.json"].get_file().read_bytes().decode()
    assert "kart •••• 4242" in json.dumps(json.loads(data), ensure_ascii=False)
    for written in (data, sheet.read_text("utf-8-sig")):
        assert PAN not in written
        assert PLAIN not in written


@pytest.mark.parametrize(
    "arguments",
    [
        ("orders", "show", PLAIN),
        ("settings", "set", "documents.language", PAN),
        ("settings", "set", PAN, "1"),
        ("users", "remove", f"kart {PAN}"),
        ("report", "sales", "--by", PAN),
        ("import", "auto", f"/nowhere/kart {PAN}.csv"),
        ("backup", "target", "add", PAN, "/nowhere"),
        (PLAIN,),
    ],
)
@pytest.mark.parametrize("form", [(), ("--json",)])
def test_an_error_never_echoes_a_card_number(run, arguments, form):
    said = run(*arguments, *form)
    assert said.code not in {0, 70}
    assert PAN not in said.out + said.err
    assert PLAIN not in said.out + said.err
