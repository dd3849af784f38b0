"""The second person in the window: ask, look, agree with the password, do it."""

import shutil

import pytest
from PySide6.QtWidgets import QApplication, QLabel

from desktop_app.access.approvals import choose_four_eyes, list_approvals
from desktop_app.access.request_records import State
from desktop_app.access.users import list_users, remove_user
from desktop_app.backup.operations import add_target, run_backup
from desktop_app.gui.catalogue import SCREENS
from desktop_app.gui.manager_dialog import ManagerDialog
from desktop_app.gui.screens.approvals.request_dialog import RequestDialog
from desktop_app.gui.text import set_language
from desktop_app.gui.usher import SecondPersonDialog
from desktop_app.gui.window import Window
from desktop_app.kernel.access import Role
from desktop_app.kernel.deeds import Deed
from tests.gui.sales_room import close, new_store, sign_in
from tests.gui.step_up_room import give_password
from tests.gui.test_shell import unnamed


@pytest.fixture(scope="session")
def template(tmp_path_factory):
    folder = tmp_path_factory.mktemp("approvals") / "store"
    with new_store(folder) as app:
        keys = app._store.keys.unlocked
        for name, role in (("Günay", Role.OWNER), ("elvin", Role.STAFF)):
            keys.add_user(name, role, "demo", weak_password_allowed=True)
        app.trust_sign_in()
        app.call(choose_four_eyes, Deed.USER_CHANGE, True)
    return folder


@pytest.fixture
def opened(qtbot, template, tmp_path):
    folder = shutil.copytree(template, tmp_path / "store")
    made = []

    def open_as(name):
        window = Window(sign_in(folder, name), SCREENS)
        made.append(window)
        window.show()
        window.go("approvals")
        return window, window.page("approvals")

    yield open_as
    for window in made:
        close(qtbot, window)


def found(qtbot, window, kind):
    qtbot.waitUntil(lambda: window.findChild(kind) is not None, timeout=20_000)
    return window.findChild(kind)


def ask(qtbot, window, reason="left in May"):
    window.bridge.ask_or(window, lambda _: None, lambda _: None, remove_user, "elvin")
    dialog = found(qtbot, window, SecondPersonDialog)
    qtbot.keyClicks(dialog.reason, reason)
    dialog.ask.click()
    return dialog


def waiting(window):
    return window.bridge.app.call(list_approvals)


def present(window):
    return {u.name for u in window.bridge.app.call(list_users) if u.removed_at is None}


def said(widget):
    return "\n".join(one.text() for one in widget.findChildren(QLabel))


def test_from_the_first_click_to_the_deed(qtbot, opened):
    window, screen = opened("owner")
    ask(qtbot, window)
    qtbot.waitUntil(lambda: len(screen.rows) == 1, timeout=20_000)
    (row,) = screen.rows
    assert (row.mine, row.state) == (True, State.WAITING)
    other, theirs = opened("Günay")
    qtbot.waitUntil(lambda: len(theirs.rows) == 1, timeout=20_000)
    assert "Waits for you" in said(theirs)
    qtbot.waitUntil(lambda: other._waiting.get("approvals") == 1)
    theirs.open_request(row.id)
    dialog = found(qtbot, other, RequestDialog)
    assert "left in May" in said(dialog)
    assert "elvin" in said(dialog)
    dialog._refuse()
    assert "Say why" in dialog.answer.error
    dialog.approve.click()
    give_password(qtbot, other)
    qtbot.waitUntil(lambda: waiting(other)[0].state is State.APPROVED, timeout=20_000)
    qtbot.waitUntil(lambda: other._waiting.get("approvals") == 0, timeout=20_000)
    window.usher._look()
    screen.open_request(row.id)
    mine = found(qtbot, window, RequestDialog)
    mine.carry_out.click()
    give_password(qtbot, window)
    qtbot.waitUntil(lambda: waiting(window)[0].state is State.DONE, timeout=20_000)
    qtbot.waitUntil(lambda: present(window) == {"owner", "Günay"}, timeout=20_000)


def test_a_reason_is_needed_and_cancelling_files_nothing(qtbot, opened):
    window, _screen = opened("owner")
    dialog = ask(qtbot, window, reason="")
    qtbot.waitUntil(lambda: "Say why" in dialog.row.error, timeout=20_000)
    dialog.reject()
    assert waiting(window) == []
    assert not window.banner.isVisible()


def test_a_request_is_refused_with_a_reason_and_taken_back(qtbot, opened):
    window, screen = opened("owner")
    ask(qtbot, window)
    qtbot.waitUntil(lambda: len(screen.rows) == 1, timeout=20_000)
    screen.open_request(screen.rows[0].id)
    found(qtbot, window, RequestDialog).take_back.click()
    qtbot.waitUntil(lambda: waiting(window)[0].state is State.CANCELLED, timeout=20_000)


def test_the_rules_show_who_could_agree(qtbot, opened):
    window, screen = opened("owner")
    qtbot.waitUntil(lambda: Deed.USER_CHANGE in screen.rules.boxes, timeout=20_000)
    assert screen.rules.boxes[Deed.USER_CHANGE].isChecked()
    assert "could agree: Günay" in said(screen.rules)
    screen.rules.boxes[Deed.USER_CHANGE].click()
    dialog = found(qtbot, window, SecondPersonDialog)
    dialog.reject()
    qtbot.waitUntil(lambda: "A second person has to agree" in screen.rules.failure.text())
    qtbot.waitUntil(lambda: screen.rules.boxes[Deed.USER_CHANGE].isChecked() is True)


@pytest.mark.parametrize("language", ["en", "az"])
def test_the_screen_is_named_and_has_its_pictures(qtbot, opened, photograph, language):
    set_language(language)
    window, screen = opened("owner")
    qtbot.waitUntil(lambda: bool(screen.rules.boxes), timeout=20_000)
    photograph(window, f"approvals_empty_{language}")
    window.bridge.ask_or(window, lambda _: None, lambda _: None, remove_user, "elvin")
    dialog = found(qtbot, window, SecondPersonDialog)
    photograph(dialog, f"approvals_ask_{language}")
    qtbot.keyClicks(dialog.reason, "left in May")
    dialog.ask.click()
    qtbot.waitUntil(lambda: len(screen.rows) == 1, timeout=20_000)
    other, theirs = opened("Günay")
    qtbot.waitUntil(lambda: len(theirs.rows) == 1 and bool(theirs.rules.boxes), timeout=20_000)
    QApplication.processEvents()
    assert unnamed(theirs) == []
    photograph(other, f"approvals_waiting_{language}")
    theirs.open_request(theirs.rows[0].id)
    sheet = found(qtbot, other, RequestDialog)
    assert unnamed(sheet) == []
    photograph(sheet, f"approvals_request_{language}")
    sheet.reject()


@pytest.mark.parametrize("language", ["en", "az"])
def test_a_manager_at_the_desk_finishes_what_an_accountant_starts(
    qtbot, opened, photograph, tmp_path, language
):
    set_language(language)
    owner, _screen = opened("owner")
    keys = owner.bridge.app._store.keys.unlocked
    keys.add_user("Nərgiz", Role.ACCOUNTANT, "demo", weak_password_allowed=True)
    owner.bridge.app.call(add_target, "Disk", str(tmp_path / "disk"))
    window, _theirs = opened("Nərgiz")
    assert window.bridge.can(run_backup)
    told = []
    window.bridge.ask_or(window, told.append, told.append, run_backup)
    dialog = found(qtbot, window, ManagerDialog)
    qtbot.waitUntil(lambda: dialog.manager.count() >= 2, timeout=20_000)
    dialog.finish.click()
    assert dialog.form.row("secret").error
    qtbot.keyClicks(dialog.secret.field, "demo")
    dialog.finish.click()
    assert dialog.form.row("reason").error
    assert unnamed(dialog) == []
    dialog.manager.setCurrentIndex(dialog.manager.findData("Günay"))
    qtbot.keyClicks(dialog.reason, "end of month")
    qtbot.keyClicks(dialog.secret.field, "x")
    dialog.finish.click()
    qtbot.waitUntil(lambda: dialog.form.row("secret").error != "", timeout=30_000)
    qtbot.waitUntil(dialog.isVisible)
    assert dialog.reason.text() == "end of month"
    assert told == []
    photograph(dialog, f"approvals_manager_wrong_{language}")
    qtbot.keyClicks(dialog.secret.field, "demo")
    photograph(dialog, f"approvals_manager_{language}")
    dialog.finish.click()
    qtbot.waitUntil(lambda: len(told) == 1, timeout=30_000)
    assert told[0][0].target == "Disk"
    window.bridge.ask_or(window, told.append, told.append, run_backup)
    found(qtbot, window, ManagerDialog).reject()
    assert len(told) == 1


def test_the_settings_say_how_it_stands(qtbot, opened):
    window, _screen = opened("owner")
    window.go("settings")
    card = window.page("settings").four_eyes
    qtbot.waitUntil(lambda: "1 deed needs" in card.line.text(), timeout=20_000)
    window.go("dashboard")
    card.choose.click()
    assert window.key == "approvals"


def test_one_person_alone_is_said_to_be_alone(qtbot, tmp_path):
    new_store(tmp_path / "alone").close()
    window = Window(sign_in(tmp_path / "alone"), SCREENS)
    window.show()
    window.go("settings")
    card = window.page("settings").four_eyes
    qtbot.waitUntil(lambda: "off, one person only" in card.line.text(), timeout=20_000)
    close(qtbot, window)
