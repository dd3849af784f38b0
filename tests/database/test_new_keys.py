"""Taking a right away gives the domains new keys: the files, the programs beside, the trail."""

from __future__ import annotations

import shutil
from types import SimpleNamespace

import pytest

from desktop_app.access.locking import finish_new_keys, owed_new_keys
from desktop_app.access.operations import list_events
from desktop_app.access.users import change_user, remove_user, save_role
from desktop_app.app import App
from desktop_app.customers.operations import count_customers
from desktop_app.customers.records import IncomingCustomer
from desktop_app.customers.tables import Customer
from desktop_app.db import rekey as rekey_module
from desktop_app.db.base import Base
from desktop_app.db.engine import encrypted_files, file_of
from desktop_app.db.turning import Settled, settle, turn_keys
from desktop_app.kernel.access import Domain, Permission, Role
from desktop_app.kernel.errors import AppError, NotAllowedError, UnavailableError
from desktop_app.kernel.job import Progress
from desktop_app.orders.operations import count_orders
from desktop_app.orders.records import OrderFilter
from desktop_app.sign_in import Reception
from desktop_app.vault.duties import Lost
from desktop_app.vault.key_file import KeyFile
from desktop_app.vault.rotation import LockedAnewError
from tests.database.shop import PASSWORD, PEOPLE, Shop, confirmed, enter, order, sell

ALL = Lost(frozenset(Domain), trail=False)


def _sold(app: App) -> int:
    return app.call(count_orders, OrderFilter())


def _filled(shop: Shop) -> Shop:
    sell(shop.app, [order(n) for n in range(1, 30)])
    enter(shop.app, *(IncomingCustomer(f"c{n}", f"Guest {n}") for n in range(20)))
    return shop


def _everything(shop: Shop) -> dict[str, list[dict[str, object]]]:
    return {m.class_.__tablename__: shop.rows(m.local_table) for m in Base.registry.mappers}


def test_new_keys_keep_every_row_and_the_old_keys_open_nothing(files: Shop) -> None:
    shop = _filled(files)
    before = _everything(shop)
    old = {d: bytearray(k.buffer) for d, k in shop.app._store.keys.unlocked.domain_keys.items()}
    done = turn_keys(shop.app._store, ALL, Progress())
    assert [(one.domain, one.old, one.new) for one in done.domains] == [
        (domain, 1, 2) for domain in sorted(Domain)
    ]
    assert _everything(shop) == before
    names = {path.name for path in shop.folder.glob("*.db*") if path.stat().st_size}
    assert names == {"ops.2.db", "people.2.db", "office.2.db"}
    for domain in Domain:
        file_of(shop.folder, domain, 2).rename(file_of(shop.folder, domain))
    with pytest.raises(AppError, match="does not belong to this key"):
        encrypted_files(shop.folder, old)


def _sign_in(shop: Shop, name: str) -> App:
    return Reception(shop.folder, clock=shop.clock, keyring=False).sign_in(name, PASSWORD)


def test_removing_somebody_locks_anew_what_they_could_open_and_says_so(shop: Shop) -> None:
    _filled(shop)
    before = shop.rows(Customer.__table__)
    with _sign_in(shop, PEOPLE[Role.OWNER]) as owner:
        keys = confirmed(owner, remove_user, PEOPLE[Role.MANAGER])
    locked = {one.domain: (one.old, one.new) for one in keys.keys}
    files = {} if shop.is_postgres else {"ops": (1, 2), "people": (1, 2)}
    assert {d: v for d, v in locked.items() if d != "trail"} == files
    assert not keys.owed
    again = Shop(shop.folder, shop.clock, shop.held)
    try:
        assert again.rows(Customer.__table__) == before
        [event] = [e for e in again.events() if e["operation"] == "access.remove_user"]
        assert event["detail"].get("new_keys", {}) == {d: list(v) for d, v in locked.items()}
        again.check_trail()
    finally:
        again.close()


def test_who_only_sells_costs_a_new_key_of_the_sales_only(files: Shop) -> None:
    with _sign_in(files, PEOPLE[Role.OWNER]) as owner:
        keys = confirmed(owner, remove_user, PEOPLE[Role.STAFF])
    assert [one.domain for one in keys.keys] == ["ops"]


def test_a_lesser_role_loses_its_keys_and_a_greater_one_none(files: Shop) -> None:
    with _sign_in(files, PEOPLE[Role.OWNER]) as owner:
        lesser = confirmed(owner, change_user, PEOPLE[Role.MANAGER], Role.STAFF)
        assert [one.domain for one in lesser.keys if one.domain != "trail"] == ["people"]
        greater = confirmed(owner, change_user, PEOPLE[Role.MANAGER], Role.MANAGER)
        assert not greater.keys
    with _sign_in(files, PEOPLE[Role.MANAGER]) as manager:
        assert manager.call(count_customers) == 0


def test_a_right_taken_from_a_role_locks_anew_what_its_people_lost(files: Shop) -> None:
    reads = {Permission.ORDERS_READ, Permission.CUSTOMERS_READ}
    with _sign_in(files, PEOPLE[Role.OWNER]) as owner:
        made = confirmed(owner, save_role, "", "Guests", reads)
        assert not made.keys.keys
        confirmed(owner, change_user, PEOPLE[Role.STAFF], made.role.id)
        less = confirmed(owner, save_role, made.role.id, "Guests", {Permission.ORDERS_READ})
    assert [one.domain for one in less.keys.keys] == ["people"]
    assert not less.keys.owed


def test_the_old_key_file_and_password_of_a_removed_person_open_nothing(files: Shop) -> None:
    _filled(files)
    files.close()
    thief = files.folder.with_name("thief")
    shutil.copytree(files.folder, thief)
    with _sign_in(files, PEOPLE[Role.OWNER]) as owner:
        confirmed(owner, remove_user, PEOPLE[Role.MANAGER])
    # The thief keeps the old key file and takes the files of today.
    for path in thief.glob("*.db*"):
        path.unlink()
    for path in files.folder.glob("*.db"):
        shutil.copy(path, thief / path.name)
        shutil.copy(path, thief / path.name.replace(".2.", "."))
    stolen = Shop(thief, files.clock, files.held)
    with pytest.raises(AppError):
        _sign_in(stolen, PEOPLE[Role.MANAGER])
    with pytest.raises(NotAllowedError):
        _sign_in(files, PEOPLE[Role.MANAGER])


def test_a_program_beside_must_sign_in_again_and_writes_nothing_into_the_old_file(
    files: Shop,
) -> None:
    _filled(files)
    beside = files.another(Role.OWNER)
    sold = _sold(beside)
    turn_keys(files.app._store, ALL, Progress())
    with pytest.raises((NotAllowedError, UnavailableError), match="Sign in again"):
        sell(beside, [order(100)])
    with pytest.raises((NotAllowedError, UnavailableError), match="Sign in again"):
        _sold(beside)
    assert _sold(files.app) == sold


def test_a_transaction_that_waited_for_its_turn_is_sent_away(files: Shop) -> None:
    """What the check before an operation cannot see: the change came while it waited."""
    beside = files.another(Role.OWNER)
    engine = beside._store.engine
    with engine.begin():
        pass
    turn_keys(files.app._store, ALL, Progress())
    with pytest.raises(LockedAnewError), engine.begin():
        pytest.fail("it wrote")
    assert not file_of(files.folder, Domain.OPS).exists()


def test_a_full_disk_changes_nothing(files: Shop, monkeypatch: pytest.MonkeyPatch) -> None:
    _filled(files)
    little = SimpleNamespace(free=1000)
    with _sign_in(files, PEOPLE[Role.OWNER]) as owner:
        before = (files.folder / "keys.json").read_bytes()
        monkeypatch.setattr(shutil, "disk_usage", lambda _: little)
        with pytest.raises(UnavailableError, match=r"needs .* MB, but the disk has only"):
            confirmed(owner, remove_user, PEOPLE[Role.MANAGER])
        assert (files.folder / "keys.json").read_bytes() == before
        monkeypatch.undo()
        assert confirmed(owner, remove_user, PEOPLE[Role.MANAGER]).keys


def test_what_could_not_be_locked_anew_stays_owed_until_it_was(
    files: Shop, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object) -> None:
        raise OSError(28, "No space left on device")

    with _sign_in(files, PEOPLE[Role.OWNER]) as owner:
        monkeypatch.setattr(rekey_module, "_flush", fail)
        keys = confirmed(owner, remove_user, PEOPLE[Role.MANAGER])
        assert {"ops", "people"} <= set(keys.owed)
        assert "No space left" in str(keys.trouble)
        monkeypatch.undo()
        assert {"ops", "people"} <= set(owner.call(owed_new_keys))
        assert {one.domain for one in owner.call(finish_new_keys).keys} >= {"ops", "people"}
        assert owner.call(owed_new_keys) == []
    assert not list(files.folder.glob("*.part"))
    assert {path.name for path in files.folder.glob("*.db")} == {
        "ops.2.db", "people.2.db", "office.db",
    }  # fmt: skip


@pytest.mark.parametrize("committed", [False, True])
def test_a_change_of_keys_that_was_cut_off_is_undone_or_finished(
    files: Shop, committed: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    _filled(files)

    class Dead(BaseException):
        pass

    def die(*_: object) -> None:
        raise Dead

    with monkeypatch.context() as patch:
        patch.setattr("desktop_app.db.turning._settle", lambda *_: None)
        if committed:
            patch.setattr("desktop_app.vault.unlocked.Unlocked.adopt", die)
        else:
            patch.setattr("desktop_app.vault.rotation.Turn.commit", die)
        with pytest.raises(Dead):
            turn_keys(files.app._store, ALL, Progress())
    assert KeyFile(files.folder).read().swap
    assert len(list(files.folder.glob("*.db"))) == 6
    with _sign_in(files, PEOPLE[Role.OWNER]) as owner:
        assert _sold(owner) == 29
        ops = [e.operation for e in owner.call(list_events)]
        assert "access.note_new_keys" in ops
    version = 2 if committed else 1
    assert set(files.folder.glob("*.db")) == {
        file_of(files.folder, domain, version) for domain in Domain
    }
    assert not KeyFile(files.folder).read().swap


def test_settling_needs_no_key_and_leaves_a_quiet_store_alone(files: Shop) -> None:
    before = (files.folder / "keys.json").stat().st_mtime_ns
    assert settle(files.folder) == Settled()
    assert (files.folder / "keys.json").stat().st_mtime_ns == before


def test_both_generations_of_the_key_file_name_the_new_keys_before_the_old_files_go(
    files: Shop,
) -> None:
    turn_keys(files.app._store, ALL, Progress())
    (files.folder / "keys.json").write_bytes(b"torn")
    with _sign_in(files, PEOPLE[Role.OWNER]) as owner:
        assert _sold(owner) == 0


def test_a_file_that_an_older_key_file_does_not_know_is_never_overwritten(files: Shop) -> None:
    stray = file_of(files.folder, Domain.PEOPLE, 2)
    stray.write_bytes(b"perhaps all there is")
    turn_keys(files.app._store, Lost(frozenset({Domain.PEOPLE})), Progress())
    assert stray.read_bytes() == b"perhaps all there is"
    assert file_of(files.folder, Domain.PEOPLE, 3).exists()
