"""Copies picked rows to the clipboard as a tab-separated table, fetching what is not loaded."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from itertools import groupby
from typing import Any

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QGuiApplication

from desktop_app.gui.text import ntr
from desktop_app.gui.widgets.records.column import Column
from desktop_app.gui.widgets.records.paged_model import PagedModel
from desktop_app.gui.widgets.records.picked import Picked
from desktop_app.gui.widgets.records.source import PAGE, Answer
from desktop_app.kernel.errors import AppError

COPY_CAP = 50_000


def copied_text(rows: int, left_out: int) -> str:
    """Return what to tell the person after a copy."""
    done = ntr("{n} row copied", "{n} rows copied", rows)
    if not left_out:
        return done
    return f"{done}. " + ntr(
        "{n} more row was left out; export the list to get all of it.",
        "{n} more rows were left out; export the list to get all of it.",
        left_out,
    )


class Copying(QObject):
    """One copy under way; `copied(rows, left_out)` when the clipboard has it."""

    copied = Signal(int, int)
    failed = Signal(AppError)

    def __init__(
        self, model: PagedModel[Any, Any], columns: Sequence[Column[Any]], parent: QObject
    ) -> None:
        super().__init__(parent)
        self._model = model
        self._columns = columns
        self._request = model.request
        self._lines = ["\t".join(column.heading for column in columns)]
        self._pages: list[tuple[int, list[int]]] = []
        self._left_out = 0

    def start(self, picked: Picked) -> None:
        """Begin; more than `COPY_CAP` rows are cut and counted as left out."""
        self._left_out = max(0, len(picked) - COPY_CAP)
        grouped = groupby(picked.rows(COPY_CAP), key=lambda row: row // PAGE)
        self._pages = [(page, list(rows)) for page, rows in grouped][::-1]
        self._next()

    def _next(self) -> None:
        while self._pages:
            page, rows = self._pages[-1]
            found = [self._model.loaded_record(row) for row in rows]
            if any(record is None for record in found):
                self._fetch(page)
                return
            self._pages.pop()
            self._add(found)
        self._finish()

    def _fetch(self, page: int) -> None:
        if self._request is None or self._request is not self._model.request:
            self.deleteLater()
            return
        answer: Answer[Sequence[Any]] = Answer(partial(self._arrived, page), self._fail)
        self._model.source.page(self._request, self._model.place(page), answer)

    def _arrived(self, page: int, records: Sequence[Any]) -> None:
        _, rows = self._pages.pop()
        first = page * PAGE
        self._add([records[row - first] for row in rows if row - first < len(records)])
        self._next()

    def _add(self, records: Sequence[Any]) -> None:
        for record in records:
            self._lines.append("\t".join(column.copied(record) for column in self._columns))

    def _fail(self, error: AppError) -> None:
        self.failed.emit(error)
        self.deleteLater()

    def _finish(self) -> None:
        QGuiApplication.clipboard().setText("\n".join(self._lines) + "\n")
        self.copied.emit(len(self._lines) - 1, self._left_out)
        self.deleteLater()
