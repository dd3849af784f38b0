"""Checking afterwards that every decided request is genuine, and left its mark in the trail.

Whoever holds the key of the tables can write a row with another program. They cannot sign for
somebody else, nor make the trail tell of it: both show here.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from sqlalchemy import select

from desktop_app.access import statements
from desktop_app.access.four_eyes import check_decision, roster_of
from desktop_app.access.override import genuine
from desktop_app.access.request_records import ApprovalsReport, State
from desktop_app.access.request_tables import ApprovalRequest
from desktop_app.db.operation import REGISTRY, Job, task
from desktop_app.db.pen import DONE
from desktop_app.db.trail_index import TrailFilter
from desktop_app.db.trail_reader import Opened
from desktop_app.db.transaction import Transaction
from desktop_app.kernel.access import Permission
from desktop_app.kernel.errors import NotAllowedError
from desktop_app.kernel.words import Message, msg
from desktop_app.vault.letters import signed_by
from desktop_app.vault.roster import Roster

_DECIDED = {State.APPROVED: "approved", State.DONE: "approved", State.REFUSED: "refused"}


@task(Permission.AUDIT_READ)
def verify_approvals(job: Job) -> ApprovalsReport:
    """Hold every request against its signatures and, where it was carried out, against the trail.

    NotAllowedError for somebody who does not hold the key of the trail.
    """
    job.progress.stage(msg("Checking the approvals"))
    roster, install = roster_of(job.store), job.store.keys.vault.install_id
    wrong: list[tuple[int, Message]] = []
    with job.reading() as tx:
        tx.trail.require()
        wanted = select(ApprovalRequest).order_by(ApprovalRequest.asked_at, ApprovalRequest.id)
        rows = tx.objects(wanted)
        uses = _uses(tx, {row.operation for row in rows})
        for row in rows:
            used = uses.pop((str(row.id), row.digest), 0)
            problem = _problem(install, row, roster) or _mismatch(row, used)
            if problem is not None:
                wrong.append((row.id, problem))
        wrong += _false_overrides(tx, install, roster)
    gone = msg("The audit trail knows of it, and it is not among the requests any more.")
    wrong += [(int(number), gone) for number, _ in uses]
    return ApprovalsReport(len(rows), wrong)


def _problem(install: str, row: ApprovalRequest, roster: Roster) -> Message | None:
    asker = roster.users.get(row.requester)
    if asker is None or not signed_by(
        asker, statements.ASKING, statements.asked(install, row), row.asked_signature
    ):
        return msg("It was not asked for like this by whom it names.")
    if row.state in _DECIDED:
        try:
            check_decision(install, row, roster, now=False, decision=_DECIDED[row.state])
        except NotAllowedError:
            return msg("It was not decided like this by whom it names.")
    return None


def _mismatch(row: ApprovalRequest, used: int) -> Message | None:
    """Return how a request and the audit trail contradict each other."""
    if used > 1:
        return msg("It was carried out more than once.")
    if used and row.state is not State.DONE:
        return msg("It was carried out, and is not marked so any more.")
    if row.state is State.DONE and not used:
        return msg("It is marked as carried out, and the audit trail knows nothing of it.")
    return None


def _false_overrides(tx: Transaction, install: str, roster: Roster) -> list[tuple[int, Message]]:
    """Return the events that name a manager who did not sign them, by their number."""
    found = []
    for operation in (name for name, op in REGISTRY.items() if op.overridable):
        for one in _done(tx, operation):
            said = one.content
            detail = said.event.detail if said else {}
            if said is None or "override_signature" not in detail:
                continue
            named = [u for u in roster.users.values() if u.name == detail.get("approved_by")]
            if not any(genuine(install, operation, said.user_id, detail, u) for u in named):
                found.append((one.seq, msg("A manager is named who did not sign it.")))
    return found


def _done(tx: Transaction, operation: str) -> Iterator[Opened]:
    numbers = list(tx.trail.find(tx, TrailFilter(operation=operation, outcome=DONE), None))
    yield from tx.trail.opened(tx, tx.trail_numbered(numbers))


def _uses(tx: Transaction, asked: set[str]) -> Counter[tuple[str, str]]:
    """Return how often the trail says of each request that it was used up."""
    found: Counter[tuple[str, str]] = Counter()
    deeds = {name for name, op in REGISTRY.items() if op.deed or op.limit}
    for operation in deeds | asked:
        for one in _done(tx, operation):
            detail = one.content.event.detail if one.content else {}
            if detail.get("used"):
                found[str(detail.get("request")), str(detail.get("digest"))] += 1
    return found
