"""Writing down what a customer agreed to, and that they withdrew it."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from desktop_app.customers.records import ConsentRow, NewConsent
from desktop_app.customers.rules import CHANNELS, PURPOSES, SPOKEN
from desktop_app.gui.screens.customers.wording import code_words
from desktop_app.gui.text import LANGUAGE_NAMES, language, tr
from desktop_app.gui.widgets.ask_dialog import AskDialog, choose, typed_day
from desktop_app.gui.widgets.labels import label


class ConsentDialog(AskDialog):
    """Asks what somebody agreed to; `asked(NewConsent)`."""

    asked = Signal(object)

    def __init__(self, name: str, parent: QWidget | None) -> None:
        super().__init__(
            tr("Write down a consent"),
            tr("{name}: only what they really agreed to, in the very words they were asked.",
               name=name),
            tr("Write it down"),
            parent,
        )  # fmt: skip
        self.purpose = self.add_choice(
            "purpose", tr("What for"), [(code, code_words(code)) for code in PURPOSES]
        )
        self.channel = self.add_choice(
            "channel", tr("How they agreed"), [(code, code_words(code)) for code in CHANNELS]
        )
        self.spoken = self.add_choice(
            "language", tr("Language"), [(code, LANGUAGE_NAMES[code]) for code in SPOKEN]
        )
        choose(self.spoken, language())
        self.wording = self.add_text(
            "wording", tr("The words they agreed to"),
            tr("Word for word: they are the proof, and stand in the copy of their data."),
        )  # fmt: skip
        self.given = self.add_line(
            "given_on", tr("Given on"),
            hint=tr("Empty: now. Of an older paper its day; "
                    "who writes it down now stays beside it."),
        )  # fmt: skip
        self.given.setPlaceholderText("01.05.2026")
        self.purpose.setFocus()

    @override
    def send(self) -> None:
        """Send the consent."""
        given = typed_day(self.given.text(), "given_on")
        self.asked.emit(
            NewConsent(
                self.purpose.currentData(),
                self.channel.currentData(),
                self.spoken.currentData(),
                self.wording.toPlainText(),
                given,
            )
        )


class WithdrawDialog(AskDialog):
    """Asks whether a consent is really withdrawn; `asked()`."""

    asked = Signal()

    def __init__(self, consent: ConsentRow, parent: QWidget | None) -> None:
        super().__init__(
            tr("Withdraw a consent"),
            tr("{purpose}: from now on it is not in force. The words and the days stay on the "
               "card as the proof; it cannot be undone.",
               purpose=code_words(consent.purpose)),
            tr("It is withdrawn"),
            parent,
        )  # fmt: skip
        self.body.addWidget(label(f"“{consent.wording}”", 13, tone="soft", wrap=True))

    @override
    def send(self) -> None:
        """Say that it is."""
        self.asked.emit()
