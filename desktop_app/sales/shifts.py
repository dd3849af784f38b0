"""Shifts of the till: opening, cash in and out, the X report at any time, closing with a Z."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy import Select, func, select

from desktop_app.access.anchors import newest_anchor
from desktop_app.db.operation import command, query
from desktop_app.db.transaction import Transaction
from desktop_app.kernel.access import Permission
from desktop_app.kernel.checks import check_line
from desktop_app.kernel.errors import ConflictError, NotFoundError
from desktop_app.kernel.words import msg
from desktop_app.sales import rules
from desktop_app.sales.books import post_cash, post_takings
from desktop_app.sales.records import (
    CashKind,
    CashMoveRow,
    ShiftReport,
    ShiftRow,
    ShiftSums,
)
from desktop_app.sales.sums import sums_between
from desktop_app.sales.tables import CashMove, CashShift, Till, ZPayment, ZReport
from desktop_app.sales.tills import bring_back, named, title_of
from desktop_app.venue.operations import the_venue, venue_card
from desktop_app.venue.records import VenueCard

_INSTANT = timedelta(milliseconds=1)


@command(Permission.SHIFTS_OPEN)
def open_shift(tx: Transaction, opening_minor: int, note: str = "", *, till: str = "") -> int:
    """Open a shift with the cash that lies in a till; return its number in the store.

    Without a name it is the venue's own till, whose shift takes what comes from tills that have
    none of their own. ConflictError where one is open at this till.
    """
    rules.check_cash(opening_minor, "opening")
    venue, till = the_venue(tx), named(till)
    if _open_one(tx, venue, till) is not None:
        raise ConflictError(
            msg("A shift is open already."), hint=msg("Close it with its Z report first.")
        )
    newest = select(func.max(CashShift.number)).where(CashShift.venue_id == venue.id)
    shift = tx.add(
        CashShift(
            id=tx.ids.one(),
            venue_id=venue.id,
            number=int(tx.scalar(newest) or 0) + 1,
            business_date=venue.time.business_date(tx.at),
            opened_at=_after_last(tx, venue.id, till),
            opened_by=tx.actor.name,
            opening_minor=opening_minor,
            note=_short(note),
            terminal=till,
        )
    )
    bring_back(tx, venue.id, till)
    tx.about(f"shift {shift.number}", opening_minor=opening_minor)
    return shift.id


@command(Permission.CASH_MOVE, overridable=True)
def move_cash(
    tx: Transaction, kind: CashKind, amount_minor: int, reason: str, *, till: str = ""
) -> int:
    """Put cash into a till whose shift is open or take it out; return the entry's number."""
    rules.check_cash(amount_minor, "amount", nothing=False)
    tidy = rules.check_reason(reason)
    venue = the_venue(tx)
    shift = _needed(tx, venue, till)
    moved = tx.add(
        CashMove(
            id=tx.ids.one(),
            shift_id=shift.id,
            venue_id=shift.venue_id,
            at=tx.at,
            made_by=tx.actor.name,
            kind=kind,
            amount_minor=amount_minor if kind is CashKind.IN else -amount_minor,
            reason=tidy,
        )
    )
    day = venue.time.business_date(tx.at)
    post_cash(tx, venue, (shift.id, day), moved.amount_minor, tidy)
    tx.about(f"shift {shift.number}", kind=kind.value, amount_minor=amount_minor)
    tx.sign()
    return moved.id


@query(Permission.SHIFTS_READ)
def x_report(tx: Transaction, *, till: str = "") -> ShiftReport:
    """Return what came together in the open shift so far; nothing is closed by it."""
    return read_report(tx, None, None, till=till)


@command(Permission.SHIFTS_CLOSE)
def close_shift(
    tx: Transaction, counted_minor: int, note: str = "", *, till: str = ""
) -> ShiftReport:
    """Close a till's shift with the cash that was counted; its Z report is written once for all."""
    rules.check_cash(counted_minor, "counted")
    venue = the_venue(tx)
    shift = _needed(tx, venue, till)
    report = _report(tx, venue, shift, tx.at + _INSTANT)
    newest = select(func.max(ZReport.number)).where(ZReport.venue_id == venue.id)
    number = int(tx.scalar(newest) or 0) + 1
    closed_now = (tx.at, tx.actor.name)
    z = z_row(shift, report, (tx.ids.one(), number), closed_now, counted_minor)
    z.note = _short(note)
    tx.add(z)
    tx.add_all(
        [
            ZPayment(z_id=z.id, method=method, payments=count, amount_minor=amount)
            for method, count, amount in report.sums.payments
        ]
    )
    tx.about(f"shift {shift.number}", z=number, difference_minor=z.difference_minor)
    tx.sign()
    closed = _closed(tx, shift, z)
    post_takings(tx, venue, closed)
    return closed


@query(Permission.SHIFTS_READ)
def list_shifts(
    tx: Transaction, *, before: int | None = None, limit: int = 5000
) -> Sequence[ShiftRow]:
    """Return the shifts of the venue below a number, the newest first."""
    venue = the_venue(tx)
    wanted = _shifts(venue).order_by(CashShift.number.desc()).limit(limit)
    if before is not None:
        wanted = wanted.where(CashShift.number < before)
    titles = dict(tx.rows(select(Till.name, Till.title).where(Till.venue_id == venue.id)))
    return [_row(shift, z, titles.get(shift.terminal, "")) for shift, z in tx.rows(wanted)]


@query(Permission.SHIFTS_READ)
def shift_report(tx: Transaction, shift_id: int) -> ShiftReport:
    """Return the Z report of a shift as it was written, or the X report of one that is open."""
    return read_report(tx, shift_id, None)


@query(Permission.SHIFTS_READ)
def find_z(tx: Transaction, number: int) -> ShiftReport:
    """Return the Z report with a number."""
    return read_report(tx, None, number)


def read_report(
    tx: Transaction,
    shift_id: int | None,
    z_number: int | None,
    *,
    until: datetime | None = None,
    till: str = "",
) -> ShiftReport:
    """Return the report of a shift, of a Z report's number, or of the open shift of a till.

    `until` is up to when an open shift is added up; now where it is not said.
    """
    if z_number is not None:
        return _find_z(tx, the_venue(tx), z_number)
    shift = _needed(tx, the_venue(tx), till) if shift_id is None else tx.get(CashShift, shift_id)
    found = tx.objects(select(ZReport).where(ZReport.shift_id == shift.id))
    if found:
        return _closed(tx, shift, found[0])
    upto = (until or tx.at) + _INSTANT
    return _report(tx, venue_card(tx, shift.venue_id), shift, upto)


def _find_z(tx: Transaction, venue: VenueCard, number: int) -> ShiftReport:
    wanted = select(ZReport).where(ZReport.venue_id == venue.id, ZReport.number == number)
    for z in tx.objects(wanted):
        return _closed(tx, tx.get(CashShift, z.shift_id), z)
    raise NotFoundError(msg("There is no Z report number {number}.", number=number))


def _shifts(venue: VenueCard) -> Select[CashShift, ZReport]:
    return (
        select(CashShift, ZReport)
        .outerjoin(ZReport, ZReport.shift_id == CashShift.id)
        .where(CashShift.venue_id == venue.id)
    )


def _open_one(tx: Transaction, venue: VenueCard, till: str) -> CashShift | None:
    found = tx.rows(_shifts(venue).where(ZReport.id.is_(None), CashShift.terminal == till))
    return found[0][0] if found else None


def _after_last(tx: Transaction, venue_id: int, till: str) -> datetime:
    """Return the present; where the last shift was closed this instant, the one after it."""
    last = tx.scalar(
        select(func.max(ZReport.closed_at))
        .join(CashShift, CashShift.id == ZReport.shift_id)
        .where(ZReport.venue_id == venue_id, CashShift.terminal == till)
    )
    return tx.at if last is None else max(tx.at, last + _INSTANT)


def _needed(tx: Transaction, venue: VenueCard, till: str) -> CashShift:
    shift = _open_one(tx, venue, named(till))
    if shift is None:
        raise ConflictError(msg("No shift is open."), hint=msg("Open one first."))
    return shift


def _report(tx: Transaction, venue: VenueCard, shift: CashShift, until: datetime) -> ShiftReport:
    return ShiftReport(
        _row(shift, None, title_of(tx, venue.id, shift.terminal)),
        until,
        sums_between(tx, venue, shift.opened_at, until, shift.terminal),
        _moves(tx, shift.id),
        _grand_total(tx, venue.id),
        str(newest_anchor(tx)),
    )


def _grand_total(tx: Transaction, venue_id: int) -> int:
    """Return the revenue of all Z reports so far."""
    wanted = (
        select(ZReport.grand_total_minor)
        .where(ZReport.venue_id == venue_id)
        .order_by(ZReport.number.desc())
        .limit(1)
    )
    return int(tx.scalar(wanted) or 0)


def _moves(tx: Transaction, shift_id: int) -> list[CashMoveRow]:
    wanted = select(CashMove).where(CashMove.shift_id == shift_id).order_by(CashMove.at)
    return [
        CashMoveRow(one.id, one.at, one.made_by, one.kind, one.amount_minor, one.reason)
        for one in tx.objects(wanted)
    ]


def z_row(
    shift: CashShift,
    report: ShiftReport,
    numbers: tuple[int, int],
    closed: tuple[datetime, str],
    counted_minor: int,
) -> ZReport:
    """Return the Z report of a shift; `numbers` are those of the row and of the report."""
    sums = report.sums
    return ZReport(
        id=numbers[0],
        shift_id=shift.id,
        venue_id=shift.venue_id,
        number=numbers[1],
        business_date=shift.business_date,
        closed_at=closed[0],
        closed_by=closed[1],
        receipts=sums.receipts,
        refunds=sums.refunds,
        voids=sums.voids,
        changes=sums.changes,
        gross_minor=sums.gross_minor,
        discount_minor=sums.discount_minor,
        service_minor=sums.service_minor,
        tax_minor=sums.tax_minor,
        total_minor=sums.total_minor,
        refunded_minor=sums.refunded_minor,
        first_no=sums.first_no,
        last_no=sums.last_no,
        expected_minor=report.expected_minor,
        counted_minor=counted_minor,
        difference_minor=counted_minor - report.expected_minor,
        grand_total_minor=report.grand_total_minor + sums.total_minor,
        note="",
        anchor=report.anchor,
    )


def sums_of_z(tx: Transaction, z: ZReport) -> ShiftSums:
    """Return the sums of a Z report as they were written."""
    paid = select(ZPayment).where(ZPayment.z_id == z.id).order_by(ZPayment.method)
    return ShiftSums(
        z.receipts, z.refunds, z.voids, z.changes, z.gross_minor, z.discount_minor,
        z.service_minor, z.tax_minor, z.total_minor, z.refunded_minor, z.first_no, z.last_no,
        [(one.method, one.payments, one.amount_minor) for one in tx.objects(paid)],
    )  # fmt: skip


def _closed(tx: Transaction, shift: CashShift, z: ZReport) -> ShiftReport:
    return ShiftReport(
        _row(shift, z, title_of(tx, shift.venue_id, shift.terminal)),
        z.closed_at,
        sums_of_z(tx, z),
        _moves(tx, shift.id),
        z.grand_total_minor,
        z.anchor,
    )


def _row(shift: CashShift, z: ZReport | None, title: str) -> ShiftRow:
    row = (
        shift.id, shift.number, shift.business_date, shift.opened_at, shift.opened_by,
        shift.opening_minor,
    )  # fmt: skip
    if z is None:
        return ShiftRow(*row, note=shift.note, till=shift.terminal, till_title=title)
    return ShiftRow(
        *row, z.closed_at, z.closed_by, z.number, z.total_minor, z.expected_minor,
        z.counted_minor, z.difference_minor, z.note or shift.note, shift.terminal, title,
    )  # fmt: skip


def _short(note: str) -> str:
    return check_line(note, rules.LONGEST_REASON, "note")
