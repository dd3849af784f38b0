"""Which passwords are good enough to be the only thing between a thief and the store.

NIST SP 800-63B-4: at least 15 characters where the password is the only factor, at least 64
allowed, no rules about kinds of characters, never changed for its age, a list of what is guessed
first. Lists of leaked passwords hold hardly any of 15 characters, so what is refused here are also
long passwords made of short guesses: one or two leaked ones with digits around them, a word
repeated, a row of the keyboard, the restaurant's name and a year. ASVS 6.2.1 to 6.2.12.
"""

from __future__ import annotations

import gzip
import re
import unicodedata
from collections.abc import Collection
from functools import cache

from desktop_app.kernel.errors import InvalidError
from desktop_app.kernel.resources import resource
from desktop_app.kernel.words import msg
from desktop_app.vault import one_time
from desktop_app.vault.names import folded

SHORTEST = 15
LONGEST = 1024
_SHORTEST_WORD = 3
_LEAST_OWN = 6
_LEAST_DIFFERENT = 5
_RUN = 4
_TWO_WORDS = 64
_GUESSED_FIRST = (
    *("password", "passw0rd", "parol", "sifre", "şifrə", "şifre", "пароль", "letmein", "welcome"),
    *("qwerty", "qazwsx", "1q2w3e4r", "йцукен", "iloveyou", "dragon", "monkey", "football"),
    *("admin", "administrator", "owner", "manager", "staff", "secret", "login", "master", "demo"),
    *("clopos", "desk", "restaurant", "restoran", "kafe", "cafe", "azerbaijan", "azərbaycan"),
    *("baku", "bakı", "baki", "qarabağ", "karabakh", "trustno1", "changeme", "superman", "salam"),
)
_ROWS = (
    *("qwertyuiop", "asdfghjkl", "zxcvbnm", "qazwsxedcrfvtgbyhnujmikolp", "1qaz2wsx3edc4rfv5tgb"),
    *("qüertyuiopöğ", "йцукенгшщзхъ", "фывапролджэ", "ячсмитьбю"),
    *("0123456789012345678901234567890", "abcdefghijklmnopqrstuvwxyz"),
)


def check(password: str, *, context: Collection[str] = ()) -> None:
    """Raise InvalidError with the reason where a password is too easy to guess.

    `context` are words an attacker knows: the user's name, the restaurant's.
    """
    normal = unicodedata.normalize("NFKC", password)
    check_possible(normal)
    if len(normal) < SHORTEST:
        raise InvalidError(
            msg("The password needs at least {least} characters.", least=SHORTEST),
            field="password",
            hint=msg("Four or five words that have nothing to do with each other are good."),
        )
    if one_time.read(normal) is not None:
        raise InvalidError(
            msg("This has the form of a one-time code. Choose a password of your own."),
            field="password",
        )
    if _leaked(folded(normal)) or _guessable(folded(normal), context):
        raise InvalidError(
            msg("The password is easy to guess: it is made of names, common words or patterns."),
            field="password",
            hint=msg("Four or five words that have nothing to do with each other are good."),
        )


def check_possible(password: str) -> None:
    """Raise InvalidError where a password cannot be taken at all."""
    if not password:
        raise InvalidError(msg("The password is empty."), field="password")
    if len(password) > LONGEST:
        raise InvalidError(
            msg("The password has more than {limit} characters.", limit=LONGEST), field="password"
        )


@cache
def _common() -> frozenset[str]:
    """Return the passwords that are guessed first: lower case, letters and digits only."""
    packed = resource("passwords", "common.txt.gz").read_bytes()
    return frozenset(gzip.decompress(packed).decode("ascii").split())


def _leaked(text: str) -> bool:
    """Tell whether a text is a leaked password, or two of them, with digits and signs around."""
    bare = re.sub(r"[\W_]+", "", text)
    core = bare.strip("0123456789")
    leaked = _common()
    if bare in leaked or core in leaked:
        return True
    ends = range(_RUN, len(core) - _RUN + 1) if len(core) <= _TWO_WORDS else ()
    return any(core[:end] in leaked and core[end:].strip("0123456789") in leaked for end in ends)


def _guessable(text: str, context: Collection[str]) -> bool:
    if len(set(text)) < _LEAST_DIFFERENT or _repeated(text):
        return True
    words = {folded(word) for phrase in context for word in (phrase, *phrase.split())}
    words |= {folded(word) for word in _GUESSED_FIRST}
    left = text
    for word in sorted((w for w in words if len(w) >= _SHORTEST_WORD), key=len, reverse=True):
        left = left.replace(word, " ")
    own = "".join(part for part in re.split(r"[\s\d\W_]+", left) if len(part) > 1)
    digits = re.sub(r"\D", "", left)
    return len(_without_runs(own) + _without_runs(digits)[4:]) < _LEAST_OWN


def _repeated(text: str) -> bool:
    return text in (text + text)[1:-1]


def _without_runs(text: str) -> str:
    """Cut rows of the keyboard, the alphabet and counting out of a text."""
    rows = [*_ROWS, *(row[::-1] for row in _ROWS)]
    kept, start = [], 0
    while start < len(text):
        end = start + _RUN
        if end <= len(text) and any(text[start:end] in row for row in rows):
            while end < len(text) and any(text[start : end + 1] in row for row in rows):
                end += 1
            start = end
        else:
            kept.append(text[start])
            start += 1
    return "".join(kept)
