"""The audit trail and the count of rows, both written in the transaction they describe."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import BigInteger, ForeignKeyConstraint, Index, Integer, String
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
from desktop_app.db.types import Detail, Id, UtcMillis
from desktop_app.kernel.access import Domain

_TRAIL = About(Purpose.SECURITY, Basis.LEGITIMATE_INTEREST, Keep.TRAIL_PERIOD)


class AuditEvent(Base):
    """An operation that was asked for: done, refused or failed. `hash` covers `previous`."""

    __tablename__ = "audit_event"
    __about__ = _TRAIL
    __table_args__ = (
        Index(None, "operation", "seq"),
        Index(None, "actor", "seq"),
        schema(Domain.OPS),
    )

    seq: Mapped[int] = column(Holds.TECHNICAL, Id, primary_key=True, autoincrement=False)
    at: Mapped[datetime] = column(Holds.TECHNICAL, UtcMillis)
    actor: Mapped[str] = column(Holds.BUSINESS, String(200))
    role: Mapped[str] = column(Holds.BUSINESS, String(32))
    operation: Mapped[str] = column(Holds.BUSINESS, String(100))
    outcome: Mapped[str] = column(Holds.BUSINESS, String(16))
    subject: Mapped[str] = column(Holds.TECHNICAL, String(100), default="")
    detail: Mapped[dict[str, Any]] = column(Holds.TECHNICAL, Detail)
    previous: Mapped[str] = column(Holds.TECHNICAL, String(64), typed=True)
    hash: Mapped[str] = column(Holds.TECHNICAL, String(64), typed=True)


class AuditChange(Base):
    """One row (or one bulk of rows) changed by an event. No foreign key to its subject."""

    __tablename__ = "audit_change"
    __about__ = _TRAIL
    __table_args__ = (
        ForeignKeyConstraint(["event_seq"], ["ops.audit_event.seq"]),
        schema(Domain.OPS, **WITHOUT_ROWID),
    )

    event_seq: Mapped[int] = column(Holds.TECHNICAL, BigInteger, primary_key=True)
    change_no: Mapped[int] = column(Holds.TECHNICAL, Integer, primary_key=True)
    table: Mapped[str] = column(Holds.BUSINESS, String(64))
    row_id: Mapped[str] = column(Holds.TECHNICAL, String(100), typed=True)
    action: Mapped[str] = column(Holds.BUSINESS, String(16))
    fields: Mapped[dict[str, Any]] = column(Holds.TECHNICAL, Detail, typed=True)


class RowCount(Base):
    """How many rows a table has; kept with every write, promised by backups, checked on restore."""

    __tablename__ = "row_count"
    __about__ = About(Purpose.OPERATION, Basis.NOT_PERSONAL, Keep.WHILE_USED, derived=True)
    __table_args__ = (schema(Domain.OPS, **WITHOUT_ROWID),)

    name: Mapped[str] = column(Holds.TECHNICAL, String(100), primary_key=True)
    rows: Mapped[int] = column(Holds.BUSINESS, BigInteger)


class StoreInfo(Base):
    """A few words about the store itself: which program version wrote it."""

    __tablename__ = "store_info"
    __about__ = About(Purpose.OPERATION, Basis.NOT_PERSONAL, Keep.WHILE_USED, derived=True)
    __table_args__ = (schema(Domain.OPS, **WITHOUT_ROWID),)

    name: Mapped[str] = column(Holds.TECHNICAL, String(64), primary_key=True)
    text: Mapped[str] = column(Holds.TECHNICAL, String(200))
