"""The lines of a receipt, with the field that finds what is sold by name or barcode."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QScrollArea, QWidget

from desktop_app.gui.format import money
from desktop_app.gui.screens.orders.receipt_line import ReceiptLine
from desktop_app.gui.text import language, say, tr
from desktop_app.gui.widgets.card import Card
from desktop_app.gui.widgets.labels import label
from desktop_app.gui.widgets.layout import column
from desktop_app.gui.widgets.suggest import SuggestEdit, fits_all
from desktop_app.kernel.errors import InvalidError
from desktop_app.kernel.text import fold
from desktop_app.sales.counter_records import Good, Quote
from desktop_app.sales.records import SaleLine

_MOST = 20
_LINE = re.compile(r"\b(\d+)\b")


class ReceiptLines(Card):
    """Lines of a receipt; `changed` when something is typed, `paying` on Enter for no product."""

    changed = Signal()
    paying = Signal()

    def __init__(self, currency: str) -> None:
        super().__init__(tr("What is sold"))
        self._currency = currency
        self._goods: dict[int, Good] = {}
        self._folded: list[tuple[str, Good]] = []
        self.lines: list[ReceiptLine] = []
        self.pick = SuggestEdit(tr("Name or barcode of what is sold"))
        self.problem = label("", 12, tone="bad", wrap=True)
        self.problem.hide()
        self.empty = label(
            tr("Type a name or scan a barcode; Enter puts it on the receipt."), tone="muted",
            wrap=True,
        )  # fmt: skip
        self._rows = column(gap=6)
        inside = QWidget()
        inside.setObjectName("clear")
        inside.setLayout(column(self.empty, self._rows, None, gap=6, margins=(0, 0, 8, 0)))
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.setMinimumHeight(220)
        scroll.setWidget(inside)
        self.add(self.pick, self.problem)
        self.add(scroll, stretch=1)
        self.pick.asked.connect(self._offer)
        self.pick.picked.connect(self._picked)
        self.pick.entered.connect(self._entered)

    def show_goods(self, goods: Sequence[Good]) -> None:
        """Offer what is sold."""
        self._goods = {one.product_id: one for one in goods}
        self._folded = [(fold(f"{one.name} {one.barcode}"), one) for one in goods]

    def add_good(self, product_id: int, *, enter: bool = True) -> ReceiptLine:
        """Put a product on the receipt; once more where it is there with the same size."""
        good = self._goods[product_id]
        first = good.variants[0].name
        plain = not good.choices and good.terms is None
        for line in self.lines if plain else ():
            if line.good.product_id == product_id and line.variant == first:
                line.add_one()
                return line
        made = self._add(good)
        if enter:
            made.much.setFocus()
            made.much.selectAll()
        self.changed.emit()
        return made

    def _add(self, good: Good) -> ReceiptLine:
        made = ReceiptLine(good, self._currency)
        made.remove.clicked.connect(partial(self._remove, made))
        made.changed.connect(self.changed)
        made.done.connect(self.pick.setFocus)
        self.lines.append(made)
        self._rows.addWidget(made)
        self.empty.hide()
        self.show_problem("")
        return made

    def fill(self, lines: Sequence[SaleLine]) -> int:
        """Put lines that were typed before on the receipt; return how many are sold no more."""
        gone = 0
        for line in lines:
            good = self._goods.get(line.product_id)
            if good is None:
                gone += 1
            else:
                self._add(good).fill(line)
        self.changed.emit()
        return gone

    def clear(self) -> None:
        """Take every line away."""
        for line in list(self.lines):
            self._drop(line)
        self.pick.clear()
        self.show_problem("")

    def typed(self) -> Sequence[SaleLine]:
        """Return the lines; InvalidError, said beside its line, for what cannot be."""
        found: list[SaleLine] = []
        problem: InvalidError | None = None
        for line in self.lines:
            try:
                found.append(line.typed())
            except InvalidError as error:
                problem = problem or error
        if problem is not None:
            raise problem
        return found

    def show_quote(self, quote: Quote | None) -> None:
        """Show what each line comes to; nothing while that is not known."""
        for at, line in enumerate(self.lines):
            if quote is None or at >= len(quote.sums.lines):
                line.show_sums(None)
            else:
                line.show_sums(quote.sums.lines[at], quote.usual[at])

    def show_problem(self, text: str) -> None:
        """Say what is wrong with the lines as a whole."""
        self.problem.setText(text)
        self.problem.setVisible(bool(text))

    def show_error(self, error: InvalidError) -> None:
        """Say what is wrong beside the line that it names, or above them."""
        text = say(error.message)
        named = _LINE.search(text)
        at = int(named[1]) - 1 if named else -1
        if error.field == "lines" and 0 <= at < len(self.lines) and ":" in text:
            self.lines[at].show_problem(text.partition(":")[2].strip())
            self.lines[at].much.setFocus()
        elif not any(line.problem.isVisibleTo(line) for line in self.lines):
            self.show_problem(text)  # else it is said beside its line already

    def _offer(self, text: str) -> None:
        words = fold(text)
        fitting = [one for inside, one in self._folded if words and fits_all(words, inside)]
        self.pick.offer([(one.product_id, self._offered(one)) for one in fitting[:_MOST]])

    def _offered(self, good: Good) -> str:
        least = min(one.price_minor for one in good.variants)
        price = money(least, self._currency, language())
        if len(good.variants) > 1:
            price = tr("from {price}", price=price)
        return f"{good.name} · {price}"

    def _picked(self, product_id: int) -> None:
        scanned = self.pick.text().strip() == self._goods[product_id].barcode
        self.pick.clear()
        self.add_good(product_id, enter=not scanned)

    def _entered(self, text: str) -> None:
        """Add what a scanner or somebody in a hurry typed; go on to paying for nothing."""
        if not text:
            self.paying.emit()
            return
        words = fold(text)
        exact = [one for one in self._goods.values() if one.barcode == text]
        exact = exact or [one for one in self._goods.values() if fold(one.name) == words]
        exact = exact or [one for inside, one in self._folded if fits_all(words, inside)]
        if len(exact) == 1 or (exact and exact[0].barcode == text):
            scanned = exact[0].barcode == text
            self.pick.clear()
            self.add_good(exact[0].product_id, enter=not scanned)
        elif exact:
            self.show_problem(tr("Several products fit “{text}”: choose one.", text=text[:60]))
        else:
            self.show_problem(tr("Nothing that is sold fits “{text}”.", text=text[:60]))

    def _remove(self, line: ReceiptLine) -> None:
        self._drop(line)
        self.pick.setFocus()
        self.changed.emit()

    def _drop(self, line: ReceiptLine) -> None:
        self.lines.remove(line)
        line.hide()
        line.deleteLater()
        self.empty.setVisible(not self.lines)
