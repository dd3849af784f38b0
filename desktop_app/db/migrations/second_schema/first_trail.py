"""The trail of the first release as it was hashed: frozen, to check what is carried over."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa
from sqlalchemy import Connection

START = "0" * 64
_CHUNK = 2000


@dataclass(frozen=True, slots=True)
class OldEvent:
    """An event of the first release with its changes; `fits` tells whether the chain was whole."""

    seq: int
    at: int
    actor: str
    role: str
    operation: str
    outcome: str
    subject: str
    detail: dict[str, Any]
    hash: str
    changes: list[tuple[str, str, str, dict[str, Any]]]
    fits: bool


def old_events(connection: Connection, events: sa.Table, changes: sa.Table) -> Iterator[OldEvent]:
    """Yield the events in order, each checked against the one before it."""
    previous, last = START, 0
    while True:
        wanted = sa.select(events).where(events.c.seq > last).order_by(events.c.seq).limit(_CHUNK)
        rows = connection.execute(wanted).all()
        if not rows:
            return
        touched = _changes(connection, changes, rows[0].seq, rows[-1].seq)
        for row in rows:
            own = touched.get(row.seq, [])
            fits = row.seq == last + 1 and row.previous == previous and row.hash == _hash(row, own)
            yield OldEvent(
                row.seq, row.at, row.actor, row.role, row.operation, row.outcome, row.subject,
                row.detail, row.hash, own, fits,
            )  # fmt: skip
            previous, last = row.hash, row.seq


def _changes(
    connection: Connection, table: sa.Table, first: int, last: int
) -> dict[int, list[tuple[str, str, str, dict[str, Any]]]]:
    wanted = (
        sa.select(table)
        .where(table.c.event_seq >= first, table.c.event_seq <= last)
        .order_by(table.c.event_seq, table.c.change_no)
    )
    found: dict[int, list[tuple[str, str, str, dict[str, Any]]]] = {}
    for row in connection.execute(wanted):
        change = (row.table, row.row_id, row.action, row.fields)
        found.setdefault(row.event_seq, []).append(change)
    return found


def _hash(row: Any, changes: list[tuple[str, str, str, dict[str, Any]]]) -> str:
    parts = [
        row.previous, str(row.seq), str(row.at), row.actor, row.role, row.operation, row.outcome,
        row.subject, _canonical(row.detail),
        *(part for one in changes for part in (*one[:3], _canonical(one[3]))),
    ]  # fmt: skip
    sha = hashlib.sha256(b"trail/v1")
    for part in parts:
        raw = part.encode()
        sha.update(len(raw).to_bytes(8, "big"))
        sha.update(raw)
    return sha.hexdigest()


def _canonical(detail: dict[str, Any]) -> str:
    return json.dumps(detail, sort_keys=True, separators=(",", ":"), ensure_ascii=True)
