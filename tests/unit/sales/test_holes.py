"""Holes in the numbers of receipts: told from runs what the numbers one by one would tell."""

from __future__ import annotations

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from desktop_app.sales.rules import MOST_MISSING, holes

Run = tuple[int, int, int]


def one_by_one(numbers: list[tuple[int, int]]) -> list[Run]:
    """Return the numbers left out, looking at each number and its day."""
    days = {day for _number, day in numbers}
    again = len({number for number, _day in numbers}) < len(numbers)
    found: list[Run] = []
    for some in [{day} for day in sorted(days)] if again else [days]:
        ordered = sorted({one for one in numbers if one[1] in some})
        found.extend(
            (before + 1, number - 1, day)
            for (before, _day), (number, day) in pairwise(ordered)
            if 1 < number - before <= MOST_MISSING
        )
    return found


@st.composite
def some_runs(draw: st.DrawFn) -> list[Run]:
    """Return runs that go on, begin anew, lie over each other, or are another series."""
    found, at = [], draw(st.integers(0, 50))
    for _run in range(draw(st.integers(0, 12))):
        step = st.one_of(st.integers(0, 4), st.integers(-30, 0), st.integers(995, 1005))
        at = max(0, at + draw(step))
        last = at + draw(st.integers(0, 6))
        found.append((at, last, draw(st.integers(1, 4))))
        at = last
    return found


@given(some_runs())
def test_runs_tell_what_their_numbers_tell(runs: list[Run]) -> None:
    numbers = [(number, day) for first, last, day in runs for number in range(first, last + 1)]
    assert sorted(holes(runs)) == sorted(one_by_one(numbers))


@given(some_runs())
def test_a_run_may_be_told_number_by_number(runs: list[Run]) -> None:
    singles = [(number, number, day) for one, last, day in runs for number in range(one, last + 1)]
    assert sorted(holes(singles)) == sorted(holes(runs))


def test_nothing_has_no_holes() -> None:
    assert holes([]) == holes([(7, 7, 1)]) == holes([(7, 9, 1), (10, 12, 2)]) == []
    assert holes([(7, 9, 1), (12, 12, 2)]) == [(10, 11, 2)]
