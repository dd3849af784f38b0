"""Rows of a form: a label, a control, and below it what is wrong with it."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtWidgets import QAbstractSpinBox, QComboBox, QSizePolicy, QWidget

from desktop_app.gui.text import say, tr
from desktop_app.gui.widgets.card_fix import CardFix, text_field
from desktop_app.gui.widgets.labels import IconLabel, label, set_tone
from desktop_app.gui.widgets.layout import column, row
from desktop_app.kernel.errors import InvalidError


class FormRow(QWidget):
    """A labelled control with room for its error; a text with a card number is told at once."""

    def __init__(self, name: str, control: QWidget, hint: str = "") -> None:
        super().__init__()
        self.control = control
        self._name, self._hint = name, hint
        title = label(name, 13, 500, wrap=True)
        title.setBuddy(control)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        self._icon = IconLabel("circle-alert", "bad", 14)
        self._note = label(hint, 12, tone="muted", wrap=True)
        note = row(self._icon, gap=6)
        note.addWidget(self._note, 1)
        layout = column(title, control, note, gap=6)
        field = text_field(control)
        self.card_fix = CardFix(field) if field is not None else None
        self._card_told = False
        if self.card_fix is not None:
            self.card_fix.told.connect(self._tell_card)
            layout.addWidget(self.card_fix)
        self.setLayout(layout)
        control.setAccessibleName(control.accessibleName() or name)
        inner = control.lineEdit() if isinstance(control, QComboBox | QAbstractSpinBox) else None
        if inner is not None:  # what is typed into has the name too
            inner.setAccessibleName(control.accessibleName())
        self.set_error("")

    @property
    def error(self) -> str:
        """Return what is shown to be wrong, or nothing."""
        return self._note.text() if self._icon.isVisibleTo(self) else ""

    def set_error(self, text: str) -> None:
        """Show what is wrong with the control; empty takes it away."""
        self._icon.setVisible(bool(text))
        self._note.setText(text or self._hint)
        self._note.setVisible(bool(text or self._hint))
        set_tone(self._note, "bad" if text else "muted")
        self.control.setProperty("wrong", "true" if text else "false")
        self.control.style().unpolish(self.control)
        self.control.style().polish(self.control)
        self.control.setAccessibleDescription(text or self._hint)
        self._card_told = False
        if self.card_fix is not None:
            self.card_fix.show_if_needed()

    def set_hint(self, hint: str) -> None:
        """Say something else below the control, where nothing is wrong with it."""
        wrong = self.error
        self._hint = hint
        self.set_error(wrong)

    def let_pass(self, text: str) -> None:
        """Take a text for no card: somebody with the right said so."""
        if self.card_fix is not None:
            self.card_fix.let_pass(text)
            self._note.setText(tr("Allowed once: store it within ten minutes."))
            self._note.show()

    def _tell_card(self, sentence: str) -> None:
        if sentence or self._card_told:
            self.set_error(sentence)
            self._card_told = bool(sentence)


class Form(QWidget):
    """Form rows by field name; puts an InvalidError beside the field it names."""

    def __init__(self) -> None:
        super().__init__()
        self._rows: dict[str, FormRow] = {}
        self._column = column(gap=14)
        self.setLayout(self._column)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)

    def add(self, field: str, name: str, control: QWidget, hint: str = "") -> FormRow:
        """Append a row; `field` is what an InvalidError calls it."""
        made = FormRow(name, control, hint)
        self._rows[field] = made
        self._column.addWidget(made)
        return made

    def row(self, field: str) -> FormRow:
        """Return a row."""
        return self._rows[field]

    def let_cards_pass(self, ask: Callable[[str, str], None]) -> None:
        """Offer to say of a text that it is no card; `ask(field, text)` has it allowed."""
        for field, made in self._rows.items():
            if made.card_fix is not None:
                made.card_fix.offer_no_card()
                made.card_fix.no_card_wanted.connect(partial(ask, field))

    def clear_errors(self) -> None:
        """Take all errors away."""
        for made in self._rows.values():
            made.set_error("")

    def show_error(self, error: InvalidError) -> bool:
        """Show an error beside its field and go there; False where no row has that name."""
        made = self._rows.get(error.field)
        if made is None:
            return False
        text = say(error.message)
        made.set_error(f"{text} {say(error.hint)}" if error.hint else text)
        made.control.setFocus()
        return True
