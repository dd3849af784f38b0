"""Digits and separators of every script as western ones, in a text of the same length.

People write numbers with Arabic, Devanagari or full-width digits, with no-break spaces and with
dashes of ten kinds; whoever searches for numbers sees 0 to 9, a space and a hyphen.
"""

from __future__ import annotations

import unicodedata

ODD_DIGITS = (
    "\u00b2\u00b3\u00b9\u2070\u2074-\u2079\u2080-\u2089\u2460-\u2468\u2474-\u247c\u2488-\u2490"
    "\u24ea\u24f5-\u24fd\u24ff\u2776-\u277e\u2780-\u2788\u278a-\u2792\u1369-\u1371\u19da"
    "\U00010a40-\U00010a43\U00010e60-\U00010e68\U00011052-\U0001105a\U0001f100-\U0001f10a"
)
"""Digits that are no decimals to `re` (superscripts, digits in circles), for a character class."""
_SPACES = frozenset({"Zs", "Cf", "Zl", "Zp"})


class _Western(dict[int, str]):
    def __missing__(self, code: int) -> str:
        character = chr(code)
        value = unicodedata.digit(character, None)
        kind = unicodedata.category(character)
        if value is not None:
            western = str(value)
        elif kind in _SPACES:
            western = " "
        else:
            western = "-" if kind == "Pd" or character == "\u2212" else character
        self[code] = western
        return western


_WESTERN = _Western()


def western(text: str) -> str:
    """Return a text, as long as before, with western digits, plain spaces and plain hyphens."""
    return text if text.isascii() else text.translate(_WESTERN)
