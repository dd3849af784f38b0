"""Entering a movement of a customer's bonus, cashback or balance, and taking one back."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QLineEdit, QWidget

from desktop_app.customers.records import Account, BalanceRow
from desktop_app.customers.wording import ACCOUNTS
from desktop_app.gui.fonts import font
from desktop_app.gui.format import money
from desktop_app.gui.text import language, say, tr
from desktop_app.gui.widgets.dialog import Dialog
from desktop_app.gui.widgets.form import Form
from desktop_app.kernel.errors import AppError, InvalidError
from desktop_app.kernel.money import minor


class MovementDialog(Dialog):
    """Asks for a movement; `asked(account, minor units, reason)`."""

    asked = Signal(object, object, str)

    def __init__(self, name: str, currency: str, parent: QWidget | None) -> None:
        super().__init__(
            tr("Correct bonus or balance"),
            tr("{name}: what is entered stays in the ledger and is signed with your key.",
               name=name),
            parent,
        )  # fmt: skip
        self._currency = currency
        self.account, self.amount, self.reason = QComboBox(), QLineEdit(), QLineEdit()
        for account in (Account.BONUS, Account.CASHBACK, Account.BALANCE):
            self.account.addItem(say(ACCOUNTS[account]), account.value)
        self.account.setFont(font(13))
        self.amount.setFont(font(13, tabular=True))
        self.reason.setFont(font(13))
        self.form = Form()
        self.form.add("account", tr("Account"), self.account)
        self.form.add(
            "amount", tr("Amount, in {currency}", currency=currency), self.amount,
            tr("With a minus, it is taken away."),
        )  # fmt: skip
        self.form.add("reason", tr("Reason"), self.reason)
        self.body.addWidget(self.form)
        self.add_cancel()
        self.done_button = self.add_button(tr("Enter it"), "primary")
        self.done_button.clicked.connect(self._done)
        self.amount.setFocus()

    def refuse(self, error: AppError) -> None:
        """Say why it was not entered."""
        self.done_button.setEnabled(True)
        if not (isinstance(error, InvalidError) and self.form.show_error(error)):
            self.banner.tell("bad", say(error.message), say(error.hint) if error.hint else "")

    def _done(self) -> None:
        self.form.clear_errors()
        typed = self.amount.text().strip().replace(" ", "").replace(",", ".").replace("−", "-")
        try:
            amount = minor(typed, self._currency)
        except InvalidError as error:
            self.form.row("amount").set_error(say(error.message))
            return
        self.done_button.setEnabled(False)
        self.asked.emit(Account(self.account.currentData()), amount, self.reason.text())


class TakeBackDialog(Dialog):
    """Asks why a movement is taken back; `asked(reason)`."""

    asked = Signal(str)

    def __init__(self, line: BalanceRow, currency: str, parent: QWidget | None) -> None:
        amount = money(line.amount_minor, currency, language())
        super().__init__(
            tr("Take a movement back"),
            f"{say(ACCOUNTS[line.account])}: {amount} · {line.reason}",
            parent,
        )
        self.reason = QLineEdit()
        self.reason.setFont(font(13))
        self.form = Form()
        self.form.add("reason", tr("Reason"), self.reason)
        self.body.addWidget(self.form)
        self.add_cancel()
        self.done_button = self.add_button(tr("Take it back"), "primary")
        self.done_button.clicked.connect(self._done)
        self.reason.setFocus()

    def refuse(self, error: AppError) -> None:
        """Say why it was not taken back."""
        self.done_button.setEnabled(True)
        if not (isinstance(error, InvalidError) and self.form.show_error(error)):
            self.banner.tell("bad", say(error.message), say(error.hint) if error.hint else "")

    def _done(self) -> None:
        self.form.clear_errors()
        self.done_button.setEnabled(False)
        self.asked.emit(self.reason.text())
