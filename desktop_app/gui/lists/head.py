"""The head of a list: its bar, and what can be done beside it or, without room, below."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QWidget
from typing_extensions import override

from desktop_app.gui.lists.bar import ListBar
from desktop_app.gui.widgets.layout import row
from desktop_app.gui.widgets.turning import Turning

_GAP = 8


class ListHead(Turning):
    """Sets the actions below the bar where they would leave it less than its widest control."""

    def __init__(self, bar: ListBar, actions: Sequence[QWidget]) -> None:
        self._bar = bar
        self._actions = row(*actions, gap=_GAP)
        super().__init__(bar, self._actions, least=0, gap=_GAP, even=False, weights=(1, 0))

    @property
    @override
    def least(self) -> int:
        return self._bar.minimumSizeHint().width() + _GAP + self._actions.sizeHint().width()
