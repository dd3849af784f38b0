"""Folding and search words: two spellings of one name meet."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop_app.kernel.text import clean, fold, phone_tokens, tokens, variants


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Əliyev", "aliyev"), ("Əliyev", "ELIYEV"), ("Алиев", "aliyev"), ("İlqar", "Ильгар"),
        ("Rafiq", "Рафик"), ("Hüseynov", "Гусейнов"), ("Şahin", "Шахин"), ("IŞIQ", "işıq"),
        ("Gülşən", "gulsen"), ("Yuliya", "Юлия"), ("Straße", "STRASSE"),
    ],
)  # fmt: skip
def test_two_spellings_share_a_search_word(one: str, other: str) -> None:
    assert tokens(one) & tokens(other)


@pytest.mark.parametrize(("one", "other"), [("Əli", "Vəli"), ("Бой", "Бои"), ("Rauf", "Raul")])
def test_different_names_share_none(one: str, other: str) -> None:
    assert not tokens(one) & tokens(other)


@given(st.text())
def test_folding_twice_changes_nothing_more(text: str) -> None:
    assert fold(fold(text)) == fold(text)


@given(st.text())
def test_the_case_of_a_name_does_not_matter(text: str) -> None:
    if text.upper().lower() == text.lower():
        assert fold(fold(text).upper()) == fold(fold(text))


@given(st.text())
def test_a_word_is_among_its_own_variants(text: str) -> None:
    if fold(text):
        assert fold(text) in variants(text)
    assert "" not in variants(text)


@given(st.text(), st.booleans())
def test_cleaning_twice_changes_nothing_more(text: str, lines: bool) -> None:
    once = clean(text, lines=lines)
    assert clean(once, lines=lines) == once
    assert "\x00" not in once
    assert lines or "\n" not in once


def test_a_telephone_is_found_by_its_endings() -> None:
    assert phone_tokens("+994501234567") == {"501234567", "1234567", "4567"}
    assert phone_tokens("12") == frozenset()
