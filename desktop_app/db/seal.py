"""Close a transaction: write its audit event, its changes and the new row counts."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, desc, select

from desktop_app.db.audit_tables import AuditChange, AuditEvent, RowCount
from desktop_app.db.base import Base
from desktop_app.db.bulk import insert_rows, upsert_sums
from desktop_app.db.store import Store
from desktop_app.db.trail import START, Change, Event, canonical, digest
from desktop_app.db.transaction import AuditedSession
from desktop_app.kernel.access import Actor, Permission
from desktop_app.kernel.clock import millis

DONE, REFUSED = "done", "refused"
_EVENT = AuditEvent.__table__
_EVENT_COLUMNS = tuple(column.name for column in _EVENT.columns)
_CHANGE_COLUMNS = tuple(column.name for column in AuditChange.__table__.columns)


def seal(session: AuditedSession, actor: Actor, operation: str, at: datetime) -> frozenset[str]:
    """Write the audit rows of this transaction and return the names of touched tables."""
    session.flush()
    connection = session.connection()
    write_event(
        connection,
        Event(0, at, actor.name, actor.role, operation, DONE, session.subject, session.detail),
        session.changes,
    )
    counted = {
        (name,): (grown,) for name, grown in session.grown.items() if grown and not is_derived(name)
    }
    if counted:
        upsert_sums(connection, table_of(RowCount), counted)
    return frozenset(change.table for change in session.changes) | {AuditEvent.__tablename__}


def refuse(store: Store, actor: Actor, operation: str, permission: Permission) -> None:
    """Record that somebody asked for what their role does not allow."""
    with store.engine.begin() as connection:
        detail = {"permission": permission.value}
        write_event(
            connection,
            Event(0, store.clock.now(), actor.name, actor.role, operation, REFUSED, "", detail),
            (),
        )


def write_event(connection: Connection, event: Event, changes: Sequence[Change]) -> str:
    """Append an event to the chain and return its hash."""
    head = connection.execute(
        select(_EVENT.c.seq, _EVENT.c.hash).order_by(desc(_EVENT.c.seq)).limit(1)
    ).one_or_none()
    seq, previous = (head.seq + 1, head.hash) if head else (1, START)
    numbered = Event(
        seq,
        event.at,
        event.actor,
        event.role,
        event.operation,
        event.outcome,
        event.subject,
        event.detail,
    )
    own = digest(numbered, changes, previous)
    values = (
        seq, millis(event.at), event.actor, event.role, event.operation, event.outcome,
        event.subject, _json(event.detail), previous, own,
    )  # fmt: skip
    insert_rows(connection, table_of(AuditEvent), _EVENT_COLUMNS, [values])
    rows = [
        (seq, number, change.table, change.row_id, change.action, _json(change.fields))
        for number, change in enumerate(changes, 1)
    ]
    if rows:
        insert_rows(connection, table_of(AuditChange), _CHANGE_COLUMNS, rows)
    return own


def _json(detail: Mapping[str, Any]) -> str:
    return canonical(detail)


def table_of(mapped: type[Base]) -> Any:
    """Return the table of a mapped class."""
    return mapped.__table__


def is_derived(name: str) -> bool:
    """Tell whether a table can be computed again from others."""
    return any(
        mapper.class_.__about__.derived
        for mapper in Base.registry.mappers
        if mapper.class_.__tablename__ == name
    )
