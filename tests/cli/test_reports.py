"""Reports and files for others on the command line."""

import csv
import hashlib
import io
from decimal import Decimal
from pathlib import Path

import msoffcrypto
import openpyxl
import pytest
import pyzipper

from desktop_app.cli.tree_reports import BY, NAMED
from desktop_app.reports.catalogue import REPORTS
from desktop_app.reports.records import Dimension
from tests.cli import shop


def test_the_tree_names_every_report():
    assert set(NAMED) == {key for key in REPORTS if not key.startswith("sales-")}
    assert set(BY) == {one.value for one in Dimension}


@pytest.mark.parametrize("name", sorted(NAMED))
def test_every_report_answers(run, name):
    found = run("report", name, "--json", "--from", "2026-11-01", "--to", "2026-11-30",
                "--against", "last-year").json  # fmt: skip
    assert found["report"] == name
    assert found["currency"] == "AZN"
    assert "rows" in found
    assert run("report", name, "--lang", "az").code == 0


def test_a_workbook_adds_up_to_the_cent(run, tmp_path):
    out = tmp_path / "sales.xlsx"
    found = run("report", "sales", "--by", "day", "--out", out, "--json", "--lang", "en").json
    assert found["sha256"] == hashlib.sha256(out.read_bytes()).hexdigest()
    assert found["total"]["revenue"] == shop.REVENUE
    sheet = openpyxl.load_workbook(out).worksheets[0]
    rows = list(sheet.iter_rows(values_only=True))
    assert rows[0][0] == "Day"
    at = next(n for n, title in enumerate(rows[0]) if str(title).startswith("Revenue"))
    assert sum(Decimal(str(row[at])) for row in rows[1:-1]) == Decimal(shop.REVENUE)
    assert rows[-1][at].startswith("=SUM(")
    assert sheet.freeze_panes == "A2"


def test_a_paper(run, tmp_path):
    out = tmp_path / "abc.pdf"
    assert run("report", "abc", "--out", out, "--json").json["file"] == str(out)
    assert out.read_bytes().startswith(b"%PDF")


def test_reports_are_listed(run):
    rows = run("report", "list", "--json").json["rows"]
    assert {row["id"] for row in rows} == set(REPORTS)


def test_orders_in_the_register(run, tmp_path):
    out = tmp_path / "orders.csv"
    made = run("export", "orders", "--format", "csv", "--out", out, "--recipient", "Nərgiz",
               "--reason", "ay sonu", "--json", "--lang", "en").json  # fmt: skip
    assert made["rows"] == 5
    assert made["file"] == str(out)
    assert made["sha256"] == hashlib.sha256(out.read_bytes()).hexdigest()
    rows = list(csv.reader(io.StringIO(out.read_text("utf-8-sig"), newline="")))
    assert sum(Decimal(row[10]) for row in rows[1:]) == Decimal(shop.REVENUE)
    (line,) = run("exports", "--json").json["rows"]
    assert (line["recipient"], line["reason"], line["rows"]) == ("Nərgiz", "ay sonu", 5)
    assert run("export", "destroyed", line["id"]).code == 0
    assert run("exports", "--json").json["rows"][0]["destroyed_at"]
    assert run("export", "orders", "--out", out, "--recipient", "x", "--json").code == 5


def test_azerbaijani_csv_has_its_separator(run, tmp_path):
    out = tmp_path / "orders.csv"
    run("export", "orders", "--format", "csv", "--out", out, "--recipient", "x", "--lang", "az")
    rows = list(csv.reader(io.StringIO(out.read_text("utf-8-sig"), newline=""), delimiter=";"))
    assert {row[10] for row in rows[1:]} >= {"16,00"}


def test_customers_are_locked(run, tmp_path):
    secret = tmp_path / "secret"
    secret.write_text("nar çiçəyi pəncərə\n", "utf-8")
    out = tmp_path / "guests.xlsx"
    said = run("export", "customers", "--out", out, "--recipient", "x", "--json")
    assert (said.code, said.error["code"]) == (2, "invalid")
    made = run("export", "customers", "--out", out, "--recipient", "x", "--json", "--protect",
               "xlsx-password", "--export-password-file", secret).json  # fmt: skip
    assert made["rows"] == 2
    plain = io.BytesIO()
    with out.open("rb") as file:
        locked = msoffcrypto.OfficeFile(file)
        locked.load_key(password="nar çiçəyi pəncərə", verify_password=True)
        locked.decrypt(plain)
    phones = {row[3] for row in openpyxl.load_workbook(plain).worksheets[0].values}
    assert "+994501234567" in phones


def test_lists_of_people_and_columns_and_the_past(run, tmp_path):
    secret = tmp_path / "secret"
    secret.write_text("nar çiçəyi pəncərə\n", "utf-8")
    for name, more in (("birthdays", ("--within", "366")), ("duplicates", ()), ("pay", ())):
        out = tmp_path / f"{name}.zip"
        head = ("export", name, "--out", out, "--recipient", "x", "--json", *more)
        assert run(*head).code == 2
        made = run(*head, "--format", "csv", "--protect", "zip-aes", "--export-password-file",
                   secret).json  # fmt: skip
        assert made["rows"] == {"birthdays": 2, "duplicates": 0, "pay": 0}[name]
        with pyzipper.AESZipFile(out) as archive:
            assert archive.read(f"{name}.csv", pwd="nar çiçəyi pəncərə".encode())
    sheet = tmp_path / "menu.csv"
    head = ("export", "menu", "--format", "csv", "--out", sheet, "--recipient", "x", "--json")
    said = run(*head, "--columns", "price,colour")
    assert (said.code, "id, name, category" in said.err) == (2, True)
    assert run(*head, "--columns", "name, category", "--lang", "en").code == 0
    assert sheet.read_text("utf-8-sig").splitlines()[0] == "Name,Category"
    past = ("export", "stock", "--recipient", "x", "--at")
    for at in ("2026-11-03", "2026-11-03T10:00+04:00"):
        assert run(*past, at, "--out", tmp_path / f"{len(at)}.xlsx").code == 0
    assert run(*past, "tomorrow", "--out", tmp_path / "no.xlsx").code == 2


def test_sales_of_a_table_are_in_the_register_too(run, tmp_path):
    out = tmp_path / "sales.csv"
    head = ("report", "sales", "--by", "item", "--out", out, "--json", "--lang", "en")
    found = run(*head, "--recipient", "Nərgiz").json
    assert found["by"] == "item"
    (line,) = run("exports", "--json").json["rows"]
    assert (line["id"], line["recipient"], line["sha256"]) == (
        found["id"], "Nərgiz", found["sha256"],
    )  # fmt: skip
    rows = list(csv.reader(io.StringIO(out.read_text("utf-8-sig"), newline="")))
    at = next(n for n, title in enumerate(rows[0]) if title.startswith("Revenue"))
    assert sum(Decimal(row[at]) for row in rows[1:]) == Decimal(shop.REVENUE)
    assert any(row[0].startswith("'=cmd") for row in rows)
    assert run(*head).code == 5


def test_a_report_with_pay_leaves_locked(run, tmp_path):
    secret = tmp_path / "secret"
    secret.write_text("nar çiçəyi pəncərə\n", "utf-8")
    out = tmp_path / "pay.xlsx"
    assert run("report", "staff-cost", "--out", out).code == 2
    lock = ("--protect", "xlsx-password", "--export-password-file", secret)
    assert run("report", "staff-cost", "--out", out, *lock).code == 0
    assert not out.read_bytes().startswith(b"PK")
    assert run("exports", "--json").json["rows"][0]["what"] == "pay"


@pytest.mark.parametrize(
    "words",
    [
        ("--format", "json"),
        ("--format", "parquet"),
        ("--protect", "age"),
        ("--protect", "xlsx-password", "--format", "csv"),
        ("--days", "0"),
        ("--recipient", " "),
    ],
)
def test_what_comes_later_is_said_and_writes_nothing(run, tmp_path, words):
    secret = tmp_path / "secret"
    secret.write_text("nar çiçəyi pəncərə\n", "utf-8")
    out = Path(tmp_path / "x.csv")
    more = ("--export-password-file", secret) if "--protect" in words else ()
    said = run("export", "menu", "--out", out, "--recipient", "x", *words, *more, "--json")
    assert said.code == 2
    assert not out.exists()


def test_a_report_of_another_kind_of_file_is_refused(run, tmp_path):
    assert run("report", "abc", "--out", tmp_path / "x.docx", "--json").code == 2
    assert run("report", "abc", "--against", "before", "--json").code == 2


def test_the_trail_is_handed_out_as_a_table_and_stands_in_the_register(run, tmp_path):
    out = tmp_path / "trail.xlsx"
    made = run("export", "audit", "--format", "xlsx", "--out", out, "--recipient", "Auditor",
               "--json").json  # fmt: skip
    sheet = openpyxl.load_workbook(out).worksheets[0]
    assert sheet.max_row - 1 == made["rows"] == made["events"]
    assert sheet["A2"].value == 1
    whole = tmp_path / "trail.json"
    made = run("export", "audit", "--out", whole, "--recipient", "Auditor", "--json").json
    assert made["sha256"] == hashlib.sha256(whole.read_bytes()).hexdigest()
    rows = run("exports", "--json").json["rows"]
    assert [(row["what"], row["format"]) for row in rows] == [("audit", "json"), ("audit", "xlsx")]
