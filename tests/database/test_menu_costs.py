"""The list of thousands and the card of one product say the same costs; on both engines."""

from __future__ import annotations

from dataclasses import replace

import pytest

from desktop_app.app import App
from desktop_app.demo.chance import stream
from desktop_app.menu.editing import add_product, change_product
from desktop_app.menu.kinds import ProductKind, Unit
from desktop_app.menu.operations import get_product, list_products
from desktop_app.menu.records import ProductForm, VariantRow
from desktop_app.menu.rules import Part
from desktop_app.menu.sizes import SizeCard
from desktop_app.menu.sizing import offer_size

UNITS = list(Unit)


@pytest.mark.parametrize("seed", range(4))
def test_the_list_costs_what_the_cards_cost(app: App, seed: int) -> None:
    chance = stream(seed, "costs")
    known = [
        app.call(
            add_product,
            ProductForm(
                f"Ərzaq {n}", ProductKind.INGREDIENT, chance.choice(UNITS),
                cost_minor=chance.randint(0, 9_999),
            ),
        )
        for n in range(6)
    ]  # fmt: skip
    for n in range(10):
        kind = chance.choice([ProductKind.PREPARATION, ProductKind.DISH, ProductKind.TIMED])
        parts = tuple(
            Part(one, gross, gross)
            for one in chance.sample(known, chance.randint(0, min(4, len(known))))
            for gross in [chance.randint(1, 999_999)]
        )
        form = ProductForm(
            f"Yemək {n}", kind, chance.choice(UNITS), tax_bp=chance.choice([0, 1800]),
            tax_included=chance.random() < 0.5, output=chance.randint(1, 2_000_000), recipe=parts,
        )  # fmt: skip
        sizes = [
            VariantRow("", chance.randint(0, 900)),
            VariantRow("böyük", chance.randint(0, 900)),
        ]
        made = app.call(add_product, form, sizes if kind.is_sold else ())
        own = (Part(chance.choice(known), 5, 7),) if chance.random() < 0.5 else ()
        if kind.is_sold and chance.random() < 0.7:
            size = SizeCard("böyük", chance.choice([1000, 1500, 333]), own)
            app.call(change_product, made, 1, replace(form, sizes=(size,)))
        if kind.is_sold and chance.random() < 0.3:
            app.call(offer_size, made, chance.choice(["", "böyük"]), offered=False)
        known.append(made)
    goods = ProductForm("Su", ProductKind.GOODS, cost_minor=45)
    water = app.call(add_product, goods, [VariantRow("", 100), VariantRow("6 ədəd", 500)])
    app.call(change_product, water, 1, replace(goods, sizes=(SizeCard("6 ədəd", 6000),)))
    rows = app.call(list_products)
    assert len(rows) == 17
    for row in rows:
        card = app.call(get_product, row.id)
        assert (row.cost_minor, row.margin_bp) == (card.cost_minor, card.margin_bp), row.name
