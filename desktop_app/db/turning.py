"""Carry out a change of keys from end to end, and finish or undo one that was cut off."""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path

from desktop_app.db.engine import file_of
from desktop_app.db.rekey import PART, Rekeyed, rekey, require_room
from desktop_app.db.store import Store
from desktop_app.kernel.access import Domain
from desktop_app.kernel.errors import AppError
from desktop_app.kernel.job import Progress
from desktop_app.vault import durable
from desktop_app.vault.duties import Lost
from desktop_app.vault.key_file import Contents, KeyFile
from desktop_app.vault.rotation import Turn
from desktop_app.vault.succession import Heir

LOCK = "rotation.lock"


@dataclass(frozen=True, slots=True)
class Turned:
    """What was locked anew; `trail` are the old and new version of the trail's mailbox."""

    domains: tuple[Rekeyed, ...]
    trail: tuple[int, int] | None


@dataclass(frozen=True, slots=True)
class Settled:
    """Domains whose change of key had been cut off, and was finished or undone."""

    finished: tuple[Domain, ...] = ()
    undone: tuple[Domain, ...] = ()


def turn_keys(store: Store, lost: Lost, progress: Progress, *, heir: Heir | None = None) -> Turned:
    """Give what was lost new keys; the signed-in owner goes on with the new ones.

    Raises what `rekey` raises, and UnavailableError where another program has been at it too long;
    then nothing is changed, and what is owed stays written in the key file.
    """
    unlocked = store.keys.unlocked
    file = KeyFile(store.folder)

    def taken(domain: Domain, version: int) -> bool:
        return file_of(store.folder, domain, version).exists()

    with durable.Lock(store.folder / LOCK):
        _settle(store.folder, file)
        turn = unlocked.turn(lost, None if store.is_postgres else taken, heir)
        try:
            return _turned(store, turn, progress, heir)
        finally:
            turn.wipe()
            # Only tidying up: whoever opens the store next does it otherwise.
            with suppress(AppError, OSError):
                _settle(store.folder, file)


def _turned(store: Store, turn: Turn, progress: Progress, heir: Heir | None) -> Turned:
    def commit() -> None:
        store.keys.unlocked.adopt(turn.commit(), heir.root if heir else None)

    if not turn.moves:
        commit()
        return Turned((), turn.trail)
    require_room(store.folder, [(move.domain, move.old) for move in turn.moves])
    turn.announce()
    done = rekey(store, turn.moves, commit, progress)
    store.engine.dispose()
    return Turned(tuple(done), turn.trail)


def settle(folder: Path) -> Settled:
    """Finish or undo a change of keys that was cut off; nothing to do costs reading the key file.

    Needs no key: what the key file says is the store. Where another program is at it, or the key
    file cannot be read or written, everything is left to them and to the next time.
    """
    file = KeyFile(folder)
    try:
        if not file.read().swap:
            return Settled()
        with durable.Lock(folder / LOCK, patience_s=0):
            return _settle(folder, file)
    except (AppError, OSError):
        return Settled()


def _settle(folder: Path, file: KeyFile) -> Settled:
    before = file.read()
    # An older generation knows less than the files may: better a file too many.
    if not before.swap or file.fell_back:
        return Settled()
    finished = _at(before, newer=True)
    undone = _at(before, newer=False)
    if finished:
        file.update(_the_same)  # now the generation before names the new version as well
    left = set()
    for domain, (old, new) in before.swap.items():
        kept, gone = (new, old) if domain in finished else (old, new)
        removed = file_of(folder, domain, kept).exists() and _removed(file_of(folder, domain, gone))
        if not removed and domain in finished:
            left.add(domain)  # somebody has the old file open (Windows)

    def tidy(contents: Contents) -> Contents:
        return replace(contents, swap={d: v for d, v in contents.swap.items() if d in left})

    file.update(tidy)
    return Settled(tuple(finished), tuple(undone))


def _at(contents: Contents, *, newer: bool) -> list[Domain]:
    """Return the domains whose change came to its one decisive save, or those where it did not."""
    return [
        domain
        for domain, (_, new) in contents.swap.items()
        if (contents.roster.domains[domain] == new) is newer
    ]


def _the_same(contents: Contents) -> Contents:
    return contents


def _removed(path: Path) -> bool:
    try:
        for name in (path.name, f"{path.name}-journal", path.name + PART):
            path.with_name(name).unlink(missing_ok=True)
    except PermissionError:
        return False
    return True


def require_room_for(store: Store, domains: Iterable[Domain]) -> None:
    """Raise UnavailableError where these domains could not be locked anew for want of room."""
    if not store.is_postgres:
        versions = store.keys.unlocked.versions
        require_room(store.folder, [(domain, versions[domain]) for domain in domains])
