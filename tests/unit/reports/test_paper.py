"""The picture of a report ends at a round number."""

from hypothesis import given
from hypothesis import strategies as st

from desktop_app.reports.paper import _round_up


@given(st.integers(1, 10**15))
def test_a_scale_ends_at_a_round_number_that_nothing_exceeds(highest: int) -> None:
    top = _round_up(highest)
    assert highest <= top <= 2 * highest
    assert len(str(top).rstrip("0")) == 1
