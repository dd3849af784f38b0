"""One line of a receipt as it is typed: size, quantity, price, discount, gift."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QCheckBox, QComboBox, QLineEdit, QWidget

from desktop_app.gui.fonts import font
from desktop_app.gui.format import amount as number_of
from desktop_app.gui.format import money
from desktop_app.gui.screens.orders.receipt_choices import ReceiptChoices
from desktop_app.gui.text import language, say, tr
from desktop_app.gui.widgets.button import button
from desktop_app.gui.widgets.labels import label
from desktop_app.gui.widgets.layout import column, row
from desktop_app.gui.widgets.typed import percent_text, typed_money, typed_percent, typed_quantity
from desktop_app.kernel.errors import InvalidError
from desktop_app.kernel.money import major
from desktop_app.kernel.quantity import ONE, plain
from desktop_app.kernel.words import msg
from desktop_app.sales.counter_records import Good
from desktop_app.sales.records import LineSums, SaleLine

_NARROW, _NUMBER, _SIZE = 62, 78, 110


class ReceiptLine(QWidget):
    """A product on the receipt; `changed` when something is typed, `done` on Enter."""

    changed = Signal()
    done = Signal()

    def __init__(self, good: Good, currency: str) -> None:
        super().__init__()
        self.good, self._currency = good, currency
        name = good.name
        self.size_box = QComboBox()
        self.size_box.setFont(font(13))
        self.size_box.setFixedWidth(_SIZE)
        self.size_box.setAccessibleName(tr("Size of {name}", name=name))
        for one in good.variants:
            self.size_box.addItem(one.name or tr("Plain"), one.name)
        self.size_box.setVisible(len(good.variants) > 1)
        timed = good.terms is not None
        self.much = _field(tr("Quantity of {name}", name=name), _NARROW, "" if timed else "1")
        if timed:
            self.much.setPlaceholderText(tr("min"))
            self.much.setAccessibleName(tr("Minutes of {name}", name=name))
        self.price = _field(tr("Price of {name}", name=name), _NUMBER)
        self.discount = _field(tr("Discount on {name}, per cent", name=name), _NARROW)
        self.discount.setPlaceholderText("%")
        self.gift = QCheckBox(tr("Gift"))
        self.gift.setFont(font(13))
        self.gift.setAccessibleName(tr("{name} is a gift", name=name))
        self.sum = label("", 13, 600, tabular=True)
        self.sum.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self.sum.setMinimumWidth(_NUMBER)
        self.remove = button("", "x", "ghost", tip=tr("Take {name} out", name=name))
        self.problem = label("", 12, tone="bad", wrap=True)
        self.problem.hide()
        only = good.variants[0].name if len(good.variants) == 1 else ""
        what = column(label(name, 13, 500, wrap=True), gap=0)
        if only:
            what.addWidget(label(only, 12, tone="muted"))
        if good.stopped is not None:
            what.addWidget(label(tr("On the stop list"), 12, tone="warn"))
        fields = row(gap=8)
        fields.addLayout(what, 1)
        for field in (self.size_box, self.much, self.price, self.discount, self.gift, self.sum,
                      self.remove):  # fmt: skip
            fields.addWidget(field)
        self.choices = ReceiptChoices(good.choices, currency)
        self.choices.setVisible(bool(good.choices))
        self.setLayout(column(fields, self.choices, self.problem, gap=4))
        self._connect()
        self._show_price()

    @property
    def variant(self) -> str:
        """Return the size chosen."""
        return str(self.size_box.currentData() or "")

    def add_one(self) -> None:
        """Sell one more of it."""
        try:
            much = typed_quantity(self.much.text(), "lines")
        except InvalidError:
            much = 0
        self.much.setText(plain(max(0, much) + ONE))
        self._typed()

    def fill(self, line: SaleLine) -> None:
        """Show a line as it was typed before."""
        self.size_box.setCurrentIndex(max(0, self.size_box.findData(line.variant)))
        much = line.quantity if line.minutes is None else line.minutes * ONE
        self.much.setText(plain(much))
        if line.unit_price_minor is not None:
            self.price.setText(major(line.unit_price_minor, self._currency))
        self.discount.setText(percent_text(line.discount_bp))
        self.gift.setChecked(line.gift)
        for name in line.choices:
            self.choices.choose(name)

    def typed(self) -> SaleLine:
        """Return the line as it is typed; InvalidError, said below it, for what cannot be."""
        price = None
        if self.price.text().strip():
            price = self._told(
                self.price, lambda: typed_money(self.price.text(), self._currency, "lines")
            )
        much = self._told(self.much, lambda: typed_quantity(self.much.text(), "lines"))
        minutes = None
        if self.good.terms is not None:
            minutes, much = self._told(self.much, lambda: _whole_minutes(much)), ONE
        return SaleLine(
            self.good.product_id,
            much,
            self.variant,
            price,
            self._told(self.discount, lambda: typed_percent(self.discount.text(), "lines")),
            gift=self.gift.isChecked(),
            choices=self.choices.chosen(),
            minutes=minutes,
        )

    def show_sums(self, sums: LineSums | None, price_minor: int | None = None) -> None:
        """Show what it comes to; nothing while that is not known."""
        if sums is None:
            self.sum.setText("–")
            return
        self.sum.setText(money(sums.total_minor + sums.tax_minor, self._currency, language()))
        if price_minor is not None:
            self.price.setPlaceholderText(number_of(price_minor, self._currency, language()))

    def show_problem(self, text: str) -> None:
        """Say what is wrong with the line; empty takes it away."""
        self.problem.setText(text)
        self.problem.setVisible(bool(text))

    def _told(self, field: QLineEdit, read: Callable[[], int]) -> int:
        try:
            return read()
        except InvalidError as error:
            self.show_problem(say(error.message))
            field.setProperty("wrong", "true")
            _polish(field)
            raise

    def _connect(self) -> None:
        for field in (self.much, self.price, self.discount):
            field.textEdited.connect(self._typed)
            field.returnPressed.connect(self.done)
        self.size_box.currentIndexChanged.connect(self._sized)
        self.gift.toggled.connect(self._typed)
        self.choices.changed.connect(self._typed)

    def _sized(self, *_: object) -> None:
        self._show_price()
        self._typed()

    def _show_price(self) -> None:
        found = [one.price_minor for one in self.good.variants if one.name == self.variant]
        price = found[0] if found else self.good.variants[0].price_minor
        self.price.setPlaceholderText(number_of(price, self._currency, language()))

    def _typed(self, *_: object) -> None:
        self.show_problem("")
        for field in (self.much, self.price, self.discount):
            if field.property("wrong") == "true":
                field.setProperty("wrong", "false")
                _polish(field)
        self.changed.emit()


def _whole_minutes(much: int) -> int:
    if much <= 0 or much % ONE:
        raise InvalidError(msg("Write whole minutes."), field="lines")
    return much // ONE


def _field(name: str, width: int, text: str = "") -> QLineEdit:
    made = QLineEdit(text)
    made.setFont(font(13, tabular=True))
    made.setFixedWidth(width)
    made.setAlignment(Qt.AlignmentFlag.AlignRight)
    made.setAccessibleName(name)
    return made


def _polish(field: QLineEdit) -> None:
    field.style().unpolish(field)
    field.style().polish(field)
