"""What a restaurant had done before the upgrade, and what its program said of it afterwards."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from desktop_app.app import App
from desktop_app.customers.editing import add_customer, add_group
from desktop_app.customers.ledger import correct_balance
from desktop_app.customers.merging import merge_customers
from desktop_app.customers.operations import find_customers, get_customer
from desktop_app.customers.records import (
    Account,
    ContactKind,
    ContactRow,
    CustomerForm,
    GroupForm,
    MergeWish,
)
from desktop_app.finance.editing import add_account, add_entry, add_money_category, transfer
from desktop_app.finance.kinds import AccountKind, Direction, SystemCategory
from desktop_app.finance.operations import list_accounts
from desktop_app.finance.records import AccountForm, CategoryForm, NewEntry
from desktop_app.kernel.clock import FrozenClock
from desktop_app.menu.editing import add_product
from desktop_app.menu.kinds import ProductKind, Unit
from desktop_app.menu.records import ProductForm, VariantRow
from desktop_app.menu.rules import Part
from desktop_app.orders.records import PaymentMethod
from desktop_app.reports.operations import sales_by
from desktop_app.reports.records import Dimension, Period
from desktop_app.sales.entering import enter_sale
from desktop_app.sales.gaps import recent_gaps
from desktop_app.sales.operations import change_payment, refund, void
from desktop_app.sales.records import CashKind, Disposal, NewSale, SaleLine, SalePayment
from desktop_app.sales.shifts import close_shift, list_shifts, move_cash, open_shift
from desktop_app.staff.clock import clock_in, clock_out, correct_clock, list_clock, list_labour
from desktop_app.staff.editing import add_employee
from desktop_app.staff.operations import set_pay
from desktop_app.staff.records import EmployeeForm
from desktop_app.stock.counting import approve_count, hand_in_count
from desktop_app.stock.operations import list_stock, stock_value
from desktop_app.stock.places import save_storage, save_supplier
from desktop_app.stock.records import Amount, StorageForm, SupplierForm, SupplyForm, SupplyLine
from desktop_app.stock.supplies import receive_supply

DAY = date(2026, 11, 6)
_CASH, _CARD, _BONUS = PaymentMethod.CASH, PaymentMethod.CARD, PaymentMethod.BONUS


def fill_trade(app: App, clock: FrozenClock, approver: App | None = None) -> None:
    """Let a day be worked in every area; somebody else approves the stock-take, where there is."""
    clock.at += timedelta(days=3)
    member = _people(app, clock)
    bread, water = _stock(app, approver or app)
    app.call(open_shift, 5_000)
    _sales(app, clock, (bread, water, member))
    app.call(move_cash, CashKind.OUT, 450, "göyərti")
    clock.at += timedelta(minutes=30)
    app.call(close_shift, 5_400, "Yenidən sayıldı")
    app.call(open_shift, 5_000)
    _money(app)


def _people(app: App, clock: FrozenClock) -> int:
    nigar = app.call(add_employee, EmployeeForm("Nigar", "Ofisiant", hired_on=date(2026, 1, 5)))
    app.call(set_pay, nigar, date(2026, 1, 5), 90_000)
    app.call(clock_in, nigar)
    clock.at += timedelta(hours=3)
    app.call(clock_out, nigar)
    start = clock.at - timedelta(hours=3)
    late = app.call(list_clock, DAY, DAY)[0].id
    app.call(correct_clock, late, start, start + timedelta(hours=2), "unudub")
    group = app.call(add_group, GroupForm("Qızıl", 0, 500))
    phone = ContactRow(ContactKind.PHONE, "+994501234567")
    kept = app.call(add_customer, CustomerForm("Leyla", contacts=[phone], group_id=group))
    gone = app.call(add_customer, CustomerForm("Leyla Həsən", contacts=[phone]))
    app.call(correct_balance, gone, Account.BONUS, 700, "hədiyyə")
    cards = [app.call(get_customer, one) for one in (kept, gone)]
    wish = MergeWish(kept, cards[0].version, gone, cards[1].version)
    app.call(merge_customers, wish)
    return kept


def _last_clock(app: App) -> int:
    from desktop_app.staff.clock import list_clock

    return app.call(list_clock, DAY, DAY)[0].id


def _stock(app: App, approver: App) -> tuple[int, int]:
    flour = app.call(add_product, ProductForm("Un", ProductKind.INGREDIENT, Unit.GRAM))
    part = Part(flour, 300_000, 300_000)
    bread = app.call(
        add_product, ProductForm("Çörək", tax_bp=1800, recipe=[part]), [VariantRow("", 118)]
    )
    water = app.call(add_product, ProductForm("Su", ProductKind.GOODS), [VariantRow("", 200)])
    main = app.call(save_storage, None, StorageForm("Anbar", sells=True, since=date(2026, 11, 6)))
    mill = app.call(save_supplier, None, SupplierForm("Dəyirman MMC", days_to_pay=14))
    lines = [SupplyLine(flour, 25_000_000, 2_500), SupplyLine(water, 48_000, 4_800)]
    app.call(receive_supply, SupplyForm(main, lines, mill, invoice="A-1"))
    count = app.call(hand_in_count, main, [Amount(water, 47_000)])
    approver.call(approve_count, count)
    return bread, water


def _sales(app: App, clock: FrozenClock, what: tuple[int, int, int]) -> None:
    bread, water, member = what
    made = []
    for number in range(6):
        clock.at += timedelta(minutes=5)
        lines = [SaleLine(bread, 1000 * (number + 1)), SaleLine(water, 2000, discount_bp=1000)]
        due = 118 * (number + 1) + 360
        bonus = 300 if number == 5 else 0
        ways = [SalePayment(_CASH, due - 200 - bonus), SalePayment(_CARD, 200, "Visa", "4242")]
        if bonus:
            ways.append(SalePayment(_BONUS, bonus))
        sale = NewSale(lines, ways, tax_bp=1800, customer_id=member if number > 3 else None)
        made.append(app.call(enter_sale, sale).order_id)
    app.call(refund, made[0], "soyuq", lines={1: 1000}, disposal=Disposal.WASTE)
    app.call(void, made[1], "səhv masa")
    app.call(change_payment, made[2], [SalePayment(_CARD, 714)], "kartla ödənilib")
    app.call(refund, made[5], "geri")


def _money(app: App) -> None:
    bank = app.call(add_account, AccountForm("Bank", AccountKind.BANK), 100_000)
    rent = app.call(add_money_category, CategoryForm("İcarə", Direction.EXPENSE))
    app.call(add_entry, NewEntry(bank, rent, DAY, -40_000, "Noyabr icarəsi"))
    cash = next(a.id for a in app.call(list_accounts) if a.kind is AccountKind.CASH)
    app.call(transfer, cash, bank, NewEntry(cash, SystemCategory.TRANSFERS, DAY, 300, ""))


def what_is_there(app: App) -> dict[str, Any]:
    """Return the totals of every area, in plain values."""
    customers = app.call(find_customers, "").rows
    return {
        "sales": {
            str(one): app.call(sales_by, one, Period()).total.revenue_minor for one in Dimension
        },
        "shifts": [
            [one.z_number, one.total_minor, one.expected_minor, one.difference_minor]
            for one in app.call(list_shifts)
        ],
        "gaps": sorted(str(one.kind) for one in app.call(recent_gaps)),
        "stock": sorted([one.name, one.quantity] for one in app.call(list_stock)),
        "stock_value": app.call(stock_value).total_minor,
        "money": sorted([one.name, one.balance_minor] for one in app.call(list_accounts)),
        "customers": sorted(
            [one.name, one.balance_minor, one.bonus_minor, one.cashback_minor] for one in customers
        ),
        "hours": [
            [one.name, one.worked_ms, one.cost_minor] for one in app.call(list_labour, DAY, DAY)
        ],
    }
