"""Worksheets as CSV: scanned by us, read by calamine, written one row to a line."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator
from typing import BinaryIO

from python_calamine import CalamineError, CalamineWorkbook

from desktop_app.exchange.worker.archive import Archive
from desktop_app.exchange.worker.cell_scan import Scan, scan
from desktop_app.exchange.worker.cell_text import Value, lost_digits, text_of
from desktop_app.exchange.worker.frames import END, PIECE, TABLE, Outlet, Refused
from desktop_app.exchange.worker.limits import Limits
from desktop_app.exchange.worker.workbook import Sheet, is_workbook, sheets_of


def send_sheets(
    file: BinaryIO, archive: Archive, limits: Limits, outlet: Outlet, *, sheet: str, member: str
) -> None:
    """Send every visible sheet that holds something, or the one that is named."""
    if not is_workbook(archive):
        raise Refused("workbook")
    wanted = _wanted(sheets_of(archive), sheet, limits)
    scans = [(one, scan(archive.pieces(one.part), limits)) for one in wanted]
    file.seek(0)
    try:
        book = CalamineWorkbook.from_filelike(file)
        for one, found in scans:
            if found.cells:
                table = book.get_sheet_by_name(one.name)
                outlet.answer(TABLE, name=member, sheet=one.name, kind="sheet")
                _send(table.iter_rows(), table.start or (0, 0), found, outlet)
    except CalamineError:
        raise Refused("damaged") from None


def _wanted(sheets: list[Sheet], name: str, limits: Limits) -> list[Sheet]:
    if name:
        found = [one for one in sheets if one.name.casefold() == name.casefold()]
        if not found:
            there = ", ".join(one.name for one in sheets[:10])
            raise Refused("sheet", place=name[:80], there=there[:300])
        return found[:1]
    visible = [one for one in sheets if not one.hidden]
    if len(visible) > limits.sheets:
        raise Refused("sheets", n=len(visible), limit=limits.sheets)
    return visible


def _send(rows: Iterable[list[Value]], start: tuple[int, int], found: Scan, outlet: Outlet) -> None:
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    lost = 0
    for row in _with_special(rows, start[1], found):
        cells = [one if isinstance(one, str) and one.isprintable() else text_of(one) for one in row]
        lost += sum(map(lost_digits, row))
        writer.writerow(cells if any(cells) else ())
        if text.tell() > PIECE:
            outlet.pass_on(_taken(text))
    outlet.pass_on(_taken(text))
    outlet.answer(
        END, formulas=found.formulas, formula=found.first_formula,
        errors=found.errors, error=found.first_error, lost=lost,
    )  # fmt: skip


def _taken(text: io.StringIO) -> bytes:
    content = text.getvalue().encode("utf-8", "replace")
    text.seek(0)
    text.truncate()
    return content


def _with_special(rows: Iterable[list[Value]], first: int, found: Scan) -> Iterator[list[Value]]:
    """Give the rows with formulas and errors in place of what they came to."""
    left = min((column for some in found.special.values() for column in some), default=first)
    margin: list[Value] = [""] * max(first - left, 0)
    first = min(first, left)
    count = 0
    for row in rows:
        yield _placed([*margin, *row], first, found.special.get(count))
        count += 1
    for number in range(count, max(found.special, default=-1) + 1):
        yield _placed([], first, found.special.get(number))


def _placed(row: list[Value], first: int, special: dict[int, str] | None) -> list[Value]:
    for column, text in (special or {}).items():
        row += [""] * (column - first + 1 - len(row))
        row[column - first] = text
    return row
