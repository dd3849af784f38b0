"""Lists of people that leave the house locked: what they earn, birthdays, customers kept twice."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from desktop_app.customers.duplicates import list_duplicates
from desktop_app.customers.operations import list_birthdays
from desktop_app.customers.wording import LIKENESSES
from desktop_app.db.operation import Job, task
from desktop_app.db.transaction import Transaction
from desktop_app.exports.handing import Order, check_rows, checked, hand_out, said_of
from desktop_app.exports.records import HandedOut, Handover, What
from desktop_app.exports.shown import check_pay
from desktop_app.kernel.access import Limit, Permission
from desktop_app.kernel.cards import masked
from desktop_app.kernel.deeds import Deed
from desktop_app.kernel.money import decimals
from desktop_app.kernel.secret_word import Secret
from desktop_app.kernel.words import Message, Words, msg, words
from desktop_app.sheets.records import Cell, Column, Kind, Sheet
from desktop_app.staff.operations import list_pay
from desktop_app.staff.records import BASES, PayBasis
from desktop_app.venue.operations import the_venue
from desktop_app.venue.records import VenueCard

_MOST = 10_000
Lines = Sequence[Sequence[Cell]]
Read = Callable[[Transaction, VenueCard, Words], tuple[Sequence[Column], Lines]]


@task(Permission.CUSTOMERS_EXPORT, deed=Deed.EXPORT_PERSONAL, limit=Limit.EXPORT_ROWS)
def export_birthdays(
    job: Job, out: Path, to: Handover, *, days: int = 30, password: Secret | None = None
) -> HandedOut:
    """Write whose birthday is today or within so many days to a new file that is locked.

    This and the others raise what `export_orders` raises.
    """

    def read(tx: Transaction, _: VenueCard, spoken: Words) -> tuple[Sequence[Column], Lines]:
        say = spoken.say
        columns = [
            Column(say("Id"), key="id"),
            Column(say("Day"), Kind.DAY, key="day"),
            Column(say("Name"), width=28, key="name"),
            Column(say("Turns the age of"), Kind.NUMBER, key="age"),
            Column(say("Telephone"), key="telephone"),
            Column(say("Agreed to offers"), key="offers"),
        ]
        return columns, [
            (
                str(row.id), row.day, masked(row.name), row.turns, masked(row.phone),
                say("yes") if row.may_greet else say("no"),
            )
            for row in list_birthdays.body(tx, days, _MOST)
        ]  # fmt: skip

    order = checked(What.CUSTOMERS, out, to, password)
    return _hand_out(job, order, msg("Birthdays"), read)


@task(Permission.CUSTOMERS_EXPORT, deed=Deed.EXPORT_PERSONAL, limit=Limit.EXPORT_ROWS)
def export_duplicates(
    job: Job, out: Path, to: Handover, *, password: Secret | None = None
) -> HandedOut:
    """Write which cards may be one person's, and why, to a new file that is locked."""

    def read(tx: Transaction, _: VenueCard, spoken: Words) -> tuple[Sequence[Column], Lines]:
        say = spoken.say
        columns = [
            Column(say("Sure, %"), Kind.NUMBER, key="sure"),
            Column(say("Id"), key="id"),
            Column(say("Name"), width=28, key="name"),
            Column(say("Telephone"), key="telephone"),
            Column(say("Other id"), key="other-id"),
            Column(say("Other name"), width=28, key="other-name"),
            Column(say("Other telephone"), key="other-telephone"),
            Column(say("Why"), width=40, key="why"),
        ]
        return columns, [
            (
                row.score, str(row.first.id), masked(row.first.name), masked(row.first.phone),
                str(row.second.id), masked(row.second.name), masked(row.second.phone),
                ", ".join(spoken.of(LIKENESSES[one]) for one in row.why),
            )
            for row in list_duplicates.body(tx, _MOST)
        ]  # fmt: skip

    order = checked(What.CUSTOMERS, out, to, password)
    return _hand_out(job, order, msg("Customers kept twice"), read)


@task(Permission.STAFF_EXPORT, deed=Deed.EXPORT_PERSONAL, limit=Limit.EXPORT_ROWS)
def export_pay(job: Job, out: Path, to: Handover, *, password: Secret | None = None) -> HandedOut:
    """Write what everybody earns, since when, to a new locked file; who may read salaries may."""

    def read(tx: Transaction, venue: VenueCard, spoken: Words) -> tuple[Sequence[Column], Lines]:
        say = spoken.say
        places = decimals(venue.currency)
        columns = [
            Column(say("Id"), key="id"),
            Column(say("Name"), width=28, key="name"),
            Column(say("Position"), key="position"),
            Column(say("Since"), Kind.DAY, key="since"),
            Column(f"{say('Pay')}, {venue.currency}", Kind.NUMBER, places, key="monthly"),
            Column(say("Paid for"), width=28, key="for"),
            Column(say("Hours a month"), Kind.NUMBER, key="hours"),
        ]
        return columns, [
            (
                str(row.employee_id), masked(row.name), masked(row.position), row.since,
                row.monthly_minor, spoken.of(BASES[row.basis]),
                row.month_hours if row.basis is PayBasis.HOURS else None,
            )
            for row in list_pay.body(tx)
        ]  # fmt: skip

    check_pay(job)
    return _hand_out(job, checked(What.PAY, out, to, password), msg("Pay"), read)


def _hand_out(job: Job, order: Order, title: Message, read: Read) -> HandedOut:
    to = order.to
    spoken = words(to.language)
    with job.reading() as tx:
        venue = the_venue(tx)
        columns, rows = read(tx, venue, spoken)
    check_rows(job, len(rows))
    about = [(spoken.say("List"), spoken.of(title)), *said_of(job, order, venue, spoken)]
    made = Sheet(
        spoken.of(title), columns, rows, about, spoken.say("Total"), spoken.say("About this file")
    )
    return hand_out(job, order, made)
