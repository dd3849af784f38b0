import threading

import pytest

from desktop_app.kernel.access import Domain, Permission, Role
from desktop_app.kernel.errors import (
    AppError,
    ConflictError,
    InvalidError,
    NotAllowedError,
    NotFoundError,
)

from .conftest import (
    MANAGER,
    MANAGER_PASSWORD,
    NEW_PASSWORD,
    OWNER,
    OWNER_PASSWORD,
    STAFF,
    STAFF_PASSWORD,
)


def test_users_are_listed_with_roles_and_dates(store):
    with store.sign_in() as owner:
        owner.remove_user(STAFF)
    users = store.vault.users()
    assert {(u.name, u.role) for u in users} == {
        (OWNER, Role.OWNER),
        (MANAGER, Role.MANAGER),
        (STAFF, Role.STAFF),
    }
    removed = {u.name: u.removed_at for u in users}
    assert removed == {OWNER: None, MANAGER: None, STAFF: store.clock.now()}


@pytest.mark.parametrize(
    ("name", "password"), [(MANAGER, MANAGER_PASSWORD), (STAFF, STAFF_PASSWORD)]
)
def test_only_owners_manage_users_and_secrets(store, name, password):
    person = store.sign_in(name, password)
    before = store.path.read_bytes()
    for attempt in (
        lambda: person.add_user("New", Role.OWNER, NEW_PASSWORD),
        lambda: person.remove_user(MANAGER),
        lambda: person.set_password_for(OWNER, NEW_PASSWORD),
        lambda: person.put_secret("postgres", b"mine", Permission.ORDERS_READ),
    ):
        with pytest.raises(NotAllowedError):
            attempt()
    assert store.path.read_bytes() == before


@pytest.mark.parametrize("name", ["İLQAR ÇƏLƏBİ", "ilqar çələbi", "ılqar  çələbı"])
def test_a_name_that_looks_like_anothers_is_taken(store, name):
    with store.sign_in() as owner, pytest.raises(ConflictError):
        owner.add_user(name, Role.STAFF, NEW_PASSWORD)


@pytest.mark.parametrize("name", ["", "  ", "x" * 65, "Eve\u202e", "tab\x00"])
def test_a_name_must_be_one(store, name):
    with store.sign_in() as owner, pytest.raises(InvalidError):
        owner.add_user(name, Role.STAFF, NEW_PASSWORD)


def test_the_name_of_a_removed_user_is_free_for_somebody_else(store):
    with store.sign_in(STAFF, STAFF_PASSWORD) as old:
        signature = old.sign("approval", b"x")
    with store.sign_in() as owner:
        owner.remove_user(STAFF)
        owner.add_user(STAFF, Role.MANAGER, NEW_PASSWORD)
    assert store.sign_in(STAFF, NEW_PASSWORD).role == Role.MANAGER
    assert store.vault.verify(STAFF, "approval", b"x", signature)


def test_an_owner_is_not_removed_like_staff(store):
    with store.sign_in() as owner, pytest.raises(ConflictError):
        owner.remove_user(OWNER)


def test_a_removed_user_loses_slot_and_envelopes(store):
    user_id = store.user_id(STAFF)
    with store.sign_in() as owner:
        owner.remove_user(STAFF)
    text = store.path.read_text("utf-8")
    assert text.count(user_id) == 1


def test_a_password_set_by_the_owner_replaces_the_forgotten_one(store):
    with store.sign_in(MANAGER, MANAGER_PASSWORD) as manager:
        signature = manager.sign("approval", b"x")
        ops = manager.domain_keys[Domain.OPS].reveal()
    with store.sign_in() as owner:
        owner.set_password_for(MANAGER, NEW_PASSWORD)
    with pytest.raises(NotAllowedError):
        store.sign_in(MANAGER, MANAGER_PASSWORD)
    manager = store.sign_in(MANAGER, NEW_PASSWORD)
    assert manager.domain_keys[Domain.OPS].reveal() == ops
    assert manager.secret("postgres").reveal() == b"db password"
    assert store.vault.verify(MANAGER, "approval", b"x", signature)


def test_owners_change_their_own_password_with_the_old_one(store):
    with store.sign_in() as owner:
        with pytest.raises(ConflictError):
            owner.set_password_for(OWNER, NEW_PASSWORD)
        with pytest.raises(NotFoundError):
            owner.set_password_for("Nobody", NEW_PASSWORD)


def test_a_second_owner_can_do_what_the_first_can(store):
    with store.sign_in() as owner:
        owner.add_user("Second", Role.OWNER, NEW_PASSWORD)
        keys = {d: k.reveal() for d, k in owner.domain_keys.items()}
    with store.sign_in("Second", NEW_PASSWORD) as second:
        assert {d: k.reveal() for d, k in second.domain_keys.items()} == keys
        assert second.secret("postgres").reveal() == b"db password"
        second.set_password_for(OWNER, "tamam başqa uzun parça")
    assert store.sign_in(OWNER, "tamam başqa uzun parça").role == Role.OWNER


def test_secrets_reach_the_roles_they_are_meant_for(store):
    assert store.sign_in(MANAGER, MANAGER_PASSWORD).secret("postgres").reveal() == b"db password"
    owner = store.sign_in()
    assert owner.secret("postgres").reveal() == b"db password"
    staff = store.sign_in(STAFF, STAFF_PASSWORD)
    with pytest.raises(NotFoundError):
        staff.secret("postgres")
    with pytest.raises(NotFoundError):
        owner.secret("smtp")


def test_a_secret_taken_back_from_a_role_is_no_longer_sealed_to_it(store):
    with store.sign_in() as owner:
        owner.put_secret("postgres", b"new", Permission.USERS_MANAGE)
    manager = store.sign_in(MANAGER, MANAGER_PASSWORD)
    with pytest.raises(NotFoundError):
        manager.secret("postgres")
    assert "secret/postgres" not in store.path.read_text("utf-8")
    assert store.sign_in().secret("postgres").reveal() == b"new"


def test_a_later_user_gets_the_secrets_of_their_role(store):
    with store.sign_in() as owner:
        owner.add_user("Later", Role.MANAGER, NEW_PASSWORD)
    assert store.sign_in("Later", NEW_PASSWORD).secret("postgres").reveal() == b"db password"


def test_a_secret_has_a_plain_name(store):
    with store.sign_in() as owner, pytest.raises(InvalidError):
        owner.put_secret("a/b", b"x", Permission.USERS_MANAGE)


def test_two_programs_saving_at_once_lose_nothing(store):
    people = [store.sign_in(), store.sign_in()]
    refused: list[AppError] = []

    def put(person, number):
        try:
            for i in range(6):
                person.put_secret(f"s{number}-{i}", b"x", Permission.ORDERS_READ)
        except AppError as error:
            refused.append(error)

    threads = [threading.Thread(target=put, args=(p, n)) for n, p in enumerate(people)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert not refused
    staff = store.sign_in(STAFF, STAFF_PASSWORD)
    assert all(staff.secret(f"s{n}-{i}").reveal() == b"x" for n in (0, 1) for i in range(6))


def test_each_change_to_the_roster_raises_its_epoch_and_changes_its_head(store):
    vault = store.vault
    epoch, head = vault.epoch, vault.roster_head
    with store.sign_in() as owner:
        owner.put_secret("smtp", b"x", Permission.USERS_MANAGE)
    assert store.vault.epoch == epoch + 1
    assert store.vault.roster_head != head
    with store.sign_in() as owner:
        owner.change_password(OWNER_PASSWORD, NEW_PASSWORD)
    assert store.vault.epoch == epoch + 1


def test_a_session_from_before_a_reset_or_removal_cannot_spoil_anything(store):
    staff = store.sign_in(STAFF, STAFF_PASSWORD)
    with store.sign_in() as owner:
        owner.set_password_for(STAFF, NEW_PASSWORD)
    with pytest.raises(NotAllowedError):
        staff.change_password(STAFF_PASSWORD, "tamam başqa uzun parça")
    staff.change_password(NEW_PASSWORD, "tamam başqa uzun parça")
    assert store.sign_in(STAFF, "tamam başqa uzun parça").role == Role.STAFF
    with store.sign_in() as owner:
        owner.remove_user(STAFF)
    with pytest.raises(NotAllowedError):
        staff.change_password("tamam başqa uzun parça", NEW_PASSWORD)
