"""Finance tables: accounts, the restaurant's own categories, and entries nobody changes."""

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
)
from sqlalchemy.orm import Mapped

from desktop_app.db.base import About, Base, Basis, Holds, Keep, Purpose, column, schema
from desktop_app.db.types import Day, Id, UtcMillis, Word
from desktop_app.finance.kinds import AccountKind, Direction
from desktop_app.kernel.access import Domain

_ORDER = About(Purpose.BOOKKEEPING, Basis.NOT_PERSONAL, Keep.WHILE_USED)


class MoneyAccount(Base):
    """A place where money lies. Its balance is the sum of its entries and stands nowhere."""

    __tablename__ = "money_account"
    __about__ = _ORDER
    __table_args__ = (UniqueConstraint("venue_id", "name"), schema(Domain.OPS))

    id: Mapped[int] = column(Holds.TECHNICAL, Id, primary_key=True, autoincrement=False)
    venue_id: Mapped[int] = column(Holds.TECHNICAL, BigInteger)
    name: Mapped[str] = column(Holds.BUSINESS, String(200))
    kind: Mapped[AccountKind] = column(Holds.BUSINESS, Word(AccountKind))
    active: Mapped[bool] = column(Holds.BUSINESS, Boolean, default=True)
    version: Mapped[int] = column(Holds.TECHNICAL, Integer, default=1)


class MoneyCategory(Base):
    """A category of the restaurant's own; `parent_id` may be one of the system's."""

    __tablename__ = "money_category"
    __about__ = _ORDER
    __table_args__ = (UniqueConstraint("name"), schema(Domain.OPS))

    id: Mapped[int] = column(Holds.TECHNICAL, Id, primary_key=True, autoincrement=False)
    name: Mapped[str] = column(Holds.BUSINESS, String(200))
    direction: Mapped[Direction] = column(Holds.BUSINESS, Word(Direction))
    parent_id: Mapped[int | None] = column(Holds.TECHNICAL, BigInteger)
    active: Mapped[bool] = column(Holds.BUSINESS, Boolean, default=True)
    version: Mapped[int] = column(Holds.TECHNICAL, Integer, default=1)


class MoneyEntry(Base):
    """Money that came in (above nothing) or went out; never changed.

    `corrects` names the entry that this one takes back, `instead_of` the one it stands for now, and
    `document` what it belongs to (`supply:5`, `shift:7`, `transfer:9`).
    """

    __tablename__ = "money_entry"
    __about__ = About(Purpose.BOOKKEEPING, Basis.NOT_PERSONAL, Keep.TAX_PERIOD, sealed=True)
    __table_args__ = (
        ForeignKeyConstraint(["account_id"], ["ops.money_account.id"]),
        UniqueConstraint("corrects"),
        Index("ix_money_entry_day", "business_date", "account_id", "category_id", "amount_minor"),
        Index("ix_money_entry_account", "account_id", "business_date", "amount_minor"),
        Index("ix_money_entry_document", "document"),
        schema(Domain.OPS),
    )

    id: Mapped[int] = column(Holds.TECHNICAL, Id, primary_key=True, autoincrement=False)
    venue_id: Mapped[int] = column(Holds.TECHNICAL, BigInteger)
    account_id: Mapped[int] = column(Holds.TECHNICAL, BigInteger)
    category_id: Mapped[int] = column(Holds.TECHNICAL, BigInteger)
    business_date: Mapped[date] = column(Holds.BUSINESS, Day)
    at: Mapped[datetime] = column(Holds.TECHNICAL, UtcMillis)
    amount_minor: Mapped[int] = column(Holds.BUSINESS, BigInteger)
    document: Mapped[str] = column(Holds.TECHNICAL, String(64), default="", typed=True)
    corrects: Mapped[int | None] = column(Holds.TECHNICAL, BigInteger, default=None)
    instead_of: Mapped[int | None] = column(Holds.TECHNICAL, BigInteger, default=None)
    note: Mapped[str] = column(Holds.BUSINESS, String(1000), default="")
