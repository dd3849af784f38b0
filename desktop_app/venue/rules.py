"""What makes a venue. Pure: values in, values or InvalidError out."""

from __future__ import annotations

from datetime import time
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from desktop_app.kernel.checks import check_line
from desktop_app.kernel.errors import InvalidError
from desktop_app.kernel.tax_ids import bare, check_voen
from desktop_app.kernel.text import clean
from desktop_app.kernel.words import msg


def check_name(name: str) -> str:
    """Return the name as it will be stored."""
    cleaned = clean(name)
    if not cleaned:
        raise InvalidError(msg("The restaurant needs a name."), field="name")
    if len(cleaned) > 200:  # noqa: PLR2004 - the column's width
        raise InvalidError(msg("A name has at most 200 letters."), field="name")
    return cleaned


def check_tax_id(text: str, country: str, stored: str = "") -> str:
    """Return the tax id that is printed on documents; an Azerbaijani one follows its rule.

    One that is stored already is left as it is, and one of another country as it is written.
    """
    cleaned = check_line(text, 32, "tax_id")
    if not cleaned or cleaned == stored or country != "AZ":
        return cleaned
    digits = bare(cleaned)
    check_voen(digits)
    return digits if digits.isascii() and digits.isdigit() else cleaned


def check_currency(code: str) -> str:
    """Return an ISO 4217 code in capitals."""
    upper = code.strip().upper()
    if len(upper) != 3 or not upper.isascii() or not upper.isalpha():  # noqa: PLR2004
        raise InvalidError(
            msg("“{code}” is not a currency code.", code=code),
            field="currency",
            hint=msg("Use three letters, such as AZN, USD or EUR."),
        )
    return upper


def check_timezone(name: str) -> str:
    """Return the IANA name of a time zone that exists."""
    try:
        ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        raise InvalidError(
            msg("There is no time zone “{name}”.", name=name),
            field="timezone",
            hint=msg("Use a name such as Asia/Baku."),
        ) from None
    return name


def check_opening(text: str) -> time:
    """Return the time at which the business day begins."""
    try:
        hour, minute = (int(part) for part in text.split(":"))
        return time(hour, minute)
    except ValueError:
        raise InvalidError(
            msg("“{text}” is not a time of day.", text=text),
            field="opening-time",
            hint=msg("Write hours and minutes, such as 06:00."),
        ) from None
