"""The cards of the sign-in window."""

from __future__ import annotations

from PySide6.QtCore import Qt, QTimer, Signal, SignalInstance
from PySide6.QtWidgets import QComboBox, QFrame, QHBoxLayout, QLineEdit, QVBoxLayout
from typing_extensions import override

from desktop_app.gui.code_edit import CodeEdit
from desktop_app.gui.desk import NewStore, SignInDesk
from desktop_app.gui.fonts import font
from desktop_app.gui.text import ntr, say, tr
from desktop_app.gui.widgets.button import button, retitle
from desktop_app.gui.widgets.form import Form
from desktop_app.gui.widgets.labels import IconLabel, Mark, label
from desktop_app.gui.widgets.layout import column, row
from desktop_app.gui.widgets.password_edit import PasswordEdit
from desktop_app.kernel.errors import AppError, InvalidError

LEAST_PASSWORD = 10
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


class UnlockPage(SignInPage):
    """Name and password."""

    submitted = Signal(str, str)
    recover_wanted = Signal()
    restore_wanted = Signal()

    def __init__(self, desk: SignInDesk) -> None:
        sentence = tr("Locked · data on this computer")
        super().__init__(desk.venue() or "Clopos Desk", sentence, tr("Unlock"), "key-round")
        self._desk = desk
        self._name = QComboBox()
        self._name.setFont(font(14))
        for user in desk.users():
            self._name.addItem(user.shown or user.name, user.name)
        self.password = PasswordEdit(tr("Password"), large=True)
        self._form = Form()
        self._form.add("name", tr("Name"), self._name)
        self._form.add("password", tr("Password"), self.password)
        self.body.addWidget(self._form)
        self.add_small(tr("Forgotten password?"), self.recover_wanted)
        self.add_small(tr("Restore from a backup"), self.restore_wanted)
        self.small.addStretch(1)
        self._wait = QTimer(self, interval=1000)
        self._wait.timeout.connect(self._count_down)
        self._left = 0
        self.password.entered.connect(self.submit)
        self._name.currentIndexChanged.connect(self._check_wait)
        self._check_wait()

    @override
    def start(self) -> None:
        """Put the cursor into the password."""
        self.password.setFocus()

    @override
    def submit(self) -> None:
        """Hand in name and password."""
        if not self.password.text():
            self.show_text(tr("Type your password."))
        elif not self._left:
            self.submitted.emit(str(self._name.currentData()), self.password.text())

    @override
    def show_failure(self, error: AppError) -> None:
        """Say why, and count down where the person must wait."""
        super().show_failure(error)
        self.password.clear()
        self.password.setFocus()
        self._check_wait()

    def _check_wait(self) -> None:
        self._left = self._desk.wait_seconds(str(self._name.currentData()))
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


class RecoverPage(SignInPage):
    """The recovery code and a new password."""

    submitted = Signal(str, str)
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
        self.password = PasswordEdit(tr("New password"))
        self.again = PasswordEdit(tr("New password again"))
        self._form.add("code", tr("Recovery key"), self.code)
        self._form.add("password", tr("New password"), self.password, password_hint())
        self._form.add("again", tr("New password again"), self.again)
        self.body.addWidget(self._form)
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
        elif check_passwords(self._form, self.password, self.again):
            self.submitted.emit(self.code.text(), self.password.text())


class FirstStartPage(SignInPage):
    """How to begin: new, from a backup, or just look."""

    create_wanted = Signal()
    restore_wanted = Signal()
    demo_wanted = Signal()

    def __init__(self) -> None:
        super().__init__(
            tr("Welcome to Clopos Desk"),
            tr("Your restaurant's data stays on this computer, encrypted."),
            tr("Set up a new restaurant"),
            "store",
        )
        restore = button(tr("Restore from a backup"), "database-backup", "choice")
        demo = button(tr("Try it with a demonstration restaurant"), "sparkles", "choice")
        restore.clicked.connect(self.restore_wanted)
        demo.clicked.connect(self.demo_wanted)
        self.small.addStretch(1)
        below = column(restore, demo, gap=8)
        layout = self.layout()
        if isinstance(layout, QVBoxLayout):
            layout.addLayout(below)

    @override
    def submit(self) -> None:
        """Set up a new restaurant."""
        self.create_wanted.emit()


class CreatePage(SignInPage):
    """The venue, its owner and a password."""

    submitted = Signal(object)
    back_wanted = Signal()

    def __init__(self, *, demo: bool) -> None:
        title = tr("Demonstration restaurant") if demo else tr("New restaurant")
        sentence = tr("You become its owner. Nobody can look up the password for you.")
        super().__init__(title, sentence, tr("Create"), "check")
        self._demo = demo
        self.venue, self.owner = QLineEdit(), QLineEdit()
        self.venue.setText("Şirvanşah" if demo else "")
        self.password = PasswordEdit(tr("Password"))
        self.again = PasswordEdit(tr("Password again"))
        self._form = Form()
        self._form.add("venue", tr("Name of the restaurant"), self.venue)
        self._form.add("owner", tr("Your name"), self.owner)
        self._form.add("password", tr("Password"), self.password, password_hint())
        self._form.add("again", tr("Password again"), self.again)
        self.body.addWidget(self._form)
        self.add_small(tr("Back"), self.back_wanted)
        self.small.addStretch(1)

    @override
    def start(self) -> None:
        """Put the cursor into the first field."""
        self.venue.setFocus()

    @override
    def submit(self) -> None:
        """Hand in the new store, once everything is there."""
        self._form.clear_errors()
        for field, control in (("venue", self.venue), ("owner", self.owner)):
            if not control.text().strip():
                self._form.row(field).set_error(tr("Please fill this in."))
                control.setFocus()
                return
        if check_passwords(self._form, self.password, self.again):
            venue, owner = self.venue.text().strip(), self.owner.text().strip()
            self.submitted.emit(NewStore(venue, owner, self.password.text(), self._demo))

    @override
    def show_failure(self, error: AppError) -> None:
        """Say why, beside the field where the error names one."""
        if not (isinstance(error, InvalidError) and self._form.show_error(error)):
            super().show_failure(error)


class RecoveryCodePage(SignInPage):
    """Shows the recovery code once; the person types two groups back to prove it is kept."""

    confirmed = Signal()

    def __init__(self, code: str) -> None:
        super().__init__(
            tr("Write down the recovery key"),
            tr("It opens your data if every password is lost. It is shown only now."),
            tr("I have written it down"),
            "check",
        )
        self.groups = [group for group in code.replace("-", " ").split() if group]
        self._form = Form()
        for at in range(0, len(self.groups), 3):
            line = "   ".join(self.groups[at : at + 3])
            self.body.addLayout(row(None, label(line, 18, 600, tabular=True), None))
        self.fields: dict[int, QLineEdit] = {}
        for at in (1, len(self.groups) - 2):
            field = QLineEdit()
            field.setFont(font(14, tabular=True))
            self.fields[at] = field
            self._form.add(str(at), tr("Type group {n}", n=at + 1), field)
        self.body.addSpacing(8)
        self.body.addWidget(self._form)

    @override
    def submit(self) -> None:
        """Go on once both groups are right."""
        self._form.clear_errors()
        for at, field in self.fields.items():
            if field.text().strip() != self.groups[at]:
                self._form.row(str(at)).set_error(
                    tr("This is not what stands in group {n}.", n=at + 1)
                )
                field.setFocus()
                return
        self.confirmed.emit()


def password_hint() -> str:
    """Return what a password must be like."""
    return tr("At least {n} characters. A short sentence is good.", n=LEAST_PASSWORD)


def check_passwords(form: Form, password: PasswordEdit, again: PasswordEdit) -> bool:
    """Tell whether two fields hold the same, long enough password; show what is wrong."""
    if len(password.text()) < LEAST_PASSWORD:
        form.row("password").set_error(password_hint())
    elif password.text() != again.text():
        form.row("again").set_error(tr("The two passwords are not the same."))
    else:
        return True
    return False
