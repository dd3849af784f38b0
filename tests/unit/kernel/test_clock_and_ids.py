"""Time and row numbers: business days over midnight and clock changes; numbers only grow."""

from __future__ import annotations

import threading
from datetime import UTC, date, datetime, time, timedelta, timezone
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop_app.kernel.clock import (
    FrozenClock,
    SystemClock,
    VenueTime,
    as_date,
    as_number,
    millis,
    moment,
    monotonic,
)
from desktop_app.kernel.ids import NODES, Ids

MOMENTS = st.datetimes(
    datetime(1970, 1, 2),  # noqa: DTZ001 - the strategy adds the zone
    datetime(2199, 1, 1),  # noqa: DTZ001 - as above
    timezones=st.just(UTC),
)
ZONES = st.sampled_from(
    ["Asia/Baku", "America/New_York", "Europe/Berlin", "Asia/Kathmandu", "Africa/Monrovia", "UTC"]
)
OPENINGS = st.times().map(lambda t: t.replace(second=0, microsecond=0))
BAKU = VenueTime("Asia/Baku", time(6))
CHANGING = {  # moments on the wall an hour and a half before the clocks change
    "America/New_York": [datetime(2026, 3, 8, 0, 30), datetime(2026, 11, 1, 0, 30)],  # noqa: DTZ001
    "Australia/Lord_Howe": [datetime(2026, 4, 5, 0, 30), datetime(2026, 10, 4, 0, 30)],  # noqa: DTZ001
    "Asia/Baku": [datetime(2015, 3, 29, 2, 30), datetime(2015, 10, 25, 2, 30)],  # noqa: DTZ001
    "Pacific/Apia": [datetime(2011, 12, 29, 22, 30)],  # noqa: DTZ001 - a day that never was
}


@given(MOMENTS)
def test_a_moment_survives_as_milliseconds(at: datetime) -> None:
    kept = moment(millis(at))
    assert timedelta(0) <= at - kept < timedelta(milliseconds=1)
    assert kept.tzinfo is UTC


def test_a_moment_of_another_zone_is_the_same_moment() -> None:
    there = datetime(2026, 11, 3, 12, tzinfo=timezone(timedelta(hours=4)))
    assert millis(there) == millis(datetime(2026, 11, 3, 8, tzinfo=UTC))


@given(st.dates())
def test_a_day_survives_as_a_number(day: date) -> None:
    assert as_date(as_number(day)) == day


@given(st.dates(), st.dates())
def test_numbers_of_days_sort_as_days_do(one: date, other: date) -> None:
    assert (as_number(one) < as_number(other)) == (one < other)


@pytest.mark.parametrize("number", [0, 20261301, 20260230, 99])
def test_a_number_that_is_no_day_is_refused(number: int) -> None:
    with pytest.raises(ValueError, match=r"month|day|year"):
        as_date(number)


@given(MOMENTS, ZONES, OPENINGS)
def test_a_business_day_is_the_day_or_the_one_before(
    at: datetime, zone: str, opening: time
) -> None:
    venue = VenueTime(zone, opening)
    wall = venue.local(at)
    expected = wall.date() if wall.time() >= opening else wall.date() - timedelta(days=1)
    assert as_date(venue.business_date(at)) == expected
    assert venue.business_day(at) == (as_number(expected), wall.hour)


def test_the_night_belongs_to_the_day_before() -> None:
    def day(hour: int, minute: int) -> int:
        return BAKU.business_date(datetime(2026, 11, 4, hour, minute, tzinfo=BAKU.zone))

    assert day(0, 0) == day(5, 59) == 20261103
    assert day(6, 0) == day(23, 59) == 20261104


def test_the_hour_that_a_clock_change_repeats_is_the_first_one() -> None:
    york = VenueTime("America/New_York", time(0))
    first = york.from_local(datetime(2026, 11, 1, 1, 30))  # noqa: DTZ001
    assert first == datetime(2026, 11, 1, 5, 30, tzinfo=UTC)
    again = first + timedelta(hours=1)
    assert york.local(again).hour == york.local(first).hour == 1
    assert york.business_date(again) == york.business_date(first) == 20261101


def test_the_hour_that_a_clock_change_skips_is_after_it() -> None:
    berlin = VenueTime("Europe/Berlin", time(6))
    assert berlin.from_local(datetime(2026, 3, 29, 2, 30)) == datetime(  # noqa: DTZ001
        2026, 3, 29, 1, 30, tzinfo=UTC
    )


def test_a_day_of_25_hours_is_one_business_day() -> None:
    york = VenueTime("America/New_York", time(6))
    begin = york.from_local(datetime(2026, 10, 31, 6))  # noqa: DTZ001
    hours = [york.business_date(begin + timedelta(hours=n)) for n in range(26)]
    assert hours.count(20261031) == 25
    assert hours[25] == 20261101


@given(MOMENTS, ZONES)
def test_wall_time_leads_back_outside_the_repeated_hour(at: datetime, zone: str) -> None:
    venue = VenueTime(zone, time(6))
    wall = venue.local(at)
    back = venue.from_local(wall.replace(tzinfo=None))
    assert back == at or wall.fold == 1


@given(st.lists(MOMENTS, max_size=20), ZONES, OPENINGS)
def test_many_moments_are_told_as_one_by_one(
    moments: list[datetime], zone: str, opening: time
) -> None:
    venue = VenueTime(zone, opening)
    found = venue.business_days_of(map(millis, moments))
    assert found == [venue.business_day(at) for at in moments]


@given(
    st.datetimes(datetime(1971, 1, 1), datetime(2037, 1, 1)),  # noqa: DTZ001 - on the wall
    st.sampled_from([*sorted(CHANGING), "Africa/Monrovia"]),
)
def test_the_wall_clock_is_read_as_the_zone_says(wall: datetime, zone: str) -> None:
    for change in CHANGING.get(zone, ()):
        for near in (wall, change + (wall - change) % timedelta(hours=3)):
            expected = near.replace(tzinfo=ZoneInfo(zone)).astimezone(UTC)
            assert VenueTime(zone, time(6)).from_local(near) == expected


def test_clocks_tell_utc() -> None:
    assert SystemClock().now().tzinfo is UTC
    assert FrozenClock(moment(5)).now() == moment(5)
    assert monotonic() <= monotonic()


@given(
    st.lists(st.tuples(st.integers(0, 2**40), st.integers(0, 9000)), min_size=1, max_size=12),
    st.integers(0, NODES - 1),
)
def test_row_numbers_grow_whatever_the_clock_does(steps: list[tuple[int, int]], node: int) -> None:
    now = 0
    ids = Ids(lambda: now, node)
    taken: list[int] = []
    for at, count in steps:
        now = at
        some = ids.take(count)
        assert len(some) == count
        taken += some
    assert all(one < other for one, other in pairwise(taken))
    assert all(number >> 12 & (NODES - 1) == node for number in taken)
    assert all(0 <= number < 2**63 for number in taken)


def test_two_nodes_never_meet() -> None:
    one, other = Ids(lambda: 5, 1), Ids(lambda: 5, 2)
    assert not set(one.take(5000)) & set(other.take(5000))


def test_one_node_chosen_twice_in_one_millisecond_begins_elsewhere() -> None:
    one, other = Ids(lambda: 5, 1, 0), Ids(lambda: 5, 1, 900)
    assert not set(one.take(900)) & set(other.take(900))
    clock = iter([5, 6])
    again = Ids(lambda: next(clock), 1, 900)
    assert again.one() - Ids(lambda: 5, 1).one() == 900
    assert again.one() == Ids(lambda: 6, 1).one()  # only the first millisecond begins there


@pytest.mark.parametrize("node", [-1, NODES])
def test_a_node_that_does_not_fit_is_refused(node: int) -> None:
    with pytest.raises(ValueError, match="does not fit"):
        Ids(lambda: 0, node)


def test_threads_never_get_the_same_number() -> None:
    ids, taken, lock = Ids(lambda: 1), [], threading.Lock()

    def take() -> None:
        mine = [ids.one() for _ in range(500)]
        with lock:
            taken.extend(mine)

    threads = [threading.Thread(target=take) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(set(taken)) == len(taken) == 2000
