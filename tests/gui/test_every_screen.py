"""Every screen of the owner: each control has a name, and Tab comes to it; no part flashes up."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QWidget

from desktop_app.gui.catalogue import SCREENS
from desktop_app.gui.window import Window
from tests.gui.sales_room import new_store, sign_in
from tests.gui.test_shell import unnamed

MOST = 400  # more than any page has; who presses Tab so often is in a trap
QUIET_MS = 250


@pytest.fixture
def window(tmp_path, qtbot):
    new_store(tmp_path / "store").close()
    made = Window(sign_in(tmp_path / "store"), SCREENS)
    made.resize(1440, 900)
    made.show()
    made.activateWindow()
    qtbot.waitUntil(made.isActiveWindow)
    yield made
    with qtbot.waitSignal(made.closed):
        made.close()


def in_reach(page: QWidget) -> set[QWidget]:
    """Return what Tab has to come to: of a choice of a few, the one in force."""
    return {
        one
        for one in page.findChildren(QWidget)
        if one.isVisible()
        and one.isEnabled()
        and one.focusPolicy() & Qt.FocusPolicy.TabFocus
        and one.focusProxy() is None
        and not (isinstance(one, QAbstractButton) and one.autoExclusive() and not one.isChecked())
    }


def reached(window: QWidget) -> list[QWidget]:
    """Press Tab until it comes to where it began."""
    found: list[QWidget] = []
    if QApplication.focusWidget() is None:
        QTest.keyClick(window, Qt.Key.Key_Tab)
    for _ in range(MOST):
        here = QApplication.focusWidget()
        if here is None or here in found:
            break
        found.append(here)
        QTest.keyClick(here, Qt.Key.Key_Tab)
    return found


@pytest.mark.parametrize("key", [spec.key for spec in SCREENS])
def test_every_control_has_a_name_and_tab_comes_to_it(window, qtbot, key):
    window.go(key)
    assert window.key == key
    qtbot.wait(QUIET_MS)
    assert window.isActiveWindow()  # a part shown before it has its place is a window of its own
    page = window.page(key)
    qtbot.waitUntil(lambda: bool(in_reach(page)))
    assert not unnamed(window)
    found = reached(window)
    wanted = in_reach(page)
    missed = [f"{type(one).__name__} {one.accessibleName()}" for one in wanted - set(found)]
    assert not missed, found
