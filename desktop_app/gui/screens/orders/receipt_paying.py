"""How a receipt is paid: one way or several; the rest and the change are in sight."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QComboBox, QLineEdit, QWidget

from desktop_app.gui.fonts import font
from desktop_app.gui.format import amount as number_of
from desktop_app.gui.format import money
from desktop_app.gui.text import language, say, tr
from desktop_app.gui.widgets.button import button
from desktop_app.gui.widgets.card import Card
from desktop_app.gui.widgets.form import Form
from desktop_app.gui.widgets.labels import label, set_tone
from desktop_app.gui.widgets.layout import column, row
from desktop_app.gui.widgets.typed import typed_money
from desktop_app.kernel.errors import InvalidError
from desktop_app.kernel.words import msg
from desktop_app.orders.records import PaymentMethod
from desktop_app.orders.wording import METHODS
from desktop_app.sales import rules
from desktop_app.sales.counter_records import Settled
from desktop_app.sales.records import SalePayment, TillRow

_WAYS = (
    PaymentMethod.CASH, PaymentMethod.CARD, PaymentMethod.TRANSFER, PaymentMethod.BONUS,
    PaymentMethod.OTHER,
)  # fmt: skip
_AMOUNT, _DIGITS, _LAST4 = 110, 70, 4


class PaymentLine(QWidget):
    """One payment; an empty amount stands for the rest."""

    changed = Signal()
    done = Signal()

    def __init__(self, currency: str, method: PaymentMethod) -> None:
        super().__init__()
        self._currency = currency
        self.method_box = QComboBox()
        self.method_box.setFont(font(13))
        self.method_box.setAccessibleName(tr("Way to pay"))
        for one in _WAYS:
            self.method_box.addItem(say(METHODS[one]), one.value)
        self.method_box.setCurrentIndex(_WAYS.index(method))
        self.amount = QLineEdit()
        self.amount.setFont(font(13, tabular=True))
        self.amount.setFixedWidth(_AMOUNT)
        self.amount.setAlignment(Qt.AlignmentFlag.AlignRight)
        self.amount.setAccessibleName(tr("Amount paid"))
        self.last4 = QLineEdit()
        self.last4.setFont(font(13, tabular=True))
        self.last4.setFixedWidth(_DIGITS)
        self.last4.setMaxLength(_LAST4)
        self.last4.setPlaceholderText("••••")
        self.last4.setAccessibleName(tr("Last four digits of the card"))
        self.last4.setToolTip(tr("Last four digits of the card, if you like"))
        self.remove = button("", "x", "ghost", tip=tr("Take this payment out"))
        made = row(gap=8)
        made.addWidget(self.method_box, 1)
        for field in (self.last4, self.amount, self.remove):
            made.addWidget(field)
        self.setLayout(made)
        self.method_box.currentIndexChanged.connect(self._typed)
        for field in (self.amount, self.last4):
            field.textEdited.connect(self._typed)
            field.returnPressed.connect(self.done)
        self._typed()

    @property
    def method(self) -> PaymentMethod:
        """Return how it is paid."""
        return PaymentMethod(self.method_box.currentData())

    def amount_typed(self) -> int | None:
        """Return what was typed; None for nothing, which is the rest."""
        text = self.amount.text().strip()
        return typed_money(text, self._currency, "payments") if text else None

    def payment(self, amount_minor: int) -> SalePayment:
        """Return the payment with an amount."""
        digits = self.last4.text().strip() if self.method is PaymentMethod.CARD else ""
        if digits and not (digits.isascii() and digits.isdigit() and len(digits) == _LAST4):
            raise InvalidError(msg("Write the last four digits of the card."), field="payments")
        return SalePayment(self.method, amount_minor, "", digits)

    def show_rest(self, rest_minor: int) -> None:
        """Show in the empty field what it stands for."""
        self.amount.setPlaceholderText(number_of(rest_minor, self._currency, language()))

    def _typed(self, *_: object) -> None:
        self.last4.setVisible(self.method is PaymentMethod.CARD)
        self.changed.emit()


class ReceiptPaying(Card):
    """The payments of a receipt; `changed` when something is typed, `done` on Enter."""

    changed = Signal()
    done = Signal()

    def __init__(self, currency: str) -> None:
        super().__init__(tr("How it is paid"))
        self._currency = currency
        self._due = 0
        self.lines: list[PaymentLine] = []
        self._rows = column(gap=6)
        self.more = button(tr("Another payment"), "plus", "ghost", on_click=self.add_line)
        self.rest = label("", 13, 600, tabular=True, wrap=True)
        self.problem = label("", 12, tone="bad", wrap=True)
        self.problem.hide()
        self._till_form = Form()
        self.till_box = QComboBox()
        self.till_box.setFont(font(13))
        self._till_form.add("till", tr("Till"), self.till_box)
        self._till_form.hide()
        self.till_box.activated.connect(self.changed)
        self.add(self._till_form)
        self.body.addLayout(self._rows)
        self.body.addLayout(row(self.more, None))
        self.add(self.rest, self.problem)
        self.clear()

    @property
    def till(self) -> str:
        """Return the name of the till that takes the money; nothing for the venue's own."""
        return str(self.till_box.currentData() or "")

    def show_tills(self, tills: Sequence[TillRow]) -> None:
        """Offer the tills; with one there is nothing to choose."""
        chosen = self.till
        self.till_box.clear()
        for one in tills:
            self.till_box.addItem(one.called or tr("The venue's own till"), one.name)
        self.choose_till(chosen)
        self._till_form.setVisible(len(tills) > 1)

    def choose_till(self, name: str) -> None:
        """Choose a till by its name, where it is offered."""
        self.till_box.setCurrentIndex(max(0, self.till_box.findData(name)))

    def clear(self) -> None:
        """Begin anew: all of it in cash; the till stays for the next receipt."""
        for line in list(self.lines):
            self._drop(line)
        self._add(PaymentMethod.CASH)
        self.show_due(0)

    def add_line(self) -> PaymentLine:
        """Add a payment, by card first."""
        ways = {line.method for line in self.lines}
        next_way = PaymentMethod.CASH if PaymentMethod.CARD in ways else PaymentMethod.CARD
        made = self._add(next_way)
        made.amount.setFocus()
        self._typed()
        return made

    def begin(self) -> None:
        """Go to the first amount."""
        self.lines[0].amount.setFocus()
        self.lines[0].amount.selectAll()

    def show_due(self, due_minor: int) -> None:
        """Take up what has to be paid."""
        self._due = due_minor
        self._show_rest()

    def typed(self) -> Sequence[SalePayment]:
        """Return the payments that stay in the till; InvalidError where they do not meet it."""
        settled = self._settled()
        if settled.rest_minor:
            rest = money(settled.rest_minor, self._currency, language())
            raise InvalidError(msg("{amount} are still to be paid.", amount=rest), field="payments")
        return settled.kept

    def show_error(self, error: InvalidError) -> None:
        """Say what is wrong with the payments."""
        text = say(error.message)
        self.problem.setText(f"{text} {say(error.hint)}" if error.hint else text)
        self.problem.show()
        self.begin()

    def _settled(self) -> Settled:
        amounts = [line.amount_typed() for line in self.lines]
        left = max(0, self._due - sum(one for one in amounts if one is not None))
        payments: list[SalePayment] = []
        for line, amount in zip(self.lines, amounts, strict=True):
            taken = left if amount is None else amount
            if amount is None:
                line.show_rest(left)
                left = 0
            payments.append(line.payment(taken))
        return rules.settle(self._due, payments)

    def _typed(self, *_: object) -> None:
        self.problem.hide()
        self._show_rest()
        self.changed.emit()

    def _show_rest(self) -> None:
        try:
            settled = self._settled()
        except InvalidError as error:
            self.rest.setText(say(error.message))
            set_tone(self.rest, "bad")
            return
        if not self._due:
            self.rest.setText("")
        elif settled.change_minor:
            change = money(settled.change_minor, self._currency, language())
            self.rest.setText(tr("Change {amount}", amount=change))
            set_tone(self.rest, "accent")
        elif settled.rest_minor:
            rest = money(settled.rest_minor, self._currency, language())
            self.rest.setText(tr("Still to be paid: {amount}", amount=rest))
            set_tone(self.rest, "warn")
        else:
            self.rest.setText(tr("Paid in full"))
            set_tone(self.rest, "ok")

    def _add(self, method: PaymentMethod) -> PaymentLine:
        made = PaymentLine(self._currency, method)
        made.changed.connect(self._typed)
        made.done.connect(self.done)
        made.remove.clicked.connect(partial(self._remove, made))
        self.lines.append(made)
        self._rows.addWidget(made)
        self._show_removes()
        return made

    def _remove(self, line: PaymentLine) -> None:
        self._drop(line)
        self._typed()

    def _drop(self, line: PaymentLine) -> None:
        self.lines.remove(line)
        line.hide()
        line.deleteLater()
        self._show_removes()

    def _show_removes(self) -> None:
        for line in self.lines:
            line.remove.setVisible(len(self.lines) > 1)
