"""Stock on both engines: what moves it, what it is worth, and what is refused."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from desktop_app.app import App
from desktop_app.finance.operations import list_entries
from desktop_app.kernel.access import Permission, Role
from desktop_app.kernel.errors import (
    ConflictError,
    InvalidError,
    NotAllowedError,
    NotFoundError,
)
from desktop_app.menu.editing import change_product
from desktop_app.menu.groups import add_station
from desktop_app.menu.kinds import ProductKind, Unit
from desktop_app.menu.operations import get_product
from desktop_app.orders.operations import list_orders
from desktop_app.orders.records import OrderFilter
from desktop_app.orders.tables import Order
from desktop_app.sales.operations import void
from desktop_app.sales.records import Disposal
from desktop_app.stock.consuming import SoldAs, consume
from desktop_app.stock.counting import (
    approve_count,
    count_places,
    hand_in_count,
    list_counts,
    refuse_count,
    show_variance,
)
from desktop_app.stock.kinds import CountState, MoveKind, PaperKind
from desktop_app.stock.operations import (
    count_papers,
    list_drafts,
    list_moves,
    list_packages,
    list_papers,
    list_stock,
    list_storages,
    list_suppliers,
    show_paper,
    stock_value,
)
from desktop_app.stock.papers import produce, reverse, transfer, write_off
from desktop_app.stock.paying import pay_supply, take_payments_back
from desktop_app.stock.places import (
    list_station_storages,
    remove_package,
    remove_storage,
    remove_supplier,
    save_package,
    save_storage,
    save_supplier,
    set_station_storage,
)
from desktop_app.stock.records import (
    Amount,
    MoveFilter,
    PaperFilter,
    StockFilter,
    StorageForm,
    SupplierForm,
    SupplyForm,
    SupplyLine,
)
from desktop_app.stock.supplies import (
    drop_draft,
    receive_draft,
    receive_supply,
    save_draft,
)
from desktop_app.stock.tables import StockDocument, StockLevel, StockMove
from desktop_app.venue.operations import the_venue
from tests.database.pantry import KG, Pantry, check_sums, stocked, take
from tests.database.shop import Shop, command, sell


@pytest.fixture
def pantry(app: App) -> Pantry:
    """Give a kitchen with a bread and a water, two storages and a supplier."""
    return stocked(app)


def quantity(app: App, name: str, **wanted: Any) -> tuple[int, int | None]:
    (row,) = [one for one in app.call(list_stock, StockFilter(**wanted)) if one.name == name]
    return row.quantity, row.value_minor


def test_a_supply_comes_in_with_tax_discount_packages_and_is_owed(
    app: App, pantry: Pantry, shop: Shop
) -> None:
    form = SupplyForm(
        pantry.main,
        [
            SupplyLine(pantry.flour, 2_000, 6_000, 1800, 1000, "Kisə", 25 * KG),
            SupplyLine(pantry.water, 12_000, 1_200),
        ],
        pantry.supplier,
        invoice="EQF-0042",
        tax_included=False,
        note="🚚 " + "ə" * 9_000,
    )
    paper = app.call(receive_supply, form)
    card = app.call(show_paper, paper)
    first = card.lines[0]
    assert (first.quantity, first.discount_minor, first.tax_minor) == (50 * KG, 600, 972)
    assert (card.net_minor, card.tax_minor, card.row.total_minor) == (6_600, 972, 7_572)
    assert (card.row.serial, card.row.unpaid_minor) == (1, 7_572)
    assert card.row.due_date == date(2026, 11, 17)  # the supplier gives 14 days
    assert quantity(app, "Un") == (50 * KG, 6_372)
    assert app.call(get_product, pantry.flour).form.cost_minor == 127  # a kilogram, in the menu
    assert app.call(pay_supply, paper, 7_000) == 572
    assert app.call(list_suppliers)[0].unpaid_minor == 572
    assert [row.id for row in app.call(list_papers, PaperFilter(only_unpaid=True))] == [paper]
    with pytest.raises(InvalidError, match="more than is owed"):
        app.call(pay_supply, paper, 573)
    assert app.call(pay_supply, paper, 572) == 0
    assert app.call(count_papers, PaperFilter(only_unpaid=True)) == 0
    assert app.call(list_papers, PaperFilter(text="deyirman"))[0].invoice == "EQF-0042"
    check_sums(shop)
    shop.check_counts()
    shop.check_trail()


def test_tax_that_is_given_back_is_no_part_of_the_cost(app: App, pantry: Pantry) -> None:
    form = SupplyForm(pantry.main, [SupplyLine(pantry.flour, KG, 118, 1800)], tax_reclaimed=True)
    app.call(receive_supply, form, paid=True)
    assert quantity(app, "Un") == (KG, 100)
    assert app.call(list_papers)[0].unpaid_minor == 0


def test_sales_take_through_nested_recipes_once_a_day(app: App, pantry: Pantry, shop: Shop) -> None:
    take(app, pantry.main, pantry.flour, 10 * KG, 1_200)
    take(app, pantry.main, pantry.water, 24_000, 2_400)
    sell(app, [pantry.order(1, bread=2, water=1), pantry.order(2, bread=1)])
    rows, _ = app.call(list_moves, MoveFilter(kinds=frozenset({MoveKind.SALE})))
    assert {(row.product, row.quantity, row.cost_minor) for row in rows} == {
        ("Un", -600_000, -72),  # three breads of 300 g dough, two thirds of it flour
        ("Su", -1_000, -100),
    }
    assert quantity(app, "Un") == (10 * KG - 600_000, 1_128)
    check_sums(shop)


def test_goods_that_nobody_stocks_and_dishes_without_a_card_move_nothing(
    app: App, pantry: Pantry, shop: Shop
) -> None:
    sell(app, [pantry.order(1, water=3), pantry.order(2, tea=1)])
    assert shop.rows(StockMove) == []


def test_a_sale_and_its_return_are_nothing(app: App, pantry: Pantry, shop: Shop) -> None:
    take(app, pantry.main, pantry.flour, 7 * KG, 1_001)
    before = quantity(app, "Un")
    venue = app.call(command(lambda tx: the_venue(tx).id))

    def sold(much: int) -> None:
        app.call(command(lambda tx: consume(tx, venue, {SoldAs(20261102, pantry.bread): much})))

    sold(3_000)
    assert quantity(app, "Un") != before
    take(app, pantry.main, pantry.flour, KG, 9_999)  # the price changed meanwhile
    sold(-3_000)
    much, value = before
    assert value is not None
    assert quantity(app, "Un") == (much + KG, value + 9_999)
    sales = [row for row in shop.rows(StockMove) if row["kind"] is MoveKind.SALE]
    assert sum(row["quantity"] for row in sales) == 0
    assert sum(row["cost_minor"] for row in sales) == 0
    check_sums(shop)


@pytest.mark.parametrize("disposal", list(Disposal))
def test_a_void_brings_the_goods_back_or_leaves_them_wasted(
    app: App, pantry: Pantry, shop: Shop, disposal: Disposal
) -> None:
    take(app, pantry.main, pantry.flour, 7 * KG, 1_001)
    before = quantity(app, "Un")
    sell(app, [pantry.order(1, bread=3)])
    left = quantity(app, "Un")
    (sold,) = app.call(list_orders, OrderFilter()).rows
    take(app, pantry.main, pantry.flour, KG, 9_999)  # the price changed meanwhile
    app.call(void, sold.id, "Qonaq gözləmədi", disposal=disposal)
    much, value = before if disposal is Disposal.RETURN else left
    assert value is not None
    assert quantity(app, "Un") == (much + KG, value + 9_999)
    check_sums(shop)


def test_there_can_be_less_than_nothing_and_it_shows(app: App, pantry: Pantry, shop: Shop) -> None:
    sell(app, [pantry.order(1, bread=5)])
    (row,) = app.call(list_stock, StockFilter(only_negative=True))
    assert (row.name, row.quantity, row.is_negative) == ("Un", -KG, True)
    take(app, pantry.main, pantry.flour, 3 * KG, 600)
    assert quantity(app, "Un") == (2 * KG, 400)  # what was sold gets the price it was bought at
    assert app.call(list_stock, StockFilter(only_negative=True)) == []
    assert [row.name for row in app.call(list_stock, StockFilter(only_low=True))] == ["Un"]
    check_sums(shop)


def test_what_is_made_ahead_is_produced_and_then_sold_from_the_storage(
    app: App, pantry: Pantry, shop: Shop
) -> None:
    take(app, pantry.main, pantry.flour, 10 * KG, 1_000)
    pantry.make_dough_ahead(app)
    paper = app.call(produce, pantry.main, Amount(pantry.dough, 3 * KG))
    assert quantity(app, "Un") == (8 * KG, 800)
    assert quantity(app, "Xəmir") == (3 * KG, 200)
    assert app.call(show_paper, paper).made == Amount(pantry.dough, 3 * KG)
    sell(app, [pantry.order(1, bread=2)])
    assert quantity(app, "Un") == (8 * KG, 800)
    assert quantity(app, "Xəmir") == (2_400_000, 160)
    with pytest.raises(InvalidError, match="no technical card"):
        app.call(produce, pantry.main, Amount(pantry.flour, KG))
    check_sums(shop)


def test_transfers_keep_the_value_and_write_offs_take_it(
    app: App, pantry: Pantry, shop: Shop
) -> None:
    take(app, pantry.main, pantry.flour, 10 * KG, 1_000)
    app.call(transfer, pantry.main, pantry.bar, [Amount(pantry.flour, 4 * KG)])
    assert quantity(app, "Un", storage_id=pantry.bar) == (4 * KG, 400)
    assert app.call(stock_value).total_minor == 1_000
    app.call(write_off, pantry.bar, [Amount(pantry.flour, KG)], "Xarab olub")
    assert {name: value for _, name, value in app.call(stock_value).storages} == {
        "Bar": 300,
        "Mətbəx": 600,
    }
    with pytest.raises(InvalidError, match="Say why"):
        app.call(write_off, pantry.bar, [Amount(pantry.flour, KG)], " ")
    with pytest.raises(InvalidError, match="lies there already"):
        app.call(transfer, pantry.bar, pantry.bar, [Amount(pantry.flour, KG)])
    check_sums(shop)


@pytest.mark.parametrize("kind", list(PaperKind))
def test_a_paper_is_taken_back_by_another_that_points_at_it(
    app: App, pantry: Pantry, shop: Shop, kind: PaperKind
) -> None:
    take(app, pantry.main, pantry.flour, 9 * KG, 1_003)
    before = shop.rows(StockDocument)
    value, stock = app.call(stock_value), app.call(list_stock)
    match kind:
        case PaperKind.SUPPLY:
            paper = take(app, pantry.main, pantry.flour, KG, 777)
        case PaperKind.TRANSFER:
            paper = app.call(transfer, pantry.main, pantry.bar, [Amount(pantry.flour, KG)])
        case PaperKind.WRITE_OFF:
            paper = app.call(write_off, pantry.main, [Amount(pantry.flour, KG)], "x")
        case PaperKind.PRODUCTION:
            paper = app.call(produce, pantry.main, Amount(pantry.dough, KG))
        case PaperKind.COUNT:
            count = app.call(hand_in_count, pantry.main, [Amount(pantry.flour, 8 * KG)])
            paper = shop.as_role(Role.MANAGER).call(approve_count, count)
    assert app.call(stock_value) != value or kind in {PaperKind.TRANSFER, PaperKind.PRODUCTION}
    back = app.call(reverse, paper, "Səhv idi")
    assert app.call(stock_value) == value
    assert [(r.name, r.quantity) for r in app.call(list_stock)] == [
        (r.name, r.quantity) for r in stock
    ]
    assert [row for row in shop.rows(StockDocument) if row in before] == before
    card = app.call(show_paper, back)
    assert (card.row.reverses_id, card.row.unpaid_minor) == (paper, 0)
    assert app.call(show_paper, paper).row.reversed_by == back
    with pytest.raises(ConflictError, match="taken back already"):
        app.call(reverse, paper, "x")
    with pytest.raises(ConflictError, match="takes another one back"):
        app.call(reverse, back, "x")
    check_sums(shop)


def test_nobody_can_change_what_was_posted(app: App, pantry: Pantry) -> None:
    paper = take(app, pantry.main, pantry.flour, KG, 100)

    def change(tx: Any) -> None:
        tx.get(StockDocument, paper).total_minor = 1

    with pytest.raises(NotAllowedError):
        app.call(command(change, Permission.STOCK_EDIT))

    def remove(tx: Any) -> None:
        tx.remove(tx.get(StockDocument, paper))

    with pytest.raises(NotAllowedError):
        app.call(command(remove, Permission.STOCK_EDIT))
    assert app.call(show_paper, paper).row.total_minor == 100


def test_a_paid_supply_is_taken_back_after_its_money(app: App, pantry: Pantry) -> None:
    paper = take(app, pantry.main, pantry.flour, KG, 100)
    app.call(pay_supply, paper, 40)
    app.call(pay_supply, paper, 10)
    with pytest.raises(ConflictError, match="Something was paid"):
        app.call(reverse, paper, "x")
    assert app.call(take_payments_back, paper, "Səhv hesab") == 100
    assert sum(row.amount_minor for row in app.call(list_entries)) == 0
    with pytest.raises(ConflictError, match="Nothing was paid"):
        app.call(take_payments_back, paper, "x")
    app.call(pay_supply, paper, 30)
    assert app.call(take_payments_back, paper, "x") == 100
    assert [one.amount_minor for one in app.call(show_paper, paper).payments] == [
        40, 10, -40, -10, 30, -30,
    ]  # fmt: skip
    app.call(reverse, paper, "x")
    with pytest.raises(ConflictError, match="nothing is owed"):
        app.call(pay_supply, paper, 40)


def test_only_the_newest_payment_is_undone_and_no_other(app: App, pantry: Pantry) -> None:
    paper = take(app, pantry.main, pantry.flour, KG, 100)
    assert app.call(pay_supply, paper, 30) == 70
    assert app.call(pay_supply, paper, 20) == 50
    with pytest.raises(ConflictError, match="Something else was paid"):
        app.call(take_payments_back, paper, "x", last_minor=30)
    assert app.call(take_payments_back, paper, "x", last_minor=20) == 70
    assert app.call(take_payments_back, paper, "x", last_minor=30) == 100


def test_a_draft_moves_nothing_until_it_is_received(app: App, pantry: Pantry, shop: Shop) -> None:
    form = SupplyForm(pantry.main, [SupplyLine(pantry.flour, KG, 118, 1800)], pantry.supplier)
    draft = app.call(save_draft, None, form)
    (row,) = app.call(list_drafts)
    assert (row.total_minor, row.version, row.supplier) == (118, 1, "Dəyirman MMC")
    assert shop.rows(StockMove) == []
    more = replace(row.form, lines=[*form.lines, SupplyLine(pantry.water, 1_000, 50)])
    app.call(save_draft, draft, more, 1)
    with pytest.raises(ConflictError, match="Somebody else"):
        app.call(save_draft, draft, form, 1)
    app.call(receive_draft, draft, 2)
    assert app.call(list_drafts) == []
    assert quantity(app, "Su") == (1_000, 50)
    with pytest.raises(NotFoundError, match="any more"):
        app.call(receive_draft, draft, 2)
    other = app.call(save_draft, None, form)
    app.call(drop_draft, other)
    check_sums(shop)
    shop.check_counts()


def test_places_are_kept_while_they_are_in_use(app: App, pantry: Pantry) -> None:
    take(app, pantry.main, pantry.flour, KG, 100, pantry.supplier)
    with pytest.raises(ConflictError, match="stands on papers"):
        app.call(remove_supplier, pantry.supplier)
    with pytest.raises(ConflictError, match="is in use"):
        app.call(remove_storage, pantry.main)
    with pytest.raises(ConflictError, match="is not empty"):
        app.call(save_storage, pantry.main, StorageForm("Mətbəx", active=False), 1)
    app.call(remove_storage, pantry.bar)
    other = app.call(save_supplier, None, SupplierForm("Su MMC"))
    with pytest.raises(ConflictError, match="there already"):
        app.call(save_supplier, None, SupplierForm(" Su   MMC "))
    with pytest.raises(ConflictError, match="Somebody else"):
        app.call(save_supplier, other, SupplierForm("Su"), 7)
    app.call(remove_supplier, other)
    assert [row.form.name for row in app.call(list_storages)] == ["Mətbəx"]
    package = app.call(save_package, pantry.flour, "Kisə", 50 * KG)
    assert app.call(save_package, pantry.flour, "Kisə", 25 * KG) == package
    assert app.call(list_packages)[0].factor == 25 * KG
    app.call(remove_package, package)


def test_only_one_storage_sells(app: App, pantry: Pantry) -> None:
    app.call(save_storage, pantry.bar, StorageForm("Bar", sells=True), 1)
    assert [(s.form.name, s.form.sells) for s in app.call(list_storages)] == [
        ("Bar", True), ("Mətbəx", False),
    ]  # fmt: skip


def test_a_count_is_blind_and_approved_by_somebody_else(
    app: App, pantry: Pantry, shop: Shop
) -> None:
    take(app, pantry.main, pantry.flour, 10 * KG, 1_000)
    waiter = shop.as_role(Role.STAFF)
    (place,) = [one for one in waiter.call(count_places) if one.storage == "Mətbəx"]
    assert [name for _, name, _ in place.products] == ["Su", "Un", "Xəmir"]
    with pytest.raises(NotAllowedError):
        waiter.call(list_stock)

    def peep(tx: Any) -> list[Any]:
        from sqlalchemy import select

        return list(tx.rows(select(StockLevel.quantity)))

    with pytest.raises(NotAllowedError):
        waiter.call(command(peep))
    count = waiter.call(hand_in_count, place.storage_id, [Amount(pantry.flour, 9_500_000)])
    with pytest.raises(NotAllowedError):
        waiter.call(approve_count, count)
    shop.clock.at += timedelta(hours=1)
    sell(app, [pantry.order(60 * 24, bread=1)])  # between counting and approving
    accountant = shop.as_role(Role.ACCOUNTANT)
    (found,) = accountant.call(show_variance, count)
    assert (found.counted, found.expected, found.difference) == (9_500_000, 10 * KG, -500_000)
    assert found.value_minor == -50
    accountant.call(approve_count, count)
    assert quantity(app, "Un") == (9_300_000, 930)
    assert [row.state for row in waiter.call(list_counts)] == [CountState.APPROVED]
    with pytest.raises(ConflictError, match="decided on already"):
        accountant.call(refuse_count, count)
    check_sums(shop)
    shop.check_counts()


def test_who_counted_does_not_approve(app: App, pantry: Pantry, shop: Shop) -> None:
    manager = shop.as_role(Role.MANAGER)
    count = manager.call(hand_in_count, pantry.main, [Amount(pantry.flour, 0)])
    with pytest.raises(NotAllowedError, match="Whoever counted"):
        manager.call(approve_count, count)
    manager.call(refuse_count, count)
    own = app.call(hand_in_count, pantry.main, [Amount(pantry.flour, 0)])
    with pytest.raises(NotAllowedError, match="Whoever counted"):
        app.call(approve_count, own)
    manager.call(approve_count, own)
    assert app.call(list_counts, only_waiting=True) == []


def test_nothing_is_entered_before_the_last_count(app: App, pantry: Pantry, shop: Shop) -> None:
    take(app, pantry.main, pantry.flour, 10 * KG, 1_000)
    count = app.call(hand_in_count, pantry.main, [Amount(pantry.flour, 8 * KG)])
    shop.as_role(Role.MANAGER).call(approve_count, count)
    yesterday = shop.clock.now() - timedelta(days=1)
    form = SupplyForm(pantry.main, [SupplyLine(pantry.flour, KG, 100)], at=yesterday)
    moves = len(shop.rows(StockMove))
    with pytest.raises(InvalidError, match="was counted on 2026-11-03") as refused:
        app.call(receive_supply, form)
    assert refused.value.field == "at"
    with pytest.raises(InvalidError, match="nothing before that"):
        app.call(write_off, pantry.main, [Amount(pantry.flour, KG)], "x", at=yesterday)
    with pytest.raises(InvalidError, match="still to come"):
        app.call(receive_supply, replace(form, at=shop.clock.now() + timedelta(hours=1)))
    assert len(shop.rows(StockMove)) == moves
    other = replace(form, lines=[SupplyLine(pantry.water, 1_000, 10)])
    app.call(receive_supply, other)  # water was not counted
    sell(app, [pantry.order(1, bread=1)])  # late sales of the day before change that day only
    assert quantity(app, "Un") == (8 * KG, 800)
    assert quantity(app, "Un", day=20261102) == (-200_000, -20)
    check_sums(shop)


def test_stock_at_a_past_moment_is_what_the_moves_until_then_say(
    app: App, pantry: Pantry, shop: Shop
) -> None:
    at = shop.clock.now()
    for days, much in ((70, 5), (40, 7), (3, 11)):
        form = SupplyForm(
            pantry.main, [SupplyLine(pantry.flour, much * KG, much * 100)],
            at=at - timedelta(days=days),
        )  # fmt: skip
        app.call(receive_supply, form)
    assert quantity(app, "Un", day=20260801) == (0, 0)
    assert quantity(app, "Un", day=20260925) == (12 * KG, 1_200)
    assert quantity(app, "Un", at=at - timedelta(days=3)) == (23 * KG, 2_300)
    assert quantity(app, "Un", at=at - timedelta(days=3, seconds=1)) == (12 * KG, 1_200)
    assert app.call(stock_value, StockFilter(day=20260831)).total_minor == 500


@pytest.mark.parametrize(
    "line",
    [
        {"quantity": -1_000},
        {"quantity": 0},
        {"quantity": 10**13},
        {"amount_minor": -1},
        {"amount_minor": 10**15},
        {"tax_bp": -1},
        {"discount_bp": 10_001},
        {"factor": 0},
        {"quantity": 333, "factor": 7},
    ],
)
def test_a_bad_line_changes_nothing(
    app: App, pantry: Pantry, shop: Shop, line: dict[str, int]
) -> None:
    before = shop.real_counts()
    bad = replace(SupplyLine(pantry.flour, 1_000, 100), **line)
    with pytest.raises(InvalidError):
        app.call(receive_supply, SupplyForm(pantry.main, [bad]))
    with pytest.raises(InvalidError):
        app.call(save_draft, None, SupplyForm(pantry.main, [bad]))
    assert shop.real_counts() == before


def test_costs_are_for_those_who_may_see_them(app: App, pantry: Pantry, shop: Shop) -> None:
    paper = take(app, pantry.main, pantry.flour, KG, 100)
    role = app_role(shop)
    assert [r.value_minor for r in role.call(list_stock)] == [None, None, None]
    assert role.call(show_paper, paper).row.total_minor is None
    assert role.call(list_moves)[0][0].cost_minor is None
    with pytest.raises(NotAllowedError):
        role.call(stock_value)
    line = SupplyLine(pantry.flour, KG, 118, 1800)
    app.call(save_draft, None, SupplyForm(pantry.main, [line], pantry.supplier))
    (draft,) = role.call(list_drafts)
    assert (draft.total_minor, list(draft.form.lines)) == (None, [replace(line, amount_minor=0)])
    assert app.call(list_drafts)[0].total_minor == 118


def app_role(shop: Shop) -> App:
    """Sign in somebody who sees the stock and not what it costs."""
    from desktop_app.access.users import save_role
    from tests.database.shop import confirmed

    held = {Permission.STOCK_READ}
    made = confirmed(shop.app, save_role, "", "Anbardar", held)
    return shop.newcomer(made.role.id)


def test_somebody_who_keeps_one_venue_sees_its_stock_only(
    app: App, pantry: Pantry, shop: Shop
) -> None:
    take(app, pantry.main, pantry.flour, KG, 100)
    venue = app.call(command(lambda tx: the_venue(tx).id))
    here = shop.newcomer(Role.MANAGER, venues=(venue,))
    assert quantity(here, "Un") == (KG, 100)
    elsewhere = shop.newcomer(Role.MANAGER, venues=(venue + 1,))
    assert elsewhere.call(list_storages) == []


def test_a_unit_cannot_change_once_stock_has_moved(app: App, pantry: Pantry) -> None:
    card = app.call(get_product, pantry.water)
    changed = app.call(
        change_product, card.id, card.version, replace(card.form, unit=Unit.MILLILITRE)
    )
    app.call(change_product, card.id, changed, card.form)
    take(app, pantry.main, pantry.water, 1_000, 100)
    card = app.call(get_product, pantry.water)
    with pytest.raises(ConflictError, match="cannot change"):
        app.call(change_product, card.id, card.version, replace(card.form, unit=Unit.GRAM))
    with pytest.raises(ConflictError, match="lies in a storage"):
        app.call(change_product, card.id, card.version, replace(card.form, kind=ProductKind.DISH))
    app.call(change_product, card.id, card.version, replace(card.form, note="x"))


def test_what_is_made_at_a_station_goes_from_its_storage(shop: Shop) -> None:
    app, pantry = shop.app, stocked(shop.app)
    bar = app.call(add_station, "Bar")
    card = app.call(get_product, pantry.water)
    app.call(change_product, card.id, card.version, replace(card.form, station_id=bar))
    app.call(set_station_storage, bar, pantry.bar)
    (row,) = app.call(list_station_storages)
    assert (row.storage_id, row.storage) == (pantry.bar, "Bar")
    since = StorageForm("Bar", since=date(2026, 1, 1))
    app.call(save_storage, pantry.bar, since, 1)
    for storage in (pantry.main, pantry.bar):
        take(app, storage, pantry.water, 10_000, 1_000)
    sell(app, [pantry.order(1, bread=1, water=3)])
    assert _levels(shop, pantry.water) == {pantry.main: 10_000, pantry.bar: 7_000}
    number = int(shop.rows(Order)[-1]["id"])
    app.call(void, number, "wrong table")
    assert _levels(shop, pantry.water) == {pantry.main: 10_000, pantry.bar: 10_000}
    app.call(set_station_storage, bar, None)
    sell(app, [pantry.order(2, water=1)])
    assert _levels(shop, pantry.water) == {pantry.main: 9_000, pantry.bar: 10_000}
    check_sums(shop)
    empty = app.call(save_storage, None, StorageForm("Terras"))
    app.call(set_station_storage, bar, empty)
    app.call(remove_storage, empty)
    assert app.call(list_station_storages)[0].storage_id is None


def _levels(shop: Shop, product: int) -> dict[int, int]:
    return {
        row["storage_id"]: row["quantity"]
        for row in shop.rows(StockLevel)
        if row["product_id"] == product
    }
