"""ABC and menu engineering, and a period laid beside another."""

from hypothesis import given
from hypothesis import strategies as st

from desktop_app.kernel.words import msg
from desktop_app.reports.analysis import Dish, Sold, abc, engineered
from desktop_app.reports.shapes import (
    Column,
    Group,
    Line,
    ReportFacts,
    Unit,
    beside,
    change,
    totals_of,
)

AMOUNTS = st.lists(st.integers(-1000, 100_000), max_size=60).map(
    lambda some: sorted(some, reverse=True)
)


@given(AMOUNTS)
def test_the_classes_follow_each_other_and_hold_their_shares(amounts: list[int]) -> None:
    classes = abc(amounts)
    assert classes == sorted(classes)
    whole = sum(a for a in amounts if a > 0)
    best = [a for a, letter in zip(amounts, classes, strict=True) if letter == "A"]
    if whole:
        assert sum(best) * 100 >= whole * 80
        assert (sum(best) - best[-1]) * 100 < whole * 80
    assert all(letter == "C" for a, letter in zip(amounts, classes, strict=True) if a <= 0)


@given(st.lists(st.tuples(st.integers(0, 10_000), st.integers(-5000, 50_000)), max_size=40))
def test_every_dish_has_a_field_and_the_best_is_never_a_dog(pairs: list[tuple[int, int]]) -> None:
    dishes = [Sold(quantity, margin) for quantity, margin in pairs]
    fields = engineered(dishes)
    assert len(fields) == len(dishes)
    if any(dish.quantity for dish in dishes):
        most = max(range(len(dishes)), key=lambda at: dishes[at].quantity)
        assert fields[most] in (Dish.STAR, Dish.PLOUGH_HORSE)


def test_the_four_fields() -> None:
    dishes = [Sold(100, 1000), Sold(100, 100), Sold(10, 300), Sold(10, 10)]
    assert engineered(dishes) == [Dish.STAR, Dish.PLOUGH_HORSE, Dish.PUZZLE, Dish.DOG]


def facts(*, times: bool) -> ReportFacts:
    column = Column("revenue", msg("Revenue"), Unit.MONEY, total=True)
    return ReportFacts(
        "x", msg("Sales"), msg("Sales"), Group.SALES, msg("Day"), [column], "revenue", times=times
    )


LINES = st.lists(
    st.tuples(st.sampled_from("abcdefgh"), st.integers(-50, 50)), unique_by=lambda one: one[0]
).map(lambda some: [Line(key, key, [value]) for key, value in some])


@given(LINES, LINES)
def test_nothing_of_the_other_period_is_lost_by_key(now: list[Line], then: list[Line]) -> None:
    about = facts(times=False)
    rows = beside(about, now, then)
    assert sum(row.before or 0 for row in rows) == totals_of(about.columns, then)[0]
    assert sum(int(str(row.values[0])) for row in rows) == totals_of(about.columns, now)[0]


@given(LINES, LINES)
def test_times_lie_beside_each_other_from_their_beginning(
    now: list[Line], then: list[Line]
) -> None:
    rows = beside(facts(times=True), now, then)
    assert [row.key for row in rows] == [line.key for line in now]
    known = [line.values[0] for line in then]
    assert [row.before for row in rows] == (known + [None] * len(now))[: len(now)]


def test_change_is_of_what_was() -> None:
    assert change(150, 100) == 5000
    assert change(50, 100) == -5000
    assert change(10, 0) is None
    assert change(-50, -100) == 5000
