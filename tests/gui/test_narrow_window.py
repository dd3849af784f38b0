"""The window at its smallest: parts go below each other, and no sum of money is cut."""

import pytest
from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import QLabel

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
