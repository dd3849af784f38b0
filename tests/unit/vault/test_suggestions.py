"""Suggested passwords, one-time codes and their characters."""

import math
import secrets

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop_app.kernel.errors import InvalidError
from desktop_app.vault import crockford, one_time, passwords, suggest

codes = st.integers(0, 2**64).map(lambda _: crockford.random_code(one_time.LENGTH))


def test_five_suggested_words_are_a_good_password_and_no_two_alike():
    seen = {suggest.words() for _ in range(200)}
    assert len(seen) == 200
    for words in seen:
        passwords.check(words, context=("Ənvər Şıxlı", "Çinar Restoran"))
        assert len(words.split()) == 5
        assert all(len(word) == 4 and word.isascii() for word in words.split())


def test_a_suggestion_has_sixty_bits_and_comes_from_the_system(monkeypatch):
    assert suggest.WORDS * math.log2(len(suggest.all_words())) > 60
    asked = []
    monkeypatch.setattr(secrets, "choice", lambda some: asked.append(1) or some[0])
    suggest.words()
    assert len(asked) == 5


def test_no_suggested_word_is_rude():
    assert not [w for w in suggest.all_words() if any(b in w for b in ("fuk", "sik", "kak", "pis"))]


@pytest.mark.parametrize("password", ["manchesterunited", "Momsanaladventure!", "kartoffelpuffer"])
def test_asvs_6_2_12_a_leaked_password_is_refused_however_long(password):
    with pytest.raises(InvalidError, match="easy to guess"):
        passwords.check(password)


@pytest.mark.parametrize(
    "password",
    ["superman&football", "2019 sunshine princess!", "Liverpool-Chelsea1", "q1w2e3r4t5y6u7i8"],
)
def test_two_leaked_passwords_in_a_row_are_refused(password):
    with pytest.raises(InvalidError, match="easy to guess"):
        passwords.check(password)


@pytest.mark.parametrize("password", ["correct horse battery staple", "tramvay külək qoz nar 1994"])
def test_three_and_more_common_words_are_taken(password):
    passwords.check(password)


def test_asvs_6_2_9_sixty_four_characters_and_more_are_taken_whole():
    passwords.check("yeddi qapı arxasında bir göl, gölün içində bir balıq, balığın içində üzük")


def test_a_password_cannot_look_like_a_one_time_code():
    with pytest.raises(InvalidError, match="one-time code"):
        passwords.check(one_time.random_text())


@given(codes)
def test_a_code_is_read_however_it_is_typed(code):
    written = crockford.grouped(code, 5)
    for typed in (written, written.lower(), written.replace("-", " "), code, f" {written} "):
        assert one_time.read(typed) == written
    assert one_time.read(written.replace("0", "o").replace("1", "l")) == written


@given(codes, st.integers(0, 14), st.sampled_from(crockford.CHARACTERS))
def test_one_wrong_character_is_always_noticed(code, at, wrong):
    typed = code[:at] + wrong + code[at + 1 :]
    assert (one_time.read(typed) is None) == (wrong != code[at])


@given(codes, st.integers(0, 13))
def test_two_neighbours_swapped_are_always_noticed(code, at):
    typed = code[:at] + code[at + 1] + code[at] + code[at + 2 :]
    assert (one_time.read(typed) is None) == (code[at] != code[at + 1])


@given(st.text(max_size=60))
def test_any_text_is_a_code_or_none(text):
    found = one_time.read(text)
    assert found is None or one_time.read(found) == found


def test_a_one_time_code_has_seventy_random_bits():
    text = one_time.random_text()
    assert [len(group) for group in text.split("-")] == [5, 5, 5]
    assert (one_time.LENGTH - 1) * 5 >= 64
    assert len({one_time.random_text() for _ in range(1000)}) == 1000
