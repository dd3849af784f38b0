"""Another period lies beside a report day by day, also where the house was closed on some."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop_app.kernel.clock import as_number
from desktop_app.kernel.words import msg
from desktop_app.reports.alongside import beside
from desktop_app.reports.records import Period
from desktop_app.reports.shapes import Column, Group, Line, ReportFacts, Unit, totals_of

FIRST, OTHER = date(2026, 2, 1), date(2026, 1, 4)
DAYS = 28
PERIODS = (
    Period(as_number(FIRST), as_number(FIRST + timedelta(days=DAYS - 1))),
    Period(as_number(OTHER), as_number(OTHER + timedelta(days=DAYS - 1))),
)


def facts(*, times: bool) -> ReportFacts:
    column = Column("revenue", msg("Revenue"), Unit.MONEY, total=True)
    return ReportFacts(
        "x", msg("Sales"), msg("Sales"), Group.SALES, msg("Day"), [column], "revenue", times=times
    )


NAMED = st.lists(
    st.tuples(st.sampled_from("abcdefgh"), st.integers(-50, 50)), unique_by=lambda one: one[0]
).map(lambda some: [Line(key, key, [value]) for key, value in some])
SOLD_ON = st.dictionaries(st.integers(0, DAYS - 1), st.integers(1, 50))


def lines(begin: date, sold: dict[int, int]) -> list[Line]:
    days = {(begin + timedelta(days=at)).isoformat(): value for at, value in sorted(sold.items())}
    return [Line(key, key, [value]) for key, value in days.items()]


@given(NAMED, NAMED)
def test_nothing_of_the_other_period_is_lost_by_key(now: list[Line], then: list[Line]) -> None:
    about = facts(times=False)
    rows = beside(about, PERIODS, now, then)
    assert sum(row.before or 0 for row in rows) == totals_of(about.columns, then)[0]
    assert sum(int(str(row.values[0])) for row in rows) == totals_of(about.columns, now)[0]


@given(SOLD_ON, SOLD_ON)
def test_the_first_day_lies_beside_the_first_whenever_the_house_was_closed(
    now: dict[int, int], then: dict[int, int]
) -> None:
    rows = beside(facts(times=True), PERIODS, lines(FIRST, now), lines(OTHER, then))
    found = {(date.fromisoformat(row.key) - FIRST).days: row for row in rows}
    assert list(found) == sorted(now.keys() | then.keys())
    for at, row in found.items():
        assert row.values == [now.get(at, 0)]
        assert row.before == (then.get(at, 0) if then else None)


@pytest.mark.parametrize(
    ("keys", "others", "expected"),
    [
        (["2026-W05", "2026-W07"], ["2026-W01", "2026-W02"],
         [("2026-W05", 1), ("2026-W06", 2), ("2026-W07", None)]),
        (["2026-01", "2026-02"], ["2025-11", "2025-12"], [("2026-01", 1), ("2026-02", 2)]),
        (["2026-12"], ["2025-12"], [("2026-12", 1)]),
        ([], ["2025-12"], []),
    ],
)  # fmt: skip
def test_weeks_and_months_lie_beside_each_other_without_bounds_too(
    keys: list[str], others: list[str], expected: list[tuple[str, int | None]]
) -> None:
    now = [Line(key, key, [9]) for key in keys]
    then = [Line(key, key, [n]) for n, key in enumerate(others, 1)]
    rows = beside(facts(times=True), (Period(), Period()), now, then)
    assert [(row.key, row.before) for row in rows] == expected
