"""The cards of the sign-in window for a store that is there: unlock it, or recover it."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal, SignalInstance
from PySide6.QtWidgets import QComboBox, QFrame, QHBoxLayout, QVBoxLayout
from typing_extensions import override

from desktop_app.gui.code_edit import CodeEdit
from desktop_app.gui.desk import KnownUser, SignInDesk
from desktop_app.gui.fonts import font
from desktop_app.gui.new_password import NewPassword
from desktop_app.gui.text import say, tr
from desktop_app.gui.widgets.button import button, retitle
from desktop_app.gui.widgets.form import Form
from desktop_app.gui.widgets.labels import IconLabel, Mark, label
from desktop_app.gui.widgets.layout import column, row
from desktop_app.kernel.errors import AppError, DamagedError, InvalidError

_CENTRE = Qt.AlignmentFlag.AlignHCenter


class SignInPage(QFrame):
    """A card: the mark, a title, content, one big button, small ones below."""

    def __init__(self, title: str, sentence: str, action: str, icon_name: str) -> None:
        super().__init__()
        self.setObjectName("card")
        self.setAccessibleName(title)
        self.body: QVBoxLayout = column(gap=10)
        self.small: QHBoxLayout = row(None, gap=4)
        self._action_text = action
        self.action = button(action, icon_name, "hero")
        self.action.setDefault(True)
        self._icon = IconLabel("circle-alert", "bad", 14)
        self._failure = label("", 12, 500, "bad", wrap=True)
        heading = label(title, 22, 600)
        detail = label(sentence, tone="muted", wrap=True)
        detail.setAlignment(detail.alignment() | _CENTRE)
        note = row(self._icon, gap=6)
        note.addWidget(self._failure, 1)
        layout = column(row(None, Mark(52), None), 10, row(None, heading, None), detail)
        layout.addSpacing(14)
        for part in (self.body, note):
            layout.addLayout(part)
        layout.addSpacing(4)
        layout.addWidget(self.action)
        layout.addLayout(self.small)
        layout.setContentsMargins(36, 36, 36, 24)
        self.setLayout(layout)
        self.action.clicked.connect(self.submit)
        self.show_text("")

    def start(self) -> None:
        """Put the cursor where the person begins."""
        self.action.setFocus()

    def submit(self) -> None:
        """Do what the big button says."""

    def set_busy(self, *, busy: bool) -> None:
        """Hold the card while the key is derived."""
        self.setEnabled(not busy)
        retitle(self.action, tr("One moment…") if busy else self._action_text)
        self.show_text("")

    def show_failure(self, error: AppError) -> None:
        """Say why it did not work."""
        hint = f" {say(error.hint)}" if error.hint else ""
        self.show_text(say(error.message) + hint)

    def show_text(self, text: str) -> None:
        """Say something below the fields; empty takes it away."""
        self._failure.setText(text)
        self._failure.setVisible(bool(text))
        self._icon.setVisible(bool(text))

    def failure(self) -> str:
        """Return what is said to be wrong."""
        return self._failure.text()

    def add_small(self, text: str, clicked: SignalInstance) -> None:
        """Append a small button below the big one."""
        made = button(text, kind="ghost", on_click=clicked)
        self.small.addWidget(made)


class RecoverPage(SignInPage):
    """The recovery code and a new password."""

    submitted = Signal(str, str, str)
    back_wanted = Signal()

    def __init__(self, desk: SignInDesk) -> None:
        super().__init__(
            tr("Use the recovery key"),
            tr("It is on the sheet printed at the first start: nine groups of six digits."),
            tr("Unlock"),
            "key-round",
        )
        self.code = CodeEdit(desk.group_ok)
        self._form = Form()
        self._form.add("code", tr("Recovery key"), self.code)
        # Ours from the start: a widget without a parent would die on whatever thread collects it.
        self._owner = QComboBox(self)
        self._owner.setFont(font(14))
        for user in _owners(desk):
            self._owner.addItem(user.shown or user.name, user.name)
        self._owner.setVisible(self._owner.count() > 1)
        if self._owner.count() > 1:
            self._form.add("owner", tr("Whose password"), self._owner)
        self.new = NewPassword(lambda: (self._owner.currentText(),), suggests=True)
        self.password, self.again = self.new.password, self.new.again
        self.body.addWidget(self._form)
        self.body.addWidget(self.new)
        self.add_small(tr("Back"), self.back_wanted)
        self.small.addStretch(1)

    @override
    def start(self) -> None:
        """Put the cursor into the first group."""
        self.code.setFocus()

    @override
    def submit(self) -> None:
        """Hand in code and password, once both can be right."""
        self._form.clear_errors()
        wrong = self.code.wrong_group()
        if wrong is not None:
            problem = tr("Group {n} is not right. Compare it with the sheet.", n=wrong + 1)
            self._form.row("code").set_error(problem)
        elif self.new.ready():
            owner = str(self._owner.currentData() or "")
            self.submitted.emit(self.code.text(), self.new.text(), owner)

    @override
    def show_failure(self, error: AppError) -> None:
        """Say why, beside the key or the password."""
        if isinstance(error, InvalidError) and error.field == "password":
            self.new.show_error(error)
        elif isinstance(error, InvalidError | DamagedError):
            hint = f" {say(error.hint)}" if error.hint else ""
            self._form.row("code").set_error(say(error.message) + hint)
            self.code.setFocus()
        else:
            super().show_failure(error)


def _owners(desk: SignInDesk) -> list[KnownUser]:
    try:
        return [user for user in desk.users() if user.owner]
    except AppError:
        return []
