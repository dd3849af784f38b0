"""Import of pizzaplace beside a bare `executemany` of the same rows into plain SQLite.

The peer gets the finished rows: no parsing, no checks, no trail, no encryption; the same tables and
indexes, the same journal and synchronous settings, one transaction.
"""

from __future__ import annotations

import json
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

from tests.support.memory import peak_mib

FILE = Path(__file__).resolve().parents[3] / "shared/data/datasets/pizzaplace/pizzaplace.csv"
ROUNDS = 5
TABLES = [
    "category", "product", "product_variant", "pos_order", "order_line", "payment", "sales_hour",
    "sales_day_item", "sales_day_category", "sales_month_item", "sales_day_payment",
    "sales_day_service", "receipt_counter",
]  # fmt: skip


def run(rounds: int = ROUNDS) -> dict[str, Any]:
    """Return rows a second of both, their ratio, and our peak memory."""
    if not FILE.exists():
        return {"skipped": "pizzaplace.csv is not here"}
    found = [_one() for _ in range(rounds)]
    ratios = sorted(one["ratio"] for one in found)
    return {
        "rows": found[0]["rows"],
        "ours_rows_per_s": round(statistics.median(one["ours"] for one in found)),
        "plain_rows_per_s": round(statistics.median(one["plain"] for one in found)),
        "ratio": round(statistics.median(ratios), 3),
        "ratio_min_max": [round(ratios[0], 3), round(ratios[-1], 3)],
        "peak_mib": max(one["peak_mib"] for one in found),
        "target": "ratio >= 0.25, under 250 MiB",
    }


def _one() -> dict[str, Any]:
    """Measure once in a process of its own, ours and then the peer."""
    done = subprocess.run(
        [sys.executable, "-m", "tests.benchmarks.bench_import", "one"],
        capture_output=True, check=True, text=True, cwd=Path(__file__).parents[2],
    )  # fmt: skip
    return dict(json.loads(done.stdout))


def measure() -> dict[str, Any]:
    """Import, then insert the same rows plainly; both in this process."""
    from desktop_app.exchange.operations import import_files
    from tests.benchmarks.stores import new_store, ops_rows, plain_engine

    with tempfile.TemporaryDirectory() as name, new_store(Path(name, "store")) as app:
        started = time.perf_counter()
        report = app.call(import_files, [FILE])
        ours = time.perf_counter() - started
        peak = peak_mib()
        rows = ops_rows(app, TABLES)
        engine = plain_engine(Path(name, "plain.db"))
        with engine.connect() as connection:
            raw: Any = connection.connection.driver_connection
            raw.execute("BEGIN IMMEDIATE")
            started = time.perf_counter()
            for table, some in rows.items():
                if some:
                    marks = ",".join("?" * len(some[0]))
                    raw.executemany(f'INSERT INTO main."{table}" VALUES({marks})', some)
            raw.execute("COMMIT")
            plain = time.perf_counter() - started
        engine.dispose()
    count = report.lines_added
    return {
        "rows": count, "ours": count / ours, "plain": count / plain, "ratio": plain / ours,
        "peak_mib": peak,
    }  # fmt: skip


if __name__ == "__main__":
    print(json.dumps(measure() if sys.argv[1:] == ["one"] else run(), indent=1))
