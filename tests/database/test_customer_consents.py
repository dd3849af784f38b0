"""What customers agree to, and withdraw; on both engines."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from sqlalchemy.exc import DBAPIError

from desktop_app.customers.consents import give_consent, withdraw_consent
from desktop_app.customers.editing import add_customer
from desktop_app.customers.operations import get_customer
from desktop_app.customers.records import CustomerForm, NewConsent
from desktop_app.customers.tables import Consent
from desktop_app.db.transaction import Transaction
from desktop_app.kernel.access import Role
from desktop_app.kernel.errors import ConflictError, InvalidError, NotAllowedError, NotFoundError
from desktop_app.security.operations import mask_cards
from desktop_app.venue.operations import get_today
from tests.database.shop import Shop, command, sql

SMS = NewConsent("marketing", "sms", "az", "SMS almağa razıyam.\nSTOP yazıb dayandıra bilərəm.")


@pytest.fixture
def leyla(shop: Shop) -> int:
    return shop.app.call(add_customer, CustomerForm("Leyla"))


def test_the_exact_words_are_kept_when_it_is_withdrawn(shop: Shop, leyla: int) -> None:
    assert shop.app.call(give_consent, leyla, SMS) == 1
    assert shop.app.call(give_consent, leyla, replace(SMS, channel="e-mail")) == 2
    first, second = shop.app.call(get_customer, leyla).consents
    assert (first.purpose, first.channel, first.language, first.wording) == (
        "marketing", "sms", "az", SMS.wording,
    )  # fmt: skip
    assert first.withdrawn_at is None
    shop.app.call(withdraw_consent, leyla, 1)
    after = shop.app.call(get_customer, leyla).consents
    assert after[0].withdrawn_at is not None
    assert [replace(after[0], withdrawn_at=None), after[1]] == [first, second]
    assert "STOP" not in shop.trail_text()
    shop.check_trail()
    shop.check_counts()


def test_what_was_withdrawn_may_be_given_again_in_a_row_of_its_own(shop: Shop, leyla: int) -> None:
    shop.app.call(give_consent, leyla, SMS)
    with pytest.raises(ConflictError, match="already: line 1"):
        shop.app.call(give_consent, leyla, SMS)
    shop.app.call(withdraw_consent, leyla, 1)
    with pytest.raises(ConflictError, match="withdrawn already"):
        shop.app.call(withdraw_consent, leyla, 1)
    assert shop.app.call(give_consent, leyla, SMS) == 2
    states = [one.withdrawn_at is None for one in shop.app.call(get_customer, leyla).consents]
    assert states == [False, True]


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"purpose": "everything"}, "purpose"),
        ({"channel": "pigeon"}, "channel"),
        ({"language": "xx"}, "language"),
        ({"wording": " \n"}, "wording"),
        ({"wording": "a" * 10_001}, "wording"),
    ],
)
def test_what_proves_nothing_is_refused(
    shop: Shop, leyla: int, wrong: dict[str, str], field: str
) -> None:
    with pytest.raises(InvalidError) as told:
        shop.app.call(give_consent, leyla, replace(SMS, **wrong))
    assert told.value.field == field
    assert not shop.app.call(get_customer, leyla).consents


def test_unknown_ones_and_strangers_are_refused(shop: Shop, leyla: int) -> None:
    with pytest.raises(NotFoundError, match="no customer 5"):
        shop.app.call(give_consent, 5, SMS)
    with pytest.raises(NotFoundError, match="no consent in line 3"):
        shop.app.call(withdraw_consent, leyla, 3)
    till = shop.as_role(Role.STAFF)
    with pytest.raises(NotAllowedError):
        till.call(give_consent, leyla, SMS)


def test_nobody_changes_when_it_was_given(shop: Shop, leyla: int) -> None:
    shop.app.call(give_consent, leyla, SMS)
    before = shop.app.call(get_customer, leyla).consents[0]

    def change(tx: Transaction) -> None:
        row = tx.get(Consent, (leyla, 1))
        row.given_at -= timedelta(days=300)
        tx.add(row)

    with pytest.raises((DBAPIError, NotAllowedError)):
        shop.as_role(Role.MANAGER).call(command(change))
    assert shop.app.call(get_customer, leyla).consents[0] == before


def test_a_paper_of_an_earlier_day_says_who_wrote_it_down_and_when(shop: Shop, leyla: int) -> None:
    day = date(2024, 2, 29)
    shop.as_role(Role.MANAGER).call(give_consent, leyla, replace(SMS, given_on=day))
    (one,) = shop.app.call(get_customer, leyla).consents
    assert one.given_at.date() == day
    assert one.recorded_at is not None
    assert one.recorded_at.date() == shop.clock.now().date()
    assert one.recorded_by == "Rauf"
    today = shop.app.call(get_today).local.date()
    shop.app.call(give_consent, leyla, replace(SMS, channel="web", given_on=today))
    now = shop.app.call(get_customer, leyla).consents[1]
    assert now.given_at == now.recorded_at


@pytest.mark.parametrize("day", [None, date(2999, 1, 1), date(1999, 12, 31)])
def test_no_consent_is_of_a_day_to_come_or_of_no_time(
    shop: Shop, leyla: int, day: date | None
) -> None:
    day = day or shop.clock.now().date() + timedelta(days=2)
    with pytest.raises(InvalidError) as told:
        shop.app.call(give_consent, leyla, replace(SMS, given_on=day))
    assert told.value.field == "given_on"
    assert not shop.app.call(get_customer, leyla).consents


@pytest.mark.parametrize("column", ["wording", "recorded_by", "purpose", "channel"])
def test_whoever_masks_card_numbers_cannot_change_what_was_agreed_to(
    shop: Shop, leyla: int, column: str
) -> None:
    shop.app.call(give_consent, leyla, SMS)
    before = shop.rows(Consent)

    def change(tx: Transaction) -> None:
        row = tx.get(Consent, (leyla, 1))
        setattr(row, column, "Hər şeyə razıyam.")
        tx.add(row)

    for role in (Role.OWNER, Role.MANAGER):  # both may mask, and both may change customers
        app = shop.as_role(role)
        with pytest.raises((DBAPIError, NotAllowedError)):
            app.call(command(change))
        if not shop.is_postgres:
            continue
        with pytest.raises(DBAPIError), app._store.engine.begin() as connection:
            sql(connection, f"UPDATE people.consent SET {column} = 'x'")
    assert shop.rows(Consent) == before


def test_a_card_number_that_got_into_the_words_is_reported_and_left(shop: Shop, leyla: int) -> None:
    shop.app.call(give_consent, leyla, SMS)
    with shop.around(write=True) as connection:  # as another program with the keys could
        sql(connection, "UPDATE people.consent SET wording = 'kart 4111 1111 1111 1111'")
    report = shop.confirmed(mask_cards)
    assert (report.summary.found, report.summary.masked) == (1, 0)
    assert [(one.table, one.column) for one in report.places] == [("consent", "wording")]
