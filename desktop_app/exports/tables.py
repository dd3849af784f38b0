"""The register of exports."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import BigInteger, Boolean, String, text
from sqlalchemy.orm import Mapped

from desktop_app.db.base import About, Base, Basis, Holds, Keep, Purpose, column, schema
from desktop_app.db.types import Id, UtcMillis, Word
from desktop_app.exports.records import FileFormat
from desktop_app.kernel.access import Domain
from desktop_app.sheets.records import Protection


class ExportRun(Base):
    """One file that was written: what, for whom, why, and when it must be gone.

    `destroyed_at` is when somebody said that the file is gone; `venues` whose rows it holds.
    """

    __tablename__ = "export_run"
    __about__ = About(Purpose.SECURITY, Basis.LEGITIMATE_INTEREST, Keep.TRAIL_PERIOD)
    __table_args__ = (schema(Domain.OPS),)

    id: Mapped[int] = column(Holds.TECHNICAL, Id, primary_key=True, autoincrement=False)
    at: Mapped[datetime] = column(Holds.TECHNICAL, UtcMillis)
    actor: Mapped[str] = column(Holds.BUSINESS, String(200))
    what: Mapped[str] = column(Holds.BUSINESS, String(64), typed=True)
    format: Mapped[FileFormat] = column(Holds.TECHNICAL, Word(FileFormat))
    protection: Mapped[Protection] = column(Holds.TECHNICAL, Word(Protection))
    personal: Mapped[bool] = column(Holds.TECHNICAL, Boolean)
    rows: Mapped[int] = column(Holds.BUSINESS, BigInteger)
    size: Mapped[int] = column(Holds.TECHNICAL, BigInteger)
    sha256: Mapped[str] = column(Holds.TECHNICAL, String(64), typed=True)
    file: Mapped[str] = column(Holds.TECHNICAL, String(300))
    recipient: Mapped[str] = column(Holds.BUSINESS, String(300))
    reason: Mapped[str] = column(Holds.BUSINESS, String(1000))
    expires_at: Mapped[datetime] = column(Holds.TECHNICAL, UtcMillis)
    destroyed_at: Mapped[datetime | None] = column(Holds.TECHNICAL, UtcMillis)
    venues: Mapped[str] = column(
        Holds.BUSINESS, String(1000), default="", server_default=text("''")
    )
