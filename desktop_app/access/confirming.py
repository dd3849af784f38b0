"""Step-up: the password again, good for one act and for five minutes (security.md, 4.2)."""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import dataclass

from desktop_app.kernel.clock import monotonic

LASTS_S = 300.0
PASSWORD, PIN = "password", "pin"
ANY = ""
"""The name under which a shell says: the password just given was for this very command."""


@dataclass(frozen=True, slots=True)
class _Given:
    way: str
    until_s: float


class Confirmations:
    """What one session has confirmed and not yet used. Safe on any thread.

    `now` counts seconds and never goes back, so that the clock of the computer does not matter.
    """

    def __init__(self, now: Callable[[], float] = monotonic) -> None:
        self._now = now
        self._given: dict[str, _Given] = {}
        self._lock = threading.Lock()

    def give(self, operation: str, way: str) -> None:
        """Allow one use of an operation in the next five minutes."""
        with self._lock:
            self._given[operation] = _Given(way, self._now() + LASTS_S)

    def ready(self, operation: str, *, password_only: bool) -> bool:
        """Tell whether an operation has been confirmed; uses nothing up."""
        with self._lock:
            return self._fitting(operation, password_only) is not None

    def take(self, operation: str, *, password_only: bool) -> str | None:
        """Use a confirmation up and return how it was given; None where there is none."""
        with self._lock:
            name = self._fitting(operation, password_only)
            return None if name is None else self._given.pop(name).way

    def forget(self) -> None:
        """Throw everything away: the session ends."""
        with self._lock:
            self._given.clear()

    def _fitting(self, operation: str, password_only: bool) -> str | None:  # noqa: FBT001 - inner
        now = self._now()
        self._given = {name: one for name, one in self._given.items() if now < one.until_s}
        for name in (operation, ANY):
            given = self._given.get(name)
            if given is not None and not (password_only and given.way == PIN):
                return name
        return None
