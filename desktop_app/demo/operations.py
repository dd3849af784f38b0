"""Filling an empty store with the demonstration."""

from __future__ import annotations

import shutil
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import replace
from datetime import datetime, time, timedelta
from pathlib import Path

from sqlalchemy import func, select

from desktop_app.backup.operations import add_target, run_backup
from desktop_app.db.operation import Job, task
from desktop_app.demo.cellar import Cellar
from desktop_app.demo.crew import CREW
from desktop_app.demo.guests import guests
from desktop_app.demo.handed_out import write_register
from desktop_app.demo.kitchen import write_menu
from desktop_app.demo.menu import CURRENCY
from desktop_app.demo.money import write_money
from desktop_app.demo.paying import DEPOSIT, Entry
from desktop_app.demo.photos import write_photos
from desktop_app.demo.records import DemoReport, Written
from desktop_app.demo.sales import DAYS as DAYS_OF_YEAR
from desktop_app.demo.sales import Year
from desktop_app.demo.till import DAYS, link_refunds, note_gaps, write_till
from desktop_app.demo.waiting import leave_waiting
from desktop_app.demo.works import write_clock, year_of_turns
from desktop_app.demo.writing import (
    SOURCE,
    write_balances,
    write_crew,
    write_guests,
    write_recipients,
)
from desktop_app.kernel.access import Limit, Permission, Role
from desktop_app.kernel.clock import as_date, as_number, monotonic
from desktop_app.kernel.collecting import no_search_for_cycles
from desktop_app.kernel.errors import ConflictError, InvalidError
from desktop_app.kernel.job import Progress
from desktop_app.kernel.roles import BUILT_IN, CUSTOM, checked_role
from desktop_app.kernel.words import msg
from desktop_app.menu.catalogue import Catalogue
from desktop_app.orders.records import IncomingOrder
from desktop_app.orders.storing import Batch, store_orders
from desktop_app.orders.tables import Order
from desktop_app.sales.gaps import gaps_between
from desktop_app.sign_in import NewStore, Reception
from desktop_app.vault.cost import KdfCost
from desktop_app.venue.operations import the_venue
from desktop_app.venue.records import NewVenue

OWNER, PASSWORD = "owner", "demo"
OTHERS = (
    ("aysel", Role.MANAGER),
    ("elvin", Role.STAFF),
    ("nigar", Role.ACCOUNTANT),
    ("tural", Role.AUDITOR),
)
LEADER = "kamran"
LEADERS = checked_role(
    f"{CUSTOM}demo01",
    "Növbə rəhbəri",
    BUILT_IN[Role.STAFF].permissions
    | {
        Permission.MENU_STOP,
        Permission.ORDERS_DISCOUNT,
        Permission.ORDERS_REFUND,
        Permission.ORDERS_VOID,
        Permission.SHIFTS_CLOSE,
        Permission.SHIFTS_READ,
    },
    {Limit.REFUND_MINOR: 2_000, Limit.DISCOUNT_PERCENT: 10, Limit.EXPORT_ROWS: 0},
)
"""A role of the restaurant's own; its one person sees this venue only."""
TARGET = "USB"
MOST_ORDERS = 1_000_000
VENUE = NewVenue(
    name="Şirvanşah",
    currency=CURRENCY,
    timezone="Asia/Baku",
    opening=time(8),
    country="AZ",
    legal_name="Şirvanşah Restoranı MMC",
    tax_id="1403210041",
    email="salam@shirvanshah.example.az",
    phone="+994120123456",
    address="Bakı, Nizami küçəsi 83",
)
_BATCH_LINES = 4000


def fill(
    reception: Reception,
    *,
    seed: int = 1,
    orders: int = 20_000,
    progress: Progress | None = None,
    until: datetime | None = None,
    backups: Path | None = None,
    cost: KdfCost | None = None,
) -> DemoReport:
    """Make a store in an empty folder and fill it with a year that ends now, or at `until`.

    The same seed and end give the same year. With `backups`, that folder becomes a place for
    backups and gets the first one. ConflictError where the folder holds a store; a filling that
    fails or is stopped leaves no store behind.
    """
    progress = progress or Progress()
    if not 0 < orders <= MOST_ORDERS:
        raise InvalidError(
            msg("The demonstration has from 1 to {most} orders.", most=MOST_ORDERS),
            field="orders",
        )
    started = monotonic()
    progress.stage(msg("Making the store"))
    others = _names_in(reception.folder)
    new = reception.create(VENUE, OWNER, PASSWORD, cost=cost, weak_password_allowed=True)
    try:
        with new.app as app:
            written = app.call_watched(progress, fill_year, seed, orders, until)
            app.call_watched(progress, let_in_others)
            if backups is not None:
                app.call_watched(progress, add_target, TARGET, str(backups.absolute()))
                app.call_watched(progress, run_backup, TARGET)
    except BaseException:
        _clear(reception.folder, others)
        raise
    return _report(new, written, monotonic() - started)


@task(Permission.USERS_MANAGE)
def fill_year(job: Job, seed: int, orders: int, until: datetime | None) -> Written:
    """Write the demonstration into a store that has no orders yet."""
    job.progress.stage(msg("Inviting the guests"))
    until = until or job.store.clock.now()
    with job.reading() as tx:
        venue = the_venue(tx)
        if tx.scalar(select(func.count()).select_from(select(Order.id).limit(1).subquery())):
            raise ConflictError(
                msg("This store has orders already."),
                hint=msg("The demonstration needs an empty folder; choose another with --data."),
            )
    everybody = guests(seed, until)
    year = Year(seed, orders, until, venue.time, everybody)
    with job.transaction() as tx:
        crew = write_crew(tx, venue.id, year.today)
        write_clock(tx, venue.id, crew, year_of_turns(seed, until, venue.time))
        write_recipients(tx)
        products = write_menu(tx, venue.id, until)
        catalogue = Catalogue.read(tx, venue.id)
        numbers = write_guests(tx, everybody, seed, until)
        cellar = Cellar(seed, venue, until, catalogue.products)
        cellar.open(tx, year.today - timedelta(days=DAYS_OF_YEAR - 1))
    batch = Batch(venue, SOURCE, None, catalogue)
    job.progress.stage(msg("Serving a year of orders"), orders)
    with no_search_for_cycles():
        served = _serve(job, batch, year, cellar)
    _take_deposits(year)
    with job.transaction() as tx:
        write_balances(tx, numbers, year.bonuses.all())
    job.progress.stage(msg("Counting the till"))
    with job.transaction() as tx:
        link_refunds(tx, venue)
        write_till(tx, venue, seed, until)
    with job.transaction() as tx:
        today = venue.time.business_date(until)
        since = as_number(as_date(today) - timedelta(days=DAYS))
        gaps = gaps_between(tx, since, today)
        note_gaps(tx, venue, until, [(gap.day, gap.kind, gap.key) for gap in gaps])
    with job.transaction() as tx:  # last: what shifts have posted is not posted again
        write_money(tx, venue, seed, until)
    with job.transaction() as tx:
        write_photos(tx, venue.id, seed, until)
        leave_waiting(tx, cellar)
        write_register(tx, until)
    return replace(
        served, products=served.products + products, customers=len(numbers), employees=len(CREW)
    )


def _serve(job: Job, batch: Batch, year: Year, cellar: Cellar) -> Written:
    served = Written()
    for days in _whole_days(year.days()):
        with job.transaction() as tx:
            cellar.stock_up(tx, days)
            counts = store_orders(tx, batch, days)
            cellar.look_after(tx, as_date(year.venue.business_date(days[-1].opened_at)))
            tx.about("demonstration", orders=counts.orders_added)
        served = Written(
            orders=served.orders + counts.orders_added,
            products=served.products + counts.products_added,
            revenue_minor=served.revenue_minor + counts.revenue_minor,
            first_day=served.first_day or year.venue.business_date(days[0].opened_at),
            last_day=year.venue.business_date(days[-1].opened_at),
        )
        job.progress.advance(counts.orders_added)
    return served


def _whole_days(days: Iterable[list[IncomingOrder]]) -> Iterator[list[IncomingOrder]]:
    """Put whole days together until they have enough lines for a transaction."""
    batch: list[IncomingOrder] = []
    lines = 0
    for day in days:
        batch.extend(day)
        lines += sum(len(order.lines) for order in day)
        if lines >= _BATCH_LINES:
            yield batch
            batch, lines = [], 0
    if batch:
        yield batch


def _take_deposits(year: Year) -> None:
    """Let every fourth company have paid for a banquet in advance."""
    for place, guest in enumerate(one for one in year.guests if one.company):
        if place % 4 == 0:
            amount = 20_000 + place * 2_500
            at = max(guest.since, year.until - timedelta(days=9 + place))
            year.bonuses.enter(guest.reference, Entry(at, amount, DEPOSIT))


def _names_in(folder: Path) -> frozenset[str]:
    return frozenset(path.name for path in folder.iterdir()) if folder.is_dir() else frozenset()


def _clear(folder: Path, others: frozenset[str]) -> None:
    """Remove what was made in a folder, and nothing that lay there before."""
    for name in _names_in(folder) - others:
        path = folder / name
        if path.is_dir():
            shutil.rmtree(path, ignore_errors=True)
        else:
            path.unlink(missing_ok=True)
    if not others:
        with suppress(OSError):
            folder.rmdir()


@task(Permission.USERS_MANAGE)
def let_in_others(job: Job) -> None:
    """Let people of every role in, and of one of the restaurant's own, with the same password."""
    keys = job.store.keys.unlocked
    with job.reading() as tx:
        here = (the_venue(tx).id,)
    keys.save_role(LEADERS)
    everywhere = [(name, role.value, None) for name, role in OTHERS]
    for name, role, venues in (*everywhere, (LEADER, LEADERS.id, here)):
        keys.add_user(name, role, PASSWORD, venues=venues, weak_password_allowed=True)
        with job.transaction() as tx:
            tx.about(f"user {name}", role=role)


def _report(new: NewStore, written: Written, seconds: float) -> DemoReport:
    return DemoReport(
        written.orders, written.customers, written.products, written.employees,
        written.revenue_minor, CURRENCY, seconds, written.first_day, written.last_day,
        new.recovery_key_id, new.code.text,
    )  # fmt: skip
