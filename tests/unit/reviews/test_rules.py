"""When a review is due, who deserves a second look, and what may be decided."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop_app.kernel.access import Permission
from desktop_app.kernel.errors import ConflictError, InvalidError, NotAllowedError
from desktop_app.kernel.roles import BUILT_IN, Role
from desktop_app.reviews import rules
from desktop_app.reviews.records import Decision, Flag, PersonAccess, ReviewRow, RightUse

NOW = datetime(2026, 11, 3, 8, tzinfo=UTC)
LONG_AGO = NOW - timedelta(days=400)


def person(**changes) -> PersonAccess:
    role = BUILT_IN[Role.MANAGER]
    rights = [RightUse(right, NOW) for right in sorted(role.permissions)]
    made = PersonAccess(
        "u1", "Rauf", role.id, role.title, LONG_AGO, NOW, rights, role.domains,
        reads_trail=True, flags=frozenset(), unused=(),
    )  # fmt: skip
    return replace(made, **changes)


def row(number: int, closed: datetime | None) -> ReviewRow:
    return ReviewRow(number, LONG_AGO, "Aysel", closed, "Aysel", 3, 0, "")


def test_the_first_review_is_due_a_quarter_after_the_store_was_made():
    found = rules.state(NOW, NOW - timedelta(days=10), 91, [])
    assert (found.last_closed_at, found.overdue_days, found.open_id) == (None, 0, None)
    assert found.due_at == NOW + timedelta(days=81)


def test_a_review_is_due_a_quarter_after_the_last_one_that_was_signed():
    closed = NOW - timedelta(days=100)
    rows = [row(3, None), row(2, closed), row(1, LONG_AGO)]
    found = rules.state(NOW, LONG_AGO, 91, rows)
    assert (found.last_closed_at, found.overdue_days, found.open_id) == (closed, 9, 3)


@given(days=st.integers(0, 400), used=st.integers(0, 400))
def test_a_right_is_unused_when_it_was_held_and_idle_for_ninety_days(days, used):
    since = NOW - timedelta(days=days)
    last = NOW - timedelta(days=used)
    rights = [RightUse(Permission.ANYONE, None), RightUse(Permission.MENU_EDIT, last, since)]
    found = rules.unused_rights(rights, LONG_AGO, NOW)
    assert (found == [Permission.MENU_EDIT]) is (days >= 90 and used >= 90)
    never = [RightUse(Permission.MENU_EDIT, None)]
    assert (rules.unused_rights(never, since, NOW) == [Permission.MENU_EDIT]) is (days >= 90)


def flags_of(**changes) -> frozenset[Flag]:
    given = {"leaver": False, "shared_pin": False, "unused": (), **changes}
    since, last = given.pop("since", LONG_AGO), given.pop("last", NOW)
    return rules.flags(NOW, since, last, **given)


def test_who_deserves_a_second_look():
    assert flags_of() == frozenset()
    assert flags_of(last=None) == {Flag.NEVER}
    assert flags_of(last=LONG_AGO, unused=(Permission.MENU_EDIT,)) == {Flag.UNUSED}
    assert flags_of(last=LONG_AGO, since=NOW) == frozenset()
    assert flags_of(leaver=True, shared_pin=True) == {Flag.LEAVER, Flag.SHARED_PIN}
    assert flags_of(unused=(Permission.MENU_EDIT,)) == {Flag.UNUSED_RIGHTS}


def test_nobody_reviews_themselves_beside_another_owner():
    with pytest.raises(NotAllowedError, match="another owner"):
        rules.check_decision(person(mine=True), Decision.KEEP, "", others=1)
    assert rules.check_decision(person(mine=True), Decision.KEEP, "", others=0) == ""


def test_the_only_owner_cannot_remove_themselves():
    with pytest.raises(ConflictError, match="last owner"):
        rules.check_decision(person(mine=True), Decision.REMOVE, "tired", others=0)


@pytest.mark.parametrize("decision", [Decision.CHANGE, Decision.REMOVE])
def test_a_change_needs_a_reason(decision):
    with pytest.raises(InvalidError, match="Say why") as failed:
        rules.check_decision(person(), decision, "  \n ", others=0)
    assert failed.value.field == "reason"
    assert rules.check_decision(person(), decision, "  left \n in May ", others=0) == "left in May"


def test_keeping_somebody_with_a_flag_needs_a_reason():
    flagged = person(flags=frozenset({Flag.UNUSED}))
    with pytest.raises(InvalidError, match="Rauf needs a second look"):
        rules.check_decision(flagged, Decision.KEEP, "", others=0)
    assert rules.check_decision(flagged, Decision.KEEP, "on leave", others=0) == "on leave"


def test_a_reason_has_a_length():
    with pytest.raises(InvalidError, match="1000"):
        rules.check_decision(person(), Decision.KEEP, "x" * 1001, others=0)


def test_a_review_is_complete_when_everybody_was_looked_at():
    rules.check_complete([person(decision=Decision.KEEP)])
    with pytest.raises(ConflictError, match="about Rauf"):
        rules.check_complete([person(decision=Decision.KEEP), person()])


@given(
    reason=st.text(max_size=60),
    flags=st.frozensets(st.sampled_from(Flag)),
    last=st.one_of(st.none(), st.integers(0, 10**9)),
    decision=st.sampled_from(Decision),
)
def test_a_signed_document_gives_back_the_people_as_they_were_signed(reason, flags, last, decision):
    shown = person(
        reason=reason,
        flags=flags,
        unused=[Permission.MENU_EDIT],
        last_sign_in=None if last is None else NOW - timedelta(seconds=last),
        decision=decision,
        decided_by="Aysel",
    )
    text = rules.document(
        row(7, None), [shown], install="i", roster="r", closed_at=NOW, closed_by="Aysel"
    )
    (read,) = rules.people_of(text)
    assert str(read.role_title) == str(shown.role_title)
    assert replace(read, role_title=shown.role_title) == shown
    assert rules.digest(text) != rules.digest(text.replace("Rauf", "Rauf "))
