"""What an empty store shows: the steps that lead to figures."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QPushButton, QWidget

from desktop_app.gui.text import tr
from desktop_app.gui.widgets.button import allow, button
from desktop_app.gui.widgets.card import Card
from desktop_app.gui.widgets.labels import IconLabel, label, rule
from desktop_app.gui.widgets.layout import column, frame, row


class FirstSteps(QWidget):
    """Two steps to begin with; `chosen(key)` with the screen that takes one."""

    chosen = Signal(str)

    def __init__(self, *, why_not_import: str, why_not_back_up: str) -> None:
        super().__init__()
        self._done = IconLabel("shield-check", "accent", 20, "accent_soft")
        self._backup_text = label("", 12, tone="muted", wrap=True)
        self.import_button = button(
            tr("Import sales"), "upload", "primary", on_click=partial(self.chosen.emit, "exchange")
        )
        self.backup_button = button("…", on_click=partial(self.chosen.emit, "backups"))
        allow(self.import_button, why_not_import)
        allow(self.backup_button, why_not_back_up)
        card = Card(
            tr("Welcome to Clopos Desk"), tr("Two steps, and this page shows how the day goes.")
        )
        text = label(
            tr(
                "Take the files of your till or of another program: orders, customers, "
                "payments. You see what would come in before anything changes."
            ),
            12,
            tone="muted",
            wrap=True,
        )
        upload = IconLabel("upload", "accent", 20, "accent_soft")
        card.add(
            _step(upload, label(tr("1. Import your sales"), 14, 600), text, self.import_button),
            rule(),
            _step(
                self._done,
                label(tr("2. Set up a backup"), 14, 600),
                self._backup_text,
                self.backup_button,
            ),
        )
        self.setLayout(column(card))
        self.show_backup(there=False)

    def show_backup(self, *, there: bool) -> None:
        """Say whether a backup is set up already."""
        self._done.show_icon("circle-check" if there else "shield-check", "accent")
        if there:
            text, action = tr("Done. Back up again after the import."), tr("Open the backups")
        else:
            text = tr("A USB stick or a network folder is enough; everything on it is encrypted.")
            action = tr("Set up a backup")
        self._backup_text.setText(text)
        self.backup_button.setText(action)
        self.backup_button.setAccessibleName(action)


def _step(icon: IconLabel, title: QWidget, text: QWidget, action: QPushButton) -> QWidget:
    line = row(icon, gap=14, margins=(0, 12, 0, 12))
    line.addLayout(column(title, text, gap=3), 1)
    line.addWidget(action)
    return frame(line, "clear")
