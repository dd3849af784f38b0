"""Stock at any moment: what the moves until then add up to, by months and the days of the last."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from typing import Any

from sqlalchemy import func, select

from desktop_app.db.transaction import Transaction
from desktop_app.stock.tables import StockDay, StockLevel, StockMonth, StockMove

Sums = dict[tuple[int, int], tuple[int, int]]
"""Quantity and value by storage and product."""


def stock_now(tx: Transaction, storage_id: int | None = None) -> Sums:
    """Return what lies in the storages."""
    query = select(
        StockLevel.storage_id, StockLevel.product_id, StockLevel.quantity, StockLevel.value_minor
    )
    if storage_id is not None:
        query = query.where(StockLevel.storage_id == storage_id)
    return {(place, product): (much, value) for place, product, much, value in tx.rows(query)}


def stock_at(
    tx: Transaction,
    day: int,
    moment: datetime | None = None,
    *,
    storage_id: int | None = None,
    products: Collection[int] | None = None,
) -> Sums:
    """Return what lay in the storages when a business day ended, or at a moment of it."""
    found: Sums = {}
    months = (
        select(
            StockMonth.storage_id,
            StockMonth.product_id,
            func.sum(StockMonth.quantity),
            func.sum(StockMonth.value_minor),
        )
        .where(StockMonth.month < day // 100, *_only(StockMonth, storage_id, products))
        .group_by(StockMonth.storage_id, StockMonth.product_id)
    )
    days = (
        select(
            StockDay.storage_id,
            StockDay.product_id,
            func.sum(StockDay.quantity),
            func.sum(StockDay.value_minor),
        )
        .where(
            StockDay.business_date >= day // 100 * 100,
            StockDay.business_date <= (day if moment is None else day - 1),
            *_only(StockDay, storage_id, products),
        )
        .group_by(StockDay.storage_id, StockDay.product_id)
    )
    queries: list[Any] = [months, days]
    if moment is not None:
        queries.append(_of_the_day(day, moment, _only(StockMove, storage_id, products)))
    for query in queries:
        for place, product, much, value in tx.rows(query):
            before = found.get((place, product), (0, 0))
            found[place, product] = (before[0] + int(much), before[1] + int(value))
    return found


def _of_the_day(day: int, moment: datetime, conditions: list[Any]) -> Any:
    """Return what the moves of one day until a moment add up to."""
    return (
        select(
            StockMove.storage_id,
            StockMove.product_id,
            func.sum(StockMove.quantity),
            func.sum(StockMove.cost_minor),
        )
        .where(StockMove.business_date == day, StockMove.at <= moment, *conditions)
        .group_by(StockMove.storage_id, StockMove.product_id)
    )


def _only(table: Any, storage_id: int | None, products: Collection[int] | None) -> list[Any]:
    wanted = []
    if storage_id is not None:
        wanted.append(table.storage_id == storage_id)
    if products is not None:
        wanted.append(table.product_id.in_(sorted(products)))
    return wanted
