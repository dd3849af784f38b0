"""What the access slice gives to the outside."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

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
class EventRow:
    """One line of the audit trail."""

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


@dataclass(frozen=True, slots=True)
class ChangeRow:
    """One change of an event; personal values are not in the trail."""

    table: str
    row_id: str
    action: str
    fields: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class TrailReport:
    """What checking the trail found. `broken_at` is the first event that does not fit."""

    ok: bool
    events: int
    head: str
    broken_at: int | None
