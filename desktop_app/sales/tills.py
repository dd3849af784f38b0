"""The tills of a venue: what they are called here, and those that are used no more.

A till is known by the name that its receipts say. That name is on its shifts for good; here it can
be called otherwise, and one that was called wrongly is put away.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

from sqlalchemy import case, func, select

from desktop_app.db.choosing import has_value
from desktop_app.db.operation import command, query
from desktop_app.db.transaction import Transaction
from desktop_app.kernel.access import Permission
from desktop_app.kernel.card_words import refuse_cards
from desktop_app.kernel.checks import check_line
from desktop_app.kernel.clock import as_date, as_number
from desktop_app.kernel.errors import ConflictError, InvalidError, NotFoundError
from desktop_app.kernel.words import msg
from desktop_app.orders.tables import Order
from desktop_app.sales.records import TillRow
from desktop_app.sales.tables import CashShift, Till, ZReport
from desktop_app.venue.operations import the_venue
from desktop_app.venue.records import VenueCard

_LONGEST = 100
_SEEN_FOR = timedelta(days=31)
_MOST_SEEN = 100


@query(Permission.SHIFTS_READ)
def list_tills(tx: Transaction, *, seen: bool = False, closed: bool = False) -> Sequence[TillRow]:
    """Return the venue's own till, which has no name, and then the others by name.

    With `seen`, also the terminals on receipts of the last month that have had no shift yet; with
    `closed`, also those that were put away.
    """
    return [one for one in tills_of(tx, the_venue(tx), seen=seen) if one.active or closed]


def tills_of(tx: Transaction, venue: VenueCard, *, seen: bool = False) -> list[TillRow]:
    """Return all tills of a venue, those that were put away too."""
    open_one = case((ZReport.id.is_(None), CashShift.number), else_=0)
    shifts = (
        select(CashShift.terminal, func.max(open_one))
        .outerjoin(ZReport, ZReport.shift_id == CashShift.id)
        .where(CashShift.venue_id == venue.id)
        .group_by(CashShift.terminal)
    )
    found = {"": 0} | {name: int(number) for name, number in tx.rows(shifts)}
    if seen:
        since = as_number(as_date(venue.time.business_date(tx.at)) - _SEEN_FOR)
        terminals = (
            select(Order.terminal)
            .where(has_value(Order.venue_id, venue.id), Order.business_date >= since)
            .distinct()
            .limit(_MOST_SEEN)
        )
        found = {name: 0 for (name,) in tx.rows(terminals)} | found
    wanted = select(Till.name, Till.title, Till.active).where(Till.venue_id == venue.id)
    said = {name: (title, active) for name, title, active in tx.rows(wanted)}
    return [TillRow(name, found[name], *said.get(name, ("", True))) for name in sorted(found)]


@command(Permission.SHIFTS_CLOSE)
def name_till(tx: Transaction, till: str, title: str) -> None:
    """Call a till otherwise than its receipts do; an empty title takes that back.

    InvalidError where another till is called so. Shifts and receipts keep the name they have.
    """
    tidy = check_line(title, _LONGEST, "title")
    refuse_cards("title", tidy)
    venue, name = the_venue(tx), named(till)
    others = [one for one in _known(tx, venue, name) if one.name != name]
    if tidy and tidy in {text for one in others for text in (one.name, one.title)}:
        raise InvalidError(msg("Another till is called “{name}”.", name=tidy), field="title")
    _row(tx, venue.id, name).title = tidy
    tx.about(f"till {name}", title=tidy)


@command(Permission.SHIFTS_CLOSE)
def put_till_away(tx: Transaction, till: str, *, away: bool = True) -> None:
    """Take a till that is used no more out of the choice, or bring it back.

    A shift that is opened at it brings it back by itself. ConflictError while its shift is open.
    """
    venue, name = the_venue(tx), named(till)
    if not name:
        raise InvalidError(
            msg("The venue's own till is always there."),
            field="till",
            hint=msg("It takes the receipts that no other till has."),
        )
    known = {one.name: one for one in _known(tx, venue, name)}
    if away and known[name].shift:
        raise ConflictError(
            msg("A shift is open at this till."), hint=msg("Close it with its Z report first.")
        )
    _row(tx, venue.id, name).active = not away
    tx.about(f"till {name}", away=away)


def bring_back(tx: Transaction, venue_id: int, till: str) -> None:
    """Let a till that was put away be there again: a shift begins at it."""
    found = tx.find(Till, (venue_id, till))
    if found is not None and not found.active:
        found.active = True


def title_of(tx: Transaction, venue_id: int, till: str) -> str:
    """Return what a till is called here; nothing where its own name is used."""
    found = tx.find(Till, (venue_id, till))
    return found.title if found is not None else ""


def named(till: str) -> str:
    """Return the name of a till, tidied; InvalidError for one that cannot be."""
    name = check_line(till, _LONGEST, "till")
    refuse_cards("till", name)  # the column is sealed, so it is not searched as free text is
    return name


def check_till(tx: Transaction, venue: VenueCard, till: str) -> str:
    """Return the name of a till that has had a shift; InvalidError for any other."""
    name = named(till)
    if name:
        had = select(CashShift.id).where(CashShift.venue_id == venue.id, CashShift.terminal == name)
        if not tx.rows(had.limit(1)):
            raise InvalidError(
                msg("There is no till “{name}”.", name=name),
                field="till",
                hint=msg("Open a shift at it first."),
            )
    return name


def _known(tx: Transaction, venue: VenueCard, name: str) -> list[TillRow]:
    """Return the tills; NotFoundError where none has the name."""
    found = tills_of(tx, venue)
    if name not in {one.name for one in found}:
        raise NotFoundError(msg("There is no till “{name}”.", name=name))
    return found


def _row(tx: Transaction, venue_id: int, name: str) -> Till:
    return tx.find(Till, (venue_id, name)) or tx.add(
        Till(venue_id=venue_id, name=name, title="", active=True)
    )
