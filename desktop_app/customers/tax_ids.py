"""Azerbaijan's tax number (VÖEN): ten digits, the ninth checks the first eight, the last is 1 or 2.

Source: python-stdnum, `az.voen`; 1 is a legal person, 2 a natural one.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from desktop_app.customers.records import TaxIdState

_LENGTH = 10
_LONGEST = 32
_WEIGHTS = (4, 1, 8, 6, 2, 7, 5, 3)
_BETWEEN = re.compile(r"[\s\u00a0-]+")


@dataclass(frozen=True, slots=True)
class TaxId:
    """A tax number as it should be written, and what its check digit says."""

    value: str
    state: TaxIdState


def read_tax_id(text: str) -> TaxId:
    """Return a tax number without blanks; a leading zero that a spreadsheet dropped is put back."""
    digits = _BETWEEN.sub("", text.strip().lstrip("'"))
    if is_tax_id(digits):
        return TaxId(digits, TaxIdState.VALID)
    if len(digits) == _LENGTH - 1 and is_tax_id(f"0{digits}"):
        return TaxId(f"0{digits}", TaxIdState.ZERO_LOST)
    return TaxId(digits[:_LONGEST], TaxIdState.WRONG)


def is_tax_id(digits: str) -> bool:
    """Tell whether ten digits follow the rule."""
    if len(digits) != _LENGTH or not (digits.isascii() and digits.isdigit()):
        return False
    total = sum(int(digit) * weight for digit, weight in zip(digits, _WEIGHTS, strict=False))
    return digits[-1] in "12" and str(total % 11) == digits[8]
