"""Time: aware UTC in storage, the venue's business day in reports.

A business day starts at the venue's opening time: with 06:00, a bar's Tuesday ends on Wednesday at
05:59. It is stored as a number, yyyymmdd, beside the UTC time.
"""

from __future__ import annotations

import secrets
import time as _time
from collections.abc import Iterable
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
        days = _days(self.timezone, self.opening)
        return days[at_millis // days.step] if at_millis >= _RULES else days.work_out(at_millis)

    def business_days_of(self, moments: Iterable[int]) -> list[tuple[int, int]]:
        """Return the same of many moments, in their order."""
        days = _days(self.timezone, self.opening)
        step = days.step
        return [days[at // step] if at >= _RULES else days.work_out(at) for at in moments]

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
        return self.at_local(wall.date(), wall.time())

    def at_local(self, day: date, at: time) -> datetime:
        """Return the UTC moment of a naive time on the wall clock of a day, as `from_local`."""
        ahead = _steady(self.timezone, day.toordinal())
        if ahead is not None:
            return datetime.combine(day, at, UTC) - ahead
        return datetime.combine(day, at, self.zone).astimezone(UTC)


def as_number(day: date) -> int:
    """Return a date as yyyymmdd."""
    return day.year * 10000 + day.month * 100 + day.day


def as_date(number: int) -> date:
    """Return the date of a yyyymmdd number; ValueError where there is no such day."""
    return date(number // 10000, number // 100 % 100, number % 100)


class _Days(dict[int, tuple[int, int]]):
    """Business day and hour by quarters of an hour (`step`) since 1970, worked out when asked for.

    Offsets are whole minutes and change between quarters: true of every rule in force since
    February of 1972 (`_RULES`); what is older is worked out each time.
    """

    def __init__(self, timezone: str, opening: time) -> None:
        super().__init__()
        minutes = opening.hour * 60 + opening.minute
        self.step = _QUARTER if minutes % 15 == 0 else _MINUTE
        self._timezone = timezone
        self._opening = minutes * _MINUTE

    def __missing__(self, number: int) -> tuple[int, int]:
        if len(self) > _KEPT:
            self.clear()
        found = self[number] = self.work_out(number * self.step)
        return found

    def work_out(self, at: int) -> tuple[int, int]:
        """Return business day and hour of a moment, without remembering them."""
        ahead = _steady(self._timezone, _EPOCH_DAY + at // _DAY)
        if ahead is None:
            ahead = _ahead(self._timezone, moment(at))
        local = at + ahead // _MILLISECOND
        day = EPOCH + timedelta(days=(local - self._opening) // _DAY)
        return as_number(day), local // _HOUR % 24


_EPOCH_DAY = EPOCH.toordinal()
_FIRST_DAY, _LAST_DAY = date(1972, 2, 1).toordinal(), date.max.toordinal() - 3
_RULES = (_FIRST_DAY - _EPOCH_DAY) * _DAY
_KEPT = 65_536
_days = lru_cache(maxsize=64)(_Days)


@lru_cache(maxsize=4096)
def _steady(timezone: str, ordinal: int) -> timedelta | None:
    """Return how far a zone is ahead of UTC all over a day, UTC's or its own; None if that changes.

    An import asks this for each of a million receipts.
    """
    if not _FIRST_DAY <= ordinal < _LAST_DAY:
        return None
    midnight = datetime.combine(date.fromordinal(ordinal - 1), time(), UTC)
    found = {_ahead(timezone, midnight + timedelta(days=days)) for days in range(4)}
    return found.pop() if len(found) == 1 else None


def _ahead(timezone: str, at: datetime) -> timedelta:
    return at.astimezone(ZoneInfo(timezone)).utcoffset() or timedelta()
