"""The clock at which people show a PIN or a card; who guesses waits."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import select

from desktop_app.db.operation import Job, task
from desktop_app.db.transaction import Transaction
from desktop_app.kernel.access import Permission
from desktop_app.kernel.clock import millis
from desktop_app.kernel.errors import NotAllowedError, NotFoundError
from desktop_app.kernel.secret_word import Secret
from desktop_app.kernel.words import msg, msgs
from desktop_app.staff.clock import toggle
from desktop_app.staff.reading import employee_of
from desktop_app.staff.records import Clocked, TokenKind
from desktop_app.staff.tables import CardMiss, ClockMiss, Employee, EmployeeToken
from desktop_app.vault import throttle
from desktop_app.vault.tokens import hashed_card, pin_fits
from desktop_app.venue.operations import names_of_venues, the_venue

_FREE_CARDS, _LONGEST_S = 9, 5
"""Foreign cards before the clock waits, and how long at most: colleagues stand in a queue."""


@task(Permission.STAFF_CLOCK)
def clock_by_pin(job: Job, employee_id: int, pin: Secret) -> Clocked:
    """Clock somebody in, or out where they are in, who types their PIN.

    A wrong one is counted and stands in the trail; from the third in a row the clock waits for that
    person, 1, 2, 4 … 60 seconds, and no PIN is looked at meanwhile.
    """
    with job.transaction() as tx:
        row = employee_of(tx, employee_id)
        miss = tx.find(ClockMiss, row.id)
        _refuse_waiting(miss, tx.at)
        known = tx.find(EmployeeToken, (row.id, TokenKind.PIN))
        if known is not None and pin_fits(pin, known.hash):
            if miss is not None:
                miss.misses, miss.until = 0, tx.at
            return toggle(tx, row)
        _count_miss(tx, row, miss)
        name = row.name
    raise NotAllowedError(msg("This is not the PIN of {name}.", name=name))


def _refuse_waiting(miss: ClockMiss | None, now: datetime) -> None:
    seconds = _left(miss, now) if miss is not None else 0
    if seconds:
        raise NotAllowedError(
            msgs(
                "Too many wrong PINs. Wait {n} second and try again.",
                "Too many wrong PINs. Wait {n} seconds and try again.",
                seconds,
            )
        )


def _count_miss(tx: Transaction, row: Employee, miss: ClockMiss | None) -> None:
    miss = miss or tx.add(ClockMiss(employee_id=row.id, misses=0, until=tx.at))
    miss.misses += 1
    miss.until = tx.at + timedelta(seconds=throttle.delay_s(miss.misses))
    tx.about(f"employee {row.id}", wrong_pins=miss.misses)


@task(Permission.STAFF_CLOCK)
def clock_by_card(job: Job, card: Secret) -> Clocked:
    """Clock whoever holds a card to the reader in, or out where they are in.

    Cards of every venue in sight are known: a card is hashed with its venue. One that nobody has
    is counted and stands in the trail; from the tenth in a row the clock waits, 1, 2, 4 and then
    5 seconds, and no card is looked at meanwhile. PINs go on: nobody is kept from their work.
    """
    with job.transaction() as tx:
        venue = the_venue(tx).id
        miss = tx.find(CardMiss, venue)
        if miss is not None:
            seconds = _left(miss, tx.at)
            if seconds:
                raise NotAllowedError(
                    msgs(
                        "Too many cards that nobody has. Wait {n} second and try again.",
                        "Too many cards that nobody has. Wait {n} seconds and try again.",
                        seconds,
                    )
                )
        kept = [hashed_card(card, number) for number in names_of_venues(tx)]
        found = tx.rows(select(EmployeeToken.employee_id).where(EmployeeToken.hash.in_(kept)))
        if found:
            if miss is not None:
                miss.misses, miss.until = 0, tx.at
            return toggle(tx, employee_of(tx, found[0][0]))
        miss = miss or tx.add(CardMiss(venue_id=venue, misses=0, until=tx.at))
        miss.misses += 1
        over = miss.misses - _FREE_CARDS
        seconds = min(_LONGEST_S, 2 ** min(over - 1, _LONGEST_S)) if over > 0 else 0
        miss.until = tx.at + timedelta(seconds=seconds)
        tx.about(f"venue {venue}", foreign_cards=miss.misses)
    raise NotFoundError(
        msg("Nobody has this card."), hint=msg("Give it to somebody in the list of staff.")
    )


def _left(miss: ClockMiss | CardMiss, now: datetime) -> int:
    """Return for how many seconds nothing is looked at."""
    kept = {"": throttle.Misses(miss.misses, millis(miss.until))}
    return throttle.seconds_left(kept, "", now)
