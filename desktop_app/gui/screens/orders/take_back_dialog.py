"""Asks what of a receipt is taken back, what becomes of the goods, and why."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QCheckBox, QComboBox, QLineEdit, QScrollArea, QWidget
from typing_extensions import override

from desktop_app.gui.fonts import font
from desktop_app.gui.format import money, quantity
from desktop_app.gui.text import language, say, tr
from desktop_app.gui.widgets.dialog import Dialog
from desktop_app.gui.widgets.form import Form
from desktop_app.gui.widgets.labels import label, set_tone
from desktop_app.gui.widgets.layout import column, frame, row
from desktop_app.kernel.errors import AppError, InvalidError
from desktop_app.kernel.quantity import plain, thousandths
from desktop_app.orders.records import PaymentMethod
from desktop_app.orders.wording import METHODS
from desktop_app.sales.records import Corrections, Disposal, LeftLine, Refund
from desktop_app.sales.wording import DISPOSALS
from desktop_app.venue.records import VenueCard

_MANY = 300
_HIGH, _LINE_HIGH = 210, 42


class ReasonDialog(Dialog):
    """A dialog with a reason below what else it asks; subclasses say what they emit."""

    def __init__(self, title: str, sentence: str, action: str, parent: QWidget | None) -> None:
        super().__init__(title, sentence, parent)
        self.form = Form()
        self.reason = QLineEdit()
        self.reason.setFont(font(13))
        self.done_button = self._buttons(action)

    def _buttons(self, action: str) -> QWidget:
        self.add_cancel()
        made = self.add_button(action, "danger")
        made.clicked.connect(self._done)
        return made

    def finish_form(self) -> None:
        """Put the reason last."""
        self.form.add("reason", tr("Reason"), self.reason, tr("It stays with the receipt."))
        self.body.addWidget(self.form)

    def refuse(self, error: AppError) -> None:
        """Say why it was not done."""
        self.done_button.setEnabled(True)
        if not (isinstance(error, InvalidError) and self.form.show_error(error)):
            said = [error.message, *([error.hint] if error.hint else [])]
            self.banner.tell("warn", " ".join(say(one) for one in said))

    def _done(self) -> None:
        self.form.clear_errors()
        self.banner.hide()
        if not self.reason.text().strip():
            self.form.row("reason").set_error(tr("Say why."))
            self.reason.setFocus()
        elif self._send(self.reason.text().strip()):
            self.done_button.setEnabled(False)

    def _send(self, reason: str) -> bool:
        """Emit what was asked for; False where something is wrong and was said."""
        raise NotImplementedError


class RefundDialog(ReasonDialog):
    """Emits `asked(lines or None, disposal, method or None, reason)`.

    `wished(lines or None)` whenever other lines are: answer it with `show_refund` or `show_why`.
    """

    asked = Signal(object, object, object, str)
    wished = Signal(object)

    def __init__(self, found: Corrections, venue: VenueCard, parent: QWidget | None) -> None:
        left = money(found.left_minor, venue.currency, language())
        super().__init__(
            tr("Refund"),
            tr("The receipt stays as it is; the refund is an entry of its own. Up to {amount} can "
               "be given back.", amount=left),
            tr("Refund it"),
            parent,
        )  # fmt: skip
        self.lines = [_LineWish(one) for one in found.left[:_MANY]]
        self._all = len(found.left) == len(self.lines)
        self._currency = venue.currency
        self.every = QCheckBox(tr("All of it"))
        self.every.setFont(font(13))
        self.every.setChecked(True)
        self.every.toggled.connect(self._tick)
        self.every.setVisible(len(self.lines) > 1)
        self.body.addWidget(self.every)
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setFrameShape(QScrollArea.Shape.NoFrame)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.setWidget(frame(column(*self.lines, None, gap=4, margins=(0, 0, 10, 0)), "clear"))
        scroll.setFixedHeight(min(_HIGH, _LINE_HIGH * len(self.lines)))
        self.body.addWidget(scroll)
        self.amount = label("", 13, 600, tabular=True, wrap=True)
        self.body.addWidget(self.amount)
        for line in self.lines:
            line.box.toggled.connect(self._changed)
            line.much.textEdited.connect(self._changed)
        self.disposal = disposal_box(Disposal.NONE)
        self.method = QComboBox()
        self.method.setFont(font(13))
        self.method.addItem(tr("The way it was paid"), "")
        for method in (PaymentMethod.CASH, PaymentMethod.CARD, PaymentMethod.TRANSFER):
            self.method.addItem(say(METHODS[method]), method.value)
        self.form.add("disposal", tr("The goods"), self.disposal)
        self.form.add("method", tr("The money goes back"), self.method)
        self.finish_form()

    def begin(self) -> None:
        """Ask what all of it comes to; `wished` is connected."""
        self._changed()

    def show_refund(self, found: Refund) -> None:
        """Say what would be given back."""
        given, tax, service = (
            money(minor, self._currency, language())
            for minor in (
                found.money_minor,
                sum(line.sums.tax_minor for line in found.lines),
                found.service_minor,
            )
        )
        text = tr("Given back: {amount}", amount=given)
        inside = (
            [tr("tax {amount}", amount=tax)]
            if any(line.sums.tax_minor for line in found.lines)
            else []
        )
        if found.service_minor:
            inside.append(tr("service charge {amount}", amount=service))
        self.amount.setText(f"{text} ({', '.join(inside)})" if inside else text)
        set_tone(self.amount, "")

    def show_why(self, error: AppError) -> None:
        """Say why these lines cannot be taken back."""
        said = [error.message, *([error.hint] if error.hint else [])]
        self.amount.setText(" ".join(say(one) for one in said))
        set_tone(self.amount, "warn")

    def _tick(self, on: bool) -> None:  # noqa: FBT001 - Qt calls it so
        for line in self.lines:
            line.box.setChecked(on)

    def _changed(self, *_: object) -> None:
        try:
            wanted = self._wanted()
        except InvalidError as error:
            self.show_why(error)
            return
        if wanted is not None and not wanted:
            self.amount.setText(tr("Choose what is taken back."))
            set_tone(self.amount, "muted")
        else:
            self.wished.emit(wanted)

    @override
    def _send(self, reason: str) -> bool:
        try:
            wanted = self._wanted()
        except InvalidError as error:
            self.banner.tell("warn", say(error.message))
            return False
        if wanted is not None and not wanted:
            self.banner.tell("warn", tr("Choose what is taken back."))
            return False
        method = PaymentMethod(self.method.currentData()) if self.method.currentData() else None
        self.asked.emit(wanted, Disposal(self.disposal.currentData()), method, reason)
        return True

    def _wanted(self) -> Mapping[int, int] | None:
        """Return the quantities by line; None where all of it is wanted."""
        if self._all and all(line.is_whole for line in self.lines):
            return None
        return {line.number: line.thousandths for line in self.lines if line.box.isChecked()}


class _LineWish(QWidget):
    """One line with a tick and how much of it."""

    def __init__(self, left: LeftLine) -> None:
        super().__init__()
        self._left = left
        self.number = left.line_no
        self.box = QCheckBox(left.name)
        self.box.setFont(font(13))
        self.box.setChecked(True)
        self.much = QLineEdit(plain(left.quantity))
        self.much.setFont(font(13, tabular=True))
        self.much.setFixedWidth(90)
        self.much.setAccessibleName(tr("How much of {name}", name=left.name))
        self.box.toggled.connect(self.much.setEnabled)
        made = row(gap=8)
        made.addWidget(self.box, 1)
        made.addWidget(self.much)
        of = tr("of {quantity}", quantity=quantity(left.quantity, language()))
        made.addWidget(label(of, 12, tone="muted", tabular=True))
        self.setLayout(made)

    @property
    def thousandths(self) -> int:
        """Return how much is typed; InvalidError for what is no quantity."""
        return thousandths(self.much.text().strip().replace(",", "."))

    @property
    def is_whole(self) -> bool:
        """Tell whether all that is left of it is wanted."""
        return self.box.isChecked() and self.thousandths == self._left.quantity


class VoidDialog(ReasonDialog):
    """Emits `asked(disposal, reason)`."""

    asked = Signal(object, str)

    def __init__(self, parent: QWidget | None) -> None:
        super().__init__(
            tr("Void the receipt"),
            tr("All of it is taken back and the money given back. The receipt stays; the void is "
               "an entry of its own."),
            tr("Void the receipt"),
            parent,
        )  # fmt: skip
        self.disposal = disposal_box(Disposal.RETURN)
        self.form.add("disposal", tr("The goods"), self.disposal)
        self.finish_form()

    @override
    def _send(self, reason: str) -> bool:
        self.asked.emit(Disposal(self.disposal.currentData()), reason)
        return True


class PaymentDialog(ReasonDialog):
    """Emits `asked(method, reason)`: all of it was paid in one other way."""

    asked = Signal(object, str)

    def __init__(
        self, payments: Sequence[tuple[PaymentMethod, int]], venue: VenueCard, parent: QWidget
    ) -> None:
        ways = ", ".join(
            f"{say(METHODS[method])} {money(amount, venue.currency, language())}"
            for method, amount in payments
        )
        super().__init__(
            tr("Change how it was paid"),
            tr(
                "Entered: {payments}. The sum stays the same, and so does the bonus in it.",
                payments=ways,
            )
            if PaymentMethod.BONUS in dict(payments)
            else tr("Entered: {payments}. The sum stays the same.", payments=ways),
            tr("Change the payment"),
            parent,
        )
        self.method = QComboBox()
        self.method.setFont(font(13))
        for method in PaymentMethod:
            if method not in (PaymentMethod.UNKNOWN, PaymentMethod.BONUS):
                self.method.addItem(say(METHODS[method]), method.value)
        self.form.add("payments", tr("Really paid by"), self.method)
        self.finish_form()

    @override
    def _send(self, reason: str) -> bool:
        self.asked.emit(PaymentMethod(self.method.currentData()), reason)
        return True


def disposal_box(chosen: Disposal) -> QComboBox:
    """Return a choice of what becomes of the goods."""
    made = QComboBox()
    made.setFont(font(13))
    for one in (Disposal.RETURN, Disposal.WASTE, Disposal.NONE):
        made.addItem(say(DISPOSALS[one]), one.value)
    made.setCurrentIndex(made.findData(chosen.value))
    return made
