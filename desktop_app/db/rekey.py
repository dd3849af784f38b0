"""Give the files of some domains new keys, all at once or not at all.

Each file is copied page by page into a file of its own under the new key, checked and flushed,
while others may read but not write. Then, while nobody can do either, the key file is told: that
one small write, which is old or new after any crash, makes all the new files the store's. Only
when both generations of the key file say so are the old files removed (vault/rotation.py).
"""

from __future__ import annotations

import os
import shutil
import sqlite3
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import sqlcipher3.dbapi2

from desktop_app.db.engine import APPLICATION_ID, file_of, give_key, in_turn
from desktop_app.db.failures import damaged, explain_sqlite
from desktop_app.db.store import Store
from desktop_app.kernel.access import Domain
from desktop_app.kernel.clock import monotonic
from desktop_app.kernel.errors import DamagedError, UnavailableError
from desktop_app.kernel.job import Progress
from desktop_app.kernel.words import msg
from desktop_app.vault.rotation import Move
from desktop_app.vault.secret import SecretBytes

_sqlcipher: Any = sqlcipher3.dbapi2
PART = ".part"
_SPARE = 16 << 20
_STEP_PAGES = 2048
_TRIES = 4
# Errors of the driver's backup() come without their code.
_WITHOUT_CODE = {
    "disk I/O error": sqlite3.SQLITE_IOERR,
    "database or disk is full": sqlite3.SQLITE_FULL,
    "database is locked": sqlite3.SQLITE_BUSY,
    "database disk image is malformed": sqlite3.SQLITE_CORRUPT,
    "file is not a database": sqlite3.SQLITE_NOTADB,
}


@dataclass(frozen=True, slots=True)
class Rekeyed:
    """A domain that was locked anew: versions, size of its file in bytes, and seconds."""

    domain: Domain
    old: int
    new: int
    size: int
    seconds: float


def rekey(
    store: Store, moves: Sequence[Move], commit: Callable[[], None], progress: Progress
) -> list[Rekeyed]:
    """Copy the files of `moves` under their new keys and, while nobody reads or writes, `commit`.

    Waits for other writers and readers as long as any writer does. UnavailableError for a disk that
    is full or fails and a store that stays busy, DamagedError for a file that is not whole; in each
    case the files under the old keys are the store, as before. StoppedError where
    `progress` was cancelled. The caller settles what `commit` left undone.
    """
    total = sum(_size(store.folder, move) for move in moves)
    progress.stage(msg("Locking the data anew"), total=total)
    with _explained(), _connected(store) as opened:
        run = opened.execute
        for _ in range(_TRIES):
            in_turn(lambda: run("BEGIN IMMEDIATE"), _sqlcipher.OperationalError)
            store.keys.unlocked.fence(opened.versions)
            done = [_copied(store.folder, move, progress) for move in moves]
            seen = _changes(run)
            run("ROLLBACK")
            in_turn(lambda: run("BEGIN EXCLUSIVE"), _sqlcipher.OperationalError)
            try:
                if _changes(run) == seen:
                    commit()
                    return done
            finally:
                run("ROLLBACK")
    raise _busy()


def copy_under(source: Path, key: SecretBytes, target: Path, new: SecretBytes, tick: Tick) -> None:
    """Copy a whole database file into a new file under another key, and check and flush it.

    Every page is taken as it is: rows, indexes, triggers, the application's mark, the version.
    """
    _discard(target)
    with _file(source, key) as old:
        with _file(target, new, create=True) as fresh:
            # Nothing to roll back: a copy that did not come to its end is thrown away.
            fresh.execute("PRAGMA journal_mode=OFF")
            fresh.execute("PRAGMA synchronous=OFF")
            old.backup(fresh, pages=_STEP_PAGES, progress=lambda _s, left, all_: tick(left, all_))
        _flush(target)
        _compare(old, new, target)
    target.chmod(0o600)


Tick = Callable[[int, int], None]


def _copied(folder: Path, move: Move, progress: Progress) -> Rekeyed:
    started = monotonic()
    source = file_of(folder, move.domain, move.old)
    target = file_of(folder, move.domain, move.new)
    part = target.with_name(target.name + PART)
    size = source.stat().st_size
    told = 0

    def tick(left: int, pages: int) -> None:
        nonlocal told
        now = size * (pages - left) // max(pages, 1)
        progress.advance(now - told)
        told = now

    copy_under(source, move.old_key, part, move.new_key, tick)
    part.replace(target)
    _flush_folder(folder)
    return Rekeyed(move.domain, move.old, move.new, size, monotonic() - started)


def _compare(old: Any, key: SecretBytes, path: Path) -> None:
    """Refuse a copy that differs: the MAC of every page, and the sums of every table.

    The pages are copied as they are, so a MAC that is right says that this one was written whole.
    """
    with (
        _file(path, key) as fresh,
        _file(path, key) as again,
        ThreadPoolExecutor(2) as beside,
    ):
        whole = beside.submit(_broken_pages, again)
        expected = beside.submit(_sums, old)
        same = _marks(old) == _marks(fresh) and _sums(fresh) == expected.result()
        if whole.result() or not same:
            raise _not_the_same(path)
        if fresh.execute("PRAGMA application_id").fetchone() != (APPLICATION_ID,):
            raise damaged()


def _broken_pages(connection: Any) -> list[Any]:
    return list(connection.execute("PRAGMA cipher_integrity_check").fetchall())


def _marks(connection: Any) -> list[Any]:
    marks = ("application_id", "user_version", "page_count")
    return [connection.execute(f"PRAGMA {mark}").fetchone() for mark in marks]


def _sums(connection: Any) -> list[tuple[Any, ...]]:
    """Return the schema, and of every table its rows and the summed size of each column."""
    found: list[tuple[Any, ...]] = []
    schema = connection.execute("SELECT type, name, sql FROM sqlite_master ORDER BY 1, 2")
    for kind, name, text in schema.fetchall():
        found.append((kind, name, text))
        if kind != "table" or "VIRTUAL" in (text or ""):
            continue
        quoted = '"' + name.replace('"', '""') + '"'
        columns = connection.execute(f"PRAGMA table_info({quoted})").fetchall()
        sums = "".join(f", total(length({_quoted(column[1])}))" for column in columns)
        found.append(connection.execute(f"SELECT count(*){sums} FROM {quoted}").fetchone())  # noqa: S608
    return found


def _quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'


@contextmanager
def _file(path: Path, key: SecretBytes, *, create: bool = False) -> Iterator[Any]:
    mode = "rwc" if create else "rw"
    uri = f"{path.absolute().as_uri()}?mode={mode}"
    connection = _sqlcipher.connect(
        uri, uri=True, isolation_level=None, timeout=5, check_same_thread=False
    )
    try:
        connection.execute("PRAGMA cipher_log_level=NONE")
        give_key(connection, "PRAGMA key", key.buffer)
        connection.execute("PRAGMA cipher_compatibility=4")
        yield connection
    finally:
        connection.close()


@contextmanager
def _connected(store: Store) -> Iterator[Any]:
    """Give a connection on all the files whose locks hold everybody else off."""
    raw = store.engine.raw_connection()
    driver: Any = raw.driver_connection
    try:
        driver.execute("PRAGMA busy_timeout=0")
        yield driver
    finally:
        if driver.in_transaction:
            driver.execute("ROLLBACK")
        raw.invalidate()  # it is open on files that may be gone
        raw.close()


def _changes(run: Callable[[str], Any]) -> list[int]:
    """Return numbers that change when somebody else writes to one of the files."""
    names = [row[1] for row in run("PRAGMA database_list").fetchall()]
    return [run(f"PRAGMA {name}.data_version").fetchone()[0] for name in names]


@contextmanager
def _explained() -> Iterator[None]:
    """Turn what the disk and the driver say into words."""
    try:
        yield
    except _sqlcipher.Error as error:
        code = getattr(error, "sqlite_errorcode", None)
        known = explain_sqlite(_WITHOUT_CODE.get(str(error), -1) if code is None else code & 0xFF)
        if known is None:
            raise
        raise known from error
    except OSError as error:
        raise UnavailableError(
            msg("The disk reported an error: {reason}.", reason=error.strerror or "?"),
            hint=msg("Nothing was changed. Check the disk and its free space, then try again."),
        ) from error


def _size(folder: Path, move: Move) -> int:
    return file_of(folder, move.domain, move.old).stat().st_size


def require_room(folder: Path, files: Sequence[tuple[Domain, int]]) -> None:
    """Raise UnavailableError where the disk has no room for a second copy of these files."""
    with _explained():
        needed = sum(file_of(folder, *one).stat().st_size for one in files) + _SPARE
        free = shutil.disk_usage(folder).free
    if free < needed:
        raise UnavailableError(
            msg(
                "Locking the data anew needs {needed} MB, but the disk has only {free} MB left.",
                needed=-(-needed // 1_000_000),
                free=free // 1_000_000,
            ),
            hint=msg("Nothing was changed. Free some space there and try again."),
        )


def _discard(path: Path) -> None:
    for name in (path.name, f"{path.name}-journal"):
        with suppress(FileNotFoundError):
            path.with_name(name).unlink()


def _flush(path: Path) -> None:
    descriptor = os.open(path, os.O_RDWR | getattr(os, "O_BINARY", 0))
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _flush_folder(folder: Path) -> None:
    if os.name == "nt":
        return
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _busy() -> UnavailableError:
    return UnavailableError(
        msg("The store is busy: another program is writing to it."),
        hint=msg("Wait a moment and try again."),
    )


def _not_the_same(path: Path) -> DamagedError:
    return DamagedError(
        msg("The copy under the new key is not the same as the file {file}.", file=path.name),
        hint=msg("Nothing was changed. Check the disk and make a backup."),
    )
