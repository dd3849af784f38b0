"""Passwords to be told over the telephone: six made-up words, about 75 bits."""

from __future__ import annotations

import secrets

WORDS = 6
_CONSONANTS = "bdfghklmnprstvyz"
_VOWELS = "aeiou"


def new_passphrase() -> str:
    """Return six words such as `kamo-tezi-…`; plain ASCII, sayable in all our languages."""
    return "-".join(_syllable() + _syllable() for _ in range(WORDS))


def _syllable() -> str:
    return secrets.choice(_CONSONANTS) + secrets.choice(_VOWELS)
