"""Tables of the card-number tripwire."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import BigInteger, String
from sqlalchemy.orm import Mapped

from desktop_app.db.base import About, Base, Basis, Holds, Keep, Purpose, column, schema
from desktop_app.db.types import Id, UtcMillis
from desktop_app.kernel.access import Domain


class CardScan(Base):
    """A scan of the whole store for card numbers: when, by whom, how much, how many found.

    `masked` of those found were masked, `allowed` were let stand by somebody with the right;
    `closed_tables` lay in parts of the store that this person may not open.
    """

    __tablename__ = "card_scan"
    __about__ = About(Purpose.SECURITY, Basis.LEGITIMATE_INTEREST, Keep.WHILE_USED)
    __table_args__ = (schema(Domain.OPS),)

    id: Mapped[int] = column(Holds.TECHNICAL, Id, primary_key=True, autoincrement=False)
    at: Mapped[datetime] = column(Holds.TECHNICAL, UtcMillis)
    actor: Mapped[str] = column(Holds.BUSINESS, String(200))
    tables: Mapped[int] = column(Holds.BUSINESS, BigInteger)
    rows: Mapped[int] = column(Holds.BUSINESS, BigInteger)
    cells: Mapped[int] = column(Holds.BUSINESS, BigInteger)
    found: Mapped[int] = column(Holds.BUSINESS, BigInteger)
    masked: Mapped[int] = column(Holds.BUSINESS, BigInteger)
    allowed: Mapped[int] = column(Holds.BUSINESS, BigInteger)
    closed_tables: Mapped[int] = column(Holds.BUSINESS, BigInteger)
