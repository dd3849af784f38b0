"""The tables of each list as they are exported, read in short steps so that nobody waits."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import select

from desktop_app.customers.operations import find_customers
from desktop_app.customers.records import CustomerFilter
from desktop_app.customers.wording import KINDS
from desktop_app.db.operation import Job
from desktop_app.kernel.access import Permission
from desktop_app.kernel.cards import masked
from desktop_app.kernel.clock import as_date, millis
from desktop_app.kernel.money import decimals
from desktop_app.kernel.words import Words
from desktop_app.menu.kinds import WHOLE_TITLES
from desktop_app.menu.operations import list_products
from desktop_app.orders import listing
from desktop_app.orders.records import Cursor, OrderFilter, OrderRow
from desktop_app.orders.wording import METHODS, STATUSES
from desktop_app.sheets.records import Cell, Column, Kind, Sheet
from desktop_app.staff.tables import Employee
from desktop_app.stock.operations import list_stock
from desktop_app.stock.records import StockFilter
from desktop_app.venue.records import VenueCard

_STEP = 2_000
About = Sequence[tuple[str, str]]


def orders_sheet(
    job: Job, wanted: OrderFilter, venue: VenueCard, words: Words, about: About
) -> Sheet:
    """Return the orders that fit a filter; customers by number only."""
    say, money = words.say, decimals(venue.currency)
    columns = [
        Column(say("Id"), key="id"),
        Column(say("Number"), key="number"),
        Column(say("Opened"), Kind.MOMENT, key="opened"),
        Column(say("Business day"), Kind.DAY, key="day"),
        Column(say("Status"), key="status"),
        Column(say("Sale type"), key="sale-type"),
        Column(say("Table"), key="table"),
        Column(say("Staff"), key="staff"),
        Column(say("Customer"), key="customer"),
        Column(say("Quantity"), Kind.NUMBER, 3, total=True, key="quantity"),
        Column(f"{say('Total')}, {venue.currency}", Kind.NUMBER, money, total=True, key="total"),
        Column(say("Payment"), key="payment"),
    ]
    return _sheet(say("Orders"), columns, _orders(job, wanted, venue, words), about, words)


def customers_sheet(
    job: Job, wanted: CustomerFilter, venue: VenueCard, words: Words, about: About
) -> Sheet:
    """Return the customers that fit a filter."""
    say, money = words.say, decimals(venue.currency)
    columns = [
        Column(say("Id"), key="id"),
        Column(say("Name"), width=28, key="name"),
        Column(say("Kind"), key="kind"),
        Column(say("Telephone"), key="telephone"),
        Column(say("E-mail"), width=28, key="email"),
        Column(say("Group"), key="group"),
        Column(
            f"{say('Balance')}, {venue.currency}", Kind.NUMBER, money, total=True, key="balance"
        ),
        Column(f"{say('Bonus')}, {venue.currency}", Kind.NUMBER, money, total=True, key="bonus"),
        Column(
            f"{say('Cashback')}, {venue.currency}", Kind.NUMBER, money, total=True, key="cashback"
        ),
        Column(say("Code"), key="code"),
    ]
    return _sheet(say("Customers"), columns, _customers(job, wanted, words), about, words)


def menu_sheet(job: Job, venue: VenueCard, words: Words, about: About) -> Sheet:
    """Return the menu, one row a size and price."""
    say, money = words.say, decimals(venue.currency)
    columns = [
        Column(say("Id"), key="id"),
        Column(say("Name"), width=28, key="name"),
        Column(say("Category"), key="category"),
        Column(say("Variant"), key="variant"),
        Column(f"{say('Price')}, {venue.currency}", Kind.NUMBER, money, key="price"),
        Column(say("On the menu"), key="active"),
    ]

    def rows() -> Iterator[Sequence[Cell]]:
        with job.reading() as tx:
            found = list_products.body(tx)
        for one in found:
            on = say("yes") if one.active else say("no")
            head = (str(one.id), masked(one.name), masked(one.category))
            if not one.variants:
                yield (*head, "", None, on)
            for variant in one.variants:
                yield (*head, masked(variant.name), variant.price_minor, on)

    return _sheet(say("Menu"), columns, rows(), about, words)


def staff_sheet(job: Job, words: Words, about: About) -> Sheet:
    """Return who works or worked here; never what they earn."""
    say = words.say
    columns = [
        Column(say("Id"), key="id"),
        Column(say("Name"), width=28, key="name"),
        Column(say("Position"), key="position"),
        Column(say("Works here"), key="active"),
    ]

    def rows() -> Iterator[Sequence[Cell]]:
        wanted = select(Employee.id, Employee.name, Employee.position, Employee.active)
        with job.reading() as tx:
            found = tx.rows(wanted.order_by(Employee.name, Employee.id))
        for id_, name, position, active in found:
            yield str(id_), masked(name), masked(position), say("yes") if active else say("no")

    return _sheet(say("Staff"), columns, rows(), about, words)


def stock_sheet(
    job: Job, venue: VenueCard, words: Words, about: About, wanted: StockFilter
) -> Sheet:
    """Return what lies in the storages, or lay there; costs for those who may."""
    say, money = words.say, decimals(venue.currency)
    priced = job.actor.can(Permission.STOCK_COST)
    columns = [
        Column(say("Id"), key="id"),
        Column(say("Name"), width=28, key="name"),
        Column(say("Category"), key="category"),
        Column(say("Quantity"), Kind.NUMBER, 3, key="quantity"),
        Column(say("Unit"), key="unit"),
        Column(say("At least"), Kind.NUMBER, 3, key="low"),
    ]
    if priced:
        columns.append(
            Column(f"{say('Cost of one')}, {venue.currency}", Kind.NUMBER, money, key="cost")
        )
        columns.append(
            Column(f"{say('Value')}, {venue.currency}", Kind.NUMBER, money, total=True, key="value")
        )

    def rows() -> Iterator[Sequence[Cell]]:
        with job.reading() as tx:
            found = list_stock.body(tx, wanted)
        for row in found:
            whole = row.unit.whole
            cells: list[Cell] = [
                str(row.product_id), masked(row.name), masked(row.category),
                round(row.quantity * 1000 / whole), words.of(WHOLE_TITLES[row.unit]),
                None if row.low_stock is None else round(row.low_stock * 1000 / whole),
            ]  # fmt: skip
            yield [*cells, row.whole_cost_minor, row.value_minor] if priced else cells

    return _sheet(say("Stock"), columns, rows(), about, words)


def _orders(
    job: Job, wanted: OrderFilter, venue: VenueCard, words: Words
) -> Iterator[Sequence[Cell]]:
    statuses = {status: words.of(text) for status, text in STATUSES.items()}
    methods = {method: words.of(text) for method, text in METHODS.items()}
    local = venue.time.local
    after: Cursor | None = None
    while True:
        with job.reading() as tx:
            found = [_order(row) for row in tx.rows(listing.page(wanted, after, _STEP))]
        for row in found:
            yield (
                str(row.id), masked(row.number), _clock(local(row.opened_at)),
                as_date(row.business_date), statuses[row.status], masked(row.sale_type),
                masked(row.table), masked(row.staff_name),
                "" if row.customer_id is None else str(row.customer_id), row.items,
                row.total_minor, methods[row.payment],
            )  # fmt: skip
        job.progress.advance(len(found))
        if len(found) < _STEP:
            return
        after = listing.key_of(found[-1], wanted.sort, millis(found[-1].opened_at))


def _customers(job: Job, wanted: CustomerFilter, words: Words) -> Iterator[Sequence[Cell]]:
    kinds = {kind: words.of(said) for kind, said in KINDS.items()}
    after: int | None = None
    while True:
        with job.reading() as tx:
            page = find_customers.body(tx, wanted, after=after, limit=_STEP)
        for row in page.rows:
            yield (
                str(row.id), masked(row.name), kinds[row.kind], masked(row.phone),
                masked(row.email), masked(row.group), row.balance_minor, row.bonus_minor,
                row.cashback_minor, masked(row.reference),
            )  # fmt: skip
        job.progress.advance(len(page.rows))
        if page.next is None:
            return
        after = page.next


def _order(row: Any) -> OrderRow:
    return OrderRow(*row)


def _clock(at: datetime) -> datetime:
    return at.replace(tzinfo=None)


def _sheet(
    title: str, columns: Sequence[Column], rows: Iterator[Sequence[Cell]], about: About,
    words: Words,
) -> Sheet:  # fmt: skip
    return Sheet(title, columns, rows, about, words.say("Total"), words.say("About this file"))
