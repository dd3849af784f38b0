"""Close a transaction: write its audit event, its changes and the new row counts."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import Any

from desktop_app.db.audit_tables import AuditEvent, RowCount
from desktop_app.db.base import Base
from desktop_app.db.bulk import upsert_sums
from desktop_app.db.card_guard import without_cards
from desktop_app.db.pen import DONE, REFUSED
from desktop_app.db.store import Store
from desktop_app.db.trail import Event
from desktop_app.db.transaction import AuditedSession
from desktop_app.kernel.access import Actor, Permission
from desktop_app.kernel.cards import masked


def seal(
    session: AuditedSession,
    store: Store,
    actor: Actor,
    operation: str,
    at: datetime,
    *,
    signed: bool,
) -> frozenset[str]:
    """Write the audit event of this transaction and return the names of touched tables."""
    session.flush()
    connection = session.connection()
    event = Event(operation, DONE, session.subject, session.detail, session.changes)
    store.pen.write(connection, actor, at, event, signed=signed or session.signed)
    counted = {
        (name,): (grown,) for name, grown in session.grown.items() if grown and not is_derived(name)
    }
    if counted:
        upsert_sums(connection, table_of(RowCount), counted)
    return frozenset(change.table for change in session.changes) | {AuditEvent.__tablename__}


def enter(store: Store, actor: Actor, event: Event, *, signed: bool = False) -> None:
    """Write an event that is no operation, in a transaction of its own; card data is masked."""
    event = replace(event, subject=masked(event.subject), detail=dict(without_cards(event.detail)))
    with store.engine.begin() as connection:
        store.pen.write(connection, actor, store.clock.now(), event, signed=signed)
    store.pen.committed()


def refuse(store: Store, actor: Actor, operation: str, permission: Permission, **why: str) -> None:
    """Record that somebody asked for what their role, or the gate, does not allow."""
    detail = {"permission": permission.value, **why}
    enter(store, actor, Event(operation, REFUSED, "", detail))


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
