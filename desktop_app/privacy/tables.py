"""Privacy tables: with whom data are shared, and which copies were handed out."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import BigInteger, ForeignKeyConstraint, Index, String
from sqlalchemy.orm import Mapped

from desktop_app.db.base import (
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
from desktop_app.db.types import Id, UtcMillis
from desktop_app.kernel.access import Domain


class Recipient(Base):
    """Somebody with whom personal data are shared (privacy policy, 3)."""

    __tablename__ = "recipient"
    __about__ = About(Purpose.SECURITY, Basis.NOT_PERSONAL, Keep.WHILE_USED)
    __table_args__ = (schema(Domain.PEOPLE),)

    id: Mapped[int] = column(Holds.TECHNICAL, Id, primary_key=True, autoincrement=False)
    name: Mapped[str] = column(Holds.BUSINESS, String(200), unique=True)
    purpose: Mapped[str] = column(Holds.BUSINESS, String(300))
    country: Mapped[str] = column(Holds.BUSINESS, String(2))
    safeguard: Mapped[str] = column(Holds.BUSINESS, String(300))


class HandedCopy(Base):
    """A data copy that was made for a customer: its number and digest, never its contents."""

    __tablename__ = "handed_copy"
    __about__ = About(
        Purpose.SECURITY, Basis.LEGAL_OBLIGATION, Keep.TRAIL_PERIOD, Person.CUSTOMER, "customer_id"
    )
    __table_args__ = (
        ForeignKeyConstraint(["customer_id"], ["people.customer.id"]),
        Index(None, "customer_id"),
        schema(Domain.PEOPLE),
    )

    id: Mapped[int] = column(Holds.TECHNICAL, Id, primary_key=True, autoincrement=False)
    customer_id: Mapped[int] = column(Holds.TECHNICAL, BigInteger)
    number: Mapped[str] = column(Holds.BUSINESS, String(64), unique=True, typed=True)
    at: Mapped[datetime] = column(Holds.BEHAVIOUR, UtcMillis)
    actor: Mapped[str] = column(Holds.BUSINESS, String(200))
    language: Mapped[str] = column(Holds.PREFERENCE, String(8), typed=True)
    sha256: Mapped[str] = column(Holds.TECHNICAL, String(64), typed=True)
