"""What customers agree to, and withdraw; on both engines."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

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
from tests.database.shop import Shop, command

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
