"""The finance screen: entries, transfers, corrections, accounts, categories, cash flow."""

import pytest
from PySide6.QtWidgets import QDialog

from desktop_app.finance.editing import (
    add_account,
    add_entry,
    add_money_category,
    change_account,
    change_money_category,
)
from desktop_app.finance.kinds import AccountKind, Direction
from desktop_app.finance.operations import list_accounts, list_entries, list_money_categories
from desktop_app.finance.records import AccountForm, CategoryForm, EntryFilter, NewEntry
from desktop_app.gui.lists.bar import Asked
from desktop_app.gui.screens.finance.dialogs import (
    AccountDialog,
    CategoryDialog,
    CorrectDialog,
    EntryDialog,
    InsteadDialog,
    TransferDialog,
)
from desktop_app.gui.widgets.toast import Toast
from desktop_app.venue.operations import get_today
from tests.gui.people_room import demo_desk, demo_template, empty_desk, empty_template

__all__ = ["demo_desk", "demo_template", "empty_desk", "empty_template"]


@pytest.fixture
def shown(empty_desk):
    window, screen = empty_desk.open("finance")
    app = window.bridge.app
    cash = app.call(add_account, AccountForm("Kassa"), 10_000)
    app.call(add_account, AccountForm("Bank", AccountKind.BANK))
    app.call(add_money_category, CategoryForm("İcarə", Direction.EXPENSE))
    empty_desk.qtbot.waitUntil(lambda: screen.entries is not None)
    screen.entries.show_filter(Asked())
    empty_desk.qtbot.waitUntil(lambda: screen.entries.table.records.rowCount() == 1)
    return window, screen, cash


def opened(qtbot, screen, kind):
    qtbot.waitUntil(lambda: isinstance(screen.dialog, kind))
    return screen.dialog


def finished(qtbot, dialog):
    with qtbot.waitSignal(dialog.finished):
        dialog.finish()
    assert dialog.result() == QDialog.DialogCode.Accepted


def test_an_expense_is_entered_and_taken_back(qtbot, shown):
    window, screen, cash = shown
    app = window.bridge.app
    screen.ask_entry()
    dialog = opened(qtbot, screen, EntryDialog)
    assert dialog.category.currentText() == "İcarə"
    assert dialog.category.findText("Transfers between accounts") < 0
    dialog.account.setCurrentIndex(dialog.account.findText("Kassa"))
    for typed in ("", "-5", "1.234,567"):
        dialog.amount.setText(typed)
        dialog.finish()
        assert dialog.form.row("amount").error, typed
    dialog.amount.setText("25,50")
    dialog.day.setText("01.01.2099")
    dialog.finish()
    qtbot.waitUntil(lambda: bool(dialog.form.row("day").error))
    dialog.day.setText("")
    dialog.finish()
    assert dialog.form.row("day").error
    dialog.day.setText(f"{screen._today.day:%d.%m.%Y}")
    finished(qtbot, dialog)
    qtbot.waitUntil(lambda: screen.entries.table.records.rowCount() == 2)
    (entry,) = app.call(list_entries, EntryFilter(account_id=cash, text=""))[:1]
    assert entry.amount_minor == -2_550
    screen.correct(entry)
    correction = opened(qtbot, screen, CorrectDialog)
    correction.finish()
    qtbot.waitUntil(lambda: bool(correction.form.row("reason").error))
    correction.reason.setText("iki dəfə yazılıb")
    finished(qtbot, correction)
    assert {r.name: r.balance_minor for r in app.call(list_accounts)}["Kassa"] == 10_000
    screen.correct(next(row for row in app.call(list_entries) if row.corrected))
    assert not screen.dialog.done_button.isEnabled()
    screen.dialog.reject()


def test_money_is_moved(qtbot, shown):
    window, screen, _ = shown
    screen.ask_transfer()
    dialog = opened(qtbot, screen, TransferDialog)
    dialog.source.setCurrentIndex(dialog.source.findText("Kassa"))
    dialog.target.setCurrentIndex(dialog.target.findText("Bank"))
    dialog.amount.setText("40")
    finished(qtbot, dialog)
    held = {r.name: r.balance_minor for r in window.bridge.app.call(list_accounts)}
    assert held == {"Kassa": 6_000, "Bank": 4_000}
    undo(qtbot, window)
    qtbot.waitUntil(lambda: len(window.bridge.app.call(list_entries)) == 5)
    held = {r.name: r.balance_minor for r in window.bridge.app.call(list_accounts)}
    assert held == {"Kassa": 10_000, "Bank": 0}


def test_accounts_are_opened_and_closed(qtbot, shown):
    window, screen, _ = shown
    screen.tabs.choose("accounts")
    screen.ask_account(None)
    dialog = opened(qtbot, screen, AccountDialog)
    dialog.name.setText("Kassa")
    dialog.finish()
    qtbot.waitUntil(lambda: bool(dialog.form.row("name").error))
    dialog.name.setText("Seyf")
    dialog.opening.setText("5")
    finished(qtbot, dialog)
    rows = {row.name: row for row in window.bridge.app.call(list_accounts)}
    screen.ask_account(rows["Seyf"])
    change = opened(qtbot, screen, AccountDialog)
    change.active.setChecked(False)
    change.finish()
    qtbot.waitUntil(lambda: bool(change.form.row("active").error))
    change.reject()


def test_the_programs_categories_are_locked_and_own_ones_change(qtbot, shown):
    window, screen, _ = shown
    screen.tabs.choose("categories")
    rows = window.bridge.app.call(list_money_categories)
    screen.ask_category(rows[0])
    assert not opened(qtbot, screen, CategoryDialog).done_button.isEnabled()
    screen.dialog.reject()
    screen.dialog = None
    screen.ask_category(rows[-1])
    dialog = opened(qtbot, screen, CategoryDialog)
    dialog.name.setText("İcarə haqqı")
    finished(qtbot, dialog)
    assert window.bridge.app.call(list_money_categories)[-1].name == "İcarə haqqı"


def test_the_cash_flow_of_the_demonstration_adds_up(demo_desk):
    qtbot = demo_desk.qtbot
    _, screen = demo_desk.open("finance", "flow")
    qtbot.waitUntil(lambda: "flow" in screen.parts and screen.parts["flow"].flow is not None)
    page = screen.parts["flow"]
    assert len(page.flow.months) == 12
    assert page.flow.closing == page.flow.opening[0] + sum(page.flow.net)
    page.period.setCurrentIndex(1)
    qtbot.waitUntil(lambda: page.flow.months[0] % 100 == 1)


def undo(qtbot, window):
    toast = window.findChild(Toast)
    qtbot.waitUntil(toast.isVisible)
    toast._undone()


@pytest.mark.parametrize("whose", ["mine", "theirs"])
def test_two_people_change_one_account_and_one_category(qtbot, shown, whose):
    window, screen, cash = shown
    app = window.bridge.app
    row = next(one for one in app.call(list_accounts) if one.id == cash)
    screen.ask_account(row)
    dialog = opened(qtbot, screen, AccountDialog)
    app.call(change_account, cash, row.version, AccountForm("Kassa 1"))
    dialog.name.setText("Kassa 2")
    dialog.finish()
    qtbot.waitUntil(lambda: screen.difference is not None)
    assert [one[1:] for one in screen.difference.lines] == [("Kassa 1", "Kassa 2")]
    getattr(screen.difference, f"{whose}_button").click()
    kept = "Kassa 2" if whose == "mine" else "Kassa 1"
    qtbot.waitUntil(lambda: kept in {one.name for one in app.call(list_accounts)})
    if whose == "mine":
        undo(qtbot, window)
        qtbot.waitUntil(lambda: "Kassa 1" in {one.name for one in app.call(list_accounts)})
    else:
        qtbot.waitUntil(lambda: screen.dialog.name.text() == "Kassa 1")
        screen.dialog.reject()
    screen.difference = None
    own = app.call(list_money_categories)[-1]
    screen.ask_category(own)
    category = opened(qtbot, screen, CategoryDialog)
    form = CategoryForm("İcarə 1", own.direction)
    app.call(change_money_category, own.id, own.version, form)
    category.name.setText("İcarə 2")
    category.finish()
    qtbot.waitUntil(lambda: screen.difference is not None)
    assert [one[1:] for one in screen.difference.lines] == [("İcarə 1", "İcarə 2")]
    screen.difference.reject()
    category.reject()


def test_an_entry_is_taken_back_at_once(qtbot, shown):
    window, screen, _ = shown
    app = window.bridge.app
    screen.ask_entry()
    dialog = opened(qtbot, screen, EntryDialog)
    dialog.account.setCurrentIndex(dialog.account.findText("Kassa"))
    dialog.amount.setText("7")
    finished(qtbot, dialog)
    undo(qtbot, window)
    qtbot.waitUntil(lambda: len(app.call(list_entries)) == 3)
    assert {r.name: r.balance_minor for r in app.call(list_accounts)}["Kassa"] == 10_000


def test_what_is_right_is_entered_instead_of_what_was_wrong(qtbot, shown):
    window, screen, cash = shown
    app = window.bridge.app
    rent = next(one.id for one in app.call(list_money_categories) if one.name == "İcarə")
    day = app.call(get_today).day
    wrong = app.call(add_entry, NewEntry(cash, rent, day, -5_000, "oktyabr"))
    screen.correct(next(row for row in app.call(list_entries) if row.id == wrong))
    first = screen.dialog
    assert first.instead.isVisibleTo(first)
    first.instead.click()
    qtbot.waitUntil(lambda: screen.dialog is not first)
    dialog = opened(qtbot, screen, InsteadDialog)
    assert (dialog.amount.text(), dialog.note.text()) == ("50.00", "oktyabr")
    assert dialog.category.currentData() == str(rent)
    dialog.amount.setText("45")
    dialog.finish()
    qtbot.waitUntil(lambda: bool(dialog.form.row("reason").error))
    dialog.reason.setText("qəbzdə 45 idi")
    finished(qtbot, dialog)
    rows = [row for row in app.call(list_entries) if row.category_id == rent]
    assert sum(row.amount_minor for row in rows) == -4_500
    assert [row.instead_of for row in rows if row.amount_minor == -4_500] == [wrong]
