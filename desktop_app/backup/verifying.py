"""Checking a repository: without a key what was stored is still there, with it that it opens."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

import numpy as np

from desktop_app.backup import age
from desktop_app.backup.manifest import PrivateManifest, PublicManifest, StoredObject
from desktop_app.backup.opening import opened_pack
from desktop_app.backup.packs import PackIndex
from desktop_app.backup.pages import HASH, Hashes, Numbers, root
from desktop_app.backup.parallel import in_parallel
from desktop_app.backup.repository import Repository, damaged, manifest_name, object_name
from desktop_app.kernel.errors import DamagedError
from desktop_app.kernel.job import Progress
from desktop_app.kernel.words import Message, msg


@dataclass(frozen=True, slots=True)
class Problem:
    """Something that is wrong; `snapshots` cannot be restored because of it."""

    object: str
    message: Message
    snapshots: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class VerifyReport:
    """What a check found; no problems means all is well. `size` is in bytes."""

    problems: tuple[Problem, ...]
    snapshots: int
    objects: int
    size: int


def verify(
    repository: Repository, progress: Progress, *, full: bool, recovery_key: str | None = None
) -> VerifyReport:
    """Check every snapshot.

    Always: the chain of manifests, and that every object is there in its full size. `full`: also
    every byte, by its SHA-256. With the recovery key: also that everything opens and that the
    pages add up to the hash of each file at each snapshot.
    """
    return _Check(repository, progress, full=full, recovery_key=recovery_key).run()


class _Check:
    def __init__(
        self, repository: Repository, progress: Progress, *, full: bool, recovery_key: str | None
    ) -> None:
        self._repository = repository
        self._progress = progress
        self._full = full
        self._identity = repository.unlock(recovery_key) if recovery_key else None
        self._problems: list[Problem] = []
        self._snapshots = 0
        self._objects = 0
        self._size = 0

    def run(self) -> VerifyReport:
        self._progress.stage(msg("Checking the backups"))
        devices = {one: self._manifests(one) for one in self._repository.devices()}
        everything = tuple(one.id for manifests in devices.values() for one in manifests)
        for name in self._repository.broken_plain_files():
            self._found(name, everything)
        for device, manifests in devices.items():
            bad = self._stored(device, manifests)
            if self._identity is not None:
                self._opens(manifests, bad, self._identity)
        return VerifyReport(tuple(self._problems), self._snapshots, self._objects, self._size)

    def _found(self, name: str, snapshots: tuple[str, ...], message: Message | None = None) -> None:
        message = message or damaged(self._repository, name).message
        self._problems.append(Problem(name, message, snapshots))

    def _manifests(self, device: str) -> list[PublicManifest]:
        """Return the readable manifests, oldest first; report broken ones and broken links."""
        found: list[PublicManifest] = []
        digests: dict[int, str] = {}
        broken: dict[int, tuple[str, ...]] = {}
        seqs = self._repository.sequence(device)
        self._snapshots += len(seqs)
        for seq in seqs:
            try:
                manifest, digests[seq] = self._repository.manifest(device, seq)
            except DamagedError:
                broken[seq] = (f"{device}-{seq}",)
                continue
            found.append(manifest)
            parent = manifest.parent
            if parent is not None and digests.get(parent) != manifest.parent_sha256:
                broken.setdefault(parent, ())
        for seq, itself in broken.items():
            self._found(manifest_name(device, seq), itself + _builds_on(found, seq))
        return found

    def _stored(self, device: str, manifests: list[PublicManifest]) -> set[str]:
        """Return the names of objects that are missing or damaged."""
        jobs = [(one.seq, entry) for one in manifests for entry in one.all_objects()]
        self._progress.stage(msg("Checking the backups"), total=len(jobs))
        sizes = {one.name: one.size for one in self._repository.target.list(f"d/{device}/o")}

        def good(job: tuple[int, StoredObject]) -> bool:
            entry = job[1]
            if sizes.get(object_name(device, entry.name)) != entry.size:
                return False
            try:
                if self._full:
                    self._repository.object(device, entry.name)
            except DamagedError:
                return False
            return True

        bad = set()
        for (seq, entry), is_good in zip(jobs, in_parallel(good, jobs), strict=True):
            self._progress.advance()
            self._objects += 1
            self._size += entry.size
            if not is_good:
                bad.add(entry.name)
                self._found(object_name(device, entry.name), _builds_on(manifests, seq))
        return bad

    def _opens(self, manifests: list[PublicManifest], bad: set[str], identity: str) -> None:
        """Open every pack and follow the page hashes from snapshot to snapshot."""
        self._progress.stage(msg("Opening the backups"), total=len(manifests))
        state: dict[str, Hashes] | None = None
        last = 0
        recipient = age.recipient_of(identity)
        for manifest in manifests:
            if manifest.recipient != recipient:
                state = None  # sealed to the recovery key before, or after, this one
                continue
            if manifest.base:
                state = {}
            elif manifest.parent != last:
                state = None
            last = manifest.seq
            whole = bad.isdisjoint(one.name for one in manifest.all_objects())
            if state is not None and whole:
                state = self._followed(manifest, manifests, state, identity)
            else:
                state = None
            self._progress.advance()

    def _followed(
        self,
        manifest: PublicManifest,
        manifests: list[PublicManifest],
        state: dict[str, Hashes],
        identity: str,
    ) -> dict[str, Hashes] | None:
        """Return the page hashes after one more snapshot, or None where they do not add up."""
        path = object_name(manifest.device, manifest.private.name)
        try:
            private = self._repository.private(manifest, identity)
            _plausible(self._repository, path, private, state)
            now = {one.name: _resized(state.get(one.name), one.db_pages) for one in private.files}

            def opened(index: PackIndex) -> tuple[str, Numbers, Hashes]:
                numbers, _, found = opened_pack(self._repository, manifest.device, index, identity)
                return index.file, numbers, found

            for file, numbers, found in in_parallel(opened, private.packs):
                now[file][numbers - 1] = found
        except DamagedError as error:
            self._found(path, _builds_on(manifests, manifest.seq), error.message)
            return None
        wrong = [one.name for one in private.files if root(now[one.name]) != one.root]
        for name in wrong:
            message = msg("The pages of {file} are not those of this backup.", file=name)
            self._found(path, (manifest.id,), message)
        return None if wrong else now


def _plausible(
    repository: Repository, path: str, private: PrivateManifest, before: dict[str, Hashes]
) -> None:
    """Refuse a snapshot that promises more pages than it could have, before room is made."""
    new = Counter[str]()
    for pack in private.packs:
        new[pack.file] += pack.count
    for one in private.files:
        known = before.get(one.name)
        if one.db_pages > new[one.name] + (0 if known is None else len(known)):
            raise damaged(repository, path)


def _builds_on(manifests: list[PublicManifest], seq: int) -> tuple[str, ...]:
    """Return the snapshots from `seq` on, up to the next one that stands on its own."""
    found: list[str] = []
    for manifest in manifests:
        if manifest.seq > seq and manifest.base:
            break
        if manifest.seq >= seq:
            found.append(manifest.id)
    return tuple(found)


def _resized(before: Hashes | None, count: int) -> Hashes:
    now = np.zeros((count, HASH), np.uint8)
    if before is not None:
        size = min(count, len(before))
        now[:size] = before[:size]
    return now
