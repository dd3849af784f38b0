"""The values of a worksheet as the text that a CSV file would hold.

Dates are ISO, numbers plain with Excel's fifteen digits. A number with three decimals gets a fourth
(`1.2340`): nobody can then take its point for thousands.
"""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import TypeAlias

Value: TypeAlias = str | bool | float | date | datetime | time | timedelta

LINE_END = "\u2028"
"""Stands for a line end inside a cell: a row stays one line, and keeps its number."""
_DIGITS = 15
_DOUBTFUL = 3
_EXACT = 10**_DIGITS


def text_of(value: Value) -> str:
    """Return a value as text."""
    match value:
        case str():
            return value if value.isprintable() else LINE_END.join(value.splitlines())
        case bool():
            return "TRUE" if value else "FALSE"
        case int() | float():
            return _number(value)
        case _:
            return _moment(value)


def lost_digits(value: Value) -> bool:
    """Tell whether a number is too long for a spreadsheet to have kept all its digits."""
    return isinstance(value, float) and abs(value) >= _EXACT


def _moment(value: date | datetime | time | timedelta) -> str:
    match value:
        case datetime():
            return f"{value:%Y-%m-%d} {_clock(value.time())}"
        case date():
            return value.isoformat()
        case time():
            return _clock(value)
        case timedelta():
            return _duration(value)


def _number(value: float) -> str:
    text = f"{Decimal(f'{value:.{_DIGITS}g}'):f}"
    if "." in text:
        text = text.rstrip("0").rstrip(".")
    decimals = len(text.partition(".")[2])
    return f"{text}0" if decimals == _DOUBTFUL else text


def _clock(value: time) -> str:
    fraction = f".{value.microsecond // 1000:03d}" if value.microsecond >= 1000 else ""  # noqa: PLR2004
    return f"{value:%H:%M:%S}{fraction}"


def _duration(value: timedelta) -> str:
    seconds = round(value.total_seconds())
    sign = "-" if seconds < 0 else ""
    minutes, seconds = divmod(abs(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{sign}{hours:02d}:{minutes:02d}:{seconds:02d}"
