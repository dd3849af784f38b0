"""The access screen on a real store: people, roles, my rights, and what is not available."""

import shutil

import pypdfium2
import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QLabel, QPushButton

from desktop_app.access.users import (
    change_user,
    get_rights,
    list_roles,
    list_users,
    save_role,
)
from desktop_app.gui.catalogue import SCREENS
from desktop_app.gui.screens.access.code_dialog import CodeDialog
from desktop_app.gui.screens.access.person_dialogs import ChangeDialog, PersonDialog
from desktop_app.gui.screens.access.role_dialog import RoleDialog
from desktop_app.gui.widgets.badge import Badge
from desktop_app.gui.widgets.dialog import ConfirmDialog
from desktop_app.gui.window import Window
from desktop_app.kernel.access import Limit, Permission, Role
from desktop_app.kernel.errors import NotAllowedError
from desktop_app.sign_in import Reception
from tests.database.shop import confirmed
from tests.gui.sales_room import close, new_store, sign_in
from tests.gui.step_up_room import give_password
from tests.gui.test_shell import unnamed

GOOD = "doqquz samovar altmis agac"
SLOW_MS = 20_000


@pytest.fixture(scope="session")
def template(tmp_path_factory):
    folder = tmp_path_factory.mktemp("access") / "store"
    with new_store(folder) as app:
        keys = app._store.keys.unlocked
        keys.add_user("elvin", Role.STAFF, "demo", weak_password_allowed=True)
        keys.add_user("murad", Role.MANAGER, "demo", weak_password_allowed=True)
    return folder


@pytest.fixture
def folder(template, tmp_path):
    return shutil.copytree(template, tmp_path / "store")


@pytest.fixture
def opened(qtbot, folder):
    made = []

    def open_as(name, part):
        window = Window(sign_in(folder, name), SCREENS)
        made.append(window)
        window.show()
        window.go("access", part)
        page = window.page("access")
        qtbot.waitUntil(lambda: page._stack.currentWidget() is not None)
        if page.people is not None:
            qtbot.waitUntil(lambda: bool(page.people.names))
        if page.roles is not None:
            qtbot.waitUntil(lambda: bool(page.roles.buttons))
        return window, page

    yield open_as
    for window in made:
        close(qtbot, window)


def _door(window, folder):
    """Return the way in with the clock of a window."""
    return Reception(folder, clock=window.bridge.app._store.clock, keyring=False)


def tool(page, name, icon_tip):
    line = page.people.lines[name]

    return next(
        made for made in line.findChildren(QPushButton) if icon_tip in made.accessibleName()
    )


def test_the_owner_lets_somebody_in_who_chooses_a_password(qtbot, opened, folder):
    window, page = opened("owner", "people")
    page.people.adding.click()
    dialog = page.people.findChild(PersonDialog)
    qtbot.keyClicks(dialog.name, "Aysel")
    dialog.choice.choose("manager", None)
    assert "customers" in dialog.choice.opens.text().partition("Stays shut")[0]
    qtbot.mouseClick(dialog.done_button, Qt.MouseButton.LeftButton)
    give_password(qtbot, window)
    qtbot.waitUntil(lambda: page.people.findChild(CodeDialog) is not None, timeout=SLOW_MS)
    shown = page.people.findChild(CodeDialog)
    code = shown.shown.text()
    shown.copy.click()
    assert QGuiApplication.clipboard().text() == code
    shown.accept()
    qtbot.waitUntil(lambda: "Aysel" in page.people.names, timeout=SLOW_MS)
    with _door(window, folder).choose_password("Aysel", code, GOOD) as app:
        assert app.actor.role == Role.MANAGER


def test_a_one_time_code_is_saved_as_a_slip_that_only_its_maker_can_read(qtbot, opened, tmp_path):
    window, page = opened("owner", "people")
    tool(page, "elvin", "Reset").click()
    page.people.findChild(ConfirmDialog).confirmed.emit()
    give_password(qtbot, window)
    qtbot.waitUntil(lambda: page.people.findChild(CodeDialog) is not None, timeout=SLOW_MS)
    dialog = page.people.findChild(CodeDialog)
    dialog.save_to(tmp_path / "missing" / "code.pdf")
    qtbot.waitUntil(dialog.banner.isVisible, timeout=SLOW_MS)
    path = tmp_path / "code.pdf"
    dialog.save_to(path)
    qtbot.waitUntil(lambda: "code.pdf" in dialog.slip.text(), timeout=SLOW_MS)
    assert path.stat().st_mode & 0o777 == 0o600
    with pypdfium2.PdfDocument(path) as document:
        text = document[0].get_textpage().get_text_bounded()
    assert dialog.shown.text() in text
    assert "elvin" in text
    dialog.accept()


def test_a_taken_name_is_said_in_the_dialog_and_nothing_changes(qtbot, opened):
    window, page = opened("owner", "people")
    page.people.adding.click()
    dialog = page.people.findChild(PersonDialog)
    qtbot.keyClicks(dialog.name, "ELVIN")
    qtbot.mouseClick(dialog.done_button, Qt.MouseButton.LeftButton)
    give_password(qtbot, window)
    qtbot.waitUntil(dialog.banner.isVisible, timeout=SLOW_MS)
    assert len(window.bridge.app.call(list_users)) == 3
    dialog.reject()


def test_another_role_says_which_keys_are_made_anew_and_takes_effect(qtbot, opened):
    window, page = opened("owner", "people")
    tool(page, "murad", "Role and venues").click()
    dialog = page.people.findChild(ChangeDialog)
    assert not dialog.done_button.isEnabled()
    dialog.choice.choose("staff", None)
    assert "customers" in dialog.keys.text()
    assert dialog.difference.text().startswith("Less:")
    dialog.done_button.click()
    give_password(qtbot, window)
    session = window.bridge.app
    qtbot.waitUntil(lambda: session.call(get_rights, "murad").role == "staff", timeout=SLOW_MS)
    qtbot.waitUntil(lambda: "Staff" in _badges(page, "murad"), timeout=SLOW_MS)


def _badges(page, name):
    return [badge.mood.text for badge in page.people.lines[name].findChildren(Badge)]


def test_taking_access_away_names_the_keys_before_and_ends_the_sign_in(qtbot, opened, folder):
    window, page = opened("owner", "people")
    tool(page, "murad", "Take access").click()
    dialog = page.people.findChild(ConfirmDialog)
    said = " ".join(made.text() for made in dialog.findChildren(QLabel))
    assert "New keys will be made for: " in said
    assert "customers" in said
    dialog._confirm()
    give_password(qtbot, window)
    qtbot.waitUntil(lambda: "murad" not in page.people.names, timeout=SLOW_MS)
    with pytest.raises(NotAllowedError):
        Reception(folder, keyring=False).sign_in("murad", "demo")


def test_an_owner_who_leaves_takes_no_key_along_and_a_new_sheet_is_shown(qtbot, opened, folder):
    with sign_in(folder, "owner") as app:
        app._store.keys.unlocked.add_user("sona", Role.OWNER, "demo", weak_password_allowed=True)
    window, page = opened("owner", "people")
    assert not tool(page, "sona", "Role and venues").isEnabled()
    tool(page, "sona", "Take access").click()
    page.people.findChild(ConfirmDialog)._confirm()
    give_password(qtbot, window)
    qtbot.waitUntil(lambda: page.people.sheet is not None, timeout=SLOW_MS)
    assert len(page.people.sheet.shown.text().split()) == 9
    qtbot.waitUntil(lambda: "sona" not in page.people.names, timeout=SLOW_MS)
    page.people.sheet.accept()
    with pytest.raises(NotAllowedError):
        Reception(folder, keyring=False).sign_in("sona", "demo")


def test_a_reset_gives_a_code_once(qtbot, opened, folder):
    window, page = opened("owner", "people")
    tool(page, "elvin", "Reset").click()
    page.people.findChild(ConfirmDialog)._confirm()
    give_password(qtbot, window)
    qtbot.waitUntil(lambda: page.people.findChild(CodeDialog) is not None, timeout=SLOW_MS)
    dialog = page.people.findChild(CodeDialog)
    code = dialog.shown.text()
    dialog.accept()
    with pytest.raises(NotAllowedError):
        Reception(folder, keyring=False).sign_in("elvin", "demo")
    with _door(window, folder).choose_password("elvin", code, GOOD) as app:
        assert app.actor.name == "elvin"


def test_nobody_finds_a_way_to_change_their_own_rights_here(qtbot, opened):
    _window, page = opened("owner", "people")
    for tip in ("Role and venues", "Take access", "Reset"):
        assert not tool(page, "owner", tip).isEnabled()
    assert "Nobody changes their own rights" in tool(page, "owner", "Take access").toolTip()


def test_a_role_begins_as_a_copy_and_is_stored_with_its_limits(qtbot, opened):
    window, page = opened("owner", "roles")
    page.roles.choose("staff")
    page.roles._copy(page.roles._roles["staff"])
    dialog = page.roles.findChild(RoleDialog)
    assert dialog.boxes[Permission.ORDERS_READ].isChecked()
    assert Permission.USERS_MANAGE not in dialog.boxes
    qtbot.keyClicks(dialog.name, "Shift leader")
    dialog.boxes[Permission.ORDERS_REFUND].setChecked(True)
    dialog.boxes[Permission.CUSTOMERS_READ].setChecked(True)
    assert "customers" in dialog.opens.text().partition("Stays shut")[0]
    dialog.boxes[Permission.CUSTOMERS_READ].setChecked(False)
    dialog.limits[Limit.REFUND_MINOR].setText("many")
    dialog.done_button.click()
    assert dialog.limit_form.row("refund_minor").error
    dialog.limits[Limit.REFUND_MINOR].setText("20,50")
    dialog.limits[Limit.EXPORT_ROWS].setText("")
    dialog.done_button.click()
    give_password(qtbot, window)
    session = window.bridge.app

    def made():
        return next((r for r in session.call(list_roles) if r.name == "Shift leader"), None)

    qtbot.waitUntil(lambda: made() is not None, timeout=SLOW_MS)
    assert made().limits == {Limit.REFUND_MINOR: 2050, Limit.DISCOUNT_PERCENT: 0}
    assert Permission.ORDERS_REFUND in made().permissions
    qtbot.waitUntil(lambda: page.roles.shown == made().id, timeout=SLOW_MS)


def test_a_right_taken_from_a_role_says_what_was_locked_anew(qtbot, opened, folder):
    with sign_in(folder, "owner") as owner:
        reads = {Permission.ORDERS_READ, Permission.CUSTOMERS_READ}
        role = confirmed(owner, save_role, "", "Shift leader", reads).role
        confirmed(owner, change_user, "murad", role.id)
    window, page = opened("owner", "roles")
    page.roles._edit(page.roles._roles[role.id])
    dialog = page.roles.findChild(RoleDialog)
    dialog.boxes[Permission.CUSTOMERS_READ].setChecked(False)
    dialog.done_button.click()
    give_password(qtbot, window)
    said = "The role “Shift leader” is stored. Customers was locked anew"
    qtbot.waitUntil(lambda: window._toast._text.text().startswith(said), timeout=SLOW_MS)


def test_a_role_is_compared_with_another(qtbot, opened):
    _window, page = opened("murad", "roles")
    page.roles.choose("accountant")
    page.roles.other.setCurrentIndex(page.roles.other.findData("staff"))
    page.roles._compare()
    assert "See salaries" not in page.roles.difference.text().partition("Less:")[2]
    assert page.roles.difference.text().startswith("More:")
    assert not page.roles.new.isEnabled()
    assert page.roles.new.toolTip() == (
        "Needs the right “Make and change roles”. Ask owner (Owner)."
    )


def test_everybody_sees_their_own_rights_and_whom_to_ask(qtbot, opened):
    _window, page = opened("elvin", "me")
    held = [row.text for row in page.me.held.rows if not isinstance(row, str)]
    assert held == ["See the menu", "See orders", "Open a shift", "Count stock blind"]
    lacking = {row.text: row.note for row in page.me.lacking.rows if not isinstance(row, str)}
    assert lacking["See customers"] == "owner, murad"
    assert lacking["See salaries"] == "owner"


def test_what_is_locked_is_seen_as_locked_with_the_right_and_the_people(qtbot, opened):
    window, page = opened("elvin", "people")
    assert page.locked is not None
    assert "Let people sign in and take access away" in page.locked.accessibleName()
    assert "Ask owner (Owner)." in page.locked.accessibleName()
    item = window._sidebar.item("audit")
    assert not item.isEnabled()
    assert item.toolTip() == (
        "Needs the right “Read and verify the audit trail”. Ask owner (Owner) or murad (Manager)."
    )
    window.go("customers")
    customers = window.page("customers")
    assert "Needs the right “See customers”." in customers.locked.accessibleName()
    window.go("audit")
    assert window.key == "customers"
    qtbot.waitUntil(window.banner.isVisible)


def test_the_palette_lists_what_is_not_available_and_says_why(qtbot, opened):
    window, _page = opened("elvin", "me")
    entries = {entry.text: entry for entry in window._screen_entries()}
    assert entries["Audit trail"].icon == "lock"
    assert entries["Orders"].icon != "lock"
    entries["Audit trail"].run()
    qtbot.waitUntil(window.banner.isVisible)
    assert "murad (Manager)" in window.banner.accessibleName()


def test_a_role_given_meanwhile_is_said_by_name(qtbot, opened, folder):
    window, _page = opened("elvin", "me")
    with sign_in(folder, "owner") as owner:
        role = confirmed(owner, save_role, "", "Shift leader", {Permission.CUSTOMERS_READ}).role
        owner._store.keys.unlocked.change_user("murad", role.id)
    assert window.bridge.lacks(Permission.CUSTOMERS_READ) == (
        "Needs the right “See customers”. Ask owner (Owner) or murad (Shift leader)."
    )


@pytest.mark.parametrize("part", ["people", "roles", "me"])
def test_everything_has_a_name(qtbot, opened, part, photograph):
    window, page = opened("owner", part)
    assert unnamed(page) == []
    photograph(window, f"access-{part}")


def test_a_role_that_was_changed_shows_in_the_open_window(qtbot, opened, folder):
    window, _page = opened("elvin", "me")
    window.go("orders")
    assert not window._sidebar.item("backups").isEnabled()
    with sign_in(folder) as owner:
        may = {Permission.BACKUPS_READ, Permission.STOCK_COUNT}
        role = confirmed(owner, save_role, "", "Night porter", may).role
        confirmed(owner, change_user, "elvin", role.id)
        with qtbot.waitSignal(window.bridge.rights_changed, timeout=SLOW_MS):
            window.go("access")  # the next thing asked of the application
        assert window._sidebar.item("backups").isEnabled()
        assert not window._sidebar.item("orders").isEnabled()
        assert window._toast._text.text() == "Your rights have been changed."
        window.go("backups")
        confirmed(owner, change_user, "elvin", Role.STAFF)
        with qtbot.waitSignal(window.bridge.rights_changed, timeout=SLOW_MS):
            window.bridge.ask(window, lambda _: None, get_rights)
    assert window.key == SCREENS[0].key  # nothing is left of a screen that is not theirs any more
    assert not window._sidebar.item("backups").isEnabled()
