"""Damage is found and named; what is not damaged still comes back."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import pytest

from desktop_app.backup import age
from desktop_app.backup.repository import Repository
from desktop_app.backup.restoring import restore
from desktop_app.backup.target import FolderTarget
from desktop_app.backup.verifying import VerifyReport, verify
from desktop_app.kernel.errors import (
    ConflictError,
    DamagedError,
    InvalidError,
    NotFoundError,
    UnavailableError,
)
from desktop_app.kernel.job import Progress
from tests.unit.backup.shop import KEYS, RECOVERY, Shop, restored, restored_pages


def _check(repository: Repository, *, full: bool = True, key: str | None = None) -> VerifyReport:
    return verify(repository, Progress(), full=full, recovery_key=key)


def _history(shop: Shop, repository: Repository, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Two chains: 1 ← 2 ← 3 and 4 ← 5."""
    monkeypatch.setattr("desktop_app.backup.shipping.CHAIN_LIMIT", 2)
    shop.sell(2000)
    made = []
    for _ in range(5):
        made.append(shop.back_up(repository))
        shop.sell(2)
    assert [one.base for one in made] == [True, False, False, True, False]
    return [one.id for one in made]


def _path(target: FolderTarget, name: str) -> Path:
    return Path(target.place) / name


def _object(repository: Repository, snapshot: str, which: str) -> str:
    manifest = repository.find(snapshot)
    if which == "manifest":
        return f"d/{manifest.device}/s/{manifest.seq:08d}.json"
    name = manifest.private.name if which == "private" else manifest.objects[0].name
    return f"d/{manifest.device}/o/{name[:2]}/{name}.age"


def _flip(path: Path) -> None:
    content = bytearray(path.read_bytes())
    content[len(content) // 2] ^= 0x10
    path.write_bytes(content)


def _cut(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:-100])


def _empty(path: Path) -> None:
    path.write_bytes(b"")


@pytest.mark.parametrize("damage", [_flip, _cut, _empty, Path.unlink])
@pytest.mark.parametrize("which", ["pack", "private", "manifest"])
def test_each_damage_is_named_and_the_rest_restores(  # noqa: PLR0917 — fixtures
    shop: Shop,
    repository: Repository,
    target: FolderTarget,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    which: str,
    damage: Callable[[Path], None],
) -> None:
    ids = _history(shop, repository, monkeypatch)
    assert _check(repository, key=RECOVERY).problems == ()
    name = _object(repository, ids[1], which)
    damage(_path(target, name))
    for key in (None, RECOVERY):
        report = _check(repository, key=key)
        assert [one.object for one in report.problems] == [name]
        lost = set(report.problems[0].snapshots)
        assert lost == (
            {ids[2]} if damage is Path.unlink and which == "manifest" else set(ids[1:3])
        )
    for snapshot in (ids[0], ids[3], ids[4]):
        restored(repository, snapshot, tmp_path / snapshot)
    with pytest.raises((DamagedError, NotFoundError)) as caught:
        restored(repository, ids[1], tmp_path / "lost")
    assert name in str(caught.value) or ids[1] in str(caught.value)
    with pytest.raises(DamagedError):
        restored(repository, ids[2], tmp_path / "lost")
    assert not (tmp_path / "lost").exists() or not list((tmp_path / "lost").iterdir())
    shop.back_up(repository)


def test_a_flipped_byte_needs_the_full_check(
    shop: Shop, repository: Repository, target: FolderTarget
) -> None:
    made = shop.back_up(repository)
    _flip(_path(target, _object(repository, made.id, "pack")))
    assert _check(repository, full=False).problems == ()
    assert len(_check(repository, full=True).problems) == 1


def test_a_swapped_pack_is_noticed(
    shop: Shop, repository: Repository, target: FolderTarget
) -> None:
    first = shop.back_up(repository)
    shop.sell(5)
    second = shop.back_up(repository)
    good = _path(target, _object(repository, first.id, "pack"))
    shutil.copy(good, _path(target, _object(repository, second.id, "pack")))
    assert [one.snapshots for one in _check(repository).problems] == [(second.id,)]


def test_a_delta_that_lost_a_page_is_found_by_the_root(
    shop: Shop, repository: Repository, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A mistake of the writer itself: everything is authentic, but a change was overlooked."""
    shop.back_up(repository)
    shop.run("UPDATE sale SET note = 'overlooked' WHERE id = 200")
    from desktop_app.backup import shipping

    copy_changed = shipping.copy_changed

    def overlooking(*arguments):
        spool, files = copy_changed(*arguments)
        from dataclasses import replace

        return spool, [replace(files[0], changed=files[0].changed[:1]), *files[1:]]

    page = shop.pages()
    monkeypatch.setattr(shipping, "copy_changed", overlooking)
    hashes = shipping._Run._known_hashes

    def knowing(self, one):
        found = hashes(self, one).copy()
        if one.source.name == "ops":
            import numpy as np

            from desktop_app.backup.pages import PAGE
            from desktop_app.backup.pages import hashes as hashes_of

            content = np.frombuffer(b"".join(page["ops"]), np.uint8).reshape(-1, PAGE)
            found[:] = hashes_of(content)
        return found

    monkeypatch.setattr(shipping._Run, "_known_hashes", knowing)
    made = shop.back_up(repository)
    report = _check(repository, key=RECOVERY)
    assert [one.snapshots for one in report.problems] == [(made.id,)]
    with pytest.raises(DamagedError, match="ops"):
        restored(repository, made.id, tmp_path / "new")


@pytest.mark.parametrize("name", ["keys/RK-1.age", "reader.sh"])
def test_damaged_plain_files_are_named(
    shop: Shop, repository: Repository, target: FolderTarget, name: str
) -> None:
    made = shop.back_up(repository)
    _flip(_path(target, name))
    problems = _check(repository).problems
    assert [(one.object, one.snapshots) for one in problems] == [(name, (made.id,))]


def test_a_damaged_key_file_is_told_from_a_wrong_key(
    shop: Shop, repository: Repository, target: FolderTarget, tmp_path: Path
) -> None:
    made = shop.back_up(repository)
    with pytest.raises(DamagedError, match="RK-1") as wrong:
        restore(repository, made.id, age.new_identity(), lambda _: KEYS, tmp_path / "x", Progress())
    assert "another recovery key" in str(wrong.value)
    with pytest.raises(InvalidError, match="mistyped"):
        restore(repository, made.id, RECOVERY[:-1], lambda _: KEYS, tmp_path / "x", Progress())
    _path(target, "keys/RK-1.age").unlink()
    with pytest.raises(DamagedError, match=r"keys/RK-1\.age"):
        restored(repository, made.id, tmp_path / "x")
    assert not (tmp_path / "x").exists()


def test_a_rotten_page_of_the_store_is_refused(
    shop: Shop, repository: Repository, tmp_path: Path
) -> None:
    first = shop.back_up(repository)
    expected = shop.pages()
    shop.sell(50)
    with shop.path("people").open("r+b") as file:
        file.seek(4 * 4096 + 100)
        file.write(b"rot")
        file.seek(4 * 4096 + 4020)
        file.write(b"rot")  # in the vector, so that the page counts as changed
    with pytest.raises(DamagedError, match=r"people\.db.* page 5") as caught:
        shop.back_up(repository)
    assert "untouched" in str(caught.value)
    assert [one.id for one in repository.snapshots()] == [first.id]
    assert restored_pages(repository, first.id, tmp_path / "new") == expected


@pytest.mark.parametrize("size", [100, 4096 * 3, 4096 * 5 + 7, 0])
def test_a_store_file_cut_in_half_is_refused(shop: Shop, repository: Repository, size: int) -> None:
    first = shop.back_up(repository)
    content = shop.path("people").read_bytes()
    store = shop.store()
    shop.path("people").write_bytes(content[:size])
    from contextlib import nullcontext
    from dataclasses import replace

    from desktop_app.backup.shipping import Held, back_up

    store = replace(store, hold=lambda: nullcontext(Held({})))
    with pytest.raises(DamagedError, match=r"people\.db is cut off"):
        back_up(repository, store, shop.state, Progress(), shop.clock)
    shutil.rmtree(shop.state)
    with pytest.raises(DamagedError, match=r"people\.db is cut off"):
        back_up(repository, store, shop.state, Progress(), shop.clock)
    assert [one.id for one in repository.snapshots()] == [first.id]


def test_the_wrong_key_of_a_file_is_refused(shop: Shop, repository: Repository) -> None:
    shop.keys["ops"] = bytes(32)
    with pytest.raises(DamagedError, match="key is another"):
        shop.back_up(repository)
    assert repository.snapshots() == []


def test_a_folder_that_vanishes_midway_is_said(
    shop: Shop, repository: Repository, target: FolderTarget, monkeypatch: pytest.MonkeyPatch
) -> None:
    shop.back_up(repository)
    away = Path(target.place).with_name("away")
    put_new = FolderTarget.put_new

    def vanishing(self: FolderTarget, name: str, content: bytes) -> None:
        put_new(self, name, content)
        with suppress(FileNotFoundError):  # two workers write side by side
            Path(target.place).rename(away)

    shop.sell(10)
    with monkeypatch.context() as patch:
        patch.setattr(FolderTarget, "put_new", vanishing)
        with pytest.raises(UnavailableError, match="cannot be reached"):
            shop.back_up(repository)
    with pytest.raises(UnavailableError):
        repository.snapshots()
    assert not Path(target.place).exists()
    away.rename(target.place)
    assert len(repository.snapshots()) == 1
    assert shop.back_up(repository).base is False


def test_a_folder_that_is_emptied_midway_gets_no_snapshot(
    shop: Shop, repository: Repository, target: FolderTarget, monkeypatch: pytest.MonkeyPatch
) -> None:
    shop.back_up(repository)
    put_new = FolderTarget.put_new

    def emptying(self: FolderTarget, name: str, content: bytes) -> None:
        shutil.rmtree(_path(target, "d"), ignore_errors=True)
        put_new(self, name, content)

    monkeypatch.setattr(FolderTarget, "put_new", emptying)
    with pytest.raises(UnavailableError, match="emptied"):
        shop.back_up(repository)
    assert repository.snapshots() == []


def test_a_newer_format_is_refused_with_the_version_to_install(
    repository: Repository, target: FolderTarget
) -> None:
    path = _path(target, "README.json")
    content = json.loads(path.read_text("utf-8"))
    path.write_text(json.dumps(content | {"format": "pos-pages/2", "needs": "3.1.4"}))
    with pytest.raises(UnavailableError, match=r"3\.1\.4"):
        Repository.open(target)
    path.write_text("{")
    with pytest.raises(DamagedError, match="README"):
        Repository.open(target)
    path.unlink()
    with pytest.raises(NotFoundError, match="no backups"):
        Repository.open(target)


def test_a_repository_is_made_once(repository: Repository, target: FolderTarget) -> None:
    with pytest.raises(ConflictError):
        Repository.create(target, age.recipient_of(RECOVERY), "RK-2")
    assert Repository.open(target).id == repository.id


def test_nothing_secret_is_needed_or_kept_for_writing(
    shop: Shop, repository: Repository, target: FolderTarget, tmp_path: Path
) -> None:
    shop.back_up(repository)
    secret = repository.unlock(RECOVERY)
    for path in tmp_path.rglob("*"):
        if path.is_file():
            content = path.read_bytes()
            assert secret.encode() not in content
            assert RECOVERY.encode() not in content
            assert age.identity_secret(secret) not in content


def test_a_store_is_never_overwritten(shop: Shop, repository: Repository, tmp_path: Path) -> None:
    made = shop.back_up(repository)
    before = {path: path.read_bytes() for path in shop.folder.iterdir()}
    with pytest.raises(ConflictError, match="already"):
        restored(repository, made.id, shop.folder)
    assert {path: path.read_bytes() for path in shop.folder.iterdir()} == before
    (tmp_path / "new").mkdir()
    (tmp_path / "new/ops.db-journal").write_bytes(b"old")
    with pytest.raises(ConflictError):
        restored(repository, made.id, tmp_path / "new")


def test_too_little_room_is_said_before_anything_is_written(
    shop: Shop, repository: Repository, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = shop.back_up(repository)
    usage = shutil.disk_usage(tmp_path)
    monkeypatch.setattr(shutil, "disk_usage", lambda _: usage._replace(free=50_000))
    with pytest.raises(UnavailableError, match="needs 2 MB"):
        restored(repository, made.id, tmp_path / "new")
    assert not (tmp_path / "new").exists()


def test_a_snapshot_that_is_not_there_is_said(repository: Repository, tmp_path: Path) -> None:
    for snapshot in ("nonsense", "0123456789abcdef-7", "../../etc-1", "x-99999999999999"):
        with pytest.raises(NotFoundError, match="There is no backup"):
            restored(repository, snapshot, tmp_path / "new")


def test_a_manifest_of_another_repository_is_damage(
    shop: Shop, repository: Repository, target: FolderTarget, tmp_path: Path
) -> None:
    shop.back_up(repository)
    other_place = FolderTarget(tmp_path / "other", make=True)
    other = Repository.create(other_place, age.recipient_of(RECOVERY), "RK-1")
    made = shop.back_up(other)
    name = _object(other, made.id, "manifest")
    shutil.copytree(tmp_path / "other/d" / made.device, _path(target, "d") / made.device)
    problems = _check(repository).problems
    assert [one.object for one in problems] == [name]
