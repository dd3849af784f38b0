"""Somebody who works here: what is known of them, PIN and card, coming and going."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QComboBox, QLineEdit, QPlainTextEdit, QWidget
from typing_extensions import override

from desktop_app.gui.fonts import font
from desktop_app.gui.text import tr
from desktop_app.gui.widgets.ask_dialog import DAY, AskDialog, typed_day
from desktop_app.gui.widgets.button import allow, button
from desktop_app.gui.widgets.difference import Difference, field_differences
from desktop_app.gui.widgets.labels import label
from desktop_app.gui.widgets.layout import row
from desktop_app.staff.records import EmployeeCard, EmployeeForm, TokenKind

_NEW = EmployeeForm("")


class PersonDialog(AskDialog):
    """Edits somebody; `asked(form)`, and `token_wanted(kind)`, `token_dropped(kind)`, `turned`."""

    asked = Signal(object)
    token_wanted = Signal(object)
    token_dropped = Signal(object)
    turned = Signal()

    def __init__(
        self, card: EmployeeCard | None, positions: Sequence[str], parent: QWidget | None
    ) -> None:
        form = card.form if card else _NEW
        super().__init__(
            form.name or tr("New person"),
            tr("The name stands on receipts. Telephone and e-mail are seen by fewer people."),
            tr("Save"),
            parent,
        )
        self.card = card
        self.setMinimumWidth(560)
        self.name = self.add_line("name", tr("Name"), form.name)
        self.position = QComboBox()
        self.position.setFont(font(13))
        self.position.setEditable(True)
        self.position.addItems(list(positions))
        self.position.setCurrentText(form.position)
        self.form.add("position", tr("Position"), self.position)
        self.phone = self.add_line("phone", tr("Telephone"), form.phone)
        self.email = self.add_line("email", tr("E-mail"), form.email)
        self.hired = self.add_line(
            "hired_on", tr("First day"), f"{form.hired_on:{DAY}}" if form.hired_on else ""
        )
        self.left = self.add_line(
            "left_on",
            tr("Last day"),
            f"{form.left_on:{DAY}}" if form.left_on else "",
            tr("Whoever has left cannot clock in; PIN and card are taken away."),
        )
        self.tips = QCheckBox(tr("May be given tips"))
        self.tips.setFont(font(13))
        self.tips.setChecked(form.tips)
        self.body.addWidget(self.tips)
        self.note = QPlainTextEdit(form.note)
        self.note.setFont(font(13))
        self.note.setFixedHeight(64)
        self.form.add("note", tr("Note"), self.note)
        self.turn_button = button("", "clock", on_click=self.turned.emit)
        self.pin_button = button(tr("PIN…"), "key-round", on_click=self._want_pin)
        self.card_button = button(tr("Card…"), "credit-card", on_click=self._want_card)
        if card is not None:
            self._lay_out_deeds(card)
        self.name.setFocus()

    def allow_deeds(self, *, edit: str, clock: str) -> None:
        """Say why something cannot be done; empty where it can."""
        allow(self.done_button, edit)
        for one in (self.pin_button, self.card_button):
            allow(one, edit)
        allow(self.turn_button, clock)

    @override
    def send(self) -> None:
        """Send the form."""
        self.asked.emit(
            EmployeeForm(
                self.name.text(), self.position.currentText(), self.phone.text(),
                self.email.text(), typed_day(self.hired.text(), "hired_on"),
                typed_day(self.left.text(), "left_on"), self.tips.isChecked(),
                self.note.toPlainText(),
            )
        )  # fmt: skip

    def _lay_out_deeds(self, card: EmployeeCard) -> None:
        here = card.since is not None
        self.turn_button.setText(tr("Clock out") if here else tr("Clock in"))
        self.turn_button.setVisible(card.active)
        known = [words for kind, words in _words() if kind in card.tokens]
        state = tr("Set: {what}", what=", ".join(known)) if known else tr("No PIN and no card")
        line = row(self.turn_button, self.pin_button, self.card_button, None, gap=8)
        line.addWidget(label(state, 12, tone="muted"))
        self.body.addLayout(line)

    def _want_pin(self) -> None:
        self.token_wanted.emit(TokenKind.PIN)

    def _want_card(self) -> None:
        self.token_wanted.emit(TokenKind.CARD)


def person_differences(stored: EmployeeForm, typed: EmployeeForm) -> Sequence[Difference]:
    """Return each field in which two forms differ, in words."""
    titles = {
        "name": tr("Name"), "position": tr("Position"), "phone": tr("Telephone"),
        "email": tr("E-mail"), "hired_on": tr("First day"), "left_on": tr("Last day"),
        "tips": tr("May be given tips"), "note": tr("Note"),
    }  # fmt: skip
    return field_differences(stored, typed, titles)


class TokenDialog(AskDialog):
    """Asks for a new PIN or card; `asked(kind, text)`, `dropped(kind)` to take it away."""

    asked = Signal(object, str)
    dropped = Signal(object)

    def __init__(self, kind: TokenKind, name: str, *, known: bool, parent: QWidget | None) -> None:
        title = (
            tr("PIN of {name}", name=name)
            if kind is TokenKind.PIN
            else tr("Card of {name}", name=name)
        )
        super().__init__(
            title,
            tr("It is kept hashed: nobody can read it back, and a forgotten one is replaced."),
            tr("Save"),
            parent,
        )
        self._kind = kind
        hint = (
            tr("4 to 12 digits; not those that are tried first")
            if kind is TokenKind.PIN
            else tr("Hold the card to the reader")
        )
        self.secret = self.add_line(
            kind.value, tr("New PIN") if kind is TokenKind.PIN else tr("Card"), "", hint
        )
        self.secret.setEchoMode(QLineEdit.EchoMode.Password)
        self.drop = button(tr("Take it away"), "trash-2", "ghost", on_click=self._drop)
        self.drop.setVisible(known)
        self.buttons.insertWidget(0, self.drop)
        self.secret.setFocus()

    @override
    def send(self) -> None:
        """Send the secret."""
        self.asked.emit(self._kind, self.secret.text())

    def _drop(self) -> None:
        self.dropped.emit(self._kind)


def _words() -> list[tuple[TokenKind, str]]:
    return [(TokenKind.PIN, tr("PIN")), (TokenKind.CARD, tr("card"))]
