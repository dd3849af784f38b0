"""A manager at this desk finishes what somebody has started who may not do it."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtWidgets import QComboBox, QLineEdit, QWidget

from desktop_app.access.confirming import PASSWORD, PIN, looks_like_pin
from desktop_app.access.override import Override
from desktop_app.access.request_words import wish_words
from desktop_app.access.users import who_may
from desktop_app.gui.bridge import Bridge
from desktop_app.gui.fonts import font
from desktop_app.gui.later import Later
from desktop_app.gui.text import say, tr
from desktop_app.gui.widgets.dialog import Dialog
from desktop_app.gui.widgets.form import Form
from desktop_app.gui.widgets.labels import label
from desktop_app.gui.widgets.password_edit import PasswordEdit
from desktop_app.kernel.errors import AppError, InvalidError, StoppedError
from desktop_app.kernel.holders import Holder


class ManagerDialog(Dialog):
    """Asks who finishes it, for their password or PIN, and why; `later` goes on with it."""

    def __init__(self, bridge: Bridge, later: Later, parent: QWidget | None) -> None:
        super().__init__(
            tr("A manager can finish this"),
            tr("You may not do it yourself. Somebody at this desk who may can finish it, once."),
            parent,
        )
        self._bridge, self._later = bridge, later
        self.body.addWidget(label(say(wish_words(later.op.name)), 15, 600, wrap=True))
        self.manager = QComboBox()
        self.manager.setFont(font(13))
        self.secret = PasswordEdit(tr("Password or PIN"))
        self.reason = QLineEdit()
        self.reason.setFont(font(13))
        self.form = Form()
        self.form.add("manager", tr("Who finishes it"), self.manager)
        self.form.add(
            "secret",
            tr("Password or PIN"),
            self.secret,
            tr("A PIN works for who has unlocked this window with their password today."),
        )
        self.form.add("reason", tr("Reason"), self.reason, tr("It stands in the audit trail."))
        self.body.addWidget(self.form)
        self.add_cancel()
        self.finish = self.add_button(tr("Finish it"), "primary")
        self.finish.clicked.connect(self._finish)
        self.secret.entered.connect(self._finish)
        self.rejected.connect(partial(later.refuse, StoppedError()))
        bridge.ask(self, self._show, who_may, later.op.permission)

    def _show(self, holders: Sequence[Holder]) -> None:
        for one in holders:
            self.manager.addItem(say(one.shown), one.name)

    def _finish(self) -> None:
        self.form.clear_errors()
        secret, reason = self.secret.text(), self.reason.text().strip()
        if not secret:
            self.form.row("secret").set_error(tr("Type the password or the PIN."))
        elif not reason:
            self.form.row("reason").set_error(tr("Say why."))
        elif self.manager.currentIndex() >= 0:
            way = PIN if looks_like_pin(secret) else PASSWORD
            self._ask(Override(str(self.manager.currentData()), secret, reason, way))

    def _ask(self, wish: Override) -> None:
        self.finish.setEnabled(False)
        args, kwargs = self._later.arguments
        asked = self._bridge.app.start_vouching(wish, self._later.op, *args, **kwargs)
        self._bridge.follow(self, asked.future, self._vouched, self._refused)

    def _vouched(self, voucher: str) -> None:
        if self._later.future.done():  # given up meanwhile
            return
        self.secret.clear()
        self.accept()
        self._later.go_on(partial(self._bridge.app.start_vouched, self._later.progress, voucher))

    def _refused(self, error: AppError) -> None:
        self.finish.setEnabled(True)
        if isinstance(error, InvalidError) and self.form.show_error(error):
            return
        said = [error.message, *([error.hint] if error.hint else [])]
        self.secret.clear()
        self.form.row("secret").set_error(" ".join(say(one) for one in said))
        self.secret.setFocus()
