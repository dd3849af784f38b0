"""How the radar judges numbers, moments and people. Pure."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from math import exp, lgamma, log, log1p

FEWEST = 5
"""Fewer corrections of one person say nothing."""
TIMES = 3
"""So many times more often than the others somebody corrects before it is shown."""
_CHANCE, _SURELY = 1e-3, 1e-6
_OTHERS = 50
"""With fewer receipts of others there is nothing to compare with."""
BACK = timedelta(minutes=5)
"""Clocks are set right by a few minutes without anybody meaning harm."""


@dataclass(frozen=True, slots=True)
class Spell:
    """From when to when a shift was open; one that is open has no end."""

    opened: datetime
    closed: datetime | None


class Spells:
    """The shifts of a venue (of one till), in the order they were opened; none overlap."""

    def __init__(self, spells: Sequence[Spell]) -> None:
        self._spells = sorted(spells, key=lambda one: one.opened)
        self._starts = [one.opened for one in self._spells]

    @property
    def since(self) -> datetime | None:
        """Return when the first was opened."""
        return self._starts[0] if self._starts else None

    def at(self, moment: datetime) -> Spell | None:
        """Return the shift that was open at a moment; both its ends belong to it."""
        place = bisect_right(self._starts, moment) - 1
        if place < 0:
            return None
        found = self._spells[place]
        return found if found.closed is None or moment <= found.closed else None


@dataclass(frozen=True, slots=True)
class Served:
    """How many receipts somebody served in a time, and how many of theirs were taken back."""

    receipts: int
    taken: int


def crowded(people: Mapping[int, Served]) -> dict[int, bool]:
    """Return whose receipts are taken back far more often than the others', and whether surely.

    It takes five of them, three times the others' rate, and odds of one in a thousand that chance
    alone did it; of one in a million it is sure.
    """
    receipts = sum(one.receipts for one in people.values())
    taken = sum(one.taken for one in people.values())
    found: dict[int, bool] = {}
    for who, one in people.items():
        others, theirs = receipts - one.receipts, taken - one.taken
        if one.taken < FEWEST or others < _OTHERS or not one.receipts:
            continue
        if one.taken * others < TIMES * theirs * one.receipts:
            continue
        usual = min(0.999, (theirs + 1) / (others + 2))
        chance = tail(one.taken, max(one.receipts, one.taken), usual)
        if chance < _CHANCE:
            found[who] = chance < _SURELY
    return found


def tail(least: int, tries: int, rate: float) -> float:
    """Return how likely at least so many of a number of tries hit, each at the rate."""
    total = 0.0
    for hits in range(least, tries + 1):
        ways = lgamma(tries + 1) - lgamma(hits + 1) - lgamma(tries - hits + 1)
        part = exp(ways + hits * log(rate) + (tries - hits) * log1p(-rate))
        total += part
        if hits > tries * rate and part < total * 1e-9:
            break
    return min(1.0, total)


@dataclass(frozen=True, slots=True)
class Stamp:
    """When a receipt with a number was opened and closed."""

    number: int
    opened: datetime
    closed: datetime


def set_back(stamps: Sequence[Stamp]) -> tuple[Stamp, timedelta] | None:
    """Return the first receipt that was closed before one with a lower number was opened.

    No clock that runs forward does that, whenever between the two a till gives the number; how far
    it went back at least comes with it.
    """
    newest: datetime | None = None
    for stamp in sorted(stamps, key=lambda one: one.number):
        if newest is not None and newest - stamp.closed > BACK:
            return stamp, newest - stamp.closed
        newest = stamp.opened if newest is None else max(newest, stamp.opened)
    return None
