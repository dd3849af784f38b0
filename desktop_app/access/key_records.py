"""What is said about new keys."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from desktop_app.kernel.roles import RoleFacts
from desktop_app.kernel.words import Message
from desktop_app.vault.recovery import RecoveryCode


@dataclass(frozen=True, slots=True)
class NewKey:
    """A domain (or `trail`) under a new key: versions, bytes written anew, seconds it took."""

    domain: str
    old: int
    new: int
    size: int
    seconds: float


@dataclass(frozen=True, slots=True)
class NewKeys:
    """What was locked anew; `owed` what could not be, and `trouble` why."""

    keys: Sequence[NewKey] = ()
    owed: Sequence[str] = ()
    trouble: Message | None = None


@dataclass(frozen=True, slots=True)
class SavedRole:
    """A role as it is stored now, and what its people lost and was locked anew."""

    role: RoleFacts
    keys: NewKeys


@dataclass(frozen=True, slots=True)
class NewRoot:
    """A new recovery key, with the new keys where there is a new root. The code is shown once."""

    keys: NewKeys
    code: RecoveryCode = field(repr=False)
    recovery_key_id: str
    old_recovery_key_id: str
    fingerprint: str

    @property
    def root_fingerprint(self) -> str:
        """Return the fingerprint, as the key file calls it."""
        return self.fingerprint
