"""Where stock lies: storages are added, renamed, put away and removed here."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtWidgets import QHBoxLayout, QWidget

from desktop_app.gui.bridge import Bridge
from desktop_app.gui.screens.stock.place_forms import StorageDialog
from desktop_app.gui.text import say, tr
from desktop_app.gui.widgets.badge import Badge, Mood
from desktop_app.gui.widgets.button import allow, button
from desktop_app.gui.widgets.dialog import Dialog
from desktop_app.gui.widgets.labels import label, rule
from desktop_app.gui.widgets.layout import clear, column, row
from desktop_app.kernel.errors import AppError
from desktop_app.stock.operations import list_storages
from desktop_app.stock.places import remove_storage, save_storage
from desktop_app.stock.records import StorageForm, StorageRow


class StoragesDialog(Dialog):
    """Lists the storages; each change is stored at once."""

    def __init__(self, bridge: Bridge, parent: QWidget) -> None:
        super().__init__(
            tr("Storages"), tr("Sales take from one of them; stations may have their own."), parent
        )
        self._bridge = bridge
        self._why_not = bridge.why_not(save_storage)
        self.storages: Sequence[StorageRow] = ()
        self.editing: StorageDialog | None = None
        self._rows = column(gap=0)
        self.add_one = button(tr("New storage…"), "plus", on_click=partial(self.ask, None))
        allow(self.add_one, self._why_not)
        self.body.addLayout(self._rows)
        self.body.addLayout(row(self.add_one, None))
        self.body.addStretch(1)
        self.add_button(tr("Close"), "primary").clicked.connect(self.accept)
        self._look()

    def ask(self, one: StorageRow | None, *_: object) -> None:
        """Ask what a storage is like; None for a new one."""
        self.editing = StorageDialog(one, self, first=not self.storages)
        self.editing.asked.connect(partial(self._store, self.editing, one))
        self.editing.open()

    def remove(self, one: StorageRow, *_: object) -> None:
        """Remove a storage; it is told where it is in use."""
        self.banner.hide()
        self._bridge.ask_or(self, self._look, self._refuse, remove_storage, one.id)

    def _look(self, *_: object) -> None:
        self._bridge.ask(self, self._show, list_storages, everything=True)

    def _show(self, found: Sequence[StorageRow]) -> None:
        self.storages = found
        clear(self._rows)
        for at, one in enumerate(found):
            if at:
                self._rows.addWidget(rule())
            self._rows.addLayout(self._line(one))
        if not found:
            self._rows.addWidget(label(tr("There is no storage yet."), tone="muted"))

    def _line(self, one: StorageRow) -> QHBoxLayout:
        line = row(gap=8, margins=(0, 4, 0, 4))
        line.addWidget(label(one.form.name, 13, 500), 1)
        if one.form.sells:
            line.addWidget(Badge(Mood(tr("Sales take from it"), "ok")))
        elif not one.form.active:
            line.addWidget(Badge(Mood(tr("Not in use"), "mute", "archive")))
        for icon_name, tip, act in (
            ("pencil", tr("Change {name}", name=one.form.name), partial(self.ask, one)),
            ("trash-2", tr("Remove {name}", name=one.form.name), partial(self.remove, one)),
        ):
            made = button("", icon_name, "ghost", tip=tip)
            made.clicked.connect(act)
            allow(made, self._why_not, tip=tip)
            line.addWidget(made)
        return line

    def _store(self, dialog: StorageDialog, one: StorageRow | None, form: StorageForm) -> None:
        then = partial(self._stored, dialog)
        id_, version = (one.id, one.version) if one else (None, 0)
        self._bridge.ask_or(dialog, then, dialog.refuse, save_storage, id_, form, version)

    def _stored(self, dialog: StorageDialog, _: int) -> None:
        dialog.accept()
        self._look()

    def _refuse(self, error: AppError) -> None:
        self.banner.tell("bad", say(error.message), say(error.hint) if error.hint else "")
