"""An open store: the engine, the clock, the source of row numbers, and whose keys opened it."""

from __future__ import annotations

import secrets
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from sqlalchemy import Engine

from desktop_app.db.card_guard import Allowances
from desktop_app.db.engine import file_of
from desktop_app.db.high_water import HighWater
from desktop_app.db.pen import Pen
from desktop_app.db.trail_reader import TrailReader
from desktop_app.kernel.access import Domain
from desktop_app.kernel.clock import Clock, millis
from desktop_app.kernel.ids import NODES, STARTS, Ids
from desktop_app.vault.device import Device
from desktop_app.vault.quick import QuickUnlock
from desktop_app.vault.store_keys import Vault
from desktop_app.vault.unlocked import Unlocked


@dataclass(frozen=True, slots=True)
class Keys:
    """The key file of the store and the keys of the person signed in.

    `quick` holds who may come back to this program with a PIN; a window has it.
    """

    vault: Vault
    unlocked: Unlocked
    quick: QuickUnlock | None = None

    def renewed(self) -> bool:
        """Tell whether the key file was saved since this was asked last; a stat, no more."""
        return self.vault.saved_meanwhile()


@dataclass(frozen=True, slots=True)
class Store:
    """What operations run on. `folder` holds the key file and, on SQLCipher, the data."""

    engine: Engine
    folder: Path
    clock: Clock
    keys: Keys
    device: Device | None = None
    ids: Ids = field(init=False)
    allowed: Allowances = field(init=False, default_factory=Allowances)
    pen: Pen = field(init=False)
    trail: TrailReader = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "pen", Pen(self.keys.vault, self.keys.unlocked))
        reader = TrailReader(self.keys.vault, self.keys.unlocked)
        object.__setattr__(self, "trail", reader)
        # Two programs on one store must not count the same rows in the same millisecond.
        node, start = secrets.randbelow(NODES), secrets.randbelow(STARTS)
        object.__setattr__(self, "ids", Ids(_now(self.clock), node, start))

    def file_of(self, domain: Domain) -> Path:
        """Return the file of a domain as it is now (SQLCipher)."""
        return file_of(self.folder, domain, self.keys.unlocked.versions[domain])

    @property
    def mark(self) -> HighWater:
        """Return where this computer remembers how far the trail had come."""
        return HighWater(self.folder, self.device)

    @property
    def is_postgres(self) -> bool:
        """Tell whether the data lie on a PostgreSQL server."""
        return self.engine.dialect.name == "postgresql"


def _now(clock: Clock) -> Callable[[], int]:
    return lambda: millis(clock.now())
