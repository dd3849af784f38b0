"""Making a snapshot: look, copy under the lock, check, seal, write, and the manifest last.

Until the public manifest is in place the folder holds the old state; whatever an interrupted run
leaves is removed by a later one.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping, Sequence
from contextlib import AbstractContextManager, closing
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np

from desktop_app.backup.manifest import (
    FileState,
    PrivateManifest,
    PublicManifest,
    StoredObject,
)
from desktop_app.backup.memory import FileMemory, Memory
from desktop_app.backup.packs import PACK_PAGES, PackIndex, pack
from desktop_app.backup.pages import (
    HASH,
    PAGE,
    BadPageError,
    Hashes,
    Numbers,
    PageCodec,
    Pages,
    root,
)
from desktop_app.backup.parallel import in_parallel
from desktop_app.backup.repository import (
    README,
    Repository,
    SnapshotInfo,
    info_of,
    manifest_name,
    object_name,
    sealed_text,
)
from desktop_app.backup.source import Copied, Spool, StoreFile, copy_changed, cut_off
from desktop_app.backup.sweeping import Sweep
from desktop_app.kernel.clock import Clock, millis
from desktop_app.kernel.errors import DamagedError, NotFoundError, UnavailableError
from desktop_app.kernel.job import Progress
from desktop_app.kernel.words import msg

BASE_SHARE = 0.25
CHAIN_LIMIT = 400


@dataclass(frozen=True, slots=True)
class Held:
    """What the caller found while it held the lock.

    `facts` is JSON of the caller's own (counts, schema version); `rows` a total everybody may see,
    and so is `trail`: number and hash of the newest event of the audit trail.
    """

    facts: Mapping[str, Any]
    rows: int = 0
    trail: Mapping[str, Any] | None = None


@dataclass(frozen=True, slots=True)
class Store:
    """What a snapshot covers. `hold` keeps a read lock on all files at one commit while it is open.

    `small_files` are read under the same lock. `program` is the version, `device_name` how people
    call this PC.
    """

    files: Sequence[StoreFile]
    small_files: Mapping[str, Path]
    hold: Callable[[], AbstractContextManager[Held]]
    program: str = ""
    device_name: str = ""


@dataclass(frozen=True, slots=True)
class _Before:
    """The snapshot the new one builds upon, if there is one."""

    device: str
    seq: int = 0
    manifest: PublicManifest | None = None
    sha256: str = ""
    files: Mapping[str, FileMemory] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class _Job:
    """Pages that become one pack."""

    copied: Copied
    first: int
    count: int


@dataclass(frozen=True, slots=True)
class _Written:
    """A pack that lies in the folder."""

    index: PackIndex
    hashes: Hashes
    size: int


def back_up(
    repository: Repository, store: Store, state_folder: Path, progress: Progress, clock: Clock
) -> SnapshotInfo:
    """Add a snapshot of the store and return it; on any error the folder keeps the old ones.

    `state_folder` is private to this PC and remembers what changed since; it may be lost.
    """
    with Memory.held(state_folder / repository.id) as memory:
        progress.stage(msg("Looking for changes"))
        before = _before(repository, memory)
        with Sweep(repository, memory, before.device, clock):
            with store.hold() as held:
                known = {name: one.vectors for name, one in before.files.items()}
                spool, files = copy_changed(store.files, known, memory.folder)
                small = {name: path.read_bytes() for name, path in store.small_files.items()}
            with closing(spool):
                run = _Run(repository, store, before, clock)
                packs = run.ship(spool, files, progress)
            return run.finish(memory, files, packs, held, small)


def _before(repository: Repository, memory: Memory) -> _Before:
    device = memory.device()
    seqs = repository.sequence(device)
    if not seqs:
        return _Before(device, memory.newest())
    newest = seqs[-1]
    try:
        manifest, digest = repository.manifest(device, newest)
    except DamagedError:
        return _Before(device, newest)
    files = memory.recall(digest)
    if files is None:
        if 0 < memory.newest() < newest:
            # Somebody else writes under our name: a copy of this PC, or this PC set back.
            return _Before(memory.new_device())
        return _Before(device, newest)
    full = manifest.delta_bytes > BASE_SHARE * manifest.base_bytes
    if full or manifest.deltas >= CHAIN_LIMIT or manifest.recipient != repository.recipient:
        return _Before(device, newest)
    return _Before(device, newest, manifest, digest, files)


class _Run:
    """One snapshot in the making."""

    def __init__(self, repository: Repository, store: Store, before: _Before, clock: Clock) -> None:
        self._repository = repository
        self._store = store
        self._before = before
        self._clock = clock
        self._hashes: dict[str, Hashes] = {}

    def ship(self, spool: Spool, files: list[Copied], progress: Progress) -> list[_Written]:
        """Check, seal and write all copied pages; the packs come back without their content."""
        jobs = [
            _Job(one, first, min(PACK_PAGES, len(one.changed) - first))
            for one in files
            for first in range(0, len(one.changed), PACK_PAGES)
        ]
        for one in files:
            self._hashes[one.source.name] = self._known_hashes(one)
        progress.stage(msg("Writing the backup"), total=sum(job.count for job in jobs))
        done = []
        written = in_parallel(lambda job: self._put(spool, job), jobs)
        for job, packed in zip(jobs, written, strict=True):
            numbers = job.copied.changed[job.first : job.first + job.count]
            self._hashes[packed.index.file][numbers - 1] = packed.hashes
            done.append(packed)
            progress.advance(job.count)
        return done

    def finish(
        self,
        memory: Memory,
        files: list[Copied],
        packs: list[_Written],
        held: Held,
        small: Mapping[str, bytes],
    ) -> SnapshotInfo:
        """Write the private manifest, remember, and write the public manifest."""
        states = [self._state(one) for one in files]
        seq = self._before.seq + 1
        snapshot = f"{self._before.device}-{seq}"
        private = PrivateManifest(
            snapshot, states, [packed.index for packed in packs], held.facts, small
        )
        sealed = sealed_text(private.to_bytes(), self._repository.recipient)
        name = hashlib.sha256(sealed).hexdigest()
        self._repository.target.put_new(object_name(self._before.device, name), sealed)
        manifest = self._public(seq, StoredObject(name, len(sealed), ""), packs, held)
        content = manifest.to_bytes()
        digest = hashlib.sha256(content).hexdigest()
        memory.keep(
            digest,
            seq,
            {
                one.source.name: FileMemory(one.vectors, self._hashes[one.source.name])
                for one in files
            },
        )
        self._require_folder()
        self._repository.target.put_new(manifest_name(manifest.device, seq), content)
        memory.settle(digest)
        return info_of(manifest)

    def _require_folder(self) -> None:
        """Never finish a snapshot in a folder that was emptied or exchanged meanwhile."""
        target, before = self._repository.target, self._before
        names = [manifest_name(before.device, before.seq)] if before.manifest else []
        try:
            for name in [README, *names]:
                target.head(name)
        except NotFoundError as error:
            raise UnavailableError(
                msg("The backup folder {folder} was emptied meanwhile.", folder=target.place),
                hint=msg("Check the disk or share. Nothing was added to the backups."),
            ) from error

    def _put(self, spool: Spool, job: _Job) -> _Written:
        """Turn raw pages into a pack and write it."""
        numbers = job.copied.changed[job.first : job.first + job.count]
        pages = spool.pages(job.copied.start + job.first * PAGE, job.count)
        source = job.copied.source
        if source.key is not None:
            self._open(job.copied, source.key, pages, numbers)
        packed = pack(
            source.name, pages, numbers, self._repository.recipient, closed=source.key is None
        )
        name = object_name(self._before.device, packed.index.name)
        self._repository.target.put_new(name, packed.content)
        return _Written(packed.index, packed.hashes, packed.size)

    def _open(self, copied: Copied, key: bytes, pages: Pages, numbers: Numbers) -> None:
        try:
            PageCodec(key, copied.salt).open(pages, numbers)
        except BadPageError as error:
            raise DamagedError(
                msg(
                    "The store file {file} is damaged at page {page}, or its key is another.",
                    file=str(copied.source.path),
                    page=error.number,
                ),
                hint=msg("Nothing was added. Earlier backups are untouched: restore one."),
            ) from None
        if numbers[0] == 1:
            _check_length(copied, pages[0])

    def _known_hashes(self, one: Copied) -> Hashes:
        found = np.zeros((one.count, HASH), np.uint8)
        before = self._before.files.get(one.source.name)
        if before is not None:
            size = min(one.count, len(before.hashes))
            found[:size] = before.hashes[:size]
        return found

    def _state(self, one: Copied) -> FileState:
        source = one.source
        page_root = root(self._hashes[source.name])
        return FileState(source.name, one.count, source.path.name, one.salt, page_root)

    def _public(
        self, seq: int, private: StoredObject, packs: list[_Written], held: Held
    ) -> PublicManifest:
        before = self._before.manifest
        objects = [StoredObject(one.index.name, one.size, one.index.file) for one in packs]
        size = sum(one.size for one in [*objects, private])
        return PublicManifest(
            device=self._before.device,
            device_name=self._store.device_name,
            seq=seq,
            at=millis(self._clock.now()),
            program=self._store.program,
            repository=self._repository.id,
            recipient=self._repository.recipient,
            recovery_key_id=self._repository.recovery_key_id,
            base=before is None,
            parent=before.seq if before else None,
            parent_sha256=self._before.sha256,
            rows=held.rows,
            bytes_added=size,
            base_bytes=before.base_bytes if before else size,
            delta_bytes=before.delta_bytes + size if before else 0,
            deltas=before.deltas + 1 if before else 0,
            private=private,
            objects=objects,
            trail=held.trail,
        )


def _check_length(copied: Copied, page: Pages) -> None:
    """Refuse a file that is shorter than its own header says (SQLite file format, 1.3)."""
    header = page[:100].tobytes()
    valid = header[24:28] == header[92:96]
    if valid and int.from_bytes(header[28:32], "big") > copied.count:
        raise cut_off(copied.source)
