"""Who is signed in where: the list, ending a session, what a sign-in tells."""

from __future__ import annotations

from datetime import timedelta

import pytest

from desktop_app.access.own_sign_in import set_authenticator, set_pin
from desktop_app.access.sessions import (
    WINDOW,
    end_session,
    list_sessions,
    note_lock,
    session_open,
)
from desktop_app.access.users import remove_user, reset_password
from desktop_app.app import App
from desktop_app.kernel.access import Role
from desktop_app.kernel.errors import NotAllowedError, NotFoundError
from desktop_app.sign_in import Reception
from desktop_app.vault.door import ChoosePasswordError, CodeNeededError
from desktop_app.vault.quick import QuickUnlock
from desktop_app.vault.totp import Enrolment, code_at
from tests.database.shop import PASSWORD, PEOPLE, Shop, confirmed

OWNER, STAFF = PEOPLE[Role.OWNER], PEOPLE[Role.STAFF]


@pytest.fixture
def reception(shop: Shop) -> Reception:
    return Reception(shop.folder, clock=shop.clock, keyring=False, quick=QuickUnlock(shop.clock))


def enter(reception: Reception, name: str = STAFF, program: str = WINDOW) -> App:
    return reception.sign_in(name, PASSWORD, program=program)


def test_a_window_is_listed_until_it_locks_and_a_call_is_over_at_once(shop, reception):
    window = enter(reception)
    shop.clock.at += timedelta(minutes=1)
    with window, enter(reception, program="command line") as call:
        newest, oldest = window.call(list_sessions)
        assert (newest.ended_by, oldest.ended_by) == ("call", "")
        assert (oldest.user, oldest.way, oldest.ended_at) == (STAFF, "password", None)
        assert oldest.program.startswith("window ")
        assert not call.call(session_open, call.session_id)
        assert window.call(session_open, window.session_id)
        shop.clock.at += timedelta(minutes=5)
        window.call(note_lock, window.session_id, "lock")
        assert window.call(list_sessions)[1].ended_at == shop.clock.now()
        assert not window.call(session_open, window.session_id)


def test_a_session_is_good_for_twelve_hours(shop, reception):
    with enter(reception) as window:
        shop.clock.at += timedelta(hours=11, minutes=59)
        assert window.call(session_open, window.session_id)
        shop.clock.at += timedelta(minutes=1)
        assert not window.call(session_open, window.session_id)
        (row,) = window.call(list_sessions)
        assert row.ended_at == row.started_at + timedelta(hours=12)


def test_one_ends_ones_own_sessions_and_an_owner_everybodys(shop, reception):
    with (
        enter(reception) as here,
        enter(reception) as there,
        enter(reception, OWNER) as owner,
    ):
        here.call(end_session, there.session_id)
        assert not there.call(session_open, there.session_id)
        with pytest.raises(NotAllowedError, match="somebody else"):
            here.call(end_session, owner.session_id)
        with pytest.raises(NotAllowedError, match="sessions of others"):
            here.call(list_sessions, everybody=True)
        assert owner.call(session_open, owner.session_id)
        owner.call(end_session, here.session_id)
        assert not here.call(session_open, here.session_id)
        assert {row.user for row in owner.call(list_sessions, everybody=True)} == {STAFF, OWNER}
        with pytest.raises(NotFoundError):
            owner.call(end_session, 1)
    shop.check_trail()


def test_nobody_notes_the_lock_of_somebody_else(shop, reception):
    with (
        enter(reception) as staff,
        enter(reception, OWNER) as owner,
        pytest.raises(NotAllowedError),
    ):
        staff.call(note_lock, owner.session_id, "lock")


def test_asvs_6_3_5_wrong_passwords_are_told_at_the_next_sign_in(shop, reception):
    with enter(reception) as first:
        assert (first.failed_attempts, first.signed_in_before, first.notices) == (0, None, [])
    began = shop.clock.now()
    shop.clock.at += timedelta(hours=1)
    for _ in range(2):
        with pytest.raises(NotAllowedError):
            reception.sign_in(STAFF, "wrong")
    with enter(reception) as second:
        assert second.failed_attempts == 2
        assert second.signed_in_before == began
        assert "2 wrong passwords" in str(second.notices[-1])
    with enter(reception) as third:
        assert third.failed_attempts == 0


def test_a_reset_ends_the_session_at_its_next_step_and_the_password_for_good(shop, reception):
    with enter(reception, OWNER) as owner, enter(reception) as staff:
        code = confirmed(owner, reset_password, STAFF)
        with pytest.raises(NotAllowedError, match="renewed"):
            staff.call(list_sessions)
    with pytest.raises(NotAllowedError):
        enter(reception)
    with pytest.raises(ChoosePasswordError):
        reception.sign_in(STAFF, code.text)
    shop.clock.at += timedelta(seconds=5)
    with reception.choose_password(STAFF, code.text, "marble harbour seven pigeons") as staff:
        assert staff.call(list_sessions)[0].way == "one-time code"
    assert code.text not in shop.trail_text()
    shop.check_trail()


def test_asvs_7_4_2_a_removed_persons_session_ends(shop, reception):
    with enter(reception, OWNER) as owner, enter(reception) as staff:
        confirmed(owner, remove_user, STAFF)
        with pytest.raises(NotAllowedError, match="taken away"):
            staff.call(list_sessions)


def test_a_pin_brings_back_who_gave_a_password_and_the_trail_says_pin(shop, reception):
    with enter(reception) as staff:
        staff.call(set_pin, PASSWORD, "8305")
        user_id = staff.actor.user_id
    shop.clock.at += timedelta(seconds=5)
    with reception.resume(user_id, "8305") as again:
        assert (again.actor.name, again.actor.way) == (STAFF, "pin")
        assert again.call(list_sessions)[0].way == "pin"
    other = Reception(shop.folder, clock=shop.clock, keyring=False, quick=QuickUnlock(shop.clock))
    with pytest.raises(NotAllowedError, match="after the password"):
        other.resume(user_id, "8305")
    with enter(other) as staff:
        assert [one.name for one in other.quick.people()] == [STAFF]
    other.resume(user_id, "8305").close()


def test_an_app_is_asked_for_after_the_password(shop, reception):
    enrolment = Enrolment.random()

    def code() -> str:
        return code_at(enrolment.secret, int(shop.clock.now().timestamp()) // 30)

    with enter(reception) as staff:
        staff.call(set_authenticator, PASSWORD, enrolment, code())
    shop.clock.at += timedelta(minutes=2)
    with pytest.raises(CodeNeededError):
        enter(reception)
    with reception.sign_in(STAFF, PASSWORD, code=code()) as staff:
        assert staff.actor.way == "password and app code"
    assert enrolment.typed_secret not in shop.trail_text()
