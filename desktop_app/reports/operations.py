"""What can be asked about sales."""

from __future__ import annotations

import shutil
from collections.abc import Sequence
from datetime import timedelta

from sqlalchemy import func, select

from desktop_app.db.operation import Job, query, task
from desktop_app.db.transaction import Transaction
from desktop_app.kernel.access import Permission
from desktop_app.kernel.clock import as_date, as_number
from desktop_app.kernel.errors import UnavailableError
from desktop_app.kernel.words import msg
from desktop_app.orders.tables import SalesHour
from desktop_app.reports import sums
from desktop_app.reports.records import (
    DaySales,
    Dimension,
    DiskRoom,
    Overview,
    Period,
    SalesReport,
    SalesRow,
)
from desktop_app.venue.operations import the_venue

BEST_SELLERS = 8
TREND_DAYS = 14


@query(Permission.REPORTS_READ)
def sales_by(tx: Transaction, dimension: Dimension, period: Period) -> SalesReport:
    """Return sales by a dimension; the total is the same for every dimension."""
    rows = sums.rows_by(tx, dimension, period)
    whole = sums.totals(tx, period)
    total = SalesRow("total", whole.orders, whole.quantity, whole.revenue_minor)
    return SalesReport(rows, total, the_venue(tx).currency)


@query(Permission.REPORTS_READ)
def overview(tx: Transaction, period: Period, before: Period) -> Overview:
    """Return a period beside an earlier one: sums, hours, categories, best sellers."""
    return Overview(
        period,
        before,
        sums.totals(tx, period),
        sums.totals(tx, before),
        sums.by_hour_of_day(tx, period),
        sums.by_hour_of_day(tx, before),
        sums.by_category(tx, period),
        sums.by_product(tx, period, limit=BEST_SELLERS),
        _trend(tx, period),
        the_venue(tx).currency,
        tx.scalar(select(func.max(SalesHour.business_date))),
    )


@query(Permission.REPORTS_READ)
def newest_day(tx: Transaction) -> int | None:
    """Return the last business day with sales, or None before the first."""
    found = tx.scalar(select(func.max(SalesHour.business_date)))
    return None if found is None else int(found)


@task(Permission.REPORTS_READ)
def measure_disk(job: Job) -> DiskRoom:
    """Return how much room is left where the store lies; slow where that is a network share."""
    job.progress.stage(msg("Looking at the disk"))
    folder = job.store.folder
    try:
        return DiskRoom(folder, shutil.disk_usage(folder).free)
    except OSError as error:
        raise UnavailableError(
            msg("The folder {folder} cannot be read.", folder=folder),
            hint=msg("Connect the disk it lies on, or check the rights of this account."),
        ) from error


def _trend(tx: Transaction, period: Period) -> Sequence[DaySales]:
    """Return the days up to the end of the period, at least the last fourteen."""
    if period.last is None:
        return []
    last = as_date(period.last)
    first = as_number(last - timedelta(days=TREND_DAYS - 1))
    if period.first is not None:
        first = min(first, period.first)
    columns = (
        SalesHour.orders, SalesHour.refunds, SalesHour.total_minor, SalesHour.refunded_minor,
    )  # fmt: skip
    wanted = (
        select(SalesHour.business_date, *(func.sum(column) for column in columns))
        .where(*sums.within(SalesHour.business_date, Period(first, period.last)))
        .group_by(SalesHour.business_date)
        .order_by(SalesHour.business_date)
    )
    return [DaySales(int(row[0]), *(int(value) for value in row[1:])) for row in tx.rows(wanted)]
