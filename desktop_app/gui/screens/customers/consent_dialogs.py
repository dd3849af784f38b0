"""Writing down what a customer agreed to, and that they withdrew it."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QLineEdit, QPlainTextEdit, QWidget

from desktop_app.customers.records import ConsentRow, NewConsent
from desktop_app.customers.rules import CHANNELS, PURPOSES, SPOKEN
from desktop_app.gui.fonts import font
from desktop_app.gui.screens.customers.days import typed_day
from desktop_app.gui.screens.customers.wording import code_words
from desktop_app.gui.text import LANGUAGE_NAMES, language, say, tr
from desktop_app.gui.widgets.dialog import Dialog
from desktop_app.gui.widgets.form import Form
from desktop_app.gui.widgets.labels import label
from desktop_app.kernel.errors import AppError, InvalidError

_WORDS_HIGH = 80, 120


class ConsentDialog(Dialog):
    """Asks what somebody agreed to; `asked(NewConsent)`."""

    asked = Signal(object)

    def __init__(self, name: str, parent: QWidget | None) -> None:
        super().__init__(
            tr("Write down a consent"),
            tr("{name}: only what they really agreed to, in the very words they were asked.",
               name=name),
            parent,
        )  # fmt: skip
        self.purpose, self.channel, self.spoken = QComboBox(), QComboBox(), QComboBox()
        self.wording = QPlainTextEdit()
        for box, codes in ((self.purpose, PURPOSES), (self.channel, CHANNELS)):
            box.setFont(font(13))
            for code in codes:
                box.addItem(code_words(code), code)
        self.spoken.setFont(font(13))
        for code in SPOKEN:
            self.spoken.addItem(LANGUAGE_NAMES[code], code)
        self.spoken.setCurrentIndex(max(0, self.spoken.findData(language())))
        self.wording.setFont(font(13))
        self.wording.setTabChangesFocus(True)
        self.wording.setMinimumHeight(_WORDS_HIGH[0])
        self.wording.setMaximumHeight(_WORDS_HIGH[1])
        self.form = Form()
        self.form.add("purpose", tr("What for"), self.purpose)
        self.form.add("channel", tr("How they agreed"), self.channel)
        self.form.add("language", tr("Language"), self.spoken)
        self.form.add(
            "wording", tr("The words they agreed to"), self.wording,
            tr("Word for word: they are the proof, and stand in the copy of their data."),
        )  # fmt: skip
        self.given = QLineEdit()
        self.given.setFont(font(13))
        self.given.setPlaceholderText("01.05.2026")
        self.form.add(
            "given_on", tr("Given on"), self.given,
            tr("Empty: now. Of an older paper its day; who writes it down now stays beside it."),
        )  # fmt: skip
        self.body.addWidget(self.form)
        self.add_cancel()
        self.done_button = self.add_button(tr("Write it down"), "primary")
        self.done_button.clicked.connect(self._done)
        self.purpose.setFocus()

    def refuse(self, error: AppError) -> None:
        """Say why it was not written down."""
        self.done_button.setEnabled(True)
        if not (isinstance(error, InvalidError) and self.form.show_error(error)):
            self.banner.tell("bad", say(error.message), say(error.hint) if error.hint else "")

    def _done(self) -> None:
        self.form.clear_errors()
        try:
            given = typed_day(self.given.text())
        except ValueError:
            wrong = tr("Write a day that exists, such as 28.02.1990.")
            self.form.row("given_on").set_error(wrong)
            return
        self.done_button.setEnabled(False)
        self.asked.emit(
            NewConsent(
                self.purpose.currentData(),
                self.channel.currentData(),
                self.spoken.currentData(),
                self.wording.toPlainText(),
                given,
            )
        )


class WithdrawDialog(Dialog):
    """Asks whether a consent is really withdrawn; `asked()`."""

    asked = Signal()

    def __init__(self, consent: ConsentRow, parent: QWidget | None) -> None:
        super().__init__(
            tr("Withdraw a consent"),
            tr("{purpose}: from now on it is not in force. The words and the days stay on the "
               "card as the proof; it cannot be undone.",
               purpose=code_words(consent.purpose)),
            parent,
        )  # fmt: skip
        self.body.addWidget(label(f"“{consent.wording}”", 13, tone="soft", wrap=True))
        self.add_cancel()
        self.done_button = self.add_button(tr("It is withdrawn"), "primary")
        self.done_button.clicked.connect(self._done)

    def refuse(self, error: AppError) -> None:
        """Say why it was not written down."""
        self.done_button.setEnabled(True)
        self.banner.tell("bad", say(error.message), say(error.hint) if error.hint else "")

    def _done(self) -> None:
        self.done_button.setEnabled(False)
        self.asked.emit()
