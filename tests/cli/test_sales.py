"""Refunds, voids, receipts by hand, shifts and the gap radar, on the command line."""

import pytest


def newest(run) -> str:
    return run("--json", "orders", "list").json["rows"][0]["id"]


def test_a_refund_by_line_and_the_rest_of_it(run):
    rows = run("--json", "orders", "list").json["rows"]
    receipt = next(row["id"] for row in rows if row["number"] == "A-1")
    half = run(
        "--json", "orders", "refund", receipt, "--reason", "soyuq", "--line", "2",
        "--goods", "waste",
    )  # fmt: skip
    assert (half.json["number"], half.json["amount"]) == ("A-1-R1", "2.00")
    rest = run("--json", "orders", "refund", receipt, "--reason", "soyuq", "--line", "1=1")
    assert rest.json["amount"] == "13.25"
    found = run("--json", "orders", "corrections", receipt).json
    assert [row["goods"] for row in found["rows"]] == ["waste", "none"]
    assert (found["left"], found["left_amount"]) == ([], "0.00")
    again = run("--json", "orders", "void", receipt, "--reason", "x")
    assert (again.code, again.error["code"]) == (2, "invalid")
    shown = run("orders", "corrections", receipt)
    assert "A-1-R2" in shown.out
    assert "All of this receipt was taken back already." in shown.out


def test_a_void_and_another_payment(run):
    receipt = newest(run)
    wrong = run("--json", "orders", "pay", receipt, "--payment", "gold=1", "--reason", "x")
    assert wrong.code == 2
    paid = run("--json", "orders", "pay", receipt, "--payment", "card=16", "--reason", "çek")
    assert paid.code in (0, 2), paid
    voided = run("--json", "orders", "void", receipt, "--reason", "səhv")
    assert voided.json["number"].endswith("-V1")


def test_a_receipt_entered_by_hand(run):
    menu = run("--json", "menu", "list").json["rows"]
    plov = next(row["id"] for row in menu if row["name"] == "Plov")
    done = run(
        "--json", "orders", "enter", "--line", f"{plov}/M=2", "--gift", f"{plov}/M",
        "--discount", "10", "--service", "10", "--payment", "cash=10", "--payment", "card=16.24",
        "--table", "Masa 4", "--guests", "2",
    )  # fmt: skip
    assert (done.json["total"], done.json["due"]) == ("23.85", "26.24")
    short = run("--json", "orders", "enter", "--line", f"{plov}/M", "--payment", "cash=1")
    assert short.error["message"] == "12.25 AZN are still to be paid."
    for wrong in (["--discount", "1.234"], ["--discount", "x"], ["--tax", "101"]):
        said = run("--json", "orders", "enter", "--line", f"{plov}/M", *wrong)
        assert said.code == 2, said


def test_a_shift_with_cash_x_and_z(run, tmp_path):
    assert run("--json", "report", "z").code == 4
    assert run("--json", "report", "x").code == 5
    assert run("--json", "shifts", "open", "100.00").code == 0
    assert run("--json", "shifts", "open", "100.00").code == 5
    run("shifts", "cash-in", "20", "--reason", "xırda")
    run("shifts", "cash-out", "5.50", "--reason", "çörək")
    out = tmp_path / "x.pdf"
    x = run("--json", "report", "x", "--out", out, "--paper", "80mm").json
    assert (x["expected"], x["z_number"], x["file"]) == ("114.50", None, str(out))
    assert out.read_bytes().startswith(b"%PDF")
    assert run("--json", "report", "x", "--out", tmp_path / "x.txt").code == 2
    z = run("--json", "shifts", "close", "114.00").json
    assert (z["z_number"], z["difference"]) == (1, "-0.50")
    assert run("--json", "report", "z").json["anchor"] == z["anchor"]
    assert "Trail" in run("report", "z", "--number", "1").out
    (row,) = run("--json", "shifts", "list").json["rows"]
    assert (row["number"], row["difference"]) == (1, "-0.50")
    assert "₼0.50" in run("shifts", "list").out
    gaps = run("--json", "orders", "gaps").json["rows"]
    assert [one["kind"] for one in gaps] == ["cash"]
    one = gaps[0]
    run("orders", "gap-seen", one["kind"], one["key"], "--day", one["day"], "--note", "tapıldı")
    assert run("--json", "orders", "gaps", "--new").json["rows"] == []
    assert run("--json", "orders", "gaps").json["rows"][0]["note"] == "tapıldı"


@pytest.mark.parametrize("amount", ["-1", "1.234", "x"])
def test_absurd_cash_is_refused(run, amount):
    assert run("--json", "shifts", "open", "--", amount).code == 2


def test_tills_are_listed_named_and_put_away(run):
    assert run("--json", "shifts", "open", "10", "--till", "POS-2").code == 0
    assert run("--json", "tills", "name", "POS-2", "Bar").json == {"till": "POS-2", "title": "Bar"}
    rows = run("--json", "tills", "list").json["rows"]
    assert [(row["till"], row["title"], row["active"]) for row in rows] == [
        ("", "", True), ("POS-2", "Bar", True),
    ]  # fmt: skip
    assert "Bar (POS-2)" in run("shifts", "list").out
    assert run("--json", "shifts", "list").json["rows"][0]["till"] == "POS-2"
    assert run("--json", "tills", "put-away", "POS-2").code == 5
    run("shifts", "close", "10", "--till", "POS-2")
    assert run("--json", "tills", "put-away", "POS-2").json["active"] is False
    assert [row["till"] for row in run("--json", "tills", "list").json["rows"]] == [""]
    assert "Put away" in run("tills", "list", "--all").out
    assert run("tills", "bring-back", "POS-2").code == 0
    assert run("--json", "tills", "name", "POS-9", "x").code == 4
