"""`pizzaplace.csv`: a year of a pizza place, published with the R package gt and great_tables.

One row is one pizza, so there is no quantity; orders repeat their number, date and time. The size
is the variant, the type the category. Dates are ISO, times of day 24-hour, prices plain decimals.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from operator import itemgetter

from desktop_app.exchange.assembly import by_business_day, repeated_notice, same_time, united
from desktop_app.exchange.cells import Cells
from desktop_app.exchange.dates import DateOrders, read_time
from desktop_app.exchange.files import Opened
from desktop_app.exchange.records import Choices, Problems, Reading, VenueFacts
from desktop_app.exchange.rows import rows
from desktop_app.kernel.errors import InvalidError
from desktop_app.kernel.quantity import ONE
from desktop_app.kernel.words import msg
from desktop_app.orders.records import IncomingLine, IncomingOrder

COLUMNS = ("id", "date", "time", "name", "size", "type", "price")


@dataclass(slots=True)
class _Draft:
    when: tuple[str, str]
    opened_at: datetime
    lines: list[IncomingLine] = field(default_factory=list)


class Pizzaplace:
    """Reads pizzaplace.csv."""

    name = "pizzaplace"
    title = msg("Pizza place (one row per pizza)")
    looks_for = msg("a CSV with the columns {columns}", columns=", ".join(COLUMNS))

    def recognises(self, files: Sequence[Opened]) -> Sequence[Opened]:
        """Return the files with exactly the columns of this format."""
        return [file for file in files if file.has(*COLUMNS)]

    def read(
        self, files: Sequence[Opened], venue: VenueFacts, choices: Choices, problems: Problems
    ) -> Reading:
        """Return the orders of all files; one that stands in two is taken once."""
        del choices  # ISO dates leave nothing to choose
        drafts: dict[str, _Draft] = {}
        repeated = 0
        for file in files:
            for reference, draft in _drafts(file, venue, problems).items():
                known = drafts.setdefault(reference, draft)
                if known is not draft:
                    known.lines = united(known.lines, draft.lines)
                    repeated += 1
        notices = [notice for file in files for notice in file.notices]
        return Reading(
            self.name,
            by_business_day(_orders(drafts), venue.time),
            notices=[*notices, *repeated_notice(repeated)],
        )


def _orders(drafts: dict[str, _Draft]) -> Iterator[IncomingOrder]:
    for reference, draft in drafts.items():
        yield IncomingOrder(reference, draft.opened_at, tuple(draft.lines), number=reference)


def _drafts(file: Opened, venue: VenueFacts, problems: Problems) -> dict[str, _Draft]:
    cells = Cells(file.name, venue, problems)
    dates = DateOrders()
    drafts: dict[str, _Draft] = {}
    known: dict[tuple[str, ...], IncomingLine] = {}
    number, *places = file.places(*COLUMNS)
    time_of, item_of = itemgetter(*places[:2]), itemgetter(*places[2:])
    for line, row in rows(file, problems):
        cells.line = line
        reference, when, what = row[number].strip(), time_of(row), item_of(row)
        draft = drafts.get(reference)
        try:
            if draft is None:
                draft = _new(cells, reference, when, dates, venue)
            elif draft.when != when:
                same_time(draft.when, when)
            sold = known.get(what) or _line(cells, what, known)
        except InvalidError as error:
            cells.refuse(error)
            continue
        if not draft.lines:
            drafts[reference] = draft
        draft.lines.append(sold)
    return drafts


def _new(
    cells: Cells, reference: str, when: tuple[str, str], dates: DateOrders, venue: VenueFacts
) -> _Draft:
    cells.check_number("id", reference)
    day = cells.typed("date", dates.read, when[0])
    at = cells.typed("time", read_time, when[1])
    return _Draft(when, venue.time.at_local(day, at))


def _line(
    cells: Cells, what: tuple[str, ...], known: dict[tuple[str, ...], IncomingLine]
) -> IncomingLine:
    name, size, kind, price = what
    told = cells.told
    amount = cells.price("price", price)
    product = cells.name("name", name)
    if not product:
        raise InvalidError(msg("The item has no name."), field="name")
    line = IncomingLine(
        product,
        ONE,
        amount,
        category=cells.name("type", kind),
        variant=cells.name("size", size, 100),
        unit_price_minor=amount,
        gross_minor=amount,
    )
    if cells.told == told:  # what had to be mended is told for every row
        known[what] = line
    return line
