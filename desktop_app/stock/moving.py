"""How stock moves: the one place that writes moves, levels and months, in one transaction."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from sqlalchemy import select

from desktop_app.db.transaction import Transaction
from desktop_app.kernel.clock import millis
from desktop_app.menu.rules import rounded
from desktop_app.stock.kinds import MoveKind
from desktop_app.stock.rules import Level, added, put_back, taken
from desktop_app.stock.tables import StockDay, StockLevel, StockMonth, StockMove

_MOVE = (
    "id", "venue_id", "storage_id", "product_id", "at", "business_date", "kind", "document_id",
    "quantity", "cost_minor",
)  # fmt: skip
_CHUNK = 500
Place = tuple[int, int]
"""A storage and a product."""


@dataclass(frozen=True, slots=True)
class Counted:
    """When a product was last counted in a storage: milliseconds and business day, 0 for never."""

    at: int = 0
    business_date: int = 0

    @classmethod
    def when(cls, at: datetime, business_date: int) -> Counted:
        """Return a count of a moment."""
        return cls(millis(at), business_date)


@dataclass(frozen=True, slots=True)
class Cause:
    """Why and when stock moves."""

    kind: MoveKind
    at: datetime
    business_date: int
    document_id: int | None = None


_NEVER = Counted()
_NOTHING = Level()


@dataclass(slots=True)
class Mover:
    """Moves stock of some products of a venue; `flush` writes it all at once.

    Costs are computed in the order in which papers are entered, not in that of their dates.
    """

    venue_id: int
    levels: dict[Place, Level] = field(default_factory=dict)
    counted: dict[Place, Counted] = field(default_factory=dict)
    _before: dict[Place, tuple[Level, Counted]] = field(default_factory=dict)
    _rows: list[tuple[Any, ...]] = field(default_factory=list)

    @classmethod
    def read(
        cls, tx: Transaction, venue_id: int, storages: Iterable[int], products: Iterable[int]
    ) -> Mover:
        """Return one that knows what lies of these products in these storages."""
        own = cls(venue_id)
        places, numbers = sorted(set(storages)), sorted(set(products))
        for start in range(0, len(numbers), _CHUNK):
            found = select(
                StockLevel.storage_id, StockLevel.product_id, StockLevel.quantity,
                StockLevel.value_minor, StockLevel.last_quantity, StockLevel.last_minor,
                StockLevel.counted_at, StockLevel.counted_date,
            ).where(
                StockLevel.storage_id.in_(places),
                StockLevel.product_id.in_(numbers[start : start + _CHUNK]),
            )  # fmt: skip
            for storage, product, *level, at, day in tx.rows(found):
                own.levels[storage, product] = Level(*level)
                own.counted[storage, product] = Counted(at, day)
        own._before = {place: (level, own.counted[place]) for place, level in own.levels.items()}
        return own

    def level(self, place: Place) -> Level:
        """Return what lies in a place."""
        return self.levels.get(place, _NOTHING)

    def take(self, place: Place, quantity: int, cause: Cause) -> int:
        """Take `quantity` (above 0) out of a place, and return what it was worth."""
        self.levels[place], cost = taken(self.level(place), quantity)
        self._enter(place, cause, -quantity, -cost)
        return cost

    def add(self, place: Place, quantity: int, cost_minor: int, cause: Cause) -> None:
        """Bring `quantity` (above 0) to a place at a cost."""
        self.levels[place], revalued = added(self.level(place), quantity, cost_minor)
        self._enter(place, cause, quantity, cost_minor)
        self._revalue(place, cause, revalued)

    def put_back(self, place: Place, quantity: int, cost_minor: int, cause: Cause) -> None:
        """Bring back what was taken, at what it was taken for; `quantity` is above 0."""
        self.levels[place], revalued = put_back(self.level(place), quantity, cost_minor)
        self._enter(place, cause, quantity, cost_minor)
        self._revalue(place, cause, revalued)

    def take_at(self, place: Place, quantity: int, cost_minor: int, cause: Cause) -> None:
        """Take out what had come in by mistake, at what it had come in for."""
        level = self.level(place)
        left, value = level.quantity - quantity, level.value_minor - cost_minor
        revalued = -value if left == 0 else 0
        self.levels[place] = replace(level, quantity=left, value_minor=value + revalued)
        self._enter(place, cause, -quantity, -cost_minor)
        self._revalue(place, cause, revalued)

    def note_count(self, place: Place, at: datetime, business_date: int) -> None:
        """Remember when a product was counted."""
        if millis(at) > self.counted.get(place, _NEVER).at:
            self.levels.setdefault(place, _NOTHING)
            self.counted[place] = Counted(millis(at), business_date)

    def count_again(self, place: Place, count: Counted) -> None:
        """Let an older count be the last one, where a newer was taken back."""
        self.levels.setdefault(place, _NOTHING)
        self.counted[place] = count

    def price_again(self, place: Place, quantity: int, cost_minor: int, cause: Cause) -> None:
        """Let `quantity` for `cost_minor` be the last price, as a mistaken one was taken back.

        What lies there is revalued by it only where it would be worth less than nothing.
        """
        level = self.level(place)
        revalued = 0
        if level.quantity > 0 and level.value_minor < 0:
            worth = rounded(cost_minor * level.quantity, quantity) if quantity else 0
            revalued = worth - level.value_minor
        self.levels[place] = replace(
            level,
            value_minor=level.value_minor + revalued,
            last_quantity=quantity,
            last_minor=cost_minor,
        )
        self._revalue(place, cause, revalued)

    def last_count(self, place: Place) -> Counted:
        """Return when a product was counted last."""
        return self.counted.get(place, _NEVER)

    def _revalue(self, place: Place, cause: Cause, value: int) -> None:
        if value:
            self._enter(place, replace(cause, kind=MoveKind.REVALUED), 0, value)

    def _enter(self, place: Place, cause: Cause, quantity: int, cost: int) -> None:
        self._rows.append(
            (
                self.venue_id, *place, millis(cause.at), cause.business_date, str(cause.kind),
                cause.document_id, quantity, cost,
            )
        )  # fmt: skip

    def flush(self, tx: Transaction) -> None:
        """Write the moves, and what they make of the levels and the months."""
        numbers = tx.ids.take(len(self._rows))
        rows = [(id_, *row) for id_, row in zip(numbers, self._rows, strict=True)]
        tx.import_rows(StockMove, _MOVE, rows)
        months: dict[tuple[int, ...], list[int]] = {}
        days: dict[tuple[int, ...], list[int]] = {}
        for _venue, storage, product, _at, day, _kind, _paper, quantity, cost in self._rows:
            for found, period in ((months, day // 100), (days, day)):
                sums = found.setdefault((storage, product, period), [0, 0])
                sums[0] += quantity
                sums[1] += cost
        tx.add_to_sums(StockMonth, months)
        tx.add_to_sums(StockDay, days)
        tx.add_to_sums(StockLevel, self._growth())
        self._rows.clear()
        self._before = {
            place: (level, self.last_count(place)) for place, level in self.levels.items()
        }

    def _growth(self) -> dict[tuple[int, ...], Sequence[int]]:
        """Return by how much each column of a level grew: levels are kept like other sums."""
        grown: dict[tuple[int, ...], Sequence[int]] = {}
        for place, level in self.levels.items():
            old, old_count = self._before.get(place, (_NOTHING, _NEVER))
            count = self.last_count(place)
            if (level, count) == (old, old_count) and place in self._before:
                continue
            grown[place] = (
                level.quantity - old.quantity,
                level.value_minor - old.value_minor,
                level.last_quantity - old.last_quantity,
                level.last_minor - old.last_minor,
                count.at - old_count.at,
                count.business_date - old_count.business_date,
            )
        return grown
