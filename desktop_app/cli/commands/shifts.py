"""Shifts of the till: list, opening, closing, cash, X and Z."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from desktop_app.access.anchors import kept_line
from desktop_app.cli.call import Call, Desk
from desktop_app.cli.output import Answer, Column, Facts, Shown, Table
from desktop_app.kernel.clock import as_date
from desktop_app.kernel.errors import InvalidError, NotFoundError
from desktop_app.kernel.money import minor
from desktop_app.kernel.words import Message, msg
from desktop_app.orders.wording import METHODS
from desktop_app.sales import shifts
from desktop_app.sales.handing import write_shift_report
from desktop_app.sales.records import CashKind, PaperSize, ShiftReport, ShiftRow
from desktop_app.venue.operations import get_settings

_SHOWN = 200


def list_all(call: Call, desk: Desk) -> Answer:
    """List the shifts, newest first."""
    found = desk.do(shifts.list_shifts, limit=_SHOWN)
    table = Table(
        [
            Column(msg("Shift"), right=True),
            Column(msg("Till")),
            Column(msg("Business day")),
            Column(msg("Opened")),
            Column(msg("Closed")),
            Column(msg("Z report"), right=True),
            Column(msg("Revenue"), right=True),
            Column(msg("Difference"), right=True),
        ],
        [
            [
                str(row.number),
                row.till_called,
                call.day(row.business_date),
                desk.when(row.opened_at),
                desk.when(row.closed_at),
                str(row.z_number or ""),
                "" if row.total_minor is None else desk.money(row.total_minor),
                "" if row.difference_minor is None else desk.money(row.difference_minor),
            ]
            for row in found
        ],
    )
    return Answer({"rows": [_row(desk, row) for row in found], "next": None}, [table])


def open_one(call: Call, desk: Desk) -> Answer:
    """Open a shift."""
    asked = call.options
    number = desk.do(shifts.open_shift, _amount(call, desk), asked.note, till=asked.till)
    return Answer({"id": str(number)}, [msg("The shift is open.")])


def close(call: Call, desk: Desk) -> Answer:
    """Close the shift with its Z report."""
    asked = call.options
    closed = desk.do(shifts.close_shift, _amount(call, desk), asked.note, till=asked.till)
    return _told(call, desk, closed)


def cash_in(call: Call, desk: Desk) -> Answer:
    """Put cash into the till."""
    return _moved(call, desk, CashKind.IN)


def cash_out(call: Call, desk: Desk) -> Answer:
    """Take cash out of the till."""
    return _moved(call, desk, CashKind.OUT)


def x(call: Call, desk: Desk) -> Answer:
    """Show the X report."""
    if not call.options.out:
        return _told(call, desk, desk.do(shifts.x_report, till=call.options.till))
    return _printed(call, desk, None, call.options.till)


def z(call: Call, desk: Desk) -> Answer:
    """Show a Z report."""
    number = call.options.number or max(
        (row.z_number for row in desk.do(shifts.list_shifts)), default=0
    )
    if not number:
        raise NotFoundError(msg("There is no Z report yet."))
    if not call.options.out:
        return _told(call, desk, desk.do(shifts.find_z, number))
    return _printed(call, desk, number)


def _printed(call: Call, desk: Desk, z_number: int | None, till: str = "") -> Answer:
    asked = call.options
    if not asked.out.lower().endswith(".pdf"):
        raise InvalidError(msg("The report is a PDF: name the file .pdf."), field="out")
    language = asked.lang or desk.do(get_settings)["documents.language"]
    report = desk.do(
        write_shift_report,
        Path(asked.out),
        language,
        z_number=z_number,
        size=PaperSize(asked.paper),
        till=till,
    )
    told = _told(call, desk, report)
    return Answer(
        {**told.document, "file": asked.out},
        [*told.shown, msg("Written to {file}.", file=asked.out)],
    )


def _amount(call: Call, desk: Desk) -> int:
    return minor(call.options.amount, desk.venue.currency)


def _moved(call: Call, desk: Desk, kind: CashKind) -> Answer:
    asked = call.options
    number = desk.do(shifts.move_cash, kind, _amount(call, desk), asked.reason, till=asked.till)
    return Answer({"id": str(number)}, [msg("Noted.")])


def _row(desk: Desk, row: ShiftRow) -> dict[str, Any]:
    def money(amount: int | None) -> str | None:
        return None if amount is None else desk.plain(amount)

    return {
        "id": str(row.id),
        "number": row.number,
        "till": row.till,
        "business_date": as_date(row.business_date).isoformat(),
        "opened_at": desk.iso(row.opened_at),
        "opened_by": row.opened_by,
        "opening": desk.plain(row.opening_minor),
        "closed_at": desk.iso(row.closed_at),
        "closed_by": row.closed_by,
        "z_number": row.z_number or None,
        "total": money(row.total_minor),
        "expected": money(row.expected_minor),
        "counted": money(row.counted_minor),
        "difference": money(row.difference_minor),
        "note": row.note,
        "currency": desk.venue.currency,
    }


def _told(call: Call, desk: Desk, report: ShiftReport) -> Answer:
    sums = report.sums
    facts: list[tuple[Message, str]] = [
        (msg("Shift"), str(report.shift.number)),
        (msg("Z report"), str(report.shift.z_number or "–")),
        (msg("Receipts"), call.number(sums.receipts)),
        (msg("Refunds"), call.number(sums.refunds)),
        (msg("Voids"), call.number(sums.voids)),
        (msg("Revenue"), desk.money(sums.total_minor)),
        (msg("Cash that has to be there"), desk.money(report.expected_minor)),
    ]
    if report.shift.counted_minor is not None:
        facts.append((msg("Cash counted"), desk.money(report.shift.counted_minor)))
        facts.append((msg("Difference"), desk.money(report.shift.difference_minor or 0)))
    payments = Table(
        [
            Column(msg("Payment")),
            Column(msg("Number"), right=True),
            Column(msg("Amount"), right=True),
        ],
        [
            [call.words.of(METHODS[method]), call.number(count), desk.money(amount)]
            for method, count, amount in sums.payments
        ],
    )
    shown: list[Shown] = [Facts(facts), payments, kept_line(report.anchor)]
    return Answer(_report(desk, report), shown)


def _report(desk: Desk, report: ShiftReport) -> dict[str, Any]:
    sums = report.sums
    return {
        **_row(desk, report.shift),
        "until": desk.iso(report.until),
        "receipts": sums.receipts,
        "refunds": sums.refunds,
        "voids": sums.voids,
        "changes": sums.changes,
        "gross": desk.plain(sums.gross_minor),
        "discount": desk.plain(sums.discount_minor),
        "service": desk.plain(sums.service_minor),
        "tax": desk.plain(sums.tax_minor),
        "total": desk.plain(sums.total_minor),
        "refunded": desk.plain(sums.refunded_minor),
        "paid": desk.plain(sums.paid_minor),
        "payments": [
            {"method": method.value, "payments": count, "amount": desk.plain(amount)}
            for method, count, amount in sums.payments
        ],
        "cash_moves": [
            {
                "id": str(move.id),
                "kind": move.kind.value,
                "amount": desk.plain(move.amount_minor),
                "reason": move.reason,
                "at": desk.iso(move.at),
            }
            for move in report.moves
        ],
        "expected": desk.plain(report.expected_minor),
        "grand_total": desk.plain(report.grand_total_minor),
        "anchor": report.anchor,
    }
