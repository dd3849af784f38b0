"""A big store's rows in a plain PostgreSQL, and the raw aggregates that a report stands for."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import psycopg
from sqlalchemy import Engine, Table
from sqlalchemy.dialects import postgresql

from desktop_app.menu.tables import Product
from desktop_app.orders.tables import Order, OrderLine
from tests.support.postgres import PostgresCluster

_BATCH = 50_000
_SALES = "status IN ('closed', 'refunded') AND business_date BETWEEN %(first)s AND %(last)s"
_REFUNDS = ", ".join(
    f"count(*) FILTER (WHERE status = '{one}'), sum(total_minor) FILTER (WHERE status = '{one}')"
    for one in ("refunded", "void", "closed")
)
_DAY = "to_date(business_date::text, 'YYYYMMDD')"


def _orders(key: str, more: str = "sum(items), sum(total_minor)", where: str = _SALES) -> str:
    return f"SELECT {key}, count(*), {more} FROM pos_order WHERE {where} GROUP BY 1"


def _lines(key: str) -> str:
    return (
        f"SELECT {key}, count(DISTINCT o.id), sum(l.quantity), sum(l.total_minor)"
        " FROM pos_order o JOIN order_line l ON l.order_id = o.id"
        f" JOIN product p ON p.id = l.product_id WHERE {_SALES} GROUP BY 1"
    )


RAW = {
    "sales-day": _orders("business_date"),
    "sales-week": _orders(f"date_trunc('week', {_DAY})"),
    "sales-month": _orders("business_date / 100"),
    "sales-hour": _orders("hour"),
    "sales-weekday": _orders(f"extract(isodow FROM {_DAY})"),
    "sales-item": _lines("p.name"),
    "sales-category": _lines("p.category_id"),
    "sales-station": _lines("p.station_id"),
    "sales-payment": _orders("payment"),
    "sales-staff": _orders("employee_id"),
    "sales-sale-type": _orders("sale_type"),
    "abc": _lines("p.name"),
    "menu-engineering": _lines("p.name"),
    "food-cost": _lines("p.name"),
    "cost-of-sales": _lines("p.name"),
    "average-check": _orders("business_date"),
    "average-check-waiter": _orders("employee_id"),
    "refunds": _orders("employee_id", _REFUNDS, "business_date BETWEEN %(first)s AND %(last)s"),
    "discounts": _orders("business_date", "sum(discount_minor), sum(total_minor)"),
    "taxes": _orders("business_date", "sum(tax_minor), sum(total_minor)"),
}
"""What one would write without roll-ups, by the key of the report."""


@contextmanager
def loaded(engine: Engine) -> Iterator[psycopg.Connection]:
    """Give a connection to a PostgreSQL with the receipts, lines and products of a store."""
    with PostgresCluster() as server, server.connect(server.new_database()) as peer:
        peer.execute("SET work_mem = '256MB'")
        with engine.execution_options(read_only=True).connect() as store:
            for mapped in (Product, Order, OrderLine):
                _carry(store, peer, mapped.__table__)
        peer.execute("CREATE INDEX ON pos_order (business_date, opened_at, id)")
        peer.execute("CREATE INDEX ON pos_order (status, business_date, opened_at, id)")
        peer.execute("VACUUM ANALYZE")
        yield peer


def _carry(store: Any, peer: psycopg.Connection, table: Table) -> None:
    columns = [f'"{c.name}" {c.type.compile(postgresql.dialect())}' for c in table.columns]
    keys = ", ".join(column.name for column in table.primary_key.columns)
    peer.execute(f"CREATE TABLE {table.name} ({', '.join(columns)}, PRIMARY KEY ({keys}))")
    names = ", ".join(f'"{column.name}"' for column in table.columns)
    rows = store.exec_driver_sql(f'SELECT {names} FROM main."{table.name}"')
    booleans = [n for n, c in enumerate(table.columns) if str(c.type) == "BOOLEAN"]
    with peer.cursor().copy(f"COPY {table.name} ({names}) FROM STDIN") as copy:
        for some in rows.partitions(_BATCH):
            for row in some:
                values = list(row)
                for place in booleans:
                    values[place] = bool(values[place])
                copy.write_row(values)
