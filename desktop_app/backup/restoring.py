"""Restoring: a snapshot becomes a store folder again, encrypted all the way.

Pages go straight from the pack, through memory, into files encrypted with the keys that the caller
derives from the restored small files. Nothing is ever overwritten, and the store appears under its
name only when every page has been compared.
"""

from __future__ import annotations

import shutil
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from desktop_app.backup.disk import RandomFile, new_file, room_told, sync_folder
from desktop_app.backup.manifest import FileState, PublicManifest
from desktop_app.backup.opening import Link, bad_page, links, opened_pack
from desktop_app.backup.packs import PackIndex
from desktop_app.backup.pages import (
    HASH,
    PAGE,
    BadPageError,
    Numbers,
    PageCodec,
    Pages,
    numbers_of,
    root,
    runs,
)
from desktop_app.backup.parallel import in_parallel
from desktop_app.backup.repository import Repository, damaged, object_name
from desktop_app.kernel.errors import ConflictError, DamagedError, UnavailableError
from desktop_app.kernel.job import Progress
from desktop_app.kernel.words import msg

_SPARE = 1 << 20

Keys = Callable[[Mapping[str, bytes]], Mapping[str, bytes]]


@dataclass(frozen=True, slots=True)
class RestoreReport:
    """What was restored; `facts` is what the caller said when the snapshot was made."""

    snapshot: str
    pages: int
    facts: Mapping[str, Any]
    files: tuple[Path, ...]


@dataclass(slots=True)
class _Rebuilt:
    """One database file on its way back."""

    state: FileState
    file: RandomFile
    codec: PageCodec | None
    hashes: NDArray[np.uint8] = field(init=False)
    todo: NDArray[np.bool_] = field(init=False)

    def __post_init__(self) -> None:
        self.hashes = np.zeros((self.state.db_pages, HASH), np.uint8)
        self.todo = np.ones(self.state.db_pages, bool)


@dataclass(frozen=True, slots=True)
class _Job:
    device: str
    index: PackIndex
    wanted: NDArray[np.bool_]


def restore(
    repository: Repository,
    snapshot: str,
    recovery_key: str,
    keys: Keys,
    into: Path,
    progress: Progress,
) -> RestoreReport:
    """Write the files of a snapshot into the folder `into`, which may not hold a store yet.

    `keys` gets the small files and returns the raw key of each database file by name.
    """
    progress.stage(msg("Reading the backup"))
    identity = repository.unlock(recovery_key)
    manifest = repository.find(snapshot)
    chain = links(repository, manifest, identity)
    newest = chain[0].private
    _require_all(repository, chain)
    names = [one.file_name for one in newest.files] + list(newest.small_files)
    _require_free(into, names)
    raw_keys = keys(newest.small_files)
    with room_told(into), _made(into):
        _require_space(into, sum(one.db_pages for one in newest.files) * PAGE)
        building = _fresh(into, manifest)
        try:
            rebuilt = _rebuild(repository, chain, identity, raw_keys, building, progress)
            for name, content in newest.small_files.items():
                with new_file(building / name) as file:
                    file.write(content)
            _move(building, into, names)
        finally:
            shutil.rmtree(building, ignore_errors=True)
    files = tuple(into / name for name in names)
    return RestoreReport(snapshot, rebuilt, newest.facts, files)


@contextmanager
def _made(into: Path) -> Iterator[None]:
    """Make the folder, and take it away again where nothing came of it."""
    fresh = not into.exists()
    into.mkdir(mode=0o700, parents=True, exist_ok=True)
    try:
        yield
    except BaseException:
        if fresh:
            with suppress(OSError):
                into.rmdir()
        raise


def _require_all(repository: Repository, chain: list[Link]) -> None:
    """Refuse a backup that promises more pages than its packs could hold; nothing is written yet.

    What is promised decides how much room is taken, and anybody can write a promise.
    """
    covered: Counter[str] = Counter()
    missing: dict[str, str] = {}
    for link in chain:
        stored = {one.name for one in repository.target.list(f"d/{link.public.device}/o")}
        for pack in link.private.packs:
            name = object_name(link.public.device, pack.name)
            if name in stored:
                covered[pack.file] += pack.count
            else:
                missing.setdefault(pack.file, name)
    for one in chain[0].private.files:
        if covered[one.name] < one.db_pages:
            if one.name in missing:
                raise damaged(repository, missing[one.name])
            raise DamagedError(
                msg("Pages of {file} are missing in the backup.", file=one.name),
                hint=msg(
                    "Check the backups to see which snapshots are affected, and restore another."
                ),
            )


def _rebuild(
    repository: Repository,
    chain: list[Link],
    identity: str,
    keys: Mapping[str, bytes],
    folder: Path,
    progress: Progress,
) -> int:
    files = {one.name: _started(one, keys.get(one.name), folder) for one in chain[0].private.files}
    try:
        jobs = list(_plan(chain, files))
        total = sum(one.state.db_pages for one in files.values())
        progress.stage(msg("Restoring"), total=total)

        def put(job: _Job) -> int:
            numbers, pages, found = opened_pack(repository, job.device, job.index, identity)
            wanted = job.wanted
            one = files[job.index.file]
            one.hashes[numbers[wanted] - 1] = found[wanted]
            _write(one, numbers[wanted], pages[wanted], closed=job.index.closed)
            return int(wanted.sum())

        for count in in_parallel(put, jobs):
            progress.advance(count)
        for one in files.values():
            _finish(one)
    finally:
        for one in files.values():
            one.file.close()
    return total


def _started(state: FileState, key: bytes | None, folder: Path) -> _Rebuilt:
    file = RandomFile.new(folder / state.file_name)
    file.resize(state.db_pages * PAGE)
    return _Rebuilt(state, file, PageCodec(key, state.salt) if key is not None else None)


def _plan(chain: list[Link], files: Mapping[str, _Rebuilt]) -> Iterator[_Job]:
    """Yield the packs that are needed, with the pages for which no newer pack exists."""
    for link in chain:
        for index in link.private.packs:
            one = files.get(index.file)
            if one is None:
                continue
            numbers = numbers_of(index.runs)
            inside = (numbers >= 1) & (numbers <= one.state.db_pages)
            wanted = inside.copy()
            wanted[inside] = one.todo[numbers[inside] - 1]
            one.todo[numbers[wanted] - 1] = False
            if wanted.any():
                yield _Job(link.public.device, index, wanted)


def _write(one: _Rebuilt, numbers: Numbers, pages: Pages, *, closed: bool) -> None:
    if not closed:
        if one.codec is None:
            raise _no_key(one)
        pages = one.codec.close(pages, numbers)
    elif one.codec is not None:
        try:
            one.codec.check(pages, numbers)
        except BadPageError as error:
            raise bad_page(one.state.name, error.number) from None
    view = pages.reshape(-1).data
    at = 0
    for first, count in runs(numbers):
        one.file.write(view[at : at + count * PAGE], (first - 1) * PAGE)
        at += count * PAGE


def _finish(one: _Rebuilt) -> None:
    if one.todo.any():
        raise bad_page(one.state.name, int(np.nonzero(one.todo)[0][0]) + 1)
    if root(one.hashes) != one.state.root:
        raise DamagedError(
            msg("The pages of {file} are not those of this backup.", file=one.state.name),
            hint=msg("Check the backups to see which snapshots are affected, and restore another."),
        )
    one.file.sync()


def _no_key(one: _Rebuilt) -> DamagedError:
    return DamagedError(
        msg("The key of {file} is missing in the backup.", file=one.state.name),
        hint=msg("Restore another snapshot."),
    )


def _require_free(into: Path, names: list[str]) -> None:
    # A journal left beside a new file would be played back into it.
    endings = ("", "-journal", "-wal", "-shm")
    if any((into / (name + ending)).exists() for name in names for ending in endings):
        raise ConflictError(
            msg("There is a store in {folder} already.", folder=str(into)),
            hint=msg("Restore into an empty folder. Nothing was changed."),
        )


def _require_space(into: Path, size: int) -> None:
    free = shutil.disk_usage(into).free
    if free < size + _SPARE:
        raise UnavailableError(
            msg(
                "The restored store needs {needed} MB, but {folder} has only {free} MB left.",
                needed=-(-(size + _SPARE) // 1_000_000),
                folder=str(into),
                free=free // 1_000_000,
            ),
            hint=msg("Free some space or restore into another folder."),
        )


def _fresh(into: Path, manifest: PublicManifest) -> Path:
    """Return an empty folder for building, in place of what an interrupted restore left."""
    building = into / f".restore-{manifest.id}"
    if building.is_symlink():
        building.unlink()
    shutil.rmtree(building, ignore_errors=True)
    building.mkdir(mode=0o700)
    return building


def _move(building: Path, into: Path, names: list[str]) -> None:
    sync_folder(building)
    _require_free(into, names)
    for name in names:
        (building / name).rename(into / name)
    sync_folder(into)
