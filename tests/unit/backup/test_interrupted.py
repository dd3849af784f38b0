"""Killed, or out of room: the old backups stay, a half one is never listed."""

from __future__ import annotations

import errno
import os
import random
import resource
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from desktop_app.backup.disk import room_told
from desktop_app.backup.memory import Memory
from desktop_app.backup.repository import Repository
from desktop_app.backup.target import FolderTarget
from desktop_app.backup.verifying import verify
from desktop_app.kernel.errors import UnavailableError
from desktop_app.kernel.job import Progress
from tests.unit.backup.shop import RECOVERY, Shop, restored, restored_pages

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="signals and limits of POSIX")


def _in_a_child(work) -> int:
    """Fork, run `work` in the child, return its process id."""
    child = os.fork()
    if child:
        return child
    code = 1
    try:
        work()
        code = 0
    finally:
        os._exit(code)


def _kill_at_call(count: int) -> None:
    """Let the process die at the given call of the functions that touch the disk."""
    left = [count]
    for owner, name in [
        (os, "open"), (os, "fsync"), (os, "link"), (os, "pwrite"), (os, "replace"), (os, "preadv"),
        (Path, "unlink"), (Path, "mkdir"), (Path, "replace"),
    ]:  # fmt: skip
        function = getattr(owner, name)

        def counted(*arguments, _function=function, **named):
            left[0] -= 1
            if left[0] < 0:
                os.kill(os.getpid(), signal.SIGKILL)
            return _function(*arguments, **named)

        setattr(owner, name, counted)


def test_killing_a_backup_anywhere_loses_nothing(
    shop: Shop, repository: Repository, tmp_path: Path
) -> None:
    chance = random.Random(11)  # noqa: S311 — the same places every time
    expected = {shop.back_up(repository).id: shop.pages()}
    killed = 0
    for _ in range(90):
        shop.sell(2, ("ops", "office"))
        pages = shop.pages()

        def work(at: int = chance.randrange(75)) -> None:
            _kill_at_call(at)
            shop.back_up(repository)

        _, status = os.waitpid(_in_a_child(work), 0)
        killed += os.WIFSIGNALED(status)
        assert os.WIFSIGNALED(status) or os.WEXITSTATUS(status) == 0
        found = {one.id for one in repository.snapshots()}
        assert set(expected) <= found
        assert len(found) <= len(expected) + 1
        expected.update({one: pages for one in found if one not in expected})
        if not os.WIFSIGNALED(status):
            assert pages in expected.values()
    assert killed >= 50
    assert len(expected) >= 3
    assert verify(repository, Progress(), full=True, recovery_key=RECOVERY).problems == ()
    for snapshot, pages in expected.items():
        assert restored_pages(repository, snapshot, tmp_path / snapshot) == pages
    made = shop.back_up(repository)
    assert not list((shop.state / repository.id).glob("copied-*"))
    assert restored_pages(repository, made.id, tmp_path / "last") == shop.pages()


def test_killing_a_restore_leaves_no_store(
    shop: Shop, repository: Repository, tmp_path: Path
) -> None:
    made = shop.back_up(repository)
    for at in (3, 8, 12, 15):

        def work(at: int = at) -> None:
            _kill_at_call(at)
            restored(repository, made.id, tmp_path / "new")

        _, status = os.waitpid(_in_a_child(work), 0)
        assert os.WIFSIGNALED(status)
        assert not list((tmp_path / "new").glob("[!.]*"))
    assert restored_pages(repository, made.id, tmp_path / "new") == shop.pages()


@pytest.mark.parametrize("limit", [200, 1500, 3000, 20_000, 60_000])
def test_a_full_backup_disk_is_said(
    shop: Shop, repository: Repository, tmp_path: Path, limit: int
) -> None:
    """A limit on the size of files stands for the disk: the system answers 'too large'."""
    shop.sell(2000)
    before = signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    old = resource.getrlimit(resource.RLIMIT_FSIZE)
    hold = shop.hold

    def full():
        resource.setrlimit(resource.RLIMIT_FSIZE, (limit, old[1]))
        return hold()

    shop.hold = full
    try:
        with pytest.raises(UnavailableError, match="full"):
            shop.back_up(repository)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, old)
        signal.signal(signal.SIGXFSZ, before)
    assert repository.snapshots() == []
    assert verify(repository, Progress(), full=True).problems == ()
    shop.hold = hold
    made = shop.back_up(repository)
    assert restored_pages(repository, made.id, tmp_path / "new") == shop.pages()


def test_a_really_full_disk_is_said(shop: Shop, tmp_path: Path) -> None:
    from desktop_app.backup import age

    small = tmp_path / "small"
    small.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=160k", "tmpfs", str(small)]
    if os.getuid() != 0 or subprocess.run(mount, check=False, capture_output=True).returncode:
        pytest.skip("needs the right to mount a small disk")
    try:
        target = FolderTarget(small)
        repository = Repository.create(target, age.recipient_of(RECOVERY), "RK-1")
        first = shop.back_up(repository)
        shop.sell(3000)
        with pytest.raises(UnavailableError, match="full"):
            shop.back_up(repository)
        assert [one.id for one in repository.snapshots()] == [first.id]
        with pytest.raises(UnavailableError):
            restored(repository, first.id, small / "new")
        assert not (small / "new").exists() or not list((small / "new").iterdir())
        restored(repository, first.id, tmp_path / "new")
    finally:
        subprocess.run(["umount", str(small)], check=True)


def test_a_stick_that_was_pulled_is_not_written_to(shop: Shop, tmp_path: Path) -> None:
    """Without the stick its folder is an empty one on the system disk."""
    from desktop_app.backup import age

    stick = tmp_path / "stick"
    stick.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=4m", "tmpfs", str(stick)]
    if os.getuid() != 0 or subprocess.run(mount, check=False, capture_output=True).returncode:
        pytest.skip("needs the right to mount a small disk")
    try:
        target = FolderTarget(stick)
        repository = Repository.create(target, age.recipient_of(RECOVERY), "RK-1")
        shop.back_up(repository)
    finally:
        subprocess.run(["umount", str(stick)], check=True)
    with pytest.raises(UnavailableError, match="cannot be reached"):
        shop.back_up(repository)
    assert list(stick.iterdir()) == []


@pytest.mark.parametrize("code", [errno.EACCES, errno.EPERM, errno.EROFS, errno.ENOTDIR])
def test_a_folder_that_may_not_be_written_to_is_said(tmp_path: Path, code: int) -> None:
    said = pytest.raises(UnavailableError, match=f"{tmp_path.name} cannot be written")
    with said, room_told(tmp_path):
        raise OSError(code, os.strerror(code))


def test_memory_below_a_file_is_said(tmp_path: Path) -> None:
    """Also for root, whom no permission stops."""
    (tmp_path / "file").write_bytes(b"")
    said = pytest.raises(UnavailableError, match="cannot be written")
    with said, Memory.held(tmp_path / "file" / "state"):
        pass
