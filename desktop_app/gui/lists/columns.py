"""Which columns of a list a person sees, in which order and how wide: chosen and remembered."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial
from typing import Any

from PySide6.QtCore import QObject, QPoint, QSignalBlocker, Qt, QTimer
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QWidget

from desktop_app.gui.remembered import Remembered
from desktop_app.gui.text import tr
from desktop_app.gui.widgets.records.column import Column
from desktop_app.gui.widgets.records.record_table import RecordTable

_PAUSE_MS = 300
_WIDTHS = range(48, 1200)


class KeptColumns(QObject):
    """Lays a table out as somebody left it, and remembers what they change."""

    def __init__(
        self,
        table: RecordTable[Any, Any],
        columns: Sequence[Column[Any]],
        remembered: Remembered,
        name: str,
    ) -> None:
        super().__init__(table)
        self._table = table
        self._columns = columns
        self._remembered = remembered
        self._name = f"columns/{name}"
        self._keys = [column.key or column.sort or str(at) for at, column in enumerate(columns)]
        self._header = table.horizontalHeader()
        self._pause = QTimer(self, singleShot=True, interval=_PAUSE_MS)
        self._pause.timeout.connect(self.save)
        self._show(remembered.read(self._name))
        self._header.sectionMoved.connect(self._changed)
        self._header.sectionResized.connect(self._resized)
        self._header.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self._header.customContextMenuRequested.connect(self._ask_at)

    def menu(self, parent: QWidget) -> QMenu:
        """Return a menu that shows and hides columns; the last one in sight cannot be hidden."""
        made = QMenu(parent)
        shown = [at for at in range(len(self._keys)) if not self._table.isColumnHidden(at)]
        for at in sorted(range(len(self._keys)), key=self._header.visualIndex):
            action = QAction(self._columns[at].heading, made, checkable=True, checked=at in shown)
            action.setEnabled(shown != [at])
            action.toggled.connect(partial(self._turn, at))
            made.addAction(action)
        made.addSeparator()
        made.addAction(tr("As at first")).triggered.connect(self.reset)
        return made

    def reset(self) -> None:
        """Lay the columns out as they are for somebody new."""
        self._show({})
        self._changed()

    def save(self) -> None:
        """Remember the columns as they are now."""
        self._pause.stop()
        places = sorted(range(len(self._keys)), key=self._header.visualIndex)
        widths = {
            key: self._header.sectionSize(at)
            for at, key in enumerate(self._keys)
            if not self._stretches(at) and not self._table.isColumnHidden(at)
        }
        hidden = [key for at, key in enumerate(self._keys) if self._table.isColumnHidden(at)]
        order = [self._keys[at] for at in places]
        self._remembered.write(self._name, {"order": order, "hidden": hidden, "widths": widths})

    def _show(self, kept: Mapping[str, Any]) -> None:
        """Take over what is there of columns that still exist; new columns come last, shown."""
        order, hidden, widths = kept.get("order"), kept.get("hidden"), kept.get("widths")
        wanted = [key for key in order if key in self._keys] if isinstance(order, list) else []
        wanted = list(dict.fromkeys(wanted))
        spare = {key for key, one in zip(self._keys, self._columns, strict=True) if one.spare}
        wanted += [key for key in self._keys if key not in wanted]
        gone = {key for key in hidden if key in self._keys} if isinstance(hidden, list) else spare
        sizes = widths if isinstance(widths, dict) else {}
        with QSignalBlocker(self):
            for place, key in enumerate(wanted):
                self._header.moveSection(self._header.visualIndex(self._keys.index(key)), place)
            for at, key in enumerate(self._keys):
                self._table.setColumnHidden(at, key in gone and len(gone) < len(self._keys))
                width = sizes.get(key, 0)
                usable = isinstance(width, int) and width in _WIDTHS
                if not self._stretches(at):
                    self._header.resizeSection(at, width if usable else self._columns[at].width)

    def _stretches(self, at: int) -> bool:
        return self._columns[at].stretch

    def _turn(self, at: int, on: bool) -> None:  # noqa: FBT001 - Qt's signature
        self._table.setColumnHidden(at, not on)
        self._changed()

    def _resized(self, at: int, *_: object) -> None:
        if not self._stretches(at):
            self._changed()

    def _changed(self, *_: object) -> None:
        self._table.repaint_rows()
        self._pause.start()

    def _ask_at(self, place: QPoint) -> None:
        self.menu(self._header).popup(self._header.mapToGlobal(place))
