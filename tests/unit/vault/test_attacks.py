"""What somebody can do who can write the key file and has read this program's source."""

import copy
import json

import pytest

from desktop_app.kernel.access import Domain, Permission
from desktop_app.kernel.errors import DamagedError, NotAllowedError
from desktop_app.vault import device, slots
from desktop_app.vault.cost import KdfCost
from desktop_app.vault.root import Root
from desktop_app.vault.roster_json import roster_from, roster_json
from desktop_app.vault.sealing import from_text, to_text
from desktop_app.vault.secret import SecretBytes
from desktop_app.vault.slots import slot_place
from desktop_app.vault.store_keys import Vault

from .conftest import MANAGER, MANAGER_PASSWORD, OWNER, STAFF, STAFF_PASSWORD


def promote(body, user_id):
    body["roster"]["users"][user_id]["role"] = "owner"


def copy_envelope(body, who):
    grants = body["roster"]["grants"]
    grants[f"{who[STAFF]}/domain/people/1"] = grants[f"{who[MANAGER]}/domain/people/1"]


def foreign(body):
    """Sign the roster anew with a root key of one's own."""
    root = Root(SecretBytes(b"\7" * 32), body["roster"]["install"])
    body["roster"]["root_key"] = to_text(root.public_key())
    body["signature"] = to_text(root.sign(roster_from(body["roster"])))


@pytest.mark.parametrize(
    "change",
    [
        lambda b, who: promote(b, who[STAFF]),
        copy_envelope,
        lambda b, who: b["roster"]["users"].pop(who[MANAGER]),
        lambda b, who: b["roster"]["grants"].pop(f"{who[MANAGER]}/domain/ops/1"),
        lambda b, who: b["roster"]["users"][who[STAFF]].update(name="Somebody else"),
        lambda b, who: b["roster"]["users"][who[STAFF]].update(removed=1),
        lambda b, who: b["roster"]["users"][who[MANAGER]].update(b["roster"]["users"][who[STAFF]]),
        lambda b, _: b["roster"].update(epoch=1),
        lambda b, _: b["roster"]["recovery"].update(recipient="age1attacker"),
        lambda b, _: b["roster"]["domains"].update(ops=2),
        lambda b, _: b["roster"]["secrets"]["postgres"].update(roles=["staff"]),
        lambda b, _: b["roster"].update(install="0" * 16),
        lambda b, _: b.update(signature=to_text(bytes(64))),
    ],
)
def test_any_edit_of_the_signed_part_is_found(store, change):
    who = {name: store.user_id(name) for name in (STAFF, MANAGER)}
    store.edit(lambda body: change(body, who))
    with pytest.raises(DamagedError, match="changed by somebody who is not an owner"):
        Vault.open(store.folder)


def test_an_old_signature_does_not_fit_a_new_roster(store):
    old = json.loads(store.path.read_bytes())["signature"]
    with store.sign_in() as owner:
        owner.remove_user(STAFF)
    store.edit(lambda body: body.update(signature=old))
    with pytest.raises(DamagedError):
        Vault.open(store.folder)


def test_a_roster_signed_by_a_stranger_is_noticed_by_everybody_at_sign_in(store):
    store.edit(foreign)
    for name, password in [(STAFF, STAFF_PASSWORD), (MANAGER, MANAGER_PASSWORD)]:
        with pytest.raises(DamagedError, match="not the one this store was made with"):
            store.sign_in(name, password)


def test_a_roster_replaced_while_the_program_runs_is_noticed(store):
    vault = store.vault
    store.edit(foreign)
    with pytest.raises(DamagedError):
        vault.users()


def test_staff_promoted_by_a_stranger_open_nothing(store):
    staff = store.user_id(STAFF)
    store.edit(lambda body: (promote(body, staff), foreign(body)))
    with pytest.raises(DamagedError):
        store.sign_in(STAFF, STAFF_PASSWORD)


def test_an_owner_does_not_sign_on_top_of_a_strangers_roster(store):
    owner = store.sign_in()
    store.edit(foreign)
    with pytest.raises(DamagedError, match="replaced"):
        owner.put_secret("smtp", b"x", Permission.USERS_MANAGE)


def test_a_slot_moved_to_another_user_does_not_open(store):
    staff, manager = store.user_id(STAFF), store.user_id(MANAGER)
    store.edit(lambda body: body["slots"].update({manager: body["slots"][staff]}))
    with pytest.raises(NotAllowedError):
        store.sign_in(MANAGER, STAFF_PASSWORD)


def test_a_slot_made_for_other_keys_is_no_way_in(store):
    manager = store.user_id(MANAGER)
    body = json.loads(store.path.read_bytes())
    roster = roster_from(body["roster"])
    root = slots.opened(
        slots.Slot(
            KdfCost.FLOOR,
            from_text(body["slots"][store.user_id(STAFF)]["salt"]),
            from_text(body["slots"][store.user_id(STAFF)]["sealed"]),
        ),
        STAFF_PASSWORD,
        slot_place(roster.install, store.user_id(STAFF)),
    )[1]
    planted = slots.locked(
        slots.KeyPair.random(), root, "planted", KdfCost.FLOOR, slot_place(roster.install, manager)
    )
    store.edit(
        lambda b: b["slots"][manager].update(
            salt=to_text(planted.salt), sealed=to_text(planted.sealed)
        )
    )
    with pytest.raises(DamagedError):
        store.sign_in(MANAGER, "planted")


@pytest.mark.parametrize(
    "cost",
    [
        {"memory_kib": 4 * 1024**3, "iterations": 3, "lanes": 1},
        {"memory_kib": 65536, "iterations": 10**9, "lanes": 1},
        {"memory_kib": 65536, "iterations": 3, "lanes": 1000},
        {"memory_kib": -1, "iterations": 3, "lanes": 1},
        {"memory_kib": 8, "iterations": 1, "lanes": 1},
    ],
)
def test_an_absurd_cost_is_refused_before_anything_is_derived(store, cost, monkeypatch):
    monkeypatch.setattr(KdfCost, "derive", lambda *_: pytest.fail("derived"))
    store.edit(lambda body: body["slots"][store.user_id(OWNER)].update(cost=cost))
    with pytest.raises(DamagedError, match="damaged"):
        store.sign_in()


def test_an_envelope_opened_with_the_wrong_key_is_damage_not_a_crash(store):
    """An owner's roster whose grant was sealed to other keys: only a bug or an owner makes it."""
    owner = store.sign_in()
    root = owner._held.root
    staff, manager = store.user_id(STAFF), store.user_id(MANAGER)

    def swap(body):
        grants = body["roster"]["grants"]
        grants[f"{staff}/domain/ops/1"] = grants[f"{manager}/domain/ops/1"]
        body["signature"] = to_text(root.sign(roster_from(body["roster"])))

    store.edit(swap)
    with pytest.raises(DamagedError, match="no key"):
        store.sign_in(STAFF, STAFF_PASSWORD)


def test_the_key_file_of_another_store_is_told_by_its_fingerprint(store, tmp_path, clock):
    other, owner, _ = Vault.create(
        tmp_path / "other",
        OWNER,
        "x",
        clock=clock,
        cost=KdfCost.FLOOR,
        weak_password_allowed=True,
    )
    owner.close()
    assert other.root_fingerprint != store.vault.root_fingerprint
    entry = device._Entry(store.vault.root_fingerprint, store.vault.epoch, "")
    [notice] = device._notices(entry, other.root_fingerprint, other.epoch)
    assert other.root_fingerprint in str(notice)


def test_no_secret_lies_in_the_key_file(store):
    raw = store.path.read_bytes() + store.previous.read_bytes()
    owner = store.sign_in()
    hidden = [owner.domain_keys[d] for d in Domain] + [owner._held.root.secret]
    for secret in hidden:
        assert secret.reveal() not in raw
        assert secret.hex().encode() not in raw
        assert to_text(secret.reveal()).encode() not in raw
    assert b"db password" not in raw
    assert store.code.text.encode() not in raw
    assert store.code.age_identity.encode() not in raw


def test_the_signed_form_survives_a_round_trip(store):
    body = json.loads(store.path.read_bytes())["roster"]
    assert roster_json(roster_from(copy.deepcopy(body))) == body
