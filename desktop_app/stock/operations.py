"""What can be asked of the stock; what changes it is in `places`, `supplies`, `papers`, `counting`.

Costs and values are left out for somebody who may not see them.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from sqlalchemy import case, func, or_, select
from sqlalchemy.orm import aliased

from desktop_app.db.below import below
from desktop_app.db.operation import query
from desktop_app.db.transaction import Transaction
from desktop_app.kernel.access import Permission
from desktop_app.kernel.clock import as_date
from desktop_app.kernel.errors import NotFoundError
from desktop_app.kernel.text import fold
from desktop_app.kernel.words import msg
from desktop_app.menu.kinds import ProductKind
from desktop_app.menu.tables import Category, Product
from desktop_app.stock.kinds import PaperKind
from desktop_app.stock.reading import Sums, stock_at, stock_now
from desktop_app.stock.records import (
    Amount,
    DraftRow,
    MoveFilter,
    MoveRow,
    PackageRow,
    PaperCard,
    PaperFilter,
    PaperLine,
    PaperRow,
    PaymentLine,
    StockFilter,
    StockRow,
    StockValue,
    StorageForm,
    StorageRow,
    SupplierForm,
    SupplierRow,
)
from desktop_app.stock.rules import line_sums
from desktop_app.stock.supplies import form_of
from desktop_app.stock.tables import (
    ProductPackage,
    StockDocument,
    StockDocumentLine,
    StockMove,
    Storage,
    Supplier,
    SupplyDraft,
    SupplyPayment,
)
from desktop_app.venue.operations import the_venue

_EVERYTHING = StockFilter()
_ALL_PAPERS = PaperFilter()
_ALL_MOVES = MoveFilter()


@query(Permission.ANYONE)
def list_storages(tx: Transaction, *, everything: bool = False) -> Sequence[StorageRow]:
    """Return the storages by name, with `everything` those put away too."""
    wanted = select(Storage).order_by(Storage.name)
    if not everything:
        wanted = wanted.where(Storage.active)
    return [
        StorageRow(
            row.id, row.version, StorageForm(row.name, row.sells, as_date(row.since), row.active)
        )
        for row in tx.objects(wanted)
    ]


@query(Permission.STOCK_READ)
def list_stock(tx: Transaction, wanted: StockFilter = _EVERYTHING) -> Sequence[StockRow]:
    """Return what there is of each product by name, now or at a moment in the past.

    Products in which nothing ever moved are listed while they are in use, with nothing.
    """
    sums: dict[int, tuple[int, int]] = {}
    for (_, product), (much, value) in _sums(tx, wanted).items():
        before = sums.get(product, (0, 0))
        sums[product] = (before[0] + much, before[1] + value)
    priced = tx.actor.can(Permission.STOCK_COST)
    kinds = wanted.kinds or {kind for kind in ProductKind if kind.is_stocked}
    rows = tx.rows(
        select(
            Product.id, Product.name, Product.kind, Product.unit, Category.name,
            Product.low_stock, Product.active, Product.cost_minor,
        )
        .outerjoin(Category, Category.id == Product.category_id)
        .where(Product.kind.in_(sorted(kinds)))
        .order_by(Product.name, Product.id)
    )  # fmt: skip
    found = []
    for id_, name, kind, unit, category, low, active, cost in rows:
        much, value = sums.get(id_, (0, 0))
        if not active and not much and not value:
            continue
        whole = round(value * unit.whole / much) if much > 0 else cost
        found.append(
            StockRow(
                id_, name, kind, unit, category or "", much, value if priced else None,
                whole if priced else None, low,
            )
        )  # fmt: skip
    return [row for row in found if _fits(row, wanted)]


def _sums(tx: Transaction, wanted: StockFilter) -> Sums:
    if wanted.day is None and wanted.at is None:
        return stock_now(tx, wanted.storage_id)
    day = wanted.day
    if day is None:
        assert wanted.at is not None  # noqa: S101 - said above
        day = the_venue(tx).time.business_date(wanted.at)
    return stock_at(tx, day, wanted.at, storage_id=wanted.storage_id)


def _fits(row: StockRow, wanted: StockFilter) -> bool:
    words = fold(wanted.text).split()
    name = fold(row.name)
    return (
        all(word in name for word in words)
        and (row.is_low or not wanted.only_low)
        and (row.is_negative or not wanted.only_negative)
    )


@query(Permission.STOCK_COST)
def stock_value(tx: Transaction, wanted: StockFilter = _EVERYTHING) -> StockValue:
    """Return what the stock is worth by storage, now or at a moment in the past."""
    values: dict[int, int] = {}
    for (storage, _), (_, value) in _sums(tx, wanted).items():
        values[storage] = values.get(storage, 0) + value
    names = tx.rows(select(Storage.id, Storage.name).order_by(Storage.name))
    return StockValue([(id_, name, values.get(id_, 0)) for id_, name in names])


@query(Permission.STOCK_READ)
def list_moves(
    tx: Transaction, wanted: MoveFilter = _ALL_MOVES, *, after: int | None = None, limit: int = 50
) -> tuple[Sequence[MoveRow], int | None]:
    """Return moves, those entered last first, and where the next page begins."""
    priced = tx.actor.can(Permission.STOCK_COST)
    found = tx.rows(
        select(
            StockMove.id, StockMove.at, StockMove.business_date, StockMove.kind, Storage.name,
            Product.id, Product.name, Product.unit, StockMove.quantity, StockMove.cost_minor,
            StockMove.document_id,
        )
        .join(Storage, Storage.id == StockMove.storage_id)
        .join(Product, Product.id == StockMove.product_id)
        .where(*_moves(wanted), *([StockMove.id < after] if after else []))
        .order_by(StockMove.id.desc())
        .limit(limit + 1)
    )  # fmt: skip
    rows = [MoveRow(*row[:9], row[9] if priced else None, row[10]) for row in found[:limit]]
    return rows, rows[-1].id if len(found) > limit else None


def _moves(wanted: MoveFilter) -> list[Any]:
    conditions: list[Any] = []
    if wanted.product_id is not None:
        conditions.append(StockMove.product_id == wanted.product_id)
    if wanted.storage_id is not None:
        conditions.append(StockMove.storage_id == wanted.storage_id)
    if wanted.kinds:
        conditions.append(StockMove.kind.in_(sorted(wanted.kinds)))
    if wanted.first_day is not None:
        conditions.append(StockMove.business_date >= wanted.first_day)
    if wanted.last_day is not None:
        conditions.append(StockMove.business_date <= wanted.last_day)
    return conditions


@query(Permission.SUPPLIERS_READ)
def list_suppliers(tx: Transaction, *, everything: bool = False) -> Sequence[SupplierRow]:
    """Return the suppliers by name with what is owed to them, with `everything` all of them."""
    stands = case((StockDocument.reverses_id.is_(None), 1), else_=-1)  # and its opposite: none
    bought = {
        id_: (int(count), int(total))
        for id_, count, total in tx.rows(
            select(
                StockDocument.supplier_id,
                func.sum(stands),
                func.sum(StockDocument.total_minor),
            )
            .where(StockDocument.supplier_id.is_not(None))
            .group_by(StockDocument.supplier_id)
        )
    }
    paid = tx.pairs(
        select(StockDocument.supplier_id, func.sum(SupplyPayment.amount_minor))
        .join(SupplyPayment, SupplyPayment.document_id == StockDocument.id)
        .group_by(StockDocument.supplier_id)
    )
    wanted = select(Supplier).order_by(Supplier.name)
    if not everything:
        wanted = wanted.where(Supplier.active)
    found = []
    for row in tx.objects(wanted):
        count, total = bought.get(row.id, (0, 0))
        form = SupplierForm(
            row.name, row.tax_id, row.phone, row.email, row.address, row.days_to_pay, row.note,
            row.active,
        )  # fmt: skip
        owed = total - int(paid.get(row.id) or 0)
        found.append(SupplierRow(row.id, row.version, form, count, total, owed))
    return found


@query(Permission.STOCK_READ)
def list_packages(tx: Transaction) -> Sequence[PackageRow]:
    """Return how products are bought."""
    return [
        PackageRow(*row)
        for row in tx.rows(
            select(
                ProductPackage.id, ProductPackage.product_id, ProductPackage.name,
                ProductPackage.factor,
            ).order_by(ProductPackage.product_id, ProductPackage.factor)
        )
    ]  # fmt: skip


@query(Permission.STOCK_READ)
def list_drafts(tx: Transaction) -> Sequence[DraftRow]:
    """Return the supplies that were entered and not received yet, the newest first.

    Amounts are for whoever may see costs or enter supplies; for others they are 0, the sum is None.
    """
    found = []
    priced = tx.actor.can(Permission.STOCK_COST) or tx.actor.can(Permission.SUPPLIES_CREATE)
    for row, storage, supplier in tx.rows(
        select(SupplyDraft, Storage.name, Supplier.name)
        .join(Storage, Storage.id == SupplyDraft.storage_id)
        .outerjoin(Supplier, Supplier.id == SupplyDraft.supplier_id)
        .order_by(SupplyDraft.at.desc(), SupplyDraft.id.desc())
    ):
        form = form_of(tx, row)
        if not priced:
            lines = [replace(one, amount_minor=0) for one in form.lines]
            form = replace(form, lines=lines)
            found.append(DraftRow(row.id, row.version, form, storage, supplier or "", None))
            continue
        total = sum(
            line_sums(
                one.amount_minor, one.discount_bp, one.tax_bp, included=form.tax_included
            ).total_minor
            for one in form.lines
        )
        found.append(DraftRow(row.id, row.version, form, storage, supplier or "", total))
    return found


@query(Permission.STOCK_READ)
def list_papers(
    tx: Transaction, wanted: PaperFilter = _ALL_PAPERS, skip: int = 0, limit: int = 50
) -> Sequence[PaperRow]:
    """Return the posted papers, those of the newest day first."""
    found = _papers(_paper_conditions(tx, wanted)).offset(skip).limit(limit)
    return [_paper_row(tx, row) for row in tx.rows(found)]


@query(Permission.STOCK_READ)
def count_papers(tx: Transaction, wanted: PaperFilter = _ALL_PAPERS, *, cap: int = 10_001) -> int:
    """Return how many papers there are, at most `cap`."""
    inner = _papers(_paper_conditions(tx, wanted)).limit(cap).subquery()
    return int(tx.scalar(select(func.count()).select_from(inner)))


@query(Permission.STOCK_READ)
def show_paper(tx: Transaction, document_id: int) -> PaperCard:
    """Return everything about a posted paper."""
    for row in tx.rows(_papers([StockDocument.id == document_id])):
        one = tx.get(StockDocument, document_id)
        priced = tx.actor.can(Permission.STOCK_COST)
        made = Amount(one.product_id, one.quantity) if one.product_id else None
        product = tx.find(Product, one.product_id) if one.product_id else None
        return PaperCard(
            _paper_row(tx, row), _paper_lines(tx, document_id, priced=priced),
            _payments(tx, document_id) if priced else [], made, one.note,
            one.net_minor if priced else None, one.tax_minor if priced else None,
            product.name if product else "", product.unit if product else None,
        )  # fmt: skip
    raise NotFoundError(msg("There is no paper {number}.", number=document_id))


def _paper_lines(tx: Transaction, document_id: int, *, priced: bool) -> list[PaperLine]:
    lines = tx.rows(
        select(StockDocumentLine, Product.name, Product.unit)
        .join(Product, Product.id == StockDocumentLine.product_id)
        .where(StockDocumentLine.document_id == document_id)
        .order_by(StockDocumentLine.line_no)
    )
    return [
        PaperLine(
            one.line_no, one.product_id, name, unit, one.quantity, one.package, one.factor,
            one.amount_minor if priced else None, one.discount_minor if priced else None,
            one.tax_bp, one.tax_minor if priced else None, one.cost_minor if priced else None,
        )
        for one, name, unit in lines
    ]  # fmt: skip


def _payments(tx: Transaction, document_id: int) -> list[PaymentLine]:
    return [
        PaymentLine(*row)
        for row in tx.rows(
            select(SupplyPayment.at, SupplyPayment.amount_minor, SupplyPayment.note)
            .where(SupplyPayment.document_id == document_id)
            .order_by(SupplyPayment.line_no)
        )
    ]


def _paid() -> Any:
    return (
        select(func.coalesce(func.sum(SupplyPayment.amount_minor), 0))
        .where(SupplyPayment.document_id == StockDocument.id)
        .correlate(StockDocument)
        .scalar_subquery()
    )


def _papers(conditions: Sequence[Any]) -> Any:
    here, there, back = aliased(Storage), aliased(Storage), aliased(StockDocument)
    return (
        select(
            StockDocument.id, StockDocument.kind, StockDocument.serial, StockDocument.at,
            StockDocument.business_date, here.name, there.name, Supplier.name,
            StockDocument.invoice, StockDocument.reason, StockDocument.due_date,
            StockDocument.total_minor, StockDocument.cost_minor, _paid(),
            StockDocument.reverses_id, back.id,
        )
        .join(here, here.id == StockDocument.storage_id)
        .outerjoin(there, there.id == StockDocument.target_id)
        .outerjoin(Supplier, Supplier.id == StockDocument.supplier_id)
        .outerjoin(back, back.reverses_id == StockDocument.id)
        .where(*conditions)
        .order_by(
            StockDocument.business_date.desc(), StockDocument.at.desc(), StockDocument.id.desc()
        )
    )  # fmt: skip


def _paper_conditions(tx: Transaction, wanted: PaperFilter) -> list[Any]:
    conditions: list[Any] = []
    if wanted.kinds:
        conditions.append(StockDocument.kind.in_(sorted(wanted.kinds)))
    if wanted.supplier_id is not None:
        conditions.append(StockDocument.supplier_id == wanted.supplier_id)
    if wanted.first_day is not None:
        conditions.append(StockDocument.business_date >= wanted.first_day)
    if wanted.last_day is not None:
        conditions.append(StockDocument.business_date <= wanted.last_day)
    if wanted.after is not None:
        conditions.append(below(tx.get(StockDocument, wanted.after)))
    if wanted.only_unpaid:
        taken_back = aliased(StockDocument)
        conditions += [
            StockDocument.kind == PaperKind.SUPPLY,
            StockDocument.reverses_id.is_(None),
            StockDocument.total_minor > _paid(),
            ~select(taken_back.id).where(taken_back.reverses_id == StockDocument.id).exists(),
        ]
    if text := wanted.text.strip():
        number = int(text) if text.isascii() and text.isdigit() and len(text) <= 9 else -1  # noqa: PLR2004
        conditions.append(
            or_(
                StockDocument.serial == number,
                StockDocument.invoice.startswith(text, autoescape=True),
                StockDocument.supplier_id.in_(_suppliers_named(tx, text)),
            )
        )
    return conditions


def _suppliers_named(tx: Transaction, text: str) -> list[int]:
    words = fold(text).split()
    names = tx.rows(select(Supplier.id, Supplier.name))
    return [id_ for id_, name in names if all(word in fold(name) for word in words)]


def _paper_row(tx: Transaction, row: Any) -> PaperRow:
    *facts, total, cost, paid, reverses, back = row
    id_, kind, serial, at, day, here, there, supplier, invoice, reason, due = facts
    priced = tx.actor.can(Permission.STOCK_COST)
    holds = kind is PaperKind.SUPPLY and reverses is None and back is None
    return PaperRow(
        id_, kind, serial, at, day, here, there or "", supplier or "", invoice, reason, due,
        total if priced else None, cost if priced else None,
        (total - int(paid) if holds else 0) if priced else None, reverses, back,
    )  # fmt: skip
