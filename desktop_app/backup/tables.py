"""Where backups go, and what became of each run."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import BigInteger, ForeignKeyConstraint, Index, String
from sqlalchemy.orm import Mapped

from desktop_app.db.base import About, Base, Basis, Holds, Keep, Purpose, column, schema
from desktop_app.db.types import Id, UtcMillis
from desktop_app.kernel.access import Domain

_BACKUP = About(Purpose.SECURITY, Basis.NOT_PERSONAL, Keep.WHILE_USED)


class BackupTarget(Base):
    """A place for backups."""

    __tablename__ = "backup_target"
    __about__ = _BACKUP
    __table_args__ = (schema(Domain.OPS),)

    id: Mapped[int] = column(Holds.TECHNICAL, Id, primary_key=True, autoincrement=False)
    name: Mapped[str] = column(Holds.BUSINESS, String(100), unique=True)
    url: Mapped[str] = column(Holds.BUSINESS, String(1000))
    added_at: Mapped[datetime] = column(Holds.TECHNICAL, UtcMillis)


class BackupRun(Base):
    """One run or verification of a backup: `outcome` is done, failed or damaged."""

    __tablename__ = "backup_run"
    __about__ = _BACKUP
    __table_args__ = (
        ForeignKeyConstraint(["target_id"], ["ops.backup_target.id"]),
        Index(None, "target_id", "at"),
        schema(Domain.OPS),
    )

    id: Mapped[int] = column(Holds.TECHNICAL, Id, primary_key=True, autoincrement=False)
    target_id: Mapped[int] = column(Holds.TECHNICAL, BigInteger)
    at: Mapped[datetime] = column(Holds.TECHNICAL, UtcMillis)
    kind: Mapped[str] = column(Holds.BUSINESS, String(16), typed=True)
    outcome: Mapped[str] = column(Holds.BUSINESS, String(16), typed=True)
    snapshot: Mapped[str] = column(Holds.BUSINESS, String(100), typed=True)
    bytes_added: Mapped[int] = column(Holds.BUSINESS, BigInteger)
    milliseconds: Mapped[int] = column(Holds.BUSINESS, BigInteger)
    problems: Mapped[int] = column(Holds.BUSINESS, BigInteger)
