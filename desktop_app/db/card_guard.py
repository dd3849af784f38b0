"""No card data in any free text that is written; what is refused, what is let through and how.

Every text column is free text unless `column(..., typed=True)` says that it has a type of its own
(barcode, order number, hash). A person with the right may say of one text that it is no card
(`Allowances`): it is let through once, and the place where it was written is remembered.
"""

from __future__ import annotations

import hashlib
import hmac
import secrets
import threading
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import cache
from typing import Any

from sqlalchemy import JSON, String, Table
from sqlalchemy.orm import Mapper

from desktop_app.kernel.card_words import refuse_cards
from desktop_app.kernel.cards import CardSpan, any_may_hold_card_data, find_card_numbers, masked

_VALID = timedelta(minutes=10)


@dataclass(frozen=True, slots=True)
class Allowances:
    """Texts that somebody with the right called no card number, each for one write.

    Kept in memory only, as HMACs under a key that dies with the program: nothing that could be
    guessed back to a number is stored.
    """

    _key: bytes = field(default_factory=lambda: secrets.token_bytes(32), repr=False)
    _until: dict[bytes, datetime] = field(default_factory=dict, repr=False)
    _lock: threading.Lock = field(default_factory=threading.Lock, repr=False)

    def allow(self, text: str, at: datetime) -> int:
        """Let the numbers of a text through once within ten minutes; return how many."""
        spans = find_card_numbers(text)
        with self._lock:
            for span in spans:
                self._until[self._mark(text, span)] = at + _VALID
        return len(spans)

    def take(self, text: str, spans: Iterable[CardSpan], at: datetime) -> bool:
        """Use up the allowances of these numbers; False, and none used, if any is missing."""
        marks = [self._mark(text, span) for span in spans]
        with self._lock:
            if not all(self._until.get(mark, at) > at for mark in marks):
                return False
            for mark in marks:
                self._until.pop(mark, None)
        return True

    def _mark(self, text: str, span: CardSpan) -> bytes:
        part = text[span.start : span.end].encode("utf-8", "surrogatepass")
        return hmac.digest(self._key, part, hashlib.sha256)


def is_free_text(column: Any) -> bool:
    """Tell whether people can write what they like into a column."""
    return isinstance(column.type, String | JSON) and not column.info.get("typed", False)


@cache
def free_columns(table: Table) -> frozenset[str]:
    """Return the names of the free-text columns of a table."""
    return frozenset(column.key for column in table.columns if is_free_text(column))


@cache
def maskable_columns(table: Table) -> frozenset[str]:
    """Return the names of the free-text columns in which card data may be masked: not proofs."""
    return frozenset(
        column.key
        for column in table.columns
        if is_free_text(column) and not column.info.get("proof", False)
    )


@cache
def free_attributes(mapper: Mapper[Any]) -> tuple[str, ...]:
    """Return the attributes of a mapped class that hold free text."""
    return tuple(attr.key for attr in mapper.column_attrs if is_free_text(attr.columns[0]))


def texts_in(value: Any) -> Iterator[str]:
    """Give every text in a value: itself, or those in its lists and mappings."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, Mapping):
        for key, one in value.items():
            yield from texts_in(key)
            yield from texts_in(one)
    elif isinstance(value, list | tuple | set | frozenset):
        for one in value:
            yield from texts_in(one)


def without_cards(value: Any) -> Any:
    """Return a value with the card data in its texts masked."""
    if isinstance(value, str):
        return masked(value)
    if isinstance(value, Mapping):
        return {without_cards(key): without_cards(one) for key, one in value.items()}
    if isinstance(value, list | tuple):
        return [without_cards(one) for one in value]
    return value


def check_rows(table: Table, columns: Sequence[str], rows: Sequence[tuple[Any, ...]]) -> None:
    """Raise InvalidError where one of many rows, given as stored, holds card data."""
    free = free_columns(table)
    for place, name in enumerate(columns):
        if name in free:
            values = {value for row in rows if (value := row[place])}
            if any_may_hold_card_data(map(str, values)):
                for value in values:
                    refuse_cards(name, str(value))
