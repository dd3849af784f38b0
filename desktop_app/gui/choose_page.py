"""The card after a one-time code: a password of one's own, or a PIN for the till."""

from __future__ import annotations

from PySide6.QtCore import Signal
from typing_extensions import override

from desktop_app.gui.new_password import NewPassword
from desktop_app.gui.pin_edit import PinEdit
from desktop_app.gui.sign_in_pages import SignInPage
from desktop_app.gui.text import tr
from desktop_app.gui.widgets.button import button, retitle
from desktop_app.gui.widgets.form import Form
from desktop_app.kernel.errors import AppError, InvalidError
from desktop_app.vault import pins


class ChoosePage(SignInPage):
    """The first sign-in with a one-time code: a password of one's own, or a till PIN."""

    submitted = Signal(str, str, str)
    pin_submitted = Signal(str, str, str)
    back_wanted = Signal()

    def __init__(self, name: str, code: str, *, till: bool = False) -> None:
        super().__init__(
            tr("Choose your password"),
            tr("The code was right. Only you know the password you choose now."),
            tr("Save and unlock"),
            "key-round",
        )
        self._name, self._code = name, code
        self.new = NewPassword(lambda: (name,), suggests=True)
        self.pin, self.again = PinEdit(tr("New PIN")), PinEdit(tr("New PIN again"))
        self._pins = Form()
        hint = tr("It works on this computer only, and opens only what the till needs.")
        self._pins.add("pin", tr("New PIN"), self.pin, hint)
        self._pins.add("again", tr("New PIN again"), self.again)
        self._pins.hide()
        self.other_way = button("", kind="ghost", on_click=self._change_way)
        self.other_way.setVisible(till)
        self.body.addWidget(self.new)
        self.body.addWidget(self._pins)
        self.body.addWidget(self.other_way)
        self._by_pin = False
        self._show_way()
        self.add_small(tr("Back"), self.back_wanted)
        self.small.addStretch(1)

    @override
    def start(self) -> None:
        """Put the cursor into the new password or PIN."""
        (self.pin if self._by_pin else self.new.password).setFocus()

    @override
    def submit(self) -> None:
        """Hand in the password or the PIN, once it is good and typed twice."""
        if self._by_pin:
            if self._pin_ready():
                self.pin_submitted.emit(self._name, self._code, self.pin.text())
        elif self.new.ready():
            self.submitted.emit(self._name, self._code, self.new.text())

    @override
    def show_failure(self, error: AppError) -> None:
        """Say why, beside the password or the PIN where it is about that."""
        if isinstance(error, InvalidError) and error.field == "password":
            self.new.show_error(error)
        elif not (isinstance(error, InvalidError) and self._pins.show_error(error)):
            super().show_failure(error)

    def _pin_ready(self) -> bool:
        self._pins.clear_errors()
        try:
            pins.check(self.pin.text(), least=pins.TILL_LEAST)
        except InvalidError as error:
            self._pins.show_error(error)
            return False
        if self.pin.text() != self.again.text():
            self._pins.row("again").set_error(tr("The two PINs are not the same."))
            return False
        return True

    def _change_way(self) -> None:
        self._by_pin = not self._by_pin
        self._show_way()
        self.start()

    def _show_way(self) -> None:
        self.new.setVisible(not self._by_pin)
        self._pins.setVisible(self._by_pin)
        other = tr("Choose a password") if self._by_pin else tr("Choose a till PIN instead")
        retitle(self.other_way, other)
