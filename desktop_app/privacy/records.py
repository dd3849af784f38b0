"""A person's copy of everything held about them, as plain records (GDPR article 15 and 20).

Whoever walks the data map fills a `DataCopy`; `paper` prints it and attaches the same as JSON.
Rows and orders may be lazy: each is read once, in the order of the sections.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum

from desktop_app.kernel.money import Money
from desktop_app.kernel.words import Message


class Tone(StrEnum):
    """How a status is coloured; the words say it too."""

    GOOD = "good"
    BAD = "bad"
    PLAIN = "plain"


@dataclass(frozen=True, slots=True)
class Status:
    """A state such as “in force”; `key` goes to the machine-readable copy."""

    key: str
    text: Message
    tone: Tone = Tone.PLAIN


@dataclass(frozen=True, slots=True)
class Quantity:
    """A quantity in thousandths."""

    thousandths: int


Value = str | int | bool | date | datetime | Money | Quantity | Message | Status | None
"""What a field can hold. Moments are aware, in the venue's time zone; printed as they stand."""


@dataclass(frozen=True, slots=True)
class Venue:
    """Who answers for the data. `contact` is where to ask: address, telephone, e-mail."""

    name: str
    legal_name: str
    contact: str


@dataclass(frozen=True, slots=True)
class Subject:
    """The person the copy is about. `id` is the number the venue knows them by."""

    display_name: str
    id: str


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a table of records. `share` is its part of the width, compared with others."""

    key: str
    title: Message
    share: float = 1.0
    right: bool = False


@dataclass(frozen=True, slots=True)
class Field:
    """One named value, and where it came from if that differs from its section."""

    key: str
    title: Message
    value: Value
    source: Message | None = None


@dataclass(frozen=True, slots=True)
class CopyLine:
    """One line of an order. Amounts are minor units; `details` are variant, extras and notes."""

    name: str
    quantity: int
    unit_price_minor: int
    discount_minor: int
    total_minor: int
    details: str = ""


@dataclass(frozen=True, slots=True)
class CopyPayment:
    """One payment; of a card only what is held: brand and last four digits, in `card`."""

    method: Message
    method_key: str
    amount_minor: int
    card: str = ""
    at: datetime | None = None


@dataclass(frozen=True, slots=True)
class CopyOrder:
    """One order with everything held about it.

    `facts` are printed beside the number (table, waiter, channel); `extra` is for the
    machine-readable copy only and must hold nothing that the facts do not say.
    """

    number: str
    at: datetime
    total_minor: int
    currency: str
    lines: Sequence[CopyLine]
    payments: Sequence[CopyPayment] = ()
    facts: Sequence[Field] = ()
    note: str = ""
    extra: Mapping[str, str | int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Section:
    """One kind of data: why it is kept, on what basis, how long, where from, and the data.

    It holds fields, or rows with columns, or orders. Rows have one value per column.
    """

    key: str
    title: Message
    purpose: Message
    legal_basis: Message
    retention: Message
    source: Message
    fields: Sequence[Field] = ()
    columns: Sequence[Column] = ()
    rows: Iterable[Sequence[Value]] = ()
    orders: Iterable[CopyOrder] | None = None


@dataclass(frozen=True, slots=True)
class Place:
    """A place that was searched and how many records about the person were found there."""

    name: Message
    table: str
    found: int


@dataclass(frozen=True, slots=True)
class Recipient:
    """Somebody who gets some of the data."""

    name: str | Message
    purpose: Message
    country: str | Message
    safeguard: Message


@dataclass(frozen=True, slots=True)
class Right:
    """A right of the person and what it means in one sentence."""

    name: Message
    text: Message


@dataclass(frozen=True, slots=True)
class Figure:
    """One of up to four figures on the cover."""

    label: Message
    value: int | str | Money
    note: Message | str = ""


@dataclass(frozen=True, slots=True)
class Period:
    """The days the copy covers; None is open."""

    first: date | None = None
    last: date | None = None


@dataclass(frozen=True, slots=True)
class DataCopy:
    """Everything a person's copy says. `by` is who prepared it, `laws` the articles it follows.

    `anchor` is the line by which the audit trail is recognised later.
    """

    venue: Venue
    subject: Subject
    reference: str
    prepared_at: datetime
    by: str
    language: str
    sections: Sequence[Section]
    places_searched: Sequence[Place]
    recipients: Sequence[Recipient] = ()
    rights: Sequence[Right] = ()
    figures: Sequence[Figure] = ()
    period: Period = field(default_factory=Period)
    laws: Message | None = None
    anchor: Message | None = None


@dataclass(frozen=True, slots=True)
class CopyFile:
    """What was written: `sha256` is of the file, `data_sha256` of the JSON inside it.

    `code` is the first 80 bits of `data_sha256` in groups; it stands on every page.
    """

    pages: int
    size: int
    sha256: str
    data_sha256: str
    code: str
