"""What was imported."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import BigInteger, Boolean, ForeignKeyConstraint, Integer, String
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

_IMPORT = About(Purpose.OPERATION, Basis.NOT_PERSONAL, Keep.TRAIL_PERIOD)


class ImportRun(Base):
    """One import: what was read and what came of it. `finished` is false for a stopped one."""

    __tablename__ = "import_run"
    __about__ = _IMPORT
    __table_args__ = (schema(Domain.OPS),)

    id: Mapped[int] = column(Holds.TECHNICAL, Id, primary_key=True, autoincrement=False)
    venue_id: Mapped[int] = column(Holds.TECHNICAL, BigInteger)
    at: Mapped[datetime] = column(Holds.TECHNICAL, UtcMillis)
    actor: Mapped[str] = column(Holds.BUSINESS, String(200))
    source: Mapped[str] = column(Holds.BUSINESS, String(64))
    orders_added: Mapped[int] = column(Holds.BUSINESS, BigInteger)
    lines_added: Mapped[int] = column(Holds.BUSINESS, BigInteger)
    customers_added: Mapped[int] = column(Holds.BUSINESS, BigInteger)
    products_added: Mapped[int] = column(Holds.BUSINESS, BigInteger)
    already_known: Mapped[int] = column(Holds.BUSINESS, BigInteger)
    rejected: Mapped[int] = column(Holds.BUSINESS, BigInteger)
    revenue_minor: Mapped[int] = column(Holds.BUSINESS, BigInteger)
    finished: Mapped[bool] = column(Holds.BUSINESS, Boolean)


class ImportedFile(Base):
    """A file of an import, by its contents."""

    __tablename__ = "imported_file"
    __about__ = _IMPORT
    __table_args__ = (
        ForeignKeyConstraint(["import_id"], ["ops.import_run.id"]),
        schema(Domain.OPS, **WITHOUT_ROWID),
    )

    import_id: Mapped[int] = column(Holds.TECHNICAL, BigInteger, primary_key=True)
    file_no: Mapped[int] = column(Holds.TECHNICAL, Integer, primary_key=True)
    name: Mapped[str] = column(Holds.BUSINESS, String(200))
    size: Mapped[int] = column(Holds.BUSINESS, BigInteger)
    sha256: Mapped[str] = column(Holds.BUSINESS, String(64), typed=True)
