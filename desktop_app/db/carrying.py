"""Carry the trail of the first release over into the sealed one, while a store is upgraded."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from sqlalchemy import Connection

from desktop_app import __version__
from desktop_app.db.pen import DONE, Pen
from desktop_app.db.seal_check import read_next
from desktop_app.db.state_seals import SEAL, plans, seal_of
from desktop_app.db.trail import Change, Content, Event
from desktop_app.kernel.access import Actor

if TYPE_CHECKING:
    from desktop_app.db.migrations.second_schema.first_trail import OldEvent

CARRIED, SEALED = "trail.carried_over", "trail.sealed_rows"
UPGRADED = "store.upgraded"
_BEFORE_ALL = -(1 << 63)


@dataclass(slots=True)
class Carrying:
    """Seals the events of the first release, keeping the hash each of them had.

    The event that ends it says with what hash the old trail ended, and from which event on it did
    not fit, if it did not.
    """

    pen: Pen
    actor: Actor
    at: datetime
    events: int = 0
    head: str = ""
    broken_at: int | None = None

    def event(self, connection: Connection, old: OldEvent) -> None:
        """Append one event of the old trail."""
        changes = [Change(*change) for change in old.changes]
        event = Event(old.operation, old.outcome, old.subject, old.detail, changes)
        content = Content(event, old.actor, "", old.role, before=old.hash)
        self.pen.carry(connection, content, old.at)
        if not old.fits and self.broken_at is None:
            self.broken_at = old.seq
        self.events, self.head = old.seq, old.hash

    def seal_rows(self, connection: Connection) -> None:
        """Seal the rows about money that a program without seals has written."""
        for plan in plans().values():
            first = _BEFORE_ALL
            while rows := read_next(connection, plan, first):
                first = rows[-1][0]
                sealed = {"new": seal_of(plan, plan.columns, rows).kept()}
                change = Change(plan.table, "", "seal", {"rows": len(rows), SEAL: sealed})
                event = Event(SEALED, DONE, plan.table, {"rows": len(rows)}, [change])
                self.pen.write(connection, self.actor, self.at, event, signed=True)

    def upgraded(self, connection: Connection, old: str, new: str) -> None:
        """Say from which schema to which a store was brought, and by which program."""
        detail = {"from": old, "to": new, "program": __version__}
        event = Event(UPGRADED, DONE, "", detail)
        self.pen.write(connection, self.actor, self.at, event, signed=True)

    def finish(self, connection: Connection) -> None:
        """Say what was carried over; nothing where there was nothing."""
        if self.events:
            detail = {"events": self.events, "head": self.head, "broken_at": self.broken_at}
            event = Event(CARRIED, DONE, "", detail)
            self.pen.write(connection, self.actor, self.at, event, signed=True)
