"""Which rows are picked, as ranges; "all but these" costs no more than "these"."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Picked:
    """Rows first to last (both counted in), or with `all_but` every other row of `total`."""

    ranges: Sequence[tuple[int, int]]
    total: int
    all_but: bool = False

    def __len__(self) -> int:
        listed = sum(last - first + 1 for first, last in self.ranges)
        return self.total - listed if self.all_but else listed

    def rows(self, cap: int) -> Iterator[int]:
        """Yield up to `cap` row numbers, from the top."""
        for given, row in enumerate(self._ordered()):
            if given >= cap:
                return
            yield row

    def _ordered(self) -> Iterator[int]:
        ordered = sorted(self.ranges)
        if not self.all_but:
            for first, last in ordered:
                yield from range(first, last + 1)
            return
        at = 0
        for first, last in ordered:
            yield from range(at, first)
            at = last + 1
        yield from range(at, self.total)
