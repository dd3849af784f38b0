"""Hours add up whatever the clocks do; forms say which field is wrong."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop_app.kernel.clock import VenueTime
from desktop_app.kernel.errors import InvalidError
from desktop_app.staff.records import EmployeeForm, PayBasis, PayRow, PayTerms, Spell
from desktop_app.staff.rules import (
    by_day,
    check_pay,
    check_reason,
    check_spell,
    cost_of,
    hours_text,
    tidy,
)

HOUR = 3_600_000
TODAY = date(2026, 11, 26)
NOW = datetime(2026, 11, 26, 12, tzinfo=UTC)
ZONES = st.sampled_from(["Asia/Baku", "Europe/Berlin", "America/New_York", "Australia/Lord_Howe"])
OPENINGS = st.times(max_value=time(11)).map(lambda t: t.replace(second=0, microsecond=0))
STARTS = st.integers(0, 1000 * 86_400).map(
    lambda s: datetime(2024, 1, 1, tzinfo=UTC) + timedelta(seconds=s)
)
LENGTHS = st.integers(1, 24 * 3600).map(lambda s: timedelta(seconds=s))


@given(ZONES, OPENINGS, STARTS, LENGTHS)
def test_the_days_of_a_stretch_add_up_to_it(zone: str, opening: time, start: datetime, length):
    found = by_day(Spell(start, start + length), start + length, VenueTime(zone, opening))
    assert sum(part for _, part in found) == length // timedelta(milliseconds=1)
    assert all(part > 0 for _, part in found)
    days = [day for day, _ in found]
    assert days == sorted(set(days))
    assert len(days) <= 3


def test_a_night_shift_is_shared_by_the_days_it_touches() -> None:
    baku = VenueTime("Asia/Baku", time(6))
    start = datetime(2026, 11, 2, 18, tzinfo=UTC)  # 22:00 in Baku
    found = by_day(Spell(start, None), start + timedelta(hours=9, minutes=30), baku)
    assert found == [(date(2026, 11, 2), 8 * HOUR), (date(2026, 11, 3), HOUR * 3 // 2)]


@pytest.mark.parametrize(("day", "worked"), [(date(2026, 10, 24), 9), (date(2026, 3, 28), 7)])
def test_clocks_that_change_make_a_night_longer_or_shorter(day: date, worked: int) -> None:
    berlin = VenueTime("Europe/Berlin", time(6))
    start = berlin.from_local(datetime.combine(day, time(22)))
    end = berlin.from_local(datetime.combine(day + timedelta(days=1), time(6)))
    assert by_day(Spell(start, end), end, berlin) == [(day, worked * HOUR)]


@given(st.lists(st.tuples(st.integers(0, 40), st.integers(1, 12)), max_size=12))
def test_times_that_were_let_in_never_overlap(wished) -> None:
    taken: list[Spell] = []
    for start, length in wished:
        begins = NOW - timedelta(hours=60 - start)
        spell = Spell(begins, begins + timedelta(hours=length))
        free = not any(
            spell.started_at < (one.ended_at or NOW) and one.started_at < (spell.ended_at or NOW)
            for one in taken
        )
        if free:
            check_spell(spell, taken, NOW)
            taken.append(spell)
        else:
            with pytest.raises(InvalidError, match="already"):
                check_spell(spell, taken, NOW)
    ordered = sorted(taken, key=lambda one: one.started_at)
    for one, after in pairwise(ordered):
        assert (one.ended_at or NOW) <= after.started_at


@pytest.mark.parametrize(
    ("spell", "field"),
    [
        (Spell(NOW + timedelta(minutes=1), None), "started"),
        (Spell(NOW - timedelta(hours=1), NOW + timedelta(hours=1)), "ended"),
        (Spell(NOW - timedelta(hours=1), NOW - timedelta(hours=1)), "ended"),
        (Spell(NOW - timedelta(hours=30), NOW - timedelta(hours=1)), "ended"),
        (Spell(NOW - timedelta(hours=30), None), "ended"),
    ],
)
def test_time_nobody_can_have_worked_is_refused(spell: Spell, field: str) -> None:
    with pytest.raises(InvalidError) as refused:
        check_spell(spell, (), NOW)
    assert refused.value.field == field


@given(
    st.lists(st.integers(1, 24 * HOUR), min_size=1, max_size=20),
    st.integers(0, 10**9),
    st.integers(1, 744),
)
def test_the_cost_of_hours_is_their_share_of_the_month(parts, monthly: int, hours: int) -> None:
    pay = [PayRow(1, "", "", date(2026, 1, 1), monthly, hours)]
    day = date(2026, 11, 2)
    whole = cost_of(sum(parts), day, pay) or 0
    each = sum(cost_of(part, day, pay) or 0 for part in parts)
    assert abs(whole - each) <= len(parts)
    assert cost_of(hours * HOUR, day, pay) == monthly


def test_pay_holds_from_its_day_on() -> None:
    pay = [
        PayRow(1, "", "", date(2026, 1, 1), 100_000, 100),
        PayRow(1, "", "", date(2026, 6, 1), 200_000, 100),
    ]
    assert cost_of(HOUR, date(2025, 12, 31), pay) is None
    assert cost_of(HOUR, date(2026, 5, 31), pay) == 1_000
    assert cost_of(HOUR, date(2026, 6, 1), pay) == 2_000
    assert hours_text(HOUR * 3 // 2) == "1.50"
    for monthly, hours, field in ((-1, 173, "amount"), (10**15, 173, "amount"), (1, 0, "hours")):
        with pytest.raises(InvalidError) as refused:
            check_pay(PayTerms(monthly, hours), date(2026, 1, 1))
        assert refused.value.field == field


@pytest.mark.parametrize(
    ("form", "field"),
    [
        (EmployeeForm("  "), "name"),
        (EmployeeForm("ə" * 201), "name"),
        (EmployeeForm("A", position="p" * 101), "position"),
        (EmployeeForm("A", phone="zəng et"), "phone"),
        (EmployeeForm("A", email="a@b"), "email"),
        (EmployeeForm("A", note="n" * 10_001), "note"),
        (EmployeeForm("A", hired_on=date(1900, 1, 1)), "hired_on"),
        (EmployeeForm("A", hired_on=TODAY, left_on=TODAY - timedelta(days=1)), "left_on"),
        (EmployeeForm("A", left_on=TODAY + timedelta(days=1)), "left_on"),
    ],
)
def test_a_form_says_which_field_is_wrong(form: EmployeeForm, field: str) -> None:
    with pytest.raises(InvalidError) as refused:
        tidy(form, TODAY)
    assert refused.value.field == field


def test_a_form_is_tidied_and_keeps_any_script() -> None:
    form = EmployeeForm(" מירב  كريم 🍞 ", " Aşpaz ", "+994 50 123-45-67", " a@b.az ",
                        date(2024, 2, 29), note=" " + "n" * 10_000 + " ")  # fmt: skip
    done = tidy(form, TODAY)
    assert (done.name, done.position, done.email) == ("מירב كريم 🍞", "Aşpaz", "a@b.az")
    with pytest.raises(InvalidError):
        check_reason("r" * 1001)


@given(
    st.integers(0, 10**12),
    st.dates(date(2000, 1, 1), date(2100, 12, 31)),
    st.sampled_from([0, HOUR, 9 * HOUR]),
)
def test_the_days_of_a_month_that_is_paid_whole_add_up_to_it(amount: int, some: date, worked: int):
    pay = [PayRow(1, "", "", date(1990, 1, 1), amount, basis=PayBasis.MONTH)]
    days = [some.replace(day=1) + timedelta(days=n) for n in range(31)]
    costs = [cost_of(worked, day, pay) or 0 for day in days if day.month == some.month]
    assert sum(costs) == amount
    assert max(costs) - min(costs) <= 1


@given(st.integers(0, 10**9), st.lists(st.integers(0, 24), min_size=1, max_size=5))
def test_hours_cost_what_an_hour_does_and_a_day_is_paid_once(amount: int, hours: list[int]) -> None:
    day = date(2026, 11, 2)
    hourly = [PayRow(1, "", "", day, amount, basis=PayBasis.HOUR)]
    daily = [PayRow(1, "", "", day, amount, basis=PayBasis.DAY)]
    assert sum(cost_of(n * HOUR, day, hourly) or 0 for n in hours) == sum(hours) * amount
    assert [cost_of(n * HOUR, day, daily) for n in hours] == [amount] * len(hours)
    assert cost_of(HOUR, day, daily, came=False) == 0
    assert cost_of(HOUR, day - timedelta(days=1), daily) is None
