"""Who is signed in where."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Index, String
from sqlalchemy.orm import Mapped

from desktop_app.db.base import About, Base, Basis, Holds, Keep, Purpose, column, schema
from desktop_app.db.types import Id, UtcMillis
from desktop_app.kernel.access import Domain


class DeskSession(Base):
    """Somebody signed in on a computer, from a password (or a PIN) to locking.

    `ended_by` says how it ended: `lock`, `close`, `ended` (by hand, from elsewhere); a session
    without an end that is older than twelve hours ended with its program.
    """

    __tablename__ = "desk_session"
    __about__ = About(Purpose.SECURITY, Basis.LEGITIMATE_INTEREST, Keep.TRAIL_PERIOD)
    __table_args__ = (Index(None, "user_id", "started_at"), schema(Domain.OPS))

    id: Mapped[int] = column(Holds.TECHNICAL, Id, primary_key=True, autoincrement=False)
    user_id: Mapped[str] = column(Holds.TECHNICAL, String(32), typed=True)
    user_name: Mapped[str] = column(Holds.BUSINESS, String(200))
    way: Mapped[str] = column(Holds.BUSINESS, String(32))
    device: Mapped[str] = column(Holds.TECHNICAL, String(100))
    program: Mapped[str] = column(Holds.TECHNICAL, String(100))
    started_at: Mapped[datetime] = column(Holds.TECHNICAL, UtcMillis)
    last_seen_at: Mapped[datetime] = column(Holds.TECHNICAL, UtcMillis)
    ended_at: Mapped[datetime | None] = column(Holds.TECHNICAL, UtcMillis, nullable=True)
    ended_by: Mapped[str] = column(Holds.BUSINESS, String(32), default="")
