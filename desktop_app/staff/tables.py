"""Staff tables: who works here, and what they are paid (in a domain of its own)."""

from __future__ import annotations

from datetime import date

from sqlalchemy import BigInteger, Boolean, String, UniqueConstraint
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
from desktop_app.db.types import Day, Id
from desktop_app.kernel.access import Domain


class Employee(Base):
    """Somebody who works here; the name as it stands on receipts."""

    __tablename__ = "employee"
    __about__ = About(Purpose.EMPLOYMENT, Basis.CONTRACT, Keep.WHILE_ACTIVE, Person.EMPLOYEE, "id")
    __table_args__ = (UniqueConstraint("venue_id", "name"), schema(Domain.OPS))

    id: Mapped[int] = column(Holds.TECHNICAL, Id, primary_key=True, autoincrement=False)
    venue_id: Mapped[int] = column(Holds.TECHNICAL, BigInteger)
    name: Mapped[str] = column(Holds.IDENTITY, String(200))
    position: Mapped[str] = column(Holds.BUSINESS, String(100), default="")
    active: Mapped[bool] = column(Holds.BUSINESS, Boolean, default=True)


class Salary(Base):
    """What somebody earns a month from a day on."""

    __tablename__ = "salary"
    __about__ = About(
        Purpose.EMPLOYMENT, Basis.CONTRACT, Keep.TAX_PERIOD, Person.EMPLOYEE, "employee_id"
    )
    __table_args__ = (schema(Domain.OFFICE, **WITHOUT_ROWID),)

    employee_id: Mapped[int] = column(Holds.TECHNICAL, BigInteger, primary_key=True)
    since: Mapped[date] = column(Holds.FINANCE, Day, primary_key=True)
    monthly_minor: Mapped[int] = column(Holds.FINANCE, BigInteger)
