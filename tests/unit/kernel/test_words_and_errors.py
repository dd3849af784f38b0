"""Messages, settings, errors and jobs: what every part says and relies on."""

from __future__ import annotations

import string

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop_app.kernel import errors
from desktop_app.kernel.access import Permission, Role
from desktop_app.kernel.errors import (
    AppError,
    ConflictError,
    DamagedError,
    InvalidError,
    NotAllowedError,
    NotFoundError,
    StoppedError,
    UnavailableError,
)
from desktop_app.kernel.job import Progress
from desktop_app.kernel.roles import BUILT_IN
from desktop_app.kernel.settings import SETTINGS, parse
from desktop_app.kernel.words import LANGUAGES, msg, msgs, words

CODES = {
    InvalidError: 2,
    NotAllowedError: 3,
    NotFoundError: 4,
    ConflictError: 5,
    UnavailableError: 6,
    DamagedError: 7,
    StoppedError: 130,
}


def test_exit_codes_are_a_promise_to_scripts() -> None:
    ours = [k for k in AppError.__subclasses__() if k.__module__ == errors.__name__]
    assert {kind: kind.exit_code for kind in ours} == CODES
    assert len({kind.code for kind in CODES}) == len(CODES)
    assert errors.BUG_EXIT_CODE not in CODES.values()


def test_an_error_says_what_happened_and_what_to_do() -> None:
    error = UnavailableError(msg("The disk {name} is gone.", name="E:"), hint=msg("Plug it in."))
    assert str(error) == "The disk E: is gone. Plug it in."
    assert str(ConflictError(msg("Taken."))) == "Taken."
    assert InvalidError(msg("No."), field="name").field == "name"


@given(st.text(), st.text())
def test_values_are_put_in_as_they_are(name: str, other: str) -> None:
    assert str(msg("a {name} b {other}", name=name, other=other)) == f"a {name} b {other}"


@given(st.text(string.ascii_letters + "{}% \\\n", max_size=30))
def test_what_people_type_never_breaks_a_message(typed: str) -> None:
    assert str(msg("“{typed}”", typed=typed)) == f"“{typed}”"
    nested = msg("outer {inner}", inner=msg("inner {typed}", typed=typed))
    assert str(nested) == f"outer inner {typed}"


def test_numbers_choose_their_form() -> None:
    for count in (0, 1, 2, 11):
        noun = "order" if count == 1 else "orders"
        assert str(msgs("{n} order", "{n} orders", count)) == f"{count} {noun}"


def test_an_unknown_language_is_english_and_an_empty_text_stays_empty() -> None:
    assert words("xx").language == "en"
    for language in LANGUAGES:
        assert words(language).say("") == ""
        assert words(language).say("no such text {x}", x=1) == "no such text 1"
    assert words("az").say("Stopped.") != ""


@pytest.mark.parametrize("name", SETTINGS)
def test_the_default_of_every_setting_fits_it(name: str) -> None:
    setting = SETTINGS[name]
    assert parse(setting, setting.default) == setting.default
    assert str(setting.description).endswith(".")
    assert str(setting.expected)


@given(st.sampled_from(sorted(SETTINGS)), st.text(max_size=12))
def test_any_text_is_a_value_or_refused_with_the_field(name: str, text: str) -> None:
    setting = SETTINGS[name]
    if setting.allowed(text):
        assert parse(setting, text) == text
        return
    with pytest.raises(InvalidError) as told:
        parse(setting, text)
    assert told.value.field == name


def test_progress_counts_and_stops_where_it_is_safe() -> None:
    progress = Progress()
    progress.stage(msg("Reading"), total=3)
    progress.advance()
    progress.advance(2)
    snapshot = progress.snapshot()
    assert (str(snapshot.stage), snapshot.done, snapshot.total) == ("Reading", 3, 3)
    assert not progress.cancelled
    progress.cancel()
    assert progress.cancelled
    for step in (progress.checkpoint, progress.advance, lambda: progress.stage(msg("Next"))):
        with pytest.raises(StoppedError):
            step()
    assert progress.snapshot() == snapshot


def test_an_actor_can_what_the_role_was_given() -> None:
    for role in Role:
        actor = BUILT_IN[role].actor("a")
        assert {p for p in Permission if actor.can(p)} == BUILT_IN[role].permissions
    assert Permission.USERS_MANAGE.value not in repr(BUILT_IN[Role.OWNER].actor("a"))
