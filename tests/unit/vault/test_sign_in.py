import pickle
import unicodedata

import pytest

from desktop_app.kernel.access import Domain, Permission, Role
from desktop_app.kernel.errors import (
    ConflictError,
    InvalidError,
    NotAllowedError,
    NotFoundError,
)
from desktop_app.vault import sealing
from desktop_app.vault.cost import KdfCost
from desktop_app.vault.store_keys import Vault

from .conftest import (
    MANAGER,
    MANAGER_PASSWORD,
    NEW_PASSWORD,
    OWNER,
    OWNER_PASSWORD,
    STAFF,
    STAFF_PASSWORD,
    Store,
)


def revealed(unlocked):
    return {domain: key.reveal() for domain, key in unlocked.domain_keys.items()}


def test_each_role_gets_the_keys_of_its_domains_and_no_others(store):
    owner = store.sign_in()
    manager = store.sign_in(MANAGER, MANAGER_PASSWORD)
    staff = store.sign_in(STAFF, STAFF_PASSWORD)
    assert set(owner.domain_keys) == set(Domain)
    assert set(manager.domain_keys) == {Domain.OPS, Domain.PEOPLE}
    assert set(staff.domain_keys) == {Domain.OPS}
    keys = revealed(owner)
    assert len(set(keys.values())) == 3
    assert revealed(manager) == {d: keys[d] for d in (Domain.OPS, Domain.PEOPLE)}
    assert revealed(staff) == {Domain.OPS: keys[Domain.OPS]}


def test_the_keys_are_the_same_at_every_sign_in(store):
    assert revealed(store.sign_in()) == revealed(store.sign_in())


@pytest.mark.parametrize("name", ["ənvər şıxlı", "ƏNVƏR ŞIXLI", "  Ənvər  ŞİXLİ ", "Ənvər Şixli"])
def test_a_name_may_be_typed_in_any_case_and_with_any_i(store, name):
    assert store.sign_in(name).name == OWNER


def test_a_password_may_be_typed_composed_or_decomposed(store):
    decomposed = unicodedata.normalize("NFD", OWNER_PASSWORD)
    assert decomposed != OWNER_PASSWORD
    assert store.sign_in(password=decomposed).role == Role.OWNER


@pytest.mark.parametrize("password", [OWNER_PASSWORD + " ", OWNER_PASSWORD.upper(), ""])
def test_a_password_is_neither_trimmed_nor_folded(store, password):
    with pytest.raises(NotAllowedError):
        store.sign_in(password=password)


def test_wrong_name_wrong_password_and_removed_user_get_one_sentence(store):
    with store.sign_in() as owner:
        owner.remove_user(STAFF)
    said = set()
    for name, password in [
        ("Nobody", OWNER_PASSWORD),
        (OWNER, STAFF_PASSWORD),
        (STAFF, STAFF_PASSWORD),
    ]:
        with pytest.raises(NotAllowedError) as refused:
            store.sign_in(name, password)
        said.add(str(refused.value))
        assert refused.value.__cause__ is None
    assert said == {"The name or the password is wrong."}


def test_an_unknown_name_costs_the_same_derivation(store, monkeypatch):
    derived = []
    real = KdfCost.derive

    def counting(self, password, salt, **more):
        derived.append((self, len(salt)))
        return real(self, password, salt, **more)

    monkeypatch.setattr(KdfCost, "derive", counting)
    for name in ("Nobody", OWNER):
        with pytest.raises(NotAllowedError):
            store.sign_in(name, "wrong")
    assert derived == [(KdfCost.FLOOR, 16)] * 2


def test_closing_overwrites_the_keys(store):
    owner = store.sign_in()
    kept = list(owner.domain_keys.values())
    owner.close()
    assert all(key.wiped and not any(key._buffer) for key in kept)
    with pytest.raises(ValueError, match="wiped"):
        kept[0].hex()
    with pytest.raises(NotAllowedError):
        owner.sign("approval", b"refund")


def test_signatures_hold_for_their_purpose_and_person_only(store):
    with store.sign_in(MANAGER, MANAGER_PASSWORD) as manager:
        signature = manager.sign("approval", b"refund 12")
        assert sealing.verify(manager.public_key, "approval", b"refund 12", signature)
    vault = store.vault
    assert vault.verify(MANAGER, "approval", b"refund 12", signature)
    assert not vault.verify(MANAGER, "approval", b"refund 13", signature)
    assert not vault.verify(MANAGER, "export", b"refund 12", signature)
    assert not vault.verify(OWNER, "approval", b"refund 12", signature)
    assert not vault.verify("Nobody", "approval", b"refund 12", signature)
    assert not vault.verify(MANAGER, "approval", b"refund 12", b"short")


def test_a_changed_password_replaces_the_old_one(store):
    with store.sign_in(STAFF, STAFF_PASSWORD) as staff:
        before = revealed(staff)
        staff.change_password(STAFF_PASSWORD, NEW_PASSWORD)
    with pytest.raises(NotAllowedError):
        store.sign_in(STAFF, STAFF_PASSWORD)
    assert revealed(store.sign_in(STAFF, NEW_PASSWORD)) == before


def test_changing_a_password_needs_the_old_one_and_a_good_new_one(store):
    with store.sign_in() as owner:
        with pytest.raises(NotAllowedError):
            owner.change_password("wrong", NEW_PASSWORD)
        with pytest.raises(InvalidError):
            owner.change_password(OWNER_PASSWORD, "demo")
    assert store.sign_in().name == OWNER


def test_two_programs_changing_one_password_do_not_overwrite_each_other(store, monkeypatch):
    one = store.sign_in()
    update = one._file.update

    def late(change):
        monkeypatch.undo()
        store.sign_in().change_password(OWNER_PASSWORD, NEW_PASSWORD)
        return update(change)

    monkeypatch.setattr(one._file, "update", late)
    with pytest.raises(ConflictError):
        one.change_password(OWNER_PASSWORD, "tamam başqa uzun parça")
    assert store.sign_in(password=NEW_PASSWORD).name == OWNER


def test_a_store_is_created_only_once(store):
    with pytest.raises(ConflictError):
        Vault.create(store.folder, OWNER, OWNER_PASSWORD, clock=store.clock, cost=KdfCost.FLOOR)
    assert store.sign_in().name == OWNER


def test_a_folder_without_a_store_is_said_to_be_one(tmp_path):
    with pytest.raises(NotFoundError, match="no store in"):
        Vault.open(tmp_path / "nowhere")


def test_a_weak_password_is_refused_unless_allowed(tmp_path, clock):
    with pytest.raises(InvalidError):
        Vault.create(tmp_path / "a", "owner", "demo", clock=clock, cost=KdfCost.FLOOR)
    assert not (tmp_path / "a").exists()
    vault, owner, _ = Vault.create(
        tmp_path / "a",
        "owner",
        "demo",
        clock=clock,
        cost=KdfCost.FLOOR,
        weak_password_allowed=True,
    )
    owner.close()
    assert vault.unlock("owner", "demo", clock=clock).role == Role.OWNER


def test_nothing_secret_shows_in_what_is_printed_or_pickled(store: Store):
    owner = store.sign_in()
    shown = f"{owner!r} {owner.domain_keys!r} {store.code!r} {owner._held.root!r}"
    for key in owner.domain_keys.values():
        assert key.hex() not in shown
        assert str(key.reveal())[2:-1] not in shown
        with pytest.raises(TypeError):
            pickle.dumps(key)
    assert store.code.text not in shown
    assert store.code.groups[0] not in shown


def test_the_key_file_is_readable_by_its_owner_alone(store):
    with store.sign_in() as owner:
        owner.put_secret("smtp", b"x", Permission.USERS_MANAGE)
    for path in (store.path, store.previous):
        assert path.stat().st_mode & 0o077 == 0
