"""Which rights a session uses, remembered once a day and right: it costs next to nothing."""

from __future__ import annotations

import threading
from collections.abc import Sequence

from desktop_app.kernel.access import Permission
from desktop_app.kernel.clock import monotonic

_PAUSE_S = 600.0
"""How long used rights wait before they are written; a program that is killed loses no more."""


class Usage:
    """The rights used since they were last written down."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._fresh: set[Permission] = set()
        self._noted: set[Permission] = set()
        self._next = monotonic() + _PAUSE_S

    def add(self, permission: Permission) -> None:
        """Remember that a right was used."""
        if permission not in self._noted:
            with self._lock:
                self._fresh.add(permission)

    def due(self) -> bool:
        """Tell whether there is something to write down, and it has waited long enough."""
        return bool(self._fresh) and monotonic() >= self._next

    def take(self) -> Sequence[Permission]:
        """Return the rights to write down; they are not given again for a while."""
        with self._lock:
            taken = sorted(self._fresh)
            self._noted |= self._fresh
            self._fresh.clear()
            self._next = monotonic() + _PAUSE_S
        return taken
