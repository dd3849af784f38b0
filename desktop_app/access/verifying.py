"""Checking the trail: the chain, who signed it, and what others remember of it."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

from desktop_app.access.alarms import accepted, raise_alarm
from desktop_app.access.anchors import compared, given_up, in_backups, misfits, remembered
from desktop_app.access.reading import event_row
from desktop_app.access.records import Anchor, EventRow, TrailReport
from desktop_app.access.sealed_rows import compare, may_compare, said
from desktop_app.access.signers import Signers
from desktop_app.access.wording import fault_words
from desktop_app.db.operation import Job, task
from desktop_app.db.seal_check import Promised, StateFault
from desktop_app.db.trail import Fault
from desktop_app.db.trail_check import ChainCheck
from desktop_app.db.trail_reader import State
from desktop_app.db.trail_rows import Row
from desktop_app.kernel.access import Permission
from desktop_app.kernel.errors import UnavailableError
from desktop_app.kernel.words import Message, msg

CHUNK = 10_000
_MOST_SIGNATURES = 4_000


@task(Permission.AUDIT_READ)
def verify_trail(job: Job, *, full: bool = False, alone: bool = False) -> TrailReport:
    """Compute the whole chain again, check who signed it, and say where it first does not fit.

    Compares it with what this computer and the backups remember, and enters the result; neither
    where the trail is to be looked at `alone`. `full` also checks every signature, opens every
    event's contents, and compares the rows about money with what they say.
    """
    job.progress.stage(msg("Checking the audit trail"))
    with job.reading() as tx:
        known = accepted(tx)
    check = ChainCheck(accepted=dict(known))
    for rows in _portions(job, 1):
        whole = check.go_on(rows)
        job.progress.advance(len(rows))
        if not whole:
            break
    signers = Signers.read(job, check.sessions)
    anchors = [] if alone else compared(job, [*remembered(job.store), *in_backups(job)])
    report = _report(job, check, signers, _Outside(anchors, known), full=full)
    if not alone:
        _note(job, report)
    return report


def _note(job: Job, report: TrailReport) -> None:
    """Enter the result, and raise the alarm; a full disk must not hide what was found."""
    try:
        with job.transaction() as tx:
            if report.ok or report.fault is None:
                tx.about("", ok=True, events=report.events)
            else:
                tx.about("", ok=False, broken_at=report.broken_at, fault=report.fault.value)
                raise_alarm(tx, report.broken_at or 0, report.fault)
            tx.sign()
    except UnavailableError:
        return


def _portions(job: Job, first: int) -> Iterator[list[Row]]:
    """Yield the rows from the number `first` on; the next are read while some are checked."""

    def read(start: int) -> list[Row]:
        with job.reading() as tx:
            return tx.trail_after(start, CHUNK)

    with ThreadPoolExecutor(1, "trail") as ahead:
        waiting = ahead.submit(read, first)
        while rows := waiting.result():
            first = rows[-1][0] + 1
            waiting = ahead.submit(read, first)
            yield rows


Found = tuple[int, Fault]
ORDER = [
    *(Fault.MISSING, Fault.ORDER, Fault.CONTENT, Fault.FACTS, Fault.STRANGER, Fault.SIGNATURE),
    *(Fault.SHUT, Fault.NAME, Fault.ROWS, Fault.REWRITTEN, Fault.CUT_OFF),
]
"""What is said first where several things do not fit at one event."""


@dataclass(frozen=True, slots=True)
class _Outside:
    """What is known beside the trail itself: anchors, and faults that were signed off."""

    anchors: Sequence[Anchor]
    known: Collection[Found]


def _report(
    job: Job,
    check: ChainCheck,
    signers: Signers,
    outside: _Outside,
    *,
    full: bool,
) -> TrailReport:
    chosen = check.signed if full else check.signed[-_MOST_SIGNATURES:]
    good = [one for one in chosen if signers.good(one)]
    fine = {one.seq for one in good}
    faults: list[Found] = [(one.seq, Fault.SIGNATURE) for one in chosen if one.seq not in fine]
    if check.fault is not None:
        faults.append((check.expected, check.fault))
    if signers.strangers:
        faults.append((_first_of(job, signers.strangers), Fault.STRANGER))
    states: list[StateFault] = []
    rows_checked = 0
    if full:
        promised = Promised()
        false = list(_first_false(job, check.expected - 1, signers, promised))
        faults.extend(false)
        if not false and check.fault is None and may_compare(job.actor):
            rows_checked, states = compare(job, promised)
        faults.extend((one.seq, Fault.ROWS) for one in states)
        if promised.broken:
            faults.append((promised.broken, Fault.CONTENT))
    anchors = given_up(job, outside.anchors)
    faults.extend(misfits(anchors, check.expected - 1))
    faults = [found for found in faults if found not in outside.known]
    first = min(faults, key=lambda one: (one[0], ORDER.index(one[1])), default=None)
    broken_at, fault = first or (None, None)
    last = next((one for one in good[::-1] if broken_at is None or one.seq < broken_at), None)
    return TrailReport(
        first is None,
        check.expected - 1 if broken_at is None else broken_at - 1,
        check.previous.hex(),
        broken_at,
        fault,
        _why(job, first, states),
        None if last is None else signers.checkpoint(last),
        len(chosen),
        check.emptied,
        anchors,
        None if broken_at is None else _claims(job, broken_at),
        rows_checked,
    )


def _why(job: Job, first: Found | None, states: Sequence[StateFault]) -> Message | None:
    if first is None:
        return None
    seq, fault = first
    rows = [one for one in states if one.seq == seq and fault is Fault.ROWS]
    return said(job, rows[0]) if rows else fault_words(fault)


def _claims(job: Job, seq: int) -> EventRow | None:
    with job.reading() as tx:
        found = list(tx.trail.opened(tx, tx.trail_rows(seq, seq)))
    return event_row(found[0]) if found else None


def _first_false(job: Job, last: int, signers: Signers, promised: Promised) -> Iterator[Found]:
    """Yield the first event whose contents are not its session's; learn what the others promise."""
    job.progress.stage(msg("Opening the contents of the audit trail"))
    for first in range(1, last + 1, CHUNK // 4):
        with job.reading() as tx:
            rows = tx.trail_rows(first, min(first + CHUNK // 4 - 1, last))
            opened = list(tx.trail.opened(tx, rows))
        for one in opened:
            if one.state is State.UNREADABLE:
                yield one.seq, Fault.SHUT
                return
            said_by, head = one.content, signers.heads.get(one.session)
            if said_by and head and not said_by.before and said_by.user_id != head.user_id:
                yield one.seq, Fault.NAME
                return
            if said_by is not None:
                promised.take(one.seq, said_by.event)
        job.progress.advance(len(rows))


def _first_of(job: Job, sessions: set[bytes]) -> int:
    with job.reading() as tx:
        return tx.first_event_of(sessions) or 0
