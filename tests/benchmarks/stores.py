"""Stores to measure on: a big one of generated orders, kept in build/ between runs."""

from __future__ import annotations

import os
import random
import shutil
import sqlite3
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from itertools import groupby
from pathlib import Path

from sqlalchemy import Engine, create_engine

from desktop_app.app import App
from desktop_app.db.base import Base
from desktop_app.db.engine import TRANSLATE
from desktop_app.db.operation import Kind, Operation
from desktop_app.kernel.access import Permission
from desktop_app.menu.catalogue import Catalogue
from desktop_app.orders.records import (
    IncomingLine,
    IncomingOrder,
    IncomingPayment,
    OrderStatus,
    PaymentMethod,
)
from desktop_app.orders.storing import Batch, store_orders
from desktop_app.sign_in import Reception
from desktop_app.vault.cost import KdfCost
from desktop_app.venue.operations import get_venue
from desktop_app.venue.records import NewVenue

BUILD = Path(os.environ.get("BENCH_FOLDER", Path(__file__).resolve().parents[2] / "build"))
"""Where big stores are kept; `BENCH_FOLDER` says another place."""
OWNER, PASSWORD = "owner", "demo"
ORDERS_A_DAY = 600
REGULAR = "regular"


def new_store(folder: Path, cost: KdfCost = KdfCost.FLOOR) -> App:
    """Return the owner's App on a fresh store."""
    shutil.rmtree(folder, ignore_errors=True)
    reception = Reception(folder, keyring=False)
    return reception.create(
        NewVenue("Şirvanşah"), OWNER, PASSWORD, cost=cost, weak_password_allowed=True
    ).app


def big_store(orders: int) -> Path:
    """Return the folder of a store with so many orders, of which 10,000 are one customer's."""
    folder = BUILD / f"store-{orders}"
    if not (folder / "ready").exists():
        with new_store(folder) as app:
            venue = app.call(get_venue)
            batch = Batch(venue, "bench", None, Catalogue(venue.id))
            store = Operation(
                "bench.store", Permission.IMPORTS_RUN, Kind.COMMAND,
                lambda tx, some: store_orders(tx, batch, some),
            )  # fmt: skip
            for _day, some in groupby(sales(orders), key=lambda order: order.opened_at.date()):
                app.call(store, list(some))
        (folder / "ready").touch()
    return folder


def sales(count: int) -> Iterator[IncomingOrder]:
    """Yield so many orders, 600 a day up to yesterday, the same ones every time."""
    chance = random.Random(7)  # noqa: S311 - not for secrets
    days = -(-count // ORDERS_A_DAY)
    first = datetime.now(UTC).replace(hour=6, minute=0, second=0, microsecond=0)
    first -= timedelta(days=days)
    menu = [(f"Yemək {n}", f"Bölmə {n % 12}", 150 + 37 * n) for n in range(300)]
    regular_every = max(1, count // 10_000)
    for number in range(count):
        day, minute = divmod(number, ORDERS_A_DAY)
        lines = [
            IncomingLine(name, 1000, price, category, unit_price_minor=price, gross_minor=price)
            for name, category, price in chance.choices(menu, k=chance.randint(2, 6))
        ]
        total = sum(line.total_minor for line in lines)
        method = PaymentMethod.CASH if number % 3 else PaymentMethod.CARD
        yield IncomingOrder(
            f"B{number:08d}",
            first + timedelta(days=day, seconds=minute * 100),
            lines,
            [IncomingPayment(method, total)],
            number=str(number),
            status=OrderStatus.VOID if number % 50 == 0 else OrderStatus.CLOSED,
            sale_type=("zal", "paket", "çatdırılma")[number % 3],
            table=str(number % 40),
            customer_ref=REGULAR if number % regular_every == 0 else "",
            customer_name="Əli Məmmədov",
            staff_name=f"Ofisiant {number % 14}",
        )


def plain_engine(path: Path) -> Engine:
    """Return a plain SQLite file with the same tables and indexes and the same durability."""

    def connect() -> sqlite3.Connection:
        connection = sqlite3.connect(path, isolation_level=None, check_same_thread=False)
        for name in ("people", "office"):
            connection.execute(f"ATTACH ':memory:' AS {name}")
        connection.execute("PRAGMA main.journal_mode=TRUNCATE")
        connection.execute("PRAGMA main.synchronous=FULL")
        connection.execute("PRAGMA main.cache_size=-40960")
        return connection

    engine = create_engine("sqlite://", creator=connect)
    engine = engine.execution_options(schema_translate_map=TRANSLATE)
    Base.metadata.create_all(engine)
    return engine


def ops_rows(app: App, names: list[str]) -> dict[str, list[tuple[object, ...]]]:
    """Return the stored rows of tables of the ops domain, as the driver gives them.

    Their columns stand in the order of the mapped class; a migration may have added them later.
    """
    found = {}
    with app._store.engine.connect() as connection:
        for name in names:
            columns = ", ".join(f'"{one.name}"' for one in Base.metadata.tables[f"ops.{name}"].c)
            rows = connection.exec_driver_sql(f'SELECT {columns} FROM main."{name}"')
            found[name] = [tuple(row) for row in rows]
    return found
