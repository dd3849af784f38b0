"""A deed in the window: the password again, then the same call goes on; without it, nothing."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from desktop_app.access.users import list_users, remove_user
from desktop_app.gui.text import set_language
from desktop_app.gui.usher import PasswordAgainDialog
from desktop_app.gui.window import Window
from desktop_app.kernel.errors import AppError
from desktop_app.kernel.words import msg
from tests.gui.sales_room import PASSWORD
from tests.gui.step_up_room import asked_again
from tests.gui.test_settings_screen import folder, opened, template
from tests.gui.test_shell import unnamed

__all__ = ["folder", "opened", "template"]


def present(window: Window) -> set[str]:
    return {u.name for u in window.bridge.app.call(list_users) if u.removed_at is None}


def done(told: list[object]) -> bool:
    return len(told) == 1 and not isinstance(told[0], AppError)


@pytest.fixture
def asked(qtbot, opened):
    """Give a window in which somebody is about to be removed, and what came of it."""
    window, _page = opened("owner")
    told: list[object] = []
    window.bridge.ask_or(window, told.append, told.append, remove_user, "elvin")
    return window, asked_again(qtbot, window), told


def test_the_same_call_goes_on_once_the_password_is_given(qtbot, asked):
    window, dialog, told = asked
    assert "Change who may sign in" in said(dialog)
    assert "Password of owner" in said(dialog)
    assert told == []
    qtbot.keyClicks(dialog.password.field, PASSWORD)
    qtbot.keyClick(dialog.password.field, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: done(told), timeout=10_000)
    assert present(window) == {"owner"}


def test_a_wrong_password_is_said_at_the_field_and_can_be_typed_again(qtbot, asked):
    window, dialog, told = asked
    dialog.confirm.click()
    assert "Type your password" in dialog.row.error
    qtbot.keyClicks(dialog.password.field, "wrong")
    dialog.confirm.click()
    qtbot.waitUntil(lambda: "wrong" in dialog.row.error, timeout=10_000)
    assert dialog.password.text() == ""
    assert told == []
    qtbot.keyClicks(dialog.password.field, PASSWORD)
    dialog.confirm.click()
    qtbot.waitUntil(lambda: done(told), timeout=10_000)
    assert present(window) == {"owner"}


def test_closing_the_dialog_does_nothing_and_frees_whoever_waits(qtbot, asked):
    window, dialog, told = asked
    dialog.reject()
    qtbot.waitUntil(lambda: len(told) == 1)
    assert type(told[0]).__name__ == "ConfirmationNeededError"
    assert present(window) == {"owner", "elvin"}
    assert not window.banner.isVisible()


def test_work_that_waits_for_the_password_is_not_shown_as_running(qtbot, opened):
    window, _page = opened("owner")
    told: list[object] = []
    running = window.bridge.start(window, told.append, msg("Working"), remove_user, "elvin")
    dialog = asked_again(qtbot, window)
    assert not window.jobs.rows
    assert not running.future.done()
    qtbot.keyClicks(dialog.password.field, PASSWORD)
    dialog.confirm.click()
    qtbot.waitUntil(lambda: done(told), timeout=10_000)
    assert running.future.done()
    qtbot.waitUntil(lambda: not window.jobs.rows)


@pytest.mark.parametrize("language", ["en", "az"])
def test_the_dialog_is_named_and_has_its_picture(qtbot, opened, photograph, language):
    set_language(language)
    window, _page = opened("owner")
    window.bridge.ask_or(window, lambda _: None, lambda _: None, remove_user, "elvin")
    dialog = asked_again(qtbot, window)
    assert unnamed(dialog) == []
    photograph(dialog, f"approvals_password_{language}")
    dialog.reject()
    QApplication.processEvents()


def said(dialog: PasswordAgainDialog) -> str:
    from PySide6.QtWidgets import QLabel

    return "\n".join(one.text() for one in dialog.findChildren(QLabel))
