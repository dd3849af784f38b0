"""A sentence across a page: what happened, and the button that helps."""

from __future__ import annotations

from typing import Literal

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame

from desktop_app.gui.text import tr
from desktop_app.gui.widgets.button import button, retitle
from desktop_app.gui.widgets.labels import IconLabel, label
from desktop_app.gui.widgets.layout import column, row

BannerTone = Literal["info", "ok", "warn", "bad"]
_ICONS: dict[BannerTone, str] = {
    "info": "info",
    "ok": "circle-check",
    "warn": "triangle-alert",
    "bad": "circle-alert",
}


class Banner(QFrame):
    """Hidden until it has something to say; `chosen` when its button is clicked."""

    chosen = Signal()
    closed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("banner")
        self._icon = IconLabel("info", "info", 18)
        self._title = label("", 13, 600, wrap=True)
        self._detail = label("", 12, tone="soft", wrap=True)
        self._action = button("…", on_click=self.chosen)
        self._close = button("", "x", "ghost", tip=tr("Close this message"), on_click=self._shut)
        words = column(self._title, self._detail, gap=2)
        layout = row(self._icon, gap=12, margins=(14, 10, 10, 10))
        layout.addLayout(words, 1)
        layout.addWidget(self._action)
        layout.addWidget(self._close)
        self.setLayout(layout)
        self.hide()

    def tell(self, tone: BannerTone, title: str, detail: str = "", action: str = "") -> None:
        """Show a message; `action` names the button."""
        self.setProperty("tone", tone)
        self.style().unpolish(self)
        self.style().polish(self)
        self._icon.show_icon(_ICONS[tone], tone)
        self._title.setText(title)
        self._detail.setText(detail)
        self._detail.setVisible(bool(detail))
        self._action.setVisible(bool(action))
        if action:
            retitle(self._action, action)
        self.setAccessibleName(f"{title} {detail}".strip())
        self.show()

    def _shut(self) -> None:
        self.hide()
        self.closed.emit()
