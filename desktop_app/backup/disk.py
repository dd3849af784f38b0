"""Files written so that a power cut leaves the old or the new, and read while SQLite has them."""

from __future__ import annotations

import errno
import os
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO, Self

from desktop_app.backup.crypto import Bytes
from desktop_app.kernel.errors import ConflictError, UnavailableError
from desktop_app.kernel.words import msg

FULL = {errno.ENOSPC, errno.EFBIG, getattr(errno, "EDQUOT", errno.ENOSPC)}
FORBIDDEN = {errno.EACCES, errno.EPERM, errno.EROFS}
_BINARY = getattr(os, "O_BINARY", 0)


@contextmanager
def new_file(path: Path) -> Iterator[BinaryIO]:
    """Open a new private file for writing; on leaving, it is on the disk."""
    number = os.open(path, os.O_RDWR | os.O_CREAT | os.O_EXCL | _BINARY, 0o600)
    with os.fdopen(number, "w+b") as file:
        yield file
        file.flush()
        os.fsync(file.fileno())


def replace_file(path: Path, *parts: Bytes) -> None:
    """Write a whole file so that a reader sees the old or the new one."""
    waiting = path.with_name(path.name + ".tmp")
    waiting.unlink(missing_ok=True)
    with new_file(waiting) as file:
        for part in parts:
            file.write(part)
    waiting.replace(path)
    sync_folder(path.parent)


def sync_folder(folder: Path) -> None:
    """Make renames in a folder survive a power cut (Windows does so by itself)."""
    if sys.platform == "win32":
        return
    number = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(number)
    finally:
        os.close(number)


@contextmanager
def room_told(folder: Path) -> Iterator[None]:
    """Turn a full local disk, and a folder that may not be written to, into a sentence."""
    try:
        yield
    except OSError as error:
        if error.errno in FORBIDDEN or isinstance(error, NotADirectoryError):
            raise UnavailableError(
                msg(
                    "{path} cannot be written: {reason}.",
                    path=str(folder),
                    reason=error.strerror or "?",
                ),
                hint=msg("Is the disk full, or the folder read-only?"),
            ) from error
        if error.errno not in FULL:
            raise
        raise UnavailableError(
            msg("The disk is full: {folder} has no room left.", folder=str(folder)),
            hint=msg("Free some space, then try again. Earlier backups are untouched."),
        ) from error


@contextmanager
def alone(path: Path) -> Iterator[None]:
    """Hold the lock file `path`; ConflictError where another program holds it.

    The system lets go of it when the program ends, however it ends.
    """
    with room_told(path.parent):
        opened = path.open("a+b")
    with opened as file:
        try:
            _lock(file)
        except OSError:
            raise ConflictError(
                msg("A backup is already running."), hint=msg("Wait until it has finished.")
            ) from None
        yield


if sys.platform == "win32":
    import msvcrt

    def _lock(file: BinaryIO) -> None:
        file.seek(0)
        msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)

else:
    import fcntl

    def _lock(file: BinaryIO) -> None:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)


class RandomFile:
    """A file read and written at places, from several threads."""

    def __init__(self, number: int) -> None:
        self._number = number
        self._turn = threading.Lock()

    @classmethod
    def new(cls, path: Path) -> Self:
        """Make a private file; FileExistsError where there is one."""
        return cls(os.open(path, os.O_RDWR | os.O_CREAT | os.O_EXCL | _BINARY, 0o600))

    def read_into(self, view: memoryview, at: int) -> int:
        """Fill `view` from byte `at`; return how many bytes there were."""
        done = 0
        while done < len(view):
            count = self._read(view[done:], at + done)
            if not count:
                break
            done += count
        return done

    def write(self, content: Bytes, at: int) -> None:
        """Write all of `content` at byte `at`."""
        view = memoryview(content)
        while view:
            count = self._write(view, at)
            at += count
            view = view[count:]

    def size(self) -> int:
        """Return the size in bytes."""
        return os.fstat(self._number).st_size

    def resize(self, size: int) -> None:
        """Cut or lengthen the file."""
        os.ftruncate(self._number, size)

    def sync(self) -> None:
        """Bring everything to the disk."""
        os.fsync(self._number)

    def close(self) -> None:
        """Close the file."""
        os.close(self._number)

    def _read(self, view: memoryview, at: int) -> int:
        if sys.platform != "win32":
            return os.preadv(self._number, [view], at)
        with self._turn:
            os.lseek(self._number, at, os.SEEK_SET)
            found = os.read(self._number, len(view))
        view[: len(found)] = found
        return len(found)

    def _write(self, view: memoryview, at: int) -> int:
        if sys.platform != "win32":
            return os.pwrite(self._number, view, at)
        with self._turn:
            os.lseek(self._number, at, os.SEEK_SET)
            return os.write(self._number, view)


_KEPT: dict[tuple[int, int], RandomFile] = {}
_KEPT_LOCK = threading.Lock()


@contextmanager
def beside_sqlite(path: Path) -> Iterator[RandomFile]:
    """Open a database file for reading while SQLite has it open in this program.

    On POSIX, closing any descriptor of a file drops all locks the program holds on it, SQLite's
    included (https://sqlite.org/howtocorrupt.html, 2.2). So there it is never closed.
    """
    if sys.platform == "win32":
        number = os.open(path, os.O_RDONLY | _BINARY)
        file = RandomFile(number)
        try:
            yield file
        finally:
            file.close()
        return
    with _KEPT_LOCK:
        found = path.stat()
        identity = (found.st_dev, found.st_ino)
        if identity not in _KEPT:
            number = os.open(path, os.O_RDONLY | os.O_CLOEXEC)
            opened = os.fstat(number)
            identity = (opened.st_dev, opened.st_ino)
            _KEPT.setdefault(identity, RandomFile(number))
    yield _KEPT[identity]
