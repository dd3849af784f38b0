"""CSV that a spreadsheet opens as it was meant: RFC 4180, UTF-8 with a BOM, and no formulas.

A text that a spreadsheet would take for a formula begins with an apostrophe; a telephone number
(`+994 50 123 45 67`) is digits only, does nothing, and stays as it is. Numbers stay numbers.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from datetime import date, datetime
from typing import BinaryIO

from desktop_app.sheets.records import Cell, Column, Kind, Sheet

BOM = "\ufeff"
_FORMULA = "=+\\-@\\t\\r\\n\\0＝＋－＠"
_ODD = re.compile(rf'^[ \u00a0]*[{_FORMULA}]|[",;|\t\r\n]|^[ \u00a0]|[ \u00a0]$')
"""What needs a second look: most texts are done with one search."""
_CALCULATES = re.compile(rf"[ \u00a0]*[{_FORMULA}]")
_TELEPHONE = re.compile(r"\+[0-9][0-9 ().\u00a0-]*\Z")
_SPECIAL = re.compile(r'[",;\t\r\n|]|^[ \u00a0]|[ \u00a0]$')
_COMMA_LANGUAGES = frozenset({"az", "ru", "tr"})
_CHUNK = 1_000


def separator_of(language: str) -> str:
    """Return what separates cells where a language is spoken: `;` where decimals have a comma."""
    return ";" if language in _COMMA_LANGUAGES else ","


def write_csv(file: BinaryIO, sheet: Sheet, language: str) -> int:
    """Write a table as CSV the way a language's spreadsheets read it; return how many rows.

    The row of sums is left out: a program that reads the file would count it as one more.
    """
    separator = separator_of(language)
    texts = [_text_of(column, "," if separator == ";" else ".") for column in sheet.columns]
    heading = separator.join(text_cell(column.title) for column in sheet.columns)
    file.write(f"{BOM}{heading}\r\n".encode())
    count = 0
    for chunk in _chunks(sheet, texts, separator):
        file.write("".join(chunk).encode(errors="replace"))
        count += len(chunk)
    return count


def text_cell(text: str) -> str:
    """Return a text as a cell of CSV that no spreadsheet calculates."""
    if _ODD.search(text) is None:
        return text
    if _CALCULATES.match(text) and not _TELEPHONE.match(text):
        text = f"'{text}"
    if _SPECIAL.search(text):
        return '"' + text.replace('"', '""') + '"'
    return text


def scaled(value: int, decimals: int, point: str = ".") -> str:
    """Return a scaled whole number as a plain decimal: 1250 with two decimals is `12.50`."""
    if decimals == 0:
        return str(value)
    digits = str(value)
    if value >= 0 and len(digits) > decimals:
        return f"{digits[:-decimals]}{point}{digits[-decimals:]}"
    whole, part = divmod(abs(value), 10**decimals)
    return f"{'-' if value < 0 else ''}{whole}{point}{part:0{decimals}d}"


def _chunks(
    sheet: Sheet, texts: Sequence[Callable[[Cell], str]], separator: str
) -> Iterator[list[str]]:
    chunk: list[str] = []
    for row in sheet.rows:
        cells = ["" if cell is None else text(cell) for text, cell in zip(texts, row, strict=True)]
        chunk.append(f"{separator.join(cells)}\r\n")
        if len(chunk) == _CHUNK:
            yield chunk
            chunk = []
    yield chunk


def _text_of(column: Column, point: str) -> Callable[[Cell], str]:
    decimals = 4 if column.kind is Kind.PERCENT else column.decimals

    def number(cell: Cell) -> str:
        return scaled(cell, decimals, point) if type(cell) is int else text_cell(str(cell))

    match column.kind:
        case Kind.TEXT:
            return _text
        case Kind.NUMBER | Kind.PERCENT:
            return number
        case Kind.DAY | Kind.MOMENT:
            return _time


def _text(cell: Cell) -> str:
    return text_cell(cell if isinstance(cell, str) else str(cell))


def _time(cell: Cell) -> str:
    if isinstance(cell, datetime):
        return cell.isoformat(" ", "seconds")
    return cell.isoformat() if isinstance(cell, date) else text_cell(str(cell))
