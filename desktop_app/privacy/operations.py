"""What can be done for the people we hold data about."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import func, select

from desktop_app.access.anchors import newest_anchor
from desktop_app.customers.aliases import kept_of, persons
from desktop_app.customers.tables import Customer
from desktop_app.db.base import Person
from desktop_app.db.operation import Job, query, task
from desktop_app.db.transaction import Transaction
from desktop_app.kernel.access import Permission
from desktop_app.kernel.clock import as_date
from desktop_app.kernel.deeds import Deed
from desktop_app.kernel.errors import UnavailableError
from desktop_app.kernel.money import Money
from desktop_app.kernel.secret_word import Secret
from desktop_app.kernel.words import msg, words
from desktop_app.orders.sums import COUNTED
from desktop_app.orders.tables import Order
from desktop_app.privacy import sections
from desktop_app.privacy.labels import PLACE_TRAIL
from desktop_app.privacy.records import (
    CopyFile,
    DataCopy,
    Figure,
    Period,
    Place,
    Recipient,
    Subject,
    Venue,
)
from desktop_app.privacy.rights import LAWS, RIGHTS
from desktop_app.privacy.tables import HandedCopy
from desktop_app.privacy.tables import Recipient as RecipientRow
from desktop_app.privacy.values import cell
from desktop_app.privacy.walk import count_about, tables_about
from desktop_app.vault.cipher import aes_cbc
from desktop_app.venue.operations import the_venue
from desktop_app.venue.records import VenueCard


@dataclass(frozen=True, slots=True)
class HandedFile:
    """A copy that was written: where, how long, and what was looked through."""

    file: Path
    number: str
    pages: int
    size: int
    sha256: str
    places_searched: int
    places_with_data: int


@query(Permission.PRIVACY_HANDLE)
def next_copy_number(tx: Transaction) -> str:
    """Return the number that the next copy gets, to name its file without naming the person."""
    return _next_number(tx, the_venue(tx))


@task(Permission.PRIVACY_HANDLE, deed=Deed.EXPORT_PERSONAL)
def write_copy(
    job: Job, customer_id: int, out: Path, *, language: str, password: Secret | None = None
) -> HandedFile:
    """Write everything held about a customer as a PDF, and enter that it was made.

    The file appears under its name only when it is whole. NotFoundError for no such customer,
    UnavailableError where the file cannot be written. `password` protects the file (AES-256).
    """
    from desktop_app.privacy.paper import write_copy as write_paper  # noqa: PLC0415 - slow to load

    with job.reading() as tx:
        copy = _collect(job, tx, customer_id, language)
    part = out.with_name(f"{out.name}.part")
    try:
        with part.open("wb") as file:
            written = write_paper(
                copy, file, words(language), job.progress, protect=password, aes_cbc=aes_cbc
            )
        _hand_over(job, customer_id, copy, written, part, out)
    except OSError as error:
        raise UnavailableError(
            msg("The copy cannot be written to {file}.", file=out),
            hint=msg("Free space there, check the rights, or choose another folder."),
        ) from error
    finally:
        part.unlink(missing_ok=True)
    places = copy.places_searched
    return HandedFile(
        out, copy.reference, written.pages, written.size, written.sha256, len(places),
        sum(1 for place in places if place.found),
    )  # fmt: skip


def _hand_over(
    job: Job, customer_id: int, copy: DataCopy, written: CopyFile, part: Path, out: Path
) -> None:
    """Enter the copy and give the file its name, both or neither."""
    try:
        _enter(job, customer_id, copy, written, part, out)
    except BaseException:
        if not part.exists():  # named already, but not entered
            out.unlink(missing_ok=True)
        raise


def _enter(
    job: Job, customer_id: int, copy: DataCopy, written: CopyFile, part: Path, out: Path
) -> None:
    with job.transaction() as tx:
        tx.about(f"customer {customer_id}", number=copy.reference, sha256=written.sha256)
        tx.add(
            HandedCopy(
                id=tx.ids.one(),
                customer_id=customer_id,
                number=copy.reference,
                at=tx.at,
                actor=tx.actor.name,
                language=copy.language,
                sha256=written.sha256,
            )
        )
        part.replace(out)


def _collect(job: Job, tx: Transaction, customer_id: int, language: str) -> DataCopy:
    numbers = persons(tx, kept_of(tx, customer_id))
    customer = tx.get(Customer, numbers[0])
    venue = the_venue(tx)
    tables = tables_about(Person.CUSTOMER)
    plain = [
        table
        for table in tables
        if table.__tablename__ not in sections.ORDER_TABLES and not table.__about__.derived
    ]
    plain.sort(key=sections.place_of)
    ids = _order_ids(tx, numbers)
    parts = [part for table in plain for part in sections.card_sections(tx, table, numbers, venue)]
    parts.append(sections.orders_section(job.reading, ids, venue, sections.staff_names(tx)))
    places = [
        Place(sections.label_of(table).title, table.__tablename__, count_about(tx, table, numbers))
        for table in tables
    ]
    places.append(Place(PLACE_TRAIL, "audit_event", _events_about(tx, numbers)))
    return DataCopy(
        Venue(venue.name, venue.legal_name, _contact(venue)),
        Subject(cell(customer, "name"), str(customer.id)),
        _next_number(tx, venue),
        venue.time.local(tx.at),
        tx.actor.name,
        language,
        parts,
        places,
        _recipients(tx),
        RIGHTS,
        _figures(tx, customer, numbers, venue),
        _period(tx, numbers),
        LAWS,
        newest_anchor(tx),
    )


def _order_ids(tx: Transaction, numbers: Sequence[int]) -> list[int]:
    wanted = select(Order.id).where(Order.customer_id.in_(numbers))
    return [id_ for (id_,) in tx.rows(wanted.order_by(Order.opened_at, Order.id))]


def _events_about(tx: Transaction, numbers: Sequence[int]) -> int:
    return sum(tx.trail.count_about(tx, f"customer {number}") for number in numbers)


def _next_number(tx: Transaction, venue: VenueCard) -> str:
    year = venue.time.local(tx.at).year
    begin = f"DC-{year}-"
    made = tx.scalar(select(func.count()).where(HandedCopy.number.startswith(begin)))
    return f"{begin}{int(made) + 1:04d}"


def _contact(venue: VenueCard) -> str:
    return " · ".join(part for part in (venue.address, venue.phone, venue.email) if part)


def _recipients(tx: Transaction) -> Sequence[Recipient]:
    return [
        Recipient(
            row.name,
            msg("{text}", text=row.purpose),
            row.country,
            msg("{text}", text=row.safeguard),
        )
        for row in tx.objects(select(RecipientRow).order_by(RecipientRow.name))
    ]


def _figures(
    tx: Transaction, customer: Customer, numbers: Sequence[int], venue: VenueCard
) -> Sequence[Figure]:
    counted = (
        select(func.count(), func.sum(Order.total_minor))
        .where(Order.customer_id.in_(numbers), Order.status.in_(COUNTED))
    )  # fmt: skip
    orders, spent = tx.rows(counted)[0]
    return (
        Figure(msg("Orders"), int(orders)),
        Figure(msg("Spent"), Money(int(spent or 0), venue.currency)),
        Figure(msg("Balance"), Money(customer.balance_minor, venue.currency)),
        Figure(msg("Known since"), str(venue.time.local(customer.created_at).year)),
    )


def _period(tx: Transaction, numbers: Sequence[int]) -> Period:
    wanted = select(func.min(Order.business_date), func.max(Order.business_date))
    first, last = tx.rows(wanted.where(Order.customer_id.in_(numbers)))[0]
    return Period(as_date(first) if first else None, as_date(last) if last else None)
