"""Adding and changing customers, their groups and their ledger; on both engines."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy.exc import DBAPIError

from desktop_app.customers.editing import (
    add_customer,
    add_group,
    add_message,
    archive_customers,
    change_customer,
    change_group,
    remove_group,
    tag_customers,
)
from desktop_app.customers.ledger import balances, correct_balance, enter, take_back_movement
from desktop_app.customers.operations import count_customers, find_customers, get_customer
from desktop_app.customers.records import (
    Account,
    Balances,
    ContactKind,
    ContactRow,
    CustomerForm,
    CustomerKind,
    GroupForm,
    NewMessage,
    TaxIdState,
)
from desktop_app.customers.tables import BalanceEntry, Customer, CustomerToken
from desktop_app.kernel.access import Role
from desktop_app.kernel.errors import ConflictError, InvalidError, NotAllowedError, NotFoundError
from tests.database.shop import Shop, a_query, command, sql

PHONE = ContactRow(ContactKind.PHONE, "050 123 45 67")
MAIL = ContactRow(ContactKind.EMAIL, "leyla@example.az", preferred=True)
LEYLA = CustomerForm(
    "Leyla Əhmədova",
    contacts=(PHONE, MAIL),
    birth_date=date(2000, 2, 29),
    note="qoza allergiya",
    tags=("daimi",),
)


@pytest.fixture
def leyla(shop: Shop) -> int:
    return shop.app.call(add_customer, LEYLA)


def test_somebody_entered_here_is_found_and_told(shop: Shop, leyla: int) -> None:
    card = shop.app.call(get_customer, leyla)
    assert (card.row.name, card.birth_date, card.note) == (
        LEYLA.name, date(2000, 2, 29), "qoza allergiya",
    )  # fmt: skip
    assert [(one.value, one.preferred) for one in card.contacts] == [
        ("+994501234567", False),
        ("leyla@example.az", True),
    ]
    assert (card.row.reference, card.source, list(card.tags)) == (str(leyla), "desk", ["daimi"])
    for typed in ("ehmedova", "1234567", "leyla@"):
        assert [row.id for row in shop.app.call(find_customers, typed).rows] == [leyla]
    assert "Leyla" not in shop.trail_text()
    shop.check_trail()
    shop.check_counts()


def test_a_card_is_changed_and_found_by_what_it_says_now(shop: Shop, leyla: int) -> None:
    other = replace(LEYLA, name="Leyla Rzayeva", contacts=(MAIL,), tags=("vip",))
    version = shop.app.call(get_customer, leyla).version
    assert shop.app.call(change_customer, leyla, version, other) == version + 1
    card = shop.app.call(get_customer, leyla)
    assert (card.row.name, card.row.phone, list(card.tags)) == ("Leyla Rzayeva", "", ["vip"])
    for gone in ("ehmedova", "1234567"):
        assert shop.app.call(count_customers, gone) == 0
    assert shop.app.call(count_customers, "rzayeva") == 1
    with pytest.raises(ConflictError, match="name, contacts, tags"):
        shop.app.call(change_customer, leyla, version, LEYLA)
    assert shop.app.call(get_customer, leyla) == card
    with pytest.raises(NotFoundError):
        shop.app.call(change_customer, 1, 1, LEYLA)


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"name": "  "}, "name"),
        ({"name": "ə" * 301}, "name"),
        ({"contacts": (ContactRow(ContactKind.PHONE, "12"),)}, "phone"),
        ({"contacts": (ContactRow(ContactKind.EMAIL, "leyla@"),)}, "email"),
        ({"contacts": (ContactRow(ContactKind.ADDRESS, "a" * 501),)}, "address"),
        ({"contacts": tuple(ContactRow(ContactKind.ADDRESS, f"{n}") for n in range(21))}, "phone"),
        ({"birth_date": date(2030, 1, 1)}, "birth_date"),
        ({"birth_date": date(1812, 1, 1)}, "birth_date"),
        ({"tax_id": "1234567891"}, "tax_id"),
        ({"tax_id": "12345"}, "tax_id"),
        ({"note": "x" * 10_001}, "note"),
        ({"tags": ("t" * 65,)}, "tags"),
        ({"tags": tuple(f"t{n}" for n in range(31))}, "tags"),
    ],
)
def test_bad_input_names_its_field_and_changes_nothing(
    shop: Shop, leyla: int, changed: dict, field: str
) -> None:
    card = shop.app.call(get_customer, leyla)
    for call in (
        lambda form: shop.app.call(add_customer, form),
        lambda form: shop.app.call(change_customer, leyla, card.version, form),
    ):
        with pytest.raises(InvalidError) as told:
            call(replace(LEYLA, **changed))
        assert told.value.field == field
    assert shop.app.call(get_customer, leyla) == card
    assert shop.app.call(count_customers) == 1


def test_what_is_unusual_but_right_is_kept(shop: Shop) -> None:
    long = "çox uzun qeyd 🍰\n" * 600
    for form in (
        CustomerForm("محمد علی", note=long),
        CustomerForm("🍕 Pizza MMC", CustomerKind.COMPANY, tax_id="DE 123 456"),
        CustomerForm("Baku QSC", CustomerKind.COMPANY, tax_id="0100000221"),
    ):
        try:
            card = shop.app.call(get_customer, shop.app.call(add_customer, form))
        except InvalidError as error:
            assert error.field == "tax_id"  # noqa: PT017 - the third may be wrong by its rule
            continue
        assert card.row.name == form.name
    assert shop.app.call(count_customers) >= 2


def test_a_code_belongs_to_one_customer(shop: Shop) -> None:
    shop.app.call(add_customer, LEYLA, "K-17")
    with pytest.raises(ConflictError):
        shop.app.call(add_customer, CustomerForm("Orxan"), "K-17")
    (row,) = shop.app.call(find_customers, "K-17").rows
    assert row.reference == "K-17"


def test_a_tax_id_that_came_in_wrong_may_stay(shop: Shop) -> None:
    from desktop_app.customers.records import IncomingCustomer
    from tests.database.shop import enter as take_in

    came = IncomingCustomer("K", "Kafe", tax_id="1234567891", tax_id_state=TaxIdState.WRONG)
    id_ = take_in(shop.app, came)["K"]
    shop.app.call(change_customer, id_, 1, CustomerForm("Kafe MMC", tax_id="1234567891"))
    card = shop.app.call(get_customer, id_)
    assert (card.row.name, card.tax_id_state) == ("Kafe MMC", TaxIdState.WRONG)


def test_cards_are_put_away_and_taken_out(shop: Shop, leyla: int) -> None:
    orxan = shop.app.call(add_customer, CustomerForm("Orxan"))
    assert shop.app.call(archive_customers, [leyla, orxan, leyla], away=True) == 2
    assert shop.app.call(count_customers) == 0
    assert shop.app.call(archive_customers, [leyla], away=False) == 1
    assert [row.id for row in shop.app.call(find_customers, "").rows] == [leyla]


def test_tags_are_given_to_several_and_taken(shop: Shop, leyla: int) -> None:
    orxan = shop.app.call(add_customer, CustomerForm("Orxan"))
    assert shop.app.call(tag_customers, [leyla, orxan], ["vip", "daimi"]) == 3
    assert shop.app.call(tag_customers, [leyla], [], ["daimi", "yox"]) == 1
    assert list(shop.app.call(get_customer, leyla).tags) == ["vip"]
    assert list(shop.app.call(get_customer, orxan).tags) == ["daimi", "vip"]


def test_messages_are_written_down(shop: Shop, leyla: int) -> None:
    shop.app.call(add_message, leyla, NewMessage("in", "phone", "", "Masa saat 7-yə"))
    shop.app.call(add_message, leyla, NewMessage("out", "sms", "Təsdiq"))
    card = shop.app.call(get_customer, leyla)
    assert [(one.direction, one.channel) for one in card.communications] == [
        ("in", "phone"), ("out", "sms"),
    ]  # fmt: skip
    for wrong in (
        NewMessage("up", "phone", "a"), NewMessage("in", "owl", "a"), NewMessage("in", "sms"),
    ):  # fmt: skip
        with pytest.raises(InvalidError):
            shop.app.call(add_message, leyla, wrong)


def test_a_group_in_use_stays(shop: Shop, leyla: int) -> None:
    vip = shop.app.call(add_group, GroupForm("VIP", 1000, 500))
    with pytest.raises(ConflictError):
        shop.app.call(add_group, GroupForm("vip"))
    with pytest.raises(InvalidError):
        shop.app.call(add_group, GroupForm("Çox", 10_001))
    shop.app.call(change_customer, leyla, 1, replace(LEYLA, group_id=vip))
    assert shop.app.call(get_customer, leyla).row.group == "VIP"
    with pytest.raises(ConflictError, match="1 customers"):
        shop.app.call(remove_group, vip)
    assert shop.app.call(change_group, vip, 1, GroupForm("Qızıl", 1500)) == 2
    with pytest.raises(ConflictError):
        shop.app.call(change_group, vip, 1, GroupForm("Gümüş"))
    shop.app.call(change_customer, leyla, 2, LEYLA)
    shop.app.call(remove_group, vip)
    with pytest.raises(NotFoundError):
        shop.app.call(change_customer, leyla, 3, replace(LEYLA, group_id=vip))


def test_the_ledger_sums_to_the_balance(shop: Shop, leyla: int) -> None:
    amounts = st.integers(-500, 900)
    moves = st.lists(st.tuples(st.sampled_from(Account), amounts), max_size=6)

    @settings(max_examples=25, suppress_health_check=list(HealthCheck), deadline=None)
    @given(moves, st.data())
    def check(wanted: list[tuple[Account, int]], data: st.DataObject) -> None:
        for account, amount in wanted:
            has = shop.app.call(a_query(lambda tx: balances(tx, leyla))).of(account)
            fits = amount != 0 and (account is Account.BALANCE or has + min(amount, 0) >= 0)
            if not fits:
                with pytest.raises(InvalidError):
                    shop.app.call(correct_balance, leyla, account, amount, "sınaq")
                continue
            line = shop.app.call(correct_balance, leyla, account, amount, "sınaq")
            if data.draw(st.booleans()):
                shop.app.call(take_back_movement, leyla, line, "səhv")
                with pytest.raises(ConflictError):
                    shop.app.call(take_back_movement, leyla, line, "səhv")
        rows = shop.rows(BalanceEntry)
        (card,) = shop.rows(Customer)
        sums = {
            account: sum(row["amount_minor"] for row in rows if row["account"] is account)
            for account in Account
        }
        assert {account: card[f"{account.value}_minor"] for account in Account} == sums
        assert min(sums[Account.BONUS], sums[Account.CASHBACK]) >= 0

    check()
    shop.check_trail()


def test_bonus_that_is_spent_cannot_be_taken_back(shop: Shop, leyla: int) -> None:
    given_ = shop.app.call(correct_balance, leyla, Account.BONUS, 500, "hədiyyə")
    shop.app.call(command(lambda tx: enter(tx, leyla, Account.BONUS, -300, "çek", "order:5")))
    with pytest.raises(InvalidError, match="not so much"):
        shop.app.call(take_back_movement, leyla, given_, "səhv")
    with pytest.raises(InvalidError):
        shop.app.call(correct_balance, leyla, Account.BONUS, 1, " ")
    with pytest.raises(InvalidError):
        shop.app.call(correct_balance, leyla, Account.BALANCE, 10**15, "çox")
    assert shop.app.call(a_query(lambda tx: balances(tx, leyla))) == Balances(0, 200, 0)
    shown = shop.app.call(get_customer, leyla)
    assert (shown.row.bonus_minor, shown.balance[1].document) == (200, "order:5")


def test_nobody_changes_a_movement(shop: Shop, leyla: int) -> None:
    shop.app.call(correct_balance, leyla, Account.BONUS, 500, "hədiyyə")

    def change(tx: object) -> None:
        tx.objects  # noqa: B018 - the transaction of the operation
        row = tx.get(BalanceEntry, (leyla, 1))
        row.amount_minor = 50_000
        tx.add(row)

    with pytest.raises((DBAPIError, NotAllowedError)):
        shop.app.call(command(change))
    with shop.around() as connection:
        kept = sql(connection, "SELECT amount_minor FROM people.balance_entry").scalar()
    assert kept == 500


def test_staff_may_do_none_of_it(shop: Shop, leyla: int) -> None:
    till = shop.as_role(Role.STAFF)
    for op, args in (
        (add_customer, (LEYLA,)),
        (change_customer, (leyla, 1, LEYLA)),
        (archive_customers, ([leyla],)),
        (correct_balance, (leyla, Account.BONUS, 5, "a")),
    ):
        with pytest.raises(NotAllowedError):
            till.call(op, *args, **({"away": True} if op is archive_customers else {}))


def test_search_words_go_with_the_card(shop: Shop, leyla: int) -> None:
    shop.app.call(change_customer, leyla, 1, CustomerForm("Orxan"))
    assert {row["token"] for row in shop.rows(CustomerToken)} == {"orxan", str(leyla)}
    assert shop.clock.now() > datetime(2026, 1, 1, tzinfo=UTC)
