"""Locking and coming back: PIN, code of an app, one-time code, sleep, ended sessions."""

from __future__ import annotations

from datetime import timedelta

import pytest
from PySide6.QtWidgets import QLineEdit

from desktop_app.access.own_sign_in import set_authenticator, set_pin
from desktop_app.access.sessions import end_session, list_sessions
from desktop_app.gui.catalogue import SCREENS
from desktop_app.gui.choose_page import ChoosePage
from desktop_app.gui.front_desk import FrontDesk
from desktop_app.gui.screens.settings.sign_in_dialogs import (
    AuthenticatorDialog,
    PinDialog,
    PutAwayDialog,
)
from desktop_app.gui.sessions import SessionWatch
from desktop_app.gui.sign_in import SignInWindow
from desktop_app.gui.start import Front
from desktop_app.gui.system_watch import SystemWatch
from desktop_app.gui.unlock_page import UnlockPage
from desktop_app.gui.window import Window
from desktop_app.kernel.access import Role
from desktop_app.kernel.clock import FrozenClock, SystemClock
from desktop_app.kernel.errors import NotAllowedError
from desktop_app.vault.cost import KdfCost
from desktop_app.vault.device import Binding
from desktop_app.vault.secret import SecretBytes
from desktop_app.vault.totp import Enrolment, code_at
from tests.gui.safe_room import OWNER, PASSWORD, door, safe_store
from tests.gui.sales_room import close

PIN = "8305"


@pytest.fixture(scope="session")
def template(tmp_path_factory):
    return safe_store(tmp_path_factory.mktemp("locking"))


@pytest.fixture
def store(template, tmp_path):
    return template.copy(tmp_path)


@pytest.fixture
def front(qtbot, store):
    desk = FrontDesk(store.folder, keyring=False, cost=KdfCost.FLOOR)
    made = Front(desk, store.folder, SCREENS)
    made.show_sign_in()
    yield made
    if isinstance(made.shown, Window):
        close(qtbot, made.shown)
    made.shown.close()
    desk.close()


def enter(qtbot, front, password=PASSWORD):
    front.shown.page.password.field.setText(password)
    front.shown.page.submit()
    qtbot.waitUntil(lambda: isinstance(front.shown, Window), timeout=20_000)
    return front.shown


def lock(qtbot, front):
    front.shown.lock()
    return locked(qtbot, front)


def locked(qtbot, front):
    qtbot.waitUntil(lambda: isinstance(front.shown, SignInWindow), timeout=20_000)
    assert isinstance(front.shown.page, UnlockPage)
    return front.shown.page


def with_pin(qtbot, front):
    window = enter(qtbot, front)
    window.bridge.app.call(set_pin, PASSWORD, PIN)
    return window


def test_a_pin_brings_the_same_screen_back(qtbot, front):
    window = with_pin(qtbot, front)
    window.go("backups")
    page = lock(qtbot, front)
    assert page.by_pin
    assert list(page.people.buttons) == [OWNER]
    page.pin.field.setText(PIN)
    page.submit()
    qtbot.waitUntil(lambda: isinstance(front.shown, Window), timeout=20_000)
    assert front.shown.key == "backups"
    newest = front.shown.bridge.app.call(list_sessions)[0]
    assert newest.way == "pin"


def test_the_password_is_always_possible_instead(qtbot, front):
    with_pin(qtbot, front)
    page = lock(qtbot, front)
    page.other_way.click()
    assert not page.by_pin
    enter(qtbot, front)


def test_five_wrong_pins_leave_the_password(qtbot, front, monkeypatch):
    from desktop_app.vault import throttle

    monkeypatch.setattr(throttle, "delay_s", lambda _count: 0)
    with_pin(qtbot, front)
    page = lock(qtbot, front)
    for tries in range(5):
        page.pin.field.setText("9999")
        page.submit()
        qtbot.waitUntil(lambda: page.isEnabled() and page.failure() != "", timeout=20_000)
        assert page.by_pin is (tries < 4)
    assert "after the password" in page.failure()
    enter(qtbot, front)


def test_sleep_locks_at_once_and_asks_for_the_password(qtbot, front):
    with_pin(qtbot, front)
    front.system.slept.emit()
    page = locked(qtbot, front)
    assert not page.by_pin
    assert not page.other_way.isVisibleTo(page)
    assert page.people.buttons == {}


def test_locking_the_computer_locks_the_window_but_keeps_the_pin(qtbot, front):
    with_pin(qtbot, front)
    front.system.locked.emit()
    assert locked(qtbot, front).by_pin


def test_a_session_ended_elsewhere_locks_here(qtbot, front, store):
    window = enter(qtbot, front)
    with door(store.folder).sign_in(OWNER, PASSWORD) as elsewhere:
        elsewhere.call(end_session, window.bridge.app.session_id)
    window.findChild(SessionWatch).look()
    locked(qtbot, front)


def test_a_removed_persons_window_locks(qtbot, front, store):
    page = front.shown.page
    page._name.setCurrentIndex(page._name.findData("murad"))
    window = enter(qtbot, front, "demo")
    with door(store.folder).sign_in(OWNER, PASSWORD) as owner:
        owner._store.keys.unlocked.remove_user("murad")
    window.findChild(SessionWatch).look()
    locked(qtbot, front)


def test_a_lock_is_noted_and_another_person_sees_the_first_screen(qtbot, front, store):
    window = enter(qtbot, front)
    first = window.key
    window.go("backups")
    page = lock(qtbot, front)
    page._name.setCurrentIndex(page._name.findData("murad"))
    window = enter(qtbot, front, "demo")
    assert window.key == first
    with door(store.folder).sign_in(OWNER, PASSWORD) as owner:
        ends = [row.ended_by for row in owner.call(list_sessions) if "window" in row.program]
    assert ends == ["lock"]


def test_the_code_of_an_app_is_asked_for_after_the_password(qtbot, front):
    enrolment = Enrolment.random()

    def code(steps):
        return code_at(enrolment.secret, int(SystemClock().now().timestamp()) // 30 + steps)

    window = enter(qtbot, front)
    window.bridge.app.call(set_authenticator, PASSWORD, enrolment, code(-1))
    page = lock(qtbot, front)
    page.password.field.setText(PASSWORD)
    page.submit()
    qtbot.waitUntil(lambda: page._form.row("code").isVisibleTo(page), timeout=20_000)
    assert page.failure() == ""
    assert page.password.text() == PASSWORD
    page.code.setText("000000")
    page.submit()
    qtbot.waitUntil(lambda: "wrong" in page.failure(), timeout=20_000)
    page.code.setText(code(1))
    page.submit()
    qtbot.waitUntil(lambda: isinstance(front.shown, Window), timeout=20_000)


def test_a_one_time_code_leads_to_a_password_of_ones_own(qtbot, front, store):
    with door(store.folder).sign_in(OWNER, PASSWORD) as owner:
        code = owner._store.keys.unlocked.reset_password("murad").text
    page = front.shown.page
    page._name.setCurrentIndex(page._name.findData("murad"))
    page.password.field.setText(code.lower())
    page.submit()
    qtbot.waitUntil(lambda: isinstance(front.shown.page, ChoosePage), timeout=20_000)
    page = front.shown.page
    page.new.suggest.click()
    chosen = page.new.text()
    assert len(chosen.split()) == 5
    assert page.new.password.field.echoMode() is QLineEdit.EchoMode.Normal
    page.submit()
    qtbot.waitUntil(lambda: isinstance(front.shown, Window), timeout=20_000)
    door(store.folder).sign_in("murad", chosen).close()
    with pytest.raises(NotAllowedError):
        door(store.folder).sign_in("murad", code)


def typed(field, text):
    field.setText(text)


def test_pin_and_app_are_set_up_and_put_away_in_the_settings(qtbot, front):
    window = enter(qtbot, front)
    window.go("settings")
    card = window.page("settings").sign_in
    card._choose_pin()
    dialog = card.findChild(PinDialog)
    typed(dialog.password.field, PASSWORD)
    typed(dialog.pin.field, "1234")
    typed(dialog.again.field, "1234")
    dialog.done_button.click()
    assert "first that anybody tries" in dialog.form.row("pin").error
    typed(dialog.pin.field, PIN)
    dialog.done_button.click()
    assert "not the same" in dialog.form.row("again").error
    typed(dialog.again.field, PIN)
    with qtbot.waitSignal(dialog.accepted, timeout=20_000):
        dialog.done_button.click()
    card._set_up_app()
    dialog = card.findChild(AuthenticatorDialog)
    step = int(SystemClock().now().timestamp()) // 30
    typed(dialog.password.field, PASSWORD)
    typed(dialog.code, code_at(dialog.enrolment.secret, step))
    secret = dialog.enrolment.secret
    with qtbot.waitSignal(dialog.accepted, timeout=20_000):
        dialog.done_button.click()
    from desktop_app.access.own_sign_in import drop_authenticator, get_sign_in

    card._put_away("Away?", drop_authenticator, code=True)
    dialog = card.findChild(PutAwayDialog)
    typed(dialog.password.field, PASSWORD)
    typed(dialog.code, code_at(secret, step + 1))
    with qtbot.waitSignal(dialog.accepted, timeout=20_000):
        dialog.done_button.click()
    facts = window.bridge.app.call(get_sign_in, PASSWORD)
    assert (facts.pin, facts.authenticator) == (True, False)
    qtbot.waitUntil(lambda: card.session_rows != [], timeout=20_000)
    assert card.session_rows[0].ended_at is None


def test_staff_are_given_more_minutes_than_who_opens_more(qtbot, front, store):

    with door(store.folder).sign_in(OWNER, PASSWORD) as owner:
        keys = owner._store.keys.unlocked
        keys.add_user("elvin", Role.STAFF, "demo", weak_password_allowed=True)
    front.show_sign_in()
    page = front.shown.page
    page._name.setCurrentIndex(page._name.findData("elvin"))
    enter(qtbot, front, "demo")
    assert front._idle._timer.interval() == 15 * 60_000


def test_a_clock_that_jumped_while_the_timer_stood_still_means_sleep(qtbot, clock: FrozenClock):
    watch = SystemWatch(clock=clock)
    seen = []
    watch.slept.connect(lambda: seen.append(1))
    for seconds in (10, 40, 55, -7200):
        clock.at += timedelta(seconds=seconds)
        watch.look()
    assert seen == []
    clock.at += timedelta(seconds=56)
    watch.look()
    assert seen == [1]


class ThisComputer:
    """The keyring of a test: one secret for every store."""

    def __init__(self, _folder) -> None:
        self._binding = Binding(SecretBytes(b"k" * 32))

    def compare(self, *_known) -> Binding:
        return self._binding

    def trail_mark(self) -> None:
        return None

    def keep_trail_mark(self, mark) -> None:
        del mark


def test_a_cashier_begins_with_a_code_and_a_till_pin(qtbot, store, monkeypatch):
    import desktop_app.sign_in as way_in

    monkeypatch.setattr(way_in, "Device", ThisComputer)
    desk = FrontDesk(store.folder, keyring=True, cost=KdfCost.FLOOR)
    front = Front(desk, store.folder, SCREENS)
    with door(store.folder).sign_in(OWNER, PASSWORD) as owner:
        code = owner._store.keys.unlocked.add_with_code("elvin", Role.STAFF).text
    front.show_sign_in()
    page = front.shown.page
    page._name.setCurrentIndex(page._name.findData("elvin"))
    page.password.field.setText(code)
    page.submit()
    qtbot.waitUntil(lambda: isinstance(front.shown.page, ChoosePage), timeout=20_000)
    page = front.shown.page
    page.other_way.click()
    page.pin.field.setText("830572")
    page.submit()
    assert "not the same" in page._pins.row("again").error
    page.again.field.setText("830572")
    page.submit()
    qtbot.waitUntil(lambda: isinstance(front.shown, Window), timeout=20_000)
    page = lock(qtbot, front)
    assert page.by_pin
    page.pin.field.setText("830572")
    page.submit()
    qtbot.waitUntil(lambda: isinstance(front.shown, Window), timeout=20_000)
    assert front.shown.bridge.app.actor.way == "till pin"
    close(qtbot, front.shown)
    desk.close()
