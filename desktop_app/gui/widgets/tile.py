"""A number that matters: its value, how it compares, its trend. It opens the rows it sums."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFontMetrics, QKeyEvent, QMouseEvent, QResizeEvent
from PySide6.QtWidgets import QFrame, QSizePolicy
from typing_extensions import override

from desktop_app.gui.fonts import font
from desktop_app.gui.widgets.badge import Badge, Mood
from desktop_app.gui.widgets.charts.sparkline import Sparkline
from desktop_app.gui.widgets.labels import IconLabel, label
from desktop_app.gui.widgets.layout import column, row

_SIZES = (27, 24, 21, 18, 15)
_SIDE = 18


@dataclass(frozen=True, slots=True)
class Figure:
    """What a tile shows. `change` is text with its sign, `good` says whether it is welcome."""

    value: str
    note: str = ""
    change: str = ""
    good: bool = True
    trend: Sequence[float] = ()


class Tile(QFrame):
    """Shows one figure; `opened` when it is clicked or Enter is pressed on it."""

    opened = Signal()

    def __init__(self, title: str, icon_name: str, *, opens: str = "") -> None:
        super().__init__()
        self.setObjectName("tile")
        self._title, self._opens = title, opens
        self._value = label("–", 27, 600, tabular=True)
        self._change = Badge(Mood("+0", "ok", "arrow-up-right"))
        self._change.hide()
        self._note = label("", 12, tone="muted")
        self._trend = Sparkline()
        head = row(IconLabel(icon_name), label(title, 13, 500, "soft"), None)
        middle = row(self._value, None, self._change)
        layout = column(head, 2, middle, self._note, 6, self._trend, gap=3)
        layout.setContentsMargins(_SIDE, 16, _SIDE, 12)
        self.setLayout(layout)
        # Tiles side by side are equally wide, whatever their numbers need.
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self.setMinimumWidth(200)
        self.setAccessibleName(title)
        if opens:
            self.setProperty("open", "true")
            self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
            self.setCursor(Qt.CursorShape.PointingHandCursor)
            self.setToolTip(opens)

    def show_figure(self, figure: Figure) -> None:
        """Show a figure."""
        self._value.setText(figure.value)
        self._note.setText(figure.note)
        self._change.setVisible(bool(figure.change))
        if figure.change:
            falling = figure.change.startswith(("-", "−"))
            arrow = "arrow-down-right" if falling else "arrow-up-right"
            self._change.show_mood(Mood(figure.change, "ok" if figure.good else "bad", arrow))
        self._fit()
        self._trend.show_values(figure.trend, "accent" if figure.good else "second")
        spoken = (f"{self._title}: {figure.value}", figure.change, figure.note)
        self.setAccessibleName(", ".join(part for part in spoken if part))
        self.setAccessibleDescription(self._opens)

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        """Write the value as large as it fits whole: a cut sum of money is a wrong one."""
        beside = 0 if self._change.isHidden() else self._change.minimumWidth() + 8
        room = self.width() - 2 * _SIDE - beside
        text = self._value.text()
        for pixels in _SIZES:
            used = font(pixels, 600, tabular=True)
            if QFontMetrics(used).horizontalAdvance(text) + 2 <= room:
                break
        self._value.setFont(used)

    @override
    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if self._opens and event.button() == Qt.MouseButton.LeftButton:
            self.opened.emit()

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if self._opens and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
            self.opened.emit()
        else:
            super().keyPressEvent(event)
