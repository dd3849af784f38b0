"""The real door: first start, emergency sheet, sign-in, wrong passwords, recovery, locking."""

import gc

import pypdfium2
import pytest

from desktop_app.gui.catalogue import SCREENS
from desktop_app.gui.desk import DeskState, NewStore
from desktop_app.gui.front_desk import FrontDesk
from desktop_app.gui.sign_in import SignInWindow
from desktop_app.gui.start import Front
from desktop_app.gui.text import set_language
from desktop_app.gui.window import Window
from desktop_app.kernel.errors import InvalidError, NotAllowedError, NotFoundError
from desktop_app.kernel.job import Progress
from desktop_app.kernel.words import msg
from desktop_app.vault.cost import KdfCost
from desktop_app.venue.operations import change_setting, get_venue
from tests.gui.safe_room import OWNER, PASSWORD, door, safe_store
from tests.gui.sales_room import close

NEW = "eleven brown foxes behind a fence"


@pytest.fixture(scope="session")
def template(tmp_path_factory):
    return safe_store(tmp_path_factory.mktemp("safe"))


@pytest.fixture
def store(template, tmp_path):
    return template.copy(tmp_path)


@pytest.fixture
def make_desk():
    made = []

    def make(folder):
        made.append(FrontDesk(folder, keyring=False, cost=KdfCost.FLOOR))
        return made[-1]

    yield make
    for desk in made:
        desk.close()


@pytest.fixture
def sign_in(qtbot, make_desk):
    def show(folder):
        window = SignInWindow(make_desk(folder))
        qtbot.addWidget(window)
        window.show()
        return window

    return show


def fill(page):
    page.venue.setText("Şirvanşah")
    page.owner.setText(OWNER)
    for field in (page.password, page.again):
        field.field.setText(PASSWORD)


def test_the_first_start_makes_a_store_whose_key_is_printed_and_typed_back(
    qtbot, sign_in, tmp_path, watchdog
):
    window = sign_in(tmp_path / "store")
    with watchdog:
        window.page.submit()
        fill(window.page)
        window.page.currency.setCurrentIndex(window.page.currency.findData("EUR"))
        window.page.opening.setCurrentIndex(window.page.opening.findData("08:30"))
        window.page.submit()
        qtbot.waitUntil(lambda: hasattr(window.page, "groups"), timeout=20_000)
    page, sheet = window.page, tmp_path / "sheet.pdf"
    page.sheet_wanted.emit(sheet)
    qtbot.waitUntil(lambda: str(sheet) in page.note.text(), timeout=20_000)
    assert sheet.stat().st_mode & 0o077 == 0
    with pypdfium2.PdfDocument(sheet) as paper:
        printed = paper[0].get_textpage().get_text_bounded()
    assert all(group in printed for group in page.groups)
    assert "Şirvanşah" in printed
    page.submit()
    first, second = sorted(page.fields)
    assert f"group {first + 1}" in page._form.row(str(first)).error
    page.fields[first].setText(page.groups[first])
    page.fields[second].setText(page.groups[first])
    page.submit()
    assert f"group {second + 1}" in page._form.row(str(second)).error
    page.fields[second].setText(page.groups[second])
    with qtbot.waitSignal(window.signed_in) as entered:
        page.submit()
    with entered.args[0] as app:
        venue = app.call(get_venue)
    assert (venue.name, venue.currency, f"{venue.opening:%H:%M}") == ("Şirvanşah", "EUR", "08:30")


def test_nobody_leaves_the_new_key_by_closing_the_window_unasked(qtbot, sign_in, tmp_path):
    window = sign_in(tmp_path / "store")
    window.show_create()
    fill(window.page)
    window.page.submit()
    qtbot.waitUntil(lambda: hasattr(window.page, "groups"), timeout=20_000)
    window.close()
    assert window.isVisible()
    (asked,) = [one for one in window.children() if hasattr(one, "confirmed")]
    with qtbot.waitSignal(window.closed):
        asked.confirmed.emit()


def test_a_weak_password_is_told_why_while_typing(sign_in, tmp_path):
    window = sign_in(tmp_path / "store")
    window.show_create()
    page = window.page
    page.venue.setText("Şirvanşah")
    page.owner.setText("Aysel")
    page.password.field.setText("short")
    assert "at least 15 characters" in page.new.verdict
    page.password.field.setText("Şirvanşah Aysel 2026")
    assert "easy to guess" in page.new.verdict
    page.submit()
    assert hasattr(window.page, "venue"), "the page went on with a weak password"
    page.password.field.setText(PASSWORD)
    assert page.new.verdict == "A good password."
    page.submit()
    assert page.new.error() == "The two passwords are not the same."


def test_the_venue_and_the_last_user_are_remembered(qtbot, store, make_desk):
    desk = make_desk(store.folder)
    assert (desk.state(), desk.venue()) == (DeskState.READY, "")
    assert [user.name for user in desk.users()] == [OWNER, "murad"]
    desk.sign_in("murad", "demo").result().close()
    again = make_desk(store.folder)
    assert again.venue() == "Şirvanşah"
    assert [user.name for user in again.users()] == ["murad", OWNER]


def test_three_wrong_passwords_make_a_wait_that_is_counted_down(qtbot, store, sign_in):
    window = sign_in(store.folder)
    for _ in range(3):
        window.page.password.field.setText("wrong")
        window.page.submit()
        qtbot.waitUntil(lambda: window.page.password.text() == "", timeout=20_000)
    assert "Try again in 1 second" in window.page.failure()
    assert not window.page.action.isEnabled()
    qtbot.waitUntil(window.page.action.isEnabled, timeout=10_000)


def test_a_forgotten_password_is_replaced_by_the_recovery_key(qtbot, store, sign_in):
    window = sign_in(store.folder)
    window.page.recover_wanted.emit()
    page = window.page
    page.code.paste(store.code)
    page.password.field.setText(NEW)
    page.again.field.setText(NEW)
    with qtbot.waitSignal(window.signed_in, timeout=20_000) as entered:
        page.submit()
    entered.args[0].close()
    with pytest.raises(NotAllowedError):
        door(store.folder).sign_in(OWNER, PASSWORD)
    door(store.folder).sign_in(OWNER, NEW).close()


def test_another_stores_key_says_which_one_is_needed(qtbot, store, sign_in):
    window = sign_in(store.folder)
    window.show_recover()
    page = window.page
    page.code.paste("000000 " * 8 + f"{11 * int.from_bytes(_check(), 'big'):06d}")
    page.password.field.setText(NEW)
    page.again.field.setText(NEW)
    page.submit()
    qtbot.waitUntil(lambda: store.key_id in page._form.row("code").error, timeout=20_000)


def _check():
    import hashlib

    return hashlib.sha256(bytes(16)).digest()[:2]


def test_a_damaged_key_file_is_said_at_the_door(store, sign_in):
    for name in ("keys.json", "keys.json.prev"):
        (store.folder / name).write_text("{")
    window = sign_in(store.folder)
    assert "damaged" in window.page.failure()
    assert not window.page.action.isEnabled()


def test_the_desk_says_what_breaks_a_rule_and_prints_no_sheet_without_a_key(make_desk, tmp_path):
    desk = make_desk(tmp_path / "store")
    with pytest.raises(InvalidError):
        desk.create(NewStore("Şirvanşah", "Aysel", "parol")).result()
    assert desk.state() is DeskState.EMPTY
    with pytest.raises(NotFoundError):
        desk.save_sheet(tmp_path / "sheet.pdf", "az").result()
    with pytest.raises(InvalidError):
        desk.recover("1234", NEW).result()


def test_the_demonstration_can_be_stopped_and_leaves_nothing(qtbot, sign_in, tmp_path):
    # Windows of earlier tests must not be collected on the thread that makes the demonstration.
    gc.collect()
    window = sign_in(tmp_path / "store")
    window.show_demo()
    window.page.submit()
    running = window.page.running
    qtbot.waitUntil(lambda: running.progress.snapshot().done > 0, timeout=20_000)
    window.page.stop_wanted.emit()
    qtbot.waitUntil(lambda: hasattr(window.page, "demo_wanted"), timeout=20_000)
    assert not door(tmp_path / "store").has_store()


@pytest.fixture
def front(qtbot, store, make_desk):
    front = Front(make_desk(store.folder), store.folder, SCREENS)
    front.show_sign_in()
    yield front
    if isinstance(front.shown, Window):
        close(qtbot, front.shown)
    front.shown.close()


def enter(qtbot, front):
    front.shown.page.password.field.setText(PASSWORD)
    front.shown.page.submit()
    qtbot.waitUntil(lambda: isinstance(front.shown, Window), timeout=20_000)
    return front.shown


def test_the_window_locks_after_the_minutes_of_the_setting(qtbot, store, front):
    window = enter(qtbot, front)
    assert front._idle._timer.interval() == 5 * 60_000
    window.bridge.app.call(change_setting, "window.lock_after_minutes", "7")
    qtbot.waitUntil(lambda: front._idle._timer.interval() == 7 * 60_000)
    front._idle.wait(0.001)
    qtbot.waitUntil(lambda: isinstance(front.shown, SignInWindow), timeout=20_000)
    assert front.shown.page.accessibleName() == "Şirvanşah"
    assert not front._idle._timer.isActive()


def test_a_key_or_a_click_begins_the_wait_anew(qtbot, front):
    window = enter(qtbot, front)
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    window.bridge.app.start(change_setting, "window.lock_after_minutes", "1")
    qtbot.waitUntil(lambda: 0 < front._idle._timer.remainingTime() < 59_300)  # the one now read
    qtbot.keyClick(window.windowHandle(), "a")
    assert front._idle._timer.remainingTime() > 59_400


def test_work_under_way_is_not_stopped_by_locking(qtbot, front):
    from concurrent.futures import Future

    from desktop_app.gui.restore.room import Restoring

    window = enter(qtbot, front)
    work = Restoring(Future(), Progress())
    window.jobs.add(msg("Importing"), work)
    front._idle.idle.emit()
    assert front.shown is window
    assert not work.progress.cancelled
    work.future.set_result(None)
    qtbot.waitUntil(lambda: not window.jobs.rows)
    front._idle.idle.emit()
    qtbot.waitUntil(lambda: isinstance(front.shown, SignInWindow), timeout=20_000)


def test_what_was_noticed_at_sign_in_is_shown(qtbot, store, front):
    (store.folder / "keys.json").write_text("{")
    window = enter(qtbot, front)
    assert "key file was missing or damaged" in window.banner.accessibleName()


def test_the_sign_in_speaks_another_language_at_once(store, sign_in):
    window = sign_in(store.folder)
    set_language("az")
    assert window.page.action.text().strip() == "Kilidi aç"
