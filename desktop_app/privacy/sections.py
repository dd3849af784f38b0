"""From rows to the sections of a copy: one section a table, orders with lines and payments."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import AbstractContextManager
from dataclasses import replace
from itertools import groupby
from typing import Any

from sqlalchemy import select

from desktop_app.customers.tables import Customer, CustomerGroup
from desktop_app.db.base import About, Base
from desktop_app.db.transaction import Transaction
from desktop_app.kernel.words import Message, msg
from desktop_app.orders.tables import Order, OrderLine, Payment
from desktop_app.orders.wording import METHODS, STATUSES
from desktop_app.privacy.labels import BASES, PURPOSES, RETENTION, TABLES, TableLabel
from desktop_app.privacy.records import Column, CopyLine, CopyOrder, CopyPayment, Field, Section
from desktop_app.privacy.values import cell, told
from desktop_app.privacy.walk import rows_about, told_columns
from desktop_app.staff.tables import Employee
from desktop_app.venue.records import VenueCard

ORDER_TABLES = ("pos_order", "order_line", "payment")
"""Printed together, order by order; every other table is a section of its own."""
_BATCH = 500
_WIDE = {"wording": 3.0, "text": 4.0, "subject": 2.0, "value": 3.0, "reason": 2.5}
_HIDDEN = frozenset({"sort_name"})
Reading = Callable[[], AbstractContextManager[Transaction]]


def card_sections(
    tx: Transaction, table: type[Base], numbers: Sequence[int], venue: VenueCard
) -> list[Section]:
    """Return what a table holds about a customer; of their cards each is a section of its own."""
    if table is not Customer:
        return [section_of(tx, table, numbers, venue)]
    first, *others = ([number] for number in numbers)
    return [
        section_of(tx, table, first, venue),
        *(
            replace(section_of(tx, table, other, venue), key=f"{table.__tablename__}_{at}")
            for at, other in enumerate(others, 2)
        ),
    ]


def section_of(
    tx: Transaction, table: type[Base], numbers: Sequence[int], venue: VenueCard
) -> Section:
    """Return everything a table holds about a customer, under all of their numbers."""
    rows = tx.objects(rows_about(table, numbers).order_by(*table.__table__.primary_key))
    columns = [name for name in told_columns(table) if name not in _HIDDEN]
    label = label_of(table)
    if table is Customer:
        fields = [_field(tx, label, name, rows[0], venue) for name in columns]
        return _section(table, label, fields=[field for field in fields if field.value != ""])
    return _section(
        table,
        label,
        columns=[
            Column(name, _title(label, name), _WIDE.get(name, 1.0), name.endswith("_minor"))
            for name in columns
        ],
        rows=[[told(name, cell(row, name), venue) for name in columns] for row in rows],
    )


def orders_section(
    reading: Reading, ids: Sequence[int], venue: VenueCard, staff: dict[int, str]
) -> Section:
    """Return the orders as a section that reads them in short transactions while printing."""
    label = TABLES["pos_order"]
    return _section(Order, label, orders=_orders(reading, ids, venue, staff))


def label_of(table: type[Base]) -> TableLabel:
    """Return the words for a table; one that has none yet is still told, under its own names."""
    found = TABLES.get(table.__tablename__)
    if found:
        return found
    plain = msg("{name}", name=table.__tablename__.replace("_", " "))
    return TableLabel(plain, msg("Recorded by the restaurant"), {})


def place_of(table: type[Base]) -> int:
    """Return where a table stands in a copy: as the labels are ordered, the unnamed ones last."""
    names = list(TABLES)
    name = table.__tablename__
    return names.index(name) if name in names else len(names)


def staff_names(tx: Transaction) -> dict[int, str]:
    """Return the names that stand on receipts, by number."""
    return tx.pairs(select(Employee.id, Employee.name))


def _title(label: TableLabel, column: str) -> Message:
    return label.columns.get(column) or msg("{name}", name=column.replace("_", " "))


def _section(
    table: type[Base],
    label: TableLabel,
    *,
    fields: Sequence[Field] = (),
    columns: Sequence[Column] = (),
    rows: Sequence[Sequence[Any]] = (),
    orders: Iterable[CopyOrder] | None = None,
) -> Section:
    about: About = table.__about__
    return Section(
        table.__tablename__,
        label.title,
        PURPOSES[about.purpose],
        BASES[about.basis],
        RETENTION[about.keep],
        label.source,
        fields,
        columns,
        rows,
        orders,
    )


def _field(tx: Transaction, label: TableLabel, name: str, row: Any, venue: VenueCard) -> Field:
    value = cell(row, name)
    if name == "group_id":
        group = tx.find(CustomerGroup, value) if value else None
        return Field(name, _title(label, name), cell(group, "name") if group else "")
    return Field(name, _title(label, name), told(name, value, venue))


def _orders(
    reading: Reading, ids: Sequence[int], venue: VenueCard, staff: dict[int, str]
) -> Iterator[CopyOrder]:
    for start in range(0, len(ids), _BATCH):
        batch = ids[start : start + _BATCH]
        with reading() as tx:
            found = tx.objects(
                select(Order).where(Order.id.in_(batch)).order_by(Order.opened_at, Order.id)
            )
            lines = _children(tx, OrderLine, batch)
            payments = _children(tx, Payment, batch)
        for order in found:
            yield _order(order, lines.get(order.id, ()), payments.get(order.id, ()), venue, staff)


def _children(tx: Transaction, table: Any, ids: Sequence[int]) -> dict[int, list[Any]]:
    wanted = select(table).where(table.order_id.in_(ids)).order_by(table.order_id, table.line_no)
    return {
        id_: list(rows) for id_, rows in groupby(tx.objects(wanted), key=lambda row: row.order_id)
    }


def _order(
    order: Order,
    lines: Sequence[OrderLine],
    payments: Sequence[Payment],
    venue: VenueCard,
    staff: dict[int, str],
) -> CopyOrder:
    return CopyOrder(
        order.number,
        venue.time.local(order.opened_at),
        order.total_minor,
        venue.currency,
        [_line(line) for line in lines],
        [
            CopyPayment(
                METHODS[p.method],
                p.method.value,
                p.amount_minor,
                " ".join(part for part in (cell(p, "card_brand"), p.card_last4) if part),
            )
            for p in payments
        ],
        _facts(order, venue, staff),
        cell(order, "note"),
        {"source": order.source, "reference": order.reference, "hour": order.hour},
    )


_ORDER_FACTS = (
    "sale_type", "table_name", "guests", "terminal", "closed_at", "gross_minor", "discount_minor",
    "tax_minor", "service_minor",
)  # fmt: skip


def _facts(order: Order, venue: VenueCard, staff: dict[int, str]) -> list[Field]:
    titles = TABLES["pos_order"].columns
    facts = [Field("status", titles["status"], STATUSES[order.status])]
    for name in _ORDER_FACTS:
        value = cell(order, name)
        if value:
            facts.append(Field(name, titles[name], told(name, value, venue)))
    if order.employee_id in staff:
        facts.append(Field("employee_id", titles["employee_id"], staff[order.employee_id]))
    return facts


def _line(line: OrderLine) -> CopyLine:
    details = [text for name in ("variant", "modifiers", "note") if (text := cell(line, name))]
    return CopyLine(
        cell(line, "name"), line.quantity, line.unit_price_minor, line.discount_minor,
        line.total_minor, " · ".join(details),
    )  # fmt: skip
