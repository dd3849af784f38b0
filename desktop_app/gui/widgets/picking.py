"""A box to pick from by typing: words are found as people type them, “inek” finds “İnək”."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QSignalBlocker, Qt
from PySide6.QtWidgets import QComboBox, QCompleter
from typing_extensions import override

from desktop_app.kernel.text import fold

_FOLDED = Qt.ItemDataRole.UserRole + 1


class FoldedCompleter(QCompleter):
    """Completes what a box offers, whatever the case and the marks of its letters.

    Qt knows neither that İ and i are one letter nor that people leave marks out.
    """

    def __init__(self, box: QComboBox) -> None:
        super().__init__(box.model(), box)
        with QSignalBlocker(box.model()):  # nobody shows what is searched
            for at in range(box.count()):
                box.setItemData(at, fold(box.itemText(at)), _FOLDED)
        self.setCompletionRole(_FOLDED)
        self.setFilterMode(Qt.MatchFlag.MatchContains)
        self.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        self.setCompletionMode(QCompleter.CompletionMode.PopupCompletion)

    @override
    def splitPath(self, path: str) -> list[str]:
        return [fold(path)]

    @override
    def pathFromIndex(self, index: QModelIndex | QPersistentModelIndex) -> str:
        return str(index.data(Qt.ItemDataRole.DisplayRole))


def place_of(box: QComboBox, text: str) -> int:
    """Return where a box offers what was typed: all of a name, else -1."""
    typed = fold(" ".join(text.split()))
    return next((at for at in range(box.count()) if typed and fold(box.itemText(at)) == typed), -1)
