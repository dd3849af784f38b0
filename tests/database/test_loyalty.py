"""What receipts earn their members, and what is taken back with them; on both engines."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from desktop_app.app import App
from desktop_app.customers.editing import add_customer, add_group, change_customer, change_group
from desktop_app.customers.ledger import balances, correct_balance, take_back_movement
from desktop_app.customers.merging import merge_customers, unmerge_customers
from desktop_app.customers.operations import get_customer, list_groups
from desktop_app.customers.records import (
    Account,
    Cause,
    CustomerForm,
    GroupForm,
    IncomingCustomer,
    MergeWish,
)
from desktop_app.customers.tables import BalanceEntry, Customer
from desktop_app.kernel.access import Permission, Role
from desktop_app.kernel.errors import InvalidError, NotAllowedError
from desktop_app.kernel.money import share
from desktop_app.menu.catalogue import Catalogue
from desktop_app.orders.records import IncomingPayment, OrderStatus, PaymentMethod
from desktop_app.orders.storing import Batch, store_orders
from desktop_app.sales.entering import enter_sale
from desktop_app.sales.loyalty import count_loyalty_due, settle_loyalty
from desktop_app.sales.operations import refund, void
from desktop_app.sales.records import NewSale, SaleLine, SalePayment
from desktop_app.sales.rules import taken_share
from desktop_app.sales.tables import LoyaltyDue
from desktop_app.venue.operations import the_venue
from tests.database.shop import Shop, a_query, command, enter, order
from tests.database.test_enter_sale import menu

CASH, BONUS = PaymentMethod.CASH, PaymentMethod.BONUS
DAY = date(2026, 11, 2)


def bring(shop: Shop, *orders: Any, source: str = "till", app: App | None = None) -> int:
    """Store receipts as the import of a file does; return how many were new."""

    def body(tx: Any) -> int:
        venue = the_venue(tx)
        batch = Batch(venue, source, 7, Catalogue.read(tx, venue.id))
        return store_orders(tx, batch, orders).orders_added

    return (app or shop.app).call(command(body))


def member(shop: Shop, **rates: Any) -> int:
    group = shop.app.call(add_group, GroupForm("Daimi", **rates))
    return shop.app.call(add_customer, CustomerForm("Əli Həsənov", group_id=group))


def has(shop: Shop, guest: int) -> tuple[int, int]:
    found = shop.app.call(a_query(lambda tx: balances(tx, guest)))
    card = shop.app.call(get_customer, guest).row
    assert (found.bonus_minor, found.cashback_minor) == (card.bonus_minor, card.cashback_minor)
    return found.bonus_minor, found.cashback_minor


def paid(amount: int, bonus: int = 0) -> tuple[IncomingPayment, ...]:
    other = (IncomingPayment(BONUS, bonus),) if bonus else ()
    return (IncomingPayment(CASH, amount), *other)


def test_imported_receipts_earn_once_where_the_group_says_so(shop: Shop) -> None:
    guest = member(shop, bonus_bp=300, cashback_bp=250, earns_from=DAY)
    some = [
        order(1, customer_id=guest, payments=paid(1010, 500), number="17"),
        order(2, customer_id=guest, payments=(), number="18"),  # nothing is said: it was paid
        order(3, customer_id=guest, status=OrderStatus.VOID),
        order(4),
    ]
    assert bring(shop, *some) == 4
    assert has(shop, guest) == (share(1010, 300) + share(250, 300), 25 + 6)
    assert bring(shop, *some) == 0
    assert bring(shop, *some, source="other") == 4  # another till's receipts are others
    assert has(shop, guest) == (2 * (30 + 8), 2 * (25 + 6))
    lines = shop.rows(BalanceEntry)
    assert {row["cause"] for row in lines} == {Cause.EARNED}
    assert lines[0]["document"].startswith("order:")
    assert {row["reason"] for row in lines} >= {"Bonus: 17", "Cashback: 18"}
    shop.check_counts()
    shop.check_trail()


def test_without_the_setting_imports_earn_nothing_and_never_before_its_day(shop: Shop) -> None:
    guest = member(shop, cashback_bp=1000)
    bring(shop, order(1, customer_id=guest))
    assert has(shop, guest) == (0, 0)
    (group,) = shop.app.call(list_groups)
    tomorrow = GroupForm("Daimi", cashback_bp=1000, earns_from=date(2026, 11, 3))
    shop.app.call(change_group, group.id, group.version, tomorrow)
    bring(shop, order(2, customer_id=guest))
    assert has(shop, guest) == (0, 0)
    today = GroupForm("Daimi", cashback_bp=1000, earns_from=DAY)
    shop.app.call(change_group, group.id, group.version + 1, today)
    bring(shop, order(1, customer_id=guest), order(2, customer_id=guest))  # known: as they were
    assert has(shop, guest) == (0, 0)
    bring(shop, order(3, customer_id=guest))
    assert has(shop, guest) == (0, 25)
    for wrong in (GroupForm("A", bonus_bp=10_001), GroupForm("A", earns_from=date(1, 1, 1))):
        with pytest.raises(InvalidError):
            shop.app.call(add_group, wrong)


def test_customers_of_a_file_earn_by_their_group(shop: Shop) -> None:
    shop.app.call(add_group, GroupForm("VIP", bonus_bp=1000, earns_from=DAY))
    numbers = enter(shop.app, IncomingCustomer("K1", "Leyla", group="VIP"), source="till")
    bring(shop, order(1, customer_ref="K1"), order(2, customer_ref="K2", customer_name="Orxan"))
    assert has(shop, numbers["K1"]) == (25, 0)
    assert len(shop.rows(BalanceEntry)) == 1


def test_who_imports_needs_no_right_to_bonus(shop: Shop) -> None:
    from desktop_app.access import users

    guest = member(shop, bonus_bp=1000, earns_from=DAY)
    rights = {Permission.IMPORTS_RUN, Permission.IMPORTS_READ, Permission.CUSTOMERS_READ}
    shop.app.gate.confirmations.give("access.save_role", "password")
    clerk = shop.newcomer(shop.app.call(users.save_role, "", "İdxalçı", rights).role.id)
    assert bring(shop, order(1, customer_id=guest), app=clerk) == 1
    assert has(shop, guest) == (25, 0)
    with pytest.raises(NotAllowedError):
        clerk.call(correct_balance, guest, Account.BONUS, 500, "özümə")


def test_a_joined_card_earns_for_the_one_that_stands_for_it(shop: Shop) -> None:
    guest = member(shop, cashback_bp=1000, earns_from=DAY)
    old = shop.app.call(add_customer, CustomerForm("Ə. Həsənov"))
    shop.app.call(merge_customers, MergeWish(guest, 1, old, 1))
    bring(shop, order(1, customer_id=old))
    assert has(shop, guest) == (0, 25)
    done = shop.app.call(
        enter_sale, NewSale([SaleLine(menu(shop)[0])], [SalePayment(CASH, 1180)], customer_id=old)
    )
    assert has(shop, guest) == (0, 25 + 118)
    shop.app.call(unmerge_customers, old)
    shop.app.call(void, done.order_id, "səhv")  # taken from the card that has it
    assert (has(shop, guest), has(shop, old)) == ((0, 25), (0, 0))


def test_who_has_no_key_of_customers_leaves_the_receipt_to_the_next_who_has(files: Shop) -> None:
    from desktop_app.access import users

    shop, (plov, _tea) = files, menu(files)
    guest = member(shop, cashback_bp=1000)
    rights = {
        Permission.ORDERS_EDIT, Permission.ORDERS_READ, Permission.MENU_READ,
        Permission.ORDERS_REFUND,
    }  # fmt: skip
    shop.app.gate.confirmations.give("access.save_role", "password")
    till = shop.newcomer(shop.app.call(users.save_role, "", "Kassir", rights).role.id)
    sale = NewSale([SaleLine(plov, 2000)], [SalePayment(CASH, 2360)], customer_id=guest)
    done = till.call(enter_sale, sale)
    till.call(refund, done.order_id, "yarısı", lines={1: 1000})
    with pytest.raises(NotAllowedError):
        till.call(settle_loyalty)
    assert (has(shop, guest), shop.app.call(count_loyalty_due)) == ((0, 0), 2)
    assert shop.app.call(settle_loyalty) == 2
    assert has(shop, guest) == (0, 118)
    assert shop.app.call(settle_loyalty) == 0
    till.call(enter_sale, sale)
    shop.app.call(enter_sale, sale)  # settles what waits before its own
    assert has(shop, guest) == (0, 118 + 2 * 236)
    till.call(refund, done.order_id, "qalanı")
    assert shop.app.call(settle_loyalty) == 1
    assert has(shop, guest) == (0, 2 * 236)
    assert shop.rows(LoyaltyDue) == []
    shop.check_counts()
    shop.check_trail()


def test_what_was_taken_back_by_hand_is_not_taken_twice(shop: Shop) -> None:
    plov, _tea = menu(shop)
    guest = member(shop, cashback_bp=1000)
    sale = NewSale([SaleLine(plov)], [SalePayment(CASH, 1180)], customer_id=guest)
    done = shop.app.call(enter_sale, sale)
    shop.app.call(take_back_movement, guest, 1, "səhv")
    shop.app.call(void, done.order_id, "səhv")
    assert has(shop, guest) == (0, 0)


def test_spent_cashback_is_owed_where_its_receipt_goes_back(shop: Shop) -> None:
    plov, _tea = menu(shop)
    guest = member(shop, cashback_bp=1000)
    sale = NewSale([SaleLine(plov)], [SalePayment(CASH, 1180)], customer_id=guest)
    done = shop.app.call(enter_sale, sale)
    shop.app.call(correct_balance, guest, Account.CASHBACK, -100, "xərc")
    shop.app.call(void, done.order_id, "səhv")
    assert has(shop, guest) == (0, -100)
    shop.app.call(enter_sale, sale)
    assert has(shop, guest) == (0, 18)


def test_the_rates_of_the_group_at_the_time_count(shop: Shop) -> None:
    plov, _tea = menu(shop)
    guest = member(shop, bonus_bp=1000)
    sale = NewSale([SaleLine(plov)], [SalePayment(CASH, 1180)], customer_id=guest)
    done = shop.app.call(enter_sale, sale)
    shop.app.call(change_customer, guest, 1, CustomerForm("Əli Həsənov"))
    shop.app.call(enter_sale, sale)
    assert has(shop, guest) == (118, 0)
    shop.app.call(refund, done.order_id, "səhv")
    assert has(shop, guest) == (0, 0)


def test_whatever_is_sold_and_taken_back_the_ledger_keeps_what_stayed_sold(shop: Shop) -> None:
    plov, _tea = menu(shop)
    rates = {"bonus_bp": 333, "cashback_bp": 777}
    guest = member(shop, **rates)
    parts = st.lists(st.integers(1, 1000), max_size=4)

    @settings(max_examples=15, suppress_health_check=list(HealthCheck), deadline=None)
    @given(st.integers(1, 3), st.integers(0, 500), parts, st.booleans())
    def check(portions: int, spent: int, takes: list[int], whole: bool) -> None:
        before = has(shop, guest)
        if spent:
            shop.app.call(correct_balance, guest, Account.BONUS, spent, "hədiyyə")
        due = 1180 * portions
        ways = [SalePayment(CASH, due - spent)]
        ways += [SalePayment(BONUS, spent)] if spent else []
        sale = NewSale([SaleLine(plov, 1000 * portions)], ways, customer_id=guest)
        done = shop.app.call(enter_sale, sale)
        earned = [share(due - spent, rate) for rate in rates.values()]
        assert has(shop, guest) == (before[0] + earned[0], before[1] + earned[1])
        back = 0
        for take in takes:
            back += shop.app.call(refund, done.order_id, "hissə", lines={1: take}).amount_minor
            if sum(takes) >= 1000 * portions:
                break
        if whole and back < due:
            back += shop.app.call(refund, done.order_id, "qalanı").amount_minor
            assert back == due
        left = [one - taken_share(one, back, due) for one in earned]
        returned = sum(
            row["amount_minor"] for row in shop.rows(BalanceEntry) if row["cause"] == Cause.GIVEN
            and row["document"] in documents_of(shop, done.order_id)
        )  # fmt: skip
        assert 0 <= returned <= spent
        assert has(shop, guest) == (before[0] + left[0] + returned, before[1] + left[1])
        assert left == [0, 0] or back < due
        if back == due:
            assert returned == spent

    def documents_of(shop: Shop, order_id: int) -> set[str]:
        from desktop_app.sales.tables import Correction

        return {
            f"order:{row['order_id']}"
            for row in shop.rows(Correction)
            if row["original_id"] == order_id
        }

    check()
    assert {row["state"] for row in shop.rows(Customer)} == {"active"}
    shop.check_trail()
    shop.check_counts()


@given(st.integers(0, 10**9), st.integers(1, 10**9), st.lists(st.integers(0, 10**9), max_size=6))
def test_parts_taken_back_come_to_all_that_was_earned(
    given_: int, paid_: int, steps: list[int]
) -> None:
    upto, before = 0, 0
    for step in [*steps, paid_]:
        upto = min(paid_, upto + step)
        now = taken_share(given_, upto, paid_)
        assert now >= before
        assert now * paid_ >= given_ * upto > (now - 1) * paid_ or now == 0
        before = now
    assert before == given_


def test_a_role_that_only_reads_customers_settles_nothing(shop: Shop) -> None:
    with pytest.raises(NotAllowedError):
        shop.as_role(Role.STAFF).call(settle_loyalty)
