"""How the dashboard speaks of days, periods and changes."""

from __future__ import annotations

from datetime import date, timedelta

from desktop_app.gui.format import day as day_text
from desktop_app.gui.format import money, month, number, percent
from desktop_app.gui.screens.dashboard.spans import Kind, Span
from desktop_app.gui.text import language, ntr, say, tr
from desktop_app.kernel.words import msg
from desktop_app.venue.records import Today

_WEEKDAYS = (
    msg("Monday"),
    msg("Tuesday"),
    msg("Wednesday"),
    msg("Thursday"),
    msg("Friday"),
    msg("Saturday"),
    msg("Sunday"),
)
_MORNING, _AFTERNOON, _EVENING = 5, 12, 18


def weekday(day: date) -> str:
    """Return the name of the day of the week, as it stands inside a sentence."""
    return say(_WEEKDAYS[day.weekday()])


def capital(sentence: str) -> str:
    """Return a sentence with a capital at its start."""
    return sentence[:1].upper() + sentence[1:]


def long_day(day: date) -> str:
    """Return a day with its weekday: `Monday, 23 Nov 2026`."""
    return capital(f"{weekday(day)}, {day_text(day, language())}")


def greeting(today: Today, name: str) -> str:
    """Return the words to begin with."""
    hour = today.local.hour
    if _MORNING <= hour < _AFTERNOON:
        return tr("Good morning, {name}", name=name)
    if _AFTERNOON <= hour < _EVENING:
        return tr("Good afternoon, {name}", name=name)
    return tr("Good evening, {name}", name=name)


def business_day(today: Today) -> str:
    """Return the date and when the business day ends."""
    ends = today.venue.opening.strftime("%H:%M")
    return tr("{day} · the business day runs until {time}", day=long_day(today.day), time=ends)


def title(span: Span, today: date) -> str:
    """Return what a period is called."""
    if span.first is None:
        return tr("All time")
    if span.kind is Kind.DAY:
        return _day_title(span.last, today)
    if span.kind is Kind.MONTH:
        return capital(f"{month(span.first.month, language())} {span.first.year}")
    first, last = (day_text(day, language()) for day in (span.first, span.last))
    return first if first == last else f"{first} – {last}"


def _day_title(day: date, today: date) -> str:
    if day == today:
        return tr("Today, {day}", day=day_text(day, language()))
    if day == today - timedelta(days=1):
        return tr("Yesterday, {day}", day=day_text(day, language()))
    return long_day(day)


def short_title(span: Span, today: date) -> str:
    """Return what a period is called in the key of a chart."""
    if span.kind is Kind.DAY:
        return tr("Today") if span.last == today else day_text(span.last, language())
    return title(span, today)


def before_title(span: Span, today: date) -> str:
    """Return what the period before is called, inside a sentence."""
    if span.kind is Kind.DAY:
        name = weekday(span.last)
        if span.last == today:
            return tr("last {weekday}", weekday=name)
        return tr("the {weekday} before", weekday=name)
    if span.kind is Kind.WEEK:
        return tr("the week before")
    if span.kind is Kind.MONTH:
        return tr("the month before")
    return ntr("the {n} day before", "the {n} days before", span.days)


def change(now: int, before: int) -> str:
    """Return a change in percent with its sign, nothing where there is nothing to compare."""
    if before <= 0 or now == before:
        return ""
    # Tenths are enough, and whole percents where they are many.
    tenths = round((now - before) * 1000 / before)
    shown = tenths * 10 if abs(tenths) < 1000 else round(tenths / 10) * 100  # noqa: PLR2004
    return signed(percent(abs(shown), language()), shown)


def difference(now: int, before: int) -> str:
    """Return a change in pieces with its sign, nothing where it is none."""
    return signed(number(abs(now - before), language()), now - before) if now != before else ""


def signed(text: str, value: int) -> str:
    """Return the text of an absolute value with the sign of the value."""
    return f"−{text}" if value < 0 else f"+{text}"


def amount(minor: float, currency: str) -> str:
    """Return money as the window writes it."""
    return money(round(minor), currency, language())
