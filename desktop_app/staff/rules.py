"""Who may be written down, when somebody was at work, and what that cost. Pure."""

from __future__ import annotations

import re
from bisect import bisect_right
from calendar import monthrange
from collections.abc import Iterable, Sequence
from datetime import date, datetime, timedelta
from decimal import Decimal
from fractions import Fraction

from desktop_app.kernel.checks import check_text
from desktop_app.kernel.clock import VenueTime, as_date
from desktop_app.kernel.errors import InvalidError
from desktop_app.kernel.money import LIMIT_MINOR
from desktop_app.kernel.text import clean
from desktop_app.kernel.words import msg
from desktop_app.staff.records import EmployeeForm, PayBasis, PayRow, PayTerms, Spell

LONGEST_SPELL = timedelta(hours=24)
_HOUR_MS = 3_600_000
_LONGEST_NAME = 200
_LONGEST_POSITION = 100
_LONGEST_REASON = 1000
_LONGEST_NOTE = 10_000
_MOST_MONTH_HOURS = 744
_FIRST_DAY = date(1950, 1, 1)
_EMAIL = re.compile(r"[^@\s]+@[^@\s.]+(\.[^@\s.]+)+")
_PHONE = re.compile(r"\+?[0-9][0-9 ()./-]{4,62}")


def tidy(form: EmployeeForm, today: date) -> EmployeeForm:
    """Return a form as it will be stored; InvalidError names the field that breaks a rule."""
    hired, left = form.hired_on, form.left_on
    if hired is not None and hired < _FIRST_DAY:
        raise InvalidError(
            msg("Nobody was hired on {day}.", day=hired.isoformat()), field="hired_on"
        )
    if left is not None and hired is not None and left < hired:
        raise InvalidError(msg("Nobody leaves before they are hired."), field="left_on")
    if left is not None and left > today:
        raise InvalidError(
            msg("{day} has not come yet.", day=left.isoformat()),
            field="left_on",
            hint=msg("Write the last day down when it has come."),
        )
    phone, email = form.phone.strip(), form.email.strip()
    if phone and not _PHONE.fullmatch(phone):
        raise InvalidError(msg("“{text}” is not a telephone number.", text=phone), field="phone")
    if email and (len(email) > _LONGEST_NAME or not _EMAIL.fullmatch(email)):
        raise InvalidError(msg("“{text}” is not an e-mail address.", text=email), field="email")
    note = check_text(form.note, _LONGEST_NOTE, "note")
    return EmployeeForm(
        check_name(form.name), check_position(form.position), phone, email, hired, left,
        form.tips, note,
    )  # fmt: skip


def check_name(name: str) -> str:
    """Return somebody's name as it will be stored."""
    cleaned = clean(name)
    if not cleaned:
        raise InvalidError(msg("A name is needed."), field="name")
    if len(cleaned) > _LONGEST_NAME:
        raise InvalidError(
            msg("A name has at most {most} letters.", most=_LONGEST_NAME), field="name"
        )
    return cleaned


def check_position(name: str) -> str:
    """Return the name of a position as it will be stored; empty for none."""
    cleaned = clean(name)
    if len(cleaned) > _LONGEST_POSITION:
        raise InvalidError(
            msg("A name has at most {most} letters.", most=_LONGEST_POSITION), field="position"
        )
    return cleaned


def check_reason(reason: str) -> str:
    """Return why something is corrected; nothing is corrected without a reason."""
    cleaned = clean(reason)
    if not cleaned:
        raise InvalidError(msg("Say why it is corrected."), field="reason")
    if len(cleaned) > _LONGEST_REASON:
        raise InvalidError(
            msg("A reason has at most {limit} characters.", limit=_LONGEST_REASON), field="reason"
        )
    return cleaned


def check_pay(terms: PayTerms, since: date) -> None:
    """Raise InvalidError for pay that nobody has."""
    monthly_minor, month_hours = terms.amount_minor, terms.month_hours
    if since < _FIRST_DAY:
        raise InvalidError(msg("Nobody was paid on {day}.", day=since.isoformat()), field="since")
    if monthly_minor < 0:
        raise InvalidError(msg("Nobody earns less than nothing."), field="amount")
    if monthly_minor >= LIMIT_MINOR:
        raise InvalidError(msg("This is too large to be money."), field="amount")
    if not 1 <= month_hours <= _MOST_MONTH_HOURS:
        raise InvalidError(
            msg("A month has from 1 to {most} hours of work.", most=_MOST_MONTH_HOURS),
            field="hours",
        )


def check_spell(spell: Spell, others: Iterable[Spell], now: datetime) -> None:
    """Raise InvalidError for time nobody can have been at work.

    `others` is when the same person was at work otherwise; an open one lasts until it ends.
    """
    start, end = spell.started_at, spell.ended_at
    if start > now or (end is not None and end > now):
        raise InvalidError(
            msg("This time has not come yet."), field="started" if start > now else "ended"
        )
    if end is not None and end <= start:
        raise InvalidError(msg("Work ends after it begins."), field="ended")
    if (end or now) - start > LONGEST_SPELL:
        raise InvalidError(
            msg("Nobody works longer than {hours} hours at a stretch.", hours=24),
            field="ended",
            hint=msg("Correct the entry and write when the work ended."),
        )
    for other in others:
        if _overlap(spell, other):
            raise InvalidError(
                msg("This person was at work at that time already."),
                field="started",
                hint=msg("Correct the entry that is there instead."),
            )


def _overlap(one: Spell, other: Spell) -> bool:
    return (other.ended_at is None or one.started_at < other.ended_at) and (
        one.ended_at is None or other.started_at < one.ended_at
    )


def by_day(spell: Spell, end: datetime, time: VenueTime) -> list[tuple[date, int]]:
    """Return how many milliseconds of a stretch fall on each business day; they add up to it.

    Time is what passed, not what the clock on the wall showed: in the night when clocks go back
    somebody works an hour longer.
    """
    found: list[tuple[date, int]] = []
    at, day = spell.started_at, as_date(time.business_date(spell.started_at))
    while at < end:
        opens = time.from_local(datetime.combine(day + timedelta(days=1), time.opening))
        until = min(max(opens, at), end)
        if until > at:
            found.append((day, _ms(until - at)))
        at, day = until, day + timedelta(days=1)
    return found


def _ms(length: timedelta) -> int:
    return length // timedelta(milliseconds=1)


def pay_on(day: date, pay: Sequence[PayRow]) -> PayRow | None:
    """Return the pay that held on a day; `pay` is oldest first, None where none had begun."""
    place = bisect_right(pay, day, key=lambda row: row.since)
    return pay[place - 1] if place else None


def cost_of(worked_ms: int, day: date, pay: Sequence[PayRow], *, came: bool = True) -> int | None:
    """Return what a day of somebody costs, by the pay that held on it; None where none had begun.

    Hours are rounded once, half to even: of a month's pay each costs its part of the month's hours.
    A day's pay is for days on which they `came`, so that a night is paid once. The days of a month
    that is paid whole add up to it.
    """
    row = pay_on(day, pay)
    if row is None:
        return None
    match row.basis:
        case PayBasis.HOURS:
            return round(Fraction(row.monthly_minor * worked_ms, row.month_hours * _HOUR_MS))
        case PayBasis.HOUR:
            return round(Fraction(row.monthly_minor * worked_ms, _HOUR_MS))
        case PayBasis.DAY:
            return row.monthly_minor if came else 0
        case PayBasis.MONTH:
            days = monthrange(day.year, day.month)[1]
            until, before = (row.monthly_minor * past // days for past in (day.day, day.day - 1))
            return until - before


def hours_text(worked_ms: int) -> str:
    """Return hours with two decimals, as accountants write them."""
    return str((Decimal(worked_ms) / _HOUR_MS).quantize(Decimal("0.01")))
