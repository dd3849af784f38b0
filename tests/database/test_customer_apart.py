"""Pairs of cards that are two people's, and cards put together and parted in any order."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from datetime import date
from itertools import combinations
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from desktop_app.customers.duplicates import (
    list_apart,
    list_duplicates,
    mark_apart,
    unmark_apart,
)
from desktop_app.customers.editing import add_customer, archive_customers, change_customer
from desktop_app.customers.ledger import correct_balance
from desktop_app.customers.likeness import NameBook, Traits, likenesses, name_likeness, score
from desktop_app.customers.merging import (
    FIELDS,
    EditedSinceError,
    merge_customers,
    unmerge_customers,
)
from desktop_app.customers.operations import get_customer
from desktop_app.customers.records import (
    Account,
    ContactKind,
    ContactRow,
    CustomerForm,
    CustomerState,
    MergeWish,
)
from desktop_app.customers.tables import Customer, CustomerAlias, CustomerApart
from desktop_app.kernel.access import Role
from desktop_app.kernel.errors import ConflictError, InvalidError, NotAllowedError, NotFoundError
from desktop_app.privacy.operations import write_copy
from tests.database.shop import Shop
from tests.database.test_customer_merges import everything, wish

PHONE = ContactRow(ContactKind.PHONE, "+994501234567")
BORN = date(1990, 2, 28)


def card(shop: Shop, name: str, **more: Any) -> int:
    return shop.app.call(add_customer, CustomerForm(name, **more))


@pytest.fixture
def two(shop: Shop) -> tuple[int, int]:
    """Return a mother and a daughter who share a telephone."""
    return card(shop, "Leyla Əliyeva", contacts=(PHONE,)), card(
        shop, "Leyla Əliyeva", contacts=(PHONE,)
    )


def pairs(shop: Shop) -> set[tuple[int, int]]:
    return {(row.first.id, row.second.id) for row in shop.app.call(list_duplicates)}


def test_a_pair_marked_as_two_people_is_not_shown_again(
    shop: Shop, two: tuple[int, int], tmp_path: Any
) -> None:
    assert pairs(shop) == {two}
    assert shop.app.call(mark_apart, *reversed(two))
    assert pairs(shop) == set()
    assert not shop.app.call(mark_apart, *two)
    (row,) = shop.app.call(list_apart)
    assert ((row.first.id, row.second.id), row.made_by) == (two, "Aysel")
    with pytest.raises(ConflictError, match="two people"):
        shop.app.call(merge_customers, wish(shop, *two))
    for number in two:  # the copy of either says so
        made = shop.confirmed(write_copy, number, tmp_path / f"{number}.pdf", language="az")
        assert made.places_with_data >= 3
    shop.app.call(unmark_apart, *two)
    assert pairs(shop) == {two}
    assert shop.rows(CustomerApart) == []
    with pytest.raises(NotFoundError):
        shop.app.call(unmark_apart, *two)
    shop.check_counts()
    shop.check_trail()


def test_the_mark_holds_for_the_cards_that_stand_for_the_two(
    shop: Shop, two: tuple[int, int]
) -> None:
    third = card(shop, "Leyla Əliyeva", contacts=(PHONE,))
    shop.app.call(mark_apart, *two)
    shop.app.call(merge_customers, wish(shop, third, two[1]))
    assert pairs(shop) == set()
    with pytest.raises(ConflictError, match="kept as one"):
        shop.app.call(mark_apart, third, two[1])
    shop.app.call(unmerge_customers, two[1])
    assert pairs(shop) == {(two[0], third), (two[1], third)}


def test_what_cannot_be_marked_is_refused(shop: Shop, two: tuple[int, int]) -> None:
    with pytest.raises(InvalidError):
        shop.app.call(mark_apart, two[0], two[0])
    with pytest.raises(NotFoundError):
        shop.app.call(mark_apart, two[0], 5)
    for role in (Role.STAFF, Role.ACCOUNTANT):
        with pytest.raises(NotAllowedError):
            shop.as_role(role).call(mark_apart, *two)
    assert shop.rows(CustomerApart) == []


def test_any_card_is_parted_where_nothing_it_gave_went_on(shop: Shop) -> None:
    kept = card(shop, "Əli", note="a")
    first, second = card(shop, "Ali", birth_date=BORN), card(shop, "Əli H.", note="b")
    before = everything(shop)
    shop.app.call(merge_customers, wish(shop, kept, first, "birth_date"))
    shop.app.call(merge_customers, wish(shop, kept, second, "name", "note"))
    assert shop.app.call(unmerge_customers, first) == kept  # the older one, first
    row = shop.app.call(get_customer, kept)
    assert (row.row.name, row.note, row.birth_date) == ("Əli H.", "b", None)
    shop.app.call(unmerge_customers, second)
    assert everything(shop) == before


def test_what_was_taken_again_since_is_parted_in_its_order(shop: Shop) -> None:
    kept, first, second = card(shop, "Əli"), card(shop, "Ali"), card(shop, "Əli H.")
    before = everything(shop)
    shop.app.call(merge_customers, wish(shop, kept, first, "name"))
    shop.app.call(merge_customers, wish(shop, kept, second, "name"))
    between = everything(shop)
    with pytest.raises(ConflictError, match=f"{second}"):
        shop.app.call(unmerge_customers, first)
    assert everything(shop) == between
    shop.app.call(unmerge_customers, second)
    shop.app.call(unmerge_customers, first)
    assert everything(shop) == before


def test_what_was_changed_since_is_said_and_can_be_parted_anyway(shop: Shop) -> None:
    kept, gone = card(shop, "Əli"), card(shop, "Ali Həsənov", note="gec gəlir")
    shop.app.call(merge_customers, wish(shop, kept, gone, "name"))
    version = shop.app.call(get_customer, kept).version
    form = CustomerForm("Ali Həsənov", note="alerji: qoz")
    shop.app.call(change_customer, kept, version, form)  # what it did not take
    assert [row["edited"] for row in shop.rows(CustomerAlias)] == [""]
    shop.app.call(change_customer, kept, version + 1, CustomerForm("Ali Hasanov"))
    between = everything(shop)
    with pytest.raises(EditedSinceError, match="name"):
        shop.app.call(unmerge_customers, gone)
    assert everything(shop) == between
    shop.app.call(unmerge_customers, gone, anyway=True)
    names = {row["id"]: row["name"] for row in shop.rows(Customer)}
    assert names == {kept: "Əli", gone: "Ali Hasanov"}


def test_merges_in_any_order_and_partings_in_any_order_give_back_the_same_rows(
    shop: Shop,
) -> None:
    fields = st.sets(st.sampled_from(sorted(FIELDS)), max_size=3).map(sorted)
    put = st.tuples(st.just("put"), st.integers(0, 4), st.integers(0, 4), fields)
    part = st.tuples(st.just("part"), st.integers(0, 4))
    orders = st.permutations(range(5))

    @settings(max_examples=15, suppress_health_check=list(HealthCheck), deadline=None)
    @given(st.lists(put | part, min_size=3, max_size=10), orders, st.sets(st.integers(0, 4)))
    def check(deeds: list[Any], order: list[int], away: set[int]) -> None:
        cards = [
            card(
                shop, f"Müştəri {at}", note=f"qeyd {at}", tags=(f"t{at}",),
                birth_date=date(1990, 1, 1 + at),
            )
            for at in range(5)
        ]  # fmt: skip
        for at in (1, 3):
            shop.app.call(correct_balance, cards[at], Account.BONUS, 100 * at, "sınaq")
        shop.app.call(archive_customers, [cards[at] for at in away], away=True)
        before = everything(shop)
        for deed in deeds:
            if deed[0] == "put":
                tried(lambda d=deed: put_together(shop, cards[d[1]], cards[d[2]], d[3]))
            else:
                tried(lambda d=deed: shop.app.call(unmerge_customers, cards[d[1]]))
        for _round in cards:
            for at in order:
                tried(lambda a=at: shop.app.call(unmerge_customers, cards[a]))
        assert everything(shop) == before

    check()
    assert shop.rows(CustomerAlias) == []
    shop.check_trail()


def put_together(shop: Shop, kept: int, gone: int, take: list[str]) -> None:
    rows = {row["id"]: row for row in shop.rows(Customer)}
    versions = rows[kept]["version"], rows[gone]["version"]
    shop.app.call(merge_customers, MergeWish(kept, versions[0], gone, versions[1], take))


def tried(deed: Callable[[], object]) -> None:
    """Do what may be refused, and then changes nothing."""
    with suppress(ConflictError, InvalidError, NotFoundError):
        deed()


def test_the_search_finds_what_comparing_every_pair_finds(shop: Shop) -> None:
    spelled = ["Əli Həsənov", "Ali Hasanov", "Həsənov Əli", "Əli Hasənov"]
    names = st.sampled_from([*spelled, "Leyla", "Leyla Rza", "🍕", "محمد"])
    phone = st.sampled_from(["", "+994501234567", "+994551112233"])
    some = st.lists(
        st.tuples(names, phone, st.sampled_from([None, BORN, date(2000, 2, 29)])), max_size=7
    )

    @settings(max_examples=15, suppress_health_check=list(HealthCheck), deadline=None)
    @given(some)
    def check(people: list[Any]) -> None:
        every = [row["id"] for row in shop.rows(Customer) if row["state"] == CustomerState.ACTIVE]
        if every:
            shop.app.call(archive_customers, every, away=True)
        known = {}
        for name, number, born in people:
            contacts = (ContactRow(ContactKind.PHONE, number),) if number else ()
            id_ = card(shop, name, contacts=contacts, birth_date=born)
            phones = frozenset({number} if number else ())
            known[id_] = Traits(name, phones, code=str(id_), born=born)
        alike = {
            (one, other)
            for one, other in combinations(sorted(known), 2)
            if score(likenesses(known[one], known[other])) >= 60
        }
        assert pairs(shop) == alike

    check()


@given(st.lists(st.text("aəlhnvs ÇçƏ-", max_size=12), min_size=2, max_size=5))
def test_the_book_says_what_the_names_say(names: list[str]) -> None:
    book = NameBook()
    for one, other in [*combinations(names, 2), *combinations(names, 2)]:
        assert book.alike(one, other) == (name_likeness(one, other) is not None)
        assert book.alike(other, one) == book.alike(one, other)
