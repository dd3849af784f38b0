"""PySide6 6.12.0 on Python 3.11 loses a reference to None with every void call and then aborts.

The program would die after some thousand paints. This proves that the pair we run with does not.
"""

import os

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

import sys

import pytest
from PySide6.QtCore import QAbstractTableModel, QRect, Qt
from PySide6.QtGui import QColor, QPainter, QPixmap
from PySide6.QtWidgets import QLabel, QStyledItemDelegate, QTableView, QWidget

CALLS = 10_000
NOISE = 200


def lost(act, calls=CALLS) -> int:
    act()
    before = sys.getrefcount(None)
    for _ in range(calls):
        act()
    return before - sys.getrefcount(None)


@pytest.mark.parametrize(
    "call", ["setPen", "fillRect", "drawText", "drawPixmap", "setText", "update", "save"]
)
def test_ten_thousand_void_calls_lose_no_reference_to_none(qapp, call):
    pixmap, stamp = QPixmap(64, 64), QPixmap(8, 8)
    stamp.fill(QColor("red"))
    painter, label, red = QPainter(pixmap), QLabel("x"), QColor("red")
    place, middle = QRect(0, 0, 50, 20), Qt.AlignmentFlag.AlignCenter
    acts = {
        "setPen": lambda: painter.setPen(red),
        "fillRect": lambda: painter.fillRect(place, red),
        "drawText": lambda: painter.drawText(place, middle, "₼"),
        "drawPixmap": lambda: painter.drawPixmap(1, 1, stamp),
        "setText": lambda: label.setText("a"),
        "update": label.update,
        "save": lambda: (painter.save(), painter.restore()),
    }
    try:
        assert abs(lost(acts[call])) < NOISE
    finally:
        painter.end()


class Ground(QWidget):
    painted = 0

    def paintEvent(self, _event):  # noqa: N802 - Qt's name
        Ground.painted += 1


class Rows(QAbstractTableModel):
    def rowCount(self, _parent=None):  # noqa: N802 - Qt's name
        return 50

    def columnCount(self, _parent=None):  # noqa: N802 - Qt's name
        return 9

    def data(self, _index, _role=0):
        return None


class Nothing(QStyledItemDelegate):
    painted = 0

    def paint(self, _painter, _option, _index):
        Nothing.painted += 1


def test_python_paint_methods_lose_no_reference_to_none(qtbot):
    view, rows = QTableView(), Rows()
    view.setModel(rows)
    view.setItemDelegate(Nothing(view))
    ground = Ground()
    for widget in (ground, view):
        qtbot.addWidget(widget)
        widget.resize(600, 400)
        with qtbot.waitExposed(widget):
            widget.show()
    assert abs(lost(ground.repaint, 200)) < NOISE
    assert abs(lost(view.viewport().repaint, 100)) < NOISE
    assert Ground.painted > 200
    assert Nothing.painted > 5_000
