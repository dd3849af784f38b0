"""A small real store of three SQLCipher files that is sold in, backed up and restored."""

from __future__ import annotations

import hashlib
import hmac
import random
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path

import sqlcipher3.dbapi2 as sqlite
from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes

from desktop_app.backup import age
from desktop_app.backup.pages import PAGE
from desktop_app.backup.repository import Repository, SnapshotInfo
from desktop_app.backup.restoring import RestoreReport, restore
from desktop_app.backup.shipping import Held, Store, back_up
from desktop_app.backup.source import StoreFile
from desktop_app.kernel.clock import FrozenClock
from desktop_app.kernel.job import Progress

NAMES = ("ops", "people", "office")
KEYS = {name: bytes([i]) * 32 for i, name in enumerate(NAMES, 1)}
RECOVERY = age.new_identity()
NOON = datetime(2026, 5, 4, 12, tzinfo=UTC)


def connect(path: Path, key: bytes) -> sqlite.Connection:
    connection = sqlite.connect(path, isolation_level=None, check_same_thread=False)
    connection.execute(f"PRAGMA key=\"x'{key.hex()}'\"")
    connection.execute("PRAGMA journal_mode=TRUNCATE")
    connection.execute("PRAGMA synchronous=OFF")
    return connection


def plain_pages(path: Path, key: bytes | None) -> list[bytes]:
    """The logical pages of a closed file, read page by page with the slow, obvious method."""
    content = path.read_bytes()
    raw = [content[at : at + PAGE] for at in range(0, len(content), PAGE)]
    if key is None:
        return raw
    mask = bytes(byte ^ 0x3A for byte in content[:16])
    mac_key = hashlib.pbkdf2_hmac("sha512", key, mask, 2, 32)
    opened = []
    for number, page in enumerate(raw, 1):
        start = 16 if number == 1 else 0
        mac = hmac.digest(mac_key, page[start:4032] + number.to_bytes(4, "little"), "sha512")
        assert mac == page[4032:] or not any(page)
        cipher = Cipher(algorithms.AES(key), modes.CBC(page[4016:4032])).decryptor()
        head = b"SQLite format 3\0" if start else b""
        opened.append(head + cipher.update(page[start:4016]) + bytes(80) if any(page) else page)
    return opened


@dataclass
class Shop:
    """A store with three files that grow, and the state folder of its PC."""

    folder: Path
    state: Path
    clock: FrozenClock = field(default_factory=lambda: FrozenClock(NOON))
    keys: dict[str, bytes | None] = field(default_factory=lambda: dict(KEYS))
    random: random.Random = field(default_factory=lambda: random.Random(7))  # noqa: S311 — the same sales every time

    def __post_init__(self) -> None:
        self.folder.mkdir(parents=True, exist_ok=True)
        for name in NAMES:
            connection = connect(self.path(name), KEYS[name])
            connection.execute("CREATE TABLE sale(id INTEGER PRIMARY KEY, code TEXT, note TEXT)")
            connection.execute("CREATE INDEX by_code ON sale(code)")
            connection.close()
        (self.folder / "keys.json").write_text('{"wrapped": "…"}', "utf-8")
        (self.folder / "store.json").write_text('{"store": 1}', "utf-8")

    def path(self, name: str) -> Path:
        return self.folder / f"{name}.db"

    def sell(self, count: int, names: tuple[str, ...] = NAMES) -> None:
        for name in names:
            connection = connect(self.path(name), KEYS[name])
            connection.execute("BEGIN IMMEDIATE")
            connection.executemany(
                "INSERT INTO sale(code, note) VALUES (?, ?)",
                [(self.random.randbytes(8).hex(), "ə" * 120) for _ in range(count)],
            )
            connection.execute("COMMIT")
            connection.close()

    def run(self, sql: str, name: str = "ops") -> None:
        connection = connect(self.path(name), KEYS[name])
        connection.execute(sql)
        connection.close()

    @contextmanager
    def hold(self) -> Iterator[Held]:
        connection = connect(self.path("ops"), KEYS["ops"])
        for name in NAMES[1:]:
            connection.execute(
                f"ATTACH ? AS {name} KEY \"x'{KEYS[name].hex()}'\"", [str(self.path(name))]
            )
        connection.execute("BEGIN")
        schemas = {"ops": "main", "people": "people", "office": "office"}
        rows = {
            name: connection.execute(f"SELECT count(*) FROM {schema}.sale").fetchone()[0]
            for name, schema in schemas.items()
        }
        try:
            yield Held({"rows": rows}, sum(rows.values()))
        finally:
            connection.execute("ROLLBACK")
            connection.close()

    def store(self) -> Store:
        return Store(
            [StoreFile(name, self.path(name), self.keys[name]) for name in NAMES],
            {name: self.folder / name for name in ("keys.json", "store.json")},
            self.hold,
            program="0.1.0",
            device_name="Front office",
        )

    def back_up(self, repository: Repository) -> SnapshotInfo:
        self.clock.at += timedelta(minutes=1)
        return back_up(repository, self.store(), self.state, Progress(), self.clock)

    def pages(self) -> dict[str, list[bytes]]:
        return {name: plain_pages(self.path(name), KEYS[name]) for name in NAMES}


def restored(repository: Repository, snapshot: str, into: Path) -> RestoreReport:
    return restore(repository, snapshot, RECOVERY, lambda _: KEYS, into, Progress())


def restored_pages(repository: Repository, snapshot: str, into: Path) -> dict[str, list[bytes]]:
    restored(repository, snapshot, into)
    return {name: plain_pages(into / f"{name}.db", KEYS[name]) for name in NAMES}
