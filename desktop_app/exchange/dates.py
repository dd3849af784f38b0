"""Dates and times as programs write them. Whether the day or the month comes first is proved.

Only dates with slashes or dashes and the year last can be read both ways; with full stops the day
comes first everywhere. A file may mix *shapes* (`01/02/2023` beside `1/13/23`), each with an order
of its own, so each is proved for itself: by a day beyond twelve, by rows known to ascend, or by
the person's word. Never by what is usual.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from functools import lru_cache
from itertools import pairwise, product

from desktop_app.kernel.errors import InvalidError
from desktop_app.kernel.words import msg

Shape = tuple[str, int]
"""What separates the parts of a date and how many digits its year has."""

_MONTHS = 12
_ISO = re.compile(r"(\d{4})([-/.])(\d{1,2})\2(\d{1,2})")
_YEAR_LAST = re.compile(r"(\d{1,2})([/.-])(\d{1,2})\2(\d{4}|\d{2})")
_TIME = re.compile(
    r"(\d{1,2}):(\d{2})(?::(\d{2})(?:[.,](\d{1,9}))?)?(?: ?([ap])\.?m\.?)?",
    re.ASCII | re.IGNORECASE,
)
_CLOCK = re.compile(r"(?:[01]\d|2[0-3]):[0-5]\d(?::[0-5]\d)?", re.ASCII)
_ENOUGH_DAYS = 5
_TOO_MANY_SHAPES = 4
_EARLIEST_YEAR = 1900
_NOON = 12


class DateOrders:
    """How the dates of one file are to be read."""

    def __init__(self, day_first: Mapping[Shape, bool] | None = None, *, pivot: int = 100) -> None:
        """Take what was proved for each shape; two-digit years from `pivot` on are 19xx."""
        self._day_first = dict(day_first or {})
        self._pivot = pivot
        self.read = lru_cache(maxsize=65_536)(self._read)

    def _read(self, text: str) -> date:
        """Return the date a text means; InvalidError where there is no such day."""
        iso = _ISO.fullmatch(text)
        if iso:
            return _day(text, int(iso[1]), int(iso[3]), int(iso[4]))
        parts = _YEAR_LAST.fullmatch(text)
        if parts is None or not text.isascii():
            raise _no_date(text)
        year = int(parts[4])
        if len(parts[4]) == 2:  # noqa: PLR2004 - two digits of a year
            year += 2000 if year < self._pivot else 1900
        first, second = int(parts[1]), int(parts[3])
        day_first = parts[2] == "." or self._day_first.get((parts[2], len(parts[4])))
        if day_first is None:
            if is_ambiguous(text):
                raise _no_date(text)
            day_first = first > _MONTHS
        return _day(text, year, second, first) if day_first else _day(text, year, first, second)


def is_ambiguous(text: str) -> bool:
    """Tell whether a date alone can be read both ways."""
    parts = _numbers(text)
    return parts is not None and parts[1] != parts[2] and max(parts[1:3]) <= _MONTHS


def proved_orders(
    file: str,
    texts: Iterable[str],
    day_first: bool | None,  # noqa: FBT001 - the person's own word, or None
    ascending: Sequence[tuple[str, time]] = (),
    *,
    pivot: int = 100,
) -> DateOrders:
    """Return how to read the dates of a file, or ask.

    `ascending` are dates and times in an order in which they can only grow. Raises InvalidError
    where nothing proves the order, or where the person's word is against what the file proves.
    """
    seen = _evidence(texts)
    proved = {shape: bool(e.day_first) for shape, e in seen.items() if e.is_proof}
    if day_first is not None:
        for shape, found in proved.items():
            if found != day_first:
                example = seen[shape].day_first or seen[shape].month_first
                raise _contradiction(file, example, day_first=day_first)
        return DateOrders(dict.fromkeys(seen, day_first), pivot=pivot)
    unclear = {shape: e for shape, e in seen.items() if e.either and not e.is_proof}
    if unclear and ascending:
        proved |= _proved_by_growth(tuple(unclear), proved, ascending, pivot)
    for shape, evidence in unclear.items():
        if shape not in proved:
            raise _question(file, evidence)
    return DateOrders(proved, pivot=pivot)


@dataclass(slots=True)
class _Evidence:
    """One date of each kind that a file has in one shape."""

    day_first: str = ""
    month_first: str = ""
    either: str = ""

    @property
    def is_proof(self) -> bool:
        return bool(self.day_first) != bool(self.month_first)


def _evidence(texts: Iterable[str]) -> dict[Shape, _Evidence]:
    seen: dict[Shape, _Evidence] = {}
    for text in dict.fromkeys(texts):
        parts = _numbers(text)
        if parts is None:
            continue
        shape, first, second = parts
        evidence = seen.setdefault(shape, _Evidence())
        if first <= _MONTHS < second:
            evidence.month_first = evidence.month_first or text
        elif second <= _MONTHS < first:
            evidence.day_first = evidence.day_first or text
        elif first != second:
            evidence.either = evidence.either or text
    return seen


def _proved_by_growth(
    shapes: tuple[Shape, ...],
    known: Mapping[Shape, bool],
    ascending: Sequence[tuple[str, time]],
    pivot: int,
) -> dict[Shape, bool]:
    days = {text for text, _ in ascending if is_ambiguous(text)}
    if len(shapes) > _TOO_MANY_SHAPES or len(days) < _ENOUGH_DAYS:
        return {}
    possible = [
        choice
        for choice in product((True, False), repeat=len(shapes))
        if _grows(
            DateOrders({**known, **dict(zip(shapes, choice, strict=True))}, pivot=pivot), ascending
        )
    ]
    return dict(zip(shapes, possible[0], strict=True)) if len(possible) == 1 else {}


def _grows(orders: DateOrders, ascending: Sequence[tuple[str, time]]) -> bool:
    try:
        moments = [datetime.combine(orders.read(text), at) for text, at in ascending]
    except InvalidError:
        return False
    return all(earlier <= later for earlier, later in pairwise(moments))


@lru_cache(maxsize=65_536)
def read_time(text: str) -> time:
    """Return a time of day; twelve-hour with am and pm, where 13 to 23 ignore the suffix."""
    if _CLOCK.fullmatch(text):  # as most programs write it; hardly two receipts share one
        return time.fromisoformat(text)
    parts = _TIME.fullmatch(text)
    if parts is None:
        raise InvalidError(msg("“{text}” is not a time of day.", text=text[:40]))
    hour = int(parts[1])
    if parts[5] and 0 < hour <= _NOON:
        hour = hour % _NOON + (_NOON if parts[5] in "pP" else 0)
    try:
        return time(
            hour, int(parts[2]), int(parts[3] or 0), int((parts[4] or "")[:6].ljust(6, "0"))
        )
    except ValueError:
        raise InvalidError(msg("“{text}” is not a time of day.", text=text[:40])) from None


def _numbers(text: str) -> tuple[Shape, int, int] | None:
    parts = _YEAR_LAST.fullmatch(text)
    if parts is None or parts[2] == "." or not text.isascii():
        return None
    return (parts[2], len(parts[4])), int(parts[1]), int(parts[3])


def _day(text: str, year: int, month: int, day: int) -> date:
    try:
        found = date(year, month, day)
    except ValueError:
        raise _no_date(text) from None
    if year < _EARLIEST_YEAR:
        raise _no_date(text)
    return found


def _no_date(text: str) -> InvalidError:
    return InvalidError(msg("“{text}” is not a date.", text=text[:40]))


def _question(file: str, evidence: _Evidence) -> InvalidError:
    question = (
        msg(
            "“{file}” has dates with the day first and dates with the month first; “{text}” may"
            " mean two days.",
            text=evidence.either,
            file=file,
        )
        if evidence.day_first
        else msg(
            "“{text}” in “{file}” may mean two days, and nothing in the file shows which.",
            text=evidence.either,
            file=file,
        )
    )
    return InvalidError(
        question,
        field="day_first",
        hint=msg("Say which comes first: --day-first or --month-first."),
    )


def _contradiction(file: str, text: str, *, day_first: bool) -> InvalidError:
    return InvalidError(
        msg(
            "You said the day comes first, but “{text}” in “{file}” has the month first.",
            text=text,
            file=file,
        )
        if day_first
        else msg(
            "You said the month comes first, but “{text}” in “{file}” has the day first.",
            text=text,
            file=file,
        ),
        field="day_first",
    )
