"""Staff, the clock and money on the command line."""


def test_somebody_is_written_down_clocked_and_corrected(run):
    added = run("--json", "staff", "add", "Nigar Sınaq", "--position", "Ofisiant").json["id"]
    changed = run("--json", "staff", "edit", added, "--phone", "+994501234567")
    assert changed.json["version"] == 2
    card = run("--json", "staff", "show", added).json
    assert (card["position"], card["phone"], card["tokens"]) == ("Ofisiant", "+994501234567", [])
    come = run("--json", "staff", "clock", "in", added)
    assert come.json["came"] is True
    assert "at work already" in run("--json", "staff", "clock", "in", added).error["message"]
    (row,) = [r for r in run("--json", "staff", "list").json["rows"] if r["id"] == added]
    assert row["at_work_since"] is not None
    (entry,) = run("--json", "staff", "clock", "list").json["rows"]
    done = run("--json", "staff", "clock", "correct", entry["id"], "--reason", "səhv")
    assert done.json["corrects"] == entry["id"]
    assert run("--json", "staff", "hours").json["rows"] == []
    entered = run(
        "--json", "staff", "clock", "enter", added, "--start", "2026-11-02T10:00+04:00",
        "--end", "2026-11-02T18:30+04:00", "--reason", "unudub",
    )  # fmt: skip
    assert entered.code == 0, entered
    run("--json", "staff", "pay", "set", added, "1730", "--since", "2026-01-01", "--hours", "173")
    hours = run("--json", "staff", "hours", "--from", "2026-11-02", "--to", "2026-11-02", "--cost")
    assert hours.json["rows"][0]["hours"] == "8.50"
    assert hours.json["total"]["cost"] == "85.00"
    tip = run("--json", "staff", "tips", "add", added, "12.50", "--day", "2026-11-02").json["id"]
    run("--json", "staff", "tips", "correct", tip, "--reason", "səhv")
    listed = run("--json", "staff", "tips", "list", "--from", "2026-11-01", "--to", "2026-11-30")
    assert listed.json["total"] == "0.00"
    assert len(listed.json["rows"]) == 2
    assert run("staff", "clock", "list").code == 0
    left = run("--json", "staff", "edit", added, "--left", "2026-11-02")
    assert left.code == 0, left
    assert run("--json", "staff", "clock", "in", added).code == 2


def test_money_is_entered_moved_and_taken_back(run):
    cash = run("--json", "finance", "account", "add", "Kassa S", "--opening", "100").json["id"]
    bank = run("--json", "finance", "account", "add", "Bank S", "--kind", "bank").json["id"]
    rent = run("--json", "finance", "category", "add", "İcarə S", "expense").json["id"]
    spent = run("--json", "finance", "add", cash, rent, "--expense", "25.50", "--note", "mart")
    assert spent.code == 0
    wrong = run("--json", "finance", "add", cash, rent, "--income", "5")
    assert wrong.code == 2
    assert run("--json", "finance", "add", cash, rent).code == 2
    assert run("--json", "finance", "transfer", cash, bank, "30").code == 0
    held = {r["name"]: r["balance"] for r in run("--json", "finance", "accounts").json["rows"]}
    assert (held["Kassa S"], held["Bank S"]) == ("44.50", "30.00")
    run("--json", "finance", "correct", spent.json["id"], "--reason", "iki dəfə")
    rows = run("--json", "finance", "entries", "--account", cash).json["rows"]
    assert sum(float(r["amount"]) for r in rows) == 70.0
    flow = run("--json", "finance", "flow", "--account", cash).json
    assert flow["closing"] == "70.00"
    right = ("--reason", "qəbzdə 6", "--expense", "6")
    other = run("--json", "finance", "add", cash, rent, "--expense", "7").json["id"]
    lacking = run("--json", "finance", "correct", other, *right)
    assert lacking.code == 2
    assert "account and the category" in lacking.error["message"]
    put = run("--json", "finance", "correct", other, *right, "--account", cash, "--category", rent)
    rows = run("--json", "finance", "entries", "--account", cash).json["rows"]
    assert sum(float(r["amount"]) for r in rows) == 64.0
    assert put.json["instead"] in {r["id"] for r in rows}
    assert len(flow["months"]) == len(flow["net"]) == len(flow["opening"])
    locked = [r for r in run("--json", "finance", "categories").json["rows"] if r["locked"]]
    assert len(locked) == 11
    for words in (("accounts",), ("entries",), ("flow",), ("categories",)):
        assert run("finance", *words).code == 0
