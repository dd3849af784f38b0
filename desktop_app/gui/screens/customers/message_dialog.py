"""Writing down a message to or from a customer."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QLineEdit, QPlainTextEdit, QWidget

from desktop_app.customers.records import NewMessage
from desktop_app.customers.rules import CHANNELS, DIRECTIONS
from desktop_app.gui.fonts import font
from desktop_app.gui.screens.customers.wording import code_words
from desktop_app.gui.text import say, tr
from desktop_app.gui.widgets.dialog import Dialog
from desktop_app.gui.widgets.form import Form
from desktop_app.kernel.errors import AppError, InvalidError

_TEXT_HIGH = 80, 120


class MessageDialog(Dialog):
    """Asks what was written or said; `asked(NewMessage)`. Nothing is sent by it."""

    asked = Signal(object)

    def __init__(self, name: str, parent: QWidget | None) -> None:
        super().__init__(
            tr("Write down a message"),
            tr("{name}: it stands on the card as of now; nothing is sent.", name=name),
            parent,
        )
        self.direction, self.channel = QComboBox(), QComboBox()
        self.subject, self.text = QLineEdit(), QPlainTextEdit()
        for box, codes in ((self.direction, DIRECTIONS), (self.channel, CHANNELS)):
            box.setFont(font(13))
            for code in codes:
                box.addItem(code_words(code), code)
        self.subject.setFont(font(13))
        self.text.setFont(font(13))
        self.text.setTabChangesFocus(True)
        self.text.setMinimumHeight(_TEXT_HIGH[0])
        self.text.setMaximumHeight(_TEXT_HIGH[1])
        self.form = Form()
        self.form.add("direction", tr("Direction"), self.direction)
        self.form.add("channel", tr("How"), self.channel)
        self.form.add("subject", tr("Subject"), self.subject)
        self.form.add("text", tr("Message"), self.text)
        self.body.addWidget(self.form)
        self.add_cancel()
        self.done_button = self.add_button(tr("Write it down"), "primary")
        self.done_button.clicked.connect(self._done)
        self.direction.setFocus()

    def refuse(self, error: AppError) -> None:
        """Say why it was not written down."""
        self.done_button.setEnabled(True)
        if not (isinstance(error, InvalidError) and self.form.show_error(error)):
            self.banner.tell("bad", say(error.message), say(error.hint) if error.hint else "")

    def _done(self) -> None:
        self.form.clear_errors()
        self.done_button.setEnabled(False)
        self.asked.emit(
            NewMessage(
                self.direction.currentData(),
                self.channel.currentData(),
                self.subject.text(),
                self.text.toPlainText(),
            )
        )
