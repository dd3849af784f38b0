"""Removing what interrupted backups left in the folder."""

from __future__ import annotations

import os
from datetime import timedelta
from types import TracebackType

from desktop_app.backup.memory import Memory
from desktop_app.backup.repository import Repository
from desktop_app.backup.target import FolderTarget
from desktop_app.kernel.clock import Clock

_AGE = timedelta(days=1)


class Sweep:
    """Marks a run; where an earlier mark is a day old, removes what that run left."""

    def __init__(self, repository: Repository, memory: Memory, device: str, clock: Clock) -> None:
        self._repository = repository
        self._mark = memory.folder / "unfinished"
        self._device = device
        self._clock = clock
        self._mine = False

    def __enter__(self) -> None:
        now = self._clock.now()
        if not self._mark.is_file():
            self._mark.write_text(now.isoformat(), "ascii")
            self._mine = True
        elif self._mark.stat().st_mtime < (now - _AGE).timestamp():
            self._mine = not sweep(self._repository, self._device, self._clock)
            os.utime(self._mark)

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if self._mine and kind is None:
            self._mark.unlink(missing_ok=True)


def sweep(repository: Repository, device: str, clock: Clock) -> int:
    """Delete the device's objects that no manifest names and that are a day old; count the others.

    Only while the device's memory is held, so that no other run is writing. A manifest that cannot
    be read stops it: nothing is deleted then.
    """
    named: set[str] = set()
    for seq in repository.sequence(device):
        named |= {one.name for one in repository.manifest(device, seq)[0].all_objects()}
    limit = clock.now() - _AGE
    target = repository.target
    younger = 0
    for entry in target.list(f"d/{device}/o"):
        name = entry.name.rpartition("/")[2].removesuffix(".age")
        if name not in named:
            if entry.modified < limit:
                target.delete(entry.name)
            else:
                younger += 1
    if isinstance(target, FolderTarget):
        target.sweep(clock.now())
    return younger
