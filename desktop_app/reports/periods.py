"""What a period is held against. Pure."""

from __future__ import annotations

from datetime import date, timedelta

from desktop_app.kernel.clock import as_date, as_number
from desktop_app.reports.records import Period


def before(period: Period) -> Period | None:
    """Return as many days just before a period; a whole month is held against the month before.

    None where the period has no beginning or no end.
    """
    if period.first is None or period.last is None:
        return None
    first, last = as_date(period.first), as_date(period.last)
    end = first - timedelta(days=1)
    if first.day == 1 and last == _month_end(first):
        return Period(as_number(end.replace(day=1)), as_number(end))
    return Period(as_number(first - (last - first) - timedelta(days=1)), as_number(end))


def a_year_before(period: Period) -> Period | None:
    """Return the same days of the year before; 29 February becomes the 28th."""
    if period.first is None or period.last is None:
        return None
    first, last = as_date(period.first), as_date(period.last)
    whole = last == _month_end(last)
    then = _year_before(last)
    return Period(as_number(_year_before(first)), as_number(_month_end(then) if whole else then))


def _year_before(day: date) -> date:
    try:
        return day.replace(year=day.year - 1)
    except ValueError:
        return day.replace(year=day.year - 1, day=28)


def _month_end(day: date) -> date:
    return (day.replace(day=1) + timedelta(days=31)).replace(day=1) - timedelta(days=1)
