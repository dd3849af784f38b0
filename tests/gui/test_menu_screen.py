"""The menu's screen: the list, the card with its live cost, prices, choices, conflicts, undo."""

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel

from desktop_app.gui.finders import Finders
from desktop_app.gui.lists.bar import Asked
from desktop_app.gui.screens.menu.columns import prices_of
from desktop_app.gui.screens.menu.editor import CARD, GENERAL, PRICES
from desktop_app.gui.text import set_language
from desktop_app.gui.widgets.toast import Toast
from desktop_app.menu.editing import add_product, change_product
from desktop_app.menu.kinds import ProductKind, Unit
from desktop_app.menu.operations import (
    get_product,
    list_categories,
    list_choices,
    list_products,
    list_stations,
)
from desktop_app.menu.prices import set_price
from desktop_app.menu.records import ProductForm, ProductRow, VariantRow
from desktop_app.menu.rules import Part
from desktop_app.stock.places import list_station_storages, remove_storage, save_storage
from desktop_app.stock.records import StorageForm
from tests.gui.menu_room import fill_kitchen
from tests.gui.people_room import demo_desk, demo_template, empty_desk, empty_template

__all__ = ["demo_desk", "demo_template", "empty_desk", "empty_template"]


@pytest.fixture
def shown(empty_desk):
    window, screen = empty_desk.open("menu")
    kitchen = fill_kitchen(window.bridge.app)
    empty_desk.qtbot.waitUntil(lambda: screen.editor is not None)
    screen.list.show_filter(Asked())
    empty_desk.qtbot.waitUntil(lambda: screen.list.table.records.rowCount() == 5)
    return window, screen, kitchen


def names(screen):
    table = screen.list.table
    return [table.record(row).name for row in range(table.records.rowCount())]


def show(qtbot, screen, product_id):
    screen.open_product(product_id)
    qtbot.waitUntil(lambda: screen.editor.card is not None and screen.editor.card.id == product_id)
    qtbot.waitUntil(lambda: screen._pages.currentWidget() is screen.editor)
    return screen.editor


def store(qtbot, screen):
    """Press Store and wait until the stored product is shown again."""
    before = screen.editor.card
    screen.editor.send()
    qtbot.waitUntil(
        lambda: (
            screen.editor.card is not None
            and (before is None or screen.editor.card.version > before.version)
        )
    )
    return screen.editor.card


def undo(window):
    window.findChild(Toast)._undone()


def test_the_list_tells_prices_costs_and_the_stop_list(shown):
    _, screen, _ = shown
    assert sorted(names(screen)) == ["Duz", "Su", "Un", "Xəmir", "Çörək"]
    table = screen.list.table
    cells = {}
    for at in range(5):
        model = table.records
        cells[table.record(at).name] = [model.data(model.index(at, one)) for one in range(7)]
    assert cells["Çörək"][3:] == ["In use", "₼1.18 – 2.00", "₼0.24 / piece", "76.0%"]
    assert cells["Su"][3:] == ["3 left", "₼1.00", "₼0.40 / piece", "60.0%"]
    assert cells["Un"][3:] == ["In use", "–", "₼1.20 / kg", "–"]


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        (Asked("cor"), ["Çörək"]),
        (Asked("4006381"), ["Su"]),
        (Asked(chosen={"kind": "ingredient"}), ["Duz", "Un"]),
        (Asked(chosen={"state": "stop"}), ["Su"]),
        (Asked(chosen={"state": "archived"}), []),
    ],
)
def test_the_list_is_searched_and_filtered(qtbot, shown, asked, found):
    _, screen, _ = shown
    screen.list.show_filter(asked)
    qtbot.waitUntil(lambda: screen.list.listed == asked)
    assert sorted(names(screen)) == found


def test_a_category_lists_what_lies_in_those_inside_it(qtbot, shown):
    window, screen, _ = shown
    top = next(one for one in window.bridge.app.call(list_categories) if one.parent_id is None)
    asked = Asked(chosen={"category": str(top.id)})
    qtbot.waitUntil(lambda: screen.list.filters._controls["category"].count() == 3)
    screen.list.show_filter(asked)
    qtbot.waitUntil(lambda: screen.list.listed == asked)
    assert names(screen) == ["Çörək"]


def test_the_card_tells_cost_and_margin_while_one_types(qtbot, shown):
    _, screen, kitchen = shown
    editor = show(qtbot, screen, kitchen.bread)
    editor.choose(CARD)
    (line,) = editor.recipe.lines
    assert line.cost.text() == "₼0.24"
    assert editor.recipe.values["margin"].text() == "76%"
    line.gross.clear()
    qtbot.keyClicks(line.gross, "600")
    assert line.cost.text() == "₼0.48"
    assert editor.recipe.values["whole"].text() == "₼0.48"
    assert editor.recipe.values["margin"].text() == "52%"
    assert line.net.text() == "560", "net keeps its share of gross"
    assert editor.save.isEnabled()
    line.unfold.click()
    assert line.inside == ["Un"]


def test_what_the_card_says_live_is_what_is_stored(qtbot, shown):
    window, screen, kitchen = shown
    editor = show(qtbot, screen, kitchen.bread)
    editor.choose(CARD)
    salt = editor.recipe.add_part(kitchen.salt)
    qtbot.keyClicks(salt.gross, "12,5")
    live = editor.recipe.figures
    card = store(qtbot, screen)
    assert card.form.recipe[1] == Part(kitchen.salt, 12_500, 12_500)
    assert (card.cost_minor, card.margin_bp) == (live.whole_minor, live.margin_bp)
    undo(window)
    qtbot.waitUntil(lambda: len(screen.editor.card.form.recipe) == 1)
    assert len(window.bridge.app.call(get_product, kitchen.bread).form.recipe) == 1


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("0.123456789", "at most three decimals"),
        ("-5", "above nothing"),
        ("many", "is not a quantity"),
        ("9" * 50, "too long"),
    ],
)
def test_a_quantity_that_cannot_be_is_said_beside_the_line(qtbot, shown, typed, said):
    window, screen, kitchen = shown
    editor = show(qtbot, screen, kitchen.bread)
    editor.choose(CARD)
    (line,) = editor.recipe.lines
    line.gross.setText(typed)
    line._gross_typed(typed)
    assert said in line.problem.text()
    editor.send()
    assert editor.recipe.problem.text()
    assert window.bridge.app.call(get_product, kitchen.bread).version == editor.card.version


def test_a_preparation_inside_itself_is_refused_with_the_way(qtbot, shown):
    _, screen, kitchen = shown
    editor = show(qtbot, screen, kitchen.dough)
    line = editor.recipe.add_part(kitchen.bread)
    qtbot.keyClicks(line.gross, "1")
    editor.send()
    qtbot.waitUntil(lambda: bool(editor.recipe.problem.text()))
    assert "Xəmir → Çörək → Xəmir" in editor.recipe.problem.text()
    assert editor.tabs.key == CARD


def test_two_people_edit_one_dish_and_see_the_difference(qtbot, shown):
    window, screen, kitchen = shown
    app = window.bridge.app
    editor = show(qtbot, screen, kitchen.bread)
    qtbot.keyClicks(editor.general.barcode, "A-7")
    card = editor.card
    app.call(change_product, kitchen.bread, card.version, replace(card.form, note="isti verin"))
    editor.send()
    qtbot.waitUntil(lambda: hasattr(screen, "difference"))
    lines = screen.difference.lines
    assert ("Note", "isti verin", "–") in lines
    assert ("Barcode", "–", "A-7") in lines
    assert app.call(get_product, kitchen.bread).form.barcode == "", "nothing is stored yet"
    screen.difference.mine_button.click()
    qtbot.waitUntil(lambda: app.call(get_product, kitchen.bread).form.barcode == "A-7")
    qtbot.waitUntil(lambda: not screen.editor.is_changed)


def test_theirs_can_hold_too(qtbot, shown):
    window, screen, kitchen = shown
    app = window.bridge.app
    editor = show(qtbot, screen, kitchen.bread)
    qtbot.keyClicks(editor.general.barcode, "A-7")
    card = editor.card
    app.call(change_product, kitchen.bread, card.version, replace(card.form, note="isti verin"))
    editor.send()
    qtbot.waitUntil(lambda: hasattr(screen, "difference"))
    screen.difference.theirs_button.click()
    qtbot.waitUntil(lambda: editor.general.note.toPlainText() == "isti verin")
    assert editor.general.barcode.text() == ""


def test_a_new_dish_gets_a_name_a_price_and_its_card(qtbot, shown):
    window, screen, _ = shown
    screen.list.add.click()
    qtbot.waitUntil(lambda: screen._pages.currentWidget() is screen.editor)
    editor = screen.editor
    editor.general.name.setText("Qutab 🥟 " + "م" * 3)
    editor.general.price.setText("2,50")
    editor.general._told()
    card = store(qtbot, screen)
    assert card.form.name == "Qutab 🥟 ممم"
    assert [(one.name, one.price_minor) for one in card.variants] == [("", 250)]
    assert card.history[0].new_minor == 250
    assert "Qutab 🥟 ممم" in {one.name for one in window.bridge.app.call(list_products)}


@pytest.mark.parametrize(
    ("field", "typed", "said"),
    [
        ("name", "   ", "needs a name"),
        ("barcode", "4006381333932", "last digit"),
        ("tax", "101", "between 0 and 100"),
        ("price", "-1", "negative"),
        ("price", "99999999", "above a million"),
        ("price", "1.005", "more decimals"),
    ],
)
def test_what_cannot_be_is_said_beside_its_field(qtbot, shown, field, typed, said):
    window, screen, _ = shown
    screen.open_new()
    qtbot.waitUntil(lambda: screen._pages.currentWidget() is screen.editor)
    editor = screen.editor
    editor.general.name.setText("Qutab")
    getattr(editor.general, field).setText(typed)
    editor.general._told()
    editor.send()
    form = editor.general.right if field in ("price", "tax") else editor.general.left
    qtbot.waitUntil(lambda: said in form.row(field).error)
    assert editor.tabs.key == GENERAL
    assert len(window.bridge.app.call(list_products)) == 5


def test_a_price_is_changed_taken_back_and_remembered(qtbot, shown):
    window, screen, kitchen = shown
    app = window.bridge.app
    editor = show(qtbot, screen, kitchen.bread)
    editor.choose(PRICES)
    editor.prices.price_wanted.emit("", None, 118)
    dialog = screen.deeds.dialog
    dialog.price.setText("1,30")
    dialog.done_button.click()
    qtbot.waitUntil(lambda: editor.card.variants[0].price_minor == 130)
    undo(window)
    qtbot.waitUntil(lambda: editor.card.variants[0].price_minor == 118)
    assert [one.new_minor for one in app.call(get_product, kitchen.bread).history][:2] == [118, 130]


def test_a_price_list_has_a_price_of_its_own_until_it_is_dropped(qtbot, shown):
    window, screen, kitchen = shown
    app = window.bridge.app
    editor = show(qtbot, screen, kitchen.bread)
    editor.prices.price_wanted.emit("", kitchen.terrace, 118)
    screen.deeds.dialog.price.setText("1.50")
    screen.deeds.dialog.done_button.click()
    qtbot.waitUntil(lambda: list(editor.card.list_prices) == [(kitchen.terrace, "", 150)])
    undo(window)  # the list had none, and has none again
    qtbot.waitUntil(lambda: not app.call(get_product, kitchen.bread).list_prices)
    qtbot.waitUntil(lambda: not editor.card.list_prices)
    editor.prices.price_wanted.emit("", kitchen.terrace, 118)
    screen.deeds.dialog.price.setText("1.50")
    screen.deeds.dialog.done_button.click()
    qtbot.waitUntil(lambda: list(editor.card.list_prices) == [(kitchen.terrace, "", 150)])
    editor.prices.drop_wanted.emit(kitchen.terrace, "")
    qtbot.waitUntil(lambda: not editor.card.list_prices)
    assert app.call(get_product, kitchen.bread).variants[0].price_minor == 118


def test_a_new_size_needs_a_name(qtbot, shown):
    _, screen, kitchen = shown
    editor = show(qtbot, screen, kitchen.bread)
    editor.prices.add_size.click()
    dialog = screen.deeds.dialog
    dialog.price.setText("3")
    dialog.done_button.click()
    assert "needs a name" in dialog.form.row("variant").error
    dialog.size_name.setText("nəhəng")
    dialog.done_button.click()
    qtbot.waitUntil(lambda: len(editor.card.variants) == 3)


def test_the_stop_list_is_one_click_away_and_back(qtbot, shown):
    window, screen, kitchen = shown
    editor = show(qtbot, screen, kitchen.bread)
    editor.stop.click()
    screen.deeds.dialog.done_button.click()
    qtbot.waitUntil(lambda: editor.card.stopped == 0)
    assert "Off the stop list" in editor.stop.text()
    toast = window.findChild(Toast)
    before = toast._undo
    editor.stop.click()
    qtbot.waitUntil(lambda: editor.card.stopped is None)
    qtbot.waitUntil(lambda: toast._undo not in (None, before))
    undo(window)
    qtbot.waitUntil(lambda: editor.card.stopped == 0)


def test_prices_of_others_come_in_while_one_types(qtbot, shown):
    window, screen, kitchen = shown
    editor = show(qtbot, screen, kitchen.bread)
    qtbot.keyClicks(editor.general.barcode, "A-7")
    window.bridge.app.call(set_price, kitchen.bread, 140)
    qtbot.waitUntil(lambda: editor.card.variants[0].price_minor == 140)
    assert editor.general.barcode.text() == "A-7"


def test_a_group_of_choices_is_made_and_ticked(qtbot, shown):
    window, screen, kitchen = shown
    editor = show(qtbot, screen, kitchen.bread)
    editor.choices.group_wanted.emit(None)
    dialog = screen.group_dialog
    dialog.name.setText("Ölçü")
    dialog.least.setCurrentIndex(2)
    choice = dialog.rows[0]
    choice.name.setText("yarım")
    choice.takes.setCurrentIndex(choice.takes.findData(str(kitchen.flour)))
    assert choice.quantity.placeholderText() == "g"
    choice.takes.setCurrentIndex(0)
    assert choice.quantity.placeholderText() == ""
    dialog.follows.setChecked(True)
    dialog.done_button.click()
    qtbot.waitUntil(lambda: bool(dialog._counts["max_select"].row("max_select").error))
    dialog.least.setCurrentIndex(1)
    dialog.done_button.click()
    qtbot.waitUntil(lambda: len(editor.choices.boxes) == 2)
    qtbot.waitUntil(lambda: len(editor.choices.chosen) == 1)
    store(qtbot, screen)
    (chosen,) = window.bridge.app.call(get_product, kitchen.bread).form.choices
    (group,) = [one for one in window.bridge.app.call(list_choices) if one.name == "Ölçü"]
    assert (group.id, group.follows_size) == (chosen, True)


def test_leaving_asks_where_something_is_not_stored(qtbot, shown):
    window, screen, kitchen = shown
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    editor = show(qtbot, screen, kitchen.bread)
    qtbot.keyClicks(editor.general.barcode, "A-7")
    qtbot.keyClick(editor, Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: screen.leaving is not None)
    assert screen._pages.currentWidget() is editor
    screen.leaving._confirm()
    qtbot.waitUntil(lambda: screen._pages.currentWidget() is screen.list)


def test_archiving_what_is_used_says_where(qtbot, shown):
    _, screen, kitchen = shown
    editor = show(qtbot, screen, kitchen.flour)
    editor.general.ticks["active"].setChecked(False)
    editor.send()
    qtbot.waitUntil(editor.banner.isVisible)
    words = " ".join(one.text() for one in editor.banner.findChildren(QLabel))
    assert "Xəmir" in words


def test_categories_are_added_and_ordered(qtbot, shown):
    window, screen, _ = shown
    app = window.bridge.app
    screen.list.arrange.click()
    dialog = screen.categories
    qtbot.waitUntil(lambda: len(dialog.categories) == 2)
    for name in ("Bar", "Şirniyyat"):
        dialog.ask_new()
        dialog.editing.name.setText(name)
        dialog.editing.done_button.click()
        qtbot.waitUntil(lambda name=name: any(one.name == name for one in dialog.categories))
    sweet = next(one for one in dialog.categories if one.name == "Şirniyyat")
    dialog._move(sweet, -1)

    def order():
        return [one.name for one in app.call(list_categories) if one.parent_id is None]

    qtbot.waitUntil(lambda: order() == ["Mətbəx", "Şirniyyat", "Bar"])
    (oven,) = app.call(list_stations)
    dialog.ask_station(oven)
    dialog.naming.name.setText("Manqal")
    dialog.naming.done_button.click()
    qtbot.waitUntil(lambda: [one.name for one in app.call(list_stations)] == ["Manqal"])
    dialog.accept()


def test_a_station_takes_from_its_own_storage(qtbot, shown):
    window, screen, _ = shown
    app = window.bridge.app
    (oven,) = app.call(list_stations)
    kitchen = app.call(save_storage, None, StorageForm("Mətbəx", sells=True))
    dialog = arranged(qtbot, screen)
    assert dialog.lines[oven.id].source.isHidden()  # there is nothing to choose
    dialog.accept()
    bakery = app.call(save_storage, None, StorageForm("Çörək sexi"))
    dialog = arranged(qtbot, screen)
    box = dialog.lines[oven.id].source
    qtbot.waitUntil(box.isVisible)  # lines that come later are shown by the next turn of the loop
    qtbot.waitUntil(dialog.about_storages.isVisible)
    assert {box.itemData(at) for at in range(box.count())} == {None, kitchen, bakery}
    assert box.currentData() is None
    pick(box, bakery)
    qtbot.waitUntil(lambda: taken(app) == [bakery])
    qtbot.waitUntil(lambda: dialog.lines[oven.id].source.currentData() == bakery)
    pick(dialog.lines[oven.id].source, None)
    qtbot.waitUntil(lambda: taken(app) == [None])
    app.call(remove_storage, bakery)
    pick(dialog.lines[oven.id].source, bakery)
    qtbot.waitUntil(dialog.banner.isVisible)
    assert taken(app) == [None]
    qtbot.waitUntil(lambda: dialog.lines[oven.id].source.isHidden() is True)
    dialog.accept()


def arranged(qtbot, screen):
    screen.categories = None
    screen.list.arrange.click()
    qtbot.waitUntil(lambda: screen.categories is not None and bool(screen.categories.lines))
    return screen.categories


def pick(box, value):
    box.setCurrentIndex(box.findData(value))
    box.activated.emit(box.currentIndex())


def taken(app):
    return [one.storage_id for one in app.call(list_station_storages)]


def test_somebody_who_may_only_look_can_only_look(empty_desk, qtbot):
    window, screen = empty_desk.open("menu")
    app = window.bridge.app
    water = app.call(add_product, ProductForm("Su", ProductKind.GOODS, Unit.PIECE))
    qtbot.waitUntil(lambda: screen.editor is not None)
    editor = show(qtbot, screen, water)
    editor.show_allowed("not yours", "not yours", "not yours")
    qtbot.keyClicks(editor.general.name, "x")
    editor.general._told()
    assert not editor.save.isEnabled()
    assert editor.general.name.text() == "Su"
    assert not editor.stop.isEnabled()


def test_there_is_a_picture_of_it(qtbot, shown, photograph):
    window, screen, kitchen = shown
    window.resize(1440, 900)
    photograph(window, "menu_list")
    editor = show(qtbot, screen, kitchen.bread)
    for tab in ("general", "card", "choices", "prices"):
        editor.choose(tab)
        photograph(window, f"menu_{tab}")


def test_the_palette_finds_dishes_by_name_and_opens_them(qtbot, shown):
    window, screen, kitchen = shown
    found = []
    finders = Finders(window.shell)
    finders._products("corek", found.extend)
    qtbot.waitUntil(lambda: bool(found))
    (entry,) = found
    assert (entry.text, entry.hint) == ("Çörək", "Dish")
    entry.run()
    qtbot.waitUntil(lambda: screen.editor.card is not None)
    assert screen.editor.card.id == kitchen.bread


def test_a_narrow_window_sets_the_figures_below_the_card(qtbot, shown):
    window, screen, kitchen = shown
    editor = show(qtbot, screen, kitchen.bread)
    editor.choose(CARD)
    for size, below in (((1500, 900), False), ((1100, 700), True), ((1500, 900), False)):
        window.resize(*size)
        (line,) = editor.recipe.lines

        def laid_out(below=below, line=line):
            side, card = editor.recipe._side, line.mapTo(editor.recipe, line.rect().bottomLeft())
            return (side.mapTo(editor.recipe, side.rect().topLeft()).y() > card.y()) is below

        qtbot.waitUntil(laid_out)
        assert line.name.width() > 100


@pytest.mark.parametrize(("spoken", "said"), [("az", "8,00 – 28,00 ₼"), ("en", "₼8.00 – 28.00")])
def test_prices_of_sizes_name_the_currency_once(spoken, said):
    set_language(spoken)
    try:
        sizes = [VariantRow("yarım", 800), VariantRow("", 2800)]
        row = ProductRow(1, "Plov", "", True, sizes)
        assert prices_of(row, "AZN").replace("\u00a0", " ").replace("\u202f", " ") == said
    finally:
        set_language("en")
