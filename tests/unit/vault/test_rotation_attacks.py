"""What somebody who lost a right, or can write the key file, does about new keys."""

import json
import shutil
from dataclasses import replace

import pytest

from desktop_app.kernel.access import Domain, Role
from desktop_app.kernel.errors import ConflictError, DamagedError, NotAllowedError
from desktop_app.vault import device, sealing
from desktop_app.vault.duties import Lost
from desktop_app.vault.key_file import PREVIOUS, KeyFile
from desktop_app.vault.root import Root
from desktop_app.vault.roster_json import roster_from
from desktop_app.vault.rotation import Fence, LockedAnewError
from desktop_app.vault.sealing import to_text
from desktop_app.vault.secret import SecretBytes
from desktop_app.vault.store_keys import Vault
from desktop_app.vault.succession import descends

from .conftest import (
    MANAGER,
    MANAGER_PASSWORD,
    NEW_PASSWORD,
    OWNER,
    OWNER_PASSWORD,
    STAFF,
    STAFF_PASSWORD,
)

SECOND = "Nigar"


def locked_anew(store, *domains, trail=False):
    """Give domains new versions in the key file, as a change of keys does after its copies."""
    with store.sign_in() as owner:
        owner.ensure_trail_box()
        turn = owner.turn(Lost(frozenset(domains), trail), lambda *_: False)
        turn.announce()
        turn.commit()
        file = KeyFile(store.folder)
        file.update(lambda c: replace(c, swap={}))
        file.update(lambda c: c)


def succeeded(store):
    """Let a second owner come and leave; return the root secret they had."""
    with store.sign_in() as owner:
        owner.ensure_trail_box()
        owner.add_user(SECOND, Role.OWNER, NEW_PASSWORD)
    with store.sign_in(SECOND, NEW_PASSWORD) as leaver:
        old = bytes(leaver._held.root.secret.buffer)
    with store.sign_in() as owner:
        heir = owner.heir_without(SECOND, None)
        lost = Lost(frozenset(Domain), trail=True)
        owner.adopt(owner.turn(lost, lambda *_: False, heir).commit(), heir.root)
        KeyFile(store.folder).update(lambda c: c)
    return old


def test_a_copied_envelope_of_the_new_key_opens_nothing_for_the_one_who_lost_it(store):
    with store.sign_in() as owner:
        owner.change_user(MANAGER, Role.STAFF)
    locked_anew(store, Domain.PEOPLE)
    body = json.loads(store.path.read_bytes())["roster"]
    manager = store.user_id(MANAGER)
    held = {name for name in body["grants"] if name.startswith(f"{manager}/domain/")}
    assert held == {f"{manager}/domain/ops/1"}
    with store.sign_in(MANAGER, MANAGER_PASSWORD) as person:
        assert set(person.domain_keys) == {Domain.OPS}


def test_the_key_before_is_no_help_with_the_key_after(store):
    with store.sign_in() as owner:
        before = {d: k.reveal() for d, k in owner.domain_keys.items()}
    locked_anew(store, Domain.PEOPLE)
    with store.sign_in() as owner:
        after = {d: k.reveal() for d, k in owner.domain_keys.items()}
        versions = dict(owner.versions)
    assert {d for d in Domain if before[d] != after[d]} == {Domain.PEOPLE}
    assert versions == {Domain.OPS: 1, Domain.PEOPLE: 2, Domain.OFFICE: 1}
    with store.sign_in(MANAGER, MANAGER_PASSWORD) as manager:
        assert manager.domain_keys[Domain.PEOPLE].reveal() == after[Domain.PEOPLE]


@pytest.mark.parametrize("name", [Domain.OPS, Domain.PEOPLE])
def test_a_version_set_back_in_the_key_file_is_found(store, name):
    locked_anew(store, name)
    store.edit(lambda body: body["roster"]["domains"].update({name.value: 1}))
    with pytest.raises(DamagedError, match="changed by somebody who is not an owner"):
        Vault.open(store.folder)


def test_what_is_owed_cannot_be_struck_off_by_a_stranger(store):
    with store.sign_in() as owner:
        owner.remove_user(MANAGER)
        assert owner.owed.domains == {Domain.OPS, Domain.PEOPLE}
    store.edit(lambda body: body["roster"].update(owed=[]))
    with pytest.raises(DamagedError, match="changed by somebody"):
        Vault.open(store.folder)


def test_no_generation_of_the_key_file_lets_a_removed_person_in(store):
    with store.sign_in() as owner:
        owner.remove_user(STAFF)
    locked_anew(store, Domain.OPS)
    store.path.unlink()
    assert (store.folder / PREVIOUS).exists()
    with pytest.raises(NotAllowedError):
        store.sign_in(STAFF, STAFF_PASSWORD)


def test_an_old_key_file_brought_back_is_noticed_by_the_computer_that_saw_the_new_one(store):
    old = store.folder / "old"
    shutil.copy(store.path, old)
    vault = store.vault
    seen = device._Entry(vault.root_fingerprint, 0, "")
    locked_anew(store, Domain.OPS)
    seen = replace(seen, epoch=store.vault.epoch)
    shutil.copy(old, store.path)
    again = store.vault
    [notice] = device._notices(seen, again.root_fingerprint, again.epoch)
    assert "older list of users" in str(notice)


def test_a_session_with_keys_set_back_is_fenced_off(store):
    fence = Fence(KeyFile(store.folder))
    opened = {Domain.OPS: 1, Domain.PEOPLE: 1}
    fence(opened)
    locked_anew(store, Domain.PEOPLE)
    fence({Domain.OPS: 1})
    with pytest.raises(LockedAnewError, match="Sign in again"):
        fence(opened)
    fence({Domain.OPS: 1, Domain.PEOPLE: 2})


def test_two_owners_cannot_change_the_same_key_at_once(store):
    first, second = store.sign_in(), store.sign_in()
    lost = Lost(frozenset({Domain.OPS}))
    turns = [one.turn(lost, lambda *_: False) for one in (first, second)]
    turns[0].announce()
    with pytest.raises(ConflictError):
        turns[1].announce()
    turns[0].commit()
    with pytest.raises(ConflictError):
        turns[1].commit()


def test_readers_of_the_trail_keep_the_old_box_and_get_the_new_one(store):
    locked_anew(store, trail=True)
    with store.sign_in() as owner, store.sign_in(MANAGER, MANAGER_PASSWORD) as manager:
        assert owner.trail_version == manager.trail_version == 2
        for version in (1, 2):
            assert owner.trail_key(version) == manager.trail_key(version)
        assert owner.trail_key(1) != owner.trail_key(2)
    with store.sign_in(STAFF, STAFF_PASSWORD) as staff:
        assert staff.trail_key() is None


def test_the_root_an_owner_took_along_opens_and_signs_nothing_new(store):
    old = Root(SecretBytes(succeeded(store)), store.vault.install_id)
    with store.sign_in() as owner:
        for domain in Domain:
            assert owner.domain_keys[domain] != old.domain_key(domain, 2)
        assert owner._held.root.domain_key(Domain.OPS, 1) == old.domain_key(Domain.OPS, 1)
    store.edit(lambda body: body.update(signature=to_text(old.sign(roster_from(body["roster"])))))
    with pytest.raises(DamagedError):
        Vault.open(store.folder)


def test_a_roster_of_the_old_root_is_no_longer_taken_for_ours(store):
    before = store.path.read_bytes()
    succeeded(store)
    new = store.vault
    for name, password in ((OWNER, OWNER_PASSWORD), (MANAGER, MANAGER_PASSWORD)):
        store.sign_in(name, password).close()  # their slots know the new root from now on
    slots = json.loads(store.path.read_bytes())["slots"]

    def back(body):
        body.clear()
        body.update(json.loads(before))
        body["slots"] = slots

    store.edit(back)
    with pytest.raises(DamagedError, match="not the one this store was made with"):
        store.sign_in(MANAGER, MANAGER_PASSWORD)
    with pytest.raises(DamagedError, match="not the one this store was made with"):
        new.users()


def test_a_stranger_cannot_claim_to_be_the_successor(store):
    contents = KeyFile(store.folder).read()
    seen = sealing.fingerprint(contents.roster.root_key)
    succeeded(store)
    roster = KeyFile(store.folder).read().roster
    assert descends(roster, seen)
    stranger = Root(SecretBytes(b"\7" * 32), roster.install)
    claimed = replace(roster, root_key=stranger.public_key())
    assert not descends(claimed, seen)
    [ancestor] = roster.ancestors
    for change in ({"signature": bytes(64)}, {"root_key": stranger.public_key()}):
        forged = replace(roster, ancestors=(replace(ancestor, **change),))
        assert not descends(forged, seen)
    assert not descends(replace(roster, install="0" * 16), seen)


def test_the_keyring_follows_a_rightful_successor_and_warns_of_any_other(store, monkeypatch):
    kept = {}

    class Keyring:
        def get_password(self, _service, account):
            return kept.get(account)

        def set_password(self, _service, account, text):
            kept[account] = text

    monkeypatch.setattr(device, "_backend", Keyring)
    here = device.Device(store.folder)
    before = store.vault
    here.trust(before.root_fingerprint, before.epoch)
    succeeded(store)
    after = store.vault
    binding = here.compare(after.root_fingerprint, after.epoch, after.ancestors)
    assert "new fingerprint" in str(binding.notices[0])
    assert not here.compare(after.root_fingerprint, after.epoch, after.ancestors).notices
    [notice] = here.compare("STRA-NGER", 1, ()).notices
    assert "not the store this computer knows" in str(notice)
