"""What can be done with the audit trail."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import ColumnElement, func, select

from desktop_app.access.records import ChangeRow, EventRow, TrailReport
from desktop_app.db.audit_tables import AuditChange, AuditEvent
from desktop_app.db.operation import Job, command, query, task
from desktop_app.db.trail import START, Change, Event, digest
from desktop_app.db.transaction import Transaction
from desktop_app.kernel.access import Permission
from desktop_app.kernel.words import msg

_CHECK_CHUNK = 2000


@command(Permission.ANYONE)
def note_sign_in(tx: Transaction, way: str) -> None:
    """Enter into the trail that the actor signed in, by `password` or `recovery key`."""
    tx.about(f"user {tx.actor.name}", way=way)


@command(Permission.USERS_MANAGE)
def note_restore(tx: Transaction, snapshot: str) -> None:
    """Enter into the trail that this store came back from a backup."""
    tx.about(f"snapshot {snapshot}")


@query(Permission.AUDIT_READ)
def list_events(
    tx: Transaction,
    *,
    text: str = "",
    operation: str = "",
    outcome: str = "",
    before: int | None = None,
    skip: int = 0,
    limit: int = 100,
) -> Sequence[EventRow]:
    """Return events newest first, `skip` events after those from the number `before` on.

    `text` begins actor or operation; `operation` and `outcome` are exact, empty for any.
    """
    changes = (
        select(func.count())
        .where(AuditChange.event_seq == AuditEvent.seq)
        .correlate(AuditEvent)
        .scalar_subquery()
    )
    wanted = select(AuditEvent, changes).where(*_fitting(text, operation, outcome))
    if before is not None:
        wanted = wanted.where(AuditEvent.seq < before)
    ordered = wanted.order_by(AuditEvent.seq.desc()).offset(skip).limit(limit)
    return [_event_row(event, count) for event, count in tx.rows(ordered)]


@query(Permission.AUDIT_READ)
def count_events(
    tx: Transaction,
    *,
    text: str = "",
    operation: str = "",
    outcome: str = "",
    cap: int | None = None,
) -> int:
    """Return how many events fit, at most `cap`; without a filter, how many the trail has."""
    conditions = _fitting(text, operation, outcome)
    if not conditions:
        found = int(tx.scalar(select(func.max(AuditEvent.seq))) or 0)
        return found if cap is None else min(found, cap)
    fitting = select(AuditEvent.seq).where(*conditions).limit(cap).subquery()
    return int(tx.scalar(select(func.count()).select_from(fitting)))


@query(Permission.AUDIT_READ)
def get_changes(tx: Transaction, seq: int) -> Sequence[ChangeRow]:
    """Return the changes of one event."""
    wanted = select(AuditChange).where(AuditChange.event_seq == seq)
    found = tx.objects(wanted.order_by(AuditChange.change_no))
    return [ChangeRow(c.table, c.row_id, c.action, c.fields) for c in found]


@task(Permission.AUDIT_READ)
def verify_trail(job: Job) -> TrailReport:
    """Compute the whole chain again and say where it first does not fit."""
    job.progress.stage(msg("Checking the audit trail"))
    previous, expected = START, 1
    while True:
        with job.reading() as tx:
            events = tx.objects(
                select(AuditEvent)
                .where(AuditEvent.seq >= expected)
                .order_by(AuditEvent.seq)
                .limit(_CHECK_CHUNK)
            )
            changes = _changes_between(tx, expected, events[-1].seq) if events else {}
        if not events:
            return TrailReport(True, expected - 1, previous, None)  # noqa: FBT003
        for event in events:
            own = digest(_as_hashed(event), changes.get(event.seq, ()), previous)
            if event.seq != expected or event.previous != previous or event.hash != own:
                return TrailReport(False, expected - 1, previous, expected)  # noqa: FBT003
            previous, expected = own, expected + 1
        job.progress.advance(len(events))


def _fitting(text: str, operation: str, outcome: str) -> list[ColumnElement[bool]]:
    found: list[ColumnElement[bool]] = []
    if begin := text.strip():
        found.append(
            AuditEvent.actor.startswith(begin, autoescape=True)
            | AuditEvent.operation.startswith(begin, autoescape=True)
        )
    if operation:
        found.append(AuditEvent.operation == operation)
    if outcome:
        found.append(AuditEvent.outcome == outcome)
    return found


def _changes_between(tx: Transaction, first: int, last: int) -> dict[int, list[Change]]:
    wanted = (
        select(AuditChange)
        .where(AuditChange.event_seq >= first, AuditChange.event_seq <= last)
        .order_by(AuditChange.event_seq, AuditChange.change_no)
    )
    found: dict[int, list[Change]] = {}
    for c in tx.objects(wanted):
        change = Change(c.table, c.row_id, c.action, c.fields)
        found.setdefault(c.event_seq, []).append(change)
    return found


def _as_hashed(event: AuditEvent) -> Event:
    return Event(
        event.seq, event.at, event.actor, event.role, event.operation, event.outcome,
        event.subject, event.detail,
    )  # fmt: skip


def _event_row(event: AuditEvent, changes: int) -> EventRow:
    return EventRow(
        event.seq, event.at, event.actor, event.role, event.operation, event.outcome,
        event.subject, event.detail, changes, event.hash,
    )  # fmt: skip
