"""Whether two cards are of one person, and why one thinks so. Pure."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from desktop_app.customers.records import Likeness
from desktop_app.kernel.text import fold, variants

WEIGHTS: Mapping[Likeness, int] = {
    Likeness.TAX_ID: 90,
    Likeness.PHONE: 60,
    Likeness.EMAIL: 60,
    Likeness.CODE: 50,
    Likeness.SAME_NAME: 40,
    Likeness.BIRTH_DATE: 35,
    Likeness.LIKE_NAME: 25,
}
ENOUGH, CERTAIN = 60, 100
"""From which score on two cards are shown, and the most there is."""
_LONG_WORD, _WORDS = 4, 2
_DOUBLED = re.compile(r"(.)\1+")  # Məmmədov is written Mamedov
_Fits = Callable[[frozenset[str], frozenset[str]], bool]


@dataclass(frozen=True, slots=True)
class Traits:
    """What of a card is compared."""

    name: str
    phones: frozenset[str] = frozenset()
    emails: frozenset[str] = frozenset()
    tax_id: str = ""
    code: str = ""
    born: date | None = None


def likenesses(one: Traits, other: Traits) -> Sequence[Likeness]:
    """Return in what two cards are alike, the strongest first; the same both ways round."""
    name = name_likeness(one.name, other.name)
    found = {
        Likeness.TAX_ID: bool(one.tax_id) and one.tax_id == other.tax_id,
        Likeness.PHONE: bool(one.phones & other.phones),
        Likeness.EMAIL: bool(one.emails & other.emails),
        Likeness.CODE: bool(one.code) and one.code == other.code,
        Likeness.SAME_NAME: name is Likeness.SAME_NAME,
        Likeness.LIKE_NAME: name is Likeness.LIKE_NAME,
        Likeness.BIRTH_DATE: one.born is not None and one.born == other.born,
    }
    return [why for why in WEIGHTS if found[why]]


def score(why: Sequence[Likeness]) -> int:
    """Return how sure that makes, from 0 to 100."""
    return min(CERTAIN, sum(WEIGHTS[one] for one in why))


def name_likeness(one: str, other: str) -> Likeness | None:
    """Return whether two names are the same in any spelling or order, or nearly so."""
    words, others = _words(one), _words(other)
    if not words or not others:
        return None
    if len(words) > len(others):
        words, others = others, words
    if len(words) == len(others) and _all_found(words, others, _same):
        return Likeness.SAME_NAME
    if len(words) >= _WORDS and _all_found(words, others, _nearly):
        return Likeness.LIKE_NAME
    return None


class NameBook:
    """Compares very many names: each word is spelled once, each pair of words compared once.

    It says of two names what `name_likeness` says: whether there is any likeness.
    """

    def __init__(self) -> None:
        self._names: dict[str, tuple[int, ...]] = {}
        self._numbers: dict[frozenset[str], int] = {}
        self._words: list[frozenset[str]] = []
        self._near: dict[tuple[int, int], bool] = {}

    def alike(self, one: str, other: str) -> bool:
        """Tell whether two names are the same in any spelling or order, or nearly so."""
        words, others = self._read(one), self._read(other)
        if len(words) > len(others):
            words, others = others, words
        near = self._near
        for word in words:  # most pairs end here
            for its in others:
                known = near.get((word, its))
                if known is None:
                    known = near[word, its] = _nearly(self._words[word], self._words[its])
                if known:
                    break
            else:
                return False
        return name_likeness(one, other) is not None

    def _read(self, name: str) -> tuple[int, ...]:
        found = self._names.get(name)
        if found is None:
            found = self._names[name] = tuple(map(self._number, _words(name)))
        return found

    def _number(self, word: frozenset[str]) -> int:
        found = self._numbers.get(word)
        if found is None:
            found = self._numbers[word] = len(self._words)
            self._words.append(word)
        return found


def _words(name: str) -> list[frozenset[str]]:
    folded = "".join(sign if sign.isalnum() else " " for sign in name).split()
    return [_spellings(word) for word in folded]


@lru_cache(65_536)
def _spellings(word: str) -> frozenset[str]:
    return variants(word) | {fold(word)}


def _all_found(words: list[frozenset[str]], others: list[frozenset[str]], fits: _Fits) -> bool:
    """Tell whether every word has another one of its own."""
    left = list(others)
    for word in words:
        match = next((one for one in left if fits(word, one)), None)
        if match is None:
            return False
        left.remove(match)
    return True


def _same(one: frozenset[str], other: frozenset[str]) -> bool:
    return not one.isdisjoint(other)


def _nearly(one: frozenset[str], other: frozenset[str]) -> bool:
    return _same(one, other) or any(
        _one_letter_apart(_DOUBLED.sub(r"\1", first), _DOUBLED.sub(r"\1", second))
        for first in one
        for second in other
        if min(len(first), len(second)) >= _LONG_WORD
    )


def _one_letter_apart(one: str, other: str) -> bool:
    if abs(len(one) - len(other)) > 1:
        return False
    at = 0
    while at < min(len(one), len(other)) and one[at] == other[at]:
        at += 1
    rest, others = one[at:], other[at:]
    return rest[1:] == others[1:] or rest[1:] == others or rest == others[1:]
