"""Two fields for a new password that say while one types whether it is good enough, and why not."""

from __future__ import annotations

from collections.abc import Callable, Collection

from PySide6.QtWidgets import QWidget

from desktop_app.gui.text import say, tr
from desktop_app.gui.tokens import Role
from desktop_app.gui.widgets.button import button
from desktop_app.gui.widgets.form import Form
from desktop_app.gui.widgets.labels import IconLabel, Tone, label, set_tone
from desktop_app.gui.widgets.layout import column, row
from desktop_app.gui.widgets.password_edit import PasswordEdit
from desktop_app.kernel.errors import InvalidError
from desktop_app.vault import passwords, suggest

_Context = Callable[[], Collection[str]]


class NewPassword(QWidget):
    """A new password and its repetition; `context` gives words that must not make it up."""

    def __init__(
        self, context: _Context = tuple, *, new: bool = True, suggests: bool = True
    ) -> None:
        super().__init__()
        self._context = context
        name = tr("New password") if new else tr("Password")
        again = tr("New password again") if new else tr("Password again")
        self.password, self.again = PasswordEdit(name), PasswordEdit(again)
        self._form = Form()
        self._form.add("password", name, self.password)
        self._icon = IconLabel("info", "text3", 14)
        self._verdict = label("", 12, tone="muted", wrap=True)
        line = row(self._icon, gap=6)
        line.addWidget(self._verdict, 1)
        self.suggest = button(tr("Suggest"), "sparkles", "ghost", on_click=self._suggest)
        self.suggest.setToolTip(tr("Five words that nobody else has; write them down."))
        if not suggests:
            self.suggest.hide()
        line.addWidget(self.suggest)
        below = Form()
        below.add("again", again, self.again)
        self._below = below
        self.setLayout(column(self._form, line, below, gap=8))
        self.setFocusProxy(self.password)
        self.password.field.textChanged.connect(self.judge)
        self.judge()

    @property
    def verdict(self) -> str:
        """Return what is said about the password."""
        return self._verdict.text()

    def text(self) -> str:
        """Return the password."""
        return self.password.text()

    def clear(self) -> None:
        """Empty both fields."""
        self.password.clear()
        self.again.clear()

    def judge(self) -> None:
        """Say what the password is like."""
        self._form.clear_errors()
        problem = self._problem()
        if not self.text():
            self._show("info", "muted", password_hint())
        elif problem is None:
            self._show("circle-check", "ok", tr("A good password."))
        else:
            self._show("info", "muted", _sentence(problem))

    def _suggest(self) -> None:
        """Fill both fields with five words, and show them: they have to be written down."""
        words = suggest.words()
        for field in (self.password, self.again):
            field.show_text(words)

    def ready(self) -> bool:
        """Tell whether both fields hold the same good password; say what is wrong otherwise."""
        self._below.clear_errors()
        problem = self._problem()
        if problem is not None:
            self.show_error(problem)
        elif self.text() != self.again.text():
            self._below.row("again").set_error(tr("The two passwords are not the same."))
            self.again.setFocus()
        return problem is None and self.text() == self.again.text()

    def show_error(self, error: InvalidError) -> None:
        """Say why the password will not do."""
        self._show("circle-alert", "bad", _sentence(error))
        self.password.setFocus()

    def error(self) -> str:
        """Return what is wrong with the repetition."""
        return self._below.row("again").error

    def _problem(self) -> InvalidError | None:
        try:
            passwords.check(self.text(), context=self._context())
        except InvalidError as error:
            return error
        return None

    def _show(self, icon: str, tone: Tone, text: str) -> None:
        roles: dict[Tone, Role] = {"muted": "text3", "ok": "ok", "bad": "bad"}
        self._icon.show_icon(icon, roles[tone])
        self._verdict.setText(text)
        set_tone(self._verdict, tone)
        self.password.field.setAccessibleDescription(text)


def password_hint() -> str:
    """Return what a password must be like."""
    return tr(
        "At least {n} characters. Four or five words that have nothing to do with each other "
        "are good.",
        n=passwords.SHORTEST,
    )


def _sentence(error: InvalidError) -> str:
    return f"{say(error.message)} {say(error.hint)}" if error.hint else say(error.message)
