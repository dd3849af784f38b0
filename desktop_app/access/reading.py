"""An event of the trail as it is shown."""

from __future__ import annotations

from desktop_app.access.records import EventRow
from desktop_app.db.trail_reader import Opened, State
from desktop_app.kernel.clock import moment

EMPTIED, UNREADABLE = "trail.emptied", "trail.unreadable"


def event_row(one: Opened) -> EventRow:
    """Return an event with what it says; one that is shut says only that."""
    at, own = moment(one.at_ms), one.hash.hex()
    if one.content is None:
        state = EMPTIED if one.state is State.EMPTIED else UNREADABLE
        return EventRow(one.seq, at, "", "", state, "", "", {}, 0, own)
    said, event = one.content, one.content.event
    return EventRow(
        one.seq, at, said.actor, said.role, event.operation, event.outcome, event.subject,
        event.detail, len(event.changes), own, said.way, said.device, one.signature is not None,
    )  # fmt: skip
