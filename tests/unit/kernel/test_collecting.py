"""The search for cycles: put off for as long as somebody wants it so, and then as it was."""

from __future__ import annotations

import gc
from collections.abc import Iterator

import pytest

from desktop_app.kernel.collecting import no_search_for_cycles


@pytest.fixture(autouse=True)
def _as_it_was() -> Iterator[None]:
    was = gc.isenabled()
    gc.enable()
    yield
    (gc.enable if was else gc.disable)()


def test_the_last_one_to_leave_turns_it_on_again() -> None:
    first, second = no_search_for_cycles(), no_search_for_cycles()
    with first:
        second.__enter__()
        assert not gc.isenabled()
    assert not gc.isenabled()  # two imports need not end in the order they began in
    second.__exit__(None, None, None)
    assert gc.isenabled()


def test_an_error_turns_it_on_again() -> None:
    with pytest.raises(ValueError, match="no"), no_search_for_cycles():
        raise ValueError("no")
    assert gc.isenabled()


def test_where_it_is_off_for_good_it_stays_off() -> None:
    gc.disable()
    with no_search_for_cycles():
        assert not gc.isenabled()
    assert not gc.isenabled()
