"""One line of a technical card: gross and net as one types, what it costs, and what is inside."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from fractions import Fraction

from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtWidgets import QLabel, QLineEdit, QSizePolicy, QWidget

from desktop_app.gui.fonts import font
from desktop_app.gui.format import money, percent, quantity
from desktop_app.gui.icons import icon
from desktop_app.gui.screens.menu.typed import typed_quantity
from desktop_app.gui.screens.menu.wording import unit_title
from desktop_app.gui.text import language, say, tr
from desktop_app.gui.widgets.button import button
from desktop_app.gui.widgets.labels import label
from desktop_app.gui.widgets.layout import clear, column, frame, row
from desktop_app.kernel.errors import InvalidError
from desktop_app.kernel.words import msg
from desktop_app.menu.kinds import Unit
from desktop_app.menu.live import branches, line_cost
from desktop_app.menu.records import Ingredients
from desktop_app.menu.rules import FULL_BP, Part

GROSS, NET, UNIT, LOSS, COST, TOOLS = 96, 96, 36, 64, 110, 34
_FIELD = "recipe"
_MOST_BRANCHES = 60


class CardLine(QWidget):
    """Shows a part; `changed` as it is typed, `removed` when it is taken out."""

    changed = Signal()
    removed = Signal()

    def __init__(self, part: Part, known: Ingredients, currency: str) -> None:
        super().__init__()
        self.ingredient_id = part.ingredient_id
        self._known, self._currency = known, currency
        self._open = False
        self._last = part
        self._share = Fraction(part.net, part.gross) if part.gross else Fraction(1)
        name = known.names.get(part.ingredient_id, tr("Archived product"))
        unit = known.units.get(part.ingredient_id, Unit.PIECE)
        made = part.ingredient_id in known.recipes
        self.unfold = button("", "chevron-right", "ghost", tip=tr("Show what is inside"))
        self.unfold.setFixedSize(28, 28)
        self.unfold.clicked.connect(self._turn)
        self.name = label(name, 13, 500)
        self.name.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self.name.setToolTip(name)
        self.gross, self.net = _number(GROSS), _number(NET)
        self.gross.setAccessibleName(tr("Gross of {name}", name=name))
        self.net.setAccessibleName(tr("Net of {name}", name=name))
        self.loss = _right(LOSS)
        self.cost = _right(COST)
        self.remove = button("", "trash-2", "ghost", tip=tr("Take {name} out", name=name))
        self.remove.setFixedSize(TOOLS, 30)
        self.remove.clicked.connect(self.removed)
        self.problem = label("", 12, tone="bad", wrap=True)
        self.problem.hide()
        self._lay_out(unit)
        self.unfold.setVisible(made)
        self._write(part)
        self.gross.textEdited.connect(self._gross_typed)
        self.net.textEdited.connect(self._net_typed)
        self._show()

    @property
    def part(self) -> Part:
        """Return the part as typed; InvalidError where it is no quantity."""
        gross = typed_quantity(self.gross.text(), _FIELD)
        net = typed_quantity(self.net.text(), _FIELD, empty=gross)
        if gross <= 0:
            raise InvalidError(msg("The gross quantity must be above nothing."), field=_FIELD)
        if not 0 <= net <= gross:
            raise InvalidError(msg("Net is at most gross."), field=_FIELD)
        return Part(self.ingredient_id, net, gross)

    @property
    def last(self) -> Part:
        """Return the part as it was last right, for sums while somebody types."""
        return self._last

    def hold(self, why_not: str) -> None:
        """Let nothing be changed."""
        for one in (self.gross, self.net, self.remove):
            one.setEnabled(not why_not)
            one.setToolTip(why_not or one.toolTip())

    def _lay_out(self, unit: Unit) -> None:
        line = row(gap=8)
        hold = row(self.unfold, gap=0)
        place = frame(hold, "clear")
        place.setFixedWidth(28)
        line.addWidget(place)
        line.addWidget(self.name, 1)
        measured = label(unit_title(unit), 12, tone="muted")
        measured.setFixedWidth(UNIT)
        for one in (self.gross, self.net, measured, self.loss, self.cost, self.remove):
            line.addWidget(one)
        self._inside = column(gap=4, margins=(36, 0, TOOLS + 8, 6))
        self._box = frame(self._inside, "clear")
        self._box.hide()
        self.setLayout(column(line, self.problem, self._box, gap=4, margins=(0, 5, 0, 5)))

    # --- typing

    def _write(self, part: Part) -> None:
        with QSignalBlocker(self.gross), QSignalBlocker(self.net):
            self.gross.setText(quantity(part.gross, language()) if part.gross else "")
            self.net.setText(quantity(part.net, language()) if part.gross else "")

    def _gross_typed(self, text: str) -> None:
        """Let the loss stay in proportion: net follows gross."""
        with suppress(InvalidError):
            gross = typed_quantity(text, _FIELD)
            if gross > 0:
                with QSignalBlocker(self.net):
                    self.net.setText(quantity(round(gross * self._share), language()))
        self._typed()

    def _net_typed(self, _: str) -> None:
        self._typed()
        if not self.problem.text():
            self._share = Fraction(self._last.net, self._last.gross)

    def _typed(self, *_: object) -> None:
        self._show()
        self.changed.emit()

    def _show(self) -> None:
        problem = ""
        try:
            self._last = self.part
        except InvalidError as error:
            problem = say(error.message) if self.gross.text() else ""
        self.problem.setText(problem)
        self.problem.setVisible(bool(problem))
        for one in (self.gross, self.net):
            one.setProperty("wrong", "true" if problem else "false")
            one.style().unpolish(one)
            one.style().polish(one)
        part, spoken = self._last, language()
        lost = FULL_BP - round(part.net * FULL_BP / part.gross) if part.gross else 0
        self.loss.setText(percent(round(lost, -1), spoken) if lost else "–")
        self.cost.setText(money(round(line_cost(self._known, part)), self._currency, spoken))
        if self._open:
            self._show_inside()

    # --- what is inside

    def _turn(self) -> None:
        self._open = not self._open
        self.unfold.setIcon(icon("chevron-down" if self._open else "chevron-right"))
        self._box.setVisible(self._open)
        if self._open:
            self._show_inside()

    def _show_inside(self) -> None:
        clear(self._inside)
        spoken = language()
        for branch in branches(self._known, self._last)[:_MOST_BRANCHES]:
            name = self._known.names.get(branch.ingredient_id, tr("Archived product"))
            unit = self._known.units.get(branch.ingredient_id, Unit.PIECE)
            taken = f"{quantity(round(branch.gross), spoken)} {unit_title(unit)}"
            line = row(branch.depth * 18 or 1, label(name, 12, tone="soft"), None, gap=8)
            line.addWidget(label(taken, 12, tone="muted", tabular=True))
            cost = _right(COST, 12)
            cost.setText(money(round(branch.cost_minor), self._currency, spoken))
            line.addWidget(cost)
            self._inside.addLayout(line)

    @property
    def inside(self) -> Sequence[str]:
        """Return the names shown below the line."""
        if not self._open:
            return ()
        return [
            self._known.names.get(one.ingredient_id, "")
            for one in branches(self._known, self._last)
        ]


def _number(width: int) -> QLineEdit:
    made = QLineEdit()
    made.setFont(font(13, tabular=True))
    made.setFixedWidth(width)
    made.setAlignment(Qt.AlignmentFlag.AlignRight)
    return made


def _right(width: int, pixels: int = 13) -> QLabel:
    made = label("", pixels, tone="soft", tabular=True)
    made.setFixedWidth(width)
    made.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
    return made
