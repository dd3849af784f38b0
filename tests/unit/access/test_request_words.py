"""Every deed is asked for in words: what you see is what you sign."""

from __future__ import annotations

import pytest

import desktop_app.app  # noqa: F401 - fills the registry
from desktop_app.access.arguments import hints_of
from desktop_app.access.request_records import State
from desktop_app.access.request_words import ARGUMENTS, STATES, WISHES
from desktop_app.db.operation import REGISTRY
from desktop_app.kernel.deeds import Deed

DEEDS = {name: op for name, op in REGISTRY.items() if op.deed and op.deed is not Deed.DECIDE}


@pytest.mark.parametrize("name", DEEDS)
def test_a_deed_and_its_arguments_have_words(name: str) -> None:
    assert name in WISHES, "say in access/request_words.py what somebody wants who asks for it"
    missing = sorted(set(hints_of(DEEDS[name])) - set(ARGUMENTS))
    assert missing == [], "say in access/request_words.py what these are called"


def test_every_state_has_a_word() -> None:
    assert set(STATES) == {state.value for state in State}
