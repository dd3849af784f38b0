"""Reviewing who has access: open a review, decide person by person, sign it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime

from sqlalchemy import func, select

from desktop_app.db.choices import chosen
from desktop_app.db.operation import Job, command, query, task
from desktop_app.db.transaction import Transaction
from desktop_app.kernel.access import Permission, Role
from desktop_app.kernel.clock import millis
from desktop_app.kernel.deeds import Deed
from desktop_app.kernel.errors import ConflictError, NotAllowedError, NotFoundError
from desktop_app.kernel.words import msg
from desktop_app.reviews import rules
from desktop_app.reviews.people import people_now
from desktop_app.reviews.records import (
    Decision,
    PersonAccess,
    Review,
    ReviewRow,
    ReviewState,
    Signed,
)
from desktop_app.reviews.tables import AccessReview, PermissionUse, ReviewDecision, ReviewPaper
from desktop_app.venue.tables import Venue

EVERY_DAYS = "access.review_every_days"


@query(Permission.ANYONE)
def review_state(tx: Transaction) -> ReviewState:
    """Return when the last review was and when the next is due."""
    born = tx.scalar(select(func.min(Venue.created_at))) or tx.at
    return rules.state(tx.at, born, int(chosen(tx, EVERY_DAYS)), _rows(tx, {}))


@task(Permission.REVIEWS_CONDUCT)
def list_reviews(job: Job) -> Sequence[ReviewRow]:
    """Return the reviews, newest first."""
    names = _names(job)
    with job.reading() as tx:
        return _rows(tx, names)


@task(Permission.REVIEWS_CONDUCT)
def open_review(job: Job) -> int:
    """Begin a review and return its number; the one that is open already where there is one."""
    with job.transaction() as tx:
        found = tx.scalar(select(AccessReview.id).where(AccessReview.closed_at.is_(None)))
        if found is not None:
            return int(found)
        row = tx.add(AccessReview(id=tx.ids.one(), opened_at=tx.at, opened_by=tx.actor.user_id))
        tx.about(f"review {row.id}")
        return row.id


@task(Permission.REVIEWS_CONDUCT)
def get_review(job: Job, review_id: int) -> Review:
    """Return a review with its people: as they are now, or as it was signed."""
    return read_review(job, review_id)


@task(Permission.REVIEWS_CONDUCT)
def decide(job: Job, review_id: int, user_id: str, decision: Decision, reason: str = "") -> None:
    """Decide what becomes of somebody's access; it happens when the review is signed.

    InvalidError where a reason is missing, NotAllowedError for oneself beside another owner.
    """
    with job.transaction() as tx:
        _open(tx, review_id)
        people = people_now(job, tx)
        person = _person(people, user_id)
        others = sum(p.role == Role.OWNER and not p.mine for p in people)
        tidy = rules.check_decision(person, decision, reason, others=others)
        tx.about(f"review {review_id}", person=user_id, decision=decision.value)
        row = tx.find(ReviewDecision, (review_id, user_id))
        if row is None:
            row = ReviewDecision(review_id=review_id, user_id=user_id)
        row.decision, row.reason = decision, tidy
        row.decided_at, row.decided_by = tx.at, tx.actor.user_id
        tx.add(row)


@task(Permission.REVIEWS_CONDUCT, deed=Deed.REVIEW)
def sign_review(job: Job, review_id: int) -> Signed:
    """Sign a review in which everybody has been decided about, and take away what was decided.

    The document is signed with the reviewer's own key before anything is taken away, so that a
    power cut leaves either an open review or a signed one. ConflictError where somebody is left.
    """
    names = _names(job)
    with job.transaction() as tx:
        row = _open(tx, review_id)
        people = _decided(tx, review_id, people_now(job, tx), names)
        rules.check_complete(people)
        leaving = [person for person in people if person.decision is Decision.REMOVE]
        _check_removals(job, leaving)
        text = _document(job, tx, _row(row, names), people)
        signature = job.store.keys.unlocked.sign(rules.PURPOSE, text.encode())
        row.closed_at, row.closed_by = tx.at, tx.actor.user_id
        row.people, row.removed = len(people), len(leaving)
        row.sha256, row.signature = rules.digest(text), signature.hex()
        tx.add(ReviewPaper(review_id=review_id, user_id=tx.actor.user_id, document=text))
        for decided in tx.objects(
            select(ReviewDecision).where(ReviewDecision.review_id == review_id)
        ):
            tx.remove(decided)
        tx.about(f"review {review_id}", sha256=row.sha256, roster=_roster(job))
        signed = row.sha256
    _take_away(job, leaving)
    changed = [person.name for person in people if person.decision is Decision.CHANGE]
    return Signed(review_id, signed, [person.name for person in leaving], changed)


@task(Permission.REVIEWS_CONDUCT)
def check_review(job: Job, review_id: int) -> bool:
    """Tell whether a signed review is word for word what its reviewer signed."""
    return signature_fits(job, review_id)


@query(Permission.ANYONE)
def is_news(tx: Transaction, used: Sequence[Permission]) -> bool:
    """Tell whether `note_use` has something to write: once a day and right, or new rights."""
    rows = tx.objects(select(PermissionUse).where(PermissionUse.user_id == tx.actor.user_id))
    known = {row.permission: row for row in rows}
    if not {right.value for right in tx.actor.permissions} <= known.keys():
        return True
    noted = [known[right].last_used_at for right in used]
    noted += [row.held_since for right, row in known.items() if right not in tx.actor.permissions]
    return any(at is None or at.date() < tx.at.date() for at in noted)


@command(Permission.ANYONE)
def note_use(tx: Transaction, used: Sequence[Permission]) -> None:
    """Remember that the actor has used these rights today, and which rights they hold."""
    mine = tx.objects(select(PermissionUse).where(PermissionUse.user_id == tx.actor.user_id))
    known = {row.permission: row for row in mine}
    now = millis(tx.at)
    fresh = [
        (tx.actor.user_id, right.value, now, now if right in used else None)
        for right in sorted(tx.actor.permissions)
        if right.value not in known
    ]
    tx.import_rows(PermissionUse, ("user_id", "permission", "held_since", "last_used_at"), fresh)
    for right, row in known.items():
        if right not in tx.actor.permissions:  # given again, it counts from then
            row.held_since = tx.at
        elif right in used:
            row.last_used_at = tx.at


def read_review(job: Job, review_id: int) -> Review:
    """Return a review with its people: as they are now, or as it was signed."""
    names = _names(job)
    with job.reading() as tx:
        row = tx.get(AccessReview, review_id)
        if row.closed_at is not None:
            people = rules.people_of(tx.get(ReviewPaper, review_id).document)
        else:
            people = _decided(tx, review_id, people_now(job, tx), names)
        return Review(_row(row, names), people)


def read_paper(job: Job, review_id: int) -> tuple[str, str]:
    """Return the document of a signed review and its signature in hex."""
    with job.reading() as tx:
        return tx.get(ReviewPaper, review_id).document, tx.get(AccessReview, review_id).signature


def signature_fits(job: Job, review_id: int) -> bool:
    """Tell whether a signed review is word for word what its reviewer signed."""
    with job.reading() as tx:
        row = tx.get(AccessReview, review_id)
        if row.closed_at is None:
            raise ConflictError(msg("This review is still open."))
        text = tx.get(ReviewPaper, review_id).document
        signature, digest, closed_by = bytes.fromhex(row.signature), row.sha256, row.closed_by
    name = _names(job).get(closed_by, "")
    genuine = job.store.keys.vault.verify(name, rules.PURPOSE, text.encode(), signature)
    return genuine and rules.digest(text) == digest


def _check_removals(job: Job, leaving: Sequence[PersonAccess]) -> None:
    """Refuse before anything is signed what could not be carried out."""
    if leaving and not job.actor.can(Permission.USERS_MANAGE):
        raise NotAllowedError(
            msg("Only an owner can take access away."), hint=msg("Let an owner sign the review.")
        )
    owner = next((person for person in leaving if person.role == Role.OWNER), None)
    if owner is not None:
        raise ConflictError(
            msg("{name} is an owner: taking their access gives the store a new key.",
                name=owner.name),
            hint=msg("Take it away under “People” first, then sign the review."),
        )  # fmt: skip


def _take_away(job: Job, leaving: Sequence[PersonAccess]) -> None:
    for person in leaving:
        job.store.keys.unlocked.remove_user(person.name)
        with job.transaction() as tx:
            tx.about(f"user {person.name}", by="review")


def _document(job: Job, tx: Transaction, row: ReviewRow, people: Sequence[PersonAccess]) -> str:
    return rules.document(
        row,
        people,
        install=job.store.keys.vault.install_id,
        roster=_roster(job),
        closed_at=tx.at,
        closed_by=tx.actor.name,
    )


def _roster(job: Job) -> str:
    return job.store.keys.vault.roster_head.hex()


def _names(job: Job) -> Mapping[str, str]:
    return {user.id: user.name for user in job.store.keys.vault.users()}


def _open(tx: Transaction, review_id: int) -> AccessReview:
    row = tx.get(AccessReview, review_id)
    if row.closed_at is not None:
        raise ConflictError(msg("This review has been signed and cannot be changed."))
    return row


def _person(people: Sequence[PersonAccess], user_id: str) -> PersonAccess:
    for person in people:
        if person.user_id == user_id:
            return person
    raise NotFoundError(msg("There is no such person in this review (any more)."))


def _decided(
    tx: Transaction, review_id: int, people: Sequence[PersonAccess], names: Mapping[str, str]
) -> Sequence[PersonAccess]:
    found = tx.objects(select(ReviewDecision).where(ReviewDecision.review_id == review_id))
    by_user = {row.user_id: row for row in found}
    return [
        replace(
            person,
            decision=by_user[person.user_id].decision,
            reason=by_user[person.user_id].reason,
            decided_by=names.get(by_user[person.user_id].decided_by, ""),
        )
        if person.user_id in by_user
        else person
        for person in people
    ]


def _rows(tx: Transaction, names: Mapping[str, str]) -> list[ReviewRow]:
    ordered = select(AccessReview).order_by(AccessReview.opened_at.desc(), AccessReview.id.desc())
    return [_row(row, names) for row in tx.objects(ordered)]


def _row(row: AccessReview, names: Mapping[str, str]) -> ReviewRow:
    closed: datetime | None = row.closed_at
    return ReviewRow(
        row.id,
        row.opened_at,
        names.get(row.opened_by, row.opened_by),
        closed,
        names.get(row.closed_by, row.closed_by),
        row.people,
        row.removed,
        row.sha256,
    )
