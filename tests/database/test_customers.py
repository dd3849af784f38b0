"""Finding customers, as people type in Baku; and what their card shows."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from desktop_app.customers.operations import (
    count_customers,
    customer_page_at,
    find_customers,
    get_customer,
)
from desktop_app.customers.records import CustomerKind, CustomerRow, IncomingCustomer, TaxIdState
from desktop_app.kernel.access import Role
from desktop_app.kernel.errors import NotAllowedError, NotFoundError
from desktop_app.kernel.text import fold
from tests.database.shop import Shop, enter

PEOPLE = {
    "M": ("Məmmədov Ilqar", "+994501234567", "ilqar@example.az"),
    "A": ("Əliyev Çingiz", "+994552223344", "cingiz.eliyev@example.az"),
    "R": ("Ильгар Гусейнов", "+994703334455", ""),
    "T": ("Gülşən Şahin", "+905321112233", "gulsen@example.com.tr"),
    "I": ("İSMAYIL IŞIQLI", "+994514445566", ""),
    "Y": ("Юлия Щукина", "+79161234567", "julia@example.ru"),
    "C": ("Bakı Kafe MMC", "+994124445566", "office@baku.az"),
}


@pytest.fixture
def known(shop: Shop) -> dict[str, int]:
    return enter(
        shop.app,
        *(
            IncomingCustomer(code, name, phone=phone, email=email)
            for code, (name, phone, email) in PEOPLE.items()
        ),
    )


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("mem", "M"), ("MƏM", "M"), ("mam", "M"), ("Məmmədov", "M"),
        ("aliyev", "A"), ("eliyev", "A"), ("ƏLİYEV", "A"), ("əliyev çin", "A"), ("Алиев", "A"),
        ("Ильгар", "MR"), ("İlqar", "MR"), ("ilqar", "MR"), ("ILQAR", "MR"), ("qus", "R"),
        ("huseynov", "R"), ("gulsen", "T"), ("GÜLŞEN", "T"), ("sahin", "T"), ("шахин", "T"),
        ("ismayil", "I"), ("ISMAYIL", "I"), ("işıqlı", "I"), ("isiqli", "I"),
        ("yuliya", "Y"), ("юлия", "Y"), ("shchukina", "Y"),
        ("4567", "MY"), ("1234567", "MY"), ("0501234567", "M"), ("+994 50 123-45-67", "M"),
        ("50 123 45 67", "M"), ("5566", "IC"), ("(055) 222 33 44", "A"), ("905321112233", "T"),
        ("ilqar@", "M"), ("JULIA@example.ru", "Y"), ("kafe baki", "C"), ("baki kafe", "C"),
        ("zzz", ""), ("mem zzz", ""), ("%", None), ("_", None), ("'; --", None),
        ("", "MARTIYC"), ("   ", "MARTIYC"),
    ],
)  # fmt: skip
def test_a_customer_is_found_as_people_type(
    shop: Shop, known: dict[str, int], typed: str, found: str | None
) -> None:
    page = shop.app.call(find_customers, typed)
    if found is None:  # nothing sensible was typed: no error, and no more than everybody
        assert len(page.rows) <= len(PEOPLE)
        return
    assert {row.reference for row in page.rows} == set(found)
    assert shop.app.call(count_customers, typed) == len(found)


def _all(shop: Shop, text: str, limit: int) -> list[CustomerRow]:
    rows: list[CustomerRow] = []
    after = None
    while True:
        page = shop.app.call(find_customers, text, after=after, limit=limit)
        rows += page.rows
        if page.next is None:
            return rows
        assert len(page.rows) == limit
        after = page.next


def test_pages_put_together_are_the_whole_list(shop: Shop) -> None:
    names = ["Əli Əliyev", "Ali Aliyev", "Vəli", "Ильгар", "Ayşe Yıldız", "ƏLİ ƏLİYEV"]
    enter(shop.app, *(IncomingCustomer(f"N{n:03d}", names[n % 6]) for n in range(80)))

    def check_order(rows: Sequence[CustomerRow]) -> None:
        keys = [(fold(row.name), row.id) for row in rows]
        if not shop.is_postgres:
            assert keys == sorted(keys)

    @settings(max_examples=25, suppress_health_check=list(HealthCheck))
    @given(st.sampled_from(["", "ali", "el", "ay yil", "ил", "n00", "q"]), st.integers(2, 30))
    def check(text: str, limit: int) -> None:
        whole = list(shop.app.call(find_customers, text, limit=500).rows)
        assert _all(shop, text, limit) == whole
        assert len({row.id for row in whole}) == len(whole)
        assert shop.app.call(count_customers, text) == len(whole)
        assert list(shop.app.call(customer_page_at, text, 3, 5)) == whole[3:8]
        check_order(whole)

    check()


def test_the_card_shows_everything_that_came_in(shop: Shop) -> None:
    came = IncomingCustomer(
        "K1", "Kafe MMC", phone="+994124445566", email="a@b.az", address="Nizami 1",
        tax_id="1234567891", tax_id_state=TaxIdState.WRONG, balance_minor=-150, note="borc",
        kind=CustomerKind.COMPANY, group="Daimi",
    )  # fmt: skip
    card = shop.app.call(get_customer, enter(shop.app, came)["K1"])
    assert (card.row.name, card.row.kind, card.row.group) == (
        "Kafe MMC", CustomerKind.COMPANY, "Daimi",
    )  # fmt: skip
    assert [contact.value for contact in card.contacts] == ["+994124445566", "a@b.az", "Nizami 1"]
    assert [contact.preferred for contact in card.contacts] == [True, False, False]
    assert (card.tax_id, card.tax_id_state, card.note) == ("1234567891", TaxIdState.WRONG, "borc")
    assert [entry.amount_minor for entry in card.balance] == [-150]
    assert (card.row.balance_minor, card.created_at) == (-150, shop.clock.now())
    with pytest.raises(NotFoundError):
        shop.app.call(get_customer, 1)


def test_the_same_customer_comes_in_once(shop: Shop) -> None:
    from desktop_app.customers.storing import known_customers
    from tests.database.shop import a_query

    first = enter(shop.app, IncomingCustomer("X", "Bir"), IncomingCustomer("Y", "İki"))
    asked = a_query(lambda tx: known_customers(tx, "test", ["X", "Y", "Z", "X"]))
    assert shop.app.call(asked) == first
    other = a_query(lambda tx: known_customers(tx, "elsewhere", ["X"]))
    assert shop.app.call(other) == {}


def test_staff_may_not_look_at_customers(shop: Shop, known: dict[str, int]) -> None:
    with pytest.raises(NotAllowedError):
        shop.as_role(Role.STAFF).call(find_customers, "")
    assert len(shop.as_role(Role.MANAGER).call(find_customers, "").rows) == len(PEOPLE)
