"""Square, “Items detail” of the sales reports: one sold item a row, 33 columns, US formats.

Rows of one transaction share its id; the newest stand first. Discounts are negative and net is
gross and discounts; tax comes on top. A refund is a transaction of its own with negative amounts,
under the payment id of its sale. Equal rows are real: two of the same in one order.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from functools import lru_cache
from operator import attrgetter, itemgetter

from desktop_app.customers.records import IncomingCustomer
from desktop_app.exchange.assembly import by_business_day, repeated_notice, same_time, united
from desktop_app.exchange.cells import Cells, wrong_currency
from desktop_app.exchange.dates import DateOrders, read_time
from desktop_app.exchange.files import Opened
from desktop_app.exchange.records import Choices, Problems, Reading, VenueFacts
from desktop_app.exchange.rows import rows
from desktop_app.exchange.zones import iana_zone
from desktop_app.kernel.clock import VenueTime
from desktop_app.kernel.errors import InvalidError
from desktop_app.kernel.money import rounded
from desktop_app.kernel.quantity import thousandths
from desktop_app.kernel.words import Message, msg
from desktop_app.orders.records import (
    IncomingLine,
    IncomingOrder,
    IncomingPayment,
    LineKind,
    OrderStatus,
    PaymentMethod,
)

COLUMNS = (
    *("Date", "Time", "Time Zone", "Category", "Item", "Qty", "Price Point Name", "SKU"),
    *("Modifiers Applied", "Gross Sales", "Discounts", "Net Sales", "Tax", "Transaction ID"),
    *("Payment ID", "Device Name", "Notes", "Details", "Event Type", "Location", "Dining Option"),
    *("Customer ID", "Customer Name", "Customer Reference ID", "Unit", "Count", "GTIN"),
    *("Itemization Type", "Fulfillment Note", "Channel", "Token", "Card Brand", "PAN Suffix"),
)
_KINDS = {"Payment": LineKind.SALE, "Refund": LineKind.REFUND}


@dataclass(frozen=True, slots=True)
class _Row:
    """What of a row belongs to the line and its payment."""

    line: IncomingLine
    payment: IncomingPayment


@dataclass(slots=True)
class _Draft:
    when: tuple[str, ...]
    opened_at: datetime
    zone: str
    terminal: str
    sale_type: str
    customer_ref: str
    customer_name: str
    rows: list[_Row]


class SquareItems:
    """Reads any number of Square's items-detail files as one import."""

    name = "square-items"
    title = msg("Square, items detail")
    looks_for = msg(
        "Square's “Items detail” CSV with its {n} columns (Date, Time, …)", n=len(COLUMNS)
    )

    def recognises(self, files: Sequence[Opened]) -> Sequence[Opened]:
        """Return the files with exactly the columns of this version."""
        return [file for file in files if file.has(*COLUMNS)]

    def read(
        self, files: Sequence[Opened], venue: VenueFacts, choices: Choices, problems: Problems
    ) -> Reading:
        """Return one order per transaction, with its payments, and the customers by Square's id."""
        del choices  # ISO dates leave nothing to choose
        drafts: dict[str, _Draft] = {}
        notices = [notice for file in files for notice in file.notices]
        currencies: set[str] = set()
        repeated = 0
        for file in files:
            found, named = _drafts(file, venue, problems)
            currencies |= named
            for reference, draft in found.items():
                known = drafts.setdefault(reference, draft)
                if known is not draft:
                    known.rows = united(known.rows, draft.rows)
                    repeated += 1
        return Reading(
            self.name,
            by_business_day(_orders(drafts), venue.time),
            _customers(drafts),
            [
                *notices,
                *wrong_currency(currencies, venue),
                *_zone_notice(drafts, venue),
                *repeated_notice(repeated),
            ],
        )


def _drafts(
    file: Opened, venue: VenueFacts, problems: Problems
) -> tuple[dict[str, _Draft], set[str]]:
    cells = Cells(file.name, venue, problems)
    place_of = _Places(cells, venue)
    drafts: dict[str, _Draft] = {}
    in_order = itemgetter(*file.places(*COLUMNS))
    for line, row in rows(file, problems):
        cells.line = line
        cell = dict(zip(COLUMNS, in_order(row), strict=True))
        reference = cell["Transaction ID"].strip()
        when = (cell["Date"], cell["Time"], cell["Time Zone"])
        try:
            draft = drafts.get(reference) or _new(cells, reference, cell, place_of(*when))
            same_time(draft.when, when)
            draft.rows.append(_row(cells, cell))
        except InvalidError as error:
            cells.refuse(error)
        else:
            drafts.setdefault(reference, draft)
    return drafts, cells.currencies


class _Places:
    """Says when and in which time zone a row was sold."""

    def __init__(self, cells: Cells, venue: VenueFacts) -> None:
        self._cells = cells
        self._opening = venue.time.opening
        self._dates = DateOrders()
        self._zone = lru_cache(iana_zone)

    def __call__(self, day: str, at: str, zone_name: str) -> tuple[datetime, str]:
        zone = self._cells.typed("Time Zone", self._zone, zone_name)
        on = self._cells.typed("Date", self._dates.read, day)
        wall = datetime.combine(on, self._cells.typed("Time", read_time, at))
        return VenueTime(zone, self._opening).from_local(wall), zone


def _new(cells: Cells, reference: str, cell: dict[str, str], place: tuple[datetime, str]) -> _Draft:
    cells.check_number("Transaction ID", reference)
    return _Draft(
        (cell["Date"], cell["Time"], cell["Time Zone"]),
        *place,
        terminal=cells.name("Device Name", cell["Device Name"], 100),
        sale_type=cells.name("Dining Option", cell["Dining Option"], 64),
        customer_ref=cells.mark("Customer ID", cell["Customer ID"], of_person=True),
        customer_name=cells.name("Customer Name", cell["Customer Name"]),
        rows=[],
    )


def _row(cells: Cells, cell: dict[str, str]) -> _Row:
    kind = _KINDS.get(cell["Event Type"])
    if kind is None:
        raise InvalidError(
            msg(
                "The event “{event}” is neither a sale nor a refund.", event=cell["Event Type"][:40]
            ),
            field="Event Type",
        )
    line = _line(cells, cell, kind)
    return _Row(line, _payment(cells, cell, line.total_minor + line.tax_minor))


def _line(cells: Cells, cell: dict[str, str], kind: LineKind) -> IncomingLine:
    name = cells.name("Item", cell["Item"])
    if not name:
        raise InvalidError(msg("The item has no name."), field="Item")
    quantity = cells.typed("Qty", thousandths, cell["Qty"])
    gross = cells.price("Gross Sales", cell["Gross Sales"])
    net = cells.price("Net Sales", cell["Net Sales"])
    if gross + cells.price("Discounts", cell["Discounts"]) != net:
        cells.tell("Net Sales", msg("Gross sales and discounts do not add up to net sales."))
    category = cells.name("Category", cell["Category"])
    return IncomingLine(
        name,
        quantity,
        net,
        category="" if category == "None" else category,
        variant=cells.name("Price Point Name", cell["Price Point Name"], 100),
        product_ref=cells.mark("Token", cell["Token"]),
        unit_price_minor=rounded(Decimal(gross * 1000) / quantity) if quantity else 0,
        gross_minor=gross,
        discount_minor=gross - net,
        tax_minor=cells.price("Tax", cell["Tax"]),
        modifiers=cells.note("Modifiers Applied", cell["Modifiers Applied"]),
        note=cells.note("Notes", cell["Notes"]),
        kind=kind,
    )


def _payment(cells: Cells, cell: dict[str, str], amount: int) -> IncomingPayment:
    brand = cells.name("Card Brand", cell["Card Brand"], 32)
    suffix = cell["PAN Suffix"].strip()
    if suffix and not (suffix.isascii() and suffix.isdigit() and len(suffix) <= 4):  # noqa: PLR2004
        cells.tell("PAN Suffix", msg("Only the last four digits of a card are kept."))
        suffix = "".join(c for c in suffix if c in "0123456789")[-4:]
    return IncomingPayment(
        PaymentMethod.CARD if brand or suffix else PaymentMethod.UNKNOWN,
        amount,
        card_brand=brand,
        card_last4=suffix.zfill(4) if suffix else "",
        reference=cells.mark("Payment ID", cell["Payment ID"]),
    )


def _orders(drafts: dict[str, _Draft]) -> Iterator[IncomingOrder]:
    for reference, draft in drafts.items():
        lines = tuple(row.line for row in draft.rows)
        refunded = all(line.kind is LineKind.REFUND for line in lines)
        yield IncomingOrder(
            reference,
            draft.opened_at,
            lines,
            tuple(_payments(draft.rows)),
            status=OrderStatus.REFUNDED if refunded else OrderStatus.CLOSED,
            sale_type=draft.sale_type,
            customer_ref=draft.customer_ref,
            customer_name=draft.customer_name,
            terminal=draft.terminal,
            zone=draft.zone,
        )


def _payments(rows_of_order: list[_Row]) -> Iterator[IncomingPayment]:
    """Give each payment once, with what it paid of the order."""
    how = attrgetter("method", "card_brand", "card_last4", "reference")
    paid: Counter[tuple[PaymentMethod, str, str, str]] = Counter()
    for row in rows_of_order:
        paid[how(row.payment)] += row.payment.amount_minor
    for (method, brand, last4, reference), amount in paid.items():
        yield IncomingPayment(method, amount, brand, last4, reference)


def _customers(drafts: dict[str, _Draft]) -> list[IncomingCustomer]:
    names: dict[str, str] = {}
    for draft in drafts.values():
        if draft.customer_ref:
            names[draft.customer_ref] = names.get(draft.customer_ref) or draft.customer_name
    return [IncomingCustomer(reference, name) for reference, name in names.items()]


def _zone_notice(drafts: dict[str, _Draft], venue: VenueFacts) -> list[Message]:
    others = {draft.zone for draft in drafts.values()} - {venue.time.timezone}
    return (
        [
            msg(
                "The sales were made in the time zone {zone}, the venue is in {venue}; each sale"
                " counts for the day it had where it was made.",
                zone=", ".join(sorted(others)),
                venue=venue.time.timezone,
            )
        ]
        if others
        else []
    )
