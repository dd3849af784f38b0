"""What the backup slice gives to and takes from the outside."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from desktop_app.kernel.words import Message


@dataclass(frozen=True, slots=True)
class TargetRow:
    """A place for backups and what is known of it. Times are None where nothing happened yet."""

    id: int
    name: str
    url: str
    last_run_at: datetime | None
    last_run_ok: bool
    last_good_at: datetime | None
    last_verified_at: datetime | None


@dataclass(frozen=True, slots=True)
class RecoveryKey:
    """Which recovery key opens the backups, and the store's fingerprint beside it on the sheet."""

    id: str
    fingerprint: str


@dataclass(frozen=True, slots=True)
class RunResult:
    """What one backup did."""

    target: str
    snapshot: str
    bytes_added: int
    seconds: float
    rows: int


@dataclass(frozen=True, slots=True)
class SnapshotRow:
    """One backup that can be restored."""

    id: str
    at: datetime
    target: str
    bytes: int
    rows: int
    base: bool
    device: str
    recovery_key_id: str = ""


@dataclass(frozen=True, slots=True)
class SnapshotList:
    """The backups of every target that answered, oldest first, and why others did not."""

    rows: Sequence[SnapshotRow]
    unreachable: Sequence[Message]


@dataclass(frozen=True, slots=True)
class FoundProblem:
    """Something wrong in a backup folder."""

    target: str
    place: str
    message: Message
    snapshots: Sequence[str]


@dataclass(frozen=True, slots=True)
class Verification:
    """What checking the backups found; no problems means all is well."""

    problems: Sequence[FoundProblem]
    snapshots: int
    objects: int
    bytes: int
    seconds: float
