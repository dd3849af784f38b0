"""What a spreadsheet reads is what was written, and nothing in it calculates."""

import csv
import io
from datetime import date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop_app.sheets.csv_text import scaled, text_cell, write_csv
from desktop_app.sheets.records import Column, Kind, Sheet

TEXT = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=40)


def read(raw: bytes, separator: str = ",") -> list[list[str]]:
    return list(csv.reader(io.StringIO(raw.decode("utf-8-sig"), newline=""), delimiter=separator))


def written(sheet: Sheet, language: str = "en") -> bytes:
    file = io.BytesIO()
    write_csv(file, sheet, language)
    return file.getvalue()


@pytest.mark.parametrize(
    "text",
    [
        *('=HYPERLINK("http://evil","x")', "+cmd|' /C calc'!A0", "-2+3+A1", "@SUM(A1)", "\t=1"),
        *("＝1+1", " =1+1", "\r=1", "\n=1", "+1+A1", "-5"),
    ],
)
def test_what_looks_like_a_formula_begins_with_an_apostrophe(text: str) -> None:
    assert read(f"\ufeff{text_cell(text)}\r\n".encode())[0][0] == f"'{text}"


@pytest.mark.parametrize("text", ["+994501234567", "+994 50 123-45-67", "+994 (12) 404.00.00"])
def test_a_telephone_number_stays_as_it_is(text: str) -> None:
    assert text_cell(text) == text


@given(TEXT)
def test_any_text_comes_back_but_for_the_apostrophe(text: str) -> None:
    (found,) = read(f"\ufeffx\r\n{text_cell(text)},\r\n".encode())[1:2] or [[""]]
    assert found[0] in (text, f"'{text}")
    begin = found[0].lstrip(" \u00a0")[:1]
    assert begin not in "=-@\t\r\n＝＋－＠" or not begin
    assert not found[0].startswith("+") or not any(c.isalpha() for c in found[0])


@given(st.integers(-(10**15), 10**15), st.integers(0, 4))
def test_amounts_are_exact(value: int, decimals: int) -> None:
    sign, digits = ("-" if value < 0 else ""), scaled(abs(value), decimals).replace(".", "")
    assert int(f"{sign}{digits}") == value
    assert scaled(value, decimals).startswith(sign)


def test_numbers_stay_numbers_and_have_the_comma_of_the_language() -> None:
    columns = [
        Column("Name"),
        Column("Sum", Kind.NUMBER, 2, total=True),
        Column("Day", Kind.DAY),
        Column("At", Kind.MOMENT),
        Column("Share", Kind.PERCENT),
    ]
    rows = [("Şəkərbura; iki", -500, date(2026, 11, 2), datetime(2026, 11, 2, 9, 5), 1850)]  # noqa: DTZ001
    english = read(written(Sheet("t", columns, rows)))
    assert english[1] == ["Şəkərbura; iki", "-5.00", "2026-11-02", "2026-11-02 09:05:00", "0.1850"]
    raw = written(Sheet("t", columns, rows), "az")
    assert raw.startswith(b"\xef\xbb\xbf")
    assert read(raw, ";")[1][:2] == ["Şəkərbura; iki", "-5,00"]


def test_nothing_is_an_empty_cell() -> None:
    assert written(Sheet("t", [Column("a"), Column("b", Kind.NUMBER)], [(None, None)])).endswith(
        b"a,b\r\n,\r\n"
    )
