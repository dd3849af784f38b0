"""The menu: cards with recipes, prices that remember, choices, the stop list; on both engines."""

from __future__ import annotations

from dataclasses import replace

import pytest
from sqlalchemy import select

from desktop_app.app import App
from desktop_app.kernel.access import Role
from desktop_app.kernel.errors import (
    ConflictError,
    InvalidError,
    NotAllowedError,
    NotFoundError,
)
from desktop_app.menu.categories import add_category, change_category, order_categories
from desktop_app.menu.editing import add_product, change_product
from desktop_app.menu.groups import add_station, rename_station, save_choices
from desktop_app.menu.kinds import ProductKind, Unit
from desktop_app.menu.operations import (
    get_product,
    get_workbench,
    list_categories,
    list_choices,
    list_ingredients,
    list_price_lists,
    list_products,
    list_stations,
)
from desktop_app.menu.price_lists import add_price_list
from desktop_app.menu.prices import (
    drop_list_price,
    release_product,
    set_price,
    stop_product,
)
from desktop_app.menu.recipes import flattened
from desktop_app.menu.records import ChoiceForm, MenuFilter, ProductForm, VariantRow
from desktop_app.menu.rules import Part
from desktop_app.menu.tables import PriceChange
from desktop_app.orders.operations import get_order, list_orders
from desktop_app.orders.records import OrderFilter
from tests.database.shop import Shop, a_query, command, order, sell, sql

FLOUR = ProductForm("Un", ProductKind.INGREDIENT, Unit.GRAM, cost_minor=120)
DOUGH = ProductForm("Xəmir", ProductKind.PREPARATION, Unit.GRAM, output=1_500_000)
BREAD = ProductForm("Çörək", ProductKind.DISH, tax_bp=1800)


@pytest.fixture
def kitchen(app: App) -> dict[str, int]:
    """Add flour, a dough of it, and a bread of the dough."""
    flour = app.call(add_product, FLOUR)
    dough = app.call(add_product, replace(DOUGH, recipe=[Part(flour, 1_000_000, 1_000_000)]))
    bread = app.call(
        add_product,
        replace(BREAD, recipe=[Part(dough, 280_000, 300_000)]),
        [VariantRow("", 118), VariantRow("böyük", 200)],
    )
    return {"flour": flour, "dough": dough, "bread": bread}


def test_a_card_tells_what_it_costs_through_every_level(app: App, kitchen: dict[str, int]) -> None:
    card = app.call(get_product, kitchen["bread"])
    # 300 g of dough = 200 g of flour = 24 of 120 a kilogram
    assert (card.cost_minor, card.margin_bp) == (24, 7600)
    (part,) = card.parts
    assert (part.name, part.cost_minor, part.is_made) == ("Xəmir", 24.0, True)
    assert [one.name for one in app.call(get_product, kitchen["flour"]).used_in] == ["Xəmir"]
    assert app.call(get_product, kitchen["dough"]).cost_minor == 80  # a kilogram of it
    rows = {row.name: row for row in app.call(list_products)}
    assert rows["Çörək"].cost_minor == 24
    assert rows["Çörək"].margin_bp == 7600
    assert app.call(list_ingredients).costs[kitchen["flour"]] == pytest.approx(120 / 1_000_000)


def test_selling_takes_the_ingredients_or_what_was_made_ahead(
    app: App, kitchen: dict[str, int]
) -> None:
    bread = kitchen["bread"]

    def taken() -> dict[int, int]:
        found = app.call(a_query(lambda tx: flattened(tx, [bread])))
        return {one: int(share * 1000) for one, share in found[bread].items()}

    assert taken() == {kitchen["flour"]: 200_000}
    card = app.call(get_product, kitchen["dough"])
    app.call(change_product, card.id, card.version, replace(card.form, made_ahead=True))
    assert taken() == {kitchen["dough"]: 300_000}


def test_a_preparation_inside_itself_is_refused_with_its_way(
    app: App, kitchen: dict[str, int], shop: Shop
) -> None:
    before = shop.real_counts()
    card = app.call(get_product, kitchen["dough"])
    with pytest.raises(InvalidError) as refused:
        app.call(
            change_product, card.id, card.version,
            replace(card.form, recipe=[Part(kitchen["bread"], 1, 1)]),
        )  # fmt: skip
    assert "Xəmir → Çörək → Xəmir" in str(refused.value.message)
    assert refused.value.field == "recipe"
    assert shop.real_counts() == before
    assert app.call(get_product, kitchen["dough"]) == card


def test_two_people_editing_one_dish_see_what_differs(app: App, kitchen: dict[str, int]) -> None:
    card = app.call(get_product, kitchen["bread"])
    assert (
        app.call(change_product, card.id, card.version, replace(card.form, note="isti verilir 🍞"))
        == card.version + 1
    )
    with pytest.raises(ConflictError) as refused:
        app.call(change_product, card.id, card.version, replace(card.form, tax_bp=0))
    assert "note" in str(refused.value.message)
    assert "tax_bp" in str(refused.value.message)
    assert app.call(get_product, kitchen["bread"]).form.note == "isti verilir 🍞"
    assert app.call(get_product, kitchen["bread"]).form.tax_bp == 1800


def test_a_price_remembers_what_it_was_and_receipts_keep_theirs(app: App, shop: Shop) -> None:
    sell(app, [order(1)])
    (tea,) = app.call(list_products)
    (receipt,) = app.call(list_orders, OrderFilter()).rows
    sold = app.call(get_order, receipt.id)
    app.call(set_price, tea.id, 300)
    app.call(set_price, tea.id, 300)  # nothing changes, nothing is remembered
    app.call(set_price, tea.id, 350, "böyük")
    happy = app.call(add_price_list, "Terras")
    app.call(set_price, tea.id, 280, "", happy)
    app.call(drop_list_price, happy, tea.id)
    history = app.call(get_product, tea.id).history
    assert [(h.variant, h.price_list, h.old_minor, h.new_minor) for h in reversed(history)] == [
        ("", "", 250, 300), ("böyük", "", None, 350), ("", "Terras", None, 280),
        ("", "Terras", 280, None),
    ]  # fmt: skip
    assert app.call(get_order, receipt.id) == sold
    assert [one.name for one in app.call(list_price_lists)] == ["Terras"]
    shop.check_trail()
    shop.check_counts()


def test_nobody_changes_the_history_of_prices(
    app: App, kitchen: dict[str, int], shop: Shop
) -> None:
    def forge(tx) -> None:
        (row,) = tx.objects(select(PriceChange).where(PriceChange.variant == "böyük"))
        row.new_minor = 1

    with pytest.raises(Exception) as refused:  # noqa: PT011 - each engine refuses in its own words
        app.call(command(forge))
    assert refused.value is not None
    with shop.around() as connection:
        rows = sql(connection, "SELECT new_minor FROM ops.price_change ORDER BY new_minor").all()
    assert [price for (price,) in rows] == [118, 200]


@pytest.mark.parametrize(
    ("form", "field"),
    [
        (ProductForm("  "), "name"),
        (ProductForm("A" * 301), "name"),
        (ProductForm("A", note="x" * 10_001), "note"),
        (ProductForm("A", tax_bp=10_001), "tax"),
        (ProductForm("A", barcode="4760081234561"), "barcode"),
        (ProductForm("A", cost_minor=-1), "cost"),
        (ProductForm("A", output=0), "output"),
        (ProductForm("A", low_stock=-1), "low_stock"),
        (ProductForm("A", kind=ProductKind.GOODS, recipe=[Part(1, 1, 1)]), "recipe"),
    ],
)
def test_bad_input_names_its_field_and_changes_nothing(
    app: App, shop: Shop, form: ProductForm, field: str
) -> None:
    before = shop.real_counts()
    with pytest.raises(InvalidError) as refused:
        app.call(add_product, form)
    assert refused.value.field == field
    assert shop.real_counts() == before


def test_names_in_any_writing_are_kept_as_they_are(app: App) -> None:
    for name in ("Şəkərbura 🥟", "كباب", "Ətli qutab — «xüsusi»", "مشاوي Mix"):
        made = app.call(add_product, ProductForm(name, note="ə" * 10_000))
        assert app.call(get_product, made).form.name == name


def test_what_is_in_use_is_not_archived(app: App, kitchen: dict[str, int]) -> None:
    card = app.call(get_product, kitchen["flour"])
    with pytest.raises(ConflictError, match="Xəmir"):
        app.call(change_product, card.id, card.version, replace(card.form, active=False))
    bread = app.call(get_product, kitchen["bread"])
    app.call(change_product, bread.id, bread.version, replace(bread.form, active=False))
    assert not app.call(get_product, bread.id).form.active


def test_names_and_barcodes_are_there_once(app: App) -> None:
    app.call(add_product, ProductForm("Su", ProductKind.GOODS, barcode="4006381333931"))
    for form in (ProductForm(" Su "), ProductForm("Su 2", barcode="4006381333931")):
        with pytest.raises(ConflictError, match="Su"):
            app.call(add_product, form)


def test_categories_nest_and_never_in_themselves(app: App) -> None:
    hot = app.call(add_category, "İsti", None, "#FF0000")
    soup = app.call(add_category, "Şorba", hot)
    app.call(change_category, soup, "Şorbalar", hot, "", 5)
    with pytest.raises(InvalidError) as refused:
        app.call(change_category, hot, "İsti", soup, "", 0)
    assert refused.value.field == "parent"
    with pytest.raises(ConflictError):
        app.call(add_category, "İsti")
    with pytest.raises(InvalidError):
        app.call(add_category, "Soyuq", None, "qırmızı")
    app.call(add_product, ProductForm("Dovğa", category_id=soup))
    rows = {row.name: row for row in app.call(list_categories)}
    assert (rows["Şorbalar"].parent_id, rows["Şorbalar"].products) == (hot, 1)
    assert rows["İsti"].color == "#ff0000"
    assert [row.name for row in app.call(list_products, MenuFilter(category_id=soup))] == ["Dovğa"]


def test_choices_belong_to_a_dish_in_their_order(app: App, kitchen: dict[str, int]) -> None:
    sauce = app.call(
        save_choices, None, "Sous", (0, 2),
        [ChoiceForm("Nar", 50, kitchen["flour"], 20_000), ChoiceForm("Sarımsaq")],
    )  # fmt: skip
    side = app.call(save_choices, None, "Qarnir", (1, 1), [ChoiceForm("Düyü")])
    bread = app.call(get_product, kitchen["bread"])
    app.call(change_product, bread.id, bread.version, replace(bread.form, choices=(side, sauce)))
    assert app.call(get_product, bread.id).form.choices == (side, sauce)
    app.call(save_choices, sauce, "Souslar", (1, 1), [ChoiceForm("Nar", 60)])
    (group,) = [one for one in app.call(list_choices) if one.id == sauce]
    assert (group.name, group.version) == ("Souslar", 2)
    assert list(group.choices) == [ChoiceForm("Nar", 60)]
    with pytest.raises(InvalidError):
        app.call(save_choices, None, "Boş", (1, 1), [])
    with pytest.raises(NotFoundError):
        app.call(save_choices, None, "Yox", (0, 1), [ChoiceForm("x", 0, 99, 1)])


def test_the_stop_list(app: App, kitchen: dict[str, int]) -> None:
    app.call(stop_product, kitchen["bread"], 5000)
    app.call(stop_product, kitchen["bread"])
    (row,) = app.call(list_products, MenuFilter(only_stopped=True))
    assert (row.name, row.stopped) == ("Çörək", 0)
    app.call(release_product, kitchen["bread"])
    assert app.call(list_products, MenuFilter(only_stopped=True)) == []
    with pytest.raises(NotFoundError):
        app.call(release_product, kitchen["bread"])


def test_search_finds_names_as_people_type_them(app: App, kitchen: dict[str, int]) -> None:
    assert [row.name for row in app.call(list_products, MenuFilter("corek"))] == ["Çörək"]
    kinds = frozenset({ProductKind.INGREDIENT})
    assert [row.name for row in app.call(list_products, MenuFilter(kinds=kinds))] == ["Un"]
    station = app.call(add_station, "Mətbəx")
    card = app.call(get_product, kitchen["bread"])
    app.call(change_product, card.id, card.version, replace(card.form, station_id=station))
    assert {row.name: row.station for row in app.call(list_products)}["Çörək"] == "Mətbəx"
    assert [one.name for one in app.call(list_stations)] == ["Mətbəx"]


def test_an_ingredient_has_no_price(app: App, kitchen: dict[str, int]) -> None:
    with pytest.raises(InvalidError) as refused:
        app.call(set_price, kitchen["flour"], 100)
    assert refused.value.field == "price"


def test_who_may_not_change_the_menu_changes_nothing(shop: Shop, kitchen: dict[str, int]) -> None:
    staff = shop.as_role(Role.STAFF)
    for asked in (
        (add_product, ProductForm("X")), (set_price, kitchen["bread"], 1),
        (add_category, "Y"), (add_price_list, "Z"),
    ):  # fmt: skip
        with pytest.raises(NotAllowedError):
            staff.call(*asked)


def test_the_workbench_gives_everything_an_editor_offers(app: App, kitchen: dict[str, int]) -> None:
    top = app.call(add_category, "Mətbəx")
    app.call(add_station, "Təndir")
    app.call(add_price_list, "Terras")
    app.call(save_choices, None, "Sous", (0, 1), [ChoiceForm("Acı", 50)])
    bench = app.call(get_workbench)
    assert [one.id for one in bench.categories] == [top]
    assert [one.name for one in bench.stations] == ["Təndir"]
    assert [one.name for one in bench.price_lists] == ["Terras"]
    assert [one.name for one in bench.choices] == ["Sous"]
    dough = bench.ingredients.recipes[kitchen["dough"]]
    assert [part.ingredient_id for part in dough.parts] == [kitchen["flour"]]
    assert bench.ingredients.costs[kitchen["bread"]] * 1000 == 24


def test_categories_are_put_in_order(app: App) -> None:
    ids = [app.call(add_category, name) for name in ("A", "B", "C")]
    app.call(order_categories, [ids[2], ids[0], ids[1]])
    assert [one.name for one in app.call(list_categories)] == ["C", "A", "B"]
    with pytest.raises(NotFoundError):
        app.call(order_categories, [ids[0], 12345])
    assert [one.name for one in app.call(list_categories)] == ["C", "A", "B"]


def test_a_station_is_renamed_and_keeps_its_name_to_itself(app: App) -> None:
    oven, bar = (app.call(add_station, name) for name in ("Təndir", "Bar"))
    app.call(rename_station, oven, " Manqal  \u202e ")
    assert oven in {one.id for one in app.call(list_stations)}
    with pytest.raises(ConflictError):
        app.call(rename_station, bar, "Manqal \u202e")
    with pytest.raises(NotFoundError):
        app.call(rename_station, 7, "Sex")
    assert sorted(one.name for one in app.call(list_stations)) == ["Bar", "Manqal"]
