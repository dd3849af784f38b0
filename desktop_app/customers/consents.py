"""What customers agree to: written down with the exact words, and withdrawn."""

from __future__ import annotations

from datetime import datetime
from datetime import time as clock_time

from sqlalchemy import func, select

from desktop_app.customers.aliases import kept_of, persons
from desktop_app.customers.records import NewConsent
from desktop_app.customers.rules import check_consent
from desktop_app.customers.tables import Consent, Customer
from desktop_app.db.operation import command
from desktop_app.db.transaction import Transaction
from desktop_app.kernel.access import Permission
from desktop_app.kernel.errors import ConflictError, NotFoundError
from desktop_app.kernel.words import msg
from desktop_app.venue.operations import the_venue

_NOON = clock_time(12)
"""A day stands on the paper, and no hour."""


@command(Permission.CUSTOMERS_EDIT)
def give_consent(tx: Transaction, customer_id: int, new: NewConsent) -> int:
    """Write down what a customer agreed to, now or on an earlier day; return its line.

    Of an earlier day it is in force since its noon; who wrote it down and when stays beside it.
    ConflictError where the same words are in force already for that purpose and way.
    """
    if tx.find(Customer, customer_id) is None:
        raise NotFoundError(msg("There is no customer {number}.", number=customer_id))
    kept = kept_of(tx, customer_id)
    time = the_venue(tx).time
    today = time.local(tx.at).date()
    new = check_consent(new, today)
    given_at = tx.at
    if new.given_on is not None and new.given_on < today:
        given_at = min(tx.at, time.from_local(datetime.combine(new.given_on, _NOON)))
    lines = tx.objects(select(Consent).where(Consent.customer_id.in_(persons(tx, kept))))
    for one in lines:
        same = (one.purpose, one.channel, one.wording) == (new.purpose, new.channel, new.wording)
        if same and one.withdrawn_at is None:
            raise ConflictError(
                msg("The customer has agreed to these words already: line {line}.",
                    line=one.line_no),
                hint=msg("Nothing is to be written down: that consent is in force."),
            )  # fmt: skip
    newest = select(func.max(Consent.line_no)).where(Consent.customer_id == kept)
    line = int(tx.scalar(newest) or 0) + 1
    tx.add(
        Consent(
            customer_id=kept, line_no=line, purpose=new.purpose, wording=new.wording,
            language=new.language, channel=new.channel, given_at=given_at, withdrawn_at=None,
            recorded_at=tx.at, recorded_by=tx.actor.name[:200],
        )
    )  # fmt: skip
    tx.about(f"customer {kept}", line=line)
    return line


@command(Permission.CUSTOMERS_EDIT)
def withdraw_consent(tx: Transaction, customer_id: int, line: int) -> None:
    """Write down that a customer withdrew a consent, as of now; its words stay as the proof.

    `customer_id` is the number of the card that the line stands on. ConflictError where it was
    withdrawn already.
    """
    row = tx.find(Consent, (customer_id, line))
    if row is None:
        raise NotFoundError(
            msg("Customer {number} has no consent in line {line}.", number=customer_id, line=line),
            hint=msg("“customers consent list” shows the lines."),
        )
    if row.withdrawn_at is not None:
        raise ConflictError(
            msg("This consent is withdrawn already."),
            hint=msg("Where the customer agrees again, write down a new one."),
        )
    row.withdrawn_at = tx.at
    tx.about(f"customer {customer_id}", line=line)
