"""What becomes of characters that have no shape of their own, so that none is ever lost.

Joiners, variation selectors and direction marks stay with the character before them. Line ends and
tabs become spaces in a line that may not break. Everything else without a glyph is printed as its
code point, `[U+202E]`.
"""

from __future__ import annotations

import re
import unicodedata

_LINE_ENDS = re.compile("\r\n|[\n\r\v\f\x85\u2028\u2029]")
_TAB = re.compile("\t")
_DIRECTION_MARKS = frozenset(
    {0x061C, 0x200E, 0x200F, 0x202A, 0x202B, 0x202C, 0x2066, 0x2067, 0x2068, 0x2069}
)
_JOINERS = frozenset({0x200C, 0x200D, 0x2060})
_VARIATIONS = range(0xFE00, 0xFE10)
_TAGS = range(0xE0020, 0xE0080)
_SKIN_TONES = range(0x1F3FB, 0x1F400)
REPLACEMENT = "\ufffd"


def readable(text: str) -> str:
    """Return text without lone surrogates and with plain tabs; quick for ordinary text."""
    if text.isprintable():
        return text
    without = "".join(REPLACEMENT if "\ud800" <= ch <= "\udfff" else ch for ch in text)
    return _TAB.sub(" ", without)


def paragraphs(text: str) -> list[str]:
    """Return the lines a text was written in."""
    return _LINE_ENDS.split(readable(text))


def on_one_line(text: str) -> str:
    """Return text with its line ends as spaces."""
    return text if text.isprintable() else _LINE_ENDS.sub(" ", readable(text))


def is_unseen(code_point: int) -> bool:
    """Tell whether a character only acts on its neighbours and draws nothing."""
    return (
        code_point in _DIRECTION_MARKS
        or code_point in _JOINERS
        or code_point in _VARIATIONS
        or code_point in _TAGS
    )


def clings(character: str) -> bool:
    """Tell whether a character belongs to the one before it and must not be parted from it."""
    code_point = ord(character)
    return (
        is_unseen(code_point)
        or code_point in _SKIN_TONES
        or unicodedata.combining(character) != 0
        or unicodedata.category(character) in ("Mn", "Me")
    )


def is_control(character: str) -> bool:
    """Tell whether a character is a control or format code that no face should draw."""
    return unicodedata.category(character) in ("Cc", "Cf") and not is_unseen(ord(character))


def spelled_out(character: str) -> str:
    """Return the notation for a character that cannot be drawn."""
    return f"[U+{ord(character):04X}]"
