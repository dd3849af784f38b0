"""Several venues on the command line, from end to end."""

from tests.cli import shop

SECOND = "İçəri Şəhər"


def test_a_second_venue_is_opened_worked_in_and_changed(run, files):
    said = run("venues", "add", SECOND, "--opening-time", "09:00", "--json")
    assert said.code == 0, said.err
    number = said.json["id"]
    known = run("venues", "list", "--json").json["rows"]
    assert {one["name"]: one["opening_time"] for one in known} == {
        shop.VENUE: "06:00",
        SECOND: "09:00",
    }
    here = ("--in-venue", SECOND)
    assert run("orders", "list", "--json", *here).json["rows"] == []
    assert run("import", "auto", files / "sales.csv", "--json", *here).json["orders_added"] == 5
    assert len(run("orders", "list", "--json", *here).json["rows"]) == 5
    assert len(run("orders", "list", "--json").json["rows"]) == 10
    assert len(run("orders", "list", "--json", "--in-venue", shop.VENUE).json["rows"]) == 5
    changed = run("venues", "edit", number, "--address", "Kiçik Qala 5", "--opening-time", "10:00")
    assert changed.code == 0, changed.err
    (second,) = [v for v in run("venues", "list", "--json").json["rows"] if v["name"] == SECOND]
    assert (second["address"], second["opening_time"]) == ("Kiçik Qala 5", "10:00")


def test_a_venue_that_is_not_there_is_named_with_those_that_are(run):
    said = run("orders", "list", "--in-venue", "Tbilisi", "--json")
    assert (said.code, said.error["code"]) == (4, "not_found")
    assert shop.VENUE in said.error["hint"]


def test_bad_input_changes_nothing(run):
    assert run("venues", "add", "  ").code == 2
    assert run("venues", "add", shop.VENUE).code == 5
    assert run("venues", "add", "A", "--opening-time", "25:00").code == 2
    assert run("venues", "edit", "99", "--name", "A").code == 4
    assert len(run("venues", "list", "--json").json["rows"]) == 1
