"""Maven Analytics' “Restaurant Orders”: `menu_items.csv` and `order_details.csv`, read together.

Dates come in two shapes in one file (`01/02/2023`, `1/13/23`); the order numbers ascend in time,
which proves how each is meant. An item that is `NULL` or not on the menu has no price: its row is
told and left out, its order stays, with no lines if need be.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, time
from operator import itemgetter

from desktop_app.exchange.assembly import by_business_day, repeated_notice, same_time, united
from desktop_app.exchange.cells import Cells
from desktop_app.exchange.dates import DateOrders, proved_orders, read_time
from desktop_app.exchange.files import Opened
from desktop_app.exchange.records import Choices, Problems, Reading, VenueFacts
from desktop_app.exchange.rows import rows
from desktop_app.kernel.errors import InvalidError
from desktop_app.kernel.quantity import ONE
from desktop_app.kernel.words import msg
from desktop_app.orders.records import IncomingLine, IncomingOrder

MENU = ("menu_item_id", "item_name", "category", "price")
_LONGEST_NUMBER = 19
ORDERS = ("order_details_id", "order_id", "order_date", "order_time", "item_id")


@dataclass(slots=True)
class _Draft:
    when: tuple[str, str]
    opened_at: datetime
    lines: list[IncomingLine] = field(default_factory=list)


class Maven:
    """Reads the menu and the orders of Maven's data set."""

    name = "maven"
    title = msg("Maven Restaurant Orders")
    looks_for = msg(
        "two CSV files, one with the columns {menu} and one with {orders}",
        menu=", ".join(MENU),
        orders=", ".join(ORDERS),
    )

    def recognises(self, files: Sequence[Opened]) -> Sequence[Opened]:
        """Return the menu and the files of orders; InvalidError where one kind is missing."""
        menus = [file for file in files if file.has(*MENU)]
        orders = [file for file in files if file.has(*ORDERS)]
        if not orders and not menus:
            return []
        if not orders:
            raise InvalidError(
                msg("“{file}” is a menu without its orders.", file=menus[0].name),
                hint=msg("Choose order_details.csv together with menu_items.csv."),
            )
        if len(menus) != 1:
            raise InvalidError(
                msg("“{file}” needs one menu; {n} were given.", file=orders[0].name, n=len(menus)),
                hint=msg("Choose order_details.csv together with menu_items.csv."),
            )
        return [*menus, *orders]

    def read(
        self, files: Sequence[Opened], venue: VenueFacts, choices: Choices, problems: Problems
    ) -> Reading:
        """Return the orders, priced from the menu."""
        menu_file, *order_files = sorted(files, key=lambda file: not file.has(*MENU))
        menu = _menu(menu_file, venue, problems)
        drafts: dict[str, _Draft] = {}
        repeated = 0
        for file in order_files:
            dates = _dates(file, choices)
            for reference, draft in _drafts(file, menu, dates, venue, problems).items():
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


def _menu(file: Opened, venue: VenueFacts, problems: Problems) -> dict[str, IncomingLine]:
    """Return the line that each item of the menu makes when one of it is sold."""
    cells = Cells(file.name, venue, problems)
    menu: dict[str, IncomingLine] = {}
    in_order = itemgetter(*file.places(*MENU))
    for line, row in rows(file, problems):
        reference, name, category, price = in_order(row)
        cells.line = line
        try:
            item = _item(cells, reference.strip(), name, category, price)
            if menu.setdefault(item.product_ref, item) is not item:
                cells.tell(
                    "menu_item_id", msg("The number {id} is on the menu twice.", id=reference)
                )
        except InvalidError as error:
            cells.refuse(error)
    return menu


def _item(cells: Cells, reference: str, name: str, category: str, price: str) -> IncomingLine:
    amount = cells.price("price", price)
    product = cells.name("item_name", name)
    if not product or not reference:
        raise InvalidError(msg("The item has no name or no number."), field="item_name")
    return IncomingLine(
        product,
        ONE,
        amount,
        category=cells.name("category", category),
        product_ref=reference,
        unit_price_minor=amount,
        gross_minor=amount,
    )


def _dates(file: Opened, choices: Choices) -> DateOrders:
    """Prove how the dates are written from the order in which the orders were taken."""
    in_order = itemgetter(*file.places("order_id", "order_date", "order_time"))
    seen: dict[int, tuple[str, time]] = {}
    texts: dict[str, None] = {}
    for _line, row in rows(file, lambda _problem: None):
        reference, day, at = in_order(row)
        texts[day] = None
        if reference.isascii() and reference.isdigit() and len(reference) < _LONGEST_NUMBER:
            try:
                seen.setdefault(int(reference), (day, read_time(at)))
            except InvalidError:
                continue  # told when the row is read
    ascending = [seen[number] for number in sorted(seen)]
    return proved_orders(file.name, texts, choices.day_first, ascending)


def _drafts(
    file: Opened,
    menu: Mapping[str, IncomingLine],
    dates: DateOrders,
    venue: VenueFacts,
    problems: Problems,
) -> dict[str, _Draft]:
    cells = Cells(file.name, venue, problems)
    drafts: dict[str, _Draft] = {}
    in_order = itemgetter(*file.places(*ORDERS[1:]))
    for line, row in rows(file, problems):
        reference, day, at, item = in_order(row)
        reference = reference.strip()
        cells.line = line
        try:
            draft = drafts.get(reference) or _new(cells, reference, (day, at), dates, venue)
            same_time(draft.when, (day, at))
            drafts.setdefault(reference, draft)
            draft.lines.append(_sold(menu, item.strip()))
        except InvalidError as error:
            cells.refuse(error)
    return drafts


def _sold(menu: Mapping[str, IncomingLine], item: str) -> IncomingLine:
    if item in menu:
        return menu[item]
    raise InvalidError(
        msg("The row names no item ({item}); it has no price.", item=item or "—")
        if item in {"", "NULL"}
        else msg("There is no item {item} on the menu.", item=item[:40]),
        field="item_id",
    )


def _new(
    cells: Cells, reference: str, when: tuple[str, str], dates: DateOrders, venue: VenueFacts
) -> _Draft:
    cells.check_number("order_id", reference)
    day = cells.typed("order_date", dates.read, when[0])
    at = cells.typed("order_time", read_time, when[1])
    return _Draft(when, venue.time.from_local(datetime.combine(day, at)))
