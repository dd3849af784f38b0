"""Values of a copy, as people read them and as programs read them."""

from __future__ import annotations

from datetime import date, datetime

from desktop_app.kernel.money import Money, major
from desktop_app.kernel.quantity import plain
from desktop_app.kernel.words import Message, Words
from desktop_app.printing import format as written
from desktop_app.privacy.records import Quantity, Status, Value

Json = dict[str, "Json"] | list["Json"] | str | int | bool | None
EMPTY = "–"


def printed(value: Value, words: Words) -> str:
    """Return a value for the page; nothing becomes a dash."""
    if isinstance(value, str):
        return value or EMPTY
    if value is None:
        return EMPTY
    if isinstance(value, bool):
        return words.say("yes") if value else words.say("no")
    if isinstance(value, int):
        return str(value)
    return _printed_record(value, words)


def _printed_record(value: date | Money | Quantity | Message | Status, words: Words) -> str:
    language = words.language
    if isinstance(value, datetime):
        return written.moment(value, language)
    if isinstance(value, date):
        return written.day(value, language)
    if isinstance(value, Money):
        return written.money(value.minor, value.currency, language)
    if isinstance(value, Quantity):
        return written.quantity(value.thousandths, language)
    return words.of(value.text if isinstance(value, Status) else value)


def machine(value: Value, words: Words) -> Json:
    """Return a value for the machine-readable copy: ISO dates, decimal strings, plain keys."""
    if value is None or isinstance(value, str | int):
        return value
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Money):
        return {"amount": major(value.minor, value.currency), "currency": value.currency}
    if isinstance(value, Quantity):
        return plain(value.thousandths)
    if isinstance(value, Status):
        return value.key
    return words.of(value)
