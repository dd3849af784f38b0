"""Alarms of the audit trail, and who signed that they have seen them."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import BigInteger, ForeignKeyConstraint, String
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
from desktop_app.db.trail import Fault
from desktop_app.db.types import Id, UtcMillis, Word
from desktop_app.kernel.access import Domain

_ALARM = About(Purpose.SECURITY, Basis.LEGITIMATE_INTEREST, Keep.TRAIL_PERIOD)


class TrailAlarm(Base):
    """A place where the trail did not fit; it stays until two people have signed it off."""

    __tablename__ = "trail_alarm"
    __about__ = _ALARM
    __table_args__ = (schema(Domain.OPS),)

    id: Mapped[int] = column(Holds.TECHNICAL, Id, primary_key=True, autoincrement=False)
    at: Mapped[datetime] = column(Holds.TECHNICAL, UtcMillis)
    seq: Mapped[int] = column(Holds.TECHNICAL, BigInteger)
    fault: Mapped[Fault] = column(Holds.BUSINESS, Word(Fault))
    closed_at: Mapped[datetime | None] = column(Holds.TECHNICAL, UtcMillis)


class TrailAlarmSignature(Base):
    """Somebody has seen an alarm and says what it was."""

    __tablename__ = "trail_alarm_signature"
    __about__ = _ALARM
    __table_args__ = (
        ForeignKeyConstraint(["alarm_id"], ["ops.trail_alarm.id"]),
        schema(Domain.OPS, **WITHOUT_ROWID),
    )

    alarm_id: Mapped[int] = column(Holds.TECHNICAL, BigInteger, primary_key=True)
    user_id: Mapped[str] = column(Holds.TECHNICAL, String(32), primary_key=True, typed=True)
    name: Mapped[str] = column(Holds.BUSINESS, String(200))
    role: Mapped[str] = column(Holds.BUSINESS, String(64))
    reason: Mapped[str] = column(Holds.BUSINESS, String(500))
    at: Mapped[datetime] = column(Holds.TECHNICAL, UtcMillis)
