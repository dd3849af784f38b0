"""What requests for a second person look like from outside."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from desktop_app.kernel.access import Limit
from desktop_app.kernel.deeds import Deed
from desktop_app.kernel.words import Message


class State(StrEnum):
    """How far a request is. `expired` is never stored: the clock says it."""

    WAITING = "waiting"
    APPROVED = "approved"
    REFUSED = "refused"
    EXPIRED = "expired"
    CANCELLED = "cancelled"
    DONE = "done"


@dataclass(frozen=True, slots=True)
class Filed:
    """A request that has been filed."""

    id: int
    expires_at: datetime
    approvers: Sequence[str]


@dataclass(frozen=True, slots=True)
class RequestRow:
    """A request as a list shows it. `for_me` where the person signed in may decide it."""

    id: int
    operation: str
    deed: str
    requester: str
    asked_at: datetime
    expires_at: datetime
    state: State
    decided_by: str
    decided_at: datetime | None
    done_at: datetime | None
    mine: bool
    for_me: bool


@dataclass(frozen=True, slots=True)
class RequestSheet:
    """Everything about one request: what exactly, with which values, why, and what was answered.

    `arguments` is empty for somebody to whom it is not addressed.
    """

    row: RequestRow
    what: Message
    arguments: Sequence[tuple[str, str]]
    limits: Mapping[Limit, int]
    reason: str
    answer: str
    readable: bool


@dataclass(frozen=True, slots=True)
class Wanted:
    """An approved call, to be made now and exactly like this."""

    operation: str
    arguments: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class FourEyesRow:
    """Whether a deed needs a second person, and who could be one for the person signed in."""

    deed: Deed
    on: bool
    others: Sequence[str]

    @property
    def alone(self) -> bool:
        """Tell whether it is on, and there is nobody who could be asked."""
        return self.on and not self.others


@dataclass(frozen=True, slots=True)
class ApprovalsReport:
    """What checking the decided requests found; `wrong` says which and why."""

    checked: int
    wrong: Sequence[tuple[int, Message]]

    @property
    def ok(self) -> bool:
        """Tell whether every one of them is genuine."""
        return not self.wrong
