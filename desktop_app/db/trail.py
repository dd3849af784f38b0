"""The hash chain of the audit trail, and what an event says before it is sealed."""

from __future__ import annotations

import hashlib
import json
import struct
import zlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

START = bytes(32)
LABEL = b"trail/v2"
PARTS = struct.Struct(">Q32sQQQqQ16sQ32sQB")
_LONG = 1024
_PLAIN, _PACKED = b"\0", b"\1"
IMPORT = "import"
"""What a change of many rows is called, of which only seals are kept."""


class Fault(StrEnum):
    """What does not fit in a trail."""

    MISSING = "missing"
    ORDER = "order"
    CONTENT = "content"
    FACTS = "facts"
    SIGNATURE = "signature"
    STRANGER = "stranger"
    SHUT = "shut"
    NAME = "name"
    CUT_OFF = "cut_off"
    REWRITTEN = "rewritten"
    ROWS = "rows"


@dataclass(frozen=True, slots=True)
class Change:
    """One row, or one bulk of rows, touched in a transaction."""

    table: str
    row_id: str
    action: str
    fields: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Event:
    """What happened: an operation and what became of it."""

    operation: str
    outcome: str
    subject: str = ""
    detail: Mapping[str, Any] = field(default_factory=dict)
    changes: Sequence[Change] = ()


@dataclass(frozen=True, slots=True)
class Content:
    """An event as it is sealed: what happened, who did it, how they had signed in, where.

    `way` is password, pin or recovery key; `mono_ms` and `boot` are the computer's uptime clock,
    which nobody sets; `before` is the hash an event carried in a trail of the first release.
    """

    event: Event
    actor: str
    user_id: str
    role: str
    way: str = ""
    device: str = ""
    mono_ms: int = 0
    boot: str = ""
    before: str = ""


def chained(
    previous: bytes, seq: int, at_ms: int, session: bytes, content_hash: bytes, signed: int
) -> bytes:
    """Return the hash of a row: length-prefixed parts, so that no two rows encode alike.

    `signed` is 1 where the row carries a signature, so that none can be taken away.
    """
    parts = PARTS.pack(
        32, previous, 8, seq, 8, at_ms, 16, session, 32, content_hash, 1, signed
    )  # fmt: skip
    return hashlib.sha256(LABEL + parts).digest()


def canonical(detail: Mapping[str, Any]) -> str:
    """Return JSON that is the same for equal content."""
    return json.dumps(detail, sort_keys=True, separators=(",", ":"), ensure_ascii=True)


def encoded(content: Content) -> bytes:
    """Return a content as it is sealed: JSON, compressed where it is long."""
    event = content.event
    said: dict[str, Any] = {
        "actor": content.actor,
        "by": content.user_id,
        "role": content.role,
        "way": content.way,
        "device": content.device,
        "mono": content.mono_ms,
        "boot": content.boot,
        "operation": event.operation,
        "outcome": event.outcome,
        "subject": event.subject,
        "detail": event.detail,
        "changes": [[c.table, c.row_id, c.action, c.fields] for c in event.changes],
    }
    if content.before:
        said["before"] = content.before
    plain = canonical(said).encode()
    if len(plain) <= _LONG:
        return _PLAIN + plain
    if any(change.action == IMPORT for change in event.changes):
        # Marks of seals, which nothing repeats: this is a fifth of the work, and shorter.
        packer = zlib.compressobj(strategy=zlib.Z_HUFFMAN_ONLY)
        return _PACKED + packer.compress(plain) + packer.flush()
    return _PACKED + zlib.compress(plain)


def decoded(plain: bytes) -> Content:
    """Return the content of what was sealed; ValueError for anything else."""
    body = zlib.decompress(plain[1:]) if plain[:1] == _PACKED else plain[1:]
    try:
        said = json.loads(body)
        event = Event(
            said["operation"],
            said["outcome"],
            said["subject"],
            said["detail"],
            [Change(*change) for change in said["changes"]],
        )
        return Content(
            event, said["actor"], said["by"], said["role"], said["way"], said["device"],
            said["mono"], said["boot"], said.get("before", ""),
        )  # fmt: skip
    except (KeyError, TypeError, zlib.error) as error:
        raise ValueError from error
