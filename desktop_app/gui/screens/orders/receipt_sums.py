"""What is added to a receipt as a whole, and what it comes to."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QCheckBox, QComboBox, QGridLayout, QLabel, QLineEdit

from desktop_app.gui.fonts import font
from desktop_app.gui.format import money
from desktop_app.gui.text import language, tr
from desktop_app.gui.widgets.card import Card
from desktop_app.gui.widgets.form import Form
from desktop_app.gui.widgets.labels import label, rule
from desktop_app.gui.widgets.layout import row
from desktop_app.gui.widgets.typed import percent_text, typed_percent
from desktop_app.kernel.errors import InvalidError
from desktop_app.sales.counter_records import Counter
from desktop_app.sales.records import NewSale, SaleSums


class ReceiptSums(Card):
    """Discount, service charge and tax, and the sums; `changed` when something is typed."""

    changed = Signal()

    def __init__(self, currency: str, *, why_not_list: str = "") -> None:
        super().__init__(tr("Sums"))
        self._currency = currency
        self._forms = {name: Form() for name in ("discount", "service", "tax")}
        self.discount, self.service, self.tax = QLineEdit(), QLineEdit(), QLineEdit()
        self.on_top = QCheckBox(tr("The tax comes on top of the prices"))
        self.on_top.setFont(font(13))
        titles = {
            "discount": (tr("Discount, %"), self.discount),
            "service": (tr("Service, %"), self.service),
            "tax": (tr("Tax, %"), self.tax),
        }
        fields = row(gap=14)
        for name, (title, field) in titles.items():
            field.setFont(font(13, tabular=True))
            field.setAlignment(Qt.AlignmentFlag.AlignRight)
            field.textEdited.connect(self.changed)
            self._forms[name].add(name, title, field)
            fields.addWidget(self._forms[name], 1, Qt.AlignmentFlag.AlignTop)
        self.tax.setPlaceholderText(tr("menu's"))
        self.tax.setToolTip(tr("Empty: each product has the tax of the menu."))
        self.tax.textChanged.connect(lambda text: self.on_top.setEnabled(bool(text.strip())))
        self.on_top.setEnabled(False)
        self.on_top.toggled.connect(self.changed)
        self.body.addLayout(fields)
        self._price_list = Form()
        self.price_list = QComboBox()
        self.price_list.setFont(font(13))
        self._price_list.add("price_list", tr("Price list"), self.price_list)
        self.price_list.currentIndexChanged.connect(self.changed)
        self._price_list.hide()
        self.price_list.setEnabled(not why_not_list)
        self.price_list.setToolTip(why_not_list)
        self.add(self._price_list, self.on_top, rule())
        self._lay_sums()

    def _lay_sums(self) -> None:
        self._grid = QGridLayout()
        self._grid.setVerticalSpacing(6)
        self._grid.setColumnStretch(0, 1)
        self._values: dict[str, QLabel] = {}
        self._said: dict[str, QLabel] = {}
        for at, (name, words) in enumerate(
            {
                "priced": tr("Before discounts"),
                "discount": tr("Discounts and gifts"),
                "tax": tr("Tax"),
                "service": tr("Service charge"),
                "due": tr("To be paid"),
            }.items()
        ):
            last = name == "due"
            said = label(words, 15 if last else 13, 600 if last else 400, "" if last else "soft")
            self._said[name] = said
            value = label("", 20 if last else 13, 600 if last else 400, tabular=True)
            value.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
            self._grid.addWidget(said, at, 0)
            self._grid.addWidget(value, at, 1)
            self._values[name] = value
        self.body.addLayout(self._grid)

    def show_counter(self, counter: Counter) -> None:
        """Offer the price lists there are."""
        chosen = self.price_list.currentData()
        self.price_list.clear()
        self.price_list.addItem(tr("The one that fits the sale"), "")
        for id_, name in counter.price_lists:
            self.price_list.addItem(name, str(id_))  # as text: Qt's numbers have 32 bits
        self.price_list.setCurrentIndex(max(0, self.price_list.findData(chosen)))
        self._price_list.setVisible(bool(counter.price_lists))

    @property
    def price_list_id(self) -> int | None:
        """Return the price list chosen, None for those that fit the sale."""
        return int(self.price_list.currentData() or 0) or None

    def rates_typed(self) -> tuple[int, int, int | None]:
        """Return discount, service charge and tax; InvalidError names the field.

        No tax typed is None: that of each product.
        """
        tax = self.tax.text().strip()
        return (
            typed_percent(self.discount.text(), "discount"),
            typed_percent(self.service.text(), "service"),
            typed_percent(tax, "tax") if tax else None,
        )

    def fill(self, sale: NewSale) -> None:
        """Show what was typed before."""
        self.discount.setText(percent_text(sale.discount_bp))
        self.service.setText(percent_text(sale.service_bp))
        self.tax.setText("" if sale.tax_bp is None else percent_text(sale.tax_bp) or "0")
        self.on_top.setChecked(not sale.tax_included)
        at = self.price_list.findData(str(sale.price_list_id or ""))
        self.price_list.setCurrentIndex(max(0, at))

    def clear(self) -> None:
        """Forget the discount; service charge and tax stay for the next receipt."""
        self.discount.clear()
        self.clear_errors()
        self.show_sums(None)

    def clear_errors(self) -> None:
        """Take all complaints away."""
        for form in self._forms.values():
            form.clear_errors()

    def show_error(self, error: InvalidError) -> bool:
        """Show an error beside its field; False where it is of none of these."""
        return any(form.show_error(error) for form in self._forms.values())

    def show_sums(self, sums: SaleSums | None) -> None:
        """Show what the receipt comes to; dashes while that is not known."""
        for name, value in self._values.items():
            if sums is None:
                value.setText("–")
                continue
            minor = getattr(sums, f"{name}_minor")
            if name == "tax":
                held = all(line.tax_included for line in sums.lines if line.tax_minor)
                self._said[name].setText(tr("Tax, in the prices") if held else tr("Tax"))
            value.setText(money(minor, self._currency, language()))

    def due_text(self) -> str:
        """Return what is to be paid, as it is shown."""
        return self._values["due"].text()
