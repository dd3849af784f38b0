"""Adding a customer and changing one: what is wrong stands beside its field."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QLineEdit, QPlainTextEdit, QWidget

from desktop_app.customers.records import (
    ContactKind,
    ContactRow,
    CustomerForm,
    CustomerKind,
    GroupRow,
    OwnCard,
)
from desktop_app.customers.wording import KINDS
from desktop_app.gui.fonts import font
from desktop_app.gui.screens.customers.days import typed_day, written
from desktop_app.gui.text import say, tr
from desktop_app.gui.widgets.dialog import Dialog
from desktop_app.gui.widgets.form import Form
from desktop_app.gui.widgets.layout import row
from desktop_app.kernel.errors import AppError, ConflictError, InvalidError

_WIDE = 820
_LINES = 64


class CustomerDialog(Dialog):
    """Asks for a customer; `asked(form)` when the person is done, `again` after a conflict."""

    asked = Signal(object)
    again = Signal()

    def __init__(
        self, groups: Sequence[GroupRow], card: OwnCard | None, parent: QWidget | None
    ) -> None:
        super().__init__(tr("Change a customer") if card else tr("New customer"), "", parent)
        self.setMinimumWidth(_WIDE)
        self.card = card
        self.kind, self.group = QComboBox(), QComboBox()
        self.name, self.phone, self.email = QLineEdit(), QLineEdit(), QLineEdit()
        self.born, self.tax_id, self.tags = QLineEdit(), QLineEdit(), QLineEdit()
        self.address, self.note = QPlainTextEdit(), QPlainTextEdit()
        for kind, words in KINDS.items():
            self.kind.addItem(say(words), kind.value)
        self.group.addItem(tr("No group"), "")
        for one in groups:
            self.group.addItem(one.name, str(one.id))
        self.form, self.more = Form(), Form()
        self._lay_out()
        if card is not None:
            self._begin(card.form)
        self.name.setFocus()

    def refuse(self, error: AppError) -> None:
        """Say why it was not stored: beside the field, or above where it is no field's fault."""
        self.done_button.setEnabled(True)
        if isinstance(error, InvalidError) and (
            self.form.show_error(error) or self.more.show_error(error)
        ):
            return
        self.banner.tell("bad", say(error.message), say(error.hint) if error.hint else "")
        if isinstance(error, ConflictError):
            self.again.emit()

    def show_stored(self, card: OwnCard) -> None:
        """After a conflict: mark each field that is stored otherwise, and go on from there."""
        mine = self._typed()
        self.card = card
        if mine is None:
            return
        marks: dict[str, tuple[object, object, str]] = {
            "kind": (mine.kind, card.form.kind, say(KINDS[card.form.kind])),
            "name": (mine.name, card.form.name, card.form.name),
            "birth_date": (
                mine.birth_date,
                card.form.birth_date,
                written(card.form.birth_date) or "–",
            ),
            "tax_id": (mine.tax_id, card.form.tax_id, card.form.tax_id or "–"),
            "group": (mine.group_id, card.form.group_id, self._group_named(card.form.group_id)),
            "tags": (set(mine.tags), set(card.form.tags), ", ".join(card.form.tags) or "–"),
            "note": (mine.note, card.form.note, card.form.note[:_LINES] or "–"),
        }
        for kind in ContactKind:
            typed, kept = (_values(form.contacts, kind) for form in (mine, card.form))
            marks[kind.value] = (typed, kept, ", ".join(kept) or "–")
        for field, (ours, theirs, said) in marks.items():
            if ours != theirs:
                form = self.form if field in _LEFT else self.more
                form.row(field).set_error(tr("Stored meanwhile: {value}", value=said))

    def _group_named(self, group_id: int | None) -> str:
        at = self.group.findData(str(group_id)) if group_id else -1
        return self.group.itemText(at) if at >= 0 else "–"

    # --- building

    def _lay_out(self) -> None:
        for field in (self.name, self.phone, self.email, self.born, self.tax_id, self.tags):
            field.setFont(font(13))
        for box in (self.kind, self.group):
            box.setFont(font(13))
        for text, height in ((self.address, 62), (self.note, 110)):
            text.setFont(font(13))
            text.setTabChangesFocus(True)
            text.setFixedHeight(height)
        several = tr("Several: with a comma between them; the first is preferred.")
        self.form.add("kind", tr("Kind"), self.kind)
        self.form.add("name", tr("Name"), self.name)
        self.form.add("phone", tr("Telephone"), self.phone, several)
        self.form.add("email", tr("E-mail"), self.email)
        self.form.add("address", tr("Address"), self.address, tr("One address a line."))
        self.born.setPlaceholderText("28.02.1990")
        self.more.add("birth_date", tr("Date of birth"), self.born)
        self.more.add("tax_id", tr("Tax id (VÖEN)"), self.tax_id)
        self.more.add("group", tr("Group"), self.group)
        self.more.add("tags", tr("Tags"), self.tags, tr("With commas between them."))
        self.more.add("note", tr("Note"), self.note)
        both = row(gap=24)
        both.addWidget(self.form, 1)
        both.addWidget(self.more, 1)
        self.body.addLayout(both)
        self.add_cancel()
        self.done_button = self.add_button(tr("Save"), "primary")
        self.done_button.clicked.connect(self._done)

    def _begin(self, form: CustomerForm) -> None:
        self.kind.setCurrentIndex(self.kind.findData(form.kind.value))
        self.group.setCurrentIndex(max(0, self.group.findData(str(form.group_id))))
        self.name.setText(form.name)
        self.phone.setText(", ".join(_values(form.contacts, ContactKind.PHONE)))
        self.email.setText(", ".join(_values(form.contacts, ContactKind.EMAIL)))
        self.address.setPlainText("\n".join(_values(form.contacts, ContactKind.ADDRESS)))
        self.born.setText(written(form.birth_date))
        self.tax_id.setText(form.tax_id)
        self.tags.setText(", ".join(form.tags))
        self.note.setPlainText(form.note)

    # --- done

    def _done(self) -> None:
        self.form.clear_errors()
        self.more.clear_errors()
        self.banner.hide()
        form = self._typed()
        if form is None:
            return
        self.done_button.setEnabled(False)
        self.asked.emit(form)

    def _typed(self) -> CustomerForm | None:
        """Return what is filled in; None, and said beside the field, for what is no day."""
        try:
            born = typed_day(self.born.text())
        except ValueError:
            self.more.row("birth_date").set_error(
                tr("Write a day that exists, such as 28.02.1990.")
            )
            return None
        group = self.group.currentData()
        return CustomerForm(
            self.name.text(),
            CustomerKind(self.kind.currentData()),
            _preferring(
                self.card,
                (
                    *_contacts(ContactKind.PHONE, self.phone.text().split(",")),
                    *_contacts(ContactKind.EMAIL, self.email.text().split(",")),
                    *_contacts(ContactKind.ADDRESS, self.address.toPlainText().splitlines()),
                ),
            ),
            born,
            self.tax_id.text(),
            int(group) if group else None,
            self.note.toPlainText(),
            tuple(tag.strip() for tag in self.tags.text().split(",") if tag.strip()),
        )


_LEFT = frozenset({"kind", "name", "phone", "email", "address"})


def _values(contacts: Sequence[ContactRow], kind: ContactKind) -> list[str]:
    """Return the contacts of a kind, the preferred one first."""
    some = [one for one in contacts if one.kind is kind]
    return [one.value for one in sorted(some, key=lambda one: not one.preferred)]


def _contacts(kind: ContactKind, typed: Sequence[str]) -> list[ContactRow]:
    return [ContactRow(kind, one.strip()) for one in typed if one.strip()]


def _preferring(card: OwnCard | None, typed: Sequence[ContactRow]) -> Sequence[ContactRow]:
    """Return contacts of which the first of the kind that was preferred stays preferred."""
    stored = card.form.contacts if card is not None else ()
    kind = next((one.kind for one in stored if one.preferred), None)
    place = next((at for at, one in enumerate(typed) if one.kind is kind), None)
    return tuple(replace(one, preferred=at == place) for at, one in enumerate(typed))
