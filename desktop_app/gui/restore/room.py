"""What the restore wizard needs of the application, on worker threads: no store, no session."""

from __future__ import annotations

import sys
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

from desktop_app.gui.bridge import Running
from desktop_app.kernel.clock import Clock
from desktop_app.kernel.job import Progress
from desktop_app.restore import BackupPlace, Restored, RestorePreview
from desktop_app.sign_in import Reception
from desktop_app.vault.recovery import RecoveryCode


@dataclass(frozen=True, slots=True)
class Restoring:
    """A restore under way."""

    future: Future[Restored]
    progress: Progress


class RestoreRoom:
    """Looks into backup folders and brings stores back."""

    def __init__(self, clock: Clock | None = None) -> None:
        self._clock = clock
        self._workers = ThreadPoolExecutor(2, "restore")

    def look(self, folder: Path) -> Future[BackupPlace]:
        """Say what can be seen of a backup folder without the key."""
        return self._workers.submit(self._reception(folder).look_into, str(folder))

    def read_key(self, file: Path) -> Future[str]:
        """Return the recovery key that stands in a text file."""
        return self._workers.submit(lambda: RecoveryCode.read(file).text)

    def preview(self, folder: Path, code: str, snapshot: str) -> Future[RestorePreview]:
        """Open a backup with the key and say what is in it."""

        def previewed() -> RestorePreview:
            key = RecoveryCode.parse(code)
            return self._reception(folder).preview_restore(str(folder), key, snapshot=snapshot)

        return self._workers.submit(previewed)

    def restore(self, folder: Path, code: str, snapshot: str, into: Path) -> Running[Restored]:
        """Bring the store back into a folder that holds none."""
        progress = Progress()

        def restored() -> Restored:
            key = RecoveryCode.parse(code)
            reception = self._reception(into)
            return reception.restore(str(folder), key, snapshot=snapshot, progress=progress)

        return Restoring(self._workers.submit(restored), progress)

    def close(self) -> None:
        """Let the workers end when they have finished."""
        self._workers.shutdown(wait=False, cancel_futures=True)

    def _reception(self, folder: Path) -> Reception:
        return Reception(folder, clock=self._clock)


def command_for(folder: Path) -> tuple[str, list[str]]:
    """Return the program and its arguments that open the window on another store."""
    arguments = ["--data", str(folder), "open"]
    if getattr(sys, "frozen", False):
        return sys.executable, arguments
    return sys.executable, ["-m", "desktop_app", *arguments]
