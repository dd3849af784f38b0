"""What was sold costs what its sizes take, whoever asks and however it came in."""

from __future__ import annotations

import pytest

from desktop_app.menu.categories import add_category
from desktop_app.menu.editing import add_product
from desktop_app.menu.kinds import ProductKind, Unit
from desktop_app.menu.records import ProductForm, VariantRow
from desktop_app.menu.rules import Part
from desktop_app.menu.sizes import SizeCard
from desktop_app.orders.records import IncomingLine, PaymentMethod
from desktop_app.reports.records import Period
from desktop_app.reports.running import run_report
from desktop_app.sales.entering import enter_sale
from desktop_app.sales.operations import refund
from desktop_app.sales.records import NewSale, SaleLine, SalePayment
from tests.database.shop import Shop, order, sell

ALL = Period(20000101, 20991231)
BEANS, MILK = 18_000, 150_000


def _cost(shop: Shop, key: str, row: str) -> int:
    report = shop.app.call(run_report, key, ALL)
    at = [one.key for one in report.facts.columns].index("cost")
    return next(int(str(one.values[at])) for one in report.rows if one.key == row)


@pytest.fixture
def coffee(shop: Shop) -> int:
    """A coffee of 18 g at 30.00 a kilogram and 150 ml at 2.00 a litre; large: twice the milk."""
    kinds = (("Qəhvə", Unit.GRAM, 3000), ("Süd", Unit.MILLILITRE, 200))
    beans, milk = (
        shop.app.call(add_product, ProductForm(name, ProductKind.INGREDIENT, unit, cost_minor=cost))
        for name, unit, cost in kinds
    )
    form = ProductForm(
        "Kofe", category_id=shop.app.call(add_category, "İçki"),
        recipe=[Part(beans, BEANS, BEANS), Part(milk, MILK, MILK)],
        sizes=[SizeCard("böyük", 2000, (Part(beans, BEANS, BEANS),)), SizeCard("kiçik", 500)],
    )  # fmt: skip
    sizes = [VariantRow("", 400), VariantRow("böyük", 550), VariantRow("kiçik", 300)]
    return shop.app.call(add_product, form, sizes)


def test_each_size_costs_what_its_card_says(shop: Shop, coffee: int) -> None:
    lines = [
        SaleLine(coffee, 3000),
        SaleLine(coffee, 2000, "böyük"),
        SaleLine(coffee, 1000, "kiçik"),
    ]
    paid = [SalePayment(PaymentMethod.CASH, 3 * 400 + 2 * 550 + 300)]
    sold = shop.app.call(enter_sale, NewSale(lines, paid))
    # 18 g of beans are 0.54, 150 ml of milk 0.30
    expected = 3 * (54 + 30) + 2 * (54 + 60) + 42
    for key, row in (("food-cost", "İçki"), ("menu-engineering", "Kofe")):
        assert _cost(shop, key, row) == expected, key
    shop.app.call(refund, sold.order_id, "cold", lines={2: 1000})
    for key, row in (("food-cost", "İçki"), ("menu-engineering", "Kofe")):
        assert _cost(shop, key, row) == expected - (54 + 60), key
    imported = IncomingLine("Kofe", 1000, 550, variant="böyük", unit_price_minor=550)
    sell(shop.app, [order(1, imported)])
    assert _cost(shop, "food-cost", "İçki") == expected
