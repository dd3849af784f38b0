"""One-time codes: an owner lets people in without ever knowing a password."""

from __future__ import annotations

from datetime import timedelta

import pytest

from desktop_app.kernel.access import Domain, Role
from desktop_app.kernel.errors import ConflictError, InvalidError, NotAllowedError
from desktop_app.vault import one_time
from desktop_app.vault.cost import KdfCost
from desktop_app.vault.door import ChoosePasswordError
from desktop_app.vault.key_file import KeyFile
from desktop_app.vault.slots import SlotKind, slot_key

from .conftest import MANAGER, NEW_PASSWORD, OWNER, OWNER_PASSWORD, STAFF, STAFF_PASSWORD, Store

REFUSED = "The name or the one-time code is wrong"


@pytest.fixture
def store(fast_store: Store) -> Store:
    return fast_store


@pytest.fixture
def code(store: Store) -> str:
    """Give the code that the owner made for the member of staff."""
    with store.sign_in() as owner:
        return owner.reset_password(STAFF).text


def test_a_reset_ends_the_old_password_and_the_code_chooses_a_new_one(store, code):
    with pytest.raises(NotAllowedError, match="name or the password is wrong"):
        store.sign_in(STAFF, STAFF_PASSWORD)
    with store.vault.redeem(STAFF, code, NEW_PASSWORD, clock=store.clock) as staff:
        assert set(staff.domain_keys) == {Domain.OPS}
        assert staff.entered.way == "one-time code"
    assert store.sign_in(STAFF, NEW_PASSWORD).role == Role.STAFF


def test_signing_in_with_a_code_asks_for_a_password_first(store, code):
    with pytest.raises(ChoosePasswordError) as told:
        store.sign_in(STAFF, code.lower().replace("-", " "))
    assert told.value.code == "choose_password"
    store.vault.redeem(STAFF, code, NEW_PASSWORD, clock=store.clock).close()


def test_asvs_6_4_1_a_code_is_good_for_24_hours(store, code):
    store.clock.at += timedelta(hours=23, minutes=59)
    with pytest.raises(ChoosePasswordError):
        store.sign_in(STAFF, code)
    store.clock.at += timedelta(minutes=1)
    for use in (
        lambda: store.sign_in(STAFF, code),
        lambda: store.vault.redeem(STAFF, code, NEW_PASSWORD, clock=store.clock),
    ):
        with pytest.raises(NotAllowedError, match="has ended") as told:
            use()
        assert "owner" in str(told.value.hint)


def test_asvs_6_5_1_a_code_is_good_once(store, code):
    store.vault.redeem(STAFF, code, NEW_PASSWORD, clock=store.clock).close()
    for use in (
        lambda: store.sign_in(STAFF, code),
        lambda: store.vault.redeem(STAFF, code, "tamam başqa uzun parça", clock=store.clock),
    ):
        with pytest.raises(NotAllowedError, match="was used already"):
            use()
    assert store.sign_in(STAFF, NEW_PASSWORD).name == STAFF


def test_a_newer_code_ends_the_one_before(store, code):
    with store.sign_in() as owner:
        newer = owner.reset_password(STAFF).text
    with pytest.raises(NotAllowedError, match=REFUSED):
        store.sign_in(STAFF, code)
    store.vault.redeem(STAFF, newer, NEW_PASSWORD, clock=store.clock).close()


def test_a_weak_password_leaves_the_code_good(store, code):
    with pytest.raises(InvalidError):
        store.vault.redeem(STAFF, code, "demo", clock=store.clock)
    with pytest.raises(InvalidError, match="one-time code"):
        store.vault.redeem(STAFF, code, code, clock=store.clock)
    store.vault.redeem(STAFF, code, NEW_PASSWORD, clock=store.clock).close()


def test_a_code_is_nobody_elses(store, code):
    for name in (MANAGER, OWNER, "Nobody"):
        with pytest.raises(NotAllowedError, match=REFUSED):
            store.sign_in(name, code)


def test_asvs_6_4_6_the_owner_learns_no_password_and_needs_none(store, code):
    raw = store.path.read_bytes()
    for secret in (code, code.replace("-", ""), STAFF_PASSWORD):
        assert secret.encode() not in raw


def test_old_signatures_still_verify_after_a_reset(store):
    with store.sign_in(STAFF, STAFF_PASSWORD) as staff:
        signature = staff.sign("count", b"12 boxes")
    with store.sign_in() as owner:
        code = owner.reset_password(STAFF).text
    with store.vault.redeem(STAFF, code, NEW_PASSWORD, clock=store.clock) as staff:
        fresh = staff.sign("count", b"12 boxes")
    assert fresh != signature
    for one in (signature, fresh):
        assert store.vault.verify(STAFF, "count", b"12 boxes", one)


def test_a_session_from_before_the_reset_ends(store):
    staff = store.sign_in(STAFF, STAFF_PASSWORD)
    with store.sign_in() as owner:
        owner.reset_password(STAFF)
    with pytest.raises(NotAllowedError, match="renewed"):
        staff.refresh()


def test_a_new_user_comes_in_with_a_code(store):
    with store.sign_in() as owner:
        code = owner.add_with_code("Yeni Kassir", Role.STAFF, venues=(1,))
        assert code.user == "Yeni Kassir"
        assert code.ends_at - store.clock.now() == timedelta(hours=24)
        with pytest.raises(ConflictError):
            owner.add_with_code("yeni kassir", Role.STAFF)
    with pytest.raises(ChoosePasswordError):
        store.sign_in("Yeni Kassir", code.text)
    store.vault.redeem("Yeni Kassir", code.text, NEW_PASSWORD, clock=store.clock).close()
    assert store.sign_in("Yeni Kassir", NEW_PASSWORD).role == Role.STAFF


def test_only_owners_make_codes_and_not_for_themselves(store):
    with store.sign_in(STAFF, STAFF_PASSWORD) as staff:
        for deed in (
            lambda: staff.reset_password(MANAGER),
            lambda: staff.add_with_code("New", Role.OWNER),
        ):
            with pytest.raises(NotAllowedError):
                deed()
    with store.sign_in() as owner, pytest.raises(ConflictError):
        owner.reset_password(OWNER)


def test_removing_and_recovering_end_a_code(store, code):
    with store.sign_in() as owner:
        owner.remove_user(STAFF)
    with pytest.raises(NotAllowedError, match=REFUSED):
        store.sign_in(STAFF, code)
    contents = KeyFile(store.folder).read()
    assert not [key for key in contents.slots if key.startswith(store.user_id(STAFF))]


def test_a_code_slot_moved_into_the_place_of_the_password_does_not_open(store, code):
    user_id = store.user_id(STAFF)
    key = slot_key(user_id, SlotKind.CODE)
    store.edit(lambda body: body["slots"].update({user_id: body["slots"][key]}))
    with pytest.raises(NotAllowedError):
        store.sign_in(STAFF, code.replace("-", "_"))


def test_guessing_codes_is_slowed_down_with_the_passwords(store, code):
    for _ in range(2):
        with pytest.raises(NotAllowedError, match=REFUSED):
            store.sign_in(STAFF, one_time.random_text())
    with pytest.raises(NotAllowedError, match="name or the password"):
        store.sign_in(STAFF, "something else entirely")
    with pytest.raises(NotAllowedError, match="Wait"):
        store.sign_in(STAFF, code)
    store.clock.at += timedelta(seconds=2)
    store.vault.redeem(STAFF, code, NEW_PASSWORD, clock=store.clock).close()


@pytest.mark.parametrize("typed", ["wrong", "7QK3M-9MZDA-0R4TX"])
def test_somebody_without_a_password_costs_one_derivation_like_anybody(
    store, code, typed, monkeypatch
):
    derived = []
    real = KdfCost.derive

    def counting(self, password, salt, **more):
        derived.append(self)
        return real(self, password, salt, **more)

    monkeypatch.setattr(KdfCost, "derive", counting)
    for name in (STAFF, MANAGER, "Nobody"):
        with pytest.raises(NotAllowedError):
            store.sign_in(name, typed)
    assert derived == [KdfCost.FLOOR] * 3


def test_two_people_using_one_code_at_once_cannot_both(store, code, monkeypatch):
    vault = store.vault
    update = vault._file.update

    def late(change):
        monkeypatch.undo()
        store.vault.redeem(STAFF, code, NEW_PASSWORD, clock=store.clock).close()
        return update(change)

    monkeypatch.setattr(vault._file, "update", late)
    with pytest.raises(ConflictError):
        vault.redeem(STAFF, code, "tamam başqa uzun parça", clock=store.clock)
    assert store.sign_in(STAFF, NEW_PASSWORD).name == STAFF


def test_the_owner_is_not_among_those_without_password(store):
    assert store.sign_in(OWNER, OWNER_PASSWORD).sign_in_facts().password
