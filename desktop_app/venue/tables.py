"""Venue tables."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Integer, String
from sqlalchemy.orm import Mapped

from desktop_app.db.base import (
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


class Venue(Base):
    """A place of sale: its name on papers, its currency, its time zone, its opening time."""

    __tablename__ = "venue"
    __about__ = About(Purpose.ACCOUNT, Basis.NOT_PERSONAL, Keep.WHILE_ACTIVE)
    __table_args__ = (schema(Domain.OPS),)

    id: Mapped[int] = column(Holds.TECHNICAL, Id, primary_key=True, autoincrement=False)
    name: Mapped[str] = column(Holds.BUSINESS, String(200))
    legal_name: Mapped[str] = column(Holds.BUSINESS, String(200), default="")
    tax_id: Mapped[str] = column(Holds.BUSINESS, String(32), default="")
    email: Mapped[str] = column(Holds.BUSINESS, String(200), default="")
    phone: Mapped[str] = column(Holds.BUSINESS, String(32), default="")
    address: Mapped[str] = column(Holds.BUSINESS, String(500), default="")
    country: Mapped[str] = column(Holds.BUSINESS, String(2), default="AZ")
    currency: Mapped[str] = column(Holds.BUSINESS, String(3))
    timezone: Mapped[str] = column(Holds.BUSINESS, String(64))
    opening_minute: Mapped[int] = column(Holds.BUSINESS, Integer)
    created_at: Mapped[datetime] = column(Holds.TECHNICAL, UtcMillis)
