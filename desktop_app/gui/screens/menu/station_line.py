"""A station of the kitchen: its name, the storage that it takes from, and what can be done."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QComboBox, QWidget
from typing_extensions import override

from desktop_app.gui.fonts import font
from desktop_app.gui.text import tr
from desktop_app.gui.widgets.button import allow, button
from desktop_app.gui.widgets.labels import label
from desktop_app.gui.widgets.layout import row
from desktop_app.menu.records import NamedRow
from desktop_app.stock.records import StationRow, StorageRow

_WIDTH = 220


@dataclass(frozen=True, slots=True)
class Sources:
    """The storages, from which each station takes, and why that cannot be changed."""

    storages: Sequence[StorageRow] = ()
    stations: dict[int, StationRow] = field(default_factory=dict)
    why_not: str = ""

    @property
    def matter(self) -> bool:
        """Tell whether there is anything to choose."""
        own = any(one.storage_id is not None for one in self.stations.values())
        return own or len(self.storages) > 1

    def choices(self, station: int) -> list[tuple[str, int | None]]:
        """Return what can be chosen; a storage put away stays while the station has it."""
        found: list[tuple[str, int | None]] = [(tr("The storage that sells"), None)]
        found += [(one.form.name, one.id) for one in self.storages]
        now = self.stations.get(station)
        if now is not None and now.storage_id not in {id_ for _, id_ in found}:
            found.append((now.storage, now.storage_id))
        return found


class StationLine(QWidget):
    """Shows a station; `taken_from(storage or None)` when another storage is picked."""

    taken_from = Signal(object)

    def __init__(self, one: NamedRow, sources: Sources, why_not: str) -> None:
        super().__init__()
        self.source = _Box()
        self.source.setFont(font(13))
        self.source.setAccessibleName(tr("Where {name} takes from", name=one.name))
        self.source.setFixedWidth(_WIDTH)
        for text, number in sources.choices(one.id):
            self.source.addItem(text, number)
        now = sources.stations.get(one.id)
        self.source.setCurrentIndex(self.source.findData(now.storage_id if now else None))
        self.source.activated.connect(lambda _: self.taken_from.emit(self.source.currentData()))
        allow(self.source, sources.why_not, tip=self.source.accessibleName())
        tip = tr("Change {name}", name=one.name)
        self.change = button("", "pencil", "ghost", tip=tip)
        allow(self.change, why_not, tip=tip)
        tip = tr("Remove {name}", name=one.name)
        self.drop = button("", "trash-2", "ghost", tip=tip)
        allow(self.drop, why_not, tip=tip)
        layout = row(gap=8)
        layout.addWidget(label(one.name), 1)
        layout.addWidget(self.source)
        self.source.setVisible(sources.matter)
        layout.addWidget(self.change)
        layout.addWidget(self.drop)
        self.setLayout(layout)


class _Box(QComboBox):
    """A choice that is stored at once, and so never turned by a wheel that was to scroll."""

    def __init__(self) -> None:
        super().__init__()
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)

    @override
    def wheelEvent(self, event: QWheelEvent) -> None:
        event.ignore()
