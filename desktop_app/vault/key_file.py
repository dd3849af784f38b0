"""`keys.json`: one small file, always whole, never silently old.

Saving writes a new file, flushes it, keeps the generation before as `keys.json.prev` and renames;
a lock file makes several programs on one store take turns, each changing what the other left.
"""

from __future__ import annotations

import hashlib
import hmac
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from desktop_app.kernel.access import Domain
from desktop_app.kernel.errors import (
    AppError,
    ConflictError,
    DamagedError,
    InvalidError,
    NotFoundError,
    UnavailableError,
)
from desktop_app.kernel.json_text import read_json
from desktop_app.kernel.words import Message, msg
from desktop_app.vault import durable
from desktop_app.vault.cost import KdfCost
from desktop_app.vault.roster import Roster
from desktop_app.vault.roster_json import genuine, roster_from, roster_json
from desktop_app.vault.sealing import WrongKeyError, canonical, from_text, to_text
from desktop_app.vault.slots import Slot
from desktop_app.vault.throttle import Misses

NAME = "keys.json"
PREVIOUS = "keys.json.prev"
LOCK = "keys.lock"
FORMAT = "clopos-desk keys"
VERSION = 2
_MOST_BYTES = 4 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class Contents:
    """One generation of the key file. Only the roster is signed.

    `swap` names the domains whose key is being changed, from which version to which.
    """

    generation: int
    cost: KdfCost
    roster: Roster
    signature: bytes
    slots: Mapping[str, Slot]
    misses: Mapping[str, Misses]
    swap: Mapping[Domain, tuple[int, int]] = field(default_factory=dict)

    def slot(self, user_id: str) -> Slot:
        """Return a user's password slot; WrongKeyError where they have none (any more)."""
        try:
            return self.slots[user_id]
        except KeyError:
            raise WrongKeyError from None

    def with_slot(self, key: str, slot: Slot | None) -> Contents:
        """Return the same with one slot put in place, or taken away."""
        others = {k: v for k, v in self.slots.items() if k != key}
        return replace(self, slots=others if slot is None else {**others, key: slot})


class KeyFile:
    """The key file of one store folder."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.fell_back = False

    def stamp(self) -> tuple[int, int, int]:
        """Return what changes whenever the file is saved; nothing is read."""
        try:
            found = (self.folder / NAME).stat()
        except OSError:
            return 0, 0, 0
        return found.st_mtime_ns, found.st_size, found.st_ino

    def read(self) -> Contents:
        """Return the newest readable generation.

        NotFoundError where there is no store, DamagedError where no generation can be read.
        """
        problems: list[DamagedError] = []
        for name in (NAME, PREVIOUS):
            try:
                contents = self._read(name)
            except DamagedError as error:
                problems.append(error)
            else:
                if contents is not None:
                    self.fell_back = name == PREVIOUS
                    return contents
        if problems:
            raise problems[0]
        raise NotFoundError(
            msg("There is no store in {folder}.", folder=str(self.folder)),
            hint=msg("Choose another folder, create a store, or restore one from a backup."),
        )

    def create(self, contents: Contents) -> None:
        """Write the first generation; ConflictError where there is a store already."""
        durable.make_folder(self.folder)
        with durable.Lock(self.folder / LOCK):
            if any((self.folder / name).exists() for name in (NAME, PREVIOUS)):
                raise ConflictError(
                    msg("There is a store in {folder} already.", folder=str(self.folder)),
                    hint=msg("Sign in to it, or choose an empty folder."),
                )
            durable.replace(self.folder / NAME, encoded(contents))

    def update(self, change: Callable[[Contents], Contents]) -> Contents:
        """Save `change` of what the file holds now, and return it.

        `change` is given the newest generation, whoever wrote it, while nobody else can write.
        """
        with durable.Lock(self.folder / LOCK):
            before = self.read()
            after = replace(change(before), generation=before.generation + 1)
            durable.replace(self.folder / PREVIOUS, encoded(before))
            durable.replace(self.folder / NAME, encoded(after))
        self.fell_back = False
        return after

    def _read(self, name: str) -> Contents | None:
        path = self.folder / name
        try:
            with path.open("rb") as file:
                raw = file.read(_MOST_BYTES + 1)
        except (FileNotFoundError, NotADirectoryError):
            return None
        except OSError as error:
            raise UnavailableError(
                msg(
                    "The key file {path} cannot be read: {reason}.",
                    path=str(path),
                    reason=error.strerror or "?",
                )
            ) from None
        return decoded(raw, path)


def encoded(contents: Contents) -> bytes:
    """Return the bytes of a generation."""
    body = {
        "format": FORMAT,
        "version": VERSION,
        "generation": contents.generation,
        "cost": _cost_json(contents.cost),
        "roster": roster_json(contents.roster),
        "signature": to_text(contents.signature),
        "slots": {
            k: {"cost": _cost_json(v.cost), "salt": to_text(v.salt), "sealed": to_text(v.sealed)}
            for k, v in contents.slots.items()
        },
        "misses": {k: [v.count, v.until_ms] for k, v in contents.misses.items()},
        "swap": {k.value: list(v) for k, v in contents.swap.items()},
    }
    body["checksum"] = _checksum(body)
    return json.dumps(body, indent=1, ensure_ascii=False).encode()


def decoded(raw: bytes, path: Path) -> Contents:
    """Return the generation in `raw`; DamagedError where it is not whole and genuine."""
    body = _parsed(raw, path)
    try:
        checksum = str(body.pop("checksum"))
        contents = _contents(body)
        signed = genuine(body["roster"], contents.signature)
    except (KeyError, TypeError, ValueError, OverflowError, AttributeError, InvalidError):
        raise _damaged(path) from None
    # Against accidents; the signature and the envelopes stand against people.
    if not hmac.compare_digest(checksum.encode(), _checksum(body).encode()):
        raise _damaged(path)
    if not signed:
        raise DamagedError(
            msg(
                "The list of users in {path} was changed by somebody who is not an owner.",
                path=str(path),
            ),
            hint=_what_to_do(),
        )
    return contents


def _parsed(raw: bytes, path: Path) -> dict[str, Any]:
    if len(raw) > _MOST_BYTES:
        raise _damaged(path)
    try:
        body = read_json(raw)
    except (ValueError, RecursionError):
        raise _damaged(path) from None
    if not isinstance(body, dict) or body.get("format") != FORMAT:
        raise _damaged(path)
    version = body.get("version")
    if not isinstance(version, int):
        raise _damaged(path)
    if version > VERSION:
        raise newer(path)
    return body


def newer(path: Path) -> AppError:
    """Return the refusal of a key file from the future."""
    return UnavailableError(
        msg("The key file {path} was written by a newer Clopos Desk.", path=str(path)),
        hint=msg("Install the newest version of Clopos Desk on this computer."),
    )


def _contents(body: dict[str, Any]) -> Contents:
    return Contents(
        generation=int(body["generation"]),
        cost=_cost(body["cost"]),
        roster=roster_from(body["roster"]),
        signature=from_text(body["signature"]),
        slots={
            k: Slot(_cost(v["cost"]), from_text(v["salt"]), from_text(v["sealed"]))
            for k, v in body["slots"].items()
        },
        misses={k: Misses(int(v[0]), int(v[1])) for k, v in body["misses"].items()},
        swap={Domain(k): (int(v[0]), int(v[1])) for k, v in body.get("swap", {}).items()},
    )


def _cost_json(cost: KdfCost) -> dict[str, int]:
    return {"memory_kib": cost.memory_kib, "iterations": cost.iterations, "lanes": cost.lanes}


def _cost(parsed: dict[str, Any]) -> KdfCost:
    return KdfCost(int(parsed["memory_kib"]), int(parsed["iterations"]), int(parsed["lanes"]))


def _checksum(body: dict[str, Any]) -> str:
    return hashlib.sha256(canonical(body)).hexdigest()


def _damaged(path: Path) -> DamagedError:
    return DamagedError(msg("The key file {path} is damaged.", path=str(path)), hint=_what_to_do())


def _what_to_do() -> Message:
    return msg("Nothing was changed. Restore the store from a backup with the recovery key.")
