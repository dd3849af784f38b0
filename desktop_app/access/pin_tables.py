"""Who has chosen a PIN that somebody else has too; the PIN itself stands nowhere."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import String
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
from desktop_app.db.types import UtcMillis, Word
from desktop_app.kernel.access import Domain
from desktop_app.vault.pins import PinKind


class PinTwin(Base):
    """Two people had the same PIN when one of them chose it; over when that one chooses another."""

    __tablename__ = "pin_twin"
    __about__ = About(Purpose.SECURITY, Basis.LEGITIMATE_INTEREST, Keep.TRAIL_PERIOD)
    __table_args__ = (schema(Domain.OPS, **WITHOUT_ROWID),)

    user_id: Mapped[str] = column(Holds.TECHNICAL, String(32), primary_key=True, typed=True)
    kind: Mapped[PinKind] = column(Holds.TECHNICAL, Word(PinKind), primary_key=True)
    other_id: Mapped[str] = column(Holds.TECHNICAL, String(32), primary_key=True, typed=True)
    found_at: Mapped[datetime] = column(Holds.TECHNICAL, UtcMillis)
    over_at: Mapped[datetime | None] = column(Holds.TECHNICAL, UtcMillis, default=None)
