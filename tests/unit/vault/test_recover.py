import pytest

from desktop_app.kernel.access import Domain, Permission, Role
from desktop_app.kernel.errors import (
    DamagedError,
    InvalidError,
    NotAllowedError,
    NotFoundError,
)
from desktop_app.vault.recovery import RecoveryCode

from .conftest import (
    MANAGER,
    MANAGER_PASSWORD,
    NEW_PASSWORD,
    OWNER,
    OWNER_PASSWORD,
    STAFF,
)


def test_the_recovery_key_gives_the_owner_a_new_password_and_the_same_keys(store):
    with store.sign_in() as owner:
        keys = {d: k.reveal() for d, k in owner.domain_keys.items()}
        signature = owner.sign("approval", b"x")
    fingerprint = store.vault.root_fingerprint
    code = RecoveryCode.parse(store.code.text)
    with store.vault.recover(code, new_password=NEW_PASSWORD, clock=store.clock) as owner:
        assert {d: k.reveal() for d, k in owner.domain_keys.items()} == keys
        owner.add_user("New", Role.STAFF, "tamam başqa uzun parça")
    with pytest.raises(NotAllowedError):
        store.sign_in(OWNER, OWNER_PASSWORD)
    assert store.sign_in(OWNER, NEW_PASSWORD).role == Role.OWNER
    assert store.vault.root_fingerprint == fingerprint
    assert store.vault.verify(OWNER, "approval", b"x", signature)
    assert store.sign_in(MANAGER, MANAGER_PASSWORD).secret("postgres").reveal() == b"db password"


def test_recovering_does_not_wait_for_the_misses_before(store):
    for _ in range(3):
        with pytest.raises(NotAllowedError):
            store.sign_in(OWNER, "wrong")
    store.vault.recover(store.code, new_password=NEW_PASSWORD, clock=store.clock)
    assert store.sign_in(OWNER, NEW_PASSWORD).name == OWNER


def test_another_stores_key_is_refused_by_naming_both(store):
    other = RecoveryCode.random()
    before = store.path.read_bytes()
    for attempt in (
        lambda: store.vault.recover(other, new_password=NEW_PASSWORD, clock=store.clock),
        lambda: store.vault.open_with_recovery(other),
    ):
        with pytest.raises(DamagedError) as refused:
            attempt()
        assert store.vault.recovery_key_id in str(refused.value)
        assert other.key_id in str(refused.value)
    assert store.path.read_bytes() == before


def test_a_weak_new_password_changes_nothing(store):
    with pytest.raises(InvalidError):
        store.vault.recover(store.code, new_password="demo", clock=store.clock)
    assert store.sign_in().name == OWNER


def test_with_several_owners_it_must_be_said_who_has_forgotten(store):
    with store.sign_in() as owner:
        owner.add_user("Second", Role.OWNER, NEW_PASSWORD)
    vault = store.vault
    with pytest.raises(InvalidError) as refused:
        vault.recover(store.code, new_password=NEW_PASSWORD, clock=store.clock)
    assert refused.value.field == "owner"
    for name in ("Nobody", STAFF):
        with pytest.raises(NotFoundError):
            vault.recover(store.code, new_password=NEW_PASSWORD, clock=store.clock, owner=name)
    vault.recover(store.code, new_password=NEW_PASSWORD, clock=store.clock, owner="second")
    assert store.sign_in("Second", NEW_PASSWORD).role == Role.OWNER
    assert store.sign_in().name == OWNER


def test_a_restore_gets_every_key_and_changes_no_user(store):
    with store.sign_in() as owner:
        keys = {d: k.reveal() for d, k in owner.domain_keys.items()}
    before = store.path.read_bytes()
    with store.vault.open_with_recovery(store.code) as opened:
        assert {d: opened.domain_keys[d].reveal() for d in Domain} == keys
        assert opened.secret("postgres").reveal() == b"db password"
        for attempt in (
            lambda: opened.sign("approval", b"x"),
            lambda: opened.add_user("New", Role.STAFF, NEW_PASSWORD),
            lambda: opened.put_secret("a", b"x", Permission.USERS_MANAGE),
            lambda: opened.change_password(OWNER_PASSWORD, NEW_PASSWORD),
        ):
            with pytest.raises(NotAllowedError):
                attempt()
    assert store.path.read_bytes() == before


def test_the_vault_says_which_recovery_key_and_recipient_it_has(store):
    assert store.vault.recovery_key_id == store.code.key_id
    assert store.vault.backup_recipient == store.code.age_recipient
