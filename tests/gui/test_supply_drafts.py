"""Supplies in the window: kept for later, changed, in packages, received, by two people at once."""

from dataclasses import replace

import pytest

from desktop_app.gui.lists.bar import Asked
from desktop_app.gui.screens.stock.page import BUY, DRAFTS
from desktop_app.gui.widgets.difference import DifferenceDialog
from desktop_app.gui.widgets.toast import Toast
from desktop_app.stock.operations import (
    list_drafts,
    list_packages,
    list_papers,
    list_suppliers,
    show_paper,
)
from desktop_app.stock.places import remove_package, save_package, save_supplier
from desktop_app.stock.records import SupplyForm, SupplyLine
from desktop_app.stock.supplies import save_draft
from tests.database.pantry import KG, stocked
from tests.gui.people_room import empty_desk, empty_template
from tests.gui.test_shell import unnamed
from tests.gui.test_stock_screen import ask, type_into

__all__ = ["empty_desk", "empty_template"]


@pytest.fixture
def shown(empty_desk):
    window, screen = empty_desk.open("stock")
    pantry = stocked(window.bridge.app)
    window.bridge.app.call(save_package, pantry.flour, "Kisə", 25 * KG)
    empty_desk.qtbot.waitUntil(lambda: screen.supplies is not None)
    screen.tabs.choose(DRAFTS)
    return window.bridge.app, screen, pantry


def wait_rows(qtbot, screen, count):
    screen.drafts.show_filter(Asked())
    qtbot.waitUntil(lambda: screen.drafts.table.records.rowCount() == count)


def undo(qtbot, screen):
    toast = screen.window().findChild(Toast)
    qtbot.waitUntil(toast.isVisible)
    toast._undone()


def opened(qtbot, app, screen):
    (row,) = app.call(list_drafts)
    return ask(qtbot, screen, lambda: screen.supplies.open_draft(row))


def test_a_supply_in_packages_is_kept_changed_and_received(shown, qtbot):
    app, screen, pantry = shown
    dialog = ask(qtbot, screen, screen.supplies.ask_supply)
    assert unnamed(dialog) == []
    assert not dialog.throw_button.isVisibleTo(dialog)
    line = dialog.lines.add(pantry.flour)
    dialog.keep()
    assert line.problem.text()  # nothing typed yet
    line.measure_box.setCurrentIndex(line.measure_box.findText("Kisə (25 kg)"))
    type_into(line.much, "2")
    type_into(line.price, "30")
    assert line.amount.text() == "60.00"
    assert line.told_label.text().startswith("50 k")
    assert "1.20" in line.told_label.text()
    type_into(line.amount, "59")
    assert (line.price.text(), line.price.placeholderText()) == ("", "29.50")
    type_into(dialog.tax, "18")
    dialog.invoice.setText("EQF-5")
    dialog.keep()
    wait_rows(qtbot, screen, 1)
    (row,) = app.call(list_drafts)
    assert list(row.form.lines) == [SupplyLine(pantry.flour, 2000, 5900, 1800, 0, "Kisə", 25 * KG)]
    assert app.call(list_papers) == []
    again = opened(qtbot, app, screen)
    assert not again.is_changed
    assert (again.invoice.text(), again.tax.text()) == ("EQF-5", "18")
    type_into(again.lines.lines[0].much, "3")
    type_into(again.due, "31.12.2026")
    assert again.is_changed
    again.finish()
    qtbot.waitUntil(lambda: len(app.call(list_papers)) == 1)
    (paper,) = app.call(list_papers)
    assert (paper.invoice, paper.total_minor) == ("EQF-5", 5900)
    (stored,) = app.call(show_paper, paper.id).lines
    assert (stored.quantity, stored.package) == (75 * KG, "Kisə")
    assert app.call(list_drafts) == []


def test_what_a_draft_says_by_line_stays_when_another_field_changes(shown, qtbot):
    app, screen, pantry = shown
    lines = [
        SupplyLine(pantry.flour, 500, 100, 1800),
        SupplyLine(pantry.flour, 1500, 200, 0, 500, "Kisə", 10 * KG),  # a sack of before
    ]
    app.call(save_draft, None, SupplyForm(pantry.main, lines, pantry.supplier, note="səhər"))
    dialog = opened(qtbot, app, screen)
    assert not dialog.is_changed
    type_into(dialog.invoice, "A-1")
    dialog.keep()
    qtbot.waitUntil(lambda: app.call(list_drafts)[0].form.invoice == "A-1")
    (row,) = app.call(list_drafts)
    assert (list(row.form.lines), row.form.note) == (lines, "səhər")
    undo(qtbot, screen)
    qtbot.waitUntil(lambda: app.call(list_drafts)[0].form.invoice == "")


def test_a_draft_is_thrown_away_and_comes_back(shown, qtbot):
    app, screen, pantry = shown
    app.call(save_draft, None, SupplyForm(pantry.main, [SupplyLine(pantry.flour, KG, 100)]))
    dialog = opened(qtbot, app, screen)
    dialog.throw_button.click()
    dialog.confirm.confirmed.emit()
    qtbot.waitUntil(lambda: app.call(list_drafts) == [])
    undo(qtbot, screen)
    qtbot.waitUntil(lambda: len(app.call(list_drafts)) == 1)


@pytest.mark.parametrize("whose", ["mine", "theirs"])
def test_two_people_change_one_draft(shown, qtbot, whose):
    app, screen, pantry = shown
    form = SupplyForm(pantry.main, [SupplyLine(pantry.flour, KG, 100)], invoice="A")
    number = app.call(save_draft, None, form)
    dialog = opened(qtbot, app, screen)
    app.call(save_draft, number, replace(app.call(list_drafts)[0].form, invoice="B"), 1)
    type_into(dialog.invoice, "C")
    screen.deeds.dialog = None
    dialog.keep()
    qtbot.waitUntil(lambda: isinstance(screen.deeds.dialog, DifferenceDialog))
    difference = screen.deeds.dialog
    assert [one[1:] for one in difference.lines] == [("B", "C")]
    getattr(difference, f"{whose}_button").click()
    if whose == "mine":
        qtbot.waitUntil(lambda: app.call(list_drafts)[0].form.invoice == "C")
    else:
        qtbot.waitUntil(lambda: getattr(screen.deeds.dialog, "invoice", None) is not None)
        assert screen.deeds.dialog.invoice.text() == "B"
        screen.deeds.dialog.reject()
    assert app.call(list_drafts)[0].form.invoice == ("C" if whose == "mine" else "B")


def test_what_is_wrong_is_said_beside_its_field(shown, qtbot):
    app, screen, pantry = shown
    dialog = ask(qtbot, screen, screen.supplies.ask_supply)
    dialog.keep()
    qtbot.waitUntil(lambda: dialog.banner.isVisibleTo(dialog))
    line = dialog.lines.add(pantry.flour)
    type_into(line.much, "0")
    dialog.finish()
    assert "moves nothing" in line.problem.text()
    line.measure_box.setCurrentIndex(line.measure_box.findText("Kisə (25 kg)"))
    type_into(line.much, "0,00001")
    dialog.finish()
    assert line.problem.text()
    type_into(line.much, "1")
    type_into(line.amount, "12,345")
    dialog.finish()
    assert "decimals" in line.problem.text()
    type_into(line.amount, "12")
    type_into(dialog.at, "dünən")
    dialog.finish()
    row = next(form.row("at") for form in dialog._forms if "at" in form._rows)
    assert row.error
    assert app.call(list_drafts) == app.call(list_papers) == []
    dialog.reject()


@pytest.mark.parametrize("whose", ["mine", "theirs"])
def test_two_people_change_one_supplier(shown, qtbot, whose):
    app, screen, _ = shown
    (row,) = app.call(list_suppliers)
    dialog = ask(qtbot, screen, lambda: screen.vendors.ask_supplier(row))
    app.call(save_supplier, row.id, replace(row.form, phone="012 1"), row.version)
    dialog.phone.setText("012 2")
    screen.deeds.dialog = None
    dialog.finish()
    qtbot.waitUntil(lambda: screen.vendors.difference is not None)
    assert [one[1:] for one in screen.vendors.difference.lines] == [("012 1", "012 2")]
    getattr(screen.vendors.difference, f"{whose}_button").click()
    if whose == "theirs":
        qtbot.waitUntil(lambda: screen.deeds.dialog is not None)
        assert screen.deeds.dialog.phone.text() == "012 1"
        screen.deeds.dialog.reject()
        return
    qtbot.waitUntil(lambda: app.call(list_suppliers)[0].form.phone == "012 2")
    undo(qtbot, screen)
    qtbot.waitUntil(lambda: app.call(list_suppliers)[0].form.phone == "012 1")


def test_a_line_says_that_its_package_is_gone_or_another(shown, qtbot):
    app, screen, pantry = shown
    line = SupplyLine(pantry.flour, 2_000, 6_000, 1800, 0, "Kisə", 25 * KG)
    app.call(save_draft, None, SupplyForm(pantry.main, [line], pantry.supplier))
    dialog = opened(qtbot, app, screen)
    assert "any more" not in dialog.lines.lines[0].told_label.text()
    dialog.reject()
    app.call(save_package, pantry.flour, "Kisə", 20 * KG)
    dialog = opened(qtbot, app, screen)
    told = dialog.lines.lines[0].told_label.text()
    assert "20 kg by now" in told
    assert "25 kg" in told
    dialog.reject()
    (package,) = app.call(list_packages)
    app.call(remove_package, package.id)
    dialog = opened(qtbot, app, screen)
    (edit,) = dialog.lines.lines
    assert edit.told_label.text().startswith("It is not bought in “Kisə” any more.")
    edit.measure_box.setCurrentIndex(0)
    assert "any more" not in edit.told_label.text()
    dialog.reject()


def test_what_is_running_out_is_entered_as_supplies(shown, qtbot):
    app, screen, _ = shown
    screen.tabs.choose(BUY)
    qtbot.waitUntil(lambda: screen.buying.table.records.rowCount() == 1)
    record = screen.buying.table.record(0)
    assert (record.name, record.order) == ("Un", 5 * KG)
    screen.buying.enter.click()
    qtbot.waitUntil(lambda: screen.buying.dialog is not None)
    dialog = screen.buying.dialog
    assert dialog.place.currentText() == "Mətbəx"  # the one that sells
    dialog.done_button.click()
    qtbot.waitUntil(lambda: len(app.call(list_drafts)) == 1)
    qtbot.waitUntil(lambda: screen.tabs.key == DRAFTS)
    screen.tabs.choose(BUY)
    qtbot.waitUntil(lambda: screen.buying.middle.currentWidget() is screen.buying.empty)
