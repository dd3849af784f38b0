"""How the radar judges: what is intact is never found, what was planted always."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from desktop_app.sales.gap_rules import (
    BACK,
    Served,
    Spell,
    Spells,
    Stamp,
    crowded,
    set_back,
    tail,
)

START = datetime(2026, 11, 3, 8, tzinfo=UTC)
MINUTES = st.integers(0, 120).map(lambda n: timedelta(minutes=n))


@given(st.lists(st.tuples(MINUTES, MINUTES), max_size=30), st.booleans())
def test_a_clock_that_runs_forward_is_never_found(
    stays: list[tuple[timedelta, timedelta]], at_closing: bool
) -> None:
    """Whether the till gives its number when a receipt is opened or when it is closed."""
    opened, spans = START, []
    for pause, stay in stays:
        opened += pause
        spans.append((opened, opened + stay))
    if at_closing:
        spans.sort(key=lambda one: one[1])
    assert set_back([Stamp(n, *one) for n, one in enumerate(spans)]) is None


@given(st.integers(1, 20), st.integers(0, 19), st.integers(1, 600))
def test_a_clock_that_was_set_back_is_found(count: int, place: int, back: int) -> None:
    moments = [START + timedelta(minutes=10 * n) for n in range(count + 1)]
    place = min(place, count - 1)
    by = BACK + timedelta(minutes=10 + back)
    wrong = moments[: place + 1] + [one - by for one in moments[place + 1 :]]
    found = set_back([Stamp(n, one, one) for n, one in enumerate(wrong)])
    assert found is not None
    assert (found[0].number, found[1]) == (place + 1, by - timedelta(minutes=10))


@given(st.integers(2, 30), st.integers(1, 500), st.integers(0, 20))
def test_where_all_do_the_same_nobody_is_named(people: int, receipts: int, taken: int) -> None:
    taken = min(taken, receipts)
    assert crowded({who: Served(receipts, taken) for who in range(people)}) == {}


@given(st.integers(3, 12), st.integers(60, 400), st.integers(0, 1), st.integers(20, 100))
def test_who_takes_half_of_their_receipts_back_is_named(
    others: int, receipts: int, taken: int, own: int
) -> None:
    people = {who: Served(receipts, taken) for who in range(others)}
    assert list(crowded(people | {99: Served(own, own // 2)})) == [99]


def test_a_few_corrections_name_nobody() -> None:
    assert crowded({1: Served(200, 0), 2: Served(10, 4)}) == {}
    assert crowded({1: Served(20, 0), 2: Served(10, 8)}) == {}


def test_a_tail_is_a_chance() -> None:
    assert abs(tail(0, 10, 0.3) - 1) < 1e-9
    assert abs(tail(1, 2, 0.5) - 0.75) < 1e-9
    assert abs(tail(10, 10, 0.5) - 0.5**10) < 1e-12


def test_which_shift_was_open() -> None:
    day = timedelta(days=1)
    spells = Spells([Spell(START + day, None), Spell(START, START + timedelta(hours=8))])
    assert spells.since == START
    assert spells.at(START - timedelta(seconds=1)) is None
    assert spells.at(START + timedelta(hours=8)) == Spell(START, START + timedelta(hours=8))
    assert spells.at(START + timedelta(hours=9)) is None
    assert spells.at(START + 9 * day) == Spell(START + day, None)
    assert Spells([]).at(START) is None
