"""Tables of 11 columns as CSV and XLSX, beside the standard library and openpyxl."""

from __future__ import annotations

import csv
import io
import json
import sys
import time
import tracemalloc
from collections.abc import Callable, Iterator
from datetime import date, datetime
from typing import Any

import openpyxl

from desktop_app.sheets.csv_text import write_csv
from desktop_app.sheets.records import Cell, Column, Kind, Sheet
from desktop_app.sheets.xlsx import write_xlsx

COLUMNS = [
    *(Column(name) for name in ("Id", "Name", "Telephone", "Table", "Payment")),
    Column("Day", Kind.DAY),
    Column("Opened", Kind.MOMENT),
    Column("Quantity", Kind.NUMBER, 3, total=True),
    Column("Total", Kind.NUMBER, 2, total=True),
    Column("Tax", Kind.NUMBER, 2, total=True),
    Column("Share", Kind.PERCENT),
]


def run(rows: int = 100_000) -> dict[str, Any]:
    """Return seconds, octets and peak memory of each way, and the ratios."""
    ways: dict[str, Callable[[io.BytesIO], object]] = {
        "csv": lambda file: write_csv(file, _sheet(rows), "en"),
        "csv_unguarded": lambda file: _unguarded(file, rows),
        "xlsx": lambda file: write_xlsx(file, _sheet(rows)),
        "openpyxl_write_only": lambda file: _openpyxl(file, rows),
    }
    found: dict[str, Any] = {"rows": rows}
    for name, write in ways.items():
        file = io.BytesIO()
        begin = time.perf_counter()
        write(file)
        found[name] = {"s": round(time.perf_counter() - begin, 2), "octets": file.tell()}
    found["xlsx"]["grows_kb"] = (_peak(20_000) - _peak(5_000)) // 1000
    found["csv"]["ratio"] = round(found["csv"]["s"] / found["csv_unguarded"]["s"], 2)
    found["xlsx"]["faster_than_openpyxl"] = round(
        found["openpyxl_write_only"]["s"] / found["xlsx"]["s"], 1
    )
    found["target"] = (
        "xlsx >= 5 x openpyxl; memory does not grow with rows; "
        "csv <= 3 x a bare csv.writer that neither guards nor scales"
    )
    return found


def _rows(count: int) -> Iterator[tuple[Cell, ...]]:
    day, at = date(2026, 11, 2), datetime(2026, 11, 2, 18, 30, 15)  # noqa: DTZ001 - local clock
    for n in range(count):
        yield (
            str(n), "Məmmədova Aynur", "+994501234567", "12", "Kart", day, at, 1000 + n, 1250 + n,
            191, 1850,
        )  # fmt: skip


def _sheet(count: int) -> Sheet:
    return Sheet("Orders", COLUMNS, _rows(count))


def _unguarded(file: io.BytesIO, count: int) -> None:
    text = io.TextIOWrapper(file, "utf-8-sig", newline="", write_through=True)
    csv.writer(text).writerows(_rows(count))
    text.detach()


def _openpyxl(file: io.BytesIO, count: int) -> None:
    book = openpyxl.Workbook(write_only=True)
    sheet = book.create_sheet("Orders")
    for row in _rows(count):
        sheet.append(row)
    book.save(file)


def _peak(count: int) -> int:
    class Nowhere(io.RawIOBase):
        def writable(self) -> bool:
            return True

        def write(self, raw: Any) -> int:
            return len(raw)

    tracemalloc.start()
    write_xlsx(Nowhere(), _sheet(count))  # type: ignore[arg-type]
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    return peak


if __name__ == "__main__":
    sys.stdout.write(json.dumps(run(*map(int, sys.argv[1:])), indent=1) + "\n")
