"""Progress and cancellation for long work, without threads of its own and without Qt.

The worker writes to a `Progress`; whoever started it reads `snapshot()` when it likes
(a GUI timer ten times a second, a CLI line once a second, a test never). Nothing is
pushed across threads, so there is no signal to disconnect and nothing to deliver late.
"""

from __future__ import annotations

import threading
from dataclasses import dataclass, field, replace

from desktop_app.kernel.errors import StoppedError
from desktop_app.kernel.words import Message, msg


@dataclass(frozen=True, slots=True)
class Snapshot:
    """How far a job has come, as last reported."""

    stage: Message = field(default_factory=lambda: msg(""))
    done: int = 0
    total: int | None = None


class Progress:
    """Shared between the worker thread and its observer."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._snapshot = Snapshot()
        self._cancel = threading.Event()

    def stage(self, name: Message, total: int | None = None) -> None:
        """Begin a stage and pass a point at which the job may be cancelled."""
        self.checkpoint()
        with self._lock:
            self._snapshot = Snapshot(name, 0, total)

    def advance(self, steps: int = 1) -> None:
        """Count finished steps and pass a point at which the job may be cancelled."""
        self.checkpoint()
        with self._lock:
            self._snapshot = replace(self._snapshot, done=self._snapshot.done + steps)

    def checkpoint(self) -> None:
        """Raise StoppedError if the user asked to stop. Call only where stopping is safe."""
        if self._cancel.is_set():
            raise StoppedError

    def snapshot(self) -> Snapshot:
        """Return the latest report."""
        with self._lock:
            return self._snapshot

    @property
    def cancelled(self) -> bool:
        """Tell whether the user asked to stop."""
        return self._cancel.is_set()

    def cancel(self) -> None:
        """Ask the worker to stop at its next checkpoint."""
        self._cancel.set()
