"""Opening every list once at 1,000,000 orders: what its screen asks for first, in milliseconds.

The store is filled up to 3,000 products first, half of them with technical cards.
"""

from __future__ import annotations

import json
import statistics
import sys
import time
from collections.abc import Callable
from typing import Any

from desktop_app.access.operations import list_events
from desktop_app.app import App
from desktop_app.customers.operations import count_customers, customer_page_at
from desktop_app.customers.records import CustomerFilter
from desktop_app.db.operation import Kind, Operation
from desktop_app.db.transaction import Transaction
from desktop_app.exchange.operations import list_imports
from desktop_app.exports.operations import list_exports
from desktop_app.finance.operations import count_entries, list_accounts, list_entries
from desktop_app.kernel.access import Permission
from desktop_app.menu.kinds import ProductKind, Unit
from desktop_app.menu.operations import list_products
from desktop_app.menu.tables import Category, Product, ProductVariant, RecipeLine
from desktop_app.orders.operations import count_orders, list_orders
from desktop_app.orders.records import OrderFilter
from desktop_app.sales.gaps import recent_gaps
from desktop_app.sales.shifts import list_shifts
from desktop_app.sign_in import Reception
from desktop_app.staff.operations import list_employees
from desktop_app.stock.counting import list_counts
from desktop_app.stock.operations import count_papers, list_papers, list_stock, list_suppliers
from desktop_app.venue.operations import the_venue
from tests.benchmarks.stores import OWNER, PASSWORD, big_store

ROUNDS = 7
PRODUCTS, INGREDIENTS, PARTS = 3000, 500, 6
PAGE = 100


def run(orders: int = 1_000_000) -> dict[str, Any]:
    """Return the median and the first milliseconds of what each list asks for."""
    folder = big_store(orders)
    with Reception(folder, keyring=False).sign_in(OWNER, PASSWORD) as app:
        app.call(_command(_fill))
        found: dict[str, Any] = {name: _timed(app, asks) for name, asks in LISTS.items()}
    found["slowest_ms"] = max(one["ms"] for one in found.values())
    found["target"] = "every list < 100 ms"
    return found


LISTS: dict[str, Callable[[App], object]] = {
    "orders": lambda app: (
        app.call(list_orders, OrderFilter(), limit=PAGE),
        app.call(count_orders, OrderFilter()),
    ),
    "customers": lambda app: (
        app.call(customer_page_at, CustomerFilter(), 0, PAGE),
        app.call(count_customers, CustomerFilter()),
    ),
    "menu": lambda app: app.call(list_products),
    "stock": lambda app: app.call(list_stock),
    "supplies and other papers": lambda app: (app.call(list_papers), app.call(count_papers)),
    "stock-takes": lambda app: app.call(list_counts),
    "suppliers": lambda app: app.call(list_suppliers),
    "shifts": lambda app: app.call(list_shifts),
    "gaps": lambda app: app.call(recent_gaps),
    "employees": lambda app: app.call(list_employees),
    "entries": lambda app: (app.call(list_entries), app.call(count_entries)),
    "accounts": lambda app: app.call(list_accounts),
    "imports": lambda app: app.call(list_imports),
    "exports": lambda app: app.call(list_exports),
    "trail": lambda app: app.call(list_events),
}


def _fill(tx: Transaction) -> None:
    venue = the_venue(tx).id
    if tx.find(Category, 1) is not None:
        return
    category = (1, venue, "Bölmə", 1)
    tx.import_rows(Category, ("id", "venue_id", "name", "place"), [category])
    ids = tx.ids.take(PRODUCTS)
    kinds = [ProductKind.INGREDIENT] * INGREDIENTS + [ProductKind.DISH] * (PRODUCTS - INGREDIENTS)
    tx.add_all([
        Product(
            id=id_, venue_id=venue, category_id=1, name=f"Məhsul {place}", kind=kind,
            unit=Unit.GRAM if kind is ProductKind.INGREDIENT else Unit.PIECE,
            cost_minor=place % 700 if kind is ProductKind.INGREDIENT else 0,
        )
        for place, (id_, kind) in enumerate(zip(ids, kinds, strict=True))
    ])  # fmt: skip
    dishes = ids[INGREDIENTS:]
    sizes = [(id_, "", 100 + place) for place, id_ in enumerate(dishes)]
    tx.import_rows(ProductVariant, ("product_id", "name", "price_minor"), sizes)
    parts = [
        (dish, part, ids[(dish + 7 * part) % INGREDIENTS], 90_000, 100_000)
        for dish in dishes[::2]
        for part in range(PARTS)
    ]
    columns = ("product_id", "line_no", "ingredient_id", "net", "gross")
    tx.import_rows(RecipeLine, columns, parts)


def _command(body: Callable[..., Any]) -> Operation[..., Any]:
    return Operation("bench.command", Permission.ANYONE, Kind.COMMAND, body)


def _timed(app: App, asks: Callable[[App], object]) -> dict[str, float]:
    taken = []
    for _ in range(ROUNDS):
        begin = time.perf_counter()
        asks(app)
        taken.append((time.perf_counter() - begin) * 1000)
    return {"ms": round(statistics.median(taken), 1), "first_ms": round(taken[0], 1)}


if __name__ == "__main__":
    sys.stdout.write(json.dumps(run(*map(int, sys.argv[1:])), indent=1) + "\n")
