"""Tables of corrections, shifts and the gap radar: rows are added, never changed or removed."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import (
    BigInteger,
    Boolean,
    ForeignKeyConstraint,
    Index,
    Integer,
    String,
    Text,
    UniqueConstraint,
    text,
)
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
from desktop_app.orders.records import OrderStatus, PaymentMethod
from desktop_app.sales.gap_records import GapKind
from desktop_app.sales.records import CashKind, CorrectionKind, Disposal

_CORRECTION = About(
    Purpose.BOOKKEEPING, Basis.LEGAL_OBLIGATION, Keep.TAX_PERIOD, Person.CUSTOMER,
    "order_id>pos_order", sealed=True,
)  # fmt: skip
_TILL = About(Purpose.BOOKKEEPING, Basis.NOT_PERSONAL, Keep.TAX_PERIOD, sealed=True)


class Correction(Base):
    """What an entry corrects: `order_id` is the new entry, `original_id` the receipt it is for."""

    __tablename__ = "correction"
    __about__ = _CORRECTION
    __table_args__ = (
        ForeignKeyConstraint(["order_id"], ["ops.pos_order.id"]),
        ForeignKeyConstraint(["original_id"], ["ops.pos_order.id"]),
        Index(None, "original_id"),
        Index(None, "venue_id", "business_date"),
        schema(Domain.OPS),
    )

    order_id: Mapped[int] = column(Holds.TECHNICAL, Id, primary_key=True, autoincrement=False)
    original_id: Mapped[int] = column(Holds.TECHNICAL, BigInteger)
    venue_id: Mapped[int] = column(Holds.TECHNICAL, BigInteger)
    kind: Mapped[CorrectionKind] = column(Holds.BUSINESS, Word(CorrectionKind))
    disposal: Mapped[Disposal] = column(Holds.BUSINESS, Word(Disposal))
    reason: Mapped[str] = column(Holds.PREFERENCE, String(500))
    amount_minor: Mapped[int] = column(Holds.BEHAVIOUR, BigInteger)
    at: Mapped[datetime] = column(Holds.BEHAVIOUR, UtcMillis)
    business_date: Mapped[int] = column(Holds.TECHNICAL, Integer)
    made_by: Mapped[str] = column(Holds.BUSINESS, String(200))


class CorrectionLine(Base):
    """How much of which line of the original a line of the entry takes back."""

    __tablename__ = "correction_line"
    __about__ = _CORRECTION
    __table_args__ = (
        ForeignKeyConstraint(["order_id"], ["ops.pos_order.id"]),
        schema(Domain.OPS, **WITHOUT_ROWID),
    )

    order_id: Mapped[int] = column(Holds.TECHNICAL, BigInteger, primary_key=True)
    line_no: Mapped[int] = column(Holds.TECHNICAL, Integer, primary_key=True)
    original_line_no: Mapped[int] = column(Holds.TECHNICAL, Integer)
    quantity: Mapped[int] = column(Holds.BEHAVIOUR, BigInteger)


class LineService(Base):
    """How much of a receipt's service charge a line bore; entered receipts that have one say it."""

    __tablename__ = "line_service"
    __about__ = _CORRECTION
    __table_args__ = (
        ForeignKeyConstraint(["order_id"], ["ops.pos_order.id"]),
        schema(Domain.OPS, **WITHOUT_ROWID),
    )

    order_id: Mapped[int] = column(Holds.TECHNICAL, BigInteger, primary_key=True)
    line_no: Mapped[int] = column(Holds.TECHNICAL, Integer, primary_key=True)
    service_minor: Mapped[int] = column(Holds.BEHAVIOUR, BigInteger)


class CashShift(Base):
    """A shift of the till as it was opened; its Z report closes it."""

    __tablename__ = "cash_shift"
    __about__ = _TILL
    __table_args__ = (UniqueConstraint("venue_id", "number"), schema(Domain.OPS))

    id: Mapped[int] = column(Holds.TECHNICAL, Id, primary_key=True, autoincrement=False)
    venue_id: Mapped[int] = column(Holds.TECHNICAL, BigInteger)
    number: Mapped[int] = column(Holds.BUSINESS, BigInteger)
    business_date: Mapped[int] = column(Holds.BUSINESS, Integer)
    opened_at: Mapped[datetime] = column(Holds.BUSINESS, UtcMillis)
    opened_by: Mapped[str] = column(Holds.BUSINESS, String(200))
    opening_minor: Mapped[int] = column(Holds.BUSINESS, BigInteger)
    note: Mapped[str] = column(Holds.BUSINESS, String(500))
    terminal: Mapped[str] = column(
        Holds.BUSINESS, String(100), typed=True, later=True, default="", server_default=text("''")
    )


class Till(Base):
    """What a till is called here besides the name on its receipts, and whether it is still used."""

    __tablename__ = "till"
    __about__ = About(Purpose.OPERATION, Basis.NOT_PERSONAL, Keep.WHILE_USED)
    __table_args__ = (schema(Domain.OPS, **WITHOUT_ROWID),)

    venue_id: Mapped[int] = column(Holds.TECHNICAL, BigInteger, primary_key=True)
    name: Mapped[str] = column(Holds.BUSINESS, String(100), primary_key=True, typed=True)
    title: Mapped[str] = column(Holds.BUSINESS, String(100))
    active: Mapped[bool] = column(Holds.BUSINESS, Boolean)


class CashMove(Base):
    """Cash put into the till or taken out (negative), with its reason."""

    __tablename__ = "cash_move"
    __about__ = _TILL
    __table_args__ = (
        ForeignKeyConstraint(["shift_id"], ["ops.cash_shift.id"]),
        Index(None, "shift_id"),
        schema(Domain.OPS),
    )

    id: Mapped[int] = column(Holds.TECHNICAL, Id, primary_key=True, autoincrement=False)
    shift_id: Mapped[int] = column(Holds.TECHNICAL, BigInteger)
    venue_id: Mapped[int] = column(Holds.TECHNICAL, BigInteger)
    at: Mapped[datetime] = column(Holds.BUSINESS, UtcMillis)
    made_by: Mapped[str] = column(Holds.BUSINESS, String(200))
    kind: Mapped[CashKind] = column(Holds.BUSINESS, Word(CashKind))
    amount_minor: Mapped[int] = column(Holds.BUSINESS, BigInteger)
    reason: Mapped[str] = column(Holds.BUSINESS, String(500))


class ZReport(Base):
    """The end of a shift: its sums as they were, the cash that was counted, the trail's anchor."""

    __tablename__ = "z_report"
    __about__ = _TILL
    __table_args__ = (
        ForeignKeyConstraint(["shift_id"], ["ops.cash_shift.id"]),
        UniqueConstraint("shift_id"),
        UniqueConstraint("venue_id", "number"),
        schema(Domain.OPS),
    )

    id: Mapped[int] = column(Holds.TECHNICAL, Id, primary_key=True, autoincrement=False)
    shift_id: Mapped[int] = column(Holds.TECHNICAL, BigInteger)
    venue_id: Mapped[int] = column(Holds.TECHNICAL, BigInteger)
    number: Mapped[int] = column(Holds.BUSINESS, BigInteger)
    business_date: Mapped[int] = column(Holds.BUSINESS, Integer)
    closed_at: Mapped[datetime] = column(Holds.BUSINESS, UtcMillis)
    closed_by: Mapped[str] = column(Holds.BUSINESS, String(200))
    receipts: Mapped[int] = column(Holds.BUSINESS, BigInteger)
    refunds: Mapped[int] = column(Holds.BUSINESS, BigInteger)
    voids: Mapped[int] = column(Holds.BUSINESS, BigInteger)
    changes: Mapped[int] = column(Holds.BUSINESS, BigInteger)
    gross_minor: Mapped[int] = column(Holds.BUSINESS, BigInteger)
    discount_minor: Mapped[int] = column(Holds.BUSINESS, BigInteger)
    service_minor: Mapped[int] = column(Holds.BUSINESS, BigInteger)
    tax_minor: Mapped[int] = column(Holds.BUSINESS, BigInteger)
    total_minor: Mapped[int] = column(Holds.BUSINESS, BigInteger)
    refunded_minor: Mapped[int] = column(Holds.BUSINESS, BigInteger)
    first_no: Mapped[int] = column(Holds.BUSINESS, BigInteger)
    last_no: Mapped[int] = column(Holds.BUSINESS, BigInteger)
    expected_minor: Mapped[int] = column(Holds.BUSINESS, BigInteger)
    counted_minor: Mapped[int] = column(Holds.BUSINESS, BigInteger)
    difference_minor: Mapped[int] = column(Holds.BUSINESS, BigInteger)
    grand_total_minor: Mapped[int] = column(Holds.BUSINESS, BigInteger)
    note: Mapped[str] = column(Holds.BUSINESS, String(500))
    anchor: Mapped[str] = column(Holds.BUSINESS, String(100), typed=True)


class ZPayment(Base):
    """What a Z report says of one way of paying."""

    __tablename__ = "z_payment"
    __about__ = _TILL
    __table_args__ = (
        ForeignKeyConstraint(["z_id"], ["ops.z_report.id"]),
        schema(Domain.OPS, **WITHOUT_ROWID),
    )

    z_id: Mapped[int] = column(Holds.TECHNICAL, BigInteger, primary_key=True)
    method: Mapped[PaymentMethod] = column(Holds.BUSINESS, Word(PaymentMethod), primary_key=True)
    payments: Mapped[int] = column(Holds.BUSINESS, BigInteger)
    amount_minor: Mapped[int] = column(Holds.BUSINESS, BigInteger)


class GapMark(Base):
    """Somebody has looked at something that the radar found."""

    __tablename__ = "gap_mark"
    __about__ = About(Purpose.OPERATION, Basis.NOT_PERSONAL, Keep.TAX_PERIOD)
    __table_args__ = (Index(None, "venue_id", "business_date"), schema(Domain.OPS))

    id: Mapped[int] = column(Holds.TECHNICAL, Id, primary_key=True, autoincrement=False)
    venue_id: Mapped[int] = column(Holds.TECHNICAL, BigInteger)
    business_date: Mapped[int] = column(Holds.BUSINESS, Integer)
    kind: Mapped[GapKind] = column(Holds.BUSINESS, Word(GapKind))
    mark_key: Mapped[str] = column(Holds.BUSINESS, String(200), typed=True)
    note: Mapped[str] = column(Holds.BUSINESS, String(1000))
    at: Mapped[datetime] = column(Holds.BUSINESS, UtcMillis)
    made_by: Mapped[str] = column(Holds.BUSINESS, String(200))
    closes: Mapped[bool] = column(
        Holds.BUSINESS, Boolean, default=True, server_default=text("true")
    )


class ReceiptEdit(Base):
    """A closed receipt that came in again and was not the same: what its source says now."""

    __tablename__ = "receipt_edit"
    __about__ = About(
        Purpose.BOOKKEEPING, Basis.LEGAL_OBLIGATION, Keep.TAX_PERIOD, Person.CUSTOMER,
        "order_id>pos_order",
    )  # fmt: skip
    __table_args__ = (
        ForeignKeyConstraint(["order_id"], ["ops.pos_order.id"]),
        Index(None, "venue_id", "business_date"),
        schema(Domain.OPS),
    )

    id: Mapped[int] = column(Holds.TECHNICAL, Id, primary_key=True, autoincrement=False)
    order_id: Mapped[int] = column(Holds.TECHNICAL, BigInteger)
    venue_id: Mapped[int] = column(Holds.TECHNICAL, BigInteger)
    business_date: Mapped[int] = column(Holds.TECHNICAL, Integer)
    at: Mapped[datetime] = column(Holds.BEHAVIOUR, UtcMillis)
    total_minor: Mapped[int] = column(Holds.BEHAVIOUR, BigInteger)
    lines: Mapped[int] = column(Holds.BEHAVIOUR, Integer)
    status: Mapped[OrderStatus] = column(Holds.BUSINESS, Word(OrderStatus))


class ReceiptDraft(Base):
    """The receipt that somebody is typing at a venue; gone once it is entered or dropped.

    The content is searched for card numbers before it is kept: it holds ids, which look like them.
    """

    __tablename__ = "receipt_draft"
    __about__ = About(
        Purpose.OPERATION, Basis.CONTRACT, Keep.WHILE_USED, Person.CUSTOMER, "customer_id"
    )
    __table_args__ = (schema(Domain.OPS, **WITHOUT_ROWID),)

    user_id: Mapped[str] = column(Holds.TECHNICAL, String(32), primary_key=True, typed=True)
    venue_id: Mapped[int] = column(Holds.TECHNICAL, BigInteger, primary_key=True)
    customer_id: Mapped[int | None] = column(Holds.TECHNICAL, BigInteger)
    at: Mapped[datetime] = column(Holds.BEHAVIOUR, UtcMillis)
    content: Mapped[str] = column(Holds.BEHAVIOUR, Text, typed=True)


class LoyaltyDue(Base):
    """A receipt whose bonus and cashback wait for somebody with the key of customers.

    Who sells or takes back need not hold it: they leave the receipt here, and it is settled and
    its line removed by the next who holds it.
    """

    __tablename__ = "loyalty_due"
    __about__ = About(
        Purpose.LOYALTY, Basis.CONTRACT, Keep.WHILE_USED, Person.CUSTOMER, "customer_id"
    )
    __table_args__ = (ForeignKeyConstraint(["order_id"], ["ops.pos_order.id"]), schema(Domain.OPS))

    order_id: Mapped[int] = column(Holds.TECHNICAL, Id, primary_key=True, autoincrement=False)
    customer_id: Mapped[int] = column(Holds.TECHNICAL, BigInteger)
    at: Mapped[datetime] = column(Holds.BEHAVIOUR, UtcMillis)
