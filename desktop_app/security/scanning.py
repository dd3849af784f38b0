"""Reads every free-text column of every table that a person may open, page by page."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Select, literal, select, tuple_
from sqlalchemy.orm import InstrumentedAttribute, Mapper

from desktop_app.db.audit_tables import RowCount
from desktop_app.db.base import Base
from desktop_app.db.card_guard import free_attributes, texts_in
from desktop_app.db.card_writes import CardAllowance
from desktop_app.db.operation import Job
from desktop_app.kernel.access import Actor, Domain
from desktop_app.kernel.cards import any_may_hold_card_data, find_card_numbers
from desktop_app.kernel.words import msg
from desktop_app.security.records import FoundCard

PAGE = 2_000
"""Rows read in one short transaction: a long reader delays every writer."""

Place = tuple[str, str, str]


@dataclass(frozen=True, slots=True)
class Hit:
    """A field with card data, by which its object can be found again."""

    mapped: type[Base]
    key: tuple[Any, ...]
    attribute: str
    shown: FoundCard


@dataclass(slots=True)
class Tally:
    """How much a scan has read, and what it left alone."""

    tables: int = 0
    rows: int = 0
    cells: int = 0
    allowed: int = 0
    closed: list[str] = field(default_factory=list)


def searched() -> Sequence[Mapper[Any]]:
    """Return the mapped classes with free text, by table name."""
    found = [mapper for mapper in Base.registry.mappers if free_attributes(mapper)]
    return sorted(found, key=_table_name)


def may_open(actor: Actor, mapper: Mapper[Any]) -> bool:
    """Tell whether the keys of a person open a table."""
    return Domain(str(_table(mapper).schema)) in actor.domains


def scan(job: Job, tally: Tally) -> Iterator[Hit]:
    """Give every field that holds card data; a point to stop after each page."""
    with job.reading() as tx:
        allowances = select(
            CardAllowance.table_name, CardAllowance.column_name, CardAllowance.row_id
        )
        allowed: set[Place] = {(row[0], row[1], row[2]) for row in tx.rows(allowances)}
        counts = tx.pairs(select(RowCount.name, RowCount.rows))
    open_ones = [mapper for mapper in searched() if may_open(job.actor, mapper)]
    tally.closed += [_table_name(m) for m in searched() if not may_open(job.actor, m)]
    total = sum(counts.get(_table_name(mapper), 0) for mapper in open_ones)
    job.progress.stage(msg("Looking for card numbers"), total)
    for mapper in open_ones:
        tally.tables += 1
        for hit in _scan_table(job, mapper, tally):
            place = (hit.shown.table, hit.shown.column, hit.shown.row_id)
            if place in allowed:
                tally.allowed += 1
            else:
                yield hit


def _scan_table(job: Job, mapper: Mapper[Any], tally: Tally) -> Iterator[Hit]:
    names = free_attributes(mapper)
    keys = [mapper.get_property_by_column(column).key for column in mapper.primary_key]
    key_columns: list[InstrumentedAttribute[Any]] = [getattr(mapper.class_, name) for name in keys]
    columns = [*key_columns, *(getattr(mapper.class_, name) for name in names)]
    last: tuple[Any, ...] | None = None
    while True:
        with job.reading() as tx:
            page = tx.rows(_page(columns, key_columns, last))
        tally.rows += len(page)
        tally.cells += len(page) * len(names)
        job.progress.advance(len(page))
        yield from _hits(mapper, names, page)
        if len(page) < PAGE:
            return
        last = tuple(page[-1][: len(keys)])


def _page(
    columns: Sequence[Any], keys: Sequence[Any], last: tuple[Any, ...] | None
) -> Select[*tuple[Any, ...]]:
    query = select(*columns).order_by(*keys).limit(PAGE)
    if last is None:
        return query
    values = [literal(value, key.type) for value, key in zip(last, keys, strict=True)]
    return query.where(tuple_(*keys) > tuple_(*values))


def _hits(mapper: Mapper[Any], names: Sequence[str], page: Sequence[Any]) -> Iterator[Hit]:
    size = len(mapper.primary_key)
    for place, name in enumerate(names, size):
        if not any_may_hold_card_data(text for row in page for text in texts_in(row[place])):
            continue
        for row in page:
            spans = [span for text in texts_in(row[place]) for span in find_card_numbers(text)]
            if spans:
                key = tuple(row[:size])
                shown = FoundCard(
                    _table_name(mapper),
                    mapper.attrs[name].columns[0].name,
                    ",".join(map(str, key)),
                    ", ".join(dict.fromkeys(span.masked for span in spans)),
                )
                yield Hit(mapper.class_, key, name, shown)


def _table(mapper: Mapper[Any]) -> Any:
    return mapper.local_table


def _table_name(mapper: Mapper[Any]) -> str:
    return str(_table(mapper).name)
