"""The settings that were chosen. They lie here so that every area can read one."""

from __future__ import annotations

from sqlalchemy import String, select
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
from desktop_app.db.transaction import Transaction
from desktop_app.kernel.access import Domain
from desktop_app.kernel.settings import SETTINGS


class StoredSetting(Base):
    """The value of a setting that differs from its default; see kernel.settings."""

    __tablename__ = "setting"
    __about__ = About(Purpose.OPERATION, Basis.NOT_PERSONAL, Keep.WHILE_USED)
    __table_args__ = (schema(Domain.OPS, **WITHOUT_ROWID),)

    name: Mapped[str] = column(Holds.BUSINESS, String(100), primary_key=True)
    value: Mapped[str] = column(Holds.BUSINESS, String(1000))


def chosen(tx: Transaction, name: str) -> str:
    """Return the value of a setting, its default where none was chosen."""
    stored = tx.scalar(select(StoredSetting.value).where(StoredSetting.name == name))
    return SETTINGS[name].default if stored is None else str(stored)
