"""The password again, as a person gives it in the window."""

from desktop_app.gui.usher import PasswordAgainDialog
from desktop_app.gui.window import Window
from tests.gui.sales_room import PASSWORD


def asked_again(qtbot, window: Window) -> PasswordAgainDialog:
    """Wait for the dialog that asks for the password."""
    qtbot.waitUntil(lambda: window.findChild(PasswordAgainDialog) is not None, timeout=20_000)
    return window.findChild(PasswordAgainDialog)


def give_password(qtbot, window: Window, password: str = PASSWORD) -> None:
    """Type the password a deed asks for and go on."""
    dialog = asked_again(qtbot, window)
    qtbot.keyClicks(dialog.password.field, password)
    dialog.confirm.click()
