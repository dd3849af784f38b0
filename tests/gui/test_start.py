"""From the first window to the last: sign in, lock, sign in again, close; and what is kept."""

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
