"""Two people changed one product: what is stored now beside what was typed."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QScrollArea, QWidget

from desktop_app.gui.format import money, percent, quantity
from desktop_app.gui.screens.menu.wording import FIELDS, unit_title
from desktop_app.gui.text import language, say, tr
from desktop_app.gui.widgets.dialog import Dialog
from desktop_app.gui.widgets.labels import label
from desktop_app.gui.widgets.layout import column, frame
from desktop_app.menu.editing import differing
from desktop_app.menu.kinds import KIND_TITLES, Unit
from desktop_app.menu.records import CategoryRow, NamedRow, ProductForm, Workbench

_SIZE = (760, 460)
_LONG = 300


class DifferenceDialog(Dialog):
    """Shows both; `theirs` and `mine` when one of them is to hold."""

    theirs = Signal()
    mine = Signal()

    def __init__(
        self, stored: ProductForm, typed: ProductForm, bench: Workbench, currency: str,
        parent: QWidget,
    ) -> None:  # fmt: skip
        super().__init__(
            tr("Somebody else has changed “{name}” meanwhile", name=stored.name),
            tr("Nothing of yours is stored yet. These fields differ:"),
            parent,
        )
        self.resize(*_SIZE)
        self.lines = differences(stored, typed, bench, currency)
        grid = QGridLayout()
        grid.setHorizontalSpacing(20)
        grid.setVerticalSpacing(10)
        for at, title in enumerate((tr("Field"), tr("Stored now"), tr("Yours"))):
            grid.addWidget(label(title, 12, tone="muted"), 0, at)
            grid.setColumnStretch(at, 1 if at == 0 else 2)
        for line, words in enumerate(self.lines, 1):
            for at, text in enumerate(words):
                shown = label(text, 13, 500 if at == 0 else 400, wrap=True, tabular=True)
                grid.addWidget(shown, line, at, Qt.AlignmentFlag.AlignTop)
        if not self.lines:
            same = tr("Both say the same: there is nothing left to store.")
            grid.addWidget(label(same, tone="muted"), 1, 0, 1, 3)
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setFrameShape(scroll.Shape.NoFrame)
        scroll.setWidget(frame(column(grid, None), "clear"))
        self.body.addWidget(scroll, 1)
        self.add_cancel()
        self.theirs_button = self.add_button(tr("Take what is stored"))
        self.mine_button = self.add_button(tr("Store mine over it"), "primary")
        self.theirs_button.clicked.connect(self._take)
        self.mine_button.clicked.connect(self._keep)

    def _take(self) -> None:
        self.theirs.emit()
        self.accept()

    def _keep(self) -> None:
        self.mine.emit()
        self.accept()


def differences(
    stored: ProductForm, typed: ProductForm, bench: Workbench, currency: str
) -> Sequence[tuple[str, str, str]]:
    """Return each field in which two forms differ, in words: its name, stored, typed."""
    return [
        (
            say(FIELDS[name]),
            _told(stored, name, bench, currency),
            _told(typed, name, bench, currency),
        )
        for name in differing(stored, typed)
    ]


def _told(form: ProductForm, name: str, bench: Workbench, currency: str) -> str:
    value = getattr(form, name)
    tell = _TELLERS.get(name)
    if tell is not None:
        return tell(form, bench, currency) or "–"
    if isinstance(value, bool):
        return tr("yes") if value else tr("no")
    text = str(value)
    return (text if len(text) <= _LONG else f"{text[:_LONG]}…") or "–"


def _named(id_: int | None, rows: Sequence[CategoryRow] | Sequence[NamedRow]) -> str:
    return next((one.name for one in rows if one.id == id_), "")


def _groups_told(form: ProductForm, bench: Workbench) -> str:
    names = {one.id: one.name for one in bench.choices}
    return ", ".join(names.get(one, "–") for one in form.choices)


def _low_told(form: ProductForm) -> str:
    return "" if form.low_stock is None else quantity(form.low_stock, language())


def _card_told(form: ProductForm, bench: Workbench) -> str:
    known, spoken = bench.ingredients, language()
    lines = [
        f"{known.names.get(part.ingredient_id, '–')} {quantity(part.gross, spoken)}"
        f" → {quantity(part.net, spoken)}"
        f" {unit_title(known.units.get(part.ingredient_id, Unit.PIECE))}"
        for part in form.recipe
    ]
    return "\n".join(lines) or "–"


_TELLERS: Mapping[str, Callable[[ProductForm, Workbench, str], str]] = {
    "kind": lambda form, *_: say(KIND_TITLES[form.kind]),
    "unit": lambda form, *_: unit_title(form.unit),
    "category_id": lambda form, bench, _: _named(form.category_id, bench.categories),
    "station_id": lambda form, bench, _: _named(form.station_id, bench.stations),
    "cost_minor": lambda form, _, currency: money(form.cost_minor, currency, language()),
    "tax_bp": lambda form, *_: percent(form.tax_bp, language()),
    "output": lambda form, *_: quantity(form.output, language()),
    "low_stock": lambda form, *_: _low_told(form),
    "allergens": lambda form, *_: ", ".join(form.allergens),
    "recipe": lambda form, bench, _: _card_told(form, bench),
    "choices": lambda form, bench, _: _groups_told(form, bench),
}
