"""Codes for people to read and type: Crockford's 32 characters with one check character.

The check is a Reed-Solomon symbol over GF(32): no single wrong character and no two neighbours
swapped pass it.
"""

from __future__ import annotations

import secrets
import unicodedata

CHARACTERS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_FIELD = 0x25  # x^5 + x^2 + 1
_HIGH = 32
_LIKE = str.maketrans({"O": "0", "I": "1", "L": "1"})


def random_code(length: int) -> str:
    """Return random characters, the last of which checks the others."""
    values = [secrets.randbelow(_HIGH) for _ in range(length - 1)]
    return "".join(CHARACTERS[value] for value in (*values, _check(values)))


def grouped(code: str, size: int) -> str:
    """Return a code in groups with dashes between them."""
    return "-".join(code[at : at + size] for at in range(0, len(code), size))


def read(text: str, length: int) -> str | None:
    """Return the code somebody typed, tidied; None where it cannot be one.

    Case, spaces and dashes do not matter; O, I and L are read as 0 and 1.
    """
    if len(text) > 4 * length:
        return None
    tidy = unicodedata.normalize("NFKC", text).upper().translate(_LIKE)
    tidy = "".join(c for c in tidy if c not in " -\t\u2010\u2011\u2012\u2013\u2014")
    if len(tidy) != length or any(c not in CHARACTERS for c in tidy):
        return None
    values = [CHARACTERS.index(c) for c in tidy]
    return tidy if _check(values[:-1]) == values[-1] else None


def _check(values: list[int]) -> int:
    """Return the sum of each value times a different power of the generator."""
    total = 0
    for value in values:
        total = _doubled(total ^ value)
    return total


def _doubled(value: int) -> int:
    value <<= 1
    return value ^ _FIELD if value & _HIGH else value
