"""What to buy: what is running out, up to how much, in which package and from whom."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop_app.app import App
from desktop_app.kernel.access import Role
from desktop_app.kernel.errors import InvalidError, NotAllowedError
from desktop_app.menu.editing import change_product
from desktop_app.menu.operations import get_product
from desktop_app.stock.operations import list_drafts, list_stock
from desktop_app.stock.ordering import list_to_buy, order_supplies
from desktop_app.stock.papers import reverse, write_off
from desktop_app.stock.records import Amount, SupplyForm, SupplyLine
from desktop_app.stock.rules import packages_for
from desktop_app.stock.supplies import drop_draft, receive_draft, receive_supply
from tests.database.pantry import KG, Pantry, stocked, take
from tests.database.shop import Shop, sell


@pytest.fixture
def pantry(app: App) -> Pantry:
    """Give a kitchen whose flour is low below 5 kg, and bought up to 60."""
    made = stocked(app)
    card = app.call(get_product, made.flour)
    app.call(change_product, made.flour, card.version, replace(card.form, wished_stock=60 * KG))
    return made


def sacks(app: App, pantry: Pantry, many: int, amount: int) -> int:
    line = SupplyLine(pantry.flour, many * 1000, amount, 1800, 0, "Kisə", 25 * KG)
    return app.call(receive_supply, SupplyForm(pantry.main, [line], pantry.supplier))


def test_what_is_running_out_is_bought_as_it_was_last(app: App, pantry: Pantry) -> None:
    (never,) = app.call(list_to_buy)  # nothing of it ever came
    assert (never.order, never.package, never.supplier) == (60 * KG, "", "")
    assert never.cost_minor is None
    sacks(app, pantry, 2, 6_000)
    assert app.call(list_to_buy) == []
    app.call(write_off, pantry.main, [Amount(pantry.flour, 46 * KG)], "x")
    (line,) = app.call(list_to_buy)
    assert (line.quantity, line.goal, line.many, line.order) == (4 * KG, 60 * KG, 3, 75 * KG)
    assert (line.package, line.supplier, line.cost_minor) == ("Kisə", "Dəyirman MMC", 9_000)
    (in_main,) = app.call(list_to_buy, pantry.main)
    assert in_main == line
    (in_bar,) = app.call(list_to_buy, pantry.bar)
    assert in_bar.order == 75 * KG  # sacks, to reach 60 kg


def test_a_list_becomes_supplies_that_are_on_their_way(app: App, pantry: Pantry) -> None:
    sacks(app, pantry, 1, 3_000)
    app.call(write_off, pantry.main, [Amount(pantry.flour, 24 * KG)], "x")
    wanted = [(one.product_id, one.order) for one in app.call(list_to_buy)]
    (draft,) = app.call(order_supplies, pantry.main, [*wanted, (pantry.water, 6_000)][:1])
    (row,) = app.call(list_drafts)
    assert (row.id, row.supplier) == (draft, "Dəyirman MMC")
    (line,) = row.form.lines
    assert (line.quantity, line.package, line.amount_minor) == (3_000, "Kisə", 9_000)
    assert app.call(list_to_buy) == []
    app.call(receive_draft, draft, row.version)
    (stock,) = [one for one in app.call(list_stock) if one.product_id == pantry.flour]
    assert stock.quantity == 76 * KG
    both = app.call(order_supplies, pantry.main, [(pantry.flour, KG), (pantry.water, 6_000)])
    assert len(both) == 2  # flour from its supplier, water from nobody yet
    for one in both:
        app.call(drop_draft, one)
    with pytest.raises(InvalidError, match="no line"):
        app.call(order_supplies, pantry.main, [])


def test_a_supply_that_was_taken_back_says_nothing(app: App, pantry: Pantry) -> None:
    take(app, pantry.main, pantry.flour, 2 * KG, 300)
    wrong = sacks(app, pantry, 1, 99_000)
    app.call(reverse, wrong, "wrong")
    (line,) = app.call(list_to_buy)
    assert (line.package, line.supplier, line.order) == ("", "", 58 * KG)
    assert line.cost_minor == 8_700


def test_what_sells_fast_is_bought_before_it_is_low(app: App, pantry: Pantry, shop: Shop) -> None:
    start = shop.clock.now()
    take(app, pantry.main, pantry.water, 200_000, 20_000)
    sell(app, [pantry.order(n, water=2) for n in range(1, 71)])  # on the day before: 5 a day
    assert [one.name for one in app.call(list_to_buy)] == ["Un"]
    app.call(write_off, pantry.main, [Amount(pantry.water, 51_000)], "x")
    (_, line) = sorted(app.call(list_to_buy), key=lambda one: one.name, reverse=True)
    assert (line.name, line.quantity, line.days_left) == ("Su", 9_000, 1)
    assert (line.goal, line.order) == (35_000, 26_000)  # a week's
    shop.clock.at = start + timedelta(weeks=5)
    assert [one.name for one in app.call(list_to_buy)] == ["Un"]  # nobody asks for it any more


def test_prices_are_for_those_who_may_see_them(shop: Shop, pantry: Pantry) -> None:
    sacks(shop.app, pantry, 1, 3_000)
    shop.app.call(write_off, pantry.main, [Amount(pantry.flour, 24 * KG)], "x")
    with pytest.raises(NotAllowedError):
        shop.as_role(Role.STAFF).call(list_to_buy)
    assert [one.cost_minor for one in shop.as_role(Role.ACCOUNTANT).call(list_to_buy)] == [9_000]


@given(st.integers(-(10**9), 10**12), st.integers(1, 10**9))
def test_packages_are_whole_and_enough(much: int, factor: int) -> None:
    many = packages_for(much, factor)
    assert many * factor >= max(much, 0)
    assert many == 0 or (many - 1) * factor < much
