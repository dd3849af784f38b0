"""The settings screen on a real store: choices, users, one's own password."""

import shutil

import pytest
from PySide6.QtCore import Qt

from desktop_app.gui.catalogue import SCREENS
from desktop_app.gui.usher import PasswordAgainDialog
from desktop_app.gui.window import Window
from desktop_app.kernel.access import Role
from desktop_app.kernel.errors import NotAllowedError
from desktop_app.sign_in import Reception
from desktop_app.venue.operations import get_settings
from tests.gui.sales_room import close, new_store, sign_in
from tests.gui.step_up_room import asked_again, give_password
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


def test_ones_own_password_comes_before_what_belongs_to_the_restaurant(qtbot, opened):
    window, page = opened("owner")
    window.resize(1440, 900)
    qtbot.waitUntil(lambda: page.choices.x() >= 0 and page.choices.isVisible())
    own, shared = (one.mapTo(page, one.rect().topLeft()) for one in (page.password, page.choices))
    assert own.x() < shared.x()
    assert own.y() == shared.y()


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


def test_a_rule_of_security_asks_for_the_password_and_nothing_changes_without(qtbot, opened):
    window, page = opened("owner")
    name = "access.request_hours"
    field = page.choices.fields[name]
    qtbot.waitUntil(lambda: field.text() == "24")
    typed(qtbot, field, "12")
    qtbot.keyClick(field, Qt.Key.Key_Return)
    asked_again(qtbot, window).reject()
    row = page.choices.form.row(name)
    qtbot.waitUntil(lambda: row.error != "", timeout=10_000)
    session = window.bridge.app
    assert session.call(get_settings)[name] == "24"
    qtbot.waitUntil(lambda: window.findChild(PasswordAgainDialog) is None)
    typed(qtbot, field, "36")
    qtbot.keyClick(field, Qt.Key.Key_Return)
    give_password(qtbot, window)
    qtbot.waitUntil(lambda: session.call(get_settings)[name] == "36", timeout=20_000)
    assert row.error == ""


def test_staff_change_their_own_password_but_no_settings_of_the_restaurant(qtbot, opened, folder):
    _window, page = opened("elvin")
    field = page.choices.fields["disk.warn_below_mb"]
    assert not field.isEnabled()
    assert field.toolTip() == "Needs the right “Change settings”. Ask owner (Owner)."
    restaurant = (page.choices, page.four_eyes, page.card_numbers, page.pay, page.recovery)
    assert not any(card.isVisible() for card in restaurant)
    qtbot.waitUntil(page.password.isVisible)
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
    qtbot.waitUntil(lambda: page.choices.fields["window.lock_after_minutes"].text() == "5")
    assert unnamed(page) == []
