"""The quantities a size has of its own: an ingredient a line, empty where the factor holds."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import replace

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QComboBox, QLabel, QLineEdit, QScrollArea, QWidget

from desktop_app.gui.fonts import font
from desktop_app.gui.format import money, quantity
from desktop_app.gui.screens.menu.wording import unit_title
from desktop_app.gui.text import language, say, tr
from desktop_app.gui.widgets.button import button
from desktop_app.gui.widgets.dialog import Dialog
from desktop_app.gui.widgets.labels import label
from desktop_app.gui.widgets.layout import column, frame, row
from desktop_app.gui.widgets.typed import typed_quantity
from desktop_app.kernel.errors import InvalidError
from desktop_app.kernel.quantity import ONE
from desktop_app.kernel.words import Message, msg
from desktop_app.menu.kinds import Unit
from desktop_app.menu.live import size_figures
from desktop_app.menu.records import Ingredients, ProductForm
from desktop_app.menu.rules import Part
from desktop_app.menu.sizes import SizeCard

_SIZE = (640, 520)
_NUMBER, _UNIT, _BY = 96, 36, 120


class SizeDialog(Dialog):
    """Asks for a size's own quantities; `asked(parts)`."""

    asked = Signal(object)

    def __init__(
        self, size: SizeCard, form: ProductForm, known: Ingredients, currency: str, parent: QWidget
    ) -> None:
        super().__init__(
            tr("What {name} takes", name=size.name),
            tr("A quantity of its own is not multiplied; 0 leaves the ingredient out. Left empty, "
               "the factor holds."),
            parent,
        )  # fmt: skip
        self.resize(*_SIZE)
        self._size, self._form, self._known, self._currency = size, form, known, currency
        self.lines: dict[int, QLineEdit] = {}
        self._own = {part.ingredient_id: part for part in size.own}
        self._rows = column(gap=6)
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setFrameShape(scroll.Shape.NoFrame)
        scroll.setWidget(frame(column(self._rows, None), "clear"))
        head = row(label(tr("Ingredient"), 12, tone="muted"), None, gap=8)
        for text, width in ((tr("By the factor"), _BY), (tr("Gross"), _NUMBER), ("", _UNIT)):
            title = _right(text, width)
            head.addWidget(title)
        self.pick = QComboBox()
        self.pick.setFont(font(13))
        self.pick.setAccessibleName(tr("Ingredient to add"))
        for id_, name in known.names.items():
            self.pick.addItem(name, str(id_))
        self.pick.setCurrentIndex(-1)
        self.total = label("", 14, 600, tabular=True)
        adding = row(gap=8)
        adding.addWidget(self.pick, 1)
        adding.addWidget(button(tr("Add"), "plus", on_click=self._add_picked))
        self.body.addLayout(head)
        self.body.addWidget(scroll, 1)
        self.body.addLayout(adding)
        self.body.addWidget(self.total)
        for part in form.recipe:
            self._add(part.ingredient_id, part.gross)
        for part in size.own:
            self._add(part.ingredient_id, 0)
        self.add_cancel()
        self.done_button = self.add_button(tr("Take these"), "primary")
        self.done_button.clicked.connect(self.finish)
        self._show()

    def parts(self) -> Sequence[Part]:
        """Return the quantities typed; InvalidError names the line where one is none."""
        found: list[Part] = []
        for ingredient_id, line in self.lines.items():
            if not line.text().strip():
                continue
            gross = typed_quantity(line.text(), "sizes")
            if gross < 0:
                raise InvalidError(_below(self._known.names.get(ingredient_id, "")), field="sizes")
            found.append(self._part(ingredient_id, gross))
        return tuple(sorted(found, key=lambda part: part.ingredient_id))

    def finish(self) -> None:
        """Send it, as the button does."""
        self.banner.hide()
        try:
            parts = self.parts()
        except InvalidError as error:
            self.banner.tell("bad", say(error.message), say(error.hint) if error.hint else "")
            return
        self.asked.emit(parts)
        self.accept()

    def _part(self, ingredient_id: int, gross: int) -> Part:
        """Return a part whose loss is that of the card's line."""
        before = self._own.get(ingredient_id)
        if before is not None and before.gross == gross:
            return before
        for part in self._form.recipe:
            if part.ingredient_id == ingredient_id and part.gross:
                return Part(ingredient_id, gross * part.net // part.gross, gross)
        return Part(ingredient_id, gross, gross)

    def _add(self, ingredient_id: int, usual: int) -> QLineEdit:
        if ingredient_id in self.lines:
            return self.lines[ingredient_id]
        spoken = language()
        own = self._own.get(ingredient_id)
        line = QLineEdit("" if own is None else quantity(own.gross, spoken))
        line.setFont(font(13, tabular=True))
        line.setFixedWidth(_NUMBER)
        line.setAlignment(Qt.AlignmentFlag.AlignRight)
        name = self._known.names.get(ingredient_id, tr("Archived product"))
        line.setAccessibleName(tr("Gross of {name}", name=name))
        line.textEdited.connect(self._show)
        by = usual * self._size.factor / ONE
        unit = unit_title(self._known.units.get(ingredient_id, Unit.PIECE))
        shown = row(gap=8)
        shown.addWidget(label(name, 13, 500), 1)
        shown.addWidget(_right(quantity(round(by), spoken) if usual else "–", _BY))
        shown.addWidget(line)
        shown.addWidget(_right(unit, _UNIT))
        self._rows.addLayout(shown)
        self.lines[ingredient_id] = line
        return line

    def _add_picked(self) -> None:
        if self.pick.currentData():
            self._add(int(self.pick.currentData()), 0).setFocus()

    def _show(self, *_: object) -> None:
        size = self._size
        with suppress(InvalidError):
            size = replace(size, own=self.parts())
        found = size_figures(self._known, self._form, size, None)
        cost = money(found.whole_minor, self._currency, language())
        self.total.setText(tr("It costs {amount}", amount=cost))


def _below(name: str) -> Message:
    return msg("“{name}”: a quantity cannot be below nothing.", name=name)


def _right(text: str, width: int) -> QLabel:
    made = label(text, 12, tone="muted", tabular=True)
    made.setFixedWidth(width)
    made.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
    return made
