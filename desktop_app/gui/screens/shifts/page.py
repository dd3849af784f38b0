"""The shifts screen: the till now, and the shifts there were."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import Any

from desktop_app.db.operation import Operation
from desktop_app.gui.navigation import Screen, Shell
from desktop_app.gui.paper_print import PaperPrint, printed_text
from desktop_app.gui.pick_path import pick_new_file
from desktop_app.gui.screens.shifts.cash_dialog import CashDialog
from desktop_app.gui.screens.shifts.report_dialog import ReportDialog
from desktop_app.gui.screens.shifts.shift_list import TABLES, ShiftList
from desktop_app.gui.screens.shifts.till_card import TillCard
from desktop_app.gui.screens.shifts.till_dialog import TillDialog
from desktop_app.gui.text import language, tr
from desktop_app.gui.widgets.layout import column
from desktop_app.kernel.errors import AppError
from desktop_app.sales.handing import draw_shift_report, write_shift_report
from desktop_app.sales.records import CashKind, PaperSize, ShiftReport, ShiftRow, TillRow
from desktop_app.sales.shifts import (
    close_shift,
    move_cash,
    open_shift,
    shift_report,
    x_report,
)
from desktop_app.sales.tills import list_tills, name_till, put_till_away
from desktop_app.venue.operations import get_today
from desktop_app.venue.records import Today

_TILL = TABLES | {"cash_move", "pos_order", "till"}


class ShiftsScreen(Screen):
    """Shows the till and its shifts."""

    def __init__(self, shell: Shell) -> None:
        super().__init__(shell)
        self.till: TillCard | None = None
        self.list: ShiftList | None = None
        self.dialog: CashDialog | ReportDialog | TillDialog | None = None
        self.printing: PaperPrint | None = None
        self._today: Today | None = None
        self._turn = 0
        self._column = column(gap=12)
        self.setLayout(self._column)
        self.bridge.ask(self, self._begin, get_today)

    def _begin(self, today: Today) -> None:
        self._today = today
        self.till = TillCard(self.bridge, today.venue)
        self.list = ShiftList(self.shell, today)
        place = column(self.till, margins=(28, 4, 28, 0))
        self._column.addLayout(place)
        self._column.addWidget(self.list, 1)
        self.till.open_button.clicked.connect(self.ask_opening)
        self.till.cash_in.clicked.connect(partial(self.ask_cash, CashKind.IN))
        self.till.cash_out.clicked.connect(partial(self.ask_cash, CashKind.OUT))
        self.till.x_button.clicked.connect(self.show_x)
        self.till.close_button.clicked.connect(self.ask_closing)
        self.till.another.clicked.connect(self.ask_another)
        self.till.chosen.connect(self._look)
        self.till.rename.clicked.connect(self.ask_name)
        self.till.put_away.clicked.connect(self.put_away)
        self.list.opened.connect(self._open)
        self.list.empty.chosen.connect(self.ask_opening)
        self.list.begin()
        self.bridge.changed.connect(self._changed)
        self._look()

    def _changed(self, touched: frozenset[str]) -> None:
        if touched & _TILL:
            self._look()

    def _look(self) -> None:
        """Look at the tills anew; what was asked before and comes later says nothing any more."""
        self._turn += 1
        if self.till is not None and not self.bridge.lacks(x_report.permission):
            self.bridge.ask(self, partial(self._tills_found, self._turn), list_tills)

    def _tills_found(self, turn: int, tills: Sequence[TillRow]) -> None:
        if self.till is None or turn != self._turn:
            return
        self.till.show_tills(tills)
        if self.till.shift:
            self.bridge.ask_or(
                self, partial(self._found, turn), partial(self._nothing, turn),
                x_report, till=self.till.till,
            )  # fmt: skip
        else:
            self.till.show_report(None)

    def _found(self, turn: int, report: ShiftReport) -> None:
        if self.till is not None and turn == self._turn:
            self.till.show_report(report)

    def _nothing(self, turn: int, _: AppError) -> None:
        if self.till is not None and turn == self._turn:
            self.till.show_report(None)

    # --- the till

    @property
    def currency(self) -> str:
        """Return the currency of the venue."""
        return self._today.venue.currency if self._today else ""

    def _titled(self, text: str) -> str:
        """Return a title; it names the till where there are several."""
        several = self.till is not None and self.till.several
        return f"{text} · {self.till.name}" if self.till and several else text

    def ask_opening(self, *_: object) -> None:
        """Ask with how much cash a shift begins."""
        dialog = CashDialog(
            self._titled(tr("Open a shift")),
            tr("Count the cash that lies in the till now."),
            tr("Open the shift"),
            self.currency,
            field="opening",
            parent=self,
        )
        self._ask(dialog, open_shift, lambda amount, note: (amount, note), self._opened)

    def ask_another(self, *_: object) -> None:
        """Ask at which other till a shift begins: one that is seen on receipts, or a new one."""
        if self.bridge.lacks(list_tills.permission):
            self._ask_another(())
        else:
            self.bridge.ask(self, self._ask_another, list_tills, seen=True)

    def _ask_another(self, tills: Sequence[TillRow]) -> None:
        dialog = CashDialog(
            tr("Open a shift at another till"),
            tr("Count the cash that lies in it now. It gets a shift and Z reports of its own."),
            tr("Open the shift"),
            self.currency,
            field="opening",
            tills=[one.name for one in tills if one.name and not one.shift],
            parent=self,
        )

        def opened(number: int) -> None:
            if self.till is not None:
                self.till.till = dialog.till
            self._opened(number)
            self._look()

        self._ask(dialog, open_shift, lambda amount, note: (amount, note), opened)

    def ask_name(self, *_: object) -> None:
        """Ask what the till in sight is called here."""
        if self.till is None:
            return
        till = next(one for one in self.till.tills if one.name == self.till.till)
        dialog = TillDialog(till, self)

        def asked(title: str) -> None:
            self.bridge.ask_or(
                dialog, lambda _: dialog.accept(), dialog.refuse, name_till, till.name, title
            )

        dialog.asked.connect(asked)
        self.dialog = dialog
        dialog.open()

    def put_away(self, *_: object) -> None:
        """Take the till in sight out of the choice; it can be brought back at once."""
        if self.till is None:
            return
        name, called = self.till.till, self.till.name

        def bring_back() -> None:
            self.bridge.ask(self, lambda _: None, put_till_away, name, away=False)

        def done(_: object) -> None:
            self.shell.tell(tr("“{name}” is put away.", name=called), bring_back)

        self.bridge.ask(self, done, put_till_away, name)

    def ask_cash(self, kind: CashKind, *_: object) -> None:
        """Ask for cash that is put in or taken out."""
        into = kind is CashKind.IN
        dialog = CashDialog(
            self._titled(tr("Put cash in") if into else tr("Take cash out")),
            tr("It stands on the Z report with its reason."),
            tr("Note it"),
            self.currency,
            needs_reason=True,
            parent=self,
        )
        self._ask(dialog, move_cash, lambda amount, why: (kind, amount, why), self._noted)

    def ask_closing(self, *_: object) -> None:
        """Ask for the cash that was counted."""
        dialog = CashDialog(
            self._titled(tr("Close the shift")),
            tr("Count the cash in the till. The Z report is final and never changes."),
            tr("Close with a Z report"),
            self.currency,
            field="counted",
            parent=self,
        )
        self._ask(dialog, close_shift, lambda amount, note: (amount, note), self.show_report)

    def _ask(
        self,
        dialog: CashDialog,
        op: Operation[..., Any],
        arguments: Callable[[int, str], tuple[Any, ...]],
        then: Callable[[Any], None],
    ) -> None:
        def done(result: Any) -> None:
            dialog.accept()
            then(result)

        till = self.till.till if self.till is not None else ""

        def asked(amount: int, text: str) -> None:
            which = till if dialog.name is None else dialog.till
            self.bridge.ask_or(
                dialog, done, dialog.refuse, op, *arguments(amount, text), till=which
            )

        dialog.asked.connect(asked)
        self.dialog = dialog
        dialog.open()

    def _opened(self, _: int) -> None:
        self.shell.tell(tr("The shift is open."))

    def _noted(self, _: int) -> None:
        self.shell.tell(tr("Noted."))

    # --- reports

    def show_x(self, *_: object) -> None:
        """Show the X report."""
        till = self.till.till if self.till is not None else ""
        self.bridge.ask(self, self.show_report, x_report, till=till)

    def _open(self, row: ShiftRow) -> None:
        self.bridge.ask(self, self.show_report, shift_report, row.id)

    def show_report(self, report: ShiftReport) -> None:
        """Show a report in a dialog."""
        if self._today is None:
            return
        dialog = ReportDialog(report, self._today.venue, self)
        dialog.print_wanted.connect(partial(self._pick, report))
        dialog.paper_wanted.connect(partial(self.print_report, report))
        self.dialog = dialog
        dialog.open()

    def _pick(self, report: ShiftReport, size: PaperSize) -> None:
        shift = report.shift
        name = f"Z-{shift.z_number}" if shift.z_number else f"X-{shift.number}"
        pick_new_file(self, tr("Save the report"), partial(self.save, report, size), name, "pdf")

    def print_report(self, report: ShiftReport) -> None:
        """Print a report, on a roll where the printer has one."""
        self.printing = PaperPrint(self.shell, self.dialog or self, self._printed)
        shift = report.shift
        name = f"Z-{shift.z_number}" if shift.z_number else f"X-{shift.number}"
        self.printing.ask(name, partial(self._draw, report))

    def _draw(self, report: ShiftReport, _: str) -> None:
        if self.printing is not None:
            size = PaperSize.ROLL if self.printing.narrow else PaperSize.A4
            self.bridge.ask(
                self.shell, self.printing.draw, draw_shift_report, language(),
                shift_id=report.shift.id, size=size,
            )  # fmt: skip

    def _printed(self, pages: int) -> None:
        self.shell.tell(printed_text(pages))

    def save(self, report: ShiftReport, size: PaperSize, path: Path) -> None:
        """Write a report as a PDF."""
        self.bridge.ask(
            self, partial(self._saved, path), write_shift_report, path, language(),
            shift_id=report.shift.id, size=size,
        )  # fmt: skip

    def _saved(self, path: Path, _: ShiftReport) -> None:
        self.shell.tell(tr("Saved as {file}.", file=path.name))
