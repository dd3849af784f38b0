"""What the radar finds, and how sure it is."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from desktop_app.kernel.words import Message


class GapKind(StrEnum):
    """What the radar finds."""

    HOLE = "hole"
    REMOVED = "removed"
    LATE = "late"
    FLIP = "flip"
    SOON = "soon"
    AFTER = "after"
    CASH = "cash"
    LOOSE = "loose"
    EDITED = "edited"
    OFTEN = "often"
    CLOCK = "clock"


class Sure(StrEnum):
    """How sure it is that something is amiss."""

    CERTAIN = "certain"
    LIKELY = "likely"
    MAYBE = "maybe"


_SURE = {
    GapKind.HOLE: Sure.LIKELY,
    GapKind.FLIP: Sure.LIKELY,
    GapKind.SOON: Sure.MAYBE,
    GapKind.AFTER: Sure.MAYBE,
    GapKind.LOOSE: Sure.LIKELY,
}
"""How sure findings are; the others are certain."""


@dataclass(frozen=True, slots=True)
class Gap:
    """Something a manager should look at. `key` names it for good; money where it has a size."""

    day: int
    kind: GapKind
    key: str
    what: Message
    amount_minor: int = 0
    order_id: int | None = None
    own_sure: Sure | None = None
    seen_by: str = ""
    seen_at: datetime | None = None
    note: str = ""
    closed: bool = False

    @property
    def sure(self) -> Sure:
        """Return how sure it is that something is amiss."""
        return self.own_sure or _SURE.get(self.kind, Sure.CERTAIN)

    @property
    def noted(self) -> bool:
        """Tell whether somebody has written down what it is, and left it open."""
        return self.seen_at is not None and not self.closed

    @property
    def seen(self) -> bool:
        """Tell whether somebody has dealt with it."""
        return self.closed
