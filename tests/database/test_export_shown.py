"""What a list shows leaves with the right to export, typed, and in the register."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pypdfium2
import pytest

from desktop_app.exports import shown
from desktop_app.exports.operations import list_exports
from desktop_app.exports.records import FileFormat, Handover, ShownColumn, ShownTable, What
from desktop_app.kernel.access import Role
from desktop_app.kernel.asking import ApprovalNeededError
from desktop_app.kernel.errors import ConflictError, InvalidError, NotAllowedError
from desktop_app.sheets.records import Kind
from tests.database.shop import Shop

TO = Handover(FileFormat.CSV, "Hesabdar Nərgiz", "month end")
COLUMNS = (ShownColumn("Name"), ShownColumn("Worth", right=True, exact=True))
TABLE = ShownTable("Goods", COLUMNS, [("Ət", "12.50"), ("=1+1", "-3.05"), ("Su", "")])
OPS = {
    shown.export_shown_menu: What.MENU,
    shown.export_shown_money: What.FINANCE,
    shown.export_shown_orders: What.ORDERS,
    shown.export_shown_sales: What.SALES,
    shown.export_shown_stock: What.STOCK,
}


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
    columns, rows = shown.typed(ShownTable("x", [column], [[text] for text in texts]))
    assert columns[0].kind is kind
    assert [row[0] for row in rows] == cells


def test_more_rows_than_a_role_may_need_a_second_person(shop: Shop, tmp_path: Path) -> None:
    long = replace(TABLE, rows=[("Ət", "1.50")] * 201)
    out = tmp_path / "menu.csv"
    with pytest.raises(ApprovalNeededError):
        shop.as_role(Role.MANAGER).call(shown.export_shown_menu, long, out, TO)
    assert not list(tmp_path.glob("menu*"))
    assert shop.app.call(shown.export_shown_menu, long, out, TO).rows == 201
