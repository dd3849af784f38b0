"""What the access slice gives to the outside."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from desktop_app.kernel.access import Limit, Permission
from desktop_app.kernel.words import Message


@dataclass(frozen=True, slots=True)
class UserRow:
    """Somebody who may (or might once) sign in."""

    name: str
    role: str
    role_title: Message
    created_at: datetime
    removed_at: datetime | None
    id: str = ""
    venues: tuple[int, ...] | None = None


@dataclass(frozen=True, slots=True)
class EventFilter:
    """Which events of the trail are wanted; empty fields are for any.

    `text` begins actor or operation, or stands in the subject; the others are exact. `end` is the
    first moment that is too late.
    """

    text: str = ""
    operation: str = ""
    outcome: str = ""
    actor: str = ""
    subject: str = ""
    first: datetime | None = None
    end: datetime | None = None

    @property
    def everything(self) -> bool:
        """Tell whether there is no filter."""
        return self == EventFilter()


@dataclass(frozen=True, slots=True)
class Rights:
    """What somebody may do. `limits` are the numbers up to which alone; `venues` None for all."""

    name: str
    role: str
    role_title: Message
    permissions: frozenset[Permission]
    limits: Mapping[Limit, int]
    venues: frozenset[int] | None = None


@dataclass(frozen=True, slots=True)
class EventRow:
    """One line of the audit trail. `way` is how the actor had signed in."""

    seq: int
    at: datetime
    actor: str
    role: str
    operation: str
    outcome: str
    subject: str
    detail: Mapping[str, Any]
    changes: int
    hash: str
    way: str = ""
    device: str = ""
    signed: bool = False


@dataclass(frozen=True, slots=True)
class ChangeRow:
    """One change of an event; personal values are not in the trail."""

    table: str
    row_id: str
    action: str
    fields: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Checkpoint:
    """An event up to which somebody has signed the trail."""

    seq: int
    at: datetime
    by: str


@dataclass(frozen=True, slots=True)
class TrailReport:
    """What checking the trail found. `broken_at` is the first event that does not fit, and `why`.

    `checkpoint` is the last good signature before that; `emptied` counts events whose contents were
    lawfully taken away.
    """

    ok: bool
    events: int
    head: str
    broken_at: int | None
    why: Message | None = None
    checkpoint: Checkpoint | None = None
    signatures: int = 0
    emptied: int = 0


@dataclass(frozen=True, slots=True)
class SignedIn:
    """A session that began, and when the same person signed in before it."""

    session_id: int
    before: datetime | None


@dataclass(frozen=True, slots=True)
class SessionRow:
    """Somebody signed in on a computer; `ended_at` is None while it goes on."""

    id: int
    user: str
    way: str
    device: str
    program: str
    started_at: datetime
    ended_at: datetime | None
    ended_by: str
