"""Where and to whom a receipt is sold: table, type of sale, waiter, guests, customer."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QComboBox, QLineEdit, QSizePolicy

from desktop_app.customers.operations import find_customers, get_customer
from desktop_app.customers.records import CustomerCard, CustomerPage, CustomerRow
from desktop_app.gui.bridge import Bridge
from desktop_app.gui.fonts import font
from desktop_app.gui.format import money
from desktop_app.gui.text import language, tr
from desktop_app.gui.widgets.card import Card
from desktop_app.gui.widgets.form import Form
from desktop_app.gui.widgets.layout import row
from desktop_app.gui.widgets.suggest import SuggestEdit
from desktop_app.kernel.errors import AppError, InvalidError
from desktop_app.kernel.words import msg
from desktop_app.sales.counter_records import Counter
from desktop_app.sales.records import NewSale

_PAUSE_MS, _MOST = 150, 12
_NUMBER = 4
_FIELDS = ("table", "sale_type", "guests", "waiter", "customer", "note")
_IN_LINE = 4


class ReceiptGuest(Card):
    """The fields above the sums; `changed` when a customer is chosen or let go."""

    changed = Signal()

    def __init__(self, bridge: Bridge, currency: str) -> None:
        super().__init__(tr("Where and to whom"))
        self._bridge, self._currency = bridge, currency
        self._forms = {name: Form() for name in _FIELDS}
        self.table, self.kind = _typed_box(), _typed_box()
        self.waiter = QComboBox()
        self.waiter.setFont(font(13))
        self.guests, self.note = QLineEdit(), QLineEdit()
        for field in (self.guests, self.note):
            field.setFont(font(13))
        self.customer = SuggestEdit(tr("Name, phone or code"), pause_ms=_PAUSE_MS)
        self.customer_id: int | None = None
        self._chosen = ""
        self._known: dict[int, CustomerRow] = {}
        controls = (self.table, self.kind, self.guests, self.waiter, self.customer, self.note)
        titles = (
            tr("Table"), tr("Type of sale"), tr("Guests"), tr("Waiter"), tr("Customer"), tr("Note"),
        )  # fmt: skip
        for (name, form), title, control in zip(self._forms.items(), titles, controls, strict=True):
            form.add(name, title, control)
            inner = control.lineEdit() if isinstance(control, QComboBox) else None
            if inner is not None:
                inner.setAccessibleName(title)
        forms = list(self._forms.values())
        for some in (forms[:_IN_LINE], forms[_IN_LINE:]):
            line = row(gap=14)
            for form in some:
                line.addWidget(form, 1, Qt.AlignmentFlag.AlignTop)
            self.body.addLayout(line)
        self.body.setSpacing(14)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        why_not = bridge.why_not(find_customers)
        self.customer.setEnabled(not why_not)
        self.customer.setToolTip(why_not)
        for box in (self.table, self.kind):  # price lists go by them
            box.editTextChanged.connect(self.changed)
        self.customer.asked.connect(self._search)
        self.customer.picked.connect(self._picked)
        self.customer.textEdited.connect(self._let_go)

    def show_counter(self, counter: Counter) -> None:
        """Offer the tables, types of sale and waiters that are known."""
        for box, words in ((self.table, counter.tables), (self.kind, counter.sale_types)):
            text = box.currentText()
            box.clear()
            box.addItems(list(words))
            box.setCurrentIndex(-1)
            box.setEditText(text)
        chosen = self.waiter.currentData()
        self.waiter.clear()
        self.waiter.addItem(tr("Nobody named"), "")
        for id_, name in counter.waiters:
            self.waiter.addItem(name, str(id_))  # as text: Qt's numbers have 32 bits, ours 63
        self.waiter.setCurrentIndex(max(0, self.waiter.findData(chosen)))

    def fill(self, sale: NewSale) -> None:
        """Show what was typed before."""
        self.table.setEditText(sale.table)
        self.kind.setEditText(sale.sale_type)
        self.guests.setText(str(sale.guests or ""))
        self.note.setText(sale.note)
        self.waiter.setCurrentIndex(max(0, self.waiter.findData(str(sale.employee_id or ""))))
        if sale.customer_id is not None:
            self._bridge.ask_or(self, self._is, _nobody, get_customer, sale.customer_id)

    def clear(self) -> None:
        """Forget the guests; the type of sale and the waiter stay for the next receipt."""
        self.table.setCurrentIndex(-1)
        self.table.clearEditText()
        for field in (self.guests, self.note, self.customer):
            field.clear()
        self.customer_id, self._chosen = None, ""
        self._hint("")
        self.clear_errors()

    def clear_errors(self) -> None:
        """Take all complaints away."""
        for form in self._forms.values():
            form.clear_errors()

    def show_error(self, error: InvalidError) -> bool:
        """Show an error beside its field; False where it is of none of these."""
        return any(form.show_error(error) for form in self._forms.values())

    @property
    def waiter_id(self) -> int | None:
        """Return the number of the waiter, None for nobody."""
        return int(self.waiter.currentData() or 0) or None

    def guests_typed(self) -> int:
        """Return how many guests were typed; InvalidError for what is no number."""
        text = self.guests.text().strip()
        if text and not (text.isascii() and text.isdigit() and len(text) <= _NUMBER):
            raise InvalidError(msg("Write a number of guests."), field="guests")
        return int(text or 0)

    def customer_typed(self) -> int | None:
        """Return the customer chosen; InvalidError where a name was typed and none chosen."""
        if self.customer_id is None and self.customer.text().strip():
            raise InvalidError(msg("Choose the customer from the list."), field="customer")
        return self.customer_id

    def _search(self, text: str) -> None:
        if text and text != self._chosen:
            self._bridge.ask_or(self, self._found, _nobody, find_customers, text, limit=_MOST)
        else:
            self.customer.offer([])

    def _found(self, page: CustomerPage) -> None:
        self._known = {one.id: one for one in page.rows}
        self.customer.offer([(one.id, _words(one)) for one in page.rows])

    def _is(self, card: CustomerCard) -> None:
        self._known[card.row.id] = card.row
        self._picked(card.row.id)

    def _picked(self, customer_id: int) -> None:
        one = self._known[customer_id]
        self.customer_id, self._chosen = one.id, one.name
        self.customer.setText(one.name)
        self._forms["customer"].clear_errors()
        bonus = money(one.bonus_minor, self._currency, language())
        self._hint(tr("Bonus {amount}", amount=bonus) if one.bonus_minor else "")
        self.changed.emit()

    def _let_go(self, *_: object) -> None:
        if self.customer_id is not None:
            self.customer_id, self._chosen = None, ""
            self._hint("")
            self.changed.emit()

    def _hint(self, text: str) -> None:
        self._forms["customer"].row("customer").set_hint(text)


def _words(one: CustomerRow) -> str:
    return " · ".join(part for part in (one.name, one.phone, one.group) if part)


def _nobody(_: AppError) -> None:
    """Find nobody where the search fails; the person types on."""


def _typed_box() -> QComboBox:
    made = QComboBox()
    made.setFont(font(13))
    made.setEditable(True)
    made.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
    completer = made.completer()
    if completer is not None:
        completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
    return made
