"""The table view of every list: scrolls a million rows, never waits, never blocks.

Select all does not touch a million indexes (8 s in Qt's own way): it turns the selection over, so
that what Qt holds as selected are the exceptions.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Generic, TypeVar, cast

from PySide6.QtCore import (
    QEvent,
    QItemSelectionModel,
    QItemSelectionRange,
    QModelIndex,
    QPoint,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import (
    QFocusEvent,
    QHelpEvent,
    QKeyEvent,
    QKeySequence,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QResizeEvent,
)
from PySide6.QtWidgets import QAbstractItemView, QFrame, QHeaderView, QTableView, QToolTip
from typing_extensions import override

from desktop_app.gui.format import number
from desktop_app.gui.text import language
from desktop_app.gui.theme import theme
from desktop_app.gui.tokens import SHAPE
from desktop_app.gui.widgets.records.column import Column, Sort
from desktop_app.gui.widgets.records.copying import Copying
from desktop_app.gui.widgets.records.header import Header
from desktop_app.gui.widgets.records.paged_model import PagedModel
from desktop_app.gui.widgets.records.picked import Picked
from desktop_app.gui.widgets.records.row_painter import Cell, RowPainter, RowState, cut
from desktop_app.gui.widgets.records.source import COUNT_CAP, PageSource, Request, RowsSource
from desktop_app.kernel.errors import AppError

R = TypeVar("R")
F = TypeVar("F")
_ROOT = QModelIndex()
_LONGEST_TIP = 2_000
_RowsSelected = (
    QItemSelectionModel.SelectionFlag.ClearAndSelect | QItemSelectionModel.SelectionFlag.Rows
)


class RecordTable(QTableView, Generic[R, F]):
    """Shows records in columns.

    Signals: `activated_row(row)` on Enter or double click, `picked_changed()`,
    `copied(rows, left_out)`, `counted(text)` with a count such as "10,000+",
    `sorted_by(Sort)` when a heading was clicked, `failed(AppError)`.
    """

    activated_row = Signal(int)
    picked_changed = Signal()
    copied = Signal(int, int)
    counted = Signal(str)
    sorted_by = Signal(Sort)
    failed = Signal(AppError)

    def __init__(
        self, name: str, columns: Sequence[Column[R]], source: PageSource[R, F] | None = None
    ) -> None:
        super().__init__()
        self._columns = columns
        self._rows_source: RowsSource[R] = RowsSource(columns)
        self.records: PagedModel[R, F] = PagedModel(columns, source or self._rows_source)  # type: ignore[arg-type]
        self.records.setParent(self)
        self._painter: RowPainter[R] = RowPainter(columns)
        self._hovered = -1
        self._all = False
        self.setModel(self.records)
        self.setAccessibleName(name)
        self._set_up_view()
        self._set_up_header()
        self._connect()

    # --- what a screen does

    def show_request(self, wanted: F, sort: Sort | None = None) -> None:
        """List what a filter finds; `sort` overrides the order chosen in the header."""
        if sort is not None:
            self._header.show_sort(sort)
        self._unpick()
        self.records.show_request(Request(wanted, self._header.sort))

    def refresh(self) -> None:
        """Read the same list again, staying at the same row."""
        if self.records.request is not None:
            self.records.show_request(self.records.request)

    def show_records(self, records: Sequence[R], sort: Sort | None = None) -> None:
        """Show a short list that is all in memory; `sort` overrides the order chosen."""
        if sort is not None:
            self._header.show_sort(sort)
        self._rows_source.rows = records
        self._unpick()
        self.records.show_request(Request(None, self._header.sort))  # type: ignore[arg-type]

    def record(self, row: int) -> R | None:
        """Return the record of a row, or None where it is not loaded."""
        return self.records.loaded_record(row)

    def current_record(self) -> R | None:
        """Return the record under the keyboard."""
        return self.record(self.currentIndex().row()) if self.currentIndex().isValid() else None

    def picked(self) -> Picked:
        """Return which rows are picked."""
        # WORKAROUND(PySide6 6.11 stubs): a QItemSelection is a list of ranges.
        parts = cast("Iterable[QItemSelectionRange]", self.selectionModel().selection())
        ranges = sorted({(part.top(), part.bottom()) for part in parts})
        return Picked(ranges, self.records.rowCount(), self._all)

    def picked_records(self, cap: int = 5_000) -> list[R]:
        """Return the picked records that are loaded, up to `cap`."""
        found = (self.record(row) for row in self.picked().rows(cap))
        return [record for record in found if record is not None]

    def count_text(self) -> str:
        """Return how many records there are, "10,000+" while they are still being counted."""
        if self.records.exact:
            return number(self.records.rowCount(), language())
        return number(COUNT_CAP, language()) + "+"

    def copy_picked(self) -> None:
        """Copy the picked rows, visible columns only, in their order on the screen."""
        self._copy(self.picked())

    def copy_shown(self) -> None:
        """Copy the picked rows; where none is picked, all of them."""
        picked = self.picked()
        rows = self.records.rowCount()
        self._copy(picked if len(picked) else Picked([], rows, all_but=True))

    def _copy(self, picked: Picked) -> None:
        if not len(picked):
            return
        columns = [self._columns[at] for at in self.in_sight()]
        copying = Copying(self.records, columns, self)
        copying.copied.connect(self.copied)
        copying.failed.connect(self.failed)
        copying.start(picked)

    def in_sight(self) -> list[int]:
        """Return the numbers of the columns that are shown, as they stand on the screen."""
        order = sorted(range(len(self._columns)), key=self._header.visualIndex)
        return [at for at in order if not self.isColumnHidden(at)]

    def repaint_rows(self, *_: object) -> None:
        """Paint all rows anew: what columns say of a record has changed."""
        self._painter.forget()
        self.viewport().update()

    # --- set-up

    def _set_up_view(self) -> None:
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setMouseTracking(True)
        self.setCornerButtonEnabled(False)
        self.setTabKeyNavigation(False)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        rows = self.verticalHeader()
        rows.hide()
        rows.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        rows.setMinimumSectionSize(SHAPE.row_height)
        rows.setDefaultSectionSize(SHAPE.row_height)

    def _set_up_header(self) -> None:
        self._header = Header(self._columns, self)
        self.setHorizontalHeader(self._header)
        for at, column in enumerate(self._columns):
            self._header.resizeSection(at, column.width)
            if column.stretch:
                self._header.setSectionResizeMode(at, QHeaderView.ResizeMode.Stretch)

    def _connect(self) -> None:
        self.verticalScrollBar().valueChanged.connect(self._look)
        self.horizontalScrollBar().valueChanged.connect(self.repaint_rows)
        self._header.sectionResized.connect(self.repaint_rows)
        self._header.sectionMoved.connect(self.repaint_rows)
        self._header.sorted_by.connect(self._sort)
        self.records.dataChanged.connect(self.repaint_rows)
        self.records.modelReset.connect(self.repaint_rows)
        self.records.opened.connect(self._opened)
        self.records.counted.connect(self._counted)
        self.records.failed.connect(self.failed)
        self.selectionModel().selectionChanged.connect(self._picked_changed)
        self.doubleClicked.connect(self._activate)
        theme.changed.connect(self.repaint_rows)

    # --- reactions

    def _look(self, *_: object) -> None:
        first = self.rowAt(0)
        if first >= 0:
            last = self.rowAt(self.viewport().height() - 1)
            self.records.look(first, last if last >= 0 else self.records.rowCount() - 1)

    def _opened(self) -> None:
        self._look()
        self._counted()

    def _counted(self) -> None:
        self._look()
        self.counted.emit(self.count_text())

    def _sort(self, sort: Sort) -> None:
        if self.records.request is not None:
            self._unpick()
            self.scrollToTop()
            self.records.show_request(Request(self.records.request.filter, sort))
            self.sorted_by.emit(sort)

    def _picked_changed(self) -> None:
        self.viewport().update()
        self.picked_changed.emit()

    def _activate(self, index: QModelIndex) -> None:
        if self.record(index.row()) is not None:
            self.activated_row.emit(index.row())

    def _unpick(self) -> None:
        self._all = False
        self.clearSelection()

    # --- painting

    @override
    def paintEvent(self, e: QPaintEvent) -> None:
        area = e.rect()
        row = self.rowAt(max(0, area.top()))
        if row < 0:
            return
        size = QSize(self.viewport().width(), self.verticalHeader().defaultSectionSize())
        cells = self._cells(size.width())
        current = self.currentIndex() if self.hasFocus() else _ROOT
        painter = QPainter(self.viewport())
        scale = self.devicePixelRatioF()
        y = self.rowViewportPosition(row)
        count = self.records.rowCount()
        while y <= area.bottom() and row < count:
            column = current.column() if current.row() == row else -1
            state = RowState(self._is_picked(row), row == self._hovered, column)
            record = self.records.record(row)
            painter.drawPixmap(0, y, self._painter.picture(row, record, state, cells, size, scale))
            y += size.height()
            row += 1
        painter.end()

    def _cells(self, width: int) -> list[Cell]:
        cells = (
            Cell(at, self.columnViewportPosition(at), self.columnWidth(at))
            for at in range(len(self._columns))
            if not self.isColumnHidden(at)
        )
        return [cell for cell in cells if cell.left < width and cell.left + cell.width > 0]

    def _is_picked(self, row: int) -> bool:
        held = self.selectionModel()
        return (held.hasSelection() and held.isRowSelected(row, _ROOT)) != self._all

    # --- mouse and keyboard

    @override
    def viewportEvent(self, event: QEvent) -> bool:
        if isinstance(event, QHelpEvent) and event.type() == QEvent.Type.ToolTip:
            QToolTip.showText(event.globalPos(), self._cut_text(event.pos()), self.viewport())
            return True
        return super().viewportEvent(event)

    def _cut_text(self, place: QPoint) -> str:
        """Return the whole text of a cell that does not show it."""
        index = self.indexAt(place)
        record = self.record(index.row()) if index.isValid() else None
        if record is None:
            return ""
        at = index.column()
        return cut(self._columns[at], record, self.columnWidth(at))[:_LONGEST_TIP]

    @override
    def selectAll(self) -> None:
        self.clearSelection()
        self._all = True
        self._picked_changed()

    @override
    def mousePressEvent(self, event: QMouseEvent) -> None:
        if self._all and not event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self._unpick()
        super().mousePressEvent(event)

    @override
    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        self._hover(self.rowAt(int(event.position().y())))
        super().mouseMoveEvent(event)

    @override
    def leaveEvent(self, event: QEvent) -> None:
        self._hover(-1)
        super().leaveEvent(event)

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        self._painter.forget()
        super().resizeEvent(event)
        self._header.fit()
        self._look()

    @override
    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        if not self.currentIndex().isValid() and self.records.rowCount():
            top = self.records.index(max(0, self.rowAt(0)), 0)
            self.selectionModel().setCurrentIndex(top, QItemSelectionModel.SelectionFlag.NoUpdate)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.matches(QKeySequence.StandardKey.Copy):
            self.copy_picked()
        elif event.matches(QKeySequence.StandardKey.SelectAll):
            self.selectAll()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._activate(self.currentIndex())
        elif event.key() in (Qt.Key.Key_Home, Qt.Key.Key_End) and self.records.rowCount():
            self._jump(0 if event.key() == Qt.Key.Key_Home else self.records.rowCount() - 1)
        else:
            if self._all and event.key() in _MOVES:
                self._unpick()
            super().keyPressEvent(event)

    def _jump(self, row: int) -> None:
        self._all = False
        column = max(0, self.currentIndex().column())
        self.selectionModel().setCurrentIndex(self.records.index(row, column), _RowsSelected)

    def _hover(self, row: int) -> None:
        if row == self._hovered:
            return
        before, self._hovered = self._hovered, row
        height = self.verticalHeader().defaultSectionSize()
        for changed in (before, row):
            if changed >= 0:
                top = self.rowViewportPosition(changed)
                self.viewport().update(0, top, self.viewport().width(), height)


_MOVES = (Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_PageUp, Qt.Key.Key_PageDown)
