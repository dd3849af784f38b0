"""A form with one button, and reading what people type into it: amounts, days, times."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QLineEdit, QPlainTextEdit, QWidget

from desktop_app.gui.fonts import font
from desktop_app.gui.text import say
from desktop_app.gui.widgets.dialog import Dialog
from desktop_app.gui.widgets.form import Form
from desktop_app.kernel.errors import AppError, InvalidError
from desktop_app.kernel.money import minor
from desktop_app.kernel.words import msg

DAY, TIME = "%d.%m.%Y", "%d.%m.%Y %H:%M"
_LONGEST = 40
_TEXT_HIGH = 80, 120


class AskDialog(Dialog):
    """Subclasses send what is typed; what is wrong with it is said beside its field."""

    def __init__(self, title: str, sentence: str, action: str, parent: QWidget | None) -> None:
        super().__init__(title, sentence, parent)
        self.setMinimumWidth(520)
        self.form = Form()
        self.body.addWidget(self.form)
        self.add_cancel()
        self.done_button = self.add_button(action, "primary")
        self.done_button.clicked.connect(self.finish)

    def refuse(self, error: AppError) -> None:
        """Say why it did not work; nothing was changed."""
        self.done_button.setEnabled(True)
        if not (isinstance(error, InvalidError) and self.form.show_error(error)):
            self.banner.tell("bad", say(error.message), say(error.hint) if error.hint else "")

    def send(self) -> None:
        """Send what is typed; InvalidError is shown beside its field."""
        raise NotImplementedError

    def add_line(self, field: str, name: str, text: str = "", hint: str = "") -> QLineEdit:
        """Append a line to type into."""
        made = QLineEdit(text)
        made.setFont(font(13, tabular=True))
        self.form.add(field, name, made, hint)
        return made

    def add_choice(self, field: str, name: str, options: Iterable[tuple[str, str]]) -> QComboBox:
        """Append a choice of (key, words)."""
        made = QComboBox()
        made.setFont(font(13))
        for key, words in options:
            made.addItem(words, key)
        self.form.add(field, name, made)
        return made

    def add_text(self, field: str, name: str, hint: str = "") -> QPlainTextEdit:
        """Append a field of several lines; Tab leaves it."""
        made = QPlainTextEdit()
        made.setFont(font(13))
        made.setTabChangesFocus(True)
        made.setMinimumHeight(_TEXT_HIGH[0])
        made.setMaximumHeight(_TEXT_HIGH[1])
        self.form.add(field, name, made, hint)
        return made

    def finish(self) -> None:
        """Send it, as the button does."""
        self.form.clear_errors()
        self.banner.hide()
        self.done_button.setEnabled(False)
        try:
            self.send()
        except InvalidError as error:
            self.refuse(error)


def choose(box: QComboBox, key: str) -> None:
    """Pick a choice by its key, where it is there."""
    at = box.findData(key, Qt.ItemDataRole.UserRole)
    if at >= 0:
        box.setCurrentIndex(at)


def typed_amount(text: str, currency: str, field: str = "amount") -> int:
    """Return an amount typed with a comma or a point as minor units."""
    cleaned = "".join(text.split()).replace(",", ".").replace("\u2212", "-")
    if not cleaned or len(cleaned) > _LONGEST:
        raise InvalidError(msg("Write an amount."), field=field)
    try:
        return minor(cleaned, currency)
    except InvalidError as error:
        raise InvalidError(error.message, field=field, hint=error.hint) from None


def typed_day(text: str, field: str) -> date | None:
    """Return a day typed as 23.11.2026 (or 2026-11-23); None for nothing typed."""
    cleaned = text.strip()
    if not cleaned:
        return None
    for form in (DAY, "%Y-%m-%d"):
        try:
            return datetime.strptime(cleaned, form).date()  # noqa: DTZ007 - a day has no zone
        except ValueError:
            continue
    raise InvalidError(
        msg("“{text}” is not a day.", text=cleaned[:_LONGEST]),
        field=field,
        hint=msg("Write day, month and year, such as 23.11.2026."),
    )


def typed_time(text: str, field: str) -> datetime | None:
    """Return a time on the wall clock typed as 23.11.2026 18:30; None for nothing typed."""
    cleaned = " ".join(text.split())
    if not cleaned:
        return None
    try:
        return datetime.strptime(cleaned, TIME)  # noqa: DTZ007 - the venue's wall clock
    except ValueError:
        raise InvalidError(
            msg("“{text}” is not a time.", text=cleaned[:_LONGEST]),
            field=field,
            hint=msg("Write it like 23.11.2026 18:30."),
        ) from None
