"""Where backups lie: seven verbs that a folder, a network share or an object store can keep.

Names are relative, with forward slashes. What is put is never changed afterwards: `put_new`
succeeds once per name, whole or not at all, and has read the bytes back before it returns.
"""

from __future__ import annotations

import errno
import hashlib
import os
import re
import secrets
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Protocol
from urllib.parse import unquote, urlsplit
from urllib.request import url2pathname

from typing_extensions import override

from desktop_app.backup.crypto import Bytes
from desktop_app.backup.disk import FORBIDDEN, FULL, new_file, sync_folder
from desktop_app.backup.reading import (
    NotAFileError,
    TooLargeError,
    TooManyError,
    check_way,
    read_file,
    walk,
)
from desktop_app.kernel.errors import (
    ConflictError,
    DamagedError,
    InvalidError,
    NotFoundError,
    UnavailableError,
)
from desktop_app.kernel.words import msg

_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]*(/[A-Za-z0-9][A-Za-z0-9._-]*)*\Z")
_UNFINISHED = ".unfinished"
_BLOCK = 1 << 20
OBJECT_LIMIT = 320 << 20
"""No object is larger: a private manifest has up to 256 MiB before it is compressed."""

_NO_LINKS = {errno.EPERM, errno.ENOSYS, errno.EOPNOTSUPP, errno.EINVAL, errno.EMLINK}


@dataclass(frozen=True, slots=True)
class Entry:
    """One stored thing; `modified` is by the clock of the target."""

    name: str
    size: int
    modified: datetime


class Target(Protocol):
    """A place for backups."""

    @property
    def place(self) -> str:
        """Return how people name the place (a path, an address)."""
        ...

    def probe(self) -> None:
        """Prove that one can write, read, list and delete here, or raise UnavailableError."""
        ...

    def put_new(self, name: str, content: Bytes) -> None:
        """Store `content` durably and read it back; ConflictError where the name exists."""
        ...

    def get(self, name: str, limit: int = OBJECT_LIMIT) -> bytes:
        """Return the bytes; NotFoundError where there is no such name.

        DamagedError where it is no file, or larger than `limit`.
        """
        ...

    def get_range(self, name: str, start: int, size: int) -> bytes:
        """Return up to `size` bytes from `start`; NotFoundError where there is no such name."""
        ...

    def head(self, name: str) -> Entry:
        """Return size and age; NotFoundError where there is no such name."""
        ...

    def list(self, prefix: str) -> list[Entry]:
        """Return what lies under the folder `prefix` ("" for all), at any depth, by name."""
        ...

    def delete(self, name: str) -> None:
        """Remove one name; it is no error if it is gone already."""
        ...


def open_target(url: str, *, make: bool = False) -> Target:
    """Return the target at a path or a `file:///` address; `make` creates the folder."""
    if not url.strip():
        raise InvalidError(msg("Name the folder that the backups go to."), field="url")
    scheme = urlsplit(url).scheme
    if scheme == "file":
        path = Path(url2pathname(unquote(urlsplit(url).path)))
    elif len(scheme) > 1:  # one letter is a drive of Windows
        raise InvalidError(
            msg("Backups cannot go to {url}.", url=url),
            hint=msg("Give a folder, for example on a second disk or a USB stick."),
        )
    else:
        path = Path(url).expanduser()
    return FolderTarget(path.absolute(), make=make)


class FolderTarget:
    """A folder on a disk, a USB stick or a network share."""

    def __init__(self, root: Path, *, make: bool = False) -> None:
        self._root = root
        self._volume = -1
        with self._told(""):
            if make:
                root.mkdir(parents=True, exist_ok=True)
        if not root.is_dir():
            raise NotFoundError(
                msg("There is no backup folder {folder}.", folder=str(root)),
                hint=msg("Connect the disk or share, or check the name."),
            )
        self._volume = root.stat().st_dev

    @property
    def place(self) -> str:
        """Return the path of the folder."""
        return str(self._root)

    def probe(self) -> None:
        """Prove that one can write, read, list and delete here, or raise UnavailableError."""
        name = f"probe-{secrets.token_hex(8)}"
        self.put_new(name, name.encode())
        try:
            if name not in {entry.name for entry in self.list("")}:
                raise self._lost()
        finally:
            self.delete(name)

    def put_new(self, name: str, content: Bytes) -> None:
        """Store `content` durably and read it back; ConflictError where the name exists."""
        path = self._path(name)
        with self._told(name):
            self._require()
            check_way(self._root, path)
            waiting = self._root / _UNFINISHED / secrets.token_hex(16)
            check_way(self._root, waiting)
            self._make_folder(waiting.parent)
            self._make_folder(path.parent)
            try:
                with new_file(waiting) as file:
                    file.write(content)
                self._reread(waiting, content)
                self._publish(waiting, path)
            finally:
                with suppress(OSError):
                    waiting.unlink(missing_ok=True)
            sync_folder(path.parent)

    def get(self, name: str, limit: int = OBJECT_LIMIT) -> bytes:
        """Return the bytes; NotFoundError where there is no such name."""
        with self._told(name):
            return read_file(self._root, self._path(name), limit)

    def get_range(self, name: str, start: int, size: int) -> bytes:
        """Return up to `size` bytes from `start`; NotFoundError where there is no such name."""
        with self._told(name):
            return read_file(self._root, self._path(name), size, start)

    def head(self, name: str) -> Entry:
        """Return size and age; NotFoundError where there is no such name."""
        with self._told(name):
            path = self._path(name)
            return self._entry(path, path.lstat())

    def list(self, prefix: str) -> list[Entry]:
        """Return what lies under the folder `prefix` ("" for all), at any depth, by name."""
        with self._told(prefix):
            self._require()
            start = self._path(prefix) if prefix else self._root
            found = (self._entry(*one) for one in walk(self._root, start))
            return sorted(found, key=lambda entry: entry.name)

    def delete(self, name: str) -> None:
        """Remove one name; it is no error if it is gone already."""
        with self._told(name):
            self._path(name).unlink(missing_ok=True)

    def sweep(self, now: datetime) -> None:
        """Remove what interrupted writes left behind a day ago or earlier."""
        folder = self._root / _UNFINISHED
        with self._told(""):
            for path in list(folder.iterdir()) if folder.is_dir() else []:
                if self._entry(path, path.lstat()).modified < now - timedelta(days=1):
                    path.unlink(missing_ok=True)

    @override
    def __repr__(self) -> str:
        return f"FolderTarget({self._root})"

    def _path(self, name: str) -> Path:
        if not _NAME.match(name):
            raise InvalidError(msg("{name} is no name inside a backup.", name=name))
        return self._root.joinpath(*name.split("/"))

    def _entry(self, path: Path, found: os.stat_result) -> Entry:
        name = path.relative_to(self._root).as_posix()
        return Entry(name, found.st_size, datetime.fromtimestamp(found.st_mtime, UTC))

    def _require(self) -> None:
        # A stick that was pulled leaves an empty folder on the system disk: never write there.
        if not self._is_there():
            raise self._lost()

    def _is_there(self) -> bool:
        try:
            return self._root.stat().st_dev == self._volume
        except OSError:
            return False

    def _make_folder(self, folder: Path) -> None:
        if folder.is_dir() or folder == self._root:
            return
        self._make_folder(folder.parent)
        folder.mkdir(exist_ok=True)
        sync_folder(folder.parent)

    def _reread(self, path: Path, content: Bytes) -> None:
        found = hashlib.sha256()
        with path.open("rb") as file:
            if hasattr(os, "posix_fadvise"):  # ask the disk, not the cache
                os.posix_fadvise(file.fileno(), 0, 0, os.POSIX_FADV_DONTNEED)
            while block := file.read(_BLOCK):
                found.update(block)
        if found.digest() != hashlib.sha256(content).digest():
            raise DamagedError(
                msg(
                    "The backup folder {folder} does not keep what is written to it.",
                    folder=str(self._root),
                ),
                hint=msg("The disk or the connection is faulty. Use another one."),
            )

    def _publish(self, waiting: Path, path: Path) -> None:
        try:
            os.link(waiting, path)
        except FileExistsError:
            raise self._exists(path) from None
        except OSError as error:
            # FAT and many network shares know no hard links.
            if error.errno not in _NO_LINKS:
                raise
            if path.exists():
                raise self._exists(path) from None
            waiting.rename(path)

    def _exists(self, path: Path) -> ConflictError:
        name = path.relative_to(self._root).as_posix()
        return ConflictError(
            msg("{name} exists already in {folder}.", name=name, folder=str(self._root))
        )

    def _lost(self) -> UnavailableError:
        return UnavailableError(
            msg("The backup folder {folder} cannot be reached.", folder=str(self._root)),
            hint=msg("Connect the disk or share again, then repeat the backup."),
        )

    @contextmanager
    def _told(self, name: str) -> Iterator[None]:
        """Turn the system's errors into sentences."""
        try:
            yield
        except FileNotFoundError:
            if not self._is_there():
                raise self._lost() from None
            raise NotFoundError(
                msg("{name} is missing in {folder}.", name=name, folder=str(self._root))
            ) from None
        except (NotAFileError, TooLargeError, TooManyError) as error:
            raise self._odd(name, error) from None
        except OSError as error:
            raise self._told_as(error) from error

    def _odd(self, name: str, error: ValueError) -> DamagedError:
        if isinstance(error, TooManyError):
            told = msg("{folder} holds more files than backups have.", folder=str(self._root))
        elif isinstance(error, TooLargeError):
            told = msg(
                "{name} in {folder} is larger than it can be.", name=name, folder=str(self._root)
            )
        else:
            told = msg(
                "{name} in {folder} is a link or a device and not a file of a backup.",
                name=name,
                folder=str(self._root),
            )
        return DamagedError(told, hint=msg("Use another copy of this backup folder."))

    def _told_as(self, error: OSError) -> UnavailableError:
        if error.errno in FULL:
            return UnavailableError(
                msg("The backup folder {folder} is full.", folder=str(self._root)),
                hint=msg("Free some space there or choose another folder."),
            )
        if error.errno in FORBIDDEN:
            return UnavailableError(
                msg("The backup folder {folder} may not be written to.", folder=str(self._root)),
                hint=msg("Check its permissions, or choose another folder."),
            )
        return self._lost()
