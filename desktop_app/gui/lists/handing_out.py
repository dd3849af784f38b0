"""Hands out what a table shows: the columns in sight, in their order, all rows that fit.

Copied as a table, written to a file, or printed; every list and every table of a dialog has it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QWidget

from desktop_app.db.operation import Operation
from desktop_app.exports.records import PERSONAL, FileFormat, HandedOut, ShownColumn, ShownTable
from desktop_app.exports.shown import SHOWN
from desktop_app.gui.handing import EVERY, LOCKABLE, TABLES, HandoverDialog, HandWish
from desktop_app.gui.navigation import Shell
from desktop_app.gui.paper_print import PaperPrint, printed_text
from desktop_app.gui.text import tr
from desktop_app.gui.widgets.button import allow, button
from desktop_app.gui.widgets.dialog import Dialog
from desktop_app.gui.widgets.layout import row
from desktop_app.gui.widgets.records.copying import copied_text
from desktop_app.gui.widgets.records.record_table import RecordTable
from desktop_app.gui.widgets.records.source import PAGE, Answer
from desktop_app.kernel.errors import AppError
from desktop_app.kernel.words import msg

MOST_ROWS = 50_000
_PAPER = (FileFormat.PDF, FileFormat.PRINT)


@dataclass(frozen=True, slots=True)
class LongExport:
    """What writes a list that is too long to gather: all columns, read where the data lie.

    `wanted()` gives what the operation is called with besides file, handover and password.
    """

    op: Operation[..., HandedOut]
    wanted: Callable[[], Mapping[str, Any]]


class ShownExport(QObject):
    """The buttons that hand out what is in sight, and what happens then.

    Rows are fetched page by page, so the window goes on; a list that changes meanwhile is not
    written, since it would be half of one and half of another.
    """

    def __init__(
        self,
        shell: Shell,
        table: RecordTable[Any, Any],
        op: Operation[..., HandedOut],
        title: str,
        name: str,
    ) -> None:
        super().__init__(table)
        self._shell, self._table, self._op = shell, table, op
        self._title, self._name = title, name
        self.personal = SHOWN.get(op.name) in PERSONAL
        self.named: Callable[[], str] = lambda: title  # as what the file says it is
        self.facts: Sequence[tuple[str, str]] = ()  # on paper above the rows
        self.signatures: Sequence[str] = ()  # and below them
        self.long: LongExport | None = None
        self._written_as = title
        self._wish: HandWish | None = None
        self._columns: list[int] = []
        self._rows: list[list[str]] = []
        self.printing: PaperPrint | None = None
        self.dialog: HandoverDialog | None = None
        self.button = button("", "file-down", "ghost", tip=tr("Write what is shown to a file"))
        self.button.clicked.connect(self.ask)
        self.printer = button("", "printer", "ghost", tip=tr("Print what is shown"))
        self.printer.clicked.connect(partial(self.ask, first=FileFormat.PRINT))
        self.copier = button("", "copy", "ghost", tip=tr("Copy what is shown as a table"))
        self.copier.clicked.connect(table.copy_shown)
        why_not = shell.bridge.why_not(op)
        paper = tr("Lists of people are not printed: paper has no password.")
        allow(self.button, why_not, tip=self.button.toolTip())
        allow(self.printer, why_not or (paper if self.personal else ""), tip=self.printer.toolTip())
        table.records.modelReset.connect(self._changed)

    def tools(self) -> QWidget:
        """Return the buttons in a row."""
        made = QWidget()
        made.setLayout(row(self.copier, self.printer, self.button, gap=0))
        return made

    def tell_copied(self) -> None:
        """Say after a copy how much was copied; a list that says it itself does not need that."""
        self._table.copied.connect(
            lambda rows, left_out: self._shell.tell(copied_text(rows, left_out))
        )

    def ask(self, *_: object, first: FileFormat | None = None) -> None:
        """Ask how the list is handed out; say why not where it is too long or still counted."""
        records = self._table.records
        if records.request is None or not records.exact:
            self._shell.tell(tr("The list is still being read; try again in a moment."))
            return
        too_long = records.rowCount() > MOST_ROWS
        if too_long and self.long is None:
            self._shell.tell(
                tr("At most {n} rows are written so; choose a shorter period.", n=MOST_ROWS)
            )
            return
        formats: Sequence[FileFormat] = LOCKABLE if self.personal else EVERY
        if too_long:
            formats = TABLES
        self.dialog = HandoverDialog(
            tr("Hand out: {list}", list=self._title),
            self._name,
            self.button.window(),
            formats=formats,
            personal=self.personal,
            own=self._shell.bridge.app.actor.name,
            first=first if first in formats else None,
        )
        if too_long:
            said = tr("A list of this length is written with all of its columns.")
            self.dialog.banner.tell("info", said, "")
        self.dialog.wished.connect(self._write_long if too_long else self._ask_printer)
        self.dialog.open()

    def _ask_printer(self, wish: HandWish) -> None:
        if wish.to.format is not FileFormat.PRINT:
            self._begin(wish)
            return
        self.printing = PaperPrint(self._shell, self.button.window(), self._printed)
        name = self.named()
        self.printing.ask(name, lambda printer: self._begin(replace(wish, path=Path(printer))))

    def _write_long(self, wish: HandWish) -> None:
        if self.long is not None:
            self._shell.bridge.start(
                self, self._written, msg("Writing the file"), self.long.op, wish.path, wish.to,
                password=wish.password, **self.long.wanted(),
            )  # fmt: skip

    def _begin(self, wish: HandWish) -> None:
        self._wish, self._rows = wish, []
        self._written_as = self.named()
        self._columns = self._table.in_sight()
        self.button.setEnabled(False)
        self._next()

    def _next(self) -> None:
        """Ask for the next page, or write the file where all rows are here."""
        wish, records = self._wish, self._table.records
        if wish is None or records.request is None:
            return
        if len(self._rows) >= records.rowCount():
            self._write(wish)
            return
        answer: Answer[Sequence[Any]] = Answer(partial(self._arrived, wish), self._failed)
        records.source.page(records.request, records.place(len(self._rows) // PAGE), answer)

    def _arrived(self, wish: HandWish, found: Sequence[Any]) -> None:
        if wish is not self._wish:
            return
        left = self._table.records.rowCount() - len(self._rows)
        if len(found) < min(PAGE, left):
            self._changed()
            return
        columns = [self._table.records.columns[at] for at in self._columns]
        paper = wish.to.format in _PAPER
        for record in found[:left]:
            self._rows.append([column.written(record, paper=paper) for column in columns])
        QTimer.singleShot(0, self, self._next)

    def _write(self, wish: HandWish) -> None:
        columns = [
            ShownColumn(
                column.heading, self._table.columnWidth(at), column.right, column.raw is not None
            )
            for at in self._columns
            for column in [self._table.records.columns[at]]
        ]
        table = ShownTable(self._written_as, columns, self._rows, self.facts, self.signatures)
        self._end()
        owner = self._shell if wish.to.format is FileFormat.PRINT else self  # a dialog may close
        self._shell.bridge.start(
            owner, self._written, msg("Writing the file"), self._op, table, wish.path, wish.to,
            password=wish.password,
        )  # fmt: skip

    def _changed(self) -> None:
        """Give up: what was gathered is of another list."""
        if self._wish is not None:
            self._end()
            self._shell.tell(tr("The list changed meanwhile; nothing was written. Try again."))

    def _failed(self, error: AppError) -> None:
        self._end()
        self._shell.bridge.failed.emit(error)

    def _end(self) -> None:
        self._wish, self._rows = None, []
        self.button.setEnabled(True)

    def _written(self, made: HandedOut) -> None:
        if made.paper and self.printing is not None:
            self.printing.draw(made.paper)
            return
        self._shell.tell(tr("{file} is written", file=made.file.name))

    def _printed(self, pages: int) -> None:
        self._shell.tell(printed_text(pages))


def hand_out_of(
    shell: Shell,
    dialog: Dialog,
    table: RecordTable[Any, Any],
    op: Operation[..., HandedOut],
    name: str,
) -> ShownExport:
    """Give a dialog the buttons that hand out what its table shows."""
    made = ShownExport(shell, table, op, dialog.windowTitle(), name)
    made.tell_copied()
    dialog.add_tools(made.tools())
    return made
