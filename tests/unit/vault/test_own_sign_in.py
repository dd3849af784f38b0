"""One's own sign-in: app, quick PIN, till PIN."""

from __future__ import annotations

from datetime import timedelta

import pytest

from desktop_app.kernel.access import Domain, Permission, Role
from desktop_app.kernel.errors import InvalidError, NotAllowedError, UnavailableError
from desktop_app.kernel.roles import checked_role
from desktop_app.vault.device import Binding
from desktop_app.vault.door import CodeNeededError
from desktop_app.vault.quick import QuickUnlock
from desktop_app.vault.secret import SecretBytes
from desktop_app.vault.totp import Enrolment, code_at

from .conftest import MANAGER, MANAGER_PASSWORD, NEW_PASSWORD, OWNER, STAFF, STAFF_PASSWORD, Store

PIN = "830572"


def code(store: Store, enrolment: Enrolment) -> str:
    return code_at(enrolment.secret, int(store.clock.now().timestamp()) // 30)


def later(store: Store) -> None:
    store.clock.at += timedelta(seconds=90)


@pytest.fixture
def store(fast_store: Store) -> Store:
    return fast_store


@pytest.fixture
def app(store: Store) -> Enrolment:
    """Give the authenticator app of the member of staff."""
    enrolment = Enrolment.random()
    with store.sign_in(STAFF, STAFF_PASSWORD) as staff:
        staff.set_authenticator(STAFF_PASSWORD, enrolment, code(store, enrolment))
    later(store)
    return enrolment


def unlock(store: Store, typed: str | None, password: str = STAFF_PASSWORD):
    return store.vault.unlock(STAFF, password, clock=store.clock, code=typed)


def test_an_app_that_does_not_show_the_right_code_is_not_set_up(store):
    enrolment = Enrolment.random()
    with store.sign_in(STAFF, STAFF_PASSWORD) as staff:
        for typed in ("000000", enrolment.spare[0], ""):
            with pytest.raises(InvalidError, match="does not fit"):
                staff.set_authenticator(STAFF_PASSWORD, enrolment, typed)
        with pytest.raises(NotAllowedError):
            staff.set_authenticator("wrong", enrolment, code(store, enrolment))
    unlock(store, None).close()


def test_with_an_app_its_code_is_needed_and_the_trail_says_so(store, app):
    with pytest.raises(CodeNeededError, match="is needed as well"):
        unlock(store, None)
    with unlock(store, code(store, app)) as staff:
        assert staff.entered.way == "password and app code"


def test_without_the_right_password_nobody_learns_that_there_is_an_app(store, app):
    with pytest.raises(NotAllowedError, match="name or the password") as told:
        unlock(store, code(store, app), "wrong")
    assert not isinstance(told.value, CodeNeededError)


def test_a_code_is_never_taken_twice(store, app):
    unlock(store, code(store, app)).close()
    with pytest.raises(CodeNeededError, match="used already"):
        unlock(store, code(store, app))
    later(store)
    unlock(store, code(store, app)).close()


def test_wrong_codes_slow_down_like_wrong_passwords(store, app):
    for _ in range(3):
        with pytest.raises(CodeNeededError, match="wrong"):
            unlock(store, "000000")
    with pytest.raises(NotAllowedError, match="Wait"):
        unlock(store, code(store, app))


def test_the_right_password_alone_does_not_begin_the_count_anew(store, app):
    for _ in range(3):
        with pytest.raises(CodeNeededError, match="wrong"):
            unlock(store, "000000")
        store.clock.at += timedelta(seconds=61)
        with pytest.raises(CodeNeededError, match="needed"):
            unlock(store, None)
    with unlock(store, code(store, app)) as staff:
        assert staff.entered.misses == 3


def test_each_spare_code_opens_once_and_not_on_a_full_disk(store, app, monkeypatch):
    unlock(store, app.spare[0]).close()
    with pytest.raises(CodeNeededError):
        unlock(store, app.spare[0])
    vault = store.vault

    def full(_change):
        raise UnavailableError(store_full)

    store_full = "full"
    monkeypatch.setattr(vault._file, "update", full)
    with pytest.raises(UnavailableError):
        vault.unlock(STAFF, STAFF_PASSWORD, clock=store.clock, code=app.spare[1])
    vault.unlock(STAFF, STAFF_PASSWORD, clock=store.clock, code=code(store, app)).close()


def test_a_new_password_keeps_app_and_pin(store, app):
    with unlock(store, code(store, app)) as staff:
        staff.set_pin(STAFF_PASSWORD, PIN)
        staff.change_password(STAFF_PASSWORD, NEW_PASSWORD)
        facts = staff.confirm_password(NEW_PASSWORD)
    assert (facts.authenticator, facts.pin, facts.spare_codes) == (True, True, 10)
    with pytest.raises(CodeNeededError):
        unlock(store, None, NEW_PASSWORD)


def test_an_app_is_put_away_with_a_code_only(store, app):
    with unlock(store, code(store, app)) as staff:
        for typed in ("", "000000", code(store, app)):
            with pytest.raises(NotAllowedError):
                staff.drop_authenticator(STAFF_PASSWORD, typed)
            store.clock.at += timedelta(seconds=5)
        later(store)
        staff.drop_authenticator(STAFF_PASSWORD, code(store, app))
    unlock(store, None).close()


def test_the_owners_reset_puts_the_app_away(store, app):
    with store.sign_in() as owner:
        fresh = owner.reset_password(STAFF).text
    store.vault.redeem(STAFF, fresh, NEW_PASSWORD, clock=store.clock).close()
    unlock(store, None, NEW_PASSWORD).close()


def test_the_secret_of_the_app_is_in_no_file(store, app):
    raw = store.path.read_bytes()
    assert app.secret not in raw
    assert app.typed_secret.replace(" ", "").encode() not in raw


def test_a_quick_pin_is_chosen_once_and_lent_after_each_password(store):
    quick = QuickUnlock(store.clock)
    with store.sign_in(MANAGER, MANAGER_PASSWORD) as manager:
        assert manager.entered.pin is None
        manager.set_pin(MANAGER_PASSWORD, "8305")
    with store.sign_in(MANAGER, MANAGER_PASSWORD) as manager:
        manager.lend_to(quick, manager.entered.pin)
        keys = {d: k.reveal() for d, k in manager.domain_keys.items()}
        user_id = manager.user_id
    found = quick.open(user_id, "8305")
    with store.vault.resume(user_id, found, clock=store.clock) as again:
        assert {d: k.reveal() for d, k in again.domain_keys.items()} == keys
        assert again.entered.way == "pin"


def test_a_pin_does_not_bring_back_who_was_removed_or_reset(store):
    for deed in ("reset_password", "remove_user"):
        staff = store.sign_in(STAFF, STAFF_PASSWORD if deed == "reset_password" else NEW_PASSWORD)
        keys, user_id = staff._keys(), staff.user_id
        with store.sign_in() as owner:
            given = getattr(owner, deed)(STAFF)
        with pytest.raises(NotAllowedError, match="taken away or renewed"):
            store.vault.resume(user_id, keys, clock=store.clock)
        if deed == "reset_password":
            store.vault.redeem(STAFF, given.text, NEW_PASSWORD, clock=store.clock).close()


def test_nothing_of_a_quick_pin_can_be_tried_on_the_file(store):
    with store.sign_in(MANAGER, MANAGER_PASSWORD) as manager:
        lock = manager.set_pin(MANAGER_PASSWORD, "8305")
    assert lock.key not in store.path.read_bytes()


class ThisComputer:
    """A keyring of a test: one secret."""

    def __init__(self, secret: bytes | None) -> None:
        self.secret = secret

    def compare(self, fingerprint: str, epoch: int, ancestors: object = ()) -> Binding:
        del fingerprint, epoch, ancestors
        return Binding(SecretBytes(self.secret) if self.secret else None)


HERE, THERE, NOWHERE = ThisComputer(b"h" * 32), ThisComputer(b"t" * 32), ThisComputer(None)


@pytest.fixture
def till(store: Store) -> Store:
    """Give the store in which the member of staff has a till PIN here."""
    vault = store.vault
    with vault.unlock(STAFF, STAFF_PASSWORD, clock=store.clock, device=HERE) as staff:
        staff.set_till_pin(PIN, STAFF_PASSWORD)
    return store


def at_till(store: Store, pin: str = PIN, device: ThisComputer = HERE, name: str = STAFF):
    return store.vault.unlock_till(name, pin, clock=store.clock, device=device)


def test_a_till_pin_opens_the_till_and_the_trail_says_so(till):
    with at_till(till) as staff:
        assert set(staff.domain_keys) == {Domain.OPS}
        assert staff.entered.way == "till pin"
    assert till.vault.till_users(HERE) == {till.user_id(STAFF)}


def test_who_has_the_same_till_pin_is_found_and_nobody_else(till):
    with till.sign_in() as owner:
        for name in ("Samir", "Gülnar"):
            owner.add_user(name, Role.STAFF, NEW_PASSWORD)
    for name, pin, twins in (("Samir", PIN, [till.user_id(STAFF)]), ("Gülnar", "480261", [])):
        with till.vault.unlock(name, NEW_PASSWORD, clock=till.clock, device=HERE) as person:
            person.set_till_pin(pin, NEW_PASSWORD)
            assert person.till_pin_twins(pin) == twins


def test_a_stolen_store_without_the_keyring_does_not_open_with_the_pin(till):
    with pytest.raises(NotAllowedError, match="PIN is wrong"):
        at_till(till, device=THERE)
    with pytest.raises(NotAllowedError, match="keyring"):
        at_till(till, device=NOWHERE)
    assert till.vault.till_users(THERE) == till.vault.till_users(NOWHERE) == frozenset()


def test_who_opens_more_than_the_till_gets_no_till_pin(store):
    with (
        store.vault.unlock(MANAGER, MANAGER_PASSWORD, clock=store.clock, device=HERE) as manager,
        pytest.raises(NotAllowedError, match="opens more"),
    ):
        manager.set_till_pin(PIN, MANAGER_PASSWORD)


def test_a_wider_role_ends_the_till_pin(till):
    with till.sign_in() as owner:
        owner.change_user(STAFF, Role.MANAGER)
    with pytest.raises(NotAllowedError, match="PIN is wrong"):
        at_till(till)


def test_a_role_that_grows_beyond_the_till_ends_the_till_pins_of_its_people(store):
    role = checked_role("custom:1", "Shift leader", {Permission.ORDERS_REFUND})
    with store.sign_in() as owner:
        owner.save_role(role)
        owner.change_user(STAFF, role.id)
    with store.vault.unlock(STAFF, STAFF_PASSWORD, clock=store.clock, device=HERE) as staff:
        staff.set_till_pin(PIN, STAFF_PASSWORD)
    at_till(store).close()
    with store.sign_in() as owner:
        owner.save_role(checked_role(role.id, role.name, {Permission.CUSTOMERS_READ}))
    with pytest.raises(NotAllowedError):
        at_till(store)


def test_five_misses_end_the_till_pin_until_the_password(till):
    for _ in range(5):
        till.clock.at += timedelta(seconds=61)
        with pytest.raises(NotAllowedError, match="PIN is wrong"):
            at_till(till, "830573")
    till.clock.at += timedelta(seconds=61)
    with pytest.raises(NotAllowedError, match="Too many wrong PINs"):
        at_till(till)
    till.sign_in(STAFF, STAFF_PASSWORD).close()
    at_till(till).close()


def test_misses_at_the_till_keep_nobody_from_their_password(till):
    for _ in range(5):
        till.clock.at += timedelta(seconds=61)
        with pytest.raises(NotAllowedError):
            at_till(till, "830573")
    till.sign_in(STAFF, STAFF_PASSWORD).close()


@pytest.mark.parametrize("pin", ["83057", "123456", "111111"])
def test_a_till_pin_has_six_digits_that_nobody_tries_first(till, pin):
    with (
        till.vault.unlock(STAFF, STAFF_PASSWORD, clock=till.clock, device=HERE) as staff,
        pytest.raises(InvalidError),
    ):
        staff.set_till_pin(pin, STAFF_PASSWORD)
    at_till(till).close()


def test_somebody_without_a_password_begins_at_the_till_with_a_code(store):
    with store.sign_in() as owner:
        made = owner.add_with_code("Kassir", Role.STAFF)
    vault = store.vault
    vault.redeem_for_till("Kassir", made.text, PIN, clock=store.clock, device=HERE).close()
    with at_till(store, name="Kassir") as cashier:
        facts = cashier.sign_in_facts()
    assert (facts.password, facts.code, facts.till_pin_here) == (False, False, True)
    with pytest.raises(NotAllowedError, match="used already"):
        store.sign_in("Kassir", made.text)


def test_till_pins_are_put_away_everywhere(till):
    with till.sign_in(STAFF, STAFF_PASSWORD) as staff:
        staff.drop_till_pins()
    with pytest.raises(NotAllowedError):
        at_till(till)


def test_a_colleague_at_an_unlocked_desk_guesses_as_slowly_as_at_the_door(store):
    with store.sign_in(MANAGER, MANAGER_PASSWORD) as manager:
        for _ in range(3):
            with pytest.raises(NotAllowedError, match="password is wrong"):
                manager.confirm_password("wrong")
        with pytest.raises(NotAllowedError, match="Wait"):
            manager.confirm_password(MANAGER_PASSWORD)
    with pytest.raises(NotAllowedError, match="Wait"):
        store.sign_in(MANAGER, MANAGER_PASSWORD)
    assert store.sign_in().name == OWNER
