"""How busy a restaurant in Baku is: by weekday, month, holiday, Ramazan and hour. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from enum import StrEnum
from functools import cache

OPENS, CLOSES = 9, 24
"""Hours of service; on Friday and Saturday one hour longer. An hour from 24 on is next morning."""

_WEEKDAYS = (0.82, 0.84, 0.9, 1.0, 1.25, 1.42, 1.22)
_MONTHS = (0.86, 0.9, 1.0, 1.0, 1.08, 1.12, 1.02, 0.96, 1.06, 1.03, 0.95, 1.1)
_HOLIDAYS = {
    (1, 1): 0.55, (1, 2): 0.8, (1, 20): 0.6, (2, 14): 1.45, (3, 8): 1.6, (3, 20): 1.3,
    (3, 21): 1.45, (3, 22): 1.4, (3, 23): 1.3, (3, 24): 1.2, (5, 9): 1.1, (5, 28): 1.25,
    (6, 15): 1.1, (6, 26): 1.1, (11, 8): 1.25, (11, 9): 1.15, (12, 31): 1.5,
}  # fmt: skip
_RAMAZAN = {
    2024: (date(2024, 3, 11), date(2024, 4, 9)),
    2025: (date(2025, 3, 1), date(2025, 3, 29)),
    2026: (date(2026, 2, 19), date(2026, 3, 19)),
    2027: (date(2027, 2, 8), date(2027, 3, 9)),
    2028: (date(2028, 1, 28), date(2028, 2, 25)),
    2029: (date(2029, 1, 16), date(2029, 2, 13)),
    2030: (date(2030, 1, 6), date(2030, 2, 3)),
}
#            9    10   11   12   13    14   15   16   17   18   19    20    21    22   23   24
_WORKDAY = (2.0, 2.5, 3.0, 7.0, 11.0, 9.0, 5.0, 3.5, 4.0, 7.0, 11.0, 12.0, 10.0, 6.0, 2.5, 0.0)
_WEEKEND = (2.0, 4.0, 5.5, 7.5, 10.0, 9.5, 7.0, 5.5, 6.0, 8.5, 12.0, 13.5, 12.0, 8.0, 4.0, 1.5)
_FAST = (0.5, 0.6, 0.6, 0.4, 0.4, 0.4, 0.5, 0.6, 1.1, 1.9, 1.8, 1.2, 1.1, 1.2, 1.3, 1.3)
_FRIDAY, _SATURDAY = 4, 5
_TERRACE = range(5, 10)
_NOVRUZ = range(14, 27)


class Part(StrEnum):
    """A part of the day, as in the menu file."""

    BREAKFAST = "b"
    LUNCH = "l"
    AFTERNOON = "t"
    DINNER = "d"


class Season(StrEnum):
    """What of the menu is cooked, as in the menu file."""

    ALWAYS = "-"
    SUMMER = "s"
    WINTER = "w"
    NOVRUZ = "n"


def part_of(hour: int) -> Part:
    """Return the part of the day of an hour of service."""
    for last, part in ((11, Part.BREAKFAST), (15, Part.LUNCH), (17, Part.AFTERNOON)):
        if hour <= last:
            return part
    return Part.DINNER


def season_of(day: date) -> Season:
    """Return the season of the menu."""
    if day.month == 3 and day.day in _NOVRUZ:  # noqa: PLR2004 - March
        return Season.NOVRUZ
    if day.month in _TERRACE:
        return Season.SUMMER
    return Season.ALWAYS if day.month in (4, 10) else Season.WINTER


def terrace_open(day: date) -> bool:
    """Tell whether guests sit outside."""
    return day.month in _TERRACE


def is_ramazan(day: date) -> bool:
    """Tell whether it is the month of fasting (known for some years only)."""
    first, last = _RAMAZAN.get(day.year, (date.max, date.min))
    return first <= day <= last


def busyness(day: date) -> float:
    """Return how busy a day is; an ordinary Thursday is 1."""
    usual = _WEEKDAYS[day.weekday()] * _MONTHS[day.month - 1]
    feast = is_ramazan(day - timedelta(days=1)) and not is_ramazan(day)
    return usual * _HOLIDAYS.get((day.month, day.day), 1.4 if feast else 1.0)


@cache
def hours_of(day: date) -> Sequence[tuple[int, float]]:
    """Return the hours of service and how busy each is."""
    weekend = day.weekday() >= _SATURDAY
    late = day.weekday() in (_FRIDAY, _SATURDAY)
    weights: Sequence[float] = _WEEKEND if weekend else _WORKDAY
    if late and not weekend:
        weights = (*_WORKDAY[:-3], 8.5, 5.0, 1.5)
    if is_ramazan(day):
        weights = [weight * fast for weight, fast in zip(weights, _FAST, strict=True)]
    last = CLOSES if late else CLOSES - 1
    return [(hour, weights[hour - OPENS]) for hour in range(OPENS, last + 1)]
