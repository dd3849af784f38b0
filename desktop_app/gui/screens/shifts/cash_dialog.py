"""Asks for an amount of cash and a reason or note."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLineEdit, QWidget

from desktop_app.gui.fonts import font
from desktop_app.gui.text import say, tr
from desktop_app.gui.widgets.dialog import Dialog
from desktop_app.gui.widgets.form import Form
from desktop_app.kernel.errors import AppError, InvalidError
from desktop_app.kernel.money import minor


class CashDialog(Dialog):
    """Emits `asked(minor units, text)`; `field` is what errors call the amount."""

    asked = Signal(object, str)

    def __init__(
        self,
        title: str,
        sentence: str,
        action: str,
        currency: str,
        *,
        field: str = "amount",
        needs_reason: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(title, sentence, parent)
        self._currency, self._field, self._needs_reason = currency, field, needs_reason
        self.amount = QLineEdit()
        self.amount.setFont(font(13, tabular=True))
        self.reason = QLineEdit()
        self.reason.setFont(font(13))
        self.form = Form()
        self.form.add(field, tr("Cash, in {currency}", currency=currency), self.amount)
        self.form.add("reason", tr("Reason") if needs_reason else tr("Note"), self.reason)
        self.body.addWidget(self.form)
        self.add_cancel()
        self.done_button = self.add_button(action, "primary")
        self.done_button.clicked.connect(self._done)
        self.amount.setFocus()

    def refuse(self, error: AppError) -> None:
        """Say why it was not done."""
        self.done_button.setEnabled(True)
        if not (isinstance(error, InvalidError) and self.form.show_error(error)):
            self.form.row(self._field).set_error(say(error.message))

    def _done(self) -> None:
        self.form.clear_errors()
        typed = self.amount.text().strip().replace(" ", "").replace(",", ".")
        reason = self.reason.text().strip()
        if not typed:
            self.form.row(self._field).set_error(tr("Write an amount."))
            return
        if self._needs_reason and not reason:
            self.form.row("reason").set_error(tr("Say why."))
            return
        try:
            amount = minor(typed, self._currency)
        except InvalidError as error:
            self.form.row(self._field).set_error(say(error.message))
            return
        self.done_button.setEnabled(False)
        self.asked.emit(amount, reason)
