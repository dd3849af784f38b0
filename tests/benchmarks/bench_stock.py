"""Stock at a past moment with as many moves as live sales of a year make, beside the raw sum."""

from __future__ import annotations

import json
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from sqlalchemy import func, select

from desktop_app.app import App
from desktop_app.db.operation import Kind, Operation
from desktop_app.db.transaction import Transaction
from desktop_app.kernel.access import Permission
from desktop_app.kernel.clock import FrozenClock, as_number
from desktop_app.menu.kinds import ProductKind, Unit
from desktop_app.menu.tables import Product
from desktop_app.sign_in import Reception
from desktop_app.stock.kinds import MoveKind
from desktop_app.stock.moving import Cause, Mover
from desktop_app.stock.operations import list_stock, stock_value
from desktop_app.stock.records import StockFilter
from desktop_app.stock.tables import StockMove, Storage
from desktop_app.vault.cost import KdfCost
from desktop_app.venue.operations import the_venue
from desktop_app.venue.records import NewVenue

NOW = datetime(2026, 11, 23, 15, 0, tzinfo=UTC)
PRODUCTS, DAYS = 300, 365
ROUNDS = 7


def run(moves: int = 1_000_000) -> dict[str, Any]:
    """Return the milliseconds of stock at a day and at a moment, and of adding up the moves."""
    with tempfile.TemporaryDirectory() as folder:
        reception = Reception(Path(folder) / "store", keyring=False, clock=FrozenClock(NOW))
        made = reception.create(
            NewVenue("Bench"), "owner", "bench", cost=KdfCost.FLOOR, weak_password_allowed=True
        )
        with made.app as app:
            started = time.perf_counter()
            _fill(app, max(1, moves // PRODUCTS // DAYS))
            filled = time.perf_counter() - started
            day = as_number((NOW - timedelta(days=40)).date())
            return {
                "moves": app.call(_query(_count)),
                "fill_s": round(filled, 1),
                "value_at_day_ms": _median(lambda: app.call(stock_value, StockFilter(day=day))),
                "value_at_moment_ms": _median(
                    lambda: app.call(stock_value, StockFilter(at=NOW - timedelta(days=40)))
                ),
                "list_now_ms": _median(lambda: app.call(list_stock)),
                "raw_sum_ms": _median(lambda: app.call(_query(_raw), day)),
            }


def _fill(app: App, each: int) -> None:
    numbers = app.call(_command(_places))
    storage, products = numbers[0], numbers[1:]
    for ago in reversed(range(DAYS)):
        at = NOW - timedelta(days=ago)
        app.call(_command(_one_day), storage, products, at, each)


def _places(tx: Transaction) -> list[int]:
    venue = the_venue(tx)
    storage = Storage(id=tx.ids.one(), venue_id=venue.id, name="Bench", sells=True, since=20250101)
    tx.add(storage)
    products = tx.ids.take(PRODUCTS)
    for place, id_ in enumerate(products):
        tx.add(
            Product(
                id=id_, venue_id=venue.id, name=f"Product {place}", kind=ProductKind.INGREDIENT,
                unit=Unit.GRAM,
            )
        )  # fmt: skip
    return [storage.id, *products]


def _one_day(tx: Transaction, storage: int, products: list[int], at: datetime, each: int) -> None:
    mover = Mover.read(tx, the_venue(tx).id, [storage], products)
    cause = Cause(MoveKind.SALE, at, as_number(at.date()))
    for product in products:
        mover.add((storage, product), 100_000 * each, 1_200 * each, cause)
        for _ in range(each - 1):
            mover.take((storage, product), 90_000, cause)
    mover.flush(tx)


def _raw(tx: Transaction, day: int) -> int:
    total = select(func.sum(StockMove.cost_minor)).where(StockMove.business_date <= day)
    return int(tx.scalar(total))


def _count(tx: Transaction) -> int:
    return int(tx.scalar(select(func.count()).select_from(StockMove)))


def _query(body: Callable[..., Any]) -> Operation[..., Any]:
    return Operation("bench.query", Permission.ANYONE, Kind.QUERY, body)


def _command(body: Callable[..., Any]) -> Operation[..., Any]:
    return Operation("bench.command", Permission.ANYONE, Kind.COMMAND, body)


def _median(work: Callable[[], object]) -> float:
    taken = []
    for _ in range(ROUNDS):
        started = time.perf_counter()
        work()
        taken.append((time.perf_counter() - started) * 1000)
    return round(statistics.median(taken), 1)


if __name__ == "__main__":
    sys.stdout.write(json.dumps(run(*map(int, sys.argv[1:])), indent=1) + "\n")
