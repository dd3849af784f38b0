"""Import of pizzaplace beside a bare `executemany` of the same rows into plain SQLite.

The peer gets the finished rows: no parsing, no checks, no trail, no encryption; the same tables and
indexes, the same journal and synchronous settings, one transaction. Then the same with a technical
card of seven parts for every pizza, so that what is sold moves stock; the peer gets the moves.
"""

from __future__ import annotations

import csv
import json
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

from desktop_app.db.operation import Kind, Operation
from desktop_app.db.transaction import Transaction
from desktop_app.kernel.access import Permission
from desktop_app.menu.kinds import ProductKind, Unit
from desktop_app.menu.tables import Product, RecipeLine
from desktop_app.stock.tables import Storage
from desktop_app.venue.operations import the_venue
from tests.support.memory import peak_mib

FILE = Path(__file__).resolve().parents[3] / "shared/data/datasets/pizzaplace/pizzaplace.csv"
ROUNDS = 5
INGREDIENTS, PARTS = 40, 7
TABLES = [
    "category", "product", "product_variant", "pos_order", "order_line", "payment", "sales_hour",
    "sales_day_item", "sales_day_category", "sales_month_item", "sales_day_payment",
    "sales_day_service", "sold_size", "sales_day_size", "receipt_counter", "recipe_line",
    "storage", "stock_move",
    "stock_day", "stock_month", "stock_level",
]  # fmt: skip


def run(rounds: int = ROUNDS) -> dict[str, Any]:
    """Return rows a second of both, their ratio, and our peak memory."""
    if not FILE.exists():
        return {"skipped": "pizzaplace.csv is not here"}
    plain, cards = [], []
    for _ in range(rounds):
        plain.append(_one("plain"))
        cards.append(_one("cards"))
    return _told(plain) | {
        "with_cards": _told(cards),
        "target": "ratio >= 0.25, under 250 MiB",
    }


def _told(found: list[dict[str, Any]]) -> dict[str, Any]:
    ratios = sorted(one["ratio"] for one in found)
    return {
        "rows": found[0]["rows"],
        "ours_rows_per_s": round(statistics.median(one["ours"] for one in found)),
        "plain_rows_per_s": round(statistics.median(one["plain"] for one in found)),
        "ratio": round(statistics.median(ratios), 3),
        "ratio_min_max": [round(ratios[0], 3), round(ratios[-1], 3)],
        "cpu_ratio": round(statistics.median(one["cpu_ratio"] for one in found), 3),
        "peak_mib": max(one["peak_mib"] for one in found),
    }


def _one(how: str) -> dict[str, Any]:
    """Measure once in a process of its own, ours and then the peer."""
    done = subprocess.run(
        [sys.executable, "-m", "tests.benchmarks.bench_import", how],
        capture_output=True, check=True, text=True, cwd=Path(__file__).parents[2],
    )  # fmt: skip
    return dict(json.loads(done.stdout))


def measure(how: str) -> dict[str, Any]:
    """Import, then insert the same rows plainly; both in this process."""
    from desktop_app.exchange.operations import import_files
    from tests.benchmarks.stores import new_store, ops_rows, plain_engine

    with tempfile.TemporaryDirectory() as name, new_store(Path(name, "store")) as app:
        if how == "cards":
            app.call(Operation("bench.cards", Permission.ANYONE, Kind.COMMAND, _cards))
        started, worked = time.perf_counter(), time.process_time()
        report = app.call(import_files, [FILE])
        ours, ours_worked = time.perf_counter() - started, time.process_time() - worked
        peak = peak_mib()
        rows = ops_rows(app, TABLES)
        engine = plain_engine(Path(name, "plain.db"))
        with engine.connect() as connection:
            raw: Any = connection.connection.driver_connection
            raw.execute("BEGIN IMMEDIATE")
            started, worked = time.perf_counter(), time.process_time()
            for table, some in rows.items():
                if some:
                    marks = ",".join("?" * len(some[0]))
                    raw.executemany(f'INSERT INTO main."{table}" VALUES({marks})', some)
            raw.execute("COMMIT")
            plain, plain_worked = time.perf_counter() - started, time.process_time() - worked
        engine.dispose()
    count = report.lines_added
    return {
        "rows": count, "ours": count / ours, "plain": count / plain, "ratio": plain / ours,
        "cpu_ratio": plain_worked / ours_worked, "peak_mib": peak,
    }  # fmt: skip


def _cards(tx: Transaction) -> None:
    venue = the_venue(tx).id
    with FILE.open(encoding="utf-8") as text:
        names = sorted({row["name"] for row in csv.DictReader(text)})
    ids = tx.ids.take(INGREDIENTS)
    tx.add_all([
        Product(
            id=id_, venue_id=venue, name=f"Ingredient {place}", kind=ProductKind.INGREDIENT,
            unit=Unit.GRAM, cost_minor=500 + place,
        )
        for place, id_ in enumerate(ids)
    ])  # fmt: skip
    pizzas = tx.ids.take(len(names))
    tx.add_all([
        Product(id=id_, venue_id=venue, name=name, output=1000)
        for id_, name in zip(pizzas, names, strict=True)
    ])  # fmt: skip
    parts = [
        (pizza, part, ids[(place * 3 + part * 5) % INGREDIENTS], 90_000, 100_000)
        for place, pizza in enumerate(pizzas)
        for part in range(PARTS)
    ]
    columns = ("product_id", "line_no", "ingredient_id", "net", "gross")
    tx.import_rows(RecipeLine, columns, parts)
    tx.add(Storage(id=tx.ids.one(), venue_id=venue, name="Main", sells=True, since=20100101))


if __name__ == "__main__":
    how = sys.argv[1:]
    print(json.dumps(measure(*how) if how else run(), indent=1))
