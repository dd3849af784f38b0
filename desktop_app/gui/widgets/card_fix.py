"""Beside a text field: what to do where it holds a card number."""

from __future__ import annotations

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QLineEdit, QPlainTextEdit, QTextEdit, QWidget

from desktop_app.gui.text import say, tr
from desktop_app.gui.widgets.button import button, retitle
from desktop_app.gui.widgets.layout import row
from desktop_app.kernel.card_words import advice, sentence
from desktop_app.kernel.cards import CardSpan, find_card_numbers, masked

_PAUSE_MS = 250
"""Half a number may look like one: judged when the typing pauses."""
TextField = QLineEdit | QPlainTextEdit | QTextEdit


def text_field(control: QWidget) -> TextField | None:
    """Return the field of a control in which text is typed that all may see, if it has one."""
    if isinstance(control, QPlainTextEdit | QTextEdit):
        return control
    field = control if isinstance(control, QLineEdit) else control.findChild(QLineEdit)
    if isinstance(field, QLineEdit) and field.echoMode() is QLineEdit.EchoMode.Normal:
        return field
    return None


class CardFix(QWidget):
    """Watches a text field: `told` with what is wrong, empty when nothing is any more.

    `no_card_wanted(text)` when somebody says that it is no card; offered after `offer_no_card`.
    """

    told = Signal(str)
    no_card_wanted = Signal(str)

    def __init__(self, field: TextField) -> None:
        super().__init__()
        self._field = field
        self._let_pass = ""
        self._offers_no_card = False
        self.replace = button(_replace([]), "credit-card", on_click=self._replace)
        self.no_card = button(tr("This is no card number"), "", "ghost", on_click=self._no_card)
        for one in (self.replace, self.no_card):  # a click must not end the editing of the field
            one.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setLayout(row(self.replace, self.no_card, None, gap=4))
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(_PAUSE_MS)
        self._pause.timeout.connect(self._look)
        field.textChanged.connect(self._typed)
        self.hide()

    def offer_no_card(self) -> None:
        """Offer to say that a text is no card number: the person signed in may."""
        self._offers_no_card = True

    def let_pass(self, text: str) -> None:
        """Take a text for no card from now on."""
        self._let_pass = text
        self._look()

    def show_if_needed(self) -> None:
        """Show the buttons where the field holds card data, hide them where it does not."""
        spans = self._spans()
        if spans:
            retitle(self.replace, _replace(spans))
        self.no_card.setVisible(self._offers_no_card)
        self.setVisible(bool(spans))

    def _text(self) -> str:
        field = self._field
        return field.text() if isinstance(field, QLineEdit) else field.toPlainText()

    def _spans(self) -> list[CardSpan]:
        text = self._text()
        return [] if text == self._let_pass else find_card_numbers(text)

    def _typed(self, *_: object) -> None:
        self._pause.start()

    def _look(self) -> None:
        spans = self._spans()
        self.told.emit(f"{say(sentence(spans))} {say(advice(spans))}" if spans else "")
        self.show_if_needed()

    def _replace(self) -> None:
        text = masked(self._text())
        if isinstance(self._field, QLineEdit):
            self._field.setText(text)
        else:
            self._field.setPlainText(text)
        self._field.setFocus()
        self._look()

    def _no_card(self) -> None:
        self.no_card_wanted.emit(self._text())


def _replace(spans: list[CardSpan]) -> str:
    numbers = [span.masked for span in spans if span.last4]
    if len(numbers) == 1 or not spans:
        return tr("Replace by {masked}", masked=numbers[0] if numbers else "•••• 1234")
    return tr("Replace by the last four digits") if numbers else tr("Take the code out")
