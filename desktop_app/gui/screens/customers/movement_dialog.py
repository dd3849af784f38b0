"""Entering a movement of a customer's bonus, cashback or balance, and taking one back."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from desktop_app.customers.records import Account, BalanceRow
from desktop_app.customers.wording import ACCOUNTS
from desktop_app.gui.format import money
from desktop_app.gui.text import language, say, tr
from desktop_app.gui.widgets.ask_dialog import AskDialog, typed_amount


class MovementDialog(AskDialog):
    """Asks for a movement; `asked(account, minor units, reason)`."""

    asked = Signal(object, object, str)

    def __init__(self, name: str, currency: str, parent: QWidget | None) -> None:
        super().__init__(
            tr("Correct bonus or balance"),
            tr("{name}: what is entered stays in the ledger and is signed with your key.",
               name=name),
            tr("Enter it"),
            parent,
        )  # fmt: skip
        self._currency = currency
        accounts = (Account.BONUS, Account.CASHBACK, Account.BALANCE)
        self.account = self.add_choice(
            "account", tr("Account"), [(one.value, say(ACCOUNTS[one])) for one in accounts]
        )
        self.amount = self.add_line(
            "amount", tr("Amount, in {currency}", currency=currency),
            hint=tr("With a minus, it is taken away."),
        )  # fmt: skip
        self.reason = self.add_line("reason", tr("Reason"))
        self.amount.setFocus()

    @override
    def send(self) -> None:
        """Send the movement."""
        amount = typed_amount(self.amount.text(), self._currency)
        self.asked.emit(Account(self.account.currentData()), amount, self.reason.text())


class TakeBackDialog(AskDialog):
    """Asks why a movement is taken back; `asked(reason)`."""

    asked = Signal(str)

    def __init__(self, line: BalanceRow, currency: str, parent: QWidget | None) -> None:
        amount = money(line.amount_minor, currency, language())
        super().__init__(
            tr("Take a movement back"),
            f"{say(ACCOUNTS[line.account])}: {amount} · {line.reason}",
            tr("Take it back"),
            parent,
        )
        self.reason = self.add_line("reason", tr("Reason"))
        self.reason.setFocus()

    @override
    def send(self) -> None:
        """Send the reason."""
        self.asked.emit(self.reason.text())
