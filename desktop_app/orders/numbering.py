"""Receipt numbers: running, by month and by business day, each without a hole."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from sqlalchemy import select

from desktop_app.db.transaction import Transaction
from desktop_app.orders.tables import ReceiptCounter

RUNNING = 0
"""The span of the numbers that never begin anew."""
_DAYS = 100
_CHUNK = 500


@dataclass(slots=True)
class Numbering:
    """Hands out the numbers of one venue's receipts within one transaction.

    `grown` says by how much; whoever writes the receipts adds it to the counters.
    """

    venue_id: int
    _before: Mapping[int, int] = field(default_factory=dict)
    _newest: dict[int, int] = field(default_factory=dict)

    @classmethod
    def read(cls, tx: Transaction, venue_id: int, days: Iterable[int]) -> Numbering:
        """Return the counters of a venue for receipts of these business days."""
        every = set(days)
        spans = sorted({RUNNING, *every, *(day // _DAYS for day in every)})
        newest = dict.fromkeys(spans, 0)
        for start in range(0, len(spans), _CHUNK):
            known = select(ReceiptCounter.span, ReceiptCounter.newest_no).where(
                ReceiptCounter.venue_id == venue_id,
                ReceiptCounter.span.in_(spans[start : start + _CHUNK]),
            )
            newest.update(tx.pairs(known))
        return cls(venue_id, newest, dict(newest))

    def next(self, day: int) -> tuple[int, int, int]:
        """Return the next running, daily and monthly number of a business day."""
        newest, month = self._newest, day // _DAYS
        running = newest[RUNNING] = newest[RUNNING] + 1
        daily = newest[day] = newest[day] + 1
        monthly = newest[month] = newest[month] + 1
        return running, daily, monthly

    def grown(self) -> Mapping[tuple[int, int], tuple[int]]:
        """Return by how much the counters grew, by venue and span."""
        grown = {span: newest - self._before[span] for span, newest in self._newest.items()}
        return {(self.venue_id, span): (by,) for span, by in grown.items() if by}
