"""Several venues in the window: opened and changed in the settings, chosen above the screens."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from desktop_app.gui.catalogue import SCREENS
from desktop_app.gui.screens.settings.venue_dialog import VenueDialog
from desktop_app.gui.window import Window
from desktop_app.orders.operations import count_orders
from desktop_app.orders.records import OrderFilter
from desktop_app.venue.operations import get_venue
from tests.gui.sales_room import close, new_store, sign_in

SECOND = "İçəri Şəhər"


@pytest.fixture
def window(qtbot, tmp_path):
    new_store(tmp_path / "store").close()
    made = Window(sign_in(tmp_path / "store", "owner"), SCREENS)
    made.show()
    made.go("settings")
    yield made
    close(qtbot, made)


def dialog_of(qtbot, page):
    qtbot.waitUntil(lambda: any(one.isVisible() for one in page.findChildren(VenueDialog)))
    return next(one for one in page.findChildren(VenueDialog) if one.isVisible())


def open_second(qtbot, window):
    page = window.page("settings")
    qtbot.waitUntil(page.venues.new_button.isEnabled)
    page.venues.new_button.click()
    dialog = dialog_of(qtbot, page)
    dialog.name.setText(SECOND)
    dialog.texts["address"].setText("Kiçik Qala 5")
    dialog.done_button.click()
    qtbot.waitUntil(lambda: len(page.venues.lines) == 2)
    return page


def test_with_one_venue_there_is_nothing_to_choose(qtbot, window):
    page = window.page("settings")
    qtbot.waitUntil(lambda: len(page.venues.lines) == 1)
    assert window._sidebar.venues.isHidden()


def test_a_venue_is_opened_chosen_and_left_again(qtbot, window):
    first = window.bridge.app.call(get_venue).name
    before = window.bridge.app.call(count_orders, OrderFilter())
    open_second(qtbot, window)
    qtbot.waitUntil(window._sidebar.venues.isVisible)
    names = [action.text() for action in window._sidebar.venues.menu.actions()]
    assert names[0] == "All venues"
    assert set(names[1:]) == {first, SECOND}  # made in the same millisecond of the test's clock
    assert window._sidebar.venues.menu.actions()[0].isChecked()
    window._sidebar.venues.menu.actions()[names.index(SECOND)].trigger()
    qtbot.waitUntil(lambda: window.windowTitle().startswith(SECOND))
    assert window.bridge.app.call(count_orders, OrderFilter()) == 0
    page = window.page("settings")  # built anew
    qtbot.waitUntil(lambda: len(page.venues.lines) == 1)
    assert not page.venues.new_button.isEnabled()
    assert "All venues" in page.venues.new_button.toolTip()
    window._sidebar.venues.menu.actions()[0].trigger()
    qtbot.waitUntil(lambda: window.windowTitle().startswith("All venues"))
    assert window.bridge.app.call(count_orders, OrderFilter()) == before


def test_what_breaks_a_rule_is_said_beside_the_field(qtbot, window):
    page = open_second(qtbot, window)
    page.venues.new_button.click()
    dialog = dialog_of(qtbot, page)
    dialog.name.setText(f"  {SECOND} ")
    dialog.done_button.click()
    qtbot.waitUntil(lambda: "already" in dialog.form.row("name").error)
    dialog.name.setText("")
    dialog.done_button.click()
    qtbot.waitUntil(lambda: "needs a name" in dialog.form.row("name").error)
    qtbot.keyClick(dialog, Qt.Key.Key_Escape)
    QApplication.processEvents()
    assert len(page.venues.lines) == 2
