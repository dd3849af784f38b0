"""Clopos, customers of the Open API: the JSON of `GET /customers`, whole answer or only its list.

The API repeats itself and leaves gaps: `phone` and `phones`, `address` and `addresses`, `[]` for a
relation that was not asked for. Amounts have no currency and no stated scale, so balances stay out.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any

from desktop_app.customers.phones import Phone, read_phone
from desktop_app.customers.records import IncomingCustomer
from desktop_app.exchange.cells import Cells
from desktop_app.exchange.dates import DateOrders
from desktop_app.exchange.files import Opened
from desktop_app.exchange.records import Choices, Problems, Reading, VenueFacts
from desktop_app.exchange.rows import json_records
from desktop_app.kernel.errors import InvalidError
from desktop_app.kernel.words import Message, msg, msgs

FIELDS = frozenset({"id", "cid", "name", "phone", "group_id", "balance_id"})
_EMAIL_LIMIT = 254
_REFERENCE_LIMIT = 64


class CloposCustomers:
    """Reads the customers of the Open API."""

    name = "clopos-customers"
    title = msg("Clopos, customers")
    looks_for = msg("JSON of the Open API's customers")

    def recognises(self, files: Sequence[Opened]) -> Sequence[Opened]:
        """Return the lists whose records have the fields of a customer."""
        return [file for file in files if file.keys >= FIELDS]

    def read(
        self, files: Sequence[Opened], venue: VenueFacts, choices: Choices, problems: Problems
    ) -> Reading:
        """Return the customers that were not deleted; one that comes twice is taken once."""
        del choices  # the API writes ISO dates
        notices = [notice for file in files for notice in file.notices]
        customers: dict[str, IncomingCustomer] = {}
        deleted = 0
        for file in files:
            cells = Cells(file.name, venue, problems)
            for record in _records(file, cells):
                if record.get("deleted_at"):
                    deleted += 1
                    continue
                try:
                    customer = _customer(record, cells, venue)
                except InvalidError as error:
                    cells.refuse(error)
                else:
                    customers.setdefault(customer.reference, customer)
        return Reading(
            self.name, customers=list(customers.values()), notices=[*notices, *_left_out(deleted)]
        )


def _left_out(deleted: int) -> list[Message]:
    told = [msg("Balances are not read: Clopos does not say in which unit they are.")]
    if deleted:
        told.append(
            msgs(
                "{n} customer was deleted in Clopos and was left out.",
                "{n} customers were deleted in Clopos and were left out.",
                deleted,
            )
        )
    return told


def _records(file: Opened, cells: Cells) -> Iterator[dict[str, Any]]:
    for number, record in json_records(file):
        cells.line = number
        yield record


def _customer(record: dict[str, Any], cells: Cells, venue: VenueFacts) -> IncomingCustomer:
    number = record.get("id")
    if isinstance(number, bool) or not isinstance(number, int | str) or not number:
        raise InvalidError(msg("The record has no number."), field="id")
    reference = cells.name("id", str(number), _REFERENCE_LIMIT)
    if not reference:  # blanks, or signs that cannot be seen
        raise InvalidError(msg("The record has no number."), field="id")
    name = cells.name("name", _text(record.get("name")))
    if not name:
        raise InvalidError(msg("The row has no name."), field="name")
    phone = _phone(_first(record, "phone", "phones"), cells, venue)
    return IncomingCustomer(
        reference,
        name,
        phone.value,
        phone.possible,
        email=cells.name("email", _text(record.get("email")), _EMAIL_LIMIT),
        address=cells.name("address", _first(record, "address", "addresses")),
        birth_date=_born(_text(record.get("date_of_birth")), cells),
        note=cells.note("description", _text(record.get("description"))),
        group=cells.name("group", _group(record.get("group"))),
    )


def _text(value: Any) -> str:
    return value if isinstance(value, str) else ""


def _first(record: dict[str, Any], one: str, several: str) -> str:
    """Return the one value, or the first of the several."""
    found = _text(record.get(one)).strip()
    others = record.get(several)
    if not found and isinstance(others, list) and others:
        found = _text(others[0]).strip()
    return found


def _group(value: Any) -> str:
    return _text(value.get("name")) if isinstance(value, dict) else ""


def _phone(text: str, cells: Cells, venue: VenueFacts) -> Phone:
    if not text:
        return Phone("", possible=True)
    phone = read_phone(cells.name("phone", text), venue.country)
    if not phone.possible:
        cells.tell(
            "phone",
            msg(
                "“{phone}” is not a possible phone number; it is kept as it is.",
                phone=phone.value,
            ),
        )
    return phone


def _born(text: str, cells: Cells) -> date | None:
    if not text:
        return None
    try:
        return DateOrders().read(text.partition("T")[0].partition(" ")[0])
    except InvalidError as error:
        cells.tell("date_of_birth", error.message)
        return None
