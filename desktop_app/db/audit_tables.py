"""The audit trail and the count of rows, both written in the transaction they describe."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import BigInteger, Integer, LargeBinary, String
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
from desktop_app.db.types import Id, UtcMillis
from desktop_app.kernel.access import Domain

_TRAIL = About(Purpose.SECURITY, Basis.LEGITIMATE_INTEREST, Keep.TRAIL_PERIOD)


class TrailSession(Base):
    """Somebody at work in one open program, with the key of its events.

    The key is sealed to the trail's readers. `id` is the hash of the rest but the signature, which
    the person made over it.
    """

    __tablename__ = "trail_session"
    __about__ = _TRAIL
    __table_args__ = (schema(Domain.OPS),)

    id: Mapped[bytes] = column(Holds.TECHNICAL, LargeBinary(16), primary_key=True)
    box: Mapped[int] = column(Holds.TECHNICAL, Integer)
    user_id: Mapped[str] = column(Holds.TECHNICAL, String(32), typed=True)
    sign_key: Mapped[bytes] = column(Holds.TECHNICAL, LargeBinary(32))
    started_at: Mapped[datetime] = column(Holds.TECHNICAL, UtcMillis)
    sealed_key: Mapped[bytes] = column(Holds.SECRET, LargeBinary(80))
    signature: Mapped[bytes | None] = column(Holds.TECHNICAL, LargeBinary(64))


class AuditEvent(Base):
    """An operation that was asked for: done, refused or failed.

    Who did what lies in `sealed`. `hash` covers all the rest and, by `content_hash`, the sealed
    contents, so that these can lawfully be emptied later without breaking the chain.
    """

    __tablename__ = "audit_event"
    __about__ = _TRAIL
    __table_args__ = (schema(Domain.OPS),)

    seq: Mapped[int] = column(Holds.TECHNICAL, Id, primary_key=True, autoincrement=False)
    at: Mapped[datetime] = column(Holds.TECHNICAL, UtcMillis)
    session: Mapped[bytes] = column(Holds.TECHNICAL, LargeBinary(16))
    sealed: Mapped[bytes] = column(Holds.SECRET, LargeBinary)
    content_hash: Mapped[bytes] = column(Holds.TECHNICAL, LargeBinary(32))
    previous: Mapped[bytes] = column(Holds.TECHNICAL, LargeBinary(32))
    hash: Mapped[bytes] = column(Holds.TECHNICAL, LargeBinary(32))
    signature: Mapped[bytes | None] = column(Holds.TECHNICAL, LargeBinary(64))


class RowCount(Base):
    """How many rows a table has; kept with every write, promised by backups, checked on restore."""

    __tablename__ = "row_count"
    __about__ = About(Purpose.OPERATION, Basis.NOT_PERSONAL, Keep.WHILE_USED, derived=True)
    __table_args__ = (schema(Domain.OPS, **WITHOUT_ROWID),)

    name: Mapped[str] = column(Holds.TECHNICAL, String(100), primary_key=True, typed=True)
    rows: Mapped[int] = column(Holds.BUSINESS, BigInteger)


class StoreInfo(Base):
    """A few words about the store itself: which program version wrote it."""

    __tablename__ = "store_info"
    __about__ = About(Purpose.OPERATION, Basis.NOT_PERSONAL, Keep.WHILE_USED, derived=True)
    __table_args__ = (schema(Domain.OPS, **WITHOUT_ROWID),)

    name: Mapped[str] = column(Holds.TECHNICAL, String(64), primary_key=True)
    text: Mapped[str] = column(Holds.TECHNICAL, String(200))
