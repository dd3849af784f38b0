"""The technical card: of what a product is made, and live what it costs and earns."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QComboBox, QLineEdit, QWidget
from typing_extensions import override

from desktop_app.gui.fonts import font
from desktop_app.gui.format import money, percent, quantity
from desktop_app.gui.screens.menu.card_line import COST, GROSS, LOSS, NET, TOOLS, UNIT, CardLine
from desktop_app.gui.screens.menu.sizes_card import SizesCard
from desktop_app.gui.screens.menu.typed import typed_quantity
from desktop_app.gui.screens.menu.wording import unit_title, whole_title
from desktop_app.gui.text import language, say, tr
from desktop_app.gui.widgets.button import button
from desktop_app.gui.widgets.card import Card
from desktop_app.gui.widgets.form import FormRow
from desktop_app.gui.widgets.labels import label, rule, set_tone
from desktop_app.gui.widgets.layout import clear, column, frame, row
from desktop_app.gui.widgets.picking import FoldedCompleter, place_of
from desktop_app.kernel.errors import InvalidError
from desktop_app.menu.kinds import ProductKind
from desktop_app.menu.live import Figures, figures
from desktop_app.menu.records import Ingredients, ProductForm, VariantRow
from desktop_app.menu.rules import Part

_SIDE, _WIDE = 264, 960
_NO_LIMIT = 16_777_215  # Qt's QWIDGETSIZE_MAX
_LOW_MARGIN_BP = 5_000
_NOTHING = Ingredients({}, {}, {})


class CardTab(QWidget):
    """Lines of a card and what they come to; `changed` when something is typed."""

    changed = Signal()

    def __init__(self, currency: str) -> None:
        super().__init__()
        self._currency = currency
        self._known = _NOTHING
        self._own = 0
        self._form = ProductForm("")
        self._price: int | None = None
        self._why_not = ""
        self.lines: list[CardLine] = []
        self.pick = QComboBox()
        self.pick.setFont(font(13))
        self.pick.setEditable(True)
        self.pick.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        self.pick.setAccessibleName(tr("Ingredient to add"))
        self.add_button = button(tr("Add"), "plus", on_click=self._add_picked)
        self.output = QLineEdit()
        self.output.setFont(font(13, tabular=True))
        self.output_row = FormRow(tr("One recipe makes"), self.output)
        self.problem = label("", 12, tone="bad", wrap=True)
        self.problem.hide()
        self.values = {
            key: label("–", 16, 600, tabular=True)
            for key in ("batch", "whole", "price", "margin", "share", "weight")
        }
        self.sizes = SizesCard(currency)
        self.sizes.changed.connect(self._typed)
        self._lay_out()
        self.output.textEdited.connect(self._typed)
        self.pick.activated.connect(self._add_picked)

    def show_card(
        self, product_id: int, form: ProductForm, known: Ingredients,
        sizes: Sequence[VariantRow] = (),
    ) -> None:  # fmt: skip
        """Show the card of a product (0: of a new one) with the costs of what it can take."""
        self._own, self._known, self._form = product_id, known, form
        self.output.setText(quantity(form.output, language()))
        self._offer()
        clear(self._rows)
        self.lines = []
        for part in form.recipe:
            self._add_line(part)
        self.show_problem("")
        self.sizes.show_sizes(sizes, form, known)
        self._show()

    def show_product(self, form: ProductForm, price_minor: int | None) -> None:
        """Take notice of what the other pages say: kind, unit, taxes, cost, price."""
        self._form, self._price = form, price_minor
        self._show()

    def hold(self, why_not: str) -> None:
        """Let nothing be changed, and say why."""
        self._why_not = why_not
        for one in (self.pick, self.add_button, self.output):
            one.setEnabled(not why_not)
            one.setToolTip(why_not)
        for line in self.lines:
            line.hold(why_not)
        self.sizes.hold(why_not)

    def form(self, base: ProductForm) -> ProductForm:
        """Return `base` with the card as typed; InvalidError where a line cannot be."""
        sizes = self.sizes.sizes(base.kind.has_recipe) if base.kind.is_sold else ()
        base = replace(base, sizes=sizes)
        if not base.kind.has_recipe:
            return replace(base, recipe=(), output=base.output if base.output > 0 else 1000)
        output = typed_quantity(self.output.text(), "output")
        return replace(base, output=output, recipe=tuple(one.part for one in self.lines))

    def show_problem(self, text: str) -> None:
        """Say what is wrong with the card as a whole; empty takes it away."""
        self.problem.setText(text)
        self.problem.setVisible(bool(text))

    def show_error(self, error: InvalidError) -> bool:
        """Show what is wrong; False where it does not concern the card."""
        text = say(error.message) + (f" {say(error.hint)}" if error.hint else "")
        if error.field == "output":
            self.output_row.set_error(text)
        elif error.field == "recipe":
            self.show_problem(text)
        elif error.field == "sizes":
            return self.sizes.show_error(text)
        else:
            return False
        return True

    @property
    def figures(self) -> Figures:
        """Return what the card comes to, by what was last typed right."""
        return figures(self._known, self._typed_form(), self._price)

    def add_part(self, ingredient_id: int) -> CardLine:
        """Add a line for a product, or go to the line it has."""
        for line in self.lines:
            if line.ingredient_id == ingredient_id:
                line.gross.setFocus()
                return line
        made = self._add_line(Part(ingredient_id, 0, 0))
        made.gross.setFocus()
        self._typed()
        return made

    # --- building

    def _lay_out(self) -> None:
        card = Card(tr("Technical card"), tr("Gross is taken from the storage, net is in the dish"))
        head = row(28, label(tr("Ingredient"), 12, tone="muted"), None, gap=8)
        for text, width in ((tr("Gross"), GROSS), (tr("Net"), NET), ("", UNIT), (tr("Loss"), LOSS),
                            (tr("Cost"), COST), ("", TOOLS)):  # fmt: skip
            title = label(text, 12, tone="muted")
            title.setFixedWidth(width)
            title.setAlignment(Qt.AlignmentFlag.AlignRight)
            head.addWidget(title)
        self._rows = column(gap=0)
        self.empty = label(tr("Nothing is in it yet: pick the first ingredient."), tone="muted")
        picking = row(gap=8)
        picking.addWidget(self.pick, 1)
        picking.addWidget(self.add_button)
        card.body.addLayout(head)
        card.add(rule())
        card.body.addLayout(self._rows)
        card.add(self.empty, self.problem, rule())
        card.body.addLayout(picking)
        side = Card(tr("As you type"))
        side.add(self.output_row)
        self._titles = {
            "batch": label("", 12, tone="muted"), "whole": label("", 12, tone="muted"),
            "price": label(tr("Price without tax"), 12, tone="muted"),
            "margin": label(tr("Margin"), 12, tone="muted"),
            "share": label(tr("Food cost"), 12, tone="muted"),
            "weight": label(tr("Net of gross"), 12, tone="muted"),
        }  # fmt: skip
        for key, value in self.values.items():
            side.body.addLayout(column(self._titles[key], value, gap=1))
        side.body.addStretch(1)
        self._side = side
        both = self._both = row(gap=16)
        both.addLayout(column(card, None), 1)
        both.addLayout(column(side, None))
        self._fit()
        self.not_made = label(
            tr("It is bought as it is; only dishes, timed items and preparations have a card."),
            tone="muted", wrap=True,
        )  # fmt: skip
        both.setContentsMargins(0, 0, 0, 0)
        self._whole = frame(both, "clear")
        self.setLayout(column(self.not_made, self._whole, self.sizes, gap=16))

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        """Set the figures beside the card, or below it where there is no room."""
        narrow = self.width() < _WIDE
        ways = QBoxLayout.Direction
        self._both.setDirection(ways.TopToBottom if narrow else ways.LeftToRight)
        self._side.setMinimumWidth(0 if narrow else _SIDE)
        self._side.setMaximumWidth(_NO_LIMIT if narrow else _SIDE)

    def _offer(self) -> None:
        self.pick.clear()
        for id_, name in self._known.names.items():
            if id_ != self._own:
                # As text: Qt's numbers have 32 bits, and ours 63.
                self.pick.addItem(name, str(id_))
        self.pick.setCompleter(FoldedCompleter(self.pick))
        self.pick.setCurrentIndex(-1)
        field = self.pick.lineEdit()
        if field is not None:
            field.setPlaceholderText(tr("Type the name of an ingredient or a preparation"))

    def _add_picked(self, *_: object) -> None:
        at = place_of(self.pick, self.pick.currentText())
        if at < 0:
            return
        self.add_part(int(self.pick.itemData(at)))
        self.pick.setCurrentIndex(-1)
        self.pick.clearEditText()

    def _add_line(self, part: Part) -> CardLine:
        made = CardLine(part, self._known, self._currency)
        made.changed.connect(self._typed)
        made.removed.connect(partial(self._remove, made))
        made.hold(self._why_not)
        self.lines.append(made)
        self._rows.addWidget(made)
        return made

    def _remove(self, line: CardLine) -> None:
        self.lines.remove(line)
        line.hide()
        line.deleteLater()
        self._typed()

    # --- what it comes to

    def _typed(self, *_: object) -> None:
        self.show_problem("")
        self.output_row.set_error("")
        self._show()
        self.changed.emit()

    def _typed_form(self) -> ProductForm:
        try:
            output = typed_quantity(self.output.text(), "output")
        except InvalidError:
            output = 0
        parts = tuple(one.last for one in self.lines if one.last.gross > 0)
        usable = output if output > 0 else self._form.output
        return replace(self._form, output=usable or 1000, recipe=parts)

    def _show(self) -> None:
        kind, unit = self._form.kind, self._form.unit
        self.not_made.setVisible(not kind.has_recipe)
        self._whole.setVisible(kind.has_recipe)
        self.empty.setVisible(not self.lines)
        self.sizes.setVisible(kind.is_sold and bool(self.sizes.lines))
        self.sizes.show_product(self._typed_form())
        self.output_row.setVisible(kind is ProductKind.PREPARATION or self._form.output != 1000)  # noqa: PLR2004 - one piece
        if not kind.has_recipe:
            return
        found, spoken = self.figures, language()
        self._titles["batch"].setText(tr("The recipe costs"))
        self._titles["whole"].setText(tr("A {unit} costs", unit=whole_title(unit)))
        self.output.setPlaceholderText(unit_title(unit))
        self.values["batch"].setText(money(found.batch_minor, self._currency, spoken))
        self.values["whole"].setText(money(found.whole_minor, self._currency, spoken))
        self._show_earned(found)
        weighed = f"{quantity(found.net, spoken)} / {quantity(found.gross, spoken)}"
        if found.yield_bp is not None:
            weighed += f" · {percent(round(found.yield_bp, -1), spoken)}"
        self.values["weight"].setText(weighed if found.gross else "–")

    def _show_earned(self, found: Figures) -> None:
        spoken, sold = language(), self._form.kind.is_sold
        for key in ("price", "margin", "share"):
            self.values[key].setVisible(sold)
            self._titles[key].setVisible(sold)
        if found.margin_bp is None or found.cost_bp is None or self._price is None:
            for key in ("price", "margin", "share"):
                self.values[key].setText("–")
            return
        self.values["price"].setText(money(found.price_minor, self._currency, spoken))
        self.values["margin"].setText(percent(round(found.margin_bp, -1), spoken))
        self.values["share"].setText(percent(round(found.cost_bp, -1), spoken))
        low = found.margin_bp < _LOW_MARGIN_BP
        set_tone(self.values["margin"], "bad" if found.margin_bp < 0 else "warn" if low else "ok")
