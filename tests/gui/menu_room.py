"""A small kitchen for the menu's screen: a bread of a dough of flour, goods, choices, a terrace."""

from dataclasses import dataclass

from desktop_app.app import App
from desktop_app.menu.categories import add_category
from desktop_app.menu.editing import add_product
from desktop_app.menu.groups import add_station, save_choices
from desktop_app.menu.kinds import ProductKind, Unit
from desktop_app.menu.price_lists import add_price_list
from desktop_app.menu.prices import stop_product
from desktop_app.menu.records import ChoiceForm, ProductForm, VariantRow
from desktop_app.menu.rules import Part


@dataclass(frozen=True)
class Kitchen:
    flour: int
    salt: int
    dough: int
    bread: int
    water: int
    group: int
    terrace: int
    bakery: int


def fill_kitchen(app: App) -> Kitchen:
    kitchen = app.call(add_category, "Mətbəx")
    bakery = app.call(add_category, "Çörək", kitchen)
    station = app.call(add_station, "Təndir")
    flour = app.call(add_product, _bought("Un", 120))
    salt = app.call(add_product, _bought("Duz", 60))
    dough = app.call(
        add_product,
        ProductForm(
            "Xəmir", ProductKind.PREPARATION, Unit.GRAM, output=1_500_000,
            recipe=(Part(flour, 1_000_000, 1_000_000),),
        ),
    )  # fmt: skip
    bread = app.call(
        add_product,
        ProductForm(
            "Çörək", category_id=bakery, station_id=station, tax_bp=1800,
            recipe=(Part(dough, 280_000, 300_000),),
        ),
        [VariantRow("", 118), VariantRow("böyük", 200)],
    )  # fmt: skip
    water = app.call(
        add_product,
        ProductForm("Su", ProductKind.GOODS, barcode="4006381333931", cost_minor=40),
        [VariantRow("", 100)],
    )
    app.call(stop_product, water, 3000)
    group = app.call(save_choices, None, "Sous", (0, 2), [ChoiceForm("Acı", 50, salt, 5000)])
    terrace = app.call(add_price_list, "Terras")
    return Kitchen(flour, salt, dough, bread, water, group, terrace, bakery)


def _bought(name: str, cost: int) -> ProductForm:
    return ProductForm(name, ProductKind.INGREDIENT, Unit.GRAM, cost_minor=cost)
