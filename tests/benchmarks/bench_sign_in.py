"""Signing in: what it costs besides deriving the key, and how refusals differ in time.

CPU time is of this process with all its threads; on a busy machine it says more than the wall.
"""

from __future__ import annotations

import statistics
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

from desktop_app.kernel.access import Role
from desktop_app.kernel.clock import SystemClock
from desktop_app.kernel.errors import NotAllowedError
from desktop_app.sign_in import Reception
from desktop_app.vault.cost import KdfCost
from desktop_app.vault.quick import QuickUnlock
from desktop_app.venue.records import NewVenue

OWNER, STAFF, PASSWORD, PIN = "Aysel", "Murad", "saffron kettle twelve lanterns", "8305"
ROUNDS = 9


class Derivation:
    """Adds up the time spent in key derivation."""

    def __init__(self) -> None:
        self.wall = self.cpu = 0.0

    def wrap(self, real: Callable[..., Any]) -> Callable[..., Any]:
        def derive(*args: Any, **kwargs: Any) -> Any:
            wall, cpu = time.perf_counter(), time.process_time()
            try:
                return real(*args, **kwargs)
            finally:
                self.wall += time.perf_counter() - wall
                self.cpu += time.process_time() - cpu

        return derive


@contextmanager
def derivation() -> Iterator[Derivation]:
    """Measure the key derivations inside."""
    found, real = Derivation(), KdfCost.derive
    KdfCost.derive = found.wrap(real)  # type: ignore[method-assign]
    try:
        yield found
    finally:
        KdfCost.derive = real  # type: ignore[method-assign]


def store(folder: Path, cost: KdfCost = KdfCost.FLOOR) -> Reception:
    """Return the way into a new store with an owner who has a PIN, and a member of staff."""
    quick = QuickUnlock(SystemClock())
    reception = Reception(folder, keyring=False, quick=quick)
    with reception.create(NewVenue("A"), OWNER, PASSWORD, cost=cost).app as app:
        keys = app._store.keys.unlocked
        keys.add_user(STAFF, Role.STAFF, PASSWORD)
        keys.set_pin(PASSWORD, PIN)
    return reception


def besides(sign_in: Callable[[], Any], rounds: int = ROUNDS) -> tuple[float, float]:
    """Return the least wall and CPU seconds of a sign-in besides its key derivation."""
    walls, cpus = [], []
    sign_in().close()
    for _ in range(rounds):
        with derivation() as spent:
            wall, cpu = time.perf_counter(), time.process_time()
            app = sign_in()
            walls.append(time.perf_counter() - wall - spent.wall)
            cpus.append(time.process_time() - cpu - spent.cpu)
        app.close()
    return min(walls), min(cpus)


def run() -> dict[str, Any]:
    """Return milliseconds."""
    with tempfile.TemporaryDirectory() as name:
        reception = store(Path(name, "store"))
        owner = besides(lambda: reception.sign_in(OWNER, PASSWORD))
        staff = besides(lambda: reception.sign_in(STAFF, PASSWORD))
        with reception.sign_in(OWNER, PASSWORD) as app:
            number = app.actor.user_id
        pins = []
        for _ in range(ROUNDS):
            started = time.perf_counter()
            app = reception.resume(number, PIN)
            pins.append(time.perf_counter() - started)
            app.close()
        refusals = {
            name: statistics.median(_refused(reception, who, ROUNDS))
            for name, who in (("wrong password", OWNER), ("unknown name", "Nobody"))
        }
    return {
        "owner_besides_derivation_ms": [round(1000 * one, 1) for one in owner],
        "staff_besides_derivation_ms": [round(1000 * one, 1) for one in staff],
        "pin_to_open_s": round(statistics.median(pins), 3),
        "refusal_s": {name: round(took, 3) for name, took in refusals.items()},
        "target": "under 50 ms besides the derivation (least wall, least CPU); PIN under 0.3 s",
    }


def _refused(reception: Reception, name: str, rounds: int) -> list[float]:
    found = []
    for _ in range(rounds):
        vault = reception.vault()
        vault._file.update(_without_misses)
        started = time.process_time()
        try:
            vault.unlock(name, "wrong", clock=SystemClock())
        except NotAllowedError:
            found.append(time.process_time() - started)
    return found


def _without_misses(contents: Any) -> Any:
    return replace(contents, misses={})
