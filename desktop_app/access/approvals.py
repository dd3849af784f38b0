"""What can be done with requests for a second person."""

from __future__ import annotations

import json
import secrets
from collections.abc import Mapping, Sequence
from datetime import timedelta
from typing import Any

from sqlalchemy import select

from desktop_app.access import statements
from desktop_app.access.arguments import GIVEN, SecretGivenError, decoded, encoded
from desktop_app.access.four_eyes import (
    SECRET,
    Told,
    approver_right,
    check_decision,
    chosen,
    roster_of,
    told,
    verified,
    who_could,
)
from desktop_app.access.request_records import (
    Filed,
    FourEyesRow,
    RequestRow,
    RequestSheet,
    State,
    Wanted,
)
from desktop_app.access.request_tables import ApprovalRequest
from desktop_app.access.request_words import wish_words
from desktop_app.db.choices import chosen as setting_of
from desktop_app.db.operation import REGISTRY, Job, Operation, command, task
from desktop_app.db.transaction import Transaction
from desktop_app.kernel.access import Limit, Permission
from desktop_app.kernel.card_words import refuse_cards
from desktop_app.kernel.deeds import ABOUT, Deed
from desktop_app.kernel.errors import AppError, ConflictError, InvalidError, NotAllowedError
from desktop_app.kernel.text import clean
from desktop_app.kernel.words import msg
from desktop_app.vault.letters import is_for, open_letter, seal_letter
from desktop_app.vault.roster import Roster
from desktop_app.vault.sealing import canonical, to_text

LASTS_HOURS = "access.request_hours"
LONGEST_REASON = 500
_SALT_BYTES = 16
_DECISIONS = {State.APPROVED: "approved", State.REFUSED: "refused"}


@task(Permission.ANYONE)
def request_approval(
    job: Job,
    operation: str,
    args: tuple[Any, ...],
    kwargs: Mapping[str, Any],
    reason: str,
    limits: Mapping[Limit, int] | None = None,
) -> Filed:
    """Ask a second person to agree to a call; it waits as long as the setting says.

    InvalidError without a reason, ConflictError where nobody could agree, NotAllowedError where the
    call is not allowed to the actor in the first place.
    """
    op, why = REGISTRY[operation], _reason(reason)
    if not job.actor.can(op.permission):
        raise NotAllowedError(msg("Your role does not allow this."), lacking=op.permission)
    deed = op.deed.value if op.deed else ""
    roster, mine = roster_of(job.store), job.store.keys.unlocked
    others = who_could(roster, deed, mine.user_id)
    if not others:
        raise ConflictError(msg("There is nobody else who could agree to this."))
    bounds = {limit.value: value for limit, value in (limits or {}).items()}
    values, salt = encoded(op, (args, kwargs)), secrets.token_hex(_SALT_BYTES)
    letter = {"salt": salt, "arguments": values, "limits": bounds, "reason": why}
    with job.transaction() as tx:
        row = ApprovalRequest(
            id=tx.ids.one(),
            operation=op.name,
            deed=deed,
            digest=statements.digest_of(op.name, salt, values, bounds),
            requester=mine.user_id,
            asked_at=tx.at,
            expires_at=tx.at + timedelta(hours=int(setting_of(tx, LASTS_HOURS))),
            state=State.WAITING,
        )
        readers = {user.id: user.box_key for user in (*others, roster.users[mine.user_id])}
        row.letter = seal_letter(canonical(letter), readers, _place(job, row.id, "letter"))
        row.asked_signature = _signed(job, statements.ASKING, statements.asked(_install(job), row))
        tx.add(row)
        tx.about(f"request {row.id}", wanted=op.name, digest=row.digest)
        return Filed(row.id, row.expires_at, [user.name for user in others])


@task(Permission.ANYONE)
def list_approvals(job: Job) -> Sequence[RequestRow]:
    """Return the requests of the actor, and those addressed to them, newest first."""
    roster = roster_of(job.store)
    me = job.store.keys.unlocked.user_id
    with job.reading() as tx:
        rows = tx.objects(
            select(ApprovalRequest).order_by(
                ApprovalRequest.asked_at.desc(), ApprovalRequest.id.desc()
            )
        )
        return [
            _shown(tx, row, roster) for row in rows if row.requester == me or is_for(row.letter, me)
        ]


@task(Permission.ANYONE)
def show_approval(job: Job, request_id: int) -> RequestSheet:
    """Return what exactly is asked for, by whom and why; NotFoundError for an unknown one."""
    roster = roster_of(job.store)
    with job.reading() as tx:
        row = tx.get(ApprovalRequest, request_id)
        shown = _shown(tx, row, roster)
        try:
            letter, readable = told(job.store, row), True
        except AppError:
            letter, readable = Told("", {}, {}, ""), False
        return RequestSheet(
            shown,
            wish_words(row.operation),
            [(name, _plain(value)) for name, value in letter.arguments.items()],
            letter.limits,
            letter.reason,
            _answer(job, row) if readable else "",
            readable,
        )


@task(Permission.ANYONE, deed=Deed.DECIDE)
def approve(job: Job, request_id: int, reason: str = "") -> None:
    """Agree to a request of somebody else, with one's signature.

    Nobody agrees to their own; NotAllowedError where the letter is not what its signature says.
    """
    refuse_cards("reason", reason)
    _decide(job, request_id, State.APPROVED, reason.strip())


@task(Permission.ANYONE, deed=Deed.DECIDE)
def refuse(job: Job, request_id: int, reason: str) -> None:
    """Refuse a request of somebody else and say why."""
    _decide(job, request_id, State.REFUSED, _reason(reason))


@command(Permission.ANYONE)
def cancel_request(tx: Transaction, request_id: int) -> None:
    """Take one's own request back while it has not been carried out."""
    row = tx.get(ApprovalRequest, request_id)
    if row.requester != tx.actor.user_id:
        raise NotAllowedError(msg("Only whoever asked can take a request back."))
    if row.state not in (State.WAITING, State.APPROVED):
        raise ConflictError(msg("This request has come to its end already."))
    row.state = State.CANCELLED
    tx.about(f"request {row.id}")


@task(Permission.ANYONE)
def open_approved(job: Job, request_id: int) -> Wanted:
    """Return the call that was agreed to, to be made now; the door uses the approval up.

    The reason stands in the error where it cannot be made: not one's own, expired, forged, used
    up, or with a password that nobody has kept.
    """
    roster = roster_of(job.store)
    with job.reading() as tx:
        row = tx.get(ApprovalRequest, request_id)
        if row.requester != job.actor.user_id:
            raise NotAllowedError(msg("Whoever asked carries it out."))
        verified(job.store, row, roster)
        op: Operation[..., Any] = REGISTRY[row.operation]
        letter = told(job.store, row)
        whole = statements.digest_of(op.name, letter.salt, letter.arguments, dict(letter.limits))
        if whole != row.digest:
            raise NotAllowedError(msg("What was asked for is not what was agreed to."))
        try:
            return Wanted(op.name, decoded(op, letter.arguments))
        except SecretGivenError:
            raise InvalidError(
                msg("A password belongs to this, and nobody has kept it."),
                hint=msg("Do it again where you asked for it: the approval is found by itself."),
            ) from None


@task(Permission.SETTINGS_SECURITY, deed=Deed.SECURITY_SETTING)
def choose_four_eyes(job: Job, deed: Deed, on: bool) -> None:  # noqa: FBT001 - a value, not a mode
    """Choose whether a deed needs a second person. Taking it away needs one, too.

    ConflictError where nobody else could ever agree: that would lock the deed for good.
    """
    if ABOUT[deed].by_two:
        raise InvalidError(msg("This deed has a second person of its own: there is no third."))
    others = who_could(roster_of(job.store), deed.value, job.actor.user_id)
    if on and not others:
        raise ConflictError(
            msg("Nobody else could agree to it: the deed would be locked for good."),
            hint=msg("Let a second person in first who holds the right to approve."),
        )
    now = chosen(job.store)
    after = now | {deed} if on else now - {deed}
    job.store.keys.unlocked.put_secret(SECRET, canonical(sorted(after)), Permission.ANYONE)
    with job.transaction() as tx:
        tx.about(f"deed {deed.value}", four_eyes=on)


@task(Permission.ANYONE)
def list_four_eyes(job: Job) -> Sequence[FourEyesRow]:
    """Return which deeds there are, which need a second person, and who could be the actor's."""
    on, roster = chosen(job.store), roster_of(job.store)
    return [
        FourEyesRow(
            deed,
            deed in on,
            [user.name for user in who_could(roster, deed.value, job.actor.user_id)],
        )
        for deed in sorted({op.deed for op in REGISTRY.values() if op.deed})
        if not ABOUT[deed].by_two
    ]


def _decide(job: Job, request_id: int, state: State, reason: str) -> None:
    mine, roster = job.store.keys.unlocked, roster_of(job.store)
    with job.transaction() as tx:
        row = tx.get(ApprovalRequest, request_id)
        _check_open(tx, row, roster)
        letter = told(job.store, row)
        whole = statements.digest_of(
            row.operation, letter.salt, letter.arguments, dict(letter.limits)
        )
        row.decided_by, row.decided_at, row.state = mine.user_id, tx.at, state
        said = statements.decided(_install(job), row, _DECISIONS[state], mine.user_id, tx.at)
        row.decision_signature = _signed(job, statements.DECIDING, said)
        if whole != row.digest:
            raise NotAllowedError(msg("What was asked for is not what its signature says."))
        check_decision(_install(job), row, roster, now=True, decision=_DECISIONS[state])
        if reason:
            readers = {who: roster.users[who].box_key for who in (mine.user_id, row.requester)}
            place = _place(job, row.id, "answer")
            row.answer = seal_letter(canonical(reason), readers, place)
        tx.add(row)
        tx.about(f"request {row.id}", wanted=row.operation, digest=row.digest)


def _check_open(tx: Transaction, row: ApprovalRequest, roster: Roster) -> None:
    me = roster.users.get(tx.actor.user_id)
    if me is None or me.id == row.requester:
        raise NotAllowedError(msg("Nobody agrees to their own request."))
    if approver_right(row.deed) not in roster.permissions_of(me):
        raise NotAllowedError(
            msg("Your role does not allow this."), lacking=approver_right(row.deed)
        )
    if _state(row, tx) is not State.WAITING:
        raise ConflictError(
            msg("This request does not wait any more."), hint=msg("Look at the list again.")
        )


def _shown(tx: Transaction, row: ApprovalRequest, roster: Roster) -> RequestRow:
    me = tx.actor.user_id
    state = _state(row, tx)
    mine = row.requester == me
    user = roster.users.get(me)
    may = user is not None and approver_right(row.deed) in roster.permissions_of(user)
    return RequestRow(
        row.id, row.operation, row.deed, _name(roster, row.requester), row.asked_at, row.expires_at,
        state, _name(roster, row.decided_by), row.decided_at, row.done_at, mine,
        state is State.WAITING and may and not mine and is_for(row.letter, me),
    )  # fmt: skip


def _state(row: ApprovalRequest, tx: Transaction) -> State:
    over = row.expires_at <= tx.at and row.state in (State.WAITING, State.APPROVED)
    return State.EXPIRED if over else row.state


def _answer(job: Job, row: ApprovalRequest) -> str:
    if not row.answer:
        return ""
    try:
        place = _place(job, row.id, "answer")
        return str(json.loads(open_letter(row.answer, job.store.keys.unlocked, place)))
    except AppError:
        return ""


def _plain(value: Any) -> str:
    if value is None or value in ("", []):
        return "–"
    if value == GIVEN:
        return "••••••"
    if isinstance(value, bool):
        return "✓" if value else "✗"
    if isinstance(value, str):
        return value
    if isinstance(value, list) and all(isinstance(one, str | int) for one in value):
        return ", ".join(str(one) for one in value)
    return json.dumps(value, ensure_ascii=False)


def _reason(text: str) -> str:
    tidy = clean(text)
    if not tidy:
        raise InvalidError(msg("Say why."), field="reason")
    if len(tidy) > LONGEST_REASON:
        raise InvalidError(
            msg("The reason has at most {limit} characters.", limit=LONGEST_REASON), field="reason"
        )
    refuse_cards("reason", tidy)  # it is sealed: no scan would find it
    return tidy


def _name(roster: Roster, user_id: str) -> str:
    user = roster.users.get(user_id)
    return user.name if user else user_id


def _install(job: Job) -> str:
    return job.store.keys.vault.install_id


def _place(job: Job, request_id: int, part: str) -> bytes:
    return statements.place_of(_install(job), request_id, part)


def _signed(job: Job, purpose: str, message: bytes) -> str:
    return to_text(job.store.keys.unlocked.sign(purpose, message))
