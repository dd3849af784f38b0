"""Locking a domain of about 100 MB anew, beside a plain sqlcipher_export and a rekey in place.

    python -m tests.benchmarks.bench_new_keys [MEGABYTES]

Ours copies, flushes, checks every page and every table's sums, and changes over; the others only
write. `ratio` is ours to the slower way that a program without checks would take.
"""

from __future__ import annotations

import json
import os
import shutil
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

import sqlcipher3.dbapi2 as sqlite

from desktop_app.access.users import remove_user
from desktop_app.db.engine import file_of
from desktop_app.kernel.access import Domain, Role
from desktop_app.sign_in import Reception
from desktop_app.vault.cost import KdfCost
from desktop_app.venue.records import NewVenue

_PASSWORD = "saffron kettle twelve lanterns"
_ROW = 400


def run(megabytes: int = 100) -> dict[str, Any]:
    """Return the seconds of a person's removal and of its parts, on a store of `megabytes`."""
    with tempfile.TemporaryDirectory(prefix="bench-keys-") as name:
        folder = Path(name, "store")
        reception = Reception(folder, keyring=False)
        made = reception.create(NewVenue("A"), "Owner", _PASSWORD, cost=KdfCost.FLOOR)
        with made.app as app:
            unlocked = app._store.keys.unlocked
            unlocked.add_user("Person", Role.MANAGER, _PASSWORD)
            key = unlocked.domain_keys[Domain.PEOPLE].hex()
            _grow(file_of(folder, Domain.PEOPLE), key, megabytes)
            size = file_of(folder, Domain.PEOPLE).stat().st_size
            plain = {way: _timed(folder, key, way) for way in ("export", "rekey")}
            started = time.perf_counter()
            app.trust_sign_in()
            keys = app.call(remove_user, "Person")
            whole = time.perf_counter() - started
        ours = next(one.seconds for one in keys.keys if one.domain == "people")
    return {
        "bytes": size,
        "removal_seconds": round(whole, 2),
        "people_seconds": round(ours, 2),
        "export_seconds": round(plain["export"], 2),
        "rekey_seconds": round(plain["rekey"], 2),
        "ratio": round(ours / max(plain.values()), 2),
    }


def _grow(path: Path, key: str, megabytes: int) -> None:
    connection = _opened(path, key)
    connection.execute("CREATE TABLE filler(id INTEGER PRIMARY KEY, words TEXT, more BLOB)")
    connection.execute("BEGIN")
    rows = megabytes * 1_000_000 // _ROW
    connection.executemany(
        "INSERT INTO filler(words, more) VALUES (?, ?)",
        ((f"guest number {n}", os.urandom(_ROW - 70)) for n in range(rows)),
    )
    connection.execute("CREATE INDEX filler_words ON filler(words)")
    connection.execute("COMMIT")
    connection.close()


def _timed(folder: Path, key: str, way: str) -> float:
    copy = folder.with_name(f"{way}.db")
    shutil.copyfile(file_of(folder, Domain.PEOPLE), copy)
    other = "42" * 32
    started = time.perf_counter()
    connection = _opened(copy, key)
    if way == "rekey":
        connection.execute(f"PRAGMA rekey=\"x'{other}'\"")
    else:
        connection.execute(f"ATTACH '{copy}.new' AS fresh KEY \"x'{other}'\"")
        connection.execute("SELECT sqlcipher_export('fresh')").fetchall()
    connection.close()
    return time.perf_counter() - started


def _opened(path: Path, key: str) -> Any:
    connection = sqlite.connect(path, isolation_level=None)
    connection.execute(f"PRAGMA key=\"x'{key}'\"")
    return connection


if __name__ == "__main__":
    print(json.dumps(run(*(int(word) for word in sys.argv[1:])), indent=1))
