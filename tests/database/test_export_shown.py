"""What a list shows leaves with the right to export, typed, and in the register."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import openpyxl
import pypdfium2
import pytest
import pyzipper

from desktop_app.customers.records import IncomingCustomer
from desktop_app.exports import operations as exports
from desktop_app.exports import people, shown, shown_cells
from desktop_app.exports.operations import list_exports
from desktop_app.exports.records import FileFormat, Handover, ShownColumn, ShownTable, What
from desktop_app.kernel.access import Permission, Role
from desktop_app.kernel.asking import ApprovalNeededError, ConfirmationNeededError
from desktop_app.kernel.errors import ConflictError, InvalidError, NotAllowedError
from desktop_app.reports.records import Period
from desktop_app.sheets.records import Kind, Protection
from tests.database.shop import Shop, enter

TO = Handover(FileFormat.CSV, "Hesabdar Nərgiz", "month end")
COLUMNS = (ShownColumn("Name"), ShownColumn("Worth", right=True, exact=True))
TABLE = ShownTable("Goods", COLUMNS, [("Ət", "12.50"), ("=1+1", "-3.05"), ("Su", "")])
OPS = {
    shown.export_shown_menu: What.MENU,
    shown.export_shown_money: What.FINANCE,
    shown.export_shown_orders: What.ORDERS,
    shown.export_shown_sales: What.SALES,
    shown.export_shown_stock: What.STOCK,
    shown.export_shown_register: What.EXPORTS,
    shown.export_shown_report: What.REPORT,
    shown.export_shown_trail: What.AUDIT,
}
PEOPLE = {
    shown.export_shown_customers: What.CUSTOMERS,
    shown.export_shown_pay: What.PAY,
    shown.export_shown_staff: What.STAFF,
}
SECRET = "nar çiçəyi pəncərə"


def written(folder: Path) -> list[str]:
    """Return the names of the files there, besides the store."""
    return [one.name for one in folder.iterdir() if one.is_file()]


def test_each_is_entered_and_refused_to_who_may_not(shop: Shop, tmp_path: Path) -> None:
    for op, what in OPS.items():
        out = tmp_path / f"{what}.csv"
        with pytest.raises(NotAllowedError):
            shop.as_role(Role.STAFF).call(op, TABLE, out, TO)
        assert not out.exists()
        assert shop.app.call(op, TABLE, out, TO).rows == 3
        with pytest.raises(ConflictError):
            shop.app.call(op, TABLE, out, TO)
    assert {line.what for line in shop.app.call(list_exports)} == set(OPS.values())
    text = (tmp_path / "stock.csv").read_text("utf-8-sig").splitlines()
    assert text[:3] == ["Name,Worth", "Ət,12.50", "'=1+1,-3.05"]
    shop.check_trail()


def test_a_wide_list_lies_across_and_long_ones_come_whole(shop: Shop, tmp_path: Path) -> None:
    wide = [ShownColumn(f"Column {n}", 130, right=n > 4) for n in range(9)]
    rows = [[f"{row}/{n}" for n in range(9)] for row in range(120)]
    to = replace(TO, format=FileFormat.PDF, language="az")
    for name, table in (("wide", ShownTable("Anbar", wide, rows)), ("tall", TABLE)):
        out = tmp_path / f"{name}.pdf"
        shop.app.call(shown.export_shown_stock, table, out, to)
        paper = pypdfium2.PdfDocument(out)
        width, height = paper[0].get_size()
        assert (width > height) == (name == "wide")
        text = "".join(page.get_textpage().get_text_range() for page in paper)
        paper.close()
        assert ("119/8" in text) == (name == "wide")


def test_a_paper_has_its_facts_above_and_room_to_sign_below(shop: Shop, tmp_path: Path) -> None:
    long = "Çox uzun adlı məhsul: Qarabağ dağlarından yığılmış zoğal murabbası"
    rows = [("Ət", "12.50"), (long, "3.05")] * 30
    table = replace(
        TABLE, rows=rows, facts=[("Storage", "Mətbəx"), ("Note", "word " * 300)],
        signatures=["Handed over", "Received"],
    )  # fmt: skip
    out = tmp_path / "paper.pdf"
    shop.app.call(shown.export_shown_stock, table, out, replace(TO, format=FileFormat.PDF))
    paper = pypdfium2.PdfDocument(out)
    pages = [" ".join(page.get_textpage().get_text_range().split()) for page in paper]
    paper.close()
    assert "Storage Mətbəx" in pages[0]
    assert sum(page.count("word") for page in pages) == 300
    assert sum(page.count("Handed over") for page in pages) == 1
    assert "Received" in pages[-1]
    assert " ".join(pages).count("murabbası") == 30  # names go on in the next line
    book = tmp_path / "paper.xlsx"
    shop.app.call(shown.export_shown_stock, table, book, replace(TO, format=FileFormat.XLSX))
    about = openpyxl.load_workbook(book).worksheets[-1]
    assert ("Storage", "Mətbəx") in {(row[0].value, row[1].value) for row in about.iter_rows()}


def test_what_is_no_table_is_refused(shop: Shop, tmp_path: Path) -> None:
    for table in (replace(TABLE, rows=[("one",)]), replace(TABLE, columns=(), rows=[])):
        with pytest.raises(InvalidError):
            shop.app.call(shown.export_shown_stock, table, tmp_path / "x.csv", TO)
    assert not list(tmp_path.glob("x.csv*"))


@pytest.mark.parametrize(
    ("column", "texts", "kind", "cells"),
    [
        (COLUMNS[1], ["1.5", "-0.25", ""], Kind.NUMBER, [150, -25, None]),
        (COLUMNS[1], ["12", "x"], Kind.TEXT, ["12", "x"]),
        (ShownColumn("Pieces", right=True), ["1.250"], Kind.TEXT, ["1.250"]),
        (ShownColumn("Pieces", right=True), ["12", "-3"], Kind.NUMBER, [12, -3]),
        (ShownColumn("Barcode"), ["0012"], Kind.TEXT, ["0012"]),
        (ShownColumn("Day", exact=True), ["2026-11-26", ""], Kind.DAY, [date(2026, 11, 26), None]),
        (ShownColumn("Day", exact=True), ["2026-13-45"], Kind.TEXT, ["2026-13-45"]),
        (ShownColumn("None", right=True), [], Kind.TEXT, []),
    ],
)
def test_numbers_and_days_are_such(column, texts, kind, cells) -> None:
    columns, rows = shown_cells.typed(ShownTable("x", [column], [[text] for text in texts]))
    assert columns[0].kind is kind
    assert [row[0] for row in rows] == cells


def test_more_rows_than_a_role_may_need_a_second_person(shop: Shop, tmp_path: Path) -> None:
    long = replace(TABLE, rows=[("Ət", "1.50")] * 201)
    out = tmp_path / "menu.csv"
    with pytest.raises(ApprovalNeededError):
        shop.as_role(Role.MANAGER).call(shown.export_shown_menu, long, out, TO)
    assert not list(tmp_path.glob("menu*"))
    assert shop.app.call(shown.export_shown_menu, long, out, TO).rows == 201


@pytest.mark.parametrize("op", PEOPLE, ids=[what.value for what in PEOPLE.values()])
def test_lists_of_people_leave_locked_or_not_at_all(op, shop: Shop, tmp_path: Path) -> None:
    out = tmp_path / "people.zip"
    for to in (TO, replace(TO, format=FileFormat.PDF), replace(TO, format=FileFormat.PRINT)):
        with pytest.raises(InvalidError):
            shop.confirmed(op, TABLE, out, to)
    with pytest.raises(NotAllowedError):
        shop.as_role(Role.STAFF).call(op, TABLE, out, TO)
    assert not written(tmp_path)
    if op.deed:
        with pytest.raises(ConfirmationNeededError):
            shop.app.call(op, TABLE, out, TO)
    for kind in (FileFormat.CSV, FileFormat.XLSX, FileFormat.PDF):
        out = tmp_path / f"people-{kind}.zip"
        to = replace(TO, format=kind, protection=Protection.ZIP_AES, days=3)
        shop.confirmed(op, TABLE, out, to, password=SECRET)
        with pyzipper.AESZipFile(out) as archive:
            assert archive.namelist() == [f"people-{kind}.{kind}"]
            raw = archive.read(archive.namelist()[0], pwd=SECRET.encode())
        assert raw.startswith({"csv": b"\xef\xbb\xbf", "xlsx": b"PK", "pdf": b"%PDF"}[kind])
    line = shop.app.call(list_exports)[0]
    assert (line.what, line.personal, line.recipient, line.reason) == (
        PEOPLE[op], True, "Hesabdar Nərgiz", "month end",
    )  # fmt: skip
    assert (line.expires_at - line.at).days == 3
    shop.check_trail()


def test_what_people_earn_needs_the_right_to_read_it(shop: Shop, tmp_path: Path) -> None:
    to = replace(TO, protection=Protection.ZIP_AES)
    manager = shop.as_role(Role.MANAGER)
    assert not manager.actor.can(Permission.SALARIES_READ)
    for op, before in ((shown.export_shown_pay, (TABLE,)), (people.export_pay, ())):
        with pytest.raises((NotAllowedError, ConfirmationNeededError)):
            manager.call(op, *before, tmp_path / "pay.zip", to, password=SECRET)
    assert not written(tmp_path)


def test_what_is_printed_is_entered_and_lies_on_no_disk(shop: Shop, tmp_path: Path) -> None:
    to = replace(TO, format=FileFormat.PRINT)
    made = shop.app.call(shown.export_shown_stock, TABLE, Path("HP LaserJet"), to)
    assert made.paper.startswith(b"%PDF")
    assert "paper" not in repr(made)
    line = shop.app.call(list_exports)[0]
    assert (line.format, line.file, line.size) == (
        FileFormat.PRINT, "HP LaserJet", len(made.paper),
    )  # fmt: skip
    assert not written(tmp_path)
    with pytest.raises(InvalidError):
        shop.app.call(shown.export_shown_stock, TABLE, Path("x"),
                      replace(to, protection=Protection.ZIP_AES), password=SECRET)  # fmt: skip


def test_card_numbers_of_a_list_are_masked(shop: Shop, tmp_path: Path) -> None:
    out = tmp_path / "x.csv"
    table = replace(TABLE, rows=[("kart 5555 5555 5555 4444", "1.00")])
    shop.app.call(shown.export_shown_stock, table, out, TO)
    assert "5555 5555 5555 4444" not in out.read_text("utf-8-sig")


def test_columns_are_chosen_by_their_keys(shop: Shop, tmp_path: Path) -> None:
    out = tmp_path / "menu.csv"
    for wrong in (("nothing",), ("name", "name")):
        with pytest.raises(InvalidError) as refused:
            shop.app.call(exports.export_menu, out, replace(TO, columns=wrong))
        assert "price" in str(refused.value.hint)
    with pytest.raises(InvalidError):
        shop.app.call(
            exports.export_report, "abc", Period(), tmp_path / "x.pdf",
            replace(TO, format=FileFormat.PDF, columns=("key",)),
        )  # fmt: skip
    assert not written(tmp_path)
    shop.app.call(exports.export_menu, out, replace(TO, columns=("active", "name")))
    assert out.read_text("utf-8-sig").splitlines()[0] == "On the menu,Name"


def test_people_are_exported_by_scripts_too(shop: Shop, tmp_path: Path) -> None:
    enter(
        shop.app,
        IncomingCustomer("C1", "Aynur Məmmədova", phone="+994501234567",
                         birth_date=date(1990, 2, 28)),
        IncomingCustomer("C2", "Aynur Mammadova", phone="+994501234567"),
    )  # fmt: skip
    to = replace(TO, protection=Protection.ZIP_AES)
    found = {}
    for op, kwargs in (
        (people.export_birthdays, {"days": 366}),
        (people.export_duplicates, {}),
        (people.export_pay, {}),
    ):
        out = tmp_path / f"{op.name.split('_')[-1]}.zip"
        made = shop.confirmed(op, out, to, password=SECRET, **kwargs)
        with pyzipper.AESZipFile(out) as archive:
            raw = archive.read(archive.namelist()[0], pwd=SECRET.encode())
        found[out.stem] = (made.rows, raw.decode("utf-8-sig"))
    assert found["birthdays"][0] == found["duplicates"][0] == 1
    assert found["pay"][0] == 0
    assert "Aynur Məmmədova" in found["birthdays"][1]
    assert "Aynur Mammadova" in found["duplicates"][1]
