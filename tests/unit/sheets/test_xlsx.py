"""A workbook holds numbers, days and text: never a formula but our own sums."""

import io
import itertools
import tracemalloc
import zipfile
from datetime import date, datetime
from typing import Any

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from desktop_app.sheets import xlsx
from desktop_app.sheets.records import Column, Kind, Sheet
from desktop_app.sheets.xlsx import write_xlsx

COLUMNS = [
    Column("Name"),
    Column("Revenue", Kind.NUMBER, 2, total=True),
    Column("Day", Kind.DAY),
    Column("At", Kind.MOMENT),
    Column("Share", Kind.PERCENT),
]


def book(sheet: Sheet) -> Any:
    file = io.BytesIO()
    write_xlsx(file, sheet)
    return openpyxl.load_workbook(file)


def test_cells_have_their_types() -> None:
    at = datetime(2026, 11, 2, 18, 30, 15)  # noqa: DTZ001
    sheet = book(Sheet("Sales", COLUMNS, [("Plov", 1250, date(2024, 2, 29), at, 1850)])).active
    name, revenue, day, moment, share = next(sheet.iter_rows(min_row=2))
    assert (name.value, name.data_type) == ("Plov", "inlineStr") or name.value == "Plov"
    assert (revenue.value, revenue.data_type, revenue.number_format) == (12.5, "n", "#,##0.00")
    assert day.value == datetime(2024, 2, 29)  # noqa: DTZ001
    assert moment.value == at
    assert share.value == pytest.approx(0.185)
    assert sheet.freeze_panes == "A2"


def test_sums_are_formulas_with_their_value() -> None:
    rows = [("a", 100, None, None, None), ("b", -30, None, None, None)]
    file = io.BytesIO()
    write_xlsx(file, Sheet("Sales", COLUMNS, rows, total_word="Cəmi"))
    assert openpyxl.load_workbook(file).active["B4"].value == "=SUM(B2:B3)"
    computed = openpyxl.load_workbook(file, data_only=True).active
    assert computed["B4"].value == 0.7
    assert computed["A4"].value == "Cəmi"


@pytest.mark.parametrize("text", ['=HYPERLINK("http://evil")', "+994501234567", "-1", "@a", "007"])
def test_text_is_text(text: str) -> None:
    cell = book(Sheet("t", [Column("x")], [(text,)])).active["A2"]
    assert cell.value == text
    assert cell.data_type != "f"


@settings(max_examples=60)
@given(st.lists(st.text(st.characters(exclude_categories=["Cs"]), max_size=30), max_size=6))
def test_any_text_makes_a_sound_workbook(texts: list[str]) -> None:
    file = io.BytesIO()
    write_xlsx(file, Sheet("t", [Column("x")], [(one,) for one in texts]))
    raw = zipfile.ZipFile(file).read("xl/worksheets/sheet1.xml").decode()
    assert "<f>" not in raw
    found = openpyxl.load_workbook(file).active
    for at, one in enumerate(texts, 2):
        kept = found.cell(at, 1).value or ""
        if one.isprintable():
            assert kept == one


def test_long_text_is_cut_and_broken_halves_are_replaced() -> None:
    cell = book(Sheet("t", [Column("x")], [("🍲" * 40_000,), ("a\ud800b",)])).active
    assert len(cell["A2"].value.encode("utf-16-le")) <= 32_767 * 2
    assert cell["A3"].value == "a�b"


def test_more_rows_than_a_sheet_holds_go_on_another(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(xlsx, "ROWS_A_SHEET", 500)
    rows = [(f"n{at}", 1, None, None, None) for at in range(1_200)]
    found = book(Sheet("Sales: all/of it", COLUMNS, rows, about=[("By", "Leyla")]))
    assert found.sheetnames[-2:] == ["Sales  all of it 3", "About"]
    last = found.worksheets[2]
    assert last.cell(202, 2).value.count("!B2") == 3
    assert found["About"]["B1"].value == "Leyla"


def test_memory_does_not_grow_with_rows() -> None:
    def most(rows: int) -> int:
        row = ("Plov", 1250, date(2026, 1, 1), None, 1)
        tracemalloc.start()
        write_xlsx(io.BytesIO(), Sheet("t", COLUMNS, itertools.repeat(row, rows)))
        peak = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        return peak

    assert most(40_000) < most(10_000) + 400_000


def test_an_empty_table_has_a_heading_and_no_sum() -> None:
    sheet = book(Sheet("t", COLUMNS, [])).active
    assert sheet.max_row == 1
    assert sheet["B1"].value == "Revenue"
