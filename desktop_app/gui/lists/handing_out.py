"""Writes what a list shows to a file: the columns in sight, in their order, all rows that fit."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import Any

from PySide6.QtCore import QObject, QTimer

from desktop_app.db.operation import Operation
from desktop_app.exports.records import FileFormat, HandedOut, ShownColumn, ShownTable
from desktop_app.gui.handing import TABLES, HandoverDialog, HandWish
from desktop_app.gui.navigation import Shell
from desktop_app.gui.text import tr
from desktop_app.gui.widgets.button import allow, button
from desktop_app.gui.widgets.records.record_table import RecordTable
from desktop_app.gui.widgets.records.source import PAGE, Answer
from desktop_app.kernel.errors import AppError
from desktop_app.kernel.words import msg

MOST_ROWS = 50_000


class ShownExport(QObject):
    """The button that hands out what is in sight, and what happens then.

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
        self.named: Callable[[], str] = lambda: title  # as what the file says it is
        self._written_as = title
        self._wish: HandWish | None = None
        self._columns: list[int] = []
        self._rows: list[list[str]] = []
        self.dialog: HandoverDialog | None = None
        self.button = button("", "file-down", "ghost", tip=tr("Write or print what is shown"))
        self.button.clicked.connect(self.ask)
        allow(self.button, shell.bridge.why_not(op))
        table.records.modelReset.connect(self._changed)

    def ask(self) -> None:
        """Ask how the list is handed out; say why not where it is too long or still counted."""
        records = self._table.records
        if records.request is None or not records.exact:
            self._shell.tell(tr("The list is still being read; try again in a moment."))
            return
        if records.rowCount() > MOST_ROWS:
            self._shell.tell(
                tr("At most {n} rows are written so; choose a shorter period.", n=MOST_ROWS)
            )
            return
        self.dialog = HandoverDialog(
            self._title,
            self._name,
            self.button.window(),
            formats=(*TABLES, FileFormat.PDF),
            own=self._shell.bridge.app.actor.name,
        )
        self.dialog.wished.connect(self._begin)
        self.dialog.open()

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
        for record in found[:left]:
            if wish.to.format is FileFormat.PDF:
                self._rows.append([column.text(record) for column in columns])
            else:
                self._rows.append([column.copied(record) for column in columns])
        QTimer.singleShot(0, self, self._next)

    def _write(self, wish: HandWish) -> None:
        columns = [
            ShownColumn(
                column.heading, self._table.columnWidth(at), column.right, column.raw is not None
            )
            for at in self._columns
            for column in [self._table.records.columns[at]]
        ]
        table = ShownTable(self._written_as, columns, self._rows)
        self._end()
        self._shell.bridge.start(
            self, self._written, msg("Writing the file"), self._op, table, wish.path, wish.to,
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
        self._shell.tell(tr("{file} is written", file=made.file.name))
