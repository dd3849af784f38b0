"""Amounts of money as people and programs write them, read exactly or refused.

A single comma or full stop before exactly three digits may be either mark (`1,234`); it is refused
unless the format is known to use the full stop for decimals.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal

from desktop_app.kernel.errors import InvalidError
from desktop_app.kernel.words import msg

_LONGEST = 40
# Not NFKC: it would make 52 of 5².
_NARROW = {0x2212: "-"} | {wide: chr(wide - 0xFEE0) for wide in range(0xFF01, 0xFF5F)}
_SIGNS = {
    "₼": "AZN",
    "MANAT": "AZN",
    "MAN.": "AZN",
    "$": "USD",
    "€": "EUR",
    "£": "GBP",
    "₽": "RUB",
    "₺": "TRY",
    "TL": "TRY",
    "₴": "UAH",
    "₾": "GEL",
    "₸": "KZT",
}
_CURRENCY = r"(?:[^\W\d_]{1,5}\.?|[₼$€£₽₺₴₾₸])"
_SHAPE = re.compile(
    rf"(?P<open>\()? ?(?P<minus1>-)? ?(?P<before>{_CURRENCY})? ?(?P<minus2>-)? ?"
    rf"(?P<number>[.,]?\d(?:[\d., ']*\d)?) ?(?P<after>{_CURRENCY})? ?(?P<minus3>-)? ?(?P<close>\))?"
)
_GROUPS = re.compile(r"\d{1,3}(?:([ ',.])\d{3})(?:\1\d{3})*")
_THREE = 3


@dataclass(frozen=True, slots=True)
class Amount:
    """An exact amount and the currency written beside it (empty where none is)."""

    value: Decimal
    currency: str = ""


def read_amount(text: str, *, point_is_decimal: bool = False) -> Amount:
    """Return the amount a text means; InvalidError where it means none, or could mean two.

    With `point_is_decimal` commas are known to separate thousands, as in US formats.
    """
    plain = " ".join(text.translate(_NARROW).split())
    shape = _SHAPE.fullmatch(plain) if len(plain) <= _LONGEST else None
    if shape is None:
        raise _no_amount(text)
    minuses = sum(shape[name] is not None for name in ("minus1", "minus2", "minus3", "open"))
    if minuses > 1 or (shape["open"] is None) != (shape["close"] is None):
        raise _no_amount(text)
    currency = _currency(shape["before"] or "", shape["after"] or "", text)
    digits = _digits(shape["number"], text, point_is_decimal=point_is_decimal)
    return Amount(Decimal(f"-{digits}" if minuses else digits), currency)


def _currency(before: str, after: str, text: str) -> str:
    if before and after:
        raise _no_amount(text)
    written = (before or after).upper()
    if not written or written in _SIGNS:
        return _SIGNS.get(written, "")
    if len(written) == _THREE and written.isascii() and written.isalpha():
        return written
    raise _no_amount(text)


def _digits(number: str, text: str, *, point_is_decimal: bool) -> str:
    if not number.isascii():
        raise _no_amount(text)
    if number.isdigit():
        return number
    mark = "." if point_is_decimal else _decimal_mark(number, text)
    whole, found, part = number.rpartition(mark) if mark in number else (number, "", "")
    if found and not part.isdigit():
        raise _no_amount(text)
    if whole and not whole.isdigit() and not (_GROUPS.fullmatch(whole) and mark not in whole):
        raise _no_amount(text)
    return ("".join(filter(str.isdigit, whole)) or "0") + (f".{part}" if found else "")


def _decimal_mark(number: str, text: str) -> str:
    marks = [mark for mark in ".," if mark in number]
    if not marks:
        return "."
    last = max(marks, key=number.rfind)
    if len(marks) > 1:
        return last
    if number.count(last) > 1:
        return "," if last == "." else "."
    whole, _, part = number.partition(last)
    if len(part) == _THREE and whole.isdigit() and len(whole) <= _THREE and whole[0] != "0":
        raise InvalidError(
            msg(
                "“{amount}” could mean two amounts: the mark before the last three digits may"
                " separate thousands or decimals.",
                amount=text.strip(),
            )
        )
    return last


def _no_amount(text: str) -> InvalidError:
    return InvalidError(
        msg("“{amount}” is not an amount of money.", amount=text.strip()[:_LONGEST])
    )
