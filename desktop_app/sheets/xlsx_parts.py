"""The small parts of a workbook: its formats, its list of sheets, its relations."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar
from xml.sax.saxutils import quoteattr

from desktop_app.sheets.records import Column, Kind

_XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml"
_FIRST_FORMAT = 164


@dataclass(frozen=True, slots=True)
class Styles:
    """The sheet of styles, and which one each column's cells and sums have."""

    HEAD: ClassVar[int] = 1
    TOTAL: ClassVar[int] = 2
    BOLD: ClassVar[int] = 3

    xml: str
    cells: Sequence[int]
    totals: Sequence[int]


def styles(columns: Sequence[Column]) -> Styles:
    """Return the formats that columns need."""
    codes: list[str] = []
    for column in columns:
        code = _code(column)
        if code and code not in codes:
            codes.append(code)
    formats = "".join(
        f'<numFmt numFmtId="{_FIRST_FORMAT + at}" formatCode={quoteattr(code)}/>'
        for at, code in enumerate(codes)
    )
    kinds = ['<xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/>']
    kinds.append(_xf(0, font=1, fill=2, border=1))
    kinds.append(_xf(0, font=1, border=2))
    kinds.append(_xf(0, font=1))
    first = len(kinds)
    kinds += [_xf(_FIRST_FORMAT + at) for at in range(len(codes))]
    kinds += [_xf(_FIRST_FORMAT + at, font=1, border=2) for at in range(len(codes))]
    found = [_code(column) for column in columns]
    cells = [first + codes.index(code) if code else 0 for code in found]
    totals = [at + len(codes) if at else Styles.TOTAL for at in cells]
    many = f'<numFmts count="{len(codes)}">{formats}</numFmts>' if codes else ""
    font = '<font>{}<sz val="11"/><name val="Calibri"/></font>'
    side = "<border><left/><right/><top{}/><bottom{}/><diagonal/></border>"
    thin = ' style="thin"'
    fill = '<fill><patternFill patternType="{}"/></fill>'
    xml = (
        f'{_XML}<styleSheet xmlns="{_MAIN}">{many}'
        f'<fonts count="2">{font.format("")}{font.format("<b/>")}</fonts>'
        f'<fills count="3">{fill.format("none")}{fill.format("gray125")}'
        '<fill><patternFill patternType="solid"><fgColor rgb="FFE6EEF0"/></patternFill></fill>'
        f'</fills><borders count="3">{side.format("", "")}{side.format("", thin)}'
        f"{side.format(thin, '')}</borders>"
        '<cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/>'
        f'</cellStyleXfs><cellXfs count="{len(kinds)}">{"".join(kinds)}</cellXfs>'
        '<cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles>'
        "</styleSheet>"
    )
    return Styles(xml, cells, totals)


def workbook(names: Sequence[str], ends: Sequence[str]) -> str:
    """Return the list of sheets; `ends` are the last cells of those that have a filter."""
    sheets = "".join(
        f'<sheet name={quoteattr(name)} sheetId="{at}" r:id="rId{at}"/>'
        for at, name in enumerate(names, 1)
    )
    filters = "".join(
        f'<definedName name="_xlnm._FilterDatabase" localSheetId="{at}" hidden="1">'
        f"'{name}'!$A$1:{_fixed(end)}</definedName>"
        for at, (name, end) in enumerate(zip(names, ends, strict=False))
    ).replace("&", "&amp;")
    return (
        f'{_XML}<workbook xmlns="{_MAIN}" xmlns:r="{_OFFICE}"><sheets>{sheets}</sheets>'
        f"<definedNames>{filters}</definedNames>"
        '<calcPr calcId="191029" fullCalcOnLoad="1"/></workbook>'
    )


def relations(sheets: int) -> str:
    """Return what a workbook of so many sheets refers to; for none, what the package does."""
    if not sheets:
        inside = _relation(1, "officeDocument", "xl/workbook.xml")
    else:
        inside = "".join(
            _relation(at, "worksheet", f"worksheets/sheet{at}.xml") for at in range(1, sheets + 1)
        ) + _relation(sheets + 1, "styles", "styles.xml")
    return f'{_XML}<Relationships xmlns="{_PACKAGE}/relationships">{inside}</Relationships>'


def content_types(sheets: int) -> str:
    """Return what kinds of parts there are."""
    parts = "".join(
        f'<Override PartName="/xl/{name}" ContentType="{_TYPE}.{kind}+xml"/>'
        for name, kind in (
            ("workbook.xml", "sheet.main"),
            ("styles.xml", "styles"),
            *((f"worksheets/sheet{at}.xml", "worksheet") for at in range(1, sheets + 1)),
        )
    )
    relation = "application/vnd.openxmlformats-package.relationships+xml"
    return (
        f'{_XML}<Types xmlns="{_PACKAGE}/content-types">'
        f'<Default Extension="rels" ContentType="{relation}"/>'
        f'<Default Extension="xml" ContentType="application/xml"/>{parts}</Types>'
    )


def _code(column: Column) -> str:
    match column.kind:
        case Kind.TEXT:
            return ""
        case Kind.NUMBER:
            return "#,##0" + (f".{'0' * column.decimals}" if column.decimals else "")
        case Kind.PERCENT:
            return "0.0%"
        case Kind.DAY:
            return "yyyy-mm-dd"
        case Kind.MOMENT:
            return "yyyy-mm-dd hh:mm"


def _xf(number: int, *, font: int = 0, fill: int = 0, border: int = 0) -> str:
    return (
        f'<xf numFmtId="{number}" fontId="{font}" fillId="{fill}" borderId="{border}" xfId="0" '
        'applyNumberFormat="1" applyFont="1" applyFill="1" applyBorder="1"/>'
    )


def _relation(number: int, kind: str, target: str) -> str:
    return f'<Relationship Id="rId{number}" Type="{_OFFICE}/{kind}" Target="{target}"/>'


def _fixed(cell: str) -> str:
    letters = cell.rstrip("0123456789")
    return f"${letters}${cell[len(letters) :]}"
