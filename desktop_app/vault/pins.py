"""Which PINs are taken: short, so never alone, and not one of those that are tried first.

A quick PIN unlocks what lies in memory since a password today; a till PIN needs this computer's
keyring. Neither opens anything that a stolen file would expose.
"""

from __future__ import annotations

import re
from enum import StrEnum

from desktop_app.kernel.errors import InvalidError
from desktop_app.kernel.words import msg


class PinKind(StrEnum):
    """What a PIN is for."""

    QUICK = "quick"
    TILL = "till"


QUICK_LEAST = 4
TILL_LEAST = 6
MOST = 12
MISSES = 5
_YEAR = re.compile(r"(?:19|20)\d\d")
_DAY = re.compile(r"(?:0[1-9]|[12]\d|3[01])(?:0[1-9]|1[0-2])")
_MONTH = re.compile(r"(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])")
_WRITTEN = 4
_ROWS = ("01234567890", "09876543210")
_COLUMNS = frozenset({"2580", "0852", "1470", "0741", "3690", "1397", "159753", "147258"})
_BLOCKS = frozenset({"147258369", "963852741", "123654", "321456", "789456", "159357", "258000"})


def check(pin: str, *, least: int = QUICK_LEAST) -> None:
    """Raise InvalidError with the reason where a PIN cannot be taken or is tried first."""
    if not (pin.isascii() and pin.isdigit() and least <= len(pin) <= MOST):
        raise InvalidError(
            msg("A PIN here has {least} to {most} digits.", least=least, most=MOST), field="pin"
        )
    if _tried_first(pin):
        raise InvalidError(
            msg("This PIN is one of the first that anybody tries."),
            field="pin",
            hint=msg("No row of digits, no repetition, no year and no birthday."),
        )


def _tried_first(pin: str) -> bool:
    return (
        _repeated(pin)
        or any(pin in row for row in _ROWS)
        or pin in _COLUMNS | _BLOCKS
        or _pairs(pin)
        or _date(pin)
    )


def _repeated(pin: str) -> bool:
    """Find 0000, 1212, 123123: a shorter piece several times."""
    return pin in (pin + pin)[1:-1]


def _pairs(pin: str) -> bool:
    """Find 1122, 112233, 0011: each digit twice, and palindromes such as 1221."""
    doubled = len(pin) % 2 == 0 and pin[::2] == pin[1::2]
    return doubled or (len(pin) <= _WRITTEN and pin == pin[::-1])


def _date(pin: str) -> bool:
    """Find years and birthdays: 1987, 0311, 031187, 03111987, 19871103."""
    if len(pin) == _WRITTEN:
        return bool(_YEAR.fullmatch(pin) or _DAY.fullmatch(pin) or _MONTH.fullmatch(pin))
    if len(pin) == _WRITTEN + 2:
        return any(form.fullmatch(pin[:4]) for form in (_DAY, _MONTH)) or bool(
            _MONTH.fullmatch(pin[2:])
        )
    if len(pin) == 2 * _WRITTEN:
        first, last = pin[:4], pin[4:]
        dated = any(f.fullmatch(d) for f in (_DAY, _MONTH) for d in (first, last))
        return dated and bool(_YEAR.fullmatch(first) or _YEAR.fullmatch(last))
    return False
