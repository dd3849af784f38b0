"""Reviews of who has access."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from desktop_app.cli.call import Call, Desk
from desktop_app.cli.output import Answer, Column, Facts, Table
from desktop_app.kernel.errors import DamagedError, NotFoundError
from desktop_app.kernel.words import msg
from desktop_app.reviews import operations as reviews
from desktop_app.reviews.handing import write_review
from desktop_app.reviews.records import Decision, PersonAccess, Review, ReviewRow
from desktop_app.reviews.rules import names
from desktop_app.reviews.wording import DECISIONS, flag_words
from desktop_app.venue.operations import get_settings


def status(_call: Call, desk: Desk) -> Answer:
    """Say when the last review was and when the next is due."""
    found = desk.do(reviews.review_state)
    return Answer(
        {
            "last": desk.iso(found.last_closed_at),
            "due": desk.iso(found.due_at),
            "overdue_days": found.overdue_days,
            "open": None if found.open_id is None else str(found.open_id),
        },
        [
            Facts(
                [
                    (msg("Last review"), desk.when(found.last_closed_at)),
                    (msg("Next one due"), desk.when(found.due_at)),
                    (msg("Days overdue"), str(found.overdue_days)),
                ]
            )
        ],
    )


def list_reviews(_call: Call, desk: Desk) -> Answer:
    """List the reviews."""
    found = desk.do(reviews.list_reviews)
    rows = [
        [
            str(row.id),
            desk.when(row.opened_at),
            desk.when(row.closed_at),
            row.closed_by,
            str(row.people),
            str(row.removed),
        ]
        for row in found
    ]
    titles = [
        Column(msg("Number")),
        Column(msg("Begun")),
        Column(msg("Signed")),
        Column(msg("By")),
        Column(msg("People"), right=True),
        Column(msg("Access taken away"), right=True),
    ]
    return Answer(
        {"rows": [_row_json(desk, row) for row in found], "next": None}, [Table(titles, rows)]
    )


def start(_call: Call, desk: Desk) -> Answer:
    """Begin a review."""
    number = desk.do(reviews.open_review)
    return Answer(
        {"review_id": str(number)},
        [msg("Review {number} is open: decide about everybody, then sign it.", number=number)],
    )


def show(call: Call, desk: Desk) -> Answer:
    """Show a review with its people."""
    review = desk.do(reviews.get_review, _chosen(call, desk))
    rows = [
        [
            person.name,
            call.words.of(person.role_title),
            desk.when(person.last_sign_in),
            "; ".join(call.words.of(flag) for flag in flag_words(person)),
            call.words.of(DECISIONS[person.decision]) if person.decision else "–",
            person.reason,
        ]
        for person in review.people
    ]
    titles = [
        Column(msg("Name")),
        Column(msg("Role")),
        Column(msg("Last sign-in")),
        Column(msg("Second look")),
        Column(msg("Decision")),
        Column(msg("Reason")),
    ]
    return Answer(_review_json(desk, review), [Table(titles, rows)])


def decide(call: Call, desk: Desk) -> Answer:
    """Decide what becomes of somebody's access."""
    options = call.options
    review = desk.do(reviews.get_review, desk.do(reviews.open_review))
    person = next((p for p in review.people if p.name == options.name), None)
    if person is None:
        raise NotFoundError(msg("There is no user “{name}”.", name=options.name))
    decision = Decision(options.decision)
    desk.do(reviews.decide, review.row.id, person.user_id, decision, options.reason)
    left = len(review.undecided) - (person.decision is None)
    return Answer(
        {"review_id": str(review.row.id), "name": person.name, "decision": decision, "left": left},
        [msg("Decided. Left to decide: {left}.", left=left)],
    )


def sign(call: Call, desk: Desk) -> Answer:
    """Sign the open review."""
    signed = desk.do(reviews.sign_review, _chosen(call, desk, open_only=True))
    file = None
    if call.options.out:
        file = str(_written(call, desk, signed.review_id))
    return Answer(
        {
            "review_id": str(signed.review_id),
            "sha256": signed.sha256,
            "removed": list(signed.removed),
            "to_change": list(signed.changed),
            "file": file,
        },
        [
            Facts(
                [
                    (msg("SHA-256"), signed.sha256),
                    (msg("Access taken away"), ", ".join(signed.removed) or "–"),
                    (msg("To be changed"), ", ".join(signed.changed) or "–"),
                ]
            )
        ],
    )


def print_review(call: Call, desk: Desk) -> Answer:
    """Write a signed review as a PDF."""
    file = _written(call, desk, _chosen(call, desk, open_only=False))
    return Answer({"file": str(file)}, [msg("Written to {file}.", file=file)])


def verify(call: Call, desk: Desk) -> Answer:
    """Check the signature of a review; exit code 7 where it does not fit."""
    number = _chosen(call, desk, open_only=False)
    genuine = desk.do(reviews.check_review, number)
    said = (
        msg("The signature fits the document and the reviewer's key.")
        if genuine
        else msg("The signature does NOT fit: the review was changed after it was signed.")
    )
    return Answer(
        {"review_id": str(number), "ok": genuine}, [said], 0 if genuine else DamagedError.exit_code
    )


def _written(call: Call, desk: Desk, number: int) -> Path:
    language = call.options.lang or desk.do(get_settings)["documents.language"]
    return desk.do(write_review, number, Path(call.options.out), language)


def _chosen(call: Call, desk: Desk, *, open_only: bool | None = None) -> int:
    """Return the review that is meant: the one named, or the newest (open or signed) one."""
    named = getattr(call.options, "review", None)
    if named is not None:
        return int(named)
    for row in desk.do(reviews.list_reviews):
        if open_only is None or (row.closed_at is None) is open_only:
            return row.id
    raise NotFoundError(
        msg("There is no such review."), hint=msg("“clopos-desk access review start” begins one.")
    )


def _row_json(desk: Desk, row: ReviewRow) -> dict[str, Any]:
    return {
        "id": str(row.id),
        "opened_at": desk.iso(row.opened_at),
        "opened_by": row.opened_by,
        "closed_at": desk.iso(row.closed_at),
        "closed_by": row.closed_by,
        "people": row.people,
        "removed": row.removed,
        "sha256": row.sha256,
    }


def _review_json(desk: Desk, review: Review) -> dict[str, Any]:
    people = [_person_json(desk, person) for person in review.people]
    return {**_row_json(desk, review.row), "rows": people, "next": None}


def _person_json(desk: Desk, person: PersonAccess) -> dict[str, Any]:
    return {
        "id": person.user_id,
        "name": person.name,
        "role": person.role,
        "last_sign_in": desk.iso(person.last_sign_in),
        "rights": {right.permission.value: desk.iso(right.last_used_at) for right in person.rights},
        "domains": sorted(person.domains),
        "reads_trail": person.reads_trail,
        "flags": sorted(person.flags),
        "unused": names(person.unused),
        "decision": person.decision,
        "reason": person.reason,
        "decided_by": person.decided_by,
    }
