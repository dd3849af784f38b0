"""Many products at once: prices with a way back, categories, the archive; on both engines."""

from __future__ import annotations

from dataclasses import replace

import pytest

from desktop_app.app import App
from desktop_app.kernel.access import Role
from desktop_app.kernel.errors import ConflictError, InvalidError, NotAllowedError, NotFoundError
from desktop_app.menu.bulk import archive_products, change_prices, move_products, preview_prices
from desktop_app.menu.categories import add_category
from desktop_app.menu.editing import add_product
from desktop_app.menu.kinds import ProductKind
from desktop_app.menu.operations import get_product, list_products
from desktop_app.menu.price_lists import add_price_list
from desktop_app.menu.prices import set_price
from desktop_app.menu.records import ProductForm, VariantRow
from desktop_app.menu.repricing import RepriceTerms
from desktop_app.menu.rules import Part
from tests.database.shop import Shop

UP = RepriceTerms(1000, step_minor=10)


@pytest.fixture
def menu(app: App) -> dict[str, int]:
    """Add flour, a bread of it in two sizes, tea, and a price list with a price of the tea."""
    flour = app.call(add_product, ProductForm("Un", ProductKind.INGREDIENT))
    bread = app.call(
        add_product, ProductForm("Çörək", recipe=[Part(flour, 1000, 1000)]),
        [VariantRow("", 118), VariantRow("böyük", 200)],
    )  # fmt: skip
    tea = app.call(add_product, ProductForm("Çay"), [VariantRow("", 100)])
    night = app.call(add_price_list, "Gecə")
    app.call(set_price, tea, 150, "", night)
    return {"flour": flour, "bread": bread, "tea": tea, "night": night}


def prices(app: App) -> dict[tuple[str, str], int]:
    return {
        (row.name, one.name): one.price_minor
        for row in app.call(list_products)
        if row.kind.is_sold
        for one in row.variants
    }


def test_many_prices_change_together_and_back(app: App, shop: Shop, menu: dict[str, int]) -> None:
    before = prices(app)
    every = [menu["tea"], menu["bread"], menu["flour"]]
    steps = app.call(preview_prices, every, UP)
    assert [(one.name, one.variant, one.old_minor, one.new_minor) for one in steps] == [
        ("Çay", "", 100, 110), ("Çörək", "", 118, 130), ("Çörək", "böyük", 200, 220),
    ]  # fmt: skip
    assert prices(app) == before
    assert app.call(change_prices, steps) == 3
    assert set(prices(app).values()) == {110, 130, 220}
    history = app.call(get_product, menu["tea"]).history
    assert (history[0].old_minor, history[0].new_minor) == (100, 110)
    with pytest.raises(ConflictError, match="changed meanwhile"):
        app.call(change_prices, steps)
    app.call(change_prices, [one.back for one in steps])
    assert prices(app) == before
    shop.check_counts()
    shop.check_trail()


def test_a_price_that_somebody_changed_meanwhile_stops_all_of_it(
    app: App, menu: dict[str, int]
) -> None:
    steps = app.call(preview_prices, [menu["tea"], menu["bread"]], UP)
    app.call(set_price, menu["bread"], 500, "böyük")
    before = prices(app)
    with pytest.raises(ConflictError, match="“Çörək”"):
        app.call(change_prices, steps)
    assert prices(app) == before


def test_a_price_list_goes_by_its_own_prices_or_by_the_menus(
    app: App, menu: dict[str, int]
) -> None:
    night, both = menu["night"], [menu["tea"], menu["bread"]]
    (own,) = app.call(preview_prices, both, UP, night)
    assert (own.old_minor, own.new_minor) == (150, 170)
    terms = replace(UP, from_menu=True)
    steps = app.call(preview_prices, both, terms, night)
    assert [(one.name, one.old_minor, one.new_minor) for one in steps] == [
        ("Çay", 150, 110), ("Çörək", None, 130), ("Çörək", None, 220),
    ]  # fmt: skip
    app.call(change_prices, steps)
    assert {one[2] for one in app.call(get_product, menu["bread"]).list_prices} == {130, 220}
    app.call(change_prices, [one.back for one in steps])
    assert app.call(get_product, menu["bread"]).list_prices == []
    assert app.call(get_product, menu["tea"]).list_prices == [(night, "", 150)]
    with pytest.raises(InvalidError, match="price list"):
        app.call(preview_prices, both, terms)
    with pytest.raises(NotFoundError):
        app.call(preview_prices, both, UP, 1)


def test_a_price_above_a_million_changes_nothing(app: App, menu: dict[str, int]) -> None:
    (step,) = app.call(preview_prices, [menu["tea"]], UP)
    before = prices(app)
    for wrong in (10**9, -1):
        with pytest.raises(InvalidError):
            app.call(change_prices, [replace(step, new_minor=wrong)])
    with pytest.raises(InvalidError, match="Nothing is chosen"):
        app.call(change_prices, [])
    assert prices(app) == before


def test_products_move_together_and_back(app: App, menu: dict[str, int]) -> None:
    hot = app.call(add_category, "İsti")
    both = [menu["tea"], menu["bread"]]
    assert app.call(move_products, [(one, hot) for one in both]) == 2
    assert app.call(move_products, [(one, hot) for one in both]) == 0
    assert {row.category for row in app.call(list_products) if row.id in both} == {"İsti"}
    assert app.call(move_products, [(one, None) for one in both]) == 2
    with pytest.raises(NotFoundError, match="category"):
        app.call(move_products, [(menu["tea"], 1)])
    with pytest.raises(NotFoundError, match="product"):
        app.call(move_products, [(1, hot)])


def test_products_go_into_the_archive_together(app: App, menu: dict[str, int]) -> None:
    with pytest.raises(ConflictError, match="“Un” is used by Çörək"):
        app.call(archive_products, [menu["flour"], menu["tea"]], archived=True)
    assert all(row.active for row in app.call(list_products))
    together = [menu["flour"], menu["bread"]]
    assert app.call(archive_products, together, archived=True) == 2
    assert app.call(archive_products, together, archived=True) == 0
    with pytest.raises(InvalidError, match="“Un” is archived"):
        app.call(archive_products, [menu["bread"]], archived=False)
    assert app.call(archive_products, together, archived=False) == 2


def test_who_may_not_does_not(shop: Shop, menu: dict[str, int]) -> None:
    waiter = shop.as_role(Role.STAFF)
    steps = waiter.call(preview_prices, [menu["tea"]], UP)
    for op, args, more in (
        (change_prices, (steps,), {}), (move_products, ([(menu["tea"], None)],), {}),
        (archive_products, ([menu["tea"]],), {"archived": True}),
    ):  # fmt: skip
        with pytest.raises(NotAllowedError):
            waiter.call(op, *args, **more)  # type: ignore[arg-type]
