"""Fields of manifests, believed only when they are what they should be."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any, TypeAlias

from desktop_app.kernel.text import clean

Json: TypeAlias = Mapping[str, Any]

MOST = 1 << 62
SHA = re.compile(r"[0-9a-f]{64}\Z")
_FILE_NAME = re.compile(r"[A-Za-z0-9_][A-Za-z0-9_.-]{0,63}\Z")
# What SQLite would play back into the file beside it.
_JOURNALS = ("-journal", "-wal", "-shm")
_DEVICES = re.compile(r"(con|prn|aux|nul|com\d|lpt\d)(\.|\Z)", re.IGNORECASE)  # of Windows


class BadManifestError(ValueError):
    """The bytes are no manifest of this format."""


def whole(value: Any, least: int = 0, most: int = MOST) -> int:
    """Return a whole number within limits."""
    if isinstance(value, bool) or not isinstance(value, int) or not least <= value <= most:
        raise BadManifestError
    return value


def line(value: Any, limit: int = 200) -> str:
    """Return a text that can be shown: without control characters, cut to its limit."""
    if not isinstance(value, str):
        raise BadManifestError
    return clean(value)[:limit]


def matching(value: Any, pattern: re.Pattern[str]) -> str:
    """Return a text of exactly this shape."""
    if not isinstance(value, str) or not pattern.match(value):
        raise BadManifestError
    return value


def truth(value: Any) -> bool:
    """Return a truth value."""
    if not isinstance(value, bool):
        raise BadManifestError
    return value


def many(value: Any, most: int) -> list[Any]:
    """Return a list that is not too long."""
    if not isinstance(value, list) or len(value) > most:
        raise BadManifestError
    return value


def mapping(value: Any, most: int) -> dict[str, Any]:
    """Return an object that does not have too many fields."""
    if not isinstance(value, dict) or len(value) > most:
        raise BadManifestError
    return value


def file_name(value: Any) -> str:
    """Return a name that is a file in one folder, on every system, and not a journal."""
    found = matching(value, _FILE_NAME)
    if found.casefold().endswith(_JOURNALS) or _DEVICES.match(found) or found.endswith("."):
        raise BadManifestError
    return found


def different(names: list[str]) -> None:
    """Refuse names that are the same file on some system."""
    if len({name.casefold() for name in names}) != len(names):
        raise BadManifestError
