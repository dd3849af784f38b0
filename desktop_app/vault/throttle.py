"""Slows down whoever tries passwords at the keyboard: 1, 2, 4 … 60 seconds from the third miss.

The counters lie in the unsigned part of the key file, so someone who can write it can reset them;
against them stands the cost of each guess. Nobody is ever locked out for good: that would be the
easiest attack of all. Unknown names are counted like known ones, so waiting tells nothing.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from desktop_app.kernel.clock import millis
from desktop_app.kernel.errors import NotAllowedError
from desktop_app.kernel.words import msgs
from desktop_app.vault.names import folded
from desktop_app.vault.sealing import labelled

_FREE_MISSES = 2
_LONGEST_S = 60
_MOST_NAMES = 100
TILL = "till"


@dataclass(frozen=True, slots=True)
class Misses:
    """How often in a row a name was tried with a wrong password, and until when to wait."""

    count: int
    until_ms: int


def name_key(install: str, name: str, kind: str = "") -> str:
    """Return the key of a name's counter, which does not tell the name; till PINs have their own.

    Passwords and one-time codes share one, so that nobody gets more tries by changing over.
    """
    told = labelled("throttle/v1", install, folded(name), *filter(None, [kind]))
    return hashlib.sha256(told).hexdigest()[:16]


def count(misses: Mapping[str, Misses], key: str) -> int:
    """Return how many misses in a row a name has."""
    return misses[key].count if key in misses else 0


def seconds_left(misses: Mapping[str, Misses], key: str, now: datetime) -> int:
    """Return for how many seconds no password is tried for a name; 0 for none."""
    found = misses.get(key)
    left_ms = found.until_ms - millis(now) if found else 0
    # More than the longest delay: the clock was set back. Do not wait for it to come round again.
    return -(-left_ms // 1000) if 0 < left_ms <= _LONGEST_S * 1000 else 0


def check(misses: Mapping[str, Misses], key: str, now: datetime) -> None:
    """Raise NotAllowedError with the seconds to wait, if there is something to wait for."""
    seconds = seconds_left(misses, key, now)
    if seconds:
        raise wait_error(seconds)


def wait_error(seconds: int) -> NotAllowedError:
    """Return the refusal of somebody who has to wait."""
    return NotAllowedError(
        msgs(
            "Too many wrong passwords. Wait {n} second and try again.",
            "Too many wrong passwords. Wait {n} seconds and try again.",
            seconds,
        )
    )


def delay_s(count: int) -> int:
    """Return how many seconds to wait after so many misses in a row: 0, 0, 1, 2, 4 … 60."""
    over = count - _FREE_MISSES
    return min(2 ** min(over - 1, 10), _LONGEST_S) if over > 0 else 0


def missed(misses: Mapping[str, Misses], key: str, now: datetime) -> dict[str, Misses]:
    """Return the counters after one more miss."""
    count = misses[key].count + 1 if key in misses else 1
    counted = {**misses, key: Misses(count, millis(now) + delay_s(count) * 1000)}
    latest = sorted(counted, key=lambda name: counted[name].until_ms)[-_MOST_NAMES:]
    return {name: counted[name] for name in latest}


def forgotten(misses: Mapping[str, Misses], key: str) -> dict[str, Misses]:
    """Return the counters after the right password."""
    return {name: found for name, found in misses.items() if name != key}


def all_forgotten(misses: Mapping[str, Misses], install: str, name: str) -> dict[str, Misses]:
    """Return the counters without any of a name."""
    gone = {name_key(install, name), name_key(install, name, TILL)}
    return {key: found for key, found in misses.items() if key not in gone}
