"""What is said about card data where it must not be: what was found, masked, and what to do."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from desktop_app.kernel.cards import CardSpan, find_card_numbers, masked
from desktop_app.kernel.errors import InvalidError
from desktop_app.kernel.words import Message, msg


def sentence(spans: Sequence[CardSpan]) -> Message:
    """Return what is wrong with a text that holds these; it shows the last four digits only."""
    numbers = dict.fromkeys(span.masked for span in spans if span.last4)
    if numbers:
        return msg(
            "This looks like a card number ({number}). Card numbers are never kept here.",
            number=", ".join(numbers),
        )
    return msg("This looks like the security code of a card. It must not be kept anywhere.")


def advice(spans: Sequence[CardSpan]) -> Message:
    """Return what to do about it."""
    if any(span.last4 for span in spans):
        return msg("Write only the last four digits, like •••• 1234.")
    return msg("Take the code out of the text.")


def refusal(field: str, spans: Sequence[CardSpan]) -> InvalidError:
    """Return the error for a field that holds card data."""
    return InvalidError(sentence(spans), field=field, hint=advice(spans))


def refuse_cards(field: str, text: str) -> None:
    """Raise InvalidError for a field whose text holds card data."""
    spans = find_card_numbers(text)
    if spans:
        raise refusal(field, spans)


def without_cards_in(message: Message) -> Message:
    """Return a message with the card data in what it quotes masked."""
    values = {
        name: masked(value)
        if isinstance(value, str)
        else without_cards_in(value)
        if isinstance(value, Message)
        else value
        for name, value in message.values.items()
    }
    return replace(message, values=values)
