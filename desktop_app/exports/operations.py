"""What can be written for others, and the register of it."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import BinaryIO

from sqlalchemy import func, select

from desktop_app.customers.operations import count_customers
from desktop_app.customers.records import CustomerFilter
from desktop_app.db.operation import Job, command, query, task
from desktop_app.db.transaction import Transaction
from desktop_app.exports import lists, people, shown, trail
from desktop_app.exports.handing import (
    Order,
    check_rows,
    checked,
    hand_out,
    hand_out_paper,
    said_of,
)
from desktop_app.exports.records import (
    ExportRow,
    FileFormat,
    HandedOut,
    Handover,
    What,
)
from desktop_app.exports.tables import ExportRun
from desktop_app.kernel.access import Limit, Permission
from desktop_app.kernel.deeds import Deed
from desktop_app.kernel.secret_word import Secret
from desktop_app.kernel.words import Words, msg, words
from desktop_app.menu.tables import ProductVariant
from desktop_app.orders import listing
from desktop_app.orders.records import OrderFilter
from desktop_app.printing import format as spelled
from desktop_app.reports.catalogue import facts_of
from desktop_app.reports.records import Period
from desktop_app.reports.running import read_report
from desktop_app.reports.shapes import Report
from desktop_app.reports.sheet import sheet_of
from desktop_app.reports.showing import period_text
from desktop_app.staff.tables import Employee
from desktop_app.stock.operations import list_stock
from desktop_app.stock.records import StockFilter
from desktop_app.venue.operations import the_venue, venues_in_sight
from desktop_app.venue.records import VenueCard

_MOST = 1_000_000_000
__all__ = ["people", "shown", "trail"]  # their operations are known with these
_EVERY_ORDER = OrderFilter()
_EVERYBODY = CustomerFilter()
_ALL_STOCK = StockFilter()


@task(Permission.ORDERS_EXPORT, limit=Limit.EXPORT_ROWS)
def export_orders(
    job: Job,
    out: Path,
    to: Handover,
    *,
    wanted: OrderFilter = _EVERY_ORDER,
    password: Secret | None = None,
) -> HandedOut:
    """Write the orders that fit a filter to a new file, and enter for whom.

    This and the others raise InvalidError for a file that may not be written so, ConflictError
    where there is one, ApprovalNeededError for more rows than the role may hand out alone.
    """
    order = checked(What.ORDERS, out, to, password)
    with job.reading() as tx:
        venue, rows = the_venue(tx), int(tx.scalar(listing.counted(wanted, None)))
    check_rows(job, rows)
    job.progress.stage(msg("Writing the file"), rows)
    spoken = words(to.language)
    about = said_of(job, order, venue, spoken)
    return hand_out(job, order, lists.orders_sheet(job, wanted, venue, spoken, about))


@task(Permission.CUSTOMERS_EXPORT, deed=Deed.EXPORT_PERSONAL, limit=Limit.EXPORT_ROWS)
def export_customers(
    job: Job,
    out: Path,
    to: Handover,
    *,
    wanted: CustomerFilter = _EVERYBODY,
    password: Secret | None = None,
) -> HandedOut:
    """Write the customers that fit a filter to a new file that is locked with a password."""
    order = checked(What.CUSTOMERS, out, to, password)
    with job.reading() as tx:
        venue, rows = the_venue(tx), count_customers.body(tx, wanted, cap=_MOST)
    check_rows(job, rows)
    job.progress.stage(msg("Writing the file"), rows)
    spoken = words(to.language)
    about = said_of(job, order, venue, spoken)
    return hand_out(job, order, lists.customers_sheet(job, wanted, venue, spoken, about))


@task(Permission.MENU_EXPORT, limit=Limit.EXPORT_ROWS)
def export_menu(job: Job, out: Path, to: Handover, *, password: Secret | None = None) -> HandedOut:
    """Write the menu with its prices to a new file."""
    order = checked(What.MENU, out, to, password)
    with job.reading() as tx:
        venue = the_venue(tx)
        rows = int(tx.scalar(select(func.count()).select_from(ProductVariant)))
    check_rows(job, rows)
    spoken = words(to.language)
    about = said_of(job, order, venue, spoken)
    return hand_out(job, order, lists.menu_sheet(job, venue, spoken, about))


@task(Permission.STAFF_EXPORT, limit=Limit.EXPORT_ROWS)
def export_staff(job: Job, out: Path, to: Handover, *, password: Secret | None = None) -> HandedOut:
    """Write who works here to a new file that is locked with a password."""
    order = checked(What.STAFF, out, to, password)
    with job.reading() as tx:
        venue = the_venue(tx)
        rows = int(tx.scalar(select(func.count()).select_from(Employee)))
    check_rows(job, rows)
    spoken = words(to.language)
    about = said_of(job, order, venue, spoken)
    return hand_out(job, order, lists.staff_sheet(job, spoken, about))


@task(Permission.STOCK_EXPORT, limit=Limit.EXPORT_ROWS)
def export_stock(
    job: Job,
    out: Path,
    to: Handover,
    *,
    wanted: StockFilter = _ALL_STOCK,
    password: Secret | None = None,
) -> HandedOut:
    """Write what lies in the storages, or lay there at a past moment, to a new file."""
    order = checked(What.STOCK, out, to, password)
    with job.reading() as tx:
        venue, rows = the_venue(tx), len(list_stock.body(tx, wanted))
    check_rows(job, rows)
    spoken = words(to.language)
    about = said_of(job, order, venue, spoken)
    if wanted.at is not None:
        local = spelled.moment(venue.time.local(wanted.at), to.language)
        about.insert(1, (spoken.say("Stock as it was at"), local))
    elif wanted.day is not None:
        about.insert(
            1,
            (spoken.say("Stock as it was at"), period_text(Period(wanted.day, wanted.day), spoken)),
        )
    return hand_out(job, order, lists.stock_sheet(job, venue, spoken, about, wanted))


@task(Permission.REPORTS_EXPORT)
def export_report(
    job: Job,
    key: str,
    period: Period,
    out: Path,
    to: Handover,
    *,
    against: Period | None = None,
    password: Secret | None = None,
) -> HandedOut:
    """Write a report to a new file: CSV, a workbook with its sums, or a PDF.

    One that says what somebody earns leaves locked only.
    """
    what = What.PAY if facts_of(key).personal else What.REPORT
    order = checked(what, out, to, password)
    with job.reading() as tx:
        venue, report = the_venue(tx), read_report(tx, key, period, against)
    spoken = words(to.language)
    if to.format in (FileFormat.PDF, FileFormat.PRINT):
        return _paper(job, order, report, venue, spoken)
    about = [
        (spoken.say("Report"), spoken.of(report.facts.title)),
        (spoken.say("Period"), period_text(period, spoken)),
        *said_of(job, order, venue, spoken),
    ]
    return hand_out(job, order, sheet_of(report, spoken, about))


@query(Permission.PRIVACY_HANDLE)
def list_exports(tx: Transaction) -> Sequence[ExportRow]:
    """Return the register of exports, the newest first."""
    found = tx.objects(select(ExportRun).order_by(ExportRun.at.desc(), ExportRun.id.desc()))
    return [
        ExportRow(
            one.id, one.at, one.actor, What(one.what), FileFormat(one.format), one.protection,
            one.personal, one.rows, one.size, one.sha256, one.file, one.recipient, one.reason,
            one.expires_at, one.destroyed_at, one.venues,
        )
        for one in found
    ]  # fmt: skip


@command(Permission.PRIVACY_HANDLE)
def note_destroyed(tx: Transaction, export_id: int) -> None:
    """Enter that a file that was handed out is gone; once is enough."""
    row = tx.get(ExportRun, export_id)
    if row.destroyed_at is None:
        row.destroyed_at = tx.at
    tx.about(f"export {row.id}")


def _paper(job: Job, order: Order, report: Report, venue: VenueCard, spoken: Words) -> HandedOut:
    from desktop_app.reports.paper import PaperFacts, write_paper  # noqa: PLC0415 - slow to load

    def write(file: BinaryIO) -> None:
        with job.reading() as tx:
            facts = PaperFacts(venues_in_sight(tx), venue.time.local(tx.at), job.actor.name)
        write_paper(report, facts, file, spoken, job.progress)

    return hand_out_paper(job, order, len(report.rows), write)
