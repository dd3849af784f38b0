"""Checking the trail: the chain, who signed it, and what others remember of it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field

from sqlalchemy import select

from desktop_app.access.records import Checkpoint, TrailReport
from desktop_app.db.audit_tables import TrailSession
from desktop_app.db.operation import Job, task
from desktop_app.db.trail_check import ChainCheck, Fault, Signed
from desktop_app.db.trail_reader import State, head_of_session
from desktop_app.db.trail_rows import Row
from desktop_app.kernel.access import Permission
from desktop_app.kernel.clock import moment
from desktop_app.kernel.words import Message, msg
from desktop_app.vault import sealing, trail_box
from desktop_app.vault.trail_box import SessionHead

CHUNK = 10_000

_FAULTS: Mapping[Fault, Message] = {
    Fault.MISSING: msg("an event was taken out, or another was put in its place"),
    Fault.ORDER: msg("it does not follow the event before it"),
    Fault.CONTENT: msg("its contents were exchanged"),
    Fault.FACTS: msg("its time, session, number or checksum was changed"),
}


@task(Permission.AUDIT_READ)
def verify_trail(job: Job, *, full: bool = False) -> TrailReport:
    """Compute the whole chain again, check who signed it, and say where it first does not fit.

    `full` also checks every signature and opens every event's contents.
    """
    job.progress.stage(msg("Checking the audit trail"))
    check = ChainCheck()
    for rows in _portions(job, 1):
        whole = check.go_on(rows)
        job.progress.advance(len(rows))
        if not whole:
            break
    signers = Signers.read(job, check.sessions)
    return _report(job, check, signers, full=full)


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


@dataclass(slots=True)
class Signers:
    """Whose sessions wrote the trail. `strangers` do not belong to anybody the roster knows."""

    install: str
    heads: dict[bytes, SessionHead] = field(default_factory=dict)
    names: dict[str, str] = field(default_factory=dict)
    strangers: set[bytes] = field(default_factory=set)

    @classmethod
    def read(cls, job: Job, sessions: Iterable[bytes]) -> Signers:
        """Read the sessions and check each against the list of users."""
        vault = job.store.keys.vault
        keys = vault.sign_keys()
        made = cls(vault.install_id)
        made.names = {user.id: user.name for user in vault.users()}
        wanted = set(sessions)
        with job.reading() as tx:
            for row in tx.objects(select(TrailSession)):
                if row.id not in wanted:
                    continue
                head = head_of_session(row)
                made.heads[row.id] = head
                if not _genuine(head, row.id, row.signature, made.install, keys):
                    made.strangers.add(row.id)
        made.strangers |= wanted - made.heads.keys()
        return made

    def good(self, one: Signed) -> bool:
        """Tell whether a checkpoint was signed by the person whose session it is."""
        head = self.heads.get(one.session)
        if head is None or not head.sign_key or one.session in self.strangers:
            return False
        return trail_box.signed_by(head.sign_key, self.install, one.seq, one.hash, one.signature)

    def checkpoint(self, one: Signed) -> Checkpoint:
        """Return a good signature as it is shown."""
        user_id = self.heads[one.session].user_id
        return Checkpoint(one.seq, moment(one.at_ms), self.names.get(user_id, user_id))


def _genuine(
    head: SessionHead,
    name: bytes,
    signature: bytes | None,
    install: str,
    keys: Mapping[str, Sequence[bytes]],
) -> bool:
    if head.name(install) != name:
        return False
    if not head.sign_key:  # opened with the recovery key: nobody who could sign
        return head.user_id == "" and signature is None
    if head.sign_key not in keys.get(head.user_id, ()) or signature is None:
        return False
    return sealing.verify(head.sign_key, trail_box.SESSION, name, signature)


_MOST_SIGNATURES = 4_000


def _report(job: Job, check: ChainCheck, signers: Signers, *, full: bool) -> TrailReport:
    chosen = check.signed if full else check.signed[-_MOST_SIGNATURES:]
    last, bad = None, None
    for one in reversed(chosen):
        if signers.good(one):
            last = last or one
        else:
            bad = one
    broken_at = None if check.fault is None else check.expected
    why = None if check.fault is None else _FAULTS[check.fault]
    if bad is not None and (broken_at is None or bad.seq < broken_at):
        broken_at, why = bad.seq, msg("the signature on it is not of the person it names")
    deeper = _first_false(job, check.expected - 1, signers) if full else None
    if deeper is not None and (broken_at is None or deeper[0] < broken_at):
        broken_at, why = deeper
    strange = _first_of(job, signers.strangers) if signers.strangers else None
    if strange is not None and (broken_at is None or strange <= broken_at):
        broken_at, why = strange, msg("it belongs to a session of nobody who may sign in here")
    return TrailReport(
        broken_at is None,
        check.expected - 1 if broken_at is None else broken_at - 1,
        check.previous.hex(),
        broken_at,
        why,
        None if last is None else signers.checkpoint(last),
        len(chosen),
        check.emptied,
    )


def _first_false(job: Job, last: int, signers: Signers) -> tuple[int, Message] | None:
    """Return the first event whose contents are not its session's, and why."""
    job.progress.stage(msg("Opening the contents of the audit trail"))
    for first in range(1, last + 1, CHUNK // 4):
        with job.reading() as tx:
            rows = tx.trail_rows(first, min(first + CHUNK // 4 - 1, last))
            opened = list(tx.trail.opened(tx, rows))
        for one in opened:
            if one.state is State.UNREADABLE:
                return one.seq, msg("its contents do not open with the key of its session")
            said, head = one.content, signers.heads.get(one.session)
            if said and head and not said.before and said.user_id != head.user_id:
                return one.seq, msg("it names somebody else than the person whose session it is")
        job.progress.advance(len(rows))
    return None


def _first_of(job: Job, sessions: set[bytes]) -> int | None:
    with job.reading() as tx:
        return tx.first_event_of(sessions)
