"""What a paper that is taken back leaves behind: the price of a supply, the moment of a count."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import aliased

from desktop_app.db.transaction import Transaction
from desktop_app.menu.tables import Product
from desktop_app.stock.kinds import PaperKind
from desktop_app.stock.moving import Cause, Counted, Mover, Place
from desktop_app.stock.rules import unit_cost
from desktop_app.stock.tables import StockCount, StockCountLine, StockDocument, StockDocumentLine

_CHUNK = 500


def forget_price(tx: Transaction, mover: Mover, supply: StockDocument, cause: Cause) -> None:
    """Let what a mistaken supply cost be no price any more, in the storage and in the cards.

    The supply before it says what the product costs; of what never came otherwise, the storage
    knows no price, and the card keeps the last one.
    """
    lines = tx.rows(
        select(StockDocumentLine.product_id)
        .where(StockDocumentLine.document_id == supply.id)
        .distinct()
    )
    for (product_id,) in lines:
        place = (supply.storage_id, product_id)
        mover.price_again(place, *_standing(tx, place, supply.id), cause)
        _cost_again(tx, mover, place, supply.id)


def forget_count(
    tx: Transaction, mover: Mover, paper: StockDocument, products: Collection[int]
) -> None:
    """Let the count before this one be the last that counts."""
    before: dict[int, Counted] = {}
    numbers = sorted(products)
    for start in range(0, len(numbers), _CHUNK):
        rows = tx.rows(
            select(
                StockCountLine.product_id,
                func.max(StockDocument.at),
                func.max(StockDocument.business_date),
            )
            .join(StockCount, StockCount.id == StockCountLine.count_id)
            .join(StockDocument, StockDocument.count_id == StockCount.id)
            .where(
                StockCount.storage_id == paper.storage_id,
                StockCountLine.product_id.in_(numbers[start : start + _CHUNK]),
                *_stands(PaperKind.COUNT, paper.id),
            )
            .group_by(StockCountLine.product_id)
        )
        before.update({id_: Counted.when(at, day) for id_, at, day in rows})
    for product_id in numbers:
        mover.count_again((paper.storage_id, product_id), before.get(product_id, Counted()))


def _standing(tx: Transaction, place: Place, but: int) -> tuple[int, int]:
    """Return quantity and cost of the newest other supply of a product to a storage."""
    for much, cost in tx.rows(_supplies(place[1], but, StockDocument.storage_id == place[0])):
        return int(much), int(cost)
    return 0, 0


def _cost_again(tx: Transaction, mover: Mover, place: Place, but: int) -> None:
    row = tx.get(Product, place[1])
    level = mover.level(place)
    cost = 0
    if level.quantity > 0:
        cost = round(level.unit_cost * row.unit.whole)
    else:
        for much, paid in tx.rows(_supplies(row.id, but)):
            cost = unit_cost(int(paid), int(much), row.unit.whole)
    if cost > 0 and cost != row.cost_minor:
        row.cost_minor = cost
        row.version += 1


def _supplies(product_id: int, but: int, *more: Any) -> Any:
    return (
        select(StockDocumentLine.quantity, StockDocumentLine.cost_minor)
        .join(StockDocument, StockDocument.id == StockDocumentLine.document_id)
        .where(StockDocumentLine.product_id == product_id, *_stands(PaperKind.SUPPLY, but), *more)
        .order_by(StockDocument.at.desc(), StockDocument.id.desc(), StockDocumentLine.line_no)
        .limit(1)
    )


def _stands(kind: PaperKind, but: int) -> list[Any]:
    """Return that a paper of a kind, other than this one, was not taken back."""
    back = aliased(StockDocument)
    return [
        StockDocument.kind == kind,
        StockDocument.id != but,
        StockDocument.reverses_id.is_(None),
        ~select(back.id).where(back.reverses_id == StockDocument.id).exists(),
    ]
