"""The periods of the dashboard: a day, a week, a month or chosen days, and what each is held to."""

from __future__ import annotations

import calendar
from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import StrEnum

from desktop_app.kernel.clock import as_number
from desktop_app.reports.records import Period

_WEEK = timedelta(days=7)
_DAY = timedelta(days=1)


class Kind(StrEnum):
    """The kinds of periods."""

    DAY = "day"
    WEEK = "week"
    MONTH = "month"
    CHOSEN = "chosen"


@dataclass(frozen=True, slots=True)
class Span:
    """Business days from the first to the last; `first` is None for "since the beginning"."""

    kind: Kind
    first: date | None
    last: date

    @property
    def period(self) -> Period:
        """Return the period as reports take it."""
        first = None if self.first is None else as_number(self.first)
        return Period(first, as_number(self.last))

    @property
    def days(self) -> int:
        """Return how many days it has, 0 where it has no beginning."""
        return 0 if self.first is None else (self.last - self.first).days + 1

    def before(self) -> Span | None:
        """Return what it is held to.

        The same weekday a week before, the same days of the week or of the month before, or as many
        days just before it; None without a beginning.
        """
        if self.first is None:
            return None
        if self.kind in (Kind.DAY, Kind.WEEK):
            return replace(self, first=self.first - _WEEK, last=self.last - _WEEK)
        if self.kind is Kind.MONTH:
            first = (self.first - _DAY).replace(day=1)
            whole = self.last == _month_end(self.last)
            last = _month_end(first) if whole else _same_day(first, self.last.day)
            return replace(self, first=first, last=last)
        return replace(self, first=self.first - timedelta(days=self.days), last=self.first - _DAY)

    def shifted(self, steps: int, today: date) -> Span:
        """Return the period so many steps later (earlier for less than 0), ending by today."""
        if self.first is None or steps == 0:
            return self
        if self.kind is Kind.MONTH:
            month = self.first.year * 12 + self.first.month - 1 + steps
            return around(Kind.MONTH, date(month // 12, month % 12 + 1, 1), today)
        days = {Kind.DAY: 1, Kind.WEEK: 7}.get(self.kind, self.days)
        first = self.first + timedelta(days=days * steps)
        if self.kind is Kind.CHOSEN:
            return replace(self, first=first, last=first + timedelta(days=days - 1))
        return around(self.kind, first, today)


def around(kind: Kind, day: date, today: date) -> Span:
    """Return the day, week (from Monday) or month that holds a day; never past today."""
    if kind is Kind.WEEK:
        first = day - timedelta(days=day.weekday())
        return Span(kind, first, max(first, min(first + timedelta(days=6), today)))
    if kind is Kind.MONTH:
        first = day.replace(day=1)
        return Span(kind, first, max(first, min(_month_end(first), today)))
    return Span(kind, day, day)


def _month_end(day: date) -> date:
    return _same_day(day, 31)


def _same_day(month: date, day: int) -> date:
    return month.replace(day=min(day, calendar.monthrange(month.year, month.month)[1]))
