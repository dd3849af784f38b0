"""The machine-readable copy: one JSON document, written while the pages are made.

It holds the same records as the pages, in the same order. Money is a decimal string with its
currency, moments are ISO 8601 with their offset.
"""

from __future__ import annotations

import json
from collections.abc import Sequence

from desktop_app.kernel.money import major
from desktop_app.kernel.quantity import plain
from desktop_app.kernel.words import Words
from desktop_app.printing.attachments import Attachment
from desktop_app.privacy.paper_values import Json, machine
from desktop_app.privacy.records import CopyOrder, DataCopy, Field, Section, Value

FORMAT = "clopos-desk.data-copy"
VERSION = 1
_BUFFERED = 64


class MachineCopy:
    """Writes the JSON document into an attachment, record by record."""

    def __init__(self, file: Attachment, words: Words) -> None:
        self._file = file
        self._words = words
        self._parts: list[str] = []
        self._sections = 0
        self._records = 0

    def begin(self, copy: DataCopy) -> None:
        """Write everything that is known before the first section."""
        head = json.dumps(_head(copy, self._words), ensure_ascii=False, indent=1)
        self._put(head[: head.rindex("\n")] + ',\n "sections": [')

    def begin_section(self, section: Section) -> None:
        """Begin a section; its fields are its first records."""
        say = self._words.of
        head: Json = {
            "key": section.key,
            "title": say(section.title),
            "purpose": say(section.purpose),
            "legal_basis": say(section.legal_basis),
            "retention": say(section.retention),
            "source": say(section.source),
        }
        comma = "," if self._sections else ""
        self._sections += 1
        self._records = 0
        text = json.dumps(head, ensure_ascii=False)
        self._put(f'{comma}\n  {text[:-1]}, "records": [')

    def field(self, field: Field) -> None:
        """Write one named value."""
        record: dict[str, Json] = {"key": field.key, "value": machine(field.value, self._words)}
        if field.source:
            record["source"] = self._words.of(field.source)
        self._record(record)

    def row(self, section: Section, row: Sequence[Value]) -> None:
        """Write one row under its columns' keys."""
        self._record(
            {
                column.key: machine(value, self._words)
                for column, value in zip(section.columns, row, strict=True)
            }
        )

    def order(self, order: CopyOrder) -> None:
        """Write one order."""
        self._record(_order(order, self._words))

    def end_section(self) -> None:
        """End a section."""
        self._put("]}")

    def end(self) -> None:
        """End the document."""
        self._put("\n ]\n}\n")
        self._flush()

    def _record(self, record: Json) -> None:
        comma = "," if self._records else ""
        self._records += 1
        self._put(f"{comma}\n   {json.dumps(record, ensure_ascii=False)}")

    def _put(self, text: str) -> None:
        self._parts.append(text)
        if len(self._parts) >= _BUFFERED:
            self._flush()

    def _flush(self) -> None:
        text = "".join(self._parts)
        self._parts = []
        # half of a surrogate pair has no UTF-8; JSON holds it escaped, and so does backslashreplace
        self._file.add(text.encode("utf-8", "backslashreplace"))


def _head(copy: DataCopy, words: Words) -> Json:
    say = words.of
    return {
        "format": FORMAT,
        "version": VERSION,
        "reference": copy.reference,
        "language": copy.language,
        "prepared_at": copy.prepared_at.isoformat(),
        "prepared_by": copy.by,
        "period": {
            "first": machine(copy.period.first, words),
            "last": machine(copy.period.last, words),
        },
        "venue": {
            "name": copy.venue.name,
            "legal_name": copy.venue.legal_name,
            "contact": copy.venue.contact,
        },
        "subject": {"id": copy.subject.id, "name": copy.subject.display_name},
        "recipients": [
            {
                "name": machine(recipient.name, words),
                "purpose": say(recipient.purpose),
                "country": machine(recipient.country, words),
                "safeguard": say(recipient.safeguard),
            }
            for recipient in copy.recipients
        ],
        "places_searched": [
            {"name": say(place.name), "table": place.table, "found": place.found}
            for place in copy.places_searched
        ],
    }


def _order(order: CopyOrder, words: Words) -> Json:
    currency = order.currency
    record: dict[str, Json] = {
        "number": order.number,
        "at": order.at.isoformat(),
        "currency": currency,
        "total": major(order.total_minor, currency),
    }
    for fact in order.facts:
        record[fact.key] = machine(fact.value, words)
    record.update(order.extra)
    if order.note:
        record["note"] = order.note
    record["lines"] = [
        {
            "name": line.name,
            "quantity": plain(line.quantity),
            "unit_price": major(line.unit_price_minor, currency),
            "discount": major(line.discount_minor, currency),
            "total": major(line.total_minor, currency),
            "details": line.details,
        }
        for line in order.lines
    ]
    record["payments"] = [
        {
            "method": payment.method_key,
            "amount": major(payment.amount_minor, currency),
            "card": payment.card,
            "at": payment.at.isoformat() if payment.at else None,
        }
        for payment in order.payments
    ]
    return record
