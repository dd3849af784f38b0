"""The books: entries nobody changes, balances that are their sums, cash flow; on both engines."""

from __future__ import annotations

from datetime import date
from itertools import pairwise

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy.exc import DBAPIError

from desktop_app.app import App
from desktop_app.db.operation import REGISTRY
from desktop_app.finance.editing import (
    add_account,
    add_entry,
    add_money_category,
    change_account,
    change_money_category,
    correct_entry,
    transfer,
)
from desktop_app.finance.kinds import AccountKind, Direction, SystemCategory
from desktop_app.finance.operations import (
    count_entries,
    get_cash_flow,
    list_accounts,
    list_entries,
    list_money_categories,
)
from desktop_app.finance.posting import account_for, post
from desktop_app.finance.records import (
    AccountForm,
    CategoryForm,
    Entry,
    EntryFilter,
    NewEntry,
)
from desktop_app.finance.tables import MoneyEntry
from desktop_app.kernel.access import Role
from desktop_app.kernel.errors import ConflictError, InvalidError, NotAllowedError, NotFoundError
from desktop_app.kernel.text import fold
from desktop_app.venue.operations import get_today, the_venue
from tests.database.shop import Shop, command, sql

CASH, BANK = AccountForm("Kassa"), AccountForm("Bank", AccountKind.BANK)
RENT = CategoryForm("İcarə", Direction.EXPENSE)


@pytest.fixture
def today(app: App) -> date:
    return app.call(get_today).day


def test_a_balance_is_the_sum_of_its_entries(app: App, shop: Shop, today: date) -> None:
    cash = app.call(add_account, CASH, 10_000)
    bank = app.call(add_account, BANK)
    rent = app.call(add_money_category, RENT)
    app.call(add_entry, NewEntry(cash, rent, today, -2_500, "noyabr"))
    app.call(add_entry, NewEntry(cash, SystemCategory.SALES, today, 4_000))
    app.call(transfer, cash, bank, NewEntry(0, 0, today, 1_500))
    held = {row.name: (row.balance_minor, row.entries) for row in app.call(list_accounts)}
    assert held == {"Kassa": (10_000, 4), "Bank": (1_500, 1)}
    listed = app.call(list_entries)
    assert sum(row.amount_minor for row in listed) == 11_500
    assert app.call(count_entries) == len(listed) == 5
    (paid,) = app.call(list_entries, EntryFilter(category_id=rent))
    assert (paid.account, str(paid.title), paid.note) == ("Kassa", "İcarə", "noyabr")
    assert app.call(list_entries, EntryFilter(text="NOYABR")) == [paid]
    shop.check_trail()
    shop.check_counts()


NOTES = ("Şirkət üçün", "ŞİRKƏT ÜÇÜN", "sirket", "Içki IŞIQ", "Щётка й", "50% straße", "a_b")


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("şirkət", 3), ("ŞİRKƏT", 3), ("Sirket", 3), ("üçün şirkət", 2), ("ışıq", 1), ("İÇKİ", 1),
        ("щетка", 1), ("ЩЁТКА Й", 1), ("50%", 1), ("STRASSE", 1), ("_", 1), ("%", 1), ("yox", 0),
    ],
)  # fmt: skip
def test_a_note_is_found_in_any_spelling(app: App, today: date, text: str, found: int) -> None:
    cash = app.call(add_account, CASH)
    for note in NOTES:
        app.call(add_entry, NewEntry(cash, SystemCategory.SALES, today, 100, note))
    assert len(app.call(list_entries, EntryFilter(text=text))) == found
    assert app.call(count_entries, EntryFilter(text=text)) == found


LETTERS = st.text("aəƏAıIiİöÖüÜğĞşŞçÇxXqQ éÉñßœŒžŽабЯяйЙёЁщЩғҒәӘөӨһҺҹҸ1%_\\'", max_size=12)


@settings(max_examples=25, suppress_health_check=list(HealthCheck), deadline=None)
@given(text=LETTERS)
def _found_by_itself(app: App, entry: tuple[int, date], text: str) -> None:
    cash, today = entry
    number = app.call(add_entry, NewEntry(cash, SystemCategory.SALES, today, 100, text))
    for wanted in (text, text.upper(), text.lower(), text[1:], fold(text)):
        assert number in {row.id for row in app.call(list_entries, EntryFilter(text=wanted))}


def test_whatever_a_note_says_it_is_found_by_its_own_letters(app: App, today: date) -> None:
    _found_by_itself(app, (app.call(add_account, CASH), today))


def test_a_correction_is_an_entry_that_points_at_the_old(app: App, today: date) -> None:
    cash = app.call(add_account, CASH)
    rent = app.call(add_money_category, RENT)
    wrong = app.call(add_entry, NewEntry(cash, rent, today, -52_000))
    before = app.call(list_entries)[0]
    right = app.call(
        correct_entry, wrong, "rəqəmlər yer dəyişib", NewEntry(cash, rent, today, -25_000)
    )
    rows = {row.id: row for row in app.call(list_entries)}
    assert rows[wrong].corrected
    assert (rows[wrong].amount_minor, rows[wrong].note) == (before.amount_minor, before.note)
    (took,) = (row for row in rows.values() if row.corrects == wrong)
    assert (took.amount_minor, took.note) == (52_000, "rəqəmlər yer dəyişib")
    assert rows[right or 0].instead_of == wrong
    assert app.call(list_accounts)[0].balance_minor == -25_000
    with pytest.raises(ConflictError):
        app.call(correct_entry, wrong, "bir də")
    with pytest.raises(InvalidError):
        app.call(correct_entry, took.id, "geri")
    with pytest.raises(InvalidError) as refused:
        app.call(correct_entry, right or 0, "  ")
    assert refused.value.field == "reason"


def test_both_halves_of_a_transfer_are_taken_back_together(app: App, today: date) -> None:
    cash, bank = app.call(add_account, CASH, 5_000), app.call(add_account, BANK)
    app.call(transfer, cash, bank, NewEntry(0, 0, today, 3_000))
    (half,) = app.call(list_entries, EntryFilter(account_id=bank))
    app.call(correct_entry, half.id, "yanlış hesab")
    assert {row.name: row.balance_minor for row in app.call(list_accounts)} == {
        "Kassa": 5_000, "Bank": 0,
    }  # fmt: skip
    for source, target, amount, field in ((cash, cash, 5, "target"), (cash, bank, -5, "amount")):
        with pytest.raises(InvalidError) as refused:
            app.call(transfer, source, target, NewEntry(0, 0, today, amount))
        assert refused.value.field == field


def test_the_categories_of_the_program_stay_as_they_are(app: App) -> None:
    fixed = [row for row in app.call(list_money_categories) if row.system]
    assert len(fixed) == len(SystemCategory)
    for row in fixed:
        with pytest.raises(InvalidError, match="stays as it is"):
            app.call(change_money_category, row.id, 0, RENT)
    below = app.call(add_money_category, CategoryForm("Maaş", Direction.EXPENSE, fixed[2].id))
    inner = app.call(add_money_category, CategoryForm("Avans", Direction.EXPENSE, below))
    with pytest.raises(InvalidError) as refused:
        app.call(change_money_category, below, 1, CategoryForm("Maaş", Direction.EXPENSE, inner))
    assert refused.value.field == "parent"
    assert app.call(
        change_money_category, inner, 1, CategoryForm("Avanslar", Direction.EXPENSE, below)
    ) == 2  # fmt: skip
    with pytest.raises(ConflictError):
        app.call(change_money_category, inner, 1, CategoryForm("Başqa", Direction.EXPENSE))
    with pytest.raises(InvalidError, match="already"):
        app.call(add_money_category, CategoryForm("  Maaş ", Direction.INCOME))
    with pytest.raises(NotFoundError):
        app.call(add_money_category, CategoryForm("Yeni", Direction.INCOME, 12345))


def test_what_breaks_a_rule_changes_nothing(app: App, shop: Shop, today: date) -> None:
    cash = app.call(add_account, CASH, 100)
    rent = app.call(add_money_category, RENT)
    app.call(add_entry, NewEntry(cash, rent, today, -10))
    before = shop.real_counts()
    good = NewEntry(cash, rent, today, -5)
    for bad, field in (
        (NewEntry(cash, rent, today, 5), "amount"),
        (NewEntry(cash, rent, today, 0), "amount"),
        (NewEntry(cash, rent, today, -(10**15)), "amount"),
        (NewEntry(cash, SystemCategory.SALES, today, -5), "amount"),
        (NewEntry(cash, SystemCategory.TRANSFERS, today, -5), "category"),
        (NewEntry(cash, rent, date(2031, 1, 1), -5), "day"),
        (NewEntry(cash, rent, date(1999, 12, 31), -5), "day"),
        (NewEntry(cash, rent, today, -5, "ə" * 10_000), "note"),
    ):
        with pytest.raises(InvalidError) as refused:
            app.call(add_entry, bad)
        assert refused.value.field == field, bad
    for bad in (NewEntry(7, rent, today, -5), NewEntry(cash, 7_000, today, -5)):
        with pytest.raises(NotFoundError):
            app.call(add_entry, bad)
    with pytest.raises(InvalidError, match="Money lies"):
        app.call(change_account, cash, 1, AccountForm("Kassa", active=False))
    with pytest.raises(InvalidError, match="which way"):
        app.call(change_money_category, rent, 1, CategoryForm("İcarə", Direction.INCOME))
    for form in (AccountForm(" "), AccountForm("x" * 201), CASH):
        with pytest.raises(InvalidError) as refused:
            app.call(add_account, form)
        assert refused.value.field == "name"
    counts = shop.real_counts()
    assert {name: n for name, n in counts.items() if n != before[name]} == {}
    app.call(change_money_category, rent, 1, CategoryForm("İcarə", Direction.EXPENSE, active=False))
    with pytest.raises(InvalidError, match="not used any more"):
        app.call(add_entry, good)
    empty = app.call(add_account, BANK)
    app.call(change_account, empty, 1, AccountForm("Bank", AccountKind.BANK, active=False))
    with pytest.raises(InvalidError, match="is closed"):
        app.call(add_entry, NewEntry(empty, SystemCategory.SALES, today, 5))


def test_another_slice_posts_and_only_there_it_is_corrected(app: App, today: date) -> None:
    def body(tx):
        venue = the_venue(tx)
        account = account_for(tx, venue.id, AccountKind.CASH)
        assert account_for(tx, venue.id, AccountKind.CASH) == account
        return post(
            tx, Entry(venue.id, account, SystemCategory.SUPPLIES, today, -700, "", "supply:5")
        )

    posted = app.call(command(body))
    with pytest.raises(InvalidError, match="belongs to supply 5"):
        app.call(correct_entry, posted, "səhv")
    assert [row.id for row in app.call(list_entries, EntryFilter(document="supply:5"))] == [posted]


@pytest.mark.parametrize("role", [Role.STAFF, Role.AUDITOR])
def test_who_may_not_enter_money_cannot(shop: Shop, app: App, today: date, role: Role) -> None:
    cash = app.call(add_account, CASH)
    with pytest.raises(NotAllowedError):
        shop.as_role(role).call(add_entry, NewEntry(cash, SystemCategory.SALES, today, 5))
    reads = role is not Role.STAFF
    assert shop.as_role(role).actor.can(REGISTRY["finance.list_entries"].permission) is reads


def test_nobody_changes_an_entry_even_with_sql(app: App, shop: Shop) -> None:
    app.call(add_account, CASH, 100)
    refused = pytest.raises(DBAPIError, match=r"(?i)prohibited|denied|not authorized")
    with refused, app._store.engine.connect() as connection:
        sql(connection, "UPDATE ops.money_entry SET amount_minor = 1")
    assert shop.rows(MoneyEntry)[0]["amount_minor"] == 100


DAYS = st.dates(date(2025, 11, 1), date(2026, 10, 31))
SUMS = st.lists(
    st.tuples(DAYS, st.sampled_from([1, 4, 8, 11]), st.integers(1, 10**9), st.booleans()),
    min_size=1, max_size=12,
)  # fmt: skip


@settings(
    max_examples=8, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(entries=SUMS)
def test_cash_flow_adds_up_to_the_balances(app: App, entries) -> None:
    first, last = date(2026, 1, 1), date(2026, 9, 30)
    name = f"Kassa {app.call(count_entries)} {len(app.call(list_accounts))}"
    cash = app.call(add_account, AccountForm(name))

    def body(tx):
        venue = the_venue(tx)
        for day, category, amount, out in entries:
            signed = -amount if out and category != SystemCategory.SALES else amount
            post(tx, Entry(venue.id, cash, category, day, signed))

    app.call(command(body))
    flow = app.call(get_cash_flow, first, last, cash)

    def held(on: date) -> int:
        return next(row.balance_minor for row in app.call(list_accounts, on) if row.id == cash)

    assert flow.opening[0] == held(date(2025, 12, 31))
    assert flow.closing == held(last)
    for (before, after), net in zip(pairwise(flow.opening), flow.net, strict=False):
        assert after == before + net
    listed = app.call(list_entries, EntryFilter(first, last, cash))
    assert sum(row.amount_minor for row in listed) == sum(flow.net)
    assert sum(row.total for row in (*flow.income, *flow.expense)) == sum(flow.net)
    assert all(row.total > 0 for row in flow.income)
    assert all(row.total < 0 for row in flow.expense)
