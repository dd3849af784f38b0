"""Workbooks, row by row: a million rows in the memory of one.

Cells have types: numbers and dates are numbers, text is an inline string and never a formula. The
only formulas are our sums. Written by hand (OOXML, ECMA-376) because it is small, and several times
faster than the libraries that keep text from becoming formulas (measured in bench_sheets).
"""

from __future__ import annotations

import re
import zipfile
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import IO, BinaryIO
from xml.sax.saxutils import escape

from desktop_app.sheets.csv_text import scaled
from desktop_app.sheets.records import Cell, Column, Kind, Sheet
from desktop_app.sheets.xlsx_parts import Styles, content_types, relations, styles, workbook

ROWS_A_SHEET = 1_000_000
"""Excel ends at 1,048,576; what is more goes on a further sheet."""
_BYTES_A_SHEET = 1 << 30
_LEAST_BYTES = 5_000
"""Below 4,096 octets the library that locks workbooks writes a seal that does not fit (6.1.0)."""
_LONGEST = 32_767
_CHUNK = 500
_ODD = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]|_(?=x[0-9A-Fa-f]{4}_)|\r")
_MARKUP = re.compile("[&<>]")
_DAY_ZERO = date(1899, 12, 30).toordinal()
_DAY_S = 86_400
_STAMP = (1980, 1, 1, 0, 0, 0)
Writer = Callable[[Cell], str]


@dataclass(slots=True)
class _Book:
    archive: zipfile.ZipFile
    sheet: Sheet
    styles: Styles
    names: list[str] = field(default_factory=list)
    counts: list[int] = field(default_factory=list)
    sums: list[int] = field(default_factory=list)


def write_xlsx(file: BinaryIO, sheet: Sheet) -> int:
    """Write a table as a workbook; return how many rows.

    Frozen heading, filter, widths, and a row of sums as formulas (with their values, for viewers
    that do not calculate). Text beyond 32,767 characters is cut, as Excel would.
    """
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED, compresslevel=3) as archive:
        book = _Book(archive, sheet, styles(sheet.columns), sums=[0] * len(sheet.columns))
        rows = iter(sheet.rows)
        while _write_sheet(book, rows):
            pass
        if sheet.about:
            _write_about(book)
        names = [*book.names, *([_title(sheet.about_word)] if sheet.about else [])]
        padded = book.styles.xml.ljust(_LEAST_BYTES, "\n")
        archive.writestr(_entry("xl/styles.xml", zipfile.ZIP_STORED), padded)
        ends = [f"{_letter(len(sheet.columns))}{count + 1}" for count in book.counts]
        for name, part in (
            ("xl/workbook.xml", workbook(names, ends)),
            ("xl/_rels/workbook.xml.rels", relations(len(names))),
            ("_rels/.rels", relations(0)),
            ("[Content_Types].xml", content_types(len(names))),
        ):
            archive.writestr(_entry(name), part)
    return sum(book.counts)


def xml_text(text: str) -> str:
    """Return text for a cell: nothing that XML forbids, nothing a spreadsheet would decode."""
    if len(text) * 2 > _LONGEST and len(text.encode("utf-16-le", "replace")) > _LONGEST * 2:
        raw = text.encode("utf-16-le", "replace")[: (_LONGEST - 1) * 2]
        text = raw.decode("utf-16-le", "ignore") + "…"
    if _ODD.search(text):
        text = _ODD.sub(_encoded, text)
    return escape(text) if _MARKUP.search(text) else text


def _encoded(found: re.Match[str]) -> str:
    code = ord(found[0])
    return "�" if 0xD800 <= code <= 0xDFFF or code >= 0xFFFE else f"_x{code:04X}_"  # noqa: PLR2004


def _write_sheet(book: _Book, rows: Iterator[Sequence[Cell]]) -> bool:
    """Write one sheet; return whether another must follow."""
    number = len(book.names) + 1
    book.names.append(_title(book.sheet.title, number if number > 1 else 0))
    with book.archive.open(_entry(f"xl/worksheets/sheet{number}.xml"), "w") as part:
        part.write(_head(book.sheet.columns).encode())
        count, more = _write_rows(book, part, rows)
        book.counts.append(count)
        end = count + 1
        if count and not more and any(column.total for column in book.sheet.columns):
            part.write(_total_row(book, end + 1).encode())
        last = _letter(len(book.sheet.columns))
        part.write(f'</sheetData><autoFilter ref="A1:{last}{end}"/></worksheet>'.encode())
    return more


def _write_rows(book: _Book, part: IO[bytes], rows: Iterator[Sequence[Cell]]) -> tuple[int, bool]:
    columns = book.sheet.columns
    writers = [
        _writer(column, style) for column, style in zip(columns, book.styles.cells, strict=True)
    ]
    summed = [at for at, column in enumerate(columns) if column.total]
    sums, count, size = book.sums, 0, 0
    chunk: list[str] = []
    for row in rows:
        chunk.append("<row>")
        chunk += [writer(cell) for writer, cell in zip(writers, row, strict=True)]
        chunk.append("</row>")
        for at in summed:
            value = row[at]
            sums[at] += value if isinstance(value, int) else 0
        count += 1
        if count % _CHUNK == 0:
            raw = "".join(chunk).encode()
            size += part.write(raw)
            chunk.clear()
            if count >= ROWS_A_SHEET or size >= _BYTES_A_SHEET:
                return count, True
    part.write("".join(chunk).encode())
    return count, False


def _writer(column: Column, style: int) -> Writer:
    decimals = 4 if column.kind is Kind.PERCENT else column.decimals
    number_start = f'<c s="{style}"><v>'

    def text(cell: Cell) -> str:
        if cell is None or cell == "":
            return "<c/>"
        said = xml_text(cell if isinstance(cell, str) else str(cell))
        return f'<c t="inlineStr"><is><t xml:space="preserve">{said}</t></is></c>'

    def number(cell: Cell) -> str:
        return (
            f"{number_start}{scaled(cell, decimals)}</v></c>" if type(cell) is int else text(cell)
        )

    def time(cell: Cell) -> str:
        return f"{number_start}{_serial(cell)}</v></c>" if isinstance(cell, date) else text(cell)

    match column.kind:
        case Kind.TEXT:
            return text
        case Kind.NUMBER | Kind.PERCENT:
            return number
        case Kind.DAY | Kind.MOMENT:
            return time


def _serial(cell: date) -> str:
    """Return a day or a time as a spreadsheet counts: days since the end of 1899."""
    days = cell.toordinal() - _DAY_ZERO
    if not isinstance(cell, datetime):
        return str(days)
    seconds = cell.hour * 3600 + cell.minute * 60 + cell.second
    return f"{days + seconds / _DAY_S:.10f}"


def _head(columns: Sequence[Column]) -> str:
    widths = "".join(
        f'<col min="{at}" max="{at}" width="{column.width or _width(column)}" customWidth="1"/>'
        for at, column in enumerate(columns, 1)
    )
    cells = "".join(
        f'<c s="{Styles.HEAD}" t="inlineStr"><is><t>{xml_text(column.title)}</t></is></c>'
        for column in columns
    )
    return (
        '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
        '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'
        '<sheetViews><sheetView workbookViewId="0">'
        '<pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/>'
        f"</sheetView></sheetViews><cols>{widths}</cols><sheetData><row>{cells}</row>"
    )


def _width(column: Column) -> int:
    least = {Kind.TEXT: 18, Kind.NUMBER: 13, Kind.PERCENT: 10, Kind.DAY: 12, Kind.MOMENT: 18}
    return max(least[column.kind], min(len(column.title) + 3, 40))


def _total_row(book: _Book, at: int) -> str:
    """Return the row of sums; each adds up its column on every sheet."""
    cells = []
    for place, column in enumerate(book.sheet.columns):
        letter = _letter(place + 1)
        if column.total:
            spans = ",".join(
                f"'{name}'!{letter}2:{letter}{count + 1}"
                for name, count in zip(book.names, book.counts, strict=True)
            )
            if len(book.names) == 1:
                spans = f"{letter}2:{letter}{at - 1}"
            value = scaled(book.sums[place], column.decimals)
            style = book.styles.totals[place]
            cells.append(f'<c s="{style}"><f>SUM({escape(spans)})</f><v>{value}</v></c>')
        elif place == 0:
            word = xml_text(book.sheet.total_word)
            cells.append(f'<c s="{Styles.TOTAL}" t="inlineStr"><is><t>{word}</t></is></c>')
        else:
            cells.append(f'<c s="{Styles.TOTAL}"/>')
    return f"<row>{''.join(cells)}</row>"


def _write_about(book: _Book) -> None:
    cell = '<c s="{}" t="inlineStr"><is><t xml:space="preserve">{}</t></is></c>'
    rows = "".join(
        f"<row>{cell.format(Styles.BOLD, xml_text(name))}{cell.format(0, xml_text(value))}</row>"
        for name, value in book.sheet.about
    )
    book.archive.writestr(
        _entry(f"xl/worksheets/sheet{len(book.names) + 1}.xml"),
        '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
        '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'
        '<cols><col min="1" max="1" width="24" customWidth="1"/>'
        f'<col min="2" max="2" width="70" customWidth="1"/></cols>'
        f"<sheetData>{rows}</sheetData></worksheet>",
    )


def _title(text: str, number: int = 0) -> str:
    """Return a name that a sheet may have: short, no brackets, colons, slashes or apostrophes."""
    plain = re.sub(r"[\[\]:*?/\\'\x00-\x1f]", " ", text).strip()[:26].strip() or "Sheet"
    return f"{plain} {number}" if number else plain


def _letter(number: int) -> str:
    letters = ""
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def _entry(name: str, compression: int = zipfile.ZIP_DEFLATED) -> zipfile.ZipInfo:
    entry = zipfile.ZipInfo(name, _STAMP)
    entry.compress_type = compression
    return entry
