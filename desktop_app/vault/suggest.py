"""Suggests passwords: five made-up words, easy to type on any keyboard and to say in any language.

Each word is two syllables of letters that every Latin keyboard has without a shift, so it can be
read out and written down: `pifo geru muza rona zoda`. 4,700 words, 61 bits for five of them: at the
900 guesses a second of one graphics card (security.md 2.6) forty million years on average.
"""

from __future__ import annotations

import secrets
from functools import cache

WORDS = 5
_CONSONANTS = "bdfgklmnprstvz"
_VOWELS = "aeiou"
# Said aloud in one of our languages these would raise an eyebrow.
_NOT = (
    *("fuk", "fuc", "kak", "kuk", "pip", "pis", "sik", "sek", "gok", "gat", "got", "tit", "bok"),
    *("pid", "kun", "nig", "neg", "pok", "zib", "dib", "ses", "suk", "sok", "gud", "gey", "fag"),
    *("nazi", "rape", "puta", "kaka", "popo", "pede", "dupa", "lox", "suka", "kuni", "mudi"),
)


@cache
def all_words() -> tuple[str, ...]:
    """Return every word that may come up, sorted."""
    syllables = [c + v for c in _CONSONANTS for v in _VOWELS]
    words = (one + other for one in syllables for other in syllables if one != other)
    return tuple(sorted(word for word in words if not any(bad in word for bad in _NOT)))


def words(count: int = WORDS) -> str:
    """Return random words with spaces between them."""
    chosen = all_words()
    return " ".join(secrets.choice(chosen) for _ in range(count))
