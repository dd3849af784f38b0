"""Time: aware UTC in storage, the venue's business day in reports.

A business day starts at the venue's opening time: with 06:00, a bar's Tuesday ends on Wednesday at
05:59. It is stored as a number, yyyymmdd, beside the UTC time.
"""

from __future__ import annotations

import secrets
import time as _time
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from pathlib import Path
from typing import Protocol
from zoneinfo import ZoneInfo

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MILLISECOND = timedelta(milliseconds=1)


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
    return (moment - EPOCH) // _MILLISECOND


def moment(millis_: int) -> datetime:
    """Return the aware UTC moment of milliseconds since 1970."""
    return EPOCH + timedelta(milliseconds=millis_)


def monotonic() -> float:
    """Return seconds of a clock that never goes back, for measuring durations."""
    return _time.monotonic()


@lru_cache(maxsize=1)
def boot_id() -> str:
    """Return a name of this run of the computer, within which `monotonic` can be compared.

    Where the system gives none, it names this run of the program.
    """
    try:
        return Path("/proc/sys/kernel/random/boot_id").read_text("ascii").strip().replace("-", "")
    except OSError:
        return secrets.token_hex(16)


_MINUTE = 60_000
_QUARTER = 15 * _MINUTE
_HOUR = 60 * _MINUTE
_DAY = 24 * _HOUR


@dataclass(frozen=True, slots=True)
class VenueTime:
    """How a venue counts its days."""

    timezone: str
    opening: time

    @property
    def zone(self) -> ZoneInfo:
        """Return the venue's time zone."""
        return ZoneInfo(self.timezone)

    def business_day(self, at: datetime) -> tuple[int, int]:
        """Return the business day (yyyymmdd) of a moment and the hour on the wall clock."""
        return self.business_day_of(millis(at))

    def business_day_of(self, at_millis: int) -> tuple[int, int]:
        """Return the same of a moment in milliseconds since 1970."""
        local = at_millis + _offset(self.timezone, at_millis // _QUARTER)
        opening = (self.opening.hour * 60 + self.opening.minute) * _MINUTE
        return _day_number((local - opening) // _DAY), local // _HOUR % 24

    def business_date(self, at: datetime) -> int:
        """Return the business day (yyyymmdd) that a moment belongs to."""
        return self.business_day_of(millis(at))[0]

    def local(self, at: datetime) -> datetime:
        """Return a moment on the venue's wall clock."""
        return at.astimezone(self.zone)

    def from_local(self, wall: datetime) -> datetime:
        """Return the UTC moment of a naive wall-clock time.

        In the hour that a clock change repeats, the first one is meant; in the hour it skips, the
        moment after the change.
        """
        # Not replace(): it takes three times as long, and an import does this for every order.
        return datetime.combine(wall.date(), wall.time(), self.zone).astimezone(UTC)


def as_number(day: date) -> int:
    """Return a date as yyyymmdd."""
    return day.year * 10000 + day.month * 100 + day.day


def as_date(number: int) -> date:
    """Return the date of a yyyymmdd number; ValueError where there is no such day."""
    return date(number // 10000, number // 100 % 100, number % 100)


@lru_cache(maxsize=65536)
def _day_number(days: int) -> int:
    return as_number((EPOCH + timedelta(days=days)).date())


@lru_cache(maxsize=65536)
def _offset(timezone: str, quarter: int) -> int:
    """Return how far a zone is ahead of UTC in a quarter of an hour; offsets change between them.

    True of every rule in force since 1972; an import asks this for each of a million orders.
    """
    ahead = moment(quarter * _QUARTER).astimezone(ZoneInfo(timezone)).utcoffset()
    return 0 if ahead is None else ahead // _MILLISECOND
