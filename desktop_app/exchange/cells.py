"""Reading the cells of one file: text cleaned and free of card numbers, money, dates.

What makes a row useless raises InvalidError naming the column; what was mended is told and the row
goes on.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import lru_cache
from typing import TypeVar

from desktop_app.exchange.amounts import read_amount
from desktop_app.exchange.records import Problems, RowProblem, VenueFacts
from desktop_app.kernel.card_words import refuse_cards
from desktop_app.kernel.cards import find_card_numbers, masked
from desktop_app.kernel.errors import InvalidError
from desktop_app.kernel.money import minor
from desktop_app.kernel.text import clean
from desktop_app.kernel.words import Message, msg

T = TypeVar("T")

NAME_LIMIT = 200
NOTE_LIMIT = 1000
NUMBER_LIMIT = 64
MARK_LIMIT = 100

_VISIBLE = re.compile("[!-~]+")
_SHORT = re.compile("[-#./0-9]{1,12}")


class Cells:
    """Reads cells of one file; `line` is where the row being read starts."""

    def __init__(self, file: str, venue: VenueFacts, problems: Problems) -> None:
        self._file = file
        self._problems = problems
        self._currency = venue.currency
        self.line = 0
        self.told = 0
        self.currencies: set[str] = set()
        self._price = lru_cache(maxsize=65_536)(self._read_price)
        self._searched = lru_cache(maxsize=16_384)(find_card_numbers)

    def tell(self, field: str, message: Message) -> None:
        """Tell a problem with the row being read, which comes in all the same."""
        self.told += 1
        self._problems(RowProblem(self._file, self.line, field, message, rejected=False))

    def refuse(self, error: InvalidError) -> None:
        """Tell why the row being read does not come in."""
        self._problems(RowProblem(self._file, self.line, error.field, error.message))

    def name(self, field: str, text: str, limit: int = NAME_LIMIT) -> str:
        """Return a short text in one line."""
        return self._free(field, clean(text), limit)

    def note(self, field: str, text: str) -> str:
        """Return a longer text, line ends kept."""
        return self._free(field, clean(text, lines=True), NOTE_LIMIT)

    def mark(self, field: str, text: str, *, of_person: bool = False) -> str:
        """Return what another program knows something by; left out where it is a card number.

        A long number may look like a card by chance: only one in groups is taken for a card, and
        any that people are known by.
        """
        cleaned = clean(text)[:MARK_LIMIT]
        if (of_person or not cleaned.isalnum()) and self._searched(cleaned):
            self.tell(field, msg("A card number was found and left out."))
            return ""
        return cleaned

    def check_number(self, field: str, number: str) -> None:
        """Refuse an order number that is missing or unfit to know the order by."""
        if _SHORT.fullmatch(number):  # of digits, and too few for a card: nearly all there are
            return
        if not number:
            raise InvalidError(msg("The order has no number."), field=field)
        plain = _VISIBLE.fullmatch(number) or clean(number) == number  # cleaning is dear
        if len(number) > NUMBER_LIMIT or not plain:
            raise InvalidError(msg("“{text}” is no order number.", text=number[:40]), field=field)
        # A long number may look like a card by chance; one in groups is a card.
        if not number.isalnum():
            refuse_cards(field, number)

    def price(self, field: str, text: str) -> int:
        """Return an amount with a decimal point (`16`, `-$1,234.56`) in minor units."""
        return self.typed(field, self._price, text)

    def typed(self, field: str, read: Callable[[str], T], text: str) -> T:
        """Return what `read` makes of a cell; its InvalidError then names the column."""
        try:
            return read(text)
        except InvalidError as error:
            raise InvalidError(error.message, field=field) from None

    def _read_price(self, text: str) -> int:
        amount = read_amount(text, point_is_decimal=True)
        self.currencies.add(amount.currency)
        return minor(amount.value, self._currency)

    def _free(self, field: str, text: str, limit: int) -> str:
        if self._searched(text):
            text = masked(text)
            self.tell(field, msg("A card number was found and masked: “{text}”.", text=text[:80]))
        if len(text) > limit:
            self.tell(field, msg("The text was cut after {limit} characters.", limit=limit))
            return text[:limit].rstrip()
        return text


def wrong_currency(found: set[str], venue: VenueFacts) -> list[Message]:
    """Return what to tell about amounts that name another currency than the venue's."""
    others = sorted(found - {"", venue.currency})
    if not others:
        return []
    return [
        msg(
            "The amounts are in {currencies}; they are kept as {venue}, not converted.",
            currencies=", ".join(others),
            venue=venue.currency,
        )
    ]
