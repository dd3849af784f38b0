"""Four eyes: which deeds need a second person, and whether one has agreed to this very call.

The owner's choice lies among the signed secrets of the key file, so that nobody switches it off
with an SQL tool. What was agreed to is carried out exactly so and once: the digest of the actual
arguments is held against the signed one, and the approval is used up in a transaction that only
one program can win.
"""

from __future__ import annotations

import hmac
import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial
from typing import Any

from sqlalchemy import select

from desktop_app.access import statements
from desktop_app.access.arguments import encoded
from desktop_app.access.request_records import State
from desktop_app.access.request_tables import ApprovalRequest
from desktop_app.db.operation import Arguments, Operation, reading
from desktop_app.db.passing import FREE, Pass
from desktop_app.db.store import Store
from desktop_app.db.transaction import Transaction
from desktop_app.kernel import deeds
from desktop_app.kernel.access import Actor, Limit, Permission
from desktop_app.kernel.asking import ApprovalNeededError
from desktop_app.kernel.deeds import Deed
from desktop_app.kernel.errors import ConflictError, NotAllowedError, NotFoundError
from desktop_app.kernel.words import msg
from desktop_app.vault.letters import open_letter, roster_now, signed_by
from desktop_app.vault.roster import Roster, UserRow

SECRET = "four-eyes"  # noqa: S105 - the name of the list, which is no secret
CHOOSE = "access.choose_four_eyes"


@dataclass(frozen=True, slots=True)
class Told:
    """What a letter says."""

    salt: str
    arguments: Mapping[str, Any]
    limits: Mapping[Limit, int]
    reason: str


def chosen(store: Store) -> frozenset[Deed]:
    """Return the deeds that need a second person by the owner's choice."""
    try:
        kept = store.keys.unlocked.secret(SECRET)
    except NotFoundError:
        return frozenset()
    names = frozenset(json.loads(kept.reveal()))
    return frozenset(d for d, facts in deeds.ABOUT.items() if d in names and not facts.by_two)


def approver_right(deed: str) -> Permission:
    """Return the right that whoever decides must hold."""
    return deeds.ABOUT[Deed(deed)].approver if deed else Permission.APPROVALS_DECIDE


def who_could(roster: Roster, deed: str, besides: str) -> list[UserRow]:
    """Return who could be the second person for somebody."""
    right = approver_right(deed)
    return [
        user
        for user in roster.users.values()
        if user.removed_ms is None and user.id != besides and right in roster.permissions_of(user)
    ]


def roster_of(store: Store) -> Roster:
    """Return the signed list of users as it is now."""
    return roster_now(store.folder, store.keys.unlocked.root_key)


def told(store: Store, row: ApprovalRequest) -> Told:
    """Open a letter; NotAllowedError for somebody to whom it is not addressed."""
    place = statements.place_of(store.keys.vault.install_id, row.id, "letter")
    said = json.loads(open_letter(row.letter, store.keys.unlocked, place))
    limits = {Limit(name): int(value) for name, value in said["limits"].items()}
    return Told(said["salt"], said["arguments"], limits, said["reason"])


def second_person(
    store: Store, actor: Actor, op: Operation[..., Any], arguments: Arguments
) -> Pass:
    """Return leave where the rule asks for nobody else, or somebody else has agreed.

    In a restaurant where nobody else could ever agree one person acts alone, and the trail says so.
    """
    needed = op.deed is not None and _is_needed(store, op, arguments)
    if not needed and op.limit is None:
        return FREE
    with reading(store, actor) as tx:
        found = _agreed(tx, store, op, arguments)
    if found is not None:
        return found
    if not needed:
        return FREE
    deed = op.deed.value if op.deed else ""
    if not who_could(roster_of(store), deed, actor.user_id):
        return Pass({"alone": True})
    raise ApprovalNeededError(op.deed)


def verified(store: Store, row: ApprovalRequest, roster: Roster) -> UserRow:
    """Return who agreed; NotAllowedError with the reason where the approval is good for nothing."""
    if row.state is not State.APPROVED:
        raise ConflictError(msg("This request is not approved, or was used up already."))
    if row.expires_at <= store.clock.now():
        raise NotAllowedError(
            msg("The approval has ended: it was not used in time."), hint=msg("Ask for it again.")
        )
    return check_decision(store.keys.vault.install_id, row, roster, now=True)


def check_decision(
    install: str, row: ApprovalRequest, roster: Roster, *, now: bool, decision: str = "approved"
) -> UserRow:
    """Return who decided; NotAllowedError where that is not what the row says.

    With `now` they must still be here and hold the right.
    """
    by, asker = roster.users.get(row.decided_by), roster.users.get(row.requester)
    if by is None or asker is None or row.decided_at is None or row.decided_by == row.requester:
        raise _forged()
    if not signed_by(asker, statements.ASKING, statements.asked(install, row), row.asked_signature):
        raise _forged()
    said = statements.decided(install, row, decision, by.id, row.decided_at)
    if not signed_by(by, statements.DECIDING, said, row.decision_signature):
        raise _forged()
    if now and (
        by.removed_ms is not None or approver_right(row.deed) not in roster.permissions_of(by)
    ):
        raise NotAllowedError(
            msg("{name} may not approve this any more.", name=by.name), hint=msg("Ask again.")
        )
    return by


def _is_needed(store: Store, op: Operation[..., Any], arguments: Arguments) -> bool:
    on = chosen(store)
    if op.deed in on:
        return True
    # Taking the second person away needs the second person.
    return op.name == CHOOSE and _switches_off(on, *arguments)


def _switches_off(now: frozenset[Deed], args: tuple[Any, ...], kwargs: Mapping[str, Any]) -> bool:
    given = {**dict(zip(("deed", "on"), args, strict=False)), **kwargs}
    return given.get("deed") in now and not given.get("on")


def _agreed(
    tx: Transaction, store: Store, op: Operation[..., Any], arguments: Arguments
) -> Pass | None:
    wanted = (
        select(ApprovalRequest)
        .where(
            ApprovalRequest.requester == tx.actor.user_id,
            ApprovalRequest.operation == op.name,
            ApprovalRequest.state == State.APPROVED,
            ApprovalRequest.expires_at > tx.at,
        )
        .order_by(ApprovalRequest.asked_at)
    )
    rows = tx.objects(wanted)
    if not rows:
        return None
    values, roster = encoded(op, arguments), roster_of(store)
    for row in rows:
        letter = told(store, row)
        actual = statements.digest_of(op.name, letter.salt, values, dict(letter.limits))
        if hmac.compare_digest(actual, row.digest):
            by = verified(store, row, roster)
            detail = {"request": str(row.id), "digest": row.digest, "approved_by": by.name}
            return Pass(detail, partial(_use_up, store, row.id, row.digest), letter.limits)
    return None


def _use_up(store: Store, request_id: int, digest: str, tx: Transaction) -> None:
    row = tx.get(ApprovalRequest, request_id)
    verified(store, row, roster_of(store))
    if row.digest != digest:
        raise _forged()
    row.state, row.done_at = State.DONE, tx.at
    tx.about(f"request {request_id}", used=True)  # the row can be set back, the trail cannot


def _forged() -> NotAllowedError:
    return NotAllowedError(
        msg("This approval is not genuine: what was signed is something else."),
        hint=msg("Nothing was done. Tell the owner: somebody has changed the store's file."),
    )
