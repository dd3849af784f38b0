"""Lines of a paper as they are typed: products with how much and, on a supply, for how much."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QComboBox, QCompleter, QFrame, QLineEdit, QScrollArea, QWidget

from desktop_app.gui.fonts import font
from desktop_app.gui.screens.stock.wording import typed_money, typed_much
from desktop_app.gui.text import say, tr
from desktop_app.gui.widgets.button import button
from desktop_app.gui.widgets.labels import label
from desktop_app.gui.widgets.layout import column, row
from desktop_app.kernel.errors import InvalidError
from desktop_app.menu.kinds import WHOLE_TITLES, Unit
from desktop_app.stock.records import Amount

Product = tuple[int, str, Unit]
_NUMBER = 110
_AT_ONCE = 6


class Line(QWidget):
    """One product with the fields beside it, and below what is wrong with them."""

    changed = Signal()

    def __init__(self, product: Product, *, priced: bool) -> None:
        super().__init__()
        self.product_id, name, self.unit = product
        self.much = _field(tr("Quantity of {name}", name=name))
        self.amount = _field(tr("Amount for {name}", name=name))
        self.amount.setVisible(priced)
        self.much.setPlaceholderText(tr("Quantity"))
        self.amount.setPlaceholderText(tr("Amount"))
        self.remove = button("", "x", "ghost", tip=tr("Take {name} out", name=name))
        self.problem = label("", 12, tone="bad", wrap=True)
        self.problem.hide()
        unit = label(say(WHOLE_TITLES[self.unit]), 12, tone="muted")
        unit.setFixedWidth(48)
        fields = row(gap=8)
        fields.addWidget(label(name, 13, 500, wrap=True), 1)
        for one in (self.much, unit, self.amount, self.remove):
            fields.addWidget(one)
        self.setLayout(column(fields, self.problem, gap=2))
        for field in (self.much, self.amount):
            field.textEdited.connect(self._typed)

    def amount_typed(self, *, empty: bool = False) -> Amount | None:
        """Return how much was typed; None for nothing where that is `empty`."""
        if empty and not self.much.text().strip():
            return None
        return Amount(self.product_id, self._told(lambda: typed_much(self.much.text(), self.unit)))

    def money_typed(self, currency: str) -> int:
        """Return for how much it was bought."""
        return self._told(lambda: typed_money(self.amount.text(), currency))

    def show_problem(self, text: str) -> None:
        """Say what is wrong with the line; empty takes it away."""
        self.problem.setText(text)
        self.problem.setVisible(bool(text))

    def _told(self, read: Callable[[], int]) -> int:
        try:
            return read()
        except InvalidError as error:
            self.show_problem(say(error.message))
            (self.amount if error.field == "amount" else self.much).setFocus()
            raise

    def _typed(self, *_: object) -> None:
        self.show_problem("")
        self.changed.emit()


class Lines(QWidget):
    """The lines of a paper with a box to add products; `changed` when something is typed."""

    changed = Signal()

    def __init__(self, products: Sequence[Product], *, priced: bool = False) -> None:
        super().__init__()
        self._products = {id_: (id_, name, unit) for id_, name, unit in products}
        self._priced = priced
        self.lines: list[Line] = []
        self.pick = _picker(products)
        self.pick.activated.connect(self._add_picked)
        self._rows = column(gap=6)
        self.empty = label(tr("Pick the first product."), tone="muted")
        inside = QWidget()
        inside.setLayout(column(self.empty, self._rows, None, gap=6, margins=(0, 0, 8, 0)))
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.setMinimumHeight(190)
        scroll.setWidget(inside)
        self.setLayout(column(self.pick, scroll, gap=10))

    def add_some(self, product_ids: Sequence[int]) -> None:
        """Add lines a few at a time: many in one event would hold the event loop for long."""
        for id_ in product_ids[:_AT_ONCE]:
            self.add(id_, enter=False)
        if product_ids[_AT_ONCE:]:
            QTimer.singleShot(0, self, partial(self.add_some, product_ids[_AT_ONCE:]))

    def add(self, product_id: int, *, enter: bool = True) -> Line:
        """Add a line for a product, or go to the line it has."""
        for line in self.lines:
            if line.product_id == product_id:
                line.much.setFocus()
                return line
        made = Line(self._products[product_id], priced=self._priced)
        made.remove.clicked.connect(partial(self._remove, made))
        made.changed.connect(self.changed)
        self.lines.append(made)
        self._rows.addWidget(made)
        self.empty.hide()
        if enter:
            made.much.setFocus()
        self.changed.emit()
        return made

    def amounts(self) -> list[Amount]:
        """Return what was typed; InvalidError, shown beside its line, for what cannot be."""
        found = [line.amount_typed() for line in self.lines]
        return [one for one in found if one is not None]

    def _add_picked(self, *_: object) -> None:
        at = self.pick.findText(self.pick.currentText().strip(), Qt.MatchFlag.MatchFixedString)
        if at >= 0:
            self.add(int(self.pick.itemData(at)))
        self.pick.setCurrentIndex(-1)
        self.pick.clearEditText()

    def _remove(self, line: Line) -> None:
        self.lines.remove(line)
        line.hide()
        line.deleteLater()
        self.empty.setVisible(not self.lines)
        self.changed.emit()


def _field(name: str) -> QLineEdit:
    made = QLineEdit()
    made.setFont(font(13, tabular=True))
    made.setFixedWidth(_NUMBER)
    made.setAlignment(Qt.AlignmentFlag.AlignRight)
    made.setAccessibleName(name)
    return made


def _picker(products: Sequence[Product]) -> QComboBox:
    box = QComboBox()
    box.setFont(font(13))
    box.setEditable(True)
    box.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
    box.setAccessibleName(tr("Product to add"))
    for id_, name, _ in products:
        box.addItem(name, str(id_))  # as text: Qt's numbers have 32 bits, and ours 63
    found = QCompleter(box.model(), box)
    found.setFilterMode(Qt.MatchFlag.MatchContains)
    found.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
    box.setCompleter(found)
    box.setCurrentIndex(-1)
    field = box.lineEdit()
    if field is not None:
        field.setPlaceholderText(tr("Type the name of a product"))
    return box
