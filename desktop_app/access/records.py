"""What the access slice gives to the outside."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from desktop_app.db.trail import Fault
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
class Anchor:
    """Something outside the trail that remembers how far it had come, and whether it fits.

    `where` says what remembers it; `at` is None where that is not known.
    """

    seq: int
    head: str
    where: Message
    at: datetime | None = None
    fits: bool = True
    outside: bool = False
    """Whether it lies outside the computer, where a change here does not reach."""


@dataclass(frozen=True, slots=True)
class TrailReport:
    """What checking the trail found. `broken_at` is the first event that does not fit, and `why`.

    `claims` is what that event says of itself. `checkpoint` is the last good signature before it;
    `emptied` counts events whose contents were lawfully taken away.
    """

    ok: bool
    events: int
    head: str
    broken_at: int | None
    fault: Fault | None = None
    why: Message | None = None
    checkpoint: Checkpoint | None = None
    signatures: int = 0
    emptied: int = 0
    anchors: Sequence[Anchor] = ()
    claims: EventRow | None = None
    rows_checked: int = 0

    @property
    def anchored(self) -> Anchor | None:
        """Return the newest anchor that fits, one outside the computer before any other."""
        good = [anchor for anchor in self.anchors if anchor.fits]
        return max(good, key=lambda one: (one.outside, one.seq), default=None)


@dataclass(frozen=True, slots=True)
class TailReport:
    """What looking at the end of the trail found."""

    ok: bool
    broken_at: int | None = None
    fault: Fault | None = None
    said: Message | None = None

    @property
    def notices(self) -> list[Message]:
        """Return what the person should know."""
        return [] if self.said is None else [self.said]


@dataclass(frozen=True, slots=True)
class ExportedTrail:
    """A trail that was written to a file."""

    file: Path
    events: int
    sha256: str


@dataclass(frozen=True, slots=True)
class AnchorCheck:
    """What became of an anchor that somebody typed; `at` is when its event was written."""

    seq: int
    fits: bool
    said: Message
    at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Alarm:
    """An alarm of the trail and who has signed it off so far."""

    id: int
    at: datetime
    seq: int
    fault: Fault
    why: Message
    signatures: Sequence[AlarmSignature] = ()
    needs: Message | None = None


@dataclass(frozen=True, slots=True)
class AlarmSignature:
    """Somebody's word on an alarm."""

    name: str
    role: str
    reason: str
    at: datetime


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
