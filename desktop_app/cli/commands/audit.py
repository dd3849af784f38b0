"""The audit trail."""

from __future__ import annotations

from collections.abc import Mapping

from desktop_app.access import operations as access
from desktop_app.access.records import EventFilter
from desktop_app.access.wording import OPERATIONS, OUTCOMES
from desktop_app.cli.call import Call, Desk
from desktop_app.cli.output import Answer, Column, Table
from desktop_app.cli.values import at_most
from desktop_app.kernel.errors import DamagedError
from desktop_app.kernel.words import Message, msg, msgs


def list_events(call: Call, desk: Desk) -> Answer:
    """List what was done, newest first."""
    options = call.options
    limit = at_most(options.limit)
    wanted = EventFilter(options.text)
    found = desk.do(access.list_events, wanted, before=options.after, limit=limit)
    more = len(found) == limit and found[-1].seq > 1
    return Answer(
        {
            "rows": [
                {
                    "id": str(event.seq),
                    "at": desk.iso(event.at),
                    "actor": event.actor,
                    "role": event.role,
                    "operation": event.operation,
                    "outcome": event.outcome,
                    "subject": event.subject,
                    "detail": dict(event.detail),
                    "changes": event.changes,
                    "hash": event.hash,
                }
                for event in found
            ],
            "next": str(found[-1].seq) if more else None,
        },
        [
            Table(
                [
                    Column(msg("No."), right=True),
                    Column(msg("Time")),
                    Column(msg("By")),
                    Column(msg("What")),
                    Column(msg("About")),
                    Column(msg("Outcome")),
                ],
                [
                    [
                        str(e.seq),
                        desk.when(e.at),
                        e.actor,
                        _said(call, OPERATIONS, e.operation),
                        e.subject,
                        _said(call, OUTCOMES, e.outcome),
                    ]
                    for e in found
                ],
            )
        ],
    )


def _said(call: Call, names: Mapping[str, Message], key: str) -> str:
    """Return what a person calls it; what an older program wrote stays as it is."""
    return call.words.of(names[key]) if key in names else key


def verify(_call: Call, desk: Desk) -> Answer:
    """Compute the chain of the trail again; exit code 7 where it does not fit."""
    found = desk.do(access.verify_trail)
    said = (
        msgs(
            "The audit trail is whole: {n} event, up to {head}.",
            "The audit trail is whole: {n} events, up to {head}.",
            found.events,
            head=found.head[:16],
        )
        if found.ok
        else msg("The audit trail does not fit from event {seq} on.", seq=found.broken_at)
    )
    return Answer(
        {
            "ok": found.ok,
            "events": found.events,
            "head": found.head,
            "broken_at": None if found.broken_at is None else str(found.broken_at),
        },
        [said],
        0 if found.ok else DamagedError.exit_code,
    )
