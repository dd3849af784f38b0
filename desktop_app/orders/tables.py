"""Order tables, and the roll-ups written in the same transaction as the sale."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import BigInteger, ForeignKeyConstraint, Index, Integer, String
from sqlalchemy.orm import Mapped

from desktop_app.db.base import (
    WITHOUT_ROWID,
    About,
    Base,
    Basis,
    Holds,
    Keep,
    Person,
    Purpose,
    column,
    schema,
)
from desktop_app.db.types import Id, UtcMillis, Word
from desktop_app.kernel.access import Domain
from desktop_app.orders.records import LineKind, OrderStatus, PaymentMethod

_SALE = About(
    Purpose.BOOKKEEPING, Basis.LEGAL_OBLIGATION, Keep.TAX_PERIOD, Person.CUSTOMER, "customer_id",
    sealed=True,
)  # fmt: skip
_PART = About(
    Purpose.BOOKKEEPING, Basis.LEGAL_OBLIGATION, Keep.TAX_PERIOD, Person.CUSTOMER,
    "order_id>pos_order", sealed=True,
)  # fmt: skip
_SUMS = About(Purpose.OPERATION, Basis.NOT_PERSONAL, Keep.WHILE_USED, derived=True)


class Order(Base):
    """A sale. The customer is known by number only; names lie in the people domain."""

    __tablename__ = "pos_order"
    __about__ = _SALE
    __table_args__ = (
        ForeignKeyConstraint(["venue_id"], ["ops.venue.id"]),
        Index(None, "venue_id", "source", "reference", unique=True),
        Index("ix_pos_order_newest", "business_date", "opened_at", "id"),
        Index("ix_pos_order_status", "status", "business_date", "opened_at", "id"),
        Index("ix_pos_order_total", "total_minor", "id"),
        Index("ix_pos_order_customer", "customer_id", "business_date", "opened_at", "id"),
        Index("ix_pos_order_number", "number", "id"),
        schema(Domain.OPS),
    )

    id: Mapped[int] = column(Holds.TECHNICAL, Id, primary_key=True, autoincrement=False)
    venue_id: Mapped[int] = column(Holds.TECHNICAL, BigInteger)
    import_id: Mapped[int | None] = column(Holds.TECHNICAL, BigInteger)
    source: Mapped[str] = column(Holds.BUSINESS, String(64))
    reference: Mapped[str] = column(Holds.BUSINESS, String(200), typed=True)
    number: Mapped[str] = column(Holds.BUSINESS, String(64), typed=True)
    opened_at: Mapped[datetime] = column(Holds.BEHAVIOUR, UtcMillis)
    closed_at: Mapped[datetime | None] = column(Holds.BEHAVIOUR, UtcMillis)
    business_date: Mapped[int] = column(Holds.BEHAVIOUR, Integer)
    hour: Mapped[int] = column(Holds.BEHAVIOUR, Integer)
    status: Mapped[OrderStatus] = column(Holds.BUSINESS, Word(OrderStatus))
    sale_type: Mapped[str] = column(Holds.BEHAVIOUR, String(64))
    table_name: Mapped[str] = column(Holds.BEHAVIOUR, String(64))
    guests: Mapped[int] = column(Holds.BEHAVIOUR, Integer)
    customer_id: Mapped[int | None] = column(Holds.BEHAVIOUR, BigInteger)
    employee_id: Mapped[int | None] = column(Holds.BUSINESS, BigInteger)
    terminal: Mapped[str] = column(Holds.BUSINESS, String(100), typed=True)
    payment: Mapped[PaymentMethod] = column(Holds.BEHAVIOUR, Word(PaymentMethod))
    items: Mapped[int] = column(Holds.BEHAVIOUR, BigInteger)
    gross_minor: Mapped[int] = column(Holds.BEHAVIOUR, BigInteger)
    discount_minor: Mapped[int] = column(Holds.BEHAVIOUR, BigInteger)
    tax_minor: Mapped[int] = column(Holds.BEHAVIOUR, BigInteger)
    service_minor: Mapped[int] = column(Holds.BEHAVIOUR, BigInteger)
    total_minor: Mapped[int] = column(Holds.BEHAVIOUR, BigInteger)
    note: Mapped[str] = column(Holds.PREFERENCE, String(1000))
    running_no: Mapped[int] = column(Holds.BUSINESS, BigInteger, later=True, server_default="0")
    daily_no: Mapped[int] = column(Holds.BUSINESS, BigInteger, later=True, server_default="0")
    monthly_no: Mapped[int] = column(Holds.BUSINESS, BigInteger, later=True, server_default="0")


class OrderLine(Base):
    """One line of an order, as it was sold: later changes of the menu do not touch it."""

    __tablename__ = "order_line"
    __about__ = _PART
    __table_args__ = (
        ForeignKeyConstraint(["order_id"], ["ops.pos_order.id"]),
        schema(Domain.OPS, **WITHOUT_ROWID),
    )

    order_id: Mapped[int] = column(Holds.TECHNICAL, BigInteger, primary_key=True)
    line_no: Mapped[int] = column(Holds.TECHNICAL, Integer, primary_key=True)
    product_id: Mapped[int | None] = column(Holds.TECHNICAL, BigInteger)
    kind: Mapped[LineKind] = column(Holds.BUSINESS, Word(LineKind))
    name: Mapped[str] = column(Holds.BEHAVIOUR, String(300))
    variant: Mapped[str] = column(Holds.BEHAVIOUR, String(100))
    category: Mapped[str] = column(Holds.BUSINESS, String(200))
    modifiers: Mapped[str] = column(Holds.BEHAVIOUR, String(1000))
    note: Mapped[str] = column(Holds.PREFERENCE, String(1000))
    quantity: Mapped[int] = column(Holds.BEHAVIOUR, BigInteger)
    unit_price_minor: Mapped[int] = column(Holds.BUSINESS, BigInteger)
    gross_minor: Mapped[int] = column(Holds.BEHAVIOUR, BigInteger)
    discount_minor: Mapped[int] = column(Holds.BEHAVIOUR, BigInteger)
    tax_minor: Mapped[int] = column(Holds.BEHAVIOUR, BigInteger)
    total_minor: Mapped[int] = column(Holds.BEHAVIOUR, BigInteger)


class Payment(Base):
    """How an order was paid; of a card only the brand and the last four digits."""

    __tablename__ = "payment"
    __about__ = _PART
    __table_args__ = (
        ForeignKeyConstraint(["order_id"], ["ops.pos_order.id"]),
        schema(Domain.OPS, **WITHOUT_ROWID),
    )

    order_id: Mapped[int] = column(Holds.TECHNICAL, BigInteger, primary_key=True)
    line_no: Mapped[int] = column(Holds.TECHNICAL, Integer, primary_key=True)
    method: Mapped[PaymentMethod] = column(Holds.BEHAVIOUR, Word(PaymentMethod))
    amount_minor: Mapped[int] = column(Holds.BEHAVIOUR, BigInteger)
    card_brand: Mapped[str] = column(Holds.BEHAVIOUR, String(32))
    card_last4: Mapped[str] = column(Holds.BEHAVIOUR, String(4), typed=True)
    reference: Mapped[str] = column(Holds.TECHNICAL, String(100), typed=True)


class ReceiptCounter(Base):
    """The newest number of receipts: running (span 0), of a month (yyyymm), of a day (yyyymmdd)."""

    __tablename__ = "receipt_counter"
    __about__ = _SUMS
    __table_args__ = (schema(Domain.OPS, **WITHOUT_ROWID),)

    venue_id: Mapped[int] = column(Holds.TECHNICAL, BigInteger, primary_key=True)
    span: Mapped[int] = column(Holds.BUSINESS, Integer, primary_key=True)
    newest_no: Mapped[int] = column(Holds.BUSINESS, BigInteger)


class SalesHour(Base):
    """Sales of one hour of one business day."""

    __tablename__ = "sales_hour"
    __about__ = _SUMS
    __table_args__ = (schema(Domain.OPS, **WITHOUT_ROWID),)

    venue_id: Mapped[int] = column(Holds.TECHNICAL, BigInteger, primary_key=True)
    business_date: Mapped[int] = column(Holds.BUSINESS, Integer, primary_key=True)
    hour: Mapped[int] = column(Holds.BUSINESS, Integer, primary_key=True)
    orders: Mapped[int] = column(Holds.BUSINESS, BigInteger)
    refunds: Mapped[int] = column(Holds.BUSINESS, BigInteger)
    items: Mapped[int] = column(Holds.BUSINESS, BigInteger)
    discount_minor: Mapped[int] = column(Holds.BUSINESS, BigInteger)
    tax_minor: Mapped[int] = column(Holds.BUSINESS, BigInteger)
    refunded_minor: Mapped[int] = column(Holds.BUSINESS, BigInteger)
    total_minor: Mapped[int] = column(Holds.BUSINESS, BigInteger)


class SalesDayItem(Base):
    """Sales of one product on one business day."""

    __tablename__ = "sales_day_item"
    __about__ = _SUMS
    __table_args__ = (schema(Domain.OPS, **WITHOUT_ROWID),)

    venue_id: Mapped[int] = column(Holds.TECHNICAL, BigInteger, primary_key=True)
    business_date: Mapped[int] = column(Holds.BUSINESS, Integer, primary_key=True)
    product_id: Mapped[int] = column(Holds.TECHNICAL, BigInteger, primary_key=True)
    orders: Mapped[int] = column(Holds.BUSINESS, BigInteger)
    quantity: Mapped[int] = column(Holds.BUSINESS, BigInteger)
    total_minor: Mapped[int] = column(Holds.BUSINESS, BigInteger)


class SalesDayCategory(Base):
    """Sales of one category on one business day; products without one count under 0."""

    __tablename__ = "sales_day_category"
    __about__ = _SUMS
    __table_args__ = (schema(Domain.OPS, **WITHOUT_ROWID),)

    venue_id: Mapped[int] = column(Holds.TECHNICAL, BigInteger, primary_key=True)
    business_date: Mapped[int] = column(Holds.BUSINESS, Integer, primary_key=True)
    category_id: Mapped[int] = column(Holds.TECHNICAL, BigInteger, primary_key=True)
    orders: Mapped[int] = column(Holds.BUSINESS, BigInteger)
    quantity: Mapped[int] = column(Holds.BUSINESS, BigInteger)
    total_minor: Mapped[int] = column(Holds.BUSINESS, BigInteger)


class SalesMonthItem(Base):
    """Sales of one product in one month (yyyymm): a year is twelve rows a product."""

    __tablename__ = "sales_month_item"
    __about__ = _SUMS
    __table_args__ = (schema(Domain.OPS, **WITHOUT_ROWID),)

    venue_id: Mapped[int] = column(Holds.TECHNICAL, BigInteger, primary_key=True)
    month: Mapped[int] = column(Holds.BUSINESS, Integer, primary_key=True)
    product_id: Mapped[int] = column(Holds.TECHNICAL, BigInteger, primary_key=True)
    orders: Mapped[int] = column(Holds.BUSINESS, BigInteger)
    quantity: Mapped[int] = column(Holds.BUSINESS, BigInteger)
    total_minor: Mapped[int] = column(Holds.BUSINESS, BigInteger)


class SoldSize(Base):
    """On how many lines of receipts a size of a product stands, whatever became of them."""

    __tablename__ = "sold_size"
    __about__ = _SUMS
    __table_args__ = (schema(Domain.OPS, **WITHOUT_ROWID),)

    product_id: Mapped[int] = column(Holds.TECHNICAL, BigInteger, primary_key=True)
    variant: Mapped[str] = column(Holds.BUSINESS, String(100), primary_key=True)
    lines: Mapped[int] = column(Holds.BUSINESS, BigInteger)


class SalesDaySize(Base):
    """Sales of one size of a product on one business day; what has no size is in none.

    The product comes first: costs ask for the few whose sizes take something else, over any days.
    """

    __tablename__ = "sales_day_size"
    __about__ = _SUMS
    __table_args__ = (schema(Domain.OPS, **WITHOUT_ROWID),)

    product_id: Mapped[int] = column(Holds.TECHNICAL, BigInteger, primary_key=True)
    variant: Mapped[str] = column(Holds.BUSINESS, String(100), primary_key=True)
    business_date: Mapped[int] = column(Holds.BUSINESS, Integer, primary_key=True)
    venue_id: Mapped[int] = column(Holds.TECHNICAL, BigInteger, primary_key=True)
    quantity: Mapped[int] = column(Holds.BUSINESS, BigInteger)
    total_minor: Mapped[int] = column(Holds.BUSINESS, BigInteger)


class SalesDayPayment(Base):
    """Money that came in on one business day, by how it was paid."""

    __tablename__ = "sales_day_payment"
    __about__ = _SUMS
    __table_args__ = (schema(Domain.OPS, **WITHOUT_ROWID),)

    venue_id: Mapped[int] = column(Holds.TECHNICAL, BigInteger, primary_key=True)
    business_date: Mapped[int] = column(Holds.BUSINESS, Integer, primary_key=True)
    method: Mapped[PaymentMethod] = column(Holds.BUSINESS, Word(PaymentMethod), primary_key=True)
    orders: Mapped[int] = column(Holds.BUSINESS, BigInteger)
    total_minor: Mapped[int] = column(Holds.BUSINESS, BigInteger)


class SalesDayService(Base):
    """Sales of one business day by who served (0 for nobody) and how it was sold."""

    __tablename__ = "sales_day_service"
    __about__ = _SUMS
    __table_args__ = (schema(Domain.OPS, **WITHOUT_ROWID),)

    venue_id: Mapped[int] = column(Holds.TECHNICAL, BigInteger, primary_key=True)
    business_date: Mapped[int] = column(Holds.BUSINESS, Integer, primary_key=True)
    employee_id: Mapped[int] = column(Holds.TECHNICAL, BigInteger, primary_key=True)
    sale_type: Mapped[str] = column(Holds.BUSINESS, String(64), primary_key=True, typed=True)
    orders: Mapped[int] = column(Holds.BUSINESS, BigInteger)
    refunds: Mapped[int] = column(Holds.BUSINESS, BigInteger)
    guests: Mapped[int] = column(Holds.BUSINESS, BigInteger)
    items: Mapped[int] = column(Holds.BUSINESS, BigInteger)
    refunded_minor: Mapped[int] = column(Holds.BUSINESS, BigInteger)
    total_minor: Mapped[int] = column(Holds.BUSINESS, BigInteger)
