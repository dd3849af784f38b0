"""An open store: the engine, the clock and the source of row numbers."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import Engine

from desktop_app.kernel.access import Domain
from desktop_app.kernel.clock import Clock, millis
from desktop_app.kernel.ids import Ids


@dataclass(frozen=True, slots=True)
class Store:
    """What operations run on. `folder` holds the key file and, on SQLCipher, the data."""

    engine: Engine
    folder: Path
    clock: Clock
    ids: Ids
    domains: frozenset[Domain]

    @classmethod
    def of(cls, engine: Engine, folder: Path, clock: Clock, domains: frozenset[Domain]) -> Store:
        """Return a store whose row numbers follow `clock`."""
        return cls(engine, folder, clock, Ids(_now(clock)), domains)

    @property
    def is_postgres(self) -> bool:
        """Tell whether the data lie on a PostgreSQL server."""
        return self.engine.dialect.name == "postgresql"


def _now(clock: Clock) -> Callable[[], int]:
    return lambda: millis(clock.now())
