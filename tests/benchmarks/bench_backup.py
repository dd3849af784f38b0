"""The second backup after one day's sales, beside restic on the same encrypted file.

    python -m tests.benchmarks.bench_backup [MEGABYTES]

Prints one JSON object. Without restic only our own figures are given. `seconds` are those of a
whole process, its start included, on both sides. Memory is the peak of a fresh
process that makes one backup.
"""

from __future__ import annotations

import json
import os
import random
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import sqlcipher3.dbapi2 as sqlite

from desktop_app.backup import age
from desktop_app.backup.repository import Repository
from desktop_app.backup.restoring import restore
from desktop_app.backup.shipping import Held, Store, back_up
from desktop_app.backup.source import StoreFile
from desktop_app.backup.target import FolderTarget
from desktop_app.backup.verifying import verify
from desktop_app.kernel.clock import SystemClock
from desktop_app.kernel.job import Progress
from tests.support.memory import peak_mib

KEY = bytes(range(32))
BYTES_PER_ORDER = 341
ORDERS_A_DAY = 600
SCHEMA = """
CREATE TABLE sale(id INTEGER PRIMARY KEY, guid TEXT, receipt TEXT, guest INTEGER, opened INTEGER,
  store INTEGER, total INTEGER, lines TEXT);
CREATE UNIQUE INDEX by_guid ON sale(guid);
CREATE INDEX by_receipt ON sale(receipt);
CREATE INDEX by_guest ON sale(guest, opened);
CREATE INDEX by_opened ON sale(opened);
CREATE INDEX by_store ON sale(store, opened, total);
"""


def run(megabytes: int = 1000) -> dict[str, Any]:
    """Return seconds, bytes and memory of backups of a store of `megabytes`."""
    with tempfile.TemporaryDirectory(prefix="bench-backup-") as name:
        folder = Path(name)
        database = folder / "ops.db"
        orders = megabytes * 1_000_000 // BYTES_PER_ORDER
        _grow(database, 0, orders)
        found: dict[str, Any] = {"store_bytes": database.stat().st_size, "orders": orders}
        ours = _Ours(folder, database)
        restic = _Restic(folder, database) if shutil.which("restic") else None
        for stage in ("first", "idle", "day"):
            if stage == "day":
                _grow(database, orders, ORDERS_A_DAY)
            found[stage] = {"ours": ours.back_up()}
            if restic:
                found[stage]["restic"] = restic.back_up()
        found["verify_s"] = ours.verify_s()
        found["restore_s"] = ours.restore_s()
        found["restored_equal"] = _rows(folder / "new/ops.db") == _rows(database)
        if restic:
            day = found["day"]
            found["times_faster_than_restic"] = _times(day, "seconds")
            found["times_less_than_restic"] = _times(day, "bytes")
        return found


def _times(stage: dict[str, dict[str, float]], what: str) -> float:
    return round(stage["restic"][what] / stage["ours"][what], 1)


def _grow(path: Path, first: int, count: int) -> None:
    chance = random.Random(first)  # noqa: S311 — the same orders every time
    connection = _connect(path)
    if not first:
        connection.executescript(SCHEMA)
    connection.execute("BEGIN IMMEDIATE")
    connection.executemany(
        "INSERT INTO sale(guid, receipt, guest, opened, store, total, lines) "
        "VALUES (?, ?, ?, ?, ?, ?, ?)",
        (_order(chance, number) for number in range(first, first + count)),
    )
    connection.execute("COMMIT")
    connection.close()


def _order(chance: random.Random, number: int) -> tuple[object, ...]:
    lines = "; ".join(
        f"{chance.randrange(1, 4)} x {chance.choice(DISHES)} {chance.randrange(200, 4000)}"
        for _ in range(chance.randrange(2, 14))
    )
    opened = 1_700_000_000_000 + number * 60_000
    guid, receipt = chance.randbytes(16).hex(), chance.randbytes(6).hex()
    return guid, receipt, chance.randrange(50_000), opened, number % 5, number % 9999, lines


DISHES = ("Plov", "Dolma", "Qutab", "Lülə kabab", "Düşbərə", "Paxlava", "Çay", "Ayran", "Şorba")


def _connect(path: Path) -> sqlite.Connection:
    connection = sqlite.connect(path, isolation_level=None)
    connection.execute(f"PRAGMA key=\"x'{KEY.hex()}'\"")
    connection.execute("PRAGMA journal_mode=TRUNCATE")
    connection.execute("PRAGMA cache_size=-200000")
    return connection


def _rows(path: Path) -> tuple[int, int]:
    connection = _connect(path)
    found: tuple[int, int] = connection.execute("SELECT count(*), sum(total) FROM sale").fetchone()
    connection.close()
    return found


def _timed(work: Callable[[], object]) -> float:
    start = time.perf_counter()
    work()
    return round(time.perf_counter() - start, 3)


def _size(folder: Path) -> int:
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())


class _Ours:
    def __init__(self, folder: Path, database: Path) -> None:
        self._folder = folder
        self._database = database
        self._identity = age.new_identity()
        self._target = folder / "backups"
        target = FolderTarget(self._target, make=True)
        Repository.create(target, age.recipient_of(self._identity), "bench")

    def back_up(self) -> dict[str, float]:
        """Make a backup in a fresh process, as the program does."""
        before = _size(self._target)
        command = [sys.executable, "-m", "tests.benchmarks.bench_backup", "one", *map(str, (
            self._target, self._database, self._folder / "state"))]  # fmt: skip
        start = time.perf_counter()
        printed = subprocess.run(command, check=True, capture_output=True, text=True).stdout
        seconds = round(time.perf_counter() - start, 3)
        size = _size(self._target) - before
        return {"seconds": seconds, **json.loads(printed), "bytes": size}

    def verify_s(self) -> float:
        """Return how long a check of every byte takes."""
        return _timed(lambda: verify(self._open(), Progress(), full=True))

    def restore_s(self) -> float:
        """Return how long a restore of the newest backup takes."""
        repository = self._open()
        snapshot = repository.snapshots()[-1].id
        keys = {"ops": KEY}
        into = self._folder / "new"
        return _timed(
            lambda: restore(repository, snapshot, self._identity, lambda _: keys, into, Progress())
        )

    def _open(self) -> Repository:
        return Repository.open(FolderTarget(self._target))


def _one(target: Path, database: Path, state: Path) -> dict[str, float]:
    repository = Repository.open(FolderTarget(target))
    locked = [0.0]

    @contextmanager
    def hold() -> Iterator[Held]:
        connection = _connect(database)
        connection.execute("BEGIN")
        connection.execute("SELECT count(*) FROM sqlite_schema").fetchone()
        start = time.perf_counter()
        yield Held({})
        locked[0] = round(time.perf_counter() - start, 3)
        connection.execute("ROLLBACK")
        connection.close()

    store = Store([StoreFile("ops", database, KEY)], {}, hold)
    seconds = _timed(lambda: back_up(repository, store, state, Progress(), SystemClock()))
    usage = resource.getrusage(resource.RUSAGE_SELF)
    return {
        "without_start_s": seconds,
        "locked_s": locked[0],
        "cpu_s": round(usage.ru_utime + usage.ru_stime, 2),
        "peak_mib": peak_mib(),
    }


class _Restic:
    def __init__(self, folder: Path, database: Path) -> None:
        self._repository = folder / "restic"
        self._database = database
        cache = str(folder / "cache")
        self._environment = {**os.environ, "RESTIC_PASSWORD": "bench", "RESTIC_CACHE_DIR": cache}
        self._run("init", "--repository-version", "2")

    def back_up(self) -> dict[str, float]:
        """Make a backup of the encrypted file."""
        before = _size(self._repository)
        seconds = _timed(lambda: self._run("backup", str(self._database)))
        return {"seconds": seconds, "bytes": _size(self._repository) - before}

    def _run(self, *arguments: str) -> None:
        command = ["restic", "-q", "-r", str(self._repository), *arguments]
        subprocess.run(command, check=True, env=self._environment, capture_output=True)


if __name__ == "__main__":
    if sys.argv[1:2] == ["one"]:
        print(json.dumps(_one(*map(Path, sys.argv[2:]))))
    else:
        print(json.dumps(run(*map(int, sys.argv[1:])), indent=1))
