"""When a review is due, who deserves a second look, and the document that is signed."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from typing import Any

from desktop_app.kernel.access import Domain, Permission
from desktop_app.kernel.clock import millis, moment
from desktop_app.kernel.errors import ConflictError, InvalidError, NotAllowedError
from desktop_app.kernel.roles import TITLES
from desktop_app.kernel.text import clean
from desktop_app.kernel.words import msg
from desktop_app.reviews.records import (
    Decision,
    Flag,
    PersonAccess,
    ReviewRow,
    ReviewState,
    RightUse,
)

UNUSED_DAYS = 90
"""After how many days without use a right is proposed to be taken away (security.md, 4.3)."""
LONGEST_REASON = 1000
FORMAT = "clopos-desk access review"
PURPOSE = "review/v1"


def state(
    now: datetime, born_at: datetime, every_days: int, reviews: Sequence[ReviewRow]
) -> ReviewState:
    """Return when the next review is due: `every_days` after the last one, or after the start."""
    closed = [row.closed_at for row in reviews if row.closed_at is not None]
    last = max(closed, default=None)
    due = (last or born_at) + timedelta(days=every_days)
    still_open = next((row.id for row in reviews if row.closed_at is None), None)
    return ReviewState(last, due, max((now - due).days, 0), still_open)


def unused_rights(
    rights: Sequence[RightUse], born_at: datetime, now: datetime
) -> Sequence[Permission]:
    """Return the rights not used for 90 days, of those held that long.

    `born_at` is when the person was let in. `anyone` is no right that can be taken away.
    """
    return [
        right.permission
        for right in rights
        if right.permission is not Permission.ANYONE
        and _idle(right.held_since or born_at, now)
        and _idle(right.last_used_at, now)
    ]


def flags(
    now: datetime,
    held_since: datetime,
    last_sign_in: datetime | None,
    *,
    leaver: bool,
    shared_pin: bool,
    unused: Sequence[Permission],
) -> frozenset[Flag]:
    """Return why a person deserves a second look."""
    found: set[Flag] = set()
    long_held = now - held_since >= timedelta(days=UNUSED_DAYS)
    if last_sign_in is None:
        found.add(Flag.NEVER)
    elif long_held and _idle(last_sign_in, now):
        found.add(Flag.UNUSED)
    if leaver:
        found.add(Flag.LEAVER)
    if shared_pin:
        found.add(Flag.SHARED_PIN)
    if unused and Flag.UNUSED not in found:
        found.add(Flag.UNUSED_RIGHTS)
    return frozenset(found)


def check_decision(person: PersonAccess, decision: Decision, reason: str, *, others: int) -> str:
    """Return the reason, tidied; raise where the decision may not be made.

    Nobody decides about themselves while there is another owner (`others`), nobody is removed or
    changed without a reason, and a person with a flag is not kept without one.
    """
    tidy = clean(reason)
    if len(tidy) > LONGEST_REASON:
        raise InvalidError(
            msg("A reason has at most {limit} characters.", limit=LONGEST_REASON), field="reason"
        )
    if person.mine and others:
        raise NotAllowedError(
            msg("Nobody reviews themselves while there is another owner."),
            hint=msg("Let the other owner decide about you."),
        )
    if person.mine and decision is not Decision.KEEP:
        raise ConflictError(msg("The last owner cannot be removed."))
    if not tidy and (decision is not Decision.KEEP or person.flags):
        raise InvalidError(
            msg("Say why, in a few words: {name} needs a second look.", name=person.name),
            field="reason",
        )
    return tidy


def check_complete(people: Sequence[PersonAccess]) -> None:
    """Raise ConflictError, naming the first, where somebody has not been decided about."""
    for person in people:
        if person.decision is None:
            raise ConflictError(
                msg("Nothing has been decided about {name} yet.", name=person.name),
                hint=msg("A review is signed when everybody has been looked at."),
            )


def document(
    row: ReviewRow,
    people: Sequence[PersonAccess],
    *,
    install: str,
    roster: str,
    closed_at: datetime,
    closed_by: str,
) -> str:
    """Return the canonical JSON that is signed: what you see is what you sign."""
    body = {
        "format": FORMAT,
        "version": 1,
        "review": str(row.id),
        "store": install,
        "roster_sha256": roster,
        "opened_ms": millis(row.opened_at),
        "opened_by": row.opened_by,
        "closed_ms": millis(closed_at),
        "closed_by": closed_by,
        "people": [_person_json(person) for person in people],
    }
    return json.dumps(body, sort_keys=True, separators=(",", ":"), ensure_ascii=True)


def digest(text: str) -> str:
    """Return the SHA-256 of a review's document."""
    return hashlib.sha256(text.encode()).hexdigest()


def people_of(text: str) -> Sequence[PersonAccess]:
    """Return the people of a signed document."""
    return [_person_from(parsed) for parsed in json.loads(text)["people"]]


def names(rights: Iterable[Permission]) -> list[str]:
    """Return rights as they are written, in order."""
    return sorted(right.value for right in rights)


def _idle(used_at: datetime | None, now: datetime) -> bool:
    return used_at is None or now - used_at >= timedelta(days=UNUSED_DAYS)


def _person_json(person: PersonAccess) -> dict[str, Any]:
    return {
        "user": person.user_id,
        "name": person.name,
        "role": person.role,
        "role_name": str(person.role_title),
        "created_ms": millis(person.created_at),
        "last_sign_in_ms": None if person.last_sign_in is None else millis(person.last_sign_in),
        "rights": {
            right.permission.value: None
            if right.last_used_at is None
            else millis(right.last_used_at)
            for right in person.rights
        },
        "domains": sorted(person.domains),
        "reads_trail": person.reads_trail,
        "flags": sorted(person.flags),
        "unused": names(person.unused),
        "decision": person.decision,
        "reason": person.reason,
        "decided_by": person.decided_by,
    }


def _person_from(parsed: dict[str, Any]) -> PersonAccess:
    last = parsed["last_sign_in_ms"]
    return PersonAccess(
        user_id=parsed["user"],
        name=parsed["name"],
        role=parsed["role"],
        role_title=TITLES.get(parsed["role"]) or msg("{name}", name=parsed["role_name"]),
        created_at=moment(parsed["created_ms"]),
        last_sign_in=None if last is None else moment(last),
        rights=[
            RightUse(Permission(word), None if used is None else moment(used))
            for word, used in parsed["rights"].items()
        ],
        domains=frozenset(Domain(word) for word in parsed["domains"]),
        reads_trail=parsed["reads_trail"],
        flags=frozenset(Flag(word) for word in parsed["flags"]),
        unused=[Permission(word) for word in parsed["unused"]],
        decision=Decision(parsed["decision"]),
        reason=parsed["reason"],
        decided_by=parsed["decided_by"],
    )
