"""Requests for a second person: what was asked is sealed, what was decided is signed."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Index, String, Text
from sqlalchemy.orm import Mapped

from desktop_app.access.request_records import State
from desktop_app.db.base import About, Base, Basis, Holds, Keep, Purpose, column, schema
from desktop_app.db.types import Id, UtcMillis, Word
from desktop_app.kernel.access import Domain


class ApprovalRequest(Base):
    """A deed that waits for a second person.

    `letter` holds the arguments and the reason, sealed to the requester and to whoever may decide;
    `answer` what was said to it. `digest` stands for the arguments in signatures and in the trail:
    it begins with a random number in the letter, so that nobody can guess them from it.
    """

    __tablename__ = "approval_request"
    __about__ = About(Purpose.SECURITY, Basis.LEGITIMATE_INTEREST, Keep.TRAIL_PERIOD)
    __table_args__ = (Index(None, "requester", "state"), schema(Domain.OPS))

    id: Mapped[int] = column(Holds.TECHNICAL, Id, primary_key=True, autoincrement=False)
    operation: Mapped[str] = column(Holds.TECHNICAL, String(100), typed=True)
    deed: Mapped[str] = column(Holds.TECHNICAL, String(32), typed=True)
    digest: Mapped[str] = column(Holds.TECHNICAL, String(64), typed=True)
    letter: Mapped[str] = column(Holds.SECRET, Text, typed=True)
    requester: Mapped[str] = column(Holds.TECHNICAL, String(32), typed=True)
    asked_at: Mapped[datetime] = column(Holds.TECHNICAL, UtcMillis)
    expires_at: Mapped[datetime] = column(Holds.TECHNICAL, UtcMillis)
    asked_signature: Mapped[str] = column(Holds.TECHNICAL, String(100), typed=True)
    state: Mapped[State] = column(Holds.BUSINESS, Word(State))
    decided_by: Mapped[str] = column(Holds.TECHNICAL, String(32), typed=True, default="")
    decided_at: Mapped[datetime | None] = column(Holds.TECHNICAL, UtcMillis, default=None)
    answer: Mapped[str] = column(Holds.SECRET, Text, typed=True, default="")
    decision_signature: Mapped[str] = column(Holds.TECHNICAL, String(100), typed=True, default="")
    done_at: Mapped[datetime | None] = column(Holds.TECHNICAL, UtcMillis, default=None)
