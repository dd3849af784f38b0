"""ABC and menu engineering, and a period laid beside another."""

from hypothesis import given
from hypothesis import strategies as st

from desktop_app.reports.analysis import Dish, Sold, abc, engineered
from desktop_app.reports.shapes import (
    change,
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


def test_change_is_of_what_was() -> None:
    assert change(150, 100) == 5000
    assert change(50, 100) == -5000
    assert change(10, 0) is None
    assert change(-50, -100) == 5000
