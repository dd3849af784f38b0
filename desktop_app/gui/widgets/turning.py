"""Parts that stand side by side where there is room, and one below the other elsewhere."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QSize
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QSizePolicy, QWidget
from typing_extensions import override

from desktop_app.gui.widgets.layout import Item

_BESIDE, _BELOW = QBoxLayout.Direction.LeftToRight, QBoxLayout.Direction.TopToBottom


class Turning(QWidget):
    """Shows its parts in a row that is at least `least` pixels wide, else in a column.

    Room is shared evenly, not at all, or by `weights`.
    """

    def __init__(
        self,
        *parts: Item,
        least: int,
        gap: int = 16,
        even: bool = True,
        weights: Sequence[int] = (),
    ) -> None:
        super().__init__()
        self._least = least
        self._line = QBoxLayout(_BESIDE, self)
        self._line.setContentsMargins(0, 0, 0, 0)
        self._line.setSpacing(gap)
        for part in parts:
            if isinstance(part, QWidget):
                self._line.addWidget(part, int(even))
            elif part is not None and not isinstance(part, int):
                self._line.addLayout(part, int(even))
        for at, weight in enumerate(weights):
            self._line.setStretch(at, weight)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)

    @property
    def beside(self) -> bool:
        """Tell whether the parts stand side by side now."""
        return self._line.direction() == _BESIDE

    @override
    def minimumSizeHint(self) -> QSize:
        found = [self._line.itemAt(at) for at in range(self._line.count())]
        widest = max((one.minimumSize().width() for one in found if one), default=0)
        return QSize(widest, self._line.minimumSize().height())

    @property
    def least(self) -> int:
        """Return how wide this must be for its parts to stand side by side."""
        return self._least

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        self._turn()
        super().resizeEvent(event)

    @override
    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.LayoutRequest:
            self._turn()
        return super().event(event)

    def _turn(self) -> None:
        wanted = _BESIDE if self.width() >= self.least else _BELOW
        if wanted != self._line.direction():
            self._line.setDirection(wanted)
            self.updateGeometry()
