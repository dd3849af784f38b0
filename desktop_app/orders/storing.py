"""Write a batch of orders with their lines, payments and sums, at driver speed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from operator import itemgetter
from typing import Any, NamedTuple

from sqlalchemy import select

from desktop_app.customers.storing import named_customers
from desktop_app.db.transaction import Transaction
from desktop_app.kernel.clock import VenueTime, millis
from desktop_app.menu.catalogue import Catalogue
from desktop_app.menu.sold import apart
from desktop_app.orders.earning import Receipt, earn
from desktop_app.orders.numbering import Numbering
from desktop_app.orders.records import (
    IncomingLine,
    IncomingOrder,
    OrderStatus,
    PaymentMethod,
    StoredCounts,
)
from desktop_app.orders.sums import COUNTED, Sold, Spread, Sums
from desktop_app.orders.tables import (
    Order,
    OrderLine,
    Payment,
    ReceiptCounter,
    SalesDayCategory,
    SalesDayItem,
    SalesDayPayment,
    SalesDayService,
    SalesDaySize,
    SalesHour,
    SalesMonthItem,
    SoldSize,
)
from desktop_app.staff.storing import employee_numbers
from desktop_app.stock.consuming import SoldAs, consume, count_moments, sells_from_storage
from desktop_app.venue.records import VenueCard

_CHUNK = 500
_ORDER = (
    "id", "venue_id", "import_id", "source", "reference", "number", "opened_at", "closed_at",
    "business_date", "hour", "status", "sale_type", "table_name", "guests", "customer_id",
    "employee_id", "terminal", "payment", "items", "gross_minor", "discount_minor", "tax_minor",
    "service_minor", "total_minor", "note", "running_no", "daily_no", "monthly_no",
)  # fmt: skip
_LINE = (
    "order_id", "line_no", "product_id", "kind", "name", "variant", "category", "modifiers",
    "note", "quantity", "unit_price_minor", "gross_minor", "discount_minor", "tax_minor",
    "total_minor",
)  # fmt: skip
_SIZE = itemgetter(_LINE.index("product_id"), _LINE.index("variant"))
_PAYMENT = (
    "order_id", "line_no", "method", "amount_minor", "card_brand", "card_last4", "reference",
)  # fmt: skip
Row = tuple[Any, ...]
_Amounts = tuple[int, int, int, int, int]


@dataclass(frozen=True, slots=True)
class Batch:
    """Where a batch of orders belongs, and whether it moves stock.

    `sold_on` is the business day of the sale that comes back: it is worth what it was taken for.
    """

    venue: VenueCard
    source: str
    import_id: int | None
    catalogue: Catalogue
    moves_stock: bool = True
    sold_on: int | None = None


@dataclass(frozen=True, slots=True)
class _People:
    customers: Mapping[str, int]
    staff: Mapping[str, int]


class _Place(NamedTuple):
    """Where an order stands: its number in the store, when it was opened, business day and hour."""

    id: int
    opened_millis: int
    day: int
    hour: int


@dataclass(slots=True)
class _Rows:
    numbers: Numbering
    orders: list[Row] = field(default_factory=list)
    lines: list[Row] = field(default_factory=list)
    payments: list[Row] = field(default_factory=list)
    sums: Sums = field(default_factory=Sums)
    sold: dict[int, tuple[Sold, Row, _Amounts]] = field(default_factory=dict)
    """What is sold, row and amounts of a line object: readers use one object for equal lines."""
    revenue: int = 0
    members: list[Receipt] = field(default_factory=list)
    """Imported receipts of customers, which may earn them something."""


def store_orders(tx: Transaction, batch: Batch, incoming: Sequence[IncomingOrder]) -> StoredCounts:
    """Add the orders that are not known yet, in this transaction, and say what was added."""
    batch.catalogue.refresh(tx)
    known = known_orders(tx, batch.venue.id, batch.source, incoming)
    fresh = [order for order in incoming if order.reference not in known]
    people, customers_added = _people(tx, batch, fresh)
    places = _places(tx, batch.venue.time, fresh)
    rows = _Rows(Numbering.read(tx, batch.venue.id, {place.day for place in places}))
    for place, order in zip(places, fresh, strict=True):
        _add(tx, batch, people, rows, place, order)
    products_added = batch.catalogue.flush(tx)
    sums = rows.sums.spread()
    _write(tx, rows, sums)
    if batch.moves_stock:
        _consume(tx, batch, rows, sums)
    earn(tx, rows.members, imported=True)
    return StoredCounts(
        len(fresh), len(rows.lines), products_added, customers_added,
        len(incoming) - len(fresh), rows.revenue,
    )  # fmt: skip


def _consume(tx: Transaction, batch: Batch, rows: _Rows, totals: Spread) -> None:
    if not sells_from_storage(tx, batch.venue.id):
        return
    by_itself = apart(tx)
    counts = count_moments(tx, batch.venue.id, {row[8] for row in rows.orders})
    sold = {
        SoldAs(int(day), int(one)): sums[1]
        for (_, day, one), sums in totals.day_items.items()
        if one not in by_itself and day not in counts
    }
    if by_itself or counts:
        _add_apart(sold, rows, by_itself, counts)
    consume(tx, batch.venue.id, sold, sold_on=batch.sold_on)


def _add_apart(
    sold: dict[SoldAs, int],
    rows: _Rows,
    by_itself: frozenset[int],
    counts: Mapping[int, Sequence[int]],
) -> None:
    """Add what has to be told apart by size, choices or time, from the lines themselves."""
    times = {
        row[0]: (row[8], next((at for at in counts.get(row[8], ()) if row[6] < at), 0))
        for row in rows.orders
        if row[10] in COUNTED
    }
    for order_id, _, product, _, _, size, _, said, _, much, *_ in rows.lines:
        if order_id not in times:
            continue
        day, until = times[order_id]
        if product in by_itself:
            key = SoldAs(day, product, size, said, until)
        elif day in counts:
            key = SoldAs(day, product, until=until)
        else:
            continue
        sold[key] = sold.get(key, 0) + much


def known_orders(
    tx: Transaction, venue_id: int, source: str, incoming: Sequence[IncomingOrder]
) -> set[str]:
    """Return the references of those orders that the store has already."""
    references = [order.reference for order in incoming]
    found: set[str] = set()
    if tx.sorts_as_python and not _any_between(tx, venue_id, source, references):
        return found
    for start in range(0, len(references), _CHUNK):
        query = select(Order.reference).where(
            Order.venue_id == venue_id,
            Order.source == source,
            Order.reference.in_(references[start : start + _CHUNK]),
        )
        found.update(reference for (reference,) in tx.rows(query))
    return found


def _any_between(tx: Transaction, venue_id: int, source: str, references: Collection[str]) -> bool:
    """Tell whether any order lies between the first of these references and the last."""
    if not references:
        return False
    query = select(Order.id).where(
        Order.venue_id == venue_id,
        Order.source == source,
        Order.reference.between(min(references), max(references)),
    )
    return bool(tx.rows(query.limit(1)))


def _places(tx: Transaction, venue: VenueTime, fresh: Sequence[IncomingOrder]) -> list[_Place]:
    opened = [millis(order.opened_at) for order in fresh]
    numbers = tx.ids.take(len(fresh))
    found = venue.business_days_of(opened)
    for place, one in enumerate(fresh):
        if one.zone:
            found[place] = _times(one.zone, venue).business_day_of(opened[place])
    return [
        _Place(id_, at, day, hour)
        for id_, at, (day, hour) in zip(numbers, opened, found, strict=True)
    ]


@cache
def _times(zone: str, venue: VenueTime) -> VenueTime:
    return VenueTime(zone, venue.opening)


def _people(tx: Transaction, batch: Batch, fresh: Sequence[IncomingOrder]) -> tuple[_People, int]:
    names = {order.customer_ref: order.customer_name for order in fresh if order.customer_ref}
    customers, added = named_customers(tx, batch.source, names) if names else ({}, 0)
    staff = employee_numbers(tx, batch.venue.id, {o.staff_name for o in fresh if o.staff_name})
    return _People(customers, staff), added


def _add(
    tx: Transaction,
    batch: Batch,
    people: _People,
    rows: _Rows,
    place: _Place,
    order: IncomingOrder,
) -> None:
    id_, opened_millis, date, hour = place
    venue_id = batch.venue.id
    quantity = gross = discount = tax = total = 0
    sales: list[Sold] = []
    for number, line in enumerate(order.lines, 1):
        known = rows.sold.get(id(line))
        if known is None:
            known = rows.sold[id(line)] = _known(tx, batch.catalogue, line)
        sold, row, (much, before, less, taxed, paid) = known
        rows.lines.append((id_, number, *row))
        sales.append(sold)
        quantity += much
        gross += before
        discount += less
        tax += taxed
        total += paid
    served_by = order.employee_id or people.staff.get(order.staff_name)
    payments = [(p.method, p.amount_minor) for p in order.payments]
    main = max(payments, key=lambda p: abs(p[1]))[0] if payments else PaymentMethod.UNKNOWN
    if payments:
        rows.payments += [
            (id_, number, str(p.method), p.amount_minor, p.card_brand, p.card_last4, p.reference)
            for number, p in enumerate(order.payments, 1)
        ]
    customer = order.customer_id or people.customers.get(order.customer_ref)
    if customer and batch.import_id is not None and order.status is OrderStatus.CLOSED:
        paid = sum(amount for method, amount in payments if method is not PaymentMethod.BONUS)
        due = total + tax + order.service_minor  # where nothing is said about payments
        named = order.number or order.reference
        rows.members.append(Receipt(id_, named, customer, date, paid if payments else due))
    rows.orders.append((
        id_, venue_id, batch.import_id, batch.source, order.reference,
        order.number or order.reference, opened_millis,
        millis(order.closed_at) if order.closed_at else None, date, hour, str(order.status),
        order.sale_type, order.table, order.guests,
        customer, served_by, order.terminal, str(main), quantity, gross, discount, tax,
        order.service_minor, total, order.note, *rows.numbers.next(date),
    ))  # fmt: skip
    rows.sums.add_order(
        (venue_id, date, hour), order.status, (served_by or 0, order.sale_type),
        (order.guests, quantity, discount, tax, total), sales, payments,
    )  # fmt: skip
    rows.revenue += total if order.status in COUNTED else 0


def _known(tx: Transaction, catalogue: Catalogue, line: IncomingLine) -> tuple[Sold, Row, _Amounts]:
    product = _product(tx, catalogue, line)
    sold = Sold(
        product, line.variant, catalogue.category_of[product], line.quantity, line.total_minor
    )
    return sold, _line_row(product, line), _amounts(line)


def _product(tx: Transaction, catalogue: Catalogue, line: IncomingLine) -> int:
    if line.product_id is not None:
        return line.product_id
    return catalogue.product(
        tx, line.name, line.category, line.variant, line.unit_price_minor, line.product_ref
    )


def _line_row(product_id: int, line: IncomingLine) -> Row:
    return (
        product_id, str(line.kind), line.name, line.variant, line.category,
        line.modifiers, line.note, line.quantity, line.unit_price_minor, line.gross_minor,
        line.discount_minor, line.tax_minor, line.total_minor,
    )  # fmt: skip


def _amounts(line: IncomingLine) -> _Amounts:
    return (
        line.quantity, line.gross_minor, line.discount_minor, line.tax_minor, line.total_minor,
    )  # fmt: skip


def _write(tx: Transaction, rows: _Rows, sums: Spread) -> None:
    tx.import_rows(Order, _ORDER, rows.orders)
    tx.import_rows(OrderLine, _LINE, rows.lines)
    tx.import_rows(Payment, _PAYMENT, rows.payments)
    tx.add_to_sums(ReceiptCounter, rows.numbers.grown())
    tx.add_to_sums(SalesHour, sums.hours)
    tx.add_to_sums(SalesDayCategory, sums.day_categories)
    tx.add_to_sums(SalesDayItem, sums.day_items)
    tx.add_to_sums(SalesMonthItem, sums.month_items)
    tx.add_to_sums(SalesDaySize, sums.day_sizes)
    sizes = Counter(map(_SIZE, rows.lines))
    tx.add_to_sums(SoldSize, {size: (lines,) for size, lines in sizes.items()})
    tx.add_to_sums(SalesDayPayment, sums.day_payments)
    tx.add_to_sums(SalesDayService, sums.day_services)
