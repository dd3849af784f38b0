"""Menu tables: what is sold, of what it is made, and what it has cost."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import (
    BigInteger,
    Boolean,
    ForeignKeyConstraint,
    Index,
    Integer,
    LargeBinary,
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
    Purpose,
    column,
    schema,
)
from desktop_app.db.types import Id, UtcMillis, Word
from desktop_app.kernel.access import Domain
from desktop_app.menu.kinds import ProductKind, Unit

_MENU = About(Purpose.OPERATION, Basis.NOT_PERSONAL, Keep.WHILE_USED)
_HISTORY = About(Purpose.BOOKKEEPING, Basis.NOT_PERSONAL, Keep.TAX_PERIOD, sealed=True)
_NONE, _ONE, _YES, _NO = text("0"), text("1"), text("true"), text("false")
_EMPTY = text("''")


def _of_product() -> ForeignKeyConstraint:
    return ForeignKeyConstraint(["product_id"], ["ops.product.id"])


class Category(Base):
    """A group of the menu; `parent_id` is the group around it."""

    __tablename__ = "category"
    __about__ = _MENU
    __table_args__ = (UniqueConstraint("venue_id", "name"), schema(Domain.OPS))

    id: Mapped[int] = column(Holds.TECHNICAL, Id, primary_key=True, autoincrement=False)
    venue_id: Mapped[int] = column(Holds.TECHNICAL, BigInteger)
    name: Mapped[str] = column(Holds.BUSINESS, String(200))
    place: Mapped[int] = column(Holds.BUSINESS, Integer, default=0)
    parent_id: Mapped[int | None] = column(Holds.TECHNICAL, BigInteger)
    color: Mapped[str] = column(
        Holds.BUSINESS, String(16), default="", server_default=_EMPTY, typed=True
    )


class Station(Base):
    """Where a dish is made: hot kitchen, bar."""

    __tablename__ = "station"
    __about__ = _MENU
    __table_args__ = (UniqueConstraint("venue_id", "name"), schema(Domain.OPS))

    id: Mapped[int] = column(Holds.TECHNICAL, Id, primary_key=True, autoincrement=False)
    venue_id: Mapped[int] = column(Holds.TECHNICAL, BigInteger)
    name: Mapped[str] = column(Holds.BUSINESS, String(200))


class Product(Base):
    """Something that is sold, stocked or used in recipes.

    `output` is how much of it one recipe makes, `cost_minor` what a kilogram, litre or piece costs
    where nothing was bought yet, `tax_bp` the tax in hundredths of a per cent. What is `made_ahead`
    lies in a storage until a dish takes it; of other preparations the ingredients are taken. Below
    `low_stock` it is running out, `wished_stock` is up to how much one buys. `gov_code` is what the
    tax office calls it.
    """

    __tablename__ = "product"
    __about__ = _MENU
    __table_args__ = (
        UniqueConstraint("venue_id", "name"),
        ForeignKeyConstraint(["category_id"], ["ops.category.id"]),
        Index("ix_product_barcode", "barcode"),
        schema(Domain.OPS),
    )

    id: Mapped[int] = column(Holds.TECHNICAL, Id, primary_key=True, autoincrement=False)
    venue_id: Mapped[int] = column(Holds.TECHNICAL, BigInteger)
    category_id: Mapped[int | None] = column(Holds.TECHNICAL, BigInteger, index=True)
    name: Mapped[str] = column(Holds.BUSINESS, String(300))
    reference: Mapped[str] = column(Holds.BUSINESS, String(100), default="", typed=True)
    active: Mapped[bool] = column(Holds.BUSINESS, Boolean, default=True)
    kind: Mapped[ProductKind] = column(
        Holds.BUSINESS, Word(ProductKind), default=ProductKind.DISH, server_default=text("'dish'")
    )
    unit: Mapped[Unit] = column(
        Holds.BUSINESS, Word(Unit), default=Unit.PIECE, server_default=text("'pcs'")
    )
    output: Mapped[int] = column(
        Holds.BUSINESS, BigInteger, default=1000, server_default=text("1000")
    )
    barcode: Mapped[str] = column(
        Holds.BUSINESS, String(64), default="", server_default=_EMPTY, typed=True
    )
    station_id: Mapped[int | None] = column(Holds.TECHNICAL, BigInteger)
    cost_minor: Mapped[int] = column(Holds.BUSINESS, BigInteger, default=0, server_default=_NONE)
    tax_bp: Mapped[int] = column(Holds.BUSINESS, Integer, default=0, server_default=_NONE)
    tax_included: Mapped[bool] = column(Holds.BUSINESS, Boolean, default=True, server_default=_YES)
    service_charge: Mapped[bool] = column(
        Holds.BUSINESS, Boolean, default=True, server_default=_YES
    )
    discountable: Mapped[bool] = column(Holds.BUSINESS, Boolean, default=True, server_default=_YES)
    made_ahead: Mapped[bool] = column(Holds.BUSINESS, Boolean, default=False, server_default=_NO)
    low_stock: Mapped[int | None] = column(Holds.BUSINESS, BigInteger)
    wished_stock: Mapped[int | None] = column(Holds.BUSINESS, BigInteger)
    gov_code: Mapped[str] = column(
        Holds.BUSINESS, String(64), default="", server_default=_EMPTY, typed=True
    )
    shelf_days: Mapped[int] = column(Holds.BUSINESS, Integer, default=0, server_default=_NONE)
    cooking_minutes: Mapped[int] = column(Holds.BUSINESS, Integer, default=0, server_default=_NONE)
    allergens: Mapped[str] = column(Holds.BUSINESS, String(500), default="", server_default=_EMPTY)
    note: Mapped[str] = column(Holds.BUSINESS, String(10_000), default="", server_default=_EMPTY)
    version: Mapped[int] = column(Holds.TECHNICAL, Integer, default=1, server_default=_ONE)
    interval_minutes: Mapped[int] = column(
        Holds.BUSINESS, Integer, default=60, server_default=text("60")
    )
    step_minutes: Mapped[int] = column(Holds.BUSINESS, Integer, default=1, server_default=_ONE)
    least_minutes: Mapped[int] = column(Holds.BUSINESS, Integer, default=0, server_default=_NONE)


class ProductVariant(Base):
    """A size or kind of a product, with its price; the plain one has an empty name.

    It takes `factor` thousandths of the product's card, and instead of a line of it what a
    `size_part` says. One that is not `active` is sold no more.
    """

    __tablename__ = "product_variant"
    __about__ = _MENU
    __table_args__ = (_of_product(), schema(Domain.OPS, **WITHOUT_ROWID))

    product_id: Mapped[int] = column(Holds.TECHNICAL, BigInteger, primary_key=True)
    name: Mapped[str] = column(Holds.BUSINESS, String(100), primary_key=True)
    price_minor: Mapped[int] = column(Holds.BUSINESS, BigInteger)
    factor: Mapped[int] = column(
        Holds.BUSINESS, BigInteger, default=1000, server_default=text("1000")
    )
    active: Mapped[bool] = column(Holds.BUSINESS, Boolean, default=True, server_default=_YES)


class SizePart(Base):
    """How much of an ingredient a size takes, where it is not the product's by the factor."""

    __tablename__ = "size_part"
    __about__ = _MENU
    __table_args__ = (
        _of_product(),
        ForeignKeyConstraint(["ingredient_id"], ["ops.product.id"]),
        Index(None, "ingredient_id"),
        schema(Domain.OPS, **WITHOUT_ROWID),
    )

    product_id: Mapped[int] = column(Holds.TECHNICAL, BigInteger, primary_key=True)
    variant: Mapped[str] = column(Holds.BUSINESS, String(100), primary_key=True)
    ingredient_id: Mapped[int] = column(Holds.TECHNICAL, BigInteger, primary_key=True)
    net: Mapped[int] = column(Holds.BUSINESS, BigInteger)
    gross: Mapped[int] = column(Holds.BUSINESS, BigInteger)


class ProductPhoto(Base):
    """What a product looks like: two small JPEGs that this program wrote itself."""

    __tablename__ = "product_photo"
    __about__ = _MENU
    __table_args__ = (_of_product(), schema(Domain.OPS))

    product_id: Mapped[int] = column(Holds.TECHNICAL, Id, primary_key=True, autoincrement=False)
    image: Mapped[bytes] = column(Holds.BUSINESS, LargeBinary)
    small: Mapped[bytes] = column(Holds.BUSINESS, LargeBinary)
    at: Mapped[datetime] = column(Holds.BUSINESS, UtcMillis)


class RecipeLine(Base):
    """One line of a technical card: `gross` is taken from the storage, `net` lies in the dish."""

    __tablename__ = "recipe_line"
    __about__ = _MENU
    __table_args__ = (
        _of_product(),
        ForeignKeyConstraint(["ingredient_id"], ["ops.product.id"]),
        Index(None, "ingredient_id"),
        schema(Domain.OPS, **WITHOUT_ROWID),
    )

    product_id: Mapped[int] = column(Holds.TECHNICAL, BigInteger, primary_key=True)
    line_no: Mapped[int] = column(Holds.TECHNICAL, Integer, primary_key=True)
    ingredient_id: Mapped[int] = column(Holds.TECHNICAL, BigInteger)
    net: Mapped[int] = column(Holds.BUSINESS, BigInteger)
    gross: Mapped[int] = column(Holds.BUSINESS, BigInteger)


class PriceChange(Base):
    """A price as it became; rows are only added. `list_id` is None for the menu's own price."""

    __tablename__ = "price_change"
    __about__ = _HISTORY
    __table_args__ = (
        _of_product(),
        Index(None, "product_id", "at"),
        schema(Domain.OPS),
    )

    id: Mapped[int] = column(Holds.TECHNICAL, Id, primary_key=True, autoincrement=False)
    product_id: Mapped[int] = column(Holds.TECHNICAL, BigInteger)
    variant: Mapped[str] = column(Holds.BUSINESS, String(100))
    list_id: Mapped[int | None] = column(Holds.TECHNICAL, BigInteger)
    old_minor: Mapped[int | None] = column(Holds.BUSINESS, BigInteger)
    new_minor: Mapped[int | None] = column(Holds.BUSINESS, BigInteger)
    at: Mapped[datetime] = column(Holds.BUSINESS, UtcMillis)


class PriceList(Base):
    """Prices of their own: a terrace, a delivery service, a happy hour.

    What it says of sale type, halls, days and hours is when it holds by itself (`menu/pricing.py`);
    one that says nothing holds where somebody chooses it. The first in order of `place` wins.
    """

    __tablename__ = "price_list"
    __about__ = _MENU
    __table_args__ = (UniqueConstraint("venue_id", "name"), schema(Domain.OPS))

    id: Mapped[int] = column(Holds.TECHNICAL, Id, primary_key=True, autoincrement=False)
    venue_id: Mapped[int] = column(Holds.TECHNICAL, BigInteger)
    name: Mapped[str] = column(Holds.BUSINESS, String(200))
    active: Mapped[bool] = column(Holds.BUSINESS, Boolean, default=True)
    place: Mapped[int] = column(Holds.BUSINESS, Integer, default=0, server_default=_NONE)
    sale_type: Mapped[str] = column(Holds.BUSINESS, String(64), default="", server_default=_EMPTY)
    halls: Mapped[str] = column(Holds.BUSINESS, String(500), default="", server_default=_EMPTY)
    weekdays: Mapped[int] = column(Holds.BUSINESS, Integer, default=0, server_default=_NONE)
    from_minute: Mapped[int] = column(Holds.BUSINESS, Integer, default=0, server_default=_NONE)
    until_minute: Mapped[int] = column(Holds.BUSINESS, Integer, default=0, server_default=_NONE)


class ListPrice(Base):
    """The price of a variant in a price list; the menu's own holds where there is none."""

    __tablename__ = "list_price"
    __about__ = _MENU
    __table_args__ = (
        ForeignKeyConstraint(["list_id"], ["ops.price_list.id"]),
        _of_product(),
        schema(Domain.OPS, **WITHOUT_ROWID),
    )

    list_id: Mapped[int] = column(Holds.TECHNICAL, BigInteger, primary_key=True)
    product_id: Mapped[int] = column(Holds.TECHNICAL, BigInteger, primary_key=True)
    variant: Mapped[str] = column(Holds.BUSINESS, String(100), primary_key=True)
    price_minor: Mapped[int] = column(Holds.BUSINESS, BigInteger)


class StopEntry(Base):
    """A product on the stop list; `remaining` is how much may still be sold (thousandths)."""

    __tablename__ = "stop_entry"
    __about__ = _MENU
    __table_args__ = (_of_product(), schema(Domain.OPS))

    product_id: Mapped[int] = column(Holds.TECHNICAL, Id, primary_key=True, autoincrement=False)
    remaining: Mapped[int] = column(Holds.BUSINESS, BigInteger)
    since: Mapped[datetime] = column(Holds.BUSINESS, UtcMillis)


class ModifierGroup(Base):
    """A choice at the table: “sauce”, at least `min_select` and at most `max_select` of it.

    Where it `follows_size`, a size takes its factor of what a choice takes.
    """

    __tablename__ = "modifier_group"
    __about__ = _MENU
    __table_args__ = (UniqueConstraint("venue_id", "name"), schema(Domain.OPS))

    id: Mapped[int] = column(Holds.TECHNICAL, Id, primary_key=True, autoincrement=False)
    venue_id: Mapped[int] = column(Holds.TECHNICAL, BigInteger)
    name: Mapped[str] = column(Holds.BUSINESS, String(200))
    min_select: Mapped[int] = column(Holds.BUSINESS, Integer)
    max_select: Mapped[int] = column(Holds.BUSINESS, Integer)
    version: Mapped[int] = column(Holds.TECHNICAL, Integer, default=1)
    follows_size: Mapped[bool] = column(Holds.BUSINESS, Boolean, default=False, server_default=_NO)


class Modifier(Base):
    """One thing to choose, its price, and what it takes from the storage."""

    __tablename__ = "modifier"
    __about__ = _MENU
    __table_args__ = (
        ForeignKeyConstraint(["group_id"], ["ops.modifier_group.id"]),
        ForeignKeyConstraint(["ingredient_id"], ["ops.product.id"]),
        schema(Domain.OPS, **WITHOUT_ROWID),
    )

    group_id: Mapped[int] = column(Holds.TECHNICAL, BigInteger, primary_key=True)
    line_no: Mapped[int] = column(Holds.TECHNICAL, Integer, primary_key=True)
    name: Mapped[str] = column(Holds.BUSINESS, String(200))
    price_minor: Mapped[int] = column(Holds.BUSINESS, BigInteger)
    ingredient_id: Mapped[int | None] = column(Holds.TECHNICAL, BigInteger)
    quantity: Mapped[int] = column(Holds.BUSINESS, BigInteger)


class ProductModifiers(Base):
    """Which choices belong to a product, in their order."""

    __tablename__ = "product_modifiers"
    __about__ = _MENU
    __table_args__ = (
        _of_product(),
        ForeignKeyConstraint(["group_id"], ["ops.modifier_group.id"]),
        schema(Domain.OPS, **WITHOUT_ROWID),
    )

    product_id: Mapped[int] = column(Holds.TECHNICAL, BigInteger, primary_key=True)
    group_id: Mapped[int] = column(Holds.TECHNICAL, BigInteger, primary_key=True)
    place: Mapped[int] = column(Holds.BUSINESS, Integer)
