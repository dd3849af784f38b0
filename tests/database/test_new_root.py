"""An owner leaves, a sheet is lost: new keys, a new sheet, and backups of both times."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from desktop_app.access.locking import renew_recovery_key, replace_owner
from desktop_app.access.operations import verify_trail
from desktop_app.access.users import list_users, remove_user
from desktop_app.app import App
from desktop_app.backup import engine as backups
from desktop_app.backup.operations import add_target, list_snapshots, run_backup, verify_backups
from desktop_app.kernel.access import Role
from desktop_app.kernel.errors import ConflictError, DamagedError, NotAllowedError
from desktop_app.kernel.job import Progress
from desktop_app.orders.operations import count_orders
from desktop_app.orders.records import OrderFilter
from desktop_app.sign_in import Reception
from desktop_app.vault.recovery import RecoveryCode
from tests.database.shop import PASSWORD, PEOPLE, Opened, Shop, confirmed, order, sell

SECOND = "Nigar"
OTHER = "marble harbour seven pigeons"


def _reception(shop: Shop) -> Reception:
    return Reception(shop.folder, clock=shop.clock, keyring=False)


def _sign_in(shop: Shop, name: str = PEOPLE[Role.OWNER], password: str = PASSWORD) -> App:
    return _reception(shop).sign_in(name, password)


def _sold(app: App) -> int:
    return app.call(count_orders, OrderFilter())


@pytest.fixture
def old_code(templates: dict[str, Opened], files: Shop) -> RecoveryCode:
    return templates["sqlcipher"].code


def _with_second_owner(shop: Shop) -> Shop:
    with _sign_in(shop) as owner:
        sell(owner, [order(n) for n in range(1, 6)])
        owner._store.keys.unlocked.add_user(SECOND, Role.OWNER, OTHER)
    shop.close()
    return shop


def test_an_owner_who_leaves_holds_no_key_and_the_others_go_on(
    files: Shop, old_code: RecoveryCode
) -> None:
    _with_second_owner(files)
    with _sign_in(files, SECOND, OTHER) as leaver:
        old_root = bytes(leaver._store.keys.unlocked._held.root.secret.buffer)
    with _sign_in(files) as owner:
        made = confirmed(owner, replace_owner, SECOND)
        assert {k.domain: (k.old, k.new) for k in made.keys.keys} == {
            "ops": (1, 2), "people": (1, 2), "office": (1, 2), "trail": (1, 2),
        }  # fmt: skip
        assert _sold(owner) == 5
    with pytest.raises(NotAllowedError):
        _sign_in(files, SECOND, OTHER)
    for name in PEOPLE.values():
        with _sign_in(files, name) as app:
            assert _sold(app) == 5
            assert app._store.keys.vault.root_fingerprint == made.fingerprint
    with _sign_in(files) as owner:
        unlocked = owner._store.keys.unlocked
        assert bytes(unlocked._held.root.secret.buffer) != old_root
        assert unlocked.trail_key(1) is not None
        assert owner.call(verify_trail).ok
        detail = owner._store.keys.vault.users()
        assert {user.name for user in detail if user.removed_at} == {SECOND}
    with pytest.raises(DamagedError, match="needs the recovery key"):
        _reception(files).recover(old_code, OTHER)
    with _reception(files).recover(made.code, OTHER) as app:
        assert _sold(app) == 5


def test_an_owner_with_a_lesser_role_keeps_only_its_keys(files: Shop) -> None:
    _with_second_owner(files)
    with _sign_in(files) as owner:
        confirmed(owner, replace_owner, SECOND, Role.STAFF)
    with _sign_in(files, SECOND, OTHER) as second:
        assert second.actor.role == Role.STAFF
        assert [d.value for d in second._store.keys.unlocked.domain_keys] == ["ops"]
        with pytest.raises(NotAllowedError):
            second.call(list_users)


def test_the_last_owner_and_oneself_stay_and_others_are_no_owners(shop: Shop) -> None:
    with _sign_in(shop) as owner:
        for name in (PEOPLE[Role.OWNER], PEOPLE[Role.MANAGER]):
            with pytest.raises(ConflictError):
                confirmed(owner, replace_owner, name)
        with pytest.raises(ConflictError):
            confirmed(owner, remove_user, PEOPLE[Role.OWNER])
    with _sign_in(shop, PEOPLE[Role.MANAGER]) as manager, pytest.raises(NotAllowedError):
        confirmed(manager, replace_owner, PEOPLE[Role.OWNER])


def test_on_a_server_an_owner_leaves_as_well(new_postgres) -> None:
    shop: Shop = _with_second_owner(new_postgres())
    with _sign_in(shop) as owner:
        made = confirmed(owner, replace_owner, SECOND)
        assert [k.domain for k in made.keys.keys] == ["trail"]
    for name in PEOPLE.values():
        with _sign_in(shop, name) as app:
            assert _sold(app) == 5
    with pytest.raises(NotAllowedError):
        _sign_in(shop, SECOND, OTHER)


def test_a_slot_follows_to_the_new_root_at_the_next_sign_in(files: Shop) -> None:
    _with_second_owner(files)
    with _sign_in(files) as owner:
        confirmed(owner, replace_owner, SECOND)

    def slots() -> dict[str, str]:
        return {
            k: v["sealed"]
            for k, v in json.loads((files.folder / "keys.json").read_bytes())["slots"].items()
        }

    before = slots()
    _sign_in(files, PEOPLE[Role.MANAGER]).close()
    after = slots()
    assert sum(before[k] != after[k] for k in before) == 1
    _sign_in(files, PEOPLE[Role.MANAGER]).close()
    assert slots() == after


def test_twice_removed_owners_leave_a_chain_that_everybody_can_follow(files: Shop) -> None:
    _with_second_owner(files)
    with _sign_in(files) as owner:
        confirmed(owner, replace_owner, SECOND)
        owner._store.keys.unlocked.add_user("Third", Role.OWNER, OTHER)
    with _sign_in(files) as owner:
        confirmed(owner, replace_owner, "Third")
    for name in PEOPLE.values():
        with _sign_in(files, name) as app:
            assert _sold(app) == 5
    with _sign_in(files) as owner:
        assert all(owner._store.keys.unlocked.trail_key(v) for v in (1, 2, 3))
        assert owner.call(verify_trail).ok


def test_a_new_sheet_ends_the_old_one_and_writes_no_data_anew(
    files: Shop, old_code: RecoveryCode
) -> None:
    with _sign_in(files) as owner:
        made = confirmed(owner, renew_recovery_key)
        assert made.old_recovery_key_id == old_code.key_id != made.recovery_key_id
        assert owner.recovery_key_id == made.recovery_key_id
    assert {path.name for path in files.folder.glob("*.db")} == {
        "ops.db", "people.db", "office.db",
    }  # fmt: skip
    with pytest.raises(DamagedError, match=made.recovery_key_id):
        _reception(files).recover(old_code, OTHER)
    _reception(files).recover(made.code, OTHER).close()
    with _sign_in(files, password=OTHER) as owner:
        events = [e["operation"] for e in files.events()]
        assert "access.renew_recovery_key" in events
        assert made.code.text not in files.trail_text()
        assert owner.call(verify_trail).ok


def test_a_folder_with_backups_of_two_sheets_says_which_one_is_needed(
    files: Shop, old_code: RecoveryCode, tmp_path: Path
) -> None:
    url = str(tmp_path / "usb")
    with _sign_in(files) as owner:
        sell(owner, [order(1)])
        owner.call(add_target, "USB", url)
        [first] = owner.call(run_backup)
        made = confirmed(owner, renew_recovery_key)
        sell(owner, [order(2)])
        [second] = owner.call(run_backup)
        sell(owner, [order(3)])
        [third] = owner.call(run_backup)
        listed = {row.id: row.recovery_key_id for row in owner.call(list_snapshots).rows}
        assert listed == {
            first.snapshot: old_code.key_id,
            second.snapshot: made.recovery_key_id,
            third.snapshot: made.recovery_key_id,
        }
        assert not owner.call(verify_backups, full=True).problems
    repository = backups.Repository.open(backups.open_target(url))
    for code in (old_code, made.code):
        report = backups.verify(repository, Progress(), full=True, recovery_key=code.age_identity)
        assert not report.problems
    place = Reception(tmp_path / "elsewhere", clock=files.clock, keyring=False)
    for snapshot, wrong in ((first.snapshot, made.code), (third.snapshot, old_code)):
        with pytest.raises(DamagedError, match=listed[snapshot]):
            place.preview_restore(url, wrong, snapshot=snapshot)
        with pytest.raises(DamagedError, match=listed[snapshot]):
            place.restore(url, wrong, snapshot=snapshot, progress=Progress())
    for snapshot, code, orders in ((first.snapshot, old_code, 1), (third.snapshot, made.code, 3)):
        room = Reception(tmp_path / snapshot, clock=files.clock, keyring=False)
        restored = room.restore(url, code, snapshot=snapshot, progress=Progress())
        assert restored.audit_ok
        assert not restored.mismatches
        with room.sign_in(PEOPLE[Role.OWNER], PASSWORD) as app:
            assert _sold(app) == orders


def test_backups_before_and_after_new_keys_restore_each_with_its_own(
    files: Shop, old_code: RecoveryCode, tmp_path: Path
) -> None:
    url = str(tmp_path / "usb")
    with _sign_in(files) as owner:
        sell(owner, [order(1)])
        owner.call(add_target, "USB", url)
        [first] = owner.call(run_backup)
        confirmed(owner, remove_user, PEOPLE[Role.MANAGER])
        sell(owner, [order(2)])
        [second] = owner.call(run_backup)
        owner._store.keys.unlocked.add_user(SECOND, Role.OWNER, OTHER)
        made = confirmed(owner, replace_owner, SECOND)
        sell(owner, [order(3)])
        [third] = owner.call(run_backup)
    for snapshot, code, orders in (
        (first.snapshot, old_code, 1),
        (second.snapshot, old_code, 2),
        (third.snapshot, made.code, 3),
    ):
        room = Reception(tmp_path / snapshot, clock=files.clock, keyring=False)
        assert not room.restore(url, code, snapshot=snapshot, progress=Progress()).mismatches
        with room.sign_in(PEOPLE[Role.OWNER], PASSWORD) as app:
            assert _sold(app) == orders


def test_a_folder_of_another_store_is_still_refused(files: Shop, tmp_path: Path) -> None:
    url = str(tmp_path / "usb")
    target = backups.open_target(url, make=True)
    stranger = RecoveryCode.random()
    backups.Repository.create(target, stranger.age_recipient, stranger.key_id)
    with _sign_in(files) as owner:
        confirmed(owner, renew_recovery_key)
        with pytest.raises(ConflictError, match="another store"):
            owner.call(add_target, "USB", url)
