"""What is looked at when somebody signs in: the end of the trail, and what happened meanwhile."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import select

from desktop_app import __version__
from desktop_app.access.alarms import accepted, raise_alarm
from desktop_app.access.anchors import compared, misfits, remembered
from desktop_app.access.records import TailReport
from desktop_app.access.signers import Signers
from desktop_app.access.wording import fault_words
from desktop_app.db import waiting
from desktop_app.db.audit_tables import StoreInfo
from desktop_app.db.operation import Job, task
from desktop_app.db.pen import CLOCK_BACK, DONE, EVERY, REFUSED
from desktop_app.db.seal import enter
from desktop_app.db.trail import Event, Fault
from desktop_app.db.trail_check import ChainCheck, Signed
from desktop_app.db.trail_rows import Row
from desktop_app.kernel.access import Permission
from desktop_app.kernel.clock import millis
from desktop_app.kernel.words import Message, msg, msgs

_CLOCK_MS = 120_000
_PROGRAM = "program"


@task(Permission.ANYONE)
def check_tail(job: Job) -> TailReport:
    """Check the events since the last signature, and compare with what this computer remembers.

    Needs no key of the trail. What does not fit raises an alarm; a clock that was set back, failed
    sign-ins and another version of the program become events.
    """
    rows = _tail(job)
    fault = _fault(job, rows)
    with job.reading() as tx:
        if fault in accepted(tx):
            fault = None
    if fault is not None:
        with job.transaction() as tx:
            tx.about("", ok=False, broken_at=fault[0], fault=fault[1].value)
            raise_alarm(tx, *fault)
    _enter_meanwhile(job, rows)
    if fault is None:
        return TailReport(ok=True)
    return TailReport(False, fault[0], fault[1], _warning(*fault))  # noqa: FBT003 - named there


def _tail(job: Job) -> Sequence[Row]:
    """Return the newest events back to one that is signed, oldest first."""
    with job.reading() as tx:
        newest = tx.trail_tail(2 * EVERY)
    signed = next((at for at, row in enumerate(newest) if row[7] is not None), len(newest) - 1)
    return newest[: signed + 1][::-1]


def _fault(job: Job, rows: Sequence[Row]) -> tuple[int, Fault] | None:
    last = rows[-1][0] if rows else 0
    if rows:
        check = ChainCheck(previous=rows[0][5], expected=rows[0][0])
        if not check.go_on(rows):
            return check.expected, check.fault or Fault.FACTS
        first = rows[0]
        if first[7] is not None:
            one = Signed(first[0], first[1], first[2], first[6], first[7])
            if not Signers.read(job, {first[2]}).good(one):
                return first[0], Fault.SIGNATURE
    anchors = compared(job, list(remembered(job.store)))
    return next(misfits(anchors, last), None)


def _warning(seq: int, fault: Fault) -> Message:
    return msg(
        "The audit trail does not fit at event {number}: {why}. Tell the owner.",
        number=seq,
        why=fault_words(fault),
    )


def _enter_meanwhile(job: Job, rows: Sequence[Row]) -> None:
    store, actor = job.store, job.actor
    now = millis(store.clock.now())
    if rows and rows[-1][1] - now > _CLOCK_MS:
        went = {"from": rows[-1][1], "to": now}
        enter(store, actor, Event(CLOCK_BACK, DONE, "", went), signed=True)
    names = {user.id: user.name for user in store.keys.vault.users()}
    found = waiting.waiting(store.folder)
    for one in found:
        outcome = REFUSED if one.kind == waiting.SIGN_IN_FAILED else DONE
        who = f"user {names[one.user_id]}" if one.user_id in names else ""
        said = {"times": one.count, "first": one.first_ms, "last": one.last_ms}
        enter(store, actor, Event(one.kind, outcome, who, said))
    if found:
        waiting.forget(store.folder, found)
    device = store.keys.unlocked.device
    if device is not None and device.notices:
        said_by = {"notices": [notice.text for notice in device.notices]}
        enter(store, actor, Event("keyring.changed", DONE, "", said_by))
    _note_program(job)


def _note_program(job: Job) -> None:
    with job.reading() as tx:
        before = tx.scalar(select(StoreInfo.text).where(StoreInfo.name == _PROGRAM))
    if before == __version__:
        return
    with job.transaction() as tx:
        tx.get(StoreInfo, _PROGRAM).text = __version__
        tx.about("program", before=before, now=__version__)


def attempts_words(count: int) -> Message:
    """Return how often somebody tried a wrong password before."""
    return msgs(
        "{n} wrong password was typed for your name since your last sign-in.",
        "{n} wrong passwords were typed for your name since your last sign-in.",
        count,
    )
