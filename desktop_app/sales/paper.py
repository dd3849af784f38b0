"""X and Z reports as PDF, on a roll of 80 mm or on A4."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import BinaryIO

from desktop_app.access.anchors import kept_line
from desktop_app.kernel.clock import as_date
from desktop_app.kernel.job import Progress
from desktop_app.kernel.words import Words
from desktop_app.orders.wording import METHODS
from desktop_app.printing import format as written
from desktop_app.printing.metadata import About
from desktop_app.printing.slip import ROLL, RULE, SHEET, Entry, Tone, write_slip
from desktop_app.sales.records import PaperSize, ShiftReport
from desktop_app.venue.records import VenueCard

_PAPERS = {PaperSize.ROLL: ROLL, PaperSize.A4: SHEET}


def write_report(
    report: ShiftReport,
    venue: VenueCard,
    size: PaperSize,
    out: BinaryIO,
    words: Words,
    progress: Progress,
) -> None:
    """Write an X or a Z report as a PDF."""
    slip = _Report(report, venue, words)
    local = venue.time.local(report.until)
    about = About(f"{slip.title} · {venue.name}", venue.name, words.language, local)
    write_slip(list(slip.entries()), _PAPERS[size], about, out, progress)


class _Report:
    def __init__(self, report: ShiftReport, venue: VenueCard, words: Words) -> None:
        self._report, self._venue, self._words = report, venue, words
        z = report.shift.z_number
        self.title = words.say("Z report {number}", number=z) if z else words.say("X report")

    def entries(self) -> Iterator[Entry]:
        yield from self._head()
        yield RULE
        yield from self._sales()
        yield RULE
        yield from self._payments()
        yield RULE
        yield from self._cash()
        yield RULE
        yield from self._foot()

    def _head(self) -> Iterator[Entry]:
        say, venue, shift = self._words.say, self._venue, self._report.shift
        yield Entry(self.title, tone=Tone.TITLE)
        yield Entry(venue.legal_name or venue.name, tone=Tone.STRONG)
        for text in (venue.name if venue.legal_name else "", venue.address):
            if text:
                yield Entry(text, tone=Tone.SMALL)
        if venue.tax_id:
            yield Entry(say("VÖEN {number}", number=venue.tax_id), tone=Tone.SMALL)
        yield RULE
        yield Entry(say("Shift"), str(shift.number))
        if shift.till_called:
            yield Entry(say("Till"), shift.till_called)
        day = written.day(as_date(shift.business_date), self._words.language)
        yield Entry(say("Business day"), day)
        yield Entry(say("Opened"), self._when(shift.opened_at))
        yield Entry(say("By"), shift.opened_by)
        closed = say("Closed") if shift.closed_at else say("Until")
        yield Entry(closed, self._when(self._report.until))
        if shift.closed_by:
            yield Entry(say("By"), shift.closed_by)

    def _sales(self) -> Iterator[Entry]:
        say, sums = self._words.say, self._report.sums
        yield Entry(say("Receipts"), self._number(sums.receipts))
        if sums.first_no:
            numbers = f"{self._number(sums.first_no)} – {self._number(sums.last_no)}"
            yield Entry(say("Running numbers"), numbers)
        yield Entry(say("Refunds"), self._number(sums.refunds))
        yield Entry(say("Voids"), self._number(sums.voids))
        if sums.changes:
            yield Entry(say("Payments changed"), self._number(sums.changes))
        yield RULE
        yield Entry(say("Before discounts"), self._money(sums.gross_minor))
        yield Entry(say("Discounts and gifts"), self._money(-sums.discount_minor))
        yield Entry(say("Revenue"), self._money(sums.total_minor), Tone.STRONG)
        yield Entry(say("of it given back"), self._money(sums.refunded_minor))
        yield Entry(say("Service charge"), self._money(sums.service_minor))
        yield Entry(say("Tax"), self._money(sums.tax_minor))

    def _payments(self) -> Iterator[Entry]:
        say, sums = self._words.say, self._report.sums
        for method, count, amount in sums.payments:
            name = f"{self._words.of(METHODS[method])} × {self._number(count)}"
            yield Entry(name, self._money(amount))
        yield Entry(say("Paid in all"), self._money(sums.paid_minor), Tone.STRONG)

    def _cash(self) -> Iterator[Entry]:
        say, report = self._words.say, self._report
        yield Entry(say("Cash at the opening"), self._money(report.shift.opening_minor))
        yield Entry(say("Cash from sales"), self._money(report.sums.cash_minor))
        for move in report.moves:
            yield Entry(move.reason, self._money(move.amount_minor))
        yield Entry(say("Cash that has to be there"), self._money(report.expected_minor))
        shift = report.shift
        if shift.counted_minor is not None:
            yield Entry(say("Cash counted"), self._money(shift.counted_minor), Tone.STRONG)
            difference = shift.difference_minor or 0
            yield Entry(say("Difference"), self._money(difference), Tone.STRONG)

    def _foot(self) -> Iterator[Entry]:
        say, report = self._words.say, self._report
        total = say("Revenue of all Z reports")
        yield Entry(total, self._money(report.grand_total_minor))
        if report.shift.note:
            yield Entry(report.shift.note, tone=Tone.SMALL)
        if not report.shift.z_number:
            yield Entry(say("The shift goes on: this is no Z report."), tone=Tone.SMALL)
        yield RULE
        yield Entry(self._words.of(kept_line(report.anchor)), tone=Tone.CODE)
        yield Entry(
            say("By this line it shows later whether anything before it was changed."),
            tone=Tone.SMALL,
        )

    def _money(self, minor: int) -> str:
        return written.money(minor, self._venue.currency, self._words.language)

    def _number(self, value: int) -> str:
        return written.number(value, self._words.language)

    def _when(self, at: datetime) -> str:
        return written.moment(self._venue.time.local(at), self._words.language)
