"""The till now: whether a shift is open, what came together, and what can be done."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QPushButton

from desktop_app.gui.bridge import Bridge
from desktop_app.gui.format import moment, money
from desktop_app.gui.text import language, tr
from desktop_app.gui.widgets.badge import Badge, Mood
from desktop_app.gui.widgets.button import allow, button
from desktop_app.gui.widgets.card import Card
from desktop_app.gui.widgets.labels import label
from desktop_app.gui.widgets.layout import clear, column, row
from desktop_app.sales.records import ShiftReport
from desktop_app.sales.shifts import close_shift, move_cash, open_shift, x_report
from desktop_app.venue.records import VenueCard


class TillCard(Card):
    """Shows the open shift; the buttons are connected by the screen."""

    def __init__(self, bridge: Bridge, venue: VenueCard) -> None:
        self.open_button = button(tr("Open a shift"), "play", "primary")
        self.cash_in = button(tr("Cash in"), "plus")
        self.cash_out = button(tr("Cash out"), "arrow-up-right")
        self.x_button = button(tr("X report"), "receipt-text")
        self.close_button = button(tr("Close with a Z report"), "lock", "primary")
        self._buttons: Sequence[QPushButton] = (
            self.cash_in, self.cash_out, self.x_button, self.close_button, self.open_button,
        )  # fmt: skip
        super().__init__(tr("The till"), "", *self._buttons)
        self._bridge, self._venue = bridge, venue
        self.report: ShiftReport | None = None
        self._inside = column(gap=8)
        self.body.addLayout(self._inside)
        self.show_report(None)

    def show_report(self, report: ShiftReport | None) -> None:
        """Show what is open; None for nothing."""
        self.report = report
        clear(self._inside)
        none = tr("No shift is open.")
        for made, op, needs in (
            (self.open_button, open_shift, False),
            (self.cash_in, move_cash, True),
            (self.cash_out, move_cash, True),
            (self.x_button, x_report, True),
            (self.close_button, close_shift, True),
        ):
            made.setVisible(needs == (report is not None))
            allow(made, self._bridge.why_not(op) or (none if needs and report is None else ""))
        if report is None:
            self._inside.addWidget(label(none, 13, tone="muted"))
            return
        since = moment(self._venue.time.local(report.shift.opened_at), language())
        head = row(gap=10)
        head.addWidget(Badge(Mood(tr("Shift {number} is open", number=report.shift.number), "ok")))
        head.addWidget(label(f"{since} · {report.shift.opened_by}", 13, tone="muted"), 1)
        self._inside.addLayout(head)
        figures = row(gap=36)
        for name, value in (
            (tr("Receipts"), str(report.sums.receipts)),
            (tr("Revenue"), self._money(report.sums.total_minor)),
            (tr("Paid in all"), self._money(report.sums.paid_minor)),
            (tr("Cash that has to be there"), self._money(report.expected_minor)),
        ):
            figures.addLayout(
                column(label(name, 12, tone="muted"), label(value, 20, 600, tabular=True), gap=2)
            )
        figures.addStretch(1)
        self._inside.addLayout(figures)

    def _money(self, amount: int) -> str:
        return money(amount, self._venue.currency, language())
