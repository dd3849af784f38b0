"""The restore wizard on real backups: key, contents, progress, result, and everything wrong."""

import shutil

import pytest
from PySide6.QtCore import Qt

from desktop_app.gui.restore.room import RestoreRoom, command_for
from desktop_app.gui.restore.wizard import RestoreWizard
from desktop_app.gui.restore.wording import size
from desktop_app.gui.text import set_language
from desktop_app.orders.operations import count_orders
from desktop_app.orders.records import OrderFilter
from desktop_app.vault.recovery import RecoveryCode
from tests.gui.safe_room import ORDERS, OWNER, PASSWORD, door, safe_store, said
from tests.gui.test_shell import unnamed

PATIENCE = 20_000


@pytest.fixture(scope="session")
def store(tmp_path_factory):
    return safe_store(tmp_path_factory.mktemp("safe"))


@pytest.fixture
def open_wizard(qtbot):
    def show(data, here=True):
        wizard = RestoreWizard(RestoreRoom(), data, here=here, parent=None)
        # It deletes itself when it is closed, after its answers.
        wizard.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, False)
        qtbot.addWidget(wizard)
        wizard.open()
        return wizard

    return show


def to_the_key(qtbot, wizard, store):
    wizard.begin_at(store.backups)
    wizard.go_on()
    qtbot.waitUntil(lambda: wizard.step is wizard.key, timeout=PATIENCE)


def to_the_contents(qtbot, wizard, store):
    to_the_key(qtbot, wizard, store)
    wizard.key.code.paste(store.code)
    wizard.go_on()
    qtbot.waitUntil(lambda: wizard.step is wizard.inside, timeout=PATIENCE)


def to_the_end(qtbot, wizard, store):
    to_the_contents(qtbot, wizard, store)
    wizard.go_on()
    assert wizard.step is wizard.target
    wizard.go_on()
    qtbot.waitUntil(lambda: wizard.step is wizard.outcome, timeout=PATIENCE)


def test_a_store_comes_back_with_every_row_and_opens(qtbot, store, tmp_path, open_wizard, watchdog):
    wizard = open_wizard(tmp_path / "data")
    with watchdog:
        to_the_end(qtbot, wizard, store)
    result = said(wizard.outcome)
    assert "Everything is back" in result
    assert "complete and unbroken" in result
    assert "Sign in with your old name and password." in result
    with qtbot.waitSignal(wizard.restored_here):
        wizard.go_on()
    with door(tmp_path / "data").sign_in(OWNER, PASSWORD) as app:
        assert app.call(count_orders, OrderFilter()) == ORDERS


def test_the_contents_are_said_in_words_before_anything_is_written(
    qtbot, store, tmp_path, open_wizard
):
    wizard = open_wizard(tmp_path / "data")
    to_the_key(qtbot, wizard, store)
    assert wizard.key.needed == f"Needs the sheet with the key {store.key_id}."
    wizard.key.code.paste(store.code)
    wizard.go_on()
    qtbot.waitUntil(lambda: wizard.step is wizard.inside, timeout=PATIENCE)
    lines = dict(wizard.inside.lines)
    assert (lines["Orders"], lines["Payments"]) == (str(ORDERS), str(ORDERS))
    assert wizard.inside.backups.count() == 1
    assert not (tmp_path / "data").exists()


def test_a_mistyped_group_is_named_beside_the_key(qtbot, store, tmp_path, open_wizard):
    wizard = open_wizard(tmp_path / "data")
    to_the_key(qtbot, wizard, store)
    groups = store.code.split("-")
    groups[3] = f"{int(groups[3]) + 1:06d}"
    wizard.key.code.paste("-".join(groups))
    wizard.go_on()
    assert wizard.key.error.startswith("Group 4 is not right")
    assert wizard.step is wizard.key


def test_another_stores_key_says_which_sheet_is_needed(qtbot, store, tmp_path, open_wizard):
    wizard = open_wizard(tmp_path / "data")
    to_the_key(qtbot, wizard, store)
    wizard.key.code.paste(RecoveryCode.random().text)
    wizard.go_on()
    qtbot.waitUntil(lambda: store.key_id in wizard.key.error, timeout=PATIENCE)
    assert "another recovery key" in wizard.key.error


def test_the_key_can_come_from_a_file(qtbot, store, tmp_path, open_wizard):
    wizard = open_wizard(tmp_path / "data")
    to_the_key(qtbot, wizard, store)
    file = tmp_path / "key.txt"
    file.write_text("Şirvanşah\n" + store.code.replace("-", " "))
    wizard.key.file_chosen.emit(file)
    qtbot.waitUntil(lambda: wizard.key.code.text() == store.code, timeout=PATIENCE)
    file.write_text("nothing of the kind")
    wizard.key.file_chosen.emit(file)
    qtbot.waitUntil(lambda: "holds no recovery key" in wizard.key.error, timeout=PATIENCE)


@pytest.mark.parametrize("made", [True, False])
def test_a_folder_without_backups_is_said_beside_the_field(qtbot, tmp_path, open_wizard, made):
    folder = tmp_path / "photos"
    if made:
        folder.mkdir()
    wizard = open_wizard(tmp_path / "data")
    wizard.where.folder.show_path(folder)
    wizard.go_on()
    qtbot.waitUntil(lambda: str(folder) in wizard.where.error, timeout=PATIENCE)
    assert wizard.step is wizard.where


def test_a_store_is_never_overwritten(qtbot, store, open_wizard):
    before = {path.name: path.read_bytes() for path in store.folder.iterdir() if path.is_file()}
    wizard = open_wizard(store.folder, here=False)
    to_the_contents(qtbot, wizard, store)
    wizard.go_on()
    wizard.go_on()
    assert wizard.target.error == "Say where the store is to go."
    wizard.target.folder.show_path(store.folder)
    wizard.go_on()
    qtbot.waitUntil(lambda: str(store.folder) in wizard.target.error, timeout=PATIENCE)
    wizard.target.folder.show_path(store.backups / "inside")
    wizard.go_on()
    assert "folder of the backups" in wizard.target.error
    now = {path.name: path.read_bytes() for path in store.folder.iterdir() if path.is_file()}
    assert now == before


def test_a_damaged_pack_is_said_and_nothing_stays_behind(qtbot, store, tmp_path, open_wizard):
    copy = store.copy(tmp_path)
    pack = max((copy.backups / "d").rglob("*"), key=lambda path: path.stat().st_size)
    raw = bytearray(pack.read_bytes())
    raw[len(raw) // 2] ^= 1
    pack.write_bytes(raw)
    wizard = open_wizard(tmp_path / "data")
    to_the_contents(qtbot, wizard, copy)
    wizard.go_on()
    wizard.go_on()
    qtbot.waitUntil(lambda: bool(wizard.target.error), timeout=PATIENCE)
    assert not wizard.busy
    assert not door(tmp_path / "data").has_store()


def test_restoring_can_be_stopped(qtbot, store, tmp_path, open_wizard):
    wizard = open_wizard(tmp_path / "data")
    to_the_contents(qtbot, wizard, store)
    wizard.go_on()
    wizard.go_on()
    wizard._running.progress.cancel()
    qtbot.waitUntil(lambda: wizard.target.error == "Stopped.", timeout=PATIENCE)
    assert not door(tmp_path / "data").has_store()
    shutil.rmtree(tmp_path / "data", ignore_errors=True)
    wizard.go_on()
    qtbot.waitUntil(lambda: wizard.step is wizard.outcome, timeout=PATIENCE)


def test_a_store_restored_elsewhere_can_be_opened_from_there(qtbot, store, tmp_path, open_wizard):
    wizard = open_wizard(store.folder, here=False)
    to_the_contents(qtbot, wizard, store)
    wizard.go_on()
    wizard.target.folder.show_path(tmp_path / "second")
    wizard.go_on()
    qtbot.waitUntil(lambda: wizard.step is wizard.outcome, timeout=PATIENCE)
    qtbot.waitUntil(wizard._open_it.isVisible)
    assert command_for(tmp_path / "second")[1][-3:] == ["--data", str(tmp_path / "second"), "open"]


@pytest.mark.parametrize("language", ["en", "az"])
def test_every_step_is_named_and_drawn(qtbot, store, tmp_path, open_wizard, photograph, language):
    set_language(language)
    wizard = open_wizard(tmp_path / "data")
    for walk, name in (
        (lambda: None, "where"),
        (lambda: to_the_key(qtbot, wizard, store), "key"),
        (lambda: to_the_contents(qtbot, wizard, store), "inside"),
    ):
        if wizard.step is not wizard.where:
            wizard._show(0)
        walk()
        assert not unnamed(wizard)
        photograph(wizard, f"restore_{name}_{language}")
    wizard.go_on()
    photograph(wizard, f"restore_target_{language}")
    assert not unnamed(wizard)
    wizard.go_on()
    qtbot.waitUntil(lambda: wizard.step is wizard.outcome, timeout=PATIENCE)
    photograph(wizard, f"restore_result_{language}")


def test_sizes_are_written_as_people_read_them():
    assert [size(n) for n in (0, 58_982, 5 << 20, 3 << 40)] == [
        "0.0 KB",
        "57.6 KB",
        "5.0 MB",
        "3.0 TB",
    ]
    set_language("az")
    assert size(58_982) == "57,6 KB"
