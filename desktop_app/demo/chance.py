"""Chance that falls the same way every time: each part of the demonstration has its own stream."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate
from random import Random
from typing import Generic, TypeVar

T = TypeVar("T")


def stream(seed: int, *parts: object) -> Random:
    """Return the stream of one part; another part changes nothing in it."""
    return Random("/".join(str(part) for part in (seed, *parts)))  # noqa: S311 - no secret


@dataclass(frozen=True, slots=True)
class Wheel(Generic[T]):
    """Things of unequal weight to choose from."""

    things: Sequence[T]
    upto: Sequence[float]

    @classmethod
    def of(cls, weighted: Sequence[tuple[T, float]]) -> Wheel[T]:
        """Return a wheel of things and their weights."""
        weights = [weight for _thing, weight in weighted]
        return cls([thing for thing, _weight in weighted], list(accumulate(weights)))

    def turn(self, rng: Random) -> T:
        """Return one of the things."""
        return rng.choices(self.things, cum_weights=self.upto)[0]


def shared_out(total: int, weights: Sequence[float]) -> list[int]:
    """Divide a whole number by weights: the parts add up, the largest remainders get the rest."""
    whole = sum(weights)
    exact = [total * weight / whole for weight in weights]
    parts = [int(part) for part in exact]
    by_rest = sorted(range(len(parts)), key=lambda place: parts[place] - exact[place])
    for place in by_rest[: total - sum(parts)]:
        parts[place] += 1
    return parts
