"""Close a transaction: write its audit event, its changes and the new row counts."""

from __future__ import annotations

import logging
from dataclasses import replace
from datetime import datetime
from typing import Any

from sqlalchemy.exc import DBAPIError

from desktop_app.db import trail_rows
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
from desktop_app.kernel.errors import AppError

_log = logging.getLogger(__name__)


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


SESSION_END = "session.end"


def end_session(store: Store, actor: Actor) -> None:
    """Sign the trail at the end of a session that wrote to it, and remember how far it came.

    A disk that takes nothing must not keep a program from closing.
    """
    if not store.pen.events:
        return
    try:
        detail = {"events": store.pen.events}
        enter(store, actor, Event(SESSION_END, DONE, "", detail), signed=True)
        if store.pen.head is not None and _remembers_rightly(store):
            store.mark.keep(store.pen.head.seq, store.pen.head.hash)
    except (DBAPIError, AppError) as error:
        _log.info("The end of the session was not entered: %s", type(error).__name__)
    finally:
        store.pen.close()
        store.trail.close()


def _remembers_rightly(store: Store) -> bool:
    """Tell whether the mark fits; one that does not is kept until its alarm is signed off."""
    mark = store.mark.beside()
    if mark is None:
        return True
    with store.engine.execution_options(read_only=True).connect() as connection:
        found = trail_rows.heads(connection, [mark.events])
    return mark.events in found and found[mark.events][0].hex() == mark.head


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
