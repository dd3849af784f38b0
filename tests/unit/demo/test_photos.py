"""The photos of the demonstration: which dishes have one, and that chance paints them the same."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from desktop_app.demo.brush import HEIGHT, WIDTH
from desktop_app.demo.menu import dishes
from desktop_app.demo.plates import PLATES, painted

MANY_COLOURS = 1_000


def test_dishes_with_a_photo_are_on_the_menu() -> None:
    names = {portion.name for dish in dishes() for portion in dish.portions}
    assert names >= set(PLATES)


@pytest.mark.parametrize("name", PLATES)
def test_every_photo_is_full_of_colour(name: str) -> None:
    picture = painted(1, name)
    assert (picture.mode, picture.size) == ("RGB", (WIDTH, HEIGHT))
    assert len(picture.getcolors(WIDTH * HEIGHT) or ()) > MANY_COLOURS


@settings(max_examples=15, deadline=None)
@given(st.integers(0, 1_000), st.sampled_from(sorted(PLATES)))
def test_a_seed_paints_the_same_photo(seed: int, name: str) -> None:
    assert painted(seed, name).tobytes() == painted(seed, name).tobytes()
