"""A store from a backup, on a PC that has nothing but the program and the recovery key."""

from __future__ import annotations

import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import Any

from sqlalchemy.exc import DBAPIError

from desktop_app.access.operations import note_restore, verify_trail
from desktop_app.app import App
from desktop_app.backup.checking import count_rows
from desktop_app.backup.records import SnapshotRow
from desktop_app.backup.repository import Repository
from desktop_app.backup.restoring import restore
from desktop_app.backup.target import open_target
from desktop_app.db.carrying import Carrying
from desktop_app.db.engine import encrypted_files
from desktop_app.db.failures import damaged, explain
from desktop_app.db.store import Keys, Store
from desktop_app.db.upgrade import bring_up_to_date
from desktop_app.kernel.clock import Clock
from desktop_app.kernel.errors import DamagedError, NotFoundError
from desktop_app.kernel.job import Progress
from desktop_app.kernel.json_text import BadJsonError, read_json
from desktop_app.kernel.words import msg
from desktop_app.vault.device import Device
from desktop_app.vault.key_file import NAME as KEY_FILE
from desktop_app.vault.recovery import RecoveryCode
from desktop_app.vault.store_keys import Vault

LATEST = "latest"
BY_RECOVERY_KEY = "recovery key"
DESCRIPTION = "store.json"
FILES = "sqlcipher"
_DESCRIPTION_LIMIT = 65_536


@dataclass(frozen=True, slots=True)
class BackupPlace:
    """What can be seen of a backup folder without any key; the backups oldest first."""

    place: str
    recovery_key_id: str
    snapshots: Sequence[SnapshotRow]


@dataclass(frozen=True, slots=True)
class RestorePreview:
    """What a backup holds, before anything is restored. `tables` are rows by table."""

    snapshot: str
    at: datetime
    device: str
    program: str
    rows: int
    tables: Mapping[str, int]
    snapshots: Sequence[SnapshotRow]


@dataclass(frozen=True, slots=True)
class Mismatch:
    """A table whose rows are not as many as the backup promised."""

    table: str
    promised: int
    found: int


@dataclass(frozen=True, slots=True)
class Restored:
    """What was restored and how it was checked."""

    restored_to: Path
    snapshot: str
    rows: int
    pages: int
    audit_ok: bool
    erasures_replayed: int
    mismatches: Sequence[Mismatch]


def look_into(url: str) -> BackupPlace:
    """Return what lies in a backup folder; NotFoundError where there are no backups."""
    repository = Repository.open(open_target(url))
    rows = _rows(repository, url)
    if not rows:
        raise NotFoundError(
            msg("There are no backups in {folder} yet.", folder=repository.target.place)
        )
    return BackupPlace(repository.target.place, repository.recovery_key_id, rows)


def preview_restore(url: str, code: RecoveryCode, *, snapshot: str = LATEST) -> RestorePreview:
    """Open a backup with the recovery key and say what is in it; nothing is written."""
    repository = Repository.open(open_target(url))
    identity = repository.unlock(code.age_identity)
    manifest = repository.find(_wanted(repository, snapshot))
    facts = repository.private(manifest, identity).facts
    return RestorePreview(
        manifest.id, manifest.made, manifest.device_name, manifest.program, manifest.rows,
        dict(facts["rows"]), _rows(repository, url),
    )  # fmt: skip


def restore_store(
    url: str,
    code: RecoveryCode,
    into: Path,
    *,
    snapshot: str = LATEST,
    progress: Progress,
    clock: Clock,
    device: Device | None = None,
) -> Restored:
    """Write the store of a backup into an empty folder, open it and count it.

    Every page is compared with the hash in the backup's manifest, every table with the number of
    rows it promised, and the audit trail is computed again. ConflictError where the folder holds a
    store already, DamagedError for another store's recovery key or a damaged backup.
    """
    repository = Repository.open(open_target(url))
    wanted = _wanted(repository, snapshot)
    report = restore(
        repository,
        wanted,
        code.age_identity,
        lambda small: _file_keys(small, code),
        into,
        progress,
    )
    progress.stage(msg("Checking the restored store"))
    vault = Vault.open(into)
    unlocked = vault.open_with_recovery(code)
    engine = encrypted_files(into, lambda: unlocked.file_keys)
    store = Store(engine, into, clock, Keys(vault, unlocked), device)
    who = replace(unlocked.actor(BY_RECOVERY_KEY), name=BY_RECOVERY_KEY)
    unlocked.ensure_trail_box()  # a backup of the first release has none
    try:
        bring_up_to_date(engine, into, Carrying(store.pen, who, clock.now()))
    except DBAPIError as error:  # pages that are as they were sealed, and no database
        raise (explain(error) or damaged()) from error
    store.pen.committed()
    with App(store, who, release=unlocked.close) as app:
        found = app.call(count_rows)
        trail = app.call(verify_trail, alone=True)
        mismatches = _compared(report.facts, found)
        if not mismatches and trail.ok:
            app.call(note_restore, wanted)
    return Restored(into, wanted, sum(found.values()), report.pages, trail.ok, 0, mismatches)


def _rows(repository: Repository, url: str) -> list[SnapshotRow]:
    return [
        SnapshotRow(
            s.id, s.at, url, s.bytes_added, s.rows, s.base, s.device_name, s.recovery_key_id
        )
        for s in repository.snapshots()
    ]


def _wanted(repository: Repository, snapshot: str) -> str:
    if snapshot != LATEST:
        return snapshot
    found = repository.snapshots()
    if not found:
        raise NotFoundError(
            msg("There are no backups in {folder} yet.", folder=repository.target.place)
        )
    return max(found, key=lambda one: (one.at, one.seq)).id


def _file_keys(small: Mapping[str, bytes], code: RecoveryCode) -> dict[str, bytes]:
    with (
        tempfile.TemporaryDirectory() as folder
    ):  # the key file is sealed; nothing secret lies here
        Path(folder, KEY_FILE).write_bytes(_sealed_keys(small))
        with Vault.open(Path(folder)).open_with_recovery(code) as unlocked:
            return {domain.value: key.reveal() for domain, key in unlocked.domain_keys.items()}


def _sealed_keys(small: Mapping[str, bytes]) -> bytes:
    """Return the key file of a backup of ours; a store of another kind is not restored."""
    if KEY_FILE not in small or _kind(small.get(DESCRIPTION, b"")) != FILES:
        raise DamagedError(
            msg("The backup does not hold a whole store."),
            hint=msg("Check the backups to see which snapshots are affected, and restore another."),
        )
    return small[KEY_FILE]


def _kind(description: bytes) -> str:
    try:
        return str(read_json(description, size=_DESCRIPTION_LIMIT)["engine"])
    except (BadJsonError, KeyError, TypeError):
        return ""


def _compared(facts: Mapping[str, Any], found: Mapping[str, int]) -> list[Mismatch]:
    promised = {name: int(rows) for name, rows in facts["rows"].items()}
    trail = facts.get("trail")
    promised["audit_event"] = int(trail["events"]) if trail else 0
    return [
        Mismatch(name, promised.get(name, 0), found.get(name, 0))
        for name in sorted(promised.keys() | found.keys())
        if promised.get(name, 0) != found.get(name, 0)
    ]
