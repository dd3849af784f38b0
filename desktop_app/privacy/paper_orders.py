"""The orders of a data copy: each with its lines, payments and note, however many there are."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from desktop_app.kernel.words import Words
from desktop_app.printing import format as written
from desktop_app.printing import look
from desktop_app.printing.document import Element
from desktop_app.printing.layout import Flow
from desktop_app.printing.look import WIDTH
from desktop_app.printing.table import Cell, Table, TableColumn
from desktop_app.privacy.paper_data import MachineCopy
from desktop_app.privacy.paper_values import EMPTY, printed
from desktop_app.privacy.records import CopyLine, CopyOrder, CopyPayment

_INSET = 8.0
_TIGHT = 4.0
_ORDER_START, _ORDER_ROW = 62.0, 15.0
_KEPT_WHOLE = 105.0


class Orders:
    """Prints orders as one long table and passes each on to the machine-readable copy."""

    def __init__(self, flow: Flow, data: MachineCopy) -> None:
        self._flow = flow
        self._words: Words = flow.words
        self._data = data

    def draw(self, orders: Iterable[CopyOrder], section: Element) -> int:
        """Print all orders; return how many there were."""
        table: Table | None = None
        count = year = 0
        for order in orders:
            if table is None:
                table = self._table(order.currency, section)
            table.continued = ""
            table.keep(_room_for(order))
            if order.at.year != year:
                year = order.at.year
                self._flow.document.bookmark(str(year), self._flow.y, level=1)
            self._order(table, order)
            self._data.order(order)
            count += 1
        if table:
            table.close()
        return count

    def _table(self, currency: str, section: Element) -> Table:
        say, sign = self._words.say, written.symbol(currency)
        return Table(
            self._flow,
            section,
            [
                TableColumn(say("Item"), WIDTH - 262),
                TableColumn(say("Quantity"), 46, right=True),
                TableColumn(say("Price, {currency}", currency=sign), 70, right=True),
                TableColumn(say("Discount, {currency}", currency=sign), 72, right=True),
                TableColumn(say("Total, {currency}", currency=sign), 74, right=True),
            ],
        )

    def _order(self, table: Table, order: CopyOrder) -> None:
        words = self._words
        total = written.amount(order.total_minor, order.currency, words.language)
        moment = written.moment(order.at, words.language)
        facts = " · ".join(
            [moment]
            + [f"{words.of(fact.title)}: {printed(fact.value, words)}" for fact in order.facts]
        )
        number = Cell(order.number, look.ORDER_NUMBER, span=4, heads=True)
        fits = self._flow.document.type.width(facts, look.SMALL) <= table.room([number])
        table.band(
            [replace(number, aside=facts if fits else moment), Cell(total, look.ORDER_TOTAL)]
        )
        table.continued = words.say("{order}, continued", order=order.number)
        if not fits:
            table.row([Cell(facts, look.SMALL, span=5)], inset=_INSET, around=_TIGHT)
        for line in order.lines:
            self._line(table, line, order.currency)
        for payment in order.payments:
            self._payment(table, payment, order.currency)
        if order.note:
            note = words.say("Note: {note}", note=order.note)
            table.row([Cell(note, look.NOTE, span=5)], rule=False, inset=_INSET, around=_TIGHT)

    def _line(self, table: Table, line: CopyLine, currency: str) -> None:
        language = self._words.language
        amount = written.amount
        discount = amount(line.discount_minor, currency, language) if line.discount_minor else EMPTY
        name = f"{line.name}\n{line.details}" if line.details else line.name
        table.row(
            [
                Cell(name),
                Cell(written.quantity(line.quantity, language)),
                Cell(amount(line.unit_price_minor, currency, language)),
                Cell(discount, look.CELL if line.discount_minor else look.CELL_MUTED),
                Cell(amount(line.total_minor, currency, language)),
            ],
            inset=_INSET,
            around=_TIGHT,
        )

    def _payment(self, table: Table, payment: CopyPayment, currency: str) -> None:
        words = self._words
        parts = [words.say("Payment: {method}", method=payment.method)]
        if payment.card:
            parts[0] += f" {payment.card}"
        if payment.at:
            parts.append(written.moment(payment.at, words.language))
        table.row(
            [
                Cell(" · ".join(parts), look.PAYMENT, span=4),
                Cell(written.amount(payment.amount_minor, currency, words.language), look.PAYMENT),
            ],
            rule=False,
            inset=_INSET,
            around=_TIGHT,
        )


def _room_for(order: CopyOrder) -> float:
    """Return the room an order needs on its page: all of it if it is short, else its beginning."""
    rows = len(order.lines) + len(order.payments) + bool(order.note)
    whole = 24 + rows * _ORDER_ROW
    return whole if whole <= _KEPT_WHOLE else _ORDER_START
