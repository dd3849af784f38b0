"""Many products of the menu at once: prices with a preview, category, archive, and the way back."""

import pytest
from PySide6.QtWidgets import QApplication

from desktop_app.gui.lists.bar import Asked
from desktop_app.gui.widgets.toast import Toast
from desktop_app.menu.operations import get_product, list_products
from tests.gui.menu_room import fill_kitchen
from tests.gui.people_room import empty_desk, empty_template

__all__ = ["empty_desk", "empty_template"]


@pytest.fixture
def shown(empty_desk):
    window, screen = empty_desk.open("menu")
    kitchen = fill_kitchen(window.bridge.app)
    empty_desk.qtbot.waitUntil(lambda: screen.editor is not None)
    screen.list.show_filter(Asked())
    empty_desk.qtbot.waitUntil(lambda: screen.list.table.records.rowCount() == 5)
    return window, screen, kitchen


def prices(app):
    return {
        (row.name, one.name): one.price_minor
        for row in app.call(list_products)
        if row.kind.is_sold
        for one in row.variants
    }


def undo(qtbot, window):
    toast = window.findChild(Toast)
    qtbot.waitUntil(lambda: toast.isVisible() and toast._undo is not None)
    toast._undone()


def test_prices_change_as_the_preview_says_and_back(shown, qtbot):
    window, screen, _ = shown
    app = window.bridge.app
    before = prices(app)
    screen.bulk.offer()
    assert [one.isEnabled() for one in screen.bulk.menu.actions()] == [False, *[True] * 4]
    screen.bulk.menu.actions()[1].trigger()
    screen.bulk.menu.close()
    qtbot.waitUntil(lambda: screen.bulk.dialog is not None)
    dialog = screen.bulk.dialog
    assert not dialog.done_button.isEnabled()
    dialog.percent.setText("10")
    dialog.step.setCurrentIndex(dialog.step.findData("10"))
    dialog.percent.textEdited.emit("10")
    qtbot.waitUntil(lambda: len(dialog.steps) == 3)
    shown_now = [dialog.table.record(at).new_minor for at in range(3)]
    assert sorted(shown_now) == [110, 130, 220]
    assert prices(app) == before
    dialog.done_button.click()
    qtbot.waitUntil(lambda: sorted(prices(app).values()) == [110, 130, 220])
    undo(qtbot, window)
    qtbot.waitUntil(lambda: prices(app) == before)


def test_what_is_wrong_is_said_beside_its_field(shown, qtbot):
    _, screen, _ = shown
    screen.bulk.ask_prices(screen.bulk.rows())
    qtbot.waitUntil(lambda: screen.bulk.dialog is not None)
    dialog = screen.bulk.dialog
    for text in ("-100", "abc"):
        dialog.percent.setText(text)
        dialog.percent.textEdited.emit(text)
        qtbot.waitUntil(lambda: bool(dialog.form.row("percent").error))
        assert not dialog.done_button.isEnabled()
    dialog.percent.setText("")
    dialog.percent.textEdited.emit("")
    qtbot.waitUntil(lambda: not dialog.form.row("percent").error)
    assert not dialog.done_button.isEnabled()
    dialog.reject()


def test_what_is_picked_moves_and_goes_to_the_archive(shown, qtbot):
    window, screen, kitchen = shown
    app = window.bridge.app
    table = screen.list.table
    names = [table.record(row).name for row in range(5)]
    table.selectRow(names.index("Su"))
    assert [row.name for row in screen.bulk.rows()] == ["Su"]
    screen.bulk.ask_place(screen.bulk.rows())
    qtbot.waitUntil(lambda: screen.bulk.dialog is not None)
    dialog = screen.bulk.dialog
    dialog.place.setCurrentIndex(dialog.place.findData(str(kitchen.bakery)))
    dialog.done_button.click()
    qtbot.waitUntil(lambda: app.call(get_product, kitchen.water).form.category_id == kitchen.bakery)
    undo(qtbot, window)
    qtbot.waitUntil(lambda: app.call(get_product, kitchen.water).form.category_id is None)
    table.selectRow(names.index("Su"))
    screen.bulk.archive(screen.bulk.rows(), archived=True)
    qtbot.waitUntil(lambda: not app.call(get_product, kitchen.water).form.active)
    undo(qtbot, window)
    qtbot.waitUntil(lambda: app.call(get_product, kitchen.water).form.active)
    QApplication.processEvents()
