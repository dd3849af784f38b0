"""The list of reports, group by group."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QFrame, QListWidget, QListWidgetItem
from typing_extensions import override

from desktop_app.gui.fonts import font
from desktop_app.gui.text import say, tr
from desktop_app.gui.theme import colour
from desktop_app.reports.shapes import Group, ReportFacts
from desktop_app.reports.wording import GROUPS

_KEY = Qt.ItemDataRole.UserRole


class ReportPicker(QListWidget):
    """Lists reports; `chosen(key)` when another one is picked."""

    chosen = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.setAccessibleName(tr("Reports"))
        self.setFont(font(13))
        self.setFixedWidth(212)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.currentItemChanged.connect(self._changed)

    def show_reports(self, reports: Sequence[ReportFacts]) -> None:
        """List reports."""
        order = list(Group)
        for group, some in groupby(
            sorted(reports, key=lambda one: order.index(one.group)), key=lambda one: one.group
        ):
            head = QListWidgetItem(say(GROUPS[group]), self)
            head.setFlags(Qt.ItemFlag.NoItemFlags)
            head.setFont(font(11, 600))
            head.setForeground(colour("text3"))
            head.setSizeHint(QSize(0, 34))
            for one in some:
                made = QListWidgetItem(say(one.title), self)
                made.setData(_KEY, one.key)
                made.setToolTip(say(one.about))
                made.setSizeHint(QSize(0, 32))

    @property
    def keys(self) -> list[str]:
        """Return the reports listed, in their order."""
        found = (self.item(at).data(_KEY) for at in range(self.count()))
        return [str(key) for key in found if key]

    def choose(self, key: str) -> None:
        """Pick a report; nothing where it is not listed."""
        for at in range(self.count()):
            if self.item(at).data(_KEY) == key:
                self.setCurrentRow(at)

    def _changed(self, item: QListWidgetItem | None) -> None:
        if item is not None and item.data(_KEY):
            self.chosen.emit(str(item.data(_KEY)))

    @override
    def sizeHint(self) -> QSize:
        return QSize(212, 400)
