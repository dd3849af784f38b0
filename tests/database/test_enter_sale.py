"""A receipt entered by hand counts like any other, and comes to what was paid."""

from __future__ import annotations

from dataclasses import replace

import pytest

from desktop_app.customers import ledger
from desktop_app.customers.editing import add_customer, add_group
from desktop_app.customers.records import Account, CustomerForm, GroupForm
from desktop_app.kernel.access import Limit, Permission, Role
from desktop_app.kernel.asking import ApprovalNeededError
from desktop_app.kernel.errors import InvalidError, NotAllowedError
from desktop_app.menu.editing import add_product
from desktop_app.menu.kinds import ProductKind
from desktop_app.menu.operations import list_products
from desktop_app.menu.price_lists import add_price_list
from desktop_app.menu.records import ProductForm, VariantRow
from desktop_app.orders.operations import get_order
from desktop_app.orders.records import IncomingLine, LineKind, OrderStatus, PaymentMethod
from desktop_app.orders.tables import Order
from desktop_app.reports.operations import sales_by
from desktop_app.reports.records import Dimension, Period
from desktop_app.sales.counter import get_counter, quote_sale
from desktop_app.sales.entering import enter_sale
from desktop_app.sales.operations import refund
from desktop_app.sales.records import NewSale, SaleLine, SalePayment
from tests.database.shop import Shop, a_query, command, order, sell

PLOV = IncomingLine("Plov", 1000, 1180, "İsti", unit_price_minor=1180)
TEA = IncomingLine("Çay", 1000, 250, "İçki", "böyük", unit_price_minor=250)
CASH, CARD = PaymentMethod.CASH, PaymentMethod.CARD


def menu(shop: Shop) -> tuple[int, int]:
    """Put two products on the menu; return their numbers."""
    sell(shop.app, [order(1, PLOV, TEA)])
    found = {row.name: row.id for row in shop.app.call(list_products)}
    return found["Plov"], found["Çay"]


def test_a_receipt_with_discount_gift_service_tax_and_split_payment(shop: Shop) -> None:
    plov, tea = menu(shop)
    sale = NewSale(
        [SaleLine(plov, 2000, discount_bp=1000), SaleLine(tea, variant="böyük", gift=True)],
        [SalePayment(CASH, 1000), SalePayment(CARD, 1336, "Visa", "4242")],
        service_bp=1000,
        tax_bp=1800,
        sale_type="Zal",
        table="Masa 4",
        guests=2,
        note="pəncərə yanı 🌿",
    )
    done = shop.app.call(enter_sale, sale)
    card = shop.app.call(get_order, done.order_id)
    assert (done.number, card.row.number) == ("2", "2")
    assert (card.row.total_minor, card.tax_minor, card.service_minor) == (1800, 324, 212)
    assert done.due_minor == 2336 == sum(one.amount_minor for one in card.payments)
    assert card.gross_minor - card.discount_minor == card.row.total_minor
    assert [(one.kind, one.total_minor) for one in card.lines] == [
        (LineKind.SALE, 1800), (LineKind.GIFT, 0),
    ]  # fmt: skip
    assert (card.numbers.running, card.numbers.daily, card.numbers.monthly) == (2, 1, 2)
    back = shop.app.call(refund, done.order_id, "cold")
    assert back.amount_minor == 2336
    for dimension in Dimension:
        total = shop.app.call(sales_by, dimension, Period()).total
        assert total.revenue_minor == 1430, dimension
    shop.check_counts()
    shop.check_trail()


def test_each_product_has_its_tax_and_shares_in_the_whole_as_the_menu_says(shop: Shop) -> None:
    forms = (
        (ProductForm("Lavaş", tax_bp=1800), 118),
        (ProductForm("Kabab", service_charge=False), 1000),
        (ProductForm("Araq", tax_bp=1800, tax_included=False, discountable=False), 500),
    )
    lines = [
        SaleLine(shop.app.call(add_product, form, [VariantRow("", price)])) for form, price in forms
    ]
    sale = NewSale(lines, [SalePayment(CASH, 1657)], discount_bp=1000, service_bp=1000)
    card = shop.app.call(get_order, shop.app.call(enter_sale, sale).order_id)
    assert [(one.discount_minor, one.tax_minor, one.total_minor) for one in card.lines] == [
        (11, 16, 91), (101, 0, 899), (0, 90, 500),
    ]  # fmt: skip
    assert card.service_minor == 61  # a tenth of 1.07 and 5.00
    with pytest.raises(InvalidError, match="no discount is given on “Araq”"):
        shop.app.call(enter_sale, NewSale([replace(lines[2], discount_bp=100)], []))


@pytest.mark.parametrize(
    "paid",
    [[], [SalePayment(CASH, 1179)], [SalePayment(CASH, 1181)], [SalePayment(CASH, -1)]],
)
def test_what_is_paid_is_what_is_due(files: Shop, paid: list[SalePayment]) -> None:
    plov, _tea = menu(files)
    with pytest.raises(InvalidError) as caught:
        files.app.call(enter_sale, NewSale([SaleLine(plov)], paid))
    assert caught.value.field == "payments"
    assert len(files.rows(Order)) == 1


@pytest.mark.parametrize(
    "line", [SaleLine(999), SaleLine(0, variant="böyük"), SaleLine(0, quantity=-1)]
)
def test_what_is_not_on_the_menu_is_refused(files: Shop, line: SaleLine) -> None:
    plov, _tea = menu(files)
    wanted = SaleLine(line.product_id or plov, line.quantity, line.variant)
    with pytest.raises(InvalidError, match="Line 1"):
        files.app.call(enter_sale, NewSale([wanted], [SalePayment(CASH, 1180)]))


def test_discounts_need_the_right_and_stay_within_the_limit(shop: Shop) -> None:
    plov, _tea = menu(shop)
    manager = shop.as_role(Role.MANAGER)
    assert manager.actor.limit(Limit.DISCOUNT_PERCENT) == 30
    cheap = NewSale([SaleLine(plov, unit_price_minor=826)], [SalePayment(CASH, 826)])
    assert manager.call(enter_sale, cheap).total_minor == 826
    gift = NewSale([SaleLine(plov, gift=True)], [])
    with pytest.raises(ApprovalNeededError):
        manager.call(enter_sale, gift)
    assert shop.app.call(enter_sale, gift).due_minor == 0


def test_whoever_may_not_give_discounts_enters_full_prices(files: Shop) -> None:
    from desktop_app.access import users

    plov, _tea = menu(files)
    rights = {Permission.ORDERS_EDIT, Permission.ORDERS_READ, Permission.MENU_READ}
    files.app.gate.confirmations.give("access.save_role", "password")
    role = files.app.call(users.save_role, "", "Kassir", rights).role
    till = files.newcomer(role.id)
    full = NewSale([SaleLine(plov)], [SalePayment(CASH, 1180)])
    assert till.call(enter_sale, full).due_minor == 1180
    with pytest.raises(NotAllowedError) as caught:
        till.call(enter_sale, NewSale([SaleLine(plov, discount_bp=1)], [SalePayment(CASH, 1180)]))
    assert caught.value.lacking == Permission.ORDERS_DISCOUNT
    terrace = files.app.call(add_price_list, "Teras")
    chosen = replace(full, price_list_id=terrace)
    with pytest.raises(NotAllowedError) as caught:
        till.call(enter_sale, chosen)
    assert caught.value.lacking == Permission.ORDERS_PRICE_LIST
    assert files.app.call(enter_sale, chosen).due_minor == 1180
    assert {row["status"] for row in files.rows(Order)} == {OrderStatus.CLOSED}


def test_bonus_is_spent_cashback_earned_and_both_go_back(shop: Shop) -> None:
    plov, _tea = menu(shop)
    group = shop.app.call(add_group, GroupForm("Daimi", cashback_bp=500))
    guest = shop.app.call(add_customer, CustomerForm("Əli Həsənov", group_id=group))
    shop.app.call(command(lambda tx: ledger.enter(tx, guest, Account.BONUS, 500, "gift")))

    def has() -> tuple[int, int]:
        found = shop.app.call(a_query(lambda tx: ledger.balances(tx, guest)))
        return found.of(Account.BONUS), found.of(Account.CASHBACK)

    payments = [SalePayment(PaymentMethod.BONUS, 500), SalePayment(CASH, 1860)]
    sale = NewSale([SaleLine(plov, 2000)], payments, customer_id=guest)
    done = shop.app.call(enter_sale, sale)
    assert has() == (0, 93)
    with pytest.raises(InvalidError, match="not so much bonus"):
        shop.app.call(enter_sale, sale)
    assert len(shop.rows(Order)) == 2
    shop.app.call(refund, done.order_id, "half", lines={1: 1000})
    assert has() == (250, 46)
    shop.app.call(refund, done.order_id, "rest")
    assert has() == (500, 0)
    with pytest.raises(InvalidError, match="say whose"):
        shop.app.call(
            enter_sale, NewSale([SaleLine(plov)], [SalePayment(PaymentMethod.BONUS, 1180)])
        )
    shop.check_counts()
    shop.check_trail()


def test_a_quote_says_what_entering_comes_to(shop: Shop) -> None:
    plov, tea = menu(shop)
    sale = NewSale(
        [SaleLine(plov, 1500, discount_bp=500), SaleLine(tea, variant="böyük")],
        [],
        discount_bp=1000,
        service_bp=1000,
        tax_bp=1800,
    )
    quote = shop.app.call(quote_sale, sale)
    assert list(quote.prices) == list(quote.usual) == [1180, 250]
    done = shop.app.call(
        enter_sale, replace(sale, payments=[SalePayment(CASH, quote.sums.due_minor)])
    )
    assert (done.total_minor, done.due_minor) == (quote.sums.total_minor, quote.sums.due_minor)
    with pytest.raises(InvalidError) as caught:
        shop.app.call(quote_sale, NewSale([SaleLine(plov, -1)], []))
    assert caught.value.field == "lines"


def test_the_counter_offers_what_is_sold_and_what_was_seen(shop: Shop) -> None:
    plov, tea = menu(shop)
    shop.app.call(
        enter_sale,
        NewSale([SaleLine(plov)], [SalePayment(CASH, 1180)], sale_type="Teras", table="Masa 12"),
    )
    shop.app.call(add_product, ProductForm("Un", ProductKind.INGREDIENT, barcode="4760001"))
    found = shop.app.call(get_counter)
    assert [one.product_id for one in found.goods] == [tea, plov]
    assert [one.name for one in found.goods[0].variants] == ["böyük"]
    assert "Teras" in found.sale_types
    assert "Masa 12" in found.tables


def test_people_who_are_not_there_are_on_no_receipt(shop: Shop) -> None:
    plov, _tea = menu(shop)
    paid = [SalePayment(CASH, 1180)]
    for sale, field in (
        (NewSale([SaleLine(plov)], paid, employee_id=7), "waiter"),
        (NewSale([SaleLine(plov)], paid, customer_id=7), "customer"),
    ):
        with pytest.raises(InvalidError, match="There is no such") as caught:
            shop.app.call(enter_sale, sale)
        assert caught.value.field == field
    assert len(shop.rows(Order)) == 1
