"""Changing one's own password."""

from __future__ import annotations

from collections.abc import Callable

from desktop_app.access.own_sign_in import change_password
from desktop_app.gui.bridge import Bridge
from desktop_app.gui.new_password import NewPassword
from desktop_app.gui.text import say, tr
from desktop_app.gui.widgets.button import button
from desktop_app.gui.widgets.card import Card
from desktop_app.gui.widgets.form import Form
from desktop_app.gui.widgets.layout import row
from desktop_app.gui.widgets.password_edit import PasswordEdit
from desktop_app.kernel.errors import AppError, InvalidError


class PasswordCard(Card):
    """The password now, and twice the new one."""

    def __init__(self, bridge: Bridge, tell: Callable[[str], None]) -> None:
        super().__init__(tr("My password"), bridge.app.actor.name)
        self._bridge, self._tell = bridge, tell
        self.form = Form()
        self.old = PasswordEdit(tr("Password now"))
        self.form.add("old", tr("Password now"), self.old)
        self.new = NewPassword(lambda: (bridge.app.actor.name,))
        self.change = button(tr("Change my password"), on_click=self._change)
        self.add(self.form, self.new)
        self.body.addLayout(row(None, self.change))

    def _change(self) -> None:
        self.form.clear_errors()
        if self.new.ready():
            self.change.setEnabled(False)
            self._bridge.ask_or(
                self, self._changed, self._refused, change_password,
                self.old.text(), self.new.text(),
            )  # fmt: skip

    def _changed(self, _: object) -> None:
        self.change.setEnabled(True)
        self.old.clear()
        self.new.clear()
        self._tell(tr("Your password was changed."))

    def _refused(self, error: AppError) -> None:
        self.change.setEnabled(True)
        if isinstance(error, InvalidError):
            self.new.show_error(error)
        else:
            self.form.row("old").set_error(say(error.message))
