"""The menu where it is easily got wrong: archived parts, units in cards, two people, two venues."""

from __future__ import annotations

from dataclasses import replace

import pytest

from desktop_app.app import App
from desktop_app.kernel.errors import ConflictError, InvalidError
from desktop_app.menu.categories import add_category, change_category, remove_category
from desktop_app.menu.editing import add_product, change_product
from desktop_app.menu.groups import save_choices
from desktop_app.menu.kinds import ProductKind, Unit
from desktop_app.menu.operations import get_product, list_categories, list_choices
from desktop_app.menu.price_lists import add_price_list
from desktop_app.menu.prices import set_price
from desktop_app.menu.records import ChoiceForm, ProductForm, VariantRow
from desktop_app.menu.rules import Part
from desktop_app.stock.places import save_package
from desktop_app.venue.operations import open_venue
from desktop_app.venue.records import NewVenue
from tests.database.pantry import KG, stocked, take
from tests.database.shop import Shop

FLOUR = ProductForm("Un", ProductKind.INGREDIENT, Unit.GRAM)
WATER = ProductForm("Su", ProductKind.GOODS, barcode="4006381333931")


@pytest.fixture
def bread(app: App) -> tuple[int, int]:
    """Add flour and a bread of it; return both numbers."""
    flour = app.call(add_product, FLOUR)
    made = app.call(
        add_product, ProductForm("Çörək", recipe=[Part(flour, 1000, 1000)]), [VariantRow("", 100)]
    )
    return flour, made


def change(app: App, product: int, **wanted: object) -> int:
    card = app.call(get_product, product)
    form = replace(card.form, **wanted)  # type: ignore[arg-type]
    return app.call(change_product, product, card.version, form)


def test_a_dish_does_not_come_back_with_what_is_archived(app: App, bread: tuple[int, int]) -> None:
    flour, made = bread
    change(app, made, active=False)
    change(app, flour, active=False)
    with pytest.raises(InvalidError, match="“Un” is archived") as refused:
        change(app, made, active=True)
    assert refused.value.field == "recipe"
    with pytest.raises(InvalidError, match="“Un” is archived"):
        app.call(add_product, ProductForm("Lavaş", recipe=[Part(flour, 1000, 1000)]))
    with pytest.raises(InvalidError, match="“Un” is archived"):
        app.call(save_choices, None, "Əlavə", (0, 1), [ChoiceForm("Un", 0, flour, 10)])
    change(app, flour, active=True)
    change(app, made, active=True)


def test_the_unit_of_what_stands_in_a_card_stays(app: App, bread: tuple[int, int]) -> None:
    flour, made = bread
    with pytest.raises(ConflictError, match="“Un” is used by Çörək"):
        change(app, flour, unit=Unit.PIECE)
    change(app, made, recipe=())
    change(app, flour, unit=Unit.PIECE)
    app.call(save_choices, None, "Əlavə", (0, 1), [ChoiceForm("Un", 0, flour, 10)])
    with pytest.raises(ConflictError, match="“Un” is used by Əlavə"):
        change(app, flour, unit=Unit.GRAM)


def test_the_unit_of_what_is_bought_in_packages_stays(app: App) -> None:
    flour = app.call(add_product, FLOUR)
    app.call(save_package, flour, "Kisə", 25 * KG)
    with pytest.raises(ConflictError, match="Kisə"):
        change(app, flour, unit=Unit.PIECE)


@pytest.mark.parametrize(
    ("wanted", "field"),
    [({"allergens": ["süd"] * 200}, "allergens"), ({"allergens": ["ə" * 501]}, "allergens")],
)
def test_allergens_that_do_not_fit_are_refused(
    app: App, wanted: dict[str, object], field: str
) -> None:
    product = app.call(add_product, ProductForm("A"))
    with pytest.raises(InvalidError) as refused:
        change(app, product, **wanted)
    assert refused.value.field == field


def test_names_of_choices_have_at_most_200_letters(app: App) -> None:
    app.call(save_choices, None, "A", (0, 1), [ChoiceForm("ə" * 200)])
    with pytest.raises(InvalidError, match="200"):
        app.call(save_choices, None, "B", (0, 1), [ChoiceForm("ə" * 201)])


def test_two_people_do_not_write_over_each_others_choices(app: App) -> None:
    group = app.call(save_choices, None, "Sous", (0, 1), [ChoiceForm("Sarımsaq")])
    (read,) = app.call(list_choices)
    app.call(save_choices, group, "Sous", (0, 1), [ChoiceForm("Acı")], version=read.version)
    with pytest.raises(ConflictError, match="Somebody else has changed “Sous”"):
        app.call(save_choices, group, "Sous", (0, 1), [ChoiceForm("Nar")], version=read.version)
    (now,) = app.call(list_choices)
    assert [one.name for one in now.choices] == ["Acı"]


def test_a_price_list_has_prices_of_sizes_that_are_there(app: App) -> None:
    product = app.call(add_product, ProductForm("Çay"), [VariantRow("", 100)])
    night = app.call(add_price_list, "Gecə")
    with pytest.raises(InvalidError, match="no variant “böyük”") as refused:
        app.call(set_price, product, 120, "böyük", night)
    assert refused.value.field == "variant"
    app.call(set_price, product, 120, "", night)


@pytest.mark.parametrize("color", ["#zzzzzz", "#ğğğğğğ", "#12345", "red"])
def test_a_colour_is_hexadecimal(app: App, color: str) -> None:
    with pytest.raises(InvalidError, match="RRGGBB"):
        app.call(add_category, "İsti", None, color)


def test_a_category_that_is_empty_is_removed(app: App) -> None:
    hot = app.call(add_category, "İsti")
    soup = app.call(add_category, "Şorba", hot)
    product = app.call(add_product, ProductForm("Piti", category_id=soup))
    with pytest.raises(ConflictError, match="Piti"):
        app.call(remove_category, soup)
    with pytest.raises(ConflictError, match="Şorba"):
        app.call(remove_category, hot)
    change(app, product, category_id=hot)
    app.call(remove_category, soup)
    assert [one.name for one in app.call(list_categories)] == ["İsti"]
    with pytest.raises(InvalidError):
        app.call(change_category, hot, "İsti", None, "", -1)


def test_two_venues_sell_the_same_bottle(app: App) -> None:
    app.call(add_product, WATER)
    app.work_at(app.call(open_venue, NewVenue("İçəri Şəhər", "USD")))
    app.call(add_product, WATER)
    with pytest.raises(ConflictError, match="has this barcode"):
        app.call(add_product, replace(WATER, name="Su 2"))
    app.work_at(None)


def test_a_card_that_is_being_changed_keeps_what_a_supply_cost(app: App, shop: Shop) -> None:
    pantry = stocked(app)
    before = app.call(get_product, pantry.flour)
    take(app, pantry.main, pantry.flour, KG, 150)
    with pytest.raises(ConflictError, match="cost"):
        app.call(change_product, pantry.flour, before.version, replace(before.form, note="narın"))
    assert app.call(get_product, pantry.flour).form.cost_minor == 150


def test_what_the_tax_office_and_the_kitchen_ask_for_is_kept(app: App) -> None:
    wanted = ProductForm(
        "Şirə", ProductKind.GOODS, low_stock=5_000, wished_stock=20_000, gov_code="2202 99",
        shelf_days=30, cooking_minutes=0,
    )  # fmt: skip
    product = app.call(add_product, wanted)
    assert app.call(get_product, product).form == wanted
    for wrong, field in (
        ({"wished_stock": 4_999}, "wished_stock"), ({"shelf_days": -1}, "shelf_days"),
        ({"cooking_minutes": 1_441}, "cooking_minutes"), ({"gov_code": "1" * 65}, "gov_code"),
    ):  # fmt: skip
        with pytest.raises(InvalidError) as refused:
            change(app, product, **wrong)
        assert refused.value.field == field
