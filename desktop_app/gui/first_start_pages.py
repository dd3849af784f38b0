"""The cards of the first start: how to begin, a new restaurant, its recovery key, a look around."""

from __future__ import annotations

import secrets
from collections.abc import Callable
from pathlib import Path
from zoneinfo import available_timezones

from PySide6.QtCore import QTimer, QUrl, Signal
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import (
    QComboBox,
    QGridLayout,
    QLineEdit,
    QProgressBar,
    QVBoxLayout,
)
from typing_extensions import override

from desktop_app.gui.bridge import Running, Session
from desktop_app.gui.desk import Created, NewStore
from desktop_app.gui.fonts import font
from desktop_app.gui.format import symbol
from desktop_app.gui.new_password import NewPassword
from desktop_app.gui.pick_path import pick_new_file
from desktop_app.gui.sign_in_pages import SignInPage
from desktop_app.gui.text import say, tr
from desktop_app.gui.widgets.button import button, retitle
from desktop_app.gui.widgets.form import Form, FormRow
from desktop_app.gui.widgets.job_bar import POLL_MS
from desktop_app.gui.widgets.labels import label
from desktop_app.gui.widgets.layout import column, row
from desktop_app.kernel.errors import AppError, InvalidError
from desktop_app.vault.names import checked
from desktop_app.venue.records import NewVenue
from desktop_app.venue.rules import check_name

CURRENCIES = ("AZN", "USD", "EUR", "TRY", "GEL", "RUB", "UAH", "KZT", "UZS", "AED", "GBP")
NEAR_ZONES = (
    *("Asia/Baku", "Asia/Tbilisi", "Europe/Istanbul", "Asia/Almaty", "Asia/Tashkent"),
    *("Europe/Kyiv", "Europe/Moscow", "Asia/Dubai", "Europe/Berlin", "Europe/London"),
)
TYPED_BACK = 2
_PER_LINE = 3
_HALF_HOURS = tuple(f"{hour:02}:{minute:02}" for hour in range(24) for minute in (0, 30))


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
        layout = self.layout()
        if isinstance(layout, QVBoxLayout):
            layout.addLayout(column(restore, demo, gap=8))

    @override
    def submit(self) -> None:
        """Set up a new restaurant."""
        self.create_wanted.emit()


class CreatePage(SignInPage):
    """The venue, how it counts, its owner and a password."""

    submitted = Signal(object)
    back_wanted = Signal()

    def __init__(self) -> None:
        sentence = tr("You become its owner. Nobody can look up the password for you.")
        super().__init__(tr("New restaurant"), sentence, tr("Create"), "check")
        self.venue, self.owner = QLineEdit(), QLineEdit()
        usual = NewVenue("")
        self.currency = _choice([(code, _currency(code)) for code in CURRENCIES], usual.currency)
        self.timezone = _choice([(zone, zone) for zone in _zones()], usual.timezone)
        opening = usual.opening.strftime("%H:%M")
        self.opening = _choice([(text, text) for text in _HALF_HOURS], opening)
        self._form = Form()
        self._form.add("venue", tr("Name of the restaurant"), self.venue)
        self._add_side_by_side()
        hint = tr("With this name you sign in.")
        self._form.add("owner", tr("Your name"), self.owner, hint)
        self.new = NewPassword(lambda: (self.owner.text(), self.venue.text()), new=False)
        self.password, self.again = self.new.password, self.new.again
        self.body.addWidget(self._form)
        self.body.addWidget(self.new)
        self.venue.textChanged.connect(self.new.judge)
        self.owner.textChanged.connect(self.new.judge)
        self.add_small(tr("Back"), self.back_wanted)
        self.small.addStretch(1)

    def _add_side_by_side(self) -> None:
        tip = tr("A sale at night belongs to the day before until this time.")
        self.opening.setToolTip(tip)
        line = row(gap=8)
        line.addWidget(FormRow(tr("Currency"), self.currency), 2)
        line.addWidget(FormRow(tr("Time zone"), self.timezone), 3)
        line.addWidget(FormRow(tr("Day begins"), self.opening), 2)
        layout = self._form.layout()
        if isinstance(layout, QVBoxLayout):
            layout.addLayout(line)

    @override
    def start(self) -> None:
        """Put the cursor into the first field."""
        self.venue.setFocus()

    @override
    def submit(self) -> None:
        """Hand in the new store, once everything is there."""
        self._form.clear_errors()
        checks = (("venue", self.venue, check_name), ("owner", self.owner, checked))
        for field, control, check in checks:
            problem = _problem(control, check)
            if problem:
                self._form.row(field).set_error(problem)
                control.setFocus()
                return
        if self.new.ready():
            self.submitted.emit(self._wanted())

    def _wanted(self) -> NewStore:
        return NewStore(
            self.venue.text().strip(),
            self.owner.text().strip(),
            self.new.text(),
            str(self.currency.currentData()),
            str(self.timezone.currentData()),
            str(self.opening.currentData()),
        )

    @override
    def show_failure(self, error: AppError) -> None:
        """Say why, beside the field where the error names one."""
        if isinstance(error, InvalidError) and error.field == "password":
            self.new.show_error(error)
        elif not (isinstance(error, InvalidError) and self._form.show_error(error)):
            super().show_failure(error)


class RecoveryCodePage(SignInPage):
    """Shows the recovery code once; the person types two groups back to prove it is kept.

    `sheet_wanted(Path)` when the emergency sheet is to be saved there.
    """

    confirmed = Signal()
    sheet_wanted = Signal(object)

    def __init__(self, created: Created) -> None:
        super().__init__(
            tr("Keep the recovery key"),
            tr("It opens your data if every password is lost. It is shown only now."),
            tr("I have kept it"),
            "check",
        )
        self.groups = [group for group in created.recovery_code.split("-") if group]
        self._saved: Path | None = None
        self.body.addLayout(self._numbers())
        if created.key_id:
            key = tr("Recovery key {id}", id=created.key_id)
            self.body.addLayout(row(None, label(key, 12, tone="muted", tabular=True), None))
        self.save = button(
            tr("Save the emergency sheet (PDF)…"), "file-down", on_click=self._choose_place
        )
        self.note = label(
            tr("Print the sheet and keep it with your contracts, not beside this computer."),
            12,
            tone="muted",
            wrap=True,
        )
        self.body.addWidget(self.save)
        self.body.addWidget(self.note)
        self._form = Form()
        self.fields: dict[int, QLineEdit] = {}
        asked = secrets.SystemRandom().sample(range(len(self.groups)), TYPED_BACK)
        line = row(gap=12)
        for at in sorted(asked):
            field = QLineEdit()
            field.setFont(font(15, 500, tabular=True))
            self.fields[at] = field
            line.addWidget(self._form.add(str(at), tr("Type group {n}", n=at + 1), field))
        layout = self._form.layout()
        if isinstance(layout, QVBoxLayout):
            layout.addLayout(line)
        self.body.addWidget(self._form)

    @override
    def start(self) -> None:
        """Put the cursor on the sheet, which is to be saved first."""
        self.save.setFocus()

    @override
    def submit(self) -> None:
        """Go on once both groups are right."""
        self._form.clear_errors()
        for at, field in self.fields.items():
            if "".join(field.text().split()) != self.groups[at]:
                self._form.row(str(at)).set_error(
                    tr("This is not what stands in group {n}.", n=at + 1)
                )
                field.setFocus()
                return
        self.confirmed.emit()

    def show_saved(self, path: Path) -> None:
        """Say where the sheet lies now, and offer to open it."""
        self._saved = path
        self.set_busy(busy=False)
        self.note.setText(
            tr("Saved as {path}. Print it, then delete the file: it holds the key.", path=path)
        )
        retitle(self.save, tr("Open the emergency sheet"))

    def _numbers(self) -> QGridLayout:
        grid = QGridLayout()
        grid.setContentsMargins(24, 4, 24, 4)
        grid.setVerticalSpacing(8)
        for at, group in enumerate(self.groups):
            number = label(f"{at + 1}", 11, tone="muted", tabular=True)
            cell = row(number, label(group, 19, 600, tabular=True), None, gap=8)
            grid.addLayout(cell, at // _PER_LINE, at % _PER_LINE)
        return grid

    def _choose_place(self) -> None:
        if self._saved is not None:
            QDesktopServices.openUrl(QUrl.fromLocalFile(str(self._saved)))
            return
        title = tr("Save the emergency sheet")
        pick_new_file(self, title, self.sheet_wanted.emit, "clopos-desk-emergency-sheet", "pdf")


class DemoPage(SignInPage):
    """Offers the demonstration and shows how far it is; `stop_wanted` goes back."""

    start_wanted = Signal()
    stop_wanted = Signal()

    def __init__(self) -> None:
        super().__init__(
            tr("Demonstration restaurant"),
            tr("A made-up year of a restaurant in Baku: 20,000 orders, guests, staff."),
            tr("Fill and open it"),
            "sparkles",
        )
        self._bar = QProgressBar()
        self._bar.setTextVisible(False)
        self._bar.setAccessibleName(tr("Progress"))
        self._stage = label("", 12, tone="muted")
        self.hint = label(
            tr("You sign in as “owner” with the password “demo”."), 12, tone="muted", wrap=True
        )
        self.body.addWidget(self._bar)
        self.body.addWidget(self._stage)
        self.body.addWidget(self.hint)
        self._bar.hide()
        self._running: Running[Session] | None = None
        self._timer = QTimer(self, interval=POLL_MS)
        self._timer.timeout.connect(self._poll)
        self.add_small(tr("Back"), self.stop_wanted)
        self.small.addStretch(1)

    @override
    def submit(self) -> None:
        """Begin."""
        if self._running is None:
            self.start_wanted.emit()

    @property
    def running(self) -> Running[Session] | None:
        """Return the work that is under way."""
        return self._running

    def watch(self, running: Running[Session]) -> None:
        """Show how far it is."""
        self._running = running
        self.action.setEnabled(False)
        retitle(self.action, tr("One moment…"))
        self._bar.show()
        self._timer.start()
        self._poll()

    @override
    def set_busy(self, *, busy: bool) -> None:
        """Stay usable: the work can be stopped."""
        if not busy:
            self._timer.stop()
            self._running = None
            self._bar.hide()
            self._stage.setText("")
            self.action.setEnabled(True)
            retitle(self.action, tr("Fill and open it"))

    def _poll(self) -> None:
        if self._running is None:
            return
        now = self._running.progress.snapshot()
        self._stage.setText(say(now.stage))
        self._bar.setRange(0, now.total or 0)
        self._bar.setValue(now.done)


def _choice(pairs: list[tuple[str, str]], chosen: str) -> QComboBox:
    made = QComboBox()
    made.setFont(font(13))
    made.setMinimumContentsLength(4)
    made.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
    for value, text in pairs:
        made.addItem(text, value)
    made.setCurrentIndex(made.findData(chosen))
    return made


def _currency(code: str) -> str:
    sign = symbol(code)
    return code if sign == code else f"{code}  {sign}"


def _zones() -> list[str]:
    far = {zone for zone in available_timezones() if "/" in zone and not zone.startswith("Etc/")}
    return [*NEAR_ZONES, *sorted(far - set(NEAR_ZONES)), "UTC"]


def _problem(control: QLineEdit, check: Callable[[str], str]) -> str:
    if not control.text().strip():
        return tr("Please fill this in.")
    try:
        check(control.text())
    except InvalidError as error:
        return say(error.message)
    return ""
