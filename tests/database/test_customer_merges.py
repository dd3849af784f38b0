"""Cards of one person: found, explained, put together and taken apart; on both engines."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from desktop_app.customers.duplicates import list_duplicates
from desktop_app.customers.editing import (
    add_customer,
    add_message,
    archive_customers,
    change_customer,
    tag_customers,
)
from desktop_app.customers.ledger import correct_balance, take_back_movement
from desktop_app.customers.likeness import Traits, likenesses, score
from desktop_app.customers.merging import (
    FIELDS,
    merge_customers,
    unmerge_customers,
)
from desktop_app.customers.operations import (
    count_customers,
    find_customers,
    get_customer,
    list_birthdays,
    list_groups,
    list_tags,
)
from desktop_app.customers.records import (
    Account,
    ContactKind,
    ContactRow,
    CustomerForm,
    Likeness,
    MergeWish,
    NewMessage,
)
from desktop_app.customers.rules import next_birthday
from desktop_app.customers.tables import (
    BalanceEntry,
    Communication,
    Customer,
    CustomerAlias,
    CustomerContact,
    CustomerTag,
    CustomerToken,
)
from desktop_app.kernel.access import Role
from desktop_app.kernel.errors import ConflictError, InvalidError, NotAllowedError, NotFoundError
from desktop_app.orders.operations import count_orders, customer_sales, list_orders
from desktop_app.orders.records import OrderFilter
from desktop_app.privacy.operations import write_copy
from tests.database.shop import Shop, order, sell

PHONE = ContactRow(ContactKind.PHONE, "+994501234567")
MAIL = ContactRow(ContactKind.EMAIL, "leyla@example.az")
FIRST = CustomerForm("Leyla Əhmədova", contacts=(PHONE,), note="pəncərə yanı", tags=("daimi",))
SECOND = CustomerForm(
    "Leyla Ahmadova", contacts=(PHONE, MAIL), birth_date=date(1990, 2, 28), tags=("vip",)
)
TABLES = (Customer, CustomerContact, CustomerTag, CustomerToken, BalanceEntry, Communication)


@pytest.fixture
def two(shop: Shop) -> tuple[int, int]:
    return shop.app.call(add_customer, FIRST), shop.app.call(add_customer, SECOND)


def wish(shop: Shop, kept: int, gone: int, *take: str) -> MergeWish:
    versions = [shop.app.call(get_customer, number).version for number in (kept, gone)]
    return MergeWish(kept, versions[0], gone, versions[1], take)


def everything(shop: Shop) -> dict[str, list[dict[str, Any]]]:
    """Return all rows about customers, but for the counter of changes."""
    return {
        table.__tablename__: [
            {name: value for name, value in row.items() if name != "version"}
            for row in shop.rows(table)
        ]
        for table in (*TABLES, CustomerAlias)
    }


def test_one_card_has_what_both_had(shop: Shop, two: tuple[int, int]) -> None:
    kept, gone = two
    sell(shop.app, [order(1, customer_id=kept), order(2, customer_id=gone)])
    shop.app.call(correct_balance, kept, Account.BONUS, 300, "a")
    shop.app.call(correct_balance, gone, Account.BONUS, 500, "b")
    shop.app.call(add_message, gone, NewMessage("in", "phone", "Zəng"))
    shop.app.call(merge_customers, wish(shop, kept, gone, "birth_date"))
    card = shop.app.call(get_customer, kept)
    assert shop.app.call(get_customer, gone) == card
    assert (card.row.name, card.birth_date) == ("Leyla Əhmədova", date(1990, 2, 28))
    assert [one.value for one in card.contacts] == ["+994501234567", "leyla@example.az"]
    assert (list(card.tags), card.row.bonus_minor) == (["daimi", "vip"], 800)
    assert sum(one.amount_minor for one in card.balance) == 800
    assert [one.subject for one in card.communications] == ["Zəng"]
    assert [(one.id, one.made_by) for one in card.joined] == [(gone, "Aysel")]
    assert shop.app.call(count_customers) == 1
    assert [row.id for row in shop.app.call(find_customers, "leyla@").rows] == [kept]
    for number in two:
        wanted = OrderFilter(customer_id=number)
        assert len(shop.app.call(list_orders, wanted).rows) == 2
        assert shop.app.call(count_orders, wanted) == 2
        assert shop.app.call(customer_sales, number).orders == 2
    assert "Leyla" not in shop.trail_text()
    shop.check_trail()
    shop.check_counts()


def test_merging_then_splitting_gives_back_the_same_rows(shop: Shop) -> None:
    contact = st.builds(
        ContactRow,
        st.just(ContactKind.PHONE),
        st.integers(1_000_000, 9_999_999).map(lambda n: f"+99450{n}"),
    )
    form = st.builds(
        CustomerForm,
        st.sampled_from(["Leyla", "Orxan Əliyev", "محمد", "🍕 MMC"]),
        contacts=st.lists(contact, max_size=3).map(tuple),
        birth_date=st.none() | st.dates(date(1930, 1, 1), date(2010, 1, 1)),
        note=st.sampled_from(["", "qeyd"]),
        tags=st.lists(st.sampled_from(["a", "b", "c"]), max_size=3).map(tuple),
    )
    moves = st.lists(st.tuples(st.sampled_from(Account), st.integers(1, 900)), max_size=3)
    fields = st.sets(st.sampled_from(sorted(FIELDS))).map(sorted)

    @settings(max_examples=20, suppress_health_check=list(HealthCheck), deadline=None)
    @given(st.lists(st.tuples(form, moves), min_size=3, max_size=3), fields, fields, st.booleans())
    def check(cards: list[Any], take: list[str], more: list[str], away: bool) -> None:
        numbers = []
        for one, entries in cards:
            numbers.append(shop.app.call(add_customer, one))
            for account, amount in entries:
                shop.app.call(correct_balance, numbers[-1], account, amount, "sınaq")
        first, second, third = numbers
        if away:
            shop.app.call(archive_customers, [second], away=True)
        before = everything(shop)
        shop.app.call(merge_customers, wish(shop, first, second, *take))
        together = everything(shop)
        shop.app.call(merge_customers, wish(shop, third, first, *more))
        assert shop.app.call(unmerge_customers, first) == third
        assert everything(shop) == together
        assert shop.app.call(unmerge_customers, second) == first
        assert everything(shop) == before

    check()
    shop.check_trail()


def test_what_came_since_stays_with_the_card_that_was_kept(
    shop: Shop, two: tuple[int, int]
) -> None:
    kept, gone = two
    line = shop.app.call(correct_balance, gone, Account.BONUS, 500, "b")
    shop.app.call(merge_customers, wish(shop, kept, gone))
    shop.app.call(correct_balance, gone, Account.BONUS, 70, "c")  # the old number still works
    shop.app.call(take_back_movement, gone, line, "səhv")
    assert shop.app.call(get_customer, kept).row.bonus_minor == 70
    shop.app.call(unmerge_customers, gone)
    assert shop.app.call(get_customer, kept).row.bonus_minor == 70
    assert shop.app.call(get_customer, gone).row.bonus_minor == 0


def test_bonus_spent_together_holds_the_cards_together(shop: Shop, two: tuple[int, int]) -> None:
    kept, gone = two
    shop.app.call(correct_balance, gone, Account.BONUS, 500, "b")
    shop.app.call(merge_customers, wish(shop, kept, gone))
    shop.app.call(correct_balance, kept, Account.BONUS, -400, "xərc")
    before = everything(shop)
    with pytest.raises(ConflictError, match="spent"):
        shop.app.call(unmerge_customers, gone)
    assert everything(shop) == before


def test_what_cannot_be_put_together_is_refused(shop: Shop, two: tuple[int, int]) -> None:
    kept, gone = two
    right = wish(shop, kept, gone)
    with pytest.raises(InvalidError):
        shop.app.call(merge_customers, wish(shop, kept, kept))
    with pytest.raises(InvalidError, match="take"):
        shop.app.call(merge_customers, wish(shop, kept, gone, "balance"))
    with pytest.raises(NotFoundError):
        shop.app.call(merge_customers, MergeWish(kept, 1, 5, 1))
    with pytest.raises(NotFoundError):
        shop.app.call(unmerge_customers, gone)
    with pytest.raises(NotAllowedError):
        shop.as_role(Role.STAFF).call(merge_customers, right)
    shop.app.call(tag_customers, [gone], ["yeni"])
    with pytest.raises(ConflictError):
        shop.app.call(merge_customers, right)
    shop.app.call(merge_customers, wish(shop, kept, gone))
    with pytest.raises(ConflictError, match="already"):
        shop.app.call(merge_customers, MergeWish(gone, 3, kept, 2))
    with pytest.raises(ConflictError, match="kept under another"):
        shop.app.call(change_customer, gone, 3, SECOND)


def test_cards_kept_twice_are_found_and_explained(shop: Shop, two: tuple[int, int]) -> None:
    cousin = CustomerForm("Leyla Əhmədova", birth_date=date(1990, 2, 28))
    shop.app.call(add_customer, cousin)
    shop.app.call(add_customer, CustomerForm("Orxan Quliyev", birth_date=date(1990, 2, 28)))
    found = shop.app.call(list_duplicates)
    first = found[0]
    assert (first.first.id, first.second.id, first.score) == (*two, 100)
    assert first.why == [Likeness.PHONE, Likeness.SAME_NAME]
    assert [one.score for one in found] == [100, 75]
    assert found[1].why == [Likeness.SAME_NAME, Likeness.BIRTH_DATE]
    shop.app.call(merge_customers, wish(shop, *two))
    assert all(row.first.id not in two or row.second.id not in two
               for row in shop.app.call(list_duplicates))  # fmt: skip


@pytest.mark.parametrize(
    ("one", "other", "why"),
    [
        ("Əliyev Çingiz", "Çingiz Əliyev", Likeness.SAME_NAME),
        ("Алиев Чингиз", "Cingiz Aliyev", Likeness.SAME_NAME),
        ("Məmmədov İlqar", "Mamedov Ilqar", Likeness.LIKE_NAME),
        ("Leyla Rza qızı Əhmədova", "Leyla Əhmədova", Likeness.LIKE_NAME),
        ("Leyla Əhmədova", "Leyla Quliyeva", None),
        ("Əli", "Ələ", None),
        ("", "", None),
    ],
)
def test_names_are_compared_as_people_write_them(
    one: str, other: str, why: Likeness | None
) -> None:
    for left, right in ((one, other), (other, one)):
        assert list(likenesses(Traits(left), Traits(right))) == ([] if why is None else [why])


@given(st.text(max_size=12), st.text(max_size=12), st.dates() | st.none(), st.dates() | st.none())
def test_likeness_is_the_same_both_ways_round(
    one: str, other: str, born: date | None, other_born: date | None
) -> None:
    left, right = Traits(one, born=born), Traits(other, born=other_born)
    assert likenesses(left, right) == likenesses(right, left)
    assert 0 <= score(likenesses(left, right)) <= 100


def test_the_copy_of_their_data_has_both_cards(
    shop: Shop, two: tuple[int, int], tmp_path: Path
) -> None:
    kept, gone = two
    sell(shop.app, [order(1, customer_id=gone)])
    shop.app.call(merge_customers, wish(shop, kept, gone))
    made = shop.confirmed(write_copy, gone, tmp_path / "copy.pdf", language="az")
    assert made.places_with_data >= 6
    assert made.pages > 1


def test_birthdays_come_in_their_order(shop: Shop) -> None:
    people = {
        "Bu gün": date(1990, 11, 2), "Sabah": date(2001, 11, 3), "Bir ay": date(1980, 12, 2),
        "Uzaq": date(1980, 12, 3), "Dünən": date(1985, 11, 1),
    }  # fmt: skip
    for name, born in people.items():
        shop.app.call(add_customer, CustomerForm(name, birth_date=born))
    today = shop.clock.now().date()
    rows = shop.app.call(list_birthdays, 30)
    expected = sorted(
        (next_birthday(born, today), name) for name, born in people.items()
        if (next_birthday(born, today) - today).days <= 30
    )  # fmt: skip
    assert [(row.day, row.name) for row in rows] == expected
    assert all(row.turns == row.day.year - people[row.name].year for row in rows)
    assert not any(row.may_greet for row in rows)


@given(st.dates(date(1900, 1, 1), date(2026, 1, 1)), st.dates(date(2026, 1, 1), date(2060, 1, 1)))
def test_a_birthday_comes_within_a_year(born: date, today: date) -> None:
    day = next_birthday(born, today)
    assert 0 <= (day - today).days <= 366
    leap = (born.month, born.day) == (2, 29)
    assert (day.month, day.day) == (born.month, born.day) or (
        leap and (day.month, day.day) == (2, 28)
    )


def test_groups_and_tags_are_listed(shop: Shop, two: tuple[int, int]) -> None:
    from desktop_app.customers.editing import add_group
    from desktop_app.customers.records import GroupForm

    vip = shop.app.call(add_group, GroupForm("VIP", 500, 100))
    shop.app.call(change_customer, two[0], 1, CustomerForm("Leyla", group_id=vip))
    (row,) = shop.app.call(list_groups)
    assert (row.name, row.discount_bp, row.cashback_bp, row.customers) == ("VIP", 500, 100, 1)
    assert shop.app.call(list_tags) == ["vip"]
