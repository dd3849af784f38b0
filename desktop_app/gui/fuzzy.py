"""How well a typed text fits an entry of the palette."""

from __future__ import annotations

_FOLD = str.maketrans("əıöüğşçİƏÖÜĞŞÇI", "eiougsciEOUGSCi")


def folded(text: str) -> str:
    """Return a text for comparing: small letters, Azerbaijani letters as they are often typed."""
    return text.translate(_FOLD).casefold()


def score(wanted: str, text: str) -> int:
    """Return 0 where `wanted` is not in `text`, more the better it fits.

    A whole word's beginning beats a part of a word, which beats letters in the right order.
    """
    needle, hay = folded(wanted.strip()), folded(text)
    if not needle:
        return 1
    at = hay.find(needle)
    if at >= 0:
        begins = at == 0 or not hay[at - 1].isalnum()
        return 100 - min(at, 40) + (60 if begins else 0)
    words = needle.split()
    if len(words) > 1 and all(word in hay for word in words):
        return 50
    return 10 if _in_order(needle, hay) else 0


def _in_order(needle: str, hay: str) -> bool:
    at = -1
    for letter in needle:
        at = hay.find(letter, at + 1)
        if at < 0:
            return False
    return True
