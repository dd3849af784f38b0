"""The dialogs of one's own sign-in: a PIN, an authenticator app; each asks for the password."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QLineEdit, QWidget
from typing_extensions import override

from desktop_app.gui.fonts import font
from desktop_app.gui.pin_edit import PinEdit
from desktop_app.gui.qr_picture import QrPicture
from desktop_app.gui.text import say, tr
from desktop_app.gui.widgets.dialog import Dialog
from desktop_app.gui.widgets.form import Form
from desktop_app.gui.widgets.labels import label
from desktop_app.gui.widgets.layout import column, row
from desktop_app.gui.widgets.password_edit import PasswordEdit
from desktop_app.kernel.errors import AppError, InvalidError
from desktop_app.vault import pins
from desktop_app.vault.totp import Enrolment


class OwnDialog(Dialog):
    """Asks for the password, and for more in the classes below; `asked` with both."""

    def __init__(self, title: str, sentence: str, action: str, parent: QWidget) -> None:
        super().__init__(title, sentence, parent)
        self.form = Form()
        self.password = PasswordEdit(tr("Password now"))
        self.body.addWidget(self.form)
        self.add_cancel()
        self.done_button = self.add_button(action, "primary")
        self.done_button.clicked.connect(self._check)

    def refuse(self, error: AppError) -> None:
        """Say why it did not work, where it belongs; nothing was changed."""
        self.done_button.setEnabled(True)
        if isinstance(error, InvalidError) and self.form.show_error(error):
            return
        self.banner.tell("bad", say(error.message), say(error.hint) if error.hint else "")

    def _add_password(self) -> None:
        self.form.add("password", tr("Password now"), self.password)

    def _check(self) -> None:
        self.form.clear_errors()
        if not self.password.text():
            self.form.row("password").set_error(tr("Type your password."))
        elif self._complete():
            self.done_button.setEnabled(False)
            self._send()

    def _complete(self) -> bool:
        return True

    def _send(self) -> None:
        raise NotImplementedError


class PinDialog(OwnDialog):
    """Chooses a quick PIN or a till PIN; `asked(password, pin)`."""

    asked = Signal(str, str)

    def __init__(self, parent: QWidget, *, till: bool = False) -> None:
        quick = tr("It brings you back after locking, for twelve hours after your password.")
        at_till = tr("You sign in with it on this computer, without a password.")
        super().__init__(
            tr("Choose a till PIN") if till else tr("Choose a PIN"),
            at_till if till else quick,
            tr("Save the PIN"),
            parent,
        )
        self._least = pins.TILL_LEAST if till else pins.QUICK_LEAST
        self.pin, self.again = PinEdit(tr("New PIN")), PinEdit(tr("New PIN again"))
        self._add_password()
        hint = tr(
            "{n} to {most} digits; no row, no year, no birthday", n=self._least, most=pins.MOST
        )
        self.form.add("pin", tr("New PIN"), self.pin, hint)
        self.form.add("again", tr("New PIN again"), self.again)
        self.password.setFocus()

    @override
    def _complete(self) -> bool:
        try:
            pins.check(self.pin.text(), least=self._least)
        except InvalidError as error:
            self.form.show_error(error)
            return False
        if self.pin.text() != self.again.text():
            self.form.row("again").set_error(tr("The two PINs are not the same."))
            return False
        return True

    @override
    def _send(self) -> None:
        self.asked.emit(self.password.text(), self.pin.text())


class PutAwayDialog(OwnDialog):
    """Asks for the password, and for a code where an app is put away; `asked(password, code)`."""

    asked = Signal(str, str)

    def __init__(self, title: str, sentence: str, parent: QWidget, *, code: bool) -> None:
        super().__init__(title, sentence, tr("Put away"), parent)
        self.code = QLineEdit(self)
        self.code.setFont(font(15, 600, tabular=True))
        self._add_password()
        if code:
            hint = tr("Six digits from the app, or one of your spare codes.")
            self.form.add("code", tr("Code of the authenticator app"), self.code, hint)
        else:
            self.code.hide()
        self.password.setFocus()

    @override
    def _send(self) -> None:
        self.asked.emit(self.password.text(), self.code.text())


class AuthenticatorDialog(OwnDialog):
    """Shows the picture for the app and the spare codes; `asked(password, code)`."""

    asked = Signal(str, str)

    def __init__(self, enrolment: Enrolment, name: str, venue: str, parent: QWidget) -> None:
        super().__init__(
            tr("Set up an authenticator app"),
            tr(
                "It guards signing in at the keyboard: whoever has seen your password also needs "
                "your phone. It does not make the files harder to guess at."
            ),
            tr("Ask for the code from now on"),
            parent,
        )
        self.setMinimumWidth(640)
        self.enrolment = enrolment
        picture = QrPicture(enrolment.address(name, venue), tr("QR code for the app"))
        typed = label(enrolment.typed_secret, 12, tabular=True, wrap=True)
        typed.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        right = column(
            label(tr("1. Scan the picture with the app"), 13, 600),
            label(tr("or type this secret into it:"), 12, tone="muted"),
            typed,
            8,
            label(tr("2. Keep the spare codes on paper; each is good once"), 13, 600, wrap=True),
            gap=6,
        )
        right.addLayout(_codes(enrolment.spare))
        right.addStretch(1)
        both = row(picture, gap=18)
        both.addLayout(right, 1)
        self.body.insertLayout(0, both)
        self.code = QLineEdit()
        self.code.setFont(font(16, 600, tabular=True))
        self.form.add("code", tr("3. The six digits that the app shows now"), self.code)
        self._add_password()
        self.code.setFocus()

    @override
    def _complete(self) -> bool:
        if not self.code.text().strip():
            self.form.row("code").set_error(tr("Type the six digits."))
            return False
        return True

    @override
    def _send(self) -> None:
        self.asked.emit(self.password.text(), self.code.text())


def _codes(spare: tuple[str, ...]) -> QGridLayout:
    grid = QGridLayout()
    grid.setHorizontalSpacing(16)
    grid.setVerticalSpacing(3)
    for at, code in enumerate(spare):
        shown = label(code, 12, tabular=True)
        shown.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        grid.addWidget(shown, at // 2, at % 2)
    return grid
