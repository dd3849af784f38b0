"""Menu tables."""

from __future__ import annotations

from sqlalchemy import BigInteger, Boolean, ForeignKeyConstraint, Integer, String, UniqueConstraint
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
from desktop_app.db.types import Id
from desktop_app.kernel.access import Domain

_MENU = About(Purpose.OPERATION, Basis.NOT_PERSONAL, Keep.WHILE_USED)


class Category(Base):
    """A group of the menu."""

    __tablename__ = "category"
    __about__ = _MENU
    __table_args__ = (UniqueConstraint("venue_id", "name"), schema(Domain.OPS))

    id: Mapped[int] = column(Holds.TECHNICAL, Id, primary_key=True, autoincrement=False)
    venue_id: Mapped[int] = column(Holds.TECHNICAL, BigInteger)
    name: Mapped[str] = column(Holds.BUSINESS, String(200))
    place: Mapped[int] = column(Holds.BUSINESS, Integer, default=0)


class Product(Base):
    """Something that can be sold."""

    __tablename__ = "product"
    __about__ = _MENU
    __table_args__ = (
        UniqueConstraint("venue_id", "name"),
        ForeignKeyConstraint(["category_id"], ["ops.category.id"]),
        schema(Domain.OPS),
    )

    id: Mapped[int] = column(Holds.TECHNICAL, Id, primary_key=True, autoincrement=False)
    venue_id: Mapped[int] = column(Holds.TECHNICAL, BigInteger)
    category_id: Mapped[int | None] = column(Holds.TECHNICAL, BigInteger, index=True)
    name: Mapped[str] = column(Holds.BUSINESS, String(300))
    reference: Mapped[str] = column(Holds.BUSINESS, String(100), default="", typed=True)
    active: Mapped[bool] = column(Holds.BUSINESS, Boolean, default=True)


class ProductVariant(Base):
    """A size or kind of a product, with its price; the plain one has an empty name."""

    __tablename__ = "product_variant"
    __about__ = _MENU
    __table_args__ = (
        ForeignKeyConstraint(["product_id"], ["ops.product.id"]),
        schema(Domain.OPS, **WITHOUT_ROWID),
    )

    product_id: Mapped[int] = column(Holds.TECHNICAL, BigInteger, primary_key=True)
    name: Mapped[str] = column(Holds.BUSINESS, String(100), primary_key=True)
    price_minor: Mapped[int] = column(Holds.BUSINESS, BigInteger)
