"""Importing: preview, import, history."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import groupby
from pathlib import Path

from sqlalchemy import select

from desktop_app.customers.records import IncomingCustomer
from desktop_app.customers.storing import known_customers, store_customers
from desktop_app.db.below import earlier
from desktop_app.db.operation import Job, query, task
from desktop_app.db.transaction import Transaction
from desktop_app.exchange.recognise import AUTO, READERS, Recognised, recognise
from desktop_app.exchange.records import Choices, Reading, RowProblem, VenueFacts
from desktop_app.exchange.reports import ImportReport, ImportRow, ReaderRow
from desktop_app.exchange.tables import ImportedFile, ImportRun
from desktop_app.kernel.access import Permission
from desktop_app.kernel.cards import masked
from desktop_app.kernel.clock import VenueTime
from desktop_app.kernel.collecting import no_search_for_cycles
from desktop_app.kernel.words import Message, msg
from desktop_app.menu.catalogue import Catalogue
from desktop_app.orders.records import IncomingOrder, StoredCounts
from desktop_app.orders.storing import Batch, known_orders, store_orders
from desktop_app.orders.sums import COUNTED
from desktop_app.sales.edits import note_edits
from desktop_app.venue.operations import the_venue
from desktop_app.venue.records import VenueCard

BATCH_LINES = 12_000
"""Whole business days are stored together until they have this many lines."""
_CUSTOMERS = 500
PROBLEMS_KEPT = 5000
"""A file of two million bad rows must not take a gigabyte of sentences."""


@dataclass(slots=True)
class _Tally:
    """The figures of an import while it grows."""

    orders: int = 0
    lines: int = 0
    customers: int = 0
    products: int = 0
    known: int = 0
    revenue: int = 0
    problems: list[RowProblem] = field(default_factory=list)
    notices: list[Message] = field(default_factory=list)
    days: set[int] = field(default_factory=set)
    rejected: int = 0
    _last_rejected: tuple[str, int] = ("", 0)
    _told: bool = False

    def add(self, counts: StoredCounts) -> None:
        self.orders += counts.orders_added
        self.lines += counts.lines_added
        self.customers += counts.customers_added
        self.products += counts.products_added
        self.known += counts.already_known
        self.revenue += counts.revenue_minor

    def note(self, problem: RowProblem) -> None:
        """Count a problem, and keep it while there are not too many to be looked at."""
        place = (problem.file, problem.line)
        if problem.rejected and place != self._last_rejected:
            self.rejected += 1
            self._last_rejected = place
        if len(self.problems) < PROBLEMS_KEPT:
            self.problems.append(problem)
        elif not self._told:
            self._told = True
            self.notices.append(
                msg("Only the first {n} problems are listed; all of them count.", n=PROBLEMS_KEPT)
            )


@query(Permission.IMPORTS_READ)
def list_readers(_tx: Transaction) -> Sequence[ReaderRow]:
    """Return the formats we read."""
    return [ReaderRow(reader.name, reader.title, reader.looks_for) for reader in READERS]


@query(Permission.IMPORTS_READ)
def list_imports(
    tx: Transaction, *, after: int | None = None, limit: int = 100
) -> Sequence[ImportRow]:
    """Return the imports below the one named by `after`, newest first."""
    found = select(ImportRun).order_by(ImportRun.at.desc(), ImportRun.id.desc())
    if after is not None:
        found = found.where(earlier(tx.get(ImportRun, after)))
    runs = tx.objects(found.limit(limit))
    files: dict[int, list[str]] = {}
    named = select(ImportedFile.import_id, ImportedFile.name)
    for import_id, name in tx.rows(named.where(ImportedFile.import_id.in_([r.id for r in runs]))):
        files.setdefault(import_id, []).append(name)
    return [
        ImportRow(
            run.id, run.at, run.actor, run.source, files.get(run.id, []), run.orders_added,
            run.lines_added, run.customers_added, run.already_known, run.rejected,
            run.revenue_minor, run.finished,
        )
        for run in runs
    ]  # fmt: skip


@task(Permission.IMPORTS_RUN)
def preview_import(
    job: Job,
    paths: Sequence[Path],
    *,
    source: str = AUTO,
    day_first: bool | None = None,
    sheet: str = "",
) -> ImportReport:
    """Read the files and say what an import would add; nothing is changed."""
    tally = _Tally()
    names: set[str] = set()
    venue, found = _recognised(job, paths, source, sheet)
    for name, reading in _readings(job, found, venue, Choices(day_first), tally):
        for days in _whole_days(reading.orders, venue.time, tally):
            _preview_orders(job, venue, name, days, tally, names)
        for some in _chunks(reading.customers):
            with job.reading() as tx:
                known = known_customers(tx, name, (one.reference for one in some))
            tally.customers += len(some) - len(known)
            tally.known += len(known)
            job.progress.advance(len(some))
    return _report(None, found, tally, venue)


@task(Permission.IMPORTS_RUN, overridable=True)
def import_files(
    job: Job,
    paths: Sequence[Path],
    *,
    source: str = AUTO,
    day_first: bool | None = None,
    sheet: str = "",
) -> ImportReport:
    """Read the files and add what is new; a second time adds nothing.

    Whole business days are stored in one transaction: an import that is stopped or cut off leaves
    whole days or nothing, and the rest comes in when it is run again.
    """
    with no_search_for_cycles():
        tally = _Tally()
        venue, found = _recognised(job, paths, source, sheet)
        choices = Choices(day_first)
        readings = list(_readings(job, found, venue, choices, tally))  # may ask: before all
        import_id = _open_run(job, venue, found)
        job.progress.stage(msg("Storing"))
        for name, reading in readings:
            _store_customers(job, import_id, name, reading.customers, tally)
            _store_orders(job, venue, import_id, name, reading.orders, tally)
        with job.transaction() as tx:
            _update_run(tx, import_id, tally, finished=True)
        return _report(import_id, found, tally, venue)


def _recognised(
    job: Job, paths: Sequence[Path], source: str, sheet: str
) -> tuple[VenueCard, Recognised]:
    job.progress.stage(msg("Recognising the files"))
    with job.reading() as tx:
        venue = the_venue(tx)
    return venue, recognise(paths, source, sheet=sheet, pulse=job.progress.checkpoint)


def _readings(
    job: Job, found: Recognised, venue: VenueCard, choices: Choices, tally: _Tally
) -> Iterator[tuple[str, Reading]]:
    facts = VenueFacts(venue.currency, venue.time, venue.country)
    for reader, files in found:
        job.progress.stage(msg("Reading {title}", title=reader.title))
        reading = reader.read(files, facts, choices, tally.note)
        tally.notices.extend(reading.notices)
        yield reader.name, reading


def _whole_days(
    orders: Iterable[IncomingOrder], venue: VenueTime, tally: _Tally
) -> Iterator[list[IncomingOrder]]:
    """Yield orders in batches of whole business days, and note the days."""
    batch: list[IncomingOrder] = []
    lines = 0
    for date, some in groupby(orders, key=lambda order: _day_of(order, venue)):
        day = list(some)
        tally.days.add(date)
        size = sum(len(order.lines) for order in day)
        if batch and lines + size > BATCH_LINES:
            yield batch
            batch, lines = [], 0
        batch.extend(day)
        lines += size
    if batch:
        yield batch


def _day_of(order: IncomingOrder, venue: VenueTime) -> int:
    times = VenueTime(order.zone, venue.opening) if order.zone else venue
    return times.business_date(order.opened_at)


def _chunks(customers: Iterable[IncomingCustomer]) -> Iterator[list[IncomingCustomer]]:
    chunk: list[IncomingCustomer] = []
    for one in customers:
        chunk.append(one)
        if len(chunk) == _CUSTOMERS:
            yield chunk
            chunk = []
    if chunk:
        yield chunk


def _preview_orders(
    job: Job,
    venue: VenueCard,
    source: str,
    days: list[IncomingOrder],
    tally: _Tally,
    names: set[str],
) -> None:
    with job.reading() as tx:
        known = known_orders(tx, venue.id, source, days)
        if not names:
            names.update(Catalogue.read(tx, venue.id).products)
    fresh = [order for order in days if order.reference not in known]
    lines = [line for order in fresh for line in order.lines]
    products = {line.name for line in lines} - names
    names.update(products)
    revenue = sum(
        line.total_minor for order in fresh if order.status in COUNTED for line in order.lines
    )
    tally.add(StoredCounts(len(fresh), len(lines), len(products), 0, len(known), revenue))
    job.progress.advance(len(days))


def _store_customers(
    job: Job,
    import_id: int,
    source: str,
    customers: Iterable[IncomingCustomer],
    tally: _Tally,
) -> None:
    for some in _chunks(customers):
        with job.transaction() as tx:
            known = known_customers(tx, source, (one.reference for one in some))
            fresh = [one for one in some if one.reference not in known]
            store_customers(tx, source, fresh)
            tally.customers += len(fresh)
            tally.known += len(some) - len(fresh)
            _update_run(tx, import_id, tally, finished=False)
        job.progress.advance(len(some))


def _store_orders(
    job: Job,
    venue: VenueCard,
    import_id: int,
    source: str,
    orders: Iterable[IncomingOrder],
    tally: _Tally,
) -> None:
    with job.reading() as tx:
        batch = Batch(venue, source, import_id, Catalogue.read(tx, venue.id))
    for days in _whole_days(orders, venue.time, tally):
        with job.transaction() as tx:
            counts = store_orders(tx, batch, days)
            tally.add(counts)
            if counts.already_known:
                note_edits(tx, venue, source, days)
            _update_run(tx, import_id, tally, finished=False)
        job.progress.advance(len(days))


def _open_run(job: Job, venue: VenueCard, found: Recognised) -> int:
    files = [file for _reader, theirs in found for file in theirs]
    with job.transaction() as tx:
        import_id = tx.ids.one()
        run = ImportRun(
            id=import_id, venue_id=venue.id, at=tx.at, actor=tx.actor.name,
            source=_sources(found), orders_added=0, lines_added=0, customers_added=0,
            products_added=0, already_known=0, rejected=0, revenue_minor=0, finished=False,
        )  # fmt: skip
        tx.add(run)
        tx.add_all([
            ImportedFile(
                import_id=import_id, file_no=number, name=masked(file.name), size=file.size,
                sha256=file.sha256,
            )
            for number, file in enumerate(files, 1)
        ])  # fmt: skip
        tx.about(f"import {import_id}", files=[file.sha256 for file in files])
    return import_id


def _update_run(tx: Transaction, import_id: int, tally: _Tally, *, finished: bool) -> None:
    tx.about(f"import {import_id}")
    run = tx.get(ImportRun, import_id)
    run.orders_added = tally.orders
    run.lines_added = tally.lines
    run.customers_added = tally.customers
    run.products_added = tally.products
    run.already_known = tally.known
    run.rejected = tally.rejected
    run.revenue_minor = tally.revenue
    run.finished = finished


def _sources(found: Recognised) -> str:
    return ", ".join(reader.name for reader, _files in found)[:64]


def _report(
    import_id: int | None, found: Recognised, tally: _Tally, venue: VenueCard
) -> ImportReport:
    return ImportReport(
        import_id, _sources(found), tally.orders, tally.lines, tally.customers, tally.products,
        tally.known, tally.rejected, tally.revenue, venue.currency, tally.problems,
        tally.notices, min(tally.days, default=None), max(tally.days, default=None),
    )  # fmt: skip
