"""Alarms of the trail: each stays until an owner and somebody who checks the books sign it off."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import select

from desktop_app.access.records import Alarm, AlarmSignature
from desktop_app.access.trail_tables import TrailAlarm, TrailAlarmSignature
from desktop_app.access.wording import fault_words
from desktop_app.db.operation import Job, query, task
from desktop_app.db.trail import Fault
from desktop_app.db.transaction import Transaction
from desktop_app.kernel.access import Permission, Role
from desktop_app.kernel.deeds import Deed
from desktop_app.kernel.errors import ConflictError, InvalidError
from desktop_app.kernel.text import clean
from desktop_app.kernel.words import Message, msg

CHECKERS = frozenset({Role.AUDITOR.value, Role.ACCOUNTANT.value})
SHORTEST_REASON = 5
_REMEMBERED = (Fault.CUT_OFF, Fault.REWRITTEN)
"""The same thing, told before and after the trail has grown again."""


def raise_alarm(tx: Transaction, seq: int, fault: Fault) -> None:
    """Keep that the trail does not fit at an event; one alarm for one place."""
    same = _REMEMBERED if fault in _REMEMBERED else (fault,)
    known = select(TrailAlarm.id).where(TrailAlarm.seq == seq, TrailAlarm.fault.in_(same))
    if not tx.rows(known):
        tx.add(TrailAlarm(id=tx.ids.one(), at=tx.at, seq=seq, fault=fault, closed_at=None))


def accepted(tx: Transaction) -> frozenset[tuple[int, Fault]]:
    """Return the places that were signed off: they are known, and checking goes on behind them."""
    wanted = select(TrailAlarm.seq, TrailAlarm.fault).where(TrailAlarm.closed_at.is_not(None))
    return frozenset(
        (seq, one)
        for seq, fault in tx.rows(wanted)
        for one in (_REMEMBERED if fault in _REMEMBERED else (fault,))
    )


@query(Permission.ANYONE)
def list_alarms(tx: Transaction) -> Sequence[Alarm]:
    """Return the alarms that are open, the oldest first; everybody may know of them."""
    wanted = select(TrailAlarm).where(TrailAlarm.closed_at.is_(None)).order_by(TrailAlarm.at)
    return [_alarm(tx, one) for one in tx.objects(wanted)]


@task(Permission.AUDIT_READ, deed=Deed.CLOSE_ALARM)
def sign_alarm(job: Job, alarm_id: int, reason: str) -> bool:
    """Sign an alarm off with what it was; True where that closes it.

    It closes when an owner and an auditor have signed, and with the owner alone where the store has
    no auditor: nobody else who checks may read the trail. ConflictError where this person has
    signed already.
    """
    said = clean(reason)
    if len(said) < SHORTEST_REASON:
        raise InvalidError(msg("Say in a few words what it was."), field="reason")
    readers = job.store.keys.vault.who_may(Permission.AUDIT_READ)
    checkers = any(one.role in CHECKERS for one in readers)
    with job.transaction() as tx:
        alarm = tx.get(TrailAlarm, alarm_id)
        if any(one.user_id == tx.actor.user_id for one in _signatures(tx, alarm_id)):
            raise ConflictError(msg("You have signed this alarm already: another person has to."))
        tx.add(
            TrailAlarmSignature(
                alarm_id=alarm_id, user_id=tx.actor.user_id, name=tx.actor.name,
                role=str(tx.actor.role), reason=said, at=tx.at,
            )
        )  # fmt: skip
        roles = {one.role for one in _signatures(tx, alarm_id)}
        closes = Role.OWNER.value in roles and (not checkers or bool(roles & CHECKERS))
        if closes:
            alarm.closed_at = tx.at
        tx.about(f"alarm {alarm.seq}", fault=alarm.fault.value, reason=said, closed=closes)
        tx.sign()
    head = job.store.pen.head
    if closes and head is not None:  # what was remembered until now is settled
        job.store.mark.keep(head.seq, head.hash)
    return closes


def _signatures(tx: Transaction, alarm_id: int) -> Sequence[TrailAlarmSignature]:
    wanted = select(TrailAlarmSignature).where(TrailAlarmSignature.alarm_id == alarm_id)
    return tx.objects(wanted.order_by(TrailAlarmSignature.at))


def _alarm(tx: Transaction, one: TrailAlarm) -> Alarm:
    signed = _signatures(tx, one.id)
    signatures = [AlarmSignature(s.name, s.role, s.reason, s.at) for s in signed]
    return Alarm(
        one.id, one.at, one.seq, one.fault, fault_words(one.fault), signatures,
        _needs({s.role for s in signed}),
    )  # fmt: skip


def _needs(roles: set[str]) -> Message:
    if Role.OWNER.value not in roles:
        return msg("The owner has to sign it off.")
    return msg("An auditor has to sign it off as well.")
