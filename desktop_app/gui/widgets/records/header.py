"""The heading row: painted from the tokens, with an arrow on the sorted column."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QRect, Qt, Signal
from PySide6.QtGui import QFontMetrics, QPainter
from PySide6.QtWidgets import QHeaderView, QWidget
from typing_extensions import override

from desktop_app.gui.fonts import font
from desktop_app.gui.icons import picture
from desktop_app.gui.text import tr
from desktop_app.gui.theme import colour, theme
from desktop_app.gui.widgets.records.column import Column, Sort

HEIGHT = 38
_PAD = 16
LEAST = 190  # of a column that stretches
_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter


class Header(QHeaderView):
    """Shows headings; `sorted_by` when another order is asked for."""

    sorted_by = Signal(Sort)

    def __init__(self, columns: Sequence[Column[Any]], parent: QWidget) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self._columns = columns
        self.sort: Sort | None = None
        self.setHighlightSections(False)
        self.setSectionsMovable(True)
        self.setSectionsClickable(True)
        self.setFixedHeight(HEIGHT)
        self.setMinimumSectionSize(48)
        self.setAccessibleName(tr("Column headings"))
        self.sectionClicked.connect(self._click)
        self.sectionResized.connect(self._resized)
        theme.changed.connect(self.viewport().update)

    def show_sort(self, sort: Sort | None) -> None:
        """Mark the sorted column."""
        self.sort = sort
        self.viewport().update()

    def fit(self) -> None:
        """Let the columns that stretch fill the room, and keep them readable where there is none.

        They are never narrower than `LEAST`, or than they ask for; the table scrolls instead.
        """
        wide = [at for at, one in enumerate(self._columns) if one.stretch]
        wide = [at for at in wide if not self.isSectionHidden(at)]
        taken = sum(self.sectionSize(at) for at in range(self.count()) if at not in wide)
        asked = [self._columns[at] for at in wide]
        least = [one.least or min(LEAST, one.width) for one in asked]
        roomy = self.viewport().width() - taken >= sum(least)
        for at, width in zip(wide, least, strict=True):
            if roomy:
                self.setSectionResizeMode(at, QHeaderView.ResizeMode.Stretch)
            else:
                self.setSectionResizeMode(at, QHeaderView.ResizeMode.Fixed)
                self.resizeSection(at, width)

    def _resized(self, at: int, *_: object) -> None:
        if not self._columns[at].stretch:
            self.fit()

    def _click(self, section: int) -> None:
        name = self._columns[section].sort
        if name:
            turned = self.sort is not None and self.sort.by == name and not self.sort.descending
            self.show_sort(Sort(name, turned))
            self.sorted_by.emit(self.sort)

    @override
    def paintSection(self, painter: QPainter, rect: QRect, logicalIndex: int) -> None:
        column = self._columns[logicalIndex]
        ours = self.sort is not None and column.sort != "" and self.sort.by == column.sort
        painter.save()
        painter.fillRect(rect, colour("surface"))
        painter.fillRect(rect.left(), rect.bottom(), rect.width(), 1, colour("border"))
        painter.setPen(colour("text" if ours else "text3"))
        used = font(12, 600 if ours else 500)
        painter.setFont(used)
        inner = rect.adjusted(_PAD, 0, -_PAD, 0)
        arrow_room = 16 if ours else 0
        measure = QFontMetrics(used)
        room = inner.width() - arrow_room
        shown = measure.elidedText(column.heading, Qt.TextElideMode.ElideRight, room)
        place = inner.adjusted(0, 0, -arrow_room, 0)
        painter.drawText(place, _RIGHT if column.right else _LEFT, shown)
        if ours and self.sort is not None:
            end = place.right() if column.right else place.left() + measure.horizontalAdvance(shown)
            name = "arrow-down" if self.sort.descending else "arrow-up"
            arrow = picture(name, "text", 12, self.devicePixelRatioF())
            painter.drawPixmap(end + 4, rect.center().y() - 6, arrow)
        painter.restore()

    @override
    def paintEvent(self, e: Any) -> None:
        painter = QPainter(self.viewport())
        painter.fillRect(self.viewport().rect(), colour("surface"))
        bottom = self.viewport().height() - 1
        painter.fillRect(0, bottom, self.viewport().width(), 1, colour("border"))
        painter.end()
        super().paintEvent(e)
