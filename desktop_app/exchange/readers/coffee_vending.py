"""Coffee vending machines: one sale a row, in two versions, with and without the card column.

There is no order number. A sale's reference is made from what the row says, so the same file gives
the same references again; equal rows in one file are sales of their own and are numbered. The card
column is a pseudonym that stands for a customer, never a card number.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from hashlib import blake2b
from operator import itemgetter

from desktop_app.customers.records import IncomingCustomer
from desktop_app.exchange.assembly import by_business_day, repeated_notice
from desktop_app.exchange.cells import Cells
from desktop_app.exchange.dates import DateOrders, proved_orders, read_time
from desktop_app.exchange.files import Opened
from desktop_app.exchange.records import Choices, Problems, Reading, VenueFacts
from desktop_app.exchange.rows import rows
from desktop_app.kernel.cards import find_card_numbers
from desktop_app.kernel.errors import InvalidError
from desktop_app.kernel.quantity import ONE
from desktop_app.kernel.words import msg
from desktop_app.orders.records import IncomingLine, IncomingOrder, IncomingPayment, PaymentMethod

WITHOUT_CARD = ("date", "datetime", "cash_type", "money", "coffee_name")
WITH_CARD = ("date", "datetime", "cash_type", "card", "money", "coffee_name")
_METHODS = {"card": PaymentMethod.CARD, "cash": PaymentMethod.CASH}


@dataclass(frozen=True, slots=True)
class _Sale:
    wall: datetime
    paid_by: str
    card: str
    amount: int
    product: str


class CoffeeVending:
    """Reads one or both files of the coffee machines."""

    name = "coffee-vending"
    title = msg("Coffee vending machine")
    looks_for = msg(
        "a CSV with the columns {columns}, with or without “card”", columns=", ".join(WITH_CARD)
    )

    def recognises(self, files: Sequence[Opened]) -> Sequence[Opened]:
        """Return the files of either version."""
        return [file for file in files if file.has(*WITH_CARD) or file.has(*WITHOUT_CARD)]

    def read(
        self, files: Sequence[Opened], venue: VenueFacts, choices: Choices, problems: Problems
    ) -> Reading:
        """Return one order per sale and one customer, without a name, per card."""
        orders: dict[str, IncomingOrder] = {}
        repeated = 0
        for file in files:
            version = "card" if file.has(*WITH_CARD) else "plain"
            numbers: Counter[str] = Counter()
            for sale in _sales(file, venue, choices, problems):
                base = _reference(version, sale)
                numbers[base] += 1
                reference = f"{base}-{numbers[base]}"
                repeated += reference in orders
                orders.setdefault(reference, _order(reference, sale, venue))
        cards = dict.fromkeys(o.customer_ref for o in orders.values() if o.customer_ref)
        notices = [notice for file in files for notice in file.notices]
        return Reading(
            self.name,
            by_business_day(orders.values(), venue.time),
            [IncomingCustomer(card, "") for card in cards],
            [*notices, *repeated_notice(repeated)],
        )


def _reference(version: str, sale: _Sale) -> str:
    """Return the time of a sale and a digest of the rest, which tells nothing of the card."""
    rest = "\x1f".join((version, sale.paid_by, sale.card, str(sale.amount), sale.product))
    return f"{sale.wall:%Y%m%d-%H%M%S%f}-{blake2b(rest.encode(), digest_size=6).hexdigest()}"


def _order(reference: str, sale: _Sale, venue: VenueFacts) -> IncomingOrder:
    line = IncomingLine(
        sale.product,
        ONE,
        sale.amount,
        unit_price_minor=sale.amount,
        gross_minor=sale.amount,
    )
    method = _METHODS.get(sale.paid_by, PaymentMethod.OTHER)
    return IncomingOrder(
        reference,
        venue.time.from_local(sale.wall),
        (line,),
        (IncomingPayment(method, sale.amount),),
        customer_ref=sale.card,
    )


def _sales(
    file: Opened, venue: VenueFacts, choices: Choices, problems: Problems
) -> Iterator[_Sale]:
    cells = Cells(file.name, venue, problems)
    dates = _dates(file, choices)
    in_order = itemgetter(*file.places(*WITHOUT_CARD))
    card_place = file.places("card")[0] if "card" in file.header else None
    for line, row in rows(file, problems):
        cells.line = line
        card = row[card_place] if card_place is not None else ""
        try:
            yield _sale(cells, dates, in_order(row), card)
        except InvalidError as error:
            cells.refuse(error)


def _dates(file: Opened, choices: Choices) -> DateOrders:
    in_order = itemgetter(*file.places("date", "datetime"))
    texts: dict[str, None] = {}
    for _line, row in rows(file, lambda _problem: None):
        day, moment = in_order(row)
        texts[day] = None
        texts[moment.partition(" ")[0]] = None
    return proved_orders(file.name, texts, choices.day_first)


def _sale(cells: Cells, dates: DateOrders, row: tuple[str, ...], card: str) -> _Sale:
    day, moment, paid_by, money, product = row
    on = cells.typed("date", dates.read, day)
    wall = cells.typed("datetime", lambda text: _moment(dates, text, on), moment)
    amount = cells.price("money", money)
    name = cells.name("coffee_name", product)
    if not name:  # the money was taken all the same
        cells.tell("coffee_name", msg("The item has no name; the sale is kept."))
    return _Sale(wall, paid_by.strip().lower(), _pseudonym(cells, card), amount, name)


def _moment(dates: DateOrders, text: str, on: date) -> datetime:
    day, _, at = text.replace("T", " ", 1).partition(" ")
    if dates.read(day) != on:
        raise InvalidError(msg("“{text}” is not on the day in the column “date”.", text=text[:40]))
    return datetime.combine(on, read_time(at))


def _pseudonym(cells: Cells, card: str) -> str:
    """Return the card's pseudonym; a real card number is told and dropped."""
    if find_card_numbers(card):
        cells.tell("card", msg("The cell held a card number; it was not kept."))
        return ""
    return cells.name("card", card)
