"""Makes or changes a group of choices: how many may be picked, and what there is to pick."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QLineEdit,
    QPushButton,
    QScrollArea,
    QWidget,
)

from desktop_app.gui.fonts import font
from desktop_app.gui.format import bare, quantity
from desktop_app.gui.screens.menu.typed import typed_money, typed_quantity
from desktop_app.gui.screens.menu.wording import unit_title
from desktop_app.gui.text import language, say, tr
from desktop_app.gui.widgets.button import button
from desktop_app.gui.widgets.dialog import Dialog
from desktop_app.gui.widgets.form import Form
from desktop_app.gui.widgets.labels import label
from desktop_app.gui.widgets.layout import column, frame, row
from desktop_app.kernel.errors import AppError, InvalidError
from desktop_app.menu.records import ChoiceForm, ChoiceGroup, Ingredients

_SIZE = (720, 560)
_PRICE, _TAKES, _QUANTITY = 96, 190, 84
_MOST = 20


class ChoicesDialog(Dialog):
    """Asks for a group; `asked(group id or None, name, (least, most), choices)`.

    `dropped(group id)` where it is to be removed.
    """

    asked = Signal(object, str, object, object)
    dropped = Signal(object)

    def __init__(
        self, group: ChoiceGroup | None, known: Ingredients, currency: str, parent: QWidget
    ) -> None:
        title = tr("Change {name}", name=group.name) if group else tr("New group of choices")
        super().__init__(title, tr("Such as “Sauce”: at least none, at most two."), parent)
        self.resize(*_SIZE)
        self._group, self._known, self._currency = group, known, currency
        self.rows: list[_Row] = []
        self.form = Form()
        self.name = QLineEdit(group.name if group else "")
        self.name.setFont(font(13))
        self.least = _count(group.min_select if group else 0)
        self.most = _count(group.max_select if group else 1)
        self.follows = _tick(tr("A size takes its factor of what a choice takes"))
        self.follows.setChecked(group is not None and group.follows_size)
        self.form.add("name", tr("Name"), self.name)
        counts = row(gap=16)
        self._counts = {"min_select": Form(), "max_select": Form()}
        self._counts["min_select"].add("min_select", tr("At least"), self.least)
        self._counts["max_select"].add("max_select", tr("At most"), self.most)
        for one in self._counts.values():
            counts.addWidget(one, 1)
        self._lines = column(gap=6)
        self.body.addWidget(self.form)
        self.body.addLayout(counts)
        self.body.addWidget(self.follows)
        self._lay_out_lines()
        self.add_row_button = button(tr("Add an answer"), "plus", on_click=self._add_empty)
        self.body.addLayout(row(self.add_row_button, None))
        for choice in group.choices if group else (ChoiceForm(""),):
            self._add(choice)
        if group is not None:
            drop = button(tr("Remove the group"), "trash-2", "ghost")
            drop.clicked.connect(self._drop)
            self.add_tools(drop)
        self.add_cancel()
        self.done_button = self.add_button(tr("Save"), "primary")
        self.done_button.clicked.connect(self._send)

    def _lay_out_lines(self) -> None:
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setFrameShape(scroll.Shape.NoFrame)
        scroll.setWidget(frame(column(self._lines, None), "clear"))
        head = row(label(tr("Answer"), 12, tone="muted"), None, gap=8)
        for text, width in ((tr("Price"), _PRICE), (tr("Takes"), _TAKES),
                            (tr("Quantity"), _QUANTITY), ("", 34)):  # fmt: skip
            named = label(text, 12, tone="muted")
            named.setFixedWidth(width)
            head.addWidget(named)
        self.body.addLayout(head)
        self.body.addWidget(scroll, 1)

    def refuse(self, error: AppError) -> None:
        """Say why it did not work; nothing was changed."""
        self.done_button.setEnabled(True)
        if isinstance(error, InvalidError):
            forms = (self.form, *self._counts.values())
            if any(one.show_error(error) for one in forms):
                return
        self.banner.tell("bad", say(error.message), say(error.hint) if error.hint else "")

    def choices(self) -> Sequence[ChoiceForm]:
        """Return the answers typed; empty lines are left out."""
        return [one.choice(self._currency) for one in self.rows if one.name.text().strip()]

    def _drop(self) -> None:
        if self._group is not None:
            self.banner.hide()
            self.dropped.emit(self._group.id)

    def _add_empty(self) -> None:
        self._add(ChoiceForm("")).name.setFocus()

    def _add(self, choice: ChoiceForm) -> _Row:
        made = _Row(choice, self._known, self._currency)
        made.remove.clicked.connect(partial(self._take_out, made))
        self.rows.append(made)
        self._lines.addWidget(made)
        return made

    def _take_out(self, made: _Row) -> None:
        self.rows.remove(made)
        made.hide()
        made.deleteLater()

    @property
    def version(self) -> int | None:
        """Return the version that is being changed; None for a new group."""
        return self._group.version if self._group else None

    def _send(self) -> None:
        self.form.clear_errors()
        self.banner.hide()
        for one in self._counts.values():
            one.clear_errors()
        try:
            choices = self.choices()
        except InvalidError as error:
            self.refuse(error)
            return
        self.done_button.setEnabled(False)
        limits = (self.least.currentIndex(), self.most.currentIndex())
        group_id = self._group.id if self._group else None
        self.asked.emit(group_id, self.name.text(), limits, choices)


class _Row(QWidget):
    def __init__(self, choice: ChoiceForm, known: Ingredients, currency: str) -> None:
        super().__init__()
        self.name = _line(tr("Answer"), choice.name)
        self.name.setPlaceholderText(tr("such as “garlic sauce”"))
        price = bare(choice.price_minor, currency, language()) if choice.price_minor else ""
        self.price = _line(tr("Price"), price, _PRICE)
        self.takes = QComboBox()
        self.takes.setFont(font(13))
        self.takes.setFixedWidth(_TAKES)
        self.takes.setAccessibleName(tr("Takes"))
        self.takes.addItem("–", "")
        for id_, name in known.names.items():
            self.takes.addItem(name, str(id_))
        self.takes.setCurrentIndex(max(0, self.takes.findData(str(choice.ingredient_id or ""))))
        taken = quantity(choice.quantity, language()) if choice.quantity else ""
        self.quantity = _line(tr("Quantity"), taken, _QUANTITY)
        self._units = known.units
        self.takes.currentIndexChanged.connect(self._show_unit)
        self._show_unit()
        self.remove: QPushButton = button("", "trash-2", "ghost", tip=tr("Take this answer out"))
        self.remove.setFixedWidth(34)
        line = row(gap=8)
        line.addWidget(self.name, 1)
        for one in (self.price, self.takes, self.quantity, self.remove):
            line.addWidget(one)
        self.setLayout(line)

    def _show_unit(self, *_: object) -> None:
        """Say in what the quantity is."""
        unit = self._units.get(int(self.takes.currentData() or 0))
        self.quantity.setPlaceholderText("" if unit is None else unit_title(unit))

    def choice(self, currency: str) -> ChoiceForm:
        """Return what is typed; InvalidError where a number is none."""
        takes = str(self.takes.currentData() or "")
        taken = typed_quantity(self.quantity.text(), "quantity", empty=0)
        price = typed_money(self.price.text(), currency, "price", empty=0)
        return ChoiceForm(self.name.text(), price, int(takes) if takes else None, taken)


def _line(name: str, text: str, width: int = 0) -> QLineEdit:
    made = QLineEdit(text)
    made.setFont(font(13, tabular=True))
    made.setAccessibleName(name)
    if width:
        made.setFixedWidth(width)
    return made


def _tick(text: str) -> QCheckBox:
    made = QCheckBox(text)
    made.setFont(font(13))
    return made


def _count(value: int) -> QComboBox:
    made = QComboBox()
    made.setFont(font(13))
    made.addItems([str(one) for one in range(max(_MOST, value) + 1)])
    made.setCurrentIndex(value)
    return made
