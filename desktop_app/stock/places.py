"""Storages, suppliers and packages: adding, changing, and refusing to lose what is in use."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import func, select

from desktop_app.db.operation import command, query
from desktop_app.db.transaction import Transaction
from desktop_app.kernel.access import Permission
from desktop_app.kernel.checks import check_line, check_text
from desktop_app.kernel.clock import as_number
from desktop_app.kernel.errors import ConflictError, InvalidError, NotFoundError
from desktop_app.kernel.words import msg
from desktop_app.menu.editing import HAS_MOVED, SAYS_QUANTITIES
from desktop_app.menu.kinds import Unit, check_unit
from desktop_app.menu.tables import Product, Station
from desktop_app.stock.records import StationRow, StorageForm, SupplierForm
from desktop_app.stock.rules import LONGEST_NOTE, check_quantity
from desktop_app.stock.tables import (
    ProductPackage,
    StationStorage,
    StockCount,
    StockDocument,
    StockLevel,
    StockMove,
    Storage,
    Supplier,
    SupplyDraft,
    SupplyDraftLine,
)
from desktop_app.venue.operations import the_venue

_LONGEST_WAIT = 3650


@command(Permission.STOCK_EDIT)
def save_storage(
    tx: Transaction, storage_id: int | None, form: StorageForm, version: int = 0
) -> int:
    """Add a storage, or change it as it was at `version`, and return its number.

    Of a venue's storages one sells: choosing another puts the former one out. One that holds stock
    cannot be put away.
    """
    venue = the_venue(tx)
    name = _name(form.name, 200)
    _free(tx, Storage, name, storage_id, Storage.venue_id == venue.id)
    since = as_number(form.since) if form.since else venue.time.business_date(tx.at)
    if storage_id is None:
        row = Storage(id=tx.ids.one(), venue_id=venue.id, name=name)
    else:
        row = get_storage(tx, storage_id)
        _same(row.version, version, row.name)
        if not form.active:
            _refuse_full(tx, row)
        since = since if form.since else row.since
    if form.sells and not form.active:
        raise InvalidError(msg("A storage that was put away cannot sell."), field="sells")
    if form.sells:
        _only_seller(tx, venue.id, storage_id)
    row.name, row.sells, row.since, row.active = name, form.sells, since, form.active
    if storage_id is None:
        tx.add(row)
    else:
        row.version += 1
    return row.id


@command(Permission.STOCK_EDIT)
def set_station_storage(tx: Transaction, station_id: int, storage_id: int | None) -> None:
    """Let what is made at a station go from a storage; from the one that sells for None."""
    station = tx.find(Station, station_id)
    if station is None:
        raise NotFoundError(msg("There is no station {number}.", number=station_id))
    row = tx.find(StationStorage, station_id)
    if storage_id is None:
        if row is not None:
            tx.remove(row)
        return
    storage = get_storage(tx, storage_id)
    if not storage.active or storage.venue_id != station.venue_id:
        raise InvalidError(
            msg("This station cannot take from “{name}”.", name=storage.name), field="storage"
        )
    if row is None:
        tx.add(StationStorage(station_id=station_id, storage_id=storage_id))
    else:
        row.storage_id = storage_id
    tx.about(f"station {station_id}", storage=str(storage_id))


@query(Permission.STOCK_READ)
def list_station_storages(tx: Transaction) -> Sequence[StationRow]:
    """Return the stations with the storages they take from; None for the one that sells."""
    rows = tx.rows(
        select(Station.id, Station.name, StationStorage.storage_id, Storage.name)
        .outerjoin(StationStorage, StationStorage.station_id == Station.id)
        .outerjoin(Storage, Storage.id == StationStorage.storage_id)
        .order_by(Station.name, Station.id)
    )
    return [StationRow(*row[:3], row[3] or "") for row in rows]


@command(Permission.SUPPLIERS_EDIT)
def save_supplier(
    tx: Transaction, supplier_id: int | None, form: SupplierForm, version: int = 0
) -> int:
    """Add a supplier, or change it as it was at `version`, and return its number."""
    name = _name(form.name, 300)
    _free(tx, Supplier, name, supplier_id)
    if not 0 <= form.days_to_pay <= _LONGEST_WAIT:
        raise InvalidError(msg("Invoices are due in 0 to 3650 days."), field="days_to_pay")
    row = Supplier(id=tx.ids.one())
    if supplier_id is not None:
        row = get_supplier(tx, supplier_id)
        _same(row.version, version, row.name)
    row.name, row.days_to_pay, row.active = name, form.days_to_pay, form.active
    row.tax_id = check_line(form.tax_id, 32, "tax_id")
    row.phone = check_line(form.phone, 64, "phone")
    row.email = check_line(form.email, 200, "email")
    row.address = check_line(form.address, 500, "address")
    row.note = check_text(form.note, LONGEST_NOTE, "note")
    if supplier_id is None:
        tx.add(row)
    else:
        row.version += 1
    return row.id


@command(Permission.SUPPLIERS_EDIT)
def remove_supplier(tx: Transaction, supplier_id: int) -> None:
    """Remove a supplier from whom nothing ever came; ConflictError for others."""
    row = get_supplier(tx, supplier_id)
    used = _counted(tx, StockDocument.supplier_id == supplier_id) + _counted(
        tx, SupplyDraft.supplier_id == supplier_id
    )
    if used:
        raise ConflictError(
            msg("“{name}” stands on papers of the stock.", name=row.name),
            hint=msg("Put it away instead: it is offered no more, and its papers stay."),
        )
    tx.remove(row)


@command(Permission.STOCK_EDIT)
def remove_storage(tx: Transaction, storage_id: int) -> None:
    """Remove a storage in which nothing ever lay; ConflictError for others."""
    row = get_storage(tx, storage_id)
    papers = _counted(tx, StockDocument.storage_id == storage_id)
    levels = _counted(tx, StockLevel.storage_id == storage_id)
    drafts = _counted(tx, SupplyDraft.storage_id == storage_id)
    counts = _counted(tx, StockCount.storage_id == storage_id)
    if papers or levels or drafts or counts:
        raise ConflictError(
            msg("“{name}” is in use: papers of the stock name it.", name=row.name),
            hint=msg("Put it away instead, when it is empty."),
        )
    mapped = select(StationStorage).where(StationStorage.storage_id == storage_id)
    for one in tx.objects(mapped):
        tx.remove(one)
    tx.remove(row)


@command(Permission.STOCK_EDIT)
def save_package(
    tx: Transaction, product_id: int, name: str, factor: int, *, unit: Unit | None = None
) -> int:
    """Say how a product is bought: `factor` thousandths of its unit in one. Return its number."""
    stocked_product(tx, product_id, unit)
    cleaned = _name(name, 100)
    check_quantity(factor, field="factor")
    known = tx.objects(
        select(ProductPackage).where(
            ProductPackage.product_id == product_id, ProductPackage.name == cleaned
        )
    )
    for row in known:
        row.factor = factor
        return row.id
    row = ProductPackage(id=tx.ids.one(), product_id=product_id, name=cleaned, factor=factor)
    return tx.add(row).id


@command(Permission.STOCK_EDIT)
def remove_package(tx: Transaction, package_id: int) -> None:
    """Forget a package; papers keep what they say."""
    tx.remove(tx.get(ProductPackage, package_id))


def has_moved(tx: Transaction, product_id: int) -> bool:
    """Tell whether stock of a product has ever moved, or stands in a supply not yet received."""
    moved = select(StockMove.id).where(StockMove.product_id == product_id).limit(1)
    drafted = select(SupplyDraftLine.draft_id).where(SupplyDraftLine.product_id == product_id)
    return bool(tx.rows(moved)) or bool(tx.rows(drafted.limit(1)))


HAS_MOVED.append(has_moved)


def packages_of(tx: Transaction, product_id: int) -> Sequence[str]:
    """Return the names of the packages in which a product is bought."""
    names = select(ProductPackage.name).where(ProductPackage.product_id == product_id)
    return [name for (name,) in tx.rows(names.order_by(ProductPackage.name))]


SAYS_QUANTITIES.append(packages_of)


def get_storage(tx: Transaction, storage_id: int) -> Storage:
    """Return a storage that is there."""
    row = tx.find(Storage, storage_id)
    if row is None:
        raise NotFoundError(msg("There is no storage {number}.", number=storage_id))
    return row


def open_storage(tx: Transaction, storage_id: int) -> Storage:
    """Return a storage that is in use."""
    row = get_storage(tx, storage_id)
    if not row.active:
        raise InvalidError(msg("“{name}” was put away.", name=row.name), field="storage")
    return row


def get_supplier(tx: Transaction, supplier_id: int) -> Supplier:
    """Return a supplier that is there."""
    row = tx.find(Supplier, supplier_id)
    if row is None:
        raise NotFoundError(msg("There is no supplier {number}.", number=supplier_id))
    return row


def get_product(tx: Transaction, product_id: int) -> Product:
    """Return a product that is there."""
    row = tx.find(Product, product_id)
    if row is None:
        raise NotFoundError(msg("There is no product {number}.", number=product_id))
    return row


def stocked_product(
    tx: Transaction, product_id: int, unit: Unit | None = None, storage: Storage | None = None
) -> Product:
    """Return a product that can lie in a storage, in this one where it is named.

    InvalidError where it has another unit, or is of another venue than the storage.
    """
    product = _measured(_stocked(get_product(tx, product_id)), unit)
    if storage is not None and product.venue_id != storage.venue_id:
        raise InvalidError(
            msg(
                "“{name}” is of another venue than “{storage}”.",
                name=product.name,
                storage=storage.name,
            ),
            field="product",
            hint=msg("Choose the venue first; each has its own products."),
        )
    return product


def _measured(product: Product, unit: Unit | None) -> Product:
    check_unit(product.name, product.unit, unit)
    return product


def _stocked(product: Product) -> Product:
    if not product.kind.is_stocked:
        raise InvalidError(
            msg("“{name}” does not lie in a storage.", name=product.name),
            field="product",
            hint=msg("Goods, ingredients and preparations do; dishes are made when sold."),
        )
    return product


def _name(name: str, most: int) -> str:
    cleaned = check_line(name, most, "name")
    if not cleaned:
        raise InvalidError(msg("It needs a name."), field="name")
    return cleaned


def _free(tx: Transaction, table: Any, name: str, own: int | None, *more: Any) -> None:
    taken = tx.scalar(select(table.id).where(table.name == name, *more))
    if taken is not None and taken != own:
        raise ConflictError(msg("“{name}” is there already.", name=name))


def _same(stored: int, version: int, name: str) -> None:
    if stored != version:
        raise ConflictError(
            msg("Somebody else has changed “{name}” meanwhile.", name=name),
            hint=msg("Open it again to see what it is now, then make your change."),
        )


def _only_seller(tx: Transaction, venue_id: int, own: int | None) -> None:
    for row in tx.objects(select(Storage).where(Storage.venue_id == venue_id, Storage.sells)):
        if row.id != own:
            row.sells = False
            row.version += 1


def _refuse_full(tx: Transaction, row: Storage) -> None:
    full = _counted(tx, StockLevel.storage_id == row.id, StockLevel.quantity != 0)
    if full:
        raise ConflictError(
            msg("“{name}” is not empty.", name=row.name),
            hint=msg("Transfer them, or write them off, first."),
        )


def _counted(tx: Transaction, *conditions: Any) -> int:
    return int(tx.scalar(select(func.count()).where(*conditions)) or 0)
