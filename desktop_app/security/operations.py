"""Scan the store for card numbers, mask what is found, say of one text that it is none."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import Table, select
from sqlalchemy.exc import IntegrityError

from desktop_app.customers.tables import Customer, CustomerToken
from desktop_app.db.audit_tables import AuditEvent
from desktop_app.db.card_guard import maskable_columns, texts_in, without_cards
from desktop_app.db.operation import Job, command, query, task
from desktop_app.db.transaction import Transaction
from desktop_app.kernel.access import Permission
from desktop_app.kernel.cards import find_card_numbers
from desktop_app.kernel.deeds import Deed
from desktop_app.kernel.errors import InvalidError
from desktop_app.kernel.words import msg
from desktop_app.security.records import PLACES_SHOWN, CardScanReport, CardScanRow
from desktop_app.security.scanning import Hit, Tally, scan
from desktop_app.security.tables import CardScan

_APPEND_ONLY = frozenset({AuditEvent.__tablename__})


@query(Permission.SECURITY_SCAN)
def last_card_scan(tx: Transaction) -> CardScanRow | None:
    """Return the newest scan for card numbers, or None where there was none."""
    newest = select(CardScan).order_by(CardScan.at.desc(), CardScan.id.desc()).limit(1)
    return next((_row(one) for one in tx.objects(newest)), None)


@task(Permission.SECURITY_SCAN)
def scan_cards(job: Job) -> CardScanReport:
    """Look for card numbers in every text this person may open, and remember the result."""
    tally = Tally()
    return _remembered(job, tally, list(scan(job, tally)), 0)


@task(Permission.SETTINGS_EDIT, deed=Deed.MASK_CARDS)
def mask_cards(job: Job) -> CardScanReport:
    """Replace every card number found by `•••• 1234`; the trail and proofs are never changed."""
    tally = Tally()
    hits = list(scan(job, tally))
    job.progress.stage(msg("Masking card numbers"), len(hits))
    left: list[Hit] = []
    for hit in hits:
        if not _may_mask(hit) or not _mask(job, hit):
            left.append(hit)
        job.progress.advance()
    return _remembered(job, tally, hits, len(hits) - len(left), left)


@command(Permission.SETTINGS_EDIT)
def allow_text(tx: Transaction, text: str, *, field: str) -> int:
    """Say that what looks like card numbers in a text is none; return how many numbers.

    They are let through once, within ten minutes. The trail keeps the field's name, not the text.
    Raises InvalidError where the text holds nothing like a card number.
    """
    count = tx.allow(text)
    if not count:
        raise InvalidError(msg("There is nothing like a card number in this text."), field=field)
    tx.about(field[:100], numbers=count)
    return count


def _may_mask(hit: Hit) -> bool:
    """Tell whether the database lets the place be changed at all."""
    table = hit.mapped.__table__
    return (
        isinstance(table, Table)
        and table.name not in _APPEND_ONLY
        and hit.shown.column in maskable_columns(table)
    )


def _mask(job: Job, hit: Hit) -> bool:
    """Mask one field; False where another row has the same text already."""
    try:
        with job.transaction() as tx:
            key = hit.key if len(hit.key) > 1 else hit.key[0]
            found = tx.find(hit.mapped, key)
            if found is None:
                return True
            before = getattr(found, hit.attribute)
            setattr(found, hit.attribute, without_cards(before))
            if isinstance(found, Customer):
                _forget_words(tx, found, before)
            tx.about(f"{hit.shown.table} {hit.shown.row_id}"[:100], column=hit.shown.column)
    except IntegrityError:
        return False
    return True


def _forget_words(tx: Transaction, customer: Customer, before: object) -> None:
    """Take the digits out of the words by which a customer is found."""
    for text in texts_in(before):
        for span in find_card_numbers(text):
            part = text[span.start : span.end]
            words = {part, "".join(filter(str.isdigit, part)), *part.split()}
            theirs = select(CustomerToken).where(
                CustomerToken.customer_id == customer.id, CustomerToken.token.in_(words)
            )
            for word in tx.objects(theirs):
                tx.remove(word)


def _remembered(
    job: Job, tally: Tally, hits: Sequence[Hit], masked: int, left: Sequence[Hit] | None = None
) -> CardScanReport:
    with job.transaction() as tx:
        row = CardScan(
            id=tx.ids.one(), at=tx.at, actor=tx.actor.name, tables=tally.tables, rows=tally.rows,
            cells=tally.cells, found=len(hits), masked=masked, allowed=tally.allowed,
            closed_tables=len(tally.closed),
        )  # fmt: skip
        tx.add(row)
        tx.about("card scan", found=len(hits), masked=masked)
    shown = hits if left is None else left
    return CardScanReport(
        _row(row), [hit.shown for hit in shown[:PLACES_SHOWN]], sorted(tally.closed)
    )


def _row(scan_: CardScan) -> CardScanRow:
    return CardScanRow(
        scan_.at, scan_.actor, scan_.tables, scan_.rows, scan_.cells, scan_.found, scan_.masked,
        scan_.allowed, scan_.closed_tables,
    )  # fmt: skip
