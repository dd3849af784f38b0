"""Step-up: the password again, good for one act and for five minutes (security.md, 4.2)."""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from desktop_app.db.operation import Operation
from desktop_app.db.store import Store
from desktop_app.kernel.access import Actor
from desktop_app.kernel.clock import monotonic
from desktop_app.kernel.deeds import ABOUT
from desktop_app.kernel.errors import NotAllowedError
from desktop_app.kernel.words import msg
from desktop_app.vault.confirming import confirmed_keys
from desktop_app.vault.pins import MOST, QUICK_LEAST

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


def confirmed_way(store: Store, actor: Actor, op: Operation[..., Any], secret: str) -> str:
    """Return how somebody has shown that it is they: `pin` or `password`.

    NotAllowedError for a wrong one. What looks like a PIN is one where a PIN of theirs was unlocked
    in this program today, and the deed does not insist on the password.
    """
    quick = store.keys.quick
    facts = ABOUT[op.deed] if op.deed else None
    known = quick is not None and any(one.user_id == actor.user_id for one in quick.people())
    if quick is not None and known and looks_like_pin(secret):
        if facts is not None and facts.password_only:
            raise NotAllowedError(msg("This needs the password: a PIN is not enough."))
        if quick.open(actor.user_id, secret).sign_key != store.keys.unlocked.public_key:
            raise NotAllowedError(msg("The PIN is wrong."))
        return PIN
    root_key, now = store.keys.unlocked.root_key, store.clock.now()
    confirmed_keys(store.folder, root_key, actor.user_id, secret, now)
    return PASSWORD


def looks_like_pin(secret: str) -> bool:
    """Tell whether what was typed can be a PIN."""
    return secret.isascii() and secret.isdigit() and QUICK_LEAST <= len(secret) <= MOST
