"""Stock where it is easily got wrong: two counts of a day, papers taken back, several venues."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest

from desktop_app.app import App
from desktop_app.kernel.access import Role
from desktop_app.kernel.errors import ConflictError, InvalidError
from desktop_app.menu.editing import add_product
from desktop_app.menu.kinds import ProductKind
from desktop_app.menu.operations import get_product
from desktop_app.menu.records import ProductForm
from desktop_app.orders.records import IncomingOrder
from desktop_app.stock.counting import (
    approve_count,
    count_places,
    hand_in_count,
    refuse_count,
    show_variance,
)
from desktop_app.stock.operations import (
    list_papers,
    list_stock,
    list_suppliers,
    show_paper,
    stock_value,
)
from desktop_app.stock.papers import produce, reverse, transfer, write_off
from desktop_app.stock.places import remove_storage, save_storage
from desktop_app.stock.records import Amount, StorageForm, SupplyForm, SupplyLine
from desktop_app.stock.supplies import receive_supply
from desktop_app.stock.tables import StockDocument, StockMove
from desktop_app.venue.operations import open_venue
from desktop_app.venue.records import NewVenue
from tests.database.pantry import KG, Pantry, check_sums, stocked, take
from tests.database.shop import Shop, sell


@pytest.fixture
def pantry(app: App) -> Pantry:
    """Give a kitchen with a bread and a water, two storages and a supplier."""
    return stocked(app)


def much(app: App, name: str) -> int:
    return next(row.quantity for row in app.call(list_stock) if row.name == name)


def counted(shop: Shop, storage: int, product: int, quantity: int, *, approve: bool = True) -> int:
    """Count a product now, approved by somebody else."""
    count = shop.app.call(hand_in_count, storage, [Amount(product, quantity)])
    if approve:
        shop.as_role(Role.MANAGER).call(approve_count, count)
    return count


def test_an_older_count_of_the_same_day_is_not_approved_after_a_newer_one(
    app: App, pantry: Pantry, shop: Shop
) -> None:
    take(app, pantry.main, pantry.flour, 10 * KG, 1_000)
    shop.clock.at += timedelta(hours=1)
    older = counted(shop, pantry.main, pantry.flour, 9 * KG, approve=False)
    shop.clock.at += timedelta(hours=1)
    counted(shop, pantry.main, pantry.flour, 8 * KG)
    with pytest.raises(ConflictError, match="counted again after"):
        shop.as_role(Role.MANAGER).call(approve_count, older)
    assert much(app, "Un") == 8 * KG


def test_a_storage_that_was_only_counted_is_not_lost(app: App, pantry: Pantry, shop: Shop) -> None:
    terrace = app.call(save_storage, None, StorageForm("Terras"))
    count = counted(shop, terrace, pantry.flour, 0, approve=False)
    app.call(refuse_count, count)
    with pytest.raises(ConflictError, match="“Terras” is in use"):
        app.call(remove_storage, terrace)


def test_a_supply_that_was_taken_back_is_no_supply_and_no_price(
    app: App, pantry: Pantry, shop: Shop
) -> None:
    good = take(app, pantry.main, pantry.flour, 10 * KG, 1_000, pantry.supplier)
    wrong = take(app, pantry.main, pantry.flour, 10 * KG, 100_000, pantry.supplier)
    app.call(write_off, pantry.main, [Amount(pantry.flour, 5 * KG)], "x")
    app.call(reverse, wrong, "wrong price")
    assert app.call(get_product, pantry.flour).form.cost_minor == 100
    (row,) = [one for one in app.call(list_stock) if one.name == "Un"]
    assert (row.quantity, row.value_minor) == (5 * KG, 500)
    (supplier,) = app.call(list_suppliers)
    assert (supplier.supplies, supplier.bought_minor) == (1, 1_000)
    app.call(write_off, pantry.main, [Amount(pantry.flour, 5 * KG)], "y")
    app.call(reverse, good, "never came")
    check_sums(shop)


def test_the_mistaken_price_of_a_first_supply_does_not_stay(
    app: App, pantry: Pantry, shop: Shop
) -> None:
    wrong = take(app, pantry.main, pantry.water, 10_000, 99_000)
    app.call(reverse, wrong, "wrong price")
    sell(app, [pantry.order(1, water=1)])
    (row,) = [one for one in app.call(list_stock) if one.name == "Su"]
    assert (row.quantity, row.value_minor) == (-1_000, 0)
    check_sums(shop)


def test_a_count_that_was_taken_back_lets_older_papers_in_again(
    app: App, pantry: Pantry, shop: Shop
) -> None:
    take(app, pantry.main, pantry.flour, 10 * KG, 1_000)
    morning = shop.clock.now()
    shop.clock.at += timedelta(days=1)
    counted(shop, pantry.main, pantry.flour, 10 * KG)
    shop.clock.at += timedelta(days=2)
    counted(shop, pantry.main, pantry.flour, 7 * KG)
    late = SupplyForm(
        pantry.main, [SupplyLine(pantry.flour, KG, 100)], at=shop.clock.now() - timedelta(days=1)
    )
    with pytest.raises(InvalidError, match="take the count back first") as refused:
        app.call(receive_supply, late)
    assert refused.value.hint is not None
    newest = app.call(list_papers)[0]
    app.call(reverse, newest.id, "counted wrongly")
    assert much(app, "Un") == 10 * KG
    app.call(receive_supply, late)
    assert much(app, "Un") == 11 * KG
    with pytest.raises(InvalidError, match="was counted on"):  # the first count still holds
        app.call(receive_supply, SupplyForm(pantry.main, late.lines, at=morning))
    check_sums(shop)


def test_only_what_a_paper_moves_keeps_it_from_being_entered(
    app: App, pantry: Pantry, shop: Shop
) -> None:
    pantry.make_dough_ahead(app)
    take(app, pantry.main, pantry.flour, 10 * KG, 1_000)
    take(app, pantry.bar, pantry.flour, KG, 100)
    before = shop.clock.now()
    shop.clock.at += timedelta(hours=2)
    counted(shop, pantry.bar, pantry.flour, KG)  # flour of the bar, which nobody touches
    app.call(
        produce, pantry.main, Amount(pantry.dough, 1_500_000), target_id=pantry.bar,
        at=before + timedelta(hours=1),
    )  # fmt: skip
    check_sums(shop)


def test_sales_of_the_day_of_a_count_that_come_in_later_were_counted(
    app: App, pantry: Pantry, shop: Shop
) -> None:
    """Counted at closing, while the day's receipts come in the next morning."""
    take(app, pantry.main, pantry.water, 100_000, 10_000)
    noon = shop.clock.now()  # of the business day
    shop.clock.at = noon + timedelta(hours=8)
    counted(shop, pantry.main, pantry.water, 90_000)
    shop.clock.at = noon + timedelta(days=1)
    sold = [
        pantry.order(1, water=7), pantry.order(2, water=3), pantry.order(3, water=2),
    ]  # fmt: skip
    times = (noon + timedelta(hours=1), noon + timedelta(hours=7), noon + timedelta(hours=9))
    sell(app, [_at(one, at) for one, at in zip(sold, times, strict=True)])
    assert much(app, "Su") == 88_000  # only what was sold after the count
    check_sums(shop)


def test_a_count_waits_for_the_receipts_of_its_day(app: App, pantry: Pantry, shop: Shop) -> None:
    take(app, pantry.main, pantry.water, 100_000, 10_000)
    noon = shop.clock.now()
    shop.clock.at = noon + timedelta(hours=8)
    count = counted(shop, pantry.main, pantry.water, 90_000, approve=False)
    shop.clock.at = noon + timedelta(days=1)
    sell(
        app,
        [
            _at(pantry.order(1, water=10), noon + timedelta(hours=1)),
            _at(pantry.order(2, water=4), noon + timedelta(hours=9)),
        ],
    )
    manager = shop.as_role(Role.MANAGER)
    (found,) = manager.call(show_variance, count)
    assert (found.counted, found.expected) == (90_000, 90_000)
    manager.call(approve_count, count)
    assert much(app, "Su") == 86_000
    check_sums(shop)


def _at(one: IncomingOrder, at: datetime) -> IncomingOrder:
    return one._replace(opened_at=at)


def test_stock_of_several_venues_is_of_all_and_papers_are_their_storages(
    app: App, pantry: Pantry, shop: Shop
) -> None:
    take(app, pantry.main, pantry.flour, KG, 100)
    second = app.call(open_venue, NewVenue("İçəri Şəhər", "USD"))
    app.work_at(second)
    sugar = app.call(add_product, ProductForm("Qənd", ProductKind.INGREDIENT))
    cellar = app.call(save_storage, None, StorageForm("Zirzəmi", since=date(2026, 1, 1)))
    app.work_at(None)
    paper = take(app, cellar, sugar, 5_000, 700)
    assert app.call(show_paper, paper).row.serial == 1  # the first of its venue
    assert {row["venue_id"] for row in shop.rows(StockDocument) if row["id"] == paper} == {second}
    assert {row["venue_id"] for row in shop.rows(StockMove) if row["storage_id"] == cellar} == {
        second
    }
    rows = {row.name: row.value_minor for row in app.call(list_stock)}
    assert (rows["Un"], rows["Qənd"]) == (100, 700)
    assert sum(value or 0 for value in rows.values()) == app.call(stock_value).total_minor
    offered = {one.storage: {name for _, name, _ in one.products} for one in app.call(count_places)}
    assert offered["Zirzəmi"] == {"Qənd"}
    assert "Qənd" not in offered["Mətbəx"]
    with pytest.raises(InvalidError, match="another venue"):
        take(app, cellar, pantry.flour, KG, 100)
    with pytest.raises(InvalidError, match="another venue"):
        app.call(transfer, pantry.main, cellar, [Amount(pantry.flour, KG)])
    with pytest.raises(InvalidError, match="another venue"):
        app.call(hand_in_count, cellar, [Amount(pantry.flour, KG)])
    check_sums(shop)


def test_a_count_of_a_day_whose_receipts_had_come_in_as_a_whole_is_not_guessed(
    app: App, pantry: Pantry, shop: Shop
) -> None:
    take(app, pantry.main, pantry.water, 100_000, 10_000)
    noon = shop.clock.now()
    shop.clock.at = noon + timedelta(days=1)
    sell(app, [_at(pantry.order(1, water=10), noon + timedelta(hours=1))])
    evening = noon + timedelta(hours=8)
    lines = [Amount(pantry.water, 90_000)]
    count = app.call(hand_in_count, pantry.main, lines, at=evening)
    manager = shop.as_role(Role.MANAGER)
    with pytest.raises(ConflictError, match="as a whole") as refused:
        manager.call(approve_count, count)
    assert "04.11.2026 05:59" in str(refused.value.hint)
    app.call(refuse_count, count)
    end = shop.clock.now().replace(hour=1, minute=59, second=59, microsecond=999_000)
    later = app.call(hand_in_count, pantry.main, lines, at=end)
    (found,) = manager.call(show_variance, later)
    assert found.difference == 0
    manager.call(approve_count, later)
    check_sums(shop)
