"""The one reader of JSON that somebody else may have written.

It refuses what Python's own reader lets through and what exhausts it: `NaN`, `1e999`, a key that
stands twice, numbers of a thousand digits, two hundred thousand brackets.
"""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from decimal import Decimal
from enum import StrEnum
from typing import Any, NoReturn

SIZE_LIMIT = 64 << 20
DEPTH_LIMIT = 32
DIGITS_LIMIT = 40

# A string that is never closed goes to the end: looking for its end again and again would take the
# square of the size.
_STRUCTURE = re.compile(rb'"(?:[^"\\]++|\\.)*+(?:"|\\?\Z)|[][{}]', re.DOTALL)
_OPENS = b"[{"


class JsonFlaw(StrEnum):
    """Why a text is not taken."""

    SIZE = "size"
    ENCODING = "encoding"
    SYNTAX = "syntax"
    DEPTH = "depth"
    NUMBER = "number"
    TWICE = "twice"


class BadJsonError(ValueError):
    """The text is not JSON as we take it; `line` is 0 where none can be named."""

    def __init__(self, flaw: JsonFlaw, line: int = 0) -> None:
        super().__init__(flaw, line)
        self.flaw = flaw
        self.line = line


def read_json(
    content: bytes | bytearray, *, size: int = SIZE_LIMIT, depth: int = DEPTH_LIMIT
) -> Any:
    """Return what a UTF-8 text of at most `size` bytes says, fractions as Decimal.

    BadJsonError for everything else: it never raises RecursionError, and takes time and memory in
    proportion to the text.
    """
    if len(content) > size:
        raise BadJsonError(JsonFlaw.SIZE)
    _check_depth(content, depth)
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise BadJsonError(JsonFlaw.ENCODING) from None
    try:
        return json.loads(
            text,
            parse_constant=_no_constant,
            parse_float=_fraction,
            parse_int=_whole,
            object_pairs_hook=_object,
        )
    except BadJsonError:
        raise
    except json.JSONDecodeError as error:
        raise BadJsonError(JsonFlaw.SYNTAX, error.lineno) from None
    except RecursionError:  # only where the caller allows more than Python does
        raise BadJsonError(JsonFlaw.DEPTH) from None


def _check_depth(content: bytes | bytearray, limit: int) -> None:
    depth = 0
    for found in _STRUCTURE.finditer(content):
        start = content[found.start()]
        if start in _OPENS:
            depth += 1
            if depth > limit:
                raise BadJsonError(JsonFlaw.DEPTH, content.count(b"\n", 0, found.start()) + 1)
        elif start != ord('"'):
            depth -= 1


def _no_constant(_text: str) -> NoReturn:
    raise BadJsonError(JsonFlaw.NUMBER)


def _whole(text: str) -> int:
    if len(text) > DIGITS_LIMIT:
        raise BadJsonError(JsonFlaw.NUMBER)
    return int(text)


def _fraction(text: str) -> Decimal:
    # 1e999 is finite for Decimal: what counts is how many digits it would have written out.
    number = Decimal(text) if len(text) <= DIGITS_LIMIT else Decimal("Infinity")
    if not number.is_finite() or not -DIGITS_LIMIT <= number.adjusted() <= DIGITS_LIMIT:
        raise BadJsonError(JsonFlaw.NUMBER)
    return number


def _object(pairs: Sequence[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise BadJsonError(JsonFlaw.TWICE)
    return found
