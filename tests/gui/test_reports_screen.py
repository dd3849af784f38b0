"""The reports screen on the demonstration: pick, compare, look behind, hand out; the register."""

import hashlib

import openpyxl
import pytest
from PySide6.QtCore import Qt

from desktop_app.exports.operations import list_exports
from desktop_app.exports.records import FileFormat, What
from desktop_app.gui.handing import HandoverDialog
from desktop_app.gui.passphrase import new_passphrase
from desktop_app.gui.screens.menu.menu_list import MenuList
from desktop_app.gui.screens.reports.page import ReportsScreen
from desktop_app.gui.screens.reports.picture import means
from desktop_app.gui.text import set_language
from desktop_app.gui.widgets.records.column import Sort
from desktop_app.reports.catalogue import REPORTS
from desktop_app.reports.shapes import Trail
from desktop_app.sheets.records import Protection
from tests.gui.people_room import demo_desk, demo_template, empty_desk, empty_template
from tests.gui.step_up_room import give_password
from tests.gui.test_shell import unnamed

__all__ = ["demo_desk", "demo_template", "empty_desk", "empty_template"]


@pytest.fixture
def shown(demo_desk):
    window, screen = demo_desk.open("reports")
    demo_desk.qtbot.waitUntil(lambda: screen.report is not None)
    return window, screen


def pick(qtbot, screen, key, period="year"):
    screen.bar.days.choose(period)
    screen.picker.choose(key)
    qtbot.waitUntil(
        lambda: (
            screen.report is not None
            and screen.report.facts.key == key
            and screen.report.period == screen.bar.period
            and screen.report.against == screen.bar.other_period
        )
    )
    return screen.report


def test_every_report_is_shown_with_a_table_and_a_picture(demo_desk, shown):
    _, screen = shown
    assert set(screen.picker.keys) == set(REPORTS)
    for key in screen.picker.keys:
        report = pick(demo_desk.qtbot, screen, key)
        assert screen.table.records.rowCount() == len(report.rows), key
        assert screen.card.title.text()
        if report.rows:
            assert screen.picture.currentWidget().accessibleDescription(), key
    assert not unnamed(screen)


def test_pictures_show_what_a_report_is_about(demo_desk, shown):
    _, screen = shown
    picture, qtbot = screen.picture, demo_desk.qtbot
    pick(qtbot, screen, "sales-day")
    assert picture.curve._then.name == "Mean of 7 days"
    assert means([1, 2, 3, 4], 2) == [None, 1.5, 2.5, 3.5]
    pick(qtbot, screen, "cash-flow")
    assert picture.currentWidget() is picture.columns
    assert [one.name for one in picture.columns._series] == ["Came in", "Went out"]
    screen.bar.hold_against("before")
    report = pick(qtbot, screen, "menu-engineering")
    assert picture.currentWidget() is picture.map
    stars = [one for one in picture.map._points if one.field == "Star"]
    popular, rich = picture.map._cuts
    assert stars
    assert all(one.x >= popular and one.y >= rich - 0.01 for one in stars)
    assert picture.map.length() == len([row for row in report.rows if row.values[1] > 0])
    for step in range(picture.map.length()):
        qtbot.keyClick(picture.map, Qt.Key.Key_Right)
        assert picture.map.hovered == step
    pick(qtbot, screen, "sales-weekday")
    assert [one.name for one in picture.columns._series] == ["Revenue", "Before"]
    area = picture.columns._area()
    assert picture.columns.point_at(area.left() + 1, area.center().y()) == 0
    assert picture.columns.point_at(area.right() + 9, 0) == -1
    pick(qtbot, screen, "sales-category")
    assert any(picture.bars._before)
    screen.picture.grab()


def test_a_report_is_as_somebody_left_it(demo_desk, shown):
    _, screen = shown
    qtbot = demo_desk.qtbot
    pick(qtbot, screen, "sales-item", "last_month")
    screen.bar.hold_against("before")
    pick(qtbot, screen, "sales-item", "last_month")
    screen.table.setColumnHidden(1, True)
    screen.kept.save()
    screen.table.sorted_by.emit(Sort("revenue", descending=True))
    again = ReportsScreen(screen.shell)
    qtbot.addWidget(again)
    qtbot.waitUntil(lambda: again.report is not None and again.report.against is not None)
    assert again.report.facts.key == "sales-item"
    assert (again.bar.days.key, again.table.isColumnHidden(1)) == ("last_month", True)
    revenue = [row.values[2] for row in again.report.rows]
    assert again.table.record(0).values[2] == max(revenue)


def test_another_period_is_laid_beside_it(demo_desk, shown):
    _, screen = shown
    pick(demo_desk.qtbot, screen, "sales-category")
    before = len(screen.report.facts.columns) + 1
    screen.bar.hold_against("last-year")
    report = pick(demo_desk.qtbot, screen, "sales-category")
    assert report.against is not None
    assert screen.table.records.columnCount() == before + 2


def test_the_orders_behind_a_number_open(demo_desk, shown):
    window, screen = shown
    pick(demo_desk.qtbot, screen, "sales-weekday")
    screen.open_row(0)
    demo_desk.qtbot.waitUntil(lambda: screen.behind is not None)
    dialog = screen.behind
    assert dialog.table.records.rowCount() > 0
    with demo_desk.qtbot.waitSignal(dialog.opened):
        dialog.table.activated_row.emit(0)
    demo_desk.qtbot.waitUntil(lambda: window.page("orders").order is not None)
    demo_desk.qtbot.waitUntil(lambda: window.page("orders").order.card is not None)


@pytest.mark.parametrize("key", [key for key, facts in REPORTS.items() if facts.behind in Trail])
def test_what_else_is_behind_a_number_opens(demo_desk, shown, key):
    _, screen = shown
    report = pick(demo_desk.qtbot, screen, key)
    assert report.rows, "the demonstration uses all of it"
    screen.open_row(0)
    demo_desk.qtbot.waitUntil(lambda: screen.behind is not None)
    dialog = screen.behind
    assert dialog.table.records.rowCount() > 0
    assert not unnamed(dialog)
    with demo_desk.qtbot.waitSignal(dialog.table.copied):
        dialog.table.copy_shown()
    dialog.accept()


def test_a_report_is_written_as_a_workbook_and_stands_in_the_register(demo_desk, shown, tmp_path):
    window, screen = shown
    report = pick(demo_desk.qtbot, screen, "abc")
    screen.ask_export()
    dialog = screen.dialog
    out = tmp_path / "abc.xlsx"
    dialog.recipient.setText("Nərgiz")
    dialog.take_file(str(out))
    dialog.accept_wish()
    demo_desk.qtbot.waitUntil(out.exists)
    sheet = openpyxl.load_workbook(out).worksheets[0]
    assert sheet.max_row == len(report.rows) + 2
    demo_desk.qtbot.waitUntil(lambda: not window.jobs.rows)
    window.go("exports")
    register = window.page("exports")
    demo_desk.qtbot.waitUntil(lambda: register.list is not None)
    demo_desk.qtbot.waitUntil(lambda: register.list.table.records.rowCount() == 12)
    row = register.list.table.record(0)
    assert (row.what, row.recipient) == (What.REPORT, "Nərgiz")
    assert row.sha256 == hashlib.sha256(out.read_bytes()).hexdigest()
    register.list.open_row(0)
    register.dialog._confirm()
    app = window.bridge.app
    demo_desk.qtbot.waitUntil(lambda: app.call(list_exports)[0].destroyed_at is not None)
    assert not unnamed(register)


def test_nothing_sold_is_said(empty_desk):
    _, screen = empty_desk.open("reports")
    empty_desk.qtbot.waitUntil(lambda: screen.report is not None)
    assert not screen.empty.isHidden()
    assert screen.table.isHidden()


def test_customers_are_handed_out_behind_a_password(demo_desk, tmp_path):
    window, screen = demo_desk.open("customers")
    demo_desk.qtbot.waitUntil(lambda: screen.list is not None)
    demo_desk.qtbot.waitUntil(lambda: screen.list.table.records.rowCount() > 0)
    screen.list.shown.ask()
    dialog = screen.list.shown.dialog
    assert dialog.protect.findData(Protection.NONE.value) < 0
    dialog.recipient.clear()
    dialog.accept_wish()
    assert dialog._for.error
    dialog.recipient.setText("Nərgiz")
    dialog.password.setText("short")
    dialog.accept_wish()
    assert dialog._secret_row.error
    dialog.password.setText(new_passphrase())
    out = tmp_path / "guests.xlsx"
    dialog.take_file(str(out))
    dialog.accept_wish()
    give_password(demo_desk.qtbot, window)
    demo_desk.qtbot.waitUntil(out.exists)
    assert not out.read_bytes().startswith(b"PK")


@pytest.mark.parametrize("language", ["en", "az"])
def test_the_dialog_offers_what_can_be_locked(qtbot, demo_desk, language):
    set_language(language)
    window, _ = demo_desk.open("reports")
    dialog = HandoverDialog("x", "x", window, formats=tuple(FileFormat)[:3])
    try:
        dialog.formats.choose("pdf")
        ways = [dialog.protect.itemData(at) for at in range(dialog.protect.count())]
        assert ways == ["none", "zip-aes"]
        dialog.formats.choose("csv")
        dialog.protect.setCurrentIndex(dialog.protect.findData("zip-aes"))
        assert dialog.path.suffix == ".zip"
        assert not unnamed(dialog)
    finally:
        dialog.reject()
        set_language("en")


def test_the_menu_shown_is_handed_out(demo_desk, tmp_path):
    window, screen = demo_desk.open("menu")
    demo_desk.qtbot.waitUntil(lambda: window.page("menu").findChild(MenuList) is not None)
    shown = screen.findChild(MenuList)
    demo_desk.qtbot.waitUntil(lambda: shown.table.records.rowCount() > 10)
    shown.bar.search.setText("plov")
    demo_desk.qtbot.waitUntil(lambda: 0 < shown.table.records.rowCount() < 10)
    shown.shown.ask()
    out = tmp_path / "menu.xlsx"
    shown.shown.dialog.take_file(str(out))
    shown.shown.dialog.accept_wish()
    demo_desk.qtbot.waitUntil(out.exists)
    sheet = openpyxl.load_workbook(out).worksheets[0]
    assert {row[0] for row in sheet.iter_rows(min_row=2, values_only=True)} == {
        row.name for row in shown.source.shown
    }
