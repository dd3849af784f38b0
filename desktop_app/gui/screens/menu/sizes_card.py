"""The sizes of a product: by how much of the card each takes, and live what it costs and earns."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import replace
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QLineEdit, QWidget

from desktop_app.gui.fonts import font
from desktop_app.gui.format import money, percent, quantity
from desktop_app.gui.screens.menu.size_dialog import SizeDialog
from desktop_app.gui.text import language, ntr, say, tr
from desktop_app.gui.widgets.button import allow, button, retitle
from desktop_app.gui.widgets.card import Card
from desktop_app.gui.widgets.labels import label, rule, set_tone
from desktop_app.gui.widgets.layout import clear, column, row
from desktop_app.gui.widgets.typed import typed_quantity
from desktop_app.kernel.errors import InvalidError
from desktop_app.kernel.quantity import ONE
from desktop_app.menu.live import size_figures
from desktop_app.menu.records import Ingredients, ProductForm, VariantRow
from desktop_app.menu.rules import Part
from desktop_app.menu.sizes import SizeCard

_FACTOR, _OWN, _MONEY, _MARGIN = 84, 170, 110, 80


class SizesCard(Card):
    """A line for each size with a name; `changed` as something is typed."""

    changed = Signal()

    def __init__(self, currency: str) -> None:
        super().__init__(
            tr("Sizes"), tr("A size takes the card by its factor; its own quantities come before")
        )
        self._currency = currency
        self._known = Ingredients({}, {}, {})
        self._form = ProductForm("")
        self._why_not = ""
        self.lines: list[SizeLine] = []
        self.dialog: SizeDialog | None = None
        head = row(label(tr("Size"), 12, tone="muted"), None, gap=8)
        for text, width in ((tr("Factor"), _FACTOR), (tr("Its own quantities"), _OWN),
                            (tr("Cost"), _MONEY), (tr("Margin"), _MARGIN)):  # fmt: skip
            title = label(text, 12, tone="muted")
            title.setFixedWidth(width)
            title.setAlignment(Qt.AlignmentFlag.AlignRight)
            head.addWidget(title)
        self._rows = column(gap=0)
        self.body.addLayout(head)
        self.add(rule())
        self.body.addLayout(self._rows)

    def show_sizes(
        self, sizes: Sequence[VariantRow], form: ProductForm, known: Ingredients
    ) -> None:
        """Show the sizes that are there, with what the form says of them."""
        self._known, self._form = known, form
        said = {size.name: size for size in form.sizes}
        clear(self._rows)
        self.lines = []
        for size in sizes:
            if not size.name:
                continue
            line = SizeLine(size, said.get(size.name, SizeCard(size.name)))
            line.changed.connect(self._typed)
            line.own_wanted.connect(partial(self._ask_own, line))
            line.hold(self._why_not)
            self.lines.append(line)
            self._rows.addWidget(line)
        self.setVisible(bool(self.lines))
        self.show_product(form)

    def show_product(self, form: ProductForm) -> None:
        """Take notice of the card as it is typed."""
        self._form = form
        for line in self.lines:
            line.show_figures(self._known, form, self._currency)

    def hold(self, why_not: str) -> None:
        """Let nothing be changed, and say why."""
        self._why_not = why_not
        for line in self.lines:
            line.hold(why_not)

    def sizes(self, kind_has_recipe: bool) -> Sequence[SizeCard]:  # noqa: FBT001 - one question
        """Return the sizes that differ from the card; InvalidError where a factor is none."""
        found = [line.typed() for line in self.lines]
        if not kind_has_recipe:
            found = [replace(size, own=()) for size in found]
        return tuple(sorted((s for s in found if not s.is_plain), key=lambda s: s.name))

    def show_error(self, text: str) -> bool:
        """Show what is wrong below the first line that has it; False where there are no lines."""
        wrong = next((line for line in self.lines if not line.is_right), None)
        line = wrong or (self.lines[0] if self.lines else None)
        if line is None:
            return False
        line.show_problem(text)
        return True

    def _ask_own(self, line: SizeLine) -> None:
        self.dialog = SizeDialog(line.last, self._form, self._known, self._currency, self)
        self.dialog.asked.connect(line.take_own)
        self.dialog.open()

    def _typed(self) -> None:
        self.show_product(self._form)
        self.changed.emit()


class SizeLine(QWidget):
    """One size: its factor as one types, its own quantities, its cost and margin."""

    changed = Signal()
    own_wanted = Signal()

    def __init__(self, sold: VariantRow, size: SizeCard) -> None:
        super().__init__()
        self._sold, self._last = sold, size
        self.factor = QLineEdit(quantity(size.factor, language()))
        self.factor.setFont(font(13, tabular=True))
        self.factor.setFixedWidth(_FACTOR)
        self.factor.setAlignment(Qt.AlignmentFlag.AlignRight)
        self.factor.setAccessibleName(tr("Factor of {name}", name=sold.name))
        self.own = button("", "pencil", "ghost", on_click=self.own_wanted)
        self.own.setFixedWidth(_OWN)
        self.cost, self.margin = label("", 13, tabular=True), label("", 13, 600, tabular=True)
        self.problem = label("", 12, tone="bad", wrap=True)
        self.problem.hide()
        line = row(gap=8)
        name = sold.name if sold.active else tr("{name} (put away)", name=sold.name)
        line.addWidget(label(name, 13, 500), 1)
        line.addWidget(self.factor)
        line.addWidget(self.own)
        for one, width in ((self.cost, _MONEY), (self.margin, _MARGIN)):
            one.setFixedWidth(width)
            one.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
            line.addWidget(one)
        self.setLayout(column(line, self.problem, gap=4, margins=(0, 4, 0, 4)))
        self.factor.textEdited.connect(self._typed)
        self._show_own()

    @property
    def last(self) -> SizeCard:
        """Return the size as it was last right."""
        return self._last

    @property
    def is_right(self) -> bool:
        """Tell whether the factor is a number."""
        try:
            self.typed()
        except InvalidError:
            return False
        return True

    def typed(self) -> SizeCard:
        """Return the size as typed; InvalidError where the factor is none."""
        factor = typed_quantity(self.factor.text(), "sizes", empty=ONE)
        return replace(self._last, factor=factor)

    def take_own(self, own: Sequence[Part]) -> None:
        """Take quantities of its own."""
        self._last = replace(self._last, own=tuple(own))
        self._show_own()
        self.changed.emit()

    def hold(self, why_not: str) -> None:
        """Let nothing be changed, and say why."""
        self.factor.setEnabled(not why_not)
        allow(self.own, why_not, tip=self.own.toolTip())

    def show_problem(self, text: str) -> None:
        """Say what is wrong with it; empty takes it away."""
        self.problem.setText(text)
        self.problem.setVisible(bool(text))
        self.factor.setProperty("wrong", "true" if text else "false")
        self.factor.style().unpolish(self.factor)
        self.factor.style().polish(self.factor)

    def show_figures(self, known: Ingredients, form: ProductForm, currency: str) -> None:
        """Show what it costs by the card as it is typed."""
        found, spoken = size_figures(known, form, self._last, self._sold.price_minor), language()
        self.cost.setText(money(found.whole_minor, currency, spoken))
        self.own.setVisible(form.kind.has_recipe)
        if found.margin_bp is None:
            self.margin.setText("–")
            return
        self.margin.setText(percent(round(found.margin_bp, -1), spoken))
        set_tone(self.margin, "bad" if found.margin_bp < 0 else "")

    def _show_own(self) -> None:
        count = len(self._last.own)
        text = ntr("{n} of its own", "{n} of its own", count) if count else tr("none")
        retitle(self.own, text, tr("Quantities of {name} of its own", name=self._sold.name))

    def _typed(self, *_: object) -> None:
        self.show_problem("")
        with suppress(InvalidError):
            self._last = self.typed()
        if not self.is_right and self.factor.text().strip():
            try:
                self.typed()
            except InvalidError as error:
                self.show_problem(say(error.message))
        self.changed.emit()
