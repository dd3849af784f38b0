"""A table model that knows how many rows there are and fetches pages as they are looked at.

Requests are served newest first, two at a time; a request that scrolled out of sight is dropped
before it starts. Every answer carries the generation it was asked in, and an answer for an outdated
filter is thrown away. Pages not looked at for long are forgotten.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Sequence
from functools import partial
from typing import Any, Generic, TypeVar

import shiboken6
from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt, Signal
from typing_extensions import override

from desktop_app.gui.text import tr
from desktop_app.gui.widgets.records.column import Column
from desktop_app.gui.widgets.records.source import (
    COUNT_CAP,
    PAGE,
    Anchors,
    Answer,
    Opening,
    PageSource,
    Place,
    Request,
)
from desktop_app.kernel.errors import AppError

R = TypeVar("R")
F = TypeVar("F")
_Index = QModelIndex | QPersistentModelIndex
_ROOT = QModelIndex()

KEPT_PAGES = 64
IN_FLIGHT = 2


class PagedModel(QAbstractTableModel, Generic[R, F]):
    """Shows the records of one request."""

    opened = Signal()
    counted = Signal()
    loaded = Signal(int)
    failed = Signal(AppError)

    def __init__(self, columns: Sequence[Column[R]], source: PageSource[R, F]) -> None:
        super().__init__()
        self.columns = columns
        self.source = source
        self.request: Request[F] | None = None
        self.exact = True
        self._count = 0
        self._anchors = Anchors(0)
        self._pages: OrderedDict[int, Sequence[R]] = OrderedDict()
        self._wanted: list[int] = []
        self._flying: set[int] = set()
        self._generation = 0

    # --- what the screen does

    def show_request(self, request: Request[F]) -> None:
        """List something else; what is shown stays until the answer is here."""
        self._generation += 1
        self._wanted.clear()
        self._flying.clear()
        self.request = request
        now = self._generation
        self.source.open(request, Answer(partial(self._open, now), partial(self._fail, now)))

    def record(self, row: int) -> R | None:
        """Return a record, or None where its page is not loaded (it is then asked for)."""
        page = self._pages.get(row // PAGE)
        if page is None:
            self.want(row // PAGE)
            return None
        return page[row % PAGE] if row % PAGE < len(page) else None

    def loaded_record(self, row: int) -> R | None:
        """Return a record if its page is here; ask for nothing."""
        page = self._pages.get(row // PAGE)
        return page[row % PAGE] if page is not None and row % PAGE < len(page) else None

    def look(self, first: int, last: int) -> None:
        """Say which rows are in sight: their pages and one on each side are fetched."""
        low, high = first // PAGE, last // PAGE
        near = range(low - 1, high + 2)
        self._wanted = [page for page in self._wanted if page in near]
        for page in (low - 1, high + 1, *range(high, low - 1, -1)):
            if page in self._pages:
                self._pages.move_to_end(page)
            self.want(page)

    def want(self, page: int) -> None:
        """Ask for a page; the newest wish is served first."""
        if page < 0 or page * PAGE >= self._count or page in self._pages or page in self._flying:
            return
        if page in self._wanted:
            self._wanted.remove(page)
        self._wanted.append(page)
        self._serve()

    def place(self, page: int) -> Place:
        """Return where a page begins."""
        return self._anchors.place(page * PAGE)

    # --- answers

    def _late(self, generation: int) -> bool:
        """Tell whether an answer comes for another request, or for a table that is gone."""
        return generation != self._generation or not shiboken6.isValid(self)

    def _serve(self) -> None:
        while self._wanted and len(self._flying) < IN_FLIGHT and self.request is not None:
            page = self._wanted.pop()
            self._flying.add(page)
            now = self._generation
            answer: Answer[Sequence[R]] = Answer(
                partial(self._land, now, page), partial(self._miss, now, page)
            )
            self.source.page(self.request, self.place(page), answer)

    def _open(self, generation: int, opening: Opening[R]) -> None:
        if self._late(generation) or self.request is None:
            return
        self.beginResetModel()
        self._pages.clear()
        self._anchors = Anchors(0)
        self.exact = opening.count is not None
        self._count = COUNT_CAP if opening.count is None else opening.count
        if opening.rows:
            self._pages[0] = opening.rows
        self.endResetModel()
        self.opened.emit()
        if not self.exact:
            answer: Answer[Anchors] = Answer(
                partial(self._anchor, generation), partial(self._fail, generation)
            )
            self.source.anchors(self.request, answer)

    def _anchor(self, generation: int, anchors: Anchors) -> None:
        if self._late(generation):
            return
        self._anchors = anchors
        self.exact = True
        if anchors.count > self._count:
            self.beginInsertRows(_ROOT, self._count, anchors.count - 1)
            self._count = anchors.count
            self.endInsertRows()
        elif anchors.count < self._count:
            self.beginRemoveRows(_ROOT, anchors.count, self._count - 1)
            self._count = anchors.count
            self.endRemoveRows()
        self.counted.emit()

    def _land(self, generation: int, page: int, rows: Sequence[R]) -> None:
        if self._late(generation):
            return
        self._flying.discard(page)
        self._pages[page] = rows
        while len(self._pages) > KEPT_PAGES:
            self._pages.popitem(last=False)
        last = min(self._count, (page + 1) * PAGE) - 1
        self.dataChanged.emit(self.index(page * PAGE, 0), self.index(last, len(self.columns) - 1))
        self.loaded.emit(page)
        self._serve()

    def _miss(self, generation: int, page: int, error: AppError) -> None:
        if not self._late(generation):
            self._flying.discard(page)
            self._wanted.clear()
            self.failed.emit(error)

    def _fail(self, generation: int, error: AppError) -> None:
        if not self._late(generation):
            self.failed.emit(error)

    # --- what Qt asks

    @override
    def rowCount(self, parent: _Index = _ROOT) -> int:
        return 0 if parent.isValid() else self._count

    @override
    def columnCount(self, parent: _Index = _ROOT) -> int:
        return 0 if parent.isValid() else len(self.columns)

    @override
    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        column = self.columns[index.column()]
        if role == Qt.ItemDataRole.DisplayRole:
            record = self.record(index.row())
            return "" if record is None else column.text(record)
        if role == Qt.ItemDataRole.AccessibleTextRole:
            record = self.record(index.row())
            value = tr("loading") if record is None else column.text(record)
            return f"{column.heading}: {value}"
        return None

    @override
    def headerData(
        self,
        section: int,
        orientation: Qt.Orientation,
        role: int = Qt.ItemDataRole.DisplayRole,
    ) -> Any:
        if orientation != Qt.Orientation.Horizontal:
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return self.columns[section].heading
        return None
