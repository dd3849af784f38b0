"""Stored values as values of a copy: times on the venue's clock, money, words for codes."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import inspect

from desktop_app.customers.wording import ACCOUNTS, CONTACTS, KINDS, STATES, TAX_ID_STATES
from desktop_app.db.base import Base
from desktop_app.db.card_guard import free_attributes
from desktop_app.kernel.cards import masked
from desktop_app.kernel.clock import as_date
from desktop_app.kernel.money import Money
from desktop_app.kernel.words import Message, msg
from desktop_app.orders.wording import METHODS, STATUSES
from desktop_app.privacy.records import Quantity, Value
from desktop_app.venue.records import VenueCard

_YES, _NO = msg("Yes"), msg("No")
_WORDS: dict[StrEnum, Message] = {
    word: said
    for known in (ACCOUNTS, CONTACTS, KINDS, STATES, TAX_ID_STATES, METHODS, STATUSES)
    for word, said in known.items()
}
_CODES = {
    "in": msg("From you"),
    "out": msg("To you"),
    "counter": msg("At the counter"),
    "e-mail": msg("E-mail"),
    "sms": msg("SMS"),
    "whatsapp": msg("WhatsApp"),
    "phone": msg("Telephone"),
    "letter": msg("Letter"),
    "web": msg("Website"),
    "loyalty": msg("Bonus programme"),
    "marketing": msg("Offers and news"),
    "profiling": msg("Personal recommendations"),
    "birthday": msg("Birthday wishes"),
}
_CODED = frozenset({"direction", "channel", "purpose"})


def told(column: str, value: Any, venue: VenueCard) -> Value:
    """Return a stored value as a copy tells it."""
    if isinstance(value, datetime):
        return venue.time.local(value)
    if isinstance(value, StrEnum):
        return _WORDS.get(value, msg("{code}", code=value.value))
    if isinstance(value, bool):
        return _YES if value else _NO
    if isinstance(value, int):
        return _number(column, value, venue)
    if column in _CODED and value in _CODES:
        return _CODES[value]
    return value  # type: ignore[no-any-return]  # text, date or None


def cell(row: Base, name: str) -> Any:
    """Return a stored value; card data in a free text, which should not be there, is masked."""
    value = getattr(row, name)
    if isinstance(value, str) and name in free_attributes(inspect(type(row))):
        return masked(value)
    return value


def _number(column: str, value: int, venue: VenueCard) -> Value:
    if column.endswith("_minor"):
        return Money(value, venue.currency)
    if column in ("quantity", "items"):
        return Quantity(value)
    if column == "business_date":
        return as_date(value)
    return value
