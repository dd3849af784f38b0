"""The settings screen on a real store: choices, users, one's own password."""

import shutil

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication

from desktop_app.access.users import list_users
from desktop_app.gui.catalogue import SCREENS
from desktop_app.gui.screens.settings.dialogs import CodeDialog, UserDialog
from desktop_app.gui.widgets.dialog import ConfirmDialog
from desktop_app.gui.window import Window
from desktop_app.kernel.access import Role
from desktop_app.kernel.errors import NotAllowedError
from desktop_app.sign_in import Reception
from desktop_app.venue.operations import get_settings
from tests.gui.sales_room import close, new_store, sign_in
from tests.gui.step_up_room import give_password
from tests.gui.test_shell import unnamed

GOOD = "doqquz samovar altmis agac"


@pytest.fixture(scope="session")
def template(tmp_path_factory):
    folder = tmp_path_factory.mktemp("settings") / "store"
    with new_store(folder) as app:
        app._store.keys.unlocked.add_user("elvin", Role.STAFF, "demo", weak_password_allowed=True)
    return folder


@pytest.fixture
def folder(template, tmp_path):
    return shutil.copytree(template, tmp_path / "store")


@pytest.fixture
def opened(qtbot, folder):
    made = []

    def open_as(name):
        window = Window(sign_in(folder, name), SCREENS)
        made.append(window)
        window.show()
        window.go("settings")
        return window, window.page("settings")

    yield open_as
    for window in made:
        close(qtbot, window)


def typed(qtbot, field, text):
    field.setFocus()
    field.selectAll()
    qtbot.keyClicks(field, text)


def test_a_setting_is_stored_and_a_wrong_value_is_refused_beside_its_field(qtbot, opened):
    window, page = opened("owner")
    field = page.choices.fields["window.lock_after_minutes"]
    qtbot.waitUntil(lambda: field.text() == "5")
    typed(qtbot, field, "500")
    qtbot.keyClick(field, Qt.Key.Key_Return)
    row = page.choices.form.row("window.lock_after_minutes")
    qtbot.waitUntil(lambda: "500" in row.error)
    typed(qtbot, field, "12")
    qtbot.keyClick(field, Qt.Key.Key_Return)
    session = window.bridge.app
    qtbot.waitUntil(lambda: session.call(get_settings)["window.lock_after_minutes"] == "12")
    assert row.error == ""


def _door(window, folder):
    """Return the way in with the clock of a window."""
    return Reception(folder, clock=window.bridge.app._store.clock, keyring=False)


def test_the_owner_adds_a_user_who_can_sign_in(qtbot, opened, folder):
    window, page = opened("owner")
    qtbot.waitUntil(lambda: set(page.users.names) == {"owner", "elvin"})
    page.users.adding.click()
    dialog = page.users.findChild(UserDialog)
    typed(qtbot, dialog.name, "Aysel")
    dialog.role.setCurrentIndex(dialog.role.findData("manager"))
    qtbot.mouseClick(dialog.done_button, Qt.MouseButton.LeftButton)
    give_password(qtbot, window)
    qtbot.waitUntil(lambda: page.users.findChild(CodeDialog) is not None, timeout=10_000)
    shown = page.users.findChild(CodeDialog)
    code = shown.shown.text()
    shown.accept()
    qtbot.waitUntil(lambda: set(page.users.names) == {"owner", "elvin", "Aysel"}, timeout=10_000)
    with _door(window, folder).choose_password("Aysel", code, GOOD) as app:
        assert app.actor.role == Role.MANAGER


def test_a_taken_name_is_said_in_the_dialog_and_nothing_changes(qtbot, opened):
    window, page = opened("owner")
    qtbot.waitUntil(lambda: len(page.users.names) == 2)
    page.users.adding.click()
    dialog = page.users.findChild(UserDialog)
    typed(qtbot, dialog.name, "ELVIN")
    qtbot.mouseClick(dialog.done_button, Qt.MouseButton.LeftButton)
    give_password(qtbot, window)
    qtbot.waitUntil(dialog.banner.isVisible, timeout=10_000)
    assert len(window.bridge.app.call(list_users)) == 2
    dialog.reject()


def test_the_owner_resets_a_password_and_hands_a_code_over(qtbot, opened, folder):
    window, page = opened("owner")
    qtbot.waitUntil(lambda: len(page.users.names) == 2)
    page.users._reset("elvin")
    page.users.findChild(ConfirmDialog)._confirm()
    give_password(qtbot, window)
    qtbot.waitUntil(lambda: page.users.findChild(CodeDialog) is not None, timeout=10_000)
    dialog = page.users.findChild(CodeDialog)
    dialog.copy.click()
    assert QGuiApplication.clipboard().text() == dialog.shown.text()
    with pytest.raises(NotAllowedError):
        Reception(folder, keyring=False).sign_in("elvin", "demo")
    code = dialog.shown.text()
    dialog.accept()
    with _door(window, folder).choose_password("elvin", code, GOOD) as app:
        assert app.actor.name == "elvin"
    assert window.isVisible()


def test_staff_change_their_own_password_but_see_no_users(qtbot, opened, folder):
    _window, page = opened("elvin")
    assert page.users.names == []
    assert not page.users.adding.isEnabled()
    assert not page.choices.fields["disk.warn_below_mb"].isEnabled()
    typed(qtbot, page.password.old.field, "wrong")
    typed(qtbot, page.password.new.password.field, GOOD)
    typed(qtbot, page.password.new.again.field, GOOD)
    page.password.change.click()
    qtbot.waitUntil(lambda: page.password.form.row("old").error != "", timeout=10_000)
    typed(qtbot, page.password.old.field, "demo")
    page.password.change.click()
    qtbot.waitUntil(lambda: page.password.new.text() == "", timeout=10_000)
    with Reception(folder, keyring=False).sign_in("elvin", GOOD):
        pass
    with pytest.raises(NotAllowedError):
        Reception(folder, keyring=False).sign_in("elvin", "demo")


def test_everything_has_a_name(qtbot, opened):
    _window, page = opened("owner")
    qtbot.waitUntil(lambda: len(page.users.names) == 2)
    assert unnamed(page) == []
