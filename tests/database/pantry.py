"""A small kitchen for tests of the stock: flour, a dough of it, a bread of that; water and tea."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

from desktop_app.app import App
from desktop_app.menu.editing import add_product, change_product
from desktop_app.menu.kinds import ProductKind, Unit
from desktop_app.menu.operations import get_product
from desktop_app.menu.records import ProductForm, VariantRow
from desktop_app.menu.rules import Part
from desktop_app.orders.records import IncomingLine, IncomingOrder
from desktop_app.stock.places import save_storage, save_supplier
from desktop_app.stock.records import StorageForm, SupplierForm, SupplyForm, SupplyLine
from desktop_app.stock.supplies import receive_supply
from desktop_app.stock.tables import StockDay, StockLevel, StockMonth, StockMove
from tests.database.shop import Shop, order

KG = 1_000_000
PRICES = {"Çörək": 118, "Su": 200, "Çay": 100}


@dataclass(frozen=True, slots=True)
class Pantry:
    """The numbers of what there is."""

    flour: int
    dough: int
    bread: int
    water: int
    main: int
    bar: int
    supplier: int

    def order(self, place: int, *, bread: int = 0, water: int = 0, tea: int = 0) -> IncomingOrder:
        """Return an order of so many pieces."""
        wanted = (("Çörək", bread), ("Su", water), ("Çay", tea))
        lines = [
            IncomingLine(name, much * 1000, much * PRICES[name], unit_price_minor=PRICES[name])
            for name, much in wanted
            if much
        ]
        return order(place, *lines)

    def make_dough_ahead(self, app: App) -> None:
        """Let the dough lie in the storage from now on."""
        card = app.call(get_product, self.dough)
        app.call(change_product, card.id, card.version, replace(card.form, made_ahead=True))


def stocked(app: App) -> Pantry:
    """Add the products, two storages and a supplier."""
    flour = app.call(
        add_product, ProductForm("Un", ProductKind.INGREDIENT, Unit.GRAM, low_stock=5 * KG)
    )
    dough = app.call(
        add_product,
        ProductForm(
            "Xəmir", ProductKind.PREPARATION, Unit.GRAM, output=1_500_000,
            recipe=[Part(flour, KG, KG)],
        ),
    )  # fmt: skip
    bread = app.call(
        add_product,
        ProductForm("Çörək", recipe=[Part(dough, 280_000, 300_000)]),
        [VariantRow("", 118)],
    )
    water = app.call(add_product, ProductForm("Su", ProductKind.GOODS), [VariantRow("", 200)])
    main = app.call(save_storage, None, StorageForm("Mətbəx", sells=True, since=date(2026, 1, 1)))
    bar = app.call(save_storage, None, StorageForm("Bar"))
    supplier = app.call(save_supplier, None, SupplierForm("Dəyirman MMC", days_to_pay=14))
    return Pantry(flour, dough, bread, water, main, bar, supplier)


def take(
    app: App, storage: int, product: int, quantity: int, amount: int, supplier: int | None = None
) -> int:
    """Receive a supply of one product, and return its paper."""
    form = SupplyForm(storage, [SupplyLine(product, quantity, amount)], supplier)
    return app.call(receive_supply, form)


def check_sums(shop: Shop) -> None:
    """Compare levels and months with what the moves add up to."""
    levels: dict[tuple[int, int], list[int]] = {}
    months: dict[tuple[int, int, int], list[int]] = {}
    days: dict[tuple[int, int, int], list[int]] = {}
    for row in shop.rows(StockMove):
        place = (row["storage_id"], row["product_id"])
        day = row["business_date"]
        for sums, key in (
            (levels, place), (months, (*place, day // 100)), (days, (*place, day)),
        ):  # fmt: skip
            known = sums.setdefault(key, [0, 0])
            known[0] += row["quantity"]
            known[1] += row["cost_minor"]
    stored = {
        (row["storage_id"], row["product_id"]): [row["quantity"], row["value_minor"]]
        for row in shop.rows(StockLevel)
    }
    assert {key: value for key, value in stored.items() if any(value)} == {
        key: value for key, value in levels.items() if any(value)
    }
    assert all(value == [0, 0] for key, value in stored.items() if key not in levels)
    assert months == {
        (row["storage_id"], row["product_id"], row["month"]): [row["quantity"], row["value_minor"]]
        for row in shop.rows(StockMonth)
    }

    assert days == {
        (row["storage_id"], row["product_id"], row["business_date"]): [
            row["quantity"], row["value_minor"],
        ]
        for row in shop.rows(StockDay)
    }  # fmt: skip
