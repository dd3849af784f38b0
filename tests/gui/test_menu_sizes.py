"""Sizes, price lists, choices and time in the menu's window."""

import pytest

from desktop_app.gui.lists.bar import Asked
from desktop_app.gui.screens.menu.editor import CARD, GENERAL, PRICES
from desktop_app.menu.editing import add_product
from desktop_app.menu.kinds import ProductKind
from desktop_app.menu.operations import get_product, list_choices, list_stations
from desktop_app.menu.photos import get_photo
from desktop_app.menu.price_lists import show_price_lists
from desktop_app.menu.pricing import ListTerms
from desktop_app.menu.records import ProductForm, VariantRow
from desktop_app.menu.rules import Part
from desktop_app.menu.sizes import SizeCard
from desktop_app.menu.timed import TimedTerms
from tests.database.test_photos import picture
from tests.gui.menu_room import fill_kitchen
from tests.gui.people_room import empty_desk, empty_template
from tests.gui.test_menu_screen import show, store, undo

__all__ = ["empty_desk", "empty_template"]


@pytest.fixture
def shown(empty_desk):
    window, screen = empty_desk.open("menu")
    kitchen = fill_kitchen(window.bridge.app)
    empty_desk.qtbot.waitUntil(lambda: screen.editor is not None)
    screen.list.show_filter(Asked())
    empty_desk.qtbot.waitUntil(lambda: screen.list.table.records.rowCount() == 5)
    return window, screen, kitchen


def test_a_size_takes_its_factor_and_its_own_and_tells_what_it_costs(qtbot, shown, photograph):
    window, screen, kitchen = shown
    editor = show(qtbot, screen, kitchen.bread)
    editor.choose(CARD)
    (line,) = editor.recipe.sizes.lines
    assert line.factor.text() == "1"
    assert line.cost.text() == editor.recipe.values["whole"].text()
    line.factor.setFocus()
    line.factor.selectAll()
    qtbot.keyClicks(line.factor, "2,5")
    assert editor.is_changed
    line.own_wanted.emit()
    dialog = editor.recipe.sizes.dialog
    dialog._add(kitchen.salt, 0).setText("4")
    assert set(dialog.lines) == {kitchen.dough, kitchen.salt}
    dialog.finish()
    photograph(window, "menu-sizes")
    card = store(qtbot, screen)
    assert card.form.sizes == (SizeCard("böyük", 2500, (Part(kitchen.salt, 4000, 4000),)),)
    costs = {one.name: one.cost_minor for one in card.size_costs}
    assert costs == {"": 24, "böyük": 60}
    undo(window)
    app = window.bridge.app
    qtbot.waitUntil(lambda: app.call(get_product, kitchen.bread).form.sizes == ())


@pytest.mark.parametrize("typed", ["x", "0", "1001", "-1"])
def test_a_factor_that_cannot_be_is_said_beside_the_size(qtbot, shown, typed):
    _, screen, kitchen = shown
    editor = show(qtbot, screen, kitchen.bread)
    (line,) = editor.recipe.sizes.lines
    line.factor.selectAll()
    qtbot.keyClicks(line.factor, typed)
    editor.send()
    qtbot.waitUntil(lambda: not line.problem.isHidden())
    assert editor._pages.currentWidget() is editor._places[CARD]
    assert line.problem.text()
    line.own_wanted.emit()
    editor.recipe.sizes.dialog.lines[kitchen.dough].setText("-3")
    editor.recipe.sizes.dialog.finish()
    assert not editor.recipe.sizes.dialog.banner.isHidden()
    editor.recipe.sizes.dialog.reject()


def test_a_size_is_renamed_put_away_and_removed(qtbot, shown):
    window, screen, kitchen = shown
    app = window.bridge.app
    editor = show(qtbot, screen, kitchen.bread)
    editor.choose(PRICES)

    def sizes():
        return [(one.name, one.active) for one in app.call(get_product, kitchen.bread).variants]

    screen.deeds.ask_size("böyük")
    screen.deeds.dialog.name.setText("Grande")
    screen.deeds.dialog.finish()
    qtbot.waitUntil(lambda: sizes() == [("", True), ("Grande", True)])
    editor.prices.offer_wanted.emit("Grande", False)
    qtbot.waitUntil(lambda: sizes() == [("", True), ("Grande", False)])
    qtbot.waitUntil(lambda: not editor.card.variants[-1].active)
    editor.prices.drop_size_wanted.emit("")
    qtbot.waitUntil(lambda: not editor.banner.isHidden())
    editor.prices.drop_size_wanted.emit("Grande")
    qtbot.waitUntil(lambda: sizes() == [("", True)])


def test_price_lists_are_made_ordered_and_removed(qtbot, shown, photograph):
    window, screen, kitchen = shown
    app = window.bridge.app
    show(qtbot, screen, kitchen.bread)
    screen.deeds.show_price_lists()
    lists = screen.deeds.lists
    qtbot.waitUntil(lambda: len(lists.lists) == 1)
    lists.add_one.click()
    asking = lists.editing
    asking.name.setText("Xoş saat")
    asking.halls.setText("Zal, VIP")
    asking.days[4].setChecked(True)
    asking.first.setText("17:60")
    asking.finish()
    assert asking.form.row("from").error
    asking.first.setText("17:00")
    asking.until.setText("19")
    asking.finish()
    qtbot.waitUntil(lambda: len(lists.lists) == 2)
    photograph(window, "menu-price-lists")
    made = lists.lists[1]
    assert made.terms == ListTerms("", ("Zal", "VIP"), 16, 1020, 1140)
    lists._move(made, -1)
    qtbot.waitUntil(lambda: [one.name for one in lists.lists] == ["Xoş saat", "Terras"])
    lists.edit(made)
    lists.editing.active.setChecked(False)
    lists.editing.finish()
    qtbot.waitUntil(lambda: not lists.lists[0].active)
    lists.remove(made)
    qtbot.waitUntil(lambda: len(app.call(show_price_lists)) == 1)
    lists.accept()


def test_a_group_and_a_station_in_use_say_where(qtbot, shown):
    window, screen, kitchen = shown
    app = window.bridge.app
    editor = show(qtbot, screen, kitchen.bread)
    editor.choices.group_wanted.emit(editor.bench.choices[0])
    screen.group_dialog._drop()
    qtbot.waitUntil(lambda: not app.call(list_choices))
    qtbot.waitUntil(lambda: not editor.choices.boxes)
    screen._arrange()
    dialog = screen.categories
    qtbot.waitUntil(lambda: dialog._stations.count() == 1)
    dialog.remove_station(app.call(list_stations)[0])
    qtbot.waitUntil(lambda: not dialog.banner.isHidden())
    assert len(app.call(list_stations)) == 1
    dialog.accept()


def test_a_timed_item_says_how_its_time_is_counted(qtbot, shown, photograph):
    window, screen, _ = shown
    app = window.bridge.app
    game = app.call(add_product, ProductForm("Bilyard", ProductKind.TIMED), [VariantRow("", 600)])
    editor = show(qtbot, screen, game)
    editor.choose(GENERAL)
    times = editor.general.times
    assert [line.text() for line in times.values()] == ["60", "1", "0"]
    times["step"].selectAll()
    qtbot.keyClicks(times["step"], "1,5")
    editor.send()
    assert editor.general.right.row("step").error
    times["step"].setText("15")
    times["least"].setText("30")
    editor._typed()
    photograph(window, "menu-timed")
    assert store(qtbot, screen).form.terms == TimedTerms(60, 15, 30)


def test_a_photo_is_chosen_shown_refused_and_removed(qtbot, shown, photograph, tmp_path):
    window, screen, kitchen = shown
    app = window.bridge.app
    editor = show(qtbot, screen, kitchen.bread)
    assert editor.photo.drop.isHidden()
    screen.deeds.give_photo(kitchen.bread, picture(tmp_path / "çörək.jpg"))
    qtbot.waitUntil(lambda: not editor.photo.picture.pixmap().isNull(), timeout=20_000)
    photograph(window, "menu-photo")
    photos = screen.list.thumbnails
    rows = {row.id: row for row in map(screen.list.table.record, range(5))}
    qtbot.waitUntil(lambda: photos.of(rows[kitchen.bread]) is not None)
    assert not photos.of(rows[kitchen.bread]).isNull()
    assert photos.of(rows[kitchen.water]).isNull()
    screen.show_list()
    photograph(window, "menu-thumbnails")
    show(qtbot, screen, kitchen.bread)
    (tmp_path / "bad.png").write_bytes(b"no picture")
    screen.deeds.give_photo(kitchen.bread, tmp_path / "bad.png")
    qtbot.waitUntil(lambda: "bad.png" in editor.photo.problem.text(), timeout=20_000)
    assert editor.photo.choose.isEnabled()
    editor.photo.drop.click()
    qtbot.waitUntil(lambda: editor.photo.picture.pixmap().isNull())
    assert app.call(get_photo, kitchen.bread) is None
