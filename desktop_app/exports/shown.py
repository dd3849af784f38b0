"""Handing out what a list shows: its columns, its order, its filter, and nothing else."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import BinaryIO

from desktop_app.db.operation import Job, task
from desktop_app.exports.handing import check_rows, checked, hand_out, hand_out_paper, said_of
from desktop_app.exports.records import FileFormat, HandedOut, Handover, ShownTable, What
from desktop_app.exports.shown_cells import typed
from desktop_app.kernel.access import Limit, Permission
from desktop_app.kernel.cards import masked
from desktop_app.kernel.deeds import Deed
from desktop_app.kernel.errors import InvalidError, NotAllowedError
from desktop_app.kernel.secret_word import Secret
from desktop_app.kernel.words import msg, words
from desktop_app.sheets.records import Sheet
from desktop_app.venue.operations import the_venue, venues_in_sight

_PAPER = (FileFormat.PDF, FileFormat.PRINT)


@task(Permission.CUSTOMERS_EXPORT, deed=Deed.EXPORT_PERSONAL, limit=Limit.EXPORT_ROWS)
def export_shown_customers(
    job: Job, table: ShownTable, out: Path, to: Handover, *, password: Secret | None = None
) -> HandedOut:
    """Write what a list of customers shows to a new file that is locked, and enter for whom."""
    return _hand_out(job, What.CUSTOMERS, table, out, to, password)


@task(Permission.MENU_EXPORT, limit=Limit.EXPORT_ROWS)
def export_shown_menu(
    job: Job, table: ShownTable, out: Path, to: Handover, *, password: Secret | None = None
) -> HandedOut:
    """Write what a list of the menu shows to a new file, and enter for whom.

    This and the others raise what `export_orders` raises, and InvalidError for a table without
    columns or with rows of another length.
    """
    return _hand_out(job, What.MENU, table, out, to, password)


@task(Permission.REPORTS_EXPORT, limit=Limit.EXPORT_ROWS)
def export_shown_money(
    job: Job, table: ShownTable, out: Path, to: Handover, *, password: Secret | None = None
) -> HandedOut:
    """Write what a list of finance shows to a new file, and enter for whom."""
    return _hand_out(job, What.FINANCE, table, out, to, password)


@task(Permission.ORDERS_EXPORT, limit=Limit.EXPORT_ROWS)
def export_shown_orders(
    job: Job, table: ShownTable, out: Path, to: Handover, *, password: Secret | None = None
) -> HandedOut:
    """Write what the list of orders shows to a new file, and enter for whom."""
    return _hand_out(job, What.ORDERS, table, out, to, password)


@task(Permission.REPORTS_EXPORT, limit=Limit.EXPORT_ROWS)
def export_shown_sales(
    job: Job, table: ShownTable, out: Path, to: Handover, *, password: Secret | None = None
) -> HandedOut:
    """Write what the list of shifts or of findings shows to a new file, and enter for whom."""
    return _hand_out(job, What.SALES, table, out, to, password)


@task(Permission.STOCK_EXPORT, limit=Limit.EXPORT_ROWS)
def export_shown_stock(
    job: Job, table: ShownTable, out: Path, to: Handover, *, password: Secret | None = None
) -> HandedOut:
    """Write what a list of the stock shows to a new file, and enter for whom."""
    return _hand_out(job, What.STOCK, table, out, to, password)


@task(Permission.STAFF_EXPORT, deed=Deed.EXPORT_PERSONAL, limit=Limit.EXPORT_ROWS)
def export_shown_pay(
    job: Job, table: ShownTable, out: Path, to: Handover, *, password: Secret | None = None
) -> HandedOut:
    """Write what a list with pay shows to a new locked file; for who may also read salaries."""
    check_pay(job)
    return _hand_out(job, What.PAY, table, out, to, password)


@task(Permission.PRIVACY_HANDLE, limit=Limit.EXPORT_ROWS)
def export_shown_register(
    job: Job, table: ShownTable, out: Path, to: Handover, *, password: Secret | None = None
) -> HandedOut:
    """Write the register of exports, as it is shown, to a new file, and enter for whom."""
    return _hand_out(job, What.EXPORTS, table, out, to, password)


@task(Permission.REPORTS_EXPORT, limit=Limit.EXPORT_ROWS)
def export_shown_report(
    job: Job, table: ShownTable, out: Path, to: Handover, *, password: Secret | None = None
) -> HandedOut:
    """Write what is shown behind a number of a report to a new file, and enter for whom."""
    return _hand_out(job, What.REPORT, table, out, to, password)


@task(Permission.STAFF_EXPORT, limit=Limit.EXPORT_ROWS)
def export_shown_staff(
    job: Job, table: ShownTable, out: Path, to: Handover, *, password: Secret | None = None
) -> HandedOut:
    """Write what a list of the staff shows to a new file that is locked, and enter for whom."""
    return _hand_out(job, What.STAFF, table, out, to, password)


@task(Permission.AUDIT_EXPORT, limit=Limit.EXPORT_ROWS)
def export_shown_trail(
    job: Job, table: ShownTable, out: Path, to: Handover, *, password: Secret | None = None
) -> HandedOut:
    """Write what the list of the trail shows to a new file, and enter for whom."""
    return _hand_out(job, What.AUDIT, table, out, to, password)


SHOWN: Mapping[str, What] = {
    export_shown_customers.name: What.CUSTOMERS,
    export_shown_menu.name: What.MENU,
    export_shown_money.name: What.FINANCE,
    export_shown_orders.name: What.ORDERS,
    export_shown_pay.name: What.PAY,
    export_shown_register.name: What.EXPORTS,
    export_shown_report.name: What.REPORT,
    export_shown_sales.name: What.SALES,
    export_shown_staff.name: What.STAFF,
    export_shown_stock.name: What.STOCK,
    export_shown_trail.name: What.AUDIT,
}
"""What the operations of this module hand out, by their names."""


def check_pay(job: Job) -> None:
    """Raise NotAllowedError for somebody who may not read what people earn."""
    if not job.actor.can(Permission.SALARIES_READ):
        lacking = Permission.SALARIES_READ.value
        raise NotAllowedError(msg("Your role does not allow this."), lacking=lacking)


def _hand_out(
    job: Job, what: What, table: ShownTable, out: Path, to: Handover, password: Secret | None
) -> HandedOut:
    order = checked(what, out, to, password)
    if not table.columns or any(len(row) != len(table.columns) for row in table.rows):
        raise InvalidError(msg("The list has no columns, or rows of another length."))
    check_rows(job, len(table.rows))
    table = _without_cards(table)
    job.progress.stage(msg("Writing the file"), len(table.rows))
    spoken = words(to.language)
    with job.reading() as tx:
        venue = the_venue(tx)
        now, whose = venue.time.local(tx.at), venues_in_sight(tx)
    if to.format in _PAPER:
        from desktop_app.exports.shown_paper import ListFacts, write_list  # noqa: PLC0415 - slow to load

        facts = ListFacts(whose, now, job.actor.name)

        def write(file: BinaryIO) -> None:
            write_list(table, facts, file, spoken, job.progress)

        return hand_out_paper(job, order, len(table.rows), write)
    about = [(spoken.say("List"), table.title), *table.facts, *said_of(job, order, venue, spoken)]
    columns, rows = typed(table)
    sheet = Sheet(table.title, columns, rows, about, spoken.say("Total"), spoken.say("About"))
    return hand_out(job, order, sheet)


def _without_cards(table: ShownTable) -> ShownTable:
    """Return a table with card data masked in its texts; numbers stay what they are."""
    plain = [column.right for column in table.columns]
    rows = [
        [text if right else masked(text) for right, text in zip(plain, row, strict=True)]
        for row in table.rows
    ]
    return replace(table, rows=rows, facts=[(title, masked(text)) for title, text in table.facts])
