"""What a product is: its name, kind, place in the menu, taxes and the rest that has no page."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from PySide6.QtCore import QSignalBlocker, Signal
from PySide6.QtWidgets import QCheckBox, QComboBox, QLineEdit, QPlainTextEdit, QWidget

from desktop_app.gui.fonts import font
from desktop_app.gui.format import bare, quantity
from desktop_app.gui.screens.menu.typed import typed_money, typed_percent, typed_quantity
from desktop_app.gui.screens.menu.wording import (
    FIELDS,
    category_paths,
    unit_title,
    whole_title,
)
from desktop_app.gui.text import language, say, tr
from desktop_app.gui.widgets.card import Card
from desktop_app.gui.widgets.form import Form
from desktop_app.gui.widgets.layout import column, row
from desktop_app.kernel.errors import InvalidError
from desktop_app.kernel.quantity import ONE
from desktop_app.kernel.words import msg
from desktop_app.menu.kinds import KIND_TITLES, ProductKind, Unit
from desktop_app.menu.records import ProductForm, Workbench
from desktop_app.menu.timed import TimedTerms

_TICKS = ("tax_included", "service_charge", "discountable", "made_ahead", "active")
_TIMES = ("interval", "step", "least")
_SPANS = ("shelf_days", "cooking_minutes")
_NOTE_HEIGHT = 84


class GeneralTab(QWidget):
    """Two cards of fields; `changed` when something is typed or picked."""

    changed = Signal()

    def __init__(self, currency: str) -> None:
        super().__init__()
        self._currency = currency
        self.name, self.barcode, self.allergens = _line(), _line(), _line()
        self.cost, self.tax, self.low_stock = _line(), _line(), _line()
        self.wished_stock, self.gov_code = _line(), _line()
        self.spans = {name: _line() for name in _SPANS}
        self.price = _line()
        self.times = {name: _line() for name in _TIMES}
        self.kind, self.unit, self.category, self.station = _box(), _box(), _box(), _box()
        self.note = QPlainTextEdit()
        self.note.setFont(font(13))
        self.note.setFixedHeight(_NOTE_HEIGHT)
        self.note.setTabChangesFocus(True)
        self.ticks = {name: QCheckBox(say(FIELDS[name])) for name in _TICKS}
        self.left, self.right = Form(), Form()
        for kind, title in KIND_TITLES.items():
            self.kind.addItem(say(title), kind.value)
        for unit in Unit:
            self.unit.addItem(unit_title(unit), unit.value)
        self._lay_out()
        self._connect()

    def show_form(self, form: ProductForm, bench: Workbench, *, new: bool) -> None:
        """Show a product as it is, or an empty one with its first price."""
        spoken = language()
        with QSignalBlocker(self):
            self._offer(bench)
            self.name.setText(form.name)
            _choose(self.kind, form.kind.value)
            _choose(self.unit, form.unit.value)
            _choose(self.category, str(form.category_id or ""))
            _choose(self.station, str(form.station_id or ""))
            self.barcode.setText(form.barcode)
            self.cost.setText(
                bare(form.cost_minor, self._currency, spoken) if form.cost_minor else ""
            )
            self.tax.setText(quantity(form.tax_bp * 10, spoken) if form.tax_bp else "")
            self.low_stock.setText(_maybe(form.low_stock))
            self.wished_stock.setText(_maybe(form.wished_stock))
            self.gov_code.setText(form.gov_code)
            for name, line in self.spans.items():
                line.setText(str(getattr(form, name) or ""))
            self.allergens.setText(", ".join(form.allergens))
            self.note.setPlainText(form.note)
            self.price.clear()
            for name, line in self.times.items():
                line.setText(str(getattr(form.terms, name)))
            for name, box in self.ticks.items():
                box.setChecked(getattr(form, name))
        self._new = new
        self.ticks["active"].setVisible(not new)
        self.clear_errors()
        self._suit()

    def form(self, base: ProductForm) -> ProductForm:
        """Return `base` with what stands here; InvalidError names the field that cannot be."""
        kind = ProductKind(self.kind.currentData())
        return replace(
            base,
            name=self.name.text(),
            kind=kind,
            unit=Unit(self.unit.currentData()),
            category_id=_id(self.category),
            station_id=_id(self.station),
            barcode=self.barcode.text(),
            cost_minor=typed_money(self.cost.text(), self._currency, "cost", empty=0),
            tax_bp=typed_percent(self.tax.text(), "tax"),
            low_stock=_typed(self.low_stock, "low_stock"),
            wished_stock=_typed(self.wished_stock, "wished_stock"),
            gov_code=self.gov_code.text(),
            shelf_days=_whole(self.spans["shelf_days"], "shelf_days"),
            cooking_minutes=_whole(self.spans["cooking_minutes"], "cooking_minutes"),
            allergens=tuple(one.strip() for one in self.allergens.text().split(",") if one.strip()),
            note=self.note.toPlainText(),
            tax_included=self.ticks["tax_included"].isChecked(),
            service_charge=self.ticks["service_charge"].isChecked(),
            discountable=self.ticks["discountable"].isChecked(),
            made_ahead=self.ticks["made_ahead"].isChecked(),
            active=self.ticks["active"].isChecked(),
            terms=self._terms(base) if kind is ProductKind.TIMED else base.terms,
        )

    def _terms(self, base: ProductForm) -> TimedTerms:
        usual = {"interval": 60, "step": 1, "least": 0}
        typed = {
            name: typed_quantity(line.text(), name, empty=usual[name] * ONE)
            for name, line in self.times.items()
        }
        for name, much in typed.items():
            if much % ONE:
                raise InvalidError(msg("Enter whole minutes."), field=name)
        return replace(base.terms, **{name: much // ONE for name, much in typed.items()})

    def first_price(self) -> int | None:
        """Return the price typed for something new; None where none is asked for or typed."""
        if not self._new or not ProductKind(self.kind.currentData()).is_sold:
            return None
        if not self.price.text().strip():
            return None
        return typed_money(self.price.text(), self._currency, "price")

    def show_error(self, error: InvalidError) -> bool:
        """Show what is wrong beside its field; False where it is not a field of this page."""
        return self.left.show_error(error) or self.right.show_error(error)

    def clear_errors(self) -> None:
        """Take all errors away."""
        self.left.clear_errors()
        self.right.clear_errors()

    def show_allowed(self, *, may_edit: bool, may_price: bool) -> None:
        """Hold what the person may not change."""
        for one in self._controls():
            one.setEnabled(may_edit)
        self.price.setEnabled(may_edit and may_price)

    # --- building

    def _controls(self) -> list[QWidget]:
        return [
            self.name, self.kind, self.unit, self.category, self.station, self.barcode, self.cost,
            self.tax, self.low_stock, self.wished_stock, self.gov_code, self.allergens, self.note,
            *self.ticks.values(), *self.times.values(), *self.spans.values(),
        ]  # fmt: skip

    def _lay_out(self) -> None:
        title: Callable[[str], str] = lambda name: say(FIELDS[name])  # noqa: E731 - short
        self.left.add("name", title("name"), self.name)
        self.left.add("kind", title("kind"), self.kind)
        self.left.add("unit", title("unit"), self.unit)
        self.left.add("category", title("category_id"), self.category)
        self.left.add("station", title("station_id"), self.station)
        self.left.add("barcode", title("barcode"), self.barcode)
        self.left.add("gov_code", title("gov_code"), self.gov_code)
        self.left.add("allergens", title("allergens"), self.allergens,
                      tr("Separated by commas: nuts, milk, gluten."))  # fmt: skip
        self.right.add("price", tr("Price ({currency})", currency=self._currency), self.price)
        self.right.add("cost", title("cost_minor"), self.cost)
        self.right.add("tax", title("tax_bp"), self.tax)
        self.right.add("low_stock", title("low_stock"), self.low_stock)
        self.right.add("wished_stock", title("wished_stock"), self.wished_stock)
        for name, line in self.spans.items():
            self.right.add(name, title(name), line)
        self.right.add("interval", tr("The price is for (minutes)"), self.times["interval"])
        self.right.add(
            "step", tr("Begun steps of (minutes)"), self.times["step"],
            tr("With 15, 31 minutes are paid as 45."),
        )  # fmt: skip
        self.right.add("least", tr("At least (minutes)"), self.times["least"])
        self.right.add("note", title("note"), self.note)
        what, how = Card(tr("What it is")), Card(tr("How it is sold and counted"))
        what.add(self.left)
        what.body.addStretch(1)
        how.add(self.right)
        for box in self.ticks.values():
            box.setFont(font(13))
            how.add(box)
        how.body.addStretch(1)
        both = row(gap=16)
        both.addWidget(what, 1)
        both.addWidget(how, 1)
        self.setLayout(column(both))

    def _connect(self) -> None:
        for line in (self.name, self.barcode, self.allergens, self.cost, self.tax, self.low_stock,
                     self.wished_stock, self.gov_code, self.price, *self.times.values(),
                     *self.spans.values()):  # fmt: skip
            line.textEdited.connect(self._told)
        for box in (self.kind, self.unit, self.category, self.station):
            box.activated.connect(self._told)
        for tick in self.ticks.values():
            tick.toggled.connect(self._told)
        self.note.textChanged.connect(self._told)
        self.kind.currentIndexChanged.connect(self._suit)
        self.unit.currentIndexChanged.connect(self._suit)

    def _told(self, *_: object) -> None:
        self.changed.emit()

    def _suit(self, *_: object) -> None:
        """Show the fields that suit the kind, and what the cost is for."""
        kind = ProductKind(self.kind.currentData() or ProductKind.DISH.value)
        unit = Unit(self.unit.currentData() or Unit.PIECE.value)
        self.right.row("price").setVisible(self._new and kind.is_sold)
        self.right.row("cost").setVisible(not kind.has_recipe)
        for name in ("low_stock", "wished_stock", "shelf_days"):
            self.right.row(name).setVisible(kind.is_stocked)
        self.right.row("cooking_minutes").setVisible(kind.has_recipe)
        self.left.row("gov_code").setVisible(kind.is_sold)
        self.right.row("tax").setVisible(kind.is_sold)
        for name in ("tax_included", "service_charge", "discountable"):
            self.ticks[name].setVisible(kind.is_sold)
        for name in _TIMES:
            self.right.row(name).setVisible(kind is ProductKind.TIMED)
        self.ticks["made_ahead"].setVisible(kind is ProductKind.PREPARATION)
        self.cost.setPlaceholderText(
            tr("{currency} for a {unit}", currency=self._currency, unit=whole_title(unit))
        )
        self.low_stock.setPlaceholderText(unit_title(unit))
        self.wished_stock.setPlaceholderText(unit_title(unit))

    _new = False

    def _offer(self, bench: Workbench) -> None:
        ways = [(str(id_), way) for id_, way in category_paths(bench.categories)]
        for box, options in (
            (self.category, ways),
            (self.station, [(str(one.id), one.name) for one in bench.stations]),
        ):
            box.clear()
            box.addItem("–", "")
            # As text: Qt's numbers have 32 bits, and ours 63.
            for key, words in options:
                box.addItem(words, key)


def _maybe(much: int | None) -> str:
    return "" if much is None else quantity(much, language())


def _typed(line: QLineEdit, field: str) -> int | None:
    return typed_quantity(line.text(), field) if line.text().strip() else None


def _whole(line: QLineEdit, field: str) -> int:
    much = typed_quantity(line.text(), field, empty=0)
    if much % ONE:
        raise InvalidError(msg("Enter a whole number."), field=field)
    return much // ONE


def _line() -> QLineEdit:
    made = QLineEdit()
    made.setFont(font(13, tabular=True))
    return made


def _box() -> QComboBox:
    made = QComboBox()
    made.setFont(font(13))
    return made


def _choose(box: QComboBox, key: str) -> None:
    box.setCurrentIndex(max(0, box.findData(key)))


def _id(box: QComboBox) -> int | None:
    found = str(box.currentData() or "")
    return int(found) if found else None
