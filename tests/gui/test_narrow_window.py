"""The window at its smallest: parts go below each other, and no sum of money is cut."""

from datetime import date

import pytest
from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import QLabel, QPushButton, QWidget

from desktop_app.gui.lists.head import ListHead
from desktop_app.gui.screens.orders.filter_bar import FilterBar
from desktop_app.gui.text import set_language, tr
from desktop_app.gui.widgets.button import allow, button
from desktop_app.gui.widgets.card import Card
from desktop_app.gui.widgets.tile import Figure, Tile
from desktop_app.gui.widgets.turning import Turning


@pytest.mark.parametrize("width", [160, 200, 228, 320])
def test_a_tile_writes_its_sum_as_large_as_it_fits_whole(qtbot, width):
    tile = Tile("Sales", "users")
    qtbot.addWidget(tile)
    tile.setMinimumWidth(0)
    tile.resize(width, 150)
    tile.show_figure(Figure("121,33 ₼"))
    needed = QFontMetrics(tile._value.font()).horizontalAdvance("121,33 ₼")
    assert needed <= width - 36
    tile.resize(228, 150)
    tile.show_figure(Figure("121,33 ₼", change="+395 %"))
    needed = QFontMetrics(tile._value.font()).horizontalAdvance("121,33 ₼")
    assert needed <= 228 - 36 - tile._change.width()


def test_parts_turn_below_each_other_where_there_is_no_room_and_back(qtbot):
    one, two = QLabel("one"), QLabel("two")
    both = Turning(one, two, least=500)
    qtbot.addWidget(both)
    both.resize(600, 200)
    both.show()
    assert both.beside
    assert one.y() == two.y()
    both.resize(400, 200)
    qtbot.waitUntil(lambda: two.y() > one.y())
    assert not both.beside
    both.resize(600, 200)
    qtbot.waitUntil(lambda: two.y() == one.y())


@pytest.mark.parametrize("language", ["en", "az"])
def test_the_states_of_orders_are_whole_and_actions_go_below_where_there_is_no_room(
    qtbot, language
):
    set_language(language)
    bar, action = FilterBar(date(2026, 11, 26)), button(tr("New receipt…"), "plus", "primary")
    bar.show_kinds(["Zal"])
    holder = QWidget()  # at its own smallest, a window would be held open by its parts
    qtbot.addWidget(holder)
    holder.resize(1100, 700)
    holder.show()
    head = ListHead(bar, [action])
    head.setParent(holder)
    for width in (head.least + 10, head.least - 10, head.least + 10):
        head.resize(width, head.heightForWidth(width))
        head.show()
        assert head.beside is (width > head.least)
        assert bar.geometry().right() <= head.width()
        for made in bar.status.findChildren(QPushButton):
            assert made.width() >= made.sizeHint().width()
        assert not action.geometry().intersects(bar.geometry())
    together = head.least
    action.hide()
    qtbot.waitUntil(lambda: head.least <= together - action.sizeHint().width())


def test_a_sentence_that_wraps_is_as_wide_as_the_card_allows(qtbot):
    card = Card("Sales", "What came in after discounts and refunds. " * 3, wraps=True)
    qtbot.addWidget(card)
    card.resize(300, 300)
    card.show()
    words = card.sentence
    assert words.width() > 300 - 60
    assert words.height() >= words.heightForWidth(words.width())


def test_a_button_that_is_allowed_again_has_its_tip_and_no_reason(qtbot):
    made = button("", "pencil", "ghost", tip="Change Qala")
    qtbot.addWidget(made)
    allow(made, "The venues are being read.")
    assert (made.toolTip(), made.accessibleDescription()) == ("The venues are being read.",) * 2
    allow(made)
    assert (made.toolTip(), made.accessibleDescription()) == ("Change Qala", "")
    assert made.accessibleName() == "Change Qala"
