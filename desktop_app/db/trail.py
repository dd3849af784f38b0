"""The hash chain of the audit trail: each event covers its changes and the event before it."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from desktop_app.kernel.clock import millis

START = "0" * 64


@dataclass(frozen=True, slots=True)
class Change:
    """One row, or one bulk of rows, touched in a transaction."""

    table: str
    row_id: str
    action: str
    fields: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Event:
    """What happened, as it is hashed."""

    seq: int
    at: datetime
    actor: str
    role: str
    operation: str
    outcome: str
    subject: str
    detail: Mapping[str, Any]


def digest(event: Event, changes: Iterable[Change], previous: str) -> str:
    """Return the SHA-256 of an event: length-prefixed parts, so that no two encode alike."""
    sha = hashlib.sha256(b"trail/v1")
    for part in _parts(event, changes, previous):
        raw = part.encode()
        sha.update(len(raw).to_bytes(8, "big"))
        sha.update(raw)
    return sha.hexdigest()


def _parts(event: Event, changes: Iterable[Change], previous: str) -> Sequence[str]:
    return [
        previous,
        str(event.seq),
        str(millis(event.at)),
        event.actor,
        event.role,
        event.operation,
        event.outcome,
        event.subject,
        canonical(event.detail),
        *(
            part
            for change in changes
            for part in (change.table, change.row_id, change.action, canonical(change.fields))
        ),
    ]


def canonical(detail: Mapping[str, Any]) -> str:
    """Return JSON that is the same for equal content."""
    return json.dumps(detail, sort_keys=True, separators=(",", ":"), ensure_ascii=True)
