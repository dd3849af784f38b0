"""The live store: which pages changed since the last backup, and a raw copy of those.

Everything here happens while the caller holds a read lock on all files, so it does the least:
16 bytes of every page are looked at (no key, no hashing), and the changed pages are copied as
they lie on the disk, still encrypted, to memory or to a private file.
"""

from __future__ import annotations

import secrets
from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np

from desktop_app.backup.disk import RandomFile, beside_sqlite, room_told
from desktop_app.backup.pages import LOCK_PAGE, PAGE, SALT, Numbers, Pages, Vectors, runs, vectors
from desktop_app.kernel.errors import DamagedError, NotFoundError
from desktop_app.kernel.words import msg

_SCAN_PAGES = 1024
_COPY_PAGES = 1024
_MEMORY = 32 << 20
_SPOOL = "copied-*.pages"


@dataclass(frozen=True, slots=True)
class StoreFile:
    """One database file of the store; without `key` its pages are backed up as they lie there."""

    name: str
    path: Path
    key: bytes | None = field(default=None, repr=False)


@dataclass(frozen=True, slots=True)
class Copied:
    """What was copied of one file. Pages `changed[i]` lie in the spool from `start` on."""

    source: StoreFile
    salt: bytes
    count: int
    vectors: Vectors
    changed: Numbers
    start: int


class Spool:
    """Raw pages on their way into the backup: in memory, or in a private file where they are many.

    Only ciphertext gets there. What an interrupted run leaves is removed by the next.
    """

    def __init__(self, folder: Path, size: int) -> None:
        self._memory: bytearray | None = bytearray(size) if size <= _MEMORY else None
        self._path = folder / _SPOOL.replace("*", secrets.token_hex(8))
        self._file = RandomFile.new(self._path) if self._memory is None else None

    def put(self, content: memoryview, at: int) -> None:
        """Keep raw pages at a place."""
        if self._file is not None:
            self._file.write(content, at)
        elif self._memory is not None:
            self._memory[at : at + len(content)] = content

    def pages(self, at: int, count: int) -> Pages:
        """Return a copy of `count` raw pages from a place."""
        if self._memory is not None:
            part = np.frombuffer(self._memory, np.uint8, count * PAGE, at)
            return part.reshape(-1, PAGE).copy()
        found = np.empty((count, PAGE), np.uint8)
        if self._file is not None:
            self._file.read_into(found.reshape(-1).data, at)
        return found

    def close(self) -> None:
        """Forget the pages."""
        self._memory = None
        if self._file is not None:
            self._file.close()
            self._path.unlink(missing_ok=True)


def sweep_spools(folder: Path) -> None:
    """Remove what an interrupted run left behind."""
    for path in folder.glob(_SPOOL):
        path.unlink(missing_ok=True)


def copy_changed(
    sources: Sequence[StoreFile], before: Mapping[str, Vectors], folder: Path
) -> tuple[Spool, list[Copied]]:
    """Scan all files and copy the pages whose vectors differ from `before` (missing: all).

    The caller closes the spool.
    """
    found = []
    at = 0
    for source in sources:
        found.append(_scanned(source, before.get(source.name), at))
        at += len(found[-1].changed) * PAGE
    with room_told(folder):
        spool = Spool(folder, at)
        try:
            for one in found:
                _copy(one, spool)
        except BaseException:
            spool.close()
            raise
    return spool, found


def _scanned(source: StoreFile, before: Vectors | None, start: int) -> Copied:
    try:
        with beside_sqlite(source.path) as file:
            count = _page_count(source, file)
            salt = bytearray(SALT)
            file.read_into(memoryview(salt), 0)
            now = _vectors(file, count)
    except FileNotFoundError:
        raise NotFoundError(
            msg("The store file {file} is missing.", file=str(source.path))
        ) from None
    known = min(count, 0 if before is None else len(before))
    changed = np.ones(count, bool)
    if before is not None:
        changed[:known] = (now[:known] != before[:known]).any(axis=1)
    if before is not None and len(before) != count and not changed[0]:
        # SQLite writes page 1 whenever it makes a file longer or shorter.
        raise cut_off(source)
    numbers = np.nonzero(changed)[0].astype(np.int64) + 1
    return Copied(source, bytes(salt), count, now, numbers, start)


def cut_off(source: StoreFile) -> DamagedError:
    """Return the error for a file that is shorter than it says."""
    return DamagedError(
        msg("The store file {file} is cut off.", file=str(source.path)),
        hint=msg("Earlier backups are untouched. Restore the newest good one."),
    )


def _page_count(source: StoreFile, file: RandomFile) -> int:
    count, rest = divmod(file.size(), PAGE)
    if rest or not count:
        raise cut_off(source)
    return count


def _vectors(file: RandomFile, count: int) -> Vectors:
    found = np.zeros((count, 2), np.uint64)

    def scan(span: tuple[int, int]) -> None:
        first, end = span
        for at in range(first, end, _SCAN_PAGES):
            size = min(_SCAN_PAGES, end - at)
            found[at : at + size] = vectors(_read(file, at, size))

    half = count // 2 if count > 4 * _SCAN_PAGES else 0
    with ThreadPoolExecutor(2) as pool:
        list(pool.map(scan, [(0, half), (half, count)]))
    return found


def _read(file: RandomFile, at: int, size: int) -> Pages:
    """Return `size` raw pages from the place `at` (counted from 0), the lock page as zeros."""
    pages = np.zeros((size, PAGE), np.uint8)
    view = pages.reshape(-1).data
    lock = LOCK_PAGE - 1
    spans = [(at, size)]
    if at <= lock < at + size:
        spans = [(at, lock - at), (lock + 1, at + size - lock - 1)]
    for first, length in spans:
        part = view[(first - at) * PAGE : (first - at + length) * PAGE]
        if file.read_into(part, first * PAGE) != len(part):
            raise OSError("the file became shorter while it was locked")
    return pages


def _copy(one: Copied, spool: Spool) -> None:
    at = one.start
    with beside_sqlite(one.source.path) as file:
        for first, length in runs(one.changed):
            for offset in range(0, length, _COPY_PAGES):
                size = min(_COPY_PAGES, length - offset)
                pages = _read(file, first - 1 + offset, size)
                spool.put(pages.reshape(-1).data, at)
                at += size * PAGE
