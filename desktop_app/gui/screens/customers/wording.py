"""What stored codes are called on a card, and a customer in one sentence."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

from desktop_app.customers.records import ConsentRow
from desktop_app.gui.format import day
from desktop_app.gui.text import language, say, tr
from desktop_app.gui.widgets.badge import Mood
from desktop_app.kernel.words import Message, msg

_CODES: Mapping[str, Message] = {
    "in": msg("From the customer"),
    "out": msg("To the customer"),
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
MARKETING = "marketing"

FIELD_TITLES: Mapping[str, Message] = {
    "kind": msg("Kind"),
    "name": msg("Name"),
    "birth_date": msg("Date of birth"),
    "tax_id": msg("Tax id (VÖEN)"),
    "group": msg("Group"),
    "note": msg("Note"),
}
"""What the fields are called that one card can take from another."""


def code_words(code: str) -> str:
    """Return a purpose, channel or direction in words; others stand as they are."""
    found = _CODES.get(code)
    return say(found) if found is not None else code


def consent_mood(consent: ConsentRow) -> Mood:
    """Return whether a consent is in force."""
    if consent.withdrawn_at is None:
        return Mood(tr("In force"), "ok")
    return Mood(tr("Withdrawn"), "mute")


def marketing_mood(consents: Sequence[ConsentRow]) -> Mood:
    """Return whether offers may be sent to somebody."""
    agreed = [one for one in consents if one.purpose == MARKETING and one.withdrawn_at is None]
    if agreed:
        return Mood(tr("Agreed to offers"), "ok", "check")
    return Mood(tr("No offers, please"), "mute", "x")


def consent_times(consent: ConsentRow, given: datetime, withdrawn: datetime | None) -> str:
    """Return when and how a consent was given and withdrawn, on the venue's clock."""
    channel = code_words(consent.channel)
    text = tr("given {day} · {channel}", day=day(given, language()), channel=channel)
    if withdrawn is None:
        return text
    return f"{text}, " + tr("withdrawn {day}", day=day(withdrawn, language()))
