"""What happens while nobody is signed in: kept beside the store until it can enter the trail.

A sign-in that fails happens before there is a key to write with. The file counts such things by
user id (never by the name that was typed: people type passwords there) and says when.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from pathlib import Path
from typing import Concatenate, ParamSpec, Protocol, TypeVar

from desktop_app.kernel.clock import Clock, SystemClock, millis
from desktop_app.kernel.errors import NotAllowedError, UnavailableError
from desktop_app.vault import durable
from desktop_app.vault.key_file import NAME as KEY_FILE
from desktop_app.vault.names import folded
from desktop_app.vault.store_keys import Vault

P = ParamSpec("P")
R = TypeVar("R")
D = TypeVar("D", bound="Door")
NAME = "waiting-events.json"
SIGN_IN_FAILED = "sign_in.failed"
SECOND_INSTANCE = "program.second_start"
_KINDS = frozenset({SIGN_IN_FAILED, SECOND_INSTANCE})
_MOST = 200


@dataclass(frozen=True, slots=True)
class Waiting:
    """Something that happened some times. `user_id` is empty where it was nobody's we know."""

    kind: str
    user_id: str
    count: int
    first_ms: int
    last_ms: int


def waiting(folder: Path) -> list[Waiting]:
    """Return what waits; nothing where the file is missing or damaged."""
    try:
        found = [Waiting(*one) for one in json.loads((folder / NAME).read_bytes())]
    except (OSError, ValueError, TypeError):
        return []
    return [one for one in found if one.kind in _KINDS and isinstance(one.count, int)]


def note(folder: Path, kind: str, user_id: str, at_ms: int) -> None:
    """Count something; a disk that takes nothing loses the count, not the refusal."""
    try:
        with durable.Lock(folder / f"{NAME}.lock"):
            found = {(one.kind, one.user_id): one for one in waiting(folder)}
            was = found.get((kind, user_id))
            if was is None and len(found) >= _MOST:
                return
            count, first = (was.count + 1, was.first_ms) if was else (1, at_ms)
            found[kind, user_id] = Waiting(kind, user_id, count, first, at_ms)
            _write(folder, list(found.values()))
    except UnavailableError:
        return


def note_second_start(folder: Path) -> None:
    """Keep that the program was started a second time on a store."""
    if (folder / KEY_FILE).is_file():
        note(folder, SECOND_INSTANCE, "", millis(SystemClock().now()))


class Door(Protocol):
    """The way into a store."""

    folder: Path
    _clock: Clock

    def vault(self) -> Vault:
        """Return the key file."""
        ...


def counting(
    method: Callable[Concatenate[D, str, P], R],
) -> Callable[Concatenate[D, str, P], R]:
    """Keep that somebody of a name could not sign in, until the trail can be written to."""

    @wraps(method)
    def counted(door: D, name: str, /, *args: P.args, **kwargs: P.kwargs) -> R:
        try:
            return method(door, name, *args, **kwargs)
        except NotAllowedError:
            users = door.vault().users()
            known = {folded(user.name): user.id for user in users if not user.removed_at}
            at_ms = millis(door._clock.now())  # noqa: SLF001 - a door of ours
            note(door.folder, SIGN_IN_FAILED, known.get(folded(name), ""), at_ms)
            raise

    return counted


def forget(folder: Path, entered: list[Waiting]) -> None:
    """Take away what has entered the trail; what came meanwhile stays."""
    try:
        with durable.Lock(folder / f"{NAME}.lock"):
            _write(folder, [one for one in waiting(folder) if one not in entered])
    except UnavailableError:
        return


def _write(folder: Path, found: list[Waiting]) -> None:
    rows = [[w.kind, w.user_id, w.count, w.first_ms, w.last_ms] for w in found]
    durable.replace(folder / NAME, json.dumps(rows).encode())
