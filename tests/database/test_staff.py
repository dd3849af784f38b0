"""Staff: people, PINs, the clock, hours and their cost, tips; on both engines."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest
from sqlalchemy.exc import DBAPIError

from desktop_app.access.operations import list_events
from desktop_app.app import App
from desktop_app.kernel.access import Role
from desktop_app.kernel.errors import (
    ConflictError,
    InvalidError,
    NotAllowedError,
    NotFoundError,
)
from desktop_app.staff.clock import (
    clock_in,
    clock_out,
    correct_clock,
    enter_hours,
    list_clock,
    list_hours,
    list_labour,
)
from desktop_app.staff.editing import (
    add_employee,
    add_position,
    change_employee,
    drop_token,
    remove_position,
    rename_position,
    set_card,
    set_pin,
)
from desktop_app.staff.operations import get_employee, list_employees, list_positions, set_pay
from desktop_app.staff.records import EmployeeForm, TokenKind
from desktop_app.staff.tables import CardMiss, ClockEntry, ClockMiss, EmployeeToken, TipEntry
from desktop_app.staff.tapping import clock_by_card, clock_by_pin
from desktop_app.staff.tips import add_tip, correct_tip, list_tips
from desktop_app.venue.operations import get_today, get_venue
from tests.database.shop import Shop, command, sql

NIGAR = EmployeeForm("Nigar Əliyeva", "Ofisiant", "+994501234567", hired_on=date(2024, 2, 29))
HOUR = 3_600_000


@pytest.fixture
def nigar(app: App) -> int:
    return app.call(add_employee, NIGAR)


def _now(app: App) -> datetime:
    return app.call(get_today).now


def test_somebody_is_written_down_and_changed(app: App, nigar: int, shop: Shop) -> None:
    card = app.call(get_employee, nigar)
    assert card.form == NIGAR
    assert (card.active, card.tokens, card.since) == (True, frozenset(), None)
    version = app.call(change_employee, nigar, card.version, replace(NIGAR, position="Kassir"))
    with pytest.raises(ConflictError):
        app.call(change_employee, nigar, card.version, NIGAR)
    assert [(p.name, p.people) for p in app.call(list_positions)] == [
        ("Kassir", 1),
        ("Ofisiant", 0),
    ]
    with pytest.raises(InvalidError) as refused:
        app.call(add_employee, EmployeeForm("Nigar  Əliyeva"))
    assert refused.value.field == "name"
    kassir, ofisiant = app.call(list_positions)
    app.call(rename_position, kassir.id, "Baş kassir")
    assert app.call(list_employees)[0].position == "Baş kassir"
    with pytest.raises(ConflictError):
        app.call(remove_position, kassir.id)
    with pytest.raises(InvalidError):
        app.call(rename_position, ofisiant.id, "Baş kassir")
    app.call(remove_position, ofisiant.id)
    with pytest.raises(InvalidError):
        app.call(add_position, "Baş kassir")
    assert app.call(get_employee, nigar).version == version + 1
    assert "+994501234567" not in shop.trail_text()
    shop.check_trail()
    shop.check_counts()


def test_a_pin_is_kept_hashed_and_clocks_in_and_out(app: App, nigar: int, shop: Shop) -> None:
    app.call(set_pin, nigar, "7352")
    with pytest.raises(InvalidError) as refused:
        app.call(set_pin, nigar, "1234")
    assert refused.value.field == "pin"
    assert app.call(get_employee, nigar).tokens == {TokenKind.PIN}
    with pytest.raises(NotAllowedError):
        app.call(clock_by_pin, nigar, "7353")
    assert app.call(clock_by_pin, nigar, "7352").came
    shop.clock.at += timedelta(hours=2)
    assert not app.call(clock_by_pin, nigar, "7352").came
    (token,) = shop.rows(EmployeeToken)
    assert "7352" not in repr(token)
    assert token["hash"] not in shop.trail_text()
    with pytest.raises(DBAPIError, match=r"(?i)prohibited|denied|not authorized"):
        _hashes(shop.as_role(Role.STAFF))
    app.call(drop_token, nigar, TokenKind.PIN)
    assert app.call(get_employee, nigar).tokens == frozenset()


def _hashes(app: App) -> None:
    with app._store.engine.connect() as connection:
        sql(connection, "SELECT hash FROM ops.employee_token")


def test_a_card_finds_its_person(app: App, nigar: int) -> None:
    orxan = app.call(add_employee, EmployeeForm("Orxan Quliyev"))
    app.call(set_card, nigar, " 04a2b3c4 ")
    clocked = app.call(clock_by_card, "04A2B3C4")
    assert (clocked.employee_id, clocked.came) == (nigar, True)
    with pytest.raises(ConflictError):
        app.call(set_card, orxan, "04A2B3C4")
    with pytest.raises(NotFoundError):
        app.call(clock_by_card, "FFFFFFFF")
    with pytest.raises(InvalidError) as refused:
        app.call(set_card, orxan, "kart 🍞")
    assert refused.value.field == "card"


def test_the_clock_knows_who_is_in(app: App, nigar: int, shop: Shop) -> None:
    start = _now(app)
    app.call(clock_in, nigar)
    assert app.call(list_employees)[0].since == start
    with pytest.raises(ConflictError, match="at work already"):
        app.call(clock_in, nigar)
    card = app.call(get_employee, nigar)
    with pytest.raises(ConflictError, match="still at work"):
        app.call(change_employee, nigar, card.version, replace(NIGAR, left_on=start.date()))
    shop.clock.at += timedelta(hours=25)
    with pytest.raises(InvalidError) as refused:
        app.call(clock_out, nigar)
    assert refused.value.field == "ended"
    app.call(clock_out, nigar, start + timedelta(hours=8))
    with pytest.raises(ConflictError, match="not at work"):
        app.call(clock_out, nigar)
    assert app.call(list_employees)[0].since is None


def test_a_correction_keeps_what_was(app: App, nigar: int, shop: Shop) -> None:
    day, now = app.call(get_today).day, _now(app)
    begun = now - timedelta(hours=6)
    first = app.call(enter_hours, nigar, begun, begun + timedelta(hours=3), "unudub")
    before = next(row for row in shop.rows(ClockEntry) if row["id"] == first)
    second = app.call(correct_clock, first, begun, begun + timedelta(hours=4), "4 saat idi")
    with pytest.raises(ConflictError):
        app.call(correct_clock, first, begun, None, "yenə")
    assert next(row for row in shop.rows(ClockEntry) if row["id"] == first) == before
    rows = {row.id: row for row in app.call(list_clock, day - timedelta(days=1), day)}
    assert (rows[first].counts, rows[second].counts) == (False, True)
    assert (rows[second].corrects, rows[second].reason) == (first, "4 saat idi")
    assert sum(row.worked_ms for row in app.call(list_hours, day - timedelta(days=1), day)) == (
        4 * HOUR
    )
    third = app.call(correct_clock, second, None, None, "heç gəlməyib")
    assert app.call(list_hours, day - timedelta(days=1), day) == []
    fourth = app.call(correct_clock, third, begun, begun + timedelta(hours=1), "gəlib")
    with pytest.raises(InvalidError) as refused:
        app.call(correct_clock, fourth, begun, begun + timedelta(hours=1), " ")
    assert refused.value.field == "reason"
    assert len(app.call(list_clock, day - timedelta(days=1), day)) == 4
    shop.check_trail()
    shop.check_counts()


def test_time_that_overlaps_is_refused(app: App, nigar: int, shop: Shop) -> None:
    now = _now(app)
    app.call(enter_hours, nigar, now - timedelta(hours=5), now - timedelta(hours=2), "unudub")
    before = shop.real_counts()
    for start, end in ((6, 4), (4, 3), (3, 1), (6, 1)):
        with pytest.raises(InvalidError, match="at work at that time"):
            app.call(
                enter_hours, nigar, now - timedelta(hours=start), now - timedelta(hours=end), "x"
            )
    with pytest.raises(InvalidError, match="at work at that time"):
        app.call(clock_in, nigar, now - timedelta(hours=3))
    assert {k: v for k, v in shop.real_counts().items() if v != before[k]} == {}
    app.call(clock_in, nigar, now - timedelta(hours=2))
    with pytest.raises(InvalidError, match="at work at that time"):
        app.call(enter_hours, nigar, now - timedelta(hours=1), now, "x")
    orxan = app.call(add_employee, EmployeeForm("Orxan Quliyev"))
    app.call(enter_hours, orxan, now - timedelta(hours=1), now, "başqası")


def test_who_has_left_cannot_clock_in(app: App, nigar: int, shop: Shop) -> None:
    app.call(set_pin, nigar, "7352")
    today = app.call(get_today).day
    version = app.call(get_employee, nigar).version
    app.call(change_employee, nigar, version, replace(NIGAR, left_on=today))
    assert shop.rows(EmployeeToken) == []
    shop.clock.at += timedelta(days=1)
    with pytest.raises(InvalidError, match="does not work here"):
        app.call(clock_in, nigar)
    with pytest.raises(InvalidError, match="does not work here"):
        app.call(set_pin, nigar, "7352")
    yesterday = _now(app) - timedelta(days=1)
    app.call(enter_hours, nigar, yesterday - timedelta(hours=2), yesterday, "son gün")


def test_labour_costs_what_the_pay_of_each_day_says(app: App, nigar: int, shop: Shop) -> None:
    day, now = app.call(get_today).day, _now(app)
    app.call(set_pay, nigar, day, 173_000, 173)
    app.call(enter_hours, nigar, now - timedelta(hours=27), now - timedelta(hours=25), "dünən")
    app.call(clock_in, nigar, now - timedelta(minutes=90))
    rows = app.call(list_labour, day - timedelta(days=2), day)
    assert [(row.worked_ms, row.cost_minor) for row in rows] == [
        (2 * HOUR, None), (HOUR * 3 // 2, 1_500),
    ]  # fmt: skip
    hours = app.call(list_hours, day - timedelta(days=2), day)
    assert [replace(row, cost_minor=None) for row in rows] == list(hours)
    assert shop.as_role(Role.ACCOUNTANT).call(list_labour, day, day)[0].cost_minor == 1_500
    assert shop.as_role(Role.MANAGER).call(list_hours, day, day)[0].worked_ms == HOUR * 3 // 2
    with pytest.raises(NotAllowedError):
        shop.as_role(Role.MANAGER).call(list_labour, day, day)


def test_wrong_pins_are_counted_and_slowed_down(app: App, nigar: int, shop: Shop) -> None:
    app.call(set_pin, nigar, "7352")
    orxan = app.call(add_employee, EmployeeForm("Orxan Quliyev"))
    app.call(set_pin, orxan, "8164")
    for _ in range(3):
        with pytest.raises(NotAllowedError, match="not the PIN"):
            app.call(clock_by_pin, nigar, "7353")
    for pin in ("7353", "7352"):  # while it waits, not even the right one is looked at
        with pytest.raises(NotAllowedError, match="Wait 1 second"):
            app.call(clock_by_pin, nigar, pin)
    assert [row["misses"] for row in shop.rows(ClockMiss)] == [3]
    assert app.call(clock_by_pin, orxan, "8164").came
    shop.clock.at += timedelta(seconds=2)
    with pytest.raises(NotAllowedError, match="not the PIN"):
        app.call(clock_by_pin, nigar, "7353")
    with pytest.raises(NotAllowedError, match="Wait 2 seconds"):
        app.call(clock_by_pin, nigar, "7352")
    tried = [one for one in app.call(list_events) if one.operation == "staff.clock_by_pin"]
    assert len(tried) == 5  # four misses and the one of Orxan
    shop.clock.at += timedelta(minutes=2)
    assert app.call(clock_by_pin, nigar, "7352").came
    assert [row["misses"] for row in shop.rows(ClockMiss)] == [0]
    shop.check_trail()
    shop.check_counts()


def test_cards_that_nobody_has_are_counted_and_slowed_down(
    app: App, nigar: int, shop: Shop
) -> None:
    """Ten in a row; PINs go on meanwhile, and the longest wait is five seconds."""
    app.call(set_card, nigar, "04A2B3C4")
    app.call(set_pin, nigar, "7352")
    for at in range(10):
        with pytest.raises(NotFoundError, match="Nobody has this card"):
            app.call(clock_by_card, f"0000{at}")
    for card in ("04A2B3C4", "11111"):  # while it waits, not even a known one is looked at
        with pytest.raises(NotAllowedError, match="Wait 1 second"):
            app.call(clock_by_card, card)
    assert app.call(clock_by_pin, nigar, "7352").came
    for _ in range(5):
        shop.clock.at += timedelta(seconds=6)
        with pytest.raises(NotFoundError):
            app.call(clock_by_card, "99999")
    with pytest.raises(NotAllowedError, match="Wait 5 seconds"):
        app.call(clock_by_card, "04A2B3C4")
    assert [row["misses"] for row in shop.rows(CardMiss)] == [15]
    shop.clock.at += timedelta(seconds=6)
    assert not app.call(clock_by_card, "04A2B3C4").came
    assert [row["misses"] for row in shop.rows(CardMiss)] == [0]
    tried = [one for one in app.call(list_events) if one.operation == "staff.clock_by_card"]
    assert len(tried) == 16
    assert "99999" not in shop.trail_text()
    shop.check_trail()
    shop.check_counts()


def test_a_manager_enters_tips_and_sees_none_of_the_pay(app: App, nigar: int, shop: Shop) -> None:
    today = app.call(get_today).day
    old = TipEntry(
        id=77, venue_id=app.call(get_venue).id, employee_id=nigar, business_date=today,
        amount_minor=900, entered_at=_now(app), reason="",
    )  # fmt: skip
    app.call(command(lambda tx: tx.add(old) and None))
    manager = shop.as_role(Role.MANAGER)
    tip = manager.call(add_tip, nigar, today, 500)
    assert [row.amount_minor for row in manager.call(list_tips, today, today)] == [500]
    assert sorted(row.amount_minor for row in app.call(list_tips, today, today)) == [500, 900]
    with pytest.raises(NotFoundError):
        manager.call(correct_tip, 77, "x")
    manager.call(correct_tip, tip, "səhv")
    app.call(correct_tip, 77, "səhv")
    assert sum(row.amount_minor for row in app.call(list_tips, today, today)) == 0
    with pytest.raises(NotAllowedError):
        shop.as_role(Role.STAFF).call(list_tips, today, today)


def test_tips_are_entered_and_taken_back(app: App, nigar: int, shop: Shop) -> None:
    today = app.call(get_today).day
    tip = app.call(add_tip, nigar, today, 1_250)
    app.call(add_tip, nigar, today, 300)
    app.call(correct_tip, tip, "Orxanın idi")
    rows = app.call(list_tips, today, today)
    assert sum(row.amount_minor for row in rows) == 300
    assert {row.amount_minor: row.corrected for row in rows} == {
        300: False, 1_250: True, -1_250: False,
    }  # fmt: skip
    with pytest.raises(ConflictError):
        app.call(correct_tip, tip, "yenə")
    for day, amount, field in (
        (today, 0, "amount"), (today, 10**15, "amount"), (today + timedelta(days=1), 5, "day"),
    ):  # fmt: skip
        with pytest.raises(InvalidError) as refused:
            app.call(add_tip, nigar, day, amount)
        assert refused.value.field == field
    cook = app.call(add_employee, EmployeeForm("Zaur", tips=False))
    with pytest.raises(InvalidError, match="not given tips"):
        app.call(add_tip, cook, today, 5)
    shop.check_counts()


def test_who_may_not_cannot(app: App, nigar: int, shop: Shop) -> None:
    staff = shop.as_role(Role.STAFF)
    for op, args in (
        (clock_in, (nigar,)), (add_employee, (EmployeeForm("B"),)), (set_pin, (nigar, "7352")),
        (get_employee, (nigar,)), (list_employees, ()),
    ):  # fmt: skip
        with pytest.raises(NotAllowedError):
            staff.call(op, *args)
