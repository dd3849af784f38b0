"""Two people changed one product: what is stored now beside what was typed."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from PySide6.QtWidgets import QWidget

from desktop_app.gui.format import money, percent, quantity
from desktop_app.gui.screens.menu.wording import FIELDS, unit_title
from desktop_app.gui.text import language, say, tr
from desktop_app.gui.widgets import difference
from desktop_app.menu.editing import differing
from desktop_app.menu.kinds import KIND_TITLES, Unit
from desktop_app.menu.records import CategoryRow, NamedRow, ProductForm, Workbench


class DifferenceDialog(difference.DifferenceDialog):
    """Shows both forms of a product; `theirs` and `mine` when one of them is to hold."""

    def __init__(
        self, stored: ProductForm, typed: ProductForm, bench: Workbench, currency: str,
        parent: QWidget,
    ) -> None:  # fmt: skip
        super().__init__(stored.name, differences(stored, typed, bench, currency), parent)


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
    tell = _TELLERS.get(name)
    if tell is not None:
        return tell(form, bench, currency) or "–"
    return difference.shortened(difference.words_of(getattr(form, name)))


def _named(id_: int | None, rows: Sequence[CategoryRow] | Sequence[NamedRow]) -> str:
    return next((one.name for one in rows if one.id == id_), "")


def _groups_told(form: ProductForm, bench: Workbench) -> str:
    names = {one.id: one.name for one in bench.choices}
    return ", ".join(names.get(one, "–") for one in form.choices)


def _much_told(much: int | None) -> str:
    return "" if much is None else quantity(much, language())


def _card_told(form: ProductForm, bench: Workbench) -> str:
    known, spoken = bench.ingredients, language()
    lines = [
        f"{known.names.get(part.ingredient_id, '–')} {quantity(part.gross, spoken)}"
        f" → {quantity(part.net, spoken)}"
        f" {unit_title(known.units.get(part.ingredient_id, Unit.PIECE))}"
        for part in form.recipe
    ]
    return "\n".join(lines) or "–"


def _sizes_told(form: ProductForm, bench: Workbench) -> str:
    spoken, names = language(), bench.ingredients.names
    return "\n".join(
        "; ".join(
            [
                f"{size.name} × {quantity(size.factor, spoken)}",
                *(
                    f"{names.get(part.ingredient_id, '–')} {quantity(part.gross, spoken)}"
                    for part in size.own
                ),
            ]
        )
        for size in form.sizes
    )


def _terms_told(form: ProductForm) -> str:
    terms = form.terms
    return tr(
        "{interval} min, in steps of {step}, at least {least}",
        interval=terms.interval, step=terms.step, least=terms.least,
    )  # fmt: skip


_TELLERS: Mapping[str, Callable[[ProductForm, Workbench, str], str]] = {
    "kind": lambda form, *_: say(KIND_TITLES[form.kind]),
    "unit": lambda form, *_: unit_title(form.unit),
    "category_id": lambda form, bench, _: _named(form.category_id, bench.categories),
    "station_id": lambda form, bench, _: _named(form.station_id, bench.stations),
    "cost_minor": lambda form, _, currency: money(form.cost_minor, currency, language()),
    "tax_bp": lambda form, *_: percent(form.tax_bp, language()),
    "output": lambda form, *_: quantity(form.output, language()),
    "low_stock": lambda form, *_: _much_told(form.low_stock),
    "wished_stock": lambda form, *_: _much_told(form.wished_stock),
    "allergens": lambda form, *_: ", ".join(form.allergens),
    "recipe": lambda form, bench, _: _card_told(form, bench),
    "choices": lambda form, bench, _: _groups_told(form, bench),
    "sizes": lambda form, bench, _: _sizes_told(form, bench),
    "terms": lambda form, *_: _terms_told(form),
}
