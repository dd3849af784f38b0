"""What can be done with the audit trail: reading it. Checking it is `verifying`'s."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import islice

from desktop_app.access.reading import event_row
from desktop_app.access.records import ChangeRow, EventFilter, EventRow
from desktop_app.access.verifying import verify_trail
from desktop_app.db.operation import command, query
from desktop_app.db.state_seals import SEAL
from desktop_app.db.trail_index import TrailFilter
from desktop_app.db.transaction import Transaction
from desktop_app.kernel.access import Permission
from desktop_app.kernel.clock import millis

__all__ = [
    "count_events",
    "get_changes",
    "list_events",
    "note_restore",
    "verify_trail",
]
EVERY_EVENT = EventFilter()


@command(Permission.USERS_MANAGE)
def note_restore(tx: Transaction, snapshot: str) -> None:
    """Enter into the trail that this store came back from a backup."""
    tx.about(f"snapshot {snapshot}")


@query(Permission.AUDIT_READ)
def list_events(
    tx: Transaction,
    wanted: EventFilter = EVERY_EVENT,
    *,
    before: int | None = None,
    skip: int = 0,
    limit: int = 100,
) -> Sequence[EventRow]:
    """Return events newest first, `skip` events after those from the number `before` on.

    NotAllowedError for somebody who does not hold the trail's key.
    """
    tx.trail.require()
    if wanted.everything:
        events = tx.trail_page(before, skip, limit)
        return [event_row(one) for one in tx.trail.opened(tx, events)]
    found = list(islice(_found(tx, wanted, before), skip, skip + limit))
    rows = {row[0]: row for row in tx.trail_numbered(found)}
    return [event_row(one) for one in tx.trail.opened(tx, [rows[seq] for seq in found])]


@query(Permission.AUDIT_READ)
def count_events(
    tx: Transaction, wanted: EventFilter = EVERY_EVENT, *, cap: int | None = None
) -> int:
    """Return how many events fit, at most `cap`; without a filter, how many the trail has."""
    tx.trail.require()
    if wanted.everything:
        found = tx.head()
        return found if cap is None else min(found, cap)
    return sum(1 for _ in islice(_found(tx, wanted, None), cap))


@query(Permission.AUDIT_READ)
def get_changes(tx: Transaction, seq: int) -> Sequence[ChangeRow]:
    """Return the changes of one event; not the seals of their rows, which say nothing to people."""
    tx.trail.require()
    found = list(tx.trail.opened(tx, tx.trail_rows(seq, seq)))
    if not found or found[0].content is None:
        return []
    changes = found[0].content.event.changes
    return [
        ChangeRow(c.table, c.row_id, c.action, {k: v for k, v in c.fields.items() if k != SEAL})
        for c in changes
    ]


def _found(tx: Transaction, wanted: EventFilter, before: int | None) -> Iterator[int]:
    said = TrailFilter(
        wanted.text.strip(),
        wanted.actor,
        wanted.operation,
        wanted.outcome,
        wanted.subject,
        None if wanted.first is None else millis(wanted.first),
        None if wanted.end is None else millis(wanted.end),
    )
    return tx.trail.find(tx, said, before)
