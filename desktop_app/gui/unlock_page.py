"""The card that unlocks: a password, a PIN for who was here today, the code of an app."""

from __future__ import annotations

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QComboBox, QLineEdit
from typing_extensions import override

from desktop_app.gui.desk import KnownUser, SignInDesk
from desktop_app.gui.fonts import font
from desktop_app.gui.people_row import PeopleRow
from desktop_app.gui.pin_edit import PinEdit
from desktop_app.gui.sign_in_pages import SignInPage
from desktop_app.gui.text import ntr, tr
from desktop_app.gui.widgets.button import button, retitle
from desktop_app.gui.widgets.form import Form
from desktop_app.gui.widgets.password_edit import PasswordEdit
from desktop_app.kernel.errors import AppError
from desktop_app.vault.door import CodeNeededError


class UnlockPage(SignInPage):
    """Name and password; a PIN instead where it is possible; the code of an app where needed."""

    submitted = Signal(str, str, str)
    pin_submitted = Signal(str, str)
    recover_wanted = Signal()
    restore_wanted = Signal()

    def __init__(self, desk: SignInDesk, reason: str = "") -> None:
        sentence = reason or tr("Locked · data on this computer")
        super().__init__(desk.venue() or "Clopos Desk", sentence, tr("Unlock"), "key-round")
        self._desk = desk
        self._trouble: AppError | None = None
        self._name = QComboBox()
        self._name.setFont(font(14))
        self._users: dict[str, KnownUser] = {}
        try:
            self._users = {user.name: user for user in desk.users()}
        except AppError as error:  # a damaged key file: restoring is all that helps
            self._trouble = error
        for user in self._users.values():
            self._name.addItem(user.shown or user.name, user.name)
        self.people = PeopleRow([user for user in self._users.values() if user.pin])
        self.people.setVisible(bool(self.people.buttons))
        self.password = PasswordEdit(tr("Password"), large=True)
        self.pin = PinEdit(tr("PIN"))
        self.code = QLineEdit()
        self.code.setFont(font(16, 600, tabular=True))
        self._form = Form()
        self._form.add("name", tr("Name"), self._name)
        self._form.add("password", tr("Password"), self.password)
        self._form.add("pin", tr("PIN"), self.pin)
        hint = tr("Six digits from the app, or one of your spare codes.")
        self._form.add("code", tr("Code of the authenticator app"), self.code, hint)
        self.other_way = button("", kind="ghost", on_click=self._change_way)
        self.body.addWidget(self.people)
        self.body.addWidget(self._form)
        self.body.addWidget(self.other_way)
        self.add_small(tr("Forgotten password?"), self.recover_wanted)
        self.add_small(tr("Restore from a backup"), self.restore_wanted)
        self.small.addStretch(1)
        self._wait = QTimer(self, interval=1000)
        self._wait.timeout.connect(self._count_down)
        self._left = 0
        self._by_pin = False
        for field in (self.password, self.pin):
            field.entered.connect(self.submit)
        self.code.returnPressed.connect(self.submit)
        self.people.chosen.connect(self._choose)
        self._name.currentIndexChanged.connect(self._person_changed)
        self._person_changed()

    @property
    def by_pin(self) -> bool:
        """Tell whether a PIN is asked for."""
        return self._by_pin

    @override
    def start(self) -> None:
        """Put the cursor into the password or the PIN."""
        (self.pin if self._by_pin else self.password).setFocus()
        if self._trouble is not None:
            super().show_failure(self._trouble)
            self.action.setEnabled(False)

    @override
    def submit(self) -> None:
        """Hand in name and password, or name and PIN."""
        if self._left:
            return
        if self._by_pin:
            if self.pin.text():
                self.pin_submitted.emit(self._who(), self.pin.text())
            else:
                self.show_text(tr("Type your PIN."))
        elif not self.password.text():
            self.show_text(tr("Type your password."))
        else:
            self.submitted.emit(self._who(), self.password.text(), self.code.text())

    @override
    def show_failure(self, error: AppError) -> None:
        """Say why, ask for what is missing, and count down where the person must wait."""
        if isinstance(error, CodeNeededError):
            asked_before = self._form.row("code").isVisibleTo(self)
            self._ask_code(wanted=True)
            if asked_before:
                super().show_failure(error)
            self.code.clear()
            self.code.setFocus()
        else:
            super().show_failure(error)
            self._ask_code(wanted=False)
            self.password.clear()
            self.pin.clear()
            if self._by_pin and not self._still_by_pin():
                self._show_way(by_pin=False)
            (self.pin if self._by_pin else self.password).setFocus()
        self._check_wait()

    def _who(self) -> str:
        return str(self._name.currentData() or "")

    def _choose(self, name: str) -> None:
        self._name.setCurrentIndex(self._name.findData(name))
        self._person_changed()
        self.start()

    def _person_changed(self) -> None:
        user = self._users.get(self._who())
        self.people.show_chosen(self._who())
        self._show_way(by_pin=user is not None and user.pin)
        self._ask_code(wanted=False)
        if user is not None:
            self._check_wait()

    def _change_way(self) -> None:
        self._show_way(by_pin=not self._by_pin)
        self.show_text("")
        self.start()

    def _show_way(self, *, by_pin: bool) -> None:
        self._by_pin = by_pin
        user = self._users.get(self._who())
        self._form.row("pin").setVisible(by_pin)
        self._form.row("password").setVisible(not by_pin)
        self.other_way.setVisible(user is not None and user.pin)
        retitle(self.other_way, tr("Use the password") if by_pin else tr("Use the PIN"))

    def _still_by_pin(self) -> bool:
        """Tell whether the PIN goes on after a miss; the list of users may have changed."""
        try:
            self._users = {user.name: user for user in self._desk.users()}
        except AppError:
            return False
        user = self._users.get(self._who())
        return user is not None and user.pin

    def _ask_code(self, *, wanted: bool) -> None:
        self._form.row("code").setVisible(wanted)
        if not wanted:
            self.code.clear()

    def _check_wait(self) -> None:
        self._left = self._desk.wait_seconds(self._who()) if not self._by_pin else 0
        self._show_wait()
        if self._left:
            self._wait.start()

    def _count_down(self) -> None:
        self._left = max(0, self._left - 1)
        self._show_wait()
        if not self._left:
            self._wait.stop()
            self.show_text("")

    def _show_wait(self) -> None:
        self.action.setEnabled(not self._left)
        if self._left:
            self.show_text(
                ntr(
                    "Too many wrong passwords. Try again in {n} second.",
                    "Too many wrong passwords. Try again in {n} seconds.",
                    self._left,
                )
            )
