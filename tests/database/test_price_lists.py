"""Price lists: when they hold, and that receipts entered by hand follow them; on both engines."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from desktop_app.kernel.access import Role
from desktop_app.kernel.errors import ConflictError, InvalidError, NotAllowedError, NotFoundError
from desktop_app.menu.editing import add_product, change_product
from desktop_app.menu.groups import save_choices
from desktop_app.menu.kinds import ProductKind
from desktop_app.menu.operations import get_product
from desktop_app.menu.price_lists import (
    add_price_list,
    change_price_list,
    get_sale_menu,
    order_price_lists,
    price_for,
    remove_price_list,
    show_price_lists,
)
from desktop_app.menu.prices import drop_list_price, set_price
from desktop_app.menu.pricing import ListTerms
from desktop_app.menu.records import ChoiceForm, ProductForm, VariantRow
from desktop_app.orders.operations import get_order
from desktop_app.orders.records import PaymentMethod
from desktop_app.sales.entering import enter_sale
from desktop_app.sales.records import NewSale, SaleLine, SalePayment
from tests.database.shop import Shop

FRIDAY_EVENING = datetime(2026, 11, 27, 15, 0, tzinfo=UTC)  # 19:00 in Baku


@pytest.fixture
def menu(shop: Shop) -> dict[str, int]:
    """Put a coffee in two sizes with milk to choose on the menu, a game and two price lists."""
    app = shop.app
    milk = app.call(
        save_choices, None, "Süd", (0, 2), [ChoiceForm("Yulaf südü", 80), ChoiceForm("Şərbət", 50)]
    )
    coffee = app.call(
        add_product, ProductForm("Kofe", choices=[milk]),
        [VariantRow("", 400), VariantRow("böyük", 550)],
    )  # fmt: skip
    game = app.call(add_product, ProductForm("Bilyard", ProductKind.TIMED), [VariantRow("", 6000)])
    delivery = app.call(add_price_list, "Çatdırılma", ListTerms("Çatdırılma"))
    happy = app.call(add_price_list, "Xoş saat", ListTerms("", (), 1 << 4, 1080, 1200))
    app.call(set_price, coffee, 450, "", delivery)
    app.call(set_price, coffee, 300, "", happy)
    return {"coffee": coffee, "game": game, "delivery": delivery, "happy": happy, "milk": milk}


def test_a_price_goes_by_occasion(shop: Shop, menu: dict[str, int]) -> None:
    app, coffee = shop.app, menu["coffee"]
    plain = app.call(price_for, coffee, at=datetime(2026, 11, 25, 8, tzinfo=UTC))
    assert (plain.unit_minor, plain.list_name) == (400, "")
    happy = app.call(price_for, coffee, at=FRIDAY_EVENING, chosen=["yulaf südü", "şərbət"])
    assert (happy.price_minor, happy.choices_minor, happy.list_name) == (300, 130, "Xoş saat")
    assert happy.said == "Yulaf südü, Şərbət"
    sent = app.call(price_for, coffee, sale_type="Çatdırılma", at=FRIDAY_EVENING)
    assert sent.unit_minor == 450
    app.call(order_price_lists, [menu["happy"], menu["delivery"]])
    assert app.call(price_for, coffee, sale_type="Çatdırılma", at=FRIDAY_EVENING).unit_minor == 300
    assert app.call(price_for, coffee, "böyük", at=FRIDAY_EVENING).unit_minor == 550
    app.call(change_price_list, menu["happy"], "Xoş saat", ListTerms("", (), 16), active=False)
    assert app.call(price_for, coffee, at=FRIDAY_EVENING).unit_minor == 400
    cards = app.call(show_price_lists)
    assert [(one.name, one.active, one.terms.weekdays) for one in cards] == [
        ("Xoş saat", False, 16), ("Çatdırılma", True, 0),
    ]  # fmt: skip


def test_a_receipt_is_sold_at_the_price_that_holds(shop: Shop, menu: dict[str, int]) -> None:
    app = shop.app
    sale = NewSale(
        [
            SaleLine(menu["coffee"], 2000, choices=("Yulaf südü",)),
            SaleLine(menu["game"], minutes=100),
        ],
        [SalePayment(PaymentMethod.CASH, 2 * 530 + 10_000)],
        sale_type="Çatdırılma",
    )
    done = app.call(enter_sale, sale)
    lines = app.call(get_order, done.order_id).lines
    assert [
        (one.name, one.modifiers, one.quantity, one.unit_price_minor, one.total_minor)
        for one in lines
    ] == [("Kofe", "Yulaf südü", 2000, 530, 1060), ("Bilyard", "", 1667, 6000, 10_000)]
    chosen = replace(
        sale, lines=[SaleLine(menu["coffee"])], price_list_id=menu["happy"],
        payments=[SalePayment(PaymentMethod.CASH, 300)],
    )  # fmt: skip
    assert app.call(enter_sale, chosen).due_minor == 300
    shop.check_counts()


@pytest.mark.parametrize(
    "line",
    [
        {"variant": "nəhəng"}, {"choices": ("Ketçup",)}, {"minutes": 5},
        {"choices": ("Şərbət",) * 3},
    ],
)  # fmt: skip
def test_what_is_not_offered_is_not_sold(
    shop: Shop, menu: dict[str, int], line: dict[str, object]
) -> None:
    sale = NewSale([SaleLine(menu["coffee"], **line)], [])  # type: ignore[arg-type]
    with pytest.raises(InvalidError, match="Line 1") as told:
        shop.app.call(enter_sale, sale)
    assert told.value.field == "lines"


def test_what_is_archived_or_an_ingredient_is_not_offered(shop: Shop, menu: dict[str, int]) -> None:
    app = shop.app
    app.call(add_product, ProductForm("Un", ProductKind.INGREDIENT))
    found = app.call(get_sale_menu)
    assert {one.name for one in found.products.values()} == {"Kofe", "Bilyard"}
    coffee = found.products[menu["coffee"]]
    assert [one.name for one in coffee.sizes] == ["", "böyük"]
    assert [group.name for group in coffee.choices] == ["Süd"]
    card = app.call(get_product, menu["coffee"])
    app.call(change_product, card.id, card.version, replace(card.form, active=False))
    with pytest.raises(InvalidError):
        app.call(price_for, menu["coffee"])


def test_a_list_that_is_used_stays(shop: Shop, menu: dict[str, int]) -> None:
    app = shop.app
    with pytest.raises(ConflictError, match="Kofe"):
        app.call(remove_price_list, menu["happy"])
    app.call(drop_list_price, menu["happy"], menu["coffee"])
    with pytest.raises(ConflictError, match="history"):
        app.call(remove_price_list, menu["happy"])
    empty = app.call(add_price_list, "Banket")
    app.call(remove_price_list, empty)
    with pytest.raises(NotFoundError):
        app.call(remove_price_list, empty)
    with pytest.raises(ConflictError):
        app.call(change_price_list, menu["happy"], "Çatdırılma", ListTerms())
    with pytest.raises(InvalidError):
        app.call(add_price_list, "x" * 201)
    shop.check_counts()
    shop.check_trail()


def test_prices_are_for_those_who_may_change_them(shop: Shop, menu: dict[str, int]) -> None:
    waiter = shop.as_role(Role.STAFF)
    assert waiter.call(price_for, menu["coffee"], at=FRIDAY_EVENING).unit_minor == 300
    for op, arguments in (
        (add_price_list, ("X",)),
        (remove_price_list, (menu["happy"],)),
        (order_price_lists, ([],)),
        (change_price_list, (menu["happy"], "X", ListTerms())),
    ):
        with pytest.raises(NotAllowedError):
            waiter.call(op, *arguments)  # type: ignore[arg-type]
