"""Stock tables. What was posted is only added to; drafts of supplies are tables of their own.

Quantities are whole thousandths of the product's unit, money is minor units.
"""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy import (
    BigInteger,
    Boolean,
    ForeignKeyConstraint,
    Index,
    Integer,
    String,
    UniqueConstraint,
)
from sqlalchemy.orm import Mapped

from desktop_app.db.base import (
    WITHOUT_ROWID,
    About,
    Base,
    Basis,
    Holds,
    Keep,
    Purpose,
    column,
    schema,
)
from desktop_app.db.types import Day, Id, UtcMillis, Word
from desktop_app.kernel.access import Domain
from desktop_app.stock.kinds import CountState, MoveKind, PaperKind

_STOCK = About(Purpose.OPERATION, Basis.NOT_PERSONAL, Keep.WHILE_USED)
_POSTED = About(Purpose.BOOKKEEPING, Basis.NOT_PERSONAL, Keep.TAX_PERIOD, sealed=True)
_SUMS = About(Purpose.OPERATION, Basis.NOT_PERSONAL, Keep.WHILE_USED, derived=True)


def _to(own: str, table: str) -> ForeignKeyConstraint:
    return ForeignKeyConstraint([own], [f"ops.{table}.id"])


def _id() -> Any:
    return column(Holds.TECHNICAL, Id, primary_key=True, autoincrement=False)


def _number(holds: Holds = Holds.BUSINESS, **more: Any) -> Any:
    return column(holds, BigInteger, **more)


class Storage(Base):
    """A place where stock lies. Sales take from the one that `sells`, from the day `since` on."""

    __tablename__ = "storage"
    __about__ = _STOCK
    __table_args__ = (UniqueConstraint("venue_id", "name"), schema(Domain.OPS))

    id: Mapped[int] = _id()
    venue_id: Mapped[int] = _number(Holds.TECHNICAL)
    name: Mapped[str] = column(Holds.BUSINESS, String(200))
    sells: Mapped[bool] = column(Holds.BUSINESS, Boolean)
    since: Mapped[int] = column(Holds.BUSINESS, Integer)
    active: Mapped[bool] = column(Holds.BUSINESS, Boolean, default=True)
    version: Mapped[int] = column(Holds.TECHNICAL, Integer, default=1)


class StationStorage(Base):
    """From which storage goes what is made at a station; the others take from the one that sells.

    No foreign key to the station: the menu takes stations away without asking the stock.
    """

    __tablename__ = "station_storage"
    __about__ = _STOCK
    __table_args__ = (_to("storage_id", "storage"), schema(Domain.OPS, **WITHOUT_ROWID))

    station_id: Mapped[int] = column(Holds.TECHNICAL, BigInteger, primary_key=True)
    storage_id: Mapped[int] = _number(Holds.TECHNICAL)


class Supplier(Base):
    """A company that supplies the restaurant."""

    __tablename__ = "supplier"
    __about__ = _STOCK
    __table_args__ = (UniqueConstraint("name"), schema(Domain.OPS))

    id: Mapped[int] = _id()
    name: Mapped[str] = column(Holds.BUSINESS, String(300))
    tax_id: Mapped[str] = column(Holds.BUSINESS, String(32), typed=True)
    phone: Mapped[str] = column(Holds.BUSINESS, String(64))
    email: Mapped[str] = column(Holds.BUSINESS, String(200))
    address: Mapped[str] = column(Holds.BUSINESS, String(500))
    days_to_pay: Mapped[int] = column(Holds.BUSINESS, Integer)
    note: Mapped[str] = column(Holds.BUSINESS, String(10_000))
    active: Mapped[bool] = column(Holds.BUSINESS, Boolean, default=True)
    version: Mapped[int] = column(Holds.TECHNICAL, Integer, default=1)


class ProductPackage(Base):
    """How a product is bought: a box holds `factor` thousandths of its unit."""

    __tablename__ = "product_package"
    __about__ = _STOCK
    __table_args__ = (
        _to("product_id", "product"),
        UniqueConstraint("product_id", "name"),
        schema(Domain.OPS),
    )

    id: Mapped[int] = _id()
    product_id: Mapped[int] = _number(Holds.TECHNICAL)
    name: Mapped[str] = column(Holds.BUSINESS, String(100))
    factor: Mapped[int] = _number()


class SupplyDraft(Base):
    """A supply that was entered and not received yet; gone once it is received or dropped."""

    __tablename__ = "supply_draft"
    __about__ = _STOCK
    __table_args__ = (
        _to("storage_id", "storage"),
        _to("supplier_id", "supplier"),
        schema(Domain.OPS),
    )

    id: Mapped[int] = _id()
    venue_id: Mapped[int] = _number(Holds.TECHNICAL)
    storage_id: Mapped[int] = _number(Holds.TECHNICAL)
    supplier_id: Mapped[int | None] = _number(Holds.TECHNICAL)
    at: Mapped[datetime] = column(Holds.BUSINESS, UtcMillis)
    invoice: Mapped[str] = column(Holds.BUSINESS, String(100), typed=True)
    due_date: Mapped[date | None] = column(Holds.BUSINESS, Day)
    tax_included: Mapped[bool] = column(Holds.BUSINESS, Boolean)
    tax_reclaimed: Mapped[bool] = column(Holds.BUSINESS, Boolean)
    note: Mapped[str] = column(Holds.BUSINESS, String(10_000))
    entered_by: Mapped[str] = column(Holds.TECHNICAL, String(32), typed=True)
    version: Mapped[int] = column(Holds.TECHNICAL, Integer, default=1)


class SupplyDraftLine(Base):
    """One line of a supply that was not received yet."""

    __tablename__ = "supply_draft_line"
    __about__ = _STOCK
    __table_args__ = (
        _to("draft_id", "supply_draft"),
        _to("product_id", "product"),
        schema(Domain.OPS, **WITHOUT_ROWID),
    )

    draft_id: Mapped[int] = column(Holds.TECHNICAL, BigInteger, primary_key=True)
    line_no: Mapped[int] = column(Holds.TECHNICAL, Integer, primary_key=True)
    product_id: Mapped[int] = _number(Holds.TECHNICAL)
    quantity: Mapped[int] = _number()
    package: Mapped[str] = column(Holds.BUSINESS, String(100))
    factor: Mapped[int] = _number()
    amount_minor: Mapped[int] = _number()
    discount_bp: Mapped[int] = column(Holds.BUSINESS, Integer)
    tax_bp: Mapped[int] = column(Holds.BUSINESS, Integer)


class StockDocument(Base):
    """A posted paper. It is never changed: a mistake is taken back by another that points at it."""

    __tablename__ = "stock_document"
    __about__ = _POSTED
    __table_args__ = (
        _to("storage_id", "storage"),
        Index(None, "venue_id", "kind", "serial", unique=True),
        Index(None, "business_date", "at", "id"),
        Index(None, "reverses_id"),
        Index(None, "supplier_id", "business_date"),
        schema(Domain.OPS),
    )

    id: Mapped[int] = _id()
    venue_id: Mapped[int] = _number(Holds.TECHNICAL)
    kind: Mapped[PaperKind] = column(Holds.BUSINESS, Word(PaperKind))
    serial: Mapped[int] = _number()
    at: Mapped[datetime] = column(Holds.BUSINESS, UtcMillis)
    business_date: Mapped[int] = column(Holds.BUSINESS, Integer)
    storage_id: Mapped[int] = _number(Holds.TECHNICAL)
    target_id: Mapped[int | None] = _number(Holds.TECHNICAL)
    supplier_id: Mapped[int | None] = _number(Holds.TECHNICAL)
    product_id: Mapped[int | None] = _number(Holds.TECHNICAL)
    quantity: Mapped[int] = _number()
    invoice: Mapped[str] = column(Holds.BUSINESS, String(100), typed=True)
    due_date: Mapped[date | None] = column(Holds.BUSINESS, Day)
    net_minor: Mapped[int] = _number()
    tax_minor: Mapped[int] = _number()
    total_minor: Mapped[int] = _number()
    cost_minor: Mapped[int] = _number()
    reverses_id: Mapped[int | None] = _number(Holds.TECHNICAL)
    count_id: Mapped[int | None] = _number(Holds.TECHNICAL)
    reason: Mapped[str] = column(Holds.BUSINESS, String(300))
    note: Mapped[str] = column(Holds.BUSINESS, String(10_000))
    entered_at: Mapped[datetime] = column(Holds.BUSINESS, UtcMillis)
    entered_by: Mapped[str] = column(Holds.TECHNICAL, String(32), typed=True)


class StockDocumentLine(Base):
    """One line of a posted paper; `cost_minor` is what the stock was valued at."""

    __tablename__ = "stock_document_line"
    __about__ = _POSTED
    __table_args__ = (
        _to("document_id", "stock_document"),
        Index(None, "product_id"),
        schema(Domain.OPS, **WITHOUT_ROWID),
    )

    document_id: Mapped[int] = column(Holds.TECHNICAL, BigInteger, primary_key=True)
    line_no: Mapped[int] = column(Holds.TECHNICAL, Integer, primary_key=True)
    product_id: Mapped[int] = _number(Holds.TECHNICAL)
    quantity: Mapped[int] = _number()
    package: Mapped[str] = column(Holds.BUSINESS, String(100))
    factor: Mapped[int] = _number()
    amount_minor: Mapped[int] = _number()
    discount_minor: Mapped[int] = _number()
    tax_bp: Mapped[int] = column(Holds.BUSINESS, Integer)
    tax_minor: Mapped[int] = _number()
    cost_minor: Mapped[int] = _number()


class SupplyPayment(Base):
    """Money paid to a supplier for a supply; a negative one takes a payment back."""

    __tablename__ = "supply_payment"
    __about__ = _POSTED
    __table_args__ = (
        _to("document_id", "stock_document"),
        schema(Domain.OPS, **WITHOUT_ROWID),
    )

    document_id: Mapped[int] = column(Holds.TECHNICAL, BigInteger, primary_key=True)
    line_no: Mapped[int] = column(Holds.TECHNICAL, Integer, primary_key=True)
    at: Mapped[datetime] = column(Holds.BUSINESS, UtcMillis)
    amount_minor: Mapped[int] = _number()
    entry_id: Mapped[int | None] = _number(Holds.TECHNICAL)
    note: Mapped[str] = column(Holds.BUSINESS, String(300))
    entered_by: Mapped[str] = column(Holds.TECHNICAL, String(32), typed=True)


class StockCount(Base):
    """What somebody counted who did not see what should be there."""

    __tablename__ = "stock_count"
    __about__ = _STOCK
    __table_args__ = (
        _to("storage_id", "storage"),
        Index(None, "state", "at"),
        schema(Domain.OPS),
    )

    id: Mapped[int] = _id()
    venue_id: Mapped[int] = _number(Holds.TECHNICAL)
    storage_id: Mapped[int] = _number(Holds.TECHNICAL)
    at: Mapped[datetime] = column(Holds.BUSINESS, UtcMillis)
    business_date: Mapped[int] = column(Holds.BUSINESS, Integer)
    state: Mapped[CountState] = column(Holds.BUSINESS, Word(CountState))
    note: Mapped[str] = column(Holds.BUSINESS, String(10_000))
    counted_by: Mapped[str] = column(Holds.TECHNICAL, String(32), typed=True)
    decided_at: Mapped[datetime | None] = column(Holds.BUSINESS, UtcMillis)
    decided_by: Mapped[str] = column(Holds.TECHNICAL, String(32), typed=True)


class StockCountLine(Base):
    """How much of a product was counted."""

    __tablename__ = "stock_count_line"
    __about__ = _STOCK
    __table_args__ = (
        _to("count_id", "stock_count"),
        _to("product_id", "product"),
        schema(Domain.OPS, **WITHOUT_ROWID),
    )

    count_id: Mapped[int] = column(Holds.TECHNICAL, BigInteger, primary_key=True)
    product_id: Mapped[int] = column(Holds.TECHNICAL, BigInteger, primary_key=True)
    counted: Mapped[int] = _number()


class StockMove(Base):
    """Stock that came into a storage or went out of it; rows are only added.

    Sales are one row a storage, product, business day and batch of orders.
    """

    __tablename__ = "stock_move"
    __about__ = _POSTED
    __table_args__ = (
        _to("storage_id", "storage"),
        _to("product_id", "product"),
        Index(None, "product_id", "business_date", "id"),
        Index(None, "business_date", "storage_id", "product_id"),
        Index(None, "document_id"),
        schema(Domain.OPS),
    )

    id: Mapped[int] = _id()
    venue_id: Mapped[int] = _number(Holds.TECHNICAL)
    storage_id: Mapped[int] = _number(Holds.TECHNICAL)
    product_id: Mapped[int] = _number(Holds.TECHNICAL)
    at: Mapped[datetime] = column(Holds.BUSINESS, UtcMillis)
    business_date: Mapped[int] = column(Holds.BUSINESS, Integer)
    kind: Mapped[MoveKind] = column(Holds.BUSINESS, Word(MoveKind))
    document_id: Mapped[int | None] = _number(Holds.TECHNICAL)
    quantity: Mapped[int] = _number()
    cost_minor: Mapped[int] = _number()


class StockLevel(Base):
    """What lies in a storage now, and its value: the sum of its moves.

    `last_minor` for `last_quantity` is what it cost when there was some; `counted_at` (in
    milliseconds) and `counted_date` say when it was last counted, 0 for never.
    """

    __tablename__ = "stock_level"
    __about__ = _SUMS
    __table_args__ = (
        _to("storage_id", "storage"),
        Index(None, "product_id"),
        schema(Domain.OPS, **WITHOUT_ROWID),
    )

    storage_id: Mapped[int] = column(Holds.TECHNICAL, BigInteger, primary_key=True)
    product_id: Mapped[int] = column(Holds.TECHNICAL, BigInteger, primary_key=True)
    quantity: Mapped[int] = _number()
    value_minor: Mapped[int] = _number()
    last_quantity: Mapped[int] = _number()
    last_minor: Mapped[int] = _number()
    counted_at: Mapped[int] = _number()
    counted_date: Mapped[int] = _number()


class StockMonth(Base):
    """What came and went in one month (yyyymm): stock at a past day is a sum of these."""

    __tablename__ = "stock_month"
    __about__ = _SUMS
    __table_args__ = (_to("storage_id", "storage"), schema(Domain.OPS, **WITHOUT_ROWID))

    storage_id: Mapped[int] = column(Holds.TECHNICAL, BigInteger, primary_key=True)
    product_id: Mapped[int] = column(Holds.TECHNICAL, BigInteger, primary_key=True)
    month: Mapped[int] = column(Holds.TECHNICAL, Integer, primary_key=True)
    quantity: Mapped[int] = _number()
    value_minor: Mapped[int] = _number()


class StockDay(Base):
    """What came and went on one business day: the days of the month that stock is asked for."""

    __tablename__ = "stock_day"
    __about__ = _SUMS
    __table_args__ = (
        _to("storage_id", "storage"),
        Index(None, "business_date"),
        schema(Domain.OPS, **WITHOUT_ROWID),
    )

    storage_id: Mapped[int] = column(Holds.TECHNICAL, BigInteger, primary_key=True)
    product_id: Mapped[int] = column(Holds.TECHNICAL, BigInteger, primary_key=True)
    business_date: Mapped[int] = column(Holds.TECHNICAL, Integer, primary_key=True)
    quantity: Mapped[int] = _number()
    value_minor: Mapped[int] = _number()
