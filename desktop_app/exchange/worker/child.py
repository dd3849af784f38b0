"""The child: confines itself, reads the one file it was given, answers, ends.

`child KIND SHEET LIMITS`, the file on standard input, frames on standard output.
"""

from __future__ import annotations

import io
import os
import re
import sys
from typing import BinaryIO

from desktop_app.exchange.worker.archive import Archive
from desktop_app.exchange.worker.confine import confine
from desktop_app.exchange.worker.frames import END, FINISHED, REFUSED, TABLE, Outlet, Refused
from desktop_app.exchange.worker.json_records import send_records
from desktop_app.exchange.worker.limits import MIB, Limits
from desktop_app.exchange.worker.sheets import send_sheets
from desktop_app.exchange.worker.workbook import is_workbook

_TEXTS = (".csv", ".txt", ".tsv")
_NAMED = 10
_LITTER = re.compile(r"__MACOSX/|(.*/)?\.")
"""What macOS puts into every archive, and hidden files."""


def main(arguments: list[str]) -> int:
    """Answer about the file on standard input."""
    kind, sheet, told = arguments
    limits = Limits.from_text(told)
    source = os.fdopen(0, "rb")
    outlet = Outlet(os.fdopen(1, "wb"))
    if kind == "picture":
        from desktop_app.exchange.worker.picture import load  # noqa: PLC0415 - only here

        load()
    confine(limits)
    try:
        left_out = _answer(kind, sheet, source, limits, outlet)
    except Refused as refused:
        outlet.answer(REFUSED, code=refused.code, **refused.values)
    except MemoryError:
        outlet.answer(REFUSED, code="memory", limit=limits.memory // MIB)
    except BaseException:  # noqa: BLE001 - a parser's panic is none of the library's errors
        outlet.answer(REFUSED, code="damaged")
    else:
        outlet.answer(FINISHED, left_out=left_out[:_NAMED], n=len(left_out))
    return 0


def _answer(kind: str, sheet: str, source: BinaryIO, limits: Limits, outlet: Outlet) -> list[str]:
    if kind == "json":
        send_records(source.read(limits.json + 1), limits, outlet, member="")
        return []
    if kind == "picture":
        from desktop_app.exchange.worker.picture import send_picture  # noqa: PLC0415 - see main

        send_picture(source, limits, outlet)
        return []
    archive = Archive(source, limits)
    if kind == "workbook":
        send_sheets(source, archive, limits, outlet, sheet=sheet, member="")
        return []
    if is_workbook(archive):
        raise Refused("is-workbook")
    return _send_members(archive, sheet, limits, outlet)


def _send_members(archive: Archive, sheet: str, limits: Limits, outlet: Outlet) -> list[str]:
    """Send what can be read of an archive; return the names of the rest."""
    left_out = []
    for entry in archive.entries:
        name = entry.filename
        base = name.rpartition("/")[2].casefold()
        if _LITTER.match(name):
            continue
        if base.endswith(_TEXTS):
            outlet.answer(TABLE, name=name[-200:], sheet="", kind="text")
            for piece in archive.pieces(entry):
                outlet.pass_on(piece)
            outlet.answer(END, formulas=0, formula="", errors=0, error="", lost=0)
        elif base.endswith(".xlsx"):
            inner = io.BytesIO(archive.whole(entry))
            book = Archive(inner, limits, archive.unpacked)
            send_sheets(inner, book, limits, outlet, sheet=sheet, member=name[-200:])
            archive.unpacked = book.unpacked
        elif base.endswith(".json"):
            send_records(archive.whole(entry), limits, outlet, member=name[-200:])
        elif base.endswith(".zip"):
            raise Refused("nested", place=name[:120])
        else:
            left_out.append(name[-120:])
    return left_out


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
