"""The stock's screen: what there is, papers entered and taken back, blind counts, suppliers."""

from datetime import timedelta

import openpyxl
import pypdfium2
import pytest

from desktop_app.exports.records import FileFormat
from desktop_app.gui.lists.bar import Asked
from desktop_app.gui.screens.stock.page import COUNTS, PAPERS, SUPPLIERS
from desktop_app.gui.screens.stock.past import StockAsked, _edited
from desktop_app.gui.screens.stock.wording import amount_of, lined_up, unit_of
from desktop_app.gui.widgets.toast import Toast
from desktop_app.kernel.access import Role
from desktop_app.menu.editing import add_product
from desktop_app.menu.kinds import ProductKind, Unit
from desktop_app.menu.records import ProductForm
from desktop_app.stock.counting import list_counts
from desktop_app.stock.kinds import CountState, PaperKind
from desktop_app.stock.operations import (
    list_packages,
    list_papers,
    list_stock,
    list_storages,
    list_suppliers,
    show_paper,
)
from tests.database.pantry import KG, stocked, take
from tests.gui.people_room import empty_desk, empty_template

__all__ = ["empty_desk", "empty_template"]


@pytest.fixture
def shown(empty_desk):
    window, screen = empty_desk.open("stock")
    pantry = stocked(window.bridge.app)
    empty_desk.qtbot.waitUntil(lambda: screen.stock is not None)
    take(window.bridge.app, pantry.main, pantry.flour, 10 * KG, 1_200, pantry.supplier)
    screen.stock.show_filter(Asked())
    empty_desk.qtbot.waitUntil(lambda: rows(screen.stock) == ["Su", "Un", "Xəmir"])
    return window, screen, pantry


def rows(page):
    table = page.table
    found = [table.record(at) for at in range(table.records.rowCount())]
    return [one.name for one in found if one is not None]


def cells(page, at):
    record = page.table.record(at)
    return [one.text(record) for one in page.look.columns]


def ask(qtbot, screen, what):
    screen.deeds.dialog = None
    what()
    qtbot.waitUntil(lambda: screen.deeds.dialog is not None)
    return screen.deeds.dialog


def type_into(field, text):
    field.setText(text)
    field.textEdited.emit(text)


def test_the_list_says_how_much_there_is_and_what_it_is_worth(shown, qtbot):
    _, screen, pantry = shown
    assert cells(screen.stock, 1)[0] == "Un"
    assert cells(screen.stock, 1)[4:6] == ["10\u2008\u2007\u2007\u2007", "kg"]
    screen.stock.show_filter(Asked(chosen={"state": "low"}))
    qtbot.waitUntil(lambda: rows(screen.stock) == [])
    dialog = ask(qtbot, screen, lambda: screen.deeds.show_moves(stock_row(screen, pantry.flour)))
    assert "Un" in dialog.windowTitle()
    dialog.accept()


def test_the_stock_of_a_past_moment_is_listed_and_exported(shown, qtbot, tmp_path):
    _, screen, _ = shown
    page, bar = screen.stock, screen.stock.bar
    assert (bar.when.key, bar.wanted.at, bar.at.isVisible()) == ("", None, False)
    paper = screen.bridge.app.call(list_papers)[0]
    local = screen.today.venue.time.local(paper.at)
    bar.at.setDateTime(_edited(local - timedelta(minutes=2)))
    bar.when.choose("past")
    bar._turn()
    qtbot.waitUntil(bar.at.isVisible)
    qtbot.waitUntil(lambda: cells(page, 1)[4].startswith("0\u2008"))
    assert page.listed.at == bar.wanted.at < paper.at
    seen = tmp_path / "seen.xlsx"
    page.shown.ask()
    page.shown.dialog.take_file(str(seen))
    page.shown.dialog.accept_wish()
    qtbot.waitUntil(seen.exists)
    about = openpyxl.load_workbook(seen).worksheets[-1]
    assert any(str(row[1].value).startswith("Stock as it was at: ") for row in about.iter_rows())
    bar.at.setDateTime(_edited(local + timedelta(minutes=2)))
    qtbot.waitUntil(lambda: cells(page, 1)[4].startswith("10\u2008"))
    page.show_filter(StockAsked("su", at=bar.wanted.at))
    qtbot.waitUntil(lambda: rows(page) == ["Su"])
    bar.clear()
    assert bar.wanted.at is not None
    page.show_filter(Asked())
    assert (bar.wanted.at, bar.at.isVisible()) == (None, False)
    screen.show_target("Un")
    qtbot.waitUntil(lambda: rows(page) == ["Un"])


def test_packages_of_a_product_are_added_and_removed(shown, qtbot):
    _, screen, pantry = shown
    app = screen.bridge.app
    moves = ask(qtbot, screen, lambda: screen.deeds.show_moves(stock_row(screen, pantry.flour)))
    before = len(app.call(list_packages))
    dialog = ask(qtbot, screen, moves.packages.click)
    dialog.finish()
    assert dialog.form.row("factor").error
    dialog.factor.setText("25")
    dialog.finish()
    qtbot.waitUntil(lambda: dialog.form.row("name").error != "")
    dialog.name.setText("Böyük kisə")
    again = ask(qtbot, screen, dialog.finish)
    added = next(one for one in app.call(list_packages) if one.name == "Böyük kisə")
    assert (added.product_id, added.factor) == (pantry.flour, 25 * KG)
    left = ask(qtbot, screen, again.drops[-1].click)
    assert len(app.call(list_packages)) == before
    left.reject()


def stock_row(screen, product):
    found = screen.bridge.app.call(list_stock)
    return next(one for one in found if one.product_id == product)


def test_a_supply_is_typed_received_paid_and_taken_back(shown, qtbot):
    window, screen, pantry = shown
    app = window.bridge.app
    screen.tabs.choose(PAPERS)
    dialog = ask(qtbot, screen, screen.supplies.ask_supply)
    dialog.invoice.setText("EQF-7")
    type_into(dialog.tax, "18")
    dialog.tax_added.setChecked(True)
    line = dialog.lines.add(pantry.flour)
    dialog.finish()
    assert line.problem.text()  # nothing typed yet
    type_into(line.much, "2,5")
    type_into(line.amount, "10")
    assert "11" in dialog.total.text()
    assert line.problem.text() == ""
    dialog.supplier.setCurrentIndex(1)
    dialog.finish()
    qtbot.waitUntil(lambda: len(app.call(list_papers)) == 2)
    paper = app.call(list_papers)[0]
    assert (paper.invoice, paper.total_minor, paper.unpaid_minor) == ("EQF-7", 1180, 1180)
    shown_paper = ask(qtbot, screen, lambda: screen.deeds.show_paper(paper))
    paying = ask(qtbot, screen, shown_paper.pay_wanted.emit)
    type_into(paying.amount, "99")
    paying.finish()
    qtbot.waitUntil(lambda: paying.form.row("amount").error != "")
    type_into(paying.amount, "11.80")
    paying.finish()
    qtbot.waitUntil(lambda: app.call(show_paper, paper.id).row.unpaid_minor == 0)
    again = ask(qtbot, screen, lambda: screen.deeds.show_paper(paper))
    why = ask(qtbot, screen, again.unpay_wanted.emit)
    why.reason.setText("Səhv")
    why.finish()
    qtbot.waitUntil(lambda: app.call(show_paper, paper.id).row.unpaid_minor == 1180)
    again = ask(qtbot, screen, lambda: screen.deeds.show_paper(paper))
    why = ask(qtbot, screen, again.back_wanted.emit)
    why.finish()
    qtbot.waitUntil(lambda: why.form.row("reason").error != "")
    why.reason.setText("Səhv")
    why.finish()
    qtbot.waitUntil(lambda: app.call(show_paper, paper.id).row.reversed_by is not None)


def test_a_write_off_can_be_undone_at_once(shown, qtbot):
    window, screen, pantry = shown
    app = window.bridge.app
    dialog = ask(qtbot, screen, screen.deeds.ask_write_off)
    type_into(dialog.lines.add(pantry.flour).much, "1")
    dialog.finish()
    qtbot.waitUntil(lambda: dialog.form.row("reason").error != "")
    dialog.reason.setText("Xarab olub")
    dialog.finish()
    qtbot.waitUntil(lambda: stock_row(screen, pantry.flour).quantity == 9 * KG)
    qtbot.waitUntil(window.findChild(Toast).isVisible)
    window.findChild(Toast)._undone()
    qtbot.waitUntil(lambda: stock_row(screen, pantry.flour).quantity == 10 * KG)
    assert len(app.call(list_papers)) == 3


def test_transfers_and_production(shown, qtbot):
    _, screen, pantry = shown
    dialog = ask(qtbot, screen, screen.deeds.ask_transfer)
    dialog.target.setCurrentIndex(0)
    type_into(dialog.lines.add(pantry.flour).much, "4")
    dialog.finish()
    qtbot.waitUntil(lambda: dialog.form.row("target").error != "")
    dialog.target.setCurrentIndex(1)
    dialog.finish()
    dialog = ask(qtbot, screen, screen.deeds.ask_production)
    assert dialog.lines.pick.count() == 1
    type_into(dialog.lines.add(pantry.dough).much, "1,5")
    dialog.finish()
    qtbot.waitUntil(lambda: stock_row(screen, pantry.dough).quantity == 1_500_000)
    assert stock_row(screen, pantry.flour).quantity == 9 * KG


def test_a_count_is_blind_and_its_difference_is_approved(shown, qtbot):
    window, screen, pantry = shown
    app = window.bridge.app
    screen.tabs.choose(COUNTS)
    dialog = ask(qtbot, screen, screen.deeds.ask_count)
    at = {line.product_id: line for line in dialog.lines.lines}
    type_into(at[pantry.flour].much, "9,5")
    dialog.finish()
    qtbot.waitUntil(lambda: len(app.call(list_counts)) == 1)
    (row,) = app.call(list_counts)
    difference = ask(qtbot, screen, lambda: screen.deeds.show_variance(row))
    assert [one.difference for one in difference.rows] == [-500_000]
    difference.approve_button.click()
    qtbot.waitUntil(lambda: app.call(list_counts)[0].state is CountState.APPROVED)
    assert stock_row(screen, pantry.flour).quantity == 9_500_000


def test_suppliers_are_added_and_changed(shown, qtbot):
    window, screen, _ = shown
    app = window.bridge.app
    screen.tabs.choose(SUPPLIERS)
    qtbot.waitUntil(lambda: screen.suppliers is not None)
    dialog = ask(qtbot, screen, screen.suppliers.add.click)
    dialog.finish()
    qtbot.waitUntil(lambda: dialog.form.row("name").error != "")
    dialog.name.setText("Şirin Su MMC")
    dialog.days.setText("x")
    dialog.finish()
    assert dialog.form.row("days_to_pay").error
    dialog.days.setText("7")
    dialog.finish()
    qtbot.waitUntil(lambda: len(app.call(list_suppliers)) == 2)
    places = ask(qtbot, screen, screen.storage_button.click)
    qtbot.waitUntil(lambda: len(places.storages) == 2)
    places.ask(None)
    places.editing.name.setText("Bar")
    places.editing.finish()
    qtbot.waitUntil(places.editing.banner.isVisible)
    places.editing.reject()
    bar = next(one for one in places.storages if one.form.name == "Bar")
    places.ask(bar)
    places.editing.name.setText("Terras")
    places.editing.used.setChecked(False)
    places.editing.finish()
    qtbot.waitUntil(lambda: [one.form.name for one in app.call(list_storages)] == ["Mətbəx"])
    terrace = next(one for one in app.call(list_storages, everything=True) if one.id == bar.id)
    assert (terrace.form.name, terrace.form.active) == ("Terras", False)
    qtbot.waitUntil(lambda: any(one.form.name == "Terras" for one in places.storages))
    places.remove(terrace)
    qtbot.waitUntil(lambda: len(app.call(list_storages, everything=True)) == 1)
    places.remove(places.storages[0])  # it is in use
    qtbot.waitUntil(places.banner.isVisible)
    places.accept()


def test_somebody_who_only_counts_sees_only_counts(empty_desk, qtbot):
    window, _ = empty_desk.open("dashboard")
    stocked(window.bridge.app)
    owner = window.bridge.app._store.keys.unlocked
    owner.add_user("Lalə", Role.STAFF, "demo", weak_password_allowed=True)
    _, screen = empty_desk.open("stock", name="Lalə")
    qtbot.waitUntil(lambda: screen.counts is not None)
    assert screen.stock is None
    assert not screen.storage_button.isEnabled()
    dialog = ask(qtbot, screen, screen.counts.count_button.click)
    assert len(dialog.lines.lines) == 3
    dialog.reject()


def test_a_paper_is_printed_with_its_facts_and_signatures(shown, qtbot, tmp_path):
    _, screen, _ = shown
    (paper,) = screen.bridge.app.call(list_papers)
    dialog = ask(qtbot, screen, lambda: screen.deeds.show_paper(paper))
    facts = dict(dialog.facts)
    assert (facts["Storage"], facts["Supplier"]) == ("Mətbəx", "Dəyirman MMC")
    assert list(dialog.signatures) == ["Handed over by", "Received by"]
    dialog.accept()


def test_quantities_stand_in_line_and_none_is_lost():
    assert lined_up(2_500_000, Unit.GRAM) == "2.5\u2007\u2007"
    assert lined_up(12_000, Unit.PIECE) == "12\u2008\u2007\u2007\u2007"
    assert amount_of(500, Unit.GRAM) == "0.0005"
    assert amount_of(-500, Unit.MILLILITRE) == "\u22120.0005"
    assert amount_of(1_500_400, Unit.GRAM) == "1.5"
    assert amount_of(0, Unit.GRAM) == "0"
    assert (unit_of(Unit.GRAM), unit_of(Unit.PIECE)) == ("kg", "pcs")


def test_a_paper_is_of_the_time_that_was_typed_and_not_left_in_vain(shown, qtbot):
    window, screen, pantry = shown
    app = window.bridge.app
    dialog = ask(qtbot, screen, screen.deeds.ask_write_off)
    line = dialog.lines.add(pantry.flour)
    type_into(line.much, "1")
    dialog.reason.setText("xarab")
    type_into(dialog.when, "abc")
    dialog.finish()
    assert dialog.form.row("at").error
    dialog.reject()
    assert dialog.isVisible()
    dialog.leaving.reject()
    at = app.call(list_papers)[0].at
    local = screen.today.venue.time.local(at)
    type_into(dialog.when, f"{local:%d.%m.%Y %H:%M}")
    dialog.finish()
    qtbot.waitUntil(lambda: len(app.call(list_papers)) == 2)
    found = {one.kind: one.at for one in app.call(list_papers)}
    assert abs(found[PaperKind.WRITE_OFF] - at) < timedelta(minutes=1)
    again = ask(qtbot, screen, screen.deeds.ask_write_off)
    type_into(again.lines.add(pantry.flour).much, "1")
    again.reject()
    again.leaving.confirmed.emit()
    qtbot.waitUntil(lambda: not again.isVisible())


def test_an_empty_sheet_to_count_on_is_written(shown, qtbot, tmp_path):
    _, screen, _ = shown
    dialog = ask(qtbot, screen, screen.deeds.ask_count)
    seen = tmp_path / "sheet.pdf"
    sheet = screen.deeds.sheet
    sheet.ask(first=FileFormat.PDF)
    sheet.dialog.take_file(str(seen))
    sheet.dialog.accept_wish()
    qtbot.waitUntil(seen.exists)
    paper = pypdfium2.PdfDocument(seen)
    text = paper[0].get_textpage().get_text_range()
    paper.close()
    assert "Mətbəx" in text
    assert "Xəmir" in text
    assert "Counted by" in text
    assert "10" not in text.split("Product")[1].split("Counted by")[0]  # it is blind
    dialog.reject()


def test_products_are_found_as_people_type_them(shown, qtbot):
    window, screen, _ = shown
    beef = window.bridge.app.call(add_product, ProductForm("İnək əti", ProductKind.INGREDIENT))
    dialog = ask(qtbot, screen, screen.deeds.ask_write_off)
    pick = dialog.lines.pick
    completer = pick.completer()
    for typed in ("inek", "İNƏK", "eti", "ət"):
        completer.setCompletionPrefix(typed)
        assert completer.completionCount() == 1, typed
        assert completer.currentCompletion() == "İnək əti"
    pick.setEditText(" inek  eti ")
    dialog.lines._add_picked()
    assert [line.product_id for line in dialog.lines.lines] == [beef]
    dialog.reject()
