"""Workbooks and archives made by hand, so that they can be wrong in any way."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterable, Mapping
from xml.sax.saxutils import escape

HEADER = ("id", "date", "time", "name", "size", "type", "price")
ROW = ("1", "2015-01-01", "11:38:36", "hawaiian", "M", "classic", "13.25")

_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_LINKS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_OFFICE = "application/vnd.openxmlformats-officedocument.spreadsheetml"


def inline(place: str, text: str) -> str:
    """Return a cell with a text."""
    return f'<c r="{place}" t="inlineStr"><is><t>{escape(text)}</t></is></c>'


def rows_xml(rows: Iterable[Iterable[str]], first: int = 1) -> str:
    """Return rows of texts."""
    lines = []
    for number, row in enumerate(rows, first):
        cells = "".join(inline(f"{chr(65 + n)}{number}", text) for n, text in enumerate(row))
        lines.append(f'<row r="{number}">{cells}</row>')
    return "".join(lines)


def sheet_xml(data: str, before: str = "", prolog: str = "") -> bytes:
    """Return a worksheet around rows."""
    return (
        f'<?xml version="1.0" encoding="UTF-8"?>{prolog}<worksheet xmlns="{_MAIN}">{before}'
        f"<sheetData>{data}</sheetData></worksheet>"
    ).encode()


GOOD = sheet_xml(rows_xml([HEADER, ROW]))


def parts(
    sheets: Mapping[str, bytes] | None = None, *, kind: str = "sheet", states: str = ""
) -> dict[str, bytes]:
    """Return the parts of a workbook by name."""
    sheets = {"Sheet1": GOOD} if sheets is None else sheets
    numbers = range(1, len(sheets) + 1)
    book = "".join(
        f'<sheet name="{escape(name)}" sheetId="{n}" r:id="rId{n}" {states}/>'
        for n, name in zip(numbers, sheets, strict=True)
    )
    links = "".join(
        f'<Relationship Id="rId{n}" Type="{_LINKS}/worksheet" Target="worksheets/sheet{n}.xml"/>'
        for n in numbers
    )
    types = "".join(
        f'<Override PartName="/xl/worksheets/sheet{n}.xml" ContentType="{_OFFICE}.worksheet+xml"/>'
        for n in numbers
    )
    head = '<?xml version="1.0" encoding="UTF-8"?>'
    found = {
        "[Content_Types].xml": f'{head}<Types xmlns="{_PACKAGE}/content-types">'
        f'<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.'
        f'relationships+xml"/><Override PartName="/xl/workbook.xml" ContentType="{_OFFICE}.'
        f'{kind}.main+xml"/>{types}</Types>',
        "_rels/.rels": f'{head}<Relationships xmlns="{_PACKAGE}/relationships"><Relationship '
        f'Id="r" Type="{_LINKS}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
        "xl/workbook.xml": f'{head}<workbook xmlns="{_MAIN}" xmlns:r="{_LINKS}"><sheets>{book}'
        "</sheets></workbook>",
        "xl/_rels/workbook.xml.rels": f'{head}<Relationships xmlns="{_PACKAGE}/relationships">'
        f"{links}</Relationships>",
    }
    made = {name: text.encode() for name, text in found.items()}
    return made | {
        f"xl/worksheets/sheet{n}.xml": content
        for n, content in zip(numbers, sheets.values(), strict=True)
    }


def zipped(members: Mapping[str, bytes]) -> bytes:
    """Return an archive."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return out.getvalue()


def book(data: str | None = None, **more: bytes) -> bytes:
    """Return a workbook of one sheet, with other parts in place or besides."""
    content = GOOD if data is None else sheet_xml(data)
    return zipped(parts({"Sheet1": content}) | more)
