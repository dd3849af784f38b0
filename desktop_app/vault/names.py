"""Names of people as they sign in: any script, compared without looking at case.

Turkish and Azerbaijani have four letters i (i, İ, ı, I); which two belong together depends on the
language, so all four count as one and nobody can pass for somebody else by a dot.
"""

from __future__ import annotations

import unicodedata

from desktop_app.kernel.card_words import refuse_cards
from desktop_app.kernel.errors import InvalidError
from desktop_app.kernel.words import msg

LONGEST = 64
_DOT_ABOVE = "\u0307"


def folded(name: str) -> str:
    """Return the form in which two spellings of one name are equal."""
    compat = unicodedata.normalize("NFKC", name).casefold()
    spaced = " ".join(compat.split())
    return unicodedata.normalize("NFC", spaced.replace("i" + _DOT_ABOVE, "i").replace("ı", "i"))


def checked(name: str) -> str:
    """Return a new user's name, tidied; InvalidError where it cannot be one."""
    tidy = unicodedata.normalize("NFC", " ".join(name.split()))
    if not tidy:
        raise InvalidError(msg("The user needs a name."), field="name")
    if len(tidy) > LONGEST:
        raise InvalidError(
            msg("A user's name has at most {limit} characters.", limit=LONGEST), field="name"
        )
    if any(unicodedata.category(c).startswith("C") for c in tidy):
        raise InvalidError(msg("The user's name contains characters nobody sees."), field="name")
    refuse_cards("name", tidy)
    return tidy
