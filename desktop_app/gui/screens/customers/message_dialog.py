"""Writing down a message to or from a customer."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from desktop_app.customers.records import NewMessage
from desktop_app.customers.rules import CHANNELS, DIRECTIONS
from desktop_app.gui.screens.customers.wording import code_words
from desktop_app.gui.text import tr
from desktop_app.gui.widgets.ask_dialog import AskDialog


class MessageDialog(AskDialog):
    """Asks what was written or said; `asked(NewMessage)`. Nothing is sent by it."""

    asked = Signal(object)

    def __init__(self, name: str, parent: QWidget | None) -> None:
        super().__init__(
            tr("Write down a message"),
            tr("{name}: it stands on the card as of now; nothing is sent.", name=name),
            tr("Write it down"),
            parent,
        )
        self.direction = self.add_choice(
            "direction", tr("Direction"), [(code, code_words(code)) for code in DIRECTIONS]
        )
        self.channel = self.add_choice(
            "channel", tr("How"), [(code, code_words(code)) for code in CHANNELS]
        )
        self.subject = self.add_line("subject", tr("Subject"))
        self.text = self.add_text("text", tr("Message"))
        self.direction.setFocus()

    @override
    def send(self) -> None:
        """Send the message."""
        self.asked.emit(
            NewMessage(
                self.direction.currentData(),
                self.channel.currentData(),
                self.subject.text(),
                self.text.toPlainText(),
            )
        )
