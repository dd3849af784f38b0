"""How customers are searched. Pure."""

from __future__ import annotations

from desktop_app.kernel.text import fold, variants

_WHOLE_NUMBER = 9
_PHONE_SIGNS = " +-().\u00a0"


def typed_words(text: str) -> list[frozenset[str]]:
    """Return, for each word somebody typed, the beginnings that count as that word.

    Digits with phone punctuation are one word: the last nine digits of a whole number, or what
    was typed of an ending, without the zero of the area code.
    """
    digits = "".join(sign for sign in text if sign not in _PHONE_SIGNS)
    if digits.isascii() and digits.isdigit():
        short = digits[-_WHOLE_NUMBER:] if len(digits) >= _WHOLE_NUMBER else digits
        return [frozenset({short, digits})]
    return [variants(fold(word)) | {fold(word)} for word in text.split() if fold(word)]
