"""Backups of a store in use, from the owner's side of the door, and a restore that is compared."""

from __future__ import annotations

import shutil
import threading
from collections.abc import Callable
from pathlib import Path

import pytest

from desktop_app.backup.checking import count_rows
from desktop_app.backup.operations import (
    add_target,
    list_snapshots,
    list_targets,
    remove_target,
    run_backup,
    verify_backups,
)
from desktop_app.backup.repository import Repository
from desktop_app.backup.restoring import restore
from desktop_app.backup.target import open_target
from desktop_app.db.upgrade import HEAD
from desktop_app.kernel.access import Role
from desktop_app.kernel.clock import FrozenClock, SystemClock
from desktop_app.kernel.errors import (
    AppError,
    ConflictError,
    DamagedError,
    InvalidError,
    NotAllowedError,
    NotFoundError,
    StoppedError,
    UnavailableError,
)
from desktop_app.kernel.job import Progress
from desktop_app.orders.operations import count_orders
from desktop_app.orders.records import OrderFilter
from desktop_app.sign_in import Reception
from desktop_app.vault.cost import KdfCost
from desktop_app.venue.records import NewVenue
from tests.database.shop import PASSWORD, Shop, confirmed, order, sell


def _target(shop: Shop, tmp_path: Path) -> Path:
    folder = tmp_path / "disk" / "backups"
    folder.parent.mkdir(exist_ok=True)
    shop.app.call(add_target, "Disk", str(folder))
    return folder


def test_a_store_is_backed_up_listed_and_verified(files: Shop, tmp_path: Path) -> None:
    app = files.app
    _target(files, tmp_path)
    sell(app, [order(n) for n in range(500)])
    (first,) = app.call(run_backup)
    sell(app, [order(1000)])
    (second,) = app.call(run_backup, "Disk")
    assert second.bytes_added < first.bytes_added
    assert (first.target, second.target) == ("Disk", "Disk")
    listed = app.call(list_snapshots)
    assert [row.id for row in listed.rows] == [first.snapshot, second.snapshot]
    assert listed.unreachable == []
    assert [row.rows for row in listed.rows] == [first.rows, second.rows]
    checked = app.call(verify_backups, full=True)
    assert (list(checked.problems), checked.snapshots) == ([], 2)
    (target,) = app.call(list_targets)
    assert target.last_run_ok
    assert target.last_good_at == target.last_run_at == files.clock.now()
    assert target.last_verified_at == files.clock.now()
    files.check_counts()
    files.check_trail()


def test_nothing_readable_goes_to_the_disk(files: Shop, tmp_path: Path) -> None:
    from desktop_app.customers.records import IncomingCustomer
    from tests.database.shop import enter

    folder = _target(files, tmp_path)
    enter(files.app, IncomingCustomer("C1", "Canaryname", phone="+994501112233"))
    files.app.call(run_backup)
    for path in folder.rglob("*"):
        if path.is_file():
            content = path.read_bytes()
            assert b"Canaryname" not in content
            assert b"994501112233" not in content


@pytest.fixture
def owned(tmp_path: Path, clock: FrozenClock) -> tuple[Reception, object]:
    reception = Reception(tmp_path / "owned", clock=clock, keyring=False)
    made = reception.create(NewVenue("Qala"), "Aysel", PASSWORD, cost=KdfCost.FLOOR)
    yield reception, made
    made.app.close()


def test_a_restored_store_has_every_row_that_was_promised(owned, tmp_path: Path) -> None:
    reception, made = owned
    sell(made.app, [order(n, customer_ref=f"C{n % 7}") for n in range(300)])
    folder = tmp_path / "backups"
    made.app.call(add_target, "Disk", str(folder))
    (run,) = made.app.call(run_backup)
    promised = made.app.call(count_rows)
    new = Reception(tmp_path / "new", clock=FrozenClock(reception._clock.now()), keyring=False)
    restored = new.restore(str(folder), made.code, progress=Progress())
    assert (restored.snapshot, restored.audit_ok) == (run.snapshot, True)
    assert list(restored.mismatches) == []
    assert restored.rows == run.rows
    with new.sign_in("Aysel", PASSWORD) as app:
        again = dict(app.call(count_rows))
        assert app.call(count_orders, OrderFilter()) == 300
    grown = {name: again[name] - rows for name, rows in promised.items() if again[name] != rows}
    # since the snapshot: restored, signed out, signed in; the run was entered after it was made
    assert grown["audit_event"] == 2
    assert grown.get("backup_run") == -1
    assert grown["trail_session"] == 2
    assert set(grown) == {"audit_event", "backup_run", "desk_session", "trail_session"}


def test_the_pages_of_a_restored_store_open_with_the_same_keys(owned, tmp_path: Path) -> None:
    _reception, made = owned
    folder, into = tmp_path / "backups", tmp_path / "into"
    made.app.call(add_target, "Disk", str(folder))
    (run,) = made.app.call(run_backup)
    keys = {
        domain.value: key.reveal()
        for domain, key in made.app._store.keys.unlocked.domain_keys.items()
    }
    report = restore(
        Repository.open(open_target(str(folder))), run.snapshot, made.code.age_identity,
        lambda _small: keys, into, Progress(),
    )  # fmt: skip
    assert {path.name for path in report.files} >= {
        "ops.db", "people.db", "office.db", "keys.json", "store.json",
    }  # fmt: skip
    assert report.facts["schema"] == HEAD


def test_another_stores_recovery_key_is_told_apart(owned, tmp_path: Path, clock) -> None:
    _reception, made = owned
    folder = tmp_path / "backups"
    made.app.call(add_target, "Disk", str(folder))
    made.app.call(run_backup)
    other = Reception(tmp_path / "other", clock=clock, keyring=False)
    stranger = other.create(NewVenue("B"), "Rauf", PASSWORD, cost=KdfCost.FLOOR)
    stranger.app.close()
    new = Reception(tmp_path / "new", clock=clock, keyring=False)
    with pytest.raises(AppError) as told:
        new.restore(str(folder), stranger.code, progress=Progress())
    assert made.recovery_key_id in str(told.value)
    assert not new.has_store()


def test_a_backup_while_somebody_sells_holds_one_moment(owned, tmp_path: Path) -> None:
    reception, made = owned
    folder = tmp_path / "backups"
    made.app.call(add_target, "Disk", str(folder))
    sell(made.app, [order(n) for n in range(200)], "before")
    stop, failures = threading.Event(), []
    writer = reception.sign_in("Aysel", PASSWORD)
    first_sale = threading.Event()

    def keep_selling() -> None:
        number = 0
        try:
            while not stop.is_set():
                number += 1
                sell(writer, [order(number * 10 + n) for n in range(10)], "during")
                first_sale.set()
        except BaseException as error:  # noqa: BLE001 - told to the test
            failures.append(error)
            first_sale.set()

    seller = threading.Thread(target=keep_selling)
    seller.start()
    try:
        assert first_sale.wait(20)
        runs = [made.app.call(run_backup)[0] for _ in range(3)]
    finally:
        stop.set()
        seller.join(30)
        writer.close()
    assert failures == []
    for number, run in enumerate(runs):
        new = Reception(tmp_path / f"new{number}", clock=SystemClock(), keyring=False)
        restored = new.restore(str(folder), made.code, snapshot=run.snapshot, progress=Progress())
        assert (list(restored.mismatches), restored.audit_ok) == ([], True)


def test_a_folder_that_is_gone_is_told_and_kept_as_a_failed_run(
    files: Shop, tmp_path: Path
) -> None:
    folder = _target(files, tmp_path)
    files.app.call(run_backup)
    files.clock.at = files.clock.at.replace(hour=20)
    shutil.move(folder, tmp_path / "elsewhere")
    with pytest.raises((UnavailableError, NotFoundError)) as told:
        files.app.call(run_backup)
    assert str(folder) in str(told.value)
    assert not folder.exists(), "nothing may be made where a disk is not plugged in"
    (target,) = files.app.call(list_targets)
    assert (target.last_run_ok, target.last_run_at) == (False, files.clock.now())
    assert target.last_good_at is not None
    assert target.last_good_at < files.clock.now()
    shown = files.app.call(list_snapshots)
    assert (list(shown.rows), len(shown.unreachable)) == ([], 1)
    with pytest.raises((UnavailableError, NotFoundError)):
        files.app.call(list_snapshots, "Disk")
    shutil.move(tmp_path / "elsewhere", folder)
    assert files.app.call(run_backup)[0].target == "Disk"


def test_one_target_that_fails_does_not_keep_the_others_waiting(
    files: Shop, tmp_path: Path
) -> None:
    folder = _target(files, tmp_path)
    other = tmp_path / "second"
    files.app.call(add_target, "Second", str(other))
    shutil.rmtree(folder)
    with pytest.raises((UnavailableError, NotFoundError)):
        files.app.call(run_backup)
    assert len(files.app.call(list_snapshots, "Second").rows) == 1


def test_a_damaged_pack_is_named_with_its_snapshots(files: Shop, tmp_path: Path) -> None:
    folder = _target(files, tmp_path)
    sell(files.app, [order(n) for n in range(300)])
    (run,) = files.app.call(run_backup)
    biggest = max((p for p in folder.rglob("*") if p.is_file()), key=lambda p: p.stat().st_size)
    content = bytearray(biggest.read_bytes())
    content[len(content) // 2] ^= 1
    biggest.chmod(0o600)
    biggest.write_bytes(content)
    report = files.app.call(verify_backups, "Disk", full=True)
    assert report.problems
    assert {snapshot for p in report.problems for snapshot in p.snapshots} == {run.snapshot}
    (target,) = files.app.call(list_targets)
    assert target.last_verified_at is None


def test_another_stores_folder_is_refused(
    files: Shop, tmp_path: Path, owned, new_sqlcipher: Callable[[], Shop]
) -> None:
    folder = _target(files, tmp_path)
    _reception, made = owned
    with pytest.raises(ConflictError, match="another store"):
        made.app.call(add_target, "Disk", str(folder))
    assert made.app.call(list_targets) == []


def test_a_name_is_needed_and_is_taken_once(files: Shop, tmp_path: Path) -> None:
    _target(files, tmp_path)
    with pytest.raises(ConflictError):
        files.app.call(add_target, " Disk ", str(tmp_path / "b"))
    with pytest.raises(InvalidError):
        files.app.call(add_target, "  ", str(tmp_path / "b"))
    assert not (tmp_path / "b").exists()
    with pytest.raises(NotFoundError):
        files.app.call(run_backup, "Elsewhere")


def test_without_a_place_it_is_said_how_to_set_one_up(files: Shop) -> None:
    with pytest.raises(NotFoundError, match="no place for backups") as told:
        files.app.call(run_backup)
    assert "backup target add" in str(told.value.hint)


def test_a_manager_runs_backups_without_the_offices_key(owned, tmp_path: Path) -> None:
    reception, made = owned
    folder = tmp_path / "backups"
    made.app._store.keys.unlocked.add_user("Rauf", Role.MANAGER, PASSWORD)
    made.app.call(add_target, "Disk", str(folder))
    with reception.sign_in("Rauf", PASSWORD) as manager:
        with pytest.raises(NotAllowedError):
            manager.call(add_target, "Mine", str(tmp_path / "mine"))
        sell(manager, [order(n) for n in range(20)])
        (run,) = manager.call(run_backup)
    new = Reception(tmp_path / "new", clock=SystemClock(), keyring=False)
    restored = new.restore(str(folder), made.code, progress=Progress())
    assert restored.snapshot == run.snapshot
    assert (list(restored.mismatches), restored.audit_ok) == ([], True)


def test_a_stopped_backup_is_not_a_backup(files: Shop, tmp_path: Path) -> None:
    _target(files, tmp_path)
    progress = Progress()
    progress.cancel()
    with pytest.raises(StoppedError):
        files.app.call_watched(progress, run_backup)
    assert files.app.call(list_snapshots).rows == []
    assert files.app.call(run_backup)[0].target == "Disk"


def test_a_folder_with_the_store_in_it_is_not_restored_over(owned, tmp_path: Path) -> None:
    reception, made = owned
    folder = tmp_path / "backups"
    made.app.call(add_target, "Disk", str(folder))
    made.app.call(run_backup)
    with pytest.raises(ConflictError):
        reception.restore(str(folder), made.code, progress=Progress())
    with pytest.raises((DamagedError, NotFoundError, UnavailableError)):
        reception.preview_restore(str(tmp_path / "nowhere"), made.code)


@pytest.mark.postgres
def test_a_store_on_a_server_says_how_it_is_backed_up(
    new_postgres: Callable[[], Shop], tmp_path: Path
) -> None:
    with pytest.raises(UnavailableError, match="PostgreSQL server") as told:
        new_postgres().app.call(add_target, "Disk", str(tmp_path / "b"))
    assert "pg_dump" in str(told.value.hint)


def test_a_place_is_removed_with_its_runs_and_what_lies_there_stays(
    files: Shop, tmp_path: Path
) -> None:
    folder = _target(files, tmp_path)
    files.app.call(run_backup)
    lies = sorted(folder.rglob("*"))
    with pytest.raises(NotFoundError):
        confirmed(files.app, remove_target, "Nowhere")
    confirmed(files.app, remove_target, "Disk")
    assert files.app.call(list_targets) == []
    assert sorted(folder.rglob("*")) == lies
    assert files.events()[-1]["subject"] == "backup target Disk"
    files.check_counts()
    files.app.call(add_target, "Disk", str(folder))
