"""The orders list at 1,000,000 orders beside the same statements on plain SQLite."""

from __future__ import annotations

import json
import statistics
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from sqlalchemy import Engine

from desktop_app.orders import listing
from desktop_app.orders.operations import list_orders
from desktop_app.orders.records import OrderFilter, OrderSort, OrderStatus
from desktop_app.sign_in import Reception
from tests.benchmarks.stores import BUILD, OWNER, PASSWORD, big_store, ops_rows, plain_engine

PAGE = 50
DEEP = 10_000
ROUNDS = 9


def run(orders: int = 1_000_000) -> dict[str, Any]:
    """Return the milliseconds of a first and a deep page, and the ratios."""
    folder = big_store(orders)
    found: dict[str, Any] = {"orders": orders}
    with Reception(folder, keyring=False).sign_in(OWNER, PASSWORD) as app:
        plain = _plain_copy(app, orders)
        for name, wanted in _filters().items():
            first = listing.page(wanted, None, PAGE)
            edge = tuple(_rows(app._store.engine, listing.anchor_after(wanted, None, DEEP))[0])
            deep = listing.page(wanted, edge, PAGE)
            ours, theirs, far = _interleaved(
                lambda first=first: _rows(app._store.engine, first),
                lambda first=first: _rows(plain, first),
                lambda deep=deep: _rows(app._store.engine, deep),
            )
            call, deep_call = _interleaved(
                lambda wanted=wanted: app.call(list_orders, wanted),
                lambda wanted=wanted, edge=edge: app.call(list_orders, wanted, after=edge),
            )
            found[name] = {
                "first_ms": ours, "plain_first_ms": theirs, "deep_ms": far,
                "ratio_to_plain": round(ours / theirs, 2), "deep_to_first": round(far / ours, 2),
                "operation_first_ms": call, "operation_deep_ms": deep_call,
            }  # fmt: skip
        plain.dispose()
    found["target"] = "first <= 1.5 x plain; page 10,000 deep <= 1.2 x first"
    return found


def _filters() -> dict[str, OrderFilter]:
    return {
        "closed_newest": OrderFilter(status=OrderStatus.CLOSED),
        "year_closed_newest": OrderFilter(20260101, 20261231, OrderStatus.CLOSED),
        "void_newest": OrderFilter(status=OrderStatus.VOID),
        "largest": OrderFilter(sort=OrderSort.LARGEST),
    }


def _rows(engine: Engine, statement: Any) -> list[Any]:
    with engine.execution_options(read_only=True).connect() as connection:
        return list(connection.execute(statement))


def _interleaved(*works: Callable[[], object]) -> list[float]:
    times: list[list[float]] = [[] for _ in works]
    for work in works:
        work()
    for _ in range(ROUNDS):
        for place, work in enumerate(works):
            started = time.perf_counter()
            work()
            times[place].append((time.perf_counter() - started) * 1000)
    return [round(statistics.median(one), 3) for one in times]


def _plain_copy(app: Any, orders: int) -> Engine:
    path = BUILD / f"plain-{orders}.db"
    fresh = not path.exists()
    engine = plain_engine(path)
    if fresh:
        with engine.connect() as connection:
            raw: Any = connection.connection.driver_connection
            raw.execute("BEGIN IMMEDIATE")
            for table, rows in ops_rows(app, ["venue", "employee", "pos_order"]).items():
                marks = ",".join("?" * len(rows[0]))
                raw.executemany(f'INSERT INTO main."{table}" VALUES({marks})', rows)
            raw.execute("COMMIT")
    return engine


if __name__ == "__main__":
    print(json.dumps(run(*map(int, sys.argv[1:])), indent=1))
    Path(BUILD).mkdir(exist_ok=True)
