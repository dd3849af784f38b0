"""The laws of the stock, held against whatever happens to it in any order; on both engines."""

from __future__ import annotations

from contextlib import suppress
from random import Random
from typing import Any

import pytest

from desktop_app.app import App
from desktop_app.demo.chance import stream
from desktop_app.kernel.access import Role
from desktop_app.kernel.errors import AppError
from desktop_app.stock.consuming import SoldAs, consume
from desktop_app.stock.counting import approve_count, hand_in_count
from desktop_app.stock.operations import list_papers, list_stock, stock_value
from desktop_app.stock.papers import produce, reverse, transfer, write_off
from desktop_app.stock.records import Amount, StockFilter
from desktop_app.stock.tables import StockLevel, StockMove
from desktop_app.venue.operations import the_venue
from tests.database.pantry import KG, Pantry, check_sums, stocked, take
from tests.database.shop import Shop, command

STEPS = 40
TODAY = 20261103


def happen(shop: Shop, pantry: Pantry, rng: Random) -> None:
    """Do something with the stock; what a rule refuses is refused."""
    app, much = shop.app, rng.randint(1, 4 * KG)
    product = rng.choice([pantry.flour, pantry.water])
    place = rng.choice([pantry.main, pantry.bar])
    other = pantry.bar if place == pantry.main else pantry.main
    match rng.randint(0, 7):
        case 0 | 1:
            take(app, place, product, much, rng.randint(0, 99_999))
        case 2:
            app.call(write_off, place, [Amount(product, much)], "x")
        case 3:
            app.call(transfer, place, other, [Amount(product, much)])
        case 4:
            app.call(produce, place, Amount(pantry.dough, much))
        case 5:
            sold(app, pantry, rng.randint(1, 9) * 1000)
        case 6:
            count = app.call(hand_in_count, place, [Amount(product, much)])
            shop.as_role(Role.MANAGER).call(approve_count, count)
        case _:
            papers = app.call(list_papers)
            if papers:
                app.call(reverse, rng.choice(papers).id, "x")


def sold(app: App, pantry: Pantry, much: int) -> None:
    def body(tx: Any) -> None:
        consume(
            tx,
            the_venue(tx).id,
            {SoldAs(TODAY, pantry.bread): much, SoldAs(TODAY, pantry.water): much},
        )

    app.call(command(body))


@pytest.mark.parametrize("seed", range(4))
def test_levels_and_values_are_the_sums_of_the_moves_whatever_happens(
    shop: Shop, seed: int
) -> None:
    app = shop.app
    pantry = stocked(app)
    rng = stream(seed, "happens")
    done = 0
    for _ in range(STEPS):
        try:
            happen(shop, pantry, rng)
            done += 1
        except AppError:
            pass
    assert done > STEPS // 2
    check_sums(shop)
    for row in shop.rows(StockLevel):
        if row["quantity"] == 0:
            assert row["value_minor"] == 0
    total = sum(row["cost_minor"] for row in shop.rows(StockMove))
    assert app.call(stock_value).total_minor == total
    assert app.call(stock_value, StockFilter(day=TODAY)).total_minor == total
    shop.check_counts()
    shop.check_trail()


@pytest.mark.parametrize("seed", range(4))
def test_a_sale_and_its_return_leave_everything_as_it_was(shop: Shop, seed: int) -> None:
    app = shop.app
    pantry = stocked(app)
    rng = stream(seed, "before a sale")
    for _ in range(STEPS // 4):
        with suppress(AppError):
            happen(shop, pantry, rng)
    before = [(row.name, row.quantity, row.value_minor) for row in app.call(list_stock)]
    much = rng.randint(1, 50) * 1000
    day = 20261030  # on which nothing else was sold

    def move(sign: int) -> None:
        def body(tx: Any) -> None:
            consume(
                tx, the_venue(tx).id,
                {SoldAs(day, pantry.bread): sign * much, SoldAs(day, pantry.water): sign * much},
            )  # fmt: skip

        app.call(command(body))

    move(1)
    move(-1)
    assert [(r.name, r.quantity, r.value_minor) for r in app.call(list_stock)] == before
    check_sums(shop)
