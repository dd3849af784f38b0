"""Asks what a till is called here."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from desktop_app.gui.text import tr
from desktop_app.gui.widgets.ask_dialog import AskDialog
from desktop_app.sales.records import TillRow


class TillDialog(AskDialog):
    """Emits `asked(title)`; empty for the till's own name."""

    asked = Signal(str)

    def __init__(self, till: TillRow, parent: QWidget | None) -> None:
        said = (
            tr("Its receipts say “{name}”; they and its shifts keep that name.", name=till.name)
            if till.name
            else tr("It takes the receipts that no other till has.")
        )
        super().__init__(tr("What this till is called"), said, tr("Call it so"), parent)
        hint = tr("Empty: as its receipts say.") if till.name else ""
        self.title = self.add_line("title", tr("Name"), till.title or till.name, hint)
        self.title.selectAll()
        self.title.setFocus()

    @override
    def send(self) -> None:
        """Send the name."""
        self.asked.emit(self.title.text())
