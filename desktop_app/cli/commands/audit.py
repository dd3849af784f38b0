"""The audit trail."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, time, timedelta
from typing import Any

from desktop_app.access import alarms as alarm_list
from desktop_app.access import anchors
from desktop_app.access import operations as access
from desktop_app.access.records import EventFilter
from desktop_app.access.wording import OPERATIONS, OUTCOMES
from desktop_app.cli.call import Call, Desk
from desktop_app.cli.output import Answer, Column, Table
from desktop_app.cli.values import at_most
from desktop_app.kernel.clock import as_date
from desktop_app.kernel.errors import DamagedError
from desktop_app.kernel.words import Message, msg, msgs


def list_events(call: Call, desk: Desk) -> Answer:
    """List what was done, newest first."""
    options = call.options
    limit = at_most(options.limit)
    local = desk.venue.time.from_local if options.first or options.last else None
    wanted = EventFilter(
        options.text, options.operation, options.outcome, options.actor, options.subject,
        local(_begin(options.first)) if local and options.first else None,
        local(_begin(options.last) + timedelta(days=1)) if local and options.last else None,
    )  # fmt: skip
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


def _begin(number: int) -> datetime:
    return datetime.combine(as_date(number), time())


def verify(call: Call, desk: Desk) -> Answer:
    """Compute the chain of the trail again; exit code 7 where it does not fit."""
    found = desk.do(access.verify_trail, full=call.options.full)
    anchored = found.anchored
    said: list[Message | Table] = []
    if found.ok:
        said.append(
            msgs(
                "The audit trail is whole: {n} event, up to {head}.",
                "The audit trail is whole: {n} events, up to {head}.",
                found.events,
                head=found.head[:16],
            )
        )
    else:
        said.append(msg("The audit trail does not fit from event {seq} on.", seq=found.broken_at))
        if found.why is not None:
            said.append(msg("Event {seq}: {why}.", seq=found.broken_at, why=found.why))
    if found.ok and found.rows_checked:
        said.append(msg("{n} rows about money are as they were written.", n=found.rows_checked))
    if found.checkpoint is not None:
        signed = found.checkpoint
        said.append(msg("Signed up to event {seq} by {name}.", seq=signed.seq, name=signed.by))
    if anchored is not None:
        said.append(msg("Remembered up to event {seq}: {where}.", seq=anchored.seq,
                        where=anchored.where))  # fmt: skip
    return Answer(
        {
            "ok": found.ok,
            "events": found.events,
            "head": found.head,
            "broken_at": None if found.broken_at is None else str(found.broken_at),
            "fault": None if found.fault is None else found.fault.value,
            "signatures": found.signatures,
            "signed_up_to": None if found.checkpoint is None else str(found.checkpoint.seq),
            "anchored_up_to": None if anchored is None else str(anchored.seq),
            "emptied": found.emptied,
            "rows_checked": found.rows_checked,
        },
        said,
        0 if found.ok else DamagedError.exit_code,
    )


def anchor(_call: Call, desk: Desk) -> Answer:
    """Print the anchor of the trail."""
    line = desk.do(anchors.get_anchor)
    return Answer({"anchor": str(line)}, [line])


def check_anchor(call: Call, desk: Desk) -> Answer:
    """Tell whether an anchor still fits."""
    found = desk.do(anchors.check_anchor, " ".join(call.options.words))
    return Answer(
        {"event": str(found.seq), "fits": found.fits, "at": desk.iso(found.at)},
        [found.said],
        0 if found.fits else DamagedError.exit_code,
    )


def alarms(call: Call, desk: Desk) -> Answer:
    """List the open alarms."""
    found = desk.do(alarm_list.list_alarms)
    rows: list[dict[str, Any]] = [
        {
            "id": str(one.id), "event": str(one.seq), "fault": one.fault.value,
            "at": desk.iso(one.at), "signed_by": [s.name for s in one.signatures],
        }
        for one in found
    ]  # fmt: skip
    columns = [Column(msg("Number")), Column(msg("No."), right=True), Column(msg("What")),
               Column(msg("Signed by"))]  # fmt: skip
    table = [
        [
            str(one.id),
            str(one.seq),
            call.words.of(one.why),
            ", ".join(s.name for s in one.signatures),
        ]
        for one in found
    ]
    return Answer({"rows": rows, "next": None}, [Table(columns, table)])


def sign_alarm(call: Call, desk: Desk) -> Answer:
    """Sign an alarm off."""
    closed = desk.do(alarm_list.sign_alarm, call.options.id, call.options.reason)
    said = msg("The alarm is closed.") if closed else msg("Signed. Another person has to sign too.")
    return Answer({"closed": closed}, [said])
