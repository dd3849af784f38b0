"""Every report of one year at 1,000,000 orders, beside the raw aggregate over the same rows.

The peer is PostgreSQL with the same rows, analyzed, all of them in the system's cache.
"""

from __future__ import annotations

import json
import statistics
import sys
import time
from collections.abc import Callable
from typing import Any

from sqlalchemy import Engine, func, select

from desktop_app.app import App
from desktop_app.kernel.clock import as_date
from desktop_app.orders.tables import SalesHour
from desktop_app.reports.catalogue import REPORTS
from desktop_app.reports.records import Dimension, Period
from desktop_app.reports.running import rows_behind, run_report
from desktop_app.sign_in import Reception
from tests.benchmarks.peer import RAW, loaded
from tests.benchmarks.stores import OWNER, PASSWORD, big_store

ROUNDS = 5


def run(orders: int = 1_000_000) -> dict[str, Any]:
    """Return the milliseconds of every report of the newest year, and the ratio to raw sums."""
    folder = big_store(orders)
    found: dict[str, Any] = {"orders": orders}
    with Reception(folder, keyring=False).sign_in(OWNER, PASSWORD) as app:
        year = _newest_year(app)
        engine = app._store.engine
        for key in REPORTS:
            found[key] = {"ms": _timed(lambda key=key: app.call(run_report, key, year))}
        with loaded(engine) as peer:
            days = {"first": year.first, "last": year.last}
            for key, sql in RAW.items():
                raw = _timed(lambda sql=sql: peer.execute(sql, days).fetchall())
                ours = _timed(lambda key=key: app.call(run_report, key, year))
                found[key] |= {"ms": ours, "raw_ms": raw, "ratio_to_raw": round(ours / raw, 4)}
        for dimension in Dimension:
            key = f"sales-{dimension}"
            row = app.call(run_report, key, year).rows[0].key
            behind = _timed(lambda key=key, row=row: app.call(rows_behind, key, row, year))
            found[key]["behind_ms"] = behind
    found["target"] = "every report of a year < 1000 ms, never slower than the raw aggregate"
    return found


def _newest_year(app: App) -> Period:
    days = _rows(app._store.engine, select(func.max(SalesHour.business_date)))
    last = as_date(days[0][0])
    return Period((last.year - 1) * 10_000 + last.month * 100 + last.day, days[0][0])


def _rows(engine: Engine, statement: Any) -> Any:
    with engine.execution_options(read_only=True).connect() as connection:
        return connection.execute(statement).all()


def _timed(work: Callable[[], Any], rounds: int = ROUNDS) -> float:
    taken = []
    for _ in range(rounds):
        begin = time.perf_counter()
        work()
        taken.append((time.perf_counter() - begin) * 1000)
    return round(statistics.median(taken), 1)


if __name__ == "__main__":
    sys.stdout.write(json.dumps(run(*map(int, sys.argv[1:])), indent=1) + "\n")
