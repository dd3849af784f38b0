"""What a review of access shows and gives back."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from desktop_app.kernel.access import Domain, Permission
from desktop_app.kernel.words import Message


class Decision(StrEnum):
    """What becomes of a person's access."""

    KEEP = "keep"
    CHANGE = "change"
    REMOVE = "remove"


class Flag(StrEnum):
    """Why a person deserves a second look."""

    LEAVER = "leaver"
    NEVER = "never"
    SHARED_PIN = "shared_pin"
    UNUSED = "unused"
    UNUSED_RIGHTS = "unused_rights"


@dataclass(frozen=True, slots=True)
class RightUse:
    """A right somebody holds, when they last used it (None for never), and since when they hold it.

    `held_since` is None where they have not signed in since it was given to them.
    """

    permission: Permission
    last_used_at: datetime | None
    held_since: datetime | None = None


@dataclass(frozen=True, slots=True)
class PersonAccess:
    """What somebody may do and did with it, and what was decided.

    `mine` says that it is the reviewer's own row, which another owner has to decide if there is
    one.
    """

    user_id: str
    name: str
    role: str
    role_title: Message
    created_at: datetime
    last_sign_in: datetime | None
    rights: Sequence[RightUse]
    domains: frozenset[Domain]
    reads_trail: bool
    flags: frozenset[Flag]
    unused: Sequence[Permission]
    mine: bool = False
    decision: Decision | None = None
    reason: str = ""
    decided_by: str = ""


@dataclass(frozen=True, slots=True)
class ReviewRow:
    """A review in the list, newest first."""

    id: int
    opened_at: datetime
    opened_by: str
    closed_at: datetime | None
    closed_by: str
    people: int
    removed: int
    sha256: str


@dataclass(frozen=True, slots=True)
class Review:
    """A review with its people; a closed one as it was signed."""

    row: ReviewRow
    people: Sequence[PersonAccess]

    @property
    def undecided(self) -> Sequence[PersonAccess]:
        """Return the people nothing was decided about yet."""
        return [person for person in self.people if person.decision is None]


@dataclass(frozen=True, slots=True)
class ReviewState:
    """Where the restaurant stands: when the last review was, when the next is due."""

    last_closed_at: datetime | None
    due_at: datetime
    overdue_days: int
    open_id: int | None


@dataclass(frozen=True, slots=True)
class Signed:
    """A review that was signed, and whose access was taken away by it."""

    review_id: int
    sha256: str
    removed: Sequence[str]
    changed: Sequence[str]
