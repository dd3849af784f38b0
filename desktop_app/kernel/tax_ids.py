"""Azerbaijan's tax number (VÖEN): ten digits, the ninth checks the first eight, the last is 1 or 2.

Source: python-stdnum, `az.voen`; 1 is a legal person, 2 a natural one.
"""

from __future__ import annotations

import re

from desktop_app.kernel.errors import InvalidError
from desktop_app.kernel.words import msg

_LENGTH = 10
_WEIGHTS = (4, 1, 8, 6, 2, 7, 5, 3)
_BETWEEN = re.compile(r"[\s\u00a0-]+")


def is_tax_id(digits: str) -> bool:
    """Tell whether ten digits follow the rule."""
    if len(digits) != _LENGTH or not (digits.isascii() and digits.isdigit()):
        return False
    total = sum(int(digit) * weight for digit, weight in zip(digits, _WEIGHTS, strict=False))
    return digits[-1] in "12" and str(total % 11) == digits[8]


def bare(text: str) -> str:
    """Return a tax number without blanks, dashes and a spreadsheet's apostrophe."""
    return _BETWEEN.sub("", text.strip().lstrip("'"))


def check_voen(digits: str, field: str = "tax_id") -> None:
    """Raise InvalidError for a number of digits alone that is no VÖEN, saying what is wrong."""
    if is_tax_id(digits) or not (digits.isascii() and digits.isdigit()):
        return
    if len(digits) == _LENGTH:
        raise InvalidError(
            msg("The check digit of this VÖEN is wrong: a digit was mistyped."), field=field
        )
    raise InvalidError(msg("A VÖEN has ten digits."), field=field)
