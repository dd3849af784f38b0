"""The staff screen: people, PINs, the time clock with corrections, hours with their cost, tips."""

from datetime import timedelta

import pytest
from PySide6.QtWidgets import QDialog

from desktop_app.finance.editing import add_account
from desktop_app.finance.kinds import SystemCategory
from desktop_app.finance.operations import list_entries
from desktop_app.finance.records import AccountForm
from desktop_app.gui.lists.bar import Asked
from desktop_app.gui.screens.staff.clock_dialogs import (
    CorrectDialog,
    EnterDialog,
    TapDialog,
    TipDialog,
)
from desktop_app.gui.screens.staff.pay import PayDialog
from desktop_app.gui.screens.staff.person_dialog import PersonDialog, TokenDialog
from desktop_app.gui.widgets.empty_state import EmptyState
from desktop_app.gui.widgets.toast import Toast
from desktop_app.staff.clock import list_clock
from desktop_app.staff.editing import add_employee, change_employee, set_pin
from desktop_app.staff.operations import get_employee, list_employees, list_pay, set_pay
from desktop_app.staff.records import EmployeeForm, PayBasis, TokenKind
from desktop_app.staff.tips import list_tips
from desktop_app.venue.operations import get_today
from tests.gui.people_room import demo_desk, demo_template, empty_desk, empty_template

__all__ = ["demo_desk", "demo_template", "empty_desk", "empty_template"]


@pytest.fixture
def shown(empty_desk):
    window, screen = empty_desk.open("staff")
    app = window.bridge.app
    nigar = app.call(add_employee, EmployeeForm("Nigar Əliyeva", "Ofisiant"))
    empty_desk.qtbot.waitUntil(lambda: "people" in screen.parts)
    people = screen.parts["people"]
    people.show_filter(Asked())
    empty_desk.qtbot.waitUntil(lambda: people.table.records.rowCount() == 1)
    return window, screen, nigar


def opened(qtbot, screen, kind):
    qtbot.waitUntil(lambda: isinstance(screen.dialog, kind))
    return screen.dialog


def finished(qtbot, dialog):
    with qtbot.waitSignal(dialog.finished):
        dialog.finish()
    assert dialog.result() == QDialog.DialogCode.Accepted


def test_somebody_is_added_and_what_is_wrong_stands_beside_its_field(qtbot, shown):
    window, screen, _ = shown
    screen.open_new()
    dialog = opened(qtbot, screen, PersonDialog)
    dialog.name.setText("Orxan Quliyev")
    dialog.hired.setText("31.02.2026")
    dialog.finish()
    assert "not a day" in dialog.form.row("hired_on").error
    dialog.hired.setText("01.03.2026")
    dialog.email.setText("orxan@")
    dialog.finish()
    qtbot.waitUntil(lambda: bool(dialog.form.row("email").error))
    dialog.email.setText("orxan@example.az")
    dialog.position.setCurrentText("Kassir")
    finished(qtbot, dialog)
    rows = {row.name: row for row in window.bridge.app.call(list_employees)}
    assert rows["Orxan Quliyev"].position == "Kassir"
    qtbot.waitUntil(lambda: screen.parts["people"].table.records.rowCount() == 2)


def test_somebody_is_clocked_in_and_out_from_their_card(qtbot, shown):
    window, screen, nigar = shown
    app = window.bridge.app
    screen.open_person(nigar)
    dialog = opened(qtbot, screen, PersonDialog)
    with qtbot.waitSignal(dialog.finished):
        dialog.turn_button.click()
    assert app.call(get_employee, nigar).since is not None
    screen.dialog = None
    screen.open_person(nigar)
    again = opened(qtbot, screen, PersonDialog)
    assert again.turn_button.text() == "Clock out"
    again.left.setText(f"{app.call(get_today).day:%d.%m.%Y}")
    again.finish()
    qtbot.waitUntil(lambda: again.banner.isVisibleTo(again))
    again.reject()


def test_a_pin_is_set_and_clocks(qtbot, shown):
    window, screen, nigar = shown
    screen.open_person(nigar)
    dialog = opened(qtbot, screen, PersonDialog)
    dialog.pin_button.click()
    token = opened(qtbot, screen, TokenDialog)
    token.secret.setText("1234")
    token.finish()
    qtbot.waitUntil(lambda: bool(token.form.row("pin").error), timeout=10_000)
    token.secret.setText("7352")
    finished(qtbot, token)
    app = window.bridge.app
    assert app.call(get_employee, nigar).tokens == {TokenKind.PIN}
    screen._with_people(screen._tap)
    tap = opened(qtbot, screen, TapDialog)
    tap.who.setCurrentIndex(1)
    tap.secret.setText("7352")
    tap.finish()
    qtbot.waitUntil(lambda: app.call(get_employee, nigar).since is not None, timeout=10_000)
    qtbot.waitUntil(lambda: tap.secret.text() == "")
    tap.reject()


def test_hours_are_entered_corrected_and_cost_what_the_pay_says(qtbot, shown):
    window, screen, nigar = shown
    app = window.bridge.app
    today = app.call(get_today)
    app.call(set_pay, nigar, today.day - timedelta(days=30), 173_000)
    screen.tabs.choose("clock")
    screen._with_people(screen._enter)
    dialog = opened(qtbot, screen, EnterDialog)
    yesterday = f"{today.day - timedelta(days=1):%d.%m.%Y}"
    dialog.start.setText(f"{yesterday} 10:00")
    dialog.end.setText(f"{yesterday} 18:00")
    dialog.finish()
    qtbot.waitUntil(lambda: bool(dialog.form.row("reason").error))
    dialog.reason.setText("unudub")
    finished(qtbot, dialog)
    clock = screen.parts["clock"]
    qtbot.waitUntil(lambda: clock.table.records.rowCount() == 1)
    clock.open_row(0)
    correction = opened(qtbot, screen, CorrectDialog)
    correction.end.setText(f"{yesterday} 17:00")
    correction.reason.setText("5-də gedib")
    finished(qtbot, correction)
    qtbot.waitUntil(lambda: clock.table.records.rowCount() == 2)
    screen.tabs.choose("hours")
    hours = screen.parts["hours"]
    hours.show_filter(Asked())
    qtbot.waitUntil(lambda: hours.table.records.rowCount() == 1)
    model = hours.table.records
    assert [model.data(model.index(0, at)) for at in (3, 4)] == ["7.00", "₼70.00"]
    old = app.call(list_clock, today.day - timedelta(days=9), today.day)
    screen.correct(next(row for row in old if not row.counts))
    assert not screen.dialog.done_button.isEnabled()
    screen.dialog.reject()


def test_tips_are_entered(qtbot, shown):
    window, screen, nigar = shown
    screen.tabs.choose("tips")
    screen._with_people(screen._tip)
    dialog = opened(qtbot, screen, TipDialog)
    dialog.finish()
    assert dialog.form.row("amount").error
    dialog.amount.setText("12,50")
    finished(qtbot, dialog)
    today = window.bridge.app.call(get_today).day
    (tip,) = window.bridge.app.call(list_tips, today, today)
    assert (tip.employee_id, tip.amount_minor) == (nigar, 1_250)


def test_who_may_not_see_pay_sees_hours_without_cost_and_enters_tips(demo_desk):
    qtbot = demo_desk.qtbot
    _, screen = demo_desk.open("staff", "hours", name="aysel")
    qtbot.waitUntil(lambda: "hours" in screen.parts)
    assert len(screen.parts["hours"].look.columns) == 4
    screen.tabs.choose("pay")
    assert isinstance(screen.parts["pay"], EmptyState)
    screen.tabs.choose("tips")
    qtbot.waitUntil(lambda: screen.parts["tips"].table.records.rowCount() > 0)
    screen._with_people(screen._tip)
    opened(qtbot, screen, TipDialog).reject()


def test_the_demonstration_shows_who_is_in(demo_desk):
    qtbot = demo_desk.qtbot
    _, screen = demo_desk.open("staff")
    qtbot.waitUntil(lambda: "people" in screen.parts)
    people = screen.parts["people"]
    qtbot.waitUntil(lambda: people.table.records.rowCount() == 14)
    people.show_filter(Asked(chosen={"state": "left"}))
    qtbot.waitUntil(lambda: people.table.records.rowCount() == 1)


def test_pay_is_written_down_and_its_history_stays(qtbot, shown):
    window, screen, nigar = shown
    app = window.bridge.app
    today = app.call(get_today).day
    app.call(set_pay, nigar, today - timedelta(days=400), 100_000)
    screen.tabs.choose("pay")
    pay = screen.parts["pay"]
    qtbot.waitUntil(lambda: pay.table.records.rowCount() == 1)
    pay.open_row(0)
    dialog = opened(qtbot, screen, PayDialog)
    assert (dialog.amount.text(), dialog.hours.text()) == ("1000.00", "173")
    dialog.amount.setText("1200")
    dialog.hours.setText("0")
    dialog.finish()
    qtbot.waitUntil(lambda: bool(dialog.form.row("hours").error))
    dialog.hours.setText("160")
    finished(qtbot, dialog)
    rows = app.call(list_pay)
    assert [(r.monthly_minor, r.month_hours) for r in rows] == [(120_000, 160), (100_000, 173)]
    undo(qtbot, window)
    qtbot.waitUntil(lambda: [r.monthly_minor for r in app.call(list_pay)] == [100_000])


def test_pay_by_the_hour_asks_for_no_hours_and_a_mistake_is_taken_away(qtbot, shown):
    window, screen, nigar = shown
    app = window.bridge.app
    since = app.call(get_today).day.replace(day=1)
    screen.tabs.choose("pay")
    screen.ask_pay(None)
    dialog = opened(qtbot, screen, PayDialog)
    assert dialog.remove is None
    dialog.basis.setCurrentIndex(dialog.basis.findData("hour"))
    assert dialog.form.row("hours").isHidden()
    dialog.amount.setText("7.50")
    finished(qtbot, dialog)
    (row,) = app.call(list_pay)
    assert (row.employee_id, row.since, row.monthly_minor) == (nigar, since, 750)
    assert row.basis is PayBasis.HOUR
    qtbot.waitUntil(lambda: screen.parts["pay"].table.records.rowCount() == 1)
    before = screen.dialog
    screen.parts["pay"].open_row(0)
    qtbot.waitUntil(lambda: screen.dialog is not before)
    dialog = opened(qtbot, screen, PayDialog)
    assert dialog.basis.currentData() == "hour"
    dialog.remove.click()
    qtbot.waitUntil(lambda: app.call(list_pay) == [])
    toast = window.findChild(Toast)
    qtbot.waitUntil(lambda: "Taken away" in toast.accessibleName())
    undo(qtbot, window)
    qtbot.waitUntil(lambda: app.call(list_pay) == [row])


def test_pay_is_locked_for_who_has_no_key(demo_desk):
    _, screen = demo_desk.open("staff", "pay", name="aysel")
    demo_desk.qtbot.waitUntil(lambda: "pay" in screen.parts)
    assert isinstance(screen.parts["pay"], EmptyState)


def test_a_change_can_be_taken_back(qtbot, shown):
    window, screen, nigar = shown
    app = window.bridge.app
    screen.open_person(nigar)
    dialog = opened(qtbot, screen, PersonDialog)
    dialog.position.setCurrentText("Kassir")
    finished(qtbot, dialog)
    assert app.call(get_employee, nigar).form.position == "Kassir"
    window.findChild(Toast)._undone()
    qtbot.waitUntil(lambda: app.call(get_employee, nigar).form.position == "Ofisiant")


def test_who_leaves_by_mistake_is_back_without_pin_and_that_is_said(qtbot, shown):
    window, screen, nigar = shown
    app = window.bridge.app
    app.call(set_pin, nigar, "7352")
    screen.open_person(nigar)
    dialog = opened(qtbot, screen, PersonDialog)
    dialog.left.setText(f"{app.call(get_today).day:%d.%m.%Y}")
    finished(qtbot, dialog)
    assert not app.call(get_employee, nigar).active
    undo(qtbot, window)
    toast = window.findChild(Toast)
    qtbot.waitUntil(lambda: "PIN and card anew" in toast.accessibleName())
    card = app.call(get_employee, nigar)
    assert (card.active, card.tokens) == (True, frozenset())


def undo(qtbot, window):
    toast = window.findChild(Toast)
    qtbot.waitUntil(toast.isVisible)
    toast._undone()


@pytest.mark.parametrize("whose", ["mine", "theirs"])
def test_two_people_change_one_employee(qtbot, shown, whose):
    window, screen, nigar = shown
    app = window.bridge.app
    screen.open_person(nigar)
    dialog = opened(qtbot, screen, PersonDialog)
    app.call(change_employee, nigar, 1, EmployeeForm("Nigar Əliyeva", "Barmen", "050 111 22 33"))
    dialog.position.setCurrentText("Aşpaz")
    screen.dialog = None
    dialog.finish()
    qtbot.waitUntil(lambda: screen.difference is not None)
    assert screen.difference.lines[0][1:] == ("Barmen", "Aşpaz")
    getattr(screen.difference, f"{whose}_button").click()
    if whose == "mine":
        qtbot.waitUntil(lambda: app.call(get_employee, nigar).form.position == "Aşpaz")
    else:
        again = opened(qtbot, screen, PersonDialog)
        assert again.position.currentText() == "Barmen"
        again.reject()


def test_hours_and_corrections_are_taken_back_at_once(qtbot, shown):
    window, screen, _ = shown
    app = window.bridge.app
    today = app.call(get_today).day
    day = today - timedelta(days=1)
    screen._with_people(screen._enter)
    dialog = opened(qtbot, screen, EnterDialog)
    dialog.start.setText(f"{day:%d.%m.%Y} 10:00")
    dialog.end.setText(f"{day:%d.%m.%Y} 18:00")
    dialog.reason.setText("unudub")
    finished(qtbot, dialog)
    (entry,) = app.call(list_clock, day, today)
    screen.correct(entry)
    correction = opened(qtbot, screen, CorrectDialog)
    correction.end.setText(f"{day:%d.%m.%Y} 17:00")
    correction.reason.setText("5-də gedib")
    finished(qtbot, correction)
    undo(qtbot, window)
    qtbot.waitUntil(lambda: len(app.call(list_clock, day, today)) == 3)
    (counts,) = [one for one in app.call(list_clock, day, today) if one.counts]
    assert (counts.started_at, counts.ended_at) == (entry.started_at, entry.ended_at)
    screen._with_people(screen._tip)
    tip = opened(qtbot, screen, TipDialog)
    tip.amount.setText("5")
    finished(qtbot, tip)
    undo(qtbot, window)
    qtbot.waitUntil(lambda: len(app.call(list_tips, day, today)) == 2)
    assert sum(one.amount_minor for one in app.call(list_tips, day, today)) == 0


def test_wages_are_offered_by_the_hours_and_entered_as_one_sum(qtbot, shown):
    window, screen, nigar = shown
    app = window.bridge.app
    today = app.call(get_today).day
    before = (today.replace(day=1) - timedelta(days=1)).replace(day=1)
    app.call(set_pay, nigar, before, 90_000, basis=PayBasis.MONTH)
    app.call(add_account, AccountForm("Kassa"))
    screen.tabs.choose("hours")
    screen.wages.ask()
    qtbot.waitUntil(lambda: screen.wages.dialog is not None)
    dialog = screen.wages.dialog
    qtbot.waitUntil(lambda: dialog.amount.text() == "900.00")
    assert "0.00" in dialog.facts.text()
    dialog.amount.setText("0")
    dialog.finish()
    qtbot.waitUntil(lambda: bool(dialog.form.row("amount").error))
    dialog.amount.setText("850")
    finished(qtbot, dialog)
    (entry,) = app.call(list_entries)
    assert (entry.category_id, entry.amount_minor) == (int(SystemCategory.WAGES), -85_000)
    assert str(before.year) in entry.note
    undo(qtbot, window)
    qtbot.waitUntil(lambda: sum(one.amount_minor for one in app.call(list_entries)) == 0)
