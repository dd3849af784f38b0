"""What a scan for card numbers tells; never the digits."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class FoundCard:
    """A place with card data: the row's key as text, and what may be shown of it."""

    table: str
    column: str
    row_id: str
    masked: str


@dataclass(frozen=True, slots=True)
class CardScanRow:
    """A scan that was made."""

    at: datetime
    actor: str
    tables: int
    rows: int
    cells: int
    found: int
    masked: int
    allowed: int
    closed_tables: int

    @property
    def left(self) -> int:
        """Return how many numbers are still in the store."""
        return self.found - self.masked


@dataclass(frozen=True, slots=True)
class CardScanReport:
    """A scan with its places (the first `PLACES_SHOWN`), and the tables it could not look into."""

    summary: CardScanRow
    places: Sequence[FoundCard]
    closed: Sequence[str]


PLACES_SHOWN = 1_000
