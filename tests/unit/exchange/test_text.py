import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop_app.kernel.text import (
    clean,
    fold,
    masked_email,
    masked_name,
    masked_phone,
    phone_tokens,
    tokens,
)

any_text = st.text(
    st.characters(codec=None)
    | st.sampled_from("İIıiƏəЁёЙйßẞǅﬁ\u0307\u0306\u200b\u202e\ufeff\n\r\t\u2028")
)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("İLHAM", "ilham"),
        ("ILHAM", "ilham"),
        ("Işıq", "isiq"),
        ("ƏLİYEV", "Eliyev"),
        ("Çağrı Öztürk", "cagri ozturk"),
        ("Артём", "АРТЕМ"),
        ("Straße", "STRASSE"),
        ("ﬁlter", "filter"),
        ("Ｋａｆｅ", "kafe"),
        ("İ", "I"),
        ("Gülşən", "GULSEN"),
    ],
)
def test_spellings_of_one_name_fold_alike(one, other):
    assert fold(one) == fold(other)


def test_short_i_stays_a_letter_of_its_own():
    assert fold("Сергей") != fold("Сергеи")
    assert fold("и\u0306") == "й"


@given(any_text)
def test_folding_twice_changes_nothing_more(text):
    assert fold(fold(text)) == fold(text)


@given(any_text)
def test_folding_does_not_depend_on_how_marks_are_composed(text):
    assert fold(unicodedata.normalize("NFD", text)) == fold(unicodedata.normalize("NFC", text))


@given(any_text, st.booleans())
def test_clean_text_has_no_control_or_direction_characters(text, lines):
    cleaned = clean(text, lines=lines)
    bad = {"Cc", "Cs"}
    assert not [c for c in cleaned if unicodedata.category(c) in bad and c != "\n"]
    assert not set(cleaned) & set(
        "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\u200e\u200f"
    )
    assert cleaned == cleaned.strip()
    assert "  " not in cleaned
    assert lines or "\n" not in cleaned
    assert clean(cleaned, lines=lines) == cleaned


def test_cleaning_keeps_the_lines_of_a_note_and_joined_emoji():
    assert clean("  bir \r\n\u2028 iki\tüç ", lines=True) == "bir\n\niki üç"
    assert clean(" Kamal \u00a0 Heydərli ") == "Kamal Heydərli"
    assert clean("👩\u200d🍳") == "👩\u200d🍳"


@pytest.mark.parametrize(
    ("stored", "typed"),
    [
        ("Нонна Князева", "nonna"),
        ("Нонна Князева", "knyazeva"),
        ("Əli Məmmədov", "ali"),
        ("Əli Məmmədov", "mammadov"),
        ("Əli Məmmədov", "memmedov"),
        ("Шахин", "sahin"),
        ("Шахин", "shakhin"),
        ("Гусейнов Гасан", "hüseynov"),
        ("Гусейнов Гасан", "Həsən"),
        ("Kamal", "Камал"),
        ("Ҝүлнарə", "gulnare"),
    ],
)
def test_a_name_is_found_as_people_type_it(stored, typed):
    assert tokens(stored) & tokens(typed)


@given(any_text)
def test_tokens_are_never_empty_and_are_folded(text):
    for token in tokens(text):
        assert token
        assert fold(token) == token


def test_a_phone_is_found_by_its_last_digits():
    assert phone_tokens("+994501234567") == {"501234567", "1234567", "4567"}
    assert phone_tokens("12") == frozenset()


def test_masks_do_not_tell_lengths():
    assert masked_name("Kamal Heydərli") == "K••• H•••"
    assert masked_name("Əli Li") == "Ə••• L•••"
    assert masked_phone("+994501234567") == "+994•••••67"
    assert masked_phone("1234") == "•••••"
    assert masked_email("kamal@example.com") == "k•••@example.com"
    assert masked_email("kamal") == "•••"
