"""What to buy: what is running out, up to how much, in which package and from whom."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import timedelta
from typing import Any, NamedTuple

from sqlalchemy import func, select
from sqlalchemy.orm import aliased

from desktop_app.db.operation import command, query
from desktop_app.db.transaction import Transaction
from desktop_app.kernel.access import Permission
from desktop_app.kernel.clock import as_date, as_number
from desktop_app.kernel.errors import InvalidError
from desktop_app.kernel.words import msg
from desktop_app.menu.kinds import ProductKind
from desktop_app.menu.tables import Product
from desktop_app.stock.kinds import MoveKind, PaperKind
from desktop_app.stock.places import open_storage
from desktop_app.stock.reading import stock_now
from desktop_app.stock.records import OrderLine, SupplyForm, SupplyLine
from desktop_app.stock.rules import lasting, packages_for, share_of
from desktop_app.stock.supplies import enter_draft
from desktop_app.stock.tables import (
    StockDocument,
    StockDocumentLine,
    StockMove,
    Supplier,
    SupplyDraft,
    SupplyDraftLine,
)
from desktop_app.venue.operations import the_venue

_CHUNK = 500
_WEEKS = 4
"""How far back it is looked how much is sold."""
_SOON = 2
"""What lasts for less days has to be bought."""
_BOUGHT = (ProductKind.GOODS, ProductKind.INGREDIENT)


class _Last(NamedTuple):
    """How a product was bought last."""

    supplier_id: int | None
    supplier: str
    quantity: int
    package: str
    factor: int
    amount_minor: int
    tax_bp: int
    cost_minor: int


_NEVER = _Last(None, "", 0, "", 0, 0, 0, 0)


@query(Permission.STOCK_READ)
def list_to_buy(tx: Transaction, storage_id: int | None = None) -> Sequence[OrderLine]:
    """Return what is below its low stock, in one storage or in all, by supplier and name.

    And what was supplied before and lasts for less than two days, as it was sold for four weeks.
    What stands in supplies entered and not received yet is on its way and not bought twice. It is
    bought as it was last: from whom, and in what package; whole packages, whole pieces. Where
    nothing says up to how much, it is what a week takes.
    """
    there: dict[int, int] = {}
    for (_, product), (much, _) in stock_now(tx, storage_id).items():
        there[product] = there.get(product, 0) + much
    coming = _coming(tx, storage_id)
    rows = tx.rows(
        select(
            Product.id, Product.name, Product.unit, Product.low_stock, Product.wished_stock,
            Product.venue_id,
        )
        .where(Product.active, Product.kind.in_(_BOUGHT))
        .order_by(Product.name, Product.id)
    )  # fmt: skip
    here = None if storage_id is None else open_storage(tx, storage_id).venue_id
    used = _used(tx, storage_id)
    low = []
    for row in rows:
        left = there.get(row[0], 0) + coming.get(row[0], 0)
        short = left < (row[3] or 0) or left * _WEEKS * 7 < used.get(row[0], 0) * _SOON
        if short and here in (None, row[5]):
            low.append(row)
    known = _bought_last(tx, [row[0] for row in low])
    priced = tx.actor.can(Permission.STOCK_COST)
    found = []
    for id_, name, unit, below, wished, _ in low:
        least = below or 0
        last = known.get(id_, _NEVER)
        if below is None and last is _NEVER:
            continue  # nobody keeps stock of it
        has, on_its_way = there.get(id_, 0), coming.get(id_, 0)
        taken = used.get(id_, 0)
        goal = max(least, taken // _WEEKS if wished is None else wished)
        factor = last.factor or unit.least
        many = packages_for(goal - has - on_its_way, factor)
        cost = share_of(last.cost_minor, many * factor, last.quantity) if last.quantity else None
        found.append(
            OrderLine(
                id_, name, unit, has, on_its_way, least, goal, many * factor, many,
                last.package, factor, last.supplier_id, last.supplier,
                cost if priced else None, lasting(has, taken, _WEEKS * 7),
            )
        )  # fmt: skip
    return sorted(found, key=lambda one: (not one.supplier, one.supplier, one.name))


@command(Permission.SUPPLIES_CREATE)
def order_supplies(
    tx: Transaction, storage_id: int, wanted: Sequence[tuple[int, int]]
) -> Sequence[int]:
    """Enter supplies of products (number, thousandths of the unit) that wait to be received.

    One for each supplier they were bought from last, at the price of then. Return their numbers.
    """
    if not wanted:
        raise InvalidError(msg("There is no line yet."), field="lines")
    known = _bought_last(tx, [product for product, _ in wanted])
    forms: dict[int | None, SupplyForm] = {}
    for product_id, much in wanted:
        last = known.get(product_id, _NEVER)
        form = forms.get(last.supplier_id) or SupplyForm(storage_id, [], last.supplier_id)
        line = _line(product_id, much, last)
        forms[last.supplier_id] = replace(form, lines=[*form.lines, line])
    return [enter_draft(tx, None, form) for form in forms.values()]


def _line(product_id: int, much: int, last: _Last) -> SupplyLine:
    amount = share_of(last.amount_minor, much, last.quantity) if last.quantity else 0
    if last.package and much * 1000 % last.factor == 0:
        many = much * 1000 // last.factor
        return SupplyLine(product_id, many, amount, last.tax_bp, 0, last.package, last.factor)
    return SupplyLine(product_id, much, amount, last.tax_bp)


def _used(tx: Transaction, storage_id: int | None) -> Mapping[int, int]:
    """Return how much sales took of each product in the last weeks, today left out."""
    today = as_date(the_venue(tx).time.business_date(tx.at))
    moves = select(StockMove.product_id, func.sum(StockMove.quantity)).where(
        StockMove.kind == MoveKind.SALE,
        StockMove.business_date >= as_number(today - timedelta(weeks=_WEEKS)),
        StockMove.business_date < as_number(today),
    )
    if storage_id is not None:
        moves = moves.where(StockMove.storage_id == storage_id)
    rows = tx.rows(moves.group_by(StockMove.product_id))
    return {id_: max(0, -int(much)) for id_, much in rows}


def _coming(tx: Transaction, storage_id: int | None) -> Mapping[int, int]:
    """Return how much stands in supplies that were not received yet."""
    lines = select(
        SupplyDraftLine.product_id, SupplyDraftLine.quantity, SupplyDraftLine.factor
    ).join(SupplyDraft, SupplyDraft.id == SupplyDraftLine.draft_id)
    if storage_id is not None:
        lines = lines.where(SupplyDraft.storage_id == storage_id)
    found: dict[int, int] = {}
    for product, quantity, factor in tx.rows(lines):
        found[product] = found.get(product, 0) + quantity * factor // 1000
    return found


def _bought_last(tx: Transaction, products: Sequence[int]) -> Mapping[int, _Last]:
    """Return the newest supply of each product that was not taken back."""
    found: dict[int, _Last] = {}
    numbers = sorted(set(products))
    back = aliased(StockDocument)
    for start in range(0, len(numbers), _CHUNK):
        place = func.row_number().over(
            partition_by=StockDocumentLine.product_id,
            order_by=(
                StockDocument.at.desc(), StockDocument.id.desc(), StockDocumentLine.line_no,
            ),
        )  # fmt: skip
        lines = (
            select(
                StockDocumentLine.product_id.label("product"), StockDocument.supplier_id,
                StockDocumentLine.quantity, StockDocumentLine.package, StockDocumentLine.factor,
                StockDocumentLine.amount_minor, StockDocumentLine.tax_bp,
                StockDocumentLine.cost_minor, place.label("place"),
            )
            .join(StockDocument, StockDocument.id == StockDocumentLine.document_id)
            .where(
                StockDocumentLine.product_id.in_(numbers[start : start + _CHUNK]),
                StockDocument.kind == PaperKind.SUPPLY,
                StockDocument.reverses_id.is_(None),
                ~select(back.id).where(back.reverses_id == StockDocument.id).exists(),
            )
            .subquery()
        )  # fmt: skip
        newest: Any = (
            select(
                lines.c.product, Supplier.id, func.coalesce(Supplier.name, ""), lines.c.quantity,
                lines.c.package, lines.c.factor, lines.c.amount_minor, lines.c.tax_bp,
                lines.c.cost_minor,
            )
            .outerjoin(Supplier, (Supplier.id == lines.c.supplier_id) & Supplier.active)
            .where(lines.c.place == 1)
        )  # fmt: skip
        for product, *facts in tx.rows(newest):
            last = _Last(*facts)
            found[product] = last if last.package else last._replace(factor=0)
    return found
