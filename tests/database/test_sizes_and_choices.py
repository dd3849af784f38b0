"""What sizes and choices take from the storage, and that a void brings all of it back."""

from __future__ import annotations

from dataclasses import dataclass, replace

import pytest

from desktop_app.app import App
from desktop_app.demo.chance import stream
from desktop_app.kernel.errors import ConflictError, InvalidError, NotFoundError
from desktop_app.menu.editing import add_product, change_product
from desktop_app.menu.groups import add_station, remove_choices, remove_station, save_choices
from desktop_app.menu.kinds import ProductKind, Unit
from desktop_app.menu.operations import get_product, list_choices, list_stations, takes_of
from desktop_app.menu.price_lists import add_price_list, price_for
from desktop_app.menu.prices import drop_list_price, set_price
from desktop_app.menu.records import ChoiceForm, ProductForm, VariantRow
from desktop_app.menu.rules import Part
from desktop_app.menu.sizes import SizeCard
from desktop_app.menu.sizing import offer_size, remove_size, rename_size
from desktop_app.orders.records import IncomingLine, PaymentMethod
from desktop_app.sales.entering import enter_sale
from desktop_app.sales.operations import refund, void
from desktop_app.sales.records import Disposal, NewSale, SaleLine, SalePayment
from desktop_app.stock.operations import list_stock
from tests.database.pantry import KG, Pantry, check_sums, stocked, take
from tests.database.shop import Shop, order, sell


@dataclass(frozen=True)
class Bar:
    """A coffee in two sizes with things to choose, beside the pantry."""

    pantry: Pantry
    coffee: int
    beans: int
    milk: int
    oat: int
    group: int


@pytest.fixture
def bar(shop: Shop) -> Bar:
    app = shop.app
    pantry = stocked(app)
    beans = app.call(add_product, ProductForm("Qəhvə", ProductKind.INGREDIENT, Unit.GRAM))
    milk, oat = (
        app.call(add_product, ProductForm(name, ProductKind.INGREDIENT, Unit.MILLILITRE))
        for name in ("Süd", "Yulaf südü")
    )
    group = app.call(
        save_choices, None, "Əlavə", (0, 4),
        [
            ChoiceForm("Yulaf südü", 80, oat, 100_000), ChoiceForm("Çörək", 50, pantry.bread, 500),
            ChoiceForm("Şəkərsiz"),
        ],
    )  # fmt: skip
    form = ProductForm(
        "Kofe", recipe=[Part(beans, 18_000, 18_000), Part(milk, 150_000, 150_000)],
        choices=[group], sizes=[SizeCard("böyük", 2000, (Part(beans, 18_000, 18_000),))],
    )  # fmt: skip
    coffee = app.call(add_product, form, [VariantRow("", 400), VariantRow("böyük", 550)])
    for product in (beans, milk, oat, pantry.flour):
        take(app, pantry.main, product, 20 * KG, 7_777)
    return Bar(pantry, coffee, beans, milk, oat, group)


def lying(app: App) -> dict[str, tuple[int, int]]:
    return {row.name: (row.quantity, row.value_minor) for row in app.call(list_stock)}


def paid(amount: int) -> list[SalePayment]:
    return [SalePayment(PaymentMethod.CASH, amount)]


def test_a_receipt_takes_what_its_sizes_and_choices_take(shop: Shop, bar: Bar) -> None:
    app = shop.app
    before = lying(app)
    lines = [
        SaleLine(bar.coffee, 2000, "böyük", choices=("Yulaf südü", "Yulaf südü", "Çörək")),
        SaleLine(bar.coffee, choices=("Şəkərsiz",)),
    ]
    done = app.call(enter_sale, NewSale(lines, paid(2 * (550 + 210) + 400)))
    after = lying(app)
    gone = {name: much for name in before if (much := before[name][0] - after[name][0])}
    # flour: 2 × half a bread of 300 g dough, of which 1.5 kg take 1 kg
    assert gone == {
        "Qəhvə": 3 * 18_000, "Süd": 2 * 300_000 + 150_000, "Yulaf südü": 2 * 2 * 100_000,
        "Un": 200_000,
    }  # fmt: skip
    app.call(void, done.order_id, "x", disposal=Disposal.RETURN)
    assert lying(app) == before
    with pytest.raises(ConflictError, match="receipts"):
        app.call(remove_size, bar.coffee, "böyük")
    check_sums(shop)
    shop.check_counts()
    shop.check_trail()


def test_an_import_that_names_choices_takes_them(shop: Shop, bar: Bar) -> None:
    app = shop.app
    before = lying(app)
    coffee = IncomingLine(
        "Kofe", 1000, 550, variant="böyük", unit_price_minor=550,
        modifiers="2 x YULAF SÜDÜ, Naməlum",
    )  # fmt: skip
    sell(app, [order(1, coffee, replace(coffee, variant="", modifiers=""))])
    after = lying(app)
    assert before["Yulaf südü"][0] - after["Yulaf südü"][0] == 200_000
    assert before["Süd"][0] - after["Süd"][0] == 450_000
    assert before["Qəhvə"][0] - after["Qəhvə"][0] == 36_000


@pytest.mark.parametrize("seed", range(5))
def test_a_sale_and_its_return_by_pieces_are_nothing(shop: Shop, bar: Bar, seed: int) -> None:
    app, rng = shop.app, stream(seed, "sizes and choices")
    before = lying(app)
    names = ["Yulaf südü", "Çörək", "Şəkərsiz"]
    lines = [
        SaleLine(
            bar.coffee, rng.randint(1, 9) * 1000, rng.choice(["", "böyük"]),
            choices=tuple(rng.choice(names) for _ in range(rng.randint(0, 4))),
        )
        for _ in range(rng.randint(1, 6))
    ]  # fmt: skip
    free = [replace(line, gift=True) for line in lines]
    done = app.call(enter_sale, NewSale(free, []))
    one = rng.randrange(len(lines))
    piece = rng.randint(1, lines[one].quantity // 1000) * 1000
    app.call(refund, done.order_id, "x", lines={one + 1: piece}, disposal=Disposal.RETURN)
    if sum(line.quantity for line in lines) > piece:
        app.call(refund, done.order_id, "x", disposal=Disposal.RETURN)
    assert lying(app) == before
    check_sums(shop)


def test_goods_are_taken_by_the_factor_of_their_size(shop: Shop, bar: Bar) -> None:
    app = shop.app
    take(app, bar.pantry.main, bar.pantry.water, 24_000, 1200)
    app.call(set_price, bar.pantry.water, 1000, "6-lıq")
    card = app.call(get_product, bar.pantry.water)
    form = replace(card.form, sizes=(SizeCard("6-lıq", 6000),))
    app.call(change_product, card.id, card.version, form)
    card = app.call(get_product, bar.pantry.water)
    assert card.form.sizes == (SizeCard("6-lıq", 6000),)
    app.call(enter_sale, NewSale([SaleLine(card.id, 2000, "6-lıq")], paid(2000)))
    assert lying(app)["Su"][0] == 12_000
    own = (SizeCard("6-lıq", 6000, (Part(bar.milk, 1, 1),)),)
    with pytest.raises(InvalidError) as told:
        app.call(change_product, card.id, card.version, replace(form, sizes=own))
    assert told.value.field == "sizes"


def test_a_card_shows_each_sizes_cost_and_keeps_out_of_loops(shop: Shop, bar: Bar) -> None:
    app = shop.app
    card = app.call(get_product, bar.coffee)
    assert [(one.name, one.cost_minor) for one in card.size_costs] == [("", 65), ("böyük", 124)]
    assert [(v.name, v.factor) for v in card.variants] == [("", 1000), ("böyük", 2000)]
    taken = {t.name: t.gross for t in app.call(takes_of, bar.coffee, "böyük", "Yulaf südü")}
    assert taken == {"Qəhvə": 18_000, "Süd": 300_000, "Yulaf südü": 100_000}
    itself = (SizeCard("böyük", 1000, (Part(bar.coffee, 1, 1),)),)
    with pytest.raises(InvalidError, match="Kofe → Kofe"):
        app.call(change_product, card.id, card.version, replace(card.form, sizes=itself))
    strange = (SizeCard("nəhəng", 3000),)
    with pytest.raises(InvalidError, match="nəhəng"):
        app.call(change_product, card.id, card.version, replace(card.form, sizes=strange))
    beans = app.call(get_product, bar.beans)
    assert [one.name for one in beans.used_in] == ["Kofe"]
    oat = app.call(get_product, bar.oat)
    with pytest.raises(ConflictError, match="Əlavə"):
        app.call(change_product, oat.id, oat.version, replace(oat.form, active=False))


def test_a_size_is_renamed_with_all_it_has(shop: Shop, bar: Bar) -> None:
    app = shop.app
    terrace = app.call(add_price_list, "Terras")
    app.call(set_price, bar.coffee, 600, "böyük", terrace)
    app.call(rename_size, bar.coffee, "böyük", "  Grande ")
    card = app.call(get_product, bar.coffee)
    assert card.form.sizes == (SizeCard("Grande", 2000, (Part(bar.beans, 18_000, 18_000),)),)
    assert [one.name for one in card.variants] == ["", "Grande"]
    assert list(card.list_prices) == [(terrace, "Grande", 600)]
    assert app.call(price_for, bar.coffee, "Grande", list_id=terrace).unit_minor == 600
    with pytest.raises(ConflictError):
        app.call(rename_size, bar.coffee, "Grande", "")
    with pytest.raises(NotFoundError):
        app.call(rename_size, bar.coffee, "böyük", "x")
    with pytest.raises(ConflictError, match="Terras"):
        app.call(remove_size, bar.coffee, "Grande")
    app.call(drop_list_price, terrace, bar.coffee, "Grande")
    app.call(remove_size, bar.coffee, "Grande")
    assert [one.name for one in app.call(get_product, bar.coffee).variants] == [""]
    with pytest.raises(ConflictError, match="last"):
        app.call(remove_size, bar.coffee, "")
    shop.check_counts()
    shop.check_trail()


def test_a_size_that_was_sold_is_put_away_and_still_comes_back(shop: Shop, bar: Bar) -> None:
    app = shop.app
    before = lying(app)
    done = app.call(enter_sale, NewSale([SaleLine(bar.coffee, variant="böyük")], paid(550)))
    with pytest.raises(ConflictError, match="receipts"):
        app.call(remove_size, bar.coffee, "böyük")
    app.call(offer_size, bar.coffee, "böyük", offered=False)
    with pytest.raises(InvalidError):
        app.call(enter_sale, NewSale([SaleLine(bar.coffee, variant="böyük")], paid(550)))
    with pytest.raises(ConflictError, match="last"):
        app.call(offer_size, bar.coffee, "", offered=False)
    app.call(void, done.order_id, "x", disposal=Disposal.RETURN)
    assert lying(app) == before
    app.call(offer_size, bar.coffee, "böyük", offered=True)
    assert app.call(price_for, bar.coffee, "böyük").unit_minor == 550


def test_stations_and_choices_in_use_stay(shop: Shop, bar: Bar) -> None:
    app = shop.app
    station = app.call(add_station, "Bar")
    card = app.call(get_product, bar.coffee)
    with_station = replace(card.form, station_id=station)
    version = app.call(change_product, card.id, card.version, with_station)
    for op, number in ((remove_station, station), (remove_choices, bar.group)):
        with pytest.raises(ConflictError, match="Kofe"):
            app.call(op, number)
    app.call(change_product, card.id, version, replace(card.form, station_id=None, choices=()))
    app.call(remove_station, station)
    app.call(remove_choices, bar.group)
    assert not app.call(list_stations)
    assert not app.call(list_choices)
    with pytest.raises(NotFoundError):
        app.call(remove_station, station)
    with pytest.raises(NotFoundError):
        app.call(remove_choices, bar.group)
    with pytest.raises(InvalidError, match="twice"):
        app.call(save_choices, None, "Sous", (0, 1), [ChoiceForm("Acı"), ChoiceForm("acı ")])
    shop.check_counts()


def test_a_choice_follows_the_size_where_its_group_says_so(shop: Shop, bar: Bar) -> None:
    app = shop.app
    (group,) = app.call(list_choices)
    assert not group.follows_size
    said = "Yulaf südü"
    taken = {row.name: row.gross for row in app.call(takes_of, bar.coffee, "böyük", said)}
    assert taken["Yulaf südü"] == 100_000
    app.call(
        save_choices, bar.group, group.name, (0, 4), group.choices, follows_size=True,
        version=group.version,
    )  # fmt: skip
    taken = {row.name: row.gross for row in app.call(takes_of, bar.coffee, "böyük", said)}
    assert taken["Yulaf südü"] == 200_000
    taken = {row.name: row.gross for row in app.call(takes_of, bar.coffee, "", f"2 x {said}")}
    assert taken["Yulaf südü"] == 200_000
    line = IncomingLine("Kofe", 1000, 550, variant="böyük", modifiers=said, unit_price_minor=550)
    sell(app, [order(1, line)])
    assert lying(app)["Yulaf südü"][0] == 20 * KG - 200_000


def test_a_name_that_two_groups_share_is_told_apart(shop: Shop, bar: Bar) -> None:
    app = shop.app
    second = app.call(
        save_choices, None, "İkinci", (0, 1), [ChoiceForm("Yulaf südü", 90, bar.milk, 50_000)]
    )
    card = app.call(get_product, bar.coffee)
    app.call(
        change_product, bar.coffee, card.version, replace(card.form, choices=(bar.group, second))
    )
    price = app.call(price_for, bar.coffee, chosen=["İkinci: yulaf südü"])
    assert (price.choices_minor, price.said) == (90, "İkinci: Yulaf südü")
    both = app.call(price_for, bar.coffee, chosen=["Yulaf südü", "İkinci: Yulaf südü"])
    assert (both.choices_minor, both.said) == (170, "Əlavə: Yulaf südü, İkinci: Yulaf südü")
    plain = {row.name: row.gross for row in app.call(takes_of, bar.coffee)}
    taken = {row.name: row.gross for row in app.call(takes_of, bar.coffee, "", price.said)}
    assert taken["Süd"] == plain["Süd"] + 50_000
    assert "Yulaf südü" not in taken
    taken = {row.name: row.gross for row in app.call(takes_of, bar.coffee, "", both.said)}
    assert (taken["Yulaf südü"], taken["Süd"]) == (100_000, plain["Süd"] + 50_000)
