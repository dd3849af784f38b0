"""A new emergency sheet from the settings, and what is said when somebody was removed."""

import pytest

from desktop_app.gui.catalogue import SCREENS
from desktop_app.gui.widgets.dialog import ConfirmDialog
from desktop_app.gui.window import Window
from desktop_app.kernel.access import Role
from desktop_app.vault.recovery import RecoveryCode
from desktop_app.vault.store_keys import Vault
from tests.gui.sales_room import close, new_store, sign_in
from tests.gui.step_up_room import give_password
from tests.gui.test_shell import unnamed

PATIENCE_MS = 20_000  # it writes and flushes files beside other tests


@pytest.fixture
def opened(qtbot, tmp_path):
    folder = tmp_path / "store"
    with new_store(folder) as app:
        app._store.keys.unlocked.add_user("elvin", Role.STAFF, "demo", weak_password_allowed=True)
    made = []

    def open_as(name):
        window = Window(sign_in(folder, name), SCREENS)
        made.append(window)
        window.show()
        window.go("settings")
        return window, window.page("settings")

    open_as.folder = folder
    yield open_as
    for window in made:
        close(qtbot, window)


def test_the_owner_makes_a_new_sheet_and_saves_it(qtbot, opened, tmp_path):
    window, page = opened("owner")
    before = Vault.open(opened.folder).recovery_key_id
    qtbot.waitUntil(lambda: before in page.recovery.shown.text(), timeout=PATIENCE_MS)
    page.recovery.renew.click()
    qtbot.waitUntil(lambda: page.recovery.findChild(ConfirmDialog) is not None, timeout=PATIENCE_MS)
    page.recovery.findChild(ConfirmDialog)._action.click()
    give_password(qtbot, window)
    qtbot.waitUntil(lambda: page.recovery.dialog is not None, timeout=PATIENCE_MS)
    dialog = page.recovery.dialog
    code = RecoveryCode.parse(dialog.shown.text())
    after = Vault.open(opened.folder).recovery_key_id
    assert code.key_id == after != before
    qtbot.waitUntil(lambda: after in page.recovery.shown.text(), timeout=PATIENCE_MS)
    assert unnamed(dialog) == []
    path = tmp_path / "sheet.pdf"
    dialog.save_to(path)
    qtbot.waitUntil(lambda: path.exists() and path.stat().st_size > 1000, timeout=PATIENCE_MS)
    assert path.read_bytes().startswith(b"%PDF")
    assert path.stat().st_mode & 0o777 == 0o600
    qtbot.waitUntil(lambda: path.name in dialog.save.text(), timeout=PATIENCE_MS)
    dialog.done_button.click()


def test_nobody_but_the_owner_makes_a_new_sheet(opened):
    _window, page = opened("elvin")
    assert not page.recovery.renew.isEnabled()


def test_removing_somebody_says_what_was_locked_anew(qtbot, opened, monkeypatch):
    window, _page = opened("owner")
    window.go("access", "people")
    page = window.page("access")
    qtbot.waitUntil(lambda: page.people is not None, timeout=PATIENCE_MS)
    told, failed = [], []
    window.bridge.failed.connect(failed.append)
    monkeypatch.setattr(page.people, "_tell", told.append)
    qtbot.waitUntil(lambda: "elvin" in page.people.names, timeout=PATIENCE_MS)
    page.people._remove_asked("elvin")
    give_password(qtbot, window)
    qtbot.waitUntil(lambda: bool(told or failed), timeout=PATIENCE_MS)
    assert not failed
    assert "locked anew" in told[0]
    assert "MB" in told[0]
