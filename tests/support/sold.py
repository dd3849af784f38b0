"""The sizes that were sold: as they are kept, and as the receipts say."""

from __future__ import annotations

from collections.abc import Mapping

from sqlalchemy import func, select

from desktop_app.db.transaction import Transaction
from desktop_app.orders.sums import COUNTED
from desktop_app.orders.tables import Order, OrderLine, SalesDaySize, SoldSize

Sizes = Mapping[tuple[int, str], int]


def sold_sizes(tx: Transaction) -> Sizes:
    rows = tx.rows(select(SoldSize.product_id, SoldSize.variant, SoldSize.lines))
    return {(product_id, size): lines for product_id, size, lines in rows}


Sold = Mapping[tuple[int, str, int], int]


def sold_by_size(tx: Transaction) -> Sold:
    one = SalesDaySize
    rows = tx.rows(select(one.product_id, one.variant, one.business_date, one.total_minor))
    return {(product_id, size, day): total for product_id, size, day, total in rows}


def by_size_on_receipts(tx: Transaction) -> Sold:
    keys = (OrderLine.product_id, OrderLine.variant, Order.business_date)
    rows = tx.rows(
        select(*keys, func.sum(OrderLine.total_minor))
        .join(Order, Order.id == OrderLine.order_id)
        .where(Order.status.in_(COUNTED), OrderLine.variant != "")
        .group_by(*keys)
    )
    return {(product_id, size, day): int(total) for product_id, size, day, total in rows}


def sizes_on_receipts(tx: Transaction) -> Sizes:
    keys = (OrderLine.product_id, OrderLine.variant)
    rows = tx.rows(select(*keys, func.count()).group_by(*keys))
    return {(product_id, size): lines for product_id, size, lines in rows}
