"""Staff tables: who works here, when, and what they are paid (in a domain of its own)."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import (
    BigInteger,
    Boolean,
    ForeignKeyConstraint,
    Index,
    Integer,
    String,
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
from desktop_app.db.types import Day, Id, UtcMillis, Word
from desktop_app.kernel.access import Domain
from desktop_app.staff.records import MONTH_HOURS, PayBasis, TokenKind


def _about(keep: Keep, path: str = "employee_id") -> About:
    return About(Purpose.EMPLOYMENT, Basis.CONTRACT, keep, Person.EMPLOYEE, path)


def _of_employee() -> ForeignKeyConstraint:
    return ForeignKeyConstraint(["employee_id"], ["ops.employee.id"])


class Employee(Base):
    """Somebody who works here; the name as it stands on receipts.

    `active` until the day they leave; `tips` says whether they may be given tips.
    """

    __tablename__ = "employee"
    __about__ = _about(Keep.WHILE_ACTIVE, "id")
    __table_args__ = (UniqueConstraint("venue_id", "name"), schema(Domain.OPS))

    id: Mapped[int] = column(Holds.TECHNICAL, Id, primary_key=True, autoincrement=False)
    venue_id: Mapped[int] = column(Holds.TECHNICAL, BigInteger)
    name: Mapped[str] = column(Holds.IDENTITY, String(200))
    position: Mapped[str] = column(Holds.BUSINESS, String(100), default="")
    active: Mapped[bool] = column(Holds.BUSINESS, Boolean, default=True)
    hired_on: Mapped[date | None] = column(Holds.BUSINESS, Day, default=None)
    left_on: Mapped[date | None] = column(Holds.BUSINESS, Day, default=None)
    tips: Mapped[bool] = column(Holds.BUSINESS, Boolean, default=True, server_default=text("true"))
    version: Mapped[int] = column(Holds.TECHNICAL, Integer, default=1, server_default=text("1"))


class EmployeeContact(Base):
    """How to reach somebody who works here; read by fewer people than the name."""

    __tablename__ = "employee_contact"
    __about__ = _about(Keep.WHILE_ACTIVE)
    __table_args__ = (_of_employee(), schema(Domain.OPS))

    employee_id: Mapped[int] = column(Holds.TECHNICAL, Id, primary_key=True, autoincrement=False)
    phone: Mapped[str] = column(Holds.CONTACT, String(64), default="")
    email: Mapped[str] = column(Holds.CONTACT, String(200), default="")
    note: Mapped[str] = column(Holds.PREFERENCE, String(10_000), default="")


class EmployeeToken(Base):
    """The till PIN or card of somebody, hashed; nobody can read it back."""

    __tablename__ = "employee_token"
    __about__ = _about(Keep.WHILE_ACTIVE)
    __table_args__ = (
        _of_employee(),
        Index("ix_employee_token_hash", "hash"),
        schema(Domain.OPS, **WITHOUT_ROWID),
    )

    employee_id: Mapped[int] = column(Holds.TECHNICAL, BigInteger, primary_key=True)
    kind: Mapped[TokenKind] = column(Holds.TECHNICAL, Word(TokenKind), primary_key=True)
    hash: Mapped[str] = column(Holds.SECRET, String(128), typed=True)
    set_at: Mapped[datetime] = column(Holds.TECHNICAL, UtcMillis)


class StaffPosition(Base):
    """A position somebody can have: waiter, cook."""

    __tablename__ = "staff_position"
    __about__ = About(Purpose.EMPLOYMENT, Basis.NOT_PERSONAL, Keep.WHILE_USED)
    __table_args__ = (UniqueConstraint("venue_id", "name"), schema(Domain.OPS))

    id: Mapped[int] = column(Holds.TECHNICAL, Id, primary_key=True, autoincrement=False)
    venue_id: Mapped[int] = column(Holds.TECHNICAL, BigInteger)
    name: Mapped[str] = column(Holds.BUSINESS, String(100))


class ClockEntry(Base):
    """Time somebody was at work; open while `ended_at` is empty, which is all that changes.

    What was wrong is corrected by a new entry: `corrects` names the one that no longer counts,
    `reason` says why, and `void` that nothing counts instead.
    """

    __tablename__ = "clock_entry"
    __about__ = _about(Keep.TAX_PERIOD)
    __table_args__ = (
        _of_employee(),
        UniqueConstraint("corrects"),
        Index("ix_clock_entry_employee", "employee_id", "started_at"),
        Index("ix_clock_entry_started", "started_at"),
        schema(Domain.OPS),
    )

    id: Mapped[int] = column(Holds.TECHNICAL, Id, primary_key=True, autoincrement=False)
    venue_id: Mapped[int] = column(Holds.TECHNICAL, BigInteger)
    employee_id: Mapped[int] = column(Holds.TECHNICAL, BigInteger)
    started_at: Mapped[datetime] = column(Holds.BEHAVIOUR, UtcMillis)
    ended_at: Mapped[datetime | None] = column(Holds.BEHAVIOUR, UtcMillis, default=None)
    corrects: Mapped[int | None] = column(Holds.TECHNICAL, BigInteger, default=None)
    void: Mapped[bool] = column(Holds.TECHNICAL, Boolean, default=False)
    entered_at: Mapped[datetime] = column(Holds.TECHNICAL, UtcMillis)
    reason: Mapped[str] = column(Holds.BUSINESS, String(1000), default="")


class ClockMiss(Base):
    """How often in a row a wrong PIN was typed for somebody, and until when the clock waits."""

    __tablename__ = "clock_miss"
    __about__ = _about(Keep.WHILE_ACTIVE)
    __table_args__ = (_of_employee(), schema(Domain.OPS))

    employee_id: Mapped[int] = column(Holds.TECHNICAL, Id, primary_key=True, autoincrement=False)
    misses: Mapped[int] = column(Holds.TECHNICAL, Integer)
    until: Mapped[datetime] = column(Holds.TECHNICAL, UtcMillis)


class CardMiss(Base):
    """How often in a row a card that nobody has was shown at a venue, and until when it waits."""

    __tablename__ = "card_miss"
    __about__ = About(Purpose.SECURITY, Basis.NOT_PERSONAL, Keep.WHILE_USED)
    __table_args__ = (schema(Domain.OPS),)

    venue_id: Mapped[int] = column(Holds.TECHNICAL, Id, primary_key=True, autoincrement=False)
    misses: Mapped[int] = column(Holds.TECHNICAL, Integer)
    until: Mapped[datetime] = column(Holds.TECHNICAL, UtcMillis)


class TipShare(Base):
    """Tips of guests that were handed to somebody; money of the till, no pay of the house.

    What was wrong is taken back by an entry below nothing.
    """

    __tablename__ = "tip_share"
    __about__ = _about(Keep.TAX_PERIOD)
    __table_args__ = (
        _of_employee(),
        UniqueConstraint("corrects"),
        Index("ix_tip_share_day", "business_date", "employee_id"),
        schema(Domain.OPS),
    )

    id: Mapped[int] = column(Holds.TECHNICAL, Id, primary_key=True, autoincrement=False)
    venue_id: Mapped[int] = column(Holds.TECHNICAL, BigInteger)
    employee_id: Mapped[int] = column(Holds.TECHNICAL, BigInteger)
    business_date: Mapped[date] = column(Holds.BUSINESS, Day)
    amount_minor: Mapped[int] = column(Holds.BEHAVIOUR, BigInteger)
    corrects: Mapped[int | None] = column(Holds.TECHNICAL, BigInteger, default=None)
    entered_at: Mapped[datetime] = column(Holds.TECHNICAL, UtcMillis)
    reason: Mapped[str] = column(Holds.BUSINESS, String(1000), default="")


class TipEntry(Base):
    """Tips that were entered beside the pay, by programs before `tip_share`; nothing is added."""

    __tablename__ = "tip_entry"
    __about__ = _about(Keep.TAX_PERIOD)
    __table_args__ = (
        UniqueConstraint("corrects"),
        Index("ix_tip_entry_day", "business_date", "employee_id"),
        schema(Domain.OFFICE),
    )

    id: Mapped[int] = column(Holds.TECHNICAL, Id, primary_key=True, autoincrement=False)
    venue_id: Mapped[int] = column(Holds.TECHNICAL, BigInteger)
    employee_id: Mapped[int] = column(Holds.TECHNICAL, BigInteger)
    business_date: Mapped[date] = column(Holds.BUSINESS, Day)
    amount_minor: Mapped[int] = column(Holds.FINANCE, BigInteger)
    corrects: Mapped[int | None] = column(Holds.TECHNICAL, BigInteger, default=None)
    entered_at: Mapped[datetime] = column(Holds.TECHNICAL, UtcMillis)
    reason: Mapped[str] = column(Holds.BUSINESS, String(1000), default="")


class Salary(Base):
    """What somebody earns from a day on, for what `basis` says: a month (and its hours) mostly."""

    __tablename__ = "salary"
    __about__ = _about(Keep.TAX_PERIOD)
    __table_args__ = (schema(Domain.OFFICE, **WITHOUT_ROWID),)

    employee_id: Mapped[int] = column(Holds.TECHNICAL, BigInteger, primary_key=True)
    since: Mapped[date] = column(Holds.FINANCE, Day, primary_key=True)
    monthly_minor: Mapped[int] = column(Holds.FINANCE, BigInteger)
    month_hours: Mapped[int] = column(
        Holds.FINANCE, Integer, default=MONTH_HOURS, server_default=text(str(MONTH_HOURS))
    )
    basis: Mapped[PayBasis] = column(
        Holds.FINANCE, Word(PayBasis), default=PayBasis.HOURS, server_default=text("'hours'")
    )
