"""The declared settings as a form; each is checked and stored by itself."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtWidgets import QComboBox, QLineEdit, QWidget

from desktop_app.gui.bridge import Bridge
from desktop_app.gui.fonts import font
from desktop_app.gui.no_card import offer_no_card
from desktop_app.gui.text import say, tr
from desktop_app.gui.widgets.button import allow
from desktop_app.gui.widgets.card import Card
from desktop_app.gui.widgets.form import Form
from desktop_app.kernel.errors import AppError, InvalidError
from desktop_app.kernel.settings import SETTINGS, Setting
from desktop_app.kernel.words import LANGUAGES
from desktop_app.venue.operations import changing, get_settings

_LANGUAGE_NAMES = {"az": "Azərbaycanca", "en": "English", "ru": "Русский", "tr": "Türkçe"}


class ChoicesCard(Card):
    """Shows every setting; a change is stored when the field is left or Enter is pressed."""

    def __init__(self, bridge: Bridge, tell: Callable[[str], None]) -> None:
        super().__init__(tr("Settings of the restaurant"), tr("Changes are stored at once"))
        self._bridge, self._tell = bridge, tell
        self._known: dict[str, str] = {}
        self._asked: dict[str, str] = {}
        self.form = Form()
        self.fields: dict[str, QWidget] = {}
        for setting in SETTINGS.values():
            field = self._field_for(setting)
            allow(field, bridge.lacks(setting.permission))
            self.fields[setting.name] = field
            self.form.add(setting.name, say(setting.description), field, _hint(setting, field))
        self.add(self.form)
        offer_no_card(self.form, bridge)
        bridge.changed.connect(self._changed)
        self._ask()

    def _ask(self) -> None:
        self._bridge.ask(self, self._show, get_settings)

    def _changed(self, touched: frozenset[str]) -> None:
        if "setting" in touched:
            self._ask()

    def _field_for(self, setting: Setting) -> QWidget:
        if setting.name == "documents.language":
            choice = QComboBox()
            choice.setFont(font(13))
            for code in LANGUAGES:
                choice.addItem(_LANGUAGE_NAMES[code], code)
            choice.activated.connect(partial(self._store, setting.name))
            return choice
        field = QLineEdit()
        field.setFont(font(13, tabular=True))
        field.editingFinished.connect(partial(self._store, setting.name))
        return field

    def _show(self, values: dict[str, str]) -> None:
        self._known = values
        for name, value in values.items():
            field = self.fields[name]
            if isinstance(field, QComboBox):
                field.setCurrentIndex(field.findData(value))
            elif isinstance(field, QLineEdit) and not field.hasFocus():
                field.setText(value)

    def _store(self, name: str, *_: object) -> None:
        field = self.fields[name]
        typed = field.text() if isinstance(field, QLineEdit) else ""
        value = str(field.currentData()) if isinstance(field, QComboBox) else typed.strip()
        self.form.row(name).set_error("")
        # The field is left as well when the password is asked for: that is no second wish.
        if value in (self._known.get(name), self._asked.get(name)):
            return
        self._asked[name] = value
        self._bridge.ask_or(
            self, partial(self._stored, name, value), partial(self._refused, name),
            changing(name), name, value,
        )  # fmt: skip

    def _stored(self, name: str, value: str, _: object) -> None:
        self._known[name] = value
        self._asked.pop(name, None)
        self._tell(tr("Stored."))

    def _refused(self, name: str, error: AppError) -> None:
        self._asked.pop(name, None)
        if not (isinstance(error, InvalidError) and self.form.show_error(error)):
            self.form.row(name).set_error(say(error.message))


def _hint(setting: Setting, field: QWidget) -> str:
    """Return what may be typed; a list of choices says it itself."""
    return "" if isinstance(field, QComboBox) else say(setting.expected)
