"""The watchdog itself: it barks at a held loop, and not at a busy machine."""

import time

import pytest

from tests.gui.watchdog import WALL_LIMIT_S, Watchdog


def test_it_barks_at_a_loop_that_waits_for_something(qtbot):
    watch = Watchdog()
    with pytest.raises(AssertionError, match="was held for"), watch:
        time.sleep(6 * WALL_LIMIT_S * watch._slowness)  # seen also where the sampler is held up


def test_it_barks_at_a_loop_that_computes(qtbot):
    watch = Watchdog(limit_s=0.001)
    with pytest.raises(AssertionError, match="was held for"), watch:
        sum(number * number % 7 for number in range(int(200_000 * watch._slowness)))


def test_it_is_quiet_where_whoever_only_sleeps_was_held_up_as_long(qtbot):
    watch = Watchdog()
    with watch:
        slept_s = 2 * WALL_LIMIT_S * watch._slowness
        time.sleep(slept_s)
        watch._late_s += slept_s
