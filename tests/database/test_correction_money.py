"""Money goes back in ways that exist: bonus stays bonus, and nothing becomes bonus."""

from __future__ import annotations

import pytest

from desktop_app.access.operations import verify_trail
from desktop_app.customers import ledger
from desktop_app.customers.editing import add_customer
from desktop_app.customers.records import Account, CustomerForm
from desktop_app.kernel.errors import InvalidError
from desktop_app.menu.editing import add_product
from desktop_app.menu.operations import list_products
from desktop_app.menu.records import ProductForm, VariantRow
from desktop_app.orders.operations import customer_sales, get_order
from desktop_app.orders.records import PaymentMethod
from desktop_app.orders.tables import Order
from desktop_app.reports.records import Dimension, Period
from desktop_app.reports.running import rows_behind, run_report
from desktop_app.sales.entering import enter_sale
from desktop_app.sales.operations import (
    change_payment,
    corrections_of,
    quote_refund,
    refund,
    void,
)
from desktop_app.sales.records import NewSale, SaleLine, SalePayment
from tests.database.shop import Shop, a_query, command

CASH, CARD, BONUS = PaymentMethod.CASH, PaymentMethod.CARD, PaymentMethod.BONUS


def _guest(shop: Shop, bonus: int = 500) -> int:
    guest = shop.app.call(add_customer, CustomerForm("Əli Həsənov"))
    shop.app.call(command(lambda tx: ledger.enter(tx, guest, Account.BONUS, bonus, "gift")))
    return guest


def _has(shop: Shop, guest: int) -> int:
    return shop.app.call(a_query(lambda tx: ledger.balances(tx, guest))).of(Account.BONUS)


def _sold(shop: Shop, guest: int | None, *payments: SalePayment) -> int:
    known = {row.name: row.id for row in shop.app.call(list_products)}
    product = known.get("Plov") or shop.app.call(
        add_product, ProductForm("Plov"), [VariantRow("", 1000)]
    )
    sale = NewSale([SaleLine(product, 2000)], payments, customer_id=guest)
    return shop.app.call(enter_sale, sale).order_id


def test_bonus_goes_back_as_bonus_whatever_way_the_money_goes(shop: Shop) -> None:
    guest = _guest(shop)
    number = _sold(shop, guest, SalePayment(BONUS, 500), SalePayment(CASH, 1500))
    assert _has(shop, guest) == 0
    half = shop.app.call(refund, number, "cold", lines={1: 1000}, method=CARD)
    back = shop.app.call(get_order, half.order_id).payments
    assert {one.method: one.amount_minor for one in back} == {BONUS: -250, CARD: -750}
    assert _has(shop, guest) == 250
    shop.app.call(refund, number, "rest", method=CASH)
    assert _has(shop, guest) == 500
    shop.check_counts()
    shop.check_trail()


@pytest.mark.parametrize("method", [BONUS, PaymentMethod.UNKNOWN])
def test_money_is_not_given_back_in_ways_that_give_nothing(
    files: Shop, method: PaymentMethod
) -> None:
    number = _sold(files, None, SalePayment(CASH, 2000))
    with pytest.raises(InvalidError, match="not given back this way") as caught:
        files.app.call(refund, number, "cold", method=method)
    assert caught.value.field == "method"
    assert len(files.rows(Order)) == 1


def test_another_payment_neither_makes_bonus_nor_takes_it_away(shop: Shop) -> None:
    guest = _guest(shop)
    number = _sold(shop, guest, SalePayment(BONUS, 500), SalePayment(CASH, 1500))
    for ways in (
        [SalePayment(CARD, 2000)],
        [SalePayment(BONUS, 2000)],
        [SalePayment(BONUS, 400), SalePayment(CARD, 1600)],
    ):
        with pytest.raises(InvalidError, match="stays so") as caught:
            shop.app.call(change_payment, number, ways, "slip found")
        assert caught.value.field == "payments"
    assert len(shop.rows(Order)) == 1
    shop.app.call(
        change_payment, number, [SalePayment(CARD, 1500), SalePayment(BONUS, 500)], "slip found"
    )
    assert shop.app.call(corrections_of, number).payments == [(BONUS, 500), (CARD, 1500)]
    shop.app.call(void, number, "wrong table")
    assert _has(shop, guest) == 500


def test_what_a_customer_bought_is_counted_without_what_came_back(shop: Shop) -> None:
    guest = _guest(shop)
    number = _sold(shop, guest, SalePayment(CASH, 2000))
    shop.app.call(refund, number, "cold", lines={1: 1000})
    found = shop.app.call(customer_sales, guest)
    assert (found.orders, found.spent_minor, found.average_minor) == (1, 1000, 1000)
    shop.app.call(refund, number, "rest")
    found = shop.app.call(customer_sales, guest)
    assert (found.orders, found.spent_minor) == (1, 0)
    assert found.last_at == shop.app.call(get_order, number).row.opened_at


def test_behind_a_payment_stands_what_was_changed_to_it_later(shop: Shop) -> None:
    everything = Period(20000101, 20991231)
    number = _sold(shop, None, SalePayment(CASH, 2000))
    _sold(shop, None, SalePayment(CASH, 1200), SalePayment(CARD, 800))
    shop.app.call(change_payment, number, [SalePayment(CARD, 2000)], "slip found")
    shop.app.call(refund, number, "cold", lines={1: 1000})
    key = f"sales-{Dimension.PAYMENT}"
    report = shop.app.call(run_report, key, everything)
    at = [one.key for one in report.facts.columns].index("revenue")
    assert {row.key: row.values[at] for row in report.rows} == {"cash": 1200, "card": 1800}
    for row in report.rows:
        behind = shop.app.call(rows_behind, key, row.key, everything)
        assert sum(one.amount_minor for one in behind.rows) == row.values[at], row.key


def test_a_line_that_bore_no_service_charge_gives_none_back(shop: Shop) -> None:
    plov = shop.app.call(add_product, ProductForm("Plov", tax_bp=1800), [VariantRow("", 1180)])
    water = shop.app.call(
        add_product, ProductForm("Su", service_charge=False), [VariantRow("", 200)]
    )
    lines = [SaleLine(plov, 2000), SaleLine(water, 3000)]
    sale = NewSale(lines, [SalePayment(CASH, 2360 + 236 + 600)], service_bp=1000)
    number = shop.app.call(enter_sale, sale).order_id
    asked = shop.app.call(quote_refund, number, {1: 1000})
    assert (asked.money_minor, asked.service_minor) == (1180 + 118, 118)
    with pytest.raises(InvalidError):
        shop.app.call(quote_refund, number, {1: 2001})
    back = shop.app.call(refund, number, "warm", lines={2: 1000})
    assert back.amount_minor == 200
    assert shop.app.call(get_order, back.order_id).service_minor == 0
    plate = shop.app.call(refund, number, "cold", lines={1: 1000})
    card = shop.app.call(get_order, plate.order_id)
    assert (plate.amount_minor, card.service_minor, card.tax_minor) == (1180 + 118, -118, -180)
    rest = shop.app.call(refund, number, "rest")
    assert rest.amount_minor == 2360 + 236 + 600 - 200 - 1298
    assert shop.app.call(verify_trail, full=True).ok
    shop.check_counts()
    shop.check_trail()
