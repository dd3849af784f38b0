"""The till now: whether a shift is open, what came together, and what can be done.

Where the venue has several, the one that is chosen; with one there is nothing to choose.
"""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QPushButton

from desktop_app.gui.bridge import Bridge
from desktop_app.gui.fonts import font
from desktop_app.gui.format import moment, money
from desktop_app.gui.text import language, tr
from desktop_app.gui.widgets.badge import Badge, Mood
from desktop_app.gui.widgets.button import allow, button
from desktop_app.gui.widgets.card import Card
from desktop_app.gui.widgets.labels import label
from desktop_app.gui.widgets.layout import clear, column, row
from desktop_app.sales.records import ShiftReport, TillRow
from desktop_app.sales.shifts import close_shift, move_cash, open_shift, x_report
from desktop_app.sales.tills import name_till, put_till_away
from desktop_app.venue.records import VenueCard


class TillCard(Card):
    """Shows the open shift; its buttons are the screen's. `chosen()` when another till is."""

    chosen = Signal()

    def __init__(self, bridge: Bridge, venue: VenueCard) -> None:
        self.open_button = button(tr("Open a shift"), "play", "primary")
        self.cash_in = button(tr("Cash in"), "plus")
        self.cash_out = button(tr("Cash out"), "arrow-up-right")
        self.x_button = button(tr("X report"), "receipt-text")
        self.close_button = button(tr("Close with a Z report"), "lock", "primary")
        self._buttons: Sequence[QPushButton] = (
            self.cash_in, self.cash_out, self.x_button, self.close_button, self.open_button,
        )  # fmt: skip
        self.another = button("", "ellipsis", "ghost", tip=tr("Open a shift at another till…"))
        super().__init__(tr("The till"), "", *self._buttons, self.another)
        self._bridge, self._venue = bridge, venue
        self.report: ShiftReport | None = None
        self.till = ""
        self.tills: Sequence[TillRow] = (TillRow(""),)
        self.choice = QComboBox()
        self.choice.setFont(font(13))
        self.choice.setAccessibleName(tr("Till"))
        self.choice.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        self.choice.activated.connect(self._picked)
        self.rename = button("", "pencil", "ghost", tip=tr("Call this till otherwise…"))
        self.put_away = button("", "archive", "ghost", tip=tr("Put this till away"))
        for hidden in (self.choice, self.rename, self.put_away):
            hidden.hide()
        self.body.addLayout(row(self.choice, self.rename, self.put_away, None, gap=4))
        allow(self.another, bridge.why_not(open_shift), tip=self.another.toolTip())
        self._inside = column(gap=8)
        self.body.addLayout(self._inside)
        self.show_report(None)

    @property
    def several(self) -> bool:
        """Tell whether the venue has more than one till."""
        return len(self.tills) > 1

    @property
    def shift(self) -> int:
        """Return the number of the shift that is open at the till in sight; 0 for none."""
        return next((one.shift for one in self.tills if one.name == self.till), 0)

    @property
    def name(self) -> str:
        """Return what the till in sight is called."""
        return next((till_name(one) for one in self.tills if one.name == self.till), "")

    def show_tills(self, tills: Sequence[TillRow]) -> None:
        """Offer tills; the one in sight stays, if it is still there."""
        self.tills = tills
        if self.till not in {one.name for one in tills}:
            self.till = ""
        self.choice.clear()
        for one in tills:
            open_ = tr("shift {number} is open", number=one.shift) if one.shift else tr("closed")
            self.choice.addItem(f"{till_name(one)} · {open_}", one.name)
        self.choice.setCurrentIndex(self.choice.findData(self.till))
        for shown in (self.choice, self.rename, self.put_away):
            shown.setVisible(self.several)
        self._allow_naming()

    def _allow_naming(self) -> None:
        allow(self.rename, self._bridge.why_not(name_till), tip=tr("Call this till otherwise…"))
        why_not = ""
        if not self.till:
            why_not = tr("The venue's own till is always there.")
        elif self.shift:
            why_not = tr("A shift is open at this till.")
        allow(self.put_away, self._bridge.why_not(put_till_away) or why_not,
              tip=tr("Put this till away"))  # fmt: skip

    def _picked(self, _: int) -> None:
        self.till = str(self.choice.currentData())
        self._allow_naming()
        self.chosen.emit()

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


def till_name(till: TillRow) -> str:
    """Return what a till is called; the venue's own has no name unless it was given one."""
    return till.called or tr("The venue's own till")
