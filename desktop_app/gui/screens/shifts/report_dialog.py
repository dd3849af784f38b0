"""An X or a Z report, to be read and to be printed."""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QScrollArea, QWidget

from desktop_app.access.anchors import kept_line
from desktop_app.gui.format import moment, money
from desktop_app.gui.text import language, say, tr
from desktop_app.gui.widgets.dialog import Dialog
from desktop_app.gui.widgets.labels import label, rule
from desktop_app.gui.widgets.layout import column, frame, row
from desktop_app.orders.wording import METHODS
from desktop_app.sales.records import PaperSize, ShiftReport
from desktop_app.venue.records import VenueCard

Pair = tuple[str, str, bool]


class ReportDialog(Dialog):
    """Shows a report; `print_wanted(PaperSize)` for a file, `paper_wanted` for a printer."""

    print_wanted = Signal(object)
    paper_wanted = Signal()

    def __init__(self, report: ShiftReport, venue: VenueCard, parent: QWidget | None) -> None:
        z = report.shift.z_number
        title = tr("Z report {number}", number=z) if z else tr("X report")
        said = "" if z else tr("The shift goes on: this is no Z report.")
        super().__init__(title, said, parent)
        self._report, self._venue = report, venue
        self.setMinimumSize(520, 620)
        inside = column(gap=4, margins=(0, 0, 12, 0))
        for part in (self._head(), self._sales(), self._payments(), self._cash()):
            for name, value, strong in part:
                inside.addLayout(_line(name, value, strong=strong))
            inside.addWidget(rule())
        anchor = say(kept_line(report.anchor))
        inside.addWidget(label(anchor, 12, tone="muted", tabular=True, wrap=True))
        inside.addStretch(1)
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setFrameShape(QScrollArea.Shape.NoFrame)
        scroll.setWidget(frame(inside, "clear"))
        self.body.addWidget(scroll, 1)
        close = self.add_button(tr("Close"))
        close.clicked.connect(self.accept)
        self.roll = self.add_button(tr("PDF for 80 mm"), "", "file-down")
        self.roll.clicked.connect(lambda: self.print_wanted.emit(PaperSize.ROLL))
        self.sheet = self.add_button(tr("PDF for A4"), "", "file-down")
        self.sheet.clicked.connect(lambda: self.print_wanted.emit(PaperSize.A4))
        self.paper = self.add_button(tr("Print…"), "primary", "printer")
        self.paper.clicked.connect(self.paper_wanted)

    def _head(self) -> Iterator[Pair]:
        shift, local = self._report.shift, self._venue.time.local
        yield tr("Shift"), str(shift.number), False
        if shift.till_called:
            yield tr("Till"), shift.till_called, False
        yield (
            tr("Opened"),
            f"{moment(local(shift.opened_at), language())} · {shift.opened_by}",
            False,
        )
        until = moment(local(self._report.until), language())
        if shift.closed_at:
            yield tr("Closed"), f"{until} · {shift.closed_by}", False
        if shift.note:
            yield tr("Note"), shift.note, False

    def _sales(self) -> Iterator[Pair]:
        sums = self._report.sums
        yield tr("Receipts"), str(sums.receipts), False
        yield tr("Refunds"), str(sums.refunds), False
        yield tr("Voids"), str(sums.voids), False
        yield tr("Before discounts"), self._money(sums.gross_minor), False
        yield tr("Discounts and gifts"), self._money(-sums.discount_minor), False
        yield tr("Revenue"), self._money(sums.total_minor), True
        yield tr("of it given back"), self._money(sums.refunded_minor), False
        yield tr("Service charge"), self._money(sums.service_minor), False
        yield tr("Tax"), self._money(sums.tax_minor), False

    def _payments(self) -> Iterator[Pair]:
        for method, count, amount in self._report.sums.payments:
            yield f"{say(METHODS[method])} × {count}", self._money(amount), False
        yield tr("Paid in all"), self._money(self._report.sums.paid_minor), True

    def _cash(self) -> Iterator[Pair]:
        report = self._report
        yield tr("Cash at the opening"), self._money(report.shift.opening_minor), False
        yield tr("Cash from sales"), self._money(report.sums.cash_minor), False
        for move in report.moves:
            yield move.reason, self._money(move.amount_minor), False
        yield tr("Cash that has to be there"), self._money(report.expected_minor), True
        if report.shift.counted_minor is not None:
            yield tr("Cash counted"), self._money(report.shift.counted_minor), False
            yield tr("Difference"), self._money(report.shift.difference_minor or 0), True

    def _money(self, amount: int) -> str:
        return money(amount, self._venue.currency, language())


def _line(name: str, value: str, *, strong: bool) -> QHBoxLayout:
    weight = 600 if strong else 400
    made = row(gap=16)
    made.addWidget(label(name, 13, weight, wrap=True), 1)
    made.addWidget(label(value, 13, weight, tabular=True))
    return made
