"""Lines of a paper as they are typed: products with how much of them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import Generic, TypeVar

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QComboBox, QFrame, QLineEdit, QScrollArea, QWidget

from desktop_app.gui.fonts import font
from desktop_app.gui.screens.stock.wording import typed_much
from desktop_app.gui.text import say, tr
from desktop_app.gui.widgets.button import button
from desktop_app.gui.widgets.labels import label
from desktop_app.gui.widgets.layout import column, row
from desktop_app.gui.widgets.picking import FoldedCompleter, place_of
from desktop_app.kernel.errors import InvalidError
from desktop_app.menu.kinds import WHOLE_TITLES, Unit
from desktop_app.stock.records import Amount

Product = tuple[int, str, Unit]
_NUMBER = 110
_AT_ONCE = 6


class AnyLine(QWidget):
    """A product on a paper: how much of it, and below what is wrong with it."""

    changed = Signal()

    def __init__(self, product: Product) -> None:
        super().__init__()
        self.product_id, self.name, self.unit = product
        self.much = number_field(tr("Quantity of {name}", name=self.name))
        self.much.setPlaceholderText(tr("Quantity"))
        self.remove = button("", "x", "ghost", tip=tr("Take {name} out", name=self.name))
        self.problem = label("", 12, tone="bad", wrap=True)
        self.problem.hide()
        self.much.textEdited.connect(self.note_typing)

    def show_problem(self, text: str) -> None:
        """Say what is wrong with the line; empty takes it away."""
        self.problem.setText(text)
        self.problem.setVisible(bool(text))

    def told(self, read: Callable[[], int], field: QLineEdit) -> int:
        """Return what was typed into a field, or say below what is wrong with it and go there."""
        try:
            return read()
        except InvalidError as error:
            self.show_problem(say(error.message))
            field.setFocus()
            raise

    def note_typing(self, *_: object) -> None:
        """Take the complaint away and tell of the change."""
        self.show_problem("")
        self.changed.emit()


class Line(AnyLine):
    """One product with a field for how much."""

    def __init__(self, product: Product) -> None:
        super().__init__(product)
        unit = label(say(WHOLE_TITLES[self.unit]), 12, tone="muted")
        unit.setFixedWidth(48)
        fields = row(gap=8)
        fields.addWidget(label(self.name, 13, 500, wrap=True), 1)
        for one in (self.much, unit, self.remove):
            fields.addWidget(one)
        self.setLayout(column(fields, self.problem, gap=2))

    def amount_typed(self, *, empty: bool = False) -> Amount | None:
        """Return how much was typed; None for nothing where that is `empty`."""
        if empty and not self.much.text().strip():
            return None
        much = self.told(lambda: typed_much(self.much.text(), self.unit), self.much)
        return Amount(self.product_id, much)


L = TypeVar("L", bound=AnyLine)


class AnyLines(QWidget, Generic[L]):
    """The lines of a paper with a box to add products; `changed` when something is typed."""

    changed = Signal()

    def __init__(self, products: Sequence[Product], make: Callable[[Product], L]) -> None:
        super().__init__()
        self._products = {id_: (id_, name, unit) for id_, name, unit in products}
        self._make = make
        self.lines: list[L] = []
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

    def knows(self, product_id: int) -> bool:
        """Tell whether a product can be added."""
        return product_id in self._products

    def add(self, product_id: int, *, enter: bool = True) -> L:
        """Add a line for a product, or go to the line it has."""
        for line in self.lines:
            if line.product_id == product_id:
                line.much.setFocus()
                return line
        return self.add_another(product_id, enter=enter)

    def add_another(self, product_id: int, *, enter: bool = True) -> L:
        """Add a line for a product, also where it has one."""
        made = self._make(self._products[product_id])
        made.remove.clicked.connect(partial(self._remove, made))
        made.changed.connect(self.changed)
        self.lines.append(made)
        self._rows.addWidget(made)
        self.empty.hide()
        if enter:
            made.much.setFocus()
        self.changed.emit()
        return made

    def _add_picked(self, *_: object) -> None:
        at = place_of(self.pick, self.pick.currentText())
        if at >= 0:
            self.add(int(self.pick.itemData(at)))
        self.pick.setCurrentIndex(-1)
        self.pick.clearEditText()

    def _remove(self, line: L) -> None:
        self.lines.remove(line)
        line.hide()
        line.deleteLater()
        self.empty.setVisible(not self.lines)
        self.changed.emit()


class Lines(AnyLines[Line]):
    """Lines that say how much of what."""

    def __init__(self, products: Sequence[Product]) -> None:
        super().__init__(products, Line)

    def amounts(self) -> list[Amount]:
        """Return what was typed; InvalidError, shown beside its line, for what cannot be."""
        found = [line.amount_typed() for line in self.lines]
        return [one for one in found if one is not None]


def number_field(name: str) -> QLineEdit:
    """Return a narrow field for a number."""
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
    box.setCompleter(FoldedCompleter(box))
    box.setCurrentIndex(-1)
    field = box.lineEdit()
    if field is not None:
        field.setPlaceholderText(tr("Type the name of a product"))
        field.setAccessibleName(box.accessibleName())
    return box
