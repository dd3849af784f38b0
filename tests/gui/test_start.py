"""From the first window to the last: sign in, lock, sign in again, close; and what is kept."""

import time

from PySide6.QtWidgets import QApplication

from desktop_app.gui import theme
from desktop_app.gui.sign_in import SignInWindow
from desktop_app.gui.start import Front
from desktop_app.gui.text import language, set_language
from desktop_app.gui.tokens import DARK, LIGHT
from desktop_app.gui.window import Window
from tests.gui import gallery
from tests.gui.desk_room import RoomDesk


def enter(qtbot, front, desk):
    front.shown.page.password.field.setText(desk.password)
    front.shown.page.submit()
    qtbot.waitUntil(lambda: isinstance(front.shown, Window))


def test_signing_in_locking_and_signing_in_again(qtbot, tmp_path):
    desk = RoomDesk()
    front = Front(desk, tmp_path, gallery.specs())
    front.show_sign_in()
    enter(qtbot, front, desk)
    first = desk.last
    front.shown.lock()
    qtbot.waitUntil(lambda: isinstance(front.shown, SignInWindow))
    assert first.closed
    enter(qtbot, front, desk)
    assert desk.last is not first
    with qtbot.waitSignal(front.shown.closed):
        front.shown.close()
    assert desk.last.closed
    desk.lane.shutdown()


def test_theme_and_language_are_remembered(qapp, tmp_path):
    front = Front(RoomDesk(), tmp_path, ())
    front.dress("tr")
    assert (language(), theme.theme.tokens) == ("tr", LIGHT)
    theme.switch()
    front._settings.sync()
    set_language("en")
    theme.apply(LIGHT)
    kept = (tmp_path / "window.ini").read_text()
    assert "theme=dark" in kept
    assert "language=tr" in kept
    again = Front(RoomDesk(), tmp_path, ())
    front._settings.setValue("theme", "dark")
    front._settings.setValue("language", "tr")
    again.dress("")
    assert (language(), theme.theme.tokens) == ("tr", DARK)


def test_switching_the_theme_of_a_full_window_costs_less_than_building_it(qtbot):
    began = time.thread_time()
    window = gallery.window()
    window.show()
    QApplication.processEvents()
    built = time.thread_time() - began
    times = []
    for _ in range(6):
        before = time.thread_time()
        theme.switch()
        QApplication.processEvents()
        times.append(time.thread_time() - before)
    switched = sorted(times)[2]
    print(f"\nbuilt in {built * 1000:.0f} ms, theme switched in {switched * 1000:.0f} ms")
    assert switched < 1.5 * built  # a ratio: a slow machine builds slowly too (measured: 0.5)
    with qtbot.waitSignal(window.closed):
        window.close()
