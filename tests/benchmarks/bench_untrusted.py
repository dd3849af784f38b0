"""What the child costs: its start, a workbook beside the same CSV, and what it keeps out.

The hostile files have their real sizes here; the tests use smaller ones with smaller limits.
"""

from __future__ import annotations

import csv
import io
import json
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from desktop_app.exchange.files import open_files
from desktop_app.exchange.rows import rows
from desktop_app.kernel.errors import AppError
from tests.support.hostile_files import _strings
from tests.support.memory import peak_mib
from tests.support.workbooks import HEADER, ROW, book, rows_xml

FILE = Path(__file__).resolve().parents[3] / "shared/data/datasets/pizzaplace/pizzaplace.csv"
ROUNDS = 7
MANY = 300_000


def run() -> dict[str, Any]:
    """Return the figures; times in milliseconds of wall clock, memory of this process."""
    with tempfile.TemporaryDirectory() as name:
        room = Path(name)
        return {
            "start_ms": _median(lambda: _read(_put(room / "one.xlsx", book()))),
            **_beside_csv(room),
            **_as_frames(),
            **_huge_string(room),
            **_million(room),
            "target": "start < 150 ms; a refusal < 2 s after the child ends; parent < 250 MiB",
        }


def _beside_csv(room: Path) -> dict[str, Any]:
    if not FILE.exists():
        return {}
    with FILE.open(newline="") as text:
        table = list(csv.reader(text))
    sheet = _put(room / "pizzaplace.xlsx", book(rows_xml(table)))
    return {
        "pizzaplace_csv_ms": _median(lambda: _read(FILE), 3),
        "pizzaplace_xlsx_ms": _median(lambda: _read(sheet), 3),
    }


def _as_frames() -> dict[str, Any]:
    """What it would cost to send the parsed cells of a CSV from a child, as JSON."""
    if not FILE.exists():
        return {}
    content = FILE.read_text()

    def parsed() -> list[list[str]]:
        return list(csv.reader(io.StringIO(content), strict=True))

    def sent() -> None:
        table = parsed()
        for at in range(0, len(table), 1000):
            json.loads(json.dumps(table[at : at + 1000]))

    return {"parse_csv_ms": _median(parsed, 3), "parse_and_send_csv_ms": _median(sent, 3)}


def _million(room: Path) -> dict[str, Any]:
    path = room / "many.xlsx"
    making = [sys.executable, "-m", "tests.benchmarks.bench_untrusted", str(path)]
    subprocess.run(making, check=True, cwd=Path(__file__).parents[2])  # in another's memory
    Path("/proc/self/clear_refs").write_text("5")
    started = time.perf_counter()
    told = _read(path)
    return {
        "300k_rows_s": round(time.perf_counter() - started, 1),
        "300k_rows": told,
        "300k_rows_parent_peak_mib": peak_mib(),
    }


def _huge_string(room: Path) -> dict[str, Any]:
    path = _put(room / "string.xlsx", _strings(b"A" * (100 << 20)))
    started = time.perf_counter()
    return {"huge_string": _read(path), "huge_string_s": round(time.perf_counter() - started, 2)}


def _put(path: Path, content: bytes) -> Path:
    path.write_bytes(content)
    return path


def _read(path: Path) -> str:
    try:
        (opened, *_) = open_files(path)
        return str(sum(1 for _ in rows(opened, lambda _problem: None)))
    except AppError as refused:
        return str(refused.message)


def _median(work: Callable[[], object], rounds: int = ROUNDS) -> float:
    times = []
    for _ in range(rounds):
        started = time.perf_counter()
        work()
        times.append((time.perf_counter() - started) * 1000)
    return round(statistics.median(times), 1)


if __name__ == "__main__":
    if sys.argv[1:]:
        _put(Path(sys.argv[1]), book(rows_xml([HEADER, *[ROW] * MANY])))
    else:
        sys.stdout.write(json.dumps(run(), indent=1) + "\n")
