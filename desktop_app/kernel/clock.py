"""Time: aware UTC in storage, the venue's business day in reports.

A business day starts at the venue's opening time: with 06:00, a bar's Tuesday ends on Wednesday at
05:59. It is stored as a number, yyyymmdd, beside the UTC time.
"""

from __future__ import annotations

import time as _time
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Protocol
from zoneinfo import ZoneInfo

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


class Clock(Protocol):
    """Tells the time; tests hold it still."""

    def now(self) -> datetime:
        """Return the current time, aware, in UTC."""
        ...


class SystemClock:
    """The computer's clock."""

    def now(self) -> datetime:
        """Return the current time in UTC."""
        return datetime.now(UTC)


class FrozenClock:
    """A clock that stands still until told otherwise (tests, the demonstration)."""

    def __init__(self, at: datetime) -> None:
        self.at = at

    def now(self) -> datetime:
        """Return the time it was set to."""
        return self.at


def millis(moment: datetime) -> int:
    """Return an aware moment as whole milliseconds since 1970 UTC."""
    return (moment - EPOCH) // timedelta(milliseconds=1)


def moment(millis_: int) -> datetime:
    """Return the aware UTC moment of milliseconds since 1970."""
    return EPOCH + timedelta(milliseconds=millis_)


def monotonic() -> float:
    """Return seconds of a clock that never goes back, for measuring durations."""
    return _time.monotonic()


@dataclass(frozen=True, slots=True)
class VenueTime:
    """How a venue counts its days."""

    timezone: str
    opening: time

    @property
    def zone(self) -> ZoneInfo:
        """Return the venue's time zone."""
        return ZoneInfo(self.timezone)

    def business_date(self, at: datetime) -> int:
        """Return the business day (yyyymmdd) that a moment belongs to."""
        return as_number(self._shifted(self.local(at)).date())

    def local(self, at: datetime) -> datetime:
        """Return a moment on the venue's wall clock."""
        return at.astimezone(self.zone)

    def business_hour(self, at: datetime) -> int:
        """Return the hour on the wall clock, 0 to 23."""
        return self.local(at).hour

    def _shifted(self, local: datetime) -> datetime:
        wall = local.replace(tzinfo=None)
        return wall - timedelta(hours=self.opening.hour, minutes=self.opening.minute)

    def from_local(self, wall: datetime) -> datetime:
        """Return the UTC moment of a naive wall-clock time.

        In the hour that a clock change repeats, the first one is meant; in the hour it skips, the
        moment after the change.
        """
        return wall.replace(tzinfo=self.zone).astimezone(UTC)


def as_number(day: date) -> int:
    """Return a date as yyyymmdd."""
    return day.year * 10000 + day.month * 100 + day.day


def as_date(number: int) -> date:
    """Return the date of a yyyymmdd number; ValueError where there is no such day."""
    return date(number // 10000, number // 100 % 100, number % 100)
