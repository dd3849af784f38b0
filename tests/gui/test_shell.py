"""The window: screens, rights, palette, language, locking; every control has a name."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QWidget

from desktop_app.gui.desk import DeskState
from desktop_app.gui.fuzzy import score
from desktop_app.gui.palette_list import Entry
from desktop_app.gui.sign_in import SignInWindow
from desktop_app.gui.text import set_language
from desktop_app.kernel.access import Role
from tests.gui import gallery
from tests.gui.desk_room import CODE, RoomDesk, RoomSession

INTERACTIVE = {
    QAccessible.Role.Button,
    QAccessible.Role.ButtonMenu,
    QAccessible.Role.CheckBox,
    QAccessible.Role.RadioButton,
    QAccessible.Role.ComboBox,
    QAccessible.Role.EditableText,
    QAccessible.Role.Table,
    QAccessible.Role.List,
    QAccessible.Role.MenuItem,
    QAccessible.Role.SpinBox,
}


@pytest.fixture
def make_window(qtbot):
    made = []

    def make(role=Role.OWNER):
        window = gallery.window(RoomSession(role))
        made.append(window)
        window.show()
        window.activateWindow()
        qtbot.waitUntil(window.isActiveWindow)
        return window

    yield make
    for window in made:
        if "orders" in window._pages:
            window.page("orders").source.close()
        if not window._leaving:
            with qtbot.waitSignal(window.closed):
                window.close()


def unnamed(widget: QWidget) -> list[str]:
    """Return the interactive elements below a widget that a screen reader cannot name."""
    found, queue = [], [QAccessible.queryAccessibleInterface(widget)]
    while queue:
        here = queue.pop()
        if here is None or here.state().invisible:
            continue
        if here.role() in INTERACTIVE and not here.text(QAccessible.Text.Name):
            found.append(f"{here.object()} {here.role()}")
        if here.role() not in (QAccessible.Role.Table, QAccessible.Role.List):
            queue.extend(here.child(at) for at in range(here.childCount()))
    return found


@pytest.mark.parametrize("key", ["dashboard", "orders", "menu"])
def test_every_control_of_the_window_has_a_name(make_window, key):
    window = make_window()
    window.go(key)
    assert not unnamed(window)


@pytest.mark.parametrize("page", ["show_unlock", "show_recover", "show_first_start"])
def test_every_control_of_the_sign_in_has_a_name(qtbot, page):
    window = SignInWindow(RoomDesk())
    qtbot.addWidget(window)
    window.show()
    getattr(window, page)()
    assert not unnamed(window)


def test_the_walk_finds_a_control_without_a_name(qtbot):
    from PySide6.QtWidgets import QPushButton, QVBoxLayout

    holder = QWidget()
    qtbot.addWidget(holder)
    QVBoxLayout(holder).addWidget(QPushButton())
    holder.show()
    assert len(unnamed(holder)) == 1


def test_a_screen_without_the_right_is_shown_disabled_with_the_reason(make_window):
    window = make_window(Role.STAFF)
    item = window._sidebar.item("customers")
    assert not item.isEnabled()
    assert item.toolTip() == ("Needs the right “See customers”. Ask Aysel Məmmədova (Owner).")
    window.go("customers")
    assert window.key == "orders"


def test_screens_are_built_when_first_opened(make_window):
    window = make_window()
    assert list(window._pages) == ["dashboard"]
    window.go("orders")
    first = window.page("orders")
    window.go("dashboard")
    window.go("orders")
    assert window.page("orders") is first


def test_the_palette_opens_finds_and_goes(make_window, qtbot, watchdog):
    window = make_window()
    with watchdog:
        qtbot.keyClick(window, Qt.Key.Key_K, Qt.KeyboardModifier.ControlModifier)
        field = window._palette.field
        qtbot.waitUntil(field.hasFocus)
        qtbot.keyClicks(field, "orde")
        assert window._palette.current().text == "Orders"
    qtbot.keyClick(field, Qt.Key.Key_Return)
    assert window.key == "orders"
    assert window._palette.isHidden()
    print(f"\nlongest hold of the palette {watchdog.longest_s * 1000:.1f} ms")


def test_the_arrows_pass_over_headings_and_escape_gives_the_focus_back(make_window, qtbot):
    window = make_window()
    item = window._sidebar.item("orders")
    item.setFocus()
    window.open_palette()
    field = window._palette.field
    seen = []
    for _ in range(14):
        seen.append(window._palette.current().text)
        qtbot.keyClick(field, Qt.Key.Key_Down)
    assert seen[0] == seen[-1] or len(set(seen)) == len(seen)
    assert "Commands" not in seen
    qtbot.keyClick(field, Qt.Key.Key_Escape)
    assert item.hasFocus()


def test_an_answer_to_an_older_text_is_dropped(make_window, qtbot):
    window = make_window()
    asked = []
    window.show_commands(providers=[lambda text, then: asked.append((text, then))])
    window.open_palette()
    field = window._palette.field
    qtbot.keyClicks(field, "leyla")
    qtbot.waitUntil(lambda: len(asked) == 1)
    qtbot.keyClicks(field, "x")
    asked[0][1]([Entry("Customers", "Leyla Əliyeva", "user-round", print)])
    assert window._palette.current() is None
    qtbot.waitUntil(lambda: len(asked) == 2)
    asked[1][1]([Entry("Customers", "Leylax", "user-round", print)])
    assert window._palette.current().text == "Leylax"
    window._palette.close_palette()


def test_letters_are_found_as_people_type_them():
    assert score("eliyeva", "Leyla Əliyeva") > score("eliyeva", "Beliyevan") > 0
    assert score("sifaris", "Sifarişlər") > 100
    assert score("oders", "Orders") == 10
    assert score("xyz", "Orders") == 0


def test_another_language_rebuilds_the_window_and_keeps_the_page(make_window):
    window = make_window()
    window.go("menu")
    set_language("az")
    assert window.key == "menu"
    assert window._sidebar.item("menu").accessibleName().endswith("cari səhifə")
    assert "3 gözləyir" in window._sidebar.item("privacy").accessibleName()


def test_a_page_switch_never_holds_the_event_loop(make_window, qtbot, watchdog):
    window = make_window()
    window.go("staff")
    with watchdog:
        for key in ("dashboard", "staff", "customers", "dashboard"):
            window.go(key)
            qtbot.wait(20)
    print(f"\nlongest hold of a page switch {watchdog.longest_s * 1000:.1f} ms")


def test_locking_closes_the_session_and_asks_again(make_window, qtbot):
    window = make_window()
    session = window._session
    with qtbot.waitSignal(window.locked):
        qtbot.keyClick(window, Qt.Key.Key_L, Qt.KeyboardModifier.ControlModifier)
    assert session.closed


@pytest.fixture
def sign_in(qtbot):
    desk = RoomDesk()
    window = SignInWindow(desk)
    qtbot.addWidget(window)
    window.show()
    yield desk, window
    desk.lane.shutdown()


def test_the_right_password_gives_a_session(qtbot, sign_in):
    desk, window = sign_in
    qtbot.keyClicks(window.page.password.field, desk.password)
    with qtbot.waitSignal(window.signed_in) as signed_in:
        qtbot.keyClick(window.page.password.field, Qt.Key.Key_Return)
    assert signed_in.args == [desk.last]


def test_a_wrong_password_says_so_and_three_make_a_wait(qtbot, sign_in):
    _, window = sign_in
    for said in ("The password is wrong.", "The password is wrong.", "Try again in 30 seconds."):
        qtbot.keyClicks(window.page.password.field, "wrong")
        window.page.submit()
        qtbot.waitUntil(lambda said=said: said in window.page.failure())
        assert window.page.password.text() == ""
    assert not window.page.action.isEnabled()


def test_the_recovery_key_is_checked_group_by_group(qtbot, sign_in):
    desk, window = sign_in
    window.show_recover()
    page = window.page
    page.code.paste(CODE.replace("027148", "027147"))
    page.submit()
    assert "Group 2" in page._form.row("code").error
    page.code.paste(CODE)
    page.password.field.setText("a new long password")
    page.again.field.setText("a new long password")
    with qtbot.waitSignal(window.signed_in):
        page.submit()
    assert desk.password == "a new long password"


def test_the_first_start_shows_the_recovery_key_once_and_has_it_typed_back(qtbot):
    desk = RoomDesk(DeskState.EMPTY)
    window = SignInWindow(desk)
    qtbot.addWidget(window)
    window.show()
    window.page.submit()
    page = window.page
    page.venue.setText("Şirvanşah")
    page.submit()
    assert page._form.row("owner").error == "Please fill this in."
    page.owner.setText("Aysel")
    for field in (page.password, page.again):
        field.field.setText("correct horse battery")
    page.submit()
    qtbot.waitUntil(lambda: hasattr(window.page, "groups"))
    window.page.submit()
    for at, field in window.page.fields.items():
        field.setText(CODE.split("-")[at])
    with qtbot.waitSignal(window.signed_in):
        window.page.submit()
    desk.lane.shutdown()


def test_caps_lock_is_noticed_while_typing(qtbot, sign_in):
    _, window = sign_in
    field = window.page.password.field
    with qtbot.waitSignal(field.caps_lock) as caps:
        qtbot.keyClicks(field, "A", Qt.KeyboardModifier.NoModifier)
    assert caps.args == [True]
    with qtbot.waitSignal(field.caps_lock) as caps:
        qtbot.keyClicks(field, "a")
    assert caps.args == [False]
