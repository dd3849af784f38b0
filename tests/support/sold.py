"""The sizes that were sold: as they are kept, and as the receipts say."""

from __future__ import annotations

from collections.abc import Mapping

from sqlalchemy import func, select

from desktop_app.db.transaction import Transaction
from desktop_app.orders.tables import OrderLine, SoldSize

Sizes = Mapping[tuple[int, str], int]


def sold_sizes(tx: Transaction) -> Sizes:
    rows = tx.rows(select(SoldSize.product_id, SoldSize.variant, SoldSize.lines))
    return {(product_id, size): lines for product_id, size, lines in rows}


def sizes_on_receipts(tx: Transaction) -> Sizes:
    keys = (OrderLine.product_id, OrderLine.variant)
    rows = tx.rows(select(*keys, func.count()).group_by(*keys))
    return {(product_id, size): lines for product_id, size, lines in rows}
