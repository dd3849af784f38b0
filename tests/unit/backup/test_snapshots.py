"""Snapshots: what comes back is what was there, page by page."""

from __future__ import annotations

import shutil
import subprocess
import threading
from datetime import timedelta
from pathlib import Path

import pytest

from desktop_app.backup import shipping
from desktop_app.backup.pages import PAGE
from desktop_app.backup.repository import Repository
from desktop_app.backup.target import FolderTarget
from desktop_app.kernel.errors import ConflictError, StoppedError
from desktop_app.kernel.job import Progress
from tests.unit.backup.shop import (
    KEYS,
    NAMES,
    NOON,
    RECOVERY,
    Shop,
    connect,
    restored,
    restored_pages,
)


def test_a_restored_store_opens_and_has_every_row(
    shop: Shop, repository: Repository, tmp_path: Path
) -> None:
    made = shop.back_up(repository)
    report = restored(repository, made.id, tmp_path / "new")
    for name in NAMES:
        connection = connect(tmp_path / f"new/{name}.db", KEYS[name])
        assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        assert connection.execute("PRAGMA cipher_integrity_check").fetchall() == []
        count = connection.execute("SELECT count(*) FROM sale").fetchone()[0]
        assert count == report.facts["rows"][name]
        connection.execute("INSERT INTO sale(code) VALUES ('new')")
        connection.close()
    for name in ("keys.json", "store.json"):
        assert (tmp_path / "new" / name).read_bytes() == (shop.folder / name).read_bytes()
    assert {path.name for path in report.files} == {
        *("ops.db", "people.db", "office.db", "keys.json", "store.json"),
    }
    assert made.rows == 900
    assert made.recovery_key_id == "RK-1"


def test_every_snapshot_of_a_changing_store_comes_back(
    shop: Shop, repository: Repository, tmp_path: Path
) -> None:
    expected = {}
    for step in range(7):
        if step == 2:
            shop.run("DELETE FROM sale WHERE id % 3 = 0", "people")
        elif step == 4:
            shop.run("DELETE FROM sale WHERE id > 50", "ops")
            shop.run("VACUUM", "ops")
        elif step:
            shop.sell(shop.random.randrange(1, 60), NAMES[: 1 + step % 3])
        made = shop.back_up(repository)
        expected[made.id] = shop.pages()
    infos = repository.snapshots()
    assert [one.id for one in infos] == list(expected)
    assert [one.seq for one in infos] == [1, 2, 3, 4, 5, 6, 7]
    for snapshot, pages in expected.items():
        assert restored_pages(repository, snapshot, tmp_path / snapshot) == pages


def test_only_changed_pages_are_added(shop: Shop, repository: Repository) -> None:
    shop.sell(4000, ("ops",))
    first = shop.back_up(repository)
    shop.run("UPDATE sale SET note = 'x' WHERE id = 7")
    second = shop.back_up(repository)
    third = shop.back_up(repository)
    assert (first.base, second.base, third.base) == (True, False, False)
    assert second.bytes_added < first.bytes_added / 50
    assert third.bytes_added < 2500
    assert [one.file for one in repository.find(second.id).objects] == ["ops"]


def test_a_long_chain_starts_anew(
    shop: Shop, repository: Repository, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(shipping, "CHAIN_LIMIT", 2)
    assert [shop.back_up(repository).base for _ in range(5)] == [True, False, False, True, False]


def test_a_heavy_chain_starts_anew(shop: Shop, repository: Repository) -> None:
    made = [shop.back_up(repository)]
    while len(made) < 2 or not made[-1].base:
        shop.sell(100)
        made.append(shop.back_up(repository))
        assert len(made) < 10
    assert sum(one.bytes_added for one in made[1:-1]) > 0.25 * made[0].bytes_added


def test_what_this_pc_remembers_may_be_lost(
    shop: Shop, repository: Repository, tmp_path: Path
) -> None:
    shop.back_up(repository)
    shutil.rmtree(shop.state)
    shop.sell(5)
    made = shop.back_up(repository)
    assert made.base
    assert restored_pages(repository, made.id, tmp_path / "new") == shop.pages()


def test_a_pc_set_back_in_time_writes_no_wrong_delta(
    shop: Shop, repository: Repository, tmp_path: Path
) -> None:
    shop.back_up(repository)
    shutil.copytree(shop.state, tmp_path / "old state")
    shop.sell(5)
    shop.back_up(repository)
    shutil.rmtree(shop.state)
    (tmp_path / "old state").rename(shop.state)
    shop.sell(5)
    made = shop.back_up(repository)
    assert made.base
    assert len(repository.devices()) == 2
    assert restored_pages(repository, made.id, tmp_path / "new") == shop.pages()


def test_two_computers_share_one_folder(shop: Shop, repository: Repository, tmp_path: Path) -> None:
    other = Shop(tmp_path / "bar", tmp_path / "bar state")
    other.sell(20)
    expected = {}
    for _ in range(3):
        for one in (shop, other):
            one.sell(3)
            expected[one.back_up(repository).id] = one.pages()
    assert len(repository.devices()) == 2
    for snapshot, pages in expected.items():
        assert restored_pages(repository, snapshot, tmp_path / snapshot) == pages


def test_a_file_nobody_can_open_is_backed_up_as_it_lies_there(
    shop: Shop, repository: Repository, tmp_path: Path
) -> None:
    shop.sell(500)
    shop.keys["office"] = None
    first = shop.back_up(repository)
    raw = shop.path("office").read_bytes()
    restored(repository, first.id, tmp_path / "first")
    assert (tmp_path / "first/office.db").read_bytes() == raw
    shop.run("UPDATE sale SET note = 'known' WHERE id = 1", "office")
    shop.keys["office"] = KEYS["office"]
    second = shop.back_up(repository)
    assert not second.base
    assert restored_pages(repository, second.id, tmp_path / "second") == shop.pages()


def test_writers_wait_only_for_the_copy(
    shop: Shop, repository: Repository, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """While pages are sealed and written, somebody sells; the snapshot shows the store before."""
    before = shop.pages()
    put_new = FolderTarget.put_new
    sold = threading.Event()

    def selling(self: FolderTarget, name: str, content: bytes) -> None:
        if not sold.is_set():
            sold.set()
            shop.sell(50)
        put_new(self, name, content)

    monkeypatch.setattr(FolderTarget, "put_new", selling)
    made = shop.back_up(repository)
    assert sold.is_set()
    assert restored_pages(repository, made.id, tmp_path / "new") == before
    assert shop.pages() != before


def test_reading_the_files_keeps_the_locks_of_the_reader(
    shop: Shop, repository: Repository
) -> None:
    """Closing a file drops every POSIX lock the program has on it, so a writer could slip in."""
    attempts = []
    hold = shop.hold
    script = (
        "import sys, sqlcipher3.dbapi2 as s\n"
        "c = s.connect(sys.argv[1], timeout=0, isolation_level=None)\n"
        'c.execute(f"PRAGMA key=\\"x\'{sys.argv[2]}\'\\"")\n'
        "try: c.execute('DELETE FROM sale')\n"
        "except s.OperationalError as e: print(e)\n"
    )
    from contextlib import contextmanager

    @contextmanager
    def watched():
        with hold() as held:
            yield held
            command = [_python(), "-c", script, str(shop.path("ops")), KEYS["ops"].hex()]
            attempts.append(subprocess.run(command, capture_output=True, text=True, check=True))

    shop.hold = watched
    shop.back_up(repository)
    shop.back_up(repository)
    assert ["locked" in one.stdout for one in attempts] == [True, True]


def test_stopping_leaves_the_old_backups(shop: Shop, repository: Repository) -> None:
    first = shop.back_up(repository)
    shop.sell(50)
    progress = Progress()
    hold = shop.hold

    def stopping():
        progress.cancel()
        return hold()

    shop.hold = stopping
    with pytest.raises(StoppedError):
        shipping.back_up(repository, shop.store(), shop.state, progress, shop.clock)
    assert [one.id for one in repository.snapshots()] == [first.id]


def test_two_runs_at_once_are_refused(shop: Shop, repository: Repository) -> None:
    hold = shop.hold

    def twice():
        shop.hold = hold
        with pytest.raises(ConflictError):
            shop.back_up(repository)
        return hold()

    shop.hold = twice
    shop.back_up(repository)
    assert len(repository.snapshots()) == 1


def test_leftovers_are_removed_after_a_day(
    shop: Shop, repository: Repository, target: FolderTarget
) -> None:
    made = shop.back_up(repository)
    orphan = f"d/{made.device}/o/ab/{'ab' * 32}.age"
    target.put_new(orphan, b"left behind")
    (Path(target.place) / ".unfinished" / "half").write_bytes(b"half")
    (shop.state / repository.id / "unfinished").write_text("")
    shop.back_up(repository)
    assert target.head(orphan).size == 11
    from desktop_app.kernel.clock import SystemClock

    shop.clock.at = SystemClock().now() + timedelta(days=1, hours=1)
    shop.back_up(repository)
    assert orphan not in {entry.name for entry in target.list("d")}
    assert not list((Path(target.place) / ".unfinished").iterdir())
    restored(repository, made.id, Path(target.place).parent / "new")


@pytest.mark.skipif(not shutil.which("age") or not shutil.which("zstd"), reason="needs age, zstd")
def test_a_stranger_restores_with_age_zstd_and_dd(
    shop: Shop, repository: Repository, target: FolderTarget, tmp_path: Path
) -> None:
    shop.back_up(repository)
    shop.run("DELETE FROM sale WHERE id % 2")
    shop.back_up(repository)
    shop.run("VACUUM")
    shop.sell(20)
    made = shop.back_up(repository)
    (tmp_path / "recovery.txt").write_text(RECOVERY + "\n")
    for name, pages in shop.pages().items():
        out = tmp_path / f"{name}.sqlite"
        command = ["sh", "reader.sh", ".", made.id, name, str(tmp_path / "recovery.txt"), str(out)]
        subprocess.run(command, cwd=target.place, check=True, capture_output=True)
        assert out.read_bytes() == b"".join(pages)
        assert out.stat().st_size % PAGE == 0


def test_no_plain_text_lies_anywhere(shop: Shop, repository: Repository, tmp_path: Path) -> None:
    shop.run("UPDATE sale SET note = 'canary-of-the-restaurant'")
    made = shop.back_up(repository)
    restored(repository, made.id, tmp_path / "new")
    for path in tmp_path.rglob("*"):
        assert not path.is_file() or b"canary-of-the" not in path.read_bytes()


def test_the_time_is_that_of_the_clock(shop: Shop, repository: Repository) -> None:
    assert shop.back_up(repository).at == NOON + timedelta(minutes=1)


def _python() -> str:
    import sys

    return sys.executable
