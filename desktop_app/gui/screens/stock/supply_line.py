"""One line of a supply as it is typed: packages or units, the price of one or the amount."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtWidgets import QComboBox

from desktop_app.gui.fonts import font
from desktop_app.gui.format import amount, bare, quantity
from desktop_app.gui.screens.stock.lines import AnyLine, Product, number_field
from desktop_app.gui.screens.stock.wording import (
    money_of,
    much_of,
    quantity_typed,
    typed_money,
    typed_share,
)
from desktop_app.gui.text import language, say, tr
from desktop_app.gui.widgets.labels import label
from desktop_app.gui.widgets.layout import column, row
from desktop_app.kernel.errors import InvalidError
from desktop_app.menu.kinds import UNIT_TITLES, WHOLE_TITLES, Unit
from desktop_app.menu.rules import FULL_BP
from desktop_app.stock.records import PackageRow, SupplyLine
from desktop_app.stock.rules import line_sums, packed, priced, unit_cost

_PACKAGE, _NUMBER, _SHARE = 150, 92, 62


@dataclass(frozen=True, slots=True)
class Measure:
    """In what a line is counted: `scale` thousandths for each thousandth typed."""

    words: str
    package: str = ""
    factor: int = 1000
    scale: int = 1


class SupplyLineEdit(AnyLine):
    """A product of a supply; what is typed as a price of one makes the amount."""

    def __init__(self, product: Product, packages: Sequence[PackageRow], currency: str) -> None:
        super().__init__(product)
        self._currency = currency
        self._base: SupplyLine | None = None
        self._by_price = False
        self._gone: Measure | None = None
        self.measures = [*_units(self.unit), *(_packed(one, self.unit) for one in packages)]
        self.measure_box = QComboBox()
        self.measure_box.setFont(font(13))
        self.measure_box.setFixedWidth(_PACKAGE)
        self.measure_box.setAccessibleName(tr("In what {name} is counted", name=self.name))
        for one in self.measures:
            self.measure_box.addItem(one.words)
        self.price = number_field(tr("Price of one {name}", name=self.name))
        self.amount = number_field(tr("Amount for {name}", name=self.name))
        self.discount = number_field(tr("Discount on {name}, per cent", name=self.name))
        self.price.setPlaceholderText(tr("Price"))
        self.amount.setPlaceholderText(tr("Amount"))
        self.discount.setPlaceholderText("%")
        for field in (self.much, self.price, self.amount):
            field.setFixedWidth(_NUMBER)
        self.discount.setFixedWidth(_SHARE)
        self.told_label = label("", 12, tone="muted", tabular=True, wrap=True)
        self.told_label.hide()
        fields = row(gap=8)
        fields.addWidget(label(self.name, 13, 500, wrap=True), 1)
        for one_field in (self.much, self.measure_box, self.price, self.amount, self.discount,
                          self.remove):  # fmt: skip
            fields.addWidget(one_field)
        self.setLayout(column(fields, self.told_label, self.problem, gap=2))
        self.price.textEdited.connect(self._price_typed)
        self.amount.textEdited.connect(self._amount_typed)
        self.discount.textEdited.connect(self.note_typing)
        self.measure_box.currentIndexChanged.connect(self._measured)
        self.changed.connect(self._reckon)

    @property
    def measure(self) -> Measure:
        """Return in what it is counted."""
        return self.measures[max(0, self.measure_box.currentIndex())]

    @property
    def own_tax_bp(self) -> int | None:
        """Return the tax that the line came with, None for a new one."""
        return None if self._base is None else self._base.tax_bp

    def show_line(self, line: SupplyLine) -> None:
        """Show a line that was entered before."""
        self._base = line
        at = self._measure_of(line)
        self.measure_box.setCurrentIndex(at)
        scale = self.measures[at].scale
        self.much.setText(quantity(line.quantity // scale, language()))
        self.amount.setText(bare(line.amount_minor, self._currency, language()))
        if line.discount_bp:
            self.discount.setText(quantity(line.discount_bp * 10, language()))
        self._by_price = False
        self.changed.emit()

    def typed(self, tax_bp: int | None) -> SupplyLine:
        """Return the line; InvalidError, said below it, for what cannot be.

        Its tax is `tax_bp`, or for None the one it came with.
        """
        measure = self.measure
        much = self.told(lambda: quantity_typed(self.much.text()) * measure.scale, self.much)
        self.told(lambda: packed(much, measure.factor), self.much)
        field = self.price if self._by_price else self.amount
        money = self.told(lambda: self._money(much // measure.scale), field)
        share = self.told(lambda: typed_share(self.discount.text(), "discount"), self.discount)
        tax = tax_bp if tax_bp is not None else self.own_tax_bp or 0
        return SupplyLine(self.product_id, much, money, tax, share, measure.package, measure.factor)

    def _money(self, typed: int) -> int:
        if self._by_price:
            return priced(typed_money(self.price.text(), self._currency), typed)
        return typed_money(self.amount.text(), self._currency)

    def _measure_of(self, line: SupplyLine) -> int:
        """Return the place of a line's measure; one that is gone comes back for this line."""
        for at, one in enumerate(self.measures):
            fits = (one.package, one.factor) == (line.package, line.factor)
            if fits and line.quantity % one.scale == 0:
                return at
        words = f"{line.package or '×'} ({much_of(line.factor, self.unit)})"
        self._gone = Measure(words, line.package, line.factor)
        self.measures.append(self._gone)
        self.measure_box.addItem(words)
        return len(self.measures) - 1

    def _about_package(self) -> str:
        """Return that the package of the line is another by now, or none."""
        gone = self._gone
        if gone is None or self.measure is not gone or not gone.package:
            return ""
        for one in self.measures:
            if one.package == gone.package and one is not gone:
                return tr(
                    "“{package}” holds {now} by now; this line says {then}.",
                    package=gone.package, now=much_of(one.factor, self.unit),
                    then=much_of(gone.factor, self.unit),
                )  # fmt: skip
        return tr("It is not bought in “{package}” any more.", package=gone.package)

    def _price_typed(self, *_: object) -> None:
        self._by_price = bool(self.price.text().strip())
        self.note_typing()

    def _amount_typed(self, *_: object) -> None:
        self._by_price = False
        self.price.clear()
        self.note_typing()

    def _measured(self, *_: object) -> None:
        self.note_typing()

    def _reckon(self) -> None:
        """Show what follows from what is typed: the amount or the price, and the whole unit."""
        told = ""
        try:
            measure = self.measure
            typed = quantity_typed(self.much.text())
            money = self._money(typed)
            whole = packed(typed * measure.scale, measure.factor)
            if self._by_price:
                self.amount.setText(bare(money, self._currency, language()))
            else:
                one = amount(unit_cost(money, typed, 1000), self._currency, language())
                self.price.setPlaceholderText(one)
            off = round(money * typed_share(self.discount.text(), "discount") / FULL_BP)
            cost = money_of(unit_cost(money - off, whole, self.unit.whole), self._currency)
            told = tr(
                "{quantity} in the stock, {price} a {unit}", quantity=much_of(whole, self.unit),
                price=cost, unit=say(WHOLE_TITLES[self.unit]),
            )  # fmt: skip
        except InvalidError:  # not typed to its end yet; sending says what is wrong
            pass
        told = " ".join(text for text in (self._about_package(), told) if text)
        self.told_label.setText(told)
        self.told_label.setVisible(bool(told))

    def sums(self, tax_bp: int | None, *, included: bool) -> tuple[int, int]:
        """Return what the line comes to, and the tax in it; nothing while it cannot be read."""
        try:
            typed = quantity_typed(self.much.text())
            money = self._money(typed)
            share = typed_share(self.discount.text(), "discount")
        except InvalidError:
            return 0, 0
        tax = tax_bp if tax_bp is not None else self.own_tax_bp or 0
        made = line_sums(money, share, tax, included=included)
        return made.total_minor, made.tax_minor


def _units(unit: Unit) -> Sequence[Measure]:
    whole = Measure(say(WHOLE_TITLES[unit]), scale=unit.whole // 1000)
    return [whole] if unit is Unit.PIECE else [whole, Measure(say(UNIT_TITLES[unit]))]


def _packed(one: PackageRow, unit: Unit) -> Measure:
    return Measure(f"{one.name} ({much_of(one.factor, unit)})", one.name, one.factor)
