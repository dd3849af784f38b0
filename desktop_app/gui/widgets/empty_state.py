"""What a page says when there is nothing to show: why, and the next step."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from desktop_app.gui.widgets.button import button
from desktop_app.gui.widgets.labels import IconLabel, label
from desktop_app.gui.widgets.layout import column, row


class EmptyState(QWidget):
    """Shows a sentence and, where there is one, the button that helps; `chosen` on its click."""

    chosen = Signal()

    def __init__(
        self, icon_name: str, title: str, sentence: str, action: str = "", action_icon: str = ""
    ) -> None:
        super().__init__()
        self.setAccessibleName(f"{title}. {sentence}")
        heading = label(title, 15, 600)
        detail = label(sentence, tone="muted", wrap=True)
        detail.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        detail.setMinimumWidth(380)
        layout = column(None, row(None, IconLabel(icon_name, "accent", 24, "accent_soft"), None))
        layout.addSpacing(6)
        layout.addLayout(row(None, heading, None))
        layout.addLayout(row(None, detail, None))
        if action:
            made = button(action, action_icon, "primary", on_click=self.chosen)
            layout.addSpacing(8)
            layout.addLayout(row(None, made, None))
        layout.addStretch(1)
        self.setLayout(layout)
