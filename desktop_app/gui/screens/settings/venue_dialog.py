"""What is printed of a venue, and when its business day begins."""

from __future__ import annotations

from datetime import time

from PySide6.QtCore import QTime, Signal
from PySide6.QtWidgets import QLineEdit, QTimeEdit, QWidget

from desktop_app.gui.fonts import font
from desktop_app.gui.text import say, tr
from desktop_app.gui.widgets.dialog import Dialog
from desktop_app.gui.widgets.form import Form
from desktop_app.kernel.errors import AppError, InvalidError
from desktop_app.venue.records import VenueCard, VenueProfile

_TEXTS = ("legal_name", "tax_id", "phone", "email", "address")


class VenueDialog(Dialog):
    """Asks for a venue's profile; `asked(VenueProfile)`."""

    asked = Signal(object)

    def __init__(self, card: VenueCard | None, parent: QWidget | None) -> None:
        super().__init__(
            tr("Change the venue") if card else tr("Open a venue"),
            tr("Days that are over stay as they were counted. The currency and the time zone stay "
               "those of the store's first venue."),
            parent,
        )  # fmt: skip
        self.form = Form()
        self.name = self._field("name", tr("Name"), card.name if card else "")
        titles = {
            "legal_name": tr("Company"),
            "tax_id": tr("Tax id (VÖEN)"),
            "phone": tr("Telephone"),
            "email": tr("E-mail"),
            "address": tr("Address"),
        }
        self.texts = {
            name: self._field(name, titles[name], getattr(card, name) if card else "")
            for name in _TEXTS
        }
        opening = card.opening if card else time(6)
        self.opening = QTimeEdit(QTime(opening.hour, opening.minute))
        self.opening.setDisplayFormat("HH:mm")
        self.opening.setFont(font(13, tabular=True))
        self.form.add("opening", tr("The business day begins at"), self.opening)
        self.body.addWidget(self.form)
        self.add_cancel()
        self.done_button = self.add_button(tr("Save"), "primary")
        self.done_button.clicked.connect(self._done)
        self.name.setFocus()

    def refuse(self, error: AppError) -> None:
        """Say why it was not saved, beside the field where there is one."""
        self.done_button.setEnabled(True)
        if not (isinstance(error, InvalidError) and self.form.show_error(error)):
            if error.hint:
                self.banner.tell("bad", say(error.message), say(error.hint))
            else:
                self.form.row("name").set_error(say(error.message))

    def _field(self, key: str, title: str, value: str) -> QLineEdit:
        made = QLineEdit(value)
        made.setFont(font(13))
        self.form.add(key, title, made)
        return made

    def _done(self) -> None:
        self.form.clear_errors()
        self.banner.hide()
        at = self.opening.time()
        self.done_button.setEnabled(False)
        self.asked.emit(
            VenueProfile(
                self.name.text(),
                time(at.hour(), at.minute()),
                **{name: field.text().strip() for name, field in self.texts.items()},
            )
        )
