"""Reading what is typed as an argument: days, moments, row numbers, cursors."""

from __future__ import annotations

from datetime import date, datetime

from desktop_app.kernel.clock import as_number
from desktop_app.kernel.errors import InvalidError
from desktop_app.kernel.words import msg

_MOST_DIGITS = 19
_LARGEST = 2**63 - 1


def day(text: str) -> int:
    """Return a day typed as 2026-11-23 as the number 20261123."""
    try:
        return as_number(date.fromisoformat(text))
    except ValueError:
        raise InvalidError(
            msg("“{text}” is not a day.", text=text),
            hint=msg("Write year, month and day, such as 2026-11-23."),
        ) from None


def check_days(first: int | None, last: int | None) -> None:
    """Raise InvalidError where a period ends before it begins."""
    if first is not None and last is not None and last < first:
        raise InvalidError(msg("The last day is before the first one."), field="to")


def moment_of(text: str) -> datetime:
    """Return a moment typed with its offset from UTC; without one it is the computer's time."""
    try:
        return datetime.fromisoformat(text).astimezone()
    except (ValueError, OverflowError):
        raise InvalidError(
            msg("“{text}” is not a time.", text=text),
            hint=msg("Write it like 2026-11-23T18:00+04:00."),
        ) from None


def past_moment(text: str | None) -> tuple[int | None, datetime | None]:
    """Return the day whose end was typed, or the moment; nothing for neither."""
    if not text:
        return None, None
    if len(text) <= len("2026-11-01"):
        return day(text), None
    return None, moment_of(text)


def words_of(text: str) -> tuple[str, ...]:
    """Return words typed with commas between them."""
    return tuple(word for word in (part.strip() for part in text.split(",")) if word)


def row_id(text: str) -> int:
    """Return a row number."""
    if text.isascii() and text.isdigit() and len(text) <= _MOST_DIGITS and int(text) <= _LARGEST:
        return int(text)
    raise InvalidError(
        msg("“{text}” is not a number of a row.", text=text),
        hint=msg("Take it from the “id” of a list."),
    )


def cursor(text: str | None) -> tuple[int, ...] | None:
    """Return the place in a list that `next` of an answer named."""
    if text is None:
        return None
    try:
        return tuple(int(part) for part in text.split(":"))
    except ValueError:
        raise InvalidError(
            msg("“{text}” is not a place in a list.", text=text),
            hint=msg("Take it from “next” of the answer before."),
        ) from None


def cursor_text(place: tuple[int, ...] | None) -> str | None:
    """Return a place in a list as text; `cursor` reads it."""
    return None if place is None else ":".join(str(part) for part in place)


def at_most(limit: int) -> int:
    """Return how many rows to ask for."""
    if not 1 <= limit <= 10_000:  # noqa: PLR2004 - named in the sentence
        raise InvalidError(msg("“--limit” takes a number from 1 to 10000."), field="limit")
    return limit
