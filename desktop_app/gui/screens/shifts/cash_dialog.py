"""Asks for an amount of cash and a reason or note."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QLineEdit, QWidget

from desktop_app.gui.fonts import font
from desktop_app.gui.text import say, tr
from desktop_app.gui.widgets.dialog import Dialog
from desktop_app.gui.widgets.form import Form
from desktop_app.kernel.errors import AppError, InvalidError
from desktop_app.kernel.money import minor
from desktop_app.kernel.text import clean


class CashDialog(Dialog):
    """Emits `asked(minor units, text)`; `field` is what errors call the amount.

    With `tills`, names that may be meant, it also asks for the till: `till` is what was typed.
    """

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
        tills: Sequence[str] | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(title, sentence, parent)
        self._currency, self._field, self._needs_reason = currency, field, needs_reason
        self.amount = QLineEdit()
        self.amount.setFont(font(13, tabular=True))
        self.reason = QLineEdit()
        self.reason.setFont(font(13))
        self.form = Form()
        self.name: QComboBox | None = None if tills is None else self._ask_name(tills)
        self.form.add(field, tr("Cash, in {currency}", currency=currency), self.amount)
        self.form.add("reason", tr("Reason") if needs_reason else tr("Note"), self.reason)
        self.body.addWidget(self.form)
        self.add_cancel()
        self.done_button = self.add_button(action, "primary")
        self.done_button.clicked.connect(self._done)
        (self.name or self.amount).setFocus()

    @property
    def till(self) -> str:
        """Return the name of the till that was typed."""
        return clean(self.name.currentText()) if self.name is not None else ""

    def _ask_name(self, tills: Sequence[str]) -> QComboBox:
        made = QComboBox()
        made.setFont(font(13))
        made.setEditable(True)
        made.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        made.addItems(list(tills))
        made.setCurrentIndex(-1)
        self.form.add("till", tr("Till"), made, tr("As it is called on its receipts."))
        inner = made.lineEdit()
        if inner is not None:
            inner.setAccessibleName(tr("Till"))
        return made

    def refuse(self, error: AppError) -> None:
        """Say why it was not done."""
        self.done_button.setEnabled(True)
        if not (isinstance(error, InvalidError) and self.form.show_error(error)):
            self.form.row(self._field if self.name is None else "till").set_error(
                say(error.message)
            )

    def _done(self) -> None:
        self.form.clear_errors()
        typed = self.amount.text().strip().replace(" ", "").replace(",", ".")
        reason = self.reason.text().strip()
        if self.name is not None and not self.till:
            self.form.row("till").set_error(tr("Write the name of the till."))
            return
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
