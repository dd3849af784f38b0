"""The entries of the palette: how they are listed and painted."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, QRectF, QSize, Qt
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem
from typing_extensions import override

from desktop_app.gui.fonts import font
from desktop_app.gui.fuzzy import score
from desktop_app.gui.icons import picture
from desktop_app.gui.text import tr
from desktop_app.gui.theme import colour

_Index = QModelIndex | QPersistentModelIndex
_ROOT = QModelIndex()
_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
LIMIT = 40


@dataclass(frozen=True, slots=True)
class Entry:
    """Something to find: its group, text, icon, a hint at the right, words it is found by."""

    group: str
    text: str
    icon: str
    run: Callable[[], object]
    hint: str = ""
    keywords: str = ""


class EntryList(QAbstractListModel):
    """Entries under the headings of their groups."""

    def __init__(self) -> None:
        super().__init__()
        self._rows: list[Entry | str] = []
        self._matches: list[Entry] = []

    def show_matches(self, wanted: str, entries: Sequence[Entry]) -> None:
        """List the entries that fit, the best group first."""
        scored = [
            (score(wanted, f"{entry.text} {entry.keywords}"), -at, entry)
            for at, entry in enumerate(entries)
        ]
        fitting = [found for found in scored if found[0]]
        if wanted.strip():
            fitting.sort(key=lambda found: found[:2], reverse=True)
        self._matches = [entry for _, _, entry in fitting[:LIMIT]]
        self._show(self._matches)

    def add_found(self, entries: Sequence[Entry]) -> None:
        """Append what a provider found."""
        self._matches = [*self._matches, *entries]
        self._show(self._matches)

    def entry(self, row: int) -> Entry | None:
        """Return an entry, or None for a heading."""
        found = self._rows[row] if 0 <= row < len(self._rows) else None
        return found if isinstance(found, Entry) else None

    def row_of(self, entry: Entry) -> int:
        """Return where an entry is, or -1."""
        return self._rows.index(entry) if entry in self._rows else -1

    def first(self) -> int:
        """Return the first row that can be chosen, or -1."""
        return next((at for at, found in enumerate(self._rows) if isinstance(found, Entry)), -1)

    def next(self, row: int, step: int) -> int:
        """Return the next row that can be chosen, around the end."""
        for _ in self._rows:
            row = (row + step) % len(self._rows)
            if isinstance(self._rows[row], Entry):
                return row
        return -1

    def _show(self, entries: Sequence[Entry]) -> None:
        groups = dict.fromkeys(entry.group for entry in entries)
        rows: list[Entry | str] = []
        for group in groups:
            rows.append(group)
            rows.extend(entry for entry in entries if entry.group == group)
        self.beginResetModel()
        self._rows = rows or [tr("Nothing found. Try an order number or a name.")]
        self.endResetModel()

    @override
    def rowCount(self, parent: _Index = _ROOT) -> int:
        return 0 if parent.isValid() else len(self._rows)

    @override
    def flags(self, index: _Index) -> Qt.ItemFlag:
        if isinstance(self._rows[index.row()], Entry):
            return super().flags(index)
        return Qt.ItemFlag.NoItemFlags

    @override
    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if role not in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return None
        found = self._rows[index.row()]
        return found.text if isinstance(found, Entry) else found


class EntryDelegate(QStyledItemDelegate):
    """Paints headings and entries."""

    @override
    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        model = index.model()
        entry = model.entry(index.row()) if isinstance(model, EntryList) else None
        box = QRectF(option.rect).adjusted(2, 1, -2, -1)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if entry is None:
            painter.setFont(font(11, 600))
            painter.setPen(colour("text3"))
            painter.drawText(box.adjusted(12, 6, -12, 0), _LEFT, str(index.data()))
            return
        chosen = bool(option.state & QStyle.StateFlag.State_Selected)
        if chosen:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(colour("accent_soft"))
            painter.drawRoundedRect(box, 8, 8)
        scale = painter.device().devicePixelRatioF()
        made = picture(entry.icon, "accent" if chosen else "text2", 18, scale)
        painter.drawPixmap(int(box.left() + 12), int(box.center().y() - 9), made)
        words = box.adjusted(42, 0, -12, 0)
        painter.setFont(font(14, 500))
        painter.setPen(colour("text"))
        painter.drawText(words, _LEFT, entry.text)
        painter.setFont(font(12))
        painter.setPen(colour("text3"))
        painter.drawText(words, _RIGHT, entry.hint)

    @override
    def sizeHint(self, option: QStyleOptionViewItem, index: _Index) -> QSize:
        model = index.model()
        heading = isinstance(model, EntryList) and model.entry(index.row()) is None
        return QSize(100, 30 if heading else 42)
