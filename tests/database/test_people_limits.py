"""What must not stand in the way of people's cards, hours and venue; on both engines."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from desktop_app.app import App
from desktop_app.customers.consents import give_consent, withdraw_consent
from desktop_app.customers.editing import (
    add_customer,
    add_group,
    archive_customers,
    change_customer,
    get_own_card,
    tag_customers,
)
from desktop_app.customers.ledger import correct_balance
from desktop_app.customers.merging import merge_customers
from desktop_app.customers.operations import (
    count_customers,
    customer_page_at,
    find_customers,
    get_customer,
    list_birthdays,
)
from desktop_app.customers.records import (
    Account,
    ContactKind,
    ContactRow,
    CustomerFilter,
    CustomerForm,
    CustomerState,
    GroupForm,
    IncomingCustomer,
    MergeWish,
    MoneyState,
    NewConsent,
    TaxIdState,
)
from desktop_app.customers.storing import store_customers
from desktop_app.kernel.access import Role
from desktop_app.kernel.errors import ConflictError, InvalidError, NotAllowedError, NotFoundError
from desktop_app.staff.clock import clock_in, enter_hours, list_hours, list_labour
from desktop_app.staff.editing import add_employee, change_employee
from desktop_app.staff.operations import get_employee, list_pay, remove_pay, set_pay
from desktop_app.staff.records import EmployeeForm, PayBasis, PayTerms
from desktop_app.venue.operations import change_venue, get_today, get_venue
from tests.database.shop import Shop, command

HOUR = 3_600_000
SMS = NewConsent("birthday", "sms", "az", "Ad günümdə yazın.")


def test_a_card_that_an_import_kept_with_a_fault_can_be_changed(shop: Shop) -> None:
    """What the file said wrongly stays as it is; only what somebody types now is checked."""
    odd = IncomingCustomer(
        "K-1", "Leyla", phone="12", phone_possible=False, email="leyla.az",
        birth_date=date(1820, 1, 1), tax_id="1401555081", tax_id_state=TaxIdState.WRONG,
    )  # fmt: skip
    leyla = shop.app.call(command(lambda tx: store_customers(tx, "x", [odd])["K-1"]))
    card = shop.app.call(get_own_card, leyla)
    shop.app.call(change_customer, leyla, card.version, replace(card.form, note="qoz yemir"))
    now = shop.app.call(get_own_card, leyla)
    assert now.form == replace(card.form, note="qoz yemir")
    wrong = (*now.form.contacts, ContactRow(ContactKind.PHONE, "13"))
    with pytest.raises(InvalidError) as refused:
        shop.app.call(change_customer, leyla, now.version, replace(now.form, contacts=wrong))
    assert refused.value.field == "phone"
    with pytest.raises(InvalidError):
        shop.app.call(
            change_customer, leyla, now.version, replace(now.form, birth_date=date(1821, 1, 1))
        )


def test_tags_that_change_nothing_stop_nobody_who_types(shop: Shop) -> None:
    leyla = shop.app.call(add_customer, CustomerForm("Leyla", tags=("daimi",)))
    card = shop.app.call(get_own_card, leyla)
    assert shop.app.call(tag_customers, [leyla], ["daimi"], ["yoxdur"]) == 0
    assert shop.app.call(get_own_card, leyla) == card


def test_a_consent_counts_for_the_person_whichever_card_it_stands_on(shop: Shop) -> None:
    born = shop.app.call(get_today).day.replace(year=1990)
    kept, gone = (
        shop.app.call(add_customer, CustomerForm(name, birth_date=born))
        for name in ("Leyla Ə.", "Leyla Əhmədova")
    )
    line = shop.app.call(give_consent, gone, SMS)
    shop.app.call(merge_customers, MergeWish(kept, 1, gone, 1))
    assert [(one.id, one.may_greet) for one in shop.app.call(list_birthdays)] == [(kept, True)]
    with pytest.raises(ConflictError, match="agreed to these words already"):
        shop.app.call(give_consent, kept, SMS)
    shop.app.call(withdraw_consent, gone, line)
    assert [one.may_greet for one in shop.app.call(list_birthdays)] == [False]
    shop.app.call(give_consent, kept, SMS)
    assert len(shop.app.call(get_customer, kept).consents) == 2


def test_who_forgot_to_clock_out_worked_for_a_day_at_most(shop: Shop, app: App) -> None:
    """Whichever days are asked for, the hours of each are the same."""
    nigar = app.call(add_employee, EmployeeForm("Nigar"))
    first = app.call(get_today).day
    app.call(clock_in, nigar)
    shop.clock.at += timedelta(days=5)
    last = app.call(get_today).day
    found = {row.day: row.worked_ms for row in app.call(list_hours, first, last)}
    assert sum(found.values()) == 24 * HOUR
    for ahead in range(6):
        day = first + timedelta(days=ahead)
        rows = app.call(list_hours, day, day)
        assert sum(row.worked_ms for row in rows) == found.get(day, 0)


def test_the_last_day_of_somebody_ends_with_the_business_day(shop: Shop, app: App) -> None:
    today = app.call(get_today)
    nigar = app.call(add_employee, EmployeeForm("Nigar"))
    card = app.call(get_employee, nigar)
    app.call(change_employee, nigar, card.version, replace(card.form, left_on=today.day))
    shop.clock.at += timedelta(days=1)
    midnight = today.venue.time.from_local(
        (today.local.replace(tzinfo=None) + timedelta(days=1)).replace(hour=0, minute=30)
    )
    app.call(enter_hours, nigar, midnight, midnight + timedelta(hours=1), "gecə növbəsi")
    with pytest.raises(InvalidError, match="does not work here"):
        app.call(
            enter_hours, nigar, midnight + timedelta(hours=7), midnight + timedelta(hours=8), "x"
        )


def test_a_mistyped_tax_id_of_the_venue_is_refused(app: App) -> None:
    venue = app.call(get_venue)
    for wrong in ("1401555081", "140155507"):
        with pytest.raises(InvalidError) as refused:
            app.call(change_venue, venue.id, replace(venue.profile, tax_id=wrong))
        assert refused.value.field == "tax_id"
    app.call(change_venue, venue.id, replace(venue.profile, tax_id="140 155-5071"))
    assert app.call(get_venue).tax_id == "1401555071"
    app.call(change_venue, venue.id, replace(venue.profile, tax_id="DE 811 907 980"))
    assert app.call(get_venue).tax_id == "DE 811 907 980"


def test_two_people_who_change_a_venue_hear_of_it(app: App) -> None:
    venue = app.call(get_venue)
    app.call(change_venue, venue.id, replace(venue.profile, phone="012 111"), venue.profile)
    with pytest.raises(ConflictError, match="changed this venue meanwhile"):
        app.call(change_venue, venue.id, replace(venue.profile, email="a@b.az"), venue.profile)
    assert (app.call(get_venue).phone, app.call(get_venue).email) == ("012 111", "")


def test_who_is_paid_by_the_hour_the_day_or_the_month(app: App) -> None:
    """The month costs on days off, too; a night over two business days is one day's pay."""
    today = app.call(get_today)
    first = today.day - timedelta(days=3)
    hourly, daily, monthly = (
        app.call(add_employee, EmployeeForm(name, hired_on=first)) for name in ("A", "B", "C")
    )
    app.call(set_pay, hourly, first, 500, basis=PayBasis.HOUR)
    app.call(set_pay, daily, first, 4_000, basis=PayBasis.DAY)
    app.call(set_pay, monthly, first - timedelta(days=90), 90_000, basis=PayBasis.MONTH)
    start = today.venue.time.from_local(
        (today.local.replace(tzinfo=None) - timedelta(days=2)).replace(hour=22, minute=0)
    )
    for who in (hourly, daily):
        app.call(enter_hours, who, start, start + timedelta(hours=9), "gecə")
    rows = app.call(list_labour, first - timedelta(days=5), today.day + timedelta(days=5))
    spent = {who: sum(r.cost_minor or 0 for r in rows if r.employee_id == who)
             for who in (hourly, daily, monthly)}  # fmt: skip
    assert (spent[hourly], spent[daily]) == (9 * 500, 4_000)
    month = [row for row in rows if row.employee_id == monthly]
    assert [row.day for row in month] == [first + timedelta(days=n) for n in range(4)]
    assert all(row.worked_ms == 0 and 2_900 <= (row.cost_minor or 0) <= 3_300 for row in month)
    assert {row.employee_id for row in app.call(list_hours, first, today.day)} == {hourly, daily}
    assert [row.basis for row in app.call(list_pay)] == [
        PayBasis.HOUR, PayBasis.DAY, PayBasis.MONTH,
    ]  # fmt: skip


def test_pay_that_was_written_down_by_mistake_is_taken_away(app: App, shop: Shop) -> None:
    nigar = app.call(add_employee, EmployeeForm("Nigar"))
    day = date(2026, 3, 1)
    assert app.call(set_pay, nigar, day, 90_000) is None
    was = PayTerms(90_000)
    assert app.call(set_pay, nigar, day, 800, basis=PayBasis.HOUR, was=was) == was
    with pytest.raises(ConflictError, match="changed this pay meanwhile"):
        app.call(set_pay, nigar, day, 1, was=was)
    with pytest.raises(ConflictError, match="changed this pay meanwhile"):
        app.call(remove_pay, nigar, day, was)
    now = PayTerms(800, basis=PayBasis.HOUR)
    with pytest.raises(NotAllowedError):
        shop.as_role(Role.MANAGER).call(remove_pay, nigar, day)
    assert app.call(remove_pay, nigar, day, now) == now
    assert app.call(list_pay) == []
    with pytest.raises(NotFoundError, match="written down for 2026-03-01"):
        app.call(remove_pay, nigar, day)
    with pytest.raises(InvalidError) as refused:
        app.call(set_pay, nigar, date(26, 3, 1), 5)
    assert refused.value.field == "since"
    assert "90000" not in shop.trail_text()
    shop.check_trail()
    shop.check_counts()


def test_customers_are_filtered_by_group_tag_and_what_they_owe(shop: Shop) -> None:
    app = shop.app
    group = app.call(add_group, GroupForm("Daimi"))
    kept = app.call(add_customer, CustomerForm("Aynur", group_id=group))
    gone = app.call(add_customer, CustomerForm("Aynur A.", tags=("vip",)))
    owing = app.call(add_customer, CustomerForm("Borclu", tags=("vip",)))
    rich = app.call(add_customer, CustomerForm("Ceyhun"))
    away = app.call(add_customer, CustomerForm("Dilarə", group_id=group))
    app.call(merge_customers, MergeWish(kept, 1, gone, 1))
    app.call(archive_customers, [away], away=True)
    app.call(correct_balance, owing, Account.BALANCE, -500, "borc")
    app.call(correct_balance, rich, Account.BALANCE, 700, "depozit")
    app.call(correct_balance, kept, Account.CASHBACK, 30, "hədiyyə")

    for wanted, found in (
        (CustomerFilter(), [kept, owing, rich]),
        (CustomerFilter(group_id=group), [kept]),
        (CustomerFilter(tag="vip"), [kept, owing]),  # the tag stands on the card under it
        (CustomerFilter(money=MoneyState.OWES), [owing]),
        (CustomerFilter(money=MoneyState.HAS), [rich]),
        (CustomerFilter(money=MoneyState.BONUS), [kept]),
        (CustomerFilter("bor", tag="vip"), [owing]),
        (CustomerFilter(state=CustomerState.ARCHIVED, group_id=group), [away]),
    ):
        assert [row.id for row in app.call(find_customers, wanted).rows] == found
        assert [row.id for row in app.call(customer_page_at, wanted, 0, 9)] == found
        assert app.call(count_customers, wanted) == len(found)
