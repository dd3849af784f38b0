"""The backups screen on a real store and real folders: run, verify, damage, adding, rights."""

from datetime import timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAction

from desktop_app.gui.catalogue import SCREENS
from desktop_app.gui.text import set_language
from desktop_app.gui.window import Window
from tests.gui.safe_room import OWNER, PASSWORD, TARGET, safe_store, said, texts
from tests.gui.sales_room import NOW, close, reception
from tests.gui.test_shell import unnamed

PATIENCE = 20_000
LATER = NOW + timedelta(hours=2)


@pytest.fixture(scope="session")
def template(tmp_path_factory):
    return safe_store(tmp_path_factory.mktemp("safe"))


@pytest.fixture
def store(template, tmp_path):
    found = template.copy(tmp_path)
    with reception(found.folder, NOW + timedelta(minutes=1)).sign_in(OWNER, PASSWORD) as app:
        from desktop_app.backup.operations import add_target, run_backup

        app.call(add_target, "Second", str(tmp_path / "second"))
        app.call(run_backup, "Second")
    return found


@pytest.fixture
def open_screen(qtbot):
    made = []

    def show(folder, name=OWNER, password=PASSWORD, now=LATER):
        window = Window(reception(folder, now).sign_in(name, password), SCREENS)
        made.append(window)
        window.show()
        return arrive(qtbot, window)

    yield show
    for window in made:
        qtbot.waitUntil(lambda window=window: not window.jobs.rows, timeout=PATIENCE)
        close(qtbot, window)


def arrive(qtbot, window):
    window.go("backups")
    screen = window.page("backups")
    qtbot.waitUntil(lambda: screen.known is not None, timeout=PATIENCE)
    return screen


def card(screen, name="Second"):
    return next(found for found in screen.cards if found.name == name)


def snapshots(screen):
    return screen.snapshots.table.records.rowCount()


def test_the_state_the_places_and_the_backups_are_shown(qtbot, store, watchdog):
    window = Window(reception(store.folder, LATER).sign_in(OWNER, PASSWORD), SCREENS)
    window.show()
    with watchdog:
        screen = arrive(qtbot, window)
        qtbot.waitUntil(lambda: snapshots(screen) == 2, timeout=PATIENCE)
    qtbot.waitUntil(lambda: store.key_id in said(screen.state), timeout=PATIENCE)
    assert screen.state.headline == "Backed up, but not verified yet"
    assert [one.name for one in screen.cards] == [TARGET, "Second"]
    assert card(screen).badge.mood.text == "Not verified"
    row = screen.snapshots.table.record(0)
    assert (row.rows > 100, row.base) == (True, True)
    assert not unnamed(screen)
    close(qtbot, window)


def test_a_backup_runs_with_its_job_and_a_place_verified_is_safe(qtbot, store, open_screen):
    screen = open_screen(store.folder)
    window = screen.window()
    qtbot.mouseClick(card(screen).run, Qt.MouseButton.LeftButton)
    assert [job.title.values["name"] for job in window.jobs.rows] == ["Second"]
    assert not card(screen).run.isEnabled()
    qtbot.waitUntil(lambda: "Second" not in screen._working.values(), timeout=PATIENCE)
    qtbot.waitUntil(lambda: snapshots(screen) == 3, timeout=PATIENCE)
    actions = card(screen).verify.menu().findChildren(QAction)
    next(one for one in actions if one.text().startswith("Fully")).trigger()
    qtbot.waitUntil(screen.outcome.isVisible, timeout=PATIENCE)
    assert "Everything is there and unchanged" in said(screen.outcome)
    qtbot.waitUntil(lambda: card(screen).badge.mood.text == "Safe", timeout=PATIENCE)
    assert window._top.safety.accessibleName() == "Backup verified just now"


def test_what_is_damaged_is_named_with_the_backups_it_spoils(qtbot, store, open_screen, tmp_path):
    screen = open_screen(store.folder)
    qtbot.waitUntil(lambda: snapshots(screen) == 2, timeout=PATIENCE)
    pack = max((tmp_path / "second" / "d").rglob("*"), key=lambda path: path.stat().st_size)
    raw = bytearray(pack.read_bytes())
    raw[len(raw) // 2] ^= 1
    pack.write_bytes(raw)
    screen.verify("Second", full=False)
    qtbot.waitUntil(screen.outcome.isVisible, timeout=PATIENCE)
    assert "Everything is there" in said(screen.outcome)
    screen.verify("Second", full=True)
    qtbot.waitUntil(lambda: "1 thing is wrong" in said(screen.outcome), timeout=PATIENCE)
    wrong = said(screen.outcome)
    assert pack.name in wrong
    rows = [screen.snapshots.table.record(at) for at in range(2)]
    (spoiled,) = [row.id for row in rows if row.target == "Second"]
    assert f"Spoils 1 backup: {spoiled}" in wrong


def test_a_place_that_is_gone_is_said_and_its_run_fails(qtbot, store, open_screen, tmp_path):
    screen = open_screen(store.folder)
    (tmp_path / "second").rename(tmp_path / "taken")
    screen.run("Second")
    qtbot.waitUntil(lambda: card(screen).badge.mood.text == "Failed", timeout=PATIENCE)
    assert card(screen).run.property("kind") == "primary"
    qtbot.waitUntil(screen.snapshots.silent.isVisible, timeout=PATIENCE)
    assert str(tmp_path / "second") in said(screen.snapshots.silent)
    banner = screen.window().banner
    qtbot.waitUntil(banner.isVisible, timeout=PATIENCE)
    assert str(tmp_path / "second") in banner.accessibleName()
    qtbot.waitUntil(lambda: card(screen).run.isEnabled(), timeout=PATIENCE)  # noqa: PLW0108


def test_an_old_backup_asks_for_the_next_one(store, open_screen):
    screen = open_screen(store.folder, now=LATER + timedelta(days=3))
    assert screen.state.headline == "The newest backup is old"
    assert any("3 days ago" in text for text in texts(card(screen)))
    assert card(screen).run.property("kind") == "primary"


def test_a_store_without_a_place_gets_one_and_its_first_backup(qtbot, open_screen, tmp_path):
    from desktop_app.vault.cost import KdfCost
    from desktop_app.venue.records import NewVenue

    folder = tmp_path / "bare"
    made = reception(folder).create(NewVenue("Çay evi"), OWNER, PASSWORD, cost=KdfCost.FLOOR)
    made.app.close()
    screen = open_screen(folder)
    qtbot.waitUntil(screen.empty.isVisible)
    screen.empty.chosen.emit()
    dialog = screen.dialog
    dialog.action.click()
    assert dialog.form.row("name").error == "Please fill this in."
    dialog.name.setText("USB")
    (tmp_path / "file").write_text("no folder")
    dialog.folder.show_path(tmp_path / "file")
    dialog.action.click()
    qtbot.waitUntil(lambda: str(tmp_path / "file") in dialog.form.row("url").error)
    assert not unnamed(dialog)
    dialog.folder.show_path(tmp_path / "usb")
    dialog.action.click()
    wanted = "Backed up, but not verified yet"
    qtbot.waitUntil(lambda: screen.state.headline == wanted, timeout=PATIENCE)
    qtbot.waitUntil(lambda: snapshots(screen) == 1, timeout=PATIENCE)


def test_a_manager_backs_up_but_does_not_set_up(store, open_screen):
    screen = open_screen(store.folder, "murad", "demo")
    assert card(screen).run.isEnabled()
    assert not screen.add.isEnabled()
    assert screen.add.toolTip() == ("Needs the right “Choose where backups go”. Ask Aysel (Owner).")


def test_the_wizard_begins_at_the_first_place_and_goes_elsewhere(qtbot, store, open_screen):
    screen = open_screen(store.folder)
    screen.state.restore_wanted.emit()
    wizard = screen.wizard
    assert wizard.where.folder.path == Path(screen.known.targets[0].url)
    assert wizard.target.folder.path is None
    wizard.reject()


@pytest.mark.parametrize("language", ["en", "az"])
def test_the_screen_is_drawn(qtbot, store, open_screen, photograph, language):
    set_language(language)
    screen = open_screen(store.folder)
    qtbot.waitUntil(lambda: snapshots(screen) == 2, timeout=PATIENCE)
    screen.verify("Second", full=True)
    qtbot.waitUntil(screen.outcome.isVisible, timeout=PATIENCE)
    qtbot.waitUntil(lambda: not screen._working, timeout=PATIENCE)
    photograph(screen.window(), f"backups_{language}")
