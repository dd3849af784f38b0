"""Review tables: when a right was last used, the reviews, and what was decided about whom.

What was decided lies in the office domain: a reason may say why somebody was let go.
"""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import BigInteger, String, Text
from sqlalchemy.orm import Mapped

from desktop_app.db.base import (
    WITHOUT_ROWID,
    About,
    Base,
    Basis,
    Holds,
    Keep,
    Person,
    Purpose,
    column,
    schema,
)
from desktop_app.db.types import Id, UtcMillis, Word
from desktop_app.kernel.access import Domain
from desktop_app.reviews.records import Decision

_SECURITY = About(Purpose.SECURITY, Basis.LEGITIMATE_INTEREST, Keep.TRAIL_PERIOD)
_ABOUT_A_USER = About(
    Purpose.SECURITY, Basis.LEGITIMATE_INTEREST, Keep.TRAIL_PERIOD, Person.USER, "user_id"
)


class PermissionUse(Base):
    """Since when a person holds a right, and when they last used it, to the day.

    The right `anyone` is their last sign-in.
    """

    __tablename__ = "permission_use"
    __about__ = _SECURITY
    __table_args__ = (schema(Domain.OPS, **WITHOUT_ROWID),)

    user_id: Mapped[str] = column(Holds.TECHNICAL, String(32), typed=True, primary_key=True)
    permission: Mapped[str] = column(Holds.TECHNICAL, String(64), typed=True, primary_key=True)
    held_since: Mapped[datetime] = column(Holds.TECHNICAL, UtcMillis)
    last_used_at: Mapped[datetime | None] = column(Holds.TECHNICAL, UtcMillis, default=None)


class AccessReview(Base):
    """A review: open until somebody signs it; then its document and its signature stay."""

    __tablename__ = "access_review"
    __about__ = _SECURITY
    __table_args__ = (schema(Domain.OPS),)

    id: Mapped[int] = column(Holds.TECHNICAL, Id, primary_key=True, autoincrement=False)
    opened_at: Mapped[datetime] = column(Holds.TECHNICAL, UtcMillis)
    opened_by: Mapped[str] = column(Holds.TECHNICAL, String(32), typed=True)
    closed_at: Mapped[datetime | None] = column(Holds.TECHNICAL, UtcMillis, default=None)
    closed_by: Mapped[str] = column(Holds.TECHNICAL, String(32), typed=True, default="")
    people: Mapped[int] = column(Holds.BUSINESS, BigInteger, default=0)
    removed: Mapped[int] = column(Holds.BUSINESS, BigInteger, default=0)
    sha256: Mapped[str] = column(Holds.TECHNICAL, String(64), typed=True, default="")
    signature: Mapped[str] = column(Holds.TECHNICAL, String(200), typed=True, default="")


class ReviewDecision(Base):
    """What was decided about one person in a review that is still open."""

    __tablename__ = "review_decision"
    __about__ = _ABOUT_A_USER
    __table_args__ = (schema(Domain.OFFICE, **WITHOUT_ROWID),)

    review_id: Mapped[int] = column(Holds.TECHNICAL, BigInteger, primary_key=True)
    user_id: Mapped[str] = column(Holds.TECHNICAL, String(32), typed=True, primary_key=True)
    decision: Mapped[Decision] = column(Holds.BUSINESS, Word(Decision))
    reason: Mapped[str] = column(Holds.PREFERENCE, String(1000), default="")
    decided_at: Mapped[datetime] = column(Holds.TECHNICAL, UtcMillis)
    decided_by: Mapped[str] = column(Holds.TECHNICAL, String(32), typed=True)


class ReviewPaper(Base):
    """The document of a closed review, word for word as `user_id` signed it."""

    __tablename__ = "review_paper"
    __about__ = _ABOUT_A_USER
    __table_args__ = (schema(Domain.OFFICE, **WITHOUT_ROWID),)

    review_id: Mapped[int] = column(Holds.TECHNICAL, BigInteger, primary_key=True)
    user_id: Mapped[str] = column(Holds.TECHNICAL, String(32), typed=True)
    document: Mapped[str] = column(Holds.IDENTITY, Text, typed=True)
